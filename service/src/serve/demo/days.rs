//! The days of the demo: a wave that began, one that begins, and a clock that lives through the weeks before today.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::civil::Date;
use jiff::{Span, ToSpan};

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// A clock of the demo, set to so many days before today; it only goes on.
#[derive(Clone, Debug, Default)]
pub struct Calendar(Arc<AtomicI64>);

impl Calendar {
    /// What the clock of the store is beside the time there is, in milliseconds.
    pub fn beside(&self) -> Arc<AtomicI64> {
        self.0.clone()
    }

    /// Goes to a day before today, as many days as are named.
    pub fn go_to(&self, days_ago: i64) {
        self.0.store(-days_ago * DAY, Ordering::SeqCst);
    }
}

/// A wave's name and its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its name: the season and the year of its first day.
    pub name: String,
    /// The same for an address.
    pub id: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

impl Term {
    fn of(season: &str, from: Date) -> Self {
        let until = from.saturating_add(1.year()).saturating_sub(1.day());
        let name = format!("{season} {}", from.year());
        Self { id: name.to_lowercase().replace(' ', "-"), name, from, until }
    }
}

/// The waves of the demo on a day: the one that began, the one that is reviewed, and the one that is being solved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Began half a year before the next.
    pub began: Term,
    /// Begins in February or August, five weeks from now or later.
    pub next: Term,
    /// Begins on a Monday soon.
    pub soon: Term,
}

/// The first of February or August, on this day or after it.
fn half_year(at: Date) -> (Date, &'static str) {
    let spring = |year| Date::new(year, 2, 1).unwrap_or(at);
    match at.month() {
        1 => (spring(at.year()), "Voorjaar"),
        2 if at.day() == 1 => (at, "Voorjaar"),
        8 if at.day() == 1 => (at, "Najaar"),
        2..=7 => (Date::new(at.year(), 8, 1).unwrap_or(at), "Najaar"),
        _ => (spring(at.year() + 1), "Voorjaar"),
    }
}

impl Terms {
    /// Those on this day.
    pub fn on(today: Date) -> Self {
        let (next, season) = half_year(today.saturating_add(Span::new().days(35)));
        let (began, before) = half_year(next.saturating_sub(Span::new().months(6)));
        let monday = today.saturating_add(Span::new().days(35));
        let monday = monday.saturating_sub(i64::from(monday.weekday().to_monday_zero_offset()).days());
        let quarter = ["Winter", "Lente", "Zomer", "Herfst"][usize::from(monday.month().unsigned_abs() % 12 / 3)];
        Self { began: Term::of(before, began), next: Term::of(season, next), soon: Term::of(quarter, monday) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: &str) -> Terms {
        Terms::on(day.parse().unwrap())
    }

    #[test]
    fn on_any_day_one_wave_began_and_the_others_begin() {
        let terms = on("2026-11-25");
        assert_eq!((terms.began.name.as_str(), terms.began.from.to_string()), ("Najaar 2026", "2026-08-01".into()));
        assert_eq!((terms.next.name.as_str(), terms.next.from.to_string()), ("Voorjaar 2027", "2027-02-01".into()));
        assert_eq!((terms.next.until.to_string(), terms.next.id.as_str()), ("2028-01-31".into(), "voorjaar-2027"));
        assert_eq!((terms.soon.name.as_str(), terms.soon.from.to_string()), ("Winter 2026", "2026-12-28".into()));
        let mut day: Date = "2026-01-01".parse().unwrap();
        for _ in 0..800 {
            let terms = Terms::on(day);
            assert!(terms.began.from < terms.next.from && terms.next.from > day && terms.soon.from > day, "{day}: {terms:?}");
            assert!(terms.began.from <= day.saturating_add(Span::new().days(35)), "{day}: {terms:?}");
            day = day.tomorrow().unwrap();
        }
    }

    #[test]
    fn the_clock_of_a_demo_stands_days_ago_and_goes_on() {
        let calendar = Calendar::default();
        calendar.go_to(10);
        assert_eq!(calendar.beside().load(Ordering::SeqCst), -10 * DAY);
        calendar.go_to(0);
        assert_eq!(calendar.beside().load(Ordering::SeqCst), 0);
    }
}
