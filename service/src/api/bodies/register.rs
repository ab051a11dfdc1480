//! Bodies of rows of the register: what the format of wave files has for such a row, with the keys of the register itself.

use axum::body::Bytes;
use loket_instances::matching::row::{self as format, Row};
use loket_instances::strict;
use loket_instances::strict::fields::At;
use loket_instances::strict::json::Node;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::words::{Bouw, CoachKind, HalfDay, Phase, Quality, SchoolKind, Transport, Word};
use serde_json::{Map, Value, json};

use super::accounts::Address;
use super::shapes::{Day, Flag, ID, Number, OneWord, Shape, allow_null, choice, one_word};
use super::{Body, described, object};
use crate::desk::whole::Said;
use crate::records::register::{Kind, Standing, data};
use crate::serve::body::Size;

/// A row as it was sent.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// Its id, where it names one.
    pub id: Option<String>,
    /// What the format has for it.
    pub data: Map<String, Value>,
    /// The board of a school.
    pub board: Option<String>,
    /// The BRIN of a school.
    pub brin: Option<String>,
    /// First day of a coach.
    pub from: Option<String>,
    /// Last day of a coach.
    pub until: Option<String>,
    /// Where a candidate stands.
    pub standing: Option<Standing>,
    /// Name and remark of a person.
    pub person: Map<String, Value>,
    /// What was said along with it.
    pub said: Said,
}

/// Where a candidate can stand.
const STANDING: OneWord<Standing> = one_word();
/// A version that was read: sent back, it is no news.
const VERSION: Number = Number(0, i64::MAX);

/// Keys of the register that the format does not have.
fn own_keys(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Board => &["versie"],
        Kind::School => &["brin", "versie"],
        Kind::Coach => &["van", "tot", "e_mail", "bevestigd", "versie"],
        Kind::Candidate => &["toestand", "e_mail", "versie"],
    }
}

/// Reads a row: with the reader of files, and the keys of the register apart.
fn read(at: &At<'_>, kind: Kind) -> Option<Sent> {
    let own = apart(at, own_keys(kind));
    let fields = At { node: &own, ..at.clone() }.object(own_keys(kind))?;
    let name = apart(at, NAME);
    if let Some(at) = (At { node: &name, ..at.clone() }).object(NAME).and_then(|fields| fields.get("naam").cloned()) {
        seen(&at);
    }
    let said = Said { keys: named_keys(at), confirmed: false };
    let mut sent = Sent { id: own_id(at), said, ..Sent::default() };
    if kind == Kind::Coach {
        sent.from = fields.get("van").and_then(|at| Day.read(at));
        sent.until = fields.get("tot").and_then(|at| Day.read(at));
        in_order(&sent.from, &sent.until, fields.get("tot"));
        sent.said.confirmed = fields.get("bevestigd").and_then(|at| Flag.read(at)).unwrap_or_default();
    }
    if kind == Kind::School {
        sent.brin = fields.get("brin").and_then(|at| Brin.read(at));
    }
    if kind == Kind::Candidate {
        sent.standing = fields.get("toestand").and_then(|at| STANDING.read(at));
    }
    if kind.is_person()
        && let Some(address) = fields.get("e_mail").and_then(|at| Address.read(at))
    {
        sent.person.insert("e_mail".into(), Value::String(address));
    }
    fields.get("versie").and_then(|at| VERSION.read(at));
    let mut row = checked(at, kind.format(), own_keys(kind))?;
    let known = match &mut row {
        Row::School(school) => {
            sent.board = Some(school.board.clone());
            None
        }
        Row::Coach(coach) => coach.apart(),
        Row::Candidate(candidate) => candidate.apart(),
        Row::Board(_) | Row::Seats(_) => None,
    };
    for (key, text) in known.into_iter().flat_map(|it| [("naam", it.name), ("toelichting", it.note)]) {
        sent.person.extend(text.map(|text| (key.to_owned(), Value::String(text))));
    }
    sent.data = data(&row);
    Some(sent)
}

/// The key of a name.
const NAME: &[&str] = &["naam"];

/// A name can be seen: it is not empty, and holds nothing that only looks like a space or like nothing.
fn seen(at: &At<'_>) {
    let Node::Text(name) = at.node else { return };
    if name.trim().is_empty() {
        at.refuse("leeg", "de naam is leeg", "vul een naam in, of laat naam weg");
    }
    if let Some(letter) = name.chars().find(|it| unseen(*it)) {
        let what = format!("in de naam staat een teken dat niemand ziet (U+{:04X})", u32::from(letter));
        at.refuse("onzichtbaar", what, "typ de naam opnieuw, met gewone letters en spaties");
    }
}

/// Characters without a shape of their own: formatting, and spaces that are none of a keyboard.
fn unseen(letter: char) -> bool {
    matches!(letter,
        '\u{a0}' | '\u{ad}' | '\u{61c}' | '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
            | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The id that a row names itself.
pub(super) fn own_id(at: &At<'_>) -> Option<String> {
    let Node::Object(entries) = at.node else { return None };
    entries.iter().find_map(|(key, value)| match value {
        Node::Text(text) if key == "id" => Some(text.clone()),
        _ => None,
    })
}

/// The keys that an object names, also those that it makes empty.
pub(super) fn named_keys(at: &At<'_>) -> Vec<String> {
    match at.node {
        Node::Object(entries) => entries.iter().map(|(key, _)| key.clone()).collect(),
        _ => Vec::new(),
    }
}

/// The keys that the format does not have, each once: a double one is told with the rest of the row.
pub(super) fn apart(at: &At<'_>, keys: &[&str]) -> Node {
    let mut own: Vec<(String, Node)> = Vec::new();
    if let Node::Object(entries) = at.node {
        for (key, value) in entries.iter().filter(|(key, _)| keys.contains(&key.as_str())) {
            if own.iter().all(|(it, _)| it != key) {
                own.push((key.clone(), value.clone()));
            }
        }
    }
    Node::Object(own)
}

/// A last day that lies before the first is wrong.
pub(super) fn in_order(from: &Option<String>, until: &Option<String>, at: Option<&At<'_>>) {
    if let (Some(from), Some(until), Some(at)) = (from, until, at)
        && until < from
    {
        at.refuse("grens", "tot ligt voor van", "kies een latere dag");
    }
}

/// What the format has for a row, read by the reader of files; `own` are keys of the register.
pub(super) fn checked(at: &At<'_>, kind: format::Kind, own: &[&str]) -> Option<Row> {
    let row = format::read_row(kind, at.node.to_string().as_bytes(), own).map_err(|refusal| at.refused(refusal)).ok()?;
    if !format::has_address(row.id()) {
        let what = format!("de id \"{}\" kan niet in een adres staan", row.id());
        let spot = At { spot: at.spot.key("id"), ..at.clone() };
        spot.refuse("id", what, "kies een andere id");
        return None;
    }
    Some(row)
}

/// A body that is a row of one kind.
macro_rules! row_body {
    ($title:literal $(#[doc = $what:literal])+ $name:ident, $kind:expr, $schema:ident, [$($own:expr),*]) => {
        $(#[doc = $what])+
        #[derive(Clone, Debug)]
        pub struct $name(pub Sent);

        impl Body for $name {
            const SIZE: Size = Size::Row;

            fn parse(bytes: Bytes) -> Result<Self, Refusal> {
                strict::read_within(&bytes, Self::SIZE.bounds(), |at| read(at, $kind)).map(Self)
            }

            fn schema() -> Value {
                let mut schema = with(&concat!($($what),+).trim(), $schema(), &[$($own,)* ("versie", version())]);
                schema["title"] = json!($title);
                schema
            }
        }

        described!($name);
    };
}

row_body! {
    "Bestuurinvoer"
    /// Een bestuur als in docs/format.md: naam, noodplan, maximum
    BoardRow, Kind::Board, board_row, []
}
row_body! {
    "Schoolinvoer"
    /// Een school als in docs/format.md, zonder plekken: die staan bij de capaciteit van het bestuur; met brin
    SchoolRow, Kind::School, school_row, [("brin", Brin.schema())]
}
row_body! {
    "Coachinvoer"
    /// Een coach als in docs/format.md (uren zijn per schooljaar), met van en tot: wanneer de coach er is, en e_mail
    CoachRow, Kind::Coach, coach_row, [("van", Day.schema()), ("tot", Day.schema()), ("e_mail", Address.schema()), ("bevestigd", Flag.schema())]
}
row_body! {
    "Kandidaatinvoer"
    /// Een kandidaat als in docs/format.md, met toestand: wacht, geplaatst of gestopt, en e_mail
    CandidateRow, Kind::Candidate, candidate_row, [("toestand", STANDING.schema()), ("e_mail", Address.schema())]
}

/// The number of a school in the country's own register: four characters, and two more for one of several buildings.
#[derive(Clone, Copy, Debug)]
struct Brin;

impl Shape for Brin {
    type Value = String;

    fn read(&self, at: &At<'_>) -> Option<String> {
        let text = at.bounded(6)?;
        let right =
            |(place, letter): (usize, char)| if matches!(place, 2 | 3) { letter.is_ascii_uppercase() } else { letter.is_ascii_digit() };
        if matches!(text.len(), 4 | 6) && text.chars().enumerate().all(right) {
            return Some(text.to_owned());
        }
        at.refuse("brin", "dit is geen BRIN", "schrijf hem als 21QZ, of als 21QZ00 voor één vestiging");
        None
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": "^[0-9]{2}[A-Z]{2}([0-9]{2})?$" })
    }
}

fn version() -> Value {
    let mut version = VERSION.schema();
    version["description"] = json!("Wat u las mag u terugsturen; de ETag telt");
    version
}

/// A schema with more keys, which may be absent.
pub(super) fn with(what: &str, mut schema: Value, more: &[(&str, Value)]) -> Value {
    for (key, value) in more {
        schema["properties"][*key] = value.clone();
        allow_null(&mut schema["properties"][*key]);
    }
    schema["description"] = json!(what);
    schema
}

pub(super) fn count() -> Value {
    Number(0, 100_000).schema()
}

pub(super) fn word<W: Word>() -> Value {
    choice(&W::ALL.iter().map(|word| word.code()).collect::<Vec<_>>())
}

pub(super) fn list(items: Value) -> Value {
    json!({ "type": "array", "uniqueItems": true, "items": items })
}

pub(super) fn plain() -> Value {
    json!({ "type": "string" })
}

fn some(items: Value) -> Value {
    let mut some = list(items);
    some["minItems"] = json!(1);
    some
}

fn flag() -> Value {
    json!({ "type": "boolean" })
}

/// The keys of a row, as docs/format.md has them: those that must be there are named first.
fn row_of(needed: &[&str], keys: Vec<(&str, Value)>) -> Value {
    let all = keys.into_iter().chain([("id", ID.schema()), ("naam", plain()), ("toelichting", plain())]);
    let all: Vec<(&str, bool, &str, Value)> = all.map(|(key, schema)| (key, needed.contains(&key), "", schema)).collect();
    object("", &all)
}

fn place() -> [(&'static str, Value); 2] {
    let within = |bound: i64| json!({ "type": "number", "minimum": -bound, "maximum": bound });
    [("lat", within(90)), ("lon", within(180))]
}

pub(super) fn board_row() -> Value {
    row_of(&[], vec![("noodplan", flag()), ("maximum", count())])
}

pub(super) fn school_row() -> Value {
    let share = || Number(0, 100).schema();
    let mut keys = vec![("bestuur", ID.schema()), ("soort", word::<SchoolKind>())];
    keys.extend(place());
    keys.extend([
        ("doelgroep", share()),
        ("tekort", share()),
        ("concept", plain()),
        ("denominatie", plain()),
        ("kwaliteit", word::<Quality>()),
        ("maximum", count()),
        ("teamgrootte", count()),
        ("starters", count()),
    ]);
    row_of(&["bestuur"], keys)
}

pub(super) fn coach_row() -> Value {
    let mut keys = vec![("soort", word::<CoachKind>()), ("bestuur", plain())];
    keys.extend(place());
    keys.extend([
        ("vervoer", word::<Transport>()),
        ("max_reistijd", count()),
        ("maximum", count()),
        ("uren", count()),
        ("uren_vervolg", count()),
        ("lopend", count()),
        ("tarief_cent", count()),
        ("bouwen", list(word::<Bouw>())),
        ("soorten", list(word::<SchoolKind>())),
        ("kenmerken", list(plain())),
        ("eigen_school", plain()),
        ("uitgesloten_scholen", list(plain())),
    ]);
    row_of(&["maximum", "uren"], keys)
}

/// The schema of a candidate's row in a wave.
pub fn candidate_row() -> Value {
    let mut keys = Vec::from(place());
    let excluded = ["scholen", "besturen", "denominaties", "coaches"].map(|key| (key, false, "", list(plain())));
    let mut excluding = object("Wat deze kandidaat niet wil", &excluded);
    excluding["title"] = json!("Uitgesloten");
    keys.extend([
        ("vervoer", word::<Transport>()),
        ("max_reistijd", count()),
        ("fase", word::<Phase>()),
        ("uren", count()),
        ("bouwen", some(word::<Bouw>())),
        ("soorten", list(word::<SchoolKind>())),
        ("besturen", list(plain())),
        ("concepten", list(plain())),
        ("dagdelen", list(word::<HalfDay>())),
        ("wachtrondes", count()),
        ("coach_wensen", list(plain())),
        ("coach_eisen", list(plain())),
        ("huidige_coach", plain()),
        ("huidige_school", plain()),
        ("uitgesloten", excluding),
    ]);
    row_of(&["bouwen"], keys)
}
