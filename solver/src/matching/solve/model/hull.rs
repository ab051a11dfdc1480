//! The integer hull of what one coach can take on, over numbers per hour class.
//!
//! A coach's placements matter to `coach-aantal`, `coach-uren` and `coach-vervolg` only through n_j, the number of placements in hour
//! class j (same hours, same next hours). The sets of whole numbers n that obey all three limits form a packing polytope of a few
//! dimensions; its facets replace the three rows and cut off every fractional mix that no whole numbers can reach. They are found in
//! exact integers by the double description method (Motzkin, Raiffa, Thompson & Thrall 1953) on the polytope's anti-blocker:
//! a·n ≤ b is valid exactly when a·v ≤ b for every maximal point v (Fulkerson 1971).

/// Limits of one coach and the hour classes that can occur with that coach.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Room {
    /// Most placements.
    pub maximum: i64,
    /// Hours of this wave.
    pub hours: i64,
    /// Hours of the next phase, when limited.
    pub next_hours: Option<i64>,
    /// Hour classes: hours, next hours, and how many candidates could be placed in it.
    pub classes: Vec<HourClass>,
}

/// One hour class at one coach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HourClass {
    /// Hours of a placement.
    pub hours: i64,
    /// Next hours of a placement.
    pub next_hours: i64,
    /// Candidates that could be in it.
    pub available: i64,
}

/// Σ weights_j · n_j ≤ at_most.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Facet {
    /// One weight per hour class, at least 0.
    pub weights: Vec<i64>,
    /// The limit.
    pub at_most: i64,
    /// Whether whole numbers need it: the other facets only tighten linear programs.
    pub core: bool,
}

const MOST_CLASSES: usize = 6;
const MOST_POINTS: usize = 3000;
const MOST_RAYS: usize = 300;

impl Room {
    fn fits(&self, numbers: &[i64]) -> bool {
        let (mut count, mut hours, mut next) = (0, 0, 0);
        for (class, &n) in self.classes.iter().zip(numbers) {
            if n > class.available {
                return false;
            }
            count += n;
            hours += n * class.hours;
            next += n * class.next_hours;
        }
        count <= self.maximum && hours <= self.hours && self.next_hours.is_none_or(|limit| next <= limit)
    }

    /// Calls `see` with every point of whole numbers that fits; stops and says false after `most` points.
    fn points(&self, most: usize, see: &mut dyn FnMut(&[i64])) -> bool {
        let mut numbers = vec![0; self.classes.len()];
        let mut seen = 0;
        loop {
            seen += 1;
            if seen > most {
                return false;
            }
            see(&numbers);
            // Odometer: raise the first class that can be raised, set those before it back to 0.
            let mut at = 0;
            loop {
                if at == numbers.len() {
                    return true;
                }
                numbers[at] += 1;
                if self.fits(&numbers) {
                    break;
                }
                numbers[at] = 0;
                at += 1;
            }
        }
    }

    /// Largest Σ weights_j · n_j over all points that fit: proves that a facet is valid. `None` when there are too many points.
    pub fn most(&self, weights: &[i64]) -> Option<i64> {
        let mut most = 0;
        let done = self.points(200_000, &mut |numbers| {
            most = most.max(weights.iter().zip(numbers).map(|(w, n)| w * n).sum());
        });
        done.then_some(most)
    }

    /// The rows that hold a coach to the limits: each limit by itself rounded down to what whole numbers can reach (the core, enough for
    /// whole numbers), and where the classes are few all facets of the integer hull.
    pub fn facets(&self) -> Vec<Facet> {
        if self.classes.is_empty() {
            return Vec::new();
        }
        let mut facets = self.rounded();
        for facet in self.hull().unwrap_or_default() {
            if facets.iter().all(|core| core.weights != facet.weights || core.at_most != facet.at_most) {
                facets.push(facet);
            }
        }
        facets.retain(|facet| {
            let reach: i64 = facet.weights.iter().zip(&self.classes).map(|(w, class)| w * class.available).sum();
            reach > facet.at_most
        });
        facets.sort();
        facets.dedup();
        facets
    }

    fn rounded(&self) -> Vec<Facet> {
        let limits = [
            (vec![1; self.classes.len()], Some(self.maximum)),
            (self.classes.iter().map(|class| class.hours).collect(), Some(self.hours)),
            (self.classes.iter().map(|class| class.next_hours).collect(), self.next_hours),
        ];
        let mut rows: Vec<Facet> = limits
            .into_iter()
            .filter_map(|(weights, limit)| {
                let reached = limit.map(|limit| limit.min(self.most(&weights).unwrap_or(limit)))?;
                Some(Facet { weights, at_most: reached, core: true })
            })
            .collect();
        for row in &mut rows {
            // Divide by the common divisor and round down.
            let divisor = row.weights.iter().copied().fold(0, gcd);
            if divisor > 1 {
                row.weights.iter_mut().for_each(|w| *w /= divisor);
                row.at_most = row.at_most.div_euclid(divisor);
            }
        }
        rows
    }

    fn hull(&self) -> Option<Vec<Facet>> {
        if self.classes.len() > MOST_CLASSES {
            return None;
        }
        let mut maximal: Vec<Vec<i64>> = Vec::new();
        let done = self.points(4 * MOST_POINTS, &mut |numbers| {
            let mut more = numbers.to_vec();
            let full = (0..more.len()).all(|class| {
                more[class] += 1;
                let fits = self.fits(&more);
                more[class] -= 1;
                !fits
            });
            if full {
                maximal.push(more);
            }
        });
        if !done || maximal.len() > MOST_POINTS {
            return None;
        }
        let rays = anti_blocker(self.classes.len(), &maximal)?;
        Some(
            rays.into_iter()
                .filter(|ray| ray[1..].iter().any(|&weight| weight > 0))
                .map(|ray| Facet { weights: ray[1..].to_vec(), at_most: ray[0], core: false })
                .collect(),
        )
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}

struct Ray {
    at: Vec<i64>,
    /// Constraints this ray meets with equality, as bits.
    tight: Vec<u64>,
}

/// Extreme rays (b, a) of {(b, a) ≥ 0 : a·v ≤ b for every point v}.
fn anti_blocker(dimensions: usize, points: &[Vec<i64>]) -> Option<Vec<Vec<i64>>> {
    let words = (dimensions + 1 + points.len()).div_ceil(64);
    let bit = |set: &mut Vec<u64>, constraint: usize| set[constraint / 64] |= 1 << (constraint % 64);
    let mut rays: Vec<Ray> = (0..=dimensions)
        .map(|axis| {
            let mut at = vec![0; dimensions + 1];
            at[axis] = 1;
            let mut tight = vec![0; words];
            (0..=dimensions).filter(|&other| other != axis).for_each(|other| bit(&mut tight, other));
            Ray { at, tight }
        })
        .collect();
    for (number, point) in points.iter().enumerate() {
        let constraint = dimensions + 1 + number;
        let slack = |ray: &Ray| ray.at[0] - point.iter().zip(&ray.at[1..]).map(|(v, a)| v * a).sum::<i64>();
        let slacks: Vec<i64> = rays.iter().map(slack).collect();
        let mut made = Vec::new();
        for (p, above) in rays.iter().enumerate().filter(|&(p, _)| slacks[p] > 0) {
            for (n, below) in rays.iter().enumerate().filter(|&(n, _)| slacks[n] < 0) {
                let both: Vec<u64> = above.tight.iter().zip(&below.tight).map(|(a, b)| a & b).collect();
                let shared: u32 = both.iter().map(|word| word.count_ones()).sum();
                let adjacent = shared as usize + 1 >= dimensions
                    && rays
                        .iter()
                        .enumerate()
                        .all(|(other, ray)| other == p || other == n || both.iter().zip(&ray.tight).any(|(b, t)| b & !t != 0));
                if adjacent {
                    let mut at: Vec<i64> = above.at.iter().zip(&below.at).map(|(a, b)| slacks[p] * b - slacks[n] * a).collect();
                    let divisor = at.iter().copied().fold(0, gcd).max(1);
                    at.iter_mut().for_each(|entry| *entry /= divisor);
                    let mut tight = both;
                    bit(&mut tight, constraint);
                    made.push(Ray { at, tight });
                }
            }
        }
        let mut kept: Vec<Ray> = Vec::with_capacity(rays.len());
        for (mut ray, slack) in rays.into_iter().zip(slacks) {
            if slack >= 0 {
                if slack == 0 {
                    bit(&mut ray.tight, constraint);
                }
                kept.push(ray);
            }
        }
        kept.extend(made);
        rays = kept;
        if rays.len() > MOST_RAYS || rays.iter().any(|ray| ray.at.iter().any(|&entry| entry > 1 << 24)) {
            return None;
        }
    }
    Some(rays.into_iter().map(|ray| ray.at).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(maximum: i64, hours: i64, classes: &[(i64, i64)]) -> Room {
        let classes = classes.iter().map(|&(hours, available)| HourClass { hours, next_hours: 0, available }).collect();
        Room { maximum, hours, next_hours: None, classes }
    }

    #[test]
    fn one_class_gives_one_rounded_row() {
        assert_eq!(room(9, 500, &[(60, 100)]).facets(), [Facet { weights: vec![1], at_most: 8, core: true }]);
    }

    #[test]
    fn limits_that_cannot_bind_write_no_row() {
        assert_eq!(room(9, 500, &[(60, 3)]).facets(), []);
    }

    #[test]
    fn facets_allow_exactly_the_points_that_fit() {
        for (maximum, hours, next, sizes) in [
            (5, 130, None, vec![(15, 0), (30, 0), (60, 0)]),
            (9, 270, Some(300), vec![(15, 60), (30, 15), (60, 30)]),
            (4, 100, Some(90), vec![(15, 60), (17, 15), (45, 30), (60, 30)]),
        ] {
            let classes = sizes.iter().map(|&(hours, next_hours)| HourClass { hours, next_hours, available: 9 }).collect();
            let room = Room { maximum, hours, next_hours: next, classes };
            let facets = room.hull().expect("few classes");
            let mut numbers = vec![0; sizes.len()];
            for code in 0..10i64.pow(sizes.len() as u32) {
                (0..sizes.len()).for_each(|class| numbers[class] = code / 10i64.pow(class as u32) % 10);
                let allowed =
                    facets.iter().all(|facet| facet.weights.iter().zip(&numbers).map(|(w, n)| w * n).sum::<i64>() <= facet.at_most);
                assert_eq!(allowed, room.fits(&numbers), "{numbers:?} {facets:?}");
            }
            for facet in &facets {
                assert_eq!(room.most(&facet.weights), Some(facet.at_most), "each facet is reached");
            }
        }
    }

    #[test]
    fn rounded_rows_are_valid_when_there_are_many_classes() {
        let classes: Vec<_> = (0..9).map(|i| (17 + 4 * i, 5)).collect();
        let room = room(4, 111, &classes);
        assert!(room.hull().is_none());
        let rows = room.facets();
        assert!(!rows.is_empty());
        assert!(rows.iter().all(|row| room.most(&row.weights).is_some_and(|most| most <= row.at_most)));
    }
}
