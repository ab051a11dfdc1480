//! Computes the key figures (kerncijfers) of an outcome again.

use loket_solver::matching::facts::hours;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge::Changes;
use serde_json::{Value, json};

use super::compare::Page;

pub(super) fn check(page: &mut Page, wave: &Wave, plan: &Plan, changes: &Changes, outcome: &Value) {
    let mut placed = 0_i64;
    let mut choices = [0_i64; 3];
    let (mut sum, mut longest, mut cents) = (0_i64, 0_i64, 0_i64);
    for (candidate, placement) in plan.pairs() {
        let Some(placement) = *placement else {
            continue;
        };
        let school = placement.school(wave);
        let bouw = wave.seats[placement.seat].bouw;
        let wishes = &wave.candidates[candidate].bouwen;
        let minutes = i64::from(wave.travel.candidate(candidate, school));
        let rate = wave.coaches[placement.coach].rate_cents;
        placed += 1;
        choices[match wishes.iter().position(|&wish| wish == bouw) {
            Some(0) => 0,
            Some(1) => 1,
            _ => 2,
        }] += 1;
        sum += minutes;
        longest = longest.max(minutes);
        cents += i64::from(hours::hours(wave, candidate, school)) * i64::from(rate);
    }
    let average = (2 * sum + placed).checked_div(2 * placed).unwrap_or(0);
    let right = json!({
        "kandidaten": wave.candidates.len(),
        "geplaatst": placed,
        "bouw_1e": choices[0],
        "bouw_2e": choices[1],
        "bouw_later": choices[2],
        "reistijd_gemiddeld": average,
        "reistijd_hoogste": longest,
        "kosten_cent": cents,
        "gewijzigd": changes.changed.len(),
        "gedwongen": changes.forced.len(),
    });
    // The format allows more figures than these; a stranger is not a mistake.
    for (name, value) in right.as_object().into_iter().flatten() {
        let place = format!("/kerncijfers/{name}");
        page.same(&place, value, &outcome["kerncijfers"][name]);
    }
}
