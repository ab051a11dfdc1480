//! The stress test: every coach (and every school) drops out in turn, and each time the rerun with the fewest changes is solved.
//!
//! Both cores are busy, the answers come in the order of the tables, and each is the answer of `loket rerun` to the same drop-out.

use crate::common::control::Control;
use crate::common::tables::Table;
use crate::matching::ask::explain::over;
use crate::matching::ask::rerun::batch::{Heard, Quiet, each, solve_from};
use crate::matching::ask::rerun::dropout::{Gone, rerun_of, without};
use crate::matching::facts::ids::{CandidateId, CoachId};
use crate::matching::facts::outcome::Verdict;
use crate::matching::facts::plan::{Placement, Plan};
use crate::matching::facts::policy::Goal;
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::Status;
use crate::matching::judge;

/// What happens when one coach or school drops out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Who or what drops out.
    pub gone: Gone,
    /// How the rerun ended; without a plan there is nothing in the fields below but `people`.
    pub verdict: Verdict,
    /// The people of the one who dropped out, where they were and where they are then, in the order of the file's rows.
    pub people: Vec<(CandidateId, Placement, Option<Placement>)>,
    /// Everybody who was placed and is not any more, in the order of the file's rows.
    pub left: Vec<CandidateId>,
    /// Everybody who gives up what could be kept: the least possible number of people.
    pub changed: Vec<CandidateId>,
    /// Per goal of the rerun: its value in the plan before and after.
    pub goals: Vec<(i64, i64)>,
    /// Who stands by, for a coach with people.
    pub stand_by: Option<StandBy>,
}

/// The coach who stands by for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandBy {
    /// Who.
    pub coach: CoachId,
    /// How many of the people this coach takes over in the rerun.
    pub takes: usize,
    /// How many of the people the pair rules allow this coach at their present seat, were there room.
    pub could: usize,
}

/// All spots, in the order of the tables: coaches, then schools.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stress {
    /// The goals that [`Spot::goals`] are about, those of the rerun included.
    pub goals: Vec<Goal>,
    /// What was looked at.
    pub spots: Vec<Spot>,
    /// Position of the weakest spot: most people left, then most changes, then the first; one without a plan comes before all.
    pub weakest: Option<usize>,
    /// Whether everything that was asked for was looked at.
    pub complete: bool,
}

/// Drops out every coach in turn, and when asked for every school that has people in the plan.
pub fn stress(wave: &Wave, plan: &Plan, schools: bool, usual: Status, control: &dyn Control, heard: Heard<'_>) -> Stress {
    let rerun = rerun_of(wave, plan, usual);
    let mut asked: Vec<Gone> = wave.coaches.ids().map(Gone::Coach).collect();
    if schools {
        let used = |school| plan.iter().flatten().any(|it| it.school(wave) == school);
        asked.extend(wave.schools.ids().filter(|&school| used(school)).map(Gone::School));
    }
    let spots = each(&asked, control, heard, |&gone| spot(&rerun, plan, gone, control));
    // What was cut off halfway has a plan, but not the least changes.
    let whole = |it: &Spot| it.verdict.proven() || it.verdict == Verdict::Feasible && !over(control);
    let complete = spots.iter().all(|it| it.as_ref().is_some_and(whole));
    let spots: Vec<Spot> = spots.into_iter().flatten().collect();
    let weight = |spot: &Spot| (spot.verdict == Verdict::Impossible, spot.left.len(), spot.changed.len());
    // Of what was stopped before it had a plan nothing is known.
    let known = |spot: &Spot| spot.verdict != Verdict::Stopped;
    let worst = spots.iter().filter(|it| known(it)).map(weight).max();
    let weakest = spots.iter().position(|it| known(it) && Some(weight(it)) == worst);
    Stress { goals: rerun.policy.goals.clone(), spots, weakest, complete }
}

/// Whether a placement goes with who dropped out.
fn lost(wave: &Wave, gone: Gone, placement: Placement) -> bool {
    match gone {
        Gone::Coach(coach) => placement.coach == coach,
        Gone::School(school) => placement.school(wave) == school,
    }
}

fn spot(rerun: &Wave, plan: &Plan, gone: Gone, control: &dyn Control) -> Spot {
    let wave = without(rerun, gone);
    let mut start = plan.clone();
    for candidate in wave.candidates.ids() {
        start[candidate] = start[candidate].filter(|&it| !lost(&wave, gone, it));
    }
    let outcome = solve_from(&wave, Some(start), &Quiet(control));
    let rows = wave.candidates_by_row();
    let after = |candidate: CandidateId| outcome.plan.as_ref().and_then(|plan| plan[candidate]);
    let people: Vec<_> = rows
        .iter()
        .filter_map(|&candidate| Some((candidate, plan[candidate].filter(|&it| lost(&wave, gone, it))?, after(candidate))))
        .collect();
    let mut spot =
        Spot { gone, verdict: outcome.verdict, people, left: Vec::new(), changed: Vec::new(), goals: Vec::new(), stand_by: None };
    let Some(new) = &outcome.plan else { return spot };
    spot.left = rows.iter().copied().filter(|&it| plan[it].is_some() && new[it].is_none()).collect();
    spot.changed = judge::changes(&wave, new).changed;
    spot.changed.sort_by_key(|&it| wave.candidates[it].row);
    let goals = rerun.policy.goals.iter();
    spot.goals = goals.map(|goal| (judge::value(rerun, goal, plan), judge::value(&wave, goal, new))).collect();
    if let Gone::Coach(coach) = gone {
        spot.stand_by = stand_by(&wave, coach, &spot.people);
    }
    spot
}

/// The coach who takes over most of these people; among equals who could most of them at their present seat, then the first.
fn stand_by(wave: &Wave, gone: CoachId, people: &[(CandidateId, Placement, Option<Placement>)]) -> Option<StandBy> {
    let mut takes: Table<CoachId, usize> = Table::filled(wave.coaches.len(), 0);
    let mut could = takes.clone();
    for &(candidate, from, to) in people {
        if let Some(to) = to {
            takes[to.coach] += 1;
        }
        for coach in wave.coaches.ids().filter(|&coach| coach != gone) {
            could[coach] += usize::from(judge::allowed(wave, candidate, Placement { seat: from.seat, coach }));
        }
    }
    let found = wave.coaches.ids().map(|coach| StandBy { coach, takes: takes[coach], could: could[coach] });
    found.filter(|it| it.takes + it.could > 0).max_by_key(|it| (it.takes, it.could, std::cmp::Reverse(it.coach)))
}
