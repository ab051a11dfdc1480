//! Rows about one person, wherever they stand; and taking away what names somebody or says why something was decided.

use std::collections::BTreeMap;

use loket_solver::matching::facts::words::Word;

use super::engine::{Row, values};
use super::{Change, Result, Session};
use crate::records::decision::Decided;
use crate::records::deed::What;
use crate::records::dossier::{Asked, Who};
use crate::records::register::Kind;

/// How often each person was erased, by a log.
pub type Erased = BTreeMap<Who, i64>;

impl Session {
    /// Decisions about a candidate, the first one first, by wave.
    pub async fn decisions_about(&mut self, candidate: &str, most: i64) -> Result<Vec<(String, Decided)>> {
        let sql = format!("SELECT lichting, {} FROM beoordelingen WHERE kandidaat = $1 ORDER BY op LIMIT $2", super::decisions::DECIDED);
        let rows = self.rows(sql, values![candidate, most]).await?;
        rows.iter().map(|row| Ok((row.string("lichting")?, super::decisions::decided(row)?))).collect()
    }

    /// Questions that were asked about a person, the first one first.
    pub async fn questions_about(&mut self, who: &Who, most: i64) -> Result<Vec<Asked>> {
        let named = self.dialect().json_text("vraag", who.kind.word());
        let sql = format!("SELECT id, soort, aangemaakt_op FROM taken WHERE {named} = $1 ORDER BY aangemaakt_op LIMIT $2");
        let one = |row: &Row| Ok(Asked { id: row.string("id")?, kind: row.string("soort")?, at: row.int("aangemaakt_op")? });
        self.rows(sql, values![&who.id, most]).await?.iter().map(one).collect()
    }

    /// How often each person was erased, by the log.
    pub async fn erasures(&mut self) -> Result<Erased> {
        let kinds =
            [(What::CandidateErased, Kind::Candidate), (What::CandidateForgotten, Kind::Candidate), (What::CoachForgotten, Kind::Coach)];
        let mut erased = Erased::new();
        for (what, kind) in kinds {
            let sql = "SELECT onderwerp, COUNT(*) AS aantal FROM logboek WHERE wat = $1 GROUP BY onderwerp";
            for row in self.rows(sql, values![what.code()]).await? {
                *erased.entry(Who::new(kind, row.text("onderwerp")?)).or_default() += row.int("aantal")?;
            }
        }
        Ok(erased)
    }
}

impl Change {
    /// Takes away answers kept for repeated requests that hold a person's id, or one of the texts that are kept of the person.
    pub async fn erase_answers(&mut self, id: &str, texts: &[String]) -> Result<()> {
        let dialect = self.dialect();
        let holds = format!("({} OR {})", dialect.holds("lichaam", "$1"), dialect.holds("gevolg", "$1"));
        let sql = format!("DELETE FROM idempotentie WHERE status IS NOT NULL AND {holds}");
        let mut wanted = vec![serde_json::to_string(id)?];
        for text in texts {
            // As it stands within any text of an answer.
            wanted.push(serde_json::to_string(text)?.trim_matches('"').to_owned());
        }
        for text in wanted.iter().filter(|it| !it.is_empty()) {
            self.run(sql.clone(), values![text]).await?;
        }
        Ok(())
    }
}
