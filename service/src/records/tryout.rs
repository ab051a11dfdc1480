//! A try-out as it is kept: what is tried is written as JSON, and read back strictly.

use loket_instances::matching::row::overruled;
use loket_instances::strict;
use loket_instances::strict::fields::{At, Fields};
use loket_instances::strict::problem::Refusal;
use loket_instances::strict::spot::show_id;
use loket_instances::words::reasons::codes;
use loket_solver::matching::facts::words::{Word, words};
use serde_json::{Value, json};

use crate::desk::tryout::{Change, Kind, Wish};
use crate::records::run::Run;
use crate::records::wave::Wave;

words! {
    /// What became of a try-out.
    pub enum Standing {
        /// It can be kept.
        Open = "open",
        /// It was kept: its choices are decisions.
        Kept = "bewaard",
        /// It is about a plan that is no longer under review.
        Lapsed = "vervallen",
    }
}

/// A try-out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TryOut {
    /// Its id.
    pub id: String,
    /// The wave.
    pub wave: String,
    /// The run whose plan it is about.
    pub run: String,
    /// What people call it; nothing once that was erased.
    pub name: Option<String>,
    /// What is tried.
    pub changes: Vec<Change>,
    /// The question that works it out.
    pub job: String,
    /// Who made it.
    pub who: String,
    /// When, UTC milliseconds.
    pub at: i64,
    /// When it was kept, UTC milliseconds.
    pub kept: Option<i64>,
    /// From 1.
    pub version: i64,
}

impl TryOut {
    /// What became of it, as its wave and its run are now.
    pub fn standing(&self, wave: &Wave, run: &Run) -> Standing {
        let current = wave.life.under_review() && wave.current.as_ref() == Some(&self.run) && run.base == wave.input;
        match (self.kept, current) {
            (Some(_), _) => Standing::Kept,
            (None, true) => Standing::Open,
            (None, false) => Standing::Lapsed,
        }
    }
}

/// What is tried, as it is kept and shown.
pub fn json(change: &Change) -> Value {
    let mut row = json!({ "kandidaat": change.candidate, "keuze": change.wish.kind().code() });
    match &change.wish {
        Wish::Place { school, seat, coach, despite } => {
            for (key, named) in [("school", school), ("plek", seat), ("coach", coach)] {
                if let Some(id) = named {
                    row[key] = json!(id);
                }
            }
            if !despite.is_empty() {
                row["ondanks"] = json!(codes(despite));
            }
        }
        Wish::Forbid { scope, reason } => {
            row["reikwijdte"] = json!(scope.code());
            if let Some(reason) = reason {
                row["reden"] = json!(reason.code());
            }
        }
        Wish::Release => {}
    }
    row["gezien"] = json!(change.seen);
    row
}

/// All of it, as it is kept.
pub fn written(changes: &[Change]) -> String {
    Value::from(changes.iter().map(json).collect::<Vec<_>>()).to_string()
}

/// Reads what [`written`] wrote.
///
/// # Errors
/// Everything that is no part of a try-out.
pub fn read(bytes: &[u8]) -> Result<Vec<Change>, Refusal> {
    strict::read(bytes, |at| Some(at.rows("")?.iter().filter_map(change).collect()))
}

fn change(at: &At<'_>) -> Option<Change> {
    let fields = at.object(&["kandidaat", "keuze", "school", "plek", "coach", "ondanks", "reikwijdte", "reden", "gezien"])?;
    let candidate = fields.need("kandidaat").and_then(At::text)?.to_owned();
    let kind = fields.need("keuze").and_then(At::word)?;
    let seen = fields.need("gezien")?.integer(0..=i64::MAX)?;
    together(&fields, kind);
    let text = |key| fields.get(key).and_then(At::text).map(str::to_owned);
    let wish = match kind {
        Kind::Place => Wish::Place {
            school: text("school"),
            seat: text("plek"),
            coach: text("coach"),
            despite: fields.get("ondanks").and_then(|at| at.distinct(overruled)).unwrap_or_default(),
        },
        Kind::Forbid => {
            Wish::Forbid { scope: fields.need("reikwijdte").and_then(At::word)?, reason: fields.get("reden").and_then(At::word) }
        }
        Kind::Release => Wish::Release,
    };
    Some(Change { candidate, wish, seen })
}

/// Reports what does not go with what is tried, and what it lacks.
pub fn together(fields: &Fields<'_>, kind: Kind) {
    for key in Kind::KEYS {
        if let Some(at) = fields.get(key).filter(|_| !kind.keys().contains(&key)) {
            at.refuse("onbekende-sleutel", format!("{key} hoort niet bij {}", show_id(kind.code())), "haal de sleutel weg");
        }
    }
    if kind == Kind::Forbid {
        fields.need("reikwijdte");
    }
    if let (Some(at), None) = (fields.get("plek"), fields.get("school")) {
        at.refuse("samen", "bij een plek hoort een school", "noem ook de school");
    }
}

#[cfg(test)]
mod tests {
    use loket_solver::matching::facts::codes::RuleCode;

    use super::*;
    use crate::desk::decision::{Reason, Scope};

    #[test]
    fn what_is_kept_is_read_back_and_anything_else_is_refused() {
        let change = |wish, seen| Change { candidate: "Z1".into(), wish, seen };
        let place = |despite: &[RuleCode]| Wish::Place {
            school: Some("S1".into()),
            seat: Some("p".into()),
            coach: None,
            despite: despite.to_vec(),
        };
        let all = [
            change(place(&[]), 0),
            change(place(&[RuleCode::Reistijd]), 7),
            change(Wish::Place { school: None, seat: None, coach: None, despite: vec![] }, 0),
            change(Wish::Forbid { scope: Scope::School, reason: Some(Reason::Health) }, 3),
            change(Wish::Forbid { scope: Scope::Coach, reason: None }, 3),
            change(Wish::Release, 2),
        ];
        assert_eq!(read(written(&all).as_bytes()), Ok(all.to_vec()));
        for wrong in [
            r#"[{"kandidaat":"Z1","keuze":"misschien","gezien":0}]"#,
            r#"[{"kandidaat":"Z1","keuze":"verbieden","gezien":0}]"#,
            r#"[{"kandidaat":"Z1","keuze":"loslaten","reden":"anders","gezien":0}]"#,
            r#"[{"kandidaat":"Z1","keuze":"plaatsen","plek":"p","gezien":0}]"#,
            r#"[{"kandidaat":"Z1","keuze":"plaatsen"}]"#,
            "7",
        ] {
            assert!(read(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
