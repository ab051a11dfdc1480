//! Counts of what the store holds, for the service's figures.

use super::{Result, Store};
use crate::records::job::LaneFigures;

/// What the store holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Per lane.
    pub lanes: Vec<LaneFigures>,
    /// Lines of the log.
    pub log_lines: i64,
    /// Bytes of the database.
    pub bytes: u64,
}

impl Store {
    /// Counts what the store holds.
    pub async fn figures(&self) -> Result<Figures> {
        let mut reading = self.read();
        let lanes = reading.lane_figures(self.clock().now()).await?;
        Ok(Figures { lanes, log_lines: reading.log_length().await?, bytes: self.engine.bytes().await? })
    }
}
