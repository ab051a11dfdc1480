//! The plan that locks fix, when they fix every decision.

use crate::common::tables::{Id, Table};
use crate::planning::facts::horizon::{Horizon, Lock};
use crate::planning::facts::plan::Plan;

/// The plan in which every decision is the one that is locked, that follows from what is locked (the last part of a sum), or the only one
/// there is (no hires allowed, no seats, nobody wanted); `None` when some decision is open or sums do not agree.
pub fn locked(horizon: &Horizon) -> Option<Plan> {
    let (boards, kinds) = (horizon.boards.len(), horizon.kinds.len());
    let mut plan = Plan::empty(horizon);
    for (wave, row) in horizon.waves.pairs() {
        let mut total = None;
        let mut seated: Vec<Option<i64>> = vec![None; boards];
        let mut guided: Vec<Option<i64>> = vec![None; kinds];
        for lock in &horizon.locks {
            match *lock {
                Lock::Started(of, number) if of == wave => total = Some(number),
                Lock::Seated(of, board, number) if of == wave => seated[board.position()] = Some(number),
                Lock::Guided(of, kind, number) if of == wave => guided[kind.position()] = Some(number),
                _ => {}
            }
        }
        if total.is_none() && row.target == 0 {
            total = Some(0);
        }
        for (board, it) in horizon.boards.pairs() {
            if it.seats[row.year] == 0 {
                seated[board.position()].get_or_insert(0);
            }
        }
        for _ in 0..2 {
            for parts in [&mut seated, &mut guided] {
                complete(&mut total, parts);
            }
        }
        let seated: Option<Vec<i64>> = seated.into_iter().collect();
        let guided: Option<Vec<i64>> = guided.into_iter().collect();
        plan.seated[wave] = seated?.into();
        plan.guided[wave] = guided?.into();
    }
    let mut hired: Table<_, Table<_, Option<i64>>> = Table::filled(kinds, Table::filled(horizon.length(), None));
    for lock in &horizon.locks {
        if let Lock::Hired(kind, year, number) = *lock {
            hired[kind][year] = Some(number);
        }
    }
    for (kind, row) in horizon.kinds.pairs() {
        for year in horizon.years.ids() {
            let only = Some(0).filter(|_| row.hires[year] == 0);
            plan.hired[kind][year] = hired[kind][year].or(only)?;
        }
    }
    Some(plan).filter(Plan::whole)
}

/// What follows of a sum and its parts: the sum when all parts are known, the last part when the sum and all others are, and 0 for every part
/// of nothing.
fn complete(total: &mut Option<i64>, parts: &mut [Option<i64>]) {
    let known: i64 = parts.iter().flatten().sum();
    let open = parts.iter().filter(|part| part.is_none()).count();
    match (*total, open) {
        (None, 0) => *total = Some(known),
        (Some(sum), 1) => parts.iter_mut().filter(|part| part.is_none()).for_each(|part| *part = Some(sum - known)),
        (Some(sum), _) if sum == known => parts.iter_mut().filter(|part| part.is_none()).for_each(|part| *part = Some(0)),
        _ => {}
    }
}
