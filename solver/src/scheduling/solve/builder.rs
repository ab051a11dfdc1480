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
    /// Columns that only count others, in order, with how.
    counted: Vec<Counted>,
}

/// How a column follows from those before it, at its best.
#[derive(Clone, Debug)]
enum Counted {
    /// The least of these sums, and no more than the column can be.
    Least(usize, Vec<Entries>),
    /// The largest of these sums.
    Largest(usize, Vec<Entries>),
    /// What the sum falls short of this number.
    Short(usize, i64, Entries),
    /// As many of the steps as the sum, the first ones.
    Steps(Vec<usize>, Entries),
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

    /// A column of at most `high` and at most each of these sums; what counts it up makes it the least of them.
    pub fn least(&mut self, high: i64, sums: Vec<Entries>) -> usize {
        let column = self.column(high);
        for sum in &sums {
            self.row(sum.iter().copied().chain([(column, -1)]), Side::AtLeast(0));
        }
        self.counted.push(Counted::Least(column, sums));
        column
    }

    /// A column of at least each of these sums, which never exceed `high`; what counts it down makes it the largest of them.
    pub fn largest(&mut self, high: i64, sums: Vec<Entries>) -> usize {
        let column = self.column(high);
        for sum in &sums {
            self.row(sum.iter().map(|&(one, weight)| (one, -weight)).chain([(column, 1)]), Side::AtLeast(0));
        }
        self.counted.push(Counted::Largest(column, sums));
        column
    }

    /// A column of at least what the sum falls short of this number; what counts it down makes it exactly that.
    pub fn short(&mut self, of: i64, sum: Entries) -> usize {
        let column = self.column(of);
        self.row(sum.iter().copied().chain([(column, 1)]), Side::AtLeast(of));
        self.counted.push(Counted::Short(column, of, sum));
        column
    }

    /// Steps of a staircase of at most so many: Σ climbers = Σ steps, the m-th step counts for `points(m)`, m from 1. Points never rise, so
    /// steps are taken in order when they are maximised.
    pub fn stair(&mut self, climbers: &[usize], most: usize, points: impl Fn(i64) -> i64) -> Entries {
        let steps: Entries = (1..=most as i64).map(|nth| (self.column(1), points(nth))).collect();
        let taken = steps.iter().map(|&(column, _)| (column, -1));
        let climbers: Entries = climbers.iter().map(|&column| (column, 1)).collect();
        self.row(climbers.iter().copied().chain(taken), Side::Exactly(0));
        self.counted.push(Counted::Steps(steps.iter().map(|&(column, _)| column).collect(), climbers));
        steps
    }

    /// A column from 0 to 1 that is 1 at most when some of these are.
    pub fn any(&mut self, of: &[usize]) -> usize {
        self.least(1, vec![of.iter().map(|&one| (one, 1)).collect()])
    }

    /// Gives every column that only counts others its value; the others have theirs.
    pub fn count(&self, values: &mut [i64]) {
        for counted in &self.counted {
            let sum = |entries: &Entries| entries.iter().map(|&(column, weight)| weight * values[column]).sum::<i64>();
            match counted {
                Counted::Least(column, sums) => {
                    let high = self.program.columns[*column].high;
                    values[*column] = sums.iter().map(sum).min().unwrap_or(high).min(high);
                }
                Counted::Largest(column, sums) => values[*column] = sums.iter().map(sum).max().unwrap_or(0).max(0),
                Counted::Short(column, of, entries) => values[*column] = (of - sum(entries)).max(0),
                Counted::Steps(steps, climbers) => {
                    let taken = usize::try_from(sum(climbers)).unwrap_or(0);
                    steps.iter().enumerate().for_each(|(at, &step)| values[step] = i64::from(at < taken));
                }
            }
        }
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
