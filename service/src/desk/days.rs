//! Which days people mean: of a day that is typed in a deed whether it is usual, must be meant, or can never be.

use jiff::Span;
use jiff::civil::Date;
use loket_instances::strict::problem::Problem;

/// How far from today a day lies, in both directions, as a usual one and at most.
#[derive(Clone, Copy, Debug)]
pub struct Edges {
    back: (Span, &'static str),
    ahead: (Span, &'static str),
    never_back: (Span, &'static str),
    never_ahead: (Span, &'static str),
}

/// The day from which something drops out or comes.
pub fn of_event() -> Edges {
    Edges {
        back: (Span::new().days(31), "31 dagen"),
        ahead: (Span::new().years(2), "2 jaar"),
        never_back: (Span::new().years(5), "5 jaar"),
        never_ahead: (Span::new().years(10), "10 jaar"),
    }
}

/// The first or last day of a period: of a wave, of seats.
pub fn of_period() -> Edges {
    Edges {
        back: (Span::new().years(2), "2 jaar"),
        ahead: (Span::new().years(12), "12 jaar"),
        never_back: (Span::new().years(30), "30 jaar"),
        never_ahead: (Span::new().years(50), "50 jaar"),
    }
}

/// The first or last day of a coach, who may have been there long.
pub fn of_coach() -> Edges {
    Edges { back: (Span::new().years(20), "20 jaar"), never_back: (Span::new().years(60), "60 jaar"), ..of_period() }
}

/// What is asked before something unlikely is done: whether it is meant.
pub const MEANT: &str = "stuur bevestigd: true mee als dit zo bedoeld is";

/// Days and other things of a request that were looked at: what can never be, and what must be meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doubts {
    /// What can never be.
    pub never: Vec<Problem>,
    /// What must be meant.
    pub unlikely: Vec<Problem>,
}

impl Doubts {
    /// Looks at a day that stands at this place. What is no day is for the reader of the request.
    pub fn day(&mut self, pointer: &str, day: &str, today: Date, reach: Edges) {
        let Ok(date) = day.parse::<Date>() else { return };
        let edge = |(span, _): (Span, &str), sign: i64| today.saturating_add(span * sign);
        let side = |back: (Span, &'static str), ahead: (Span, &'static str)| {
            let (before, after) = (date < edge(back, -1), date > edge(ahead, 1));
            if before { Some(format!("{} terug", back.1)) } else { after.then(|| format!("{} vooruit", ahead.1)) }
        };
        if let Some(far) = side(reach.never_back, reach.never_ahead) {
            let what = format!("{day} ligt meer dan {far}; zo'n dag wordt niet aangenomen");
            self.never.push(problem("grens", pointer, what, "verbeter de datum".into()));
        } else if let Some(far) = side(reach.back, reach.ahead) {
            self.ask(pointer, format!("{day} ligt meer dan {far}"), "verbeter de datum");
        }
    }

    /// Something must be meant: it is done when that is confirmed.
    pub fn ask(&mut self, pointer: &str, what: impl Into<String>, instead: &str) {
        self.unlikely.push(problem("bevestigen", pointer, what.into(), format!("{instead}, of {MEANT}")));
    }
}

fn problem(code: &'static str, pointer: &str, what: String, remedy: String) -> Problem {
    let place = pointer.trim_start_matches('/').replace('/', ", ");
    Problem { code, pointer: pointer.into(), place, what, remedy }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a day can never be, or must be meant.
    fn judged(day: &str, reach: Edges) -> (usize, usize) {
        let mut doubts = Doubts::default();
        doubts.day("/vanaf", day, "2026-11-25".parse().expect("a day"), reach);
        (doubts.never.len(), doubts.unlikely.len())
    }

    #[test]
    fn a_usual_day_is_taken_an_unlikely_one_must_be_meant_and_an_impossible_one_never_is() {
        let event = |day| judged(day, of_event());
        for usual in ["2026-11-25", "2026-10-25", "2028-11-25"] {
            assert_eq!(event(usual), (0, 0), "{usual}");
        }
        for unlikely in ["2026-10-24", "2021-11-25", "2028-11-26", "2036-11-25"] {
            assert_eq!(event(unlikely), (0, 1), "{unlikely}");
        }
        for never in ["2021-11-24", "2006-12-01", "0001-01-01", "2036-11-26", "9999-12-31"] {
            assert_eq!(event(never), (1, 0), "{never}");
        }
        assert_eq!((judged("2025-08-01", of_period()), judged("2024-11-24", of_period())), ((0, 0), (0, 1)));
        assert_eq!((judged("2010-08-01", of_coach()), judged("2006-11-24", of_coach())), ((0, 0), (0, 1)));
        assert_eq!((judged("0206-08-01", of_coach()), judged("20260-01-01", of_coach())), ((1, 0), (0, 0)));
    }

    #[test]
    fn what_is_asked_says_the_day_how_far_it_lies_and_how_it_is_confirmed() {
        let mut doubts = Doubts::default();
        doubts.day("/vanaf", "2026-01-01", "2026-11-25".parse().expect("a day"), of_event());
        let asked = &doubts.unlikely[0];
        assert_eq!((asked.code, asked.pointer.as_str()), ("bevestigen", "/vanaf"));
        assert_eq!(asked.what, "2026-01-01 ligt meer dan 31 dagen terug");
        assert_eq!(asked.remedy, "verbeter de datum, of stuur bevestigd: true mee als dit zo bedoeld is");
    }
}
