//! Σ `a[w,b]` over waves with month(w) ≤ m < month(w) + plek_maanden ≤ plekken_b in m's year, for every board and month m of the horizon.

use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

use super::{Breach, Place, Rule, RuleCode, over};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Plekken, says: "Bij een bestuur zijn er in geen maand meer mensen dan plekken.", judge };

fn judge(horizon: &Horizon, plan: &Plan, _: &Tally) -> Vec<Breach> {
    let held = horizon.policy.seat_months as usize;
    let mut found = Vec::new();
    for (board, row) in horizon.boards.pairs() {
        for month in 0..12 * horizon.length() {
            let there = horizon.waves.pairs().filter(|(_, wave)| wave.month <= month && month < wave.month + held);
            let used: i64 = there.map(|(wave, _)| plan.seated[wave][board]).sum();
            let year = horizon.year_of(month);
            let place = Place { board: Some(board), year: Some(year), month: Some(month), ..Place::default() };
            found.extend(over(RULE.code, place, used, row.seats[year]));
        }
    }
    found
}
