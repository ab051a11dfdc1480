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

/// What a goal counts, in a sentence: one thing in its own words, or "bouw (3 keer) en reistijd".
pub fn counts(weights: &[(TermCode, i64)]) -> String {
    let counted: Vec<(TermCode, i64)> = weights.iter().copied().filter(|(_, weight)| *weight != 0).collect();
    let named = |code: TermCode| code.code().replace('_', " ");
    match &counted[..] {
        [] => "Dit doel telt niets.".into(),
        [(code, 1)] => format!("Dit doel telt één ding. {} Hoe hoger, hoe beter.", code.term().says),
        several => {
            let one =
                |(code, weight): &(TermCode, i64)| if *weight == 1 { named(*code) } else { format!("{} ({weight} keer)", named(*code)) };
            let terms: Vec<String> = several.iter().map(one).collect();
            format!("Dit doel telt de punten van iedereen op voor {}. Hoe hoger, hoe beter.", crate::present::dutch::list(&terms))
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_says_in_a_sentence_what_it_counts() {
        assert_eq!(
            counts(&[(TermCode::Geplaatst, 1)]),
            "Dit doel telt één ding. Elke geplaatste kandidaat telt voor 1. Hoe hoger, hoe beter."
        );
        let several = counts(&[(TermCode::Bouw, 3), (TermCode::Reistijd, 1), (TermCode::Kosten, 0)]);
        assert_eq!(several, "Dit doel telt de punten van iedereen op voor bouw (3 keer) en reistijd. Hoe hoger, hoe beter.");
        assert_eq!(counts(&[(TermCode::Kosten, 0)]), "Dit doel telt niets.");
    }
}
