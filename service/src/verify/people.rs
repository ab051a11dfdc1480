//! Computes again what an outcome says of each person: hours, minutes, bouw and points of a placement, reasons of somebody unplaced.

use std::collections::HashMap;

use loket_instances::words::reasons::reason_text;
use loket_solver::matching::facts::codes::ReasonCode;
use loket_solver::matching::facts::hours;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::outcome::{Reason, Verdict};
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::judge::reasons::Reasons;
use loket_solver::matching::judge::{self, reasons};
use serde_json::{Map, Value, json};

use super::compare::Page;
use super::rows;

/// Every row of `plaatsingen`, compared with what its placement should say.
pub(super) fn placements(page: &mut Page, wave: &Wave, plan: &Plan, outcome: &Value) {
    let people: HashMap<&str, CandidateId> = wave.candidates.pairs().map(|(id, candidate)| (candidate.id.as_str(), id)).collect();
    for (position, row) in rows(outcome, "plaatsingen").iter().enumerate() {
        let candidate = row["kandidaat"].as_str().and_then(|id| people.get(id).copied());
        if let Some((candidate, placement)) = candidate.and_then(|candidate| Some((candidate, plan[candidate]?))) {
            let right = placement_row(wave, candidate, placement);
            page.same(&format!("/plaatsingen/{position}"), &right, row);
        }
    }
}

fn placement_row(wave: &Wave, candidate: CandidateId, placement: Placement) -> Value {
    let seat = &wave.seats[placement.seat];
    let points: Map<String, Value> =
        judge::points(wave, candidate, placement).into_iter().map(|(term, points)| (term.code().into(), points.into())).collect();
    json!({
        "kandidaat": wave.candidates[candidate].id,
        "school": wave.schools[seat.school].id,
        "plek": seat.id,
        "bouw": seat.bouw.code(),
        "coach": wave.coaches[placement.coach].id,
        "uren": hours::hours(wave, candidate, seat.school),
        "reistijd": wave.travel.candidate(candidate, seat.school),
        "coachreistijd": wave.travel.coach(placement.coach, seat.school),
        "punten": points,
    })
}

/// Every row of `ongeplaatst`, compared with the reasons that are true of the plan. That there was no time to look for them may be said of
/// a plan that is not proven.
pub(super) fn unplaced(page: &mut Page, wave: &Wave, plan: &Plan, outcome: &Value) {
    let proven = outcome["status"].as_str().and_then(Verdict::parse) == Some(Verdict::Optimal);
    let found: HashMap<&str, (usize, &Value)> = rows(outcome, "ongeplaatst")
        .iter()
        .enumerate()
        .filter_map(|(position, row)| Some((row["kandidaat"].as_str()?, (position, &row["redenen"]))))
        .collect();
    let not_looked = Value::Array(vec![line(&Reason { code: ReasonCode::NotLooked, data: Vec::new() })]);
    let left: Vec<CandidateId> = wave.candidates_by_row().into_iter().filter(|&candidate| plan[candidate].is_none()).collect();
    let told = left.into_iter().filter_map(|candidate| Some((candidate, *found.get(wave.candidates[candidate].id.as_str())?)));
    let looked: Vec<(CandidateId, (usize, &Value))> = told.filter(|(_, (_, reasons))| proven || **reasons != not_looked).collect();
    if looked.is_empty() {
        return;
    }
    let all = Reasons::new(wave, plan, proven);
    for (candidate, (position, found)) in looked {
        let right = all.of(candidate).iter().map(line).collect();
        let place = format!("/ongeplaatst/{position}/redenen");
        page.same(&place, &right, found);
    }
}

fn line(reason: &Reason) -> Value {
    let data: Map<String, Value> = reason.data.iter().map(|&(name, amount)| (name.into(), amount.into())).collect();
    json!({ "code": reason.code.code(), "gegevens": data, "tekst": reason_text(reason) })
}

/// `redenen` of everybody without a place.
pub(super) fn reasons_of(wave: &Wave, plan: &Plan, proven: bool) -> Vec<(CandidateId, Value)> {
    let all = reasons::unplaced(wave, plan, proven).into_iter();
    all.map(|(candidate, reasons)| (candidate, reasons.iter().map(line).collect())).collect()
}
