//! Judges a plan from roster and plan alone: every breach, every goal's value and what changes. Knows neither model nor engine.

pub(crate) mod cast;
pub(crate) mod cost;
pub mod keep;
pub mod reasons;
pub mod rules;
pub mod terms;
pub mod ways;
pub mod weeks;

use crate::scheduling::facts::codes::{RuleCode, TermCode};
use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::part;
use crate::scheduling::facts::plan::{Block, Plan};
use crate::scheduling::facts::policy::Goal;
use crate::scheduling::facts::roster::Roster;
use keep::{Changes, Keepable};
use rules::{Breach, Kind, rules};
use terms::terms;

/// Everything the judge has to say about a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// Every breach of a rule, in the order of the list of rules; empty for a plan that may be shown.
    pub breaches: Vec<Breach>,
    /// The value of every goal of the policy, in order.
    pub values: Vec<i64>,
    /// What changes.
    pub changes: Changes,
}

/// A judge who has read the roster once, for many plans of it.
pub struct Judge<'a> {
    roster: &'a Roster,
    keepable: Keepable,
}

impl<'a> Judge<'a> {
    /// Reads the roster: what can be kept.
    pub fn new(roster: &'a Roster) -> Self {
        Self { roster, keepable: Keepable::new(roster) }
    }

    /// Everything about a plan. `least_changes` is by part, in order; when it is not known, the rule that counts changes is
    /// not judged.
    pub fn findings(&self, plan: &Plan, least_changes: Option<&[u32]>) -> Findings {
        let changes = self.changes(plan);
        let mut breaches = breaches(self.roster, plan);
        breaches.extend(self.change_breaches(&changes, least_changes));
        Findings { breaches, values: self.values(plan), changes }
    }

    /// The value of every goal, in order.
    pub fn values(&self, plan: &Plan) -> Vec<i64> {
        self.roster.policy.goals.iter().map(|goal| value(self.roster, goal, plan)).collect()
    }

    /// What a plan changes.
    pub fn changes(&self, plan: &Plan) -> Changes {
        self.keepable.changes(self.roster, plan)
    }

    /// Entries that can be kept.
    pub fn keepable(&self) -> &Keepable {
        &self.keepable
    }

    /// The one rule that counts changes: of visits for each coach with placements apart, in order; else once.
    fn change_breaches(&self, changes: &Changes, least_changes: Option<&[u32]>) -> Vec<Breach> {
        let counted = self.counts(changes);
        let limited = |kind: &Kind| match kind {
            Kind::Changes(judge) => {
                let pairs = counted.iter().zip(least_changes.unwrap_or_default());
                pairs.flat_map(|(&changes, &least)| judge(self.roster, changes, i64::from(least))).collect()
            }
            _ => Vec::new(),
        };
        rules(self.roster.kind()).iter().flat_map(|rule| limited(&rule.kind)).collect()
    }

    /// How many entries change in each part that is solved apart, in the order of parts.
    pub fn counts(&self, changes: &Changes) -> Vec<i64> {
        let Some(visits) = self.roster.visits() else { return vec![changes.changed.len() as i64] };
        let of = |coach| changes.changed.iter().filter(|(unit, _)| visits.placements[*unit].coach == coach).count() as i64;
        part::coaches(self.roster).into_iter().map(of).collect()
    }
}

/// Every breach but that of the rule that counts changes, in the order of the list of rules, then of blocks, people and places.
pub fn breaches(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let of = |code: RuleCode, kind: &Kind| -> Vec<Breach> {
        let mut found = Vec::new();
        for block in &plan.blocks {
            let place = || rules::called(roster, block);
            let wrong = |unit: UnitId| Breach::over(code, &place(), 1, 0).of(unit);
            match kind {
                Kind::Open(judge) if !judge(roster, block.place) => found.push(Breach::over(code, &place(), 1, 0)),
                Kind::Place(judge) => {
                    found.extend(block.members.iter().copied().filter(|&unit| !judge(roster, unit, block.place)).map(wrong));
                }
                Kind::Person(judge) => {
                    let wrong = block.staff.iter().filter(|&&seat| !judge(roster, block.place, seat));
                    found.extend(wrong.map(|seat| Breach::over(code, &format!("{} {}", place(), roster.people[seat.person].id), 1, 0)));
                }
                Kind::Meeting(judge) => {
                    let forbidden = |&unit: &UnitId| !judge(roster, unit, block.place, &block.staff);
                    found.extend(block.members.iter().copied().filter(forbidden).map(wrong));
                }
                _ => {}
            }
        }
        if let Kind::Shared(judge) = kind {
            found = judge(roster, plan);
        }
        found
    };
    rules(roster.kind()).iter().flat_map(|rule| of(rule.code, &rule.kind)).collect()
}

/// The value of one goal: Σ weight · value over its terms.
pub fn value(roster: &Roster, goal: &Goal, plan: &Plan) -> i64 {
    let of = |code: TermCode| terms(roster.kind()).iter().find(|term| term.code == code).map_or(0, |term| term.value(roster, plan));
    goal.weights.iter().map(|&(code, weight)| weight * of(code)).sum()
}

/// Points other than 0 of one member, in the order of the list of terms: those that are sums over members.
pub fn member_points(roster: &Roster, block: &Block, unit: UnitId) -> Vec<(TermCode, i64)> {
    points(roster, |kind| match kind {
        terms::Kind::Member(judge) => Some(judge(roster, block, unit)),
        _ => None,
    })
}

/// Points other than 0 of one block: those that are sums over blocks.
pub fn block_points(roster: &Roster, block: &Block) -> Vec<(TermCode, i64)> {
    points(roster, |kind| match kind {
        terms::Kind::Block(judge) => Some(judge(roster, block)),
        _ => None,
    })
}

/// Points other than 0 of the plan as a whole: the others.
pub fn plan_points(roster: &Roster, plan: &Plan) -> Vec<(TermCode, i64)> {
    points(roster, |kind| match kind {
        terms::Kind::Plan(judge) => Some(judge(roster, plan)),
        _ => None,
    })
}

fn points(roster: &Roster, of: impl Fn(&terms::Kind) -> Option<i64>) -> Vec<(TermCode, i64)> {
    let found = terms(roster.kind()).iter().filter_map(|term| Some((term.code, of(&term.kind)?)));
    found.filter(|&(_, points)| points != 0).collect()
}
