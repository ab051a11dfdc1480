//! How full every coach is, what the coaching costs, and how much of it is external.

use std::fmt::Write;

use loket_instances::matching::read::Loaded;
use loket_solver::common::tables::Table;
use loket_solver::matching::facts::hours;
use loket_solver::matching::facts::ids::CoachId;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::CoachKind;

use super::{WIDTH, bar, row};
use crate::present::dutch::{count, counted, cut, euros, number};

#[derive(Clone, Copy, Default)]
struct Load {
    candidates: usize,
    hours: i64,
}

pub(super) fn write(page: &mut String, loaded: &Loaded, plan: &Plan) {
    let wave = &loaded.wave;
    let mut loads: Table<CoachId, Load> = Table::filled(wave.coaches.len(), Load::default());
    for (candidate, placement) in plan.pairs() {
        if let Some(placement) = *placement {
            let load = &mut loads[placement.coach];
            load.candidates += 1;
            load.hours += i64::from(hours::hours(wave, candidate, placement.school(wave)));
        }
    }
    page.push('\n');
    let busy = loads.iter().filter(|load| load.candidates > 0).count();
    let all = counted(wave.coaches.len(), "coach", "coaches");
    let verb = if busy == 1 || wave.coaches.len() == 1 { "begeleidt" } else { "begeleiden" };
    let line = format!("{} van {all} {verb} iemand", count(busy));
    row(page, "Coaches", &line);
    table(page, loaded, &loads);
    costs(page, wave, &loads);
}

/// Every coach with candidates out of maximum and hours out of hours; in two columns when they are many.
fn table(page: &mut String, loaded: &Loaded, loads: &Table<CoachId, Load>) {
    let wave = &loaded.wave;
    let cells: Vec<String> = loads
        .pairs()
        .map(|(id, load)| {
            let coach = &wave.coaches[id];
            let most = coach.maximum as usize;
            format!(
                "{:<12} {} {:>7} {:>11} u",
                cut(&coach.id, 12),
                bar(load.candidates, most, 9),
                format!("{}/{}", count(load.candidates), count(most)),
                format!("{}/{}", number(load.hours), number(i64::from(coach.hours))),
            )
        })
        .collect();
    let columns = if cells.len() > 8 { 2 } else { 1 };
    let rows = cells.len().div_ceil(columns);
    for position in 0..rows {
        let line: Vec<&str> = (0..columns).filter_map(|column| cells.get(position + column * rows).map(String::as_str)).collect();
        let line = format!("    {}", line.join("      "));
        let _ = writeln!(page, "{}", cut(line.trim_end(), WIDTH));
    }
}

fn costs(page: &mut String, wave: &Wave, loads: &Table<CoachId, Load>) {
    let mut hours = 0;
    let mut cents = 0;
    let mut external = 0;
    for (id, load) in loads.pairs() {
        let coach = &wave.coaches[id];
        hours += load.hours;
        cents += load.hours * i64::from(coach.rate_cents);
        if coach.kind == CoachKind::Extern {
            external += load.candidates;
        }
    }
    page.push('\n');
    let line = format!("{} uur, {}; {} met een externe coach", number(hours), euros(cents), counted(external, "kandidaat", "kandidaten"));
    row(page, "Begeleiding", &line);
}
