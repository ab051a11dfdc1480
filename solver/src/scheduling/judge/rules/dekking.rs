//! vaste_kosten_cent ≤ n · bijdrage_cent + subsidie_cent of an offer that runs (cents).

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Dekking, says: "Een aanbod dat doorgaat, is betaald.", kind: Kind::Shared(judge) };

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let Some(courses) = roster.courses() else { return Vec::new() };
    let offers = plan.blocks.iter().filter_map(|block| Some((block, &courses.offers[block.place.offer(roster)?])));
    offers
        .filter_map(|(block, offer)| {
            let covered = block.members.len() as i64 * offer.fee_cents + offer.subsidy_cents;
            (offer.fixed_cents > covered).then(|| Breach::short(RULE.code, &offer.id, covered, offer.fixed_cents))
        })
        .collect()
}
