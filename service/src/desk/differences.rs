//! Where a wave file and the register differ, row by row: the register stays as it is, and what differs is told with both values.

use std::collections::BTreeMap;

use loket_instances::matching::apart::{Person, PersonKind};
use loket_instances::matching::row::Row;
use loket_instances::matching::rows::SchoolRow;
use loket_instances::matching::wave_file::WaveFile;
use serde_json::{Map, Value, json};

use super::agreements;
use super::prefill::{Kept, Sources};
use super::room::Period;
use super::versions::text;
use crate::records::address::path;
use crate::records::register::{Kind, Standing, data};
use crate::records::remark::{About, Differs, Remark};
use crate::records::seats::Seats;

/// Code of a remark that the file and the register say something else.
pub const DIFFERS: &str = "verschilt-van-register";
/// Code of a remark that an id is somebody else's in the register.
pub const OTHER_PERSON: &str = "id-van-ander";
/// Code of a remark that the register keeps something of a candidate that the file does not say.
pub const LEFT_OUT: &str = "register-weet-meer";
/// Code of a remark about seats of which the register knows other days than the file.
pub const OTHER_DAYS: &str = "plekken-deels-bekend";

/// What a key says when it is absent, where that is the same as saying it.
fn usual(kind: &str, key: &str) -> Value {
    match (kind, key) {
        ("school", "soort") => json!("bo"),
        ("coach", "soort") => json!("intern"),
        ("bestuur", "noodplan") => json!(true),
        (_, "kwaliteit") => json!("voldoet"),
        (_, "vervoer") => json!("fiets"),
        (_, "soorten") => json!(["bo"]),
        ("kandidaat", "max_reistijd") => json!(60),
        ("coach", "max_reistijd") => json!(45),
        (_, "doelgroep" | "tekort" | "starters" | "wachtrondes" | "lopend") => json!(0),
        (_, "besturen" | "concepten" | "dagdelen" | "coach_wensen" | "coach_eisen" | "kenmerken" | "uitgesloten_scholen") => json!([]),
        _ => Value::Null,
    }
}

/// The keys in which two rows of one kind differ, those of the file first.
fn keys(kind: &str, file: &Map<String, Value>, register: &Map<String, Value>) -> Vec<Differs> {
    let others = register.keys().filter(|key| !file.contains_key(*key));
    let one = |key: &String| {
        let said = |row: &Map<String, Value>| row.get(key).cloned().unwrap_or_default();
        let meant = |row: &Map<String, Value>| row.get(key).cloned().unwrap_or_else(|| usual(kind, key));
        (meant(file) != meant(register)).then(|| Differs { key: key.clone(), file: said(file), register: said(register) })
    };
    file.keys().chain(others).filter(|key| *key != "id").filter_map(one).collect()
}

/// A value in words.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null => "niets".into(),
        Value::String(text) => format!("\"{text}\""),
        other => other.to_string(),
    }
}

fn listed(differs: &[Differs]) -> String {
    let one = |it: &Differs| format!("{}: in het bestand {}, in het register {}", it.key, shown(&it.file), shown(&it.register));
    differs.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Where the register has a row of this kind.
fn place(kind: Kind, id: &str) -> String {
    let list = match kind {
        Kind::Board => "besturen",
        Kind::School => "scholen",
        Kind::Coach => "coaches",
        Kind::Candidate => "kandidaten",
    };
    path(&[list, id])
}

fn about(kind: Kind, id: &str, from: &Sources) -> About {
    let version = from.kept.get(&(kind, id.to_owned())).map(|it| it.version);
    About { address: version.map(|_| place(kind, id)), version, ..About::row(kind, id) }
}

/// How a difference is taken over.
fn taking(about: &About) -> String {
    match (&about.address, about.version) {
        (Some(address), Some(version)) => {
            format!("Het register blijft zoals het is; wie iets wil overnemen, zet de rij met PUT {address} en If-Match \"v{version}\".")
        }
        _ => "Het register blijft zoals het is.".into(),
    }
}

fn remark(pointer: String, about: About, what: &str, differs: Vec<Differs>, then: &str) -> Remark {
    let text = format!("{what}: {}. {then}", listed(&differs));
    Remark { code: DIFFERS.into(), pointer, text, about: Some(about), differs }
}

/// Where rows of a file differ from the same rows in another: what it would be when it is filled from the register.
pub fn between(file: &WaveFile, other: &WaveFile, from: &Sources) -> Vec<Remark> {
    let mut told = Vec::new();
    let mut row = |kind: Kind, at: (&str, usize), id: &str, one: &Row, two: &Row| {
        let differs = keys(kind.word(), &one.json(), &two.json());
        if !differs.is_empty() {
            let (about, what) = (about(kind, id, from), format!("{} {id}", kind.word()));
            let then = taking(&about);
            told.push(remark(format!("/{}/{}", at.0, at.1), about, &what, differs, &then));
        }
    };
    let boards: BTreeMap<&str, _> = other.boards.iter().map(|it| (it.id.as_str(), it)).collect();
    for (at, one) in file.boards.iter().enumerate() {
        if let Some(&two) = boards.get(one.id.as_str()) {
            row(Kind::Board, ("besturen", at), &one.id, &Row::Board(one.clone()), &Row::Board(two.clone()));
        }
    }
    let schools: BTreeMap<&str, _> = other.schools.iter().map(|it| (it.id.as_str(), it)).collect();
    let bare = |it: &SchoolRow| Row::School(SchoolRow { seats: Vec::new(), ..it.clone() });
    for (at, one) in file.schools.iter().enumerate() {
        if let Some(&two) = schools.get(one.id.as_str()) {
            row(Kind::School, ("scholen", at), &one.id, &bare(one), &bare(two));
        }
    }
    let coaches: BTreeMap<&str, _> = other.coaches.iter().map(|it| (it.id.as_str(), it)).collect();
    for (at, one) in file.coaches.iter().enumerate() {
        if let Some(&two) = coaches.get(one.id.as_str()) {
            row(Kind::Coach, ("coaches", at), &one.id, &Row::Coach(one.clone()), &Row::Coach(two.clone()));
        }
    }
    for (at, one) in file.schools.iter().enumerate() {
        if let Some(two) = schools.get(one.id.as_str()) {
            seats(at, one, two, from, &mut told);
        }
    }
    told
}

/// Seats of a school: how many there are and how many are left, by group.
fn seats(at: usize, one: &SchoolRow, two: &SchoolRow, from: &Sources, told: &mut Vec<Remark>) {
    let ids: Vec<&str> = one.seats.iter().map(|it| it.id()).collect();
    let more = two.seats.iter().map(|it| it.id()).filter(|id| !ids.contains(id));
    for id in ids.iter().copied().chain(more) {
        let of = |school: &SchoolRow| {
            let found = school.seats.iter().find(|it| it.id() == id);
            found.map(|it| Row::Seats(it.clone()).json()).unwrap_or_default()
        };
        // Nothing that is left of a group that the file does not have is no news.
        let (mine, theirs) = (of(one), of(two));
        let differs = keys("plek", &mine, &theirs);
        if differs.is_empty() || (mine.is_empty() && theirs.get("aantal") == Some(&json!(0))) {
            continue;
        }
        let known = from.known.seats.iter().map(|(seats, _)| seats).find(|it| it.school == one.id && it.id == id);
        let pointer = match one.seats.iter().position(|it| it.id() == id) {
            Some(seat) => format!("/scholen/{at}/plekken/{seat}"),
            None => format!("/scholen/{at}/plekken"),
        };
        let board = from.schools.iter().find(|it| it.id == one.id).map_or(&two.board, |it| &it.board);
        let address = path(&["besturen", board, "scholen", &one.id, "plekken", id]);
        let about = About {
            kind: "plek".into(),
            id: id.to_owned(),
            school: Some(one.id.clone()),
            address: known.map(|_| address.clone()),
            version: known.map(|it| it.version),
        };
        let then = "Vaststellen kan alleen met wat in het register vrij is: ververs de lichting uit het register, of laat het bestuur zijn \
                    capaciteit aanpassen.";
        told.push(remark(pointer, about, &format!("plek {id} van school {}", one.id), differs, then));
    }
}

/// What the register knows otherwise of one person: what the file says, the name included, beside what is kept.
fn person(kind: Kind, file: &Map<String, Value>, named: Option<&Person>, register: &Map<String, Value>, kept: &Kept) -> Vec<Differs> {
    let mut differs = Vec::new();
    let texts = named.map(|it| [("naam", &it.name), ("toelichting", &it.note)]);
    for (key, text) in texts.into_iter().flatten() {
        // A file without a name says nothing about the name.
        let Some(text) = text else { continue };
        let known = kept.person.get(key).cloned().unwrap_or_default();
        if known != json!(text) {
            differs.push(Differs { key: key.into(), file: json!(text), register: known });
        }
    }
    if kind == Kind::Candidate {
        differs.extend(keys(kind.word(), file, register));
    }
    differs
}

/// A candidate of a file beside the register's own row.
pub fn candidate(
    (id, pointer): (&str, String),
    file: &Map<String, Value>,
    named: Option<&Person>,
    register: (&Map<String, Value>, Standing),
    kept: &Kept,
) -> Option<Remark> {
    let mut differs = person(Kind::Candidate, file, named, register.0, kept);
    if register.1 == Standing::Gestopt {
        differs.push(Differs { key: "toestand".into(), file: Value::Null, register: json!("gestopt") });
    }
    let about = About { address: Some(place(Kind::Candidate, id)), version: Some(kept.version), ..About::row(Kind::Candidate, id) };
    let then = taking(&about);
    (!differs.is_empty()).then(|| remark(pointer, about, &format!("kandidaat {id}"), differs, &then))
}

/// What the register keeps of a candidate for every wave, and a file does not say: the file is as it was sent in.
fn left_out(id: &str, pointer: String, unsaid: Vec<(&'static str, Value)>, kept: &Kept) -> Remark {
    let about = About { address: Some(place(Kind::Candidate, id)), version: Some(kept.version), ..About::row(Kind::Candidate, id) };
    let named = |key: &str| match key {
        "vast" => "wat vaststaat",
        "verboden" => "wat niet mag",
        _ => "reistijden",
    };
    let said: Vec<String> = unsaid.iter().map(|(key, rows)| format!("{} ({})", named(key), text(rows))).collect();
    let what = said.join(" en ");
    let then = "Dit telt in deze lichting niet mee; zet het in het bestand als het wel moet tellen.";
    let differs = unsaid.into_iter().map(|(key, register)| Differs { key: key.into(), file: Value::Null, register }).collect();
    let words = format!("kandidaat {id}: het register kent {what}, en dit bestand zegt daar niets over. {then}");
    Remark { code: LEFT_OUT.into(), pointer, text: words, about: Some(about), differs }
}

/// Where the people of a file are not whom the register knows by those ids.
pub fn people(file: &WaveFile, names: &[Person], from: &Sources) -> Vec<Remark> {
    let mut told = Vec::new();
    let named: BTreeMap<(&str, bool), &Person> = names.iter().map(|it| ((it.id.as_str(), it.kind == PersonKind::Coach), it)).collect();
    let kept = |kind: Kind, id: &str| from.kept.get(&(kind, id.to_owned()));
    let other = |kind: Kind, id: &str, pointer: String| {
        let text = format!("{} {id}: deze id is in het register van een ander. Geef deze persoon hier een eigen id.", kind.word());
        Remark { about: Some(About::row(kind, id)), ..Remark::new(OTHER_PERSON, pointer, text) }
    };
    for (at, row) in file.coaches.iter().enumerate() {
        let pointer = format!("/coaches/{at}");
        if kept(Kind::Candidate, &row.id).is_some() {
            told.push(other(Kind::Coach, &row.id, pointer));
        } else if let Some(kept) = kept(Kind::Coach, &row.id) {
            // The rest of a coach is compared with what is left of it.
            let differs = person(Kind::Coach, &Map::new(), named.get(&(row.id.as_str(), true)).copied(), &Map::new(), kept);
            if !differs.is_empty() {
                let about = about(Kind::Coach, &row.id, from);
                let then = taking(&about);
                told.push(remark(pointer, about, &format!("coach {}", row.id), differs, &then));
            }
        }
    }
    let known: BTreeMap<&str, _> = from.candidates.iter().map(|(row, standing)| (row.id.as_str(), (row, *standing))).collect();
    for (at, row) in file.candidates.iter().enumerate() {
        let pointer = format!("/kandidaten/{at}");
        if kept(Kind::Coach, &row.id).is_some() {
            told.push(other(Kind::Candidate, &row.id, pointer));
        } else if let (Some((register, standing)), Some(kept)) = (known.get(row.id.as_str()), kept(Kind::Candidate, &row.id)) {
            let (mine, theirs) = (data(&Row::Candidate(row.clone())), data(&Row::Candidate((*register).clone())));
            let named = named.get(&(row.id.as_str(), false)).copied();
            told.extend(candidate((&row.id, pointer.clone()), &mine, named, (&theirs, *standing), kept));
            let unsaid = agreements::unsaid(file, &row.id, &kept.own);
            if !unsaid.is_empty() {
                told.push(left_out(&row.id, pointer, unsaid, kept));
            }
        }
    }
    told
}

/// Seats of a file of which the register knows a part of the days already: which days were added, which were not.
pub fn other_days(seats: &Seats, known: &[Seats], added: Option<&Seats>, board: &str) -> Remark {
    let days = |it: &Seats| match &it.until {
        Some(until) => format!("van {} tot en met {until}", it.from),
        None => format!("vanaf {}", it.from),
    };
    let there = known.iter().map(days).collect::<Vec<_>>().join(" en ");
    let address = path(&["besturen", board, "scholen", &seats.school, "plekken", &seats.id]);
    let done = match added {
        Some(added) => format!("Uit het bestand zijn de plekken toegevoegd {}.", days(added)),
        None => format!("Voor de andere dagen is niets toegevoegd; het bestuur kan dat doen met PUT {address}."),
    };
    let text = format!(
        "plek {} van school {}: het bestand geldt {}, het register kent deze plek al {there}. Dat blijft zo. {done}",
        seats.id,
        seats.school,
        days(seats)
    );
    let about = About {
        kind: "plek".into(),
        id: seats.id.clone(),
        school: Some(seats.school.clone()),
        address: Some(address),
        version: known.first().map(|it| it.version),
    };
    Remark { about: Some(about), ..Remark::new(OTHER_DAYS, "", text) }
}

/// The rest of what the file offers when the register knows a year and a day of it: the last day of that is the first of the next school
/// year, as waves had it that named no last day. `None` when the known days are any others.
pub fn rest(seats: &Seats, known: &[Seats]) -> Option<Seats> {
    let [one] = known else { return None };
    let (period, wanted) = (one.period().ok()?, seats.period().ok()?);
    let year = period.from.checked_add(jiff::Span::new().years(1)).ok()?;
    let next = period.until.tomorrow().ok()?;
    let whole = Period { from: period.until, until: wanted.until };
    (period.until == year && wanted.from == whole.from && next <= wanted.until).then(|| Seats { from: next.to_string(), ..seats.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::register::parsed;
    use loket_instances::matching::row::Kind as Format;

    fn row(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn saying_what_is_usual_is_no_difference_and_saying_anything_else_is() {
        let said =
            row(json!({ "id": "Z1", "bouwen": ["onderbouw"], "vervoer": "fiets", "max_reistijd": 60, "soorten": ["bo"], "wachtrondes": 0,
            "coach_wensen": [] }));
        let silent = row(json!({ "id": "Z1", "bouwen": ["onderbouw"] }));
        assert!(parsed(Format::Candidate, said.clone()).is_ok());
        assert_eq!(keys("kandidaat", &said, &silent), []);
        let other = row(json!({ "id": "Z1", "bouwen": ["onderbouw"], "vervoer": "ov", "uren": 60 }));
        let found: Vec<_> = keys("kandidaat", &silent, &other).into_iter().map(|it| (it.key, it.file, it.register)).collect();
        assert_eq!(found, [("vervoer".into(), Value::Null, json!("ov")), ("uren".into(), Value::Null, json!(60))]);
        assert_eq!(keys("coach", &row(json!({ "max_reistijd": 60 })), &row(json!({}))).len(), 1, "45 is usual for a coach");
    }

    fn seats(from: &str, until: Option<&str>) -> Seats {
        let (school, id, bouw) = ("S1".into(), "p".into(), "onderbouw".into());
        let (from, until) = (from.into(), until.map(str::to_owned));
        let (data, reason, confirmed) = (Map::new(), None, None);
        Seats { school, id, from, until, bouw, count: 1, data, open: true, reason, confirmed, confirmed_by: None, version: 1 }
    }

    #[test]
    fn the_rest_is_offered_after_a_year_and_a_day_only() {
        let wanted = seats("2027-08-01", Some("2028-07-31"));
        let rest = |known: &[Seats]| rest(&wanted, known).map(|it| it.from);
        assert_eq!(rest(&[seats("2026-08-01", Some("2027-08-01"))]), Some("2027-08-02".into()));
        // Ended by somebody, or going on: the register's own word.
        assert_eq!(rest(&[seats("2026-08-01", Some("2027-10-01"))]), None);
        assert_eq!(rest(&[seats("2026-09-01", Some("2027-08-01"))]), None);
        assert_eq!(rest(&[seats("2026-08-01", None)]), None);
        assert_eq!(rest(&[seats("2026-08-01", Some("2027-08-01")), seats("2027-09-01", None)]), None);
    }
}
