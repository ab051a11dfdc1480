//! Gathers problems and notices while a file is read, so that all of them come at once.

use std::cell::RefCell;

use super::json::Broken;
use super::spot::Spot;
use crate::strict::problem::{MOST_PROBLEMS, Notice, Problem, Refusal};

/// Everything found so far.
#[derive(Debug, Default)]
pub struct Report {
    found: RefCell<Found>,
}

#[derive(Debug, Default)]
struct Found {
    problems: Vec<Problem>,
    more: usize,
    notices: Vec<Notice>,
}

impl Report {
    /// Adds a problem at a place.
    pub fn problem(&self, code: &'static str, spot: &Spot, what: impl Into<String>, remedy: impl Into<String>) {
        self.add(|| Problem { code, pointer: spot.pointer(), place: spot.words(), what: what.into(), remedy: remedy.into() });
    }

    fn add(&self, problem: impl FnOnce() -> Problem) {
        let mut found = self.found.borrow_mut();
        if found.problems.len() >= MOST_PROBLEMS {
            found.more += 1;
            return;
        }
        found.problems.push(problem());
    }

    /// Adds what another reader found in the value at a place.
    pub fn take(&self, spot: &Spot, refusal: Refusal) {
        let before = spot.pointer();
        for problem in refusal.problems {
            let place = if before.is_empty() { problem.place } else { format!("{}, {}", spot.words(), problem.place) };
            self.add(|| Problem { pointer: format!("{before}{}", problem.pointer), place, ..problem });
        }
        self.found.borrow_mut().notices.extend(refusal.notices);
    }

    /// Adds a notice of a kind at a place.
    pub fn notice(&self, code: &'static str, spot: &Spot, text: String) {
        let text = format!("{}: {text}", spot.words());
        let notice = Notice { code, pointer: spot.pointer(), text };
        self.found.borrow_mut().notices.push(notice);
    }

    /// Whether nothing is wrong so far.
    pub fn clean(&self) -> bool {
        self.found.borrow().problems.is_empty()
    }

    /// What was made together with the notices, or everything that is wrong.
    ///
    /// # Errors
    /// Every problem, by place.
    pub fn close<T>(self, made: Option<T>) -> Result<(T, Vec<Notice>), Refusal> {
        let Found { mut problems, more, mut notices } = self.found.into_inner();
        problems.sort_by_cached_key(|problem| order(&problem.pointer));
        notices.sort_by_cached_key(|notice| order(&notice.pointer));
        match made {
            Some(made) if problems.is_empty() => Ok((made, notices)),
            _ => {
                if more > 0 || problems.is_empty() {
                    problems.push(Problem {
                        code: "meer",
                        pointer: String::new(),
                        place: "het hele bestand".into(),
                        what: format!("er zijn nog {more} problemen die hier niet staan"),
                        remedy: "los eerst de problemen hierboven op en lees het bestand opnieuw in".into(),
                    });
                }
                Err(Refusal { problems, notices })
            }
        }
    }
}

/// Sorts places by section, then by row, so that neither the way of checking nor the seed shows in the list.
fn order(pointer: &str) -> Vec<(usize, String)> {
    let part = |part: &str| match part.parse() {
        Ok(row) => (row, String::new()),
        Err(_) => (0, part.to_owned()),
    };
    pointer.split('/').map(part).collect()
}

/// The refusal of a file that is not JSON.
pub fn broken(broken: &Broken) -> Refusal {
    Refusal {
        problems: vec![Problem {
            code: "json",
            pointer: String::new(),
            place: format!("regel {}, teken {}", broken.line, broken.column),
            what: broken.what.into(),
            remedy: broken.remedy.into(),
        }],
        notices: Vec::new(),
    }
}
