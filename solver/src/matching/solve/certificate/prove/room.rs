//! What one coach can take on, by whole numbers of placements per kind of hours: proves that a facet is valid.

use super::open::Hours;

/// A coach's limits and the kinds of hours that count.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Room {
    /// Most placements.
    pub maximum: i64,
    /// Hours of this wave.
    pub hours: i64,
    /// Hours of the next phase, when limited.
    pub next_hours: Option<i64>,
    /// Kinds of hours, each with how many candidates could have it and what one weighs (at least 0).
    pub kinds: Vec<(Hours, i64, i64)>,
}

/// Most nodes of one enumeration.
const MOST_NODES: u64 = 5_000_000;

impl Room {
    /// Leaves out what weighs nothing or does not fit, and takes away crowds beyond what fits.
    pub fn trimmed(mut self) -> Self {
        for ((hours, next_hours), available, _) in &mut self.kinds {
            let alone = |size: i64, limit: i64| if size > 0 { limit / size } else { i64::MAX };
            let next = self.next_hours.map_or(i64::MAX, |limit| alone(*next_hours, limit));
            *available = (*available).min(self.maximum).min(alone(*hours, self.hours)).min(next);
        }
        self.kinds.retain(|&(_, available, weight)| available > 0 && weight > 0);
        // The kind with the widest range last: it needs no enumeration of its own.
        self.kinds.sort_by_key(|&(hours, available, _)| (available, hours));
        self
    }

    /// An upper bound on Σ weight · number; at most `enough` where that could be shown.
    pub fn most(&self, enough: i128) -> i128 {
        let simple = self.simple();
        if simple <= enough {
            return simple;
        }
        let mut nodes = MOST_NODES;
        self.enumerate(0, (self.maximum, self.hours, self.next_hours), &mut nodes).map_or(simple, |most| most.min(simple))
    }

    /// The best bound that a single limit gives: with r the largest weight per unit of the limit, ⌊r · limit⌋.
    fn simple(&self) -> i128 {
        let crowd: i128 = self.kinds.iter().map(|&(_, available, weight)| i128::from(available) * i128::from(weight)).sum();
        let by = |limit: i64, size: &dyn Fn(Hours) -> i64| -> i128 {
            let mut ratio: (i128, i128) = (0, 1);
            for &(hours, _, weight) in &self.kinds {
                let (weight, size) = (i128::from(weight), i128::from(size(hours)));
                if size == 0 {
                    return i128::MAX;
                }
                if weight * ratio.1 > ratio.0 * size {
                    ratio = (weight, size);
                }
            }
            ratio.0 * i128::from(limit) / ratio.1
        };
        let next = self.next_hours.map_or(i128::MAX, |limit| by(limit, &|hours| hours.1));
        crowd.min(by(self.maximum, &|_| 1)).min(by(self.hours, &|hours| hours.0)).min(next)
    }

    /// Largest Σ weight · number over all whole numbers from kind `at` on; `None` when there are too many to try.
    fn enumerate(&self, at: usize, left: (i64, i64, Option<i64>), nodes: &mut u64) -> Option<i128> {
        let Some(&((hours, next_hours), available, weight)) = self.kinds.get(at) else { return Some(0) };
        *nodes = nodes.checked_sub(1)?;
        if at + 1 == self.kinds.len() {
            let fits = |size: i64, limit: i64| if size > 0 { limit / size } else { i64::MAX };
            let number = available.min(left.0).min(fits(hours, left.1)).min(left.2.map_or(i64::MAX, |next| fits(next_hours, next)));
            return Some(i128::from(number) * i128::from(weight));
        }
        let mut best = 0;
        for number in 0..=available {
            let room = (left.0 - number, left.1 - number * hours, left.2.map(|next| next - number * next_hours));
            if room.0 < 0 || room.1 < 0 || room.2.is_some_and(|next| next < 0) {
                break;
            }
            best = best.max(i128::from(number) * i128::from(weight) + self.enumerate(at + 1, room, nodes)?);
        }
        Some(best)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(kinds: &[(Hours, i64, i64)]) -> Room {
        Room { maximum: 5, hours: 100, next_hours: Some(70), kinds: kinds.to_vec() }
    }

    #[test]
    fn mixed_hours_take_what_whole_numbers_reach_and_no_more() {
        // One of 60 hours or two of 50 fit in 100: both weigh 2, where the hours alone would allow 3.
        let room = room(&[((60, 0), 9, 2), ((50, 0), 9, 1)]).trimmed();
        assert_eq!((room.simple(), room.most(0), room.most(3)), (3, 2, 3));
    }

    #[test]
    fn next_hours_and_crowds_limit_too() {
        assert_eq!(room(&[((1, 30), 9, 1)]).trimmed().most(0), 2);
        assert_eq!(room(&[((1, 0), 3, 4)]).trimmed().most(0), 12);
        assert_eq!(room(&[((101, 0), 3, 4)]).trimmed().most(0), 0);
        assert_eq!(room(&[]).trimmed().most(0), 0);
    }

    #[test]
    fn too_many_numbers_leave_the_bound_of_a_single_limit() {
        let kinds: Vec<_> = (1..40).map(|size| ((size, 0), 1_000, size)).collect();
        let room = Room { maximum: 1_000, hours: 100_000, next_hours: None, kinds }.trimmed();
        assert_eq!(room.most(0), 39_000);
    }
}
