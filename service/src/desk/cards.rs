//! A row of the register as a form shows it: which fields it has, what stands in them, and the row that comes of what was typed. What no
//! field is for stays as it was.

use loket_instances::matching::row::{has_address, is_id, read_row};
use loket_instances::strict::problem::Problem;
use loket_solver::matching::facts::words::{Bouw, CoachKind, Phase, Quality, SchoolKind, Transport, Word, words};
use serde_json::{Map, Value};

use super::whole::Said;
use crate::records::register::{Kind, Row, data};

words! {
    /// A field of a form; its code is its key, in the format or in the register.
    pub enum Field {
        /// What it is called.
        Name = "naam",
        /// Where messages to a person go.
        Address = "e_mail",
        /// The board of a school or a coach.
        Board = "bestuur",
        /// A school's BRIN.
        Brin = "brin",
        /// A kind of school, or who employs a coach.
        Sort = "soort",
        /// Latitude.
        Lat = "lat",
        /// Longitude.
        Lon = "lon",
        /// Target-group pupils, percent.
        TargetGroup = "doelgroep",
        /// Shortage of teachers, percent.
        Shortage = "tekort",
        /// Educational concept.
        Concept = "concept",
        /// Denomination.
        Denomination = "denominatie",
        /// Standard of training.
        Quality = "kwaliteit",
        /// Most placements.
        Maximum = "maximum",
        /// People in the team.
        Team = "teamgrootte",
        /// Starters there already.
        Starters = "starters",
        /// Has signed the noodplan.
        Noodplan = "noodplan",
        /// Hours of a coach in a school year, or of a candidate.
        Hours = "uren",
        /// How somebody travels.
        Transport = "vervoer",
        /// Furthest, minutes.
        MaxTravel = "max_reistijd",
        /// Where a coach teaches.
        OwnSchool = "eigen_school",
        /// First day of a coach.
        From = "van",
        /// Cents an hour.
        Rate = "tarief_cent",
        /// The phase of a candidate.
        Phase = "fase",
        /// Bouwen in order of preference.
        Bouwen = "bouwen",
        /// Rounds that somebody waited.
        Waited = "wachtrondes",
    }
}

/// What is typed in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// A line of text.
    Text,
    /// A whole number.
    Number,
    /// A number with decimals.
    Decimal,
    /// A day.
    Day,
    /// Yes or no; yes when nobody said.
    Switch,
    /// One word of a list.
    OneOf(Vec<&'static str>),
    /// A board of the register.
    OfBoards,
    /// Three bouwen in order, the last two of which may be left out.
    InOrder,
}

/// The codes of a whole list.
fn all<W: Word>() -> Control {
    Control::OneOf(W::ALL.iter().map(|it| it.code()).collect())
}

/// Where a field is kept.
enum Place {
    /// With what the format has.
    Format,
    /// With the names.
    Person,
    /// In a column of its own.
    Column,
}

impl Field {
    /// The fields of a kind of row, in the order in which they are asked.
    pub fn of(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Board => &[Self::Name, Self::Noodplan, Self::Maximum],
            Kind::School => &[
                Self::Name,
                Self::Board,
                Self::Brin,
                Self::Sort,
                Self::Lat,
                Self::Lon,
                Self::TargetGroup,
                Self::Shortage,
                Self::Concept,
                Self::Denomination,
                Self::Quality,
                Self::Maximum,
                Self::Team,
                Self::Starters,
            ],
            Kind::Coach => &[
                Self::Name,
                Self::Address,
                Self::Sort,
                Self::Board,
                Self::OwnSchool,
                Self::Maximum,
                Self::Hours,
                Self::Transport,
                Self::MaxTravel,
                Self::Lat,
                Self::Lon,
                Self::From,
                Self::Rate,
            ],
            Kind::Candidate => &[
                Self::Name,
                Self::Address,
                Self::Phase,
                Self::Bouwen,
                Self::Transport,
                Self::MaxTravel,
                Self::Lat,
                Self::Lon,
                Self::Hours,
                Self::Waited,
            ],
        }
    }

    /// What is typed in it.
    pub fn control(self, kind: Kind) -> Control {
        match self {
            Self::Name | Self::Address | Self::Brin | Self::Concept | Self::Denomination | Self::OwnSchool => Control::Text,
            Self::Board => Control::OfBoards,
            Self::Sort if kind == Kind::Coach => all::<CoachKind>(),
            Self::Sort => all::<SchoolKind>(),
            Self::Quality => all::<Quality>(),
            Self::Transport => all::<Transport>(),
            Self::Phase => all::<Phase>(),
            Self::Lat | Self::Lon => Control::Decimal,
            Self::From => Control::Day,
            Self::Noodplan => Control::Switch,
            Self::Bouwen => Control::InOrder,
            Self::TargetGroup
            | Self::Shortage
            | Self::Maximum
            | Self::Team
            | Self::Starters
            | Self::Hours
            | Self::MaxTravel
            | Self::Rate
            | Self::Waited => Control::Number,
        }
    }

    fn place(self, kind: Kind) -> Place {
        match self {
            Self::Name | Self::Address if kind.is_person() => Place::Person,
            Self::Brin | Self::From => Place::Column,
            Self::Board if kind == Kind::School => Place::Column,
            _ => Place::Format,
        }
    }
}

/// What stands in a field of a row, as it is typed.
pub fn value(kind: Kind, row: &Row, field: Field) -> String {
    let kept = match field.place(kind) {
        Place::Column => {
            let column = match field {
                Field::Brin => &row.brin,
                Field::From => &row.from,
                _ => &row.board,
            };
            return column.clone().unwrap_or_default();
        }
        Place::Person => row.person.get(field.code()),
        Place::Format => row.data.get(field.code()),
    };
    match kept {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(yes)) => if *yes { "ja" } else { "nee" }.into(),
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","),
        Some(other) => other.to_string(),
    }
}

fn wrong(field: Field, what: &str, remedy: &str) -> Problem {
    let place = field.code().to_owned();
    Problem { code: "veld", pointer: format!("/{place}"), place, what: what.into(), remedy: remedy.into() }
}

/// What was typed in a field as the format has it; nothing where nothing was typed.
fn read(kind: Kind, field: Field, text: &str) -> Result<Option<Value>, Problem> {
    let number = || wrong(field, "dit is geen getal", "schrijf een geheel getal, zoals 9");
    Ok(match field.control(kind) {
        Control::Switch => Some(Value::Bool(text != "nee")),
        _ if text.is_empty() => None,
        Control::Number => Some(Value::from(text.parse::<i64>().map_err(|_| number())?)),
        Control::Decimal => {
            let degrees = text.replace(',', ".").parse::<f64>().ok().filter(|it| it.is_finite());
            let remedy = "schrijf de graden, zoals 52,3702";
            Some(Value::from(degrees.ok_or_else(|| wrong(field, "dit is geen getal", remedy))?))
        }
        Control::InOrder => {
            let mut words: Vec<&str> = text.split(',').filter(|it| !it.is_empty()).collect();
            let all = words.len();
            words.dedup();
            if words.len() < all || words.iter().any(|it| Bouw::parse(it).is_none()) {
                return Err(wrong(field, "een bouw staat er twee keer", "kies elke bouw hooguit één keer"));
            }
            Some(words.into())
        }
        Control::Text | Control::Day | Control::OneOf(_) | Control::OfBoards => Some(Value::from(text)),
    })
}

/// The row that comes of what was typed, on top of what it was; its id is new where it was nothing. What was said along names every key,
/// since a form shows what it would take away.
///
/// # Errors
/// Everything that is wrong, each with the key of its field.
pub fn made(kind: Kind, id: &str, was: Option<&Row>, typed: &dyn Fn(Field) -> String) -> Result<(Row, Said), Vec<Problem>> {
    let mut row = was.cloned().unwrap_or_else(|| Row::new(id, Map::new()));
    let mut problems = Vec::new();
    if was.is_none() && !(has_address(id) && is_id(id)) {
        let what = if id.is_empty() { "het nummer ontbreekt" } else { "dit nummer kan niet" };
        problems.push(Problem {
            code: "id",
            pointer: "/id".into(),
            place: "id".into(),
            what: what.into(),
            remedy: "schrijf een kort nummer, zoals K20".into(),
        });
    }
    for field in Field::of(kind) {
        let text = typed(*field);
        match read(kind, *field, text.trim()) {
            Ok(value) => put(kind, &mut row, *field, value),
            Err(problem) => problems.push(problem),
        }
    }
    if let Some(address) = row.person.get("e_mail").and_then(Value::as_str) {
        let looks = address.split_once('@').is_some_and(|(who, place)| !who.is_empty() && place.contains('.') && !place.contains('@'));
        if !looks || address.chars().any(|it| it.is_whitespace() || it.is_control()) {
            problems.push(wrong(Field::Address, "dit is geen e-mailadres", "schrijf een adres als naam@organisatie.nl"));
        }
    }
    if let Some(day) = row.from.as_deref().filter(|it| it.parse::<jiff::civil::Date>().is_err() || it.len() != 10) {
        problems.push(wrong(Field::From, &format!("{day} is geen datum"), "schrijf een datum als 2026-09-01"));
    }
    match checked(kind, &row) {
        Ok(data) => row.data = data,
        Err(more) => {
            problems.extend(more.into_iter().filter(|it| problems.iter().all(|known| known.pointer != it.pointer)).collect::<Vec<_>>())
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut keys: Vec<String> = was.into_iter().flat_map(Row::says).map(str::to_owned).collect();
    keys.extend(row.says().map(str::to_owned));
    Ok((row, Said { keys, confirmed: false }))
}

fn put(kind: Kind, row: &mut Row, field: Field, value: Option<Value>) {
    let text = || value.as_ref().and_then(Value::as_str).map(str::to_owned);
    match (field.place(kind), field) {
        (Place::Column, Field::Brin) => row.brin = text(),
        (Place::Column, Field::From) => row.from = text(),
        (Place::Column, _) => row.board = text(),
        (place, _) => {
            let keys = if matches!(place, Place::Person) { &mut row.person } else { &mut row.data };
            match value {
                Some(value) => drop(keys.insert(field.code().into(), value)),
                None => drop(keys.shift_remove(field.code())),
            }
        }
    }
}

/// What the format has for the row, once its reader found nothing wrong.
fn checked(kind: Kind, row: &Row) -> Result<Map<String, Value>, Vec<Problem>> {
    let mut keys = Map::new();
    keys.insert("id".into(), row.id.clone().into());
    keys.extend(row.board.clone().map(|board| ("bestuur".to_owned(), board.into())));
    keys.extend(row.data.clone());
    let bytes = Value::Object(keys).to_string();
    let read = read_row(kind.format(), bytes.as_bytes(), &[]).map_err(|refusal| refusal.problems)?;
    Ok(data(&read))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn coach() -> Row {
        let data = json!({ "maximum": 9, "uren": 540, "lat": 52.37, "lon": 4.9, "kenmerken": ["engels"], "tarief_cent": 5_000 });
        let mut row = Row::new("K1", data.as_object().cloned().unwrap_or_default());
        row.person.insert("naam".into(), "Ilias Poelgeest".into());
        row
    }

    #[test]
    fn what_no_field_is_for_stays_and_what_was_emptied_goes() {
        let was = coach();
        let typed = |field: Field| match field {
            Field::Maximum => "7".to_owned(),
            Field::Rate => String::new(),
            other => value(Kind::Coach, &was, other),
        };
        let (row, said) = made(Kind::Coach, "K1", Some(&was), &typed).expect("a row");
        assert_eq!(
            (row.number("maximum"), row.number("tarief_cent"), row.data.get("kenmerken")),
            (Some(7), None, Some(&json!(["engels"])))
        );
        assert_eq!(row.name(), Some("Ilias Poelgeest"));
        assert!(said.keys.iter().any(|it| it == "tarief_cent"), "what goes is named: {:?}", said.keys);
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_field() {
        let was = coach();
        let typed = |field: Field| match field {
            Field::Maximum => "negen".to_owned(),
            Field::Address => "geen adres".to_owned(),
            Field::Hours => "-3".to_owned(),
            other => value(Kind::Coach, &was, other),
        };
        let wrong = made(Kind::Coach, "K1", Some(&was), &typed).expect_err("no row");
        let mut told: Vec<&str> = wrong.iter().map(|it| it.pointer.as_str()).collect();
        told.sort_unstable();
        assert_eq!(told, ["/e_mail", "/maximum", "/uren"]);
        assert!(made(Kind::Coach, "", None, &typed).is_err_and(|it| it.iter().any(|it| it.pointer == "/id")));
    }

    #[test]
    fn every_field_of_a_kind_is_read_back_as_it_stands() {
        let was = coach();
        let (row, _) = made(Kind::Coach, "K1", Some(&was), &|field| value(Kind::Coach, &was, field)).expect("a row");
        assert_eq!(row, was);
    }
}
