//! An object that is being written: keys in the order in which they are put, and nothing that is absent.

use loket_solver::common::words::Word;
use serde_json::{Map, Value};

/// An object that is being written.
#[derive(Default)]
pub(crate) struct Object(pub(crate) Map<String, Value>);

impl Object {
    /// Puts a value under a key; nothing when it is absent.
    pub(crate) fn put(mut self, key: &str, value: impl Into<Value>) -> Self {
        match value.into() {
            Value::Null => {}
            value => drop(self.0.insert(key.to_owned(), value)),
        }
        self
    }

    /// Puts a list of words under a key.
    pub(crate) fn words<W: Word>(self, key: &str, words: Option<&[W]>) -> Self {
        self.put(key, words.map(|words| words.iter().map(|word| word.code()).collect::<Vec<_>>()))
    }

    /// Puts a word under a key.
    pub(crate) fn word<W: Word>(self, key: &str, word: Option<W>) -> Self {
        self.put(key, word.map(Word::code))
    }
}

/// Every row of a list, written.
pub(crate) fn list<T>(rows: &[T], write: fn(&T) -> Map<String, Value>) -> Value {
    rows.iter().map(|row| Value::Object(write(row))).collect()
}
