//! What the tables of a file are made of, for whoever takes everything out of it.

use super::File;
use super::opening::{DATED, MIGRATIONS};
use crate::store::engine::Kind;
use crate::store::error::Result;

/// One table: what can be written in it, in which order its rows were made as far as that is known, and what they refer to.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its columns but those that are computed, each with what it holds.
    pub columns: Vec<(String, Kind)>,
    /// What its rows are put in order by, in the file.
    pub order: String,
    /// The columns that tell its rows apart, in any database; all of them where the table names none.
    pub keys: String,
    /// Tables whose rows must be there first; itself not among them.
    pub parents: Vec<String>,
}

impl File {
    /// Whether its tables are those of this version of the program.
    pub async fn is_of_today(&self) -> Result<bool> {
        let last: Option<i64> =
            sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations WHERE version < ?").bind(DATED).fetch_one(&self.read).await?;
        Ok(last == MIGRATIONS.iter().map(|it| it.version).max())
    }

    /// Whether it was left by whoever had it open and nobody has opened it since: every service writes through a WAL.
    pub async fn is_at_rest(&self) -> Result<bool> {
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&self.read).await?;
        Ok(mode == "delete")
    }

    /// What a table is made of.
    pub async fn shape(&self, table: &str) -> Result<Shape> {
        // Columns that are computed are not among these.
        let sql = "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid";
        let found: Vec<(String, String, i64)> = sqlx::query_as(sql).bind(table.to_owned()).fetch_all(&self.read).await?;
        let bare: i64 = sqlx::query_scalar("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?")
            .bind(table.to_owned())
            .fetch_one(&self.read)
            .await?;
        let parents = sqlx::query_scalar("SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(?) WHERE \"table\" <> ?")
            .bind(table.to_owned())
            .bind(table.to_owned())
            .fetch_all(&self.read)
            .await?;
        let mut keys: Vec<(i64, String)> =
            found.iter().filter(|(_, _, place)| *place > 0).map(|(name, _, place)| (*place, format!("\"{name}\""))).collect();
        keys.sort();
        if keys.is_empty() {
            keys = found.iter().map(|(name, _, _)| (0, format!("\"{name}\""))).collect();
        }
        let keys = keys.into_iter().map(|(_, name)| name).collect::<Vec<_>>().join(", ");
        let order = if bare == 0 { "rowid".to_owned() } else { keys.clone() };
        let kind = |declared: &str| match declared {
            "INTEGER" | "INT" => Kind::Int,
            "BLOB" => Kind::Bytes,
            _ => Kind::Text,
        };
        Ok(Shape { columns: found.into_iter().map(|(name, declared, _)| (name, kind(&declared))).collect(), order, keys, parents })
    }
}
