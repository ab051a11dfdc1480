//! Rows about one candidate, wherever they stand; and taking away what names somebody.

use std::collections::BTreeMap;

use super::engine::{Row, values};
use super::log::line;
use super::{Change, Result, Session};
use crate::records::decision::Decided;
use crate::records::dossier::{Asked, Line};

impl Session {
    /// Lines of the log that are about a candidate: their own row, or a deed that names them.
    fn about(&self) -> String {
        let named = self.dialect().json_text("i.inhoud", "kandidaat");
        format!("((l.wat LIKE 'kandidaat-%' AND l.onderwerp = $1) OR {named} = $1)")
    }

    /// Decisions about a candidate, the first one first, by wave.
    pub async fn decisions_about(&mut self, candidate: &str, most: i64) -> Result<Vec<(String, Decided)>> {
        let sql = format!("SELECT lichting, {} FROM beoordelingen WHERE kandidaat = $1 ORDER BY op LIMIT $2", super::decisions::DECIDED);
        let rows = self.rows(sql, values![candidate, most]).await?;
        rows.iter().map(|row| Ok((row.string("lichting")?, super::decisions::decided(row)?))).collect()
    }

    /// Questions that were asked about a candidate, the first one first.
    pub async fn questions_about(&mut self, candidate: &str, most: i64) -> Result<Vec<Asked>> {
        let named = self.dialect().json_text("vraag", "kandidaat");
        let sql = format!("SELECT id, soort, aangemaakt_op FROM taken WHERE {named} = $1 ORDER BY aangemaakt_op LIMIT $2");
        let one = |row: &Row| Ok(Asked { id: row.string("id")?, kind: row.string("soort")?, at: row.int("aangemaakt_op")? });
        self.rows(sql, values![candidate, most]).await?.iter().map(one).collect()
    }

    /// Lines of the log about a candidate, the first one first.
    pub async fn log_about(&mut self, candidate: &str, most: i64) -> Result<Vec<Line>> {
        let sql = format!("{} WHERE {} ORDER BY l.nummer LIMIT $2", super::log::LINES, self.about());
        self.rows(sql, values![candidate, most]).await?.iter().map(line).collect()
    }

    /// How often each candidate was erased, by the log.
    pub async fn erasures(&mut self) -> Result<BTreeMap<String, i64>> {
        let sql = "SELECT onderwerp, COUNT(*) AS aantal FROM logboek WHERE wat = 'kandidaat-gewist' GROUP BY onderwerp";
        self.rows(sql, values![]).await?.iter().map(|row| Ok((row.string("onderwerp")?, row.int("aantal")?))).collect()
    }
}

impl Change {
    /// Takes away what the log says about a candidate; its lines and their chain stay. How many lines lost their content.
    pub async fn erase_from_log(&mut self, candidate: &str) -> Result<u64> {
        let sql = format!(
            "DELETE FROM logboek_inhoud WHERE nummer IN \
             (SELECT l.nummer FROM logboek l JOIN logboek_inhoud i ON i.nummer = l.nummer WHERE {})",
            self.about()
        );
        self.run(sql, values![candidate]).await
    }

    /// Takes away answers kept for repeated requests that hold a candidate's id: they may hold the names as well.
    pub async fn erase_answers(&mut self, candidate: &str) -> Result<()> {
        let dialect = self.dialect();
        let holds = format!("({} OR {})", dialect.holds("lichaam", "$1"), dialect.holds("gevolg", "$1"));
        let sql = format!("DELETE FROM idempotentie WHERE status IS NOT NULL AND {holds}");
        self.run(sql, values![serde_json::to_string(candidate)?]).await.map(|_| ())
    }
}
