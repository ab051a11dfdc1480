//! Names on tabs: at most 31 units of UTF-16, without `[]:*?/\`, no two the same.

use std::collections::BTreeSet;

/// Longest name.
const MOST: usize = 31;

/// Names for tabs, in order: as they are where that can be.
pub(super) fn tabs<'a>(wanted: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut name = |wanted: &str| {
        let clean = clean(wanted);
        let first = cut(&clean, MOST);
        let mut found = first.clone();
        for number in 2.. {
            // Excel takes capitals for the same.
            if taken.insert(found.to_lowercase()) {
                break;
            }
            let behind = format!(" ({number})");
            found = format!("{}{behind}", cut(&clean, MOST - behind.len()));
        }
        found
    };
    wanted.map(&mut name).collect()
}

/// Without what a name cannot hold; never empty, and never the one name that is taken.
fn clean(wanted: &str) -> String {
    let letter = |it: char| if it.is_control() || "[]:*?/\\".contains(it) || matches!(it, '\u{fffe}' | '\u{ffff}') { '-' } else { it };
    let clean: String = wanted.chars().map(letter).collect();
    let clean = clean.trim().trim_matches('\'').trim();
    match clean {
        "" => "blad".into(),
        taken if taken.eq_ignore_ascii_case("history") => format!("{taken} "),
        clean => clean.into(),
    }
}

/// The beginning that has at most so many units; it ends on no apostrophe.
fn cut(text: &str, most: usize) -> String {
    let mut left = most;
    let fits = text.chars().take_while(|letter| {
        let room = left.checked_sub(letter.len_utf16());
        left = room.unwrap_or(0);
        room.is_some()
    });
    fits.collect::<String>().trim_end_matches('\'').into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_can_stand_on_a_tab_and_no_two_are_the_same() {
        let long = "De lange naam van een school die niet past";
        let names = tabs(["S1", "s1", "S1", "a[b]:c*?/\\", "", "'x'", long, long, "History", "\u{7}"].into_iter());
        let right = [
            "S1",
            "s1 (2)",
            "S1 (3)",
            "a-b--c----",
            "blad",
            "x",
            "De lange naam van een school di",
            "De lange naam van een schoo (2)",
            "History ",
            "-",
        ];
        assert_eq!(names, right);
        let many = tabs(["👩".repeat(40).as_str(); 120].into_iter());
        let different: BTreeSet<&String> = many.iter().collect();
        assert_eq!(different.len(), 120);
        assert!(many.iter().all(|name| name.encode_utf16().count() <= MOST));
    }
}
