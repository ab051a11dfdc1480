//! Each term by itself: the points of one placement, and the load of a plan.

use loket_solver::matching::facts::codes::TermCode::{self, *};
use loket_solver::matching::facts::ids::{CoachId, SchoolId};
use loket_solver::matching::facts::policy::Goal;
use loket_solver::matching::facts::wave::Part;
use loket_solver::matching::facts::words::{Bouw, CoachKind, Status};
use loket_solver::matching::judge;

use crate::builder::{FIRST, Rows, at, coach, plan_of, previous, rows, seat};

/// Points of a term for the first candidate at the first seat group with the first coach.
fn points(term: TermCode, change: impl FnOnce(&mut Rows)) -> i64 {
    let mut rows = rows();
    change(&mut rows);
    judge::points(&rows.wave(), FIRST, at(0, 0)).into_iter().find(|&(code, _)| code == term).map_or(0, |(_, points)| points)
}

#[test]
fn points_come_in_the_order_of_the_terms_and_leave_out_zeros() {
    assert_eq!(
        judge::points(&rows().wave(), FIRST, at(0, 0)),
        [(Geplaatst, 1), (Bouw, 100), (Reistijd, 84), (Coachreis, 84), (Intern, 100), (Kosten, -300_000)]
    );
}

#[test]
fn waiting_counts_up_to_nine_rounds() {
    for (rounds, expected) in [(0, 0), (8, 8), (9, 9), (10, 9), (100_000, 9)] {
        assert_eq!(points(Wachttijd, |it| it.candidates[0].waited = rounds), expected);
    }
}

#[test]
fn target_group_and_shortage_count_as_they_are() {
    assert_eq!(points(Doelgroep, |it| it.schools[0].target_group = 42), 42);
    assert_eq!(points(Tekort, |it| it.schools[0].shortage = 15), 15);
}

#[test]
fn a_bouw_counts_by_its_place_on_the_list_and_the_last_value_goes_on() {
    use self::Bouw as Term;
    use loket_solver::matching::facts::words::Bouw::{Bovenbouw, Middenbouw, Onderbouw};
    let of = |scale: &[i64], bouwen: &[loket_solver::matching::facts::words::Bouw]| {
        points(Term, |it| {
            it.policy.bouw_points = scale.to_vec();
            it.candidates[0].bouwen = bouwen.to_vec();
        })
    };
    assert_eq!(of(&[100, 60, 20], &[Onderbouw, Middenbouw]), 100);
    assert_eq!(of(&[100, 60, 20], &[Middenbouw, Onderbouw]), 60);
    assert_eq!(of(&[100, 60, 20], &[Middenbouw, Bovenbouw, Onderbouw]), 20);
    assert_eq!(of(&[100, 60], &[Middenbouw, Bovenbouw, Onderbouw]), 60);
    assert_eq!(of(&[7], &[Middenbouw, Onderbouw]), 7);
    assert_eq!(of(&[100, 60, 20], &[Middenbouw]), 0);
}

#[test]
fn travel_gives_what_is_left_of_an_hour_rounded_up() {
    for (minutes, expected) in [(0, 100), (1, 99), (2, 97), (31, 49), (59, 2), (60, 0), (61, 0), (100_000, 0)] {
        assert_eq!(points(Reistijd, |it| it.candidate_minutes = vec![(0, 0, minutes)]), expected);
        assert_eq!(points(Coachreis, |it| it.coach_minutes = vec![(0, 0, minutes)]), expected);
    }
}

#[test]
fn a_liked_concept_counts() {
    let of = |concept: Option<&str>| {
        points(Concept, |it| {
            it.schools[0].concept = concept.map(String::from);
            it.candidates[0].concepts = vec!["dalton".into(), "jenaplan".into()];
        })
    };
    assert_eq!(of(Some("jenaplan")), 100);
    assert_eq!(of(Some("montessori")), 0);
    assert_eq!(of(None), 0);
}

#[test]
fn granted_wishes_count_by_their_share_rounded_down() {
    let of = |wishes: &[&str], tags: &[&str]| {
        points(Coachwens, |it| {
            it.candidates[0].coach_wishes = wishes.iter().map(|&wish| wish.into()).collect();
            it.coaches[0].tags = tags.iter().map(|&tag| tag.into()).collect();
        })
    };
    assert_eq!(of(&["a", "b", "c"], &["c", "a", "x"]), 66);
    assert_eq!(of(&["a", "b", "c"], &["b"]), 33);
    assert_eq!(of(&["a"], &["a"]), 100);
    assert_eq!(of(&[], &["a"]), 0);
}

#[test]
fn the_same_coach_and_the_same_school_count() {
    assert_eq!(points(Continuiteit, |it| it.candidates[0].current_coach = Some(CoachId(0))), 100);
    assert_eq!(points(Continuiteit, |it| it.candidates[0].current_coach = Some(CoachId(1))), 0);
    assert_eq!(points(ZelfdeSchool, |it| it.candidates[0].current_school = Some(SchoolId(0))), 100);
    assert_eq!(points(ZelfdeSchool, |it| it.candidates[0].current_school = Some(SchoolId(1))), 0);
}

#[test]
fn an_external_coach_is_not_internal_and_costs_more() {
    let outside = |it: &mut Rows| {
        it.coaches[0].kind = CoachKind::Extern;
        it.coaches[0].rate_cents = 9680;
        it.candidates[0].hours = Some(15);
    };
    assert_eq!(points(Intern, outside), 0);
    assert_eq!(points(Kosten, outside), -145_200);
}

#[test]
fn an_agreement_weighs_by_its_status_and_by_the_part_that_is_kept() {
    let codes = [Ongewijzigd, OngewijzigdSchool, OngewijzigdCoach, AfspraakSchool, AfspraakCoach];
    let of = |seat, coach, status| codes.map(|term| points(term, |it| it.candidates[0].previous = previous(seat, coach, status)));
    let (seat, coach) = (Part::Known(at(0, 0).seat), Part::Known(at(0, 0).coach));
    assert_eq!(of(seat, coach, Status::Voorgesteld), [1, 1, 1, 0, 0]);
    assert_eq!(of(seat, coach, Status::Akkoord), [1, 1, 1, 10, 10]);
    assert_eq!(of(seat, coach, Status::Gestart), [1, 1, 1, 100, 100]);
    assert_eq!(of(seat, Part::Absent, Status::Akkoord), [0, 1, 0, 10, 0]);
    assert_eq!(of(Part::Absent, coach, Status::Akkoord), [0, 0, 1, 0, 10]);
    assert_eq!(of(Part::Gone, coach, Status::Akkoord), [0, 0, 1, 0, 10]);
    assert_eq!(of(Part::Known(at(1, 0).seat), Part::Known(CoachId(1)), Status::Gestart), [0; 5]);
}

#[test]
fn load_is_convex_and_every_step_is_rounded_up() {
    let mut rows = rows();
    rows.seats.push(seat("kleuters", 0, loket_solver::matching::facts::words::Bouw::Onderbouw, 9));
    rows.coaches[0].maximum = 2;
    rows.coaches[0].running = 1;
    rows.coaches.push(coach("K2"));
    rows.coaches[1].maximum = 7;
    let wave = rows.with_candidates(4).wave();
    let goal = Goal { name: "spreiding".into(), weights: vec![(Belasting, 3)], tolerance_percent: 0 };
    let of = |coaches: &[u32]| {
        let placements: Vec<_> = coaches.iter().map(|&coach| Some(at(1, coach))).collect();
        judge::value(&wave, &goal, &plan_of(&wave, &placements))
    };
    assert_eq!(of(&[]), 0);
    assert_eq!(of(&[0]), -3 * 67);
    assert_eq!(of(&[0, 0]), -3 * (67 + 100));
    assert_eq!(of(&[1]), -3 * 15);
    assert_eq!(of(&[1, 0, 1]), -3 * (15 + 29 + 67));
}

#[test]
fn a_goal_adds_up_weights_times_points() {
    let wave = rows().with_candidates(2).wave();
    let goal =
        Goal { name: "alles".into(), weights: vec![(Geplaatst, 1000), (Reistijd, 3), (Kosten, 0), (Belasting, 1)], tolerance_percent: 0 };
    let plan = plan_of(&wave, &[Some(at(0, 0)), Some(at(0, 0))]);
    assert_eq!(judge::value(&wave, &goal, &plan), 2 * 1000 + 2 * 3 * 84 - 12 - 23);
}

#[test]
fn a_price_is_taken_off_for_the_seat_and_for_hours_by_sixties_rounded_down() {
    let of = |seat, hour, hours| {
        points(Bewaren, |it| {
            (it.seats[0].price, it.coaches[0].hour_price, it.candidates[0].hours) = (seat, hour, Some(hours));
        })
    };
    assert_eq!(of(0, 0, 60), 0);
    assert_eq!(of(40, 0, 60), -40);
    assert_eq!(of(40, 15, 60), -55);
    // 15 · 59 / 60 = 14¾.
    assert_eq!([of(40, 15, 59), of(0, 1, 59), of(0, 1, 60)], [-54, 0, -1]);
    assert_eq!(of(1_000, 1_000, 100_000), -1_000 - 1_666_666);
}
