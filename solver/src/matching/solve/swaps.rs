//! Swaps after publication: people who exchange their whole placements among themselves, so that nobody's goal passing gets worse and some
//! get better. Found exactly, as a whole-number program over the placements that were published.

use crate::common::control::Control;
use crate::common::integer_program::{Column, IntegerProgram, Row, Side};
use crate::engine::readable;
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::plan::{Placement, Plan};
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::Status;
use crate::matching::judge::rules::{Kind, RULES, Weight};
use crate::matching::judge::{Judge, fairness, keep};

/// Somebody who takes another's placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taker {
    /// Who.
    pub candidate: CandidateId,
    /// The placement that was published.
    pub from: Placement,
    /// The one that is taken.
    pub to: Placement,
    /// Points of the goal passing, before and after.
    pub passing: (i64, i64),
}

/// People who each take the placement of the next, the last that of the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// Who, from the first in the file's rows on.
    pub people: Vec<Taker>,
    /// Whether every rule also holds when this cycle is the only one.
    pub alone: bool,
}

/// The best exchange of placements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swaps {
    /// Σ passing of everybody who may take part, before and after; the most there can be.
    pub passing: (i64, i64),
    /// The fewest people for it, in cycles. None when nothing gets better.
    pub cycles: Vec<Cycle>,
    /// The plan after all of them.
    pub plan: Plan,
}

/// One person at one of the published placements.
#[derive(Clone, Copy)]
struct Choice {
    candidate: CandidateId,
    placement: Placement,
    passing: i64,
}

/// The exchange among placed people, whose placement is not yet gestart, that gives the most points of the goal passing in all, with the
/// fewest people changed for it; every rule holds afterwards, and nobody has fewer points. `None` when it was stopped, or the plan itself
/// breaks a rule. Agreements bind no further than the rules; `least_changes` is of the wave's own solve, when its policy limits changes.
pub fn swaps(wave: &Wave, plan: &Plan, least_changes: Option<u32>, control: &dyn Control) -> Option<Swaps> {
    let judge = Judge::new(wave);
    if !judge.obeys(plan, least_changes) {
        return None;
    }
    let goal = fairness::passing(wave);
    let worth = |candidate, placement| fairness::worth(wave, &goal, candidate, placement);
    let started = |candidate: CandidateId| wave.candidates[candidate].previous.as_ref().is_some_and(|it| it.status == Status::Gestart);
    let rows = wave.candidates_by_row().into_iter().filter(|&candidate| !started(candidate));
    let people: Vec<(CandidateId, Placement)> = rows.filter_map(|candidate| Some((candidate, plan[candidate]?))).collect();
    let mut published: Vec<Placement> = people.iter().map(|&(_, placement)| placement).collect();
    published.sort_unstable();
    published.dedup();
    let mut choices: Vec<Choice> = Vec::new();
    let mut program = IntegerProgram::default();
    for &(candidate, own) in &people {
        let first = choices.len();
        let lock = wave.candidates[candidate].lock.as_ref();
        let may = |&placement: &Placement| {
            placement == own
                || lock.is_none_or(|lock| lock.agrees(wave, placement))
                    && judge.allowed(candidate, placement)
                    && worth(candidate, placement) >= worth(candidate, own)
        };
        let mine = published.iter().copied().filter(may);
        choices.extend(mine.map(|placement| Choice { candidate, placement, passing: worth(candidate, placement) }));
        program.rows.push(Row { entries: (first..choices.len()).map(|at| (at, 1)).collect(), side: Side::Exactly(1) });
    }
    program.columns = vec![Column { low: 0, high: 1, whole: true }; choices.len()];
    for &placement in &published {
        let there = people.iter().filter(|(_, own)| *own == placement).count();
        let entries = choices.iter().enumerate().filter(|(_, it)| it.placement == placement).map(|(at, _)| (at, 1)).collect();
        program.rows.push(Row { entries, side: Side::Exactly(i64::try_from(there).ok()?) });
    }
    let fixed: Vec<(CandidateId, Placement)> =
        plan.pairs().filter_map(|(candidate, at)| Some((candidate, (*at)?))).filter(|(it, _)| started(*it)).collect();
    program.rows.extend(limits(wave, &choices, &fixed));
    program.rows.extend(changes(wave, &judge, &choices, &fixed, least_changes));
    let points: Vec<i64> = choices.iter().map(|it| it.passing).collect();
    let before: i64 = people.iter().map(|&(candidate, own)| worth(candidate, own)).sum();
    let best = most(&program, &points, before, control)?.1;
    program.rows.push(Row { entries: points.iter().copied().enumerate().filter(|it| it.1 != 0).collect(), side: Side::AtLeast(best) });
    let stays: Vec<i64> = choices.iter().map(|it| i64::from(plan[it.candidate] == Some(it.placement))).collect();
    // Without a better plan, the one that was published has everybody stay.
    let known = if best > before { 0 } else { i64::try_from(people.len()).ok()? };
    let (chosen, _) = most(&program, &stays, known, control)?;
    let mut after = plan.clone();
    for (choice, _) in choices.iter().zip(&chosen).filter(|(_, value)| **value == 1) {
        after[choice.candidate] = Some(choice.placement);
    }
    if !judge.obeys(&after, least_changes) {
        return None;
    }
    let movers: Vec<Taker> = people
        .iter()
        .filter_map(|&(candidate, from)| {
            let to = after[candidate]?;
            (to != from).then(|| Taker { candidate, from, to, passing: (worth(candidate, from), worth(candidate, to)) })
        })
        .collect();
    let alone = |people: &[Taker]| {
        let mut one = plan.clone();
        people.iter().for_each(|it| one[it.candidate] = Some(it.to));
        judge.obeys(&one, least_changes)
    };
    let cycles = cycles(movers).into_iter().map(|people| Cycle { alone: alone(&people), people }).collect();
    Some(Swaps { passing: (before, best), cycles, plan: after })
}

/// The shared limits that look at who has a placement; all others stay as they are.
fn limits(wave: &Wave, choices: &[Choice], fixed: &[(CandidateId, Placement)]) -> Vec<Row> {
    let written = RULES.iter().filter_map(|rule| if let Kind::Shared { write, .. } = rule.kind { Some(write(wave)) } else { None });
    let personal = written.flatten().filter(|limit| limit.weight != Weight::One || limit.together.is_some());
    personal
        .map(|limit| {
            let weight = |candidate, placement| match limit.counts(wave, candidate, placement) {
                true => limit.weight.of(wave, candidate, placement),
                false => 0,
            };
            let used: i64 = fixed.iter().map(|&(candidate, placement)| weight(candidate, placement)).sum();
            let entries = choices.iter().enumerate().map(|(at, it)| (at, weight(it.candidate, it.placement)));
            Row { entries: entries.filter(|it| it.1 != 0).collect(), side: Side::AtMost(limit.at_most - used) }
        })
        .filter(|row| !row.entries.is_empty())
        .collect()
}

/// How many may change, when the policy limits it.
fn changes(
    wave: &Wave,
    judge: &Judge<'_>,
    choices: &[Choice],
    fixed: &[(CandidateId, Placement)],
    least_changes: Option<u32>,
) -> Option<Row> {
    let most = i64::from(least_changes?) + i64::from(wave.policy.max_changes?);
    let changed = |candidate, placement| i64::from(keep::changes(wave, candidate, judge.keepable(candidate), placement));
    let placed =
        |candidate: CandidateId| choices.iter().any(|it| it.candidate == candidate) || fixed.iter().any(|&(it, _)| it == candidate);
    let gone: i64 = wave.candidates.ids().filter(|&it| !placed(it)).map(|it| changed(it, None)).sum();
    let used: i64 = fixed.iter().map(|&(candidate, placement)| changed(candidate, Some(placement))).sum();
    let entries = choices.iter().enumerate().map(|(at, it)| (at, changed(it.candidate, Some(it.placement))));
    Some(Row { entries: entries.filter(|it| it.1 != 0).collect(), side: Side::AtMost(most - used - gone) })
}

/// The best choice, proven and checked in integers.
fn most(program: &IntegerProgram, points: &[i64], known: i64, control: &dyn Control) -> Option<(Vec<i64>, i64)> {
    let checked = |values: &[i64]| Some((values.to_vec(), program.checked(points, values)?));
    match readable::maximise(program, points, Some(known), &checked, control) {
        readable::Answer::Best { values, value } => Some((values, value)),
        readable::Answer::Infeasible | readable::Answer::OutOfTime | readable::Answer::Failed(_) => None,
    }
}

/// Who takes whose placement, round by round.
fn cycles(mut left: Vec<Taker>) -> Vec<Vec<Taker>> {
    let mut cycles = Vec::new();
    while !left.is_empty() {
        let mut cycle = vec![left.remove(0)];
        while let Some(next) = cycle.last().and_then(|last| left.iter().position(|it| last.to != cycle[0].from && it.from == last.to)) {
            cycle.push(left.remove(next));
        }
        cycles.push(cycle);
    }
    cycles
}
