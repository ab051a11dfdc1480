//! The one strict reader: a JSON tree with the place of every value, typed fields, and every problem at once with its remedy.
//!
//! Files, bodies of requests, requests to the child that computes and what that child says are all read with it.

use fields::At;
use json::Node;
use problem::Refusal;
use report::{Report, broken};
use spot::Spot;

pub mod fields;
pub mod json;
pub mod limits;
pub(crate) mod lookup;
pub mod near;
pub(crate) mod object;
pub mod problem;
pub mod report;
pub(crate) mod rows;
pub mod spot;

/// Reads one JSON value.
///
/// # Errors
/// Everything that is wrong, at once and by place; nothing of the value is used then.
pub fn read<T>(bytes: &[u8], make: impl FnOnce(&At<'_>) -> Option<T>) -> Result<T, Refusal> {
    read_within(bytes, json::Bounds::NONE, make)
}

/// Reads one JSON value of at most so many values.
///
/// # Errors
/// As [`read`], and where it is too much.
pub fn read_within<T>(bytes: &[u8], bounds: json::Bounds, make: impl FnOnce(&At<'_>) -> Option<T>) -> Result<T, Refusal> {
    let tree = json::parse_within(bytes, bounds).map_err(|error| broken(&error))?;
    read_at(&tree, Spot::default(), make)
}

/// Reads a value that stands at a place in something larger.
///
/// # Errors
/// Everything that is wrong with it, as in [`read`].
pub fn read_at<T>(node: &Node, spot: Spot, make: impl FnOnce(&At<'_>) -> Option<T>) -> Result<T, Refusal> {
    let report = Report::default();
    let made = make(&At { node, spot, report: &report });
    report.close(made).map(|(made, _)| made)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(refusal: &Refusal) -> Vec<(&str, &str)> {
        refusal.problems.iter().map(|it| (it.pointer.as_str(), it.code)).collect()
    }

    #[test]
    fn every_mistake_is_told_at_once_with_its_place() {
        let body = br#"{ "naam": "", "aantal": -1, "extra": 1, "van": "morgen", "van": "2026-09-01" }"#;
        let refusal = read(body, |at| {
            let fields = at.object(&["naam", "aantal", "van", "bouw"])?;
            let name = fields.need("naam").and_then(|at| at.bounded(10));
            let count = fields.need("aantal").and_then(|at| at.integer(0..=9));
            let (from, bouw) = (fields.get("van").and_then(At::day), fields.need("bouw").and_then(|at| at.bounded(5)));
            Some((name?.to_owned(), count?, from?.to_owned(), bouw?.to_owned()))
        })
        .unwrap_err();
        let expected = [
            ("/aantal", "grens"),
            ("/bouw", "ontbreekt"),
            ("/extra", "onbekende-sleutel"),
            ("/naam", "grens"),
            ("/van", "dubbele-sleutel"),
            ("/van", "datum"),
        ];
        assert_eq!(told(&refusal), expected);
    }

    #[test]
    fn no_more_values_are_read_than_may_be_and_no_more_keys() {
        let bounds = json::Bounds { values: 5, keys: 2 };
        let within = |text: &str| json::parse_within(text.as_bytes(), bounds).map_err(|broken| (broken.code, broken.column));
        assert!(within("[1,2,3,4]").is_ok() && within(r#"{"a":[1],"b":{"c":2}}"#).is_ok());
        assert_eq!(within("[1,2,3,4,5]").unwrap_err(), ("te-veel", 10));
        assert_eq!(within(r#"{"a":1,"b":2,"c":3}"#).unwrap_err().0, "te-veel");
        assert_eq!(within("[1,").unwrap_err().0, "json");
        let refusal = read_within(b"[1,2,3,4,5]", bounds, |_| Some(())).unwrap_err();
        assert_eq!(told(&refusal), [("", "te-veel")]);
    }

    #[test]
    fn a_day_is_one_of_the_calendar_in_ten_characters() {
        let day = |text: &str| read(format!("\"{text}\"").as_bytes(), |at| at.day().map(str::to_owned)).is_ok();
        assert!(["2026-01-31", "2024-02-29", "2000-02-29", "2026-12-31", "0001-01-01"].into_iter().all(day));
        let none =
            ["2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-01", "2026-01-00", "2026-1-01", "20260101", "", "+026-01-01"];
        assert!(!none.into_iter().any(day));
    }

    #[test]
    fn what_was_read_is_written_again_with_every_key() {
        let text = r#"{"a":[1,-2.5,null,true],"a":{"b \"":"c\n"},"d":123456789012345678901234567890}"#;
        assert_eq!(json::parse(text.as_bytes()).unwrap().to_string(), text);
    }

    #[test]
    fn what_another_reader_found_stands_at_its_place_within() {
        let inner = read(b"{\"x\":1}", |at| at.object(&[]).map(drop)).unwrap_err();
        let outer = read(b"{\"rij\":{}}", |at| {
            at.object(&["rij"])?.need("rij")?.refused(inner);
            Some(())
        });
        let outer = outer.unwrap_err();
        assert_eq!(told(&outer), [("/rij/x", "onbekende-sleutel")]);
        assert_eq!(outer.problems[0].place, "rij, x");
    }
}
