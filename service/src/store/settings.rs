//! What people set while the service runs, with every value that it had.

use loket_solver::matching::facts::words::Word;

use super::engine::values;
use super::{Change, Result, Session};
use crate::records::setting::{Kept, Name, Past, Settable, Setting, Standing};

impl Session {
    /// What a setting is now; what is usual while nobody set it.
    pub async fn setting<T: Settable>(&mut self, setting: Setting<T>) -> Result<T> {
        Ok(T::of(self.standing(setting.name).await?.kept))
    }

    /// A setting as it stands.
    pub async fn standing(&mut self, name: Name) -> Result<Standing> {
        let sql = "SELECT waarde, versie, gezet_op, gezet_door FROM instellingen WHERE naam = $1";
        let Some(row) = self.row(sql, values![name.code()]).await? else {
            return Ok(Standing { name, kept: name.usual(), version: 1, set: None });
        };
        let set = Some((row.int("gezet_op")?, row.string("gezet_door")?));
        Ok(Standing { name, kept: row.int("waarde")?, version: row.int("versie")?, set })
    }

    /// Every value that a setting was set to, the newest first.
    pub async fn setting_past(&mut self, name: Name) -> Result<Vec<Past>> {
        let sql = "SELECT versie, waarde, gezet_op, gezet_door FROM instellingen_eerder WHERE naam = $1 ORDER BY versie DESC";
        let rows = self.rows(sql, values![name.code()]).await?;
        let past = rows.iter().map(|row| {
            Ok(Past { kept: row.int("waarde")?, version: row.int("versie")?, at: row.int("gezet_op")?, who: row.string("gezet_door")? })
        });
        past.collect()
    }
}

impl Change {
    /// Sets a setting at its next version, and keeps that value with those before it.
    pub async fn put_setting(&mut self, name: Name, kept: Kept, version: i64, who: &str) -> Result<()> {
        let now = self.clock().now();
        let sql = "INSERT INTO instellingen (naam, waarde, versie, gezet_op, gezet_door) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (naam) DO UPDATE SET waarde = excluded.waarde, versie = excluded.versie, gezet_op = excluded.gezet_op, \
                   gezet_door = excluded.gezet_door";
        self.run(sql, values![name.code(), kept, version, now, who]).await?;
        let sql = "INSERT INTO instellingen_eerder (naam, versie, waarde, gezet_op, gezet_door) VALUES ($1, $2, $3, $4, $5)";
        self.run(sql, values![name.code(), version, kept, now, who]).await.map(|_| ())
    }
}
