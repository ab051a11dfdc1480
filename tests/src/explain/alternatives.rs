//! Forced placements, choices together, alternatives and their order, and who fits where.

use loket_solver::common::control::Unhurried;
use loket_solver::matching::ask::explain::alternatives::{By, alternatives};
use loket_solver::matching::ask::explain::ask::{Answer, ask};
use loket_solver::matching::ask::explain::change::{Change, Spot};
use loket_solver::matching::ask::explain::fits::fits;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::judge;

use super::{Case, truth};

/// Most placements of one candidate that are forced.
const MOST: usize = 6;

pub(super) fn check(case: &Case<'_>) {
    let wave = case.wave();
    let places: Vec<Placement> = wave.seats.ids().flat_map(|seat| wave.coaches.ids().map(move |coach| Placement { seat, coach })).collect();
    for candidate in wave.candidates.ids() {
        let (open, shut): (Vec<Placement>, Vec<Placement>) = places.iter().partition(|&&at| judge::allowed(wave, candidate, at));
        for &at in open.iter().take(MOST).chain(shut.iter().take(1)) {
            let answer = ask(&case.base, &[Change::place(candidate, at)], &Unhurried);
            case.answer("a forced placement", &answer, wave, &|plan| plan[candidate] == Some(at));
        }
        for by in [By::Seat, By::Coach, By::Placement] {
            order(case, candidate, by);
        }
    }
    together(case, &places);
    for seat in wave.seats.ids().take(2) {
        fitting(case, Spot { seat: Some(seat), ..Spot::default() }, &|at| at.seat == seat);
    }
    for coach in wave.coaches.ids().take(2) {
        fitting(case, Spot { coach: Some(coach), ..Spot::default() }, &|at| at.coach == coach);
    }
}

/// Alternatives: each price exact, each one part of a best plan without the ones before, and none left out when all are given.
fn order(case: &Case<'_>, candidate: CandidateId, by: By) {
    let wave = case.wave();
    let mut heard = 0;
    let found = alternatives(&case.base, candidate, by, &[], 3, &Unhurried, &mut |_| heard += 1);
    case.holds("every alternative is heard", heard == found.found.len() && !found.stopped, &|| format!("{found:?}"));
    let same = |one: Placement, other: Placement| match by {
        By::Seat => one.seat == other.seat,
        By::Coach => one.coach == other.coach,
        By::Placement => one == other,
    };
    let mut before: Vec<Placement> = case.base.plan[candidate].into_iter().collect();
    for alternative in &found.found {
        let at = alternative.placement;
        let answer = Answer::Possible(Box::new(alternative.asked.clone()));
        case.answer("an alternative", &answer, wave, &|plan| plan[candidate] == Some(at));
        if found.ordered {
            let left = |plan: &Plan| plan[candidate].is_some_and(|it| !before.iter().any(|&earlier| same(earlier, it)));
            if let Some(plans) = truth::plans(wave, &left) {
                let best = truth::best(wave, plans);
                let chosen = best.as_ref().is_some_and(|(_, plans)| plans.iter().any(|plan| plan[candidate] == Some(at)));
                case.holds("an alternative is best of what is left", chosen, &|| format!("{found:?}"));
            }
        }
        case.holds("an alternative is another one", !before.iter().any(|&earlier| same(earlier, at)), &|| format!("{found:?}"));
        before.push(at);
    }
    if found.all && wave.policy.max_changes.is_none() {
        let left = |plan: &Plan| plan[candidate].is_some_and(|it| !before.iter().any(|&earlier| same(earlier, it)));
        let none = truth::plans(wave, &left).is_none_or(|plans| plans.is_empty());
        case.holds("there are no other alternatives", none, &|| format!("{found:?}"));
    }
}

/// Two people forced and one forbidden at once.
fn together(case: &Case<'_>, places: &[Placement]) {
    let wave = case.wave();
    let people: Vec<CandidateId> = wave.candidates.ids().collect();
    for (number, pair) in people.windows(2).enumerate() {
        let at = places.get(number * 5 % places.len().max(1)).copied();
        let (Some(at), Some(shown)) = (at, case.base.plan[pair[1]]) else { continue };
        let spot = Spot { seat: Some(at.seat), ..Spot::default() };
        let changes = [
            Change::Force { candidate: pair[0], spot, despite: Vec::new() },
            Change::Forbid { candidate: pair[1], spot: Spot { coach: Some(shown.coach), ..Spot::default() } },
        ];
        let answer = ask(&case.base, &changes, &Unhurried);
        let edited = case.edited(&changes[1..]);
        case.answer("choices together", &answer, &edited, &|plan| plan[pair[0]].is_some_and(|it| it.seat == at.seat));
    }
}

/// Who fits: every price exact; with room to ask everybody, nobody is left out.
fn fitting(case: &Case<'_>, spot: Spot, at: &dyn Fn(Placement) -> bool) {
    let wave = case.wave();
    let found = fits(&case.base, spot, 10, &Unhurried);
    for fit in &found.found {
        let answer = Answer::Possible(Box::new(fit.asked.clone()));
        case.answer("somebody who fits", &answer, wave, &|plan| plan[fit.candidate].is_some_and(at));
    }
    let here = |candidate: &CandidateId| case.base.plan[*candidate].is_some_and(at);
    let may = |candidate: CandidateId| {
        wave.seats.ids().any(|seat| {
            wave.coaches.ids().any(|coach| at(Placement { seat, coach }) && judge::allowed(wave, candidate, Placement { seat, coach }))
        })
    };
    let allowed = wave.candidates.ids().filter(|candidate| !here(candidate) && may(*candidate)).count();
    case.holds("everybody whom the rules allow is counted", found.allowed == allowed, &|| format!("{found:?}"));
    case.holds("everybody is asked", found.found.len() + found.impossible == allowed && !found.stopped, &|| format!("{found:?}"));
    case.holds("who is there is named", found.now.len() == wave.candidates.ids().filter(here).count(), &|| format!("{found:?}"));
}
