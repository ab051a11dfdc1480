//! What a rerun can keep, who changes and what is forced.

use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::{CoachId, SchoolId, SeatId};
use loket_solver::matching::facts::plan::Placement;
use loket_solver::matching::facts::wave::{Lock, Part};
use loket_solver::matching::facts::words::{Bouw, Status};
use loket_solver::matching::judge;
use loket_solver::matching::judge::keep::{self, Keepable};

use crate::builder::{FIRST, Rows, at, coach, plan_of, previous, rows, school, seat};

/// Two schools of one seat group each and two coaches; the candidate had the first of both.
fn agreed() -> Rows {
    let mut rows = rows();
    rows.schools.push(school("S2", 0));
    rows.seats.push(seat("onderbouw", 1, Bouw::Onderbouw, 1));
    rows.coaches.push(coach("K2"));
    rows.candidates[0].previous = previous(Part::Known(SeatId(0)), Part::Known(CoachId(0)), Status::Akkoord);
    rows
}

fn keepable(rows: &Rows) -> (Keepable, bool) {
    let wave = rows.wave();
    (keep::keepable(&wave, FIRST), keep::forced(&wave, FIRST))
}

fn changed(rows: &Rows, placement: Option<Placement>) -> bool {
    let wave = rows.wave();
    let changes = judge::changes(&wave, &plan_of(&wave, &[placement]));
    assert_eq!(changes.forced.contains(&FIRST), keep::forced(&wave, FIRST));
    changes.changed == [FIRST]
}

#[test]
fn both_are_kept_when_the_whole_placement_is_allowed() {
    let rows = agreed();
    assert_eq!(keepable(&rows), (Keepable::Both, false));
    assert!(!changed(&rows, Some(at(0, 0))));
    assert!(changed(&rows, Some(at(0, 1))));
    assert!(changed(&rows, Some(at(1, 0))));
    assert!(changed(&rows, None));
}

#[test]
fn the_seat_is_kept_when_only_another_coach_may_go_there() {
    let mut rows = agreed();
    rows.coaches[0].excluded_schools = vec![SchoolId(0)];
    assert_eq!(keepable(&rows), (Keepable::Seat, true));
    assert!(!changed(&rows, Some(at(0, 1))));
    assert!(changed(&rows, Some(at(1, 0))));
    assert!(changed(&rows, None));
}

#[test]
fn the_coach_is_kept_when_the_seat_cannot_be() {
    let mut rows = agreed();
    rows.candidate_minutes = vec![(0, 0, 61)];
    assert_eq!(keepable(&rows), (Keepable::Coach, true));
    assert!(!changed(&rows, Some(at(1, 0))));
    assert!(changed(&rows, Some(at(1, 1))));
    assert!(changed(&rows, None));
}

#[test]
fn nothing_is_kept_when_neither_can_be_and_then_nobody_changes() {
    let mut rows = agreed();
    rows.candidate_minutes = vec![(0, 0, 61)];
    rows.candidates[0].excluded_coaches = vec![CoachId(0)];
    assert_eq!(keepable(&rows), (Keepable::Nothing, true));
    assert!(!changed(&rows, Some(at(1, 1))));
    assert!(!changed(&rows, None));
}

#[test]
fn what_the_wave_no_longer_has_is_forced() {
    let mut rows = agreed();
    rows.candidates[0].previous = previous(Part::Gone, Part::Known(CoachId(0)), Status::Gestart);
    assert_eq!(keepable(&rows), (Keepable::Coach, true));
    rows.candidates[0].previous = previous(Part::Gone, Part::Gone, Status::Gestart);
    assert_eq!(keepable(&rows), (Keepable::Nothing, true));
    assert!(!changed(&rows, None));
}

#[test]
fn an_entry_with_one_part_is_about_that_part_only() {
    let mut rows = agreed();
    rows.candidates[0].previous = previous(Part::Known(SeatId(0)), Part::Absent, Status::Akkoord);
    assert_eq!(keepable(&rows), (Keepable::Seat, false));
    assert!(!changed(&rows, Some(at(0, 1))));
    rows.candidates[0].previous = previous(Part::Absent, Part::Known(CoachId(0)), Status::Akkoord);
    assert_eq!(keepable(&rows), (Keepable::Coach, false));
    assert!(!changed(&rows, Some(at(1, 0))));
}

#[test]
fn an_entry_without_parts_and_no_entry_never_change() {
    let mut rows = agreed();
    rows.candidates[0].previous = previous(Part::Absent, Part::Absent, Status::Akkoord);
    assert_eq!(keepable(&rows), (Keepable::Nothing, false));
    assert!(!changed(&rows, None));
    rows.candidates[0].previous = None;
    assert_eq!(keepable(&rows), (Keepable::Nothing, false));
    assert!(!changed(&rows, Some(at(1, 1))));
}

#[test]
fn a_seat_group_of_no_seats_and_a_coach_of_no_room_can_be_keepable() {
    let mut rows = agreed();
    rows.seats[0].count = 0;
    rows.coaches[0].maximum = 0;
    assert_eq!(keepable(&rows), (Keepable::Both, false));
    assert!(changed(&rows, Some(at(1, 1))));
}

#[test]
fn a_lock_makes_keepable_what_it_overrules() {
    let mut rows = agreed();
    rows.candidate_minutes = vec![(0, 0, 61)];
    rows.candidates[0].lock = Some(Lock { coach: Some(CoachId(1)), despite: vec![RuleCode::Reistijd], ..Lock::default() });
    // The seat with the locked coach only, so without the earlier coach.
    assert_eq!(keepable(&rows), (Keepable::Seat, true));
    if let Some(lock) = &mut rows.candidates[0].lock {
        lock.coach = None;
    }
    assert_eq!(keepable(&rows), (Keepable::Both, false));
}
