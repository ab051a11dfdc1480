//! One solve at work: the wave's model, the plans still in play, and what was found so far.

use crate::common::control::Control;
use crate::common::tables::Table;
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::outcome::{GoalResult, Outcome};
use crate::matching::facts::plan::{Plan, empty};
use crate::matching::facts::wave::Wave;
use crate::matching::solve::goal::Tally;
use crate::matching::solve::memory::Memory;
use crate::matching::solve::model::blocks::Face;
use crate::matching::solve::model::points::Objective;
use crate::matching::solve::model::{Model, formulate};
use crate::matching::solve::tuning::Tuning;

/// Who hears of a checked plan on the way.
pub(super) type Checked<'a> = dyn Fn(Outcome) + Sync + 'a;

/// One solve at work: the plans still in play and the best of them so far.
pub(crate) struct Run<'a> {
    pub(super) wave: &'a Wave,
    pub(super) control: &'a dyn Control,
    pub(super) model: Model,
    pub(super) face: Face,
    pub(super) memory: Option<&'a Memory>,
    pub(super) plan: Plan,
    /// Placements that were worth having for earlier goals, by position in the face.
    pub(super) pool: Vec<bool>,
    /// Rows beyond those plans need that had a price for the goal before.
    pub(super) tightening: Vec<bool>,
    pub(super) goals: Vec<GoalResult>,
    /// The plans in play after the first goal that was not proven. What is found for a goal after it may lie above the goal's best
    /// value, and a floor made of it may shut out the plans that count: only bounds over this face are bounds on that value.
    pub(super) unsure: Option<Face>,
    pub(super) least_changes: Option<u32>,
    /// Whether to end as close to the memory's plan as the goals allow, and how close that is: best and bound.
    pub(super) near: bool,
    pub(super) nearest: Option<(i64, i64)>,
    pub(super) tally: Tally,
    pub(super) tuning: Tuning,
    /// Hears every checked plan on the way.
    pub(super) checked: Option<&'a Checked<'a>>,
}

impl<'a> Run<'a> {
    /// `None` when there was no time to formulate the wave, or would be no room.
    pub(crate) fn new(wave: &'a Wave, control: &'a dyn Control) -> Option<Self> {
        Some(Self::on(wave, formulate(wave, control)?, control))
    }

    /// A run on a model of the wave that may leave rules out.
    pub(crate) fn on(wave: &'a Wave, model: Model, control: &'a dyn Control) -> Self {
        let face = Face {
            columns: model.columns.clone(),
            must: Table::filled(wave.candidates.len(), false),
            tight: vec![false; model.rows.len()],
            floors: Vec::new(),
            whole: false,
        };
        Self {
            wave,
            control,
            pool: vec![false; face.columns.len()],
            tightening: vec![false; model.rows.len()],
            memory: None,
            model,
            face,
            plan: empty(wave),
            goals: Vec::new(),
            unsure: None,
            least_changes: None,
            near: false,
            nearest: None,
            tally: Tally::default(),
            tuning: Tuning::default(),
            checked: None,
        }
    }

    /// Places everybody who is locked, if that can be; `None` when stopped before that was known.
    pub(crate) fn lock(&mut self, locked: &[CandidateId]) -> Option<bool> {
        let all = std::mem::take(&mut self.face.columns);
        self.face.columns = all.iter().filter(|column| locked.contains(&column.candidate)).copied().collect();
        self.pool = vec![false; self.face.columns.len()];
        let pursued = self.pursue(&Objective::Locked, None);
        self.face.columns = all;
        self.pool = vec![false; self.face.columns.len()];
        let wanted = locked.len() as i64;
        if pursued.best == wanted {
            locked.iter().for_each(|&candidate| self.face.must[candidate] = true);
            Some(true)
        } else if pursued.bound < wanted {
            Some(false)
        } else {
            None
        }
    }
}
