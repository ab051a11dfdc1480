//! The cheapest ways to place the rest: for everybody without a place the smallest change that gives one, and what all of them come to
//! together.

use crate::common::control::Control;
use crate::matching::facts::ids::CandidateId;

use super::Base;
use super::ask::{Answer, ask};
use super::change::Change;
use super::none::{Why, why_none};
use super::{over, placed};

/// One way to place people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// What changes; most often one thing.
    pub changes: Vec<Change>,
    /// Whose explanation asks for it.
    pub of: Vec<CandidateId>,
    /// How many more people the plan then places.
    pub places: i64,
    /// What it comes to.
    pub answer: Answer,
}

/// Ways to place the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// Most people placed per change first.
    pub ways: Vec<Way>,
    /// What all ways together come to, and how many more people are placed then; when there are two ways or more.
    pub together: Option<(Answer, i64)>,
    /// Whom no way was found for, in the order of the file's rows.
    pub without: Vec<CandidateId>,
    /// Whether it was stopped before everybody was looked at.
    pub stopped: bool,
}

/// Looks for the smallest change for each candidate without a place.
pub fn rest(base: &Base<'_>, control: &dyn Control) -> Rest {
    let mut result = Rest { ways: Vec::new(), together: None, without: Vec::new(), stopped: false };
    for candidate in base.unplaced() {
        if over(control) {
            result.stopped = true;
            break;
        }
        let Some(why) = why_none(base, candidate, 1, control) else { continue };
        let stopped = why.stopped();
        let Some(changes) = smallest(why) else {
            // Cut off: whether there is a way is not known.
            match stopped {
                true => result.stopped = true,
                false => result.without.push(candidate),
            }
            continue;
        };
        if let Some(way) = result.ways.iter_mut().find(|way| way.changes == changes) {
            way.of.push(candidate);
            continue;
        }
        let answer = ask(base, &changes, control);
        if answer == Answer::Stopped {
            result.stopped = true;
            break;
        }
        let places = gained(base, &answer);
        result.ways.push(Way { changes, of: vec![candidate], places, answer });
    }
    // Most people per change: places / changes, compared without dividing.
    result.ways.sort_by_key(|way| -(way.places * 1000 / i64::try_from(way.changes.len().max(1)).unwrap_or(1)));
    if result.ways.len() > 1 && !over(control) {
        let mut all: Vec<Change> = Vec::new();
        for change in result.ways.iter().flat_map(|way| &way.changes) {
            if !all.contains(change) {
                all.push(change.clone());
            }
        }
        let answer = ask(base, &all, control);
        let places = gained(base, &answer);
        result.together = Some((answer, places)).filter(|(answer, _)| *answer != Answer::Stopped);
    }
    result.stopped |= result.ways.len() > 1 && result.together.is_none();
    result
}

fn smallest(why: Why) -> Option<Vec<Change>> {
    match why {
        Why::Pairs { openings, .. } => openings.into_iter().find(|it| it.places == Some(true)).map(|it| vec![it.change]),
        Why::Limits { reasons, .. } => {
            reasons.into_iter().next().map(|it| it.growth.into_iter().map(|(limit, by)| Change::More { limit, by }).collect())
        }
        Why::Costly { .. } | Why::Goal(_) | Why::Nothing | Why::Unproven | Why::Stopped | Why::Open => None,
    }
}

fn gained(base: &Base<'_>, answer: &Answer) -> i64 {
    let after = answer.possible().map_or(0, |asked| i64::try_from(placed(&asked.plan)).unwrap_or(0));
    if answer.possible().is_none() { 0 } else { after - i64::try_from(placed(&base.plan)).unwrap_or(0) }
}
