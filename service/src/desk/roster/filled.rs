//! A roster file that is filled from the register and from published placements.

use loket_instances::scheduling::roster_file::RosterFile;
use loket_instances::scheduling::rows::{
    BoardRow, CalendarRow, LocationRow, ParticipantRow, PersonRow, PlacementRow, PolicyRow, RhythmRow, SchoolRow, StretchRow,
};
use loket_solver::common::words::{Bouw, HalfDay, Transport};
use loket_solver::matching::facts::words::Word;
use loket_solver::scheduling::facts::calendar::Day;
use loket_solver::scheduling::facts::codes::Kind;
use serde::Deserialize;

use super::next::day_of;
use crate::records::coaching::Off;
use crate::records::placement::Placed;
use crate::records::register::Row;

/// What the roster must be.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Which of the problems.
    pub kind: Kind,
    /// Its first day.
    pub from: Day,
    /// Its last day.
    pub until: Day,
    /// Where people meet: a school, by id; nothing is a room at the office.
    pub location: Option<String>,
    /// How many rooms there are.
    pub rooms: u32,
    /// Half-days on which there is room; empty is every one.
    pub half_days: Vec<HalfDay>,
    /// Whether somebody of a board sits in the panel.
    pub with_board: bool,
    /// Whether an intermediary sits in the panel.
    pub with_intermediary: bool,
    /// How often a peer group meets.
    pub meetings: u32,
    /// Weeks between two meetings of it.
    pub rhythm: u32,
}

/// Somebody of the register, with the name.
#[derive(Clone, Debug)]
pub struct Somebody {
    /// The row.
    pub row: Row,
    /// When a coach is away.
    pub away: Vec<Off>,
    /// The day a candidate registered.
    pub registered: Option<String>,
}

/// Somebody with an account who can sit in a panel.
#[derive(Clone, Debug)]
pub struct Colleague {
    /// Id of the account.
    pub id: String,
    /// The name.
    pub name: String,
    /// The board somebody works for; an intermediary for none.
    pub board: Option<String>,
}

/// What it is filled from.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Coaches who have not ended.
    pub coaches: Vec<Somebody>,
    /// Who can sit in a panel besides.
    pub colleagues: Vec<Colleague>,
    /// Candidates: who waits for an intake, or who has a placement.
    pub candidates: Vec<Somebody>,
    /// Schools.
    pub schools: Vec<Row>,
    /// Boards: id and name.
    pub boards: Vec<(String, String)>,
    /// Published placements.
    pub placements: Vec<Placed>,
}

/// What the format of waves has of a row, as far as a roster needs it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Facts {
    naam: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    vervoer: Option<String>,
    maximum: u32,
    lopend: u32,
    soort: Option<String>,
    tarief_cent: Option<u32>,
    kenmerken: Vec<String>,
    coach_wensen: Vec<String>,
    coach_eisen: Vec<String>,
    wachtrondes: u32,
    dagdelen: Option<Vec<String>>,
}

fn facts(row: &Row) -> Facts {
    Facts::deserialize(&serde_json::Value::Object(row.data.clone())).unwrap_or_default()
}

fn name(row: &Row) -> Option<String> {
    row.person.get("naam").and_then(|it| it.as_str()).map(str::to_owned)
}

/// The id of the location of a roster that is filled.
pub const LOCATION: &str = "locatie";

/// The file.
pub fn file(wanted: &Wanted, from: &Sources) -> RosterFile {
    let calendar = CalendarRow { from: wanted.from, to: wanted.until, closed: None, note: None };
    let mut file = RosterFile::new(&wanted.id, wanted.kind, calendar, people(wanted, from));
    file.name = Some(wanted.name.clone());
    file.boards = Some(from.boards.iter().map(board).collect());
    match wanted.kind {
        Kind::Interviews => {
            file.policy = Some(PolicyRow { panel: Some(panel(wanted)), ..PolicyRow::default() });
            file.locations = Some(vec![location(wanted, from)]);
            file.participants = Some(from.candidates.iter().map(|it| candidate(wanted, it)).collect());
        }
        Kind::PeerGroups => {
            let rhythm = RhythmRow { meetings: wanted.meetings, rhythm: wanted.rhythm, half_days: half_days(wanted), note: None };
            // Meetings that follow each other every week are meant to.
            let numbers = if wanted.rhythm < 2 { vec![("min_weken", wanted.rhythm)] } else { Vec::new() };
            file.policy = Some(PolicyRow { rhythm: Some(rhythm), numbers, ..PolicyRow::default() });
            file.schools = Some(from.schools.iter().map(school).collect());
            file.locations = Some(vec![location(wanted, from)]);
            file.participants = Some(from.placements.iter().map(|it| peer(it, from)).collect());
        }
        Kind::Visits => {
            file.schools = Some(from.schools.iter().map(school).collect());
            file.placements = Some(from.placements.iter().map(|it| visited(wanted, it, from)).collect());
        }
        Kind::Courses => {}
    }
    file
}

/// Names of who is visited: a placement has none in its file.
pub fn visited_names(wanted: &Wanted, from: &Sources) -> Vec<(String, String)> {
    let visits = wanted.kind == Kind::Visits;
    from.candidates.iter().filter(|_| visits).filter_map(|it| Some((it.row.id.clone(), name(&it.row)?))).collect()
}

fn half_days(wanted: &Wanted) -> Vec<HalfDay> {
    if wanted.half_days.is_empty() { HalfDay::ALL.to_vec() } else { wanted.half_days.clone() }
}

fn panel(wanted: &Wanted) -> Vec<(String, u32)> {
    let more = [("hr", wanted.with_board), ("intermediair", wanted.with_intermediary)];
    let asked = [("coach", true)].into_iter().chain(more).filter(|(_, asked)| *asked);
    asked.map(|(role, _)| (role.to_owned(), 1)).collect()
}

fn board((id, name): &(String, String)) -> BoardRow {
    BoardRow { id: id.clone(), name: Some(name.clone()), share: None, note: None }
}

fn school(row: &Row) -> SchoolRow {
    let facts = facts(row);
    SchoolRow { id: row.id.clone(), name: facts.naam, board: row.board.clone(), lat: facts.lat, lon: facts.lon, ..SchoolRow::default() }
}

fn location(wanted: &Wanted, from: &Sources) -> LocationRow {
    let school = wanted.location.as_ref().and_then(|id| from.schools.iter().find(|row| row.id == *id)).map(facts);
    let place = school.unwrap_or_default();
    LocationRow {
        id: LOCATION.to_owned(),
        name: place.naam.or_else(|| Some("Kantoor".to_owned())),
        rooms: Some(wanted.rooms),
        half_days: Some(wanted.half_days.clone()).filter(|it| !it.is_empty()),
        lat: place.lat,
        lon: place.lon,
        ..LocationRow::default()
    }
}

fn people(wanted: &Wanted, from: &Sources) -> Vec<PersonRow> {
    let role = match wanted.kind {
        Kind::Interviews | Kind::Visits => "coach",
        Kind::PeerGroups | Kind::Courses => "begeleider",
    };
    let needed = |id: &str| wanted.kind != Kind::Visits || from.placements.iter().any(|it| it.coach == id);
    let coach = |it: &Somebody| {
        let facts = facts(&it.row);
        PersonRow {
            id: it.row.id.clone(),
            name: name(&it.row),
            roles: vec![role.to_owned()],
            external: facts.soort.map(|it| it == "extern"),
            absent: away(&it.away),
            room: Some(facts.maximum.saturating_sub(facts.lopend)),
            rate_cents: facts.tarief_cent,
            tags: Some(facts.kenmerken),
            lat: facts.lat,
            lon: facts.lon,
            transport: facts.vervoer.as_deref().and_then(Transport::parse),
            ..PersonRow::default()
        }
    };
    let colleague = |it: &Colleague| PersonRow {
        id: it.id.clone(),
        name: Some(it.name.clone()),
        roles: vec![if it.board.is_some() { "hr" } else { "intermediair" }.to_owned()],
        board: it.board.clone(),
        ..PersonRow::default()
    };
    let sits =
        |it: &&Colleague| wanted.kind == Kind::Interviews && if it.board.is_some() { wanted.with_board } else { wanted.with_intermediary };
    let coaches = from.coaches.iter().filter(|it| needed(&it.row.id)).map(coach);
    coaches.chain(from.colleagues.iter().filter(sits).map(colleague)).collect()
}

fn away(rows: &[Off]) -> Option<Vec<StretchRow>> {
    let one = |it: &Off| Some(StretchRow { from: day_of(&it.from)?, to: day_of(&it.until), afternoon: None, name: None, note: None });
    Some(rows.iter().filter_map(one).collect::<Vec<_>>()).filter(|it| !it.is_empty())
}

fn candidate(wanted: &Wanted, it: &Somebody) -> ParticipantRow {
    let facts = facts(&it.row);
    ParticipantRow {
        id: it.row.id.clone(),
        name: name(&it.row),
        // Who registers after the roster begins waits since then; nobody is seen before.
        registered: it.registered.as_deref().and_then(day_of).filter(|day| *day <= wanted.until),
        waited: Some(facts.wachtrondes),
        coach_wishes: Some(facts.coach_wensen),
        coach_needs: Some(facts.coach_eisen),
        ..ParticipantRow::default()
    }
}

fn peer(placed: &Placed, from: &Sources) -> ParticipantRow {
    let who = from.candidates.iter().find(|it| it.row.id == placed.candidate);
    let facts = who.map(|it| facts(&it.row)).unwrap_or_default();
    let school = from.schools.iter().find(|row| row.id == placed.school);
    ParticipantRow {
        id: placed.candidate.clone(),
        name: who.and_then(|it| name(&it.row)),
        school: Some(placed.school.clone()),
        board: school.and_then(|row| row.board.clone()),
        bouw: Bouw::parse(&placed.bouw),
        pair: Some(format!("{} {}", placed.school, placed.seat)),
        lat: facts.lat,
        lon: facts.lon,
        transport: facts.vervoer.as_deref().and_then(Transport::parse),
        ..ParticipantRow::default()
    }
}

fn visited(wanted: &Wanted, placed: &Placed, from: &Sources) -> PlacementRow {
    let who = from.candidates.iter().find(|it| it.row.id == placed.candidate).map(|it| facts(&it.row)).unwrap_or_default();
    let day = |date: jiff::civil::Date| day_of(&date.to_string());
    PlacementRow {
        id: placed.candidate.clone(),
        school: placed.school.clone(),
        coach: placed.coach.clone(),
        hours: u32::try_from(placed.hours).ok(),
        half_days: who.dagdelen.map(|all| all.iter().filter_map(|it| HalfDay::parse(it)).collect()),
        from: day(placed.period.from).map(|it| it.max(wanted.from)),
        until: day(placed.period.until).map(|it| it.min(wanted.until)),
        ..PlacementRow::default()
    }
}
