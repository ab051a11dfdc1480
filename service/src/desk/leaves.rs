//! What a plan leaves of seats and coach hours, beside what the next wave is expected to need.

use super::fairness::Report;
use super::planning::next::Next;

/// How much is left of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// So much is not used.
    pub left: i64,
    /// Of so much.
    pub of: i64,
    /// So much is expected to be needed, where that is known.
    pub needed: Option<i64>,
}

impl Left {
    fn of((used, of): (i64, i64), needed: Option<i64>) -> Self {
        Self { left: (of - used).max(0), of, needed }
    }

    /// Whether more is needed than is left.
    pub fn short(&self) -> bool {
        self.needed.is_some_and(|needed| needed > self.left)
    }
}

/// What a plan leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaves {
    /// Seats of each bouw, in the order of the bouwen.
    pub bouwen: [Left; 3],
    /// Seats together.
    pub seats: Left,
    /// Hours of coaches.
    pub hours: Left,
    /// Boards where fewer seats are left than are expected to be needed there, by name.
    pub short: Vec<(String, Left)>,
}

/// What a plan with these figures leaves for the next wave.
pub fn leaves(report: &Report, next: Option<&Next>) -> Leaves {
    let [low, middle, high, all] = report.seats();
    let hours = report.coaches.iter().fold((0, 0), |sum, it| (sum.0 + it.hours, sum.1 + it.of_hours));
    let board = |(id, name, needed): &(String, String, i64)| {
        let board = report.boards.iter().find(|it| it.id == *id)?;
        Some((name.clone(), Left::of(board.all(), Some(*needed)))).filter(|(_, left)| left.short())
    };
    Leaves {
        bouwen: [low, middle, high].map(|it| Left::of(it, None)),
        seats: Left::of(all, next.map(|it| it.people)),
        hours: Left::of(hours, next.map(|it| it.hours)),
        short: next.into_iter().flat_map(|it| &it.boards).filter_map(board).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::fairness::{Board, Full};

    fn board(id: &str, bouwen: [(i64, i64); 3]) -> Board {
        Board { id: id.into(), name: id.into(), bouwen }
    }

    #[test]
    fn what_is_left_stands_beside_what_is_needed_and_boards_that_come_short_are_named() {
        let coach = Full { id: "K1".into(), external: false, people: 2, most: 4, hours: 120, of_hours: 240 };
        let boards = vec![board("B1", [(2, 5), (0, 1), (0, 0)]), board("B2", [(1, 1), (0, 0), (2, 2)])];
        let report = Report { boards, coaches: vec![coach], ..Report::default() };
        let alone = leaves(&report, None);
        assert_eq!((alone.bouwen.map(|it| it.left), alone.seats, alone.short.len()), ([3, 1, 0], Left { left: 4, of: 9, needed: None }, 0));
        let boards = vec![("B1".to_owned(), "Een".to_owned(), 4), ("B2".into(), "Twee".into(), 1), ("B3".into(), "Elders".into(), 7)];
        let next = Next { plan: "p".into(), name: None, month: 0, people: 4, computed: true, boards, hours: 121 };
        let found = leaves(&report, Some(&next));
        assert!(!found.seats.short() && found.hours.short(), "{found:?}");
        assert_eq!(found.short, [("Twee".to_owned(), Left { left: 0, of: 3, needed: Some(1) })]);
    }
}
