//! Reads the whole register at one moment, for a wave that is made from it.

use super::register::{Kind, Row};
use super::{Result, Store, Tx};
use crate::desk::prefill::Sources;
use crate::desk::room::Period;

impl Store {
    /// The register for a wave in this period.
    pub async fn sources(&self, when: Period, held_months: u32) -> Result<Sources> {
        let mut tx: Tx = self.reader().begin().await?;
        let mut known = self.known_in(&mut tx, when).await?;
        // Also those that ended long ago: they tell whose candidate somebody was.
        known.placed = self.placements_from_in(&mut tx, "").await?;
        let boards: Vec<Row> = self.all_rows_in(&mut tx, Kind::Board).await?;
        let schools = self.all_rows_in(&mut tx, Kind::School).await?;
        let coaches = self.all_rows_in(&mut tx, Kind::Coach).await?;
        let candidates = self.all_rows_in(&mut tx, Kind::Candidate).await?;
        Ok(Sources { boards, schools, coaches, candidates, known, held_months })
    }
}
