//! Rows of runs, and of questions about them.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::engine::{Row, values};
use super::jobs::{JOB, job};
use super::policies::used;
use super::{Change, Result, Session};
use crate::records::job::{Job, Question};
use crate::records::run::{NewRun, Run};
use crate::work::kinds::Kind;

/// A run belongs to a problem and its subject; of the matching that is a wave. It is out of date when the wave's own file is another one;
/// when something was decided since that its plan does not already do; or when a decision that it knew no longer stands and the candidate
/// has none now. A later decision that the plan already does takes the place of whatever was known before: what becomes possible again
/// without that places the candidate otherwise than was agreed. A no is not yet obeyed by a plan that does what it forbids, and one that was
/// revoked was known to the plan. A proposal of a batch is out of date by any change of its wave.
const RUN: &str = "b.onderwerp, b.nummer, b.invoer, b.basis, b.beslissingen, b.voorganger, b.herberekening, b.programma, bb.naam AS beleid_naam, bb.nummer AS beleid_nummer, \
    (SELECT p.toestand FROM beleid p WHERE p.naam = bb.naam AND p.nummer = bb.nummer) AS beleid_toestand, \
    (SELECT CASE WHEN p.goedgekeurd_door <> 'systeem' AND (p.goedgekeurd_door = p.opgesteld_door OR p.goedgekeurd_door = p.gewijzigd_door) \
    THEN 1 ELSE 0 END FROM beleid p WHERE p.naam = bb.naam AND p.nummer = bb.nummer) AS beleid_zelf, \
    CASE WHEN h.toestand = 'voorstel' THEN CASE WHEN h.lichting_versie <> l.versie THEN 1 ELSE 0 END \
    WHEN b.basis <> l.invoer OR b.beslissingen < l.besloten_tot THEN 1 \
    WHEN EXISTS (SELECT 1 FROM beoordelingen d WHERE d.lichting = l.id AND d.versie > b.beslissingen \
        AND NOT (d.gevolgd = 1 AND COALESCE(d.berekening, '') = b.id)) THEN 1 \
    WHEN EXISTS (SELECT 1 FROM beoordelingen_eerder e WHERE e.lichting = l.id AND e.versie <= b.beslissingen AND e.tot > b.beslissingen \
        AND NOT EXISTS (SELECT 1 FROM beoordelingen d WHERE d.lichting = e.lichting AND d.kandidaat = e.kandidaat)) THEN 1 \
    WHEN EXISTS (SELECT 1 FROM verbod_lichtingen f WHERE f.lichting = l.id AND f.versie <= b.beslissingen AND f.tot > b.beslissingen) THEN 1 \
    WHEN EXISTS (SELECT 1 FROM verbod_lichtingen f JOIN verboden v ON v.id = f.verbod WHERE f.lichting = l.id AND f.tot IS NULL \
        AND f.versie > b.beslissingen AND (NOT EXISTS (SELECT 1 FROM plaatsen_van m WHERE m.berekening = b.id) \
        OR EXISTS (SELECT 1 FROM plaatsen p WHERE p.berekening = b.id AND p.kandidaat = v.kandidaat \
            AND (v.school IS NULL OR v.school = p.school) AND (v.plek IS NULL OR v.plek = p.plek) \
            AND (v.bouw IS NULL OR v.bouw = p.bouw) AND (v.coach IS NULL OR v.coach = p.coach)))) THEN 1 \
    ELSE 0 END AS verouderd";
const FROM: &str = "FROM berekeningen b JOIN taken t ON t.id = b.id JOIN lichtingen l ON b.probleem = 'plaatsing' AND l.id = b.onderwerp \
    LEFT JOIN herberekening_lichtingen h ON h.berekening = b.id LEFT JOIN berekening_beleid bb ON bb.berekening = b.id";

fn run(row: &Row) -> Result<Run> {
    Ok(Run {
        job: job(row)?,
        wave: row.string("onderwerp")?,
        number: row.int("nummer")?,
        input: row.string("invoer")?,
        base: row.string("basis")?,
        decisions: row.int("beslissingen")?,
        before: row.maybe_string("voorganger")?,
        batch: row.maybe_string("herberekening")?,
        program: row.string("programma")?,
        policy: used(row)?,
        outdated: row.flag("verouderd")?,
    })
}

impl Session {
    /// A run.
    pub async fn run(&mut self, id: &str) -> Result<Option<Run>> {
        self.row(format!("SELECT {JOB}, {RUN} {FROM} WHERE b.id = $1"), values![id]).await?.as_ref().map(run).transpose()
    }

    /// These runs, by id.
    pub async fn runs_among(&mut self, ids: &[&str]) -> Result<BTreeMap<String, Run>> {
        let within = self.dialect().one_of("b.id", "$1");
        let rows = self.rows(format!("SELECT {JOB}, {RUN} {FROM} WHERE {within}"), values![Json::from(ids).to_string()]).await?;
        rows.iter().map(|row| run(row).map(|it| (it.job.id.clone(), it))).collect()
    }

    /// The runs of a wave, the newest first: a page of them and how many there are.
    pub async fn runs(&mut self, wave: &str, skip: i64, most: i64) -> Result<(Vec<Run>, i64)> {
        let sql = format!("SELECT {JOB}, {RUN} {FROM} WHERE b.onderwerp = $1 ORDER BY b.nummer DESC LIMIT $2 OFFSET $3");
        let rows = self.rows(sql, values![wave, most, skip]).await?;
        let sql = "SELECT COUNT(*) AS aantal FROM berekeningen WHERE probleem = 'plaatsing' AND onderwerp = $1";
        let all = self.one(sql, values![wave]).await?.int("aantal")?;
        Ok((rows.iter().map(run).collect::<Result<_>>()?, all))
    }

    /// The run of a wave with this number.
    pub async fn run_numbered(&mut self, wave: &str, number: i64) -> Result<Option<Run>> {
        let sql = format!("SELECT {JOB}, {RUN} {FROM} WHERE b.onderwerp = $1 AND b.nummer = $2");
        self.row(sql, values![wave, number]).await?.as_ref().map(run).transpose()
    }

    /// The newest run of a wave that is no proposal of a batch.
    pub async fn newest_run(&mut self, wave: &str) -> Result<Option<Run>> {
        let sql = format!("SELECT {JOB}, {RUN} {FROM} WHERE b.onderwerp = $1 AND b.herberekening IS NULL ORDER BY b.nummer DESC LIMIT 1");
        self.row(sql, values![wave]).await?.as_ref().map(run).transpose()
    }

    /// Who asked for a job.
    pub async fn asked_by(&mut self, job: &str) -> Result<Option<String>> {
        self.row("SELECT door FROM taken WHERE id = $1", values![job]).await?.map(|row| row.string("door")).transpose()
    }

    /// How many decisions a run knows that stood when it was asked.
    pub async fn decisions_known(&mut self, run: &Run) -> Result<i64> {
        let sql = "SELECT (SELECT COUNT(*) FROM beoordelingen WHERE lichting = $1 AND versie <= $2 AND vervallen IS NULL) + \
                   (SELECT COUNT(*) FROM beoordelingen_eerder WHERE lichting = $1 AND versie <= $2 AND tot > $2) AS aantal";
        self.one(sql, values![&run.wave, run.decisions]).await?.int("aantal")
    }

    /// How many decisions and answers outdate a run, by the rules of `RUN`.
    pub async fn decisions_not_known(&mut self, run: &Run) -> Result<i64> {
        let sql = "SELECT (SELECT COUNT(*) FROM beoordelingen d WHERE d.lichting = $1 AND d.versie > $2 \
                       AND NOT (d.gevolgd = 1 AND COALESCE(d.berekening, '') = $3)) + \
                   (SELECT COUNT(DISTINCT e.kandidaat) FROM beoordelingen_eerder e WHERE e.lichting = $1 AND e.versie <= $2 AND e.tot > $2 \
                       AND NOT EXISTS (SELECT 1 FROM beoordelingen d WHERE d.lichting = e.lichting AND d.kandidaat = e.kandidaat)) + \
                   (SELECT COUNT(*) FROM verbod_lichtingen f WHERE f.lichting = $1 AND f.versie <= $2 AND f.tot > $2) + \
                   (SELECT COUNT(*) FROM verbod_lichtingen f JOIN verboden v ON v.id = f.verbod WHERE f.lichting = $1 AND f.tot IS NULL \
                       AND f.versie > $2 AND EXISTS (SELECT 1 FROM plaatsen p WHERE p.berekening = $3 AND p.kandidaat = v.kandidaat \
                       AND (v.school IS NULL OR v.school = p.school) AND (v.plek IS NULL OR v.plek = p.plek) \
                       AND (v.bouw IS NULL OR v.bouw = p.bouw) AND (v.coach IS NULL OR v.coach = p.coach))) AS aantal";
        self.one(sql, values![&run.wave, run.decisions, &run.job.id]).await?.int("aantal")
    }

    /// The runs whose plans are under review, the one that was asked last first.
    pub async fn runs_under_review(&mut self) -> Result<Vec<Run>> {
        let sql = format!(
            "SELECT {JOB}, {RUN} {FROM} WHERE l.geldend = b.id AND l.toestand IN ('berekend', 'in-beoordeling') \
             ORDER BY t.aangemaakt_op DESC, b.id"
        );
        self.rows(sql, values![]).await?.iter().map(run).collect()
    }

    /// The newest ordinary run of this very file and question that is not given up.
    pub async fn same_run(&mut self, wave: &str, input: &str, question: &Question) -> Result<Option<String>> {
        let sql = "SELECT b.id FROM berekeningen b JOIN taken t ON t.id = b.id WHERE b.probleem = 'plaatsing' AND b.onderwerp = $1 \
                   AND b.invoer = $2 AND b.herberekening IS NULL AND t.vraag = $3 AND t.toestand IN ('wachtrij', 'bezig', 'klaar') \
                   ORDER BY b.nummer DESC LIMIT 1";
        self.row(sql, values![wave, input, question.text()]).await?.map(|row| row.string("id")).transpose()
    }

    /// A question: its job and its run.
    pub async fn question(&mut self, id: &str) -> Result<Option<(Job, String)>> {
        let sql = format!("SELECT {JOB}, v.berekening FROM vragen v JOIN taken t ON t.id = v.id WHERE v.id = $1");
        self.row(sql, values![id]).await?.map(|row| Ok((job(&row)?, row.string("berekening")?))).transpose()
    }

    /// The question of a kind about a run that was asked last.
    pub async fn last_question(&mut self, run: &str, kind: &Kind) -> Result<Option<Job>> {
        let sql = format!(
            "SELECT {JOB} FROM vragen v JOIN taken t ON t.id = v.id WHERE v.berekening = $1 AND t.soort = $2 \
             ORDER BY t.aangemaakt_op DESC, t.id DESC LIMIT 1"
        );
        self.row(sql, values![run, kind.code]).await?.as_ref().map(job).transpose()
    }

    /// The question that is kept under this key.
    pub async fn question_under(&mut self, key: &str) -> Result<Option<Job>> {
        let sql = format!("SELECT {JOB} FROM vragen v JOIN taken t ON t.id = v.id WHERE v.sleutel = $1");
        self.row(sql, values![key]).await?.as_ref().map(job).transpose()
    }
}

impl Change {
    /// Adds a run of a job that is in line, with the next number of its wave.
    pub async fn add_run(&mut self, new: &NewRun<'_>, input: &str) -> Result<()> {
        let sql = "INSERT INTO berekeningen (id, probleem, onderwerp, nummer, invoer, basis, beslissingen, voorganger, herberekening, programma) \
                   SELECT $1, 'plaatsing', $2, COALESCE(MAX(nummer), 0) + 1, $3, $4, $5, $6, $7, $8 \
                   FROM berekeningen WHERE probleem = 'plaatsing' AND onderwerp = $2";
        let values = values![new.id, &new.wave.id, input, new.base, new.wave.decisions, new.before, new.batch, env!("CARGO_PKG_VERSION")];
        self.run(sql, values).await?;
        if let Some(used) = &new.wave.policy {
            let sql = "INSERT INTO berekening_beleid (berekening, naam, nummer) VALUES ($1, $2, $3)";
            self.run(sql, values![new.id, &used.named.name, used.named.number]).await?;
        }
        Ok(())
    }

    /// Adds a question about a run, of a job that is in line.
    pub async fn add_question(&mut self, id: &str, run: &str, key: &str) -> Result<()> {
        self.run("INSERT INTO vragen (id, berekening, sleutel) VALUES ($1, $2, $3)", values![id, run, key]).await.map(|_| ())
    }

    /// Frees the key of a question that came to nothing: it keeps its answer under its own id.
    pub async fn free_question_key(&mut self, id: &str) -> Result<()> {
        self.run("UPDATE vragen SET sleutel = id WHERE id = $1", values![id]).await.map(|_| ())
    }
}
