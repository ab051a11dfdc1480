//! How the list is narrowed and sorted, in the picked of an address: read leniently, and written with only what differs from the usual.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Query as Keys};
use axum::http::request::Parts;
use loket_solver::matching::facts::words::{Bouw, Word, words};

use crate::desk::review::list::{Narrowed, Order, Shown};
use crate::desk::review::sight::Focus;
use crate::records::address::segment;

words! {
    /// In which order other places stand.
    #[derive(Default)]
    pub enum Others {
        /// Those with the fewest who move first.
        #[default]
        Movers = "schuiven",
        /// Those that cost the goals least first.
        Price = "prijs",
        /// Those with the shortest journey first.
        Travel = "reis",
    }
}

/// What the picked of a page to review says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// How the list is narrowed and sorted.
    pub by: Narrowed,
    /// In which order other places stand.
    pub others: Others,
    /// The part of the page that is asked again.
    pub part: Option<String>,
    /// Beside whom that is.
    pub beside: Option<String>,
    /// Whether what is tried is shown open.
    pub open: bool,
    /// Whether the sample of a group is gone through.
    pub sample: bool,
    /// The school of a question.
    pub ask: Option<String>,
    /// A place that is looked at: school, seat group and coach.
    pub place: (Option<String>, Option<String>, Option<String>),
}

fn word<T: Word>(value: &str) -> Option<T> {
    T::ALL.iter().copied().find(|it| it.code() == value)
}

impl Query {
    fn read(pairs: Vec<(String, String)>) -> Self {
        let mut picked = Self::default();
        for (key, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            let by = &mut picked.by;
            match key.as_str() {
                "stand" => by.shown = word(&value).unwrap_or(by.shown),
                "aandacht" => by.focus = word(&value),
                "bouw" => by.bouw = word(&value),
                "bij" => by.school = Some(value),
                "bestuur" => by.board = Some(value),
                "met" => by.coach = Some(value),
                "volgorde" => by.order = word(&value).unwrap_or(by.order),
                "anders" => picked.others = word(&value).unwrap_or(picked.others),
                "sinds" => by.since = value.parse().ok(),
                "deel" => picked.part = Some(value),
                "kandidaat" => picked.beside = Some(value),
                "steekproef" => picked.sample = value == "ja",
                "bak" => picked.open = value == "open",
                "waarom-niet" => picked.ask = Some(value),
                "school" => picked.place.0 = Some(value),
                "plek" => picked.place.1 = Some(value),
                "coach" => picked.place.2 = Some(value),
                _ => {}
            }
        }
        picked
    }

    /// The pairs that differ from the usual.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let by = &self.by;
        let mut pairs = Vec::new();
        if by.shown != Shown::ToDo {
            pairs.push(("stand", by.shown.code().to_owned()));
        }
        pairs.extend(by.focus.map(|it| ("aandacht", it.code().to_owned())));
        pairs.extend(by.bouw.map(|it| ("bouw", it.code().to_owned())));
        pairs.extend(by.school.clone().map(|it| ("bij", it)));
        pairs.extend(by.board.clone().map(|it| ("bestuur", it)));
        pairs.extend(by.coach.clone().map(|it| ("met", it)));
        if by.order != Order::Attention {
            pairs.push(("volgorde", by.order.code().to_owned()));
        }
        if self.others != Others::Movers {
            pairs.push(("anders", self.others.code().to_owned()));
        }
        pairs.extend(by.since.map(|it| ("sinds", it.to_string())));
        pairs
    }

    /// This address with the picked behind it, and more pairs behind that.
    pub fn behind(&self, address: &str, more: &[(&str, &str)]) -> String {
        let own = self.pairs();
        let all = own.iter().map(|(key, value)| (*key, value.as_str())).chain(more.iter().copied());
        all.enumerate().fold(address.to_owned(), |text, (at, (key, value))| {
            let sign = if at == 0 { '?' } else { '&' };
            format!("{text}{sign}{key}={}", segment(value))
        })
    }

    /// The same, where rows that are decided about from now on stay in place.
    pub fn since(&mut self, decisions: i64) {
        self.by.since = self.by.since.filter(|it| *it <= decisions).or(Some(decisions));
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let pairs = Keys::<Vec<(String, String)>>::try_from_uri(&parts.uri).map(|Keys(pairs)| pairs).unwrap_or_default();
        Ok(Self::read(pairs))
    }
}

/// The kinds of attention that can be chosen.
pub const FOCUSES: &[Focus] = Focus::ALL;

/// The bouwen that can be chosen.
pub const BOUWEN: &[Bouw] = Bouw::ALL;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_written_as_it_was_read_and_what_is_no_word_of_it_is_left_out() {
        let pairs = |text: &[(&str, &str)]| text.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let picked = Query::read(pairs(&[
            ("stand", "alles"),
            ("aandacht", "keus"),
            ("bij", "S 1"),
            ("anders", "prijs"),
            ("sinds", "7"),
            ("bouw", "zolder"),
            ("x", "y"),
        ]));
        assert_eq!(picked.behind("/a", &[("bak", "open")]), "/a?stand=alles&aandacht=keus&bij=S%201&anders=prijs&sinds=7&bak=open");
        let mut later = picked.clone();
        later.since(3);
        assert_eq!(later.by.since, Some(3), "a number that is yet to come is none");
        assert_eq!(Query::default().behind("/a", &[]), "/a");
    }
}
