//! What a placement officer reads after a solve: who is placed, how well, with whom, and why somebody is not.

use std::fmt::Write;
use std::time::Duration;

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::outcome::{Outcome, Verdict};
use loket_solver::matching::facts::plan::Plan;

use crate::present::dutch::{counted, time};
use crate::refusal;

mod coaches;
mod goals;
mod placed;
mod unplaced;

/// Widest line, in characters.
const WIDTH: usize = 100;

/// The summary: Dutch, at most 100 characters wide, without colours.
pub fn text(loaded: &Loaded, outcome: &Outcome, took: Duration) -> String {
    let mut page = format!("\n{}\n\n", loaded.title);
    match &outcome.plan {
        Some(plan) => with_plan(&mut page, loaded, outcome, plan),
        None if outcome.verdict == Verdict::Impossible => {
            unplaced::conflict(&mut page, loaded, outcome);
        }
        None => page.push_str("Gestopt voordat er een plan was. Er is niets ingedeeld.\n"),
    }
    if !loaded.notices.is_empty() {
        let _ = write!(page, "\n{}", refusal::notices(&loaded.notices));
    }
    let _ = writeln!(page, "\n{}", ending(outcome, took));
    page
}

fn with_plan(page: &mut String, loaded: &Loaded, outcome: &Outcome, plan: &Plan) {
    placed::write(page, loaded, plan);
    coaches::write(page, loaded, plan);
    goals::write(page, &loaded.wave, outcome);
    unplaced::write(page, loaded, outcome, plan);
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

/// A candidate by id, and by name where there is one.
fn person(loaded: &Loaded, candidate: CandidateId) -> String {
    let id = &loaded.wave.candidates[candidate].id;
    match loaded.names.candidates.get(id) {
        Some(name) => format!("{id}  {name}"),
        None => id.clone(),
    }
}

/// One heading with the first line of its block beside it.
fn row(page: &mut String, heading: &str, line: &str) {
    let _ = writeln!(page, "{}", format!("{heading:<13}{line}").trim_end());
}

/// A bar of `part` out of `whole`, `width` characters long.
fn bar(part: usize, whole: usize, width: usize) -> String {
    let full = (part * width + whole / 2).checked_div(whole).unwrap_or(0);
    let full = full.min(width);
    format!("{}{}", "█".repeat(full), "░".repeat(width - full))
}

/// `part` of `whole` in percent, rounded half up; 0 of nothing.
fn percent(part: usize, whole: usize) -> usize {
    (200 * part + whole).checked_div(2 * whole).unwrap_or(0)
}
