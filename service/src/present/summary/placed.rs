//! How many are placed, in which choice of bouw, how far they travel, and what changes.

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge;

use super::{bar, percent, person, row};
use crate::present::dutch::{count, counted};

/// Most people who are named one by one under a rerun.
const MOST_NAMED: usize = 12;

pub(super) fn write(page: &mut String, loaded: &Loaded, plan: &Plan) {
    let wave = &loaded.wave;
    let placements: Vec<(CandidateId, Placement)> =
        plan.pairs().filter_map(|(candidate, placement)| Some((candidate, (*placement)?))).collect();
    let (placed, all) = (placements.len(), wave.candidates.len());
    let share =
        format!("{} van {}   {} {} %", count(placed), counted(all, "kandidaat", "kandidaten"), bar(placed, all, 40), percent(placed, all));
    row(page, "Geplaatst", &share);
    if !placements.is_empty() {
        choices(page, wave, &placements);
        travel(page, wave, &placements);
    }
    changes(page, loaded, plan);
}

fn choices(page: &mut String, wave: &Wave, placements: &[(CandidateId, Placement)]) {
    let mut choices = [0; 3];
    for &(candidate, placement) in placements {
        let bouw = wave.seats[placement.seat].bouw;
        let wishes = &wave.candidates[candidate].bouwen;
        let position = wishes.iter().position(|&wish| wish == bouw);
        choices[position.unwrap_or(2).min(2)] += 1;
    }
    page.push('\n');
    let names = ["1e keus", "2e keus", "daarna"];
    for (position, (name, amount)) in names.into_iter().zip(choices).enumerate() {
        let heading = if position == 0 { "Bouw" } else { "" };
        row(page, heading, &share(name, amount, placements.len()));
    }
}

fn travel(page: &mut String, wave: &Wave, placements: &[(CandidateId, Placement)]) {
    let minutes: Vec<u32> =
        placements.iter().map(|&(candidate, placement)| wave.travel.candidate(candidate, placement.school(wave))).collect();
    let amount = minutes.len() as u64;
    let sum: u64 = minutes.iter().copied().map(u64::from).sum();
    let average = (2 * sum + amount).checked_div(2 * amount).unwrap_or(0);
    let longest = minutes.iter().copied().max().unwrap_or(0);
    page.push('\n');
    let line = format!("gemiddeld {average} minuten, hoogstens {longest} minuten");
    row(page, "Reistijd", &line);
    let bands = [("t/m 15 min", 0, 15), ("16–30 min", 16, 30), ("31–45 min", 31, 45), ("46–60 min", 46, 60), ("langer", 61, u32::MAX)];
    for (name, from, to) in bands {
        let amount = minutes.iter().filter(|&&it| (from..=to).contains(&it)).count();
        if from < 61 || amount > 0 {
            row(page, "", &share(name, amount, minutes.len()));
        }
    }
}

fn share(name: &str, amount: usize, whole: usize) -> String {
    format!("{name:<12}{:>6} {:>4} %  {}", count(amount), percent(amount, whole), bar(amount, whole, 40))
}

fn changes(page: &mut String, loaded: &Loaded, plan: &Plan) {
    let wave = &loaded.wave;
    let earlier = wave.candidates.iter().filter(|it| it.previous.is_some()).count();
    if earlier == 0 {
        return;
    }
    let changes = judge::changes(wave, plan);
    page.push('\n');
    let amount = counted(earlier, "eerdere plaatsing", "eerdere plaatsingen");
    row(page, "Herplaatsing", &format!("{} van {amount} veranderd", count(changes.changed.len())));
    named(page, loaded, &changes.changed);
    if !changes.forced.is_empty() {
        row(page, "", &format!("bij {} kan het oude, of een deel ervan, niet meer; welk plan er ook komt", count(changes.forced.len())));
        named(page, loaded, &changes.forced);
    }
}

/// People by id and name in the order of the file, the first of them when they are many.
fn named(page: &mut String, loaded: &Loaded, people: &[CandidateId]) {
    let mut people = people.to_vec();
    people.sort_by_key(|&candidate| loaded.wave.candidates[candidate].row);
    for &candidate in people.iter().take(MOST_NAMED) {
        row(page, "", &format!("  · {}", person(loaded, candidate)));
    }
    if people.len() > MOST_NAMED {
        row(page, "", &format!("  · en nog {}", count(people.len() - MOST_NAMED)));
    }
}
