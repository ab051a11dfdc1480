//! A policy on trial: the wave is solved under the policy that it is compared with and under the new one, and told in counts.

use loket_instances::matching::row::policy_at;
use loket_instances::matching::rows::PolicyRow;
use loket_instances::matching::trial::{compose, pair, pair_with, tell};
use loket_instances::matching::wave_file::Roads;
use loket_instances::strict::fields::At;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::solve::Options;
use serde_json::Value;

use super::last;
use crate::work::task::{ROADS, Task};

/// The keys of the question.
pub(crate) const KEYS: &[&str] = &["nieuw", "oud"];

fn read(at: &At<'_>) -> Option<(PolicyRow, Option<PolicyRow>)> {
    let fields = at.object(KEYS)?;
    let old = fields.get("oud").map(policy_at);
    let new = fields.need("nieuw").and_then(policy_at)?;
    Some((new, old.map_or(Some(None), |it| it.map(Some))?))
}

/// Reads the question and answers it.
pub(crate) fn compute(task: Task<'_>) -> Result<Value, Refusal> {
    let (new, old) = task.question(read)?;
    let bytes = task.given.part("lichting").unwrap_or_default();
    let pair = match task.given.part(ROADS).and_then(Roads::read) {
        Some((roads, sha256)) => pair_with(bytes, (&roads, &sha256), old.as_ref(), &new)?,
        None => pair(bytes, old.as_ref(), &new)?,
    };
    let line = compose(&tell(pair, &Options::default(), &task.desk));
    let proven = line.before.proven && line.after.proven;
    Ok(last(serde_json::to_value(line).unwrap_or_default(), proven))
}
