//! 100 · Σ n[w, external kinds] ≤ max_extern_procent · a_w, for every wave, when given.

use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

use super::{Breach, Place, Rule, RuleCode, over};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::ExternAandeel, says: "Niet meer dan het toegestane deel van een lichting heeft een externe coach.", judge };

fn judge(horizon: &Horizon, plan: &Plan, _: &Tally) -> Vec<Breach> {
    let Some(percent) = horizon.policy.max_external_percent else { return Vec::new() };
    let external = |wave| horizon.kinds.pairs().filter(|(_, row)| row.external).map(move |(kind, _)| plan.guided[wave][kind]).sum::<i64>();
    let broken = |wave| {
        let place = Place { wave: Some(wave), ..Place::default() };
        over(RULE.code, place, 100 * external(wave), i64::from(percent) * plan.started(wave))
    };
    horizon.waves.ids().filter_map(broken).collect()
}
