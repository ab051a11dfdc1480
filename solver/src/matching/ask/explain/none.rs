//! Why somebody has no placement: which pair rules exclude everything and what single change would open most, or the smallest sets of
//! limits that must grow, each confirmed by solving again.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::common::control::Control;
use crate::matching::facts::codes::RuleCode;
use crate::matching::facts::ids::{CandidateId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;
use crate::matching::judge;

use super::ask::{Answer, ask};
use super::change::Change;
use super::grow::{Grower, Grown, Growth, Room};
use super::limits::{LimitKey, Usage};
use super::{Base, over};

/// One way to bring placements into reach when pair rules exclude all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The change.
    pub change: Change,
    /// Seats at the seat groups where it leaves a placement without any pair rule in the way.
    pub seats: i64,
    /// Whether the candidate is then placed without lowering goal 1 for the others; `None` when not proven.
    pub places: Option<bool>,
    /// What it comes to when the candidate is placed, where that is possible.
    pub answer: Option<Answer>,
}

/// Limits that must grow for the candidate to be placed without lowering goal 1 for the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smallest {
    /// Which, and by how much; no smaller set does, and no growth can be one less while the others stay.
    pub growth: Growth,
    /// What the candidate being placed then comes to.
    pub answer: Option<Answer>,
}

/// Why somebody has no placement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Pair rules forbid every placement.
    Pairs {
        /// Seats at seat groups that exist for the rules.
        seats: i64,
        /// Per rule, the seats at seat groups where it forbids the candidate whoever the coach is, in the order of the list of rules.
        rules: Vec<(RuleCode, i64)>,
        /// Single changes that open something, smallest first of their kind. Empty when two rules at once stand in the way everywhere.
        openings: Vec<Opening>,
        /// When no single change helps: the fewest rules that together forbid one placement, and that placement.
        together: Option<(Vec<RuleCode>, Placement)>,
        /// Whether the question was cut off before every opening that was to be confirmed was.
        stopped: bool,
    },
    /// Shared limits are full.
    Limits {
        /// Seats at seat groups where the pair rules allow a placement.
        seats: i64,
        /// Smallest sets, smallest first.
        reasons: Vec<Smallest>,
        /// Whether every set that was looked at is settled.
        proven: bool,
        /// Whether the question was cut off before that.
        stopped: bool,
    },
    /// Limits are full, and even when these grow so that there is room, goal 1 gets lower for the others.
    Costly {
        /// Which, and by how much.
        growth: Growth,
        /// What placing the candidate then comes to.
        answer: Answer,
    },
    /// There is room, but a goal pays for leaving it: what placing the candidate comes to.
    Goal(Answer),
    /// The wave has no seat, or no coach who can take anyone.
    Nothing,
    /// Of the plan shown it is not proven that it cannot be better: there may be a place.
    Unproven,
    /// The question was cut off before this was known.
    Stopped,
    /// Worked out to the end, and the engine could not prove it.
    Open,
}

impl Why {
    /// Whether the question was cut off before everything was known.
    pub fn stopped(&self) -> bool {
        match self {
            Why::Pairs { stopped, .. } | Why::Limits { stopped, .. } => *stopped,
            Why::Stopped => true,
            Why::Costly { .. } | Why::Goal(_) | Why::Nothing | Why::Unproven | Why::Open => false,
        }
    }
}

/// Explains why a candidate is not placed; `None` when the candidate is. At most `most` openings or sets are confirmed.
pub fn why_none(base: &Base<'_>, candidate: CandidateId, most: usize, control: &dyn Control) -> Option<Why> {
    let wave = base.wave;
    if base.plan[candidate].is_some() {
        return None;
    }
    let places: Vec<Placement> = wave
        .seats
        .ids()
        .filter(|&seat| wave.seats[seat].count > 0)
        .flat_map(|seat| wave.coaches.ids().map(move |coach| Placement { seat, coach }))
        .filter(|placement| wave.coaches[placement.coach].maximum > 0)
        .collect();
    if places.is_empty() {
        return Some(Why::Nothing);
    }
    let blocked: Vec<(Placement, Vec<RuleCode>)> =
        places.par_iter().map(|&placement| (placement, judge::blocking(wave, candidate, placement))).collect();
    let free: Vec<Placement> = blocked.iter().filter(|(_, rules)| rules.is_empty()).map(|(placement, _)| *placement).collect();
    if free.is_empty() {
        return Some(pairs(base, candidate, &blocked, most, control));
    }
    Some(limits(base, candidate, &free, most, control))
}

fn seats_of(wave: &Wave, mut seats: Vec<SeatId>) -> i64 {
    seats.sort_unstable();
    seats.dedup();
    seats.into_iter().map(|seat| i64::from(wave.seats[seat].count)).sum()
}

type Blocked = [(Placement, Vec<RuleCode>)];

fn pairs(base: &Base<'_>, candidate: CandidateId, blocked: &Blocked, most: usize, control: &dyn Control) -> Why {
    let wave = base.wave;
    let mut by_seat: BTreeMap<SeatId, Vec<RuleCode>> = BTreeMap::new();
    for (placement, rules) in blocked {
        by_seat.entry(placement.seat).and_modify(|all| all.retain(|rule| rules.contains(rule))).or_insert_with(|| rules.clone());
    }
    let count = |code: RuleCode| seats_of(wave, by_seat.iter().filter(|(_, rules)| rules.contains(&code)).map(|(&seat, _)| seat).collect());
    let rules =
        crate::matching::judge::rules::RULES.iter().map(|rule| (rule.code, count(rule.code))).filter(|(_, seats)| *seats > 0).collect();
    let mut openings = openings(wave, candidate, blocked);
    let grower = Grower::new(base, candidate, control);
    let confirmed: Vec<(Option<bool>, Option<Answer>)> = openings[..most.min(openings.len())]
        .par_iter()
        .map(|opening| {
            let changes = [opening.change.clone(), Change::must(candidate)];
            let answer = if over(control) { Answer::Stopped } else { ask(base, &changes, control) };
            let shown = answer.possible().is_some_and(|asked| grower.shows(&changes[..1], &asked.plan));
            let places = if shown {
                Some(true)
            } else {
                match grower.room(&changes[..1]) {
                    Room::Yes(_) => Some(true),
                    Room::No => Some(false),
                    Room::Unknown => None,
                }
            };
            (places, Some(answer).filter(|answer| *answer != Answer::Stopped))
        })
        .collect();
    let stopped = over(control) && confirmed.iter().any(|(places, answer)| places.is_none() || answer.is_none());
    for (opening, (places, answer)) in openings.iter_mut().zip(confirmed) {
        (opening.places, opening.answer) = (places, answer);
    }
    let together = match openings.is_empty() {
        true => blocked.iter().min_by_key(|(placement, rules)| (rules.len(), *placement)).map(|(at, rules)| (rules.clone(), *at)),
        false => None,
    };
    Why::Pairs { seats: seats_of(wave, by_seat.keys().copied().collect()), rules, openings, together, stopped }
}

/// A change with the seat groups that it opens.
type Offer = (Change, Vec<SeatId>);

/// Per kind of change the smallest that leaves a placement without a rule in the way; most seats first among equals.
fn openings(wave: &Wave, candidate: CandidateId, blocked: &Blocked) -> Vec<Opening> {
    use RuleCode::*;
    let single = |rule: RuleCode| -> Vec<Placement> {
        blocked.iter().filter(|(_, rules)| rules.as_slice() == [rule]).map(|(placement, _)| *placement).collect()
    };
    let grouped = |rule: RuleCode, of: &dyn Fn(Placement) -> Change| -> Vec<Offer> {
        let mut found: Vec<Offer> = Vec::new();
        for placement in single(rule) {
            let change = of(placement);
            match found.iter_mut().find(|(other, _)| *other == change) {
                Some((_, seats)) => seats.push(placement.seat),
                None => found.push((change, vec![placement.seat])),
            }
        }
        found.sort_by_key(|(_, seats)| std::cmp::Reverse(seats_of(wave, seats.clone())));
        found.truncate(2);
        found
    };
    // What each rule could open, and in which turn: first what the candidate could do, then what a coach could.
    let mut offers: Vec<(u8, Vec<Offer>)> = RuleCode::ALL
        .iter()
        .map(|&rule| match rule {
            Reistijd => (0, travel(wave, candidate, &single(rule))),
            Bouw => (1, grouped(rule, &|it| Change::Bouw { candidate, bouw: wave.seats[it.seat].bouw })),
            Soort => (2, grouped(rule, &|it| Change::Kind { candidate, kind: wave.school_of(it.seat).kind })),
            Bestuur => (3, grouped(rule, &|it| Change::Board { candidate, board: wave.school_of(it.seat).board })),
            CoachBouw => (4, grouped(rule, &|it| Change::CoachBouw { coach: it.coach, bouw: wave.seats[it.seat].bouw })),
            CoachSoort => (5, grouped(rule, &|it| Change::CoachKind { coach: it.coach, kind: wave.school_of(it.seat).kind })),
            CoachReistijd => (6, coach_travel(wave, &single(rule))),
            Kwaliteit | Noodplan | Uitsluiting | Verboden | Dagdelen | CoachSchool | CoachEis => (7, Vec::new()),
            // No pair rules.
            Plekken | SchoolMaximum | Starters | BestuurMaximum | CoachAantal | CoachUren | CoachVervolg | ExternAandeel | Budget
            | PaarSamen | PaarApart | PaarCoach | PaarCoaches | DuoDelen | Vast | Wijzigingen => (7, Vec::new()),
        })
        .collect();
    offers.sort_by_key(|(turn, _)| *turn);
    let all = offers.into_iter().flat_map(|(_, offers)| offers);
    all.map(|(change, seats)| Opening { change, seats: seats_of(wave, seats), places: None, answer: None }).collect()
}

/// The least more that opens any of these places that are too far for the candidate, and the next steps of five minutes that open more.
fn travel(wave: &Wave, candidate: CandidateId, far: &[Placement]) -> Vec<Offer> {
    let minutes = |placement: &Placement| wave.travel.candidate(candidate, placement.school(wave)) - wave.candidates[candidate].max_travel;
    let Some(least) = far.iter().map(minutes).min() else { return Vec::new() };
    let within = |more: u32| -> Vec<SeatId> { far.iter().filter(|it| minutes(it) <= more).map(|it| it.seat).collect() };
    let mut offers = Vec::new();
    let mut before = 0;
    for more in std::iter::once(least).chain((0..12).map(|step| (least / 5 + 1 + step) * 5)) {
        let seats = within(more);
        let opened = seats_of(wave, seats.clone());
        if opened > before && offers.len() < 3 {
            offers.push((Change::Travel { candidate, minutes: more }, seats));
            before = opened;
        }
    }
    offers
}

/// The coach for whom one of these places is least too far, with every place that as much more opens.
fn coach_travel(wave: &Wave, far: &[Placement]) -> Vec<Offer> {
    let further = |it: &Placement| wave.travel.coach(it.coach, it.school(wave)) - wave.coaches[it.coach].max_travel;
    let Some(nearest) = far.iter().min_by_key(|it| (further(it), **it)) else { return Vec::new() };
    let minutes = further(nearest);
    let seats = far.iter().filter(|it| it.coach == nearest.coach && further(it) <= minutes).map(|it| it.seat).collect();
    vec![(Change::CoachTravel { coach: nearest.coach, minutes }, seats)]
}

fn limits(base: &Base<'_>, candidate: CandidateId, free: &[Placement], most: usize, control: &dyn Control) -> Why {
    let wave = base.wave;
    let usage = Usage::new(wave, &base.plan);
    let mut sets: Vec<Growth> = Vec::new();
    let total = |growth: &Growth| growth.iter().map(|(_, by)| *by).sum::<i64>();
    for &placement in free {
        let growth: Growth = usage.exceeded(candidate, placement).into_iter().map(|it| (it.limit, it.short)).collect();
        if growth.is_empty() {
            return at_a_price(base, candidate, control);
        }
        let keys = |growth: &Growth| -> Vec<LimitKey> { growth.iter().map(|(limit, _)| *limit).collect() };
        match sets.iter_mut().find(|other| keys(other) == keys(&growth)) {
            Some(other) if total(&growth) < total(other) => *other = growth,
            Some(_) => {}
            None => sets.push(growth),
        }
    }
    sets.sort_by_key(|growth| (growth.len(), total(growth)));
    let grower = Grower::new(base, candidate, control);
    // When goal 1 for the others need not fall even as things are, no limit is the reason.
    match grower.room(&[]) {
        Room::Yes(_) => return at_a_price(base, candidate, control),
        Room::Unknown => return open(control),
        Room::No => {}
    }
    let mut proven = true;
    let mut costly = None;
    let mut reasons: Vec<Smallest> = Vec::new();
    let within = |small: &[LimitKey], growth: &Growth| small.iter().all(|limit| growth.iter().any(|(other, _)| other == limit));
    for growth in &sets {
        if reasons.len() >= most || over(control) {
            proven &= !over(control);
            break;
        }
        let known = |reason: &Smallest| within(&reason.growth.iter().map(|(limit, _)| *limit).collect::<Vec<_>>(), growth);
        if reasons.iter().any(known) {
            continue;
        }
        match grower.smallest(growth) {
            Grown::Enough(growth) => reasons.push(Smallest { growth, answer: None }),
            Grown::Costly => costly = costly.or(Some(growth)),
            Grown::Unknown => proven = false,
        }
    }
    if let Some(growth) = costly.filter(|_| reasons.is_empty() && proven) {
        let answer = ask(base, &placing(candidate, growth), control);
        return if matches!(answer, Answer::Stopped) { open(control) } else { Why::Costly { growth: growth.clone(), answer } };
    }
    let answers: Vec<Option<Answer>> = reasons
        .par_iter()
        .map(|reason| Some(ask(base, &placing(candidate, &reason.growth), control)).filter(|answer| *answer != Answer::Stopped))
        .collect();
    reasons.iter_mut().zip(answers).for_each(|(reason, answer)| reason.answer = answer);
    let stopped = (!proven || reasons.iter().any(|reason| reason.answer.is_none())) && over(control);
    Why::Limits { seats: seats_of(wave, free.iter().map(|it| it.seat).collect()), reasons, proven, stopped }
}

/// There is room, and a goal pays for leaving it, when the plan shown is proven.
fn at_a_price(base: &Base<'_>, candidate: CandidateId, control: &dyn Control) -> Why {
    if !base.proven() {
        return Why::Unproven;
    }
    match ask(base, &[Change::must(candidate)], control) {
        Answer::Stopped => open(control),
        answer => Why::Goal(answer),
    }
}

/// Why something is not known: cut off, or not proven.
fn open(control: &dyn Control) -> Why {
    if over(control) { Why::Stopped } else { Why::Open }
}

/// These limits grow, and the candidate is placed.
fn placing(candidate: CandidateId, growth: &Growth) -> Vec<Change> {
    let mut changes: Vec<Change> = growth.iter().map(|&(limit, by)| Change::More { limit, by }).collect();
    changes.push(Change::must(candidate));
    changes
}
