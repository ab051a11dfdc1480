//! The two halves of every rule and term say the same of random waves, without knowing any rule or term.

use std::collections::BTreeSet;

use loket_solver::matching::facts::codes::{RuleCode, TermCode};
use loket_solver::matching::facts::hours;
use loket_solver::matching::facts::ids::{CandidateId, CoachId};
use loket_solver::matching::facts::plan;
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::CoachKind;
use loket_solver::matching::judge::rules::{self, Allow, Among, Limit, Members, RULES, Weight};
use loket_solver::matching::judge::terms::{self, Points, TERMS};
use loket_solver::matching::judge::{self, Judge};

use crate::builder::{Dice, every_placement, random, with_locks};

const WAVES: u64 = 400;

fn allows(wave: &Wave, allow: Allow, candidate: CandidateId, at: Placement) -> bool {
    let school = at.school(wave);
    match allow {
        Allow::School(it) => it(wave, school),
        Allow::CandidateSchool(it) => it(wave, candidate, school),
        Allow::CandidateSeat(it) => it(wave, candidate, at.seat),
        Allow::CandidateCoach(it) => it(wave, candidate, at.coach),
        Allow::CoachSchool(it) => it(wave, at.coach, school),
        Allow::CoachSeat(it) => it(wave, at.coach, at.seat),
        Allow::Placement(it) => it(wave, candidate, at.seat, at.coach),
    }
}

fn gives(wave: &Wave, points: Points, candidate: CandidateId, at: Placement) -> i64 {
    let school = at.school(wave);
    match points {
        Points::Candidate(it) => it(wave, candidate),
        Points::School(it) => it(wave, school),
        Points::Coach(it) => it(wave, at.coach),
        Points::CandidateSchool(it) => it(wave, candidate, school),
        Points::CandidateSeat(it) => it(wave, candidate, at.seat),
        Points::CandidateCoach(it) => it(wave, candidate, at.coach),
        Points::CoachSchool(it) => it(wave, at.coach, school),
        Points::Placement(it, most) => {
            let points = it(wave, candidate, at.seat, at.coach);
            assert!(points <= most.0, "{points} is more than the most that the term says it gives");
            points
        }
    }
}

/// Every candidate at any placement or none, whatever the rules say.
pub fn any_plan(wave: &Wave, dice: &mut Dice) -> Plan {
    let placements: Vec<_> = every_placement(wave).collect();
    let mut plan = plan::empty(wave);
    for candidate in wave.candidates.ids() {
        if !placements.is_empty() && !dice.once_in(4) {
            plan[candidate] = Some(placements[dice.roll(placements.len() as u64) as usize]);
        }
    }
    plan
}

/// What a plan uses of a row.
fn used(wave: &Wave, limit: &Limit, plan: &Plan) -> i64 {
    plan.pairs()
        .filter_map(|(candidate, placement)| Some((candidate, (*placement)?)))
        .filter(|(_, at)| match limit.members {
            Members::Seat(it) => it == at.seat,
            Members::School(it) => it == at.school(wave),
            Members::Board(it) => it == wave.school_of(at.seat).board,
            Members::Coach(it) => it == at.coach,
            Members::External => wave.coaches[at.coach].kind == CoachKind::Extern,
            Members::All | Members::Pair(..) | Members::Shared(_) => true,
        })
        .filter(|&(candidate, at)| limit.together.is_none_or(|row| row.counts(wave, candidate, at)))
        .map(|(candidate, at)| {
            let hours = i64::from(hours::hours(wave, candidate, at.school(wave)));
            match limit.weight {
                Weight::One => 1,
                Weight::Hours => hours,
                Weight::NextHours => hours::next_hours(wave, candidate).into(),
                Weight::Cost => hours * i64::from(wave.coaches[at.coach].rate_cents),
            }
        })
        .sum()
}

#[test]
fn both_halves_of_every_pair_rule_and_placement_term_agree() {
    let (mut yes, mut no, mut points) = (vec![0; RULES.len()], vec![0; RULES.len()], vec![0; TERMS.len()]);
    for wave in (0..WAVES).map(random) {
        for candidate in wave.candidates.ids() {
            for at in every_placement(&wave) {
                for (position, rule) in RULES.iter().enumerate() {
                    if let rules::Kind::Pair { write, judge, .. } = rule.kind {
                        let judged = judge(&wave, candidate, at);
                        assert_eq!(allows(&wave, write, candidate, at), judged, "{}", rule.code);
                        *if judged { &mut yes[position] } else { &mut no[position] } += 1;
                    }
                }
                for (position, term) in TERMS.iter().enumerate() {
                    if let terms::Kind::Placement { write, judge } = term.kind {
                        let judged = judge(&wave, candidate, at);
                        assert_eq!(gives(&wave, write, candidate, at), judged, "{}", term.code.code());
                        points[position] += i64::from(judged != 0);
                    }
                }
            }
        }
    }
    for (position, rule) in RULES.iter().enumerate() {
        if matches!(rule.kind, rules::Kind::Pair { .. }) {
            assert!(yes[position] > 0 && no[position] > 0, "{} is tried on both sides", rule.code);
        }
    }
    for (position, term) in TERMS.iter().enumerate() {
        if matches!(term.kind, terms::Kind::Placement { .. }) {
            assert!(points[position] > 0, "{} gives points somewhere", term.code.code());
        }
    }
}

#[test]
fn both_halves_of_every_shared_rule_find_the_same_breaches() {
    let mut found = vec![0; RULES.len()];
    for seed in 0..WAVES {
        let wave = random(seed);
        let dice = &mut Dice(seed);
        for _ in 0..10 {
            let plan = any_plan(&wave, dice);
            for (position, rule) in RULES.iter().enumerate() {
                let rules::Kind::Shared { write, judge, .. } = rule.kind else {
                    continue;
                };
                let written = |limit: &Limit| (used(&wave, limit, &plan), limit.at_most);
                let written: Vec<_> = write(&wave)
                    .iter()
                    .inspect(|limit| assert_eq!(limit.rule, rule.code))
                    .map(written)
                    .filter(|(used, at_most)| used > at_most)
                    .collect();
                let judged = judge(&wave, &plan);
                found[position] += judged.len();
                if matches!(rule.kind, rules::Kind::Shared { among: Among::Pair | Among::Shared, .. }) {
                    // A limit on people together has many rows; it is broken where one of them is.
                    let broken: BTreeSet<_> =
                        write(&wave).iter().filter(|it| used(&wave, it, &plan) > it.at_most).map(|it| it.members).collect();
                    assert_eq!(broken.len(), judged.len(), "{}", rule.code);
                    continue;
                }
                let judged: Vec<_> = judged.iter().map(|it| (it.used, it.at_most)).collect();
                assert_eq!(written, judged, "{}", rule.code);
            }
        }
    }
    for (position, rule) in RULES.iter().enumerate() {
        if matches!(rule.kind, rules::Kind::Shared { .. }) && rule.code != RuleCode::Vast {
            assert!(found[position] > 0, "{} is broken somewhere", rule.code);
        }
    }
}

#[test]
fn every_limit_is_about_what_its_rule_says() {
    for wave in (0..WAVES).map(random) {
        for rule in RULES {
            let rules::Kind::Shared { among, weight, write, .. } = rule.kind else { continue };
            for limit in write(&wave) {
                let about = match limit.members {
                    Members::Seat(_) => Among::Seat,
                    Members::School(_) => Among::School,
                    Members::Board(_) => Among::Board,
                    Members::Coach(_) => Among::Coach,
                    Members::External => Among::External,
                    Members::All => Among::All,
                    Members::Pair(..) => Among::Pair,
                    Members::Shared(_) => Among::Shared,
                };
                assert_eq!((limit.rule, about, limit.weight), (rule.code, among, weight));
            }
        }
    }
}

#[test]
fn both_halves_of_every_load_term_agree_and_never_rise() {
    for seed in 0..WAVES {
        let wave = random(seed);
        let plan = any_plan(&wave, &mut Dice(seed));
        for term in TERMS {
            let terms::Kind::Load { write, judge } = term.kind else {
                continue;
            };
            let of = |coach: CoachId| {
                let with = plan.iter().flatten().filter(|at| at.coach == coach).count();
                let steps: Vec<_> = (1..=with as u32).map(|nth| write(&wave, coach, nth)).collect();
                assert!(steps.is_sorted_by(|a, b| a >= b), "{}", term.code.code());
                steps.into_iter().sum::<i64>()
            };
            let written: i64 = wave.coaches.ids().map(of).sum();
            assert_eq!(written, judge(&wave, &plan), "{}", term.code.code());
        }
    }
}

#[test]
fn a_prepared_judge_says_what_the_list_of_rules_says() {
    let (mut obeyed, mut broken) = (0, 0);
    for seed in 0..WAVES {
        let wave = with_locks(random(seed), seed);
        let judge = Judge::new(&wave);
        for candidate in wave.candidates.ids() {
            for at in every_placement(&wave) {
                let codes = judge::blocking(&wave, candidate, at);
                assert_eq!(judge.allowed(candidate, at), codes.is_empty());
            }
        }
        let dice = &mut Dice(seed);
        for _ in 0..10 {
            let plan = any_plan(&wave, dice);
            let found = judge.findings(&plan, Some(0));
            assert_eq!(judge.obeys(&plan, Some(0)), found.breaches.is_empty());
            *if found.breaches.is_empty() { &mut obeyed } else { &mut broken } += 1;
            let values: Vec<_> = wave.policy.goals.iter().map(|goal| judge::value(&wave, goal, &plan)).collect();
            assert_eq!(found.values, values);
            assert_eq!(found, judge::judge(&wave, &plan, Some(0)));
        }
    }
    assert!(obeyed > 0 && broken > 0, "{obeyed} obeyed, {broken} broken");
}

/// The part of docs/model.md between two texts.
fn model_page(from: &str, to: &str) -> String {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/model.md")).expect("docs/model.md");
    let (_, part) = page.split_once(from).expect(from);
    part.split_once(to).expect(to).0.to_owned()
}

#[test]
fn lists_are_in_the_order_of_the_model_page_and_codes_are_unique() {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code.code()).collect();
    let page = model_page("## Rules (hard)", "## Value");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    assert_eq!(codes, rows.collect::<Vec<_>>());
    let different: BTreeSet<_> = codes.iter().collect();
    assert_eq!(different.len(), codes.len());
    for (position, rule) in RULES.iter().enumerate() {
        assert_eq!(rule.code, RuleCode::ALL[position]);
        assert_eq!(RuleCode::parse(rule.code.code()), Some(rule.code));
        let pair = matches!(rule.kind, rules::Kind::Pair { .. });
        assert_eq!(rule.on_coach(), pair && rule.code.code().starts_with("coach-"), "{}", rule.code);
    }
    assert_eq!(RuleCode::parse("geplaatst"), None);
    for (position, term) in TERMS.iter().enumerate() {
        assert_eq!(term.code, TermCode::ALL[position]);
    }
    let overrulable: Vec<_> = rules::overrulable().map(RuleCode::code).collect();
    assert_eq!(overrulable.join(", "), model_page("Overrulable: ", "."));
}
