//! Makes the file of a rerun after somebody or something dropped out or came: the wave as it stands now, with its decisions, without it.

use std::collections::BTreeMap;

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::rerun::{Edited, Request};
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::strict::problem::Refusal;

use super::decision::Decision;
use super::prepare::{Changes, next_file};

/// The file of a rerun.
#[derive(Clone, Debug, PartialEq)]
pub struct Rerun {
    /// Its bytes.
    pub file: Vec<u8>,
    /// The wave's own file once this is accepted: the same with the wave's own policy, which knows no rerun.
    pub own: Vec<u8>,
    /// What was taken out besides what was asked for, in Dutch sentences.
    pub remarks: Vec<String>,
}

/// The file of a rerun of one wave: its own file, its plan and its decisions with `request` written in. `None` when the request is about
/// nothing in this wave.
///
/// # Errors
/// What does not fit, by the format's own reader.
pub fn rerun(own: &[u8], outcome: &[u8], decisions: &BTreeMap<String, Decision>, request: &Request) -> Result<Option<Rerun>, Refusal> {
    let own_file = WaveFile::read(own)?;
    let asked = request.about(&own_file.build(own)?);
    if asked.changes_nothing() {
        return Ok(None);
    }
    let outcome = read_outcome(outcome)?;
    let (policy, locks) = (own_file.policy.clone(), own_file.locks.clone());
    let next = next_file(own_file, Some(&outcome), decisions, Changes::AsWave);
    let Edited { wave, remarks } = next.rerun(&next.build(&next.write())?, &outcome, &asked)?;
    let mut own_after = WaveFile { policy, ..wave.clone() };
    if asked.keep_rest {
        // Locks on the old placements were for this rerun only.
        own_after.locks = locks;
    }
    let own = own_after.write();
    own_after.build(&own)?;
    let file = wave.write();
    // What is asked for must itself be a file that can be solved.
    wave.build(&file)?;
    Ok(Some(Rerun { file, own, remarks }))
}
