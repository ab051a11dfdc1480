//! What a line comes to in a year, as a sum over columns.

use super::Model;
use crate::common::tables::Id;
use crate::planning::facts::codes::Driver;
use crate::planning::facts::ids::{LineId, YearId};
use crate::planning::solve::writer::Sum;

impl Model<'_> {
    /// Cents of a line in a year.
    pub(super) fn amount(&mut self, line: LineId, year: YearId) -> Sum {
        if let Some(known) = self.amounts.get(&(line, year)) {
            return known.clone();
        }
        let amount = if self.horizon.lines[line].years[year] { self.written(line, year) } else { Sum::default() };
        self.amounts.insert((line, year), amount.clone());
        amount
    }

    fn written(&mut self, line: LineId, year: YearId) -> Sum {
        let row = &self.horizon.lines[line];
        let driver = self.driver(line, year);
        let units = match row.group {
            Some(group) if group > 1 => self.writer.floor(&driver, 1, 0, group.into()),
            _ => driver,
        };
        let percent = if row.income() { self.horizon.income_percent } else { 100 };
        let (cents, rest) = (i128::from(row.unit) * i128::from(percent), 100);
        let whole = Sum::default().and(cents.div_euclid(rest), &units);
        match cents.rem_euclid(rest) {
            0 => whole,
            // Half cents are rounded up, so what is left is the whole part of it and a half.
            left => {
                let rounded = self.writer.floor(&units, left, 50, rest);
                whole.and(1, &rounded)
            }
        }
    }

    fn driver(&self, line: LineId, year: YearId) -> Sum {
        let row = &self.horizon.lines[line];
        let kinds = || self.kinds.iter().copied().filter(|&kind| row.kind.is_none_or(|only| only == kind));
        let added = |sum: Sum, other: Sum| sum.and(1, &other);
        match (row.driver, row.driver.count()) {
            (Driver::Coaches, _) => kinds().map(|kind| self.pool(kind, year)).fold(Sum::default(), added),
            (Driver::Hired, _) => kinds().map(|kind| self.hired[kind][year].sum()).fold(Sum::default(), added),
            (_, Some(count)) => {
                let then = |wave| self.horizon.waves[wave].year.position() + count.years_after() == year.position();
                let waves = self.waves.iter().copied().filter(|&wave| then(wave));
                waves.flat_map(|wave| kinds().map(move |kind| self.count(wave, kind, count))).fold(Sum::default(), added)
            }
            (_, None) => Sum::of(1),
        }
    }
}
