//! Figures of a wave without anybody in them: how many are placed, on which choice and with which board; and what of that who may see.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::masked::{SMALL, Shown, parts, whole};
use crate::access::{Role, Scope};
use crate::store::Error;

/// How many of a wave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Candidates of the wave.
    pub candidates: i64,
    /// What its plan does for them, when it has one.
    pub plan: Option<Planned>,
    /// Boards with a school in the wave, each with how many are placed there.
    pub boards: BTreeMap<String, i64>,
}

/// What a plan does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    /// Placed.
    pub placed: i64,
    /// On the first, the second and a later choice of bouw.
    pub choices: [i64; 3],
}

/// The same as somebody may see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Candidates of the wave.
    pub candidates: Shown,
    /// Whether there is a plan.
    pub planned: bool,
    /// Placed.
    pub placed: Shown,
    /// Not placed.
    pub unplaced: Shown,
    /// On the first, the second and a later choice of bouw.
    pub choices: [Shown; 3],
    /// Placed by board: those of the scope.
    pub boards: Vec<(String, Shown)>,
    /// Whether anything is hidden.
    pub hidden: bool,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    scholen: Vec<School>,
    #[serde(default)]
    kandidaten: Vec<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct School {
    id: String,
    bestuur: String,
}

#[derive(Deserialize)]
struct Outcome {
    kerncijfers: Counts,
    plaatsingen: Vec<There>,
}

#[derive(Deserialize)]
struct Counts {
    geplaatst: i64,
    bouw_1e: i64,
    bouw_2e: i64,
    bouw_later: i64,
}

#[derive(Deserialize)]
struct There {
    school: String,
}

impl Figures {
    /// Counts a wave's file and the outcome that counts.
    ///
    /// # Errors
    /// When one of them is not what was kept.
    pub fn read(file: &[u8], outcome: Option<&[u8]>) -> Result<Self, Error> {
        let file: File = serde_json::from_slice(file)?;
        let mut figures = Self { candidates: i64::try_from(file.kandidaten.len()).unwrap_or(i64::MAX), ..Self::default() };
        let of: BTreeMap<String, String> = file.scholen.into_iter().map(|it| (it.id, it.bestuur)).collect();
        figures.boards = of.values().map(|board| (board.clone(), 0)).collect();
        if let Some(outcome) = outcome {
            let Outcome { kerncijfers: it, plaatsingen } = serde_json::from_slice(outcome)?;
            figures.plan = Some(Planned { placed: it.geplaatst, choices: [it.bouw_1e, it.bouw_2e, it.bouw_later] });
            for there in plaatsingen {
                if let Some(board) = of.get(&there.school) {
                    *figures.boards.entry(board.clone()).or_default() += 1;
                }
            }
        }
        Ok(figures)
    }

    /// Whether somebody with this scope may know of the wave at all: a board, when a school of its own is in it.
    pub fn touches(&self, scope: &Scope) -> bool {
        scope.boards().is_none_or(|own| own.iter().any(|it| self.boards.contains_key(it)))
    }

    /// What somebody sees of it: an intermediary all, a board its own numbers and those of the city without what is small, others those of
    /// the city and of every board without what is small.
    pub fn seen_by(&self, role: Role, scope: &Scope) -> Seen {
        let plan = self.plan.unwrap_or_default();
        let unplaced = (self.candidates - plan.placed).max(0);
        if matches!(role, Role::Intermediair | Role::Systeem) {
            return Seen {
                candidates: Some(self.candidates),
                planned: self.plan.is_some(),
                placed: Some(plan.placed),
                unplaced: Some(unplaced),
                choices: plan.choices.map(Some),
                boards: self.boards.iter().map(|(id, count)| (id.clone(), Some(*count))).collect(),
                hidden: false,
            };
        }
        let counts: Vec<i64> = self.boards.values().copied().collect();
        let own = |id: &str| role == Role::Bestuur && scope.of_board(id).is_some();
        let boards: Vec<(String, Shown)> = match role {
            // Its own seats are its own to count.
            Role::Bestuur => self.boards.iter().filter(|(id, _)| own(id)).map(|(id, count)| (id.clone(), Some(*count))).collect(),
            _ => self.boards.keys().cloned().zip(parts(&counts)).collect(),
        };
        // Who knows its own part of the city knows the rest of a total.
        let elsewhere: i64 = plan.placed - self.boards.iter().filter(|(id, _)| own(id)).map(|(_, count)| count).sum::<i64>();
        let (mut candidates, mut placed, unplaced_seen) = match self.plan {
            Some(_) => whole(plan.placed, unplaced),
            None => (Some(self.candidates).filter(|it| *it >= SMALL), None, None),
        };
        let mut choices = match (placed, parts(&plan.choices).as_slice()) {
            (Some(_), [first, second, later]) => [*first, *second, *later],
            _ => [None; 3],
        };
        if role == Role::Bestuur && self.plan.is_some() && elsewhere < SMALL {
            (candidates, placed, choices) = (None, None, [None; 3]);
        }
        let counted = [candidates, placed, unplaced_seen].into_iter().chain(choices).chain(boards.iter().map(|it| it.1));
        let hidden = if self.plan.is_some() { counted.into_iter().any(|it| it.is_none()) } else { candidates.is_none() };
        Seen { candidates, planned: self.plan.is_some(), placed, unplaced: unplaced_seen, choices, boards, hidden }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::access::{Caller, Through};

    fn scope(role: Role, of: &[&str]) -> Scope {
        let of = of.iter().map(|it| (*it).to_owned()).collect();
        Caller::account("a", role, of, Through::Token("t".into())).scope().clone()
    }

    fn figures(candidates: usize, placed: [i64; 3], boards: &[(&str, i64)]) -> Figures {
        let plan = Planned { placed: placed.iter().sum(), choices: placed };
        let boards = boards.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect();
        Figures { candidates: i64::try_from(candidates).unwrap(), plan: Some(plan), boards }
    }

    #[test]
    fn figures_are_counted_from_file_and_outcome() {
        let file = json!({
            "besturen": [{ "id": "B1" }, { "id": "B2" }, { "id": "B3" }],
            "scholen": [{ "id": "S1", "bestuur": "B1" }, { "id": "S2", "bestuur": "B2" }],
            "kandidaten": [{ "id": "Z1" }, { "id": "Z2" }, { "id": "Z3" }],
        });
        let outcome = json!({
            "kerncijfers": { "kandidaten": 3, "geplaatst": 2, "bouw_1e": 1, "bouw_2e": 1, "bouw_later": 0 },
            "plaatsingen": [{ "school": "S1" }, { "school": "S1" }],
        });
        let told = Figures::read(file.to_string().as_bytes(), Some(outcome.to_string().as_bytes())).unwrap();
        assert_eq!(told, figures(3, [1, 1, 0], &[("B1", 2), ("B2", 0)]));
        assert!(told.touches(&scope(Role::Bestuur, &["B2"])) && !told.touches(&scope(Role::Bestuur, &["B3"])));
        assert!(!told.touches(&scope(Role::Lezer, &[])), "a reader is let in by its role, not by a scope");
        assert_eq!(Figures::read(file.to_string().as_bytes(), None).unwrap().plan, None);
    }

    #[test]
    fn a_reader_sees_no_small_count_and_nothing_that_gives_one_away() {
        let all = figures(23, [12, 6, 3], &[("B1", 15), ("B2", 6)]);
        let seen = all.seen_by(Role::Lezer, &scope(Role::Lezer, &[]));
        assert_eq!((seen.candidates, seen.placed, seen.unplaced), (None, Some(21), None), "23 would say that two are left");
        assert_eq!(seen.choices, [Some(12), None, None]);
        assert_eq!(seen.boards, [("B1".to_owned(), Some(15)), ("B2".to_owned(), Some(6))]);
        assert!(seen.hidden);
        let shown = all.seen_by(Role::Intermediair, &scope(Role::Intermediair, &[]));
        assert_eq!((shown.candidates, shown.unplaced, shown.choices), (Some(23), Some(2), [Some(12), Some(6), Some(3)]));
    }

    #[test]
    fn a_board_sees_its_own_and_a_city_from_which_the_rest_does_not_follow() {
        let all = figures(30, [10, 8, 6], &[("B1", 20), ("B2", 4)]);
        let one = all.seen_by(Role::Bestuur, &scope(Role::Bestuur, &["B1"]));
        assert_eq!((one.boards.as_slice(), one.placed, one.candidates), (&[("B1".to_owned(), Some(20))][..], None, None));
        let other = all.seen_by(Role::Bestuur, &scope(Role::Bestuur, &["B2"]));
        assert_eq!((other.boards.as_slice(), other.placed), (&[("B2".to_owned(), Some(4))][..], Some(24)));
        assert_eq!((other.candidates, other.unplaced), (Some(30), Some(6)));
    }
}
