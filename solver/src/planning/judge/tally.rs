//! What a plan adds up to: people by stage, the pool of coaches against its use, and money by line and year; also in the years after the horizon.

use crate::common::tables::{Id, Table};
use crate::planning::facts::codes::{Count, Driver};
use crate::planning::facts::funnel::{self, Counts};
use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::ids::{KindId, LineId, WaveId, YearId};
use crate::planning::facts::lines::{Line, amount};
use crate::planning::facts::plan::Plan;

/// Everything a plan adds up to. What is "by year" goes on after the horizon for as long as running waves cause anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Counts by wave and kind.
    pub counts: Table<WaveId, Table<KindId, Counts>>,
    /// Coaches by kind and year of the horizon.
    pub pool: Table<KindId, Table<YearId, i64>>,
    /// Hours that a kind gives, by year from the first.
    pub hours: Table<KindId, Vec<i128>>,
    /// People who count for the number per coach, by year from the first.
    pub ratio: Table<KindId, Vec<i64>>,
    /// Cents by line and year from the first; nothing after the horizon but costs that follow a count in all years.
    pub amounts: Table<LineId, Vec<i128>>,
    /// Cents of all costs, by year of the horizon.
    pub cost: Table<YearId, i128>,
    /// Cents of all incomes, by year of the horizon.
    pub income: Table<YearId, i128>,
}

impl Tally {
    /// Adds everything up.
    pub fn new(horizon: &Horizon, plan: &Plan) -> Self {
        let counted = |wave| {
            let of = |kind| horizon.counts(wave, kind, plan.guided[wave][kind]);
            Table::from(horizon.kinds.ids().map(of).collect::<Vec<Counts>>())
        };
        let counts: Table<WaveId, Table<KindId, Counts>> = horizon.waves.ids().map(counted).collect::<Vec<_>>().into();
        let pool = horizon.kinds.ids().map(|kind| pool(horizon, plan, kind)).collect::<Vec<_>>().into();
        // A wave of the last year reaches this far.
        let after = horizon.phases.iter().map(|phase| phase.after).chain([2]).max().unwrap_or(2);
        let years = horizon.length() + after;
        let mut hours: Table<KindId, Vec<i128>> = Table::filled(horizon.kinds.len(), vec![0; years]);
        let mut ratio: Table<KindId, Vec<i64>> = Table::filled(horizon.kinds.len(), vec![0; years]);
        for (wave, row) in horizon.waves.pairs() {
            for kind in horizon.kinds.ids() {
                for (phase, it) in horizon.phases.pairs() {
                    let people = funnel::of(&counts[wave][kind], it.count);
                    let (server, year) = (horizon.server(kind, phase), row.year.position() + it.after);
                    hours[server][year] += i128::from(it.hours) * i128::from(people);
                    ratio[server][year] += if it.ratio { people } else { 0 };
                }
            }
        }
        let mut tally = Self {
            counts,
            pool,
            hours,
            ratio,
            amounts: Table::filled(horizon.lines.len(), vec![0; years]),
            cost: Table::filled(horizon.length(), 0),
            income: Table::filled(horizon.length(), 0),
        };
        for (id, line) in horizon.lines.pairs() {
            for at in 0..years {
                tally.amounts[id][at] = tally.cents(horizon, plan, line, at);
            }
            let side = if line.income() { &mut tally.income } else { &mut tally.cost };
            side.ids().for_each(|year| side[year] += tally.amounts[id][year.position()]);
        }
        tally
    }

    /// What a line follows in a year, counted from the first.
    fn driver(&self, horizon: &Horizon, plan: &Plan, line: &Line, at: usize) -> i64 {
        let kinds = || horizon.kinds.ids().filter(|&kind| line.kind.is_none_or(|only| only == kind));
        let within = (at < horizon.length()).then(|| YearId::new(at));
        match (line.driver, within) {
            (Driver::Fixed, year) => i64::from(year.is_some()),
            (Driver::Coaches, Some(year)) => kinds().map(|kind| self.pool[kind][year]).sum(),
            (Driver::Hired, Some(year)) => kinds().map(|kind| plan.hired[kind][year]).sum(),
            (Driver::Coaches | Driver::Hired, None) => 0,
            (driver, _) => driver.count().map_or(0, |count| self.people(horizon, count, line.kind, at)),
        }
    }

    /// People of a count in a year, counted from the first; of one kind, or of all.
    pub fn people(&self, horizon: &Horizon, count: Count, only: Option<KindId>, at: usize) -> i64 {
        let waves = horizon.waves.pairs().filter(|(_, wave)| wave.year.position() + count.years_after() == at);
        let of = |wave| {
            let kinds = self.counts[wave].pairs().filter(move |&(kind, _)| only.is_none_or(|only| only == kind));
            kinds.map(move |(_, counts)| funnel::of(counts, count)).sum::<i64>()
        };
        waves.map(|(wave, _)| of(wave)).sum()
    }

    fn cents(&self, horizon: &Horizon, plan: &Plan, line: &Line, at: usize) -> i128 {
        let there = match (at < horizon.length(), line.income()) {
            (true, _) => line.years[YearId::new(at)],
            (false, true) => false,
            (false, false) => !line.limited && line.driver.count().is_some(),
        };
        if !there {
            return 0;
        }
        let percent = if line.income() { horizon.income_percent } else { 100 };
        amount(line.units(self.driver(horizon, plan, line, at)), line.unit, percent)
    }

    /// Coaches of a kind that could be missed in a year; below 0 when there are too few.
    pub fn spare(&self, horizon: &Horizon, kind: KindId, year: YearId) -> i128 {
        let up = |used: i128, by: i64| (used + i128::from(by) - 1).div_euclid(i128::from(by));
        let (hours, ratio) = (self.hours[kind][year.position()], i128::from(self.ratio[kind][year.position()]));
        let needed = up(hours, horizon.kinds[kind].hours).max(up(ratio, i64::from(horizon.policy.per_coach)));
        i128::from(self.pool[kind][year]) - needed
    }
}

/// Coaches of a kind by year: who was there at the start and who was hired, for as long as they stay.
fn pool(horizon: &Horizon, plan: &Plan, kind: KindId) -> Table<YearId, i64> {
    let in_year = |year: YearId| {
        let begin = if horizon.stays(kind, None, year) { horizon.kinds[kind].begin } else { 0 };
        let hired = horizon.years.ids().filter(|&hired| horizon.stays(kind, Some(hired), year));
        begin + hired.map(|hired| plan.hired[kind][hired]).sum::<i64>()
    };
    horizon.years.ids().map(in_year).collect::<Vec<i64>>().into()
}
