//! Load is spread over coaches: −Σ_k Σ_{m=1..n_k} ⌈100 · (k.lopend + m) / (k.lopend + k.maximum)⌉, n_k = placements with k
//! (percent points, never positive).

use crate::common::tables::Table;
use crate::matching::facts::ids::CoachId;
use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::Wave;

use super::{Kind, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::Belasting,
    says: "De kandidaten zijn eerlijk verdeeld over de coaches: een volle coach kost meer punten.",
    kind: Kind::Load { write, judge },
};

fn write(wave: &Wave, coach: CoachId, nth: u32) -> i64 {
    let row = &wave.coaches[coach];
    let running = u64::from(row.running);
    let full = (running + u64::from(row.maximum)).max(1);
    let percent = (100 * (running + u64::from(nth))).div_ceil(full);
    -i64::try_from(percent).unwrap_or(i64::MAX)
}

/// A coach whose maximum and running candidates are both 0 counts as one who could have 1; only a plan that breaks `coach-aantal` has a
/// placement there.
fn judge(wave: &Wave, plan: &Plan) -> i64 {
    let mut load = Table::filled(wave.coaches.len(), 0i64);
    let mut points = 0;
    for placement in plan.iter().flatten() {
        let coach = &wave.coaches[placement.coach];
        load[placement.coach] += 1;
        let now = i64::from(coach.running) + load[placement.coach];
        let most = i64::from(coach.running) + i64::from(coach.maximum);
        // ⌈a / b⌉ = ⌊(a + b − 1) / b⌋ for positive b.
        points -= (100 * now + most.max(1) - 1) / most.max(1);
    }
    points
}
