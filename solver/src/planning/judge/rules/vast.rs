//! Decisions already taken stay as they are.

use crate::planning::facts::horizon::{Horizon, Lock};
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

use super::{Breach, Place, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Vast, says: "Wat al besloten is, blijft zo.", judge };

fn judge(horizon: &Horizon, plan: &Plan, _: &Tally) -> Vec<Breach> {
    let broken = |(at, lock): (usize, &Lock)| {
        let none = Place { lock: Some(at), ..Place::default() };
        let (used, limit, place) = match *lock {
            Lock::Started(wave, number) => (plan.started(wave), number, Place { wave: Some(wave), ..none }),
            Lock::Seated(wave, board, number) => (plan.seated[wave][board], number, Place { wave: Some(wave), board: Some(board), ..none }),
            Lock::Guided(wave, kind, number) => (plan.guided[wave][kind], number, Place { wave: Some(wave), kind: Some(kind), ..none }),
            Lock::Hired(kind, year, number) => (plan.hired[kind][year], number, Place { kind: Some(kind), year: Some(year), ..none }),
        };
        (used != limit).then_some(Breach { rule: RULE.code, place, used: used.into(), limit: limit.into() })
    };
    horizon.locks.iter().enumerate().filter_map(broken).collect()
}
