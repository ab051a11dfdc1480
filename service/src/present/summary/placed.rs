//! How many are placed, in which choice of bouw, how far they travel, and what changes.

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge;

use super::person;
use crate::present::dutch::{count, counted};
use crate::present::sheet::{Cell, Column, Fact, Part, Row, Sheet, Table};

/// Most people who are named one by one under a rerun.
const MOST_NAMED: usize = 12;

pub(super) fn write(sheet: &mut Sheet, loaded: &Loaded, plan: &Plan) {
    let wave = &loaded.wave;
    let placements: Vec<(CandidateId, Placement)> =
        plan.pairs().filter_map(|(candidate, placement)| Some((candidate, (*placement)?))).collect();
    let (placed, all) = (placements.len(), wave.candidates.len());
    sheet.parts.push(Part::Fact(Fact {
        label: "Geplaatst".into(),
        text: format!("{} van {}", count(placed), counted(all, "kandidaat", "kandidaten")),
        share: Some((placed, all)),
        points: Vec::new(),
    }));
    if !placements.is_empty() {
        choices(sheet, wave, &placements);
        travel(sheet, wave, &placements);
    }
    changes(sheet, loaded, plan);
}

fn choices(sheet: &mut Sheet, wave: &Wave, placements: &[(CandidateId, Placement)]) {
    let mut choices = [0; 3];
    for &(candidate, placement) in placements {
        let bouw = wave.seats[placement.seat].bouw;
        let wishes = &wave.candidates[candidate].bouwen;
        let position = wishes.iter().position(|&wish| wish == bouw);
        choices[position.unwrap_or(2).min(2)] += 1;
    }
    let names = ["1e keus", "2e keus", "daarna"];
    sheet.table(shares("Bouw", names.into_iter().zip(choices), placements.len()));
}

fn travel(sheet: &mut Sheet, wave: &Wave, placements: &[(CandidateId, Placement)]) {
    let minutes: Vec<u32> =
        placements.iter().map(|&(candidate, placement)| wave.travel.candidate(candidate, placement.school(wave))).collect();
    let amount = minutes.len() as u64;
    let sum: u64 = minutes.iter().copied().map(u64::from).sum();
    let average = (2 * sum + amount).checked_div(2 * amount).unwrap_or(0);
    let longest = minutes.iter().copied().max().unwrap_or(0);
    sheet.fact("Reistijd", format!("gemiddeld {average} minuten, hoogstens {longest} minuten"));
    sheet.table(bands(&minutes));
}

/// How many placed candidates travel how long.
pub fn travel_bands(wave: &Wave, plan: &Plan) -> Table {
    let minutes = plan.pairs().filter_map(|(it, placement)| Some(wave.travel.candidate(it, (*placement)?.school(wave))));
    bands(&minutes.collect::<Vec<u32>>())
}

fn bands(minutes: &[u32]) -> Table {
    let bands = [("t/m 15 min", 0, 15), ("16–30 min", 16, 30), ("31–45 min", 31, 45), ("46–60 min", 46, 60), ("langer", 61, u32::MAX)];
    let counted = bands.map(|(name, from, to)| (name, minutes.iter().filter(|&&it| (from..=to).contains(&it)).count()));
    // That nobody travels longer than an hour need not be said.
    let shown = counted.into_iter().filter(|&(name, amount)| name != "langer" || amount > 0);
    shares("", shown, minutes.len())
}

/// How many each, and how much of all that is.
fn shares<'a>(heading: &str, amounts: impl Iterator<Item = (&'a str, usize)>, all: usize) -> Table {
    let row = |(name, amount): (&str, usize)| Row::new(name, vec![Cell::count(amount), Cell::share(amount, all), Cell::Bar(amount, all)]);
    Table {
        key: "verdeling",
        heading: heading.into(),
        columns: vec![Column::figures("kandidaten"), Column::figures("procent"), Column::words("deel")],
        rows: amounts.map(row).collect(),
        meaning: "",
    }
}

fn changes(sheet: &mut Sheet, loaded: &Loaded, plan: &Plan) {
    let wave = &loaded.wave;
    let earlier = wave.candidates.iter().filter(|it| it.previous.is_some()).count();
    if earlier == 0 {
        return;
    }
    let changes = judge::changes(wave, plan);
    let amount = counted(earlier, "eerdere plaatsing", "eerdere plaatsingen");
    let changed = format!("{} van {amount} veranderd", count(changes.changed.len()));
    let mut tell = |label: &str, text: String, people: &[CandidateId]| {
        sheet.parts.push(Part::Fact(Fact { label: label.into(), text, share: None, points: named(loaded, people) }));
    };
    tell("Herplaatsing", changed, &changes.changed);
    if !changes.forced.is_empty() {
        let forced = format!("bij {} kan het oude, of een deel ervan, niet meer; welk plan er ook komt", count(changes.forced.len()));
        tell("", forced, &changes.forced);
    }
}

/// People by id and name in the order of the file, the first of them when they are many.
fn named(loaded: &Loaded, people: &[CandidateId]) -> Vec<String> {
    let mut people = people.to_vec();
    people.sort_by_key(|&candidate| loaded.wave.candidates[candidate].row);
    let mut names: Vec<String> = people.iter().take(MOST_NAMED).map(|&candidate| person(loaded, candidate)).collect();
    if people.len() > MOST_NAMED {
        names.push(format!("en nog {}", count(people.len() - MOST_NAMED)));
    }
    names
}
