//! What the codes in an answer mean: terms that the goals count and rules that are named, each with its Dutch sentence.

use std::collections::BTreeSet;

use loket_solver::matching::facts::codes::{RuleCode, TermCode};
use loket_solver::matching::facts::policy::Policy;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Wat een woord betekent
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Begrip {
    /// Het woord: een term, een regel, of een doel van het beleid
    pub woord: String,
    /// term, regel of doel
    pub soort: &'static str,
    /// Wat het betekent, in een zin
    pub betekenis: String,
}

/// What everything in a policy means: its goals, and the terms that these count.
pub fn of_policy(policy: &Policy) -> Vec<Begrip> {
    let goals = policy.goals.iter().map(|goal| Begrip { woord: goal.name.clone(), soort: "doel", betekenis: counts(&goal.weights) });
    let counted: BTreeSet<TermCode> = policy.goals.iter().flat_map(|goal| goal.weights.iter().map(|(code, _)| *code)).collect();
    goals.chain(counted.into_iter().map(term)).collect()
}

/// The same, with the rules that are named anywhere in an answer.
pub fn found(policy: &Policy, parts: &Map<String, Value>) -> Vec<Begrip> {
    let mut named = BTreeSet::new();
    parts.values().for_each(|value| rules(value, &mut named));
    let mut all = of_policy(policy);
    all.extend(named.into_iter().map(rule));
    all
}

/// What a rule means.
pub fn rule(code: RuleCode) -> Begrip {
    Begrip { woord: code.code().into(), soort: "regel", betekenis: code.rule().says.into() }
}

/// What a term means.
pub fn term(code: TermCode) -> Begrip {
    Begrip { woord: code.code().into(), soort: "term", betekenis: code.term().says.into() }
}

/// What a goal counts: "geplaatst" or "3 × bouw en 1 × reistijd".
pub fn counts(weights: &[(TermCode, i64)]) -> String {
    let one = |(code, weight): &(TermCode, i64)| if *weight == 1 { code.code().to_owned() } else { format!("{weight} × {}", code.code()) };
    let terms: Vec<String> = weights.iter().filter(|(_, weight)| *weight != 0).map(one).collect();
    if terms.is_empty() {
        return "Dit doel telt niets.".into();
    }
    format!("Dit doel telt voor iedereen in het plan op: {}. Meer is beter.", crate::present::dutch::list(&terms))
}

/// Rules named under the keys that hold rules.
fn rules(value: &Value, into: &mut BTreeSet<RuleCode>) {
    let word = |value: &Value| value.as_str().and_then(RuleCode::parse);
    match value {
        Value::Array(list) => list.iter().for_each(|it| rules(it, into)),
        Value::Object(object) => {
            for (key, value) in object {
                match key.as_str() {
                    "regel" | "code" => into.extend(word(value)),
                    "regels" => into.extend(value.as_array().into_iter().flatten().filter_map(word)),
                    _ => {}
                }
                rules(value, into);
            }
        }
        _ => {}
    }
}
