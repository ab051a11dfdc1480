//! Whether questions are answered and changes taken, by part: for whoever asks whether the service is ready.

use std::time::Duration;

use super::engine::{Lately, Scrubbed, values};
use super::{Error, Result, Store};

/// How long an answer about this may take: who asks must hear something also when the database hangs.
const PATIENCE: Duration = Duration::from_millis(800);
/// Bytes that a change of ours tries to write: as little as shows that it can, and a whole row of somebody's once that was refused.
const LITTLE: usize = 16;
const MUCH: usize = 64 * 1024;

/// What of the store works now.
#[derive(Debug)]
pub struct Condition {
    /// Whether questions are answered.
    pub reads: Result<()>,
    /// Whether changes are taken and kept.
    pub writes: Result<()>,
    /// Whether everything that was erased is overwritten by now.
    pub scrubbed: Scrubbed,
}

/// An answer that does not come in time is that it is busy.
async fn soon<T>(asked: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(PATIENCE, asked).await.unwrap_or(Err(Error::Busy))
}

impl Store {
    /// What of the store works now, within a second.
    pub async fn condition(&self) -> Condition {
        let (reads, writes) = tokio::join!(soon(self.engine.reads()), soon(self.takes_changes()));
        // Others had their turn meanwhile, which shows it as well.
        let writes = if matches!(writes, Err(Error::Busy)) && self.engine.lately() == Lately::Wrote { Ok(()) } else { writes };
        Condition { reads, writes, scrubbed: self.engine.scrubbed() }
    }

    /// Whether a change is taken: known when one was committed a moment ago, else tried.
    async fn takes_changes(&self) -> Result<()> {
        self.engine.sound().await?;
        let bytes = match self.engine.lately() {
            Lately::Wrote => return Ok(()),
            Lately::Unknown => LITTLE,
            Lately::Failed => MUCH,
        };
        self.try_change(bytes).await
    }

    /// Makes a change that means nothing, to see whether one is taken now.
    pub async fn proves_to_write(&self) -> Result<()> {
        self.try_change(LITTLE).await
    }

    async fn try_change(&self, bytes: usize) -> Result<()> {
        // Other bytes each time: what is the same is not written.
        let now = self.clock().now().to_le_bytes();
        let content: Vec<u8> = now.iter().copied().cycle().take(bytes).collect();
        let mut change = self.change().await?;
        change.run("UPDATE schrijfproef SET inhoud = $1", values![content.as_slice()]).await?;
        change.commit().await
    }
}
