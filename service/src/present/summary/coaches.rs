//! How full every coach is, what the coaching costs, and how much of it is external.

use loket_instances::matching::read::Loaded;
use loket_solver::common::tables::Table as By;
use loket_solver::matching::facts::hours;
use loket_solver::matching::facts::ids::CoachId;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::CoachKind;

use crate::present::dutch::{count, counted, euros, number};
use crate::present::sheet::{Cell, Column, Row, Sheet, Table, Unit};

#[derive(Clone, Copy, Default)]
struct Load {
    candidates: usize,
    hours: i64,
}

/// How many coaches have somebody, each coach, and what the coaching costs.
pub(super) fn write(sheet: &mut Sheet, loaded: &Loaded, plan: &Plan) {
    let (wave, loads) = (&loaded.wave, loads(&loaded.wave, plan));
    busy(sheet, wave, &loads);
    sheet.table(table(wave, &loads));
    costs(sheet, wave, &loads);
}

/// The same without each coach.
pub(super) fn write_sums(sheet: &mut Sheet, loaded: &Loaded, plan: &Plan) {
    let (wave, loads) = (&loaded.wave, loads(&loaded.wave, plan));
    busy(sheet, wave, &loads);
    costs(sheet, wave, &loads);
}

fn loads(wave: &Wave, plan: &Plan) -> By<CoachId, Load> {
    let mut loads: By<CoachId, Load> = By::filled(wave.coaches.len(), Load::default());
    for (candidate, placement) in plan.pairs() {
        if let Some(placement) = *placement {
            let load = &mut loads[placement.coach];
            load.candidates += 1;
            load.hours += i64::from(hours::hours(wave, candidate, placement.school(wave)));
        }
    }
    loads
}

fn busy(sheet: &mut Sheet, wave: &Wave, loads: &By<CoachId, Load>) {
    let busy = loads.iter().filter(|load| load.candidates > 0).count();
    let all = counted(wave.coaches.len(), "coach", "coaches");
    let verb = if busy == 1 || wave.coaches.len() == 1 { "begeleidt" } else { "begeleiden" };
    sheet.fact("Coaches", format!("{} van {all} {verb} iemand", count(busy)));
}

/// Every coach with candidates out of maximum and hours out of hours.
fn table(wave: &Wave, loads: &By<CoachId, Load>) -> Table {
    let rows = loads.pairs().map(|(id, load)| {
        let coach = &wave.coaches[id];
        let (placed, most) = (load.candidates, coach.maximum as usize);
        let people = Cell::Of(placed as i64, i64::from(coach.maximum), Unit::One);
        Row::new(coach.id.as_str(), vec![Cell::Bar(placed, most), people, Cell::Of(load.hours, i64::from(coach.hours), Unit::Hours)])
    });
    Table {
        key: "coaches",
        heading: "coach".into(),
        columns: vec![Column::words("vol"), Column::figures("kandidaten"), Column::figures("uren")],
        rows: rows.collect(),
        meaning: "",
    }
}

fn costs(sheet: &mut Sheet, wave: &Wave, loads: &By<CoachId, Load>) {
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
    let people = counted(external, "kandidaat", "kandidaten");
    sheet.fact("Begeleiding", format!("{} uur, {}; {people} met een externe coach", number(hours), euros(cents)));
}
