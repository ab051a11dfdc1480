//! Whether k of n people is what a percentage makes likely, in exact numbers: 5 % on either side is called below or above.

use std::cmp::Ordering;

use super::codes::TargetVerdict;
use super::natural::Natural;

/// Below so many people nothing is said.
pub const LEAST: u32 = 10;

/// What k of n people say of a target of `percent`, 1 to 100. Below when 20 · P(at most k) < 1, above when 20 · P(at least k) < 1, where every
/// person comes through with this chance.
pub fn verdict(k: u32, n: u32, percent: u32) -> TargetVerdict {
    if n < LEAST {
        return TargetVerdict::TooSmall;
    }
    if percent >= 100 {
        return if k == n { TargetVerdict::OnCourse } else { TargetVerdict::Below };
    }
    // Chances of p and q in d, without what they have in common.
    let common = gcd(percent, 100);
    let (p, q, d) = (percent / common, (100 - percent) / common, 100 / common);
    let all = Natural::power(d, n);
    // C(n, i) · p^i · q^(n−i), from i = 0 up; both tails hold k itself.
    let mut term = Natural::power(q, n);
    let (mut most, mut least) = (Natural::default(), Natural::default());
    for i in 0..=n {
        match i.cmp(&k) {
            Ordering::Less => most = most.plus(&term),
            Ordering::Equal => {
                most = most.plus(&term);
                least = least.plus(&term);
            }
            Ordering::Greater => least = least.plus(&term),
        }
        if i < n {
            term = term.times(n - i).times(p).divided(i + 1).divided(q);
        }
    }
    if most.times(20) < all {
        TargetVerdict::Below
    } else if least.times(20) < all {
        TargetVerdict::Above
    } else {
        TargetVerdict::OnCourse
    }
}

fn gcd(one: u32, other: u32) -> u32 {
    if other == 0 { one } else { gcd(other, one % other) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The most that is below and the least that is above.
    fn ends(n: u32, percent: u32) -> (Option<u32>, Option<u32>) {
        let of = |wanted| move |k: &u32| verdict(*k, n, percent) == wanted;
        ((0..=n).filter(of(TargetVerdict::Below)).max(), (0..=n).find(of(TargetVerdict::Above)))
    }

    #[test]
    fn the_table_of_the_design_comes_out() {
        assert_eq!(ends(180, 80), (Some(134), Some(154)));
        assert_eq!(ends(45, 80), (Some(30), Some(41)));
        assert_eq!(ends(20, 80), (Some(12), Some(20)));
        assert_eq!(ends(220, 90), (Some(189), Some(206)));
        assert_eq!(ends(200, 90), (Some(172), Some(188)));
    }

    #[test]
    fn few_people_say_nothing_and_all_must_come_through_where_all_should() {
        assert_eq!(verdict(0, 9, 80), TargetVerdict::TooSmall);
        assert_eq!(verdict(9, 9, 100), TargetVerdict::TooSmall);
        assert_eq!(verdict(10, 10, 100), TargetVerdict::OnCourse);
        assert_eq!(verdict(179, 180, 100), TargetVerdict::Below);
        assert_eq!(verdict(0, 10, 1), TargetVerdict::OnCourse);
        assert_eq!(verdict(10, 10, 1), TargetVerdict::Above);
    }

    #[test]
    fn what_is_below_or_above_goes_on_to_the_end() {
        for (n, percent) in [(10, 50), (37, 81), (64, 99), (120, 7)] {
            let (below, above) = ends(n, percent);
            for k in 0..=n {
                let expected = match k {
                    _ if below.is_some_and(|most| k <= most) => TargetVerdict::Below,
                    _ if above.is_some_and(|least| k >= least) => TargetVerdict::Above,
                    _ => TargetVerdict::OnCourse,
                };
                assert_eq!(verdict(k, n, percent), expected, "{k} of {n} at {percent}");
            }
        }
    }
}
