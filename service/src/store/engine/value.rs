//! Values that go into a statement and columns that come out of it, by name.

use std::sync::Arc;

use loket_solver::matching::facts::words::Word;
use serde::de::DeserializeOwned;

use crate::store::error::{Error, Result};

/// What a value is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Int,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
}

/// What can be a value, and of which kind also where there is none: a database that knows types asks it of every place.
pub trait Kept: Into<Value> {
    /// Its kind.
    const KIND: Kind;
}

macro_rules! kept {
    ($($kind:ident: $($type:ty),+;)*) => { $($(impl Kept for $type { const KIND: Kind = Kind::$kind; })+)* };
}
kept! {
    Int: i64, bool;
    Text: &str, String, &String;
    Bytes: &[u8];
}

/// A value of a statement or of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing, where this could have been.
    Null(Kind),
    /// A whole number; yes and no are 1 and 0.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Int(flag.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl<T: Kept> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null(T::KIND), Into::into)
    }
}

/// The values of a statement, in the order of `$1`, `$2`, ….
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::engine::Value::from($value)),*] };
}
pub(crate) use values;

/// A row that came out of a statement.
#[derive(Clone, Debug)]
pub struct Row {
    names: Arc<[String]>,
    values: Vec<Value>,
}

impl Row {
    /// A row of these columns.
    pub fn new(names: Arc<[String]>, values: Vec<Value>) -> Self {
        Self { names, values }
    }

    /// Its values, in the order of the columns.
    pub fn into_values(self) -> Vec<Value> {
        self.values
    }

    fn value(&self, name: &str) -> Result<&Value> {
        let place = self.names.iter().position(|it| it == name);
        place.and_then(|place| self.values.get(place)).ok_or_else(|| wrong(name, "is er niet"))
    }

    /// A whole number, or nothing.
    pub fn maybe_int(&self, name: &str) -> Result<Option<i64>> {
        match self.value(name)? {
            Value::Null(_) => Ok(None),
            Value::Int(number) => Ok(Some(*number)),
            _ => Err(wrong(name, "is geen geheel getal")),
        }
    }

    /// A whole number.
    pub fn int(&self, name: &str) -> Result<i64> {
        self.maybe_int(name)?.ok_or_else(|| wrong(name, "is leeg"))
    }

    /// Yes or no.
    pub fn flag(&self, name: &str) -> Result<bool> {
        Ok(self.int(name)? != 0)
    }

    /// A text, or nothing.
    pub fn maybe_text(&self, name: &str) -> Result<Option<&str>> {
        match self.value(name)? {
            Value::Null(_) => Ok(None),
            Value::Text(text) => Ok(Some(text)),
            _ => Err(wrong(name, "is geen tekst")),
        }
    }

    /// A text.
    pub fn text(&self, name: &str) -> Result<&str> {
        self.maybe_text(name)?.ok_or_else(|| wrong(name, "is leeg"))
    }

    /// A text of one's own.
    pub fn string(&self, name: &str) -> Result<String> {
        self.text(name).map(str::to_owned)
    }

    /// A text of one's own, or nothing.
    pub fn maybe_string(&self, name: &str) -> Result<Option<String>> {
        Ok(self.maybe_text(name)?.map(str::to_owned))
    }

    /// Bytes, or nothing.
    pub fn maybe_bytes(&self, name: &str) -> Result<Option<&[u8]>> {
        match self.value(name)? {
            Value::Null(_) => Ok(None),
            Value::Bytes(bytes) => Ok(Some(bytes)),
            _ => Err(wrong(name, "bestaat niet uit bytes")),
        }
    }

    /// Bytes.
    pub fn bytes(&self, name: &str) -> Result<&[u8]> {
        self.maybe_bytes(name)?.ok_or_else(|| wrong(name, "is leeg"))
    }

    /// A word of a closed list. An unknown code is an error: whoever wrote it knew more than this program does.
    pub fn code<W: Word>(&self, name: &str) -> Result<W> {
        W::parse(self.text(name)?).ok_or_else(|| wrong(name, "heeft een code die dit programma niet kent"))
    }

    /// A word of a closed list, or nothing.
    pub fn maybe_code<W: Word>(&self, name: &str) -> Result<Option<W>> {
        match self.maybe_text(name)? {
            None => Ok(None),
            Some(_) => self.code(name).map(Some),
        }
    }

    /// What JSON says.
    pub fn json<T: DeserializeOwned>(&self, name: &str) -> Result<T> {
        Ok(serde_json::from_str(self.text(name)?)?)
    }

    /// What JSON says, or nothing.
    pub fn maybe_json<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        Ok(self.maybe_text(name)?.map(serde_json::from_str).transpose()?)
    }
}

fn wrong(name: &str, what: &str) -> Error {
    Error::Corrupt(format!("kolom {name} {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Colour {
        Red,
    }

    impl Word for Colour {
        const ALL: &'static [Self] = &[Self::Red];
        fn code(self) -> &'static str {
            "rood"
        }
    }

    #[test]
    fn a_column_that_cannot_be_read_is_an_error_and_never_another_value() {
        let names: Arc<[String]> = ["kleur", "aantal", "leeg"].map(str::to_owned).into();
        let row = |colour: &str| Row::new(names.clone(), values![colour, 7, None::<&str>]);
        assert_eq!(row("rood").code::<Colour>("kleur").unwrap(), Colour::Red);
        assert_eq!(row("rood").maybe_code::<Colour>("leeg").unwrap(), None);
        assert_eq!((row("rood").int("aantal").unwrap(), row("rood").maybe_int("leeg").unwrap()), (7, None));
        let wrong = [
            row("groen").code::<Colour>("kleur").unwrap_err(),
            row("rood").int("kleur").unwrap_err(),
            row("rood").int("leeg").unwrap_err(),
            row("rood").text("aantal").unwrap_err(),
            row("rood").text("bestaat niet").unwrap_err(),
        ];
        assert!(wrong.iter().all(|it| matches!(it, Error::Corrupt(_))));
    }
}
