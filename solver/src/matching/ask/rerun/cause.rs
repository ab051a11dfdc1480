//! Why somebody's placement changes, from two waves and two plans alone: what is gone, which limit is full and with whom, or which goal gains.
//!
//! A chosen change is explained by what happens when this one person gets the old part back and nobody else moves: rules say no
//! (`Why::Full`: with people who came in, they made room for them; `Why::Less`: with nobody new, there is less room than before;
//! `Why::Locked`), or the plan would be worse for a goal (`Why::Better`), or as good (`Why::Equal`).

use crate::matching::facts::codes::RuleCode;
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::plan::{Placement, Plan};
use crate::matching::facts::wave::{Part, Wave};
use crate::matching::judge::keep::Keepable;
use crate::matching::judge::rules::{Kind as RuleKind, RULES};
use crate::matching::judge::{self, Judge};

use super::difference::Side;

/// One cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The coach is no longer in the wave.
    CoachGone,
    /// The school is no longer in the wave.
    SchoolGone,
    /// The seat group is no longer at the school.
    SeatGone,
    /// The coach is there, but pair rules forbid the coach for this person (everywhere, or at the old seat).
    CoachForbidden(Vec<RuleCode>),
    /// The seat group is there, but pair rules forbid it for this person.
    SeatForbidden(Vec<RuleCode>),
    /// The old part is full, with people who were not there before: this person makes room for them.
    Full {
        /// The limits that are full.
        rules: Vec<RuleCode>,
        /// Who came in, in the order of the file's rows.
        newcomers: Vec<CandidateId>,
        /// The placement looked at: the old one, or when several keep what can be kept, the one with the fewest limits in its way.
        at: Placement,
        /// How many placements keep what can be kept; none of them has room.
        options: usize,
    },
    /// The old part is full, with nobody new: there is less room than before, or more is asked of it; or, where the old coach or seat
    /// is gone, nothing else has room.
    Less {
        /// The limits that are full.
        rules: Vec<RuleCode>,
        /// The placement looked at, as in [`Why::Full`].
        at: Placement,
        /// How many placements keep what can be kept.
        options: usize,
    },
    /// What is locked for this person says otherwise.
    Locked,
    /// It would fit, but this goal would be worth less.
    Better {
        /// Position of the goal in the policy.
        goal: usize,
        /// By how much.
        by: i64,
    },
    /// It would fit and be worth as much.
    Equal,
}

/// What causes are found from.
pub(super) struct Causes<'a> {
    before: &'a Wave,
    after: Side<'a>,
    /// The wave after, with the plan before as its previous plan.
    wave: &'a Wave,
    /// What still exists of the plan before.
    old: &'a Plan,
    judge: Judge<'a>,
    values: Vec<i64>,
}

impl<'a> Causes<'a> {
    pub(super) fn new(before: &'a Wave, after: Side<'a>, wave: &'a Wave, old: &'a Plan) -> Self {
        let judge = Judge::new(after.wave);
        let values = judge.values(after.plan);
        Self { before, after, wave, old, judge, values }
    }

    /// Why a part of the old placement cannot be kept.
    pub(super) fn forced(&self, candidate: CandidateId, from: Placement, keepable: Keepable) -> Vec<Why> {
        let mut why = Vec::new();
        let Some(previous) = &self.wave.candidates[candidate].previous else {
            return why;
        };
        let lost_coach = !matches!(keepable, Keepable::Both | Keepable::Coach);
        let lost_seat = !matches!(keepable, Keepable::Both | Keepable::Seat);
        let school_gone = || {
            let school = &self.before.school_of(from.seat).id;
            !self.after.wave.schools.iter().any(|it| it.id == *school)
        };
        if previous.coach == Part::Gone {
            why.push(Why::CoachGone);
        }
        match previous.seat {
            Part::Gone if school_gone() => why.push(Why::SchoolGone),
            Part::Gone => why.push(Why::SeatGone),
            Part::Known(seat) if lost_seat => {
                let pairs = self.wave.coaches.ids().map(|coach| Placement { seat, coach });
                why.push(Why::SeatForbidden(self.forbidding(candidate, pairs)));
            }
            Part::Known(_) | Part::Absent => {}
        }
        if let Part::Known(coach) = previous.coach
            && lost_coach
        {
            let together = previous.seat.known().map(|seat| Placement { seat, coach });
            let pairs: Vec<Placement> = match together {
                Some(pair) if keepable == Keepable::Seat => vec![pair],
                _ => self.wave.seats.ids().map(|seat| Placement { seat, coach }).collect(),
            };
            why.push(Why::CoachForbidden(self.forbidding(candidate, pairs.into_iter())));
        }
        why
    }

    /// The rules that forbid all of these placements, or when no rule forbids all, every rule that forbids one.
    fn forbidding(&self, candidate: CandidateId, pairs: impl Iterator<Item = Placement>) -> Vec<RuleCode> {
        let sets: Vec<Vec<RuleCode>> = pairs.map(|pair| judge::blocking(self.wave, candidate, pair)).collect();
        let codes = |holds: &dyn Fn(RuleCode) -> bool| RULES.iter().map(|rule| rule.code).filter(|&code| holds(code)).collect();
        let all: Vec<RuleCode> = codes(&|code| sets.iter().all(|set| set.contains(&code)));
        if all.is_empty() || sets.is_empty() { codes(&|code| sets.iter().any(|set| set.contains(&code))) } else { all }
    }

    /// Why what could be kept is given up.
    pub(super) fn chosen(&self, candidate: CandidateId, keepable: Keepable) -> Option<Why> {
        let options = self.options(candidate, keepable);
        let mut plan = self.after.plan.clone();
        let mut best: Option<Vec<i64>> = None;
        let mut full = Vec::new();
        for &option in &options {
            plan[candidate] = Some(option);
            let breached = self.breached(&plan);
            if breached.is_empty() {
                let values = self.judge.values(&plan);
                if best.as_ref().is_none_or(|best| values > *best) {
                    best = Some(values);
                }
            } else if best.is_none() {
                let newcomers = self.newcomers(candidate, &breached, option);
                full.push((breached, newcomers, option));
            }
        }
        if let Some(values) = best {
            let worse = self.values.iter().zip(&values).enumerate().find(|(_, (now, then))| now > then);
            return Some(worse.map_or(Why::Equal, |(goal, (now, then))| Why::Better { goal, by: now - then }));
        }
        let (rules, newcomers, at) = full.into_iter().min_by_key(|(rules, newcomers, _)| (rules.len(), newcomers.is_empty()))?;
        let options = options.len();
        Some(match (rules.contains(&RuleCode::Vast), newcomers.is_empty()) {
            (true, _) => Why::Locked,
            (false, true) => Why::Less { rules, at, options },
            (false, false) => Why::Full { rules, newcomers, at, options },
        })
    }

    /// The allowed placements that keep what can be kept; the present other part comes first.
    fn options(&self, candidate: CandidateId, keepable: Keepable) -> Vec<Placement> {
        let Some(previous) = &self.wave.candidates[candidate].previous else {
            return Vec::new();
        };
        let now = self.after.plan[candidate];
        let mut options: Vec<Placement> = match (keepable, previous.seat.known(), previous.coach.known()) {
            (Keepable::Both, Some(seat), Some(coach)) => vec![Placement { seat, coach }],
            (Keepable::Seat, Some(seat), _) => self.wave.coaches.ids().map(|coach| Placement { seat, coach }).collect(),
            (Keepable::Coach, _, Some(coach)) => self.wave.seats.ids().map(|seat| Placement { seat, coach }).collect(),
            _ => Vec::new(),
        };
        options.retain(|&option| judge::allowed(self.wave, candidate, option));
        options.sort_by_key(|option| now.is_none_or(|now| now.coach != option.coach && now.seat != option.seat));
        options
    }

    /// Codes of the shared rules that a plan breaks. Giving somebody the old part back never adds a change.
    fn breached(&self, plan: &Plan) -> Vec<RuleCode> {
        RULES
            .iter()
            .filter(|rule| match rule.kind {
                RuleKind::Shared { judge, .. } => !judge(self.after.wave, plan).is_empty(),
                RuleKind::Pair { .. } | RuleKind::Changes { .. } => false,
            })
            .map(|rule| rule.code)
            .collect()
    }

    /// Who counts in one of these limits now and did not before, as far as the limit is about this placement.
    fn newcomers(&self, candidate: CandidateId, rules: &[RuleCode], at: Placement) -> Vec<CandidateId> {
        let others = self.after.wave.candidates_by_row().into_iter().filter(|&other| other != candidate);
        others
            .filter(|&other| {
                let (now, then) = (self.after.plan[other], self.old[other]);
                rules.iter().any(|&rule| {
                    let within = |placement: Option<Placement>| placement.is_some_and(|it| self.counts(rule, other, it, at));
                    within(now) && !within(then)
                })
            })
            .collect()
    }

    /// Whether somebody's placement takes something of the limit that placement `at` meets.
    fn counts(&self, rule: RuleCode, candidate: CandidateId, placement: Placement, at: Placement) -> bool {
        let wave = self.after.wave;
        match rule.rule().kind {
            RuleKind::Shared { among, weight, .. } => among.shared(wave, placement, at) && weight.of(wave, candidate, placement) > 0,
            RuleKind::Pair { .. } | RuleKind::Changes { .. } => true,
        }
    }
}

/// Who started the chain at whose end this person is: from somebody who made room to those for whom, and on to the first who did not
/// move for somebody else. The person itself is left out.
pub fn chain(people: &[super::difference::Moved], candidate: CandidateId) -> Vec<CandidateId> {
    let mut chain = Vec::new();
    let mut here = candidate;
    loop {
        let moved = people.iter().find(|it| it.candidate == here);
        let next = moved.into_iter().flat_map(|it| &it.why).find_map(|why| match why {
            Why::Full { newcomers, .. } => newcomers.first().copied(),
            _ => None,
        });
        match next {
            Some(next) if next != candidate && !chain.contains(&next) => {
                chain.push(next);
                here = next;
            }
            _ => return chain,
        }
    }
}
