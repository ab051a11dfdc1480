//! Waves: their file, their period and their life, from concept to gesloten.

use loket_instances::matching::apart::Person;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::log::Entry;
use super::{Result, Store, Tx, ids};
use crate::desk::register::Rows;

/// Where a wave is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Life {
    /// Being filled in.
    Concept,
    /// Submitted: the seed is drawn.
    Ingediend,
    /// There is a plan.
    Berekend,
    /// Somebody decided about a proposal.
    InBeoordeling,
    /// Published: placements count.
    Vastgesteld,
    /// Over.
    Gesloten,
}

impl Life {
    /// As it is kept.
    pub fn code(self) -> &'static str {
        match self {
            Self::Concept => "concept",
            Self::Ingediend => "ingediend",
            Self::Berekend => "berekend",
            Self::InBeoordeling => "in-beoordeling",
            Self::Vastgesteld => "vastgesteld",
            Self::Gesloten => "gesloten",
        }
    }

    fn read(code: &str) -> Self {
        match code {
            "concept" => Self::Concept,
            "ingediend" => Self::Ingediend,
            "berekend" => Self::Berekend,
            "in-beoordeling" => Self::InBeoordeling,
            "vastgesteld" => Self::Vastgesteld,
            _ => Self::Gesloten,
        }
    }
}

/// A wave as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// Its id, also in its file.
    pub id: String,
    /// Its name.
    pub name: String,
    /// werkervaring, opleiding, …
    pub phase: String,
    /// First day, yyyy-mm-dd.
    pub from: String,
    /// Last day, yyyy-mm-dd.
    pub until: String,
    /// Where it is.
    pub life: Life,
    /// Drawn when it was submitted.
    pub seed: Option<i64>,
    /// Hash of its file.
    pub input: String,
    /// Grows with every decision.
    pub decisions: i64,
    /// The run whose plan is under review or published.
    pub current: Option<String>,
    /// Grows with every change.
    pub version: i64,
    /// UTC milliseconds.
    pub created: i64,
}

/// A wave to be kept.
#[derive(Clone, Debug)]
pub struct NewWave<'a> {
    /// See [`Wave::id`].
    pub id: &'a str,
    /// See [`Wave::name`].
    pub name: &'a str,
    /// See [`Wave::phase`].
    pub phase: &'a str,
    /// See [`Wave::from`].
    pub from: &'a str,
    /// See [`Wave::until`].
    pub until: &'a str,
    /// The file, without names.
    pub file: &'a [u8],
    /// What the file tells the register.
    pub rows: &'a Rows,
}

/// What a change that names a version comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edited<T> {
    /// Done.
    Done(T),
    /// There is no such thing.
    Unknown,
    /// Somebody else changed it: this is what it is now.
    Stale(T),
    /// Not in this state of its life.
    NotNow(T),
}

const WAVE: &str = "id, naam, fase, van, tot, toestand, zaad, invoer, beslissingen, geldend, versie, aangemaakt_op";

fn wave(row: &SqliteRow) -> Wave {
    Wave {
        id: row.get(0),
        name: row.get(1),
        phase: row.get(2),
        from: row.get(3),
        until: row.get(4),
        life: Life::read(row.get(5)),
        seed: row.get(6),
        input: row.get(7),
        decisions: row.get(8),
        current: row.get(9),
        version: row.get(10),
        created: row.get(11),
    }
}

impl Store {
    /// Keeps a new wave in concept and adds to the register what that does not know yet; `false` when there is one with this id already.
    pub async fn add_wave(&self, new: &NewWave<'_>, people: &[Person], who: &str) -> Result<bool> {
        let mut tx = self.begin().await?;
        let input = self.keep_input(&mut tx, new.file).await?;
        let added = sqlx::query(
            "INSERT INTO lichtingen (id, naam, fase, van, tot, toestand, invoer, versie, aangemaakt_op) \
             VALUES (?, ?, ?, ?, ?, 'concept', ?, 1, ?) ON CONFLICT DO NOTHING",
        )
        .bind(new.id)
        .bind(new.name)
        .bind(new.phase)
        .bind(new.from)
        .bind(new.until)
        .bind(&input)
        .bind(self.clock().now())
        .execute(&mut *tx)
        .await?;
        if added.rows_affected() == 0 {
            return Ok(false);
        }
        self.keep_people(&mut tx, people).await?;
        self.log(&mut tx, Entry { who, what: "lichting-gemaakt", subject: new.id, content: json!({ "invoer": input }) }).await?;
        self.complete_register(&mut tx, new.id, new.rows, (new.from, new.until), who).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Puts another file in the place of a wave's file, as long as it is not published.
    pub async fn replace_input(&self, id: &str, version: i64, new: &NewWave<'_>, people: &[Person], who: &str) -> Result<Edited<Wave>> {
        let mut tx = self.begin().await?;
        let Some(found) = self.wave_in(&mut tx, id).await? else { return Ok(Edited::Unknown) };
        if found.version != version {
            return Ok(Edited::Stale(found));
        }
        if found.life >= Life::Vastgesteld {
            return Ok(Edited::NotNow(found));
        }
        let input = self.keep_input(&mut tx, new.file).await?;
        sqlx::query("UPDATE lichtingen SET invoer = ?, naam = ?, fase = ?, van = ?, tot = ?, versie = versie + 1 WHERE id = ?")
            .bind(&input)
            .bind(new.name)
            .bind(new.phase)
            .bind(new.from)
            .bind(new.until)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        self.keep_people(&mut tx, people).await?;
        let content = json!({ "was": found.input, "invoer": input });
        self.log(&mut tx, Entry { who, what: "lichting-veranderd", subject: id, content }).await?;
        self.complete_register(&mut tx, id, new.rows, (new.from, new.until), who).await?;
        let after = self.wave_in(&mut tx, id).await?;
        tx.commit().await?;
        Ok(after.map_or(Edited::Unknown, Edited::Done))
    }

    /// Submits a wave: from now on it is calculated, with the seed in its file (drawn by the caller when the file names none).
    pub async fn submit_wave(&self, id: &str, version: i64, seed: i64, file: &[u8], who: &str) -> Result<Edited<Wave>> {
        let mut tx = self.begin().await?;
        let Some(found) = self.wave_in(&mut tx, id).await? else { return Ok(Edited::Unknown) };
        if found.life != Life::Concept {
            return Ok(Edited::NotNow(found));
        }
        if found.version != version {
            return Ok(Edited::Stale(found));
        }
        let input = self.keep_input(&mut tx, file).await?;
        sqlx::query("UPDATE lichtingen SET toestand = 'ingediend', zaad = ?, invoer = ?, versie = versie + 1 WHERE id = ?")
            .bind(seed)
            .bind(&input)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        let content = json!({ "zaad": seed, "invoer": input });
        self.log(&mut tx, Entry { who, what: "lichting-ingediend", subject: id, content }).await?;
        self.note_deed(&mut tx, &Value::Null).await?;
        let after = self.wave_in(&mut tx, id).await?;
        tx.commit().await?;
        Ok(after.map_or(Edited::Unknown, Edited::Done))
    }

    /// A wave.
    pub async fn wave(&self, id: &str) -> Result<Option<Wave>> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {WAVE} FROM lichtingen WHERE id = ?"));
        Ok(sqlx::query(sql).bind(id).fetch_optional(self.reader()).await?.as_ref().map(wave))
    }

    pub(crate) async fn wave_in(&self, tx: &mut Tx, id: &str) -> Result<Option<Wave>> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {WAVE} FROM lichtingen WHERE id = ?"));
        Ok(sqlx::query(sql).bind(id).fetch_optional(&mut **tx).await?.as_ref().map(wave))
    }

    /// Waves, the newest first: a page of them and how many there are.
    pub async fn waves(&self, skip: i64, most: i64) -> Result<(Vec<Wave>, i64)> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {WAVE} FROM lichtingen ORDER BY aangemaakt_op DESC, id LIMIT ? OFFSET ?"));
        let rows = sqlx::query(sql).bind(most).bind(skip).fetch_all(self.reader()).await?;
        let all: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM lichtingen").fetch_one(self.reader()).await?;
        Ok((rows.iter().map(wave).collect(), all))
    }

    /// The bytes of a wave file.
    pub async fn input(&self, sha256: &str) -> Result<Option<Vec<u8>>> {
        Ok(sqlx::query_scalar("SELECT bytes FROM invoeren WHERE sha256 = ?").bind(sha256).fetch_optional(self.reader()).await?)
    }

    /// Keeps a wave file under the hash of its bytes.
    pub(crate) async fn keep_input(&self, tx: &mut Tx, bytes: &[u8]) -> Result<String> {
        let sha256 = ids::sha256(bytes);
        sqlx::query("INSERT INTO invoeren (sha256, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(&sha256)
            .bind(bytes)
            .execute(&mut **tx)
            .await?;
        Ok(sha256)
    }

    /// Keeps what is known of people apart from the wave.
    pub(crate) async fn keep_people(&self, tx: &mut Tx, people: &[Person]) -> Result<()> {
        for person in people {
            let mut data = serde_json::Map::new();
            for (key, text) in [("naam", &person.name), ("toelichting", &person.note)] {
                data.extend(text.clone().map(|text| (key.to_owned(), Value::String(text))));
            }
            sqlx::query(
                "INSERT INTO personen (soort, id, gegevens) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET gegevens = excluded.gegevens",
            )
            .bind(person.kind.code())
            .bind(&person.id)
            .bind(Value::Object(data).to_string())
            .execute(&mut **tx)
            .await?;
        }
        Ok(())
    }

    /// What is known of people of one kind (`kandidaat`, `coach`), by id.
    pub async fn people(&self, kind: &str) -> Result<std::collections::BTreeMap<String, Value>> {
        let rows = sqlx::query("SELECT id, gegevens FROM personen WHERE soort = ?").bind(kind).fetch_all(self.reader()).await?;
        rows.iter().map(|row| Ok((row.get(0), serde_json::from_str(row.get(1))?))).collect()
    }
}
