//! Reads the plan out of an outcome: everybody exactly once, at a seat group and with a coach that the wave has, in the file's order.

use std::collections::HashMap;

use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::{self, Placement, Plan};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge::rules::Breach;
use serde_json::Value;

use super::compare::Page;
use super::rows;

/// The plan; `None` when some placement cannot be understood, which has then been told.
pub(super) fn read(page: &mut Page, wave: &Wave, outcome: &Value) -> Option<Plan> {
    let known: HashMap<&str, CandidateId> = wave.candidates.pairs().map(|(id, candidate)| (candidate.id.as_str(), id)).collect();
    let mut plan = plan::empty(wave);
    let mut seen: HashMap<CandidateId, String> = HashMap::new();
    let mut understood = true;
    for key in ["plaatsingen", "ongeplaatst"] {
        let mut last = None;
        for (position, row) in rows(outcome, key).iter().enumerate() {
            let place = format!("/{key}/{position}");
            let Some(&candidate) = row["kandidaat"].as_str().and_then(|id| known.get(id)) else {
                let what = format!("Kandidaat {} staat niet in de lichting.", row["kandidaat"]);
                page.tell(place + "/kandidaat", what);
                understood = false;
                continue;
            };
            if let Some(earlier) = seen.insert(candidate, place.clone()) {
                page.tell(&place, format!("Deze kandidaat staat ook bij {earlier}."));
                understood = false;
                continue;
            }
            let order = wave.candidates[candidate].row;
            if last.is_some_and(|last| last > order) {
                page.tell(&place, "De volgorde is niet die van de lichting.");
            }
            last = Some(order);
            if key == "plaatsingen" {
                match placement(page, wave, &place, row) {
                    Some(placement) => plan[candidate] = Some(placement),
                    None => understood = false,
                }
            }
        }
    }
    for candidate in wave.candidates_by_row() {
        if !seen.contains_key(&candidate) {
            let id = &wave.candidates[candidate].id;
            page.tell("/ongeplaatst", format!("Kandidaat {id} is niet geplaatst en staat ook niet bij ongeplaatst."));
        }
    }
    understood.then_some(plan)
}

fn placement(page: &mut Page, wave: &Wave, place: &str, row: &Value) -> Option<Placement> {
    let school = wave.schools.pairs().find(|(_, it)| row["school"] == *it.id);
    let coach = wave.coaches.pairs().find(|(_, it)| row["coach"] == *it.id);
    if coach.is_none() {
        let what = format!("Coach {} staat niet in de lichting.", row["coach"]);
        page.tell(format!("{place}/coach"), what);
    }
    let Some((_, school)) = school else {
        let what = format!("School {} staat niet in de lichting.", row["school"]);
        page.tell(format!("{place}/school"), what);
        return None;
    };
    let seat = school.seats.iter().copied().find(|&seat| row["plek"] == *wave.seats[seat].id);
    if seat.is_none() {
        let what = format!("Plek {} is er niet bij school {}.", row["plek"], school.id);
        page.tell(format!("{place}/plek"), what);
    }
    Some(Placement { seat: seat?, coach: coach?.0 })
}

/// Tells which rule the plan breaks, and where.
pub(super) fn tell_breach(page: &mut Page, wave: &Wave, breach: &Breach) {
    let says = breach.rule.rule().says;
    let what = match breach.candidate {
        Some(candidate) => {
            format!(
                "Regel {} is gebroken voor kandidaat {} ({}). De regel is: {says}",
                breach.rule, wave.candidates[candidate].id, breach.place
            )
        }
        None => format!(
            "Regel {} is gebroken bij {}: {} gebruikt, {} toegestaan. De regel is: {says}",
            breach.rule, breach.place, breach.used, breach.at_most
        ),
    };
    page.tell("/plaatsingen", what);
}
