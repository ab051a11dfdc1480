//! What else for one candidate: one by one what the policy would choose if what came before were not there, each with its exact price.
//!
//! The candidate must be placed, and what was given before is forbidden: the solve itself then chooses the best of what is left (the
//! k-best procedure of Lawler 1972, for one person's choice), so nothing is screened away. A goal with a tolerance may then lie below
//! what the placement itself could reach; the price is solved for apart, with the placement forced. Both start from the prices of the
//! answer before: what is forced there is a part of what was just solved, so that its bounds mostly hold as they are.

use crate::common::control::Control;
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::plan::Placement;
use crate::matching::solve::Memory;

use super::Base;
use super::ask::{Answer, Asked, ask_from};
use super::change::{Change, Spot};

/// What counts as another alternative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Another seat group, with the coach that costs least.
    Seat,
    /// Another coach, at the seat group that costs least.
    Coach,
    /// Another seat group or another coach.
    Placement,
}

impl By {
    fn spot(self, placement: Placement) -> Spot {
        match self {
            By::Seat => Spot { seat: Some(placement.seat), ..Spot::default() },
            By::Coach => Spot { coach: Some(placement.coach), ..Spot::default() },
            By::Placement => placement.into(),
        }
    }
}

/// One alternative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Where and with whom.
    pub placement: Placement,
    /// What it comes to.
    pub asked: Asked,
}

/// Alternatives in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternatives {
    /// Best first.
    pub found: Vec<Alternative>,
    /// Whether there are no others.
    pub all: bool,
    /// Whether it was stopped before it had as many as were asked for.
    pub stopped: bool,
    /// Whether the order is exact: each is part of a best plan without the ones before. Not so where a solve was not proven, or where
    /// the policy limits changes, since forbidding a placement may move that limit; prices are exact then too.
    pub ordered: bool,
}

/// The first question about other placements of a candidate, answered: what the policy would choose if the one shown were not there.
#[derive(Clone, Debug)]
pub struct Start {
    candidate: CandidateId,
    by: By,
    changes: Vec<Change>,
    given: Vec<Change>,
    answer: Answer,
    memory: Memory,
    /// The same with the placement forced, once that was asked.
    exact: Option<Answer>,
}

impl Start {
    /// Asks it, with `given` (what-ifs that hold anyway).
    pub fn new(base: &Base<'_>, candidate: CandidateId, by: By, given: &[Change], control: &dyn Control) -> Self {
        let mut changes = given.to_vec();
        changes.push(Change::must(candidate));
        if let Some(placement) = base.plan[candidate] {
            changes.push(Change::Forbid { candidate, spot: by.spot(placement) });
        }
        let (answer, memory) = ask_from(base, &base.memory, &changes, control);
        Self { candidate, by, changes, given: given.to_vec(), answer, memory, exact: None }
    }

    /// The alternative with its exact price.
    pub fn first(&mut self, base: &Base<'_>, control: &dyn Control) -> Option<Alternative> {
        let Answer::Possible(chosen) = &self.answer else { return None };
        let placement = chosen.plan[self.candidate]?;
        if !same(base) && self.exact.is_none() {
            let mut forced = self.given.clone();
            forced.push(Change::place(self.candidate, placement));
            self.exact = Some(ask_from(base, &self.memory, &forced, control).0);
        }
        match self.exact.as_ref().unwrap_or(&self.answer) {
            Answer::Possible(asked) => Some(Alternative { placement, asked: Asked::clone(asked) }),
            _ => None,
        }
    }

    /// The same base, from where other questions about this candidate are answered sooner.
    pub fn near<'a>(&self, base: &Base<'a>) -> Base<'a> {
        Base { memory: self.memory.clone(), ..base.clone() }
    }
}

/// At most `most` alternatives to the candidate's placement in the plan shown, with `given` (what-ifs that hold anyway). Each is heard as
/// soon as its price is known; while it is solved for, the next one is already looked for.
pub fn alternatives(
    base: &Base<'_>,
    candidate: CandidateId,
    by: By,
    given: &[Change],
    most: usize,
    control: &dyn Control,
    heard: &mut (dyn FnMut(&Alternative) + Send),
) -> Alternatives {
    from(base, Start::new(base, candidate, by, given, control), most, control, heard)
}

/// Whether the best of what is left is the forced placement's own best, price and all.
fn same(base: &Base<'_>) -> bool {
    base.wave.policy.max_changes.is_none() && base.wave.policy.goals.iter().all(|goal| goal.tolerance_percent == 0)
}

/// [`alternatives`], of which the first question has been answered.
pub fn from(
    base: &Base<'_>,
    start: Start,
    most: usize,
    control: &dyn Control,
    heard: &mut (dyn FnMut(&Alternative) + Send),
) -> Alternatives {
    let Start { candidate, by, mut changes, given, answer, memory, mut exact } = start;
    let limited = base.wave.policy.max_changes.is_some();
    let mut result = Alternatives { found: Vec::new(), all: false, stopped: false, ordered: !limited };
    let same = same(base);
    let mut next = (most > 0).then_some((answer, memory));
    while let Some((answer, memory)) = next.take() {
        let Answer::Possible(chosen) = answer else {
            result.all = matches!(answer, Answer::Impossible(_));
            result.stopped = matches!(answer, Answer::Stopped);
            break;
        };
        let Some(placement) = chosen.plan[candidate] else { break };
        result.ordered &= chosen.proven();
        changes.push(Change::Forbid { candidate, spot: by.spot(placement) });
        let mut forced = given.clone();
        forced.push(Change::place(candidate, placement));
        let more = result.found.len() + 1 < most;
        let mut tell = |answer: Answer| match answer {
            Answer::Possible(asked) => {
                let alternative = Alternative { placement, asked: *asked };
                heard(&alternative);
                result.found.push(alternative);
                true
            }
            Answer::Impossible(_) | Answer::Contradiction(_) => true,
            Answer::Stopped => false,
        };
        let known = if same { Some(Answer::Possible(chosen)) } else { exact.take() };
        let (told, following) = rayon::join(
            || tell(known.unwrap_or_else(|| ask_from(base, &memory, &forced, control).0)),
            || more.then(|| ask_from(base, &memory, &changes, control)),
        );
        if !told {
            result.stopped = true;
            break;
        }
        next = following;
    }
    result
}
