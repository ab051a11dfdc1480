//! What a placement officer reads after a solve: who is placed, how well, with whom, and why somebody is not.

use std::time::Duration;

use loket_instances::matching::outcome::OutcomeFile;
use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::outcome::{Outcome, Verdict};
use loket_solver::matching::facts::plan::Plan;

use crate::present::dutch::{counted, time};
use crate::present::sheet::Sheet;
use crate::refusal;

mod coaches;
mod goals;
mod placed;
mod unplaced;

pub use placed::travel_bands;

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
    let open = outcome.goals.iter().filter(|goal| !goal.proven()).count();
    sheet.closing(ending(outcome.verdict, open, took));
    sheet
}

/// The figures of an outcome file and its plan: the summary without the people who are left and the coaches one by one.
pub fn figures(loaded: &Loaded, outcome: &OutcomeFile, plan: &Plan) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.title(loaded.title.as_str());
    placed::write(&mut sheet, loaded, plan);
    coaches::write_sums(&mut sheet, loaded, plan);
    goals::write_lines(&mut sheet, &outcome.goals);
    let open = outcome.goals.iter().filter(|goal| !goal.proven).count();
    let took = Duration::try_from_secs_f64(outcome.technique.seconds).unwrap_or_default();
    sheet.closing(ending(outcome.status, open, took));
    sheet
}

fn ending(verdict: Verdict, open: usize, took: Duration) -> String {
    let took = time(took);
    match verdict {
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
