//! The plain model of a wave for other solvers: every allowed triple with its points per goal, the raw limits, nothing tightened.
//!
//! A JSON file says what there is; beside it lies a file of little-endian arrays, one number per triple each, because a national wave
//! has millions of triples. `benches/peers/plain_model.py` reads both.

use std::fs;
use std::path::Path;

use loket_solver::common::control::Unhurried;
use loket_solver::common::tables::{Id, Table};
use loket_solver::matching::facts::hours;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::CoachKind;
use loket_solver::matching::judge::rules::{Kind, Limit, Members, RULES, Weight};
use loket_solver::matching::judge::terms;
use loket_solver::matching::solve::model::points::Objective;
use loket_solver::matching::solve::model::{Column, columns};
use serde_json::{Value, json};

/// What an exported model has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Allowed triples.
    pub triples: usize,
    /// Raw limits.
    pub limits: usize,
    /// Goals, with one before them when the policy limits changes.
    pub goals: usize,
}

/// Writes the model as `file` (JSON) and the arrays beside it, with the extension `bin`.
///
/// # Errors
/// When a file cannot be written, or the wave cannot be put this way.
pub fn export(wave: &Wave, file: &Path) -> Result<Exported, String> {
    let (columns, _) = columns::enumerate(wave, &Unhurried).expect("there is no limit");
    let mut arrays = Arrays::default();
    let seat = |column: &Column| wave.seats[column.seat].school;
    let narrow = |id: u32| i64::from(id);
    arrays.small("candidate", columns.iter().map(|column| narrow(column.candidate.0)));
    arrays.small("seat", columns.iter().map(|column| narrow(column.seat.0)));
    arrays.small("school", columns.iter().map(|column| narrow(seat(column).0)));
    arrays.small("board", columns.iter().map(|column| narrow(wave.schools[seat(column)].board.0)));
    arrays.small("coach", columns.iter().map(|column| narrow(column.coach.0)));
    arrays.small("external", columns.iter().map(|column| i64::from(wave.coaches[column.coach].kind == CoachKind::Extern)));
    let limits: Vec<Limit> = RULES
        .iter()
        .filter_map(|rule| match rule.kind {
            Kind::Shared { write, .. } => Some(write(wave)),
            Kind::Pair { .. } | Kind::Changes { .. } => None,
        })
        .flatten()
        .collect();
    for weight in [Weight::Hours, Weight::NextHours, Weight::Cost] {
        if limits.iter().any(|limit| limit.weight == weight) {
            arrays.wide(name(weight), columns.iter().map(|column| weigh(wave, weight, column)));
        }
    }
    let mut goals = Vec::new();
    if let Some(most) = wave.policy.max_changes {
        let points = Objective::Kept.points(wave, &columns);
        arrays.wide(&format!("points-{}", goals.len()), points.into_iter());
        goals.push(json!({ "name": "wijzigingen", "tolerance_percent": 0, "slack": most, "load": [] }));
    }
    let people = u32::try_from(wave.candidates.len()).map_err(|_| "too many candidates")?;
    let steps: Vec<u32> = wave.coaches.iter().map(|coach| coach.maximum.min(people)).collect();
    for goal in &wave.policy.goals {
        let points = Objective::Goal(goal.clone()).points(wave, &columns);
        arrays.wide(&format!("points-{}", goals.len()), points.into_iter());
        let mut load: Table<loket_solver::matching::facts::ids::CoachId, Vec<i64>> = Table::default();
        for &(code, weight) in goal.weights.iter().filter(|(_, weight)| *weight != 0) {
            if let terms::Kind::Load { write, .. } = code.term().kind {
                if load.is_empty() {
                    load = steps.iter().map(|&steps| vec![0; steps as usize]).collect::<Vec<_>>().into();
                }
                for coach in wave.coaches.ids() {
                    (1..).zip(&mut load[coach]).for_each(|(nth, points)| *points += weight * write(wave, coach, nth));
                }
            }
        }
        let load: Vec<&Vec<i64>> = load.iter().collect();
        goals.push(json!({ "name": goal.name, "tolerance_percent": goal.tolerance_percent, "slack": 0, "load": load }));
    }
    let binary = file.with_extension("bin");
    let exported = Exported { triples: columns.len(), limits: limits.len(), goals: goals.len() };
    let head = json!({
        "format": "loket-triples/1",
        "wave": wave.id,
        "file": binary.file_name().and_then(|name| name.to_str()).ok_or("a file needs a name")?,
        "candidates": wave.candidates.len(),
        "triples": columns.len(),
        "arrays": arrays.list,
        "must": wave.locked().iter().map(|id| id.0).collect::<Vec<_>>(),
        "waited": wave.candidates.iter().map(|one| one.waited).collect::<Vec<_>>(),
        "limits": limits.iter().map(limit_json).collect::<Vec<_>>(),
        "steps": steps,
        "goals": goals,
    });
    let tell = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    fs::write(&binary, &arrays.bytes).map_err(|error| tell(&binary, error))?;
    fs::write(file, head.to_string()).map_err(|error| tell(file, error))?;
    Ok(exported)
}

/// Arrays of one number per triple, end to end.
#[derive(Default)]
struct Arrays {
    bytes: Vec<u8>,
    list: Vec<Value>,
}

impl Arrays {
    /// Ids and flags: 32 bits.
    fn small(&mut self, name: &str, numbers: impl Iterator<Item = i64>) {
        self.list.push(json!({ "name": name, "type": "<i4", "offset": self.bytes.len() }));
        self.bytes.extend(numbers.flat_map(|number| i32::try_from(number).unwrap_or(i32::MAX).to_le_bytes()));
    }
    /// Quantities: 64 bits.
    fn wide(&mut self, name: &str, numbers: impl Iterator<Item = i64>) {
        self.list.push(json!({ "name": name, "type": "<i8", "offset": self.bytes.len() }));
        self.bytes.extend(numbers.flat_map(i64::to_le_bytes));
    }
}

fn name(weight: Weight) -> &'static str {
    match weight {
        Weight::One => "one",
        Weight::Hours => "hours",
        Weight::NextHours => "next_hours",
        Weight::Cost => "cost",
    }
}

fn weigh(wave: &Wave, weight: Weight, column: &Column) -> i64 {
    let hours = || i64::from(hours::hours(wave, column.candidate, wave.seats[column.seat].school));
    match weight {
        Weight::One => 1,
        Weight::Hours => hours(),
        Weight::NextHours => i64::from(hours::next_hours(wave, column.candidate)),
        Weight::Cost => hours() * i64::from(wave.coaches[column.coach].rate_cents),
    }
}

fn limit_json(limit: &Limit) -> Value {
    let (among, which) = match limit.members {
        Members::Seat(id) => ("seat", id.position()),
        Members::School(id) => ("school", id.position()),
        Members::Board(id) => ("board", id.position()),
        Members::Coach(id) => ("coach", id.position()),
        Members::External => ("external", 1),
        Members::All => ("all", 0),
        Members::Pair(one, _) => ("pair", one.position()),
        Members::Shared(id) => ("shared", id.position()),
    };
    json!({ "rule": limit.rule.code(), "among": among, "which": which, "weight": name(limit.weight), "at_most": limit.at_most })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::Family;
    use loket_instances::matching::read::read_wave;
    use loket_solver::matching::facts::plan::Placement;
    use loket_solver::matching::judge;

    #[test]
    fn the_exported_triples_are_what_the_judge_allows_and_their_points_add_up_to_the_judges_values() {
        let text = Family::Amsterdam.wave(20, 2).to_string();
        let wave = read_wave(text.as_bytes()).expect("a generated wave is good").wave;
        let folder = std::env::temp_dir().join(format!("loket-export-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder for this test");
        let file = folder.join("triples.json");
        let exported = export(&wave, &file).expect("the folder can be written");
        let head: Value = serde_json::from_slice(&fs::read(&file).expect("just written")).expect("it is JSON");
        let bytes = fs::read(file.with_extension("bin")).expect("just written");
        let array = |name: &str| -> Vec<i64> {
            let list = head["arrays"].as_array().expect("a list");
            let one = list.iter().find(|one| one["name"] == name).expect("named in the list");
            let from = one["offset"].as_u64().expect("a number") as usize;
            let part = |width: usize| bytes[from..from + width * exported.triples].chunks(width);
            match one["type"].as_str() {
                Some("<i4") => part(4).map(|four| i64::from(i32::from_le_bytes(four.try_into().expect("four")))).collect(),
                _ => part(8).map(|eight| i64::from_le_bytes(eight.try_into().expect("eight"))).collect(),
            }
        };
        let open = wave.seats.pairs().filter(|(_, seat)| seat.count > 0).map(|(id, _)| id);
        let allowed: Vec<_> = open
            .flat_map(|seat| wave.coaches.ids().map(move |coach| Placement { seat, coach }))
            .flat_map(|placement| wave.candidates.ids().map(move |candidate| (candidate, placement)))
            .filter(|&(candidate, placement)| judge::allowed(&wave, candidate, placement))
            .collect();
        assert_eq!(allowed.len(), exported.triples);
        let mut plan = loket_solver::matching::facts::plan::empty(&wave);
        let (candidates, seats, coaches) = (array("candidate"), array("seat"), array("coach"));
        let last = exported.triples - 1;
        plan[Id::new(candidates[last] as usize)] =
            Some(Placement { seat: Id::new(seats[last] as usize), coach: Id::new(coaches[last] as usize) });
        for (number, goal) in wave.policy.goals.iter().enumerate() {
            let load = head["goals"][number]["load"].as_array().expect("a list");
            let first_step = load.get(coaches[last] as usize).map_or(0, |steps| steps[0].as_i64().expect("a number"));
            let points = array(&format!("points-{number}"))[last] + first_step;
            assert_eq!(points, judge::value(&wave, goal, &plan), "{}", goal.name);
        }
        fs::remove_dir_all(&folder).expect("the folder is ours");
    }
}
