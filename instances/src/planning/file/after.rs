//! A plan with what it adds up to, as an outcome file tells it.

use loket_solver::common::tables::Id;
use loket_solver::common::words::Word;
use loket_solver::planning::facts::horizon::Horizon;
use loket_solver::planning::facts::ids::YearId;
use loket_solver::planning::facts::plan::Plan;
use loket_solver::planning::judge::rules::Breach;
use loket_solver::planning::judge::tally::Tally;

use super::read::shown;
use crate::planning::lines::{AfterLine, BreachLine, Figures, GuidedLine, MoneyLine, PoolLine, SeatedLine};

/// Everything; `None` when a number is too large to be told exactly.
pub(crate) fn figures(horizon: &Horizon, plan: &Plan) -> Option<Figures> {
    let tally = Tally::new(horizon, plan);
    let mut figures = Figures::default();
    for (wave, row) in horizon.waves.pairs() {
        for (board, it) in horizon.boards.pairs() {
            let started = plan.seated[wave][board];
            if started > 0 {
                figures.seated.push(SeatedLine { wave: row.id.clone(), board: it.id.clone(), started });
            }
        }
        for (kind, it) in horizon.kinds.pairs() {
            let counts = tally.counts[wave][kind];
            figures.guided.push(GuidedLine { wave: row.id.clone(), kind: it.id.clone(), number: plan.guided[wave][kind], counts });
        }
    }
    let mut room = 0_i128;
    for year in horizon.years.ids() {
        figures.pool.extend(pool(horizon, plan, &tally, year)?);
        room += tally.income[year] - tally.cost[year];
        let lines = |income: bool| amounts(horizon, &tally, year.position(), |line| horizon.lines[line].income() == income);
        figures.money.push(MoneyLine {
            year: horizon.years[year].clone(),
            costs: lines(false)?,
            incomes: lines(true)?,
            cost: exact(tally.cost[year])?,
            income: exact(tally.income[year])?,
            room: exact(room)?,
        });
    }
    figures.after = after(horizon, &tally)?;
    Some(figures)
}

/// A number that JSON readers hold exactly.
fn exact(number: i128) -> Option<i64> {
    if number.abs() < 1 << 53 { i64::try_from(number).ok() } else { None }
}

fn pool(horizon: &Horizon, plan: &Plan, tally: &Tally, year: YearId) -> Option<Vec<PoolLine>> {
    let line = |kind| {
        let row = &horizon.kinds[kind];
        let pool = tally.pool[kind][year];
        Some(PoolLine {
            year: horizon.years[year].clone(),
            kind: row.id.clone(),
            hired: plan.hired[kind][year],
            pool,
            hours_needed: exact(tally.hours[kind][year.position()])?,
            hours_room: exact(i128::from(row.hours) * i128::from(pool))?,
            ratio_needed: tally.ratio[kind][year.position()],
            ratio_room: exact(i128::from(horizon.policy.per_coach) * i128::from(pool))?,
            spare: exact(tally.spare(horizon, kind, year))?,
        })
    };
    horizon.kinds.ids().map(line).collect()
}

/// Cents by line in a year, counted from the first; what is 0 is left out.
fn amounts(
    horizon: &Horizon,
    tally: &Tally,
    year: usize,
    wanted: impl Fn(loket_solver::planning::facts::ids::LineId) -> bool,
) -> Option<Vec<(String, i64)>> {
    let there = tally.amounts.pairs().filter(|(line, years)| wanted(*line) && years[year] != 0);
    there.map(|(line, years)| Some((horizon.lines[line].id.clone(), exact(years[year])?))).collect()
}

fn after(horizon: &Horizon, tally: &Tally) -> Option<Vec<AfterLine>> {
    let years = tally.hours.iter().map(Vec::len).max().unwrap_or(0);
    let mut lines = Vec::new();
    for (number, year) in (1..).zip(horizon.length()..years) {
        let there = tally.hours.pairs().filter(|(_, hours)| hours[year] != 0);
        let hours: Option<Vec<(String, i64)>> =
            there.map(|(kind, hours)| Some((horizon.kinds[kind].id.clone(), exact(hours[year])?))).collect();
        let line = AfterLine { year: number, hours: hours?, costs: amounts(horizon, tally, year, |_| true)? };
        if !line.hours.is_empty() || !line.costs.is_empty() {
            lines.push(line);
        }
    }
    Some(lines)
}

/// Breaches as an outcome tells them: of a board in a year the fullest month only.
pub(crate) fn breaches(horizon: &Horizon, start: i64, found: &[Breach]) -> Vec<BreachLine> {
    let mut told: Vec<&Breach> = Vec::new();
    for breach in found {
        let same = |other: &&mut &Breach| {
            let (one, two) = (breach.place, other.place);
            breach.rule == other.rule && breach.place.month.is_some() && (one.board, one.year) == (two.board, two.year)
        };
        match told.iter_mut().find(same) {
            Some(known) if breach.used > known.used => *known = breach,
            Some(_) => {}
            None => told.push(breach),
        }
    }
    let line = |breach: &&Breach| {
        let place = breach.place;
        BreachLine {
            rule: breach.rule.code().to_owned(),
            wave: place.wave.map(|wave| horizon.waves[wave].id.clone()),
            board: place.board.map(|board| horizon.boards[board].id.clone()),
            kind: place.kind.map(|kind| horizon.kinds[kind].id.clone()),
            year: place.year.map(|year| horizon.years[year].clone()),
            month: place.month.and_then(|month| i64::try_from(month).ok()).map(|month| shown(start + month)),
            used: exact(breach.used).unwrap_or(i64::MAX),
            limit: exact(breach.limit).unwrap_or(i64::MAX),
        }
    };
    told.iter().map(line).collect()
}
