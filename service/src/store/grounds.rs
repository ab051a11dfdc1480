//! Rows that a decision is held against: the ids in a wave's file, and the placement that a plan proposes for each candidate.

use std::collections::BTreeSet;

use serde_json::json;

use super::engine::values;
use super::{Change, Result, Session};
use crate::desk::choice::Grounds;
use crate::desk::decision::Spot;
use crate::desk::sketch::Named;

impl Session {
    /// Whether the ids in this file, and the placements in the plan of this run, are written down.
    pub async fn grounded(&mut self, input: &str, run: &str) -> Result<(bool, bool)> {
        let sql = "SELECT soort FROM gronden WHERE (soort = 'invoer' AND van = $1) OR (soort = 'berekening' AND van = $2)";
        let rows = self.rows(sql, values![input, run]).await?;
        let kinds = rows.iter().map(|row| row.string("soort")).collect::<Result<Vec<_>>>()?;
        let there = |kind: &str| kinds.iter().any(|it| it == kind);
        Ok((there("invoer"), there("berekening")))
    }

    /// How many candidates a file has, whose ids are written down.
    pub async fn candidates_in(&mut self, input: &str) -> Result<i64> {
        let sql = "SELECT COUNT(*) AS aantal FROM invoer_ids WHERE invoer = $1 AND soort = 'kandidaat'";
        self.one(sql, values![input]).await?.int("aantal")
    }

    /// Open waves with a plan that these candidates are in: each candidate with the id and the name of the wave, the newest wave first.
    pub async fn reviewed_in(&mut self, candidates: &[&str]) -> Result<Vec<(String, (String, String))>> {
        let within = self.dialect().one_of("i.id", "$1");
        let sql = format!(
            "SELECT i.id AS kandidaat, l.id, l.naam FROM lichtingen l JOIN invoer_ids i ON i.invoer = l.invoer AND i.soort = 'kandidaat' \
             WHERE {within} AND l.toestand IN ('berekend', 'in-beoordeling', 'vastgesteld') ORDER BY l.aangemaakt_op DESC, l.id"
        );
        let rows = self.rows(sql, values![json!(candidates).to_string()]).await?;
        rows.iter().map(|row| Ok((row.string("kandidaat")?, (row.string("id")?, row.string("naam")?)))).collect()
    }

    /// Candidates in the files of waves that are not published, of the files whose ids are written down; and the other files.
    pub async fn candidates_in_open_waves(&mut self) -> Result<(BTreeSet<String>, Vec<String>)> {
        const OPEN: &str = "l.toestand IN ('concept', 'ingediend', 'berekend', 'in-beoordeling')";
        let sql = format!(
            "SELECT DISTINCT i.id FROM lichtingen l JOIN invoer_ids i ON i.invoer = l.invoer AND i.soort = 'kandidaat' WHERE {OPEN}"
        );
        let ids = self.rows(sql, values![]).await?.iter().map(|row| row.string("id")).collect::<Result<_>>()?;
        let sql = format!(
            "SELECT DISTINCT l.invoer FROM lichtingen l WHERE {OPEN} AND NOT EXISTS (SELECT 1 FROM gronden g WHERE g.soort = 'invoer' \
             AND g.van = l.invoer)"
        );
        let others = self.rows(sql, values![]).await?.iter().map(|row| row.string("invoer")).collect::<Result<_>>()?;
        Ok((ids, others))
    }

    async fn lists(&mut self, input: &str, kind: &str, of: &str, id: &str) -> Result<bool> {
        let sql = "SELECT 1 AS een FROM invoer_ids WHERE invoer = $1 AND soort = $2 AND van = $3 AND id = $4";
        Ok(self.row(sql, values![input, kind, of, id]).await?.is_some())
    }

    /// What a decision about a candidate is held against, and of the placement that it names what exists; `None` when the file has no such
    /// candidate.
    pub async fn grounds(&mut self, input: &str, run: &str, candidate: &str, chosen: Option<&Spot>) -> Result<Option<Grounds>> {
        if !self.lists(input, "kandidaat", "", candidate).await? {
            return Ok(None);
        }
        let sql = "SELECT school, plek, coach FROM voorstellen WHERE berekening = $1 AND kandidaat = $2";
        let proposal = match self.row(sql, values![run, candidate]).await? {
            Some(row) => Some(Spot { school: row.string("school")?, seat: row.string("plek")?, coach: row.string("coach")? }),
            None => None,
        };
        let mut grounds = Grounds { proposal, school: false, seat: false, coach: false };
        if let Some(spot) = chosen {
            grounds.school = self.lists(input, "school", "", &spot.school).await?;
            grounds.seat = self.lists(input, "plek", &spot.school, &spot.seat).await?;
            grounds.coach = self.lists(input, "coach", "", &spot.coach).await?;
        }
        Ok(Some(grounds))
    }
}

impl Change {
    async fn note_grounds(&mut self, kind: &str, of: &str) -> Result<()> {
        self.run("INSERT INTO gronden (soort, van) VALUES ($1, $2) ON CONFLICT (soort, van) DO NOTHING", values![kind, of])
            .await
            .map(|_| ())
    }

    /// Writes down the ids in a file.
    pub async fn keep_ids(&mut self, input: &str, named: &[Named]) -> Result<()> {
        let words = self.dialect();
        let (list, text) = (words.json_rows("$2", "rijen"), |key| words.json_text("v.value", key));
        let sql = format!(
            "INSERT INTO invoer_ids (invoer, soort, van, id) SELECT $1, {}, {}, {} FROM {list} v WHERE TRUE \
             ON CONFLICT (invoer, soort, van, id) DO NOTHING",
            text("soort"),
            text("van"),
            text("id")
        );
        self.run(sql, values![input, json!({ "rijen": named }).to_string()]).await?;
        self.note_grounds("invoer", input).await
    }

    /// Forgets the ids in a file, which are written down again where they are needed.
    pub async fn forget_ids(&mut self, input: &str) -> Result<()> {
        self.run("DELETE FROM invoer_ids WHERE invoer = $1", values![input]).await?;
        self.run("DELETE FROM gronden WHERE soort = 'invoer' AND van = $1", values![input]).await.map(|_| ())
    }

    /// Writes down the placements in the plan of a run, which is under review. Those of earlier plans of its wave are no longer needed.
    pub async fn keep_proposals(&mut self, wave: &str, run: &str) -> Result<()> {
        let others = "(SELECT id FROM berekeningen WHERE probleem = 'plaatsing' AND onderwerp = $1 AND id <> $2)";
        self.run(format!("DELETE FROM voorstellen WHERE berekening IN {others}"), values![wave, run]).await?;
        self.run(format!("DELETE FROM gronden WHERE soort = 'berekening' AND van IN {others}"), values![wave, run]).await?;
        let words = self.dialect();
        let (list, text) = (words.json_rows("t.resultaat", "plaatsingen"), |key| words.json_text("v.value", key));
        let sql = format!(
            "INSERT INTO voorstellen (berekening, kandidaat, school, plek, coach) SELECT t.id, {}, {}, {}, {} \
             FROM taken t JOIN {list} v ON TRUE WHERE t.id = $1 ON CONFLICT (berekening, kandidaat) DO NOTHING",
            text("kandidaat"),
            text("school"),
            text("plek"),
            text("coach")
        );
        self.run(sql, values![run]).await?;
        self.note_grounds("berekening", run).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Caller;
    use crate::actions::{Asked, Refused, decisions};
    use crate::desk::choice::Choice;
    use crate::desk::decision::{Along, Said};
    use crate::records::wave::Life;
    use crate::store::trial::{On, add};

    async fn a_decision_needs_neither_the_file_nor_the_outcome_once_these_are_written_down(on: On) {
        let base = on.base().await;
        let store = base.open().await;
        // Its file has no candidates at all: whoever would read that would know none.
        add(&store, "w").await;
        let mut change = store.change().await.expect("a change");
        let mut wave = change.wave("w").await.expect("the store answers").expect("a wave");
        let outcome = json!({ "plaatsingen": [{ "kandidaat": "Z1", "school": "S1", "plek": "p", "coach": "K1" }] }).to_string();
        let sql = "INSERT INTO taken (id, baan, groep, soort, vraag, delen, toestand, resultaat, aangemaakt_op) \
                   VALUES ('r', 'berekeningen', 'w', 'oplossen', '{}', '[]', 'klaar', $1, 0)";
        change.run(sql, values![outcome]).await.expect("a job");
        let sql = "INSERT INTO berekeningen (id, probleem, onderwerp, nummer, invoer, basis, beslissingen, programma) \
                   VALUES ('r', 'plaatsing', 'w', 1, $1, $1, 0, '0')";
        change.run(sql, values![&wave.input]).await.expect("a run");
        (wave.life, wave.current) = (Life::Berekend, Some("r".into()));
        change.put_wave(&mut wave).await.expect("a wave with a plan");
        change.commit().await.expect("kept");
        let asked = Asked { caller: Caller::machine("proef"), key: None };
        let decide = async |candidate: &str, said: Said| {
            let choice = Choice { said, spot: None, along: Along::default() };
            decisions::decide(&store, &asked, "w", candidate, 0, choice).await
        };
        assert!(matches!(decide("Z1", Said::Akkoord).await, Err(Refused::Unknown)), "the file knows nobody");
        let named = ["Z1", "Z2"].map(|id| Named { kind: "kandidaat", of: String::new(), id: id.into() });
        let mut change = store.change().await.expect("a change");
        change.keep_ids(&wave.input, &named).await.expect("ids");
        change.run("UPDATE taken SET resultaat = 'geen json' WHERE id = 'r'", values![]).await.expect("a broken outcome");
        change.commit().await.expect("kept");
        let decided = decide("Z1", Said::Akkoord).await.expect("a decision");
        let coach = decided.decision.spot().map(|it| it.coach.as_str());
        assert_eq!((coach, decided.kept, decided.run.as_deref()), (Some("K1"), true, Some("r")));
        assert!(matches!(decide("Z2", Said::Vast).await, Err(Refused::Invalid(_))), "no proposal");
        let left = decide("Z2", Said::Akkoord).await.expect("agreed that there is no place");
        assert_eq!((left.decision.spot(), left.kept), (None, true));
        assert!(matches!(decide("Z3", Said::Akkoord).await, Err(Refused::Unknown)));
    }

    crate::store::trial::on_both! {
        a_decision_needs_neither_the_file_nor_the_outcome_once_these_are_written_down,
    }
}
