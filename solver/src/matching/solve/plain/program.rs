//! The program of the second opinion: choices, and steps that follow from them; every answer is checked in integers.

use crate::common::control::Control;
use crate::common::integer_program::IntegerProgram;
use crate::engine::readable;

/// Columns and rows as anybody can read them, with what is needed to tell a whole choice from its choice columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    /// The choice columns, 0 or 1; after them the step columns, between 0 and 1. The rows hold those that tie steps to choices.
    pub whole: IntegerProgram,
    /// How many choice columns there are.
    pub choices: usize,
    /// Per stair, its first step column, its number of steps and the choice columns that climb it; steps are taken in order.
    pub stairs: Vec<Stair>,
}

/// Steps 0..1 with Σ steps = Σ choices; a concave value takes them in order by itself.
#[derive(Clone, Debug)]
pub(super) struct Stair {
    /// First step column.
    pub first: usize,
    /// How many steps.
    pub steps: usize,
    /// Choice columns that take a step.
    pub climbers: Vec<usize>,
}

/// What came of one program.
pub(super) enum Answer {
    /// Proven best, checked in integers.
    Best {
        /// Which choice columns are 1.
        chosen: Vec<bool>,
        /// Σ points, in integers.
        value: i64,
    },
    /// No choice obeys the rows.
    Infeasible,
    /// The time was up before the proof.
    OutOfTime,
    /// No answer that stands; says why.
    Failed(String),
}

impl Program {
    /// How many columns there are, choices and steps.
    pub fn columns(&self) -> usize {
        self.whole.columns.len()
    }

    /// Every column's value for these choices, with the steps taken in order; `None` when a stair is too short.
    fn filled(&self, chosen: &[bool]) -> Option<Vec<i64>> {
        let mut values: Vec<i64> = chosen.iter().map(|&chosen| i64::from(chosen)).collect();
        values.resize(self.columns(), 0);
        for stair in &self.stairs {
            let taken = stair.climbers.iter().filter(|&&c| chosen[c]).count();
            if taken > stair.steps {
                return None;
            }
            values[stair.first..stair.first + taken].fill(1);
        }
        Some(values)
    }

    /// The value of these choices when they obey every row, computed in integers.
    fn checked(&self, points: &[i64], chosen: &[bool]) -> Option<i64> {
        self.whole.checked(points, &self.filled(chosen)?)
    }
}

/// The best choice for `points` (one per column), proven and checked in integers, within the caller's time.
///
/// `known` is a choice from before; when it obeys the rows, an answer below its value or "infeasible" does not stand.
pub(super) fn maximise(program: &Program, points: &[i64], known: &[bool], control: &dyn Control) -> Answer {
    let known = program.checked(points, known);
    let checked = |values: &[i64]| {
        let chosen: Vec<bool> = values[..program.choices].iter().map(|&value| value > 0).collect();
        let value = program.checked(points, &chosen)?;
        Some((chosen.into_iter().map(i64::from).collect(), value))
    };
    match readable::maximise(&program.whole, points, known, &checked, control) {
        readable::Answer::Best { values, value } => Answer::Best { chosen: values.iter().map(|&value| value > 0).collect(), value },
        readable::Answer::Infeasible => Answer::Infeasible,
        readable::Answer::OutOfTime => Answer::OutOfTime,
        readable::Answer::Failed(what) => Answer::Failed(what),
    }
}
