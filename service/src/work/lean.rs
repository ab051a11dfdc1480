//! What of a job goes to the child: minutes of travel in the place of coordinates, no names of people, no free text.

use std::sync::Arc;

use loket_instances::matching::wave_file::WaveFile;
use serde_json::Value;
use tokio::task::spawn_blocking;

use super::child::Job;
use super::task::ROADS;
use crate::refusal::machine;
use crate::store::ids::sha256;

/// The parts of a request by name.
pub(super) type Parts = Vec<(&'static str, Arc<[u8]>)>;

/// The parts of a job as the child gets them: of the wave what it needs to compute, and the table of minutes beside it. Outcomes name ids
/// only, and go as they are.
///
/// # Errors
/// What is wrong with the wave, as a child would tell it: what cannot be read is not sent.
pub(super) async fn sent(job: &Job) -> Result<Parts, Value> {
    let parts = job.parts.clone();
    // A table of a thousand people is large.
    let made = spawn_blocking(move || lean(parts)).await;
    made.unwrap_or_else(|_| Err(Value::Null))
}

fn lean(parts: Parts) -> Result<Parts, Value> {
    let mut all = Parts::new();
    for (name, bytes) in parts {
        if name != "lichting" {
            all.push((name, bytes));
            continue;
        }
        let mut file = WaveFile::read(&bytes).map_err(|refusal| machine(&refusal))?;
        let roads = file.lean();
        all.push((name, file.write().into()));
        all.push((ROADS, roads.write(&sha256(&bytes)).into()));
    }
    Ok(all)
}
