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
    unnoticed: usize,
}

impl Report {
    /// Adds a problem at a place.
    pub fn problem(&self, code: &'static str, spot: &Spot, what: impl Into<String>, remedy: impl Into<String>) {
        self.add(|| Problem { code, pointer: spot.pointer(), place: spot.words(), what: what.into(), remedy: remedy.into() });
    }

    /// Counts a problem; whether there is room to tell it too. What is only counted need not be put into words.
    pub fn tells(&self) -> bool {
        let mut found = self.found.borrow_mut();
        let room = found.problems.len() < MOST_PROBLEMS;
        found.more += usize::from(!room);
        room
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
        self.found.borrow_mut().more += refusal.more;
        // How many more there are is told once, at the end of everything.
        for problem in refusal.problems.into_iter().filter(|it| refusal.more == 0 || it.code != "meer") {
            let place = if before.is_empty() { problem.place } else { format!("{}, {}", spot.words(), problem.place) };
            self.add(|| Problem { pointer: format!("{before}{}", problem.pointer), place, ..problem });
        }
        refusal.notices.into_iter().for_each(|notice| self.noticed(|| notice));
    }

    /// Adds a notice of a kind at a place.
    pub fn notice(&self, code: &'static str, spot: &Spot, text: String) {
        self.noticed(|| {
            let text = format!("{}: {text}", spot.words());
            Notice { code, pointer: spot.pointer(), text }
        });
    }

    fn noticed(&self, notice: impl FnOnce() -> Notice) {
        let mut found = self.found.borrow_mut();
        if found.notices.len() >= MOST_PROBLEMS {
            found.unnoticed += 1;
            return;
        }
        found.notices.push(notice());
    }

    /// How many problems there are so far.
    pub fn count(&self) -> usize {
        let found = self.found.borrow();
        found.problems.len() + found.more
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
        let Found { mut problems, more, mut notices, unnoticed } = self.found.into_inner();
        problems.sort_by_cached_key(|problem| order(&problem.pointer));
        notices.sort_by_cached_key(|notice| order(&notice.pointer));
        if unnoticed > 0 {
            let text = format!("er zijn nog {unnoticed} meldingen die hier niet staan");
            notices.push(Notice { code: "meer", pointer: String::new(), text });
        }
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
                Err(Refusal { problems, more, notices })
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
            code: broken.code,
            pointer: String::new(),
            place: format!("regel {}, teken {}", broken.line, broken.column),
            what: broken.what.into(),
            remedy: broken.remedy.into(),
        }],
        more: 0,
        notices: Vec::new(),
    }
}
