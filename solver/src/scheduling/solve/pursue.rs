//! One objective after another on what the ones before it left: first by counts, and where those do not end in a plan that is worth as much, by
//! the full formulation. The judge has the last word on every plan.

use crate::common::control::{Control, Progress};
use crate::scheduling::facts::codes::TermCode;
use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::policy::Goal;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::{Judge, breaches, value};

use super::builder::Entries;
use super::counts::Counts;
use super::part::locks;
use super::plain::{Form, Found, Model};

/// What is to be made as large as can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Objective {
    /// How many entries of the previous plan are kept.
    Kept,
    /// A goal of the policy, by position.
    Goal(usize),
    /// Nothing: any plan will do.
    Any,
}

/// What came of an objective.
pub(super) enum Pursued {
    /// Proven; the known plan is worth this.
    Best(i64),
    /// No plan obeys every rule.
    Impossible,
    /// Not proven: the known plan is worth `best`, when there is one, and no plan more than `bound`.
    Open { best: Option<i64>, bound: i64 },
}

/// A part of a roster at work.
pub(super) struct Run<'a> {
    pub roster: &'a Roster,
    pub control: &'a dyn Control,
    judge: Judge<'a>,
    form: Form,
    counts: Option<Counts<'a>>,
    /// The full formulation, once it is needed; `Some(None)` when it is too large.
    full: Option<Option<Model<'a>>>,
    /// What later objectives must keep.
    floors: Vec<(Objective, i64)>,
    /// The best plan so far: it obeys every rule and every floor.
    pub known: Option<Plan>,
    /// Most columns so far.
    pub columns: usize,
    /// Programs so far.
    pub programs: u64,
}

impl<'a> Run<'a> {
    /// At the beginning: the empty plan obeys every rule of a roster without locks.
    pub fn new(roster: &'a Roster, form: Form, control: &'a dyn Control) -> Self {
        Self::from(roster, form, control, None)
    }

    /// From a plan that obeys every rule, or else the empty one where that does.
    pub fn from(roster: &'a Roster, form: Form, control: &'a dyn Control, plan: Option<Plan>) -> Self {
        let obeys = |plan: &Plan| breaches(roster, plan).is_empty();
        let known = plan.filter(obeys).or_else(|| Some(Plan::default()).filter(obeys));
        let counts = Counts::new(roster).filter(|_| form == Form::Open);
        let judge = Judge::new(roster);
        Self { roster, control, judge, form, counts, full: None, floors: Vec::new(), known, columns: 0, programs: 0 }
    }

    /// How many entries can be kept.
    pub fn keepable(&self) -> i64 {
        self.judge.keepable().entries().len() as i64
    }

    fn worth(&self, objective: Objective, plan: &Plan) -> i64 {
        match (objective, self.policy(objective)) {
            (Objective::Kept, _) => self.keepable() - self.judge.changes(plan).changed.len() as i64,
            (_, Some(goal)) => value(self.roster, goal, plan),
            _ => 0,
        }
    }

    fn policy(&self, objective: Objective) -> Option<&'a Goal> {
        match objective {
            Objective::Goal(at) => self.roster.policy.goals.get(at),
            Objective::Kept | Objective::Any => None,
        }
    }

    /// Whether a plan obeys every rule and every floor.
    fn stands(&self, plan: &Plan) -> bool {
        breaches(self.roster, plan).is_empty() && self.floors.iter().all(|&(objective, floor)| self.worth(objective, plan) >= floor)
    }

    /// The known plan's value.
    fn value(&self, objective: Objective) -> Option<i64> {
        self.known.as_ref().map(|plan| self.worth(objective, plan))
    }

    /// A plan that stands is the known one when it is worth more.
    fn take(&mut self, objective: Objective, plan: Option<Plan>) {
        let better = |plan: &Plan| self.value(objective).is_none_or(|known| self.worth(objective, plan) > known);
        if let Some(plan) = plan.filter(|plan| self.stands(plan) && better(plan)) {
            self.known = Some(plan);
        }
    }

    /// The best plan for an objective, or what is known of it.
    pub fn pursue(&mut self, objective: Objective) -> Pursued {
        if objective == Objective::Kept && self.value(objective) == Some(self.keepable()) {
            // More than everything cannot be kept.
            return Pursued::Best(self.keepable());
        }
        let mut bound = self.by_counts(objective);
        match (self.value(objective), bound) {
            (Some(value), Some(most)) if value == most => return Pursued::Best(value),
            // Worth more than can be: the counts are wrong.
            (Some(value), Some(most)) if value > most => {
                self.counts = None;
                bound = None;
            }
            _ => {}
        }
        self.in_full(objective, bound)
    }

    fn by_counts(&mut self, objective: Objective) -> Option<i64> {
        let mut counts = self.counts.take()?;
        let entries = match (objective, self.policy(objective)) {
            (Objective::Kept, _) => counts.kept(),
            (_, Some(goal)) => counts.goal(goal),
            _ => Some(Entries::new()),
        };
        // Without what it does not know, it would let later goals do as they like: it is put aside for good.
        let entries = entries?;
        self.columns = self.columns.max(counts.columns());
        if self.control.over() {
            self.counts = Some(counts);
            return None;
        }
        self.programs += 1;
        let known = self.known.as_ref().map(|plan| (plan, self.worth(objective, plan)));
        let told = counts.best(&entries, known, self.control, &|nodes, bound| self.tell(objective, nodes, bound));
        if told.doubtful {
            return None;
        }
        self.counts = Some(counts);
        self.take(objective, told.plan);
        told.bound
    }

    fn in_full(&mut self, objective: Objective, most: Option<i64>) -> Pursued {
        let full = if self.control.over() { None } else { self.full() };
        let Some(mut model) = full else { return self.open(objective, most) };
        let entries = entries(&mut model, objective, self.policy(objective));
        self.columns = self.columns.max(model.columns());
        self.programs += 1;
        let known = self.value(objective);
        let judged = |plan: &Plan| self.worth(objective, plan);
        let found = model.maximise(&entries, &judged, known, self.control, &|nodes, bound| self.tell(objective, nodes, bound));
        let ceiling = model.ceiling(&entries);
        self.full = Some(Some(model));
        match found {
            Found::Best { value, plan } => {
                if most.is_some_and(|most| value > most) {
                    self.counts = None;
                }
                self.known = Some(plan);
                Pursued::Best(value)
            }
            Found::Impossible if known.is_none() => Pursued::Impossible,
            Found::Impossible => self.open(objective, Some(most.unwrap_or(ceiling))),
            Found::Open { bound, plan } => {
                self.take(objective, plan);
                self.open(objective, Some(most.map_or(bound, |most| most.min(bound))))
            }
        }
    }

    /// What is known when there is no proof.
    fn open(&mut self, objective: Objective, bound: Option<i64>) -> Pursued {
        let best = self.value(objective);
        match bound.or_else(|| self.ceiling(objective)) {
            Some(bound) => Pursued::Open { best, bound },
            // Nothing is written down, so nothing is known.
            None => Pursued::Open { best: None, bound: 0 },
        }
    }

    /// More than this no plan can come to, by what its columns can be at most.
    pub fn ceiling(&mut self, objective: Objective) -> Option<i64> {
        let goal = self.policy(objective);
        if let Some(counts) = &mut self.counts {
            return goal.and_then(|goal| counts.goal(goal)).map(|entries| counts.ceiling(&entries));
        }
        let mut model = self.full()?;
        let entries = entries(&mut model, objective, goal);
        let ceiling = model.ceiling(&entries);
        self.columns = self.columns.max(model.columns());
        self.full = Some(Some(model));
        Some(ceiling)
    }

    /// The full formulation with every floor so far; `None` when it is too large to be written down.
    fn full(&mut self) -> Option<Model<'a>> {
        let held = self.full.take();
        let made = held.unwrap_or_else(|| {
            let mut model = Model::new(self.roster, &locks(self.roster), &[], self.form)?;
            for &(objective, floor) in &self.floors {
                floor_in(&mut model, objective, self.policy(objective), floor);
            }
            Some(model)
        });
        if made.is_none() {
            self.full = Some(None);
        }
        made
    }

    /// From now on every plan must keep this much of an objective.
    pub fn keep(&mut self, objective: Objective, floor: i64) {
        self.floors.push((objective, floor));
        let goal = self.policy(objective);
        if let Some(Some(model)) = &mut self.full {
            floor_in(model, objective, goal, floor);
        }
        if let Some(counts) = &mut self.counts {
            let entries = match goal {
                Some(goal) => counts.goal(goal),
                None => counts.kept(),
            };
            counts.keep_at_least(&entries.unwrap_or_default(), floor);
            if let Some(members) = goal.and_then(|goal| members_in(goal, floor)) {
                counts.blocks_needed(members);
            }
        }
    }

    fn tell(&self, objective: Objective, nodes: u64, bound: Option<i64>) {
        if let (Objective::Goal(at), Some(goal)) = (objective, self.policy(objective)) {
            let (value, columns) = (self.value(objective), self.columns as u64);
            self.control.progress(&Progress { goal: at, name: &goal.name, value, bound, columns, nodes, finished: false });
        }
    }
}

fn entries(model: &mut Model<'_>, objective: Objective, goal: Option<&Goal>) -> Entries {
    match (objective, goal) {
        (Objective::Kept, _) => model.kept(),
        (_, Some(goal)) => model.goal(goal),
        _ => Entries::new(),
    }
}

fn floor_in(model: &mut Model<'_>, objective: Objective, goal: Option<&Goal>, floor: i64) {
    let entries = entries(model, objective, goal);
    model.keep_at_least(&entries, floor);
    if let Some(members) = goal.and_then(|goal| members_in(goal, floor)) {
        model.blocks_needed(members);
    }
}

/// The members that a goal which counts planned units alone asks for, once it must keep `floor`.
fn members_in(goal: &Goal, floor: i64) -> Option<i64> {
    let [(TermCode::Gepland, weight)] = goal.weights[..] else { return None };
    (weight > 0 && floor > 0).then(|| (floor + weight - 1).div_euclid(weight))
}
