//! Why no placement: openings open what they say, sets of limits are true and smallest, and what is said of goals holds.

use loket_solver::common::control::Unhurried;
use loket_solver::matching::ask::explain::change::Change;
use loket_solver::matching::ask::explain::limits::LimitKey;
use loket_solver::matching::ask::explain::none::{Opening, Smallest, Why, why_none};
use loket_solver::matching::ask::explain::rest::rest;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::{CandidateId, SeatId};
use loket_solver::matching::facts::plan::Placement;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge;

use super::{Case, placed, truth};

/// More than a tiny wave can use.
const UNLIMITED: i64 = 900;
const UNLIMITED_CENTS: i64 = 50_000_000;

pub(super) fn check(case: &Case<'_>) {
    let wave = case.wave();
    for candidate in wave.candidates.ids() {
        let found = why_none(&case.base, candidate, 3, &Unhurried);
        case.holds("who is not placed has a reason", found.is_none() == case.base.plan[candidate].is_some(), &|| format!("{found:?}"));
        let Some(found) = found else { continue };
        let open = open_seats(wave, candidate);
        match &found {
            Why::Nothing => {
                let none = wave.seats.iter().all(|seat| seat.count == 0) || wave.coaches.iter().all(|coach| coach.maximum == 0);
                case.holds("there is nothing", none, &|| format!("{found:?}"));
            }
            Why::Open | Why::Unproven | Why::Stopped => case.holds("a proven plan leaves nothing open", false, &|| format!("{found:?}")),
            Why::Goal(answer) => {
                let room = fits_as_it_is(case, candidate) || truth::room(wave, wave, &case.base.plan, candidate) != Some(false);
                case.holds("there is room", room, &|| format!("{found:?}"));
                case.answer("placing at the cost of a goal", answer, wave, &placed(candidate));
            }
            Why::Costly { growth, answer } => {
                let changes: Vec<Change> = growth.iter().map(|&(limit, by)| Change::More { limit, by }).collect();
                let edited = case.edited(&changes);
                let costs = truth::room(&edited, wave, &case.base.plan, candidate) != Some(true);
                case.holds("a place lowers goal 1", costs && !fits_as_it_is(case, candidate), &|| format!("{found:?}"));
                case.answer("placing at the cost of goal 1", answer, &edited, &placed(candidate));
            }
            Why::Pairs { rules, openings, together, .. } => {
                case.holds("the rules leave nothing", open.is_empty(), &|| format!("{found:?}"));
                for &(rule, seats) in rules {
                    case.holds("seats by rule", seats_forbidden(wave, candidate, rule) == seats, &|| format!("{found:?} {rule}"));
                }
                openings.iter().for_each(|it| opening(case, candidate, it));
                if let Some((rules, at)) = together {
                    case.holds("rules together", judge::blocking(wave, candidate, *at) == *rules && openings.is_empty(), &|| {
                        format!("{found:?}")
                    });
                }
            }
            Why::Limits { seats, reasons, proven, stopped } => {
                let count: i64 = open.iter().map(|&seat| i64::from(wave.seats[seat].count)).sum();
                case.holds("seats that fit", *seats == count && *proven && !*stopped && !reasons.is_empty(), &|| format!("{found:?}"));
                case.holds("no room", truth::room(wave, wave, &case.base.plan, candidate) != Some(true), &|| format!("{found:?}"));
                reasons.iter().for_each(|it| smallest(case, candidate, it));
            }
        }
    }
    let all = rest(&case.base, &Unhurried);
    for way in &all.ways {
        case.answer("a way to place the rest", &way.answer, &case.edited(&way.changes), &|_| true);
    }
    if let Some((answer, _)) = &all.together {
        let mut changes: Vec<Change> = Vec::new();
        all.ways.iter().flat_map(|way| &way.changes).for_each(|it| {
            if !changes.contains(it) {
                changes.push(it.clone());
            }
        });
        case.answer("all ways together", answer, &case.edited(&changes), &|_| true);
    }
}

/// Whether somebody can be placed with everyone else where they are.
fn fits_as_it_is(case: &Case<'_>, candidate: CandidateId) -> bool {
    let wave = case.wave();
    wave.seats.ids().flat_map(|seat| wave.coaches.ids().map(move |coach| Placement { seat, coach })).any(|at| {
        let mut plan = case.base.plan.clone();
        plan[candidate] = Some(at);
        truth::obeys(wave, &plan)
    })
}

/// Seat groups with seats where some coach who can take somebody leaves a placement without a rule in the way.
fn open_seats(wave: &Wave, candidate: CandidateId) -> Vec<SeatId> {
    let coaches = || wave.coaches.ids().filter(|&coach| wave.coaches[coach].maximum > 0);
    let open =
        |&seat: &SeatId| wave.seats[seat].count > 0 && coaches().any(|coach| judge::allowed(wave, candidate, Placement { seat, coach }));
    wave.seats.ids().filter(open).collect()
}

fn seats_forbidden(wave: &Wave, candidate: CandidateId, rule: RuleCode) -> i64 {
    let coaches = || wave.coaches.ids().filter(|&coach| wave.coaches[coach].maximum > 0);
    let always = |seat: SeatId| coaches().all(|coach| judge::blocking(wave, candidate, Placement { seat, coach }).contains(&rule));
    wave.seats.pairs().filter(|(seat, row)| row.count > 0 && always(*seat)).map(|(_, row)| i64::from(row.count)).sum()
}

fn opening(case: &Case<'_>, candidate: CandidateId, it: &Opening) {
    let edited = case.edited(std::slice::from_ref(&it.change));
    let opened: i64 = open_seats(&edited, candidate).iter().map(|&seat| i64::from(edited.seats[seat].count)).sum();
    case.holds("an opening opens these seats", opened == it.seats && it.seats > 0, &|| format!("{it:?} {opened}"));
    if let Some(places) = it.places
        && let Some(truth) = truth::room(&edited, case.wave(), &case.base.plan, candidate)
    {
        case.holds("an opening gives a place", truth == places, &|| format!("{it:?}"));
    }
    if let Some(answer) = &it.answer {
        case.answer("placing through an opening", answer, &edited, &placed(candidate));
    }
}

fn smallest(case: &Case<'_>, candidate: CandidateId, reason: &Smallest) {
    let room = |growth: &[(LimitKey, i64)]| {
        let changes: Vec<Change> = growth.iter().map(|&(limit, by)| Change::More { limit, by }).collect();
        truth::room(&case.edited(&changes), case.wave(), &case.base.plan, candidate)
    };
    case.holds("a reason is enough", !reason.growth.is_empty() && room(&reason.growth) != Some(false), &|| format!("{reason:?}"));
    for position in 0..reason.growth.len() {
        let (limit, by) = reason.growth[position];
        let mut others: Vec<(LimitKey, i64)> = reason
            .growth
            .iter()
            .map(|&(limit, _)| (limit, if limit.rule == RuleCode::Budget { UNLIMITED_CENTS } else { UNLIMITED }))
            .collect();
        others.remove(position);
        case.holds("a reason has no limit too many", room(&others) != Some(true), &|| format!("{reason:?} without {limit:?}"));
        let mut less = reason.growth.clone();
        less[position].1 = by - 1;
        case.holds("a growth is no larger than it must be", by >= 1 && room(&less) != Some(true), &|| format!("{reason:?} {limit:?}"));
    }
    if let Some(answer) = &reason.answer {
        let changes: Vec<Change> = reason.growth.iter().map(|&(limit, by)| Change::More { limit, by }).collect();
        case.answer("placing with limits that grow", answer, &case.edited(&changes), &placed(candidate));
    }
}
