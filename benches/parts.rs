//! The parts of a solve, each timed by itself on a generated city wave; each says what it must give, so that no part is timed wrong.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use loket_benches::family::Family;
use loket_instances::matching::read::read_wave;
use loket_solver::common::control::Unhurried;
use loket_solver::common::tables::Table;
use loket_solver::engine::price::{Prices, scale};
use loket_solver::matching::facts::outcome::Outcome;
use loket_solver::matching::facts::plan::Placement;
use loket_solver::matching::facts::policy::Goal;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge::reasons;
use loket_solver::matching::judge::rules::{Kind, Limit, RULES};
use loket_solver::matching::judge::{self, Judge};
use loket_solver::matching::solve;
use loket_solver::matching::solve::model::blocks::{Face, split};
use loket_solver::matching::solve::model::points::Objective;
use loket_solver::matching::solve::model::{Model, columns, formulate};

/// A wave with everything that the parts need, worked out once.
struct City {
    bytes: Vec<u8>,
    wave: Wave,
    model: Model,
}

impl City {
    fn new(family: Family) -> Self {
        let bytes = family.wave(family.candidates(), 1).to_string().into_bytes();
        let wave = read_wave(&bytes).expect("a generated wave is good").wave;
        let model = formulate(&wave, &Unhurried).expect("no limit");
        Self { bytes, wave, model }
    }

    /// The last goal that pays for placements only.
    fn goal(&self) -> &Goal {
        self.wave.policy.goals.iter().rfind(|goal| goal.name == "passing").expect("a default goal of every phase")
    }

    /// Every plan of the wave.
    fn face(&self) -> Face {
        Face {
            columns: self.model.columns.clone(),
            must: Table::filled(self.wave.candidates.len(), false),
            tight: vec![false; self.model.rows.len()],
            floors: Vec::new(),
            whole: false,
        }
    }

    fn solved(&self) -> Outcome {
        let outcome = solve::solve(&self.wave, &Default::default(), &Unhurried);
        assert!(outcome.plan.is_some(), "a wave without locks has a plan");
        outcome
    }
}

fn reading(criterion: &mut Criterion) {
    let city = City::new(Family::Amsterdam);
    criterion.bench_function("read a wave of 200", |bencher| {
        bencher.iter(|| {
            let loaded = read_wave(black_box(&city.bytes)).expect("a generated wave is good");
            assert_eq!(loaded.wave, city.wave);
        });
    });
}

fn enumerating(criterion: &mut Criterion) {
    let city = City::new(Family::Amsterdam);
    let wave = &city.wave;
    let open = wave.seats.pairs().filter(|(_, seat)| seat.count > 0).map(|(seat, _)| seat);
    let allowed: usize = open
        .flat_map(|seat| wave.coaches.ids().map(move |coach| Placement { seat, coach }))
        .map(|placement| wave.candidates.ids().filter(|&candidate| judge::allowed(wave, candidate, placement)).count())
        .sum();
    criterion.bench_function(&format!("enumerate {allowed} columns"), |bencher| {
        bencher.iter(|| assert_eq!(columns::enumerate(black_box(wave), &Unhurried).expect("no limit").0.len(), allowed));
    });
    criterion.bench_function("formulate: columns and rows", |bencher| {
        bencher.iter(|| assert_eq!(formulate(black_box(wave), &Unhurried).expect("no limit").rows, city.model.rows));
    });
}

/// A coach of the mixed wave: hours of 15, 30 and 60 together make the hull worth its facets.
fn facets(criterion: &mut Criterion) {
    let city = City::new(Family::AmsterdamMixed);
    let limits: Vec<Limit> = RULES
        .iter()
        .filter_map(|rule| match rule.kind {
            Kind::Shared { write, .. } => Some(write(&city.wave)),
            Kind::Pair { .. } | Kind::Changes { .. } => None,
        })
        .flatten()
        .collect();
    let rooms = city.model.rooms(&city.wave, &limits);
    let (room, _) = rooms.iter().max_by_key(|(room, _)| room.facets().len()).expect("a wave has coaches");
    let known = room.facets();
    for facet in &known {
        assert_eq!(room.most(&facet.weights), Some(facet.at_most), "a facet is valid and reached");
    }
    criterion.bench_function(&format!("hull of one coach: {} facets over {} hour classes", known.len(), room.classes.len()), |bencher| {
        bencher.iter(|| assert_eq!(black_box(room).facets(), known));
    });
}

fn pricing(criterion: &mut Criterion) {
    let city = City::new(Family::Amsterdam);
    let objective = Objective::Goal(city.goal().clone());
    let blocks = split(&city.wave, &city.model, &city.face(), &objective);
    let scale = scale(&blocks);
    let choices: usize = blocks.iter().map(|block| block.choices.len()).sum();
    // Without prices the bound is what everybody's best choice adds up to.
    let points = objective.points(&city.wave, &city.model.columns);
    let mut best = vec![0; city.wave.candidates.len()];
    for (column, &points) in city.model.columns.iter().zip(&points) {
        let slot = &mut best[column.candidate.0 as usize];
        *slot = points.max(*slot);
    }
    let expected: i64 = best.iter().sum();
    let free: Vec<Prices> = blocks.iter().map(Prices::free).collect();
    criterion.bench_function(&format!("price {choices} choices"), |bencher| {
        bencher.iter(|| {
            let bounds = blocks.iter().zip(&free).map(|(block, prices)| black_box(prices).bound(block, scale).floor(scale) * block.unit);
            assert_eq!(bounds.sum::<i64>(), expected);
        });
    });
    criterion.bench_function("split into blocks, with points", |bencher| {
        let face = city.face();
        bencher.iter(|| assert_eq!(split(&city.wave, &city.model, black_box(&face), &objective).len(), blocks.len()));
    });
}

fn judging(criterion: &mut Criterion) {
    let city = City::new(Family::Amsterdam);
    let outcome = city.solved();
    let plan = outcome.plan.as_ref().expect("checked when it was solved");
    let values: Vec<i64> = outcome.goals.iter().map(|goal| goal.value).collect();
    criterion.bench_function("judge a plan of 200", |bencher| {
        let judge = Judge::new(&city.wave);
        bencher.iter(|| {
            let findings = judge.findings(black_box(plan), outcome.least_changes);
            assert!(findings.breaches.is_empty());
            assert_eq!(findings.values, values);
        });
    });
    let proven = outcome.goals.iter().all(|goal| goal.proven());
    let left = plan.iter().filter(|placement| placement.is_none()).count();
    assert!(left > 0, "this wave leaves people unplaced, so there are reasons to find");
    criterion.bench_function(&format!("reasons of {left} unplaced"), |bencher| {
        bencher.iter(|| {
            let found = reasons::unplaced(&city.wave, black_box(plan), proven);
            assert_eq!(found, outcome.unplaced);
        });
    });
}

criterion_group! {
    name = parts;
    config = Criterion::default().sample_size(20);
    targets = reading, enumerating, facets, pricing, judging
}
criterion_main!(parts);
