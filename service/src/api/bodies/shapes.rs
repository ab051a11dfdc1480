//! Shapes of values in bodies: each reads a value and describes it.

use std::marker::PhantomData;

use loket_instances::strict::fields::At;
use loket_solver::matching::facts::words::Word;
use serde_json::{Value, json};

use super::Keyed;

/// A way to read a value, with the schema of what is read.
pub trait Shape {
    /// What is read.
    type Value;

    /// Reads it; what is wrong goes into the report of `at`.
    fn read(&self, at: &At<'_>) -> Option<Self::Value>;

    /// What may be read.
    fn schema(&self) -> Value;
}

/// A whole number from the first to the second.
#[derive(Clone, Copy, Debug)]
pub struct Number(pub i64, pub i64);

impl Shape for Number {
    type Value = i64;

    fn read(&self, at: &At<'_>) -> Option<i64> {
        at.integer(self.0..=self.1)
    }

    fn schema(&self) -> Value {
        let mut schema = json!({ "type": "integer", "minimum": self.0 });
        if self.1 < i64::MAX {
            schema["maximum"] = json!(self.1);
        }
        schema
    }
}

/// A text of 1 to so many characters.
#[derive(Clone, Copy, Debug)]
pub struct Text(pub usize);

/// An id, or what may stand where one is meant.
pub const ID: Text = Text(64);

impl Shape for Text {
    type Value = String;

    fn read(&self, at: &At<'_>) -> Option<String> {
        at.bounded(self.0).map(str::to_owned)
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "minLength": 1, "maxLength": self.0 })
    }
}

/// A day, yyyy-mm-dd.
#[derive(Clone, Copy, Debug)]
pub struct Day;

impl Shape for Day {
    type Value = String;

    fn read(&self, at: &At<'_>) -> Option<String> {
        at.day().map(str::to_owned)
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "format": "date" })
    }
}

/// True or false.
#[derive(Clone, Copy, Debug)]
pub struct Flag;

impl Shape for Flag {
    type Value = bool;

    fn read(&self, at: &At<'_>) -> Option<bool> {
        at.flag()
    }

    fn schema(&self) -> Value {
        json!({ "type": "boolean" })
    }
}

/// One of these codes.
#[derive(Clone, Copy, Debug)]
pub struct OneOf(pub &'static [&'static str]);

impl Shape for OneOf {
    type Value = &'static str;

    fn read(&self, at: &At<'_>) -> Option<&'static str> {
        at.one_of(self.0)
    }

    fn schema(&self) -> Value {
        choice(self.0)
    }
}

/// A word of a closed list.
#[derive(Clone, Copy, Debug)]
pub struct OneWord<W>(PhantomData<W>);

/// A word of the closed list `W`.
pub const fn one_word<W: Word>() -> OneWord<W> {
    OneWord(PhantomData)
}

impl<W: Word> Shape for OneWord<W> {
    type Value = W;

    fn read(&self, at: &At<'_>) -> Option<W> {
        at.word()
    }

    fn schema(&self) -> Value {
        choice(&W::ALL.iter().map(|word| word.code()).collect::<Vec<_>>())
    }
}

/// At most so many values of one shape.
#[derive(Clone, Copy, Debug)]
pub struct List<S>(pub S, pub usize);

impl<S: Shape> Shape for List<S> {
    type Value = Vec<S::Value>;

    fn read(&self, at: &At<'_>) -> Option<Vec<S::Value>> {
        at.no_more_than(self.1)?;
        at.distinct(|item| self.0.read(item))
    }

    fn schema(&self) -> Value {
        json!({ "type": "array", "maxItems": self.1, "uniqueItems": true, "items": self.0.schema() })
    }
}

/// An object that is kept as it is.
#[derive(Clone, Copy, Debug)]
pub struct Whole;

impl Shape for Whole {
    type Value = Value;

    fn read(&self, at: &At<'_>) -> Option<Value> {
        at.whole()
    }

    fn schema(&self) -> Value {
        json!({ "type": "object" })
    }
}

/// An object within a body.
#[derive(Clone, Copy, Debug)]
pub struct Nested<T>(PhantomData<T>);

/// The object `T`.
pub const fn nested<T: Keyed>() -> Nested<T> {
    Nested(PhantomData)
}

impl<T: Keyed> Shape for Nested<T> {
    type Value = T;

    fn read(&self, at: &At<'_>) -> Option<T> {
        T::read(at)
    }

    fn schema(&self) -> Value {
        T::schema()
    }
}

/// The schema of a choice.
pub fn choice(words: &[&str]) -> Value {
    json!({ "type": "string", "enum": words })
}

/// Makes a schema allow null.
pub fn allow_null(schema: &mut Value) {
    schema["type"] = json!([schema["type"].take(), "null"]);
    if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        words.push(Value::Null);
    }
}
