//! Rows of waves, and the files they were made of.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::engine::{Row, values};
use super::policies::used;
use super::{Change, Result, Session, ids};
use crate::records::deed::Added;
use crate::records::wave::{Life, Wave};
use loket_solver::matching::facts::words::Word;

const WAVE: &str =
    "id, naam, fase, van, tot, toestand, zaad, invoer, beslissingen, geldend, versie, aangemaakt_op, beleid_naam, beleid_nummer";
/// The same, and where its policy is in its life, and whether whoever drafted that approved it.
const WAVE_NOW: &str = "id, naam, fase, van, tot, toestand, zaad, invoer, beslissingen, geldend, versie, aangemaakt_op, beleid_naam, beleid_nummer, \
    (SELECT b.toestand FROM beleid b WHERE b.naam = beleid_naam AND b.nummer = beleid_nummer) AS beleid_toestand, \
    (SELECT CASE WHEN b.goedgekeurd_door <> 'systeem' AND (b.goedgekeurd_door = b.opgesteld_door OR b.goedgekeurd_door = b.gewijzigd_door) \
    THEN 1 ELSE 0 END FROM beleid b WHERE b.naam = beleid_naam AND b.nummer = beleid_nummer) AS beleid_zelf";

/// Runs of a wave, and jobs that are such runs or questions about them.
const RUNS_OF: &str = "SELECT b.id FROM berekeningen b WHERE b.probleem = 'plaatsing' AND b.onderwerp = $1";
const JOBS_OF: &str = "(id IN (SELECT b.id FROM berekeningen b WHERE b.probleem = 'plaatsing' AND b.onderwerp = $1) OR id IN \
    (SELECT v.id FROM vragen v JOIN berekeningen b ON b.id = v.berekening WHERE b.probleem = 'plaatsing' AND b.onderwerp = $1))";

fn wave(row: &Row) -> Result<Wave> {
    Ok(Wave {
        id: row.string("id")?,
        name: row.string("naam")?,
        phase: row.string("fase")?,
        from: row.string("van")?,
        until: row.string("tot")?,
        life: row.code("toestand")?,
        seed: row.maybe_int("zaad")?,
        input: row.string("invoer")?,
        decisions: row.int("beslissingen")?,
        current: row.maybe_string("geldend")?,
        version: row.int("versie")?,
        created: row.int("aangemaakt_op")?,
        policy: used(row)?,
    })
}

impl Session {
    /// A wave.
    pub async fn wave(&mut self, id: &str) -> Result<Option<Wave>> {
        self.row(format!("SELECT {WAVE_NOW} FROM lichtingen WHERE id = $1"), values![id]).await?.as_ref().map(wave).transpose()
    }

    /// Waves, the newest first, all or those that are here in their life: a page of them and how many there are.
    pub async fn waves(&mut self, life: Option<Life>, skip: i64, most: i64) -> Result<(Vec<Wave>, i64)> {
        const THESE: &str = "FROM lichtingen WHERE ($1 IS NULL OR toestand = $1)";
        let life = life.map(Life::code);
        let sql = format!("SELECT {WAVE_NOW} {THESE} ORDER BY aangemaakt_op DESC, id LIMIT $2 OFFSET $3");
        let rows = self.rows(sql, values![life, most, skip]).await?;
        let all = self.one(format!("SELECT COUNT(*) AS aantal {THESE}"), values![life]).await?.int("aantal")?;
        Ok((rows.iter().map(wave).collect::<Result<_>>()?, all))
    }

    /// Waves that are not over, by id.
    pub async fn live_waves(&mut self) -> Result<Vec<Wave>> {
        let sql = format!("SELECT {WAVE_NOW} FROM lichtingen WHERE toestand <> 'gesloten' ORDER BY id");
        self.rows(sql, values![]).await?.iter().map(wave).collect()
    }

    /// Whether a run of a wave, or a question about one, waits or is at work.
    pub async fn works_on(&mut self, wave: &str) -> Result<bool> {
        let sql = format!("SELECT 1 AS een FROM taken WHERE toestand IN ('wachtrij', 'bezig') AND {JOBS_OF} LIMIT 1");
        Ok(self.row(sql, values![wave]).await?.is_some())
    }

    /// A batch that a wave belongs to.
    pub async fn batch_with(&mut self, wave: &str) -> Result<Option<String>> {
        let sql = "SELECT herberekening FROM herberekening_lichtingen WHERE lichting = $1 ORDER BY herberekening LIMIT 1";
        self.row(sql, values![wave]).await?.map(|row| row.string("herberekening")).transpose()
    }

    /// What a wave added to the register, by the log.
    pub async fn added_by(&mut self, wave: &str) -> Result<Added> {
        let sql = "SELECT i.inhoud FROM logboek l JOIN logboek_inhoud i ON i.nummer = l.nummer \
                   WHERE l.wat = 'register-aangevuld' AND l.onderwerp = $1";
        let mut sum = Added::default();
        for row in self.rows(sql, values![wave]).await? {
            sum.add(row.json("inhoud")?);
        }
        Ok(sum)
    }

    /// Of these waves, each with a mark and a text: the marks and waves of those that are not over and have the text in their file.
    pub async fn waves_holding(&mut self, wanted: &[(&str, &str, String)]) -> Result<BTreeSet<(String, String)>> {
        let words = self.dialect();
        let rows = words.json_rows("$1", "rijen");
        let [mark, wave, text] = ["merk", "lichting", "tekst"].map(|key| words.json_text("v.value", key));
        let held = words.bytes_hold("i.bytes", &text);
        let sql = format!(
            "SELECT {mark} AS merk, l.id FROM {rows} v JOIN lichtingen l ON l.id = {wave} JOIN invoeren i ON i.sha256 = l.invoer \
             WHERE l.toestand <> 'gesloten' AND {held}"
        );
        let given: Vec<Json> = wanted.iter().map(|(mark, wave, text)| json!({ "merk": mark, "lichting": wave, "tekst": text })).collect();
        let rows = self.rows(sql, values![json!({ "rijen": given }).to_string()]).await?;
        rows.iter().map(|row| Ok((row.string("merk")?, row.string("id")?))).collect()
    }

    /// The bytes of these files, by their hashes.
    pub async fn inputs_among(&mut self, hashes: &[&str]) -> Result<BTreeMap<String, Vec<u8>>> {
        let within = self.dialect().one_of("sha256", "$1");
        let rows = self.rows(format!("SELECT sha256, bytes FROM invoeren WHERE {within}"), values![Json::from(hashes).to_string()]).await?;
        rows.iter().map(|row| Ok((row.string("sha256")?, row.bytes("bytes")?.to_vec()))).collect()
    }

    /// The bytes of a wave file.
    pub async fn input(&mut self, sha256: &str) -> Result<Option<Vec<u8>>> {
        let row = self.row("SELECT bytes FROM invoeren WHERE sha256 = $1", values![sha256]).await?;
        row.map(|row| Ok(row.bytes("bytes")?.to_vec())).transpose()
    }
}

impl Change {
    /// Takes a wave away with its runs, the questions about them, its decisions and its file: how many runs and decisions that are.
    pub async fn drop_wave(&mut self, gone: &Wave) -> Result<(i64, i64)> {
        let id = &gone.id;
        let sql = "SELECT COUNT(*) AS aantal FROM berekeningen WHERE probleem = 'plaatsing' AND onderwerp = $1";
        let runs = self.one(sql, values![id]).await?.int("aantal")?;
        let sql = "SELECT COUNT(*) AS aantal FROM beoordelingen WHERE lichting = $1";
        let decisions = self.one(sql, values![id]).await?.int("aantal")?;
        let files: Vec<String> = self
            .rows(
                "SELECT invoer AS bestand FROM berekeningen WHERE probleem = 'plaatsing' AND onderwerp = $1 UNION \
                   SELECT basis AS bestand FROM berekeningen WHERE probleem = 'plaatsing' AND onderwerp = $1",
                values![id],
            )
            .await?
            .iter()
            .map(|row| row.string("bestand"))
            .collect::<Result<_>>()?;
        let jobs = self.rows(format!("SELECT id FROM taken WHERE {JOBS_OF}"), values![id]).await?;
        for sql in [
            "DELETE FROM proeven WHERE lichting = $1".to_owned(),
            "DELETE FROM beoordelingen WHERE lichting = $1".to_owned(),
            "DELETE FROM beoordelingen_eerder WHERE lichting = $1".to_owned(),
            "DELETE FROM antwoord_koppelingen WHERE lichting = $1".to_owned(),
            "DELETE FROM plaats_koppelingen WHERE lichting = $1".to_owned(),
            "DELETE FROM antwoorden WHERE lichting = $1".to_owned(),
            // What somebody refused stays refused, whatever becomes of the wave.
            "DELETE FROM verbod_lichtingen WHERE lichting = $1".to_owned(),
            format!("DELETE FROM plaatsen WHERE berekening IN ({RUNS_OF})"),
            format!("DELETE FROM plaatsen_van WHERE berekening IN ({RUNS_OF})"),
            "DELETE FROM besluiten WHERE lichting = $1".to_owned(),
            "DELETE FROM inzagen WHERE lichting = $1".to_owned(),
            "DELETE FROM notities WHERE lichting = $1".to_owned(),
            format!("DELETE FROM voorstellen WHERE berekening IN ({RUNS_OF})"),
            format!("DELETE FROM gronden WHERE soort = 'berekening' AND van IN ({RUNS_OF})"),
            format!("DELETE FROM taak_gebeurtenissen WHERE taak IN (SELECT id FROM taken WHERE {JOBS_OF})"),
            format!("DELETE FROM vragen WHERE berekening IN ({RUNS_OF})"),
            format!("DELETE FROM berekening_beleid WHERE berekening IN ({RUNS_OF})"),
            "DELETE FROM berekeningen WHERE probleem = 'plaatsing' AND onderwerp = $1".to_owned(),
            "DELETE FROM opvraag_besturen WHERE lichting = $1".to_owned(),
            "DELETE FROM opvragen WHERE lichting = $1".to_owned(),
            "DELETE FROM lichtingen WHERE id = $1".to_owned(),
        ] {
            self.run(sql, values![id]).await?;
        }
        for job in jobs {
            self.run("DELETE FROM taken WHERE id = $1", values![job.text("id")?]).await?;
        }
        for file in files.iter().chain([&gone.input]) {
            self.drop_input(file).await?;
        }
        Ok((runs, decisions))
    }

    /// Takes a file away that nothing is made of any more.
    pub(super) async fn drop_input(&mut self, sha256: &str) -> Result<()> {
        self.forget_ids(sha256).await?;
        let sql = "DELETE FROM invoeren WHERE sha256 = $1 AND NOT EXISTS (SELECT 1 FROM lichtingen WHERE invoer = $1) \
                   AND NOT EXISTS (SELECT 1 FROM berekeningen WHERE invoer = $1 OR basis = $1) \
                   AND NOT EXISTS (SELECT 1 FROM herberekening_lichtingen WHERE invoer_na = $1) \
                   AND NOT EXISTS (SELECT 1 FROM roosters WHERE invoer = $1) \
                   AND NOT EXISTS (SELECT 1 FROM rooster_voorstellen WHERE invoer_na = $1) \
                   AND NOT EXISTS (SELECT 1 FROM meerjarenplan_versies WHERE invoer = $1)";
        self.run(sql, values![sha256]).await.map(|_| ())
    }

    /// Adds a wave; `false` when there is one with this id already.
    pub async fn add_wave(&mut self, new: &Wave) -> Result<bool> {
        let sql = format!(
            "INSERT INTO lichtingen ({WAVE}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (id) DO NOTHING"
        );
        let values = values![
            &new.id,
            &new.name,
            &new.phase,
            &new.from,
            &new.until,
            new.life.code(),
            new.seed,
            &new.input,
            new.decisions,
            new.current.as_ref(),
            new.version,
            new.created,
            new.policy.as_ref().map(|it| it.named.name.clone()),
            new.policy.as_ref().map(|it| it.named.number),
        ];
        Ok(self.run(sql, values).await? > 0)
    }

    /// Puts a wave in the place of the one with its id, as its next version.
    pub async fn put_wave(&mut self, wave: &mut Wave) -> Result<()> {
        wave.version += 1;
        let sql = "UPDATE lichtingen SET naam = $2, fase = $3, van = $4, tot = $5, toestand = $6, zaad = $7, invoer = $8, beslissingen = $9, \
                   geldend = $10, versie = $11, beleid_naam = $12, beleid_nummer = $13 WHERE id = $1";
        let values = values![
            &wave.id,
            &wave.name,
            &wave.phase,
            &wave.from,
            &wave.until,
            wave.life.code(),
            wave.seed,
            &wave.input,
            wave.decisions,
            wave.current.as_ref(),
            wave.version,
            wave.policy.as_ref().map(|it| it.named.name.clone()),
            wave.policy.as_ref().map(|it| it.named.number),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Keeps a wave file under the hash of its bytes.
    pub async fn keep_input(&mut self, bytes: &[u8]) -> Result<String> {
        let sha256 = ids::sha256(bytes);
        self.run("INSERT INTO invoeren (sha256, bytes) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING", values![&sha256, bytes]).await?;
        Ok(sha256)
    }
}
