//! The word that somebody may have meant.

use super::spot::show_id;

/// Most words that are compared.
const MOST: usize = 10_000;

/// The word that comes nearest to what was typed, when it is near: one letter in four may differ, and one more.
pub fn nearest<'a>(typed: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let short = show_id(typed).to_lowercase();
    let distance = |word: &str| strsim::damerau_levenshtein(&short, &word.to_lowercase());
    let near = words.take(MOST).map(|word| (distance(word), word)).filter(|(far, word)| *far <= 1 + word.chars().count() / 4);
    near.min().map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_found_and_what_is_far_is_not() {
        let words = || ["Z0012", "Z0013", "K1"].into_iter();
        assert_eq!(nearest("z0012", words()), Some("Z0012"));
        assert_eq!(nearest("Z012", words()), Some("Z0012"));
        assert_eq!(nearest("heel iets anders", words()), None);
    }
}
