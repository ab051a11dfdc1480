//! The waiting list of a plan: for everybody who is placed, the rerun without that person; who of the others then comes in.

use crate::common::control::Control;
use crate::common::tables::{Id, Table};
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::{Pair, Wave};
use crate::matching::facts::words::{Phase, Status};

use super::rerun::batch::{Heard, Quiet, each, solve_from};
use super::rerun::dropout::rerun_of;

/// Somebody without a placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// Who.
    pub candidate: CandidateId,
    /// How many single drop-outs would place this person.
    pub dropouts: usize,
    /// How often those are expected, in thousandths of a person.
    pub expected: u64,
}

/// Who comes in first when somebody falls out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Everybody without a placement whom some drop-out would place, the most expected first.
    pub people: Vec<Waiter>,
    /// How many people are expected to fall out, rounded up: so long is the list that counts.
    pub length: usize,
    /// Whether every drop-out was looked at to the end.
    pub complete: bool,
}

/// Lets everybody who is placed drop out in turn. `rate` is how many of a thousand people of a phase fall out.
pub fn waiting(
    wave: &Wave,
    plan: &Plan,
    usual: Status,
    rate: &(dyn Fn(Phase) -> u32 + Sync),
    control: &dyn Control,
    heard: Heard<'_>,
) -> Waiting {
    let rerun = rerun_of(wave, plan, usual);
    let placed: Vec<CandidateId> = wave.candidates_by_row().into_iter().filter(|&it| plan[it].is_some()).collect();
    let found = each(&placed, control, heard, |&gone| entering(&rerun, plan, gone, control));
    let complete = found.iter().all(|it| it.as_ref().is_some_and(|(_, settled)| *settled));
    let mut waiters: Table<CandidateId, Waiter> =
        wave.candidates.ids().map(|candidate| Waiter { candidate, dropouts: 0, expected: 0 }).collect::<Vec<_>>().into();
    let often = |gone: CandidateId| u64::from(rate(wave.candidates[gone].phase));
    for (&gone, entered) in placed.iter().zip(found) {
        for candidate in entered.into_iter().flat_map(|(people, _)| people) {
            waiters[candidate].dropouts += 1;
            waiters[candidate].expected += often(gone);
        }
    }
    let mut people: Vec<Waiter> = waiters.iter().copied().filter(|it| it.dropouts > 0).collect();
    people.sort_by_key(|it| std::cmp::Reverse((it.expected, wave.candidates[it.candidate].waited.min(9))));
    let all: u64 = placed.iter().map(|&gone| often(gone)).sum();
    Waiting { people, length: usize::try_from(all.div_ceil(1_000)).unwrap_or(usize::MAX), complete }
}

/// Who comes in when somebody leaves, and whether that is proven.
fn entering(rerun: &Wave, plan: &Plan, gone: CandidateId, control: &dyn Control) -> (Vec<CandidateId>, bool) {
    let wave = without(rerun, gone);
    let others: Vec<CandidateId> = rerun.candidates.ids().filter(|&it| it != gone).collect();
    let start: Vec<_> = others.iter().map(|&it| plan[it]).collect();
    let outcome = solve_from(&wave, Some(start.into()), &Quiet(control));
    let settled = outcome.verdict.proven();
    let Some(after) = outcome.plan else { return (Vec::new(), settled) };
    let entered = others.iter().zip(after.iter()).filter(|&(&it, at)| plan[it].is_none() && at.is_some());
    (entered.map(|(&it, _)| it).collect(), settled)
}

/// The wave without somebody, as a file without this row is built.
pub fn without(wave: &Wave, gone: CandidateId) -> Wave {
    let stays = |it: CandidateId| it != gone;
    let moved = |it: CandidateId| CandidateId::new(it.position() - usize::from(it > gone));
    let candidates: Vec<_> = wave.candidates.pairs().filter(|(it, _)| stays(*it)).map(|(_, row)| row.clone()).collect();
    let pairs = wave.pairs.iter().filter(|pair| stays(pair.one) && stays(pair.other));
    let pairs = pairs.map(|pair| Pair { one: moved(pair.one), other: moved(pair.other), ..*pair }).collect();
    Wave { candidates: candidates.into(), pairs, travel: wave.travel.without(gone), ..wave.clone() }
}
