//! Changes, limits, rules and points in words.

use loket_instances::words::reasons::pair_rule;
use loket_solver::matching::ask::explain::change::{Change, Spot};
use loket_solver::matching::ask::explain::limits::LimitKey;
use loket_solver::matching::ask::explain::own::PERSONAL;
use loket_solver::matching::ask::explain::why::Obstacle;
use loket_solver::matching::facts::codes::{RuleCode, TermCode};
use loket_solver::matching::facts::policy::Policy;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::judge::rules::Members;

use super::view::Lens;
use crate::present::dutch::{counted, euros, list, number};

/// A difference with its sign.
pub(super) fn signed(value: i64) -> String {
    if value > 0 { format!("+{}", number(value)) } else { number(value) }
}

/// A limit: "de plekken in de bovenbouw bij …".
pub(super) fn limit_name(lens: &Lens<'_>, limit: LimitKey) -> String {
    match (limit.rule, limit.members) {
        (_, Members::Seat(seat)) => format!("de plek {}", lens.seat(seat)),
        (RuleCode::Starters, Members::School(school)) => format!("de ruimte voor starters bij {}", lens.school(school)),
        (_, Members::School(school)) => format!("het maximum van {}", lens.school(school)),
        (_, Members::Board(board)) => format!("het maximum van {}", lens.board(board)),
        (RuleCode::CoachUren, Members::Coach(coach)) => format!("de uren van {}", lens.coach(coach)),
        (RuleCode::CoachVervolg, Members::Coach(coach)) => format!("de vervolguren van {}", lens.coach(coach)),
        (_, Members::Coach(coach)) => format!("het aantal kandidaten van {}", lens.coach(coach)),
        (_, Members::External) => "het aandeel externe coaches".into(),
        (_, Members::All) => "het budget voor begeleiding".into(),
        (_, Members::Shared(seat)) => format!("de dagdelen van de duo-collega op plek {}", lens.seat(seat)),
        (RuleCode::PaarSamen, Members::Pair(..)) => "samen met iemand anders op een school".into(),
        (RuleCode::PaarApart, Members::Pair(..)) => "niet met iemand anders op een school".into(),
        (RuleCode::PaarCoach, Members::Pair(..)) => "dezelfde coach als iemand anders".into(),
        (_, Members::Pair(..)) => "een andere coach dan iemand anders".into(),
    }
}

/// A limit that grows: "1 plek erbij: bovenbouw bij …".
pub(super) fn grows(lens: &Lens<'_>, limit: LimitKey, by: i64) -> String {
    let more = |one: &str, many: &str| format!("{} {}", number(by), if by == 1 { one } else { many });
    match (limit.rule, limit.members) {
        (_, Members::Seat(seat)) => format!("{} erbij: {}", more("plek", "plekken"), lens.seat(seat)),
        (RuleCode::Starters, Members::School(school)) => {
            format!("ruimte voor {} meer bij {}", more("starter", "starters"), lens.school(school))
        }
        (_, Members::School(school)) => format!("het maximum van {} {} hoger", lens.school(school), number(by)),
        (_, Members::Board(board)) => format!("het maximum van {} {} hoger", lens.board(board), number(by)),
        (RuleCode::CoachUren, Members::Coach(coach)) => format!("{} uur meer voor {}", number(by), lens.coach(coach)),
        (RuleCode::CoachVervolg, Members::Coach(coach)) => format!("{} vervolguren meer voor {}", number(by), lens.coach(coach)),
        (_, Members::Coach(coach)) => format!("{} meer bij {}", more("kandidaat", "kandidaten"), lens.coach(coach)),
        (_, Members::External) => format!("{} meer met een externe coach", more("kandidaat", "kandidaten")),
        (_, Members::All) => format!("{} meer budget voor begeleiding", euros(by)),
        (_, Members::Shared(seat)) => format!("een eigen duo-collega voor iedereen op plek {}", lens.seat(seat)),
        (_, Members::Pair(..)) => format!("loslaten: {}", limit_name(lens, limit)),
    }
}

/// A spot: "bovenbouw bij …, met coach …".
pub(super) fn spot(lens: &Lens<'_>, spot: Spot) -> Option<String> {
    let place = spot.seat.map(|seat| lens.seat(seat)).or_else(|| spot.school.map(|school| lens.school(school)));
    match (place, spot.coach) {
        (Some(place), Some(coach)) => Some(format!("{place}, met {}", lens.coach(coach))),
        (Some(place), None) => Some(place),
        (None, Some(coach)) => Some(lens.coach(coach)),
        (None, None) => None,
    }
}

/// A change.
pub(super) fn change(lens: &Lens<'_>, change: &Change) -> String {
    match change {
        Change::Force { candidate, spot: at, despite } => {
            let what = match spot(lens, *at) {
                Some(at) => format!("{} naar {at}", lens.short(*candidate)),
                None => format!("{} wordt in elk geval geplaatst", lens.short(*candidate)),
            };
            match despite.is_empty() {
                true => what,
                false => format!("{what}, ondanks {}", list(&despite.iter().map(RuleCode::to_string).collect::<Vec<_>>())),
            }
        }
        Change::Forbid { candidate, spot: at } => match spot(lens, *at) {
            Some(at) => format!("{} niet naar {at}", lens.short(*candidate)),
            None => format!("{} krijgt geen plaats", lens.short(*candidate)),
        },
        Change::More { limit, by } => grows(lens, *limit, *by),
        Change::Travel { candidate, minutes } => format!("{} meer reistijd voor {}", minutes_of(*minutes), who(lens, *candidate)),
        Change::Bouw { candidate, bouw } => format!("ook {} voor {}", bouw.code(), who(lens, *candidate)),
        Change::Kind { candidate, kind } => format!("ook scholen van soort {} voor {}", kind.code(), who(lens, *candidate)),
        Change::Board { candidate, board } => format!("ook {} voor {}", lens.board(*board), who(lens, *candidate)),
        Change::CoachTravel { coach, minutes } => format!("{} meer reistijd voor {}", minutes_of(*minutes), lens.coach(*coach)),
        Change::CoachBouw { coach, bouw } => format!("{} ook in de {}", lens.coach(*coach), bouw.code()),
        Change::CoachKind { coach, kind } => format!("{} ook op scholen van soort {}", lens.coach(*coach), kind.code()),
    }
}

fn minutes_of(minutes: u32) -> String {
    counted(minutes as usize, "minuut", "minuten")
}

fn who(lens: &Lens<'_>, candidate: loket_solver::matching::facts::ids::CandidateId) -> String {
    lens.person(candidate)
}

/// A pair rule in the way, with its numbers.
pub(super) fn obstacle(obstacle: &Obstacle) -> String {
    let (has, asks) = obstacle.figures.unwrap_or_default();
    match obstacle.rule {
        RuleCode::Reistijd => format!("{has} minuten reizen, de grens is {asks}"),
        RuleCode::CoachReistijd => format!("{has} minuten reizen voor de coach, de grens is {asks}"),
        RuleCode::Dagdelen => format!("{has} dagdelen samen met de duo-collega, nodig zijn er {asks}"),
        rule => pair_rule(rule).into(),
    }
}

/// Points by term, of the terms that the policy weighs: "bouw 100 · reistijd 80".
pub(super) fn points(policy: &Policy, points: &[(TermCode, i64)]) -> String {
    let weighed = |code: TermCode| policy.goals.iter().any(|goal| goal.weights.iter().any(|&(other, weight)| other == code && weight != 0));
    let parts: Vec<String> = points
        .iter()
        .filter(|(code, _)| *code != TermCode::Geplaatst && weighed(*code))
        .map(|(code, it)| format!("{} {}", term(*code), number(*it)))
        .collect();
    if parts.is_empty() { "geen".into() } else { parts.join(" · ") }
}

/// Terms about the person that differ: "bouw +40 · reistijd −3".
pub(super) fn differences(before: &[(TermCode, i64)], after: &[(TermCode, i64)]) -> String {
    let of = |points: &[(TermCode, i64)], code: TermCode| points.iter().find(|(other, _)| *other == code).map_or(0, |(_, points)| *points);
    let parts: Vec<String> = PERSONAL
        .iter()
        .map(|&code| (code, of(after, code) - of(before, code)))
        .filter(|(_, difference)| *difference != 0)
        .map(|(code, difference)| format!("{} {}", term(code), signed(difference)))
        .collect();
    parts.join(" · ")
}

fn term(code: TermCode) -> String {
    code.code().replace('_', " ")
}
