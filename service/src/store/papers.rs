//! What papers and calendars ask beside the rows of others.

use super::engine::values;
use super::{Result, Session};
use crate::access::Scope;

impl Session {
    /// The schools of the boards of a scope, by id; every school for whoever has every row.
    pub async fn schools_within(&mut self, scope: &Scope) -> Result<Vec<String>> {
        let within = self.dialect().one_of("s.bestuur", "$1");
        let sql = format!("SELECT s.id FROM scholen s WHERE ($1 IS NULL OR {within}) ORDER BY s.id");
        self.rows(sql, values![scope.among()]).await?.iter().map(|row| row.string("id")).collect()
    }
}
