//! How far work is: of a run goal by goal, of a trial one drop-out after the other. What is kept of a job also holds the goals before.

use serde::{Deserialize, Serialize};

/// How far work is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Progress {
    /// Of a run.
    Goal(AtGoal),
    /// Of a trial.
    Trial(AtTrial),
}

/// A goal at work, or done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AtGoal {
    /// Its name.
    #[serde(rename = "doel")]
    pub name: String,
    /// From 1, in the order of the policy.
    #[serde(rename = "nummer")]
    pub number: u64,
    /// The best value so far.
    #[serde(rename = "waarde")]
    pub value: Option<i64>,
    /// No plan is worth more.
    #[serde(rename = "bovengrens")]
    pub bound: Option<i64>,
    /// Columns that were looked at.
    #[serde(rename = "kolommen")]
    pub columns: u64,
    /// Cases that were told apart.
    #[serde(rename = "knopen")]
    pub nodes: u64,
    /// Whether it is done.
    #[serde(rename = "klaar")]
    pub done: bool,
    /// Since the work began.
    #[serde(rename = "milliseconden")]
    pub milliseconds: u64,
    /// Every goal until this one, in what is kept; a worker tells one goal at a time.
    #[serde(rename = "doelen", default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<GoalSoFar>,
}

/// How far a trial is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AtTrial {
    /// How many were worked out.
    #[serde(rename = "gedaan")]
    pub done: u64,
    /// Of how many.
    #[serde(rename = "van")]
    pub of: u64,
}

/// What became known of a goal so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalSoFar {
    /// From 1, in the order of the policy.
    #[serde(rename = "nummer")]
    pub number: u64,
    /// The best value so far.
    #[serde(rename = "waarde")]
    pub value: Option<i64>,
    /// No plan is worth more.
    #[serde(rename = "bovengrens")]
    pub bound: Option<i64>,
    /// The first value and bound that were known together.
    #[serde(rename = "eerst")]
    pub first: Option<(i64, i64)>,
    /// Whether it is done.
    #[serde(rename = "klaar")]
    pub done: bool,
}

impl Progress {
    /// The same with what was known before of the goals until this one. Work that began anew forgets the goals it has yet to come to.
    pub fn following(self, before: Option<Progress>) -> Self {
        let Self::Goal(mut now) = self else { return self };
        let mut goals = match before {
            Some(Self::Goal(before)) => before.goals,
            Some(Self::Trial(_)) | None => Vec::new(),
        };
        goals.retain(|it| it.number <= now.number);
        let earlier = goals.iter().position(|it| it.number == now.number).map(|at| goals.remove(at));
        // A goal that was done and is at work again is another attempt.
        let first = earlier.filter(|it| !it.done || now.done).and_then(|it| it.first).or(now.value.zip(now.bound));
        goals.push(GoalSoFar { number: now.number, value: now.value, bound: now.bound, first, done: now.done });
        now.goals = goals;
        Self::Goal(now)
    }

    /// Every goal that was begun, in order.
    pub fn goals(&self) -> &[GoalSoFar] {
        match self {
            Self::Goal(at) => &at.goals,
            Self::Trial(_) => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(number: u64, value: Option<i64>, bound: Option<i64>, done: bool) -> Progress {
        let name = "passing".to_owned();
        Progress::Goal(AtGoal { name, number, value, bound, columns: 1, nodes: 2, done, milliseconds: 3, goals: Vec::new() })
    }

    #[test]
    fn what_a_worker_says_reads_back_as_it_was_said_and_strange_keys_are_refused() {
        let goal = r#"{"doel":"passing","nummer":5,"waarde":null,"bovengrens":9,"kolommen":1,"knopen":2,"klaar":false,"milliseconden":3}"#;
        for line in [goal, r#"{"gedaan":3,"van":19}"#] {
            let read: Progress = serde_json::from_str(line).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), line);
        }
        for line in [r#"{"gedaan":3}"#, r#"{"gedaan":3,"van":19,"nog":1}"#, r#"{"doel":"passing"}"#, "{}", "null"] {
            assert!(serde_json::from_str::<Progress>(line).is_err(), "{line}");
        }
    }

    #[test]
    fn what_is_kept_remembers_the_goals_before_and_the_first_gap() {
        let steps = [
            told(1, Some(9), Some(9), true),
            told(2, None, Some(40), false),
            told(2, Some(20), Some(30), false),
            told(2, Some(25), Some(26), false),
        ];
        let kept = steps.into_iter().fold(None, |before, it| Some(it.following(before))).unwrap();
        let seen: Vec<_> = kept.goals().iter().map(|it| (it.number, it.value, it.bound, it.first, it.done)).collect();
        assert_eq!(seen, [(1, Some(9), Some(9), Some((9, 9)), true), (2, Some(25), Some(26), Some((20, 30)), false)]);
        let again = told(1, Some(3), Some(12), false).following(Some(kept));
        assert_eq!(again.goals().iter().map(|it| (it.number, it.first)).collect::<Vec<_>>(), [(1, Some((3, 12)))]);
        assert_eq!(told(3, None, None, false).following(None).goals().len(), 1);
    }
}
