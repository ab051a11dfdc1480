//! Why a candidate has no placement: reasons that are true of the wave and the plan, without a model or an engine.
//!
//! A candidate is looked at in this order (docs/model.md, "What must always be true" 5); a seat group of 0 seats never counts:
//! 1. the wave has no seat at all (`geen-plek`) or no coach at all (`geen-coach`);
//! 2. the pair rules leave no placement: pair rules. Every seat group and coach is forbidden by a set of rules. A rule is given when it
//!    belongs to such a set that holds no smaller one: without the rules of that set, and of no fewer, there would be a placement. So the
//!    rules given cover every seat group and coach, and one that only forbids what others forbid anyway is left out;
//! 3. shared limits forbid every placement that is left, with everyone else where they are: the shared rules, chosen in the same way;
//! 4. a placement is free: `doel`, when the plan is proven best.
//!
//! `niet-bewezen` is given in cases 3 and 4 when the plan is not proven: another plan may have a place. A locked candidate's placements
//! are those that agree with the lock; when there is none, the reason is `vast`.
//!
//! What the figures count: `plekken` are seats (the counts of their groups added up), `coaches` people.
//! - pair rules on candidate and place: `plekken` they forbid; `reistijd` also `dichtstbij_minuten`, the nearest of those;
//! - pair rules that look at the coach: of the places that the rules on candidate and place leave (of all, when the rule forbids nobody
//!   there), `coaches` forbidden at one or more, and `plekken` where one or more coaches are forbidden;
//! - shared limits, over the placements that the pair rules leave: `coaches` without room for limits on coaches, `plekken` without room,
//!   with one coach or more, for other limits.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::common::control::Control;
use crate::matching::facts::codes::ReasonCode::{self, Goal, NoCoach, NoSeat, NotLooked, NotProven};
use crate::matching::facts::codes::RuleCode;
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::outcome::Reason;
use crate::matching::facts::plan::{Placement, Plan};
use crate::matching::facts::wave::Wave;
use crate::matching::judge;
use crate::matching::judge::rules::{self, RULES};

mod pairs;
mod room;
mod smallest;

use pairs::{Codes, Pairs, Side, View};
use room::{CoachRoom, Room};
use smallest::{Smallest, order};

/// Every unplaced candidate with reasons, in the order of the file's rows. `proven`: every goal of the plan is proven.
pub fn unplaced(wave: &Wave, plan: &Plan, proven: bool) -> Vec<(CandidateId, Vec<Reason>)> {
    let left: Vec<_> = wave.candidates_by_row().into_iter().filter(|&candidate| plan[candidate].is_none()).collect();
    if left.is_empty() {
        return Vec::new();
    }
    let reasons = Reasons::new(wave, plan, proven);
    left.into_par_iter().map(|candidate| (candidate, reasons.of(candidate))).collect()
}

/// Looks at somebody for reasons from which on there must be time for it.
const MUCH: usize = 100_000_000;

/// [`unplaced`], for as long as there is time where there is much to look at: who was not looked at gets [`NotLooked`] as the only reason.
pub fn unplaced_within(wave: &Wave, plan: &Plan, proven: bool, control: &dyn Control) -> Vec<(CandidateId, Vec<Reason>)> {
    let left: Vec<_> = wave.candidates_by_row().into_iter().filter(|&candidate| plan[candidate].is_none()).collect();
    if left.len().saturating_mul(wave.seats.len()).saturating_mul(wave.coaches.len()) < MUCH {
        return unplaced(wave, plan, proven);
    }
    let reasons = Reasons::new(wave, plan, proven);
    let of = |candidate: CandidateId| match control.over() {
        true => vec![Reason { code: NotLooked, data: Vec::new() }],
        false => reasons.of(candidate),
    };
    left.into_par_iter().map(|candidate| (candidate, of(candidate))).collect()
}

/// Whether a reason is true of an unplaced candidate, figures included; for many of one plan, use [`Reasons::holds`].
pub fn true_reason(wave: &Wave, plan: &Plan, proven: bool, candidate: CandidateId, reason: &Reason) -> bool {
    Reasons::new(wave, plan, proven).holds(candidate, reason)
}

/// A plan looked at once, for the reasons of many candidates.
pub struct Reasons<'a> {
    wave: &'a Wave,
    plan: &'a Plan,
    proven: bool,
    pairs: Pairs<'a>,
    room: Room<'a>,
}

/// A reason, with a placement that shows it when one can.
type Found = (Reason, Option<Placement>);

impl<'a> Reasons<'a> {
    /// Reads wave and plan. `proven`: every goal of the plan is proven.
    pub fn new(wave: &'a Wave, plan: &'a Plan, proven: bool) -> Self {
        Self { wave, plan, proven, pairs: Pairs::new(wave), room: Room::new(wave, plan) }
    }

    /// The reasons of an unplaced candidate, at least one.
    pub fn of(&self, candidate: CandidateId) -> Vec<Reason> {
        self.found(candidate).into_iter().map(|(reason, _)| reason).collect()
    }

    /// Whether a reason is true: it is found again with the same figures, and the judge halves of the rules say the same of a placement
    /// that shows it.
    pub fn holds(&self, candidate: CandidateId, reason: &Reason) -> bool {
        self.plan[candidate].is_none()
            && self
                .found(candidate)
                .iter()
                .find(|(found, _)| found == reason)
                .is_some_and(|&(_, witness)| self.shown(candidate, reason.code, witness))
    }

    fn shown(&self, candidate: CandidateId, code: ReasonCode, witness: Option<Placement>) -> bool {
        let Some(placement) = witness else {
            return [NoSeat, NoCoach, NotProven, ReasonCode::Rule(RuleCode::Vast)].contains(&code);
        };
        let allowed = judge::allowed(self.wave, candidate, placement);
        let mut more = self.plan.clone();
        more[candidate] = Some(placement);
        let breaks = |rule: &rules::Rule| match rule.kind {
            rules::Kind::Shared { judge, .. } => !judge(self.wave, &more).is_empty(),
            rules::Kind::Pair { .. } | rules::Kind::Changes { .. } => false,
        };
        match code {
            ReasonCode::Rule(code) => match code.rule().kind {
                rules::Kind::Pair { .. } => judge::forbids(self.wave, code.rule(), candidate, placement),
                rules::Kind::Shared { .. } | rules::Kind::Changes { .. } => allowed && breaks(code.rule()),
            },
            Goal => self.proven && allowed && !RULES.iter().any(breaks),
            NoSeat | NoCoach | NotProven | NotLooked => false,
        }
    }

    fn found(&self, candidate: CandidateId) -> Vec<Found> {
        let plain = |code| {
            let data = Vec::new();
            (Reason { code, data }, None)
        };
        let no_coach = self.wave.coaches.iter().all(|coach| coach.maximum == 0);
        let none: Vec<_> = [(self.pairs.seats.is_empty(), NoSeat), (no_coach, NoCoach)]
            .into_iter()
            .filter(|(none, _)| *none)
            .map(|(_, code)| plain(code))
            .collect();
        if !none.is_empty() {
            return none;
        }
        let view = self.pairs.view(candidate);
        let full = self.full(&view);
        if let Some((_, at)) = full.sets.iter().find(|(codes, _)| *codes == 0) {
            return match self.proven {
                true => vec![(plain(Goal).0, Some(*at))],
                false => vec![plain(NotProven)],
            };
        }
        if !full.sets.is_empty() {
            let mut found = self.full_reasons(&view, &full);
            found.extend((!self.proven).then(|| plain(NotProven)));
            return found;
        }
        let forbidden = self.forbidden(&view);
        if forbidden.sets.is_empty() {
            return vec![plain(ReasonCode::Rule(RuleCode::Vast))];
        }
        self.pair_reasons(&view, &forbidden)
    }

    /// The smallest sets of shared rules that forbid a placement left by the pair rules; an empty set is a free placement.
    fn full(&self, view: &View<'_>) -> Smallest {
        let candidate = view.candidate;
        let by_seat: Vec<_> = self.pairs.seats.iter().map(|&seat| self.room.full_seat(candidate, seat)).collect();
        let mut by_coach = CoachRoom::new(&self.room, &self.pairs, candidate);
        let mut smallest = Smallest::default();
        let willing: Vec<_> = (0..view.coach.len()).filter(|&coach| view.coach[coach] == 0).collect();
        // Per hours, the coaches who may still show a set that is not covered; read again when the sets change.
        let mut worth: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for seat in order(&by_seat) {
            if view.seat[seat] != 0 || smallest.cover(by_seat[seat]) {
                continue;
            }
            let hours = by_coach.hours(seat);
            let full = by_coach.at(seat);
            let worth_asking = worth.entry(hours).or_insert_with(|| {
                let mut people = willing.clone();
                people.retain(|&coach| !smallest.cover(full[coach]));
                people
            });
            let mut changed = false;
            for &coach in worth_asking.iter() {
                let placement = view.placement(seat, coach);
                let codes = by_seat[seat] | full[coach] | self.room.full_whole(candidate, placement);
                if smallest.cover(codes) || !view.open(seat, coach) {
                    continue;
                }
                smallest.add(codes, placement);
                changed = true;
                if codes == 0 {
                    return smallest;
                }
            }
            if changed {
                worth.clear();
            }
        }
        smallest
    }

    fn full_reasons(&self, view: &View<'_>, full: &Smallest) -> Vec<Found> {
        let given = full.rules();
        let on_coaches = given & self.room.coach_rules;
        let on_places = given & !on_coaches;
        let mut by_coach = CoachRoom::new(&self.room, &self.pairs, view.candidate);
        let mut coaches = vec![0; self.wave.coaches.len()];
        let mut seats = vec![0; self.pairs.seats.len()];
        // Coaches who may still show something; a place is left as soon as it has shown all it can.
        let mut pending: Vec<_> = (0..coaches.len()).collect();
        for (seat, here) in seats.iter_mut().enumerate() {
            if view.seat[seat] != 0 {
                continue;
            }
            let ever = by_coach.ever(seat);
            let people = by_coach.at(seat);
            pending.retain(|&coach| {
                let new = people[coach] & on_coaches & !coaches[coach];
                if new != 0 && view.open(seat, coach) {
                    coaches[coach] |= new;
                }
                coaches[coach] & on_coaches != on_coaches
            });
            let place = self.room.full_seat(view.candidate, self.pairs.seats[seat]);
            for (coach, &person) in people.iter().enumerate() {
                if *here & on_places == (place | ever) & on_places && !self.room.looks_whole {
                    break;
                }
                let at = view.placement(seat, coach);
                let codes = place | person | self.room.full_whole(view.candidate, at);
                if on_places & codes & !*here != 0 && view.open(seat, coach) {
                    *here |= codes & on_places;
                }
            }
        }
        self.each(full, |rule| {
            if self.room.coach_rules & 1 << rule != 0 {
                vec![("coaches", people(&coaches, rule))]
            } else {
                vec![("plekken", self.seats_with(&seats, rule))]
            }
        })
    }

    /// The smallest sets of pair rules that forbid a placement.
    fn forbidden(&self, view: &View<'_>) -> Smallest {
        let mut smallest = Smallest::default();
        let mut done = false;
        for seat in order(&view.seat) {
            if done || smallest.cover(view.seat[seat]) {
                continue;
            }
            let before = smallest.sets.len();
            for coach in 0..self.wave.coaches.len() {
                if smallest.cover(view.parts(seat, coach)) || !view.agrees(seat, coach) {
                    continue;
                }
                let codes = view.codes(seat, coach);
                if !smallest.cover(codes) {
                    smallest.add(codes, view.placement(seat, coach));
                }
            }
            // When what forbids each coach anywhere is covered, no other place shows anything new.
            done = smallest.sets.len() != before && view.coach.iter().all(|&it| smallest.cover(it));
        }
        smallest
    }

    fn pair_reasons(&self, view: &View<'_>, forbidden: &Smallest) -> Vec<Found> {
        let by_coach =
            (0..RULES.len()).filter(|&rule| pairs::side(rule) == Some(Side::Coach)).fold(0, |codes: Codes, rule| codes | 1 << rule);
        let given = forbidden.rules() & by_coach;
        let mut counted = self.forbidden_among(view, |codes| codes == 0, given);
        let all = self.forbidden_among(view, |_| true, given & !counted.rules);
        counted.add(&all, given & !counted.rules);
        self.each(forbidden, |rule| {
            if by_coach & 1 << rule != 0 {
                return vec![("coaches", people(&counted.coaches, rule)), ("plekken", self.seats_with(&counted.seats, rule))];
            }
            let mut data = vec![("plekken", self.seats_with(&view.seat, rule))];
            if RULES[rule].code == RuleCode::Reistijd {
                let minutes = self.pairs.seats.iter().zip(&view.seat);
                let nearest = minutes
                    .filter(|(_, codes)| **codes & 1 << rule != 0)
                    .map(|(&seat, _)| {
                        let school = self.wave.seats[seat].school;
                        self.wave.travel.candidate(view.candidate, school)
                    })
                    .min();
                data.extend(nearest.map(|minutes| ("dichtstbij_minuten", minutes.into())));
            }
            data
        })
    }

    /// Which of the rules `given` forbid whom where, among seat groups by what forbids them whoever the coach is.
    fn forbidden_among(&self, view: &View<'_>, of: fn(Codes) -> bool, given: Codes) -> Counted {
        let mut counted = Counted { rules: 0, seats: vec![0; self.pairs.seats.len()], coaches: vec![0; self.wave.coaches.len()] };
        if given == 0 {
            return counted;
        }
        for (seat, place) in counted.seats.iter_mut().enumerate() {
            if !of(view.seat[seat]) {
                continue;
            }
            for (coach, person) in counted.coaches.iter_mut().enumerate() {
                if *place & *person != given && view.agrees(seat, coach) {
                    let codes = view.codes_of(given, seat, coach);
                    *place |= codes;
                    *person |= codes;
                    counted.rules |= codes;
                }
            }
        }
        counted
    }

    /// One reason for every rule in one of the sets, in the order of the list of rules, with a placement that it forbids.
    fn each(&self, sets: &Smallest, data: impl Fn(usize) -> Vec<(&'static str, i64)>) -> Vec<Found> {
        let of = |rule: usize| {
            let (_, witness) = sets.sets.iter().find(|(codes, _)| codes & 1 << rule != 0)?;
            let code = ReasonCode::Rule(RULES[rule].code);
            let data = data(rule);
            Some((Reason { code, data }, Some(*witness)))
        };
        (0..RULES.len()).filter_map(of).collect()
    }

    /// How many seats there are in the groups that hold the rule.
    fn seats_with(&self, codes: &[Codes], rule: usize) -> i64 {
        let groups = self.pairs.seats.iter().zip(codes);
        groups.filter(|(_, codes)| **codes & 1 << rule != 0).map(|(&seat, _)| i64::from(self.wave.seats[seat].count)).sum()
    }
}

/// Rules by seat group and by coach, and all of them together.
struct Counted {
    rules: Codes,
    seats: Vec<Codes>,
    coaches: Vec<Codes>,
}

impl Counted {
    /// Takes over what `other` has of these rules.
    fn add(&mut self, other: &Counted, rules: Codes) {
        for (own, more) in self.seats.iter_mut().zip(&other.seats) {
            *own |= more & rules;
        }
        for (own, more) in self.coaches.iter_mut().zip(&other.coaches) {
            *own |= more & rules;
        }
        self.rules |= other.rules & rules;
    }
}

/// How many coaches hold the rule.
fn people(codes: &[Codes], rule: usize) -> i64 {
    let people = codes.iter().filter(|codes| **codes & 1 << rule != 0);
    i64::try_from(people.count()).unwrap_or(i64::MAX)
}
