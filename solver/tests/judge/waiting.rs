//! Waiting lists: who comes in when somebody falls out, by hand.

use loket_solver::common::control::Unhurried;
use loket_solver::matching::ask::waiting::{Waiter, waiting};
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::words::{Bouw, Phase, Status};

use crate::builder::{at, plan_of, rows, seat};

#[test]
fn who_waits_longest_comes_in_for_whoever_falls_out() {
    // Z1 and Z2 have the seats of the onderbouw, Z3 the one of the bovenbouw; Z4 and Z5 wait for the onderbouw.
    let mut rows = rows();
    rows.seats.push(seat("bovenbouw", 0, Bouw::Bovenbouw, 1));
    let mut rows = rows.with_candidates(5);
    rows.candidates[2].bouwen = vec![Bouw::Bovenbouw];
    rows.candidates[2].phase = Phase::Inductie;
    (rows.candidates[3].waited, rows.candidates[4].waited) = (1, 2);
    let wave = rows.wave();
    let plan = plan_of(&wave, &[Some(at(0, 0)), Some(at(0, 0)), Some(at(1, 0)), None, None]);
    let rate = |phase: Phase| if phase == Phase::Inductie { 50 } else { 480 };
    let found = waiting(&wave, &plan, Status::Akkoord, &rate, &Unhurried, &|_, _| {});
    // Whichever of Z1 and Z2 falls out, Z5 comes in; for Z3 nobody does. 480 + 480 + 50 in a thousand is two people.
    assert_eq!(found.people, [Waiter { candidate: CandidateId(4), dropouts: 2, expected: 960 }]);
    assert_eq!((found.length, found.complete), (2, true));
}
