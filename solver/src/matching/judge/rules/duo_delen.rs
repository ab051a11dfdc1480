//! Two candidates never share one duo colleague in one half-day: |A ∪ B| ≥ q_A + q_B for every two at a seat group with `delen`, where A and B are what each shares with it and q is what `dagdelen` asks of each (half-days).

use std::collections::BTreeMap;

use crate::matching::facts::ids::{CandidateId, SeatId};
use crate::matching::facts::plan::Plan;
use crate::matching::facts::together::{Share, Together};
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::{HalfDay, Word};

use super::tally::{placed, seat_name};
use super::{Among, Breach, Kind, Limit, Members, Rule, RuleCode, Weight};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::DuoDelen,
    says: "Twee kandidaten die een duo-collega delen, hebben die nooit nodig op hetzelfde dagdeel.",
    overrulable: false,
    kind: Kind::Shared { among: Among::Shared, weight: Weight::One, write, grow, judge },
};

/// By what people share there. Of two shares that clash the one that asks more clashes with itself as well: |B| ≤ |A ∪ B| < q_A + q_B ≤ 2 q_B.
/// So a clash of the other with itself makes it one row for all who share either, and else a row for each person.
fn write(wave: &Wave) -> Vec<Limit> {
    wave.seats.pairs().filter(|(_, row)| row.shared).flat_map(|(seat, _)| rows(wave, seat)).collect()
}

fn rows(wave: &Wave, seat: SeatId) -> Vec<Limit> {
    let mut people: BTreeMap<Share, Vec<CandidateId>> = BTreeMap::new();
    wave.candidates.ids().for_each(|it| people.entry(Share::of(wave, it, seat)).or_default().push(it));
    let mut found = Vec::new();
    for (&one, mine) in &people {
        let clashing = people.keys().copied().filter(|&other| !other.fits(other) && !one.fits(other));
        match one.fits(one) {
            false => found.extend(clashing.filter(|&other| one <= other).map(|other| Together::Shares(seat, one, other))),
            true => found.extend(clashing.flat_map(|other| mine.iter().map(move |&it| Together::ShareWith(seat, it, other)))),
        }
    }
    let limit = |row| Limit { rule: RULE.code, members: Members::Shared(seat), weight: Weight::One, at_most: 1, together: Some(row) };
    found.into_iter().map(limit).collect()
}

/// Room for more is a duo colleague for each.
fn grow(wave: &mut Wave, members: Members, at_most: i64) -> Option<()> {
    let Members::Shared(seat) = members else { return None };
    wave.seats[seat].shared &= at_most < 2;
    Some(())
}

fn judge(wave: &Wave, plan: &Plan) -> Vec<Breach> {
    let clash = |seat: SeatId| {
        let here: Vec<CandidateId> = placed(plan).filter(|(_, at)| at.seat == seat).map(|(candidate, _)| candidate).collect();
        let two = here.iter().enumerate().flat_map(|(at, &one)| here[at + 1..].iter().map(move |&other| (one, other)));
        two.map(|(one, other)| (asked(wave, one, seat) + asked(wave, other, seat), there(wave, one, other, seat)))
            .find(|(asked, there)| asked > there)
    };
    let shared = wave.seats.pairs().filter(|(_, row)| row.shared);
    shared
        .filter_map(|(seat, _)| {
            let (used, at_most) = clash(seat)?;
            Some(Breach { rule: RULE.code, candidate: None, place: seat_name(wave, seat), used, at_most })
        })
        .collect()
}

/// Whether a candidate is there on a half-day of the duo colleague; who names none always is.
fn comes(wave: &Wave, candidate: CandidateId, day: HalfDay) -> bool {
    let own = wave.candidates[candidate].half_days;
    own.is_empty() || own.has(day)
}

fn days(wave: &Wave, seat: SeatId) -> impl Iterator<Item = HalfDay> {
    HalfDay::ALL.iter().copied().filter(move |&day| wave.seats[seat].half_days.has(day))
}

/// What `dagdelen` asks of a candidate here.
fn asked(wave: &Wave, candidate: CandidateId, seat: SeatId) -> i64 {
    let own = wave.candidates[candidate].half_days;
    let named = if own.is_empty() { days(wave, seat).count() } else { own.count() as usize };
    let least = named.min(days(wave, seat).count()).min(wave.policy.shared_half_days as usize);
    i64::try_from(least).unwrap_or(i64::MAX)
}

/// Half-days of the duo colleague on which one of two comes.
fn there(wave: &Wave, one: CandidateId, other: CandidateId, seat: SeatId) -> i64 {
    let both = days(wave, seat).filter(|&day| comes(wave, one, day) || comes(wave, other, day)).count();
    i64::try_from(both).unwrap_or(i64::MAX)
}
