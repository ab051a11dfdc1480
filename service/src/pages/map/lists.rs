//! What the map shows, as lists: by school, with the number that it has on the map.

use std::collections::BTreeMap;

use super::{Told, paths};
use crate::desk::places::{Chosen, Pair};
use crate::pages::messages::Map as Words;
use crate::present::dutch::number;

/// Somebody at a school.
pub(super) struct Line {
    /// Who.
    pub name: String,
    /// The proposal for them.
    pub place: String,
    /// Where they live; empty when that is not known.
    pub home: String,
    /// The coach, where one was not chosen.
    pub coach: String,
    /// Minutes of the candidate and of the coach.
    pub minutes: [String; 2],
}

/// A school with its number.
pub(super) struct Entry {
    /// On the map and in the list.
    pub number: usize,
    /// Its name.
    pub name: String,
    /// The map with this school chosen.
    pub place: String,
    /// Who is there.
    pub lines: Vec<Line>,
}

/// A coach on the list of all.
pub(super) struct Overview {
    /// Who.
    pub name: String,
    /// The map with this coach chosen.
    pub place: String,
    /// How many candidates.
    pub people: usize,
    /// At how many schools.
    pub schools: usize,
}

/// The schools of what was chosen in the order of their numbers: nearest to the coach first.
pub(super) fn numbered(told: &Told) -> Vec<(&str, Vec<&Pair>)> {
    let Some(chosen) = &told.chosen else { return Vec::new() };
    let mut by: BTreeMap<&str, Vec<&Pair>> = BTreeMap::new();
    for pair in told.places.of(chosen) {
        by.entry(pair.school.as_str()).or_default().push(pair);
    }
    let mut all: Vec<(&str, Vec<&Pair>)> = by.into_iter().collect();
    all.sort_by_key(|(school, pairs)| (pairs.iter().map(|it| it.coach_minutes).min(), *school));
    all
}

/// The list beside the map.
pub(super) fn entries(m: Words, told: &Told) -> Vec<Entry> {
    let of_coach = matches!(told.chosen, Some(Chosen::Coach(_)));
    let line = |pair: &&Pair| Line {
        name: told.candidate(&pair.candidate),
        place: paths::wave_reviewed(&told.wave, &pair.candidate),
        home: told.places.candidate(&pair.candidate).and_then(|it| it.area.clone()).unwrap_or_default(),
        coach: if of_coach { String::new() } else { m.with_coach(told.coach(&pair.coach)) },
        minutes: [pair.minutes, pair.coach_minutes].map(|it| m.minutes(number(it))),
    };
    let entry = |(at, (school, pairs)): (usize, (&str, Vec<&Pair>))| Entry {
        number: at + 1,
        name: told.places.school(school).map_or_else(|| school.to_owned(), |it| it.name.clone()),
        place: told.at(&Chosen::School(school.to_owned())),
        lines: pairs.iter().map(line).collect(),
    };
    numbered(told).into_iter().enumerate().map(entry).collect()
}

/// Every coach, those with most candidates first.
pub(super) fn overview(told: &Told) -> Vec<Overview> {
    let one = |id: &str| {
        let chosen = Chosen::Coach(id.to_owned());
        let pairs = told.places.of(&chosen);
        let mut schools: Vec<&str> = pairs.iter().map(|it| it.school.as_str()).collect();
        schools.sort_unstable();
        schools.dedup();
        Overview { name: told.coach(id), place: told.at(&chosen), people: pairs.len(), schools: schools.len() }
    };
    let mut all: Vec<Overview> = told.places.coaches.iter().map(|it| one(&it.id)).collect();
    all.sort_by(|a, b| (b.people, &a.name).cmp(&(a.people, &b.name)));
    all
}
