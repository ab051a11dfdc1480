//! Text that a spreadsheet would take for a formula: written behind an apostrophe, which reading takes off again.

use std::borrow::Cow;

fn begins_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// The text as it may stand in a cell: behind an apostrophe when a spreadsheet could take it for a formula. A text that is guarded
/// already gets one more, so that [`unguarded`] gives back what went in.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if begins_a_formula(text.trim_start_matches('\'')) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that was guarded.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if begins_a_formula(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guarded_begins_no_formula_and_comes_back_as_it_was() {
        for text in ["=1+1", "+31 6", "-1", "@x", "\tx", "\rx", "'=1", "''=1", "'", "'x", "", "x", "x=1", "é"] {
            let safe = guarded(text);
            assert!(!begins_a_formula(&safe), "{text:?}");
            assert_eq!(unguarded(&safe), text, "{text:?}");
        }
        assert_eq!(guarded("'s-Gravenhage"), "'s-Gravenhage");
    }
}
