//! What thresholds say of a policy on trial, over all waves.

use loket_solver::matching::facts::words::Word;
use serde_json::{Map, Value, json};

use super::lines::{FiguresLine, Line, OtherwiseLine, rounded};
use super::{FORMAT, Judgement, Measure, Threshold};

/// A measure over all waves; nothing where some wave has no plan on one of the sides.
pub fn measured(all: &[Line], measure: Measure) -> Option<i64> {
    let each: Vec<(&FiguresLine, &FiguresLine, OtherwiseLine)> =
        all.iter().map(|it| Some((it.before.figures.as_ref()?, it.after.figures.as_ref()?, it.otherwise?))).collect::<Option<_>>()?;
    let sum = |of: &dyn Fn(&FiguresLine) -> i64| each.iter().map(|(was, now, _)| of(now) - of(was)).sum::<i64>();
    let mean = |of: &dyn Fn(&FiguresLine) -> i64| {
        let was = rounded(10 * each.iter().map(|it| of(it.0)).sum::<i64>(), each.iter().map(|it| it.0.placed).sum());
        let now = rounded(10 * each.iter().map(|it| of(it.1)).sum::<i64>(), each.iter().map(|it| it.1.placed).sum());
        now - was
    };
    Some(match measure {
        Measure::Placed => sum(&|it| it.placed),
        Measure::FirstChoice => sum(&|it| it.choices[0]),
        Measure::Points => mean(&|it| it.points),
        Measure::Minutes => mean(&|it| it.minutes),
        Measure::Envious => sum(&|it| it.envious),
        Measure::Hard => sum(&|it| it.hard),
        Measure::Starters => sum(&|it| it.starters),
        Measure::Cost => sum(&|it| it.cents),
        Measure::Worst => each.iter().filter_map(|(was, now, _)| Some(now.worst?.points - was.worst?.points)).min().unwrap_or(0),
        Measure::Worse => rounded(1_000 * each.iter().map(|it| it.2.worse).sum::<i64>(), each.iter().map(|it| it.2.both).sum()),
        Measure::Lost => each.iter().map(|it| it.2.lost).sum(),
    })
}

/// What the thresholds say: each with its value, and the judgement; no judgement without thresholds.
pub fn judged(all: &[Line], thresholds: &[Threshold]) -> (Vec<(Threshold, Option<i64>)>, Option<Judgement>) {
    let found: Vec<(Threshold, Option<i64>)> = thresholds.iter().map(|it| (*it, measured(all, it.measure))).collect();
    if thresholds.is_empty() {
        return (found, None);
    }
    let proven = all.iter().all(|it| it.before.proven && it.after.proven);
    let broken = all.iter().any(|it| it.before.figures.is_some() && it.after.proven && it.after.figures.is_none());
    let met = found.iter().all(|(threshold, value)| value.is_some_and(|it| threshold.met(it)));
    let judgement = match (broken, proven, met) {
        (true, ..) | (_, true, false) => Judgement::NoGo,
        (false, true, true) => Judgement::Go,
        (false, false, _) => Judgement::Open,
    };
    (found, Some(judgement))
}

/// All of it as JSON. Nobody is in it: counts only.
pub fn to_json(all: &[Line], thresholds: &[Threshold]) -> Value {
    let (found, judgement) = judged(all, thresholds);
    let measures: Map<String, Value> = Measure::ALL.iter().map(|it| (it.code().to_owned(), json!(measured(all, *it)))).collect();
    let rows = found.iter().map(|(threshold, value)| {
        let mut row = bounds(threshold);
        row["gemeten"] = json!(value);
        row["gehaald"] = json!(value.is_some_and(|it| threshold.met(it)));
        row
    });
    json!({
        "formaat": FORMAT,
        "lichtingen": all,
        "samen": measures,
        "drempels": rows.collect::<Value>(),
        "oordeel": judgement.map(Judgement::code),
    })
}

fn bounds(threshold: &Threshold) -> Value {
    let mut row = json!({ "wat": threshold.measure.code() });
    let bounds = [("minstens", threshold.least), ("hoogstens", threshold.most)];
    bounds.into_iter().filter_map(|(key, bound)| Some((key, bound?))).for_each(|(key, bound)| row[key] = json!(bound));
    row
}

/// Thresholds as [`read_thresholds`](super::read_thresholds) reads them.
pub fn written(thresholds: &[Threshold]) -> Value {
    thresholds.iter().map(bounds).collect()
}
