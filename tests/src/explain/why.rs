//! Why this placement: what is better, what stands in the way, who holds it and what it would cost.

use loket_solver::common::control::Unhurried;
use loket_solver::matching::ask::explain::why::why;
use loket_solver::matching::facts::codes::{RuleCode, TermCode};
use loket_solver::matching::facts::ids::{CandidateId, SeatId};
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::judge;
use loket_solver::matching::judge::rules::Breach;

use super::{Case, truth};

/// The terms about a person's own wishes and ties, written down here again.
const OWN: [&str; 11] = [
    "bouw",
    "reistijd",
    "concept",
    "coachwens",
    "continuiteit",
    "zelfde_school",
    "ongewijzigd",
    "ongewijzigd_school",
    "ongewijzigd_coach",
    "afspraak_school",
    "afspraak_coach",
];

fn own(case: &Case<'_>, candidate: CandidateId, placement: Placement) -> Vec<i64> {
    let points = judge::points(case.wave(), candidate, placement);
    let of = |code: TermCode| points.iter().find(|(other, _)| *other == code).map_or(0, |(_, points)| *points);
    let goals = case.wave().policy.goals.iter();
    goals
        .map(|goal| goal.weights.iter().filter(|(code, _)| OWN.contains(&code.code())).map(|&(code, weight)| weight * of(code)).sum())
        .collect()
}

pub(super) fn check(case: &Case<'_>) {
    let wave = case.wave();
    for candidate in wave.candidates.ids() {
        let Some(shown) = case.base.plan[candidate] else { continue };
        let Some(found) = why(&case.base, candidate, 3, &Unhurried) else {
            case.holds("a placed candidate has a why", false, &String::new);
            continue;
        };
        let mine = own(case, candidate, shown);
        case.holds("what a placement is worth to a person", found.own == mine, &|| format!("{found:?}"));
        let seats: Vec<SeatId> = wave.seats.ids().filter(|&seat| wave.seats[seat].count > 0).collect();
        let mut most = mine.clone();
        for &seat in &seats {
            let places: Vec<Placement> = wave.coaches.ids().map(|coach| Placement { seat, coach }).collect();
            let better: Vec<Placement> = places.iter().copied().filter(|&at| own(case, candidate, at) > mine).collect();
            most = places.iter().map(|&at| own(case, candidate, at)).chain([most]).max().unwrap_or_default();
            let open = better.iter().any(|&at| judge::allowed(wave, candidate, at));
            let says_open = found.open.iter().filter(|it| it.placement.seat == seat).count();
            let says_forbidden = found.forbidden.iter().filter(|it| it.placement.seat == seat).count();
            case.holds("open and better seat groups", says_open == usize::from(open), &|| format!("{found:?}"));
            case.holds("forbidden better seat groups", says_forbidden == usize::from(!open && !better.is_empty()), &|| {
                format!("{found:?}")
            });
        }
        case.holds("the best conceivable", found.best.own == most, &|| format!("{found:?}"));
        for better in found.open.iter().chain(&found.forbidden) {
            let at = better.placement;
            case.holds("better is better", better.own > mine && better.own == own(case, candidate, at), &|| format!("{better:?}"));
            let rules: Vec<RuleCode> = better.obstacles.iter().map(|it| it.rule).collect();
            case.holds("the rules in the way", rules == judge::blocking(wave, candidate, at), &|| format!("{better:?}"));
            full(case, candidate, better);
            if let Some(answer) = &better.answer {
                case.answer("a better placement", answer, wave, &|plan| plan[candidate] == Some(at));
            }
        }
    }
}

/// Moving the candidate there breaks the limits named, by as much as is said, and no other.
fn full(case: &Case<'_>, candidate: CandidateId, better: &loket_solver::matching::ask::explain::why::Better) {
    let wave = case.wave();
    let mut moved: Plan = case.base.plan.clone();
    moved[candidate] = Some(better.placement);
    let shared = |rule: RuleCode| ![RuleCode::Vast, RuleCode::Wijzigingen].contains(&rule);
    let mut breaches: Vec<(RuleCode, i64)> = judge::judge(wave, &moved, None)
        .breaches
        .into_iter()
        .filter(|it| it.candidate.is_none() && shared(it.rule))
        .map(|it| (it.rule, it.used - it.at_most))
        .collect();
    let mut said: Vec<(RuleCode, i64)> = better.full.iter().map(|it| (it.exceeded.limit.rule, it.exceeded.short)).collect();
    breaches.sort_unstable();
    said.sort_unstable();
    case.holds("the limits that are full", breaches == said, &|| format!("{better:?} {breaches:?}"));
    for full in &better.full {
        // Without those who hold it the limit is not full.
        let mut empty = moved.clone();
        full.holders.iter().for_each(|&holder| empty[holder] = None);
        let still = judge::judge(wave, &empty, None).breaches;
        let mine = |it: &Breach| it.rule == full.exceeded.limit.rule && it.used - it.at_most >= full.exceeded.short;
        let alone = truth::differences(wave, &moved, &empty) == full.holders.len();
        case.holds("the holders hold it", alone && (full.holders.is_empty() || !still.iter().any(mine)), &|| format!("{full:?} {still:?}"));
    }
}
