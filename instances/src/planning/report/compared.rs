//! A scenario beside the plan itself: per goal, per year and per line.

use loket_solver::common::words::Verdict;

use super::{in_cents, money};
use crate::planning::outcome::{Figures, OutcomeFile, ScenarioLine};

/// What two values are of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The value of a goal, by name.
    Goal(String),
    /// Cost of a year.
    Cost(String),
    /// Income of a year.
    Income(String),
    /// Coaches of all kinds in a year.
    Coaches(String),
    /// A line in all years together, by id.
    Line(String),
}

/// Two values side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedRow {
    /// What they are of.
    pub about: About,
    /// Whether they are cents.
    pub cents: bool,
    /// Of the plan itself.
    pub base: i64,
    /// Of the scenario.
    pub own: i64,
}

/// A scenario beside the plan itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Its id.
    pub scenario: String,
    /// How its solve ended.
    pub status: Verdict,
    /// What is compared; nothing where one of the two has no plan.
    pub rows: Vec<ComparedRow>,
}

pub(super) fn compared(outcome: &OutcomeFile, base: &Figures, line: &ScenarioLine) -> Compared {
    let mut rows = Vec::new();
    if let Some(own) = line.figures.as_ref().filter(|_| line.status.has_plan() && outcome.status.has_plan()) {
        for goal in &line.goals {
            if let Some(known) = outcome.goals.iter().find(|known| known.name == goal.name) {
                let about = About::Goal(goal.name.clone());
                rows.push(ComparedRow { about, cents: in_cents(known) && in_cents(goal), base: known.value, own: goal.value });
            }
        }
        years(base, own, &mut rows);
        let total = |figures| money::lines(figures).into_iter().map(|line| (line.line, line.cents.iter().sum::<i64>())).collect::<Vec<_>>();
        let (before, after) = (total(base), total(own));
        let of = |list: &[(String, i64)], id: &str| list.iter().find(|(known, _)| known == id).map_or(0, |(_, cents)| *cents);
        let new = after.iter().filter(|(id, _)| before.iter().all(|(known, _)| known != id));
        for (id, _) in before.iter().chain(new) {
            rows.push(ComparedRow { about: About::Line(id.clone()), cents: true, base: of(&before, id), own: of(&after, id) });
        }
    }
    Compared { scenario: line.id.clone(), status: line.status, rows }
}

/// Years that both have.
fn years(base: &Figures, own: &Figures, rows: &mut Vec<ComparedRow>) {
    for before in &base.money {
        let Some(after) = own.money.iter().find(|line| line.year == before.year) else { continue };
        let year = || before.year.clone();
        let coaches = |figures: &Figures| figures.pool.iter().filter(|line| line.year == before.year).map(|line| line.pool).sum::<i64>();
        rows.extend([
            ComparedRow { about: About::Cost(year()), cents: true, base: before.cost, own: after.cost },
            ComparedRow { about: About::Income(year()), cents: true, base: before.income, own: after.income },
            ComparedRow { about: About::Coaches(year()), cents: false, base: coaches(base), own: coaches(own) },
        ]);
    }
}
