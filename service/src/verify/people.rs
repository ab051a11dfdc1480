//! Computes again what an outcome says of each person: hours, minutes, bouw and points of a placement, reasons of somebody unplaced.

use loket_instances::words::reasons::reason_text;
use loket_solver::matching::facts::hours;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::outcome::{Reason, Verdict};
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::judge::{self, reasons};
use serde_json::{Map, Value, json};

use super::compare::Page;
use super::rows;

/// Every row of `plaatsingen`, compared with what its placement should say.
pub(super) fn placements(page: &mut Page, wave: &Wave, plan: &Plan, outcome: &Value) {
    for (position, row) in rows(outcome, "plaatsingen").iter().enumerate() {
        let found = plan
            .pairs()
            .find_map(|(candidate, placement)| (row["kandidaat"] == *wave.candidates[candidate].id).then_some((candidate, *placement)));
        if let Some((candidate, Some(placement))) = found {
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

/// Every row of `ongeplaatst`, compared with the reasons that are true of the plan.
pub(super) fn unplaced(page: &mut Page, wave: &Wave, plan: &Plan, outcome: &Value) {
    let proven = outcome["status"].as_str().and_then(Verdict::parse) == Some(Verdict::Optimal);
    for (candidate, right) in reasons_of(wave, plan, proven) {
        let id = &wave.candidates[candidate].id;
        let row = rows(outcome, "ongeplaatst").iter().position(|row| row["kandidaat"] == **id);
        let Some(position) = row else { continue };
        let found = &rows(outcome, "ongeplaatst")[position]["redenen"];
        let place = format!("/ongeplaatst/{position}/redenen");
        page.same(&place, &right, found);
    }
}

/// `redenen` of everybody without a place.
pub(super) fn reasons_of(wave: &Wave, plan: &Plan, proven: bool) -> Vec<(CandidateId, Value)> {
    let line = |reason: &Reason| {
        let data: Map<String, Value> = reason.data.iter().map(|&(name, amount)| (name.into(), amount.into())).collect();
        json!({ "code": reason.code.code(), "gegevens": data, "tekst": reason_text(reason) })
    };
    let all = reasons::unplaced(wave, plan, proven).into_iter();
    all.map(|(candidate, reasons)| (candidate, reasons.iter().map(line).collect())).collect()
}
