//! A decision as it is kept and shown: written as JSON, and read back strictly.

use loket_instances::matching::row::overruled;
use loket_instances::strict;
use loket_instances::strict::fields::At;
use loket_instances::strict::problem::Refusal;
use loket_instances::words::reasons::codes;
use loket_solver::matching::facts::words::Word;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::desk::decision::{Decision, Said, Spot};

/// A decision with who made it, as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// About whom.
    pub candidate: String,
    /// What.
    pub decision: Decision,
    /// The run whose proposal was shown.
    pub run: Option<String>,
    /// From 1.
    pub version: i64,
    /// UTC milliseconds.
    pub at: i64,
    /// Who decided.
    pub who: String,
}

/// What somebody saw before deciding.
#[derive(Clone, Debug)]
pub struct Shown {
    /// What was proposed; nothing for who had no proposal.
    pub proposal: Option<Spot>,
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        json!({ "voorstel": self.proposal.as_ref().map(spot_json) }).serialize(to)
    }
}

impl Serialize for Decision {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        json(self).serialize(to)
    }
}

/// A placement by ids.
pub fn spot_json(spot: &Spot) -> Value {
    json!({ "school": spot.school, "plek": spot.seat, "coach": spot.coach })
}

/// A decision as it is kept.
pub fn json(decision: &Decision) -> Value {
    let mut value = json!({ "besluit": decision.said().code(), "plaatsing": spot_json(decision.spot()) });
    match decision {
        Decision::Rejected { scope, reason, .. } => {
            value["reikwijdte"] = json!(scope.code());
            value["reden"] = json!(reason.code());
        }
        Decision::Chosen { despite, .. } if !despite.is_empty() => value["ondanks"] = json!(codes(despite)),
        Decision::Agreed(_) | Decision::Fixed(_) | Decision::Chosen { .. } => {}
    }
    value
}

/// Reads what [`json`] wrote.
///
/// # Errors
/// Everything that is no part of a decision.
pub fn read(bytes: &[u8]) -> Result<Decision, Refusal> {
    strict::read(bytes, decision)
}

fn decision(at: &At<'_>) -> Option<Decision> {
    let fields = at.object(&["besluit", "plaatsing", "reikwijdte", "reden", "ondanks"])?;
    let said = fields.need("besluit").and_then(At::word);
    let spot = fields.need("plaatsing").and_then(spot)?;
    Some(match said? {
        Said::Akkoord => Decision::Agreed(spot),
        Said::Vast => Decision::Fixed(spot),
        Said::Afwijzen => {
            let (scope, reason) = (fields.need("reikwijdte").and_then(At::word), fields.need("reden").and_then(At::word));
            Decision::Rejected { spot, scope: scope?, reason: reason? }
        }
        Said::Alternatief => {
            Decision::Chosen { spot, despite: fields.get("ondanks").and_then(|at| at.distinct(overruled)).unwrap_or_default() }
        }
    })
}

fn spot(at: &At<'_>) -> Option<Spot> {
    let fields = at.object(&["school", "plek", "coach"])?;
    let text = |key| fields.need(key).and_then(At::text).map(str::to_owned);
    Some(Spot { school: text("school")?, seat: text("plek")?, coach: text("coach")? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::decision::{Reason, Scope};
    use loket_solver::matching::facts::codes::RuleCode;

    #[test]
    fn what_is_kept_is_read_back_and_anything_else_is_refused() {
        let spot = || Spot { school: "S1".into(), seat: "p".into(), coach: "K1".into() };
        let all = [
            Decision::Agreed(spot()),
            Decision::Fixed(spot()),
            Decision::Rejected { spot: spot(), scope: Scope::Coach, reason: Reason::Health },
            Decision::Chosen { spot: spot(), despite: vec![RuleCode::Reistijd] },
            Decision::Chosen { spot: spot(), despite: vec![] },
        ];
        for decision in all {
            assert_eq!(read(json(&decision).to_string().as_bytes()), Ok(decision));
        }
        for wrong in [
            r#"{"besluit":"misschien","plaatsing":{"school":"S1","plek":"p","coach":"K1"}}"#,
            r#"{"besluit":"akkoord","plaatsing":{"school":"S1","plek":"p"}}"#,
            r#"{"besluit":"afwijzen","plaatsing":{"school":"S1","plek":"p","coach":"K1"},"reikwijdte":"coach"}"#,
            r#"{"besluit":"alternatief","plaatsing":{"school":"S1","plek":"p","coach":"K1"},"ondanks":["vast"]}"#,
            "7",
        ] {
            assert!(read(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
