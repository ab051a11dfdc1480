//! What a rerun changed, for people and for machines; and many reruns at once.

use std::time::Duration;

use loket_instances::matching::read::Loaded;
use loket_solver::matching::ask::rerun::difference::Difference;
use loket_solver::matching::ask::rerun::tradeoff::TradeOff;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::outcome::Outcome;
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge;

pub mod batch;
pub mod between;
pub mod machine;
pub mod page;
pub mod why;

/// Two plans with everything that is shown of their difference.
pub struct Compared<'a> {
    /// The wave before.
    pub before: &'a Loaded,
    /// Its plan.
    pub old: &'a Plan,
    /// The wave after.
    pub after: &'a Loaded,
    /// The new plan.
    pub new: &'a Plan,
    /// How the new plan was found; of an outcome that was not just solved for, what its file says.
    pub outcome: &'a Outcome,
    /// Whether the new plan comes of a rerun; else both plans were there.
    pub rerun: bool,
    /// What differs.
    pub difference: &'a Difference,
    /// What was taken out of the file besides what was asked for.
    pub remarks: &'a [String],
    /// What more changes would bring, when asked for.
    pub trade_off: Option<TradeOff>,
    /// Time of the solve.
    pub took: Duration,
}

/// A figure before and after.
pub struct Figure {
    /// Its name in Dutch.
    pub name: String,
    /// Before.
    pub was: i64,
    /// After.
    pub now: i64,
}

impl Compared<'_> {
    /// The wave's own goals: those that compare with no previous plan.
    pub fn goals(&self) -> Vec<Figure> {
        let goals = self.after.wave.policy.goals.iter().filter(|goal| !goal.keeps_agreements());
        goals
            .map(|goal| Figure {
                name: goal.name.clone(),
                was: judge::value(&self.before.wave, goal, self.old),
                now: judge::value(&self.after.wave, goal, self.new),
            })
            .collect()
    }

    /// Somebody who was placed and is no longer.
    pub fn dropped(&self) -> Vec<CandidateId> {
        let people = self.difference.people.iter();
        people.filter(|moved| moved.from.is_some() && moved.to.is_none()).map(|moved| moved.candidate).collect()
    }
}

/// How many people are placed.
pub fn placed(plan: &Plan) -> usize {
    plan.iter().flatten().count()
}

/// "K07", "K07 (Vera Emanuels)".
pub(crate) fn coach(loaded: &Loaded, placement: Placement) -> String {
    named(&loaded.wave.coaches[placement.coach].id, loaded.names.coaches.get(&loaded.wave.coaches[placement.coach].id))
}

/// "De Boomgaard (S1), onderbouw".
pub(crate) fn seat(loaded: &Loaded, placement: Placement) -> String {
    let wave: &Wave = &loaded.wave;
    let school = &wave.school_of(placement.seat).id;
    format!("{}, {}", named(school, loaded.names.schools.get(school)), wave.seats[placement.seat].id)
}

/// "Z1 Anouk Fonteyn".
pub(crate) fn person(loaded: &Loaded, candidate: CandidateId) -> String {
    let id = &loaded.wave.candidates[candidate].id;
    match loaded.names.candidates.get(id) {
        Some(name) => format!("{id} {name}"),
        None => id.clone(),
    }
}

fn named(id: &str, name: Option<&String>) -> String {
    name.map_or_else(|| id.to_owned(), |name| format!("{id} ({name})"))
}
