//! A tour fits in a half-day: Σ duur + Σ t_k(school, next school) ≤ dagdeel_minuten; the way from and to home does not count.

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};
use crate::scheduling::judge::cost::{between, minutes};

/// The rule.
pub const RULE: Rule = Rule {
    code: RuleCode::Route,
    says: "De bezoeken van een dagdeel passen met de reis ertussen in dat dagdeel.",
    kind: Kind::Shared(judge),
};

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let Some(visits) = roster.visits() else { return Vec::new() };
    let most = i64::from(visits.half_day_minutes);
    let long = plan.blocks.iter().map(|block| (block, minutes(roster, block) + between(roster, block)));
    long.filter(|(_, used)| *used > most).map(|(block, used)| Breach::over(RULE.code, &super::called(roster, block), used, most)).collect()
}
