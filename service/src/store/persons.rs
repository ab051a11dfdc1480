//! Rows about one person, wherever they stand; and taking away what names somebody or says why something was decided.

use std::collections::BTreeMap;

use loket_solver::matching::facts::words::Word;

use super::engine::{Row, values};
use super::idempotency::UNTOLD;
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

    /// Questions that name a person, anywhere in them or as who looks, the first one first.
    pub async fn questions_about(&mut self, who: &Who, most: i64) -> Result<Vec<Asked>> {
        let word = who.kind.word();
        // Questions are kept without spaces, and a text in one has its quotes escaped.
        let named = format!("\"{word}\":{}", serde_json::to_string(&who.id)?);
        let looks = serde_json::to_string(&format!("{word}:{}", who.id))?;
        let planned = format!("\"deelnemer\":{}", serde_json::to_string(&who.id)?);
        let these = ["$1", "$2", "$4"].map(|place| self.dialect().holds("vraag", place)).join(" OR ");
        let sql = format!("SELECT id, soort, aangemaakt_op FROM taken WHERE {these} ORDER BY aangemaakt_op LIMIT $3");
        let one = |row: &Row| Ok(Asked { id: row.string("id")?, kind: row.string("soort")?, at: row.int("aangemaakt_op")? });
        self.rows(sql, values![named, looks, most, planned]).await?.iter().map(one).collect()
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

impl Session {
    /// Wave files that name a candidate and hold prohibitions, by hash.
    pub async fn files_with_bans(&mut self, candidate: &str) -> Result<Vec<(String, Vec<u8>)>> {
        let (dialect, named) = (self.dialect(), format!("\"kandidaat\":{}", serde_json::to_string(candidate)?));
        let (bans, holds) = (dialect.bytes_hold("bytes", "$2"), dialect.bytes_hold("bytes", "$1"));
        let sql = format!("SELECT sha256, bytes FROM invoeren WHERE {holds} AND {bans}");
        let rows = self.rows(sql, values![named, "\"verboden\":["]).await?;
        rows.iter().map(|row| Ok((row.string("sha256")?, row.bytes("bytes")?.to_vec()))).collect()
    }

    /// Whether a worker has a job that was given this file.
    pub async fn file_at_work(&mut self, sha256: &str) -> Result<bool> {
        let sql = format!("SELECT 1 AS een FROM taken WHERE toestand = 'bezig' AND {} LIMIT 1", self.dialect().holds("delen", "$1"));
        Ok(self.row(sql, values![sha256]).await?.is_some())
    }

    /// What was told of reruns that names a candidate: batch, wave and remarks.
    pub async fn remarks_about(&mut self, candidate: &str) -> Result<Vec<(String, String, Vec<String>)>> {
        let holds = self.dialect().holds("opmerkingen", "$1");
        let sql = format!("SELECT herberekening, lichting, opmerkingen FROM herberekening_lichtingen WHERE {holds}");
        let rows = self.rows(sql, values![candidate]).await?;
        rows.iter().map(|row| Ok((row.string("herberekening")?, row.string("lichting")?, row.json("opmerkingen")?))).collect()
    }
}

impl Change {
    /// Puts a file in the place of another that says the same of the wave: whatever was made of that one is this one's.
    pub async fn replace_file(&mut self, old: &str, bytes: &[u8]) -> Result<()> {
        self.erases();
        let new = self.keep_input(bytes).await?;
        for (table, column) in
            [("lichtingen", "invoer"), ("berekeningen", "invoer"), ("berekeningen", "basis"), ("herberekening_lichtingen", "invoer_na")]
        {
            self.run(format!("UPDATE {table} SET {column} = $2 WHERE {column} = $1"), values![old, &new]).await?;
        }
        let holds = self.dialect().holds("delen", "$1");
        // An outcome names the file that it is of.
        let sql = format!(
            "UPDATE taken SET delen = REPLACE(delen, $1, $2), resultaat = REPLACE(resultaat, $1, $2), \
             tussenstand = REPLACE(tussenstand, $1, $2) WHERE {holds}"
        );
        self.run(sql, values![old, &new]).await?;
        self.forget_ids(old).await?;
        self.run("DELETE FROM invoeren WHERE sha256 = $1", values![old]).await.map(|_| ())
    }

    /// Puts other remarks in the place of those of a rerun.
    pub async fn put_remarks(&mut self, batch: &str, wave: &str, remarks: &[String]) -> Result<()> {
        let sql = "UPDATE herberekening_lichtingen SET opmerkingen = $3 WHERE herberekening = $1 AND lichting = $2";
        self.run(sql, values![batch, wave, serde_json::to_string(remarks)?]).await.map(|_| ())
    }

    /// Takes away what was typed in questions that came to nothing where it holds one of these texts: a name instead of an id.
    pub async fn erase_questions(&mut self, texts: &[String]) -> Result<()> {
        const GONE: &str = r#"{"code":"gewist","tekst":"Wat hier stond, is gewist."}"#;
        let dialect = self.dialect();
        let (asked, told, heard) = (dialect.holds("vraag", "$1"), dialect.holds("melding", "$1"), dialect.holds("gegevens", "$1"));
        for text in texts {
            let text = serde_json::to_string(text)?.trim_matches('"').to_owned();
            if text.is_empty() {
                continue;
            }
            let sql = format!("UPDATE taken SET vraag = '{{}}', melding = $2 WHERE toestand = 'mislukt' AND ({asked} OR {told})");
            self.run(sql, values![&text, GONE]).await?;
            let sql = format!("UPDATE taak_gebeurtenissen SET gegevens = $2 WHERE soort = 'toestand' AND {heard}");
            self.run(sql, values![&text, format!(r#"{{"toestand":"mislukt","melding":{GONE}}}"#)]).await?;
        }
        Ok(())
    }

    /// Takes away what a person was asked and said about placements, and the personal links; of a coach what was said in own words and why.
    /// What was refused stays forbidden, without why. Whether there was anything.
    pub async fn erase_said(&mut self, who: &Who) -> Result<bool> {
        let (links, said, why) = match who.kind {
            Kind::Candidate => (
                "DELETE FROM antwoord_koppelingen WHERE kandidaat = $1",
                "DELETE FROM antwoorden WHERE kandidaat = $1",
                "UPDATE verboden SET reden = NULL, versie = versie + 1 WHERE kandidaat = $1 AND reden IS NOT NULL",
            ),
            Kind::Coach => (
                "DELETE FROM antwoord_koppelingen WHERE partij = 'coach' AND EXISTS (SELECT 1 FROM antwoorden a WHERE a.coach = $1 \
                 AND a.partij = 'coach' AND a.lichting = antwoord_koppelingen.lichting AND a.kandidaat = antwoord_koppelingen.kandidaat)",
                "UPDATE antwoorden SET reden = NULL, toelichting = NULL, versie = versie + 1 WHERE partij = 'coach' AND coach = $1 \
                 AND (reden IS NOT NULL OR toelichting IS NOT NULL)",
                "UPDATE verboden SET reden = NULL, versie = versie + 1 WHERE partij = 'coach' AND coach = $1 AND reden IS NOT NULL",
            ),
            Kind::Board | Kind::School => return Ok(false),
        };
        let party = if who.kind == Kind::Coach { "coach" } else { "kandidaat" };
        let mut rows = self.run("DELETE FROM plaats_koppelingen WHERE wie = $1 AND partij = $2", values![&who.id, party]).await?;
        for sql in [links, said, why] {
            rows += self.run(sql, values![&who.id]).await?;
        }
        if rows > 0 {
            self.erases();
        }
        Ok(rows > 0)
    }

    /// Takes away answers kept for repeated requests that hold a person's id, or one of the texts that are kept of the person. What a request
    /// did stays noted: repeated, it is told as things are now, and not done again.
    pub async fn erase_answers(&mut self, id: &str, texts: &[String]) -> Result<()> {
        let (answer, deed) = (self.dialect().bytes_hold("lichaam", "$1"), self.dialect().holds("gevolg", "$1"));
        // As each stands within any text of an answer; an id with its quotes.
        let texts: Vec<String> =
            texts.iter().map(|it| Ok(serde_json::to_string(it)?.trim_matches('"').to_owned())).collect::<Result<_>>()?;
        let texts = texts.iter().filter(|it| !it.is_empty());
        for text in texts.clone() {
            self.run(format!("DELETE FROM idempotentie WHERE status IS NOT NULL AND {deed}"), values![text]).await?;
        }
        for text in texts.chain([&serde_json::to_string(id)?]) {
            let sql = format!("DELETE FROM idempotentie WHERE status IS NOT NULL AND gevolg IS NULL AND {answer}");
            self.run(sql, values![text]).await?;
            let sql = format!(
                "UPDATE idempotentie SET status = $2, koppen = NULL, lichaam = NULL \
                 WHERE status IS NOT NULL AND gevolg IS NOT NULL AND {answer}"
            );
            self.run(sql, values![text, UNTOLD]).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::access::Caller;
    use crate::actions::{Asked, persons, register};
    use crate::records::dossier::Who;
    use crate::records::job::{NewJob, Part, Question};
    use crate::records::register::{Kind, Row};
    use crate::records::run::NewRun;
    use crate::records::wave::Wave;
    use crate::store::engine::values;
    use crate::store::trial::On;
    use crate::work::kinds::SOLVE;

    async fn reasons_in_files_remarks_and_failed_questions_of_an_earlier_version_go_too(on: On) {
        let base = on.base().await;
        let store = base.open().await;
        let asked = Asked { caller: Caller::machine("proef"), key: None };
        for (id, name) in [("Z1", "Kanarie Geelvink"), ("Z2", "Mees")] {
            let person = [("naam".to_owned(), json!(name))].into_iter().collect();
            let row = Row { person, ..Row::new(id, serde_json::Map::new()) };
            register::put(&store, &asked, Kind::Candidate, row, 0, &Default::default()).await.expect("a row");
        }
        let mut change = store.change().await.expect("a change");
        let ban = |who: &str, why: &str| json!({ "kandidaat": who, "school": "S1", "reden": why });
        let file = json!({ "id": "w", "verboden": [ban("Z1", "gezondheid"), ban("Z2", "reis-te-zwaar"), ban("Z1", "eigen reden")] });
        let file = file.to_string().into_bytes();
        let old = change.keep_input(&file).await.expect("a file");
        let wave = Wave::concept("w", "W", "opleiding", ("2026-09-01", "2027-08-31"), old.clone(), 0);
        change.add_wave(&wave).await.expect("a wave");
        let (question, parts) = (Question::solve(9), [Part::file("lichting", &old)]);
        change
            .enqueue(&NewJob { id: "r1", kind: &SOLVE, group: "w", by: "intermediair", question: &question, parts: &parts })
            .await
            .expect("a job");
        let new = NewRun { wave: &wave, file: &file, base: &old, before: None, batch: None, question: &question, id: "r1" };
        change.add_run(&new, &old).await.expect("a run");
        let outcome = json!({ "invoer_sha256": old }).to_string();
        change.run("UPDATE taken SET resultaat = $1, toestand = 'bezig' WHERE id = 'r1'", values![outcome]).await.expect("an outcome");
        let cause = crate::records::batch::Cause {
            kind: crate::records::batch::CauseKind::Kandidaat,
            id: "Z1".into(),
            seat: None,
            count: None,
            from: "2027-01-01".into(),
            new: false,
        };
        change.add_batch("h1", &cause).await.expect("a batch");
        let remark = |who: &str, why: &str| format!("{who} doet niet meer mee: een verbod ({why}) is weggehaald.");
        let remarks = json!([remark("Z1", "gezondheid"), remark("Z2", "reis-te-zwaar")]).to_string();
        let sql = "INSERT INTO herberekening_lichtingen (herberekening, lichting, berekening, invoer_na, lichting_versie, toestand, opmerkingen) \
                   VALUES ('h1', 'w', 'r1', $1, 1, 'voorstel', $2)";
        change.run(sql, values![&old, remarks]).await.expect("a proposal");
        let failed = "INSERT INTO taken (id, baan, groep, soort, vraag, delen, toestand, melding, aangemaakt_op) \
                      VALUES ('v1', 'vragen', 'w', 'waarom', $1, '[]', 'mislukt', $2, 0)";
        let message = json!({ "code": "geweigerd", "tekst": "Kanarie Geelvink staat niet in de lichting" }).to_string();
        change.run(failed, values![json!({ "kandidaat": "Kanarie Geelvink" }).to_string(), message]).await.expect("a question");
        change.commit().await.expect("kept");

        let who = Who::new(Kind::Candidate, "Z1");
        assert!(persons::erase(&store, &asked, &who, 1).await.is_err(), "a worker has that very file");
        let mut change = store.change().await.expect("a change");
        change.run("UPDATE taken SET toestand = 'klaar' WHERE id = 'r1'", values![]).await.expect("it ends");
        change.commit().await.expect("kept");
        assert!(persons::erase(&store, &asked, &who, 1).await.expect("erased"));

        let mut reading = store.read();
        assert_eq!(reading.input(&old).await.expect("files"), None, "the file with the reason is gone");
        let new = reading.wave("w").await.expect("waves").expect("a wave").input;
        let run = reading.run("r1").await.expect("runs").expect("a run");
        assert_eq!((run.input.as_str(), run.base.as_str(), run.outdated), (new.as_str(), new.as_str(), false));
        let outcome = reading.result("r1").await.expect("results").expect("an outcome");
        assert_eq!(String::from_utf8(outcome), Ok(json!({ "invoer_sha256": new }).to_string()), "the outcome is of the file without it");
        let file = String::from_utf8(reading.input(&new).await.expect("files").expect("a file")).expect("text");
        assert_eq!((file.matches("eigen reden").count(), file.contains("reis-te-zwaar")), (2, true), "{file}");
        assert_eq!(crate::store::ids::sha256(file.as_bytes()), new);
        let batch = reading.batch("h1").await.expect("batches").expect("a batch");
        assert_eq!(batch.waves[0].remarks, ["Z1 doet niet meer mee: een verbod is weggehaald.".to_owned(), remark("Z2", "reis-te-zwaar")]);
        let question = reading.job("v1").await.expect("jobs").expect("a question");
        assert_eq!((question.question.text().as_str(), question.message.map(|it| it.code)), ("{}", Some("gewist".into())));
        store.close().await;
        let bytes = base.bytes().unwrap_or_default();
        for text in ["gezondheid", "Kanarie Geelvink"] {
            assert!(!bytes.windows(text.len()).any(|it| it == text.as_bytes()), "{text} is in no page of the file");
        }
    }

    crate::store::trial::on_both! {
        reasons_in_files_remarks_and_failed_questions_of_an_earlier_version_go_too,
    }
}
