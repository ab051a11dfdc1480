//! Everybody who is not placed with the reasons in sentences, or the locks that contradict each other.

use loket_instances::matching::read::Loaded;
use loket_instances::words::reasons::{in_the_way, reason_text};
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::outcome::Outcome;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::words::Word;

use super::person;
use crate::present::dutch::{counted, list};
use crate::present::names::named;
use crate::present::sheet::Sheet;

pub(super) fn write(sheet: &mut Sheet, loaded: &Loaded, outcome: &Outcome, plan: &Plan) {
    let left = loaded.wave.candidates_by_row();
    let left: Vec<CandidateId> = left.into_iter().filter(|&it| plan[it].is_none()).collect();
    if left.is_empty() {
        sheet.heading("Iedereen is geplaatst.");
        return;
    }
    let amount = counted(left.len(), "kandidaat", "kandidaten");
    sheet.heading(format!("Niet geplaatst: {amount}"));
    for candidate in left {
        sheet.item(person(loaded, candidate), wishes(loaded, candidate));
        let reasons = outcome.unplaced.iter().find(|(it, _)| *it == candidate);
        for reason in reasons.into_iter().flat_map(|(_, reasons)| reasons) {
            sheet.point(reason_text(reason));
        }
    }
}

pub(super) fn conflict(sheet: &mut Sheet, loaded: &Loaded, outcome: &Outcome) {
    let text = match outcome.conflict.len() {
        1 => "Deze lichting is onmogelijk: wat voor deze kandidaat vastligt, kan niet.",
        _ => "Deze lichting is onmogelijk: wat voor deze kandidaten vastligt, kan niet samen.",
    };
    sheet.lead(text);
    for lock in &outcome.conflict {
        sheet.item(person(loaded, lock.candidate), locked(loaded, lock.candidate).unwrap_or_default());
        for code in &lock.rules {
            sheet.point(format!("{} (regel {code})", in_the_way(*code)));
        }
    }
    let way_out = match outcome.conflict.len() {
        1 => "Haal weg wat voor deze kandidaat vastligt, of geef een van de genoemde regels meer ruimte.",
        _ => "Haal bij een van hen weg wat vastligt, of geef een van de genoemde regels meer ruimte.",
    };
    sheet.lead(way_out);
}

/// What a candidate asked for: the first thing to look at when somebody cannot be placed.
fn wishes(loaded: &Loaded, candidate: CandidateId) -> String {
    let person = &loaded.wave.candidates[candidate];
    let bouwen: Vec<String> = person.bouwen.iter().map(|bouw| bouw.code().to_string()).collect();
    format!("wil {}; hoogstens {} min reizen", bouwen.join(", dan "), person.max_travel)
}

/// What is locked for a candidate, in words.
fn locked(loaded: &Loaded, candidate: CandidateId) -> Option<String> {
    let wave = &loaded.wave;
    let lock = wave.candidates[candidate].lock.as_ref()?;
    let mut parts = Vec::new();
    parts.extend(lock.school.map(|school| format!("school {}", named(&wave.schools[school].id, &loaded.names.schools))));
    parts.extend(lock.seat.as_ref().map(|seat| format!("plek {seat}")));
    parts.extend(lock.bouw.map(|bouw| format!("bouw {}", bouw.code())));
    parts.extend(lock.coach.map(|coach| format!("coach {}", named(&wave.coaches[coach].id, &loaded.names.coaches))));
    Some(if parts.is_empty() { "moet geplaatst worden".into() } else { format!("vastgezet op {}", list(&parts)) })
}
