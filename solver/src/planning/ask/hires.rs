//! How many coaches more a plan needs: the fewest hires beside its own with which every kind has enough in every year.

use crate::common::tables::Table;
use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::ids::{KindId, YearId};
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

/// Hires beside those of the plan from a year on, by kind and year; `coach-ratio` and `coach-uren` hold with them in those years. They are the
/// fewest: whoever is short in a year must be hired in that year or before, and nobody who is hired before stays longer than whoever is hired in
/// it.
pub fn missing(horizon: &Horizon, plan: &Plan, from: YearId) -> Table<KindId, Table<YearId, i64>> {
    let tally = Tally::new(horizon, plan);
    let of = |kind: KindId| {
        let mut more: Table<YearId, i64> = Table::filled(horizon.length(), 0);
        for year in horizon.years.ids().filter(|year| *year >= from) {
            let here: i64 = horizon.years.ids().filter(|&hired| horizon.stays(kind, Some(hired), year)).map(|hired| more[hired]).sum();
            let short = -tally.spare(horizon, kind, year) - i128::from(here);
            more[year] = i64::try_from(short.max(0)).unwrap_or(i64::MAX);
        }
        more
    };
    horizon.kinds.ids().map(of).collect::<Vec<_>>().into()
}

/// The plan with such hires beside its own.
pub fn with(plan: &Plan, more: &Table<KindId, Table<YearId, i64>>) -> Plan {
    let mut plan = plan.clone();
    for (kind, years) in more.pairs() {
        for (year, number) in years.pairs() {
            plan.hired[kind][year] = plan.hired[kind][year].saturating_add(*number);
        }
    }
    plan
}
