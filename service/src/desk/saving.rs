//! Prices by which a policy saves what is scarce: proposed from past waves, put in a policy with a goal that counts them, and told apart.

use loket_instances::matching::read::Loaded;
use loket_instances::matching::row::{goals_with_defaults, saving_as_rows};
use loket_instances::matching::rows::{GoalRow, PolicyRow};
use loket_solver::matching::ask::prices::prices;
use loket_solver::matching::facts::codes::TermCode;
use loket_solver::matching::facts::policy::Saving;
use loket_solver::matching::facts::words::Phase;
use serde_json::Value;

use super::policy::read_for;

/// The name of the goal that counts the prices.
const GOAL: &str = "bewaren";

/// What has a price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Priced {
    /// A placement on a seat of a school.
    Seat {
        /// Its school.
        school: String,
        /// Its id there.
        seat: String,
    },
    /// An hour of a coach.
    Hour {
        /// Whose.
        coach: String,
    },
}

impl Priced {
    /// What a row of `bewaren` is about.
    pub fn of(row: &Value) -> Option<Self> {
        let text = |key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
        match text("coach") {
            Some(coach) => Some(Self::Hour { coach }),
            None => Some(Self::Seat { school: text("school")?, seat: text("plek")? }),
        }
    }

    /// Its key in a list of differences.
    pub fn key(&self) -> String {
        match self {
            Self::Seat { school, seat } => format!("plekken, {school}, {seat}"),
            Self::Hour { coach } => format!("coaches, {coach}"),
        }
    }
}

/// The prices that these waves come to.
pub fn proposed(waves: &[Loaded]) -> Saving {
    prices(&waves.iter().map(|it| &it.wave).collect::<Vec<_>>())
}

/// A policy with these prices instead of its own; where none of its goals counts prices, one does after what schools with many target-group
/// pupils are given first.
pub fn with_prices(policy: &PolicyRow, phase: Option<Phase>, saving: &Saving) -> PolicyRow {
    let mut goals = policy.goals.clone().unwrap_or_else(|| goals_with_defaults(policy, read_for(phase)));
    let has = |goal: &GoalRow, term: TermCode| goal.weights.iter().any(|it| it.0 == term && it.1 != 0);
    if !goals.iter().any(|it| has(it, TermCode::Bewaren)) {
        let target = goals.iter().rposition(|it| has(it, TermCode::Doelgroep));
        goals.insert(target.map_or(goals.len(), |at| at + 1), goal(&goals));
    }
    PolicyRow { goals: Some(goals), saving: Some(saving_as_rows(saving)), ..policy.clone() }
}

/// A goal that counts prices, with a name of its own.
fn goal(others: &[GoalRow]) -> GoalRow {
    let taken = |name: &str| others.iter().any(|it| it.name == name);
    let numbered = (2..).map(|at| format!("{GOAL}-{at}"));
    let name = std::iter::once(GOAL.to_owned()).chain(numbered).find(|it| !taken(it)).unwrap_or_default();
    GoalRow { name, weights: vec![(TermCode::Bewaren, 1)], tolerance_percent: Some(0), note: None }
}

#[cfg(test)]
mod tests {
    use loket_instances::matching::row::read_policy;

    use super::*;

    fn named(policy: &str) -> Vec<String> {
        let saving = Saving { seats: vec![("S1".into(), "groep".into(), 40)], coaches: vec![("K1".into(), 15)] };
        let made = with_prices(&read_policy(policy.as_bytes()).expect("a policy"), None, &saving);
        let written = made.saving.as_ref().expect("prices");
        assert_eq!((written.seats.as_ref().map(Vec::len), written.coaches.as_ref().map(Vec::len)), (Some(1), Some(1)));
        made.goals.expect("goals").into_iter().map(|it| it.name).collect()
    }

    #[test]
    fn the_goal_comes_after_that_of_target_groups_once() {
        let usual = named("{}");
        let at = usual.iter().position(|it| it == "bewaren").expect("the goal");
        assert_eq!(usual[at - 1], "doelgroep");
        assert_eq!(usual.iter().filter(|it| *it == "bewaren").count(), 1);
        let own = r#"{ "doelen": [{ "naam": "sparen", "punten": { "bewaren": 3 } }] }"#;
        assert_eq!(named(own), ["sparen"]);
        let taken = r#"{ "doelen": [{ "naam": "bewaren", "punten": { "geplaatst": 1 } }] }"#;
        assert_eq!(named(taken), ["bewaren", "bewaren-2"]);
    }
}
