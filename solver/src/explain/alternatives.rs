//! What else for one candidate: the placements with the smallest price, one by one, each exact and the best of all that are left.
//!
//! The candidate must be placed, and what was given before is forbidden: the solve itself then chooses the best of what is left (the
//! k-best procedure of Lawler 1972, for one person's choice). Nothing is screened away, so the order is exact.

use crate::control::Control;
use crate::ids::CandidateId;
use crate::plan::Placement;

use super::Base;
use super::ask::{Answer, Asked, ask};
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
    /// Whether the order is exact: no alternative left out is better than one given. Where the policy limits changes, forbidding a
    /// placement may move that limit, and each price is solved for apart: prices are exact then, the choice of alternatives may not be.
    pub ordered: bool,
}

/// At most `most` alternatives to the candidate's placement in the plan shown, with `given` (what-ifs that hold anyway). Each is heard as
/// soon as it is known.
pub fn alternatives(
    base: &Base<'_>,
    candidate: CandidateId,
    by: By,
    given: &[Change],
    most: usize,
    control: &dyn Control,
    heard: &mut dyn FnMut(&Alternative),
) -> Alternatives {
    let mut changes = given.to_vec();
    changes.push(Change::must(candidate));
    if let Some(placement) = base.plan[candidate] {
        changes.push(Change::Forbid { candidate, spot: by.spot(placement) });
    }
    let limited = base.wave.policy.max_changes.is_some();
    let mut result = Alternatives { found: Vec::new(), all: false, stopped: false, ordered: !limited };
    while result.found.len() < most {
        if control.stopped() {
            result.stopped = true;
            break;
        }
        let answer = ask(base, &changes, control);
        let Answer::Possible(mut asked) = answer else {
            result.all = matches!(answer, Answer::Impossible(_));
            result.stopped = matches!(answer, Answer::Stopped);
            break;
        };
        let Some(placement) = asked.plan[candidate] else { break };
        if limited {
            let mut forced = given.to_vec();
            forced.push(Change::place(candidate, placement));
            match ask(base, &forced, control) {
                Answer::Possible(exact) => asked = exact,
                Answer::Impossible(_) | Answer::Contradiction(_) => {
                    changes.push(Change::Forbid { candidate, spot: by.spot(placement) });
                    continue;
                }
                Answer::Stopped => {
                    result.stopped = true;
                    break;
                }
            }
        }
        if control.stopped() && !asked.proven() {
            result.stopped = true;
            break;
        }
        result.ordered &= asked.proven();
        changes.push(Change::Forbid { candidate, spot: by.spot(placement) });
        let alternative = Alternative { placement, asked: *asked };
        heard(&alternative);
        result.found.push(alternative);
    }
    if limited {
        result.found.sort_by(|one, other| one.asked.rank(&other.asked));
    }
    result
}
