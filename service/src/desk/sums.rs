//! The figures of a plan without anybody in them: what a steering group sees. Small counts are hidden, and what would give them away.

use super::fairness::Report;
use super::masked::{Shown, parts, whole};
use super::small::table;

/// From this many on a mean or a sum is of nobody in particular.
const MANY: i64 = super::masked::SMALL;

/// Figures of a plan; nothing where a count is hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Candidates.
    pub candidates: Shown,
    /// Placed.
    pub placed: Shown,
    /// First, second and later choice of bouw, and not placed.
    pub choices: [Shown; 4],
    /// Minutes of travel on the whole.
    pub mean_minutes: Shown,
    /// Journeys: first minute, last minute, how many.
    pub minutes: Vec<(i64, i64, Shown)>,
    /// Hours of coaching.
    pub hours: Shown,
    /// What that costs, cents.
    pub cents: Shown,
    /// Most that it may cost, cents.
    pub budget: Option<i64>,
    /// Candidates with an external coach.
    pub external: Shown,
    /// How many coaches there are, and how many of them have nobody, some and as many as they can.
    pub coaches: (i64, [Shown; 3]),
    /// Boards: the name, and placed and seats by bouw and in all.
    pub boards: Vec<(String, [(Shown, i64); 4])>,
    /// The same of all boards together.
    pub all: [(Shown, i64); 4],
    /// From which share of target-group pupils a school counts as one with many, percent.
    pub hard_from: i64,
    /// Placements at such schools.
    pub hard: Shown,
    /// Seats there, and in all.
    pub hard_seats: (i64, i64),
    /// Whether anything is hidden.
    pub hidden: bool,
}

/// The figures without anybody in them. Journeys are told by a quarter of an hour.
pub fn sums(report: &Report) -> Sums {
    let placed = report.placed();
    let (candidates, shown, unplaced) = whole(placed, report.choices[3]);
    let many = |value: i64| Some(value).filter(|_| placed >= MANY);
    let choices = match parts(&report.choices[..3]).as_slice() {
        [first, second, later] if shown.is_some() => [*first, *second, *later, unplaced],
        _ => [None; 4],
    };
    let quarters = quarters(&report.minutes);
    let counts: Vec<i64> = quarters.iter().map(|it| it.2).collect();
    let minutes: Vec<_> = quarters.iter().zip(parts(&counts)).map(|((from, to, _), count)| (*from, *to, count)).collect();
    let (boards, all) = boards(report);
    let [full, nobody] = <[i64; 2]>::from(report.fullness());
    let coaches = i64::try_from(report.coaches.len()).unwrap_or(i64::MAX);
    let told = match parts(&[nobody, (coaches - nobody - full).max(0), full]).as_slice() {
        [nobody, some, full] => [*nobody, *some, *full],
        _ => [None; 3],
    };
    let part = |some: i64| parts(&[some, placed - some]).first().copied().flatten();
    let (hard, external) = (part(report.hard.0), part(report.external));
    let counted = [candidates, shown, unplaced, hard, external].into_iter().chain(choices).chain(minutes.iter().map(|it| it.2));
    let hidden = counted.chain(boards.iter().flat_map(|it| it.1.map(|cell| cell.0))).any(|it| it.is_none());
    Sums {
        candidates,
        placed: shown,
        choices,
        mean_minutes: many(report.mean_minutes()),
        minutes,
        hours: many(report.hours),
        cents: many(report.cents),
        budget: report.budget,
        external,
        coaches: (coaches, told),
        boards,
        all,
        hard_from: report.hard_from,
        hard,
        hard_seats: (report.hard.1, report.seats()[3].1),
        hidden,
    }
}

/// Journeys by a quarter of an hour.
fn quarters(minutes: &[i64]) -> Vec<(i64, i64, i64)> {
    const WIDE: i64 = 15;
    let mut all: Vec<(i64, i64, i64)> = Vec::new();
    for minute in minutes {
        let at = (minute.max(&1) - 1) / WIDE;
        while i64::try_from(all.len()).unwrap_or(i64::MAX) <= at {
            let from = all.last().map_or(0, |it| it.1 + 1);
            let to = all.last().map_or(WIDE, |it| it.1 + WIDE);
            all.push((from, to, 0));
        }
        if let Some(quarter) = usize::try_from(at).ok().and_then(|at| all.get_mut(at)) {
            quarter.2 += 1;
        }
    }
    all
}

type Row = [(Shown, i64); 4];

/// Boards by bouw with their sums, none of which gives a hidden one away.
fn boards(report: &Report) -> (Vec<(String, Row)>, Row) {
    let count = |value: i64| u64::try_from(value).unwrap_or(0);
    let rows: Vec<Vec<u64>> = report.boards.iter().map(|it| it.bouwen.iter().map(|cell| count(cell.0)).collect()).collect();
    let told = table(&rows);
    let seen = |cell: Option<&Option<u64>>| cell.copied().flatten().and_then(|it| i64::try_from(it).ok());
    let row = |at: usize| told.cells.get(at).cloned().unwrap_or_default();
    let boards = report.boards.iter().enumerate().map(|(at, board)| {
        let cells = row(at);
        let [low, middle, high] = board.bouwen;
        let all = (seen(told.rows.get(at)), board.all().1);
        (board.name.clone(), [(seen(cells.first()), low.1), (seen(cells.get(1)), middle.1), (seen(cells.get(2)), high.1), all])
    });
    let [low, middle, high, all] = report.seats();
    let columns = |at: usize| seen(told.columns.get(at));
    (
        boards.collect(),
        [(columns(0), low.1), (columns(1), middle.1), (columns(2), high.1), (told.all.and_then(|it| i64::try_from(it).ok()), all.1)],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::fairness::Board;

    #[test]
    fn nothing_small_is_told_and_no_sum_gives_it_away() {
        let board = |name: &str, bouwen| Board { id: name.into(), name: name.into(), bouwen };
        let report = Report {
            candidates: 32,
            choices: [20, 8, 2, 2],
            minutes: (0..30).collect(),
            boards: vec![board("A", [(12, 20), (3, 4), (0, 0)]), board("B", [(6, 9), (9, 9), (0, 2)])],
            external: 2,
            ..Report::default()
        };
        let told = sums(&report);
        assert_eq!((told.candidates, told.placed, told.external), (None, Some(30), None), "32 would tell that two are left");
        assert_eq!(told.choices, [Some(20), None, None, None]);
        assert_eq!(told.boards[0].1[1], (None, 4));
        let shown = told.boards.iter().flat_map(|it| it.1).chain(told.all).filter_map(|it| it.0);
        assert!(shown.clone().all(|it| it >= 5) && shown.count() > 0);
        assert!(told.hidden);
        assert_eq!(told.minutes, [(0, 15, Some(16)), (16, 30, Some(14))]);
    }

    #[test]
    fn of_a_handful_nothing_is_told() {
        let told = sums(&Report { candidates: 4, choices: [4, 0, 0, 0], minutes: vec![3, 9, 14, 80], ..Report::default() });
        assert_eq!((told.placed, told.mean_minutes, told.hours), (None, None, None));
        assert!(told.minutes.iter().all(|it| it.2.is_none()));
    }
}
