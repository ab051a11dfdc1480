//! Each pair rule by itself: what it allows and forbids, on both sides of its boundary.

use loket_solver::matching::facts::codes::RuleCode::{self, CoachEis, Kwaliteit, Noodplan, Reistijd, Uitsluiting};
use loket_solver::matching::facts::ids::{BoardId, CoachId, SchoolId};
use loket_solver::matching::facts::wave::{Ban, Lock};
use loket_solver::matching::facts::words::{Bouw, HalfDay, Quality, SchoolKind};
use loket_solver::matching::judge;

use crate::builder::{FIRST, Rows, at, board, coach, days, rows, school, seat};

/// The pair rules that forbid the first candidate the first seat group with the first coach.
fn blocking(rows: &Rows) -> Vec<&'static str> {
    judge::blocking(&rows.wave(), FIRST, at(0, 0)).into_iter().map(RuleCode::code).collect()
}

fn allowed(change: impl FnOnce(&mut Rows)) {
    forbidden(&[], change);
}

fn forbidden(codes: &[&str], change: impl FnOnce(&mut Rows)) {
    let mut rows = rows();
    change(&mut rows);
    assert_eq!(blocking(&rows), codes);
    assert_eq!(judge::allowed(&rows.wave(), FIRST, at(0, 0)), codes.is_empty());
}

#[test]
fn a_placement_that_suits_everyone_is_allowed() {
    allowed(|_| {});
}

#[test]
fn a_school_that_does_not_meet_the_standard_gets_nobody() {
    forbidden(&["kwaliteit"], |it| it.schools[0].quality = Quality::VoldoetNiet);
    allowed(|it| it.schools[0].quality = Quality::Onbekend);
}

#[test]
fn a_board_without_noodplan_takes_part_only_when_the_policy_says_so() {
    forbidden(&["noodplan"], |it| it.boards[0].noodplan = false);
    allowed(|it| {
        it.boards[0].noodplan = false;
        it.policy.noodplan_only = false;
    });
}

#[test]
fn the_kind_of_school_suits_candidate_and_coach() {
    forbidden(&["soort", "coach-soort"], |it| it.schools[0].kind = SchoolKind::So);
    forbidden(&["coach-soort"], |it| {
        it.schools[0].kind = SchoolKind::So;
        it.candidates[0].kinds = vec![SchoolKind::Sbo, SchoolKind::So];
    });
    forbidden(&["soort"], |it| {
        it.schools[0].kind = SchoolKind::So;
        it.coaches[0].kinds.push(SchoolKind::So);
    });
}

#[test]
fn no_list_of_boards_is_any_board_and_an_empty_one_is_none_of_this_wave() {
    forbidden(&["bestuur"], |it| it.candidates[0].boards = Some(Vec::new()));
    allowed(|it| it.candidates[0].boards = Some(vec![BoardId(0)]));
    forbidden(&["bestuur"], |it| {
        it.boards.push(board("B2"));
        it.candidates[0].boards = Some(vec![BoardId(1)]);
    });
}

#[test]
fn the_bouw_suits_candidate_and_coach() {
    forbidden(&["bouw"], |it| it.candidates[0].bouwen = vec![Bouw::Bovenbouw]);
    forbidden(&["coach-bouw"], |it| it.coaches[0].bouwen = vec![Bouw::Bovenbouw]);
    allowed(|it| it.candidates[0].bouwen = vec![Bouw::Bovenbouw, Bouw::Onderbouw]);
}

#[test]
fn the_furthest_minute_still_counts_as_near() {
    allowed(|it| it.candidate_minutes = vec![(0, 0, 60)]);
    forbidden(&["reistijd"], |it| it.candidate_minutes = vec![(0, 0, 61)]);
    allowed(|it| it.coach_minutes = vec![(0, 0, 45)]);
    forbidden(&["coach-reistijd"], |it| it.coach_minutes = vec![(0, 0, 46)]);
}

#[test]
fn what_a_candidate_excludes_is_excluded() {
    forbidden(&["uitsluiting"], |it| it.candidates[0].excluded_schools = vec![SchoolId(0)]);
    forbidden(&["uitsluiting"], |it| it.candidates[0].excluded_boards = vec![BoardId(0)]);
    forbidden(&["uitsluiting"], |it| it.candidates[0].excluded_coaches = vec![CoachId(0)]);
    forbidden(&["uitsluiting"], |it| {
        it.schools[0].denomination = Some("openbaar".into());
        it.candidates[0].excluded_denominations = vec!["openbaar".into()];
    });
    allowed(|it| it.candidates[0].excluded_denominations = vec!["openbaar".into()]);
}

#[test]
fn a_prohibition_matches_when_every_field_it_names_agrees() {
    let whole = Ban {
        school: Some(SchoolId(0)),
        seat: Some("onderbouw".into()),
        bouw: Some(Bouw::Onderbouw),
        board: Some(BoardId(0)),
        coach: Some(CoachId(0)),
    };
    forbidden(&["verboden"], |it| it.candidates[0].bans = vec![whole.clone()]);
    let others = [
        Ban { school: Some(SchoolId(1)), ..whole.clone() },
        Ban { seat: Some("kleuters".into()), ..whole.clone() },
        Ban { bouw: Some(Bouw::Middenbouw), ..whole.clone() },
        Ban { board: Some(BoardId(1)), ..whole.clone() },
        Ban { coach: Some(CoachId(1)), ..whole.clone() },
    ];
    allowed(|it| {
        it.boards.push(board("B2"));
        it.schools.push(school("S2", 1));
        it.coaches.push(coach("K2"));
        it.candidates[0].bans = others.to_vec();
    });
    forbidden(&["verboden"], |it| {
        it.candidates[0].bans = others.to_vec();
        it.candidates[0].bans.push(Ban { seat: Some("onderbouw".into()), ..Ban::default() });
    });
}

#[test]
fn half_days_in_common_reach_the_least_of_policy_candidate_and_seat() {
    use HalfDay::{DiM, DiO, DoM, DoO, MaM, MaO, WoO};
    let four = [MaO, MaM, DiO, DiM];
    let share = |codes: &[&str], own: &[HalfDay], there: &[HalfDay]| {
        forbidden(codes, |it| {
            it.candidates[0].half_days = days(own);
            it.seats[0].half_days = days(there);
        });
    };
    // 4 of 4 asked for.
    share(&[], &[MaO, MaM, DiO, DiM, WoO], &[MaO, MaM, DiO, DiM, DoO]);
    share(&["dagdelen"], &[MaO, MaM, DiO, WoO, DoM], &[MaO, MaM, DiO, DiM, DoO]);
    // The seat names only 2: 2 are enough, 1 is not.
    share(&[], &four, &[MaO, DiM]);
    share(&["dagdelen"], &four, &[MaO, DoO]);
    // The candidate names only 1.
    share(&[], &[DiO], &four);
    share(&["dagdelen"], &[WoO], &four);
    // Nobody named: anything goes.
    share(&[], &[], &four);
    share(&[], &four, &[]);
    allowed(|it| {
        it.policy.shared_half_days = 0;
        it.candidates[0].half_days = days(&[MaO]);
        it.seats[0].half_days = days(&[DoO]);
    });
}

#[test]
fn a_coach_never_coaches_at_the_own_or_an_excluded_school() {
    forbidden(&["coach-school"], |it| it.coaches[0].own_school = Some(SchoolId(0)));
    forbidden(&["coach-school"], |it| it.coaches[0].excluded_schools = vec![SchoolId(0)]);
    allowed(|it| {
        it.schools.push(school("S2", 0));
        it.coaches[0].own_school = Some(SchoolId(1));
    });
}

#[test]
fn a_coach_has_every_required_tag() {
    forbidden(&["coach-eis"], |it| {
        it.candidates[0].coach_needs = vec!["engels".into(), "rustig".into()];
        it.coaches[0].tags = vec!["engels".into()];
    });
    allowed(|it| {
        it.candidates[0].coach_needs = vec!["engels".into()];
        it.coaches[0].tags = vec!["rustig".into(), "engels".into()];
    });
}

#[test]
fn a_lock_overrules_only_for_placements_that_agree_with_it() {
    let mut rows = rows();
    rows.seats.push(seat("kleuters", 0, Bouw::Onderbouw, 1));
    rows.candidate_minutes = vec![(0, 0, 90)];
    rows.candidates[0].lock = Some(Lock { seat: Some("kleuters".into()), despite: vec![RuleCode::Reistijd], ..Lock::default() });
    let wave = rows.with_candidates(2).wave();
    assert_eq!(judge::blocking(&wave, FIRST, at(0, 0)), [RuleCode::Reistijd]);
    assert!(judge::allowed(&wave, FIRST, at(1, 0)));
}

#[test]
fn a_lock_never_overrules_what_cannot_be_overruled() {
    forbidden(&["kwaliteit", "noodplan", "uitsluiting", "coach-eis"], |it| {
        it.schools[0].quality = Quality::VoldoetNiet;
        it.boards[0].noodplan = false;
        it.candidates[0].excluded_coaches = vec![CoachId(0)];
        it.candidates[0].coach_needs = vec!["engels".into()];
        it.candidates[0].max_travel = 0;
        it.candidates[0].lock = Some(Lock { despite: vec![Kwaliteit, Noodplan, Uitsluiting, Reistijd, CoachEis], ..Lock::default() });
    });
}
