//! Everybody who is not placed with the reasons in sentences, or the locks that contradict each other.

use std::fmt::Write;

use loket_instances::read::Loaded;
use loket_instances::reasons::reason_text;
use loket_solver::ids::CandidateId;
use loket_solver::outcome::Outcome;
use loket_solver::plan::Plan;
use loket_solver::rules::RULES;

use crate::dutch::{counted, wrapped};

/// Room for a sentence behind its mark.
const SENTENCE: usize = 92;

pub(super) fn write(page: &mut String, loaded: &Loaded, outcome: &Outcome, plan: &Plan) {
    let left = loaded.wave.candidates_by_row();
    let left: Vec<CandidateId> = left.into_iter().filter(|&it| plan[it].is_none()).collect();
    if left.is_empty() {
        let _ = writeln!(page, "\nIedereen is geplaatst.");
        return;
    }
    let amount = counted(left.len(), "kandidaat", "kandidaten");
    let _ = writeln!(page, "\nNiet geplaatst: {amount}");
    for candidate in left {
        let _ = writeln!(page, "   {}", person(loaded, candidate));
        let reasons = outcome.unplaced.iter().find(|(it, _)| *it == candidate);
        for reason in reasons.into_iter().flat_map(|(_, reasons)| reasons) {
            sentence(page, &reason_text(reason));
        }
    }
}

pub(super) fn conflict(page: &mut String, loaded: &Loaded, outcome: &Outcome) {
    let text = match outcome.conflict.len() {
        1 => "Deze lichting is onmogelijk: wat voor deze kandidaat vastligt, kan niet.",
        _ => "Deze lichting is onmogelijk: wat voor deze kandidaten vastligt, kan niet samen.",
    };
    let _ = writeln!(page, "{text}");
    for lock in &outcome.conflict {
        let _ = writeln!(page, "   {}", person(loaded, lock.candidate));
        for code in &lock.rules {
            let says = RULES.iter().find(|rule| rule.code == *code);
            match says {
                Some(rule) => sentence(page, &format!("{code}: {}", rule.says)),
                None => sentence(page, code),
            }
        }
    }
    let _ = writeln!(page, "Maak een van deze los, of geef haar ruimte.");
}

fn person(loaded: &Loaded, candidate: CandidateId) -> String {
    let id = &loaded.wave.candidates[candidate].id;
    match loaded.names.candidates.get(id) {
        Some(name) => format!("{id}  {name}"),
        None => id.clone(),
    }
}

fn sentence(page: &mut String, text: &str) {
    for (position, line) in wrapped(text, SENTENCE).iter().enumerate() {
        let mark = if position == 0 { '·' } else { ' ' };
        let _ = writeln!(page, "      {mark} {line}");
    }
}
