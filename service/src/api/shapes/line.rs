//! A line of the log as an answer.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::records::dossier::Line;
use crate::store::clock::written;

/// Een regel van het logboek
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Logregel {
    /// Vanaf 1, zonder gaten
    pub nummer: i64,
    /// Wanneer (UTC)
    #[schema(format = DateTime)]
    pub op: String,
    /// Wie het deed: een rol of een opdracht, nooit een naam
    pub wie: String,
    /// Wat er gedaan is: een woord uit docs/api.md
    pub wat: String,
    /// Waarmee: een id
    pub onderwerp: String,
    /// Wat er getoond en gedaan is, met pseudoniemen; null als het gewist is
    pub inhoud: Option<Value>,
    /// Of de inhoud gewist is
    pub gewist: bool,
    /// De hash van deze regel en alles daarvoor
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
