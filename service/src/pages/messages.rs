//! Every word of the pages as a function of its own, in Dutch and English; made when building of `service/messages/`.

use std::fmt::Display;

use loket_solver::matching::facts::words::words;

words! {
    /// A language of the pages.
    pub enum Language {
        /// Dutch.
        Nl = "nl",
        /// English.
        En = "en",
    }
}

/// A number that a word follows: one seat, two seats.
pub trait Count {
    /// The number.
    fn count(&self) -> i64;
}

macro_rules! counts {
    ($($number:ty),*) => {
        $(impl Count for $number {
            fn count(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        })*
    };
}

counts!(i64, i32, u32, u64, usize, u16);

impl<T: Count> Count for &T {
    fn count(&self) -> i64 {
        T::count(self)
    }
}

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_said_in_both_languages_with_its_number() {
        let [dutch, english] = [Language::Nl, Language::En].map(Messages::of);
        assert_eq!((dutch.frame.help(), english.frame.help()), ("Hulp", "Help"));
        assert_eq!((dutch.start.things(1), dutch.start.things(3)), ("1 ding vraagt om actie".into(), "3 dingen vragen om actie".into()));
    }
}
