//! The funnel: from people who start training back to who must register, and on to who stays. Whole numbers, per wave and kind of coach.

use crate::planning::facts::codes::{Count, Step};

/// Percentages by step, 1 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Funnel(pub [u32; 6]);

impl Default for Funnel {
    fn default() -> Self {
        Self([90, 90, 100, 100, 80, 80])
    }
}

/// People by count, in the order of [`Count`].
pub type Counts = [i64; 7];

/// x · p %, rounded half up.
pub fn rounded(people: i64, percent: u32) -> i64 {
    (people * i64::from(percent) + 50).div_euclid(100)
}

/// The smallest number of which p %, rounded half up, is at least this.
pub fn least(people: i64, percent: u32) -> i64 {
    if people <= 0 { 0 } else { (100 * people - 50 + i64::from(percent) - 1).div_euclid(i64::from(percent)) }
}

impl Funnel {
    /// The percentage of a step.
    pub fn percent(&self, step: Step) -> u32 {
        self.0[step as usize]
    }

    /// Every count of `people` who start training with one kind of coach; what is known to have happened replaces its own count only.
    pub fn counts(&self, people: i64, actual: &[Option<i64>; 7]) -> Counts {
        let assessment = least(people, self.percent(Step::Opleiding));
        let track = least(assessment, self.percent(Step::Voortraject));
        let registered = least(track, self.percent(Step::Start));
        let second = rounded(people, self.percent(Step::Jaar2));
        let diploma = rounded(second, self.percent(Step::Diploma));
        let stays = rounded(diploma, self.percent(Step::Blijft));
        let mut counts = [registered, track, assessment, people, second, diploma, stays];
        counts.iter_mut().zip(actual).for_each(|(count, actual)| *count = actual.unwrap_or(*count));
        counts
    }
}

/// One count of them.
pub fn of(counts: &Counts, count: Count) -> i64 {
    counts[count as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_that_will_do_is_the_least() {
        for percent in 1..=100 {
            for people in 0..=60 {
                let found = least(people, percent);
                assert!(rounded(found, percent) >= people, "{people} {percent}");
                assert!(found == 0 || rounded(found - 1, percent) < people, "{people} {percent}");
            }
        }
    }

    #[test]
    fn a_count_that_happened_replaces_itself_alone() {
        let funnel = Funnel::default();
        assert_eq!(funnel.counts(180, &[None; 7]), [222, 200, 180, 180, 180, 144, 115]);
        let mut actual = [None; 7];
        actual[Count::Opleiding as usize] = Some(7);
        assert_eq!(funnel.counts(180, &actual), [222, 200, 180, 7, 180, 144, 115]);
    }
}
