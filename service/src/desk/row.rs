//! Checks one row of the register as a row of a very small wave file, so that the format has one reader.

use loket_instances::matching::read::read_wave;
use loket_instances::strict::problem::{Problem, Refusal};
use serde_json::{Map, Value};

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

impl Kind {
    /// The list of a wave file that holds it.
    fn list(self) -> &'static str {
        match self {
            Self::Board => "besturen",
            Self::School | Self::Seats => "scholen",
            Self::Coach => "coaches",
            Self::Candidate => "kandidaten",
        }
    }

    /// Where the row stands in the small file.
    fn place(self) -> &'static str {
        match self {
            Self::Board => "/besturen/0",
            Self::School => "/scholen/0",
            Self::Coach => "/coaches/0",
            Self::Candidate => "/kandidaten/0",
            Self::Seats => "/scholen/0/plekken/0",
        }
    }
}

/// The small file around the row's own text.
fn file(kind: Kind, row: &str, board: &str) -> String {
    let row = match kind {
        Kind::Seats => format!(r#"{{"id":"S","bestuur":"B","plekken":[{row}]}}"#),
        _ => row.to_owned(),
    };
    let mut file = r#"{"formaat":"loket-lichting/1","id":"register","fase":"opleiding""#.to_owned();
    for list in ["besturen", "scholen", "coaches", "kandidaten"] {
        let rows = match list {
            _ if list == kind.list() => row.as_str(),
            "besturen" => board,
            _ => "",
        };
        file.push_str(&format!(r#","{list}":[{rows}]"#));
    }
    file.push('}');
    file
}

/// Checks the text of a row. `more` are keys of the register that the format does not have; they are read by the caller.
///
/// # Errors
/// Everything that is wrong, with places within the row.
pub fn check(kind: Kind, text: &str, more: &[&str]) -> Result<Map<String, Value>, Refusal> {
    let broken = |_| read_wave(text.as_bytes()).err().unwrap_or(Refusal { problems: Vec::new(), notices: Vec::new() });
    // Only a whole JSON value may stand inside the small file.
    let value: Value = serde_json::from_str(text).map_err(broken)?;
    let board = match (kind, value["bestuur"].as_str()) {
        (Kind::School, Some(board)) => serde_json::json!({ "id": board }).to_string(),
        (Kind::Seats, _) => r#"{"id":"B"}"#.to_owned(),
        _ => String::new(),
    };
    let mut problems = Vec::new();
    if kind == Kind::School && !value["plekken"].is_null() {
        problems.push(Problem {
            code: "onbekende-sleutel",
            pointer: "/plekken".into(),
            place: "plekken".into(),
            what: "plekken staan bij de capaciteit van het bestuur".into(),
            remedy: "laat plekken hier weg, en zet ze met PUT /v1/besturen/…/scholen/…/plekken/…".into(),
        });
    }
    if let Err(refusal) = read_wave(file(kind, text, &board).as_bytes()) {
        problems.extend(refusal.problems.into_iter().filter_map(|it| placed(kind, it, more)));
    }
    if !problems.is_empty() {
        return Err(Refusal { problems, notices: Vec::new() });
    }
    match value {
        Value::Object(row) => Ok(row),
        _ => Ok(Map::new()),
    }
}

/// The problem with its place within the row; `None` when it is none for the register.
fn placed(kind: Kind, mut problem: Problem, more: &[&str]) -> Option<Problem> {
    let Some(within) = problem.pointer.strip_prefix(kind.place()).map(str::to_owned) else {
        // A school's board stands here as given and is looked up by the register; anything else, such as JSON that is too deep, is about
        // the row as a whole.
        let board = kind == Kind::School && problem.pointer.starts_with("/besturen");
        problem.pointer = String::new();
        return (!board).then_some(problem);
    };
    let key = within.strip_prefix('/').unwrap_or_default();
    let other = match problem.code {
        "onbekende-sleutel" => more.contains(&key),
        "ontbreekt" => key == "id" || (kind == Kind::School && key == "plekken"),
        _ => false,
    };
    problem.pointer = within;
    (!other).then_some(problem)
}

/// Whether a text may be an id.
pub fn is_id(text: &str) -> bool {
    let row = serde_json::json!({ "id": text }).to_string();
    check(Kind::Board, &row, &[]).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: Kind, text: &str, more: &[&str]) -> Vec<(&'static str, String)> {
        check(kind, text, more).err().map(|it| it.problems.into_iter().map(|it| (it.code, it.pointer)).collect()).unwrap_or_default()
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
        let row = check(Kind::Coach, r#"{"maximum":9,"uren":540,"tot":"2027-01-01"}"#, &["van", "tot"]).unwrap();
        assert_eq!(row["uren"], 540);
        assert!(check(Kind::School, r#"{"id":"S\"1","bestuur":"B \"1"}"#, &[]).is_ok());
    }

    #[test]
    fn nothing_can_be_smuggled_in_past_the_end_of_a_row() {
        assert_eq!(told(Kind::Board, r#"{"id":"B1"}],"scholen":[{"id":"S"}"#, &[]).len(), 1);
        assert_eq!(told(Kind::Board, "", &[]).len(), 1);
    }

    #[test]
    fn what_is_too_deep_for_the_file_around_it_is_refused_as_well() {
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
        assert!(!is_id("") && !is_id("a:b") && !is_id(" a") && !is_id("a\u{0}") && !is_id(&"x".repeat(65)));
    }
}
