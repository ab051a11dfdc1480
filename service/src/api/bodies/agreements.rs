//! What the register keeps of a person for every wave: travel times, what is fixed, and what is forbidden.

use loket_instances::strict::fields::{At, Fields};
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::words::{Bouw, Word};
use serde_json::{Map, Value, json};

use super::body;
use super::decisions::Rule;
use super::shapes::{ID, List, Nested, Number, Shape, nested, one_word};
use crate::records::register::Kind;

body! {
    "Registerreistijd"
    /// Hoe lang iemand naar een school reist
    TravelTo {
        /// De school
        needs naar: String = ID,
        /// Hoeveel minuten
        needs minuten: i64 = Number(0, 100_000),
    }
}

body! {
    "Registervast"
    /// Wat voor een kandidaat vaststaat in elke lichting uit het register
    Fixed holds fixes {
        /// De school
        may school: String = ID,
        /// De plekkengroep
        may plek: String = ID,
        /// De bouw
        may bouw: Bouw = one_word::<Bouw>(),
        /// De coach
        may coach: String = ID,
        /// Regels waarvan bewust wordt afgeweken
        may ondanks: Vec<RuleCode> = List(Rule, 9),
    }
}

body! {
    "Registerverbod"
    /// Wat voor een kandidaat niet mag in elke lichting uit het register; waarom wordt niet bewaard
    Forbidden holds forbids {
        /// De school
        may school: String = ID,
        /// De plekkengroep
        may plek: String = ID,
        /// De bouw
        may bouw: Bouw = one_word::<Bouw>(),
        /// Het bestuur
        may bestuur: String = ID,
        /// De coach
        may coach: String = ID,
    }
}

/// What says nothing fixes nothing.
fn fixes(fields: &Fields<'_>) {
    if ["school", "plek", "bouw", "coach"].iter().all(|key| fields.get(key).is_none()) {
        fields.need("school");
    }
}

/// What says nothing forbids nothing.
fn forbids(fields: &Fields<'_>) {
    if ["school", "plek", "bouw", "bestuur", "coach"].iter().all(|key| fields.get(key).is_none()) {
        fields.need("school");
    }
}

const TRAVEL: List<Nested<TravelTo>> = List(nested::<TravelTo>(), 1_000);
const FIXED: Nested<Fixed> = nested::<Fixed>();
const FORBIDDEN: List<Nested<Forbidden>> = List(nested::<Forbidden>(), 100);

/// The keys of the register for rows of this kind.
pub(super) fn keys(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Board | Kind::School => &[],
        Kind::Coach => &["reistijden"],
        Kind::Candidate => &["reistijden", "vast", "verboden"],
    }
}

/// The same with their schemas.
pub(super) fn schemas(kind: Kind) -> Vec<(&'static str, Value)> {
    let schema = |key: &&'static str| match *key {
        "reistijden" => ("reistijden", TRAVEL.schema()),
        "vast" => ("vast", FIXED.schema()),
        _ => ("verboden", FORBIDDEN.schema()),
    };
    keys(kind).iter().map(schema).collect()
}

/// Reads them, as they are kept.
pub(super) fn read(kind: Kind, fields: &Fields<'_>) -> Map<String, Value> {
    let mut own = Map::new();
    for key in keys(kind) {
        let Some(at) = fields.get(key) else { continue };
        let value = match *key {
            "reistijden" => TRAVEL.read(at).map(|rows| {
                once(at, &rows);
                rows.into_iter().map(|it| json!({ "naar": it.naar, "minuten": it.minuten })).collect()
            }),
            "vast" => FIXED.read(at).map(|it| {
                let despite = it.ondanks.map(|rules| rules.into_iter().map(RuleCode::code).collect::<Vec<_>>());
                object([
                    ("school", it.school.map(Value::from)),
                    ("plek", it.plek.map(Value::from)),
                    ("bouw", it.bouw.map(|bouw| bouw.code().into())),
                    ("coach", it.coach.map(Value::from)),
                    ("ondanks", despite.map(Value::from)),
                ])
            }),
            _ => FORBIDDEN.read(at).map(|rows| {
                let one = |it: Forbidden| {
                    object([
                        ("school", it.school.map(Value::from)),
                        ("plek", it.plek.map(Value::from)),
                        ("bouw", it.bouw.map(|bouw| bouw.code().into())),
                        ("bestuur", it.bestuur.map(Value::from)),
                        ("coach", it.coach.map(Value::from)),
                    ])
                };
                rows.into_iter().map(one).collect()
            }),
        };
        own.extend(value.filter(|it| it.as_array().is_none_or(|rows| !rows.is_empty())).map(|value| ((*key).to_owned(), value)));
    }
    own
}

/// To each school there is one travel time.
fn once(at: &At<'_>, rows: &[TravelTo]) {
    let again = rows.iter().enumerate().find(|(place, it)| rows[..*place].iter().any(|other| other.naar == it.naar));
    if let Some((_, it)) = again {
        at.refuse("dubbel", format!("er staan twee reistijden naar {}", it.naar), "laat er een weg");
    }
}

fn object<const N: usize>(keys: [(&str, Option<Value>); N]) -> Value {
    Value::Object(keys.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect())
}
