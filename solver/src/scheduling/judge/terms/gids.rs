//! 100 · Σ_k min(n_k, k.ruimte), n_k = interviews with k as coach of candidates whose coach_eisen ⊆ k.kenmerken (points).

use crate::common::tables::Table;
use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::cast;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term =
    Term { code: TermCode::Gids, says: "Wie het gesprek voert, kan de kandidaat straks ook begeleiden.", kind: Kind::Plan(judge) };

fn judge(roster: &Roster, plan: &Plan) -> i64 {
    let mut guided = Table::filled(roster.people.len(), 0_i64);
    for block in &plan.blocks {
        let Some(coach) = cast::coach(roster, block) else { continue };
        let fits = |needs: &[String]| needs.iter().all(|need| roster.people[coach].tags.contains(need));
        guided[coach] += block.members.iter().filter(|&&unit| fits(&roster.units[unit].coach_needs)).count() as i64;
    }
    guided.pairs().map(|(person, &guided)| 100 * guided.min(i64::from(roster.people[person].room))).sum()
}
