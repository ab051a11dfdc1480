//! One question: the changed wave solved with the same policy, its price per goal and who is placed otherwise.

use std::cmp::Ordering;

use crate::common::control::Control;
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::outcome::{Conflict, Outcome, Verdict};
use crate::matching::facts::plan::{Placement, Plan};
use crate::matching::facts::wave::Wave;
use crate::matching::judge;
use crate::matching::solve::{Memory, Options, solve_near};

use super::change::{Change, Contradiction, changed};
use super::{Base, Known, over};

/// V_i(changed) − V_i: exact when both ends are the same. An end that is not known is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// At least this.
    pub least: Option<i64>,
    /// At most this.
    pub most: Option<i64>,
}

impl Span {
    /// The difference, when it is proven.
    pub fn exact(self) -> Option<i64> {
        self.least.filter(|_| self.least == self.most)
    }
}

/// Somebody who is placed otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Who.
    pub candidate: CandidateId,
    /// Placement in the plan that is compared with: the one shown, or a better one ([`Base::reference`]).
    pub from: Option<Placement>,
    /// Placement in the answer.
    pub to: Option<Placement>,
}

/// What a change comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Per goal, V_i(changed) − V_i.
    pub price: Vec<Span>,
    /// What is known of each goal of the changed wave.
    pub goals: Vec<Known>,
    /// Everybody placed otherwise in [`Asked::plan`], each after the one whose place they take where there is one.
    pub movers: Vec<Move>,
    /// No plan with these goal values has fewer movers than this.
    pub least_movers: usize,
    /// A plan with fewest differences among those that the goals allow; it has passed the judge.
    pub plan: Plan,
}

impl Asked {
    /// Whether every price and the number of movers is proven.
    pub fn proven(&self) -> bool {
        self.movers.len() == self.least_movers && self.price.iter().all(|span| span.exact().is_some())
    }

    /// Better answers first: by the price of each goal in order, then by the number of movers.
    pub fn rank(&self, other: &Asked) -> Ordering {
        let key = |asked: &Asked| -> Vec<i64> { asked.price.iter().map(|span| -span.least.unwrap_or(i64::MIN + 1)).collect() };
        key(self).cmp(&key(other)).then(self.movers.len().cmp(&other.movers.len()))
    }

    /// Whether nothing gets worse or better.
    pub fn free(&self) -> bool {
        self.price.iter().all(|span| span.exact() == Some(0))
    }
}

/// How a question ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// There is a plan.
    Possible(Box<Asked>),
    /// No plan obeys the locks; an irreducible set of them, with the rules they meet.
    Impossible(Vec<Conflict>),
    /// The changes contradict the wave or each other.
    Contradiction(Contradiction),
    /// Stopped before a plan was known.
    Stopped,
}

impl Answer {
    /// What it comes to, when there is a plan.
    pub fn possible(&self) -> Option<&Asked> {
        match self {
            Answer::Possible(asked) => Some(asked),
            Answer::Impossible(_) | Answer::Contradiction(_) | Answer::Stopped => None,
        }
    }
}

/// Solves the wave with these changes, and ends as close to the plan shown as the goals allow.
pub fn ask(base: &Base<'_>, changes: &[Change], control: &dyn Control) -> Answer {
    match changed(base.wave, changes) {
        Ok(wave) => {
            let (outcome, nearest) = solve_near(&wave, &Options { tuning: base.tuning, ..Options::default() }, &base.memory, control);
            answer(base, &wave, outcome, nearest, control)
        }
        Err(contradiction) => Answer::Contradiction(contradiction),
    }
}

/// [`ask`], starting from what is known of nearly the same question; also gives what the next one like it can start from. That is the
/// same plan to end near to, with the prices of this answer; without prices to start from none are made.
pub(crate) fn ask_from(base: &Base<'_>, memory: &Memory, changes: &[Change], control: &dyn Control) -> (Answer, Memory) {
    let wave = match changed(base.wave, changes) {
        Ok(wave) => wave,
        Err(contradiction) => return (Answer::Contradiction(contradiction), memory.clone()),
    };
    let certificate = memory.certificates.iter().any(Option::is_some);
    let (outcome, nearest) = solve_near(&wave, &Options { certificate, tuning: base.tuning, ..Options::default() }, memory, control);
    let after = match Memory::of(&outcome) {
        Some(Memory { plan: reached, mut certificates }) if certificate => {
            let bare = certificates.iter_mut().flatten().filter(|certificate| certificate.witness.is_none());
            bare.for_each(|certificate| certificate.witness = Some(reached.clone()));
            Memory { plan: memory.plan.clone(), certificates }
        }
        _ => memory.clone(),
    };
    (answer(base, &wave, outcome, nearest, control), after)
}

/// What the outcome of the changed wave says.
fn answer(base: &Base<'_>, wave: &Wave, outcome: Outcome, nearest: Option<(i64, i64)>, control: &dyn Control) -> Answer {
    match (outcome.verdict, outcome.plan) {
        (Verdict::Impossible, _) => Answer::Impossible(outcome.conflict),
        (_, None) => Answer::Stopped,
        (_, Some(plan)) => {
            if !judge::judge(wave, &plan, outcome.least_changes).breaches.is_empty() {
                return Answer::Stopped;
            }
            let goals: Vec<Known> = outcome.goals.iter().map(|goal| Known { best: goal.best, bound: goal.bound }).collect();
            let movers = movers(base.wave, base.reference(), &plan);
            let settled = outcome.goals.iter().all(|goal| goal.proven());
            let least_movers = match nearest {
                Some((_, bound)) if settled => fewest(base.reference(), bound).min(movers.len()),
                _ => 0,
            };
            let asked = Asked { price: price(&base.goals, &goals), goals, movers, least_movers, plan };
            // Broken off halfway: only what is confirmed is said.
            if over(control) && !asked.proven() { Answer::Stopped } else { Answer::Possible(Box::new(asked)) }
        }
    }
}

/// The fewest differences when at most `near` more people are placed as shown than are placed though the plan leaves them out.
pub(super) fn fewest(shown: &Plan, near: i64) -> usize {
    let placed = i64::try_from(super::placed(shown)).unwrap_or(i64::MAX);
    usize::try_from(placed.saturating_sub(near)).unwrap_or(0)
}

/// Differences of goals: after a goal that is not proven, a best value says nothing about V_i any more, a bound still does.
fn price(before: &[Known], after: &[Known]) -> Vec<Span> {
    let (mut sure_before, mut sure_after) = (true, true);
    before
        .iter()
        .zip(after)
        .map(|(before, after)| {
            let span = Span {
                least: sure_after.then(|| after.best.saturating_sub(before.bound)),
                most: sure_before.then(|| after.bound.saturating_sub(before.best)),
            };
            sure_before &= before.proven();
            sure_after &= after.proven();
            span
        })
        .collect()
}

/// Everybody placed otherwise: first who was not placed by the plan shown, then along the chain of places that are taken over.
pub(super) fn movers(wave: &Wave, before: &Plan, plan: &Plan) -> Vec<Move> {
    let mut left: Vec<Move> = wave
        .candidates_by_row()
        .into_iter()
        .filter(|&candidate| before[candidate] != plan[candidate])
        .map(|candidate| Move { candidate, from: before[candidate], to: plan[candidate] })
        .collect();
    let mut chain: Vec<Move> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let taken = chain.last().and_then(|last| last.to);
        let follows = |step: &Move, whole: bool| match (step.from, taken) {
            (Some(from), Some(to)) => from.seat == to.seat || !whole && from.coach == to.coach,
            _ => false,
        };
        let next = left
            .iter()
            .position(|step| follows(step, true))
            .or_else(|| left.iter().position(|step| follows(step, false)))
            .or_else(|| left.iter().position(|step| step.from.is_none()))
            .unwrap_or(0);
        chain.push(left.remove(next));
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_exact_only_when_both_values_are_proven_and_open_after_an_unproven_goal() {
        let known = |best, bound| Known { best, bound };
        let before = [known(5, 5), known(10, 12), known(3, 3)];
        let after = [known(4, 4), known(9, 9), known(1, 2)];
        let spans = price(&before, &after);
        assert_eq!(spans[0].exact(), Some(-1));
        assert_eq!(spans[1], Span { least: Some(-3), most: Some(-1) });
        // V_3 of the plan shown was found on floors that may be wrong: its best value is no lower bound, so the price has no upper end.
        assert_eq!(spans[2], Span { least: Some(-2), most: None });
    }

    #[test]
    fn the_fewest_differences_follow_from_how_near_a_plan_can_come() {
        let at = Placement { seat: crate::matching::facts::ids::SeatId(0), coach: crate::matching::facts::ids::CoachId(0) };
        let shown: Plan = vec![Some(at), Some(at), None].into();
        assert_eq!(fewest(&shown, 2), 0);
        assert_eq!(fewest(&shown, -1), 3);
    }
}
