//! Each goal in order: its value in the plan, the best value and what is proven of it, in words.

use std::fmt::Write;

use loket_solver::matching::facts::outcome::{GoalResult, Outcome};
use loket_solver::matching::facts::policy::Goal;
use loket_solver::matching::facts::wave::Wave;

use crate::present::dutch::{cut, number};

pub(super) fn write(page: &mut String, wave: &Wave, outcome: &Outcome) {
    let _ = writeln!(page, "\n{:<25}{:>14}{:>14}   bewijs", "Doelen, op volgorde", "dit plan", "beste");
    for (position, (goal, result)) in wave.policy.goals.iter().zip(&outcome.goals).enumerate() {
        let _ = writeln!(
            page,
            "{:>3}. {:<20}{:>14}{:>14}   {}",
            position + 1,
            cut(&goal.name, 19),
            number(result.value),
            number(result.best),
            proof(goal, result)
        );
    }
}

fn proof(goal: &Goal, result: &GoalResult) -> String {
    let mut text = match result.proven() {
        true => "beste is bewezen".to_string(),
        false => format!("niet bewezen: hoogstens {}", number(result.bound)),
    };
    if goal.tolerance_percent > 0 {
        let _ = write!(text, "; het plan mag {} % lager", goal.tolerance_percent);
    }
    text
}
