//! The border with good_lp: the only file of the second opinion that knows `f64`; every answer is checked in integers.

use std::time::Duration;

use good_lp::{Expression, ProblemVariables, ResolutionError, Solution, SolverModel, Variable};
use good_lp::{constraint, solvers::SolutionStatus, variable};

use crate::common::integer_program::{IntegerProgram, Side};

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

/// Which settings one attempt uses: first as HiGHS comes, then stricter, when the first answer does not stand.
const ATTEMPTS: &[(&str, f64)] = &[("choose", 1e-6), ("off", 1e-9)];

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

/// The best choice for `points` (one per column), proven and checked in integers, within `time` when it is given.
///
/// `known` is a choice from before; when it obeys the rows, an answer below its value or "infeasible" does not stand. HiGHS 1.15.0
/// has called such a program infeasible: five candidates, no points to be had, the choice of nobody obeying every row.
pub(super) fn maximise(program: &Program, points: &[i64], known: &[bool], time: Option<Duration>) -> Answer {
    if program.columns() == 0 {
        // HiGHS calls a program without columns an error; it has one answer, the empty choice.
        return match program.checked(points, &[]) {
            Some(value) => Answer::Best { chosen: Vec::new(), value },
            None => Answer::Infeasible,
        };
    }
    let known = program.checked(points, known);
    let mut trouble = String::new();
    for &(presolve, tolerance) in ATTEMPTS {
        match (attempt(program, points, time, presolve, tolerance), known) {
            (Answer::Failed(what), _) => trouble = what,
            (Answer::Infeasible, Some(_)) => {
                trouble = "called infeasible, yet an earlier plan obeys every row".into();
            }
            (Answer::Best { value, .. }, Some(known)) if value < known => {
                trouble = format!("{value} was called best, yet an earlier plan has {known}");
            }
            (answer, _) => return answer,
        }
    }
    Answer::Failed(trouble)
}

fn attempt(program: &Program, points: &[i64], time: Option<Duration>, presolve: &str, tolerance: f64) -> Answer {
    let mut problem = ProblemVariables::new();
    let columns: Vec<Variable> = program
        .whole
        .columns
        .iter()
        .map(|column| {
            let between = variable().min(number(column.low)).max(number(column.high));
            problem.add(if column.whole { between.integer() } else { between })
        })
        .collect();
    // Divided by their greatest common divisor, points stay integers and a difference of 1 stays the smallest there is.
    let scale = divisor(points.iter().copied());
    let objective =
        sum(&columns, points.iter().enumerate().filter(|(_, points)| **points != 0).map(|(column, points)| (column, points / scale)));
    let mut model = problem
        .maximise(objective)
        .using(good_lp::highs)
        .set_option("presolve", presolve)
        .set_option("mip_rel_gap", 0.0)
        .set_option("mip_abs_gap", 0.5)
        .set_option("mip_feasibility_tolerance", tolerance)
        .set_option("threads", 1);
    if let Some(time) = time {
        model = model.set_time_limit(time.as_secs_f64());
    }
    for row in &program.whole.rows {
        let scale = divisor(row.entries.iter().map(|&(_, weight)| weight));
        let left = sum(&columns, row.entries.iter().map(|&(column, weight)| (column, weight / scale)));
        // Rounding inwards is exact: the left side is a multiple of the divisor.
        model.add_constraint(match row.side {
            Side::AtMost(most) => constraint::leq(left, number(most.div_euclid(scale))),
            Side::AtLeast(least) => constraint::geq(left, number(-(-least).div_euclid(scale))),
            // No multiple of the divisor is anything else.
            Side::Exactly(it) if it.rem_euclid(scale) != 0 => return Answer::Infeasible,
            Side::Exactly(it) => constraint::eq(left, number(it / scale)),
        });
    }
    let solution = match model.solve() {
        Ok(solution) => solution,
        Err(ResolutionError::Infeasible) => return Answer::Infeasible,
        // good_lp has no word for "the time was up and there is no plan yet" but this one.
        Err(ResolutionError::Other("NoSolutionFound")) if time.is_some() => {
            return Answer::OutOfTime;
        }
        Err(error) => return Answer::Failed(error.to_string()),
    };
    // A gap that is left is below 1, and points are integers: `GapLimit` is a proof here.
    if matches!(solution.status(), SolutionStatus::TimeLimit) {
        return Answer::OutOfTime;
    }
    let chosen: Vec<bool> = columns[..program.choices].iter().map(|&column| solution.value(column) > 0.5).collect();
    match program.checked(points, &chosen) {
        Some(value) => Answer::Best { chosen, value },
        None => Answer::Failed("the rounded answer breaks a row".into()),
    }
}

fn sum(columns: &[Variable], entries: impl Iterator<Item = (usize, i64)>) -> Expression {
    let mut sum = Expression::with_capacity(entries.size_hint().0);
    for (column, weight) in entries {
        sum.add_mul(number(weight), columns[column]);
    }
    sum
}

/// Points and limits are far below 2^53 after division, where every integer is a float; the check in integers guards the rest.
fn number(integer: i64) -> f64 {
    integer as f64
}

/// Greatest common divisor, 1 when all are 0.
fn divisor(numbers: impl Iterator<Item = i64>) -> i64 {
    let gcd = numbers.fold(0_u64, |a, b| {
        let (mut a, mut b) = (a, b.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    });
    i64::try_from(gcd.max(1)).unwrap_or(1)
}
