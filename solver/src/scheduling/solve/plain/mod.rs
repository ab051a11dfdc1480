//! The readable formulation: one column for each way, tour and membership, the goals in sequence, through good_lp and HiGHS. With its staff
//! enumerated it is the second opinion; with its staff in columns of their own it is smaller, and what answers.
//!
//! It shares with the judge only the roster and its plans, never a rule or a term. It is meant to be read beside docs/scheduling.md and is
//! not meant to be fast.

mod blocks;
mod points;
mod school_rows;
mod tours;

use std::collections::BTreeMap;

use crate::common::control::Control;
use crate::common::integer_program::Side;
use crate::engine::program::face;
use crate::engine::program::whole::{Begin, End};
use crate::engine::readable::{self, Answer};
use crate::scheduling::facts::codes::{RuleCode, TermCode};
use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::policy::Goal;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::breaches;
use crate::scheduling::solve::builder::{Builder, Entries};
use blocks::Blocks;
use tours::Tours;

pub use super::staffing::Form;

/// A lock: whose, and which of the unit's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lock {
    /// Whose.
    pub unit: UnitId,
    /// Its position among the unit's locks.
    pub at: usize,
}

/// What came of one objective.
pub(super) enum Found {
    /// Proven best; the plan has passed the judge.
    Best { value: i64, plan: Plan },
    /// No plan obeys the rows.
    Impossible,
    /// No proven answer: out of time, or HiGHS gave none that stands; values above `bound` are excluded, and a plan may have been found.
    Open { bound: i64, plan: Option<Plan> },
}

enum Written<'a> {
    Blocks(Blocks<'a>),
    Tours(Tours<'a>),
}

/// A roster of one part, written down.
pub(super) struct Model<'a> {
    roster: &'a Roster,
    written: Written<'a>,
    terms: BTreeMap<TermCode, Entries>,
    /// The rules that the rows leave out.
    without: Vec<RuleCode>,
    locked: bool,
    form: Form,
    /// Values of the columns in the last answer: where the next search begins.
    last: Vec<i64>,
}

impl<'a> Model<'a> {
    /// Columns and rows of one part with these locks, without these rules; `None` when it is too large to be written down this way.
    pub fn new(roster: &'a Roster, locks: &[Lock], without: &[RuleCode], form: Form) -> Option<Self> {
        let written = match roster.visits() {
            Some(visits) => {
                let coach = visits.placements.iter().map(|placement| placement.coach).next()?;
                Written::Tours(Tours::new(roster, visits, coach, locks, without)?)
            }
            None => Written::Blocks(Blocks::new(roster, locks, without, form)?),
        };
        let locked = roster.units.iter().map(|row| row.locks.len()).sum::<usize>() == locks.len();
        Some(Self { roster, written, terms: BTreeMap::new(), without: without.to_vec(), locked, form, last: Vec::new() })
    }

    fn builder(&self) -> &Builder {
        match &self.written {
            Written::Blocks(it) => &it.builder,
            Written::Tours(it) => &it.builder,
        }
    }

    fn builder_mut(&mut self) -> &mut Builder {
        match &mut self.written {
            Written::Blocks(it) => &mut it.builder,
            Written::Tours(it) => &mut it.builder,
        }
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.builder().program.columns.len()
    }

    fn term(&mut self, term: TermCode) -> Entries {
        if let Some(known) = self.terms.get(&term) {
            return known.clone();
        }
        let entries = match &mut self.written {
            Written::Blocks(it) => points::of(it, term),
            Written::Tours(it) => it.points(term),
        };
        self.terms.insert(term, entries.clone());
        entries
    }

    /// What the columns count for in a goal.
    pub fn goal(&mut self, goal: &Goal) -> Entries {
        let mut entries = Entries::new();
        for &(term, weight) in goal.weights.iter().filter(|(_, weight)| *weight > 0) {
            entries.extend(self.term(term).into_iter().map(|(column, points)| (column, weight * points)));
        }
        entries
    }

    /// What the columns count for in the number of these entries that are kept.
    pub fn kept(&mut self) -> Entries {
        match &mut self.written {
            Written::Blocks(it) => points::kept(it),
            Written::Tours(it) => it.kept(|_| 1),
        }
    }

    /// From now on Σ entries ≥ `floor`.
    pub fn keep_at_least(&mut self, entries: &[(usize, i64)], floor: i64) {
        self.builder_mut().row(entries.iter().copied(), Side::AtLeast(floor));
    }

    /// More than these entries can never come to.
    pub fn ceiling(&self, entries: &[(usize, i64)]) -> i64 {
        self.builder().ceiling(&self.builder().points(entries))
    }

    /// So many members need so many blocks: it follows from the other rows for whole numbers only, so it makes bounds sharper and forbids
    /// nothing.
    pub fn blocks_needed(&mut self, members: i64) {
        let most = match (self.roster.interviews(), self.roster.groups()) {
            (Some(interviews), _) => i64::from(interviews.most),
            (_, Some(groups)) => i64::from(groups.most),
            _ => match self.roster.courses() {
                // Of offers the largest; one without a limit can hold everybody.
                Some(courses) => {
                    let most: Option<Vec<u32>> = courses.offers.iter().map(|offer| offer.most).collect();
                    most.into_iter().flatten().max().map_or(0, i64::from)
                }
                None => return,
            },
        };
        if let Written::Blocks(it) = &mut self.written
            && most > 0
        {
            let runs: Entries = it.runs.iter().map(|&run| (run, 1)).collect();
            it.builder.row(runs, Side::AtLeast((members + most - 1).div_euclid(most)));
        }
    }

    /// The plan that values of columns stand for.
    fn plan(&self, values: &[i64]) -> Plan {
        match &self.written {
            Written::Blocks(it) => it.plan(values),
            Written::Tours(it) => it.plan(values),
        }
    }

    /// The best plan for these entries; `judged` gives its value by the judge, and `known` is that of a plan from before which obeys every row.
    pub fn maximise(
        &mut self,
        entries: &[(usize, i64)],
        judged: &dyn Fn(&Plan) -> i64,
        known: Option<i64>,
        control: &dyn Control,
        heard: &dyn Fn(u64, Option<i64>),
    ) -> Found {
        let points = self.builder().points(entries);
        if self.builder().stuck {
            return Found::Impossible;
        }
        let found = match self.form {
            Form::Enumerated => self.read(&points, judged, known, control),
            Form::Open => self.search(&points, judged, known, control, heard),
        };
        found.unwrap_or_else(|| Found::Open { bound: self.ceiling(entries), plan: None })
    }

    /// The plan of these values with what they are worth, when the judge passes it and says so too.
    fn checked(&self, points: &[i64], judged: &dyn Fn(&Plan) -> i64, values: &[i64]) -> Option<(Plan, i64)> {
        let value = self.builder().program.checked(points, values)?;
        let plan = self.plan(values);
        // The judge has the last word, on the rules that are asked and on the value.
        let wrong = |code: RuleCode| !self.without.contains(&code) && (self.locked || code != RuleCode::Vast);
        let obeys = !breaches(self.roster, &plan).iter().any(|breach| wrong(breach.rule));
        (obeys && judged(&plan) == value).then_some((plan, value))
    }

    /// Through good_lp, as a second opinion.
    fn read(&self, points: &[i64], judged: &dyn Fn(&Plan) -> i64, known: Option<i64>, control: &dyn Control) -> Option<Found> {
        let checked = |values: &[i64]| self.checked(points, judged, values).map(|(_, value)| (values.to_vec(), value));
        match readable::maximise(&self.builder().program, points, known, &checked, control) {
            Answer::Best { values, value } => Some(Found::Best { value, plan: self.plan(&values) }),
            Answer::Infeasible => Some(Found::Impossible),
            Answer::OutOfTime | Answer::Failed(_) => None,
        }
    }

    /// Straight through HiGHS, from the last answer, until it is stopped. An answer below `known`, or that there is none, does not stand.
    fn search(
        &mut self,
        points: &[i64],
        judged: &dyn Fn(&Plan) -> i64,
        known: Option<i64>,
        control: &dyn Control,
        heard: &dyn Fn(u64, Option<i64>),
    ) -> Option<Found> {
        let mut values = self.last.clone();
        values.resize(points.len(), 0);
        self.builder().count(&mut values);
        let program = &self.builder().program;
        // Nothing chosen is no good beginning.
        let begin = Some(values.as_slice()).filter(|values| values.iter().any(|&value| value > 0));
        let begin = begin.filter(|values| program.checked(points, values).is_some());
        for strict in [false, true] {
            let begin = Begin { values: begin, seed: self.roster.policy.seed, strict, ..Begin::default() };
            let reached = face::maximise(program, points, begin, control, heard);
            let best = reached.best.and_then(|(values, _)| Some((self.checked(points, judged, &values)?, values)));
            match (reached.end, best) {
                (End::Best, Some(((plan, value), values))) if known.is_none_or(|known| value >= known) => {
                    self.last = values;
                    return Some(Found::Best { value, plan });
                }
                (End::Infeasible, _) if known.is_none() => return Some(Found::Impossible),
                (End::Stopped, best) => {
                    let plan = best.map(|((plan, _), values)| {
                        self.last = values;
                        plan
                    });
                    let ceiling = self.builder().ceiling(points);
                    return Some(Found::Open { bound: reached.bound.map_or(ceiling, |bound| bound.min(ceiling)), plan });
                }
                _ => {}
            }
        }
        None
    }

    /// Whether some plan obeys the rows; `None` when that is not known.
    pub fn possible(&mut self, control: &dyn Control) -> Option<bool> {
        match self.maximise(&[], &|_| 0, None, control, &|_, _| {}) {
            Found::Best { .. } => Some(true),
            Found::Impossible => Some(false),
            Found::Open { .. } => None,
        }
    }
}
