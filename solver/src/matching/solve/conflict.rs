//! Why locks cannot all stand: an irreducible set of them, with the rules they meet.

use crate::common::control::Control;
use crate::matching::facts::codes::RuleCode;
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::outcome::Conflict;
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;
use crate::matching::judge;
use crate::matching::judge::rules::{Kind, RULES};
use crate::matching::solve::model::{Model, formulate, formulate_without};
use crate::matching::solve::run::Run;

/// Drops locks in turn, from last to first by the bytes of the candidate's id, while what is left is still impossible (a deletion filter;
/// Chinneck & Dravnieks 1991). `None` when stopped.
pub fn irreducible(wave: &Wave, locked: &[CandidateId], control: &dyn Control) -> Option<Vec<Conflict>> {
    let model = formulate(wave, control)?;
    let mut left: Vec<CandidateId> = locked.to_vec();
    for &lock in locked.iter().rev() {
        let without: Vec<CandidateId> = left.iter().copied().filter(|&other| other != lock).collect();
        if !possible(wave, &model, &without, control)? {
            left = without;
        }
    }
    let shared = met(wave, &left, control)?;
    Some(
        left.iter()
            .map(|&candidate| {
                let own = own_rules(wave, &model, candidate);
                Conflict { candidate, rules: if own.is_empty() { shared.clone() } else { own } }
            })
            .collect(),
    )
}

/// Conflicts that have nobody in common.
pub struct Apart {
    /// Each an irreducible set of locks.
    pub conflicts: Vec<Vec<Conflict>>,
    /// Whether the locks in none of them can all stand together; false when it was stopped before that was known.
    pub complete: bool,
}

/// Every conflict that stands apart: the locks of one are left aside before the next is looked for.
pub fn apart(wave: &Wave, locked: &[CandidateId], control: &dyn Control) -> Apart {
    let mut found = Apart { conflicts: Vec::new(), complete: false };
    let mut left = locked.to_vec();
    loop {
        let stands = formulate(wave, control).and_then(|model| possible(wave, &model, &left, control));
        match stands {
            Some(true) => return Apart { complete: true, ..found },
            Some(false) => {}
            None => return found,
        }
        let Some(next) = irreducible(wave, &left, control).filter(|next| !next.is_empty()) else { return found };
        left.retain(|candidate| next.iter().all(|lock| lock.candidate != *candidate));
        found.conflicts.push(next);
    }
}

fn possible(wave: &Wave, model: &Model, locks: &[CandidateId], control: &dyn Control) -> Option<bool> {
    Run::on(wave, model.clone(), control).lock(locks)
}

/// For a lock that leaves no placement at all: the rules that forbid every placement that agrees with it, or else all that forbid some.
fn own_rules(wave: &Wave, model: &Model, candidate: CandidateId) -> Vec<RuleCode> {
    if model.columns.iter().any(|column| column.candidate == candidate) {
        return Vec::new();
    }
    let Some(lock) = &wave.candidates[candidate].lock else { return Vec::new() };
    let mut counts = vec![0usize; RULES.len()];
    let mut agreeing = 0;
    for (seat, group) in wave.seats.pairs() {
        for coach in wave.coaches.ids() {
            let placement = Placement { seat, coach };
            if lock.agrees(wave, placement) {
                agreeing += 1;
                let codes = judge::blocking(wave, candidate, placement);
                for (rule, count) in RULES.iter().zip(&mut counts) {
                    *count += usize::from(codes.contains(&rule.code) || rule.code == RuleCode::Plekken && group.count == 0);
                }
            }
        }
    }
    if agreeing == 0 {
        return vec![RuleCode::Vast];
    }
    let always: Vec<RuleCode> = RULES.iter().zip(&counts).filter(|(_, count)| **count == agreeing).map(|(rule, _)| rule.code).collect();
    if !always.is_empty() {
        return always;
    }
    RULES.iter().zip(&counts).filter(|(_, count)| **count > 0).map(|(rule, _)| rule.code).collect()
}

/// Shared rules that keep these locks apart: each that alone makes room when it is left out, or else a smallest set that does.
fn met(wave: &Wave, locks: &[CandidateId], control: &dyn Control) -> Option<Vec<RuleCode>> {
    let shared: Vec<RuleCode> =
        RULES.iter().filter(|rule| matches!(rule.kind, Kind::Shared { .. }) && rule.code != RuleCode::Vast).map(|rule| rule.code).collect();
    let mut alone = Vec::new();
    for &rule in &shared {
        if possible(wave, &formulate_without(wave, &[rule], control)?, locks, control)? {
            alone.push(rule);
        }
    }
    if !alone.is_empty() {
        return Some(alone);
    }
    let mut relaxed = shared.clone();
    for &rule in &shared {
        let fewer: Vec<RuleCode> = relaxed.iter().copied().filter(|&other| other != rule).collect();
        if possible(wave, &formulate_without(wave, &fewer, control)?, locks, control)? {
            relaxed = fewer;
        }
    }
    Some(relaxed)
}
