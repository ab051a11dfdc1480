//! Small counts are not shown: fewer than five people could be recognised, also by subtraction from a total.

/// The smallest count of people that is shown outside the intermediary's view.
pub const SMALLEST: usize = 5;

/// The counts of a breakdown whose total is shown. Counts below [`SMALLEST`] are hidden, and with them the next smallest until no fewer
/// than two are hidden that together count at least [`SMALLEST`] people: then the total gives none of them away.
pub fn suppressed(counts: &[usize]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|&at| counts[at]);
    let mut shown: Vec<Option<usize>> = counts.iter().map(|&count| Some(count)).collect();
    let (mut hidden, mut people) = (0, 0);
    for at in order {
        let small = counts[at] < SMALLEST;
        if small || hidden > 0 && (hidden < 2 || people < SMALLEST) {
            shown[at] = None;
            hidden += 1;
            people += counts[at];
        }
    }
    shown
}

/// One count, hidden when it is small.
pub(super) fn alone(count: usize) -> Option<usize> {
    (count >= SMALLEST).then_some(count)
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
