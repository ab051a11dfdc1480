//! Checks the goals of an outcome: the policy's own, in order, with values computed again and bounds that agree with each other.

use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::policy::Goal;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::Word;
use serde_json::{Map, Value, json};

use super::compare::Page;
use super::{list, rows};

/// `values` are the plan's values by the judge, per goal.
pub(super) fn check(page: &mut Page, wave: &Wave, values: &[i64], outcome: &Value) {
    let goals = &wave.policy.goals;
    let found = rows(outcome, "doelen");
    if found.len() != goals.len() {
        page.tell("/doelen", format!("Er staan {} doelen, het beleid heeft er {}.", found.len(), goals.len()));
        page.same("/doelen", &json!([]), list(outcome, "doelen"));
        return;
    }
    for (position, ((goal, row), &value)) in goals.iter().zip(found).zip(values).enumerate() {
        let place = format!("/doelen/{position}");
        same_goal(page, &place, goal, row);
        bounds(page, &place, goal, row, value);
        if position + 1 == goals.len() && row["beste"] != value {
            let what = "Bij het laatste doel moet beste de waarde van het plan zijn.";
            page.tell(place + "/beste", what);
        }
    }
    let all = found.iter().all(|row| row["beste"] == row["bovengrens"]);
    let status = if all { Verdict::Optimal } else { Verdict::Feasible };
    page.same("/status", &json!(status.code()), &outcome["status"]);
}

fn same_goal(page: &mut Page, place: &str, goal: &Goal, row: &Value) {
    let weights: Map<String, Value> = goal.weights.iter().map(|&(term, weight)| (term.code().into(), weight.into())).collect();
    page.same(&format!("{place}/naam"), &json!(goal.name), &row["naam"]);
    page.same(&format!("{place}/punten"), &weights.into(), &row["punten"]);
    page.same(&format!("{place}/tolerantie_procent"), &json!(goal.tolerance_percent), &row["tolerantie_procent"]);
}

fn bounds(page: &mut Page, place: &str, goal: &Goal, row: &Value, value: i64) {
    page.same(&format!("{place}/waarde"), &json!(value), &row["waarde"]);
    let (Some(best), Some(bound)) = (row["beste"].as_i64(), row["bovengrens"].as_i64()) else {
        page.tell(place, "beste en bovengrens moeten gehele getallen zijn.");
        return;
    };
    let floor = goal.floor(best);
    page.same(&format!("{place}/ondergrens"), &json!(floor), &row["ondergrens"]);
    page.same(&format!("{place}/bewezen"), &json!(best == bound), &row["bewezen"]);
    if best > bound {
        let what = format!("beste ({best}) is hoger dan bovengrens ({bound}).");
        page.tell(format!("{place}/beste"), what);
    }
    if value > bound {
        let what = format!("Het plan haalt {value}, dat is hoger dan bovengrens ({bound}).");
        page.tell(format!("{place}/bovengrens"), what);
    }
    if value < floor {
        let what = format!("Het plan haalt {value}, dat is minder dan de ondergrens ({floor}).");
        page.tell(format!("{place}/waarde"), what);
    }
}
