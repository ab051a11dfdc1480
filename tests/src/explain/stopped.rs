//! A question that is stopped says only what is confirmed, and that it was stopped.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use loket_solver::common::control::Control;
use loket_solver::matching::ask::explain::alternatives::{By, alternatives};
use loket_solver::matching::ask::explain::ask::Answer;
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
        let found = scarcity(&case.base, 4, &|_| true, &control());
        let asked = found.worth.len() + found.idle;
        case.holds("stopped scarcity says so", asked == found.candidates.min(4) || found.stopped, &|| format!("{found:?}"));
        for worth in &found.worth {
            let answer = Answer::Possible(Box::new(worth.asked.clone()));
            case.answer("a gain before the stop", &answer, &case.edited(std::slice::from_ref(&worth.change)), &|_| true);
        }
    }
}
