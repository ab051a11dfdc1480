//! A whole-number program as anybody can read it, solved through good_lp and HiGHS: what comes back is proven best, and checked in integers.
//!
//! The border with good_lp: nothing else of it is known elsewhere.

use std::panic::resume_unwind;
use std::sync::mpsc::channel;
use std::thread::Builder;
use std::time::Duration;

use good_lp::{Expression, ProblemVariables, ResolutionError, Solution, SolverModel, Variable};
use good_lp::{constraint, solvers::SolutionStatus, variable};

use crate::common::control::Control;
use crate::common::integer_program::{IntegerProgram, Side};
use crate::engine::NO_PARALLELS;
use crate::engine::apart::{Bell, Heard, Waiting, stall};

/// What came of one program.
pub(crate) enum Answer {
    /// Proven best, checked in integers.
    Best {
        /// Every column's value, as the check gave it back.
        values: Vec<i64>,
        /// Σ points, in integers.
        value: i64,
    },
    /// No values obey the rows.
    Infeasible,
    /// Stopped, or the time was up, before the proof.
    OutOfTime,
    /// No answer that stands; says why.
    Failed(String),
}

/// Checks rounded values in integers: gives what they stand for with its value, or nothing when they break a row.
pub(crate) type Checked<'a> = dyn Fn(&[i64]) -> Option<(Vec<i64>, i64)> + 'a;

/// Which settings one attempt uses: first as HiGHS comes, then stricter, when the first answer does not stand.
const ATTEMPTS: &[(&str, f64)] = &[("choose", 1e-6), ("off", 1e-9)];

/// The best values for `points` (one per column), proven and checked in integers, within the caller's time.
///
/// `known` is the value of something from before that obeys the rows: an answer below it or "infeasible" does not stand. HiGHS 1.15.0
/// has called such a program infeasible: five people, no points to be had, nobody chosen obeying every row.
pub(crate) fn maximise(
    program: &IntegerProgram,
    points: &[i64],
    known: Option<i64>,
    checked: &Checked<'_>,
    control: &dyn Control,
) -> Answer {
    if program.columns.is_empty() {
        // HiGHS calls a program without columns an error; it has one answer, the empty one.
        return match checked(&[]) {
            Some((values, value)) => Answer::Best { values, value },
            None => Answer::Infeasible,
        };
    }
    let mut trouble = String::new();
    for &settings in ATTEMPTS {
        let answer = match attempt(program, points, settings, control) {
            // A column is far below 2^53, so rounding it to a whole number was exact.
            Read::Best(values) => match checked(&values) {
                Some((values, value)) => Answer::Best { values, value },
                None => Answer::Failed("the rounded answer breaks a row".into()),
            },
            Read::Infeasible => Answer::Infeasible,
            Read::OutOfTime => Answer::OutOfTime,
            Read::Failed(what) => Answer::Failed(what),
        };
        match (answer, known) {
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

/// What an attempt gives: values rounded and not yet checked.
enum Read {
    Best(Vec<i64>),
    Infeasible,
    OutOfTime,
    Failed(String),
}

/// What one attempt uses.
type Settings = (&'static str, f64);

/// One attempt, on a thread of its own where it is large: good_lp hears nothing while it is at work.
fn attempt(program: &IntegerProgram, points: &[i64], settings: Settings, control: &dyn Control) -> Read {
    if control.over() {
        return Read::OutOfTime;
    }
    let (runs, time) = (control.runs(), control.left());
    if program.columns.len() < runs.apart {
        return read(program, points, time, settings);
    }
    let (say, said) = channel();
    let (its_program, its_points) = (program.clone(), points.to_vec());
    let work = move || {
        if runs.stall {
            stall();
        }
        let _ = say.send(read(&its_program, &its_points, time, settings));
    };
    let Ok(thread) = Builder::new().name("engine".into()).spawn(work) else { return read(program, points, time, settings) };
    let answer = Waiting::new(control, &Bell::default()).next(&said);
    if let Heard::Silent = answer {
        // Left to itself.
        return Read::OutOfTime;
    }
    match (thread.join(), answer) {
        (Ok(()), Heard::Said(read)) => read,
        (Ok(()), _) => Read::Failed("the engine's thread ended without an answer".into()),
        (Err(panic), _) => resume_unwind(panic),
    }
}

fn read(program: &IntegerProgram, points: &[i64], time: Option<Duration>, (presolve, tolerance): Settings) -> Read {
    let mut problem = ProblemVariables::new();
    let columns: Vec<Variable> = program
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
        .set_option("presolve_rule_off", NO_PARALLELS)
        .set_option("threads", 1);
    if let Some(time) = time {
        model = model.set_time_limit(time.as_secs_f64());
    }
    for row in &program.rows {
        let scale = divisor(row.entries.iter().map(|&(_, weight)| weight));
        let left = sum(&columns, row.entries.iter().map(|&(column, weight)| (column, weight / scale)));
        // Rounding inwards is exact: the left side is a multiple of the divisor.
        model.add_constraint(match row.side {
            Side::AtMost(most) => constraint::leq(left, number(most.div_euclid(scale))),
            Side::AtLeast(least) => constraint::geq(left, number(-(-least).div_euclid(scale))),
            // No multiple of the divisor is anything else.
            Side::Exactly(it) if it.rem_euclid(scale) != 0 => return Read::Infeasible,
            Side::Exactly(it) => constraint::eq(left, number(it / scale)),
        });
    }
    let solution = match model.solve() {
        Ok(solution) => solution,
        Err(ResolutionError::Infeasible) => return Read::Infeasible,
        // good_lp has no word for "the time was up and there is no plan yet" but this one.
        Err(ResolutionError::Other("NoSolutionFound")) if time.is_some() => {
            return Read::OutOfTime;
        }
        Err(error) => return Read::Failed(error.to_string()),
    };
    // A gap that is left is below 1, and points are integers: `GapLimit` is a proof here.
    if matches!(solution.status(), SolutionStatus::TimeLimit) {
        return Read::OutOfTime;
    }
    Read::Best(columns.iter().map(|&column| solution.value(column).round() as i64).collect())
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
