//! A whole-number program as it is written down, and sums over its columns in exact numbers.

use std::collections::BTreeMap;

use crate::common::integer_program::{Column, IntegerProgram, Row, Side};

/// Most that a number in a program may be: above it the engine's numbers are not exact.
const MOST: i128 = 1 << 53;

/// Σ weight · column + a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub entries: Vec<(usize, i128)>,
    pub number: i128,
}

impl Sum {
    /// A number.
    pub fn of(number: impl Into<i128>) -> Self {
        Self { entries: Vec::new(), number: number.into() }
    }

    /// One column.
    pub fn column(column: usize) -> Self {
        Self { entries: vec![(column, 1)], number: 0 }
    }

    /// This and so many times another.
    pub fn and(mut self, times: impl Into<i128>, other: &Self) -> Self {
        let times = times.into();
        self.entries.extend(other.entries.iter().map(|&(column, weight)| (column, times * weight)));
        self.number += times * other.number;
        self
    }

    /// Its value.
    pub fn value(&self, values: &[i64]) -> i128 {
        self.number + self.entries.iter().map(|&(column, weight)| weight * i128::from(values[column])).sum::<i128>()
    }

    /// Each column once, in order.
    fn merged(&self) -> BTreeMap<usize, i128> {
        let mut merged: BTreeMap<usize, i128> = BTreeMap::new();
        for &(column, weight) in &self.entries {
            *merged.entry(column).or_default() += weight;
        }
        merged.retain(|_, weight| *weight != 0);
        merged
    }
}

/// How a column follows from those before it.
#[derive(Clone, Debug)]
enum Follows {
    /// floor((times · sum + plus) / by).
    Floor { column: usize, sum: Sum, times: i128, plus: i128, by: i128 },
    /// As many of the steps as the sum, the first ones; each column is so many steps.
    Steps { columns: Vec<(usize, i64)>, sum: Sum },
}

/// A program in the making; every column is a whole number.
#[derive(Clone, Debug, Default)]
pub(super) struct Writer {
    pub program: IntegerProgram,
    /// A row that no values can obey was asked for.
    pub stuck: bool,
    /// A number is too large for the engine.
    pub unfit: bool,
    /// The group of columns, of which exactly one is 1, that a column is in.
    group: Vec<Option<usize>>,
    groups: usize,
    follows: Vec<Follows>,
}

impl Writer {
    /// A column from 0 to `high`.
    pub fn column(&mut self, high: i64) -> usize {
        self.program.columns.push(Column { low: 0, high, whole: true });
        self.group.push(None);
        self.program.columns.len() - 1
    }

    /// So many columns of which exactly one is 1.
    pub fn one_of(&mut self, number: usize) -> Vec<usize> {
        let columns: Vec<usize> = (0..number).map(|_| self.column(1)).collect();
        columns.iter().for_each(|&column| self.group[column] = Some(self.groups));
        self.groups += 1;
        let one = columns.iter().fold(Sum::default(), |sum, &column| sum.and(1, &Sum::column(column)));
        self.row(&one, Side::Exactly(1));
        columns
    }

    /// A row; what is a number in the sum goes to the other side.
    pub fn row(&mut self, sum: &Sum, side: Side) {
        let merged = sum.merged();
        if merged.is_empty() {
            self.stuck |= !side.holds(sum.number);
            return;
        }
        let left = i128::from(side.number()) - sum.number;
        let entries: Option<Vec<(usize, i64)>> = merged.into_iter().map(|(column, weight)| Some((column, fits(weight)?))).collect();
        match (entries, fits(left)) {
            (Some(entries), Some(left)) => {
                let side = match side {
                    Side::AtMost(_) => Side::AtMost(left),
                    Side::AtLeast(_) => Side::AtLeast(left),
                    Side::Exactly(_) => Side::Exactly(left),
                };
                self.program.rows.push(Row { entries, side });
            }
            _ => self.unfit = true,
        }
    }

    /// floor((times · sum + plus) / by), for a sum that is never below 0.
    pub fn floor(&mut self, sum: &Sum, times: i128, plus: i128, by: i128) -> Sum {
        let (_, most) = self.range(sum);
        let Some(high) = fits((times * most + plus).div_euclid(by)) else {
            self.unfit = true;
            return Sum::default();
        };
        if sum.merged().is_empty() {
            return Sum::of(high);
        }
        let column = self.column(high);
        // by · column ≤ times · sum + plus ≤ by · column + by − 1
        let rest = Sum::of(plus).and(times, sum).and(-by, &Sum::column(column));
        self.row(&rest, Side::AtLeast(0));
        match fits(by - 1) {
            Some(most) => self.row(&rest, Side::AtMost(most)),
            None => self.unfit = true,
        }
        self.follows.push(Follows::Floor { column, sum: sum.clone(), times, plus, by });
        Sum::column(column)
    }

    /// What a staircase costs that is climbed as high as the sum: its steps in order, so many of each cost, which never falls.
    pub fn stairs(&mut self, sum: &Sum, steps: &[(i64, i64)]) -> Sum {
        let mut cost = Sum::default();
        let mut taken = Sum::default();
        let mut columns = Vec::new();
        for &(number, each) in steps {
            let column = self.column(number);
            columns.push((column, number));
            taken = taken.and(1, &Sum::column(column));
            cost = cost.and(each, &Sum::column(column));
        }
        self.row(&taken.and(-1, sum), Side::Exactly(0));
        self.follows.push(Follows::Steps { columns, sum: sum.clone() });
        cost
    }

    /// The least and the most that a sum can be, by what its columns can be.
    pub fn range(&self, sum: &Sum) -> (i128, i128) {
        let merged = sum.merged();
        let (mut least, mut most) = (sum.number, sum.number);
        let mut groups: BTreeMap<usize, (usize, i128, i128)> = BTreeMap::new();
        for (&column, &weight) in &merged {
            match self.group[column] {
                Some(group) => {
                    let (known, low, high) = groups.entry(group).or_insert((0, weight, weight));
                    (*known, *low, *high) = (*known + 1, weight.min(*low), weight.max(*high));
                }
                None => {
                    let high = i128::from(self.program.columns[column].high);
                    least += (weight * high).min(0);
                    most += (weight * high).max(0);
                }
            }
        }
        for (group, (known, low, high)) in groups {
            // A column of the group that is not in the sum counts for 0.
            let whole = self.group.iter().filter(|it| **it == Some(group)).count() == known;
            least += if whole { low } else { low.min(0) };
            most += if whole { high } else { high.max(0) };
        }
        (least, most)
    }

    /// Points of every column; `None` when one is too large.
    pub fn points(&self, sum: &Sum) -> Option<Vec<i64>> {
        let mut points = vec![0; self.program.columns.len()];
        for (column, weight) in sum.merged() {
            points[column] = fits(weight)?;
        }
        Some(points)
    }

    /// Gives every column that follows from others its value; the others have theirs.
    pub fn follow(&self, values: &mut [i64]) {
        for follows in &self.follows {
            match follows {
                Follows::Floor { column, sum, times, plus, by } => {
                    values[*column] = fits((times * sum.value(values) + plus).div_euclid(*by)).unwrap_or(0);
                }
                Follows::Steps { columns, sum } => {
                    let mut left = fits(sum.value(values)).unwrap_or(0);
                    for &(column, number) in columns {
                        values[column] = left.clamp(0, number);
                        left -= values[column];
                    }
                }
            }
        }
    }
}

/// A number that the engine can hold exactly.
pub(super) fn fits(number: i128) -> Option<i64> {
    if number.abs() < MOST { i64::try_from(number).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_what_follows_from_them_are_exact() {
        let mut writer = Writer::default();
        let one = writer.one_of(3);
        let people = Sum::of(1).and(4, &Sum::column(one[1])).and(9, &Sum::column(one[2]));
        assert_eq!(writer.range(&people), (1, 10));
        let groups = writer.floor(&people, 1, 0, 3);
        let stairs = writer.stairs(&people, &[(4, 10), (6, 25)]);
        let mut values = vec![0; writer.program.columns.len()];
        values[one[2]] = 1;
        writer.follow(&mut values);
        assert_eq!((people.value(&values), groups.value(&values), stairs.value(&values)), (10, 3, 190));
        assert!(writer.program.checked(&vec![0; values.len()], &values).is_some());
        values[one[2]] = 0;
        assert!(writer.program.checked(&vec![0; values.len()], &values).is_none());
        writer.row(&Sum::of(3), Side::AtMost(3));
        assert!(!writer.stuck);
        writer.row(&Sum::of(4), Side::AtMost(3));
        assert!(writer.stuck);
    }
}
