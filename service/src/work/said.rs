//! What a child said: a line of its output, read strictly, and only what belongs to the work it was given.

use serde_json::{Map, Value};

use super::kind::Kind;

/// One line of a child.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    /// It lives.
    Alive,
    /// How far it is.
    Progress(Value),
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

/// Reads a line; `None` when it is not of the protocol, or not of this kind of work.
pub(super) fn read(line: &[u8], kind: Kind) -> Option<Said> {
    let Value::Object(mut fields) = serde_json::from_slice(line).ok()? else { return None };
    let Value::String(sort) = fields.shift_remove("soort")? else { return None };
    let solving = kind == Kind::Solve;
    let said = match sort.as_str() {
        "leeft" => Said::Alive,
        "voortgang" => return Some(Said::Progress(Value::Object(fields))),
        "tussenstand" if solving => Said::SoFar(outcome(&mut fields)?),
        "uitkomst" if solving => Said::Outcome(outcome(&mut fields)?),
        "deel" if !solving => Said::Part {
            name: fields.shift_remove("naam")?.as_str().filter(|name| name.len() <= LONGEST_NAME)?.to_owned(),
            value: answer(&mut fields)?,
        },
        "antwoord" if !solving => Said::Answer { value: answer(&mut fields)?, complete: fields.shift_remove("volledig")?.as_bool()? },
        "geweigerd" => {
            let known = fields.len() == 2 && fields.get("problemen").is_some_and(Value::is_array);
            let known = known && fields.get("meldingen").is_some_and(Value::is_array);
            return known.then_some(Said::Refused(Value::Object(fields)));
        }
        _ => return None,
    };
    fields.is_empty().then_some(said)
}

fn outcome(fields: &mut Map<String, Value>) -> Option<Vec<u8>> {
    let outcome = fields.shift_remove("uitkomst").filter(Value::is_object)?;
    serde_json::to_vec(&outcome).ok()
}

fn answer(fields: &mut Map<String, Value>) -> Option<Value> {
    fields.shift_remove("antwoord").filter(Value::is_object)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_lines_of_the_protocol_are_understood_and_only_for_their_kind_of_work() {
        let solve = |line: &str| read(line.as_bytes(), Kind::Solve);
        let ask = |line: &str| read(line.as_bytes(), Kind::Why);
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
