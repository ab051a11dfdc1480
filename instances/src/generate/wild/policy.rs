//! The policy of a small rich wave: now and then every setting, own goals with every term.

use loket_solver::matching::facts::codes::TermCode;
use loket_solver::matching::facts::words::{Phase, Status, Word};
use serde_json::{Value, json};

use super::{Row, Size, maybe};
use crate::generate::draw::Draw;

/// Names of own goals; the second keeps its meaning for where a rerun's goals go.
const NAMES: &[&str] = &["eerst", "geplaatst", "daarna", "één", "ook nog", "laatst"];

/// A policy object, empty at times.
pub(super) fn policy(size: &Size, phase: Phase, draw: &mut Draw) -> Value {
    let mut row = Row::new();
    if draw.percent(50) {
        row.insert("doelen".into(), goals(draw));
    }
    let points: Vec<u32> = (0..draw.between(1, 4)).map(|_| draw.pick(&[0, 10, 20, 60, 100, 250])).collect();
    maybe(&mut row, &draw.chance(25), "bouw_punten", points);
    if draw.percent(20) {
        let mut hours = Row::new();
        for phase in draw.some(Phase::ALL, 2) {
            hours.insert(phase.code().into(), json!(draw.between(0, 70)));
        }
        row.insert("uren".into(), Value::Object(hours));
    }
    if draw.percent(30) {
        let mut extra = Row::new();
        let from = draw.between(0, 100);
        maybe(&mut extra, &draw.chance(70), "vanaf", from);
        let hours = draw.between(1, 15);
        maybe(&mut extra, &draw.chance(85), "uren", hours);
        row.insert("extra_begeleiding".into(), Value::Object(extra));
    }
    let only = draw.percent(40);
    maybe(&mut row, &draw.chance(40), "alleen_noodplan", only);
    let shared = draw.between(0, 6);
    maybe(&mut row, &draw.chance(40), "dagdelen_samen", shared);
    let starters = draw.pick(&[0, 10, 20, 30, 100]);
    maybe(&mut row, &draw.chance(30), "max_starters_procent", starters);
    let external = draw.pick(&[0, 20, 25, 34, 50, 100]);
    maybe(&mut row, &draw.chance(25), "max_extern_procent", external);
    let hours = [15, 60, 30, 15][phase as usize];
    let all = size.candidates as u64 * hours * 6000;
    let cost = all * u64::from(draw.between(25, 130)) / 100;
    maybe(&mut row, &draw.chance(25), "max_kosten_cent", cost);
    if draw.percent(25) {
        let mut keep = Row::new();
        let kept = draw.index(4);
        for status in draw.some(Status::ALL, kept) {
            keep.insert(status.code().into(), json!(draw.pick(&[0, 1, 5, 10, 100])));
        }
        row.insert("vasthouden".into(), Value::Object(keep));
    }
    let changes = draw.between(0, 2);
    maybe(&mut row, &draw.chance(25), "max_wijzigingen", changes);
    let seed = draw.between(0, 99);
    maybe(&mut row, &draw.chance(40), "seed", seed);
    Value::Object(row)
}

fn goals(draw: &mut Draw) -> Value {
    let count = draw.between(1, 4) as usize;
    let names = draw.some(NAMES, count);
    let goals = names.into_iter().map(|name| {
        let mut points = Row::new();
        let terms = draw.between(1, 4) as usize;
        // What is worth saving has prices, which only some waves have; these get the term with them.
        let usual: Vec<TermCode> = TermCode::ALL.iter().copied().filter(|it| *it != TermCode::Bewaren).collect();
        for term in draw.some(&usual, terms) {
            let weight = draw.pick(&[0, 1, 1, 2, 3, 5, 10, 40]);
            points.insert(term.code().into(), json!(weight));
        }
        let mut goal = Row::new();
        goal.insert("naam".into(), json!(name));
        goal.insert("punten".into(), Value::Object(points));
        let tolerance = draw.pick(&[0, 0, 5, 10, 20, 50, 100]);
        maybe(&mut goal, &draw.chance(60), "tolerantie_procent", tolerance);
        Value::Object(goal)
    });
    goals.collect()
}
