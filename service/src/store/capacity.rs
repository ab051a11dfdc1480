//! Seats of schools by period: what boards offer, confirm and close. Every query takes a scope.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use super::log::Entry;
use super::placements::period;
use super::scope::Scope;
use super::{Result, Store, Tx};
use crate::desk::room::Period;

/// The seats of one group at a school in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Seats {
    /// The school.
    pub school: String,
    /// The seat group.
    pub id: String,
    /// First day.
    pub from: String,
    /// Last day; absent is without end.
    pub until: Option<String>,
    /// onderbouw, middenbouw or bovenbouw.
    pub bouw: String,
    /// How many.
    pub count: i64,
    /// What else the format has: the duo colleague's half-days.
    pub data: Map<String, Value>,
    /// Whether they may be used.
    pub open: bool,
    /// Code of why not.
    pub reason: Option<String>,
    /// When the board last said that it is so, UTC milliseconds.
    pub confirmed: Option<i64>,
    /// From 1.
    pub version: i64,
}

impl Seats {
    /// When they are offered.
    pub fn period(&self) -> Result<Period> {
        period(Some(&self.from), self.until.as_deref())
    }

    fn logged(&self) -> Value {
        json!({
            "van": self.from, "tot": self.until, "bouw": self.bouw, "aantal": self.count, "gegevens": self.data, "open": self.open,
            "reden": self.reason,
        })
    }
}

/// What changing seats came to.
#[derive(Clone, Debug, PartialEq)]
pub enum PutSeats {
    /// Done; whether they are new.
    Done(Seats, bool),
    /// The school is not there within the scope, or it has no such seats.
    Unknown,
    /// Somebody else changed them, or they are there already.
    Stale(Seats),
    /// Another period of the same seat group has some of these days.
    Overlap(Seats),
    /// They would end before they begin.
    Backwards,
}

/// Placements that plans under review propose on a seat group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// By which wave.
    pub wave: String,
    /// When.
    pub period: Period,
    /// At which school.
    pub school: String,
    /// On which seats.
    pub seat: String,
    /// How many.
    pub count: i64,
}

const SEATS: &str = "p.school, p.id, p.van, p.tot, p.bouw, p.aantal, p.gegevens, p.open, p.reden, p.bevestigd_op, p.versie";
const OF: &str = "FROM plekken p JOIN scholen s ON s.id = p.school WHERE (?1 IS NULL OR s.bestuur = ?1)";

fn seats(row: &SqliteRow) -> Result<Seats> {
    Ok(Seats {
        school: row.get(0),
        id: row.get(1),
        from: row.get(2),
        until: row.get(3),
        bouw: row.get(4),
        count: row.get(5),
        data: serde_json::from_str(row.get(6))?,
        open: row.get(7),
        reason: row.get(8),
        confirmed: row.get(9),
        version: row.get(10),
    })
}

/// Of the periods of one seat group the one that counts today, else the next, else the last.
pub fn usual<'a>(rows: &'a [Seats], today: &str) -> Option<&'a Seats> {
    rows.iter().find(|row| row.until.as_deref().is_none_or(|until| until >= today)).or_else(|| rows.last())
}

/// What a board confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// How many seat groups, each period for itself.
    pub rows: i64,
    /// When (UTC milliseconds).
    pub at: i64,
    /// The version of its seats after that.
    pub version: i64,
}

impl Store {
    /// Seats that are offered on a day or later, by school: a page of them and how many rows there are.
    pub async fn seats(&self, scope: &Scope, on: &str, skip: i64, most: i64) -> Result<(Vec<Seats>, i64)> {
        let sql = format!("SELECT {SEATS} {OF} AND (p.tot IS NULL OR p.tot >= ?2) ORDER BY p.school, p.id, p.van LIMIT ?3 OFFSET ?4");
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(scope.board()).bind(on).bind(most).bind(skip).fetch_all(self.reader()).await?;
        let sql = AssertSqlSafe(format!("SELECT COUNT(*) {OF} AND (p.tot IS NULL OR p.tot >= ?2)"));
        let all = sqlx::query_scalar(sql).bind(scope.board()).bind(on).fetch_one(self.reader()).await?;
        Ok((rows.iter().map(seats).collect::<Result<_>>()?, all))
    }

    /// All seats that are offered on a day or later, within a change.
    pub(super) async fn seats_from_in(&self, tx: &mut Tx, on: &str) -> Result<Vec<Seats>> {
        let sql = AssertSqlSafe(format!("SELECT {SEATS} {OF} AND (p.tot IS NULL OR p.tot >= ?2) ORDER BY p.school, p.id, p.van"));
        sqlx::query(sql).bind(None::<&str>).bind(on).fetch_all(&mut **tx).await?.iter().map(seats).collect()
    }

    /// The periods of one seat group, the first one first.
    pub async fn seat_group(&self, scope: &Scope, school: &str, seat: &str) -> Result<Vec<Seats>> {
        let sql = AssertSqlSafe(format!("SELECT {SEATS} {OF} AND p.school = ?2 AND p.id = ?3 ORDER BY p.van"));
        sqlx::query(sql).bind(scope.board()).bind(school).bind(seat).fetch_all(self.reader()).await?.iter().map(seats).collect()
    }

    /// A number that grows with every change of the seats within the scope.
    pub async fn seats_version(&self, scope: &Scope) -> Result<i64> {
        let sql = AssertSqlSafe(format!("SELECT COALESCE(SUM(p.versie), 0) {OF}"));
        Ok(sqlx::query_scalar(sql).bind(scope.board()).fetch_one(self.reader()).await?)
    }

    /// Changes the seats of one group, or adds a period to it. `new.from` empty stands for the period that counts today; `version` is
    /// what it is now, 0 for nothing yet.
    pub async fn put_seats(&self, scope: &Scope, mut new: Seats, version: i64, who: &str) -> Result<PutSeats> {
        let today = self.clock().today().to_string();
        let mut tx = self.begin().await?;
        let board: Option<String> =
            sqlx::query_scalar("SELECT s.bestuur FROM scholen s WHERE (?1 IS NULL OR s.bestuur = ?1) AND s.id = ?2")
                .bind(scope.board())
                .bind(&new.school)
                .fetch_optional(&mut *tx)
                .await?;
        let Some(board) = board else { return Ok(PutSeats::Unknown) };
        let sql = AssertSqlSafe(format!("SELECT {SEATS} {OF} AND p.school = ?2 AND p.id = ?3 ORDER BY p.van"));
        let rows = sqlx::query(sql).bind(scope.board()).bind(&new.school).bind(&new.id).fetch_all(&mut *tx).await?;
        let rows = rows.iter().map(seats).collect::<Result<Vec<_>>>()?;
        let named = rows.iter().find(|row| row.from == new.from);
        // A new period has a day of its own; a change without that day may move the first day of the period that counts.
        let target = if version == 0 && !new.from.is_empty() { named } else { named.or_else(|| usual(&rows, &today)) };
        match target {
            None if version != 0 => return Ok(PutSeats::Unknown),
            Some(row) if row.version != version => return Ok(PutSeats::Stale(row.clone())),
            _ => {}
        }
        if new.from.is_empty() {
            new.from = target.map_or(today, |row| row.from.clone());
        }
        if new.until.as_ref().is_some_and(|until| *until < new.from) {
            return Ok(PutSeats::Backwards);
        }
        let wanted = new.period()?;
        for row in rows.iter().filter(|row| target.is_none_or(|it| it.from != row.from)) {
            if row.period()?.meets(wanted) {
                return Ok(PutSeats::Overlap(row.clone()));
            }
        }
        new.version = version + 1;
        new.confirmed = Some(self.clock().now());
        if let Some(row) = target {
            sqlx::query("DELETE FROM plekken WHERE school = ? AND id = ? AND van = ?")
                .bind(&row.school)
                .bind(&row.id)
                .bind(&row.from)
                .execute(&mut *tx)
                .await?;
        }
        sqlx::query(
            "INSERT INTO plekken (school, id, van, tot, bouw, aantal, gegevens, open, reden, bevestigd_op, versie) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&new.school)
        .bind(&new.id)
        .bind(&new.from)
        .bind(&new.until)
        .bind(&new.bouw)
        .bind(new.count)
        .bind(Value::Object(new.data.clone()).to_string())
        .bind(new.open)
        .bind(&new.reason)
        .bind(new.confirmed)
        .bind(new.version)
        .execute(&mut *tx)
        .await?;
        let was = target.map(Seats::logged);
        let content = json!({ "bestuur": board, "school": new.school, "plek": new.id, "was": was, "wordt": new.logged() });
        self.log(&mut tx, Entry { who, what: "capaciteit-gezet", subject: &new.school, content }).await?;
        tx.commit().await?;
        Ok(PutSeats::Done(new, target.is_none()))
    }

    /// A board says that its seats from a day on are as they stand; `None` when they are no longer at the version that it saw.
    pub async fn confirm_seats(&self, board: &str, on: &str, seen: i64, who: &str) -> Result<Option<Confirmed>> {
        let scope = Scope::Board(board.into());
        let mut tx = self.begin().await?;
        let sql = AssertSqlSafe(format!("SELECT COALESCE(SUM(p.versie), 0) {OF}"));
        let version: i64 = sqlx::query_scalar(sql).bind(scope.board()).fetch_one(&mut *tx).await?;
        if seen != version {
            return Ok(None);
        }
        let at = self.clock().now();
        let done = sqlx::query(
            "UPDATE plekken SET bevestigd_op = ?, versie = versie + 1 \
             WHERE school IN (SELECT id FROM scholen WHERE bestuur = ?) AND (tot IS NULL OR tot >= ?)",
        )
        .bind(at)
        .bind(board)
        .bind(on)
        .execute(&mut *tx)
        .await?;
        let content = json!({ "vanaf": on, "plekken": done.rows_affected(), "versie": version });
        self.log(&mut tx, Entry { who, what: "capaciteit-bevestigd", subject: board, content }).await?;
        let sql = AssertSqlSafe(format!("SELECT COALESCE(SUM(p.versie), 0) {OF}"));
        let version = sqlx::query_scalar(sql).bind(scope.board()).fetch_one(&mut *tx).await?;
        let confirmed = Confirmed { rows: i64::try_from(done.rows_affected()).unwrap_or(i64::MAX), at, version };
        self.note_deed(&mut tx, &serde_json::to_value(confirmed)?).await?;
        tx.commit().await?;
        Ok(Some(confirmed))
    }

    /// What plans under review propose on the seats within the scope.
    pub async fn proposed(&self, scope: &Scope) -> Result<Vec<Proposed>> {
        let rows = sqlx::query(
            "SELECT l.id, l.van, l.tot, v.value ->> '$.school', v.value ->> '$.plek', COUNT(*) \
             FROM lichtingen l JOIN taken t ON t.id = l.geldend JOIN json_each(t.resultaat, '$.plaatsingen') v \
             JOIN scholen s ON s.id = v.value ->> '$.school' \
             WHERE l.toestand IN ('berekend', 'in-beoordeling') AND (?1 IS NULL OR s.bestuur = ?1) GROUP BY 1, 4, 5",
        )
        .bind(scope.board())
        .fetch_all(self.reader())
        .await?;
        let one = |row: &SqliteRow| {
            let period = period(Some(row.get(1)), Some(row.get(2)))?;
            Ok(Proposed { wave: row.get(0), period, school: row.get(3), seat: row.get(4), count: row.get(5) })
        };
        rows.iter().map(one).collect()
    }
}
