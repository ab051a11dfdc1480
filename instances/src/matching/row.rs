//! One row read alone, as the register, an arrival or a wish for a wave has it, by the reader of whole files.

use loket_solver::matching::facts::words::Phase;
use serde_json::{Map, Value};

pub use super::file::people::overruled;
pub use super::file::saving::rows as saving_as_rows;
pub use super::file::worth::has_address;
use super::file::{people, policy, read, write};
use super::rows::{BoardRow, CandidateRow, CoachRow, GoalRow, PolicyRow, SchoolRow, SeatRow};
use crate::strict::fields::At;
use crate::strict::json::{self, Node};
use crate::strict::problem::{Problem, Refusal};
use crate::strict::report::{Report, broken};
use crate::strict::spot::Spot;

/// What a row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A board.
    Board,
    /// A school, without its seats.
    School,
    /// A coach.
    Coach,
    /// A candidate.
    Candidate,
    /// Seats at a school.
    Seats,
}

/// A row of the register.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A board.
    Board(BoardRow),
    /// A school, without its seats.
    School(SchoolRow),
    /// A coach.
    Coach(CoachRow),
    /// A candidate.
    Candidate(CandidateRow),
    /// Seats at a school.
    Seats(SeatRow),
}

impl Row {
    /// Its id; of seats without one their bouw.
    pub fn id(&self) -> &str {
        match self {
            Self::Board(row) => &row.id,
            Self::School(row) => &row.id,
            Self::Coach(row) => &row.id,
            Self::Candidate(row) => &row.id,
            Self::Seats(row) => row.id(),
        }
    }

    /// The row in file format.
    pub fn json(&self) -> Map<String, Value> {
        match self {
            Self::Board(row) => write::board(row),
            Self::School(row) => {
                let mut written = write::school(row);
                written.shift_remove("plekken");
                written
            }
            Self::Coach(row) => write::coach(row),
            Self::Candidate(row) => write::candidate(row),
            Self::Seats(row) => write::seat(row),
        }
    }
}

/// Reads a row of the register, which may lack its id. `more` are keys of the register that the format does not have; they are read by the
/// caller.
///
/// # Errors
/// Everything that is wrong, with places within the row.
pub fn read_row(kind: Kind, bytes: &[u8], more: &[&str]) -> Result<Row, Refusal> {
    let tree = json::parse(bytes).map_err(|error| broken(&error))?;
    let report = Report::default();
    let spot = stand(kind, &tree);
    let place = spot.pointer();
    let at = At { node: &tree, spot, report: &report };
    let made = match kind {
        Kind::Board => read::board(&at).map(Row::Board),
        Kind::School => read::school(&at).map(|(row, _)| Row::School(row)),
        Kind::Coach => people::coach(&at).map(Row::Coach),
        Kind::Candidate => people::candidate(&at).map(Row::Candidate),
        Kind::Seats => read::seat(&at).map(Row::Seats),
    };
    let mut problems = Vec::new();
    if kind == Kind::School && has(&tree, "plekken") {
        problems.push(Problem {
            code: "onbekende-sleutel",
            pointer: "/plekken".into(),
            place: "plekken".into(),
            what: "plekken staan bij de capaciteit van het bestuur".into(),
            remedy: "laat plekken hier weg, en zet ze met PUT /v1/besturen/…/scholen/…/plekken/…".into(),
        });
    }
    let found = report.close(Some(())).err();
    let unlisted = found.as_ref().map_or(0, |refusal| refusal.more);
    let found = found.into_iter().flat_map(|refusal| refusal.problems);
    problems.extend(found.filter_map(|problem| placed(kind, problem, &place, more)));
    match made {
        Some(row) if problems.is_empty() => Ok(row),
        _ => Err(Refusal { problems, more: unlisted, notices: Vec::new() }),
    }
}

/// Where the row would stand in a wave file: its words name it as they do there.
fn stand(kind: Kind, row: &Node) -> Spot {
    let label = match row {
        Node::Object(entries) => entries.iter().find_map(|(key, value)| match value {
            Node::Text(text) if key == "id" && !text.is_empty() => Some(text.as_str()),
            _ => None,
        }),
        _ => None,
    };
    let list = |key: &'static str, label| Spot::default().key(key).item(0, label);
    match kind {
        Kind::Board => list("besturen", label),
        Kind::School => list("scholen", label),
        Kind::Coach => list("coaches", label),
        Kind::Candidate => list("kandidaten", label),
        Kind::Seats => list("scholen", Some("S")).key("plekken").item(0, None),
    }
}

fn has(row: &Node, key: &str) -> bool {
    let Node::Object(entries) = row else { return false };
    entries.iter().any(|(known, value)| known == key && *value != Node::Null)
}

/// The problem with its place within the row; `None` when it is none for the register.
fn placed(kind: Kind, mut problem: Problem, place: &str, more: &[&str]) -> Option<Problem> {
    // What is about the row as a whole, such as how many problems there are more, has no place in it.
    let within = problem.pointer.strip_prefix(place).unwrap_or_default().to_owned();
    let key = within.strip_prefix('/').unwrap_or_default();
    let other = match problem.code {
        "onbekende-sleutel" => more.contains(&key),
        "ontbreekt" => key == "id" || (kind == Kind::School && key == "plekken"),
        _ => false,
    };
    if kind == Kind::Seats {
        // The row stands alone: its school is in the address and not in what was sent.
        let words = problem.place.splitn(4, ", ").nth(3).map(str::to_owned);
        problem.place = words.unwrap_or_else(|| "de plek".into());
    }
    problem.pointer = within;
    (!other).then_some(problem)
}

/// Whether a text may be the id of something that has an address.
pub fn is_id(text: &str) -> bool {
    if !has_address(text) {
        return false;
    }
    let row = serde_json::json!({ "id": text }).to_string();
    read_row(Kind::Board, row.as_bytes(), &[]).is_ok()
}

/// Reads candidates who come later: one row, or a list of them.
///
/// # Errors
/// Everything that is wrong, named as in the `kandidaten` of a wave file.
pub fn read_candidates(bytes: &[u8]) -> Result<Vec<CandidateRow>, Refusal> {
    let tree = json::parse(bytes).map_err(|error| broken(&error))?;
    let list = match tree {
        Node::List(_) => tree,
        row => Node::List(vec![row]),
    };
    let rows = |at: &At<'_>| at.rows("id").map(|rows| rows.iter().filter_map(people::candidate).collect());
    crate::strict::read_at(&list, Spot::default().key("kandidaten"), rows)
}

/// Reads a `beleid` that stands under that key in something larger.
///
/// # Errors
/// Everything that is wrong, with places in that larger thing.
pub fn read_policy(bytes: &[u8]) -> Result<PolicyRow, Refusal> {
    let tree = json::parse(bytes).map_err(|error| broken(&error))?;
    crate::strict::read_at(&tree, Spot::default().key("beleid"), |at| policy::read(at).map(|(row, _)| row))
}

/// Reads a `beleid` where it stands.
pub fn policy_at(at: &At<'_>) -> Option<PolicyRow> {
    policy::read(at).map(|(row, _)| row)
}

/// A `beleid` as a wave file has it.
pub fn policy_as_written(row: &PolicyRow) -> Map<String, Value> {
    write::policy(row)
}

/// A `beleid` with defaults filled in, as a wave of this phase uses it when it has no previous plan.
pub fn policy_with_defaults(row: &PolicyRow, phase: Phase) -> Value {
    write::policy_as_used(&policy::with_defaults(row, phase))
}

/// The goals of a `beleid`, as a wave of this phase uses them when it has no previous plan.
pub fn goals_with_defaults(row: &PolicyRow, phase: Phase) -> Vec<GoalRow> {
    policy::with_defaults(row, phase).goals.iter().map(write::goal_row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: Kind, text: &str, more: &[&str]) -> Vec<(&'static str, String)> {
        let refused = read_row(kind, text.as_bytes(), more).err();
        refused.map(|it| it.problems.into_iter().map(|it| (it.code, it.pointer)).collect()).unwrap_or_default()
    }

    #[test]
    fn a_row_is_checked_by_the_reader_of_files_with_places_of_its_own() {
        assert_eq!(
            told(Kind::Board, r#"{"id":"B1","maximum":-1,"maximm":2}"#, &[]),
            [("onbekende-sleutel", "/maximm".into()), ("grens", "/maximum".into())]
        );
        assert_eq!(told(Kind::Board, r#"{"id":"B1","id":"B2"}"#, &[]), [("dubbele-sleutel", "/id".into())]);
        assert_eq!(told(Kind::School, r#"{"id":"S1","bestuur":"B1","doelgroep":101}"#, &[]), [("grens", "/doelgroep".into())]);
        assert_eq!(told(Kind::School, r#"{"id":"S1"}"#, &[]), [("ontbreekt", "/bestuur".into())]);
        assert_eq!(told(Kind::School, r#"{"id":"S1","bestuur":"B1","plekken":[]}"#, &[]), [("onbekende-sleutel", "/plekken".into())]);
        assert_eq!(told(Kind::Coach, r#"{"id":"K1","maximum":9,"uren":"veel","van":"2026-01-01"}"#, &["van"]), [("type", "/uren".into())]);
        assert_eq!(told(Kind::Candidate, r#"{"id":"Z1","bouwen":[]}"#, &[]), [("leeg", "/bouwen".into())]);
        assert_eq!(told(Kind::Seats, r#"{"bouw":"zolder","aantal":1}"#, &[]), [("woord", "/bouw".into())]);
        assert_eq!(told(Kind::Candidate, "7", &[]), [("type", String::new())]);
    }

    #[test]
    fn a_row_that_the_register_can_keep_is_given_back() {
        let row = read_row(Kind::Coach, br#"{"maximum":9,"uren":540,"tot":"2027-01-01"}"#, &["van", "tot"]).unwrap();
        assert_eq!(row.json()["uren"], 540);
        assert!(read_row(Kind::School, br#"{"id":"S\"1","bestuur":"B \"1"}"#, &[]).is_ok());
    }

    #[test]
    fn nothing_can_be_smuggled_in_past_the_end_of_a_row() {
        assert_eq!(told(Kind::Board, r#"{"id":"B1"}],"scholen":[{"id":"S"}"#, &[]).len(), 1);
        assert_eq!(told(Kind::Board, "", &[]).len(), 1);
    }

    #[test]
    fn what_is_too_deep_for_a_file_is_refused_as_well() {
        for depth in [100, 120, 125, 126, 127, 200, 100_000] {
            for kind in [Kind::Board, Kind::School, Kind::Coach, Kind::Candidate, Kind::Seats] {
                let deep = format!(r#"{{"id":"X","bestuur":"B","naam":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
                assert!(!told(kind, &deep, &[]).is_empty(), "{kind:?} {depth}");
            }
        }
    }

    #[test]
    fn ids_are_what_the_format_says() {
        assert!(is_id("21QZ00") && is_id("É 1"));
        assert!(!is_id(".") && !is_id("..") && !is_id("zoekvraag") && !is_id("fasen") && !is_id("nieuw") && is_id("...") && is_id("a/b"));
        assert!(!is_id("") && !is_id("a:b") && !is_id(" a") && !is_id("a\u{0}") && !is_id(&"x".repeat(65)));
    }

    #[test]
    fn arrivals_are_one_row_or_a_list() {
        let ids = |text: &str| read_candidates(text.as_bytes()).unwrap().into_iter().map(|row| row.id).collect::<Vec<_>>();
        assert_eq!(ids(r#"{"id":"Z1","bouwen":["onderbouw"]}"#), ["Z1"]);
        assert_eq!(ids(r#"[{"id":"Z1","bouwen":["onderbouw"]},{"id":"Z2","bouwen":["onderbouw"]}]"#), ["Z1", "Z2"]);
        let refused = read_candidates(br#"[{"id":"Z1","bouwen":["zolder"]}]"#).unwrap_err();
        assert_eq!(refused.problems[0].pointer, "/kandidaten/0/bouwen/0");
        let refused = read_policy(br#"{"seed":-1}"#).unwrap_err();
        assert_eq!(refused.problems[0].pointer, "/beleid/seed");
    }
}
