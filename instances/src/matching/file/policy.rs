//! Reads a wave's `beleid`, and fills in its defaults.

use std::collections::HashSet;

use loket_solver::matching::facts::codes::TermCode;
use loket_solver::matching::facts::policy::{Goal, Policy, goals_as_used};
use loket_solver::matching::facts::words::{Phase, Status, Word};

use super::places::{Places, Rows};
use super::read::note;
use super::saving;
use crate::matching::rows::{ExtraRow, GoalRow, PolicyRow};
use crate::strict::fields::{AMOUNT, At, PERCENT, WEIGHT};
use crate::strict::json::Node;
use crate::strict::report::Report;
use crate::strict::spot::show_id;

/// Reads `beleid`, and where its goals stand.
pub(crate) fn read(at: &At<'_>) -> Option<(PolicyRow, Rows)> {
    let fields = at.fields(&[
        "doelen",
        "bouw_punten",
        "uren",
        "extra_begeleiding",
        "alleen_noodplan",
        "dagdelen_samen",
        "max_starters_procent",
        "max_extern_procent",
        "max_kosten_cent",
        "vasthouden",
        "max_wijzigingen",
        "bewaren",
        "seed",
    ])?;
    let percent = |key| fields.get(key).and_then(|at| at.count(PERCENT));
    let bouw_points = fields.get("bouw_punten").and_then(|list| {
        not_empty(list, "noem minstens één getal, bijvoorbeeld [100, 60, 20]");
        Some(list.rows("")?.iter().filter_map(|item| item.integer(WEIGHT)).collect())
    });
    let hours = fields.get("uren").and_then(|table| table.numbers(&codes::<Phase>(), AMOUNT));
    let hours =
        hours.map(|hours| hours.into_iter().filter_map(|(code, hours)| Some((Phase::parse(code)?, u32::try_from(hours).ok()?))).collect());
    let extra = fields.get("extra_begeleiding").and_then(|at| at.fields(&["vanaf", "uren"]));
    let extra = extra.map(|extra| ExtraRow {
        from: extra.get("vanaf").and_then(|at| at.count(PERCENT)),
        hours: extra.count("uren"),
        note: note(&extra),
    });
    let keep = fields.get("vasthouden").and_then(|table| table.numbers(&codes::<Status>(), WEIGHT));
    let keep_weights = keep.map(|keep| keep.into_iter().filter_map(|(code, weight)| Some((Status::parse(code)?, weight))).collect());
    let seed = fields.get("seed").and_then(|at| at.integer(0..=(1 << 53) - 1)).map(i64::unsigned_abs);
    let goals = fields.get("doelen").and_then(goals);
    let (goals, places) = goals.unzip();
    let row = PolicyRow {
        goals,
        bouw_points,
        hours,
        extra,
        noodplan_only: fields.get("alleen_noodplan").and_then(At::flag),
        shared_half_days: fields.get("dagdelen_samen").and_then(|at| at.count(0..=10)),
        max_starters_percent: percent("max_starters_procent"),
        max_external_percent: percent("max_extern_procent"),
        max_cost_cents: fields.get("max_kosten_cent").and_then(|at| at.integer(0..=100_000_000_000)),
        keep_weights,
        max_changes: fields.count("max_wijzigingen"),
        saving: fields.get("bewaren").and_then(saving::read),
        seed,
        note: note(&fields),
    };
    Some((row, places.unwrap_or_default()))
}

fn goals(list: &At<'_>) -> Option<(Vec<GoalRow>, Rows)> {
    not_empty(list, "noem minstens één doel, of haal \"doelen\" weg: dan gelden de doelen van de fase");
    let rows = list.rows("naam")?;
    let read: Vec<Option<GoalRow>> = rows.iter().map(goal).collect();
    let mut names = HashSet::new();
    for (row, goal) in rows.iter().zip(&read) {
        if let Some(goal) = goal
            && !names.insert(goal.name.as_str())
        {
            let what = format!("er is al een doel \"{}\"", show_id(&goal.name));
            list.report.problem("dubbel", &row.spot.key("naam"), what, "geef elk doel een eigen naam");
        }
    }
    Some(Rows::split(read))
}

fn codes<W: Word>() -> Vec<&'static str> {
    W::ALL.iter().map(|word| word.code()).collect()
}

/// Codes of all terms.
pub(crate) fn terms() -> Vec<&'static str> {
    TermCode::ALL.iter().map(|term| term.code()).collect()
}

fn not_empty(list: &At<'_>, remedy: &str) {
    if matches!(list.node, Node::List(items) if items.is_empty()) {
        list.report.problem("leeg", &list.spot, "de lijst is leeg", remedy);
    }
}

fn goal(row: &At<'_>) -> Option<GoalRow> {
    let fields = row.fields(&["naam", "punten", "tolerantie_procent"])?;
    let name = fields.need("naam").and_then(At::name);
    let weights = fields.need("punten").and_then(|at| at.numbers(&terms(), WEIGHT)).unwrap_or_default();
    let weights = weights.into_iter().filter_map(|(code, weight)| Some((TermCode::parse(code)?, weight))).collect();
    let tolerance_percent = fields.get("tolerantie_procent").and_then(|at| at.count(PERCENT));
    Some(GoalRow { name: name?.to_owned(), weights, tolerance_percent, note: note(&fields) })
}

/// The policy with defaults filled in and the goals as used; an own goal that takes the name of a goal to be added is a problem.
pub(crate) fn finish(row: Option<&PolicyRow>, phase: Phase, previous: bool, places: &Places, report: &Report) -> Policy {
    let nothing = PolicyRow::default();
    let row = row.unwrap_or(&nothing);
    let usual = Policy::default();
    let own: Option<Vec<Goal>> = row.goals.as_ref().map(|goals| goals.iter().map(as_goal).collect());
    let count = own.as_ref().map_or(0, Vec::len);
    let goals = goals_as_used(own, phase, previous);
    if goals.len() > count {
        for (at, goal) in row.goals.iter().flatten().enumerate() {
            if ["afspraken", "stabiliteit"].contains(&goal.name.as_str()) {
                let what = format!("\"{}\" is de naam van een doel dat er door het vorige plan bij komt", goal.name);
                let remedy = "geef dit doel een andere naam, of noem in een doel een punt als \"afspraak_school\" of \"ongewijzigd\"";
                report.problem("doelnaam", &places.goal(at, &goal.name).key("naam"), what, remedy);
            }
        }
    }
    let extra = row.extra.as_ref();
    let mut policy = Policy {
        goals,
        bouw_points: row.bouw_points.clone().unwrap_or(usual.bouw_points),
        hours: usual.hours,
        extra_from: extra.and_then(|it| it.from).unwrap_or(usual.extra_from),
        extra_hours: extra.and_then(|it| it.hours).unwrap_or(usual.extra_hours),
        noodplan_only: row.noodplan_only.unwrap_or(usual.noodplan_only),
        shared_half_days: row.shared_half_days.unwrap_or(usual.shared_half_days),
        max_starters_percent: row.max_starters_percent.unwrap_or(usual.max_starters_percent),
        max_external_percent: row.max_external_percent,
        max_cost_cents: row.max_cost_cents,
        keep_weights: if row.keep_weights.is_some() { [0; 3] } else { usual.keep_weights },
        max_changes: row.max_changes,
        saving: saving::used(row.saving.as_ref()),
        seed: row.seed.unwrap_or(usual.seed),
    };
    for &(phase, hours) in row.hours.iter().flatten() {
        policy.hours[phase as usize] = hours;
    }
    for &(status, weight) in row.keep_weights.iter().flatten() {
        policy.keep_weights[status as usize] = weight;
    }
    policy
}

/// The policy of a wave of this phase without a previous plan, defaults filled in.
pub(crate) fn with_defaults(row: &PolicyRow, phase: Phase) -> Policy {
    finish(Some(row), phase, false, &Places::default(), &Report::default())
}

fn as_goal(row: &GoalRow) -> Goal {
    Goal { name: row.name.clone(), weights: row.weights.clone(), tolerance_percent: row.tolerance_percent.unwrap_or(0) }
}
