//! What a form of a page sent: fields by name, and a file where one was asked.

use std::convert::Infallible;

use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// The hidden field in every form with what the session gave for it.
pub const TOKEN: &str = "formulier";

/// A file that was sent along.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The field.
    pub field: String,
    /// What it is called where it came from.
    pub name: String,
    /// What is in it.
    pub bytes: Bytes,
}

/// The fields of a form. One that was not sent is empty.
#[derive(Clone, Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    files: Vec<Sent>,
}

impl Form {
    /// A form of these. NUL is nothing that a browser lets somebody type, and not every database can keep it: it is left out.
    pub fn new(fields: Vec<(String, String)>, files: Vec<Sent>) -> Self {
        let fields = fields.into_iter().map(|(name, value)| (name, value.replace('\0', ""))).collect();
        Self { fields, files }
    }

    /// What was typed in a field, without space around it.
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value.trim())
    }

    /// The same exactly as it was typed: a password keeps its spaces.
    pub fn exact(&self, name: &str) -> &str {
        self.fields.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value.as_str())
    }

    /// What was typed in a field; nothing when that is nothing.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|it| !it.is_empty())
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(it, _)| it == name).map(|(_, value)| value.trim())
    }

    /// Fields whose name begins so, with what is behind it.
    pub fn beginning<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.fields.iter().filter_map(move |(name, value)| Some((name.strip_prefix(start)?, value.trim())))
    }

    /// A number in a field; nothing when it is none.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.text(name).parse().ok()
    }

    /// Whether a box was ticked or a button pressed.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(it, _)| it == name)
    }

    /// The file of a field; nothing when none was chosen.
    pub fn file(&self, name: &str) -> Option<&Sent> {
        self.files.iter().find(|it| it.field == name && !(it.name.is_empty() && it.bytes.is_empty()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Form {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        // The guard read it, with what it had to see in it.
        Ok(parts.extensions.remove::<Self>().unwrap_or_default())
    }
}
