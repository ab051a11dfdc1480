//! A question that is stopped says only what is confirmed, and that it was stopped.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use loket_solver::common::control::Control;
use loket_solver::matching::ask::explain::alternatives::{By, alternatives};
use loket_solver::matching::ask::explain::ask::Answer;
use loket_solver::matching::ask::explain::none::{Why, why_none};
use loket_solver::matching::ask::explain::rest::rest;
use loket_solver::matching::ask::explain::scarcity::scarcity;
use loket_solver::matching::ask::explain::why::why;

use super::Case;

/// Says "stop" from the k-th time it is asked.
struct StopAt(AtomicU64);

impl Control for StopAt {
    fn stopped(&self) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| Some(left.saturating_sub(1))) == Ok(0)
    }
    fn left(&self) -> Option<Duration> {
        None
    }
    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
}

pub(super) fn check(case: &Case<'_>) {
    let wave = case.wave();
    for after in [0, 5, 40] {
        let control = || StopAt(AtomicU64::new(after));
        for candidate in wave.candidates.ids().take(2) {
            let found = alternatives(&case.base, candidate, By::Seat, &[], 3, &control(), &mut |_| {});
            case.holds("a stopped list says so", found.found.len() == 3 || found.all || found.stopped, &|| format!("{found:?}"));
            for it in &found.found {
                let answer = Answer::Possible(Box::new(it.asked.clone()));
                case.answer("an alternative before the stop", &answer, wave, &|plan| plan[candidate] == Some(it.placement));
            }
            if let Some(found) = why(&case.base, candidate, 3, &control()) {
                let told = found.open.iter().take(3).filter(|it| it.answer.is_some()).count();
                let asked = found.open.len().min(3);
                case.holds("a stopped why says so", told == asked || found.stopped, &|| format!("{found:?}"));
                for it in &found.open {
                    if let Some(answer) = &it.answer {
                        case.answer("a better placement before the stop", answer, wave, &|plan| plan[candidate] == Some(it.placement));
                    }
                }
            }
        }
        for candidate in case.base.unplaced() {
            let Some(found) = why_none(&case.base, candidate, 3, &control()) else { continue };
            // The plan shown is proven, and says so whatever becomes of the question.
            case.holds("a stopped question calls no proven plan unproven", found != Why::Unproven, &|| format!("{found:?}"));
            let cut = match &found {
                Why::Pairs { openings, .. } => openings.iter().take(3).any(|it| it.places.is_none() || it.answer.is_none()),
                Why::Limits { reasons, proven, .. } => !proven || reasons.iter().any(|it| it.answer.is_none()),
                Why::Stopped => true,
                Why::Costly { .. } | Why::Goal(_) | Why::Nothing | Why::Unproven | Why::Open => false,
            };
            case.holds("a stopped why-none says so", cut == found.stopped(), &|| format!("{found:?}"));
        }
        let found = rest(&case.base, &control());
        let known = found.ways.iter().map(|way| way.of.len()).sum::<usize>() + found.without.len();
        case.holds("a stopped look at the rest says so", known == case.base.unplaced().len() || found.stopped, &|| format!("{found:?}"));
        let open = found.ways.iter().any(|way| way.answer == Answer::Stopped);
        case.holds("what was not worked out is no way", !open, &|| format!("{found:?}"));
        let found = scarcity(&case.base, 4, &|_| true, &control());
        let asked = found.worth.len() + found.idle;
        case.holds("stopped scarcity says so", asked == found.candidates.min(4) || found.stopped, &|| format!("{found:?}"));
        for worth in &found.worth {
            let answer = Answer::Possible(Box::new(worth.asked.clone()));
            case.answer("a gain before the stop", &answer, &case.edited(std::slice::from_ref(&worth.change)), &|_| true);
        }
    }
}
