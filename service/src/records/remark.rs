//! What is told beside something that was done: it is allowed, and somebody should know it.

use loket_instances::strict::problem::Notice;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::register::Kind;

/// Most remarks that are told one by one.
pub const MOST: usize = 1_000;

/// A key in which two rows differ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Differs {
    /// The key, as docs/format.md has it.
    #[serde(rename = "sleutel")]
    pub key: String,
    /// What the file says; null when it says nothing.
    #[serde(rename = "bestand")]
    pub file: Value,
    /// What the register says, less what published placements hold; null when it says nothing.
    #[serde(rename = "register")]
    pub register: Value,
}

/// The row that a remark is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// bestuur, school, plek, coach or kandidaat.
    #[serde(rename = "soort")]
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Of seats: at which school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<String>,
    /// Where the register has it: a difference is taken over by a PUT there.
    #[serde(rename = "adres", default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The version that the register has: `If-Match` of that PUT.
    #[serde(rename = "versie", default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
}

impl About {
    /// A row of this kind, wherever it is.
    pub fn row(kind: Kind, id: &str) -> Self {
        Self { kind: kind.word().into(), id: id.into(), school: None, address: None, version: None }
    }
}

/// Something that is allowed and that somebody should know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Remark {
    /// The kind of remark.
    pub code: String,
    /// JSON pointer into the file; empty when it is about the whole.
    #[serde(rename = "plaats")]
    pub pointer: String,
    /// What it is, and what can be done about it.
    #[serde(rename = "tekst")]
    pub text: String,
    /// The row it is about.
    #[serde(rename = "rij", default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// What differs.
    #[serde(rename = "verschillen", default, skip_serializing_if = "Vec::is_empty")]
    pub differs: Vec<Differs>,
}

impl Remark {
    /// A remark about no row in particular.
    pub fn new(code: &str, pointer: impl Into<String>, text: impl Into<String>) -> Self {
        Self { code: code.into(), pointer: pointer.into(), text: text.into(), about: None, differs: Vec::new() }
    }
}

impl From<&Notice> for Remark {
    fn from(notice: &Notice) -> Self {
        Self::new(notice.code, &notice.pointer, &notice.text)
    }
}

/// The first ones, and how many there are more.
pub fn bounded(mut all: Vec<Remark>) -> Vec<Remark> {
    let more = all.len().saturating_sub(MOST);
    if more > 0 {
        all.truncate(MOST);
        all.push(Remark::new("meer", "", format!("Er zijn nog {more} meldingen die hier niet staan.")));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_remarks_than_anybody_reads_are_counted() {
        let all: Vec<Remark> = (0..MOST + 7).map(|at| Remark::new("leeg", at.to_string(), "")).collect();
        let told = bounded(all);
        assert_eq!((told.len(), told[MOST].code.as_str()), (MOST + 1, "meer"));
        assert!(told[MOST].text.contains(" 7 "), "{}", told[MOST].text);
        assert_eq!(bounded(told[..3].to_vec()).len(), 3);
    }
}
