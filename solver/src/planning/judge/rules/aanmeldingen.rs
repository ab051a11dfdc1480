//! Σ_k aangemeld ≤ the wave's `aangemeld`, when given.

use crate::planning::facts::codes::Count;
use crate::planning::facts::funnel;
use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

use super::{Breach, Place, Rule, RuleCode, over};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Aanmeldingen, says: "Er zijn genoeg aanmeldingen voor wie er start.", judge };

fn judge(horizon: &Horizon, _: &Plan, tally: &Tally) -> Vec<Breach> {
    let place = |wave| Place { wave: Some(wave), ..Place::default() };
    let known = horizon.waves.pairs().filter_map(|(wave, row)| Some((wave, row.registered?)));
    let needed = |wave| tally.counts[wave].iter().map(|counts| funnel::of(counts, Count::Aangemeld)).sum::<i64>();
    known.filter_map(|(wave, registered)| over(RULE.code, place(wave), needed(wave), registered)).collect()
}
