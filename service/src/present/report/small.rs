//! Small counts are not shown: fewer than five people could be recognised, also by subtraction from a total.

use crate::desk::small::{LEAST, count, parts};

/// The smallest count of people that is shown outside the intermediary's view.
pub const SMALLEST: usize = LEAST as usize;

/// The counts of a breakdown whose total is shown: those below [`SMALLEST`] are hidden, and so many beside them that the total gives none of
/// them away.
pub fn suppressed(counts: &[usize]) -> Vec<Option<usize>> {
    let whole: Vec<u64> = counts.iter().map(|&count| count as u64).collect();
    counts.iter().zip(parts(&whole).parts).map(|(&count, shown)| shown.map(|_| count)).collect()
}

/// One count, hidden when it is small.
pub(super) fn alone(people: usize) -> Option<usize> {
    count(people as u64).map(|_| people)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_small_is_shown_and_no_total_gives_it_away() {
        assert_eq!(suppressed(&[10, 20, 30]), [Some(10), Some(20), Some(30)]);
        assert_eq!(suppressed(&[10, 2, 30]), [None, None, Some(30)]);
        assert_eq!(suppressed(&[40, 0, 1, 9]), [Some(40), None, None, None]);
        assert_eq!(suppressed(&[3, 4, 50]), [None, None, Some(50)]);
        assert_eq!(suppressed(&[1, 1]), [None, None]);
        assert_eq!(suppressed(&[4]), [None]);
        assert_eq!(suppressed(&[]), []);
    }

    #[test]
    fn a_count_alone_is_shown_from_five() {
        assert_eq!([0, 4, 5].map(alone), [None, None, Some(5)]);
    }
}
