//! Multi-year plans as they are kept: the plan, the versions of its file, and its runs.

use loket_solver::common::words::Verdict;

use super::job::Job;

/// A multi-year plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planning {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its first month, "2026-09".
    pub from: String,
    /// How many school years it has.
    pub years: i64,
    /// Hash of the newest version of its file.
    pub input: String,
    /// Number of that version; grows with every change.
    pub version: i64,
    /// UTC milliseconds.
    pub created: i64,
}

/// A version of a plan's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanningVersion {
    /// From 1 within its plan.
    pub number: i64,
    /// Hash of the file.
    pub input: String,
    /// Why it was made.
    pub note: String,
    /// UTC milliseconds.
    pub at: i64,
    /// Who made it.
    pub by: String,
}

/// A run of a multi-year plan.
#[derive(Clone, Debug)]
pub struct PlanningRun {
    /// The work itself.
    pub job: Job,
    /// Its plan.
    pub planning: String,
    /// From 1 within its plan.
    pub number: i64,
    /// Hash of the file that was solved.
    pub input: String,
    /// The version it was made from.
    pub version: i64,
    /// Version of the program.
    pub program: String,
    /// Whether there is a newer version.
    pub outdated: bool,
}

impl PlanningRun {
    /// Whether decisions still to be taken were left to the computer.
    pub fn free(&self) -> bool {
        self.job.question.free()
    }

    /// Whether it ended with a plan.
    pub fn planned(&self) -> bool {
        self.job.state.ended() && self.job.status.is_some_and(Verdict::has_plan)
    }
}

/// What is asked of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlanningWish {
    /// Seconds; as many as the service allows when nobody says.
    pub seconds: Option<i64>,
    /// Whether decisions still to be taken are left to the computer.
    pub free: bool,
    /// Whether every scenario of the file is solved too.
    pub scenarios: bool,
    /// Whether it is told what one more or one less of everything changes.
    pub sensitivity: bool,
}
