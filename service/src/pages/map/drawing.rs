//! The map itself: marks and lines in pixels, each mark with where it leads.

use loket_instances::outlines::Outlines;

use super::Told;
use super::lists::numbered;
use crate::desk::places::{Chosen, Pair, Place};
use crate::pages::messages::Map as Words;
use crate::present::ground::{Ground, Rule, Shape, WIDTH};

/// What a mark is, as the stylesheet calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Numbered,
    Placed,
    Free,
    Full,
    Home,
    HomeChosen,
    Coach,
    OtherCoach,
}

impl Kind {
    /// What the stylesheet calls it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Numbered => "genummerd",
            Self::Placed => "bezet",
            Self::Free => "vrij",
            Self::Full => "overig",
            Self::Home => "huis",
            Self::HomeChosen => "huis gekozen",
            Self::Coach => "coach",
            Self::OtherCoach => "coach ander",
        }
    }
}

/// A mark on the map.
pub(super) struct Mark {
    pub kind: Kind,
    pub x: i32,
    pub y: i32,
    /// Half its width.
    pub size: i32,
    /// What stands on it.
    pub text: String,
    /// What it is, for who hears it.
    pub says: String,
    /// Where it leads.
    pub place: String,
}

/// A journey.
pub(super) struct Journey {
    pub from: (i32, i32),
    pub to: (i32, i32),
    pub coach: bool,
}

/// Everything on the map, in the order in which it is drawn.
pub(super) struct Drawing {
    pub width: i32,
    pub height: i32,
    pub shapes: Vec<Shape>,
    pub journeys: Vec<Journey>,
    pub squares: Vec<Mark>,
    pub rounds: Vec<Mark>,
    pub triangles: Vec<Mark>,
    pub rule: Rule,
    /// Candidates who live outside.
    pub outside: i64,
}

/// The map; nothing when no school has a place.
pub(super) fn drawn(m: Words, told: &Told, districts: &Outlines) -> Option<Drawing> {
    let ground = Ground::of(districts, told.places.schools.iter().filter_map(|it| it.place))?;
    let numbers = numbered(told);
    let pairs: Vec<&Pair> = numbers.iter().flat_map(|it| it.1.iter().copied()).collect();
    let outside = told.places.candidates.iter().filter_map(|it| it.place).filter(|it| !ground.holds(ground.spot(*it))).count();
    Some(Drawing {
        width: WIDTH,
        height: ground.height,
        shapes: ground.shapes(districts),
        journeys: journeys(told, &ground, &pairs),
        squares: schools(m, told, &ground, &numbers),
        rounds: homes(m, told, &ground, &pairs),
        triangles: coaches(m, told, &ground, &pairs),
        rule: ground.rule(),
        outside: i64::try_from(outside).unwrap_or(i64::MAX),
    })
}

fn journeys(told: &Told, ground: &Ground, pairs: &[&Pair]) -> Vec<Journey> {
    let mut all: Vec<Journey> = Vec::new();
    for pair in pairs {
        let Some(school) = told.places.school(&pair.school).and_then(|it| it.place).map(|it| ground.spot(it)) else { continue };
        let ends = [(told.places.candidate(&pair.candidate), false), (told.places.coach(&pair.coach), true)];
        for (person, coach) in ends {
            let Some(home) = person.and_then(|it| it.place).map(|it| ground.spot(it)) else { continue };
            let from = if ground.holds(home) { home } else { ground.leaving(school, home) };
            if !all.iter().any(|it| it.coach == coach && it.from == from && it.to == school) {
                all.push(Journey { from, to: school, coach });
            }
        }
    }
    all
}

fn schools(m: Words, told: &Told, ground: &Ground, numbers: &[(&str, Vec<&Pair>)]) -> Vec<Mark> {
    let mut all: Vec<Mark> = Vec::new();
    for school in &told.places.schools {
        let Some((x, y)) = seen(ground, school.place) else { continue };
        let number = numbers.iter().position(|it| it.0 == school.id);
        let wanted = told.chosen == Some(Chosen::School(school.id.clone()));
        let kind = match number {
            _ if number.is_some() || wanted => Kind::Numbered,
            _ if school.placed > 0 && told.layers.schools => Kind::Placed,
            _ if school.placed < school.seats && told.layers.free => Kind::Free,
            _ if told.layers.schools => Kind::Full,
            _ => continue,
        };
        all.push(Mark {
            kind,
            x,
            y,
            size: if kind == Kind::Numbered { 11 } else { 5 },
            text: number.map_or_else(String::new, |it| (it + 1).to_string()),
            says: m.school_mark(&school.name, school.placed, school.seats),
            place: told.at(&Chosen::School(school.id.clone())),
        });
    }
    // Those with numbers stand on top.
    all.sort_by_key(|it| it.kind == Kind::Numbered);
    all
}

fn homes(m: Words, told: &Told, ground: &Ground, pairs: &[&Pair]) -> Vec<Mark> {
    let mut all = Vec::new();
    for home in told.places.homes() {
        let Some((x, y)) = seen(ground, Some(home.place)) else { continue };
        let theirs = |id: &String| pairs.iter().any(|it| it.candidate == *id) || told.chosen == Some(Chosen::Candidate(id.clone()));
        let chosen = told.chosen.is_some() && home.people.iter().any(theirs);
        if !chosen && !told.layers.homes {
            continue;
        }
        let count = home.people.len();
        let Some(first) = home.people.first().cloned() else { continue };
        let place = if count == 1 { Chosen::Candidate(first) } else { Chosen::Home(first) };
        let size = 6 + i32::try_from(count.min(10)).unwrap_or(10) / 2 + if count > 1 { 2 } else { 0 };
        all.push(Mark {
            kind: if chosen { Kind::HomeChosen } else { Kind::Home },
            x,
            y,
            size,
            text: if count > 1 { count.to_string() } else { String::new() },
            says: m.home_mark(count),
            place: told.at(&place),
        });
    }
    all.sort_by_key(|it| it.kind == Kind::HomeChosen);
    all
}

fn coaches(m: Words, told: &Told, ground: &Ground, pairs: &[&Pair]) -> Vec<Mark> {
    let mut all = Vec::new();
    for coach in &told.places.coaches {
        let Some((x, y)) = seen(ground, coach.place) else { continue };
        let chosen = Chosen::Coach(coach.id.clone());
        let theirs = told.chosen.as_ref() == Some(&chosen) || pairs.iter().any(|it| it.coach == coach.id);
        if !theirs && !told.layers.coaches {
            continue;
        }
        let kind = if theirs { Kind::Coach } else { Kind::OtherCoach };
        let says = m.coach_mark(told.coach(&coach.id));
        all.push(Mark { kind, x, y, size: if theirs { 11 } else { 7 }, text: String::new(), says, place: told.at(&chosen) });
    }
    all
}

/// Where a place is on the map, when it is on it.
fn seen(ground: &Ground, place: Option<Place>) -> Option<(i32, i32)> {
    place.map(|it| ground.spot(it)).filter(|it| ground.holds(*it))
}
