//! How long what is kept, and on which day it goes.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::records::privacy::Kept;
use crate::records::register::{Kind, Standing};

/// The terms in weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Names, free text and reasons, after a person's last placement ended, or after a coach left.
    pub placed: u32,
    /// The same of somebody who was never placed, after the waiting was over.
    pub waited: u32,
    /// Name and address of an account, after it ended; tokens, after they were over.
    pub accounts: u32,
    /// Sessions and links, after they were over.
    pub sessions: u32,
    /// Requests about own data, after they were done.
    pub requests: u32,
    /// Messages, after they were sent or came to nothing.
    pub messages: u32,
}

impl Default for Terms {
    fn default() -> Self {
        Self { placed: 4, waited: 4, accounts: 52, sessions: 13, requests: 104, messages: 13 }
    }
}

impl Terms {
    /// The latest moment (UTC milliseconds) at which something ended that goes now, by a term in weeks.
    pub fn before(now: i64, weeks: u32) -> i64 {
        now - i64::from(weeks) * 7 * 86_400_000
    }
}

/// Why somebody's name goes on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The last placement ended.
    Ended,
    /// Somebody stopped waiting.
    Stopped,
    /// A coach left.
    Left,
}

impl Why {
    /// Its word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ended => "laatste-plaatsing-voorbij",
            Self::Stopped => "gestopt",
            Self::Left => "vertrokken",
        }
    }
}

/// The last day of the month that somebody has to answer a request about own data: a month after it.
pub fn deadline(asked: Date) -> Date {
    asked.checked_add(1.month()).unwrap_or(Date::MAX)
}

/// The first day on which the name of a person is no longer kept, and why; `None` while the person waits, is placed without an end that is
/// known, or is a coach without a last day. `open` says whether somebody takes part in a wave that is not published.
pub fn goes(kept: &Kept, open: bool, terms: &Terms) -> Option<(Date, Why)> {
    let day = |text: &Option<String>| text.as_ref().and_then(|it| it.parse::<Date>().ok());
    let (last, since, until) = (day(&kept.last), day(&kept.since), day(&kept.until));
    let stopped = if last.is_some() { terms.placed } else { terms.waited };
    let (end, why, weeks) = match (kept.who.kind, kept.standing) {
        (Kind::Coach, _) => (until?.max(last.unwrap_or(Date::MIN)), Why::Left, terms.placed),
        (_, Some(Standing::Gestopt)) => (since?.max(last.unwrap_or(Date::MIN)), Why::Stopped, stopped),
        (_, Some(Standing::Geplaatst)) if !open => (last?, Why::Ended, terms.placed),
        // Who waits, also from one wave to the next, is still wanted.
        _ => return None,
    };
    let span: Span = i64::from(weeks).weeks();
    // The last day itself still counts.
    end.checked_add(span).ok()?.tomorrow().ok().map(|day| (day, why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::dossier::Who;

    fn kept(kind: Kind, standing: Option<Standing>, (since, last, until): (&str, &str, &str)) -> Kept {
        let day = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Kept { who: Who::new(kind, "x"), standing, since: day(since), last: day(last), until: day(until), version: 1 }
    }

    fn on(kept: &Kept, open: bool) -> Option<String> {
        goes(kept, open, &Terms::default()).map(|(day, why)| format!("{day} {}", why.code()))
    }

    #[test]
    fn names_go_four_weeks_after_the_last_placement_or_after_somebody_stopped_waiting() {
        let candidate = |standing, days| kept(Kind::Candidate, Some(standing), days);
        let placed = candidate(Standing::Geplaatst, ("2026-08-01", "2027-07-31", ""));
        assert_eq!(on(&placed, false).as_deref(), Some("2027-08-29 laatste-plaatsing-voorbij"));
        assert_eq!(on(&placed, true), None, "in an open wave");
        assert_eq!(on(&candidate(Standing::Geplaatst, ("2026-08-01", "", "")), false), None, "no end is known");
        assert_eq!(on(&candidate(Standing::Wacht, ("2026-08-01", "2025-07-31", "")), false), None, "who is carried over still waits");
        let stopped = candidate(Standing::Gestopt, ("2026-11-02", "", ""));
        assert_eq!(on(&stopped, true).as_deref(), Some("2026-12-01 gestopt"));
        let both = candidate(Standing::Gestopt, ("2026-11-02", "2026-11-20", ""));
        assert_eq!(on(&both, false).as_deref(), Some("2026-12-19 gestopt"));
        assert_eq!(on(&candidate(Standing::Gestopt, ("", "", "")), false), None, "since when is not known yet");
    }

    #[test]
    fn a_coach_goes_after_leaving_and_after_the_last_placement() {
        let coach = |days| kept(Kind::Coach, None, days);
        assert_eq!(on(&coach(("", "2027-07-31", "")), false), None, "still there");
        assert_eq!(on(&coach(("", "2027-07-31", "2027-01-31")), false).as_deref(), Some("2027-08-29 vertrokken"));
        assert_eq!(on(&coach(("", "", "2027-01-31")), false).as_deref(), Some("2027-03-01 vertrokken"));
    }

    #[test]
    fn a_request_is_to_be_done_within_a_month() {
        let day = |text: &str| deadline(text.parse().expect("a day")).to_string();
        assert_eq!((day("2026-11-25"), day("2027-01-31")), ("2026-12-25".to_owned(), "2027-02-28".to_owned()));
    }
}
