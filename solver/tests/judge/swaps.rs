//! Swaps after publication: by hand, and against every exchange of placements in random tiny waves.

use loket_solver::common::control::Unhurried;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::facts::policy::{Goal, Policy, default_goals};
use loket_solver::matching::facts::wave::{Candidate, Part, Wave};
use loket_solver::matching::facts::words::{Bouw, Phase, Quality, SchoolKind, Status, Word};
use loket_solver::matching::judge::{self, Judge};
use loket_solver::matching::solve::swaps::swaps;

use crate::builder::{Dice, Rows, at, candidate, plan_of, previous, random, rows, school, seat};
use crate::reasons::fair_plan;

fn passing(wave: &Wave) -> Goal {
    let usual = default_goals(wave.phase).into_iter().find(|goal| goal.name == "passing");
    wave.policy.goals.iter().find(|goal| goal.name == "passing").cloned().or(usual).expect("a goal called passing")
}

/// Two people at each other's better school.
fn crossed() -> Rows {
    let mut rows = rows();
    rows.schools.push(school("S2", 0));
    rows.seats.push(seat("onderbouw", 1, Bouw::Onderbouw, 2));
    rows.candidate_minutes = vec![(0, 0, 50), (0, 1, 5), (1, 0, 5), (1, 1, 50)];
    rows.with_candidates(2)
}

#[test]
fn two_people_who_are_better_off_at_each_others_school_swap() {
    let wave = crossed().wave();
    let plan = plan_of(&wave, &[Some(at(0, 0)), Some(at(1, 0))]);
    let found = swaps(&wave, &plan, None, &Unhurried).expect("an answer");
    assert_eq!(found.cycles.len(), 1);
    assert_eq!((found.cycles[0].people.len(), found.cycles[0].alone), (2, true));
    assert_eq!(found.plan, plan_of(&wave, &[Some(at(1, 0)), Some(at(0, 0))]));
    // 92 instead of 17 points for travel, three times, for both.
    assert_eq!(found.passing.1 - found.passing.0, 2 * 3 * (92 - 17));
}

#[test]
fn who_has_started_takes_no_part() {
    let mut rows = crossed();
    rows.candidates[1].previous = previous(Part::Absent, Part::Absent, Status::Gestart);
    let wave = rows.wave();
    let plan = plan_of(&wave, &[Some(at(0, 0)), Some(at(1, 0))]);
    let found = swaps(&wave, &plan, None, &Unhurried).expect("an answer");
    assert!(found.cycles.is_empty() && found.plan == plan);
}

#[test]
fn nobody_gets_worse_and_every_rule_holds() {
    // The second has it as near to both schools: no loss, and no gain but for the first.
    let mut rows = crossed();
    rows.candidate_minutes = vec![(0, 0, 50), (0, 1, 5), (1, 0, 20), (1, 1, 20)];
    let plan = |wave: &Wave| plan_of(wave, &[Some(at(0, 0)), Some(at(1, 0))]);
    let wave = rows.wave();
    assert_eq!(swaps(&wave, &plan(&wave), None, &Unhurried).expect("an answer").cycles.len(), 1);
    // A minute of sixty makes the second worse off.
    rows.candidate_minutes[2].2 = 24;
    let wave = rows.wave();
    assert!(swaps(&wave, &plan(&wave), None, &Unhurried).expect("an answer").cycles.is_empty());
}

/// Every way to hand these placements to these people.
fn each_order(placements: &mut Vec<Placement>, from: usize, see: &mut dyn FnMut(&[Placement])) {
    if from == placements.len() {
        return see(placements);
    }
    for other in from..placements.len() {
        placements.swap(from, other);
        each_order(placements, from + 1, see);
        placements.swap(from, other);
    }
}

/// A random wave in which nearly everything may be: hours, money, pairs and half-days still bind.
pub fn open(seed: u64) -> Wave {
    let mut wave = random(seed);
    wave.policy = Policy { noodplan_only: false, max_changes: None, goals: default_goals(Phase::Opleiding), ..wave.policy };
    for id in wave.candidates.ids() {
        let person = &mut wave.candidates[id];
        *person = Candidate {
            row: person.row,
            phase: person.phase,
            hours: person.hours,
            max_travel: 600,
            bouwen: Bouw::ALL.to_vec(),
            kinds: SchoolKind::ALL.to_vec(),
            concepts: person.concepts.clone(),
            half_days: person.half_days,
            previous: person.previous.clone(),
            ..candidate(&person.id)
        };
    }
    for id in wave.coaches.ids() {
        let coach = &mut wave.coaches[id];
        (coach.bouwen, coach.kinds, coach.max_travel) = (Bouw::ALL.to_vec(), SchoolKind::ALL.to_vec(), 600);
        (coach.own_school, coach.maximum, coach.excluded_schools) = (None, 6, Vec::new());
    }
    wave.schools.ids().for_each(|id| (wave.schools[id].quality, wave.schools[id].maximum) = (Quality::Voldoet, None));
    wave
}

#[test]
fn no_exchange_gives_more_and_none_as_good_changes_fewer_people() {
    let mut better = 0;
    for seed in 0..1000 {
        let wave = open(seed);
        let plan = fair_plan(&wave, &mut Dice(seed));
        let judge = Judge::new(&wave);
        let started = |it: CandidateId| wave.candidates[it].previous.as_ref().is_some_and(|it| it.status == Status::Gestart);
        let people: Vec<(CandidateId, Placement)> =
            plan.pairs().filter_map(|(id, at)| Some((id, (*at)?))).filter(|(id, _)| !started(*id)).collect();
        let goal = passing(&wave);
        let worth = |candidate: CandidateId, placement: Placement| {
            let mut one: Plan = loket_solver::matching::facts::plan::empty(&wave);
            one[candidate] = Some(placement);
            judge::value(&wave, &goal, &one)
        };
        let mut best: (i64, i64) = (people.iter().map(|&(it, at)| worth(it, at)).sum(), 0);
        let mut placements: Vec<Placement> = people.iter().map(|it| it.1).collect();
        each_order(&mut placements, 0, &mut |order| {
            let mut after = plan.clone();
            people.iter().zip(order).for_each(|(person, &to)| after[person.0] = Some(to));
            let given = || people.iter().zip(order).map(|(&(it, own), &to)| (worth(it, own), worth(it, to)));
            if given().all(|(before, after)| after >= before) && judge.obeys(&after, None) {
                let moved = people.iter().zip(order).filter(|(person, to)| person.1 != **to).count();
                best = best.max((given().map(|it| it.1).sum(), -i64::try_from(moved).expect("few people")));
            }
        });
        let found = swaps(&wave, &plan, None, &Unhurried).expect("an answer");
        let moved: usize = found.cycles.iter().map(|cycle| cycle.people.len()).sum();
        assert_eq!((found.passing.1, -i64::try_from(moved).expect("few people")), best, "wave {seed}");
        assert!(judge.obeys(&found.plan, None));
        for cycle in &found.cycles {
            let takes = |at: usize| cycle.people[at].to == cycle.people[(at + 1) % cycle.people.len()].from;
            assert!((0..cycle.people.len()).all(takes), "wave {seed}: each takes the placement of the next");
            assert!(cycle.people.iter().all(|it| it.passing.1 >= it.passing.0));
        }
        better += usize::from(moved > 0);
    }
    // Rare in waves as small as these: somebody gains where nobody loses.
    assert!(better >= 8, "{better} waves with a swap");
}
