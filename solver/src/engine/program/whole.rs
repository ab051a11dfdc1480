//! A whole-number program straight through HiGHS: begun at values that are known, stopped when the caller asks, and with a bound also when it
//! was not finished.

use super::apart::Program;
use crate::common::control::Control;
use crate::common::integer_program::{IntegerProgram, Side};
use crate::engine::NO_PARALLELS;
use crate::engine::highs::{Branching, Ended, NewColumns};

/// How a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The values are best, as HiGHS says.
    Best,
    /// No values obey the rows, as HiGHS says.
    Infeasible,
    /// Stopped before the proof.
    Stopped,
    /// The engine gave up, or its rounded answer breaks a row.
    Failed,
}

/// What a search gives.
pub struct Reached {
    /// How it ended.
    pub end: End,
    /// The best values found and Σ points of them; they obey every row, in integers.
    pub best: Option<(Vec<i64>, i64)>,
    /// No values that obey the rows are worth more, when that much is known.
    pub bound: Option<i64>,
}

/// Where a search begins, and what it may take for granted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Begin<'a> {
    /// Values that obey every row.
    pub values: Option<&'a [i64]>,
    /// Columns that are held at those values in a first, short search.
    pub hold: &'a [usize],
    /// Decides between equals.
    pub seed: u64,
    /// Nodes after which the search ends.
    pub nodes: Option<i32>,
    /// Presolve is left out and tolerances are tighter: for when an answer did not stand.
    pub strict: bool,
}

/// The best values for `points`, one per column.
pub fn maximise(
    program: &IntegerProgram,
    points: &[i64],
    begin: Begin<'_>,
    control: &dyn Control,
    heard: &dyn Fn(u64, Option<i64>),
) -> Reached {
    let Some(rows) = divided(program) else { return Reached { end: End::Infeasible, best: None, bound: None } };
    if program.columns.is_empty() {
        // HiGHS calls a program without columns an error; it has one answer, the empty one.
        return Reached { end: End::Best, best: Some((Vec::new(), 0)), bound: Some(0) };
    }
    // Divided by their greatest common divisor, points stay integers and a difference of 1 stays the smallest there is.
    let scale = divisor(points.iter().copied());
    let mut highs = written(program, &rows, points, scale, begin.seed, control);
    highs.integers(0..program.columns.len());
    highs.decimal("mip_abs_gap", 0.99);
    highs.whole("presolve_rule_off", NO_PARALLELS);
    if begin.strict {
        highs.choice("presolve", "off");
        highs.decimal("mip_feasibility_tolerance", 1e-9);
    }
    if let Some(left) = control.left() {
        highs.time_limit(left.as_secs_f64());
    }
    if let Some(nodes) = begin.nodes {
        highs.node_limit(nodes);
    }
    if let Some(values) = begin.values {
        highs.start_from(values.iter().map(|&value| value as f64).collect());
    }
    let whole = |bound: f64| {
        let bound = (bound + 1e-4).floor();
        (bound.abs() < 9e15).then(|| bound as i64 * scale)
    };
    let tell = |now: Branching| heard(u64::try_from(now.nodes).unwrap_or(0), whole(now.bound));
    let ended = highs.run(control, &tell);
    // A column is far below 2^53, so rounding it to a whole number is exact.
    let rounded = |values: Vec<f64>| values.into_iter().map(|value| value.round() as i64).collect::<Vec<i64>>();
    let best = highs.values().map(rounded).and_then(|values| program.checked(points, &values).map(|value| (values, value)));
    let end = end(ended, best.as_ref().map(|(_, value)| *value), whole(highs.bound()).max(whole(highs.objective())));
    let bound = match (end, &best) {
        // What gap is left is below one point.
        (End::Best, Some((_, value))) => Some(*value),
        (End::Stopped, _) => whole(highs.bound()),
        _ => None,
    };
    Reached { end, best, bound }
}

/// What an ending comes to, with the value found and the most that is claimed. Where no search is left and yet more is claimed than was found,
/// nothing is proven: HiGHS has handed back the values that it was given, worth 393, as the best, with an objective of 477 (1.16.0).
fn end(ended: Ended, found: Option<i64>, claimed: Option<i64>) -> End {
    match (ended, found) {
        (Ended::Optimal, Some(found)) if claimed.is_none_or(|claimed| claimed <= found) => End::Best,
        (Ended::Infeasible, _) => End::Infeasible,
        (Ended::Stopped, _) => End::Stopped,
        (Ended::Optimal | Ended::Failed, _) => End::Failed,
    }
}

/// A row divided by the greatest common divisor of its weights.
pub(super) struct Divided<'a> {
    entries: &'a [(usize, i64)],
    scale: i64,
    pub side: Side,
}

impl Divided<'_> {
    /// Its columns with their weights.
    pub fn entries(&self) -> impl Iterator<Item = (usize, i64)> {
        self.entries.iter().map(|&(column, weight)| (column, weight / self.scale))
    }

    fn bounds(&self) -> (f64, f64) {
        match self.side {
            Side::AtMost(most) => (f64::NEG_INFINITY, most as f64),
            Side::AtLeast(least) => (least as f64, f64::INFINITY),
            Side::Exactly(it) => (it as f64, it as f64),
        }
    }
}

/// Every row; `None` when one of them can never hold. Rounding inwards is exact: a sum is a multiple of the divisor.
pub(super) fn divided(program: &IntegerProgram) -> Option<Vec<Divided<'_>>> {
    let divided = program.rows.iter().map(|row| {
        let scale = divisor(row.entries.iter().map(|&(_, weight)| weight));
        let side = match row.side {
            Side::AtMost(most) => Side::AtMost(most.div_euclid(scale)),
            Side::AtLeast(least) => Side::AtLeast(-(-least).div_euclid(scale)),
            Side::Exactly(it) if it.rem_euclid(scale) != 0 => return None,
            Side::Exactly(it) => Side::Exactly(it / scale),
        };
        Some(Divided { entries: &row.entries, scale, side })
    });
    divided.collect()
}

/// The program for HiGHS, every column of any size between its bounds.
pub(super) fn written(
    program: &IntegerProgram,
    rows: &[Divided<'_>],
    points: &[i64],
    scale: i64,
    seed: u64,
    control: &dyn Control,
) -> Program {
    let bounds: Vec<(f64, f64)> = rows.iter().map(Divided::bounds).collect();
    let mut highs = Program::new(bounds, seed, program.columns.len(), control);
    let mut entries: Vec<Vec<(usize, i64)>> = vec![Vec::new(); program.columns.len()];
    for (at, row) in rows.iter().enumerate() {
        row.entries().for_each(|(column, weight)| entries[column].push((at, weight)));
    }
    let mut columns = NewColumns::default();
    for ((column, &points), entries) in program.columns.iter().zip(points).zip(&entries) {
        columns.column((points / scale) as f64, column.high as f64);
        entries.iter().for_each(|&(row, weight)| columns.entry(row, weight as f64));
    }
    highs.add(columns);
    for (at, column) in program.columns.iter().enumerate().filter(|(_, column)| column.low != 0) {
        highs.bounds(at, column.low as f64, column.high as f64);
    }
    highs
}

/// Greatest common divisor, 1 when all are 0.
pub(super) fn divisor(numbers: impl Iterator<Item = i64>) -> i64 {
    let gcd = numbers.fold(0_u64, |a, b| {
        let (mut a, mut b) = (a, b.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    });
    i64::try_from(gcd.max(1)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::common::control::Unhurried;
    use crate::common::integer_program::{Column, Row};

    fn program(rows: Vec<Row>) -> IntegerProgram {
        IntegerProgram { columns: vec![Column { low: 0, high: 3, whole: true }; 2], rows }
    }

    #[test]
    fn the_best_whole_values_are_found_and_nothing_is_found_where_nothing_is() {
        // 2a + 2b ≤ 7: together no more than 3.
        let wide = program(vec![Row { entries: vec![(0, 2), (1, 2)], side: Side::AtMost(7) }]);
        let found = maximise(&wide, &[30, 20], Begin::default(), &Unhurried, &|_, _| {});
        assert_eq!((found.end, found.best, found.bound), (End::Best, Some((vec![3, 0], 90)), Some(90)));
        let odd = program(vec![Row { entries: vec![(0, 2), (1, 2)], side: Side::Exactly(7) }]);
        assert_eq!(maximise(&odd, &[1, 1], Begin::default(), &Unhurried, &|_, _| {}).end, End::Infeasible);
        let far = program(vec![Row { entries: vec![(0, 1), (1, 1)], side: Side::AtLeast(7) }]);
        assert_eq!(maximise(&far, &[1, 1], Begin::default(), &Unhurried, &|_, _| {}).end, End::Infeasible);
    }

    #[test]
    fn a_search_that_claims_more_than_it_found_is_no_proof() {
        assert_eq!(end(Ended::Optimal, Some(393), Some(477)), End::Failed);
        assert_eq!(end(Ended::Optimal, Some(477), Some(477)), End::Best);
        assert_eq!(end(Ended::Optimal, None, Some(477)), End::Failed);
        assert_eq!(end(Ended::Stopped, Some(393), Some(477)), End::Stopped);
    }

    #[test]
    fn what_is_known_is_a_beginning_and_no_end() {
        let wide = program(vec![Row { entries: vec![(0, 1), (1, 1)], side: Side::AtMost(4) }]);
        let begin = Begin { values: Some(&[0, 1]), ..Begin::default() };
        assert_eq!(maximise(&wide, &[3, 5], begin, &Unhurried, &|_, _| {}).best, Some((vec![1, 3], 18)));
    }
}
