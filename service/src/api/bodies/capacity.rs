//! Bodies about capacity: the seats of one group, and what one seat more would bring.

use axum::body::Bytes;
use loket_instances::matching::row::{self as format, Row};
use loket_instances::strict;
use loket_instances::strict::fields::At;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::words::{Bouw, HalfDay, Word};
use serde_json::{Map, Value, json};

use super::register::{apart, checked, count, in_order, list, named_keys, own_id, plain, with, word};
use super::shapes::{Day, Flag, ID, Number, OneOf, Shape, Text};
use super::{Body, Keyed, body, described, object};
use crate::desk::whole::Said;
use crate::records::register::data;
use crate::serve::body::Size;

body! {
    "Opbrengstvraag"
    /// Van welke berekening, en hoeveel plekken hoogstens. Zonder berekening gaat het om de nieuwste berekening die nu in beoordeling is van
    /// een lichting met dit bestuur
    Worth {
        /// Een berekening van een lichting met dit bestuur
        may berekening: String = ID,
        /// Hoeveel plekken hoogstens
        may aantal: i64 = Number(1, 1_000),
    }
}

body! {
    "Plekkenbevestiging"
    /// Hoeveel rijen er gelezen zijn en bevestigd worden: alle plekken van vandaag en later, over alle bladzijden van de lijst samen
    Confirm example { "aantal": 1 } {
        /// Hoeveel rijen: het totaal van de lijst zonder op
        needs aantal: i64 = Number(0, 1_000_000),
    }
}

/// The seats of one group as they were sent.
#[derive(Clone, Debug)]
pub struct SeatsRow {
    /// The group, where it is named.
    pub id: Option<String>,
    /// The school, where it is named.
    pub school: Option<String>,
    /// The group, as an answer names it.
    pub seat: Option<String>,
    /// Which bouw.
    pub bouw: String,
    /// How many.
    pub count: i64,
    /// What else the format has for seats.
    pub data: Map<String, Value>,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub until: Option<String>,
    /// Whether they may be used.
    pub open: bool,
    /// Why not.
    pub reason: Option<&'static str>,
    /// What was said along with it.
    pub said: Said,
}

/// Keys that the format of a seat group does not have, with their shapes. What was read may be sent back: what follows from the rest is
/// then no news.
const OWN: &[&str] = &[
    "open",
    "reden",
    "van",
    "tot",
    "school",
    "school_naam",
    "plek",
    "bevestigd",
    "bevestigd_op",
    "versie",
    "gebruikt",
    "voorgesteld",
    "vrij",
    "te_veel",
    "bevestigd_door",
];
/// Codes of why seats are not open.
pub const REASON: OneOf = OneOf(&["geen-duo-collega", "team-vol", "groep-vervalt", "verbouwing", "kwaliteit", "eigen-werving", "anders"]);
const FOLLOWS: [&str; 5] = ["versie", "gebruikt", "voorgesteld", "vrij", "te_veel"];
const NUMBER: Number = Number(0, i64::MAX);
const MOMENT: Text = Text(64);

fn read(at: &At<'_>) -> Option<SeatsRow> {
    let own = apart(at, OWN);
    let fields = At { node: &own, ..at.clone() }.object(OWN)?;
    let (from, until) = (fields.get("van").and_then(|at| Day.read(at)), fields.get("tot").and_then(|at| Day.read(at)));
    in_order(&from, &until, fields.get("tot"));
    let open = fields.get("open").and_then(|at| Flag.read(at)).unwrap_or(true);
    let reason = fields.get("reden").and_then(|at| REASON.read(at));
    if let (true, Some(_), Some(at)) = (open, reason, fields.get("reden")) {
        at.refuse("samen", "een reden hoort bij plekken die niet open zijn", "laat reden weg, of zet open op false");
    }
    if !open {
        fields.need("reden");
    }
    let named = |key| fields.get(key).and_then(|at| ID.read(at));
    let (school, seat) = (named("school"), named("plek"));
    for key in FOLLOWS {
        fields.get(key).and_then(|at| NUMBER.read(at));
    }
    fields.get("bevestigd_op").and_then(|at| MOMENT.read(at));
    fields.get("school_naam").and_then(At::text);
    fields.get("bevestigd_door").and_then(At::text);
    let said = Said { keys: named_keys(at), confirmed: fields.get("bevestigd").and_then(|at| Flag.read(at)).unwrap_or_default() };
    let Row::Seats(row) = checked(at, format::Kind::Seats, OWN)? else { return None };
    Some(SeatsRow {
        id: own_id(at),
        school,
        seat,
        bouw: row.bouw.code().to_owned(),
        count: row.count.into(),
        data: data(&Row::Seats(row)),
        from,
        until,
        open,
        reason,
        said,
    })
}

impl Body for SeatsRow {
    const SIZE: Size = Size::Row;

    fn parse(bytes: Bytes) -> Result<Self, Refusal> {
        strict::read_within(&bytes, Self::SIZE.bounds(), read)
    }

    fn schema() -> Value {
        let keys = [
            ("bouw", true, "", word::<Bouw>()),
            ("aantal", true, "", count()),
            ("dagdelen", false, "", list(word::<HalfDay>())),
            ("delen", false, "", Flag.schema()),
            ("open", false, "", Flag.schema()),
            ("reden", false, "Code, als open false is", REASON.schema()),
            ("van", false, "Anders gaat het om de periode die vandaag geldt", Day.schema()),
            ("tot", false, "", Day.schema()),
            ("bevestigd", false, "Wat ongewoon is, is zo bedoeld", Flag.schema()),
            ("id", false, "", ID.schema()),
            ("toelichting", false, "", plain()),
            ("school", false, "", ID.schema()),
            ("school_naam", false, "Wat u las mag u terugsturen", plain()),
            ("plek", false, "", ID.schema()),
            ("bevestigd_op", false, "", MOMENT.schema()),
            ("bevestigd_door", false, "", plain()),
        ];
        let what =
            "De plekken van één groep: hoeveel, wanneer, en open of niet (met reden); zonder van gaat het om de periode die vandaag geldt";
        let mut schema = with(what, object("", &keys), &FOLLOWS.map(|key| (key, NUMBER.schema())));
        schema["title"] = json!("Plekkeninvoer");
        schema
    }
}

impl Keyed for SeatsRow {
    fn read(at: &At<'_>) -> Option<Self> {
        read(at)
    }

    fn schema() -> Value {
        <Self as Body>::schema()
    }
}

described!(SeatsRow);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::seats::ClosedReason;

    #[test]
    fn reasons_in_bodies_are_the_reasons_that_there_are() {
        assert_eq!(REASON.0, ClosedReason::ALL.iter().map(|it| it.code()).collect::<Vec<_>>());
    }
}
