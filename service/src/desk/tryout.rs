//! A try-out: what is tried for each candidate, the question that the solver gets of it, and the decisions that it becomes when it is kept.

use std::collections::BTreeMap;

use loket_instances::matching::rows::{BanRow, LockRow};
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::words::reasons::codes;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::words::{Word, words};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::choice::Choice;
use super::decision::{Along, Decision, Reason, Said, Scope, Spot};
use crate::store::Error;

words! {
    /// What is tried for a candidate.
    pub enum Kind {
        /// Must be placed, there.
        Place = "plaatsen",
        /// Must not be placed there.
        Forbid = "verbieden",
        /// What was decided no longer holds.
        Release = "loslaten",
    }
}

impl Kind {
    /// Keys that go with it, beside the candidate.
    pub fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Place => &["school", "plek", "coach", "ondanks"],
            Self::Forbid => &["reikwijdte", "reden"],
            Self::Release => &[],
        }
    }

    /// Keys that belong to any of them.
    pub const KEYS: [&'static str; 6] = ["school", "plek", "coach", "ondanks", "reikwijdte", "reden"];
}

/// What is tried for a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The candidate is placed, there; what is not named is free.
    Place {
        /// At this school.
        school: Option<String>,
        /// At this seat group of it.
        seat: Option<String>,
        /// With this coach.
        coach: Option<String>,
        /// Rules that are knowingly overruled.
        despite: Vec<RuleCode>,
    },
    /// The proposal is rejected.
    Forbid {
        /// How far that reaches.
        scope: Scope,
        /// Why; it must be there before this is kept.
        reason: Option<Reason>,
    },
    /// The decision about the candidate is taken back.
    Release,
}

impl Wish {
    /// Its word.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Place { .. } => Kind::Place,
            Self::Forbid { .. } => Kind::Forbid,
            Self::Release => Kind::Release,
        }
    }

    /// The place that it names, as far as it names one.
    pub fn named(&self) -> Spot {
        match self {
            Self::Place { school, seat, coach, .. } => Spot {
                school: school.clone().unwrap_or_default(),
                seat: seat.clone().unwrap_or_default(),
                coach: coach.clone().unwrap_or_default(),
            },
            Self::Forbid { .. } | Self::Release => Spot { school: String::new(), seat: String::new(), coach: String::new() },
        }
    }

    /// The decision that it becomes: `proposal` is what lies there, `found` where the plan of the try-out places the candidate. Nothing when
    /// a decision is taken back, or when there is nothing to decide about.
    pub fn choice(&self, proposal: Option<&Spot>, found: Option<&Spot>) -> Option<Choice> {
        match self {
            Self::Place { despite, .. } => {
                let spot = found?.clone();
                let said = if despite.is_empty() && proposal == Some(&spot) { Said::Vast } else { Said::Alternatief };
                let along = Along { despite: despite.clone(), ..Along::default() };
                Some(Choice { said, spot: Some(spot), along })
            }
            Self::Forbid { scope, reason } => {
                let along = Along { scope: Some(*scope), reason: *reason, ..Along::default() };
                Some(Choice { said: Said::Afwijzen, spot: proposal.cloned(), along })
            }
            Self::Release => None,
        }
    }

    /// The same without why; nothing when it does not say why.
    pub fn without_reason(&self) -> Option<Self> {
        match self {
            Self::Forbid { scope, reason: Some(_) } => Some(Self::Forbid { scope: *scope, reason: None }),
            Self::Forbid { .. } | Self::Place { .. } | Self::Release => None,
        }
    }
}

/// What is tried for one candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// For whom.
    pub candidate: String,
    /// What.
    pub wish: Wish,
    /// The version of the decision about the candidate that was there; 0 is none.
    pub seen: i64,
}

/// The question that the solver's child gets. Per candidate everything that is fixed and forbidden: what the wave's own file says, with what
/// is tried in the place of a decision. `held` is what decisions fix that the plan follows already.
///
/// # Errors
/// When what was kept is no wave file.
pub fn question(
    own: &[u8],
    changes: &[Change],
    proposals: &BTreeMap<String, Spot>,
    held: &BTreeMap<String, Decision>,
) -> Result<Value, Error> {
    let file = WaveFile::read(own).map_err(|refusal| Error::unreadable("een lichting", &refusal))?;
    let rows: Vec<Value> = changes.iter().map(|change| row(&file, change, proposals.get(&change.candidate))).collect();
    let others = held.iter().filter(|(candidate, _)| changes.iter().all(|it| it.candidate != **candidate));
    let fixed =
        |(candidate, decision): (&String, &Decision)| Some(json!({ "kandidaat": candidate, "vast": lock(&decision.lock(candidate)?) }));
    let held: Vec<Value> = others.filter_map(fixed).collect();
    Ok(json!({ "veranderingen": rows, "houden": held }))
}

fn row(file: &WaveFile, change: &Change, proposal: Option<&Spot>) -> Value {
    let who = &change.candidate;
    let own = file.locks.iter().flatten().find(|row| row.candidate == *who).cloned();
    let mut bans: Vec<BanRow> = file.bans.iter().flatten().filter(|row| row.candidate == *who).cloned().collect();
    let fixed = match &change.wish {
        Wish::Place { school, seat, coach, despite } => Some(LockRow {
            candidate: who.clone(),
            school: school.clone(),
            seat: seat.clone(),
            coach: coach.clone(),
            despite: Some(despite.clone()).filter(|rules| !rules.is_empty()),
            ..LockRow::default()
        }),
        Wish::Forbid { scope, reason } => {
            let rejected = proposal.map(|spot| Decision::Rejected { spot: spot.clone(), scope: *scope, reason: *reason, until: None });
            bans.extend(rejected.and_then(|it| it.prohibition(who, &file.schools)));
            own
        }
        Wish::Release => own,
    };
    let mut row = json!({ "kandidaat": who, "verboden": bans.iter().map(ban).collect::<Vec<_>>() });
    if let Some(fixed) = fixed {
        row["vast"] = lock(&fixed);
    }
    row
}

/// An object of the keys that have a value.
fn keys(all: &[(&str, Option<Value>)]) -> Value {
    let told: Map<String, Value> = all.iter().filter_map(|(key, it)| Some(((*key).to_owned(), it.clone()?))).collect();
    told.into()
}

fn lock(row: &LockRow) -> Value {
    keys(&[
        ("school", row.school.clone().map(Value::from)),
        ("plek", row.seat.clone().map(Value::from)),
        ("bouw", row.bouw.map(|it| it.code().into())),
        ("coach", row.coach.clone().map(Value::from)),
        ("ondanks", row.despite.as_ref().map(|rules| json!(codes(rules)))),
    ])
}

fn ban(row: &BanRow) -> Value {
    keys(&[
        ("school", row.school.clone().map(Value::from)),
        ("plek", row.seat.clone().map(Value::from)),
        ("bouw", row.bouw.map(|it| it.code().into())),
        ("bestuur", row.board.clone().map(Value::from)),
        ("coach", row.coach.clone().map(Value::from)),
    ])
}

/// What a kept answer says of the plan of a try-out: whether there is one, and where it places those whom the try-out is about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Found {
    /// Whether there is a plan.
    #[serde(rename = "mogelijk")]
    pub possible: bool,
    /// Per candidate.
    #[serde(rename = "veranderingen")]
    places: Vec<Placed>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Placed {
    kandidaat: String,
    naar: Option<Place>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Place {
    school: String,
    plek: String,
    coach: String,
}

impl Found {
    /// Reads it from an answer as it was kept.
    ///
    /// # Errors
    /// When what was kept is no answer to a try-out.
    pub fn read(answer: &[u8]) -> Result<Self, Error> {
        Ok(serde_json::from_slice(answer)?)
    }

    /// Where a candidate is placed.
    pub fn spot(&self, candidate: &str) -> Option<Spot> {
        let place = self.places.iter().find(|it| it.kandidaat == candidate)?.naar.clone()?;
        Some(Spot { school: place.school, seat: place.plek, coach: place.coach })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        let file = json!({
            "formaat": "loket-lichting/1", "id": "w", "fase": "opleiding", "besturen": [{ "id": "B1" }],
            "scholen": [{ "id": "S1", "bestuur": "B1", "lat": 52.0, "lon": 4.0, "plekken": [{ "bouw": "onderbouw", "aantal": 2 }] }],
            "coaches": [{ "id": "K1", "lat": 52.0, "lon": 4.0, "maximum": 9, "uren": 540 }],
            "kandidaten": [{ "id": "Z1", "lat": 52.0, "lon": 4.0, "bouwen": ["onderbouw"] }, { "id": "Z2", "lat": 52.0, "lon": 4.0, "bouwen": ["onderbouw"] }],
            "vast": [{ "kandidaat": "Z1", "school": "S1" }],
            "verboden": [{ "kandidaat": "Z2", "bestuur": "B9", "reden": "eigen" }],
        });
        WaveFile::read(file.to_string().as_bytes()).expect("a wave file").write()
    }

    #[test]
    fn what_is_tried_takes_the_place_of_decisions_and_leaves_what_the_waves_own_file_says() {
        let spot = || Spot { school: "S1".into(), seat: "onderbouw".into(), coach: "K1".into() };
        let change = |candidate: &str, wish| Change { candidate: candidate.into(), wish, seen: 0 };
        let changes = [
            change("Z1", Wish::Forbid { scope: Scope::Coach, reason: Some(Reason::Other) }),
            change("Z2", Wish::Place { school: Some("S1".into()), seat: None, coach: None, despite: vec![RuleCode::Reistijd] }),
        ];
        let proposals = BTreeMap::from([("Z1".to_owned(), spot())]);
        let held = BTreeMap::from([("Z2".to_owned(), Decision::Fixed(spot())), ("Z3".to_owned(), Decision::Fixed(spot()))]);
        let asked = question(&file(), &changes, &proposals, &held).expect("a question");
        let wanted = json!({
            "veranderingen": [
                { "kandidaat": "Z1", "vast": { "school": "S1" }, "verboden": [{ "coach": "K1" }] },
                { "kandidaat": "Z2", "vast": { "school": "S1", "ondanks": ["reistijd"] }, "verboden": [{ "bestuur": "B9" }] },
            ],
            "houden": [{ "kandidaat": "Z3", "vast": { "school": "S1", "plek": "onderbouw", "coach": "K1" } }],
        });
        assert_eq!(asked, wanted, "why something is rejected goes to no solver");
    }

    #[test]
    fn what_is_kept_becomes_the_decision_at_the_place_that_was_found() {
        let spot = |coach: &str| Spot { school: "S1".into(), seat: "onderbouw".into(), coach: coach.into() };
        let place = |despite| Wish::Place { school: Some("S1".into()), seat: None, coach: None, despite };
        let said = |wish: Wish, found: Option<&Spot>| wish.choice(Some(&spot("K1")), found).map(|it| (it.said, it.spot));
        assert_eq!(said(place(vec![]), Some(&spot("K2"))), Some((Said::Alternatief, Some(spot("K2")))));
        assert_eq!(said(place(vec![]), Some(&spot("K1"))), Some((Said::Vast, Some(spot("K1")))));
        assert_eq!(said(place(vec![RuleCode::Reistijd]), Some(&spot("K1"))), Some((Said::Alternatief, Some(spot("K1")))));
        assert_eq!(said(place(vec![]), None), None);
        let forbid = Wish::Forbid { scope: Scope::School, reason: None };
        assert_eq!(said(forbid, None), Some((Said::Afwijzen, Some(spot("K1")))));
        assert_eq!(said(Wish::Release, None), None);
    }
}
