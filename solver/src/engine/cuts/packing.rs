//! Whole numbers of each kind that fit several limits, and rows that no such numbers break but a fractional mix of them does.
//!
//! The numbers form a packing polytope: a·n ≤ b is valid exactly when a·v ≤ b for every maximal point v (Fulkerson 1971). A facet that
//! cuts off a given mix is found by a small linear program over those points, which are brought in as they are broken; what it answers is
//! made into integers, and its limit is the largest value over all points, in exact arithmetic. So a row is valid whatever the program
//! answered.

use crate::engine::highs::{Ended, Listener, Method, NewColumns, Program};

/// Σ weights · n ≤ at_most for each limit, n ≤ caps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packing {
    /// Weights by kind, at least 0, and the limit.
    pub limits: Vec<(Vec<i64>, i64)>,
    /// Most of each kind.
    pub caps: Vec<i64>,
}

/// Nobody stops a program this small.
struct Deaf;

impl Listener for Deaf {
    fn stop(&self) -> bool {
        false
    }
}

/// Points above which a packing is left alone.
const MOST_POINTS: usize = 60_000;

/// Largest divisor that is tried to make weights whole.
const MOST_DIVISOR: i64 = 360;

impl Packing {
    /// Every point that fits and to which nothing can be added; `None` when there are too many points.
    fn maximal(&self) -> Option<Vec<Vec<i64>>> {
        let kinds = self.caps.len();
        let mut left: Vec<i64> = self.limits.iter().map(|(_, at_most)| *at_most).collect();
        if left.iter().any(|&left| left < 0) {
            return None;
        }
        let mut numbers = vec![0; kinds];
        let mut maximal = Vec::new();
        let room = |left: &[i64], numbers: &[i64], kind: usize| {
            numbers[kind] < self.caps[kind] && self.limits.iter().zip(left).all(|((weights, _), &left)| weights[kind] <= left)
        };
        for _ in 0..MOST_POINTS {
            if (0..kinds).all(|kind| !room(&left, &numbers, kind)) {
                maximal.push(numbers.clone());
            }
            // Odometer: raise the first kind that can be raised, set those before it back to 0.
            let mut kind = 0;
            loop {
                if kind == kinds {
                    return Some(maximal);
                }
                if room(&left, &numbers, kind) {
                    numbers[kind] += 1;
                    self.limits.iter().zip(&mut left).for_each(|((weights, _), left)| *left -= weights[kind]);
                    break;
                }
                self.limits.iter().zip(&mut left).for_each(|((weights, _), left)| *left += weights[kind] * numbers[kind]);
                numbers[kind] = 0;
                kind += 1;
            }
        }
        None
    }

    /// Weights of at most 1 that make these amounts worth most while no point is worth more than 1; a little for kinds that are not used,
    /// so that their weights are as large as they can be too.
    fn weights(&self, points: &[Vec<i64>], amounts: &[f64]) -> Option<Vec<f64>> {
        let mut program = Program::new(&[], 0);
        let mut kinds = NewColumns::default();
        amounts.iter().for_each(|amount| kinds.column(amount + 1e-4, 1.0));
        program.add(&kinds);
        program.method(Method::Simplex);
        for _ in 0..200 {
            if program.run(&Deaf) != Ended::Optimal {
                return None;
            }
            let weights = program.values()?;
            let value = |point: &[i64]| weights.iter().zip(point).map(|(weight, &number)| weight * number as f64).sum::<f64>();
            let worst = points.iter().max_by(|a, b| value(a).total_cmp(&value(b)))?;
            if value(worst) <= 1.0 + 1e-7 {
                return Some(weights);
            }
            let (columns, numbers): (Vec<usize>, Vec<f64>) =
                worst.iter().enumerate().filter(|(_, number)| **number > 0).map(|(kind, &number)| (kind, number as f64)).unzip();
            program.add_row(1.0, &columns, &numbers);
        }
        None
    }

    /// A valid row that these amounts break; `None` when there is none, or none was found.
    pub fn cut(&self, amounts: &[f64]) -> Option<(Vec<i64>, i64)> {
        if amounts.iter().all(|amount| (amount - amount.round()).abs() < 1e-6) {
            return None;
        }
        let points = self.maximal()?;
        let weights = self.weights(&points, amounts)?;
        let whole = (1..=MOST_DIVISOR)
            .map(|divisor| divisor as f64)
            .find(|divisor| weights.iter().all(|weight| (weight * divisor - (weight * divisor).round()).abs() < 1e-5))
            .unwrap_or(1000.0);
        let weights: Vec<i64> = weights.iter().map(|weight| (weight * whole).round().max(0.0) as i64).collect();
        let value = |point: &Vec<i64>| weights.iter().zip(point).map(|(weight, number)| weight * number).sum::<i64>();
        let at_most = points.iter().map(value).max()?;
        let reached: f64 = weights.iter().zip(amounts).map(|(&weight, amount)| weight as f64 * amount).sum();
        (reached > at_most as f64 * (1.0 + 1e-4)).then_some((weights, at_most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every point of whole numbers up to the caps, and whether it fits.
    fn all(packing: &Packing) -> Vec<(Vec<i64>, bool)> {
        let mut points = vec![Vec::new()];
        for &cap in &packing.caps {
            points = points.into_iter().flat_map(|point| (0..=cap).map(move |number| [point.clone(), vec![number]].concat())).collect();
        }
        let fits = |point: &Vec<i64>| {
            packing.limits.iter().all(|(weights, at_most)| weights.iter().zip(point).map(|(w, n)| w * n).sum::<i64>() <= *at_most)
        };
        points.into_iter().map(|point| (point.clone(), fits(&point))).collect()
    }

    #[test]
    fn maximal_points_are_those_that_fit_and_cannot_grow() {
        let packing = Packing { limits: vec![(vec![3, 4, 12], 26), (vec![1, 1, 1], 5)], caps: vec![4, 3, 9] };
        let fitting: Vec<Vec<i64>> = all(&packing).into_iter().filter(|(_, fits)| *fits).map(|(point, _)| point).collect();
        let larger = |a: &Vec<i64>, b: &Vec<i64>| a != b && a.iter().zip(b).all(|(a, b)| a >= b);
        let mut expected: Vec<Vec<i64>> =
            fitting.iter().filter(|point| !fitting.iter().any(|other| larger(other, point))).cloned().collect();
        let mut found = packing.maximal().expect("few points");
        expected.sort();
        found.sort();
        assert_eq!(found, expected);
        assert!(found.len() > 3);
    }

    #[test]
    fn a_cut_holds_for_whole_numbers_and_not_for_the_mix() {
        // Room of 38: 12 + 12 + 12 leaves 2, which no other kind of 3 can use; a mix of 38/12 people of the first kind can.
        let packing = Packing { limits: vec![(vec![12, 3, 5], 38), (vec![1, 1, 1], 8)], caps: vec![9, 9, 9] };
        for mix in [vec![38.0 / 12.0, 0.0, 0.0], vec![2.5, 1.0, 1.0], vec![2.9, 1.0, 0.0], vec![0.5, 7.0, 0.5]] {
            let Some((weights, at_most)) = packing.cut(&mix) else {
                // Not every fraction can be cut off: this one must be a mix of points that fit.
                assert_eq!(mix, vec![0.5, 7.0, 0.5]);
                continue;
            };
            for (point, _) in all(&packing).into_iter().filter(|(_, fits)| *fits) {
                assert!(weights.iter().zip(&point).map(|(w, n)| w * n).sum::<i64>() <= at_most, "{weights:?} {at_most} {point:?}");
            }
            assert!(weights.iter().zip(&mix).map(|(&w, n)| w as f64 * n).sum::<f64>() > at_most as f64);
        }
    }

    #[test]
    fn whole_numbers_are_never_cut_off() {
        let packing = Packing { limits: vec![(vec![12, 3, 5], 38)], caps: vec![9, 9, 9] };
        assert_eq!(packing.cut(&[2.0, 3.0, 1.0]), None);
    }
}
