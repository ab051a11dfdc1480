//! What a child said: a line of its output, read strictly, and only what belongs to the work it was given.

use loket_instances::strict;
use loket_instances::strict::fields::At;
use loket_instances::strict::json::Node;
use serde_json::{Value, json};

use super::kinds::Check;
use crate::records::progress::Progress;

/// One line of a child.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    /// It lives.
    Alive,
    /// How far it is.
    Progress(Progress),
    /// A plan on the way: the bytes of an outcome that nobody has checked yet.
    SoFar(Vec<u8>),
    /// A part of an answer.
    Part { name: String, value: Value },
    /// The end of a solve: the bytes of an outcome that nobody has checked yet.
    Outcome(Vec<u8>),
    /// The end of a question.
    Answer { value: Value, complete: bool },
    /// The request is refused.
    Refused(Value),
}

/// Longest name of a part.
const LONGEST_NAME: usize = 64;

/// Reads a line; `None` when it is not of the protocol, or not of work that may end so.
pub(super) fn read(line: &[u8], check: Check) -> Option<Said> {
    strict::read(line, |at| said(at, check)).ok()
}

fn said(at: &At<'_>, check: Check) -> Option<Said> {
    let line = at.known_and_extra(&["soort"])?;
    Some(match (line.need("soort")?.text()?, check) {
        ("leeft", _) => at.object(&["soort"]).map(|_| Said::Alive)?,
        ("voortgang", _) => {
            let told = Value::Object(line.extra.iter().map(|(key, at)| ((*key).to_owned(), at.node.to_value())).collect());
            Said::Progress(serde_json::from_value(told).ok()?)
        }
        ("tussenstand", Check::Outcome) => Said::SoFar(outcome(at)?),
        ("uitkomst", Check::Outcome | Check::Roster | Check::Plan) => Said::Outcome(outcome(at)?),
        ("deel", Check::Answer) => {
            let part = at.object(&["soort", "naam", "antwoord"])?;
            Said::Part { name: part.need("naam")?.bounded(LONGEST_NAME)?.to_owned(), value: part.need("antwoord")?.whole()? }
        }
        ("antwoord", Check::Answer) => {
            let answer = at.object(&["soort", "antwoord", "volledig"])?;
            Said::Answer { value: answer.need("antwoord")?.whole()?, complete: answer.need("volledig")?.flag()? }
        }
        ("geweigerd", _) => {
            let refused = at.object(&["soort", "problemen", "meldingen"])?;
            let list = |key| refused.need(key).filter(|at| at.rows("").is_some()).map(|at| at.node.to_value());
            Said::Refused(json!({ "problemen": list("problemen")?, "meldingen": list("meldingen")? }))
        }
        _ => return None,
    })
}

/// The bytes of an outcome, as they were said.
fn outcome(at: &At<'_>) -> Option<Vec<u8>> {
    let outcome = at.object(&["soort", "uitkomst"])?;
    let outcome = outcome.need("uitkomst")?.node;
    matches!(outcome, Node::Object(_)).then(|| outcome.to_string().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_of_the_protocol_are_understood_and_only_for_their_kind_of_work() {
        let solve = |line: &str| read(line.as_bytes(), Check::Outcome);
        let ask = |line: &str| read(line.as_bytes(), Check::Answer);
        assert_eq!(solve(r#"{"soort":"leeft"}"#), Some(Said::Alive));
        assert_eq!(solve(r#"{"soort":"uitkomst","uitkomst":{"a":1}}"#), Some(Said::Outcome(br#"{"a":1}"#.to_vec())));
        let answer = ask(r#"{"soort":"antwoord","antwoord":{"a":1},"volledig":false}"#);
        assert_eq!(answer, Some(Said::Answer { value: json!({ "a": 1 }), complete: false }));
        let refused = r#"{"soort":"geweigerd","problemen":[],"meldingen":[]}"#;
        assert!(solve(refused).is_some() && ask(refused).is_some());
        let strange = [
            "",
            "leeft",
            "null",
            "[]",
            "{}",
            r#"{"soort":1}"#,
            r#"{"soort":"zucht"}"#,
            r#"{"soort":"leeft","hoe":"goed"}"#,
            r#"{"soort":"leeft","soort":"leeft"}"#,
            r#"{"soort":"voortgang","gedaan":1,"gedaan":2,"van":3}"#,
            r#"{"soort":"voortgang","doel":1}"#,
            r#"{"soort":"voortgang","gedaan":1,"van":3,"nog":2}"#,
            r#"{"soort":"uitkomst"}"#,
            r#"{"soort":"uitkomst","uitkomst":"klaar"}"#,
            r#"{"soort":"uitkomst","uitkomst":{},"extra":1}"#,
            r#"{"soort":"geweigerd","problemen":[]}"#,
            r#"{"soort":"antwoord","antwoord":{},"volledig":true}"#,
        ];
        for line in strange {
            assert_eq!(solve(line), None, "{line}");
        }
        let not_here =
            [r#"{"soort":"tussenstand","uitkomst":{}}"#, r#"{"soort":"uitkomst","uitkomst":{}}"#, r#"{"soort":"antwoord","antwoord":{}}"#];
        for line in not_here {
            assert_eq!(ask(line), None, "{line}");
        }
    }
}
