//! What a placement officer reads after a solve: who is placed, how well, with whom, and why somebody is not.

use std::time::Duration;

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::outcome::{Outcome, Verdict};

use crate::present::dutch::{counted, time};
use crate::present::sheet::Sheet;
use crate::refusal;

mod coaches;
mod goals;
mod placed;
mod unplaced;

/// The summary of what a solve came to.
pub fn sheet(loaded: &Loaded, outcome: &Outcome, took: Duration) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.title(loaded.title.as_str());
    match &outcome.plan {
        Some(plan) => {
            placed::write(&mut sheet, loaded, plan);
            coaches::write(&mut sheet, loaded, plan);
            goals::write(&mut sheet, &loaded.wave, outcome);
            unplaced::write(&mut sheet, loaded, outcome, plan);
        }
        None if outcome.verdict == Verdict::Impossible => unplaced::conflict(&mut sheet, loaded, outcome),
        None => sheet.lead("Gestopt voordat er een plan was. Er is niets ingedeeld."),
    }
    if !loaded.notices.is_empty() {
        sheet.heading(refusal::allowed(&loaded.notices));
        sheet.parts.extend(refusal::noticed(&loaded.notices));
    }
    sheet.closing(ending(outcome, took));
    sheet
}

fn ending(outcome: &Outcome, took: Duration) -> String {
    let took = time(took);
    let open = outcome.goals.iter().filter(|goal| !goal.proven()).count();
    match outcome.verdict {
        Verdict::Optimal => {
            format!("Klaar in {took}. Voor elk doel is bewezen dat het niet beter kan.")
        }
        Verdict::Feasible => format!(
            "Gestopt na {took}. Het plan volgt alle regels; van {} is niet bewezen dat het niet beter kan.",
            counted(open, "doel", "doelen")
        ),
        Verdict::Impossible => format!("Klaar in {took}."),
        Verdict::Stopped => format!("Gestopt na {took}."),
    }
}

/// A candidate by id, and by name where there is one; apart, so that ids are easy to find.
fn person(loaded: &Loaded, candidate: CandidateId) -> String {
    let id = &loaded.wave.candidates[candidate].id;
    loaded.names.candidates.get(id).map_or_else(|| id.clone(), |name| format!("{id}  {name}"))
}
