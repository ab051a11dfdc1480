//! What a row of seats says of days: whether it counts on one, and when the duo colleague is there.

use loket_solver::matching::facts::words::{HalfDay, Word};
use serde_json::Value;

use crate::records::seats::Seats;

/// Whether seats are offered on a day (yyyy-mm-dd).
pub fn at(seats: &Seats, day: &str) -> bool {
    seats.from.as_str() <= day && seats.until.as_deref().is_none_or(|until| until >= day)
}

/// The half-days of the duo colleague, in the order of the week; nothing is not known.
pub fn half_days(seats: &Seats) -> Option<Vec<HalfDay>> {
    let list = seats.data.get("dagdelen").and_then(Value::as_array)?;
    let has = |day: &&HalfDay| list.iter().any(|it| it.as_str() == Some(day.code()));
    Some(HalfDay::ALL.iter().filter(has).copied().collect())
}

/// Puts the half-days of the duo colleague; none at all is not known.
pub fn set_half_days(seats: &mut Seats, days: &[HalfDay]) {
    if days.is_empty() {
        seats.data.shift_remove("dagdelen");
        return;
    }
    let list: Vec<Value> = HalfDay::ALL.iter().filter(|it| days.contains(it)).map(|it| it.code().into()).collect();
    seats.data.insert("dagdelen".into(), list.into());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seats() -> Seats {
        Seats {
            school: "S1".into(),
            id: "p".into(),
            from: "2027-02-01".into(),
            until: Some("2028-01-31".into()),
            bouw: "onderbouw".into(),
            count: 1,
            data: Default::default(),
            open: true,
            reason: None,
            confirmed: None,
            confirmed_by: None,
            version: 1,
        }
    }

    #[test]
    fn half_days_are_kept_in_the_order_of_the_week_and_none_is_not_known() {
        let mut it = seats();
        assert_eq!(half_days(&it), None);
        let of = |code: &str| HalfDay::parse(code).expect("a half-day");
        set_half_days(&mut it, &[of("vr-m"), of("ma-o")]);
        assert_eq!(half_days(&it), Some(vec![of("ma-o"), of("vr-m")]));
        set_half_days(&mut it, &[]);
        assert_eq!((half_days(&it), it.data.len()), (None, 0));
    }

    #[test]
    fn seats_count_from_their_first_day_to_their_last() {
        let on = |day| at(&seats(), day);
        assert_eq!(["2027-01-31", "2027-02-01", "2028-01-31", "2028-02-01"].map(on), [false, true, true, false]);
        assert!(at(&Seats { until: None, ..seats() }, "2099-01-01"));
    }
}
