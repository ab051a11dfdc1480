//! Prices to save by, worked out by hand.

use loket_solver::matching::ask::prices::prices;
use loket_solver::matching::facts::words::Bouw;

use crate::builder::{coach, rows, school, seat};

#[test]
fn prices_are_demand_for_each_seat_and_hour() {
    // S1 has two seats, S2 one in another bouw. Z1 may be at S1 only, Z2 and Z3 at both: three seats.
    let mut rows = rows();
    rows.schools.push(school("S2", 0));
    rows.seats.push(seat("bovenbouw", 1, Bouw::Bovenbouw, 1));
    rows.coaches.push(coach("K2"));
    rows.coaches[1].bouwen = vec![Bouw::Bovenbouw];
    rows.coaches[0].hours = 200;
    let mut rows = rows.with_candidates(3);
    for person in &mut rows.candidates[1..] {
        person.bouwen = vec![Bouw::Onderbouw, Bouw::Bovenbouw];
    }
    let first = rows.wave();
    let found = prices(&[&first]);
    // S1: 1/2 + 1/3 + 1/3 = 7/6 for 2 seats; S2: 1/3 + 1/3 for 1.
    let seat = |school: &str, seat: &str, price| (school.to_owned(), seat.to_owned(), price);
    assert_eq!(found.seats, [seat("S1", "onderbouw", 58), seat("S2", "bovenbouw", 66)]);
    // K1: 60 + 30 + 30 hours of 200; K2: 30 + 30 of 540.
    assert_eq!(found.coaches, [("K1".to_owned(), 60), ("K2".to_owned(), 11)]);

    // A second wave in which S2 has no seat: it keeps its own price; S1 is asked by three for two seats.
    let mut second = first.clone();
    let gone = second.seats.ids().last().expect("a seat");
    second.seats[gone].count = 0;
    let found = prices(&[&first, &second]);
    // S1: 3/2 for 2 seats is 75, with 58 a mean of 66½. S2: 1/2 + 1/2 over max(1, 0) is 100, with 66 a mean of 83.
    assert_eq!(found.seats, [seat("S1", "onderbouw", 67), seat("S2", "bovenbouw", 83)]);
}

#[test]
fn what_nobody_asks_has_no_price() {
    let mut rows = rows();
    rows.candidates.clear();
    let found = prices(&[&rows.wave()]);
    assert!(found.seats.is_empty() && found.coaches.is_empty());
    assert!(prices(&[]).seats.is_empty());
}
