//! Questions that are worked out before anybody asks: which are known of a run, and bringing one forward.

use std::collections::BTreeSet;

use loket_solver::matching::facts::words::Word;

use super::engine::values;
use super::{Change, Result, Session};
use crate::work::lane::Lane;

impl Session {
    /// The keys of every question about a run.
    pub async fn question_keys(&mut self, run: &str) -> Result<BTreeSet<String>> {
        let rows = self.rows("SELECT sleutel FROM vragen WHERE berekening = $1", values![run]).await?;
        rows.iter().map(|row| row.string("sleutel")).collect()
    }
}

impl Change {
    /// Has somebody's question that waits among what nobody asked yet wait in a lane of people, as theirs; `false` when it does not wait there.
    pub async fn bring_forward(&mut self, id: &str, lane: Lane, by: &str) -> Result<bool> {
        let sql = "UPDATE taken SET baan = $2, door = $3 WHERE id = $1 AND baan = $4 AND toestand = 'wachtrij'";
        let moved = self.run(sql, values![id, lane.code(), by, Lane::Ahead.code()]).await? > 0;
        if moved {
            self.ring_for(lane).await?;
        }
        Ok(moved)
    }
}
