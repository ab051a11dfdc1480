//! Each shared rule by itself: exactly at the limit is obeyed, one over is a breach with the figures.

use loket_solver::matching::facts::ids::{CandidateId, CoachId};
use loket_solver::matching::facts::plan::Placement;
use loket_solver::matching::facts::wave::{Lock, Pair, Part};
use loket_solver::matching::facts::words::{Bouw, CoachKind, HalfDay, PairKind, Phase, Status};
use loket_solver::matching::judge::rules::Breach;
use loket_solver::matching::judge::{self, Judge};

use crate::builder::{FIRST, Rows, at, board, coach, days, plan_of, previous, rows, school, seat};

/// Breaches of a plan as (rule, place, used, at most).
fn breaches(rows: &Rows, placements: &[Option<Placement>]) -> Vec<(&'static str, String, i64, i64)> {
    let wave = rows.wave();
    let plan = plan_of(&wave, placements);
    let found = judge::judge(&wave, &plan, None).breaches;
    assert_eq!(Judge::new(&wave).obeys(&plan, None), found.is_empty());
    found.into_iter().map(|it: Breach| (it.rule.code(), it.place, it.used, it.at_most)).collect()
}

/// `count` candidates, all at the first seat group of plenty seats with the first coach.
fn together(count: usize, change: impl FnOnce(&mut Rows)) -> Vec<(&'static str, String, i64, i64)> {
    let mut rows = rows();
    rows.seats[0].count = 20;
    change(&mut rows);
    let rows = rows.with_candidates(count);
    breaches(&rows, &vec![Some(at(0, 0)); count])
}

#[test]
fn a_seat_group_holds_no_more_than_its_seats() {
    assert_eq!(together(2, |it| it.seats[0].count = 2), []);
    assert_eq!(together(3, |it| it.seats[0].count = 2), [("plekken", "S1:onderbouw".into(), 3, 2)]);
    assert_eq!(together(1, |it| it.seats[0].count = 0), [("plekken", "S1:onderbouw".into(), 1, 0)]);
}

#[test]
fn a_school_takes_no_more_than_its_maximum() {
    assert_eq!(together(2, |it| it.schools[0].maximum = Some(2)), []);
    assert_eq!(together(3, |it| it.schools[0].maximum = Some(2)), [("school-maximum", "S1".into(), 3, 2)]);
}

#[test]
fn starters_are_a_floor_of_the_team_less_those_already_there() {
    let team = |size, starters| {
        move |it: &mut Rows| {
            it.schools[0].team_size = Some(size);
            it.schools[0].starters = starters;
        }
    };
    // ⌊20 % of 14⌋ = 2.
    assert_eq!(together(2, team(14, 0)), []);
    assert_eq!(together(3, team(14, 0)), [("starters", "S1".into(), 3, 2)]);
    assert_eq!(together(1, team(14, 1)), []);
    assert_eq!(together(2, team(14, 1)), [("starters", "S1".into(), 2, 1)]);
    // More starters than the cap: 0, not below.
    assert_eq!(together(0, team(14, 5)), []);
    assert_eq!(together(1, team(14, 5)), [("starters", "S1".into(), 1, 0)]);
    // No team size, no cap.
    assert_eq!(together(9, |it| it.schools[0].starters = 5), []);
}

#[test]
fn a_board_takes_no_more_than_its_maximum_over_all_its_schools() {
    let mut rows = rows();
    rows.boards[0].maximum = Some(1);
    rows.boards.push(board("B2"));
    rows.schools.push(school("S2", 0));
    rows.schools.push(school("S3", 1));
    rows.seats.push(seat("onderbouw", 1, Bouw::Onderbouw, 1));
    rows.seats.push(seat("onderbouw", 2, Bouw::Onderbouw, 1));
    let rows = rows.with_candidates(2);
    assert_eq!(breaches(&rows, &[Some(at(0, 0)), Some(at(2, 0))]), []);
    assert_eq!(breaches(&rows, &[Some(at(0, 0)), Some(at(1, 0))]), [("bestuur-maximum", "B1".into(), 2, 1)]);
}

#[test]
fn a_coach_follows_no_more_than_the_maximum() {
    assert_eq!(together(9, |_| {}), []);
    assert_eq!(together(9, |it| it.coaches[0].maximum = 8), [("coach-aantal", "K1".into(), 9, 8)]);
}

#[test]
fn the_hours_of_a_coach_may_be_used_to_the_last() {
    assert_eq!(together(2, |it| it.coaches[0].hours = 120), []);
    assert_eq!(together(2, |it| it.coaches[0].hours = 119), [("coach-uren", "K1".into(), 120, 119)]);
    // Own hours go before the phase's; extra guidance from exactly the threshold.
    let extra = |it: &mut Rows| {
        it.candidates[0].hours = Some(50);
        it.policy.extra_hours = 10;
        it.schools[0].target_group = 60;
        it.coaches[0].hours = 59;
    };
    assert_eq!(together(1, extra), [("coach-uren", "K1".into(), 60, 59)]);
    assert_eq!(
        together(1, |it| {
            extra(it);
            it.schools[0].target_group = 59;
        }),
        []
    );
}

#[test]
fn the_next_phase_fits_as_well() {
    // opleiding → opleiding_jaar2 = 30 hours each.
    assert_eq!(together(2, |it| it.coaches[0].next_hours = Some(60)), []);
    assert_eq!(together(2, |it| it.coaches[0].next_hours = Some(59)), [("coach-vervolg", "K1".into(), 60, 59)]);
    assert_eq!(
        together(2, |it| {
            it.candidates[0].phase = Phase::Inductie;
            it.coaches[0].next_hours = Some(0);
        }),
        []
    );
}

#[test]
fn the_external_share_counts_every_candidate_placed_or_not() {
    let mut rows = rows();
    rows.seats[0].count = 9;
    rows.coaches[0].kind = CoachKind::Extern;
    rows.coaches.push(coach("K2"));
    rows.policy.max_external_percent = Some(25);
    let (outside, inside) = (Some(at(0, 0)), Some(at(0, 1)));
    // ⌊25 % of 7⌋ = 1, ⌊25 % of 8⌋ = 2.
    let seven = rows.clone().with_candidates(7);
    assert_eq!(breaches(&seven, &[outside, inside, inside]), []);
    assert_eq!(breaches(&seven, &[outside, outside]), [("extern-aandeel", "proef".into(), 2, 1)]);
    assert_eq!(breaches(&rows.with_candidates(8), &[outside, outside]), []);
}

#[test]
fn the_budget_may_be_spent_to_the_last_cent() {
    // 2 · 60 h · 5,000 cents.
    assert_eq!(together(2, |it| it.policy.max_cost_cents = Some(600_000)), []);
    assert_eq!(together(2, |it| it.policy.max_cost_cents = Some(599_999)), [("budget", "proef".into(), 600_000, 599_999)]);
}

#[test]
fn a_lock_is_kept_in_every_field_it_names() {
    let mut rows = rows();
    rows.coaches.push(coach("K2"));
    rows.candidates[0].lock = Some(Lock::default());
    assert_eq!(breaches(&rows, &[None]), [("vast", "Z1".into(), 1, 0)]);
    assert_eq!(breaches(&rows, &[Some(at(0, 0))]), []);
    rows.candidates[0].lock = Some(Lock { coach: Some(CoachId(1)), bouw: Some(Bouw::Onderbouw), ..Lock::default() });
    assert_eq!(breaches(&rows, &[Some(at(0, 0))]), [("vast", "Z1".into(), 1, 0)]);
    assert_eq!(breaches(&rows, &[Some(at(0, 1))]), []);
}

#[test]
fn changes_are_judged_from_the_least_number_when_it_is_known() {
    let mut rows = rows();
    rows.policy.max_changes = Some(1);
    rows.candidates[0].previous = previous(Part::Known(at(0, 0).seat), Part::Absent, Status::Akkoord);
    let wave = rows.with_candidates(2).wave();
    let nobody = plan_of(&wave, &[]);
    let codes = |least| -> Vec<_> {
        let found = judge::judge(&wave, &nobody, least).breaches;
        found.into_iter().map(|it| (it.rule.code(), it.used, it.at_most)).collect()
    };
    assert_eq!(codes(None), []);
    assert_eq!(codes(Some(0)), [("wijzigingen", 2, 1)]);
    assert_eq!(codes(Some(1)), []);
    assert!(!Judge::new(&wave).obeys(&nobody, Some(0)));
    assert!(Judge::new(&wave).obeys(&nobody, Some(1)));
}

#[test]
fn a_forbidden_placement_is_a_breach_of_its_candidate() {
    let mut rows = rows();
    rows.candidate_minutes = vec![(0, 0, 61)];
    let wave = rows.wave();
    let found = judge::judge(&wave, &plan_of(&wave, &[Some(at(0, 0))]), None).breaches;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].rule.code(), found[0].candidate), ("reistijd", Some(FIRST)));
    assert_eq!(found[0].place, "S1:onderbouw:K1");
    assert_eq!(FIRST, CandidateId(0));
}

/// Two candidates who are asked this, at two schools with two coaches.
fn pair(kind: PairKind, one: Option<Placement>, other: Option<Placement>) -> Vec<(&'static str, String, i64, i64)> {
    let mut rows = rows();
    rows.schools.push(school("S2", 0));
    rows.seats.push(seat("onderbouw", 1, Bouw::Onderbouw, 2));
    rows.coaches.push(coach("K2"));
    rows.pairs = vec![Pair { kind, one: CandidateId(0), other: CandidateId(1) }];
    breaches(&rows.with_candidates(2), &[one, other])
}

#[test]
fn two_people_come_together_or_stay_apart_as_is_asked_of_the_pair() {
    let (here, there, other_coach) = (Some(at(0, 0)), Some(at(1, 0)), Some(at(0, 1)));
    let broken = |rule: &'static str| vec![(rule, "Z1:Z2".to_owned(), 2, 1)];
    assert_eq!(pair(PairKind::Together, here, other_coach), []);
    assert_eq!(pair(PairKind::Together, here, there), broken("paar-samen"));
    assert_eq!(pair(PairKind::Apart, here, there), []);
    assert_eq!(pair(PairKind::Apart, here, other_coach), broken("paar-apart"));
    assert_eq!(pair(PairKind::SameCoach, here, there), []);
    assert_eq!(pair(PairKind::SameCoach, here, other_coach), broken("paar-coach"));
    assert_eq!(pair(PairKind::OtherCoach, here, other_coach), []);
    assert_eq!(pair(PairKind::OtherCoach, here, there), broken("paar-coaches"));
    for kind in [PairKind::Together, PairKind::Apart, PairKind::SameCoach, PairKind::OtherCoach] {
        assert_eq!(pair(kind, here, None), []);
        assert_eq!(pair(kind, None, None), []);
    }
}

#[test]
fn two_who_share_a_duo_colleague_need_half_days_of_their_own() {
    use HalfDay::*;
    let shared = |one: &[HalfDay], other: &[HalfDay], least| {
        let mut rows = rows();
        rows.policy.shared_half_days = least;
        rows.seats[0].half_days = days(&[MaO, MaM, DiO, DiM]);
        rows.seats[0].shared = true;
        let mut rows = rows.with_candidates(2);
        (rows.candidates[0].half_days, rows.candidates[1].half_days) = (days(one), days(other));
        breaches(&rows, &[Some(at(0, 0)), Some(at(0, 0))])
    };
    let broken = |asked, there| vec![("duo-delen", "S1:onderbouw".to_owned(), asked, there)];
    assert_eq!(shared(&[MaO, MaM], &[DiO, DiM], 2), []);
    assert_eq!(shared(&[MaO, MaM], &[MaO, MaM], 2), broken(4, 2));
    assert_eq!(shared(&[MaO, MaM], &[MaM, DiO], 2), broken(4, 3));
    // Who names one half-day is asked one.
    assert_eq!(shared(&[MaO], &[MaM, DiO], 2), []);
    // Who names none shares all of them, and is asked as many as anybody.
    assert_eq!(shared(&[], &[MaO, MaM], 2), []);
    assert_eq!(shared(&[], &[], 3), broken(6, 4));
    assert_eq!(shared(&[], &[], 2), []);
}
