//! Coordinates and travel times of a wave: what must be there, and the table of minutes.

use std::collections::HashSet;

use loket_solver::common::tables::Id;
use loket_solver::matching::facts::wave::Travel;

use super::build::first;
use super::draft::{Home, WaveDraft};
use super::index::Index;
use crate::matching::travel::matrix;
use crate::strict::fields::Placed;
use crate::strict::report::Report;
use crate::strict::spot::show_id;

/// Most pairs of a traveller and a school (4 bytes each in memory).
pub(crate) const MOST_PAIRS: usize = 1_000_000_000;

/// Checks travel times and coordinates.
pub(crate) fn check(draft: &WaveDraft, index: &Index, report: &Report) {
    let mut pairs = HashSet::with_capacity(draft.travel.len());
    let travellers_known = index.coaches.known() && index.candidates.known();
    for row in &draft.travel {
        let pair = (row.from.text.as_str(), row.to.text.as_str());
        first(&mut pairs, pair, &row.spot, "voor deze reiziger en school staat er al een reistijd", report);
        let from = &row.from.text;
        if travellers_known && index.coaches.get(from).is_none() && index.candidates.get(from).is_none() {
            let text = format!("geen kandidaat of coach heet \"{}\"; deze reistijd telt niet mee", show_id(from));
            report.notice(&row.from.spot, text);
        }
        index.schools.seek(&row.to, "school", "deze reistijd telt niet mee", report);
    }
    let schools = &draft.schools.rows;
    let coaches = &draft.coaches.rows;
    let candidates = &draft.candidates.rows;
    let travellers = || coaches.iter().map(|row| (&row.id, &row.home)).chain(candidates.iter().map(|row| (&row.id, &row.home)));
    for (id, home) in travellers() {
        let others = schools.iter().map(|school| &school.id);
        place(home, index.schools.known(), others, |school| (id.text.as_str(), school), &pairs, report);
    }
    for school in schools {
        let others = travellers().map(|(id, _)| id);
        place(&school.home, travellers_known, others, |id| (id, school.id.text.as_str()), &pairs, report);
    }
    let (most, rows) = (coaches.len().max(candidates.len()), schools.len());
    if most.saturating_mul(rows) > MOST_PAIRS {
        let what = format!("{most} reizigers en {rows} scholen geven te veel reistijden");
        let remedy = format!("splits de lichting: hooguit {MOST_PAIRS} paren van een reiziger en een school");
        report.problem("te-veel", &crate::strict::spot::Spot::default(), what, remedy);
    }
}

/// Reports missing coordinates unless travel times cover every pair with the others.
fn place<'a>(
    home: &Home,
    others_known: bool,
    mut others: impl Iterator<Item = &'a Placed>,
    pair: impl Fn(&'a str) -> (&'a str, &'a str),
    pairs: &HashSet<(&'a str, &'a str)>,
    report: &Report,
) {
    if home.missing.is_empty() || !others_known || others.all(|other| pairs.contains(&pair(&other.text))) {
        return;
    }
    for spot in &home.missing {
        let remedy = "vul lat en lon in, of geef in reistijden elke reistijd van deze regel";
        report.problem("ontbreekt", spot, "deze coördinaat ontbreekt en niet elke reistijd is gegeven", remedy);
    }
}

/// The table of minutes of a draft that was checked.
pub(crate) fn travel(draft: &WaveDraft, index: &Index) -> Travel {
    let schools = &draft.schools.rows;
    let coaches = &draft.coaches.rows;
    let candidates = &draft.candidates.rows;
    let places: Vec<_> = index.schools.order.iter().map(|&row| schools[row].home.point).collect();
    let homes: Vec<_> = index.candidates.order.iter().map(|&row| &candidates[row]).map(|row| (row.home.point, row.transport)).collect();
    let mut by_candidate = matrix(&homes, &places);
    let homes: Vec<_> = index.coaches.order.iter().map(|&row| &coaches[row]).map(|row| (row.home.point, row.transport)).collect();
    let mut by_coach = matrix(&homes, &places);
    for row in &draft.travel {
        let Some(school) = index.schools.get(&row.to.text) else {
            continue;
        };
        let entry = |traveller: usize| traveller * places.len() + school.position();
        if let Some(candidate) = index.candidates.get(&row.from.text) {
            by_candidate[entry(candidate.position())] = row.minutes;
        } else if let Some(coach) = index.coaches.get(&row.from.text) {
            by_coach[entry(coach.position())] = row.minutes;
        }
    }
    Travel::new(places.len(), by_candidate, by_coach)
}
