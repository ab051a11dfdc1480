//! The rows of every rule that is asked.

use std::collections::BTreeMap;

use super::Model;
use crate::common::integer_program::Side;
use crate::common::tables::Id;
use crate::planning::facts::codes::{Budget, Count, RuleCode};
use crate::planning::facts::ids::{WaveId, YearId};
use crate::planning::solve::writer::Sum;

impl Model<'_> {
    /// Every row; hires, and decisions that are locked one by one, are bounds of columns.
    pub(super) fn rules(&mut self) {
        let horizon = self.horizon;
        for wave in self.waves.clone() {
            let started = self.started(wave);
            let guided = self.kinds.iter().fold(Sum::default(), |sum, &kind| sum.and(1, &self.guided(wave, kind)));
            self.writer.row(&guided.clone().and(-1, &started), Side::Exactly(0));
            if self.asks(RuleCode::Doel) {
                self.writer.row(&started, Side::AtMost(horizon.waves[wave].target));
            }
            if let Some(registered) = horizon.waves[wave].registered.filter(|_| self.asks(RuleCode::Aanmeldingen)) {
                let needed = self.kinds.iter().fold(Sum::default(), |sum, &kind| sum.and(1, &self.count(wave, kind, Count::Aangemeld)));
                self.writer.row(&needed, Side::AtMost(registered));
            }
            if let Some(percent) = horizon.policy.max_external_percent.filter(|_| self.asks(RuleCode::ExternAandeel)) {
                let external = self.kinds.iter().filter(|&&kind| horizon.kinds[kind].external);
                let share = external.fold(Sum::default(), |sum, &kind| sum.and(100, &self.guided(wave, kind)));
                self.writer.row(&share.and(-i128::from(percent), &guided), Side::AtMost(0));
            }
        }
        if self.asks(RuleCode::Plekken) {
            self.seats();
        }
        self.coaches();
        if self.asks(RuleCode::Budget) && horizon.policy.budget != Budget::Free {
            self.budget();
        }
    }

    /// Of months in which the same waves hold seats only the one with the fewest seats counts.
    fn seats(&mut self) {
        let horizon = self.horizon;
        let held = horizon.policy.seat_months as usize;
        for board in self.boards.clone() {
            let mut least: BTreeMap<Vec<WaveId>, i64> = BTreeMap::new();
            for month in 0..12 * horizon.length() {
                let there = |wave: &WaveId| (horizon.waves[*wave].month..horizon.waves[*wave].month + held).contains(&month);
                let waves: Vec<WaveId> = self.waves.iter().copied().filter(there).collect();
                let seats = horizon.boards[board].seats[horizon.year_of(month)];
                least.entry(waves).and_modify(|known| *known = seats.min(*known)).or_insert(seats);
            }
            for (waves, seats) in least {
                let used = waves.iter().fold(Sum::default(), |sum, &wave| sum.and(1, &self.seated[wave][board].sum()));
                self.writer.row(&used, Side::AtMost(seats));
            }
        }
    }

    /// People and hours per kind and year against its coaches.
    fn coaches(&mut self) {
        let horizon = self.horizon;
        for year in horizon.years.ids() {
            for server in self.kinds.clone() {
                let (mut people, mut hours) = (Sum::default(), Sum::default());
                for wave in self.waves.clone() {
                    for kind in self.kinds.clone() {
                        for (phase, it) in horizon.phases.pairs() {
                            let then = horizon.waves[wave].year.position() + it.after == year.position();
                            if then && horizon.server(kind, phase) == server {
                                let count = self.count(wave, kind, it.count);
                                hours = hours.and(it.hours, &count);
                                people = people.and(i128::from(it.ratio), &count);
                            }
                        }
                    }
                }
                let pool = self.pool(server, year);
                if self.asks(RuleCode::CoachRatio) {
                    self.writer.row(&people.and(-i128::from(horizon.policy.per_coach), &pool), Side::AtMost(0));
                }
                if self.asks(RuleCode::CoachUren) {
                    self.writer.row(&hours.and(-i128::from(horizon.kinds[server].hours), &pool), Side::AtMost(0));
                }
            }
        }
    }

    /// Costs − income ≤ voorschot, of the years that count together.
    fn budget(&mut self) {
        let horizon = self.horizon;
        let last = horizon.years.ids().last();
        let mut short = Sum::default();
        for year in horizon.years.ids() {
            if horizon.policy.budget == Budget::Yearly {
                short = Sum::default();
            }
            short = short.and(1, &self.shortage(year));
            if horizon.policy.budget != Budget::Total || Some(year) == last {
                self.writer.row(&short, Side::AtMost(horizon.policy.advance));
            }
        }
    }

    /// Costs − income of a year.
    fn shortage(&mut self, year: YearId) -> Sum {
        let mut short = Sum::default();
        for line in self.lines.clone() {
            let sign = if self.horizon.lines[line].income() { -1 } else { 1 };
            short = short.and(sign, &self.amount(line, year));
        }
        short
    }
}
