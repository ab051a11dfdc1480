//! Runs: what was solved, on which decisions, and which plan counts; and questions about them.

use loket_solver::matching::facts::outcome::Verdict;

use super::job::{Job, Question};
use super::policy::Used;
use super::wave::Wave;

/// A run as it is kept. What was solved and what came of it never changes once it ended.
#[derive(Clone, Debug)]
pub struct Run {
    /// The work itself.
    pub job: Job,
    /// Its wave.
    pub wave: String,
    /// From 1 within its wave.
    pub number: i64,
    /// Hash of the file that was solved.
    pub input: String,
    /// Hash of the wave's own file it was made from.
    pub base: String,
    /// The wave's decisions it knew.
    pub decisions: i64,
    /// The run whose plan it started from.
    pub before: Option<String>,
    /// The batch it belongs to.
    pub batch: Option<String>,
    /// Version of the program.
    pub program: String,
    /// The policy that its wave had.
    pub policy: Option<Used>,
    /// Whether the wave's file changed since, or something was decided that its plan does not already do.
    pub outdated: bool,
}

impl Run {
    /// Whether it ended with a plan.
    pub fn planned(&self) -> bool {
        self.job.state.ended() && self.job.status.is_some_and(Verdict::has_plan)
    }
}

/// What the plan that counts does not know yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behind {
    /// Decisions that were made or taken back since, answers included.
    pub decisions: i64,
    /// Whether the wave's file is another one.
    pub file: bool,
}

/// A run to be put in line.
#[derive(Clone, Debug)]
pub struct NewRun<'a> {
    /// The wave as the caller read it.
    pub wave: &'a Wave,
    /// The file to solve.
    pub file: &'a [u8],
    /// Hash of the wave's own file that it is made from; of what that will be once accepted, for a batch.
    pub base: &'a str,
    /// The run whose plan it starts from.
    pub before: Option<&'a str>,
    /// The batch it belongs to.
    pub batch: Option<&'a str>,
    /// Limits and options for the child.
    pub question: &'a Question,
    /// Its id when it is new.
    pub id: &'a str,
}
