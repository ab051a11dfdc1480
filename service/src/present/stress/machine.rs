//! A stress test as JSON.

use loket_solver::matching::ask::rerun::dropout::Gone;
use loket_solver::matching::ask::stress::Spot;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Placement;
use loket_solver::matching::facts::words::Word;
use serde_json::{Value, json};

use super::Looked;
use crate::present::names::spot as spot_of;
use crate::present::rerun::machine::spot as spot_json;

/// Everything that was found, by keys.
pub fn value(looked: &Looked<'_>) -> Value {
    let spots: Vec<Value> = looked.stress.spots.iter().map(|it| spot(looked, it)).collect();
    let weakest = looked.stress.weakest.and_then(|at| looked.stress.spots.get(at)).map(|it| looked.id(it.gone));
    json!({ "lichting": looked.loaded.wave.id, "zwakste": weakest, "volledig": looked.stress.complete, "uitval": spots })
}

fn spot(looked: &Looked<'_>, spot: &Spot) -> Value {
    let wave = &looked.loaded.wave;
    let ids = |people: &[CandidateId]| people.iter().map(|&it| wave.candidates[it].id.clone()).collect::<Vec<_>>();
    let placement = |it: Placement| spot_json(&spot_of(looked.loaded, it));
    let people: Vec<Value> = spot
        .people
        .iter()
        .map(|&(it, from, to)| json!({ "kandidaat": wave.candidates[it].id, "was": placement(from), "nu": to.map(placement) }))
        .collect();
    let goals: Vec<Value> =
        looked.stress.goals.iter().zip(&spot.goals).map(|(goal, (was, now))| json!({ "naam": goal.name, "was": was, "nu": now })).collect();
    let stand_by = spot.stand_by.map(|it| json!({ "coach": wave.coaches[it.coach].id, "neemt_over": it.takes, "zou_kunnen": it.could }));
    json!({
        "soort": match spot.gone { Gone::Coach(_) => "coach", Gone::School(_) => "school" },
        "id": looked.id(spot.gone),
        "status": spot.verdict.code(),
        "mensen": people,
        "blijven_over": ids(&spot.left),
        "gewijzigd": ids(&spot.changed),
        "invaller": stand_by,
        "doelen": goals,
    })
}
