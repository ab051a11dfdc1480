//! A decision as it is kept and shown: written as JSON, and read back strictly.

use loket_instances::matching::row::overruled;
use loket_instances::strict;
use loket_instances::strict::fields::{At, Fields};
use loket_instances::strict::problem::Refusal;
use loket_instances::strict::spot::show_id;
use loket_instances::words::reasons::codes;
use loket_solver::matching::facts::words::Word;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::review::Part;
use crate::desk::decision::{Along, Decision, Said, Spot};

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
    /// Why it no longer counts; a new decision takes its place.
    pub lapsed: Option<String>,
    /// Whether the plan that was shown already does what it says.
    pub kept: bool,
}

impl Decided {
    /// Whether the plan of this run, which was shown, already does what it says.
    pub fn follows(&self, run: &str) -> bool {
        self.kept && self.run.as_deref() == Some(run)
    }
}

/// What somebody saw before deciding.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// What was proposed; nothing for who had no proposal.
    pub proposal: Option<Spot>,
    /// What of it was opened; nothing when nobody said so.
    pub parts: Vec<Part>,
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let parts: Vec<&str> = self.parts.iter().map(|it| it.code()).collect();
        json!({ "voorstel": self.proposal.as_ref().map(spot_json), "geopend": parts }).serialize(to)
    }
}

impl Shown {
    /// Reads what was written of it.
    ///
    /// # Errors
    /// Everything that is no part of it.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        strict::read(bytes, |at| {
            let fields = at.object(&["voorstel", "geopend"])?;
            let proposal = fields.get("voorstel").and_then(spot);
            let parts = fields.get("geopend").and_then(|at| at.distinct(At::word)).unwrap_or_default();
            Some(Self { proposal, parts })
        })
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
    said_json(decision.said(), decision.spot(), &decision.along())
}

/// What was said, as it is kept of a decision.
pub fn said_json(said: Said, spot: Option<&Spot>, along: &Along) -> Value {
    let mut value = json!({ "besluit": said.code() });
    let Along { reason, scope, despite, until } = along;
    let keys = [
        ("plaatsing", spot.map(spot_json)),
        ("reikwijdte", scope.map(|it| json!(it.code()))),
        ("reden", reason.map(|it| json!(it.code()))),
        ("ondanks", Some(despite).filter(|rules| !rules.is_empty()).map(|rules| json!(codes(rules)))),
        ("tot", until.as_ref().map(|it| json!(it))),
    ];
    for (key, told) in keys {
        if let Some(told) = told {
            value[key] = told;
        }
    }
    value
}

/// Reads what [`json()`] wrote.
///
/// # Errors
/// Everything that is no part of a decision.
pub fn read(bytes: &[u8]) -> Result<Decision, Refusal> {
    strict::read(bytes, decision)
}

fn decision(at: &At<'_>) -> Option<Decision> {
    let fields = at.object(&["besluit", "plaatsing", "reikwijdte", "reden", "ondanks", "tot"])?;
    let said: Option<Said> = fields.need("besluit").and_then(At::word);
    let spot = match said {
        // Without a placement: there was none.
        Some(Said::Akkoord) if fields.get("plaatsing").is_none() => None,
        _ => Some(fields.need("plaatsing").and_then(spot)?),
    };
    let along = Along {
        reason: fields.get("reden").and_then(At::word),
        scope: fields.get("reikwijdte").and_then(At::word),
        despite: fields.get("ondanks").and_then(|at| at.distinct(overruled)).unwrap_or_default(),
        until: fields.get("tot").and_then(At::day).map(str::to_owned),
    };
    match (said?, along.reason, along.scope) {
        // Why was erased, and nothing else can be missing.
        (Said::Afwijzen, None, Some(scope)) if fields.get("reden").is_none() => {
            goes(&fields, Said::Afwijzen, &["reikwijdte"]);
            Some(Decision::Rejected { spot: spot?, scope, reason: None, until: along.until })
        }
        (said, ..) => {
            together(&fields, said);
            Decision::of(said, spot, along).ok()
        }
    }
}

/// Reports what does not go with a decision, and what it lacks.
pub fn together(fields: &Fields<'_>, said: Said) {
    goes(fields, said, said.keys().0);
}

fn goes(fields: &Fields<'_>, said: Said, needed: &[&'static str]) {
    let allowed = said.keys().1;
    for key in Along::KEYS {
        if let Some(at) = fields.get(key).filter(|_| !needed.contains(&key) && !allowed.contains(&key)) {
            at.refuse("onbekende-sleutel", format!("{key} hoort niet bij {}", show_id(said.code())), "haal de sleutel weg");
        }
    }
    for key in needed {
        fields.need(key);
    }
}

/// A placement by ids, as [`spot_json`] wrote it.
pub fn spot(at: &At<'_>) -> Option<Spot> {
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
            Decision::Left,
            Decision::Rejected { spot: spot(), scope: Scope::Coach, reason: Some(Reason::Health), until: None },
            Decision::Rejected { spot: spot(), scope: Scope::Board, reason: Some(Reason::Health), until: Some("2027-01-31".into()) },
            Decision::Rejected { spot: spot(), scope: Scope::Coach, reason: None, until: Some("2027-01-31".into()) },
            Decision::Chosen { spot: spot(), despite: vec![RuleCode::Reistijd] },
            Decision::Chosen { spot: spot(), despite: vec![] },
        ];
        for decision in all {
            assert_eq!(read(json(&decision).to_string().as_bytes()), Ok(decision));
        }
        for wrong in [
            r#"{"besluit":"misschien","plaatsing":{"school":"S1","plek":"p","coach":"K1"}}"#,
            r#"{"besluit":"akkoord","plaatsing":{"school":"S1","plek":"p"}}"#,
            r#"{"besluit":"vast"}"#,
            r#"{"besluit":"akkoord","tot":"2027-01-31"}"#,
            r#"{"besluit":"afwijzen","plaatsing":{"school":"S1","plek":"p","coach":"K1"},"reden":"anders","reikwijdte":"coach","tot":"morgen"}"#,
            r#"{"besluit":"afwijzen","plaatsing":{"school":"S1","plek":"p","coach":"K1"},"reden":"gezondheid"}"#,
            r#"{"besluit":"afwijzen","plaatsing":{"school":"S1","plek":"p","coach":"K1"},"reden":"zomaar","reikwijdte":"coach"}"#,
            r#"{"besluit":"afwijzen","plaatsing":{"school":"S1","plek":"p","coach":"K1"},"reikwijdte":"coach","ondanks":[]}"#,
            r#"{"besluit":"alternatief","plaatsing":{"school":"S1","plek":"p","coach":"K1"},"ondanks":["vast"]}"#,
            r#"{"besluit":"akkoord","plaatsing":{"school":"S1","plek":"p","coach":"K1"},"reden":"anders"}"#,
            "7",
        ] {
            assert!(read(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
