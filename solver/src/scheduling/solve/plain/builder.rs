//! A whole-number program as it is written down: columns and rows are added one by one, and never taken away.

use std::collections::BTreeMap;

use crate::common::integer_program::{Column, IntegerProgram, Row, Side};

/// Columns with what each counts for.
pub(super) type Entries = Vec<(usize, i64)>;

/// A program in the making; every column is a whole number.
#[derive(Clone, Debug, Default)]
pub(super) struct Builder {
    pub program: IntegerProgram,
    /// A row that no values can obey was asked for.
    pub stuck: bool,
}

impl Builder {
    /// A column from 0 to `high`.
    pub fn column(&mut self, high: i64) -> usize {
        self.program.columns.push(Column { low: 0, high, whole: true });
        self.program.columns.len() - 1
    }

    /// A row; a column that comes more than once counts with its sum. One without columns is obeyed or makes the program stuck.
    pub fn row(&mut self, entries: impl IntoIterator<Item = (usize, i64)>, side: Side) {
        let mut sum: BTreeMap<usize, i64> = BTreeMap::new();
        for (column, weight) in entries {
            *sum.entry(column).or_default() += weight;
        }
        let entries: Entries = sum.into_iter().filter(|&(_, weight)| weight != 0).collect();
        if entries.is_empty() {
            self.stuck |= !side.holds(0);
        } else {
            self.program.rows.push(Row { entries, side });
        }
    }

    /// Steps of a staircase of at most so many: Σ climbers = Σ steps, the m-th step counts for `points(m)`, m from 1. Points never rise, so
    /// steps are taken in order when they are maximised.
    pub fn stair(&mut self, climbers: &[usize], most: usize, points: impl Fn(i64) -> i64) -> Entries {
        let steps: Entries = (1..=most as i64).map(|nth| (self.column(1), points(nth))).collect();
        let taken = steps.iter().map(|&(column, _)| (column, -1));
        self.row(climbers.iter().map(|&column| (column, 1)).chain(taken), Side::Exactly(0));
        steps
    }

    /// A column from 0 to 1 that is 1 at most when some of these are.
    pub fn any(&mut self, of: &[usize]) -> usize {
        let column = self.column(1);
        self.row(of.iter().map(|&one| (one, 1)).chain([(column, -1)]), Side::AtLeast(0));
        column
    }

    /// Points of every column.
    pub fn points(&self, entries: &[(usize, i64)]) -> Vec<i64> {
        let mut points = vec![0; self.program.columns.len()];
        for &(column, weight) in entries {
            points[column] += weight;
        }
        points
    }

    /// More than these points can never come to, by the bounds of columns alone.
    pub fn ceiling(&self, points: &[i64]) -> i64 {
        let most = |(column, &points): (&Column, &i64)| (points * column.low).max(points * column.high);
        self.program.columns.iter().zip(points).map(most).sum()
    }
}
