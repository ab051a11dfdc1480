//! What a stress test found, for people and for machines.

use std::time::Duration;

use loket_instances::matching::read::Loaded;
use loket_solver::matching::ask::rerun::dropout::Gone;
use loket_solver::matching::ask::stress::{Spot, Stress};
use loket_solver::matching::facts::ids::CandidateId;

use crate::present::names::called;

pub mod machine;
pub mod page;

/// A stress test with the wave that it is about.
pub struct Looked<'a> {
    /// The wave.
    pub loaded: &'a Loaded,
    /// What was found.
    pub stress: &'a Stress,
    /// Time it took.
    pub took: Duration,
}

impl Looked<'_> {
    /// The id of who or what drops out.
    fn id(&self, gone: Gone) -> &str {
        match gone {
            Gone::Coach(coach) => &self.loaded.wave.coaches[coach].id,
            Gone::School(school) => &self.loaded.wave.schools[school].id,
        }
    }

    /// "K07 Lars Dijkgraaf".
    fn name(&self, gone: Gone) -> String {
        let id = self.id(gone);
        let names = match gone {
            Gone::Coach(_) => &self.loaded.names.coaches,
            Gone::School(_) => &self.loaded.names.schools,
        };
        called(id, names)
    }

    /// The own goals, by position: those that compare with no previous plan.
    fn goals(&self) -> Vec<(usize, &str)> {
        let goals = self.stress.goals.iter().enumerate().filter(|(_, goal)| !goal.keeps_agreements());
        goals.map(|(position, goal)| (position, goal.name.as_str())).collect()
    }
}

/// The others who give up something that could stay: not the own people of who dropped out.
fn others(spot: &Spot) -> Vec<CandidateId> {
    let own = |it| spot.people.iter().any(|&(person, ..)| person == it);
    spot.changed.iter().copied().filter(|&it| !own(it)).collect()
}

/// How many of the people of who dropped out have a placement again.
fn taken_over(spot: &Spot) -> usize {
    spot.people.iter().filter(|(_, _, to)| to.is_some()).count()
}
