//! Small counts: a number below five may point at somebody, so it is hidden from who sees figures only; and so is what would give it away.

/// Counts below this are hidden.
pub const SMALL: i64 = 5;

/// A count, or nothing where it is hidden.
pub type Shown = Option<i64>;

/// Hides small parts of a whole that is itself shown, and as many others, the smallest first, as are needed so that what is hidden cannot
/// be worked out: one hidden part is the whole less the rest, and a few that are small together say as much.
pub fn parts(counts: &[i64]) -> Vec<Shown> {
    let mut shown: Vec<Shown> = counts.iter().map(|it| Some(*it).filter(|it| *it >= SMALL)).collect();
    loop {
        let hidden: Vec<i64> = counts.iter().zip(&shown).filter(|(_, it)| it.is_none()).map(|(count, _)| *count).collect();
        if hidden.is_empty() || (hidden.len() > 1 && hidden.iter().sum::<i64>() >= SMALL) {
            return shown;
        }
        let next = shown.iter().enumerate().filter_map(|(at, it)| it.map(|count| (count, at))).min();
        match next {
            Some((_, at)) => shown[at] = None,
            None => return shown,
        }
    }
}

/// A whole and its two parts: where a part is small the whole is hidden with it, since the other part says more.
pub fn whole(first: i64, second: i64) -> (Shown, Shown, Shown) {
    let [one, other] = [first, second].map(|it| Some(it).filter(|it| *it >= SMALL));
    let all = Some(first + second).filter(|_| one.is_some() && other.is_some());
    (all, one, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_part_is_hidden_and_cannot_be_worked_out_from_the_rest() {
        assert_eq!(parts(&[10, 6, 5]), [Some(10), Some(6), Some(5)]);
        assert_eq!(parts(&[10, 6, 2]), [Some(10), None, None], "the whole is 18");
        assert_eq!(parts(&[10, 2, 1]), [None, None, None], "two that are three together");
        assert_eq!(parts(&[10, 4, 3]), [Some(10), None, None]);
        assert_eq!(parts(&[0, 12]), [None, None]);
        assert_eq!(parts(&[3]), [None]);
        assert_eq!(parts(&[]), Vec::<Shown>::new());
    }

    /// What somebody who sees the parts and the whole knows of a hidden part: whether its value follows.
    #[test]
    fn nothing_hidden_follows_from_what_is_shown() {
        for a in 0..12 {
            for b in 0..12 {
                for c in 0..12 {
                    let counts = [a, b, c];
                    let shown = parts(&counts);
                    let hidden = shown.iter().filter(|it| it.is_none()).count();
                    assert!(hidden != 1, "{counts:?}: {shown:?}");
                    assert!(counts.iter().zip(&shown).all(|(count, it)| it.is_none_or(|it| it == *count && it >= SMALL)), "{counts:?}");
                }
            }
        }
    }

    #[test]
    fn a_whole_is_hidden_when_it_would_give_a_part_away() {
        assert_eq!(whole(18, 2), (None, Some(18), None));
        assert_eq!(whole(18, 5), (Some(23), Some(18), Some(5)));
        assert_eq!(whole(2, 1), (None, None, None));
    }
}
