//! Numbers of a multi-year plan that somebody types: put into its file, and added up as the judge does, also where a rule breaks.

use loket_solver::common::tables::{Id, Table};
use loket_solver::common::words::Word;
use loket_solver::planning::facts::codes::Step;
use loket_solver::planning::facts::horizon::{Horizon, Lock, Phase};
use loket_solver::planning::facts::ids::{BoardId, KindId, WaveId, YearId};
use loket_solver::planning::facts::plan::Plan;
use loket_solver::planning::judge;
use serde_json::{Map, Value, json};

use crate::planning::file::{after, locks};
use crate::planning::lines::{BreachLine, Figures};
use crate::planning::plan_file::{Loaded, read_plan};
use crate::strict;
use crate::strict::problem::Refusal;
use crate::strict::report::broken;

/// A number of a plan, by what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// A percentage of the funnel.
    Percent(Step, i64),
    /// Hours per person of a phase.
    PhaseHours(String, i64),
    /// Hours of one coach of a kind in a year.
    KindHours(String, i64),
    /// People per coach.
    PerCoach(i64),
    /// Who starts in a wave.
    Started(String, i64),
    /// How many of a wave a kind guides.
    Guided(String, String, i64),
    /// Coaches of a kind that are hired in a year.
    Hired(String, String, i64),
}

/// A plan with what it adds up to and every rule that it breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// What it adds up to.
    pub figures: Figures,
    /// Rules that it breaks.
    pub breaches: Vec<BreachLine>,
}

/// The file with these numbers in it: settings in their place, decisions as locks. Who starts at which board is open again in a wave of which
/// another number starts.
///
/// # Errors
/// Everything for which the file is refused with them.
pub fn typed(bytes: &[u8], numbers: &[Typed]) -> Result<Vec<u8>, Refusal> {
    let loaded = read_plan(bytes)?;
    let mut file: Value = serde_json::from_slice(bytes).map_err(|_| unread(bytes))?;
    for number in numbers {
        put(&mut file, &loaded.horizon, number);
    }
    let written = written(&file);
    read_plan(&written).map(|_| written)
}

/// The file without the decisions that are still to be taken in a month, counted from the first of the horizon: waves that start after it and
/// hires in years that begin after it.
///
/// # Errors
/// Everything for which the file is refused.
pub fn freed(bytes: &[u8], month: i64) -> Result<Vec<u8>, Refusal> {
    let loaded = read_plan(bytes)?;
    let horizon = &loaded.horizon;
    let mut file: Value = serde_json::from_slice(bytes).map_err(|_| unread(bytes))?;
    let coming = |at: usize| i64::try_from(at).is_ok_and(|at| at > month);
    let ahead = |lock: &Lock| match *lock {
        Lock::Started(wave, _) | Lock::Seated(wave, ..) | Lock::Guided(wave, ..) => coming(horizon.waves[wave].month),
        Lock::Hired(_, year, _) => coming(12 * year.position()),
    };
    if let Some(list) = file.get_mut("vast").and_then(Value::as_array_mut) {
        let mut stay = horizon.locks.iter().map(|lock| !ahead(lock));
        list.retain(|_| stay.next().unwrap_or(true));
    }
    Ok(written(&file))
}

fn unread(bytes: &[u8]) -> Refusal {
    match strict::json::parse(bytes) {
        Err(error) => broken(&error),
        Ok(_) => Refusal::one("json", &strict::spot::Spot::default(), "dit is geen JSON", "stuur het plan zoals het bewaard is"),
    }
}

fn written(file: &Value) -> Vec<u8> {
    file.to_string().into_bytes()
}

/// The object under a key, made where there is none.
fn object<'a>(file: &'a mut Value, key: &str) -> &'a mut Value {
    if !file[key].is_object() {
        file[key] = Value::Object(Map::new());
    }
    &mut file[key]
}

fn put(file: &mut Value, horizon: &Horizon, number: &Typed) {
    match number {
        Typed::Percent(step, percent) => object(file, "trechter")[step.code()] = (*percent).into(),
        Typed::PerCoach(people) => object(file, "beleid")["per_coach"] = (*people).into(),
        Typed::PhaseHours(phase, hours) => {
            if !file["fasen"].is_array() {
                file["fasen"] = horizon.phases.iter().map(phase_row).collect();
            }
            set(&mut file["fasen"], "fase", phase, "uren", *hours);
        }
        Typed::KindHours(kind, hours) => set(&mut file["coachsoorten"], "id", kind, "uren", *hours),
        Typed::Started(wave, people) => {
            lock(file, &json!({ "lichting": wave, "gestart": people }), "gestart");
            let first = horizon.kinds.iter().next().map_or("", |kind| kind.id.as_str());
            loosen(file, |row| row["lichting"] == **wave && (!row["bestuur"].is_null() || row["coachsoort"] == *first));
        }
        Typed::Guided(wave, kind, people) => lock(file, &json!({ "lichting": wave, "coachsoort": kind, "aantal": people }), "aantal"),
        Typed::Hired(kind, year, coaches) => lock(file, &json!({ "coachsoort": kind, "jaar": year, "aanname": coaches }), "aanname"),
    }
}

fn phase_row(phase: &Phase) -> Value {
    json!({ "fase": phase.id, "telling": phase.count.code(), "na": phase.after, "uren": phase.hours, "ratio": phase.ratio })
}

/// Puts a number in the row of a list that has this id.
fn set(list: &mut Value, key: &str, id: &str, field: &str, number: i64) {
    if let Some(row) = list.as_array_mut().into_iter().flatten().find(|row| row[key] == *id) {
        row[field] = number.into();
    }
}

/// Puts a lock in the place of the one about the same decision, or after the others.
fn lock(file: &mut Value, new: &Value, number: &str) {
    if !file["vast"].is_array() {
        file["vast"] = Value::Array(Vec::new());
    }
    let same = |row: &Value| locks::KEYS.iter().all(|&key| if key == number { !row[key].is_null() } else { row[key] == new[key] });
    let Some(list) = file["vast"].as_array_mut() else { return };
    match list.iter_mut().find(|row| same(row)) {
        Some(row) => row[number] = new[number].clone(),
        None => list.push(new.clone()),
    }
}

fn loosen(file: &mut Value, gone: impl Fn(&Value) -> bool) {
    if let Some(list) = file["vast"].as_array_mut() {
        list.retain(|row| !gone(row));
    }
}

/// The decisions that the file says: those that are locked, and for the others those of a plan, where there is one; else a wave's target, its
/// first kind of coach and no hires. Who starts is put at boards in their order.
pub fn decisions(loaded: &Loaded, known: Option<&Plan>) -> Plan {
    let horizon = &loaded.horizon;
    let mut plan = known.cloned().unwrap_or_else(|| Plan::empty(horizon));
    let kinds = horizon.kinds.len();
    let mut totals: Table<WaveId, i64> =
        horizon.waves.pairs().map(|(wave, row)| known.map_or(row.target, |it| it.started(wave))).collect::<Vec<_>>().into();
    let mut guided: Table<WaveId, Vec<Option<i64>>> = Table::filled(horizon.waves.len(), vec![None; kinds]);
    let mut seated: Table<WaveId, Option<i64>> = Table::filled(horizon.waves.len(), None);
    for lock in &horizon.locks {
        match *lock {
            Lock::Started(wave, people) => totals[wave] = people,
            Lock::Seated(wave, _, people) => seated[wave] = Some(seated[wave].unwrap_or(0) + people),
            Lock::Guided(wave, kind, people) => guided[wave][kind.position()] = Some(people),
            Lock::Hired(kind, year, coaches) => plan.hired[kind][year] = coaches,
        }
    }
    for wave in horizon.waves.ids() {
        if let Some(sum) = seated[wave] {
            totals[wave] = totals[wave].max(sum);
        }
        if let Some(all) = guided[wave].iter().copied().sum::<Option<i64>>() {
            totals[wave] = all;
        }
        split(&mut plan, known.is_some(), wave, totals[wave], &guided[wave]);
    }
    seat(horizon, &mut plan);
    plan
}

/// Who of a wave is guided by whom: as locked, then as known; the first kind that is open takes the rest.
fn split(plan: &mut Plan, known: bool, wave: WaveId, total: i64, locked: &[Option<i64>]) {
    let mut left = total;
    let mut rest = None;
    for (kind, locked) in locked.iter().enumerate() {
        let id = KindId::new(kind);
        if locked.is_none() && rest.is_none() {
            rest = Some(id);
            continue;
        }
        let wanted = locked.unwrap_or(if known { plan.guided[wave][id] } else { 0 });
        plan.guided[wave][id] = wanted;
        left -= wanted;
    }
    match rest {
        Some(id) => plan.guided[wave][id] = left.max(0),
        None if left != 0 => plan.guided[wave][KindId::new(0)] += left,
        None => {}
    }
}

/// Puts who starts at boards, in their order, where seats are free; what is left over goes to the first.
fn seat(horizon: &Horizon, plan: &mut Plan) {
    let held = usize::try_from(horizon.policy.seat_months).unwrap_or(1).max(1);
    let months = 12 * horizon.length() + held;
    let mut taken: Table<BoardId, Vec<i64>> = Table::filled(horizon.boards.len(), vec![0; months]);
    plan.seated = Table::filled(horizon.waves.len(), Table::filled(horizon.boards.len(), 0));
    for (wave, row) in horizon.waves.pairs() {
        let mut left: i64 = plan.guided[wave].iter().sum();
        for board in horizon.boards.ids() {
            let months = row.month..row.month + held;
            let free = |month: usize| {
                let year = (month < 12 * horizon.length()).then(|| YearId::new(month / 12));
                year.map_or(i64::MAX, |year| horizon.boards[board].seats[year] - taken[board][month])
            };
            let here = months.clone().map(free).min().unwrap_or(0).clamp(0, left);
            months.for_each(|month| taken[board][month] += here);
            plan.seated[wave][board] = here;
            left -= here;
        }
        if left > 0 && !horizon.boards.is_empty() {
            plan.seated[wave][BoardId::new(0)] += left;
        }
    }
}

/// What a plan adds up to, with the rules that it breaks; `None` when it is none, or a number is too large.
pub fn sums(loaded: &Loaded, plan: &Plan) -> Option<Sums> {
    let found = judge::findings(&loaded.horizon, plan)?;
    let figures = after::figures(&loaded.horizon, plan)?;
    Some(Sums { figures, breaches: after::breaches(&loaded.horizon, loaded.start, &found.breaches) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{"formaat":"loket-meerjarenplan/1","id":"p","start":"2026-09","jaren":["a","b"],
        "lichtingen":[{"id":"L1","maand":"2026-09","doel":18},{"id":"L2","maand":"2027-09","doel":18}],
        "besturen":[{"id":"B1","plekken":10},{"id":"B2","plekken":10}],
        "coachsoorten":[{"id":"in","uren":690,"aanname_max":9},{"id":"ex","extern":true,"uren":690,"aanname_max":9}],
        "vast":[{"lichting":"L1","gestart":12},{"lichting":"L1","coachsoort":"in","aantal":12},{"coachsoort":"in","jaar":"a","aanname":2}]}"#;

    fn numbers() -> Vec<Typed> {
        vec![
            Typed::Percent(Step::Diploma, 90),
            Typed::PhaseHours("inductie".into(), 20),
            Typed::KindHours("ex".into(), 700),
            Typed::PerCoach(8),
            Typed::Started("L1".into(), 15),
            Typed::Guided("L1".into(), "ex".into(), 4),
            Typed::Hired("in".into(), "a".into(), 3),
            Typed::Hired("ex".into(), "b".into(), 1),
        ]
    }

    #[test]
    fn what_is_typed_stands_in_the_file_and_nothing_else_changes() {
        let loaded = read_plan(&typed(FILE.as_bytes(), &numbers()).expect("a plan")).expect("a plan");
        let horizon = &loaded.horizon;
        assert_eq!((horizon.funnel.0, horizon.policy.per_coach), ([90, 90, 100, 100, 90, 80], 8));
        assert_eq!(horizon.phases.iter().map(|it| it.hours).collect::<Vec<_>>(), [15, 60, 30, 20]);
        assert_eq!(horizon.kinds.iter().map(|it| it.hours).collect::<Vec<_>>(), [690, 700]);
        let plan = decisions(&loaded, None);
        assert_eq!(plan.guided.iter().map(|it| it.iter().copied().collect::<Vec<_>>()).collect::<Vec<_>>(), [[11, 4], [18, 0]]);
        assert_eq!(plan.hired.iter().map(|it| it.iter().copied().collect::<Vec<_>>()).collect::<Vec<_>>(), [[3, 0], [0, 1]]);
        assert_eq!(plan.seated.iter().map(|it| it.iter().copied().collect::<Vec<_>>()).collect::<Vec<_>>(), [[10, 5], [10, 8]]);
        assert_eq!(
            typed(FILE.as_bytes(), &[]).expect("a plan"),
            serde_json::from_str::<Value>(FILE).expect("JSON").to_string().into_bytes()
        );
    }

    #[test]
    fn a_number_that_the_file_cannot_have_is_refused_with_its_place() {
        let refusal = typed(FILE.as_bytes(), &[Typed::Percent(Step::Start, 0), Typed::PerCoach(0)]).expect_err("no plan");
        let places: Vec<&str> = refusal.problems.iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!(places, ["/beleid/per_coach", "/trechter/start"]);
    }

    #[test]
    fn decisions_ahead_are_free_and_those_taken_stay() {
        let file = typed(FILE.as_bytes(), &[Typed::Started("L2".into(), 9), Typed::Hired("in".into(), "b".into(), 1)]).expect("a plan");
        let loaded = read_plan(&freed(&file, 0).expect("a plan")).expect("a plan");
        assert_eq!(loaded.horizon.locks.len(), 3);
        assert_eq!(read_plan(&freed(&file, -1).expect("a plan")).expect("a plan").horizon.locks.len(), 0);
        assert_eq!(read_plan(&freed(&file, 99).expect("a plan")).expect("a plan").horizon.locks.len(), 5);
    }

    #[test]
    fn sums_tell_what_breaks_and_by_how_much() {
        let loaded = read_plan(&typed(FILE.as_bytes(), &[Typed::Started("L2".into(), 18)]).expect("a plan")).expect("a plan");
        let sums = sums(&loaded, &decisions(&loaded, None)).expect("sums");
        let broken: Vec<(&str, i64, i64)> = sums.breaches.iter().map(|it| (it.rule.as_str(), it.used, it.limit)).collect();
        // 18 people in training and 12 in the second year, with two coaches of nine and 690 hours each.
        assert_eq!(broken, [("coach-ratio", 30, 18), ("coach-uren", 1_740, 1_380)]);
    }
}
