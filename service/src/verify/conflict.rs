//! Checks an outcome without a plan: nothing is placed, and a conflict names locked people of the wave with rules that exist.

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::solve::certificate::prove::conflicts;
use serde_json::{Value, json};

use super::compare::Page;
use super::{list, rows};

/// Whether it stays open that the locks cannot stand together: `steps` were not enough to look through that.
pub(super) fn check(page: &mut Page, loaded: &Loaded, outcome: &Value, (impossible, steps): (bool, u64)) -> bool {
    for key in ["plaatsingen", "doelen"] {
        page.same(&format!("/{key}"), &json!([]), list(outcome, key));
    }
    if !impossible {
        page.same("/conflict", &json!([]), list(outcome, "conflict"));
        return false;
    }
    let wave = &loaded.wave;
    let conflict = rows(outcome, "conflict");
    if conflict.is_empty() {
        let what = "Onmogelijk kan alleen als vastgelegde plaatsingen elkaar tegenspreken.";
        page.tell("/conflict", what);
    }
    let mut people = Vec::new();
    let mut last: Option<&str> = None;
    for (position, row) in conflict.iter().enumerate() {
        let place = format!("/conflict/{position}");
        let id = row["kandidaat"].as_str().unwrap_or_default();
        match wave.candidates.pairs().find(|(_, candidate)| candidate.id == id) {
            None => page.tell(&place, format!("Kandidaat {id} staat niet in de lichting.")),
            Some((_, candidate)) if candidate.lock.is_none() => {
                page.tell(&place, format!("Voor kandidaat {id} ligt niets vast."));
            }
            Some((candidate, _)) => people.push(candidate),
        }
        if last.is_some_and(|last| last.as_bytes() >= id.as_bytes()) {
            page.tell(&place, "De volgorde is niet die van de kandidaten.");
        }
        last = Some(id);
        rules(page, &place, row);
    }
    if steps == 0 || people.len() < conflict.len() {
        return false;
    }
    let known = conflicts(wave, &people, steps);
    if known == Some(false) {
        page.tell("/conflict", "Deze kandidaten kunnen wel allemaal geplaatst worden zoals het vastligt.");
    }
    known.is_none()
}

fn rules(page: &mut Page, place: &str, row: &Value) {
    let place = format!("{place}/regels");
    let codes: Vec<_> = rows(row, "regels").iter().collect();
    if codes.is_empty() {
        page.tell(&place, "Er staat geen regel bij.");
    }
    let mut last = None;
    for code in codes {
        let position = RuleCode::ALL.iter().position(|rule| *code == rule.code());
        if position.is_none() {
            page.tell(&place, format!("Regel {code} bestaat niet."));
        } else if last.is_some_and(|last| last >= position) {
            page.tell(&place, "De regels staan dubbel of niet op volgorde.");
        }
        last = Some(position);
    }
}
