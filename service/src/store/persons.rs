//! What is kept of one candidate: all of it for the right of access, and the erasure of names and of what the log says.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sqlx::Row as _;

use super::clock::written;
use super::log::Entry;
use super::placements::{PLACED, Placed, placed};
use super::register::{Kind, Row};
use super::scope::Scope;
use super::{Result, Store};

/// Most rows of one kind in an answer about a person; more is no person's.
const MOST: i64 = 10_000;

/// Log lines about a candidate: those of the own row, and those whose content names the candidate as the one it is about.
const ABOUT: &str = "(l.wat LIKE 'kandidaat-%' AND l.onderwerp = ?1) OR i.inhoud ->> '$.kandidaat' = ?1";

/// What is kept of one candidate, and of nobody else.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The row in the register, with the names.
    pub row: Row,
    /// What the waves' files and plans hold: per wave the own rows.
    pub waves: Vec<Value>,
    /// What was decided.
    pub decisions: Vec<Value>,
    /// Published placements.
    pub placements: Vec<Placed>,
    /// What was asked about the candidate, without the answers.
    pub questions: Vec<Value>,
    /// Lines of the log.
    pub log: Vec<Value>,
}

/// What an erasure came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Erased {
    /// Done; of how many lines of the log the content is gone.
    Done(u64),
    /// There is no such candidate.
    Unknown,
    /// Somebody else changed the row.
    Stale(Box<Row>),
}

impl Store {
    /// Everything kept of a candidate.
    pub async fn dossier(&self, id: &str) -> Result<Option<Dossier>> {
        let Some(row) = self.row(Kind::Candidate, &Scope::All, id).await? else { return Ok(None) };
        let json =
            |text: Option<String>| -> Result<Value> { Ok(text.map(|it| serde_json::from_str(&it)).transpose()?.unwrap_or(Value::Null)) };
        let waves = sqlx::query(
            "SELECT l.id, (SELECT json(r.value) FROM json_each(CAST(i.bytes AS TEXT), '$.kandidaten') r WHERE r.value ->> '$.id' = ?1), \
             (SELECT json_group_array(json(r.value)) FROM json_each(CAST(i.bytes AS TEXT), '$.vast') r WHERE r.value ->> '$.kandidaat' = ?1), \
             (SELECT json_group_array(json(r.value)) FROM json_each(CAST(i.bytes AS TEXT), '$.verboden') r WHERE r.value ->> '$.kandidaat' = ?1), \
             (SELECT json_group_array(json(r.value)) FROM json_each(CAST(i.bytes AS TEXT), '$.vorig_plan') r WHERE r.value ->> '$.kandidaat' = ?1), \
             (SELECT json(r.value) FROM taken t, json_each(t.resultaat, '$.plaatsingen') r WHERE t.id = l.geldend AND r.value ->> '$.kandidaat' = ?1), \
             (SELECT json(r.value) FROM taken t, json_each(t.resultaat, '$.ongeplaatst') r WHERE t.id = l.geldend AND r.value ->> '$.kandidaat' = ?1) \
             FROM lichtingen l JOIN invoeren i ON i.sha256 = l.invoer ORDER BY l.aangemaakt_op, l.id LIMIT ?2",
        )
        .bind(id)
        .bind(MOST)
        .fetch_all(self.reader())
        .await?;
        let mut found = Vec::new();
        for row in &waves {
            let own = json(row.get(1))?;
            if own.is_null() {
                continue;
            }
            let wave: String = row.get(0);
            let (locks, bans, previous) = (json(row.get(2))?, json(row.get(3))?, json(row.get(4))?);
            let (placement, reasons) = (json(row.get(5))?, json(row.get(6))?);
            found.push(json!({
                "lichting": wave, "rij": own, "vast": locks, "verboden": bans, "vorig_plan": previous, "voorstel": placement,
                "ongeplaatst": reasons,
            }));
        }
        let rows = sqlx::query("SELECT lichting, gegevens, op, door FROM beoordelingen WHERE kandidaat = ? ORDER BY op LIMIT ?")
            .bind(id)
            .bind(MOST)
            .fetch_all(self.reader())
            .await?;
        let decision = |row: &sqlx::sqlite::SqliteRow| -> Result<Value> {
            let (wave, who): (String, String) = (row.get(0), row.get(3));
            Ok(json!({ "lichting": wave, "besluit": json(row.get(1))?, "op": written(row.get(2)), "door": who }))
        };
        let decisions = rows.iter().map(decision).collect::<Result<_>>()?;
        let sql = sqlx::AssertSqlSafe(format!("{PLACED} WHERE p.kandidaat = ? ORDER BY p.van LIMIT ?"));
        let rows = sqlx::query(sql).bind(id).bind(MOST).fetch_all(self.reader()).await?;
        let placements = rows.iter().map(placed).collect::<Result<_>>()?;
        let rows =
            sqlx::query("SELECT id, soort, aangemaakt_op FROM taken WHERE vraag ->> '$.kandidaat' = ? ORDER BY aangemaakt_op LIMIT ?")
                .bind(id)
                .bind(MOST)
                .fetch_all(self.reader())
                .await?;
        let question = |row: &sqlx::sqlite::SqliteRow| {
            let (id, kind): (String, String) = (row.get(0), row.get(1));
            json!({ "id": id, "soort": kind, "op": written(row.get(2)) })
        };
        let questions = rows.iter().map(question).collect();
        let sql = format!(
            "SELECT l.nummer, l.op, l.wie, l.wat, l.onderwerp, i.inhoud FROM logboek l LEFT JOIN logboek_inhoud i ON i.nummer = l.nummer \
             WHERE {ABOUT} ORDER BY l.nummer LIMIT ?2"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).bind(MOST).fetch_all(self.reader()).await?;
        let line = |row: &sqlx::sqlite::SqliteRow| -> Result<Value> {
            let (number, who, what, subject): (i64, String, String, String) = (row.get(0), row.get(2), row.get(3), row.get(4));
            let content = json(row.get(5))?;
            Ok(json!({ "nummer": number, "op": written(row.get(1)), "wie": who, "wat": what, "onderwerp": subject, "inhoud": content }))
        };
        let log = rows.iter().map(line).collect::<Result<_>>()?;
        Ok(Some(Dossier { row, waves: found, decisions, placements, questions, log }))
    }

    /// How often each candidate was erased.
    pub async fn erasures(&self) -> Result<BTreeMap<String, i64>> {
        let sql = "SELECT onderwerp, COUNT(*) FROM logboek WHERE wat = 'kandidaat-gewist' GROUP BY 1";
        Ok(sqlx::query(sql).fetch_all(self.reader()).await?.iter().map(|row| (row.get(0), row.get(1))).collect())
    }

    /// Erases a candidate's names and what the log says of the candidate. The lines of the log and their hashes stay.
    pub async fn erase_names(&self, id: &str, version: i64, who: &str) -> Result<Erased> {
        let Some(now) = self.row(Kind::Candidate, &Scope::All, id).await? else { return Ok(Erased::Unknown) };
        let mut tx = self.begin().await?;
        let found: Option<i64> = sqlx::query_scalar("SELECT versie FROM kandidaten WHERE id = ?").bind(id).fetch_optional(&mut *tx).await?;
        match found {
            None => return Ok(Erased::Unknown),
            Some(found) if found != version => return Ok(Erased::Stale(Box::new(now))),
            Some(_) => {}
        }
        sqlx::query("DELETE FROM personen WHERE soort = 'kandidaat' AND id = ?").bind(id).execute(&mut *tx).await?;
        sqlx::query("UPDATE kandidaten SET versie = versie + 1 WHERE id = ?").bind(id).execute(&mut *tx).await?;
        let sql = format!(
            "DELETE FROM logboek_inhoud WHERE nummer IN (SELECT l.nummer FROM logboek l JOIN logboek_inhoud i ON i.nummer = l.nummer WHERE {ABOUT})"
        );
        let lines = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).execute(&mut *tx).await?.rows_affected();
        // Answers that are kept for repeated requests may hold the names as well.
        sqlx::query("DELETE FROM idempotentie WHERE status IS NOT NULL AND instr(COALESCE(CAST(lichaam AS TEXT), '') || COALESCE(gevolg, ''), ?) > 0")
            .bind(Value::from(id).to_string())
            .execute(&mut *tx)
            .await?;
        let content = json!({ "logregels": lines });
        self.log(&mut tx, Entry { who, what: "kandidaat-gewist", subject: id, content }).await?;
        tx.commit().await?;
        Ok(Erased::Done(lines))
    }
}
