//! Who went on from one wave to another.

use std::collections::BTreeMap;

use super::engine::values;
use super::{Change, Result, Session};

impl Session {
    /// To which wave each candidate of a wave went on, of waves that are there.
    pub async fn carried_from(&mut self, wave: &str) -> Result<BTreeMap<String, String>> {
        let sql = "SELECT o.kandidaat, o.naar FROM overdrachten o JOIN lichtingen l ON l.id = o.naar WHERE o.lichting = $1";
        self.rows(sql, values![wave]).await?.iter().map(|row| Ok((row.string("kandidaat")?, row.string("naar")?))).collect()
    }
}

impl Change {
    /// Notes that a candidate of a wave went on to another.
    pub async fn carry(&mut self, wave: &str, candidate: &str, to: &str, who: &str) -> Result<()> {
        let now = self.clock().now();
        let sql = "INSERT INTO overdrachten (lichting, kandidaat, naar, op, door) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (lichting, kandidaat) DO UPDATE SET naar = excluded.naar, op = excluded.op, door = excluded.door";
        self.run(sql, values![wave, candidate, to, now, who]).await.map(|_| ())
    }
}
