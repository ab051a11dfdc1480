//! What a board offers on a day: how many of its seats are used, proposed and left.

use jiff::civil::Date;

use super::room::{Period, room};
use crate::records::placement::Placed;
use crate::records::seats::{Proposed, Seats};
use crate::store::Error;

/// What uses seats: published placements, proposals under review, and for how many months a placement holds one (0: all the time).
#[derive(Clone, Debug, Default)]
pub struct Use {
    /// Published placements.
    pub placed: Vec<Placed>,
    /// Proposals under review.
    pub proposed: Vec<Proposed>,
    /// How many months a placement holds a seat.
    pub months: u32,
}

/// Seats with what is used of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The seats.
    pub seats: Seats,
    /// Published placements that hold one.
    pub used: i64,
    /// Placements that proposals under review have on them.
    pub proposed: i64,
    /// Offered and open, less used.
    pub left: i64,
    /// How many more are used than are offered and open.
    pub over: i64,
}

impl Use {
    /// How many placements, published or proposed, are on these seats some day.
    ///
    /// # Errors
    /// When the period of the seats cannot be read.
    pub fn users(&self, seats: &Seats) -> Result<i64, Error> {
        let period = seats.period()?;
        let here = |school: &str, seat: &str| school == seats.school && seat == seats.id;
        let placed = self.placed.iter().filter(|it| here(&it.school, &it.seat) && it.period.meets(period)).map(|_| 1);
        let proposed = self.proposed.iter().filter(|it| here(&it.school, &it.seat) && it.period.meets(period)).map(|it| it.count);
        Ok(placed.chain(proposed).sum())
    }

    /// How many more proposals under review have no seat when seats are put as `new` in the place of `now`, on the fullest day of their
    /// period from today on.
    ///
    /// # Errors
    /// When the period of the seats cannot be read.
    pub fn unplaced(&self, now: &Seats, new: &Seats, today: Date) -> Result<i64, Error> {
        let (was, is) = (now.period()?, new.period()?);
        let here = self.proposed.iter().filter(|it| it.school == now.school && it.seat == now.id);
        let lacks = |offers: &[(Period, i64)], it: &Proposed| {
            let held = it.period.held(self.months);
            let window = Period { from: held.from.max(today), until: held.until };
            let placed = self.placed.iter().filter(|it| it.school == now.school && it.seat == now.id);
            let holds: Vec<Period> = placed.filter_map(|it| it.hold(self.months)).collect();
            (it.count - room(offers, &holds, window).max(0)).clamp(0, it.count)
        };
        let offer = |row: &Seats, period| vec![(period, if row.open { row.count } else { 0 })];
        let (before, after) = (offer(now, was), offer(new, is));
        let short = |it: &Proposed| (lacks(&after, it) - lacks(&before, it)).max(0);
        Ok(here.filter(|it| it.period.until >= today && it.period.held(self.months).meets(was)).map(short).sum())
    }

    /// What of these seats is used on a day, or on their first day when that is later.
    ///
    /// # Errors
    /// When the period of the seats cannot be read.
    pub fn of(&self, seats: Seats, day: Date) -> Result<Offer, Error> {
        let period = seats.period()?;
        let day = day.max(period.from);
        let here = |school: &str, seat: &str| school == seats.school && seat == seats.id;
        let holds = |it: &Placed| it.hold(self.months).is_some_and(|hold| hold.has(day));
        let used = self.placed.iter().filter(|it| here(&it.school, &it.seat) && holds(it)).map(|_| 1).sum();
        let meets = |it: &Period| it.held(self.months).meets(period);
        let proposed = self.proposed.iter().filter(|it| here(&it.school, &it.seat) && meets(&it.period)).map(|it| it.count).sum();
        let open = if seats.open { seats.count } else { 0 };
        Ok(Offer { used, proposed, left: (open - used).max(0), over: (used - open).max(0), seats })
    }
}

/// How many more are in use than are offered and open, on the fullest day from today on: of the periods of one group together.
///
/// # Errors
/// When the period of seats cannot be read.
pub fn shortage(rows: &[Seats], used: &Use, today: Date) -> Result<i64, Error> {
    let Some(first) = rows.first() else { return Ok(0) };
    let here = used.placed.iter().filter(|it| it.school == first.school && it.seat == first.id);
    let holds: Vec<Period> = here.filter_map(|it| it.hold(used.months)).filter(|it| it.until >= today).collect();
    let mut offers = Vec::new();
    for row in rows.iter().filter(|row| row.open) {
        offers.push((row.period()?, row.count));
    }
    // Only days on which something is held count.
    let short = |hold: &Period| {
        let window = Period { from: hold.from.max(today), until: hold.until };
        -room(&offers, &holds, window)
    };
    Ok(holds.iter().map(short).max().unwrap_or(0).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seats(count: i64, open: bool) -> Seats {
        let (from, until) = ("2026-09-01".to_owned(), Some("2027-08-31".to_owned()));
        let (school, id, bouw) = ("S1".to_owned(), "p".to_owned(), "onderbouw".to_owned());
        Seats {
            school,
            id,
            from,
            until,
            bouw,
            count,
            data: Default::default(),
            open,
            reason: None,
            confirmed: None,
            confirmed_by: None,
            version: 1,
        }
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn placed(candidate: &str, seat: &str) -> Placed {
        let whole = Period::read(Some("2026-09-01"), Some("2027-08-31")).unwrap();
        let (wave, candidate, school) = ("w".into(), candidate.into(), "S1".into());
        let (seat, bouw, coach) = (seat.into(), "onderbouw".into(), "K1".into());
        Placed {
            wave,
            candidate,
            school,
            seat,
            bouw,
            coach,
            hours: 60,
            period: whole,
            since: whole.from,
            whole,
            ended: None,
            withdrawn: None,
        }
    }

    fn proposed(seat: &str, from: &str, until: &str) -> Proposed {
        let period = Period::read(Some(from), Some(until)).unwrap();
        Proposed { wave: "v".into(), period, school: "S1".into(), seat: seat.into(), count: 2 }
    }

    fn figures(offer: &Offer) -> [i64; 4] {
        [offer.used, offer.proposed, offer.left, offer.over]
    }

    #[test]
    fn a_seat_is_used_as_long_as_it_is_held_and_a_closed_one_is_not_left() {
        let proposed = vec![
            proposed("p", "2027-01-01", "2027-06-30"),
            proposed("q", "2027-01-01", "2027-06-30"),
            proposed("p", "2027-09-01", "2028-06-30"),
        ];
        let used = Use { placed: vec![placed("Z1", "p"), placed("Z2", "p"), placed("Z3", "q")], proposed, months: 5 };
        assert_eq!(figures(&used.of(seats(3, true), day("2026-10-01")).unwrap()), [2, 2, 1, 0]);
        assert_eq!(figures(&used.of(seats(3, true), day("2027-01-31")).unwrap()), [2, 2, 1, 0], "the last day of five months");
        assert_eq!(figures(&used.of(seats(3, true), day("2027-02-01")).unwrap()), [0, 2, 3, 0]);
        assert_eq!(figures(&used.of(seats(3, true), day("2026-08-01")).unwrap()), [2, 2, 1, 0], "the first day counts before it");
        assert_eq!(figures(&used.of(seats(3, false), day("2026-10-01")).unwrap()), [2, 2, 0, 2]);
        let always = Use { months: 0, ..used };
        assert_eq!(figures(&always.of(seats(1, true), day("2027-08-31")).unwrap()), [2, 2, 0, 1]);
    }
}
