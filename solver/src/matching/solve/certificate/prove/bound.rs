//! Weak duality over all placements in play, in 128-bit integers, and what follows for later stages.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::aim::Aim;
use super::{Objection, Prover};
use crate::common::tables::{Id, Table};
use crate::matching::facts::certificate::{Certificate, Row, Stage};
use crate::matching::facts::ids::{CandidateId, CoachId};
use crate::matching::facts::together;

/// Largest product of a price and what it is a price of; sums of them stay far below what 128 bits hold.
const MOST_PRODUCT: i128 = 1 << 80;
/// Largest unit, scale and divisor.
const MOST_SCALE: i64 = 1 << 50;

/// What prices prove, in unit / scale points.
pub struct Bound {
    /// No plan in play is worth more.
    pub(super) scaled: i128,
    /// Per candidate: the most that one of its placements, or none, can bring.
    pub(super) best: Table<CandidateId, i128>,
    /// What each placement in play brings, in the order of the placements.
    pub(super) brings: Table<CandidateId, Vec<i128>>,
}

impl Bound {
    /// The bound in whole points.
    pub fn points(&self, certificate: &Certificate) -> Result<i64, Objection> {
        let units = self.scaled.div_euclid(i128::from(certificate.scale));
        units.checked_mul(i128::from(certificate.unit)).and_then(|points| i64::try_from(points).ok()).ok_or(Objection::TooLarge)
    }
}

fn product(price: i64, of: i64) -> Result<i128, Objection> {
    let product = i128::from(price) * i128::from(of);
    if product.abs() > MOST_PRODUCT { Err(Objection::TooLarge) } else { Ok(product) }
}

/// ⌈a / b⌉ for positive b.
pub(super) fn ceil(a: i64, b: i64) -> i64 {
    a.div_euclid(b) + i64::from(a.rem_euclid(b) != 0)
}

/// An objective that a bound looks at: its points divided, times a factor.
pub(super) struct Part<'a> {
    pub(super) aim: Aim<'a>,
    divisor: i64,
    factor: i64,
    /// What to say when the divisor does not divide.
    wrong: Objection,
}

impl Part<'_> {
    fn scaled(&self, points: i64) -> Result<i128, Objection> {
        if points % self.divisor != 0 { Err(self.wrong.clone()) } else { product(self.factor, points / self.divisor) }
    }
}

impl<'a> Prover<'a> {
    /// The bound that a certificate's prices prove on the plans in play.
    pub(super) fn bound(&mut self, stage: Stage, certificate: &Certificate) -> Result<Bound, Objection> {
        let parts = self.parts(stage, certificate)?;
        let (seats, hooks, mut total) = self.charges(certificate)?;
        let together = rows_together(certificate);
        for price in &certificate.floors {
            let floor = self.floors.iter().find(|(stage, _)| *stage == price.stage).map_or(0, |(_, floor)| *floor);
            total -= product(price.price, ceil(floor, price.divisor))?;
        }
        for coach in self.wave.coaches.ids() {
            total += self.load(&parts, certificate, coach)?.into_iter().max().unwrap_or(0);
        }
        let everybody: Vec<CandidateId> = self.wave.candidates.ids().collect();
        let worked_out: Result<Vec<(i128, Vec<i128>)>, Objection> = everybody
            .par_iter()
            .map(|&candidate| {
                let mut best = if self.must[candidate] { None } else { Some(0) };
                let mut brings = Vec::with_capacity(self.choices[candidate].len());
                for choice in &self.choices[candidate] {
                    let coach = choice.placement.coach.position();
                    let mut value = -seats[choice.placement.seat.position()] - hooks[coach * self.kinds + choice.class as usize];
                    for row in together.of(self.wave, candidate, choice.placement) {
                        value -= i128::from(certificate.rows[row].price);
                    }
                    for part in &parts {
                        value += part.scaled(part.aim.points(candidate, choice.placement))?;
                    }
                    best = best.max(Some(value));
                    brings.push(value);
                }
                // Who must be placed and cannot be leaves no plan in play, of which any bound is true.
                Ok((best.unwrap_or(0), brings))
            })
            .collect();
        let (best, brings): (Vec<i128>, Vec<Vec<i128>>) = worked_out?.into_iter().unzip();
        total += best.iter().sum::<i128>();
        Ok(Bound { scaled: total, best: best.into(), brings: brings.into() })
    }

    /// The stage's own objective and the earlier ones that have a price.
    pub(super) fn parts(&self, stage: Stage, certificate: &Certificate) -> Result<Vec<Part<'a>>, Objection> {
        let sizes = [certificate.unit, certificate.scale].into_iter().chain(certificate.floors.iter().map(|floor| floor.divisor));
        if sizes.into_iter().any(|size| !(1..=MOST_SCALE).contains(&size)) {
            return Err(Objection::TooLarge);
        }
        let aim = self.aim(stage).ok_or(Objection::WrongFloor(stage))?;
        let mut parts = vec![Part { aim, divisor: certificate.unit, factor: certificate.scale, wrong: Objection::WrongUnit }];
        let mut seen = BTreeSet::new();
        for floor in &certificate.floors {
            let wrong = Objection::WrongFloor(floor.stage);
            if floor.price < 0 || !self.floors.iter().any(|(earlier, _)| *earlier == floor.stage) {
                return Err(wrong);
            }
            if !seen.insert(floor.stage) {
                return Err(Objection::Twice);
            }
            let aim = self.aim(floor.stage).ok_or_else(|| wrong.clone())?;
            parts.push(Part { aim, divisor: floor.divisor, factor: floor.price, wrong });
        }
        Ok(parts)
    }

    /// What a placement pays at its seat group, and for its coach and kind of hours; and Σ price · limit over all rows.
    fn charges(&mut self, certificate: &Certificate) -> Result<(Vec<i128>, Vec<i128>, i128), Objection> {
        let wave = self.wave;
        let mut seats = vec![0i128; wave.seats.len()];
        let mut hooks = vec![0i128; wave.coaches.len() * self.kinds];
        let mut total = 0i128;
        let mut seen = BTreeSet::new();
        for priced in &certificate.rows {
            let (row, price) = (&priced.row, priced.price);
            if !seen.insert(row) {
                return Err(Objection::Twice);
            }
            let at_most = self.limits.at_most(row)?;
            if price < 0 && !self.tight.contains(row) {
                return Err(Objection::WrongSign(row.clone()));
            }
            total += product(price, at_most)?;
            let paid = product(price, 1)?;
            match *row {
                Row::Seat(seat) => seats[seat.position()] += paid,
                Row::School(school) => wave.schools[school].seats.iter().for_each(|seat| seats[seat.position()] += paid),
                Row::Board(board) => {
                    let mine = wave.schools.iter().filter(|school| school.board == board);
                    mine.flat_map(|school| &school.seats).for_each(|seat| seats[seat.position()] += paid);
                }
                // Paid by each placement that it counts.
                Row::Together(_) => {}
                Row::Coach { .. } | Row::External | Row::Budget => {
                    for (coach, class, weight) in self.limits.entries(row) {
                        hooks[coach.position() * self.kinds + class] += product(price, weight)?;
                    }
                }
            }
        }
        let mut seen = BTreeSet::new();
        for &(coach, price) in &certificate.loads {
            if !seen.insert(coach) {
                return Err(Objection::Twice);
            }
            let paid = product(price, 1)?;
            (0..self.kinds).for_each(|class| hooks[coach.position() * self.kinds + class] += paid);
        }
        Ok((seats, hooks, total))
    }

    /// What points for a coach's load and the price on the number of placements come to, for every number that fits.
    pub(super) fn load(&self, parts: &[Part<'_>], certificate: &Certificate, coach: CoachId) -> Result<Vec<i128>, Objection> {
        let price = certificate.loads.iter().find(|(other, _)| *other == coach).map_or(0, |(_, price)| *price);
        let most = self.most[coach];
        let loads: Vec<(&Part<'_>, Vec<i64>)> = parts.iter().map(|part| (part, part.aim.load(coach, most))).collect();
        let worth = |number: usize| {
            let mut value = product(price, i64::try_from(number).map_err(|_| Objection::TooLarge)?)?;
            for (part, load) in loads.iter().filter(|(_, load)| !load.is_empty()) {
                value += part.scaled(load.get(number).copied().ok_or(Objection::TooLarge)?)?;
            }
            Ok(value)
        };
        (0..=most).map(worth).collect()
    }

    /// Leaves only plans in play that are worth at least `floor`.
    pub(super) fn keep(&mut self, certificate: &Certificate, bound: &Bound, floor: i64) {
        let slack = bound.scaled - i128::from(ceil(floor, certificate.unit)) * i128::from(certificate.scale);
        for candidate in self.wave.candidates.ids() {
            let best = bound.best[candidate];
            let mut brings = bound.brings[candidate].iter();
            self.choices[candidate].retain(|_| brings.next().is_some_and(|brings| best - brings <= slack));
            // Staying unplaced brings 0.
            self.must[candidate] |= best > slack;
        }
        for priced in &certificate.rows {
            if i128::from(priced.price) > slack {
                self.tight.insert(priced.row.clone());
            }
        }
    }
}

/// The priced rows about people together, by their position.
fn rows_together(certificate: &Certificate) -> together::Rows {
    let rows = certificate.rows.iter().enumerate();
    together::Rows::new(rows.filter_map(|(at, priced)| if let Row::Together(row) = priced.row { Some((at, row)) } else { None }))
}
