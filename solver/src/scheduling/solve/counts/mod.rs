//! Interviews and peer groups by counts: a smaller formulation that every plan has an image in, worth as much. So nothing is worth more than its best, and
//! when a plan is found that is worth as much, that plan is best. What is never found this way is left to the full formulation.

mod dealing;
mod flows;
mod group_terms;
mod groups;
mod seating;
mod session_terms;
mod sessions;

use std::collections::BTreeMap;

use crate::common::control::Control;
use crate::common::integer_program::Side;
use crate::engine::program::face;
use crate::engine::program::whole::{Begin, End};
use crate::scheduling::facts::codes::TermCode;
use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::policy::Goal;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::solve::builder::{Builder, Entries};
use groups::Groups;
use sessions::Sessions;

/// What the counts say of one objective.
#[derive(Default)]
pub(super) struct Told {
    /// No plan is worth more, when that much is known.
    pub bound: Option<i64>,
    /// A plan made of the best counts; for the judge to look at.
    pub plan: Option<Plan>,
    /// The counts cannot be believed: a plan that obeys every rule is none of theirs.
    pub doubtful: bool,
}

enum Written<'a> {
    Sessions(Sessions<'a>),
    Groups(Groups<'a>),
}

/// A roster written down by counts.
pub(super) struct Counts<'a> {
    written: Written<'a>,
    seed: u64,
    terms: BTreeMap<TermCode, Entries>,
}

impl<'a> Counts<'a> {
    /// Of a roster with all its locks; `None` when its kind is not counted.
    pub fn new(roster: &'a Roster) -> Option<Self> {
        let written = match (roster.interviews(), roster.groups()) {
            (Some(interviews), _) => Written::Sessions(Sessions::new(roster, interviews)),
            (_, Some(groups)) => Written::Groups(Groups::new(roster, groups)),
            _ => return None,
        };
        Some(Self { written, seed: roster.policy.seed, terms: BTreeMap::new() })
    }

    fn builder(&self) -> &Builder {
        match &self.written {
            Written::Sessions(it) => &it.builder,
            Written::Groups(it) => &it.builder,
        }
    }

    fn builder_mut(&mut self) -> &mut Builder {
        match &mut self.written {
            Written::Sessions(it) => &mut it.builder,
            Written::Groups(it) => &mut it.builder,
        }
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.builder().program.columns.len()
    }

    fn term(&mut self, term: TermCode) -> Option<Entries> {
        if let Some(known) = self.terms.get(&term) {
            return Some(known.clone());
        }
        let entries = match &mut self.written {
            Written::Sessions(it) => session_terms::of(it, term),
            Written::Groups(it) => group_terms::of(it, term),
        }?;
        self.terms.insert(term, entries.clone());
        Some(entries)
    }

    /// What the columns count for in a goal; `None` when it has a term that is not counted.
    pub fn goal(&mut self, goal: &Goal) -> Option<Entries> {
        let mut entries = Entries::new();
        for &(term, weight) in goal.weights.iter().filter(|(_, weight)| *weight > 0) {
            entries.extend(self.term(term)?.into_iter().map(|(column, points)| (column, weight * points)));
        }
        Some(entries)
    }

    /// What the columns count for in the number of previous entries that are kept.
    pub fn kept(&mut self) -> Option<Entries> {
        self.term(TermCode::Ongewijzigd)
    }

    /// More than these entries can never come to.
    pub fn ceiling(&self, entries: &[(usize, i64)]) -> i64 {
        self.builder().ceiling(&self.builder().points(entries))
    }

    /// From now on Σ entries ≥ `floor`.
    pub fn keep_at_least(&mut self, entries: &[(usize, i64)], floor: i64) {
        self.builder_mut().row(entries.iter().copied(), Side::AtLeast(floor));
    }

    /// So many members need so many blocks: it follows for whole numbers only, so it makes bounds sharper and forbids nothing.
    pub fn blocks_needed(&mut self, members: i64) {
        let (most, blocks): (u32, Entries) = match &self.written {
            Written::Sessions(it) => (it.interviews.most, it.slots.iter().map(|slot| (slot.sessions, 1)).collect()),
            Written::Groups(it) => (it.groups.most, it.spots.iter().map(|spot| (spot.groups, 1)).collect()),
        };
        let most = i64::from(most.max(1));
        if members > 0 {
            self.builder_mut().row(blocks, Side::AtLeast((members + most - 1).div_euclid(most)));
        }
    }

    /// The columns that say which unit comes where.
    fn members(&self) -> Vec<usize> {
        match &self.written {
            Written::Sessions(it) => it.slots.iter().flat_map(|slot| slot.members.iter().map(|&(_, column)| column)).collect(),
            Written::Groups(it) => it.spots.iter().flat_map(|spot| spot.members.iter().map(|&(_, column)| column)).collect(),
        }
    }

    /// What every column is in a plan, when it has an image.
    fn image(&self, plan: &Plan) -> Option<Vec<i64>> {
        match &self.written {
            Written::Sessions(it) => it.image(plan),
            Written::Groups(it) => it.image(plan),
        }
    }

    /// A plan of these counts, when one is found.
    fn plan(&self, values: &[i64]) -> Option<Plan> {
        match &self.written {
            Written::Sessions(it) => seating::plan(it, values),
            Written::Groups(it) => dealing::plan(it, values, &|term| self.terms.contains_key(&term)),
        }
    }

    /// What is known of the best plan for these entries, from a plan that obeys every row and its value, when there is one.
    pub fn best(
        &self,
        entries: &[(usize, i64)],
        known: Option<(&Plan, i64)>,
        control: &dyn Control,
        heard: &dyn Fn(u64, Option<i64>),
    ) -> Told {
        let builder = self.builder();
        let points = builder.points(entries);
        let image = known.map(|(plan, value)| (self.image(plan).unwrap_or_default(), value));
        let doubtful = Told { doubtful: true, ..Told::default() };
        if image.as_ref().is_some_and(|(image, value)| builder.program.checked(&points, image) != Some(*value)) {
            return doubtful;
        }
        let values = image.as_ref().map(|(image, _)| image.as_slice());
        // What a goal does not count can stay as it is while a better plan is looked for first.
        let members = self.members();
        let hold = if members.iter().any(|&column| points[column] != 0) { Vec::new() } else { members };
        for strict in [false, true] {
            let begin = Begin { values, hold: &hold, seed: self.seed, nodes: None, strict };
            let reached = face::maximise(&builder.program, &points, begin, control, heard);
            match (reached.end, reached.best, known) {
                (End::Best | End::Stopped, best, _) => {
                    let better = best.filter(|(_, value)| known.is_none_or(|(_, known)| *value >= known));
                    let found = better.as_ref().and_then(|(values, _)| self.plan(values));
                    if reached.end == End::Stopped || better.is_some() {
                        return Told { bound: reached.bound, plan: found, doubtful: false };
                    }
                }
                // Whether there is really no plan, the full formulation says.
                (End::Infeasible, _, None) => return Told::default(),
                (End::Infeasible | End::Failed, ..) => {}
            }
        }
        Told::default()
    }
}
