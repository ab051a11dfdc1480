//! Reasons of unplaced candidates: one case each, then random waves against the definition, tried placement by placement.

use std::collections::{BTreeMap, BTreeSet};

use loket_solver::matching::facts::codes::ReasonCode::{self, Goal, NoCoach, NoSeat, NotProven, Rule};
use loket_solver::matching::facts::codes::RuleCode::{self, Plekken, Reistijd, Vast, Wijzigingen};
use loket_solver::matching::facts::ids::{CandidateId, CoachId, SchoolId, SeatId};
use loket_solver::matching::facts::outcome::Reason;
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::facts::wave::{Lock, Wave};
use loket_solver::matching::facts::words::Bouw;
use loket_solver::matching::judge::reasons::{Reasons, true_reason, unplaced};
use loket_solver::matching::judge::rules::{self, RULES};
use loket_solver::matching::judge::{self, Judge};

use crate::builder::{Dice, FIRST, Rows, at, coach, every_placement, none, plan_of, random, rows, school, seat, with_locks};
use crate::halves::any_plan;

type Data = Vec<(&'static str, i64)>;

/// Reasons of the only unplaced candidate.
fn reasons_of(wave: &Wave, placements: &[Option<Placement>], proven: bool) -> Vec<(&'static str, Data)> {
    let plan = plan_of(wave, placements);
    let found = unplaced(wave, &plan, proven);
    assert_eq!(found.len(), 1);
    let (candidate, reasons) = &found[0];
    for reason in reasons {
        assert!(true_reason(wave, &plan, proven, *candidate, reason), "{reason:?}");
    }
    reasons.iter().map(|it| (it.code.code(), it.data.clone())).collect()
}

/// Two schools with two and three seats, and two coaches.
fn city() -> Rows {
    let mut rows = rows();
    rows.schools.push(school("S2", 0));
    rows.seats.push(seat("onderbouw", 1, Bouw::Onderbouw, 3));
    rows.coaches.push(coach("K2"));
    rows
}

#[test]
fn a_wave_without_seats_or_coaches_says_so() {
    let mut rows = rows();
    rows.seats[0].count = 0;
    assert_eq!(reasons_of(&rows.wave(), &[], true), [("geen-plek", vec![])]);
    rows.coaches[0].maximum = 0;
    assert_eq!(reasons_of(&rows.wave(), &[], true), [("geen-plek", vec![]), ("geen-coach", vec![])]);
    rows.seats[0].count = 1;
    assert_eq!(reasons_of(&rows.wave(), &[], false), [("geen-coach", vec![])]);
    let mut wave = rows.wave();
    (wave.seats, wave.coaches) = (none(), none());
    assert_eq!(reasons_of(&wave, &[], true), [("geen-plek", vec![]), ("geen-coach", vec![])]);
}

#[test]
fn schools_that_are_too_far_are_counted_in_seats_with_the_nearest() {
    let mut rows = city();
    rows.candidate_minutes = vec![(0, 0, 71), (0, 1, 95)];
    assert_eq!(reasons_of(&rows.wave(), &[], true), [("reistijd", vec![("plekken", 5), ("dichtstbij_minuten", 71)])]);
}

#[test]
fn rules_that_forbid_different_places_are_both_given() {
    let mut rows = city();
    rows.candidate_minutes = vec![(0, 0, 71)];
    rows.candidates[0].excluded_schools = vec![SchoolId(1)];
    assert_eq!(
        reasons_of(&rows.wave(), &[], true),
        [
            ("reistijd", vec![("plekken", 2), ("dichtstbij_minuten", 71)]),
            // Where the places near enough are none, the coaches of all places count.
            ("uitsluiting", vec![("coaches", 2), ("plekken", 3)]),
        ]
    );
}

#[test]
fn a_rule_that_only_forbids_what_another_forbids_anyway_is_left_out() {
    let mut rows = city();
    rows.candidate_minutes = vec![(0, 0, 71)];
    rows.candidates[0].coach_needs = vec!["engels".into()];
    assert_eq!(reasons_of(&rows.wave(), &[], true), [("coach-eis", vec![("coaches", 2), ("plekken", 3)])]);
}

#[test]
fn rules_that_forbid_everything_together_are_both_given() {
    let mut rows = rows();
    rows.candidate_minutes = vec![(0, 0, 71)];
    rows.candidates[0].coach_needs = vec!["engels".into()];
    let codes: Vec<_> = reasons_of(&rows.wave(), &[], false).into_iter().map(|it| it.0).collect();
    assert_eq!(codes, ["reistijd", "coach-eis"]);
}

#[test]
fn full_seats_are_a_reason_and_full_coaches_too() {
    let mut rows = rows();
    rows.seats[0].count = 1;
    let wave = rows.clone().with_candidates(2).wave();
    assert_eq!(reasons_of(&wave, &[Some(at(0, 0))], true), [("plekken", vec![("plekken", 1)])]);
    assert_eq!(reasons_of(&wave, &[Some(at(0, 0))], false), [("plekken", vec![("plekken", 1)]), ("niet-bewezen", vec![])]);
    rows.seats[0].count = 2;
    rows.coaches[0].maximum = 1;
    let wave = rows.clone().with_candidates(2).wave();
    assert_eq!(reasons_of(&wave, &[Some(at(0, 0))], true), [("coach-aantal", vec![("coaches", 1)])]);
    rows.coaches[0].hours = 119;
    let wave = rows.with_candidates(2).wave();
    let codes: Vec<_> = reasons_of(&wave, &[Some(at(0, 0))], true).into_iter().map(|it| it.0).collect();
    assert_eq!(codes, ["coach-aantal", "coach-uren"]);
}

#[test]
fn a_budget_that_is_nearly_spent_is_a_reason() {
    let mut rows = rows();
    rows.policy.max_cost_cents = Some(599_999);
    let wave = rows.with_candidates(2).wave();
    assert_eq!(reasons_of(&wave, &[Some(at(0, 0))], true), [("budget", vec![("plekken", 2)])]);
}

#[test]
fn a_free_place_is_left_for_a_goal_only_when_that_is_proven() {
    let wave = rows().wave();
    assert_eq!(reasons_of(&wave, &[], true), [("doel", vec![])]);
    assert_eq!(reasons_of(&wave, &[], false), [("niet-bewezen", vec![])]);
}

#[test]
fn a_lock_that_nothing_agrees_with_is_the_reason() {
    let mut rows = rows();
    rows.candidates[0].lock = Some(Lock { seat: Some("kleuters".into()), ..Lock::default() });
    assert_eq!(reasons_of(&rows.wave(), &[], true), [("vast", vec![])]);
}

#[test]
fn reasons_come_in_the_order_of_the_rows() {
    let mut rows = rows().with_candidates(3);
    rows.candidates[0].row = 2;
    rows.candidates[2].row = 0;
    let wave = rows.wave();
    let order: Vec<_> = unplaced(&wave, &plan_of(&wave, &[]), true).into_iter().map(|it| it.0).collect();
    assert_eq!(order, [CandidateId(2), CandidateId(1), CandidateId(0)]);
}

#[test]
fn a_reason_that_does_not_hold_is_refused() {
    let wave = rows().wave();
    let plan = plan_of(&wave, &[]);
    let reason = |code, data: &[_]| Reason { code, data: data.to_vec() };
    for wrong in [
        reason(Rule(Reistijd), &[("plekken", 2), ("dichtstbij_minuten", 10)]),
        reason(Rule(Plekken), &[("plekken", 2)]),
        reason(NoSeat, &[]),
        reason(NoCoach, &[]),
        reason(NotProven, &[]),
        reason(Goal, &[("plekken", 1)]),
        reason(Rule(Wijzigingen), &[]),
    ] {
        assert!(!true_reason(&wave, &plan, true, FIRST, &wrong), "{wrong:?}");
    }
    assert!(true_reason(&wave, &plan, true, FIRST, &reason(Goal, &[])));
    assert!(!true_reason(&wave, &plan, false, FIRST, &reason(Goal, &[])));
    let placed = plan_of(&wave, &[Some(at(0, 0))]);
    assert!(!true_reason(&wave, &placed, true, FIRST, &reason(Goal, &[])));
}

/// Codes by the definition alone: every placement on its own, shared rules judged on the whole plan with one more placement.
fn expected(wave: &Wave, plan: &Plan, candidate: CandidateId, proven: bool) -> BTreeSet<ReasonCode> {
    let mut codes = BTreeSet::new();
    if wave.seats.iter().all(|seat| seat.count == 0) {
        codes.insert(NoSeat);
    }
    if wave.coaches.iter().all(|coach| coach.maximum == 0) {
        codes.insert(NoCoach);
    }
    if !codes.is_empty() {
        return codes;
    }
    let lock = wave.candidates[candidate].lock.as_ref();
    let (mut pair, mut shared) = (BTreeSet::new(), BTreeSet::new());
    for at in every_placement(wave) {
        if wave.seats[at.seat].count == 0 || lock.is_some_and(|lock| !lock.agrees(wave, at)) {
            continue;
        }
        let forbidding: BTreeSet<_> = judge::blocking(wave, candidate, at).into_iter().collect();
        if !forbidding.is_empty() {
            pair.insert(forbidding);
            continue;
        }
        let mut more = plan.clone();
        more[candidate] = Some(at);
        let full = RULES.iter().filter(|rule| match rule.kind {
            rules::Kind::Shared { judge, .. } => !judge(wave, &more).is_empty(),
            rules::Kind::Pair { .. } | rules::Kind::Changes { .. } => false,
        });
        shared.insert(full.map(|rule| rule.code).collect::<BTreeSet<_>>());
    }
    let sets = if shared.is_empty() { &pair } else { &shared };
    let smallest = |set: &&BTreeSet<RuleCode>| !sets.iter().any(|it| it != *set && it.is_subset(set));
    codes = sets.iter().filter(smallest).flatten().copied().map(Rule).collect();
    if shared.contains(&BTreeSet::new()) && proven {
        codes.insert(Goal);
    }
    if !shared.is_empty() && !proven {
        codes.insert(NotProven);
    }
    if sets.is_empty() {
        codes.insert(Rule(Vast));
    }
    codes
}

/// A plan that obeys the rules, placing everyone who fits in turn but some.
pub fn fair_plan(wave: &Wave, dice: &mut Dice) -> Plan {
    let judge = Judge::new(wave);
    let mut plan = any_plan(wave, dice);
    for placement in wave.candidates.ids().collect::<Vec<_>>() {
        plan[placement] = None;
    }
    for candidate in wave.candidates.ids() {
        let fits: Vec<_> = every_placement(wave)
            .filter(|&at| judge.allowed(candidate, at))
            .filter(|&at| {
                let mut more = plan.clone();
                more[candidate] = Some(at);
                let breaches = judge.breaches(&more, None);
                breaches.iter().all(|it| it.rule == Vast && it.candidate != Some(candidate))
            })
            .collect();
        if !fits.is_empty() && !dice.once_in(5) {
            plan[candidate] = Some(fits[dice.roll(fits.len() as u64) as usize]);
        }
    }
    plan
}

#[test]
fn every_unplaced_candidate_has_reasons_that_the_definition_gives() {
    let mut seen: BTreeMap<ReasonCode, u32> = BTreeMap::new();
    for seed in 0..20_000 {
        let wave = random(seed);
        let dice = &mut Dice(seed);
        let plan = fair_plan(&wave, dice);
        let proven = dice.once_in(2);
        let looked = Reasons::new(&wave, &plan, proven);
        let found = unplaced(&wave, &plan, proven);
        assert_eq!(found.len(), plan.iter().filter(|it| it.is_none()).count());
        for (candidate, reasons) in found {
            assert!(!reasons.is_empty());
            let codes: BTreeSet<_> = reasons.iter().map(|reason| reason.code).collect();
            assert_eq!(codes, expected(&wave, &plan, candidate, proven), "wave {seed}, {candidate:?}");
            for reason in &reasons {
                assert!(looked.holds(candidate, reason), "wave {seed}, {reason:?}");
                assert!(reason.data.iter().all(|&(_, figure)| figure > 0), "wave {seed}, {reason:?}");
                *seen.entry(reason.code).or_default() += 1;
            }
        }
    }
    let never: Vec<_> = RuleCode::ALL.iter().copied().filter(|&code| !seen.contains_key(&Rule(code))).collect();
    assert_eq!(never, [Vast, Wijzigingen], "{seen:?}");
}

#[test]
fn a_lock_and_what_it_overrules_count_for_reasons_too() {
    let mut locked = 0;
    for seed in 0..1000 {
        let wave = with_locks(random(seed), seed);
        // Nobody is placed, so that only the lock of the candidate at hand is broken.
        for candidate in wave.candidates.ids() {
            let mut alone = wave.clone();
            for other in wave.candidates.ids().filter(|&other| other != candidate) {
                alone.candidates[other].lock = None;
            }
            let plan = plan_of(&alone, &[]);
            let looked = Reasons::new(&alone, &plan, true);
            let reasons = looked.of(candidate);
            let codes: BTreeSet<_> = reasons.iter().map(|reason| reason.code).collect();
            assert_eq!(codes, expected(&alone, &plan, candidate, true), "wave {seed}, {candidate:?}");
            assert!(reasons.iter().all(|reason| looked.holds(candidate, reason)), "wave {seed}, {reasons:?}");
            locked += u32::from(wave.candidates[candidate].lock.is_some());
        }
    }
    assert!(locked > 100, "{locked}");
}

#[test]
fn figures_of_full_limits_count_what_the_judge_refuses() {
    for seed in 0..1000 {
        let wave = random(seed);
        let plan = fair_plan(&wave, &mut Dice(seed));
        for (candidate, reasons) in unplaced(&wave, &plan, true) {
            for reason in reasons {
                let Rule(code) = reason.code else { continue };
                let rules::Kind::Shared { judge, .. } = code.rule().kind else { continue };
                let (mut seats, mut coaches) = (BTreeSet::<SeatId>::new(), BTreeSet::<CoachId>::new());
                for at in every_placement(&wave).filter(|at| wave.seats[at.seat].count > 0) {
                    let mut more = plan.clone();
                    more[candidate] = Some(at);
                    if judge::allowed(&wave, candidate, at) && !judge(&wave, &more).is_empty() {
                        seats.insert(at.seat);
                        coaches.insert(at.coach);
                    }
                }
                let counted: i64 = match reason.data[0].0 {
                    "coaches" => coaches.len() as i64,
                    _ => seats.iter().map(|&seat| i64::from(wave.seats[seat].count)).sum(),
                };
                assert_eq!(reason.data.len(), 1);
                assert_eq!(reason.data[0].1, counted, "wave {seed}, {reason:?}");
            }
        }
    }
}
