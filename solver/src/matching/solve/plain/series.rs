//! The programs of the second opinion one after the other, for whoever solves them elsewhere: what is sought, and the floor rows of what came before.

use super::formulation::{self, ColumnName, Formulation, RowName};
use crate::common::integer_program::IntegerProgram;
use crate::matching::facts::wave::Wave;

/// What one program of the series seeks; each is maximised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// Nothing: whether there is a plan at all.
    Plan,
    /// The most candidates who keep what they can keep; the rest of [`Series::keepers`] changes.
    Kept,
    /// A goal, by its position in the policy.
    Goal(usize),
}

/// How many choice columns the programs of a wave have, without making them.
pub fn count(wave: &Wave) -> usize {
    formulation::count(wave)
}

/// The program that [`super::solve_plain`] solves, with the rows that its earlier steps leave.
#[derive(Clone, Debug)]
pub struct Series<'w> {
    wave: &'w Wave,
    formulation: Formulation,
}

impl<'w> Series<'w> {
    /// Columns and rows of the wave, before anything is sought.
    pub fn new(wave: &'w Wave) -> Self {
        Self { wave, formulation: Formulation::new(wave) }
    }

    /// What has to be sought, in order: with a limit on changes first the most kept, then every goal.
    pub fn aims(&self) -> Vec<Aim> {
        let kept = self.wave.policy.max_changes.map(|_| Aim::Kept);
        kept.into_iter().chain((0..self.wave.policy.goals.len()).map(Aim::Goal)).collect()
    }

    /// Columns and rows as they are now.
    pub fn program(&self) -> &IntegerProgram {
        self.formulation.whole()
    }

    /// What each column stands for.
    pub fn column_names(&self) -> impl Iterator<Item = ColumnName> {
        self.formulation.column_names()
    }

    /// What each row says.
    pub fn row_names(&self) -> &[RowName] {
        &self.formulation.rows
    }

    /// Candidates with something of an earlier plan to keep.
    pub fn keepers(&self) -> u32 {
        self.formulation.keepers()
    }

    /// What each column counts for.
    pub fn points(&self, aim: Aim) -> Vec<i64> {
        match aim {
            Aim::Plan => self.formulation.no_points(),
            Aim::Kept => self.formulation.kept_points(),
            Aim::Goal(number) => self.formulation.goal_points(self.wave, &self.wave.policy.goals[number]),
        }
    }

    /// From now on what was sought is at least `floor`; the points are those of [`Series::points`].
    pub fn keep_at_least(&mut self, aim: Aim, points: &[i64], floor: i64) {
        match aim {
            Aim::Plan => {}
            Aim::Kept => self.formulation.keep_at_least(RowName::Kept, points, floor),
            Aim::Goal(number) => self.formulation.keep_at_least(RowName::Goal(number), points, floor),
        }
    }
}
