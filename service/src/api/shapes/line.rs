//! A line of the log as an answer.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::records::dossier::Line;
use crate::store::clock::written;

/// A line of the log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Logregel {
    /// From 1, without gaps.
    pub nummer: i64,
    /// UTC.
    #[schema(format = DateTime)]
    pub op: String,
    /// Who did it: a role or a command, never a name.
    pub wie: String,
    /// What was done: one of the words of docs/api.md.
    pub wat: String,
    /// To what it was done: an id.
    pub onderwerp: String,
    /// What was shown and done, by pseudonyms; nothing once erased.
    pub inhoud: Option<Value>,
    /// Whether the content was erased.
    pub gewist: bool,
    /// Hash of this line and all before it.
    pub hash: String,
}

impl From<Line> for Logregel {
    fn from(line: Line) -> Self {
        let content = line.content.as_deref();
        Self {
            nummer: line.number,
            op: written(line.at),
            wie: line.who,
            wat: line.what,
            onderwerp: line.subject,
            inhoud: content.map(|content| serde_json::from_str(content).unwrap_or_default()),
            gewist: content.is_none(),
            hash: line.hash,
        }
    }
}
