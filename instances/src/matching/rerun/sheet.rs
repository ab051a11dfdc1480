//! Checks a request against the wave: every id it names must be there, and seats can only go that are there.

use loket_solver::matching::facts::wave::Wave;

use super::{FewerSeats, Request};
use crate::matching::read::Loaded;
use crate::strict::problem::Problem;
use crate::strict::spot::show_id;

/// By which option somebody takes another placement.
const MOVE: &str = "--move";

/// Everything in the request that the wave cannot follow.
pub(super) fn problems(loaded: &Loaded, request: &Request) -> Vec<Problem> {
    let wave = &loaded.wave;
    let coaches: Vec<&str> = wave.coaches.iter().map(|it| it.id.as_str()).collect();
    let schools: Vec<&str> = wave.schools.iter().map(|it| it.id.as_str()).collect();
    let candidates: Vec<&str> = wave.candidates.iter().map(|it| it.id.as_str()).collect();
    let people: Vec<&str> = coaches.iter().chain(&candidates).copied().collect();
    let mut problems = Vec::new();
    let mut need = |id: &str, known: &[&str], option: &str, kind: &str| {
        if !known.contains(&id) {
            problems.push(unknown(option, kind, id, known));
        }
    };
    request.without_coaches.iter().for_each(|id| need(id, &coaches, "--without-coach", "coach"));
    request.without_schools.iter().for_each(|id| need(id, &schools, "--without-school", "school"));
    request.without_candidates.iter().for_each(|id| need(id, &candidates, "--without-candidate", "kandidaat"));
    request.hours.iter().for_each(|(id, _)| need(id, &people, "--hours", "coach of kandidaat"));
    request.maxima.iter().for_each(|(id, _)| need(id, &coaches, "--maximum", "coach"));
    for it in &request.moves {
        need(&it.candidate, &candidates, MOVE, "kandidaat");
        need(&it.coach, &coaches, MOVE, "coach");
    }
    let groups = |school: &str| {
        let school = wave.schools.iter().find(|it| it.id == school)?;
        Some(school.seats.iter().map(|&seat| wave.seats[seat].id.as_str()).collect::<Vec<_>>())
    };
    problems.extend(request.moves.iter().filter_map(|it| match groups(&it.school) {
        None => Some(unknown(MOVE, "school", &it.school, &schools)),
        Some(known) if known.contains(&it.seat.as_str()) => None,
        Some(known) => Some(unknown(MOVE, &format!("plek van school {}", show_id(&it.school)), &it.seat, &known)),
    }));
    problems.extend(request.fewer_seats.iter().filter_map(|fewer| seats(wave, fewer, &schools)));
    problems
}

fn seats(wave: &Wave, fewer: &FewerSeats, schools: &[&str]) -> Option<Problem> {
    let option = "--without-seat";
    let Some(school) = wave.schools.iter().find(|it| it.id == fewer.school) else {
        return Some(unknown(option, "school", &fewer.school, schools));
    };
    let groups: Vec<&str> = school.seats.iter().map(|&seat| wave.seats[seat].id.as_str()).collect();
    let group = school.seats.iter().map(|&seat| &wave.seats[seat]).find(|it| it.id == fewer.seat);
    match group {
        None => Some(unknown(option, &format!("plek van school {}", show_id(&school.id)), &fewer.seat, &groups)),
        Some(group) if group.count < fewer.count => Some(problem(
            option,
            format!("{}:{} heeft {} plekken; {} minder kan niet", show_id(&school.id), show_id(&group.id), group.count, fewer.count),
            "noem hooguit het aantal plekken dat er is".into(),
        )),
        Some(_) => None,
    }
}

fn unknown(option: &str, kind: &str, id: &str, known: &[&str]) -> Problem {
    let near = known.iter().map(|it| (strsim::levenshtein(it, id), *it)).filter(|(steps, _)| *steps <= 2).min();
    let remedy = match near {
        Some((_, near)) => format!("bedoelde u {}?", show_id(near)),
        None => "noem een id dat in de lichting staat".into(),
    };
    problem(option, format!("deze lichting heeft geen {kind} \"{}\"", show_id(id)), remedy)
}

fn problem(option: &str, what: String, remedy: String) -> Problem {
    Problem { code: "onbekende-verwijzing", pointer: String::new(), place: option.into(), what, remedy }
}
