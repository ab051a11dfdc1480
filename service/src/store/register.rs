//! The register: boards, schools, coaches and candidates, each row with its version; names of people are kept apart.

use loket_instances::matching::row as format;
use loket_solver::matching::facts::words::Word;
use serde_json::{Map, Value, json};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::log::Entry;
use super::scope::Scope;
use super::{Error, Result, Store, Tx};
use crate::desk::register::Rows;
use crate::records::candidate_state::CandidateState;

/// What a row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Boards.
    Board,
    /// Schools.
    School,
    /// Coaches.
    Coach,
    /// Candidates.
    Candidate,
}

impl Kind {
    fn table(self) -> &'static str {
        match self {
            Self::Board => "besturen",
            Self::School => "scholen",
            Self::Coach => "coaches",
            Self::Candidate => "kandidaten",
        }
    }

    /// One of them, in words of the log and of messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Board => "bestuur",
            Self::School => "school",
            Self::Coach => "coach",
            Self::Candidate => "kandidaat",
        }
    }

    fn deed(self) -> &'static str {
        match self {
            Self::Board => "bestuur-gezet",
            Self::School => "school-gezet",
            Self::Coach => "coach-gezet",
            Self::Candidate => "kandidaat-gezet",
        }
    }

    /// Columns beyond id, data and version.
    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Board => &[],
            Self::School => &["bestuur"],
            Self::Coach => &["van", "tot"],
            Self::Candidate => &["toestand"],
        }
    }

    /// Where the board stands that a scope asks for.
    fn board(self) -> &'static str {
        match self {
            Self::Board => "r.id",
            Self::School => "r.bestuur",
            // People belong to nobody's board.
            Self::Coach | Self::Candidate => "NULL",
        }
    }

    fn select(self) -> String {
        let column = |name: &str| if self.columns().contains(&name) { format!("r.{name}") } else { "NULL".into() };
        let columns = ["bestuur", "van", "tot", "toestand"].map(column).join(", ");
        let (table, word) = (self.table(), self.word());
        format!(
            "SELECT r.id, r.gegevens, r.versie, {columns}, p.gegevens FROM {table} r \
             LEFT JOIN personen p ON p.soort = '{word}' AND p.id = r.id WHERE (?1 IS NULL OR {} = ?1)",
            self.board()
        )
    }
}

/// A row of the register.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// What the format has for it, without id, board and names of people.
    pub data: Map<String, Value>,
    /// A school's board.
    pub board: Option<String>,
    /// A coach's first day.
    pub from: Option<String>,
    /// A coach's last day.
    pub until: Option<String>,
    /// Where a candidate is.
    pub state: Option<CandidateState>,
    /// `naam` and `toelichting` of a person.
    pub person: Map<String, Value>,
    /// From 1.
    pub version: i64,
}

impl Row {
    fn column(&self, name: &str) -> Option<&str> {
        match name {
            "bestuur" => self.board.as_deref(),
            "van" => self.from.as_deref(),
            "tot" => self.until.as_deref(),
            _ => Some(self.state.unwrap_or(CandidateState::Waits).code()),
        }
    }

    /// Without the names: what the log may hold.
    fn logged(&self, kind: Kind) -> Value {
        let mut value = json!({ "gegevens": self.data });
        for name in kind.columns() {
            value[name] = json!(self.column(name));
        }
        value
    }
}

fn row(row: &SqliteRow) -> Result<Row> {
    let person: Option<&str> = row.get(7);
    Ok(Row {
        id: row.get(0),
        data: serde_json::from_str(row.get(1))?,
        version: row.get(2),
        board: row.get(3),
        from: row.get(4),
        until: row.get(5),
        state: row.get::<Option<&str>, _>(6).map(state).transpose()?,
        person: person.map(serde_json::from_str).transpose()?.unwrap_or_default(),
    })
}

fn state(code: &str) -> Result<CandidateState> {
    CandidateState::parse(code).ok_or_else(|| Error::Corrupt(format!("een kandidaat met toestand {code}")))
}

/// What the register keeps of a row as the format has it: without id, board of a school, and bouw and number of seats, which have columns.
pub fn data(row: &format::Row) -> Map<String, Value> {
    let mut data = row.json();
    data.shift_remove("id");
    let columns: &[&str] = match row {
        format::Row::School(_) => &["bestuur"],
        format::Row::Seats(_) => &["bouw", "aantal"],
        format::Row::Board(_) | format::Row::Coach(_) | format::Row::Candidate(_) => &[],
    };
    for key in columns {
        data.shift_remove(*key);
    }
    data
}

/// What putting a row came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Put {
    /// Done.
    Done(Row),
    /// There is no such row.
    Unknown,
    /// Somebody else changed it, or it is there already: this is what it is now.
    Stale(Row),
    /// The board of the school is not known.
    NoBoard,
    /// The id belongs to another person (coaches and candidates share one name space).
    Taken,
}

impl Store {
    /// A row.
    pub async fn row(&self, kind: Kind, scope: &Scope, id: &str) -> Result<Option<Row>> {
        let sql = AssertSqlSafe(format!("{} AND r.id = ?2", kind.select()));
        sqlx::query(sql).bind(scope.board()).bind(id).fetch_optional(self.reader()).await?.as_ref().map(row).transpose()
    }

    async fn row_in(&self, tx: &mut Tx, kind: Kind, id: &str) -> Result<Option<Row>> {
        let sql = AssertSqlSafe(format!("{} AND r.id = ?2", kind.select()));
        sqlx::query(sql).bind(None::<&str>).bind(id).fetch_optional(&mut **tx).await?.as_ref().map(row).transpose()
    }

    /// Every row, at one moment.
    pub(super) async fn all_rows_in(&self, tx: &mut Tx, kind: Kind) -> Result<Vec<Row>> {
        let sql = AssertSqlSafe(format!("{} ORDER BY r.id", kind.select()));
        sqlx::query(sql).bind(None::<&str>).fetch_all(&mut **tx).await?.iter().map(row).collect()
    }

    /// Rows by id: a page of them and how many there are.
    pub async fn rows(&self, kind: Kind, scope: &Scope, skip: i64, most: i64) -> Result<(Vec<Row>, i64)> {
        let sql = AssertSqlSafe(format!("{} ORDER BY r.id LIMIT ?2 OFFSET ?3", kind.select()));
        let rows = sqlx::query(sql).bind(scope.board()).bind(most).bind(skip).fetch_all(self.reader()).await?;
        let sql = AssertSqlSafe(format!("SELECT COUNT(*) FROM {} r WHERE (?1 IS NULL OR {} = ?1)", kind.table(), kind.board()));
        let all = sqlx::query_scalar(sql).bind(scope.board()).fetch_one(self.reader()).await?;
        Ok((rows.iter().map(row).collect::<Result<_>>()?, all))
    }

    /// Puts a row in the register. `version` is what it is now, 0 for nothing yet.
    pub async fn put_row(&self, kind: Kind, mut new: Row, version: i64, who: &str) -> Result<Put> {
        let mut tx = self.begin().await?;
        let now = self.row_in(&mut tx, kind, &new.id).await?;
        match &now {
            None if version != 0 => return Ok(Put::Unknown),
            Some(now) if now.version != version => return Ok(Put::Stale(now.clone())),
            _ => {}
        }
        if let Some(board) = &new.board
            && self.row_in(&mut tx, Kind::Board, board).await?.is_none()
        {
            return Ok(Put::NoBoard);
        }
        let other = match kind {
            Kind::Coach => Some(Kind::Candidate),
            Kind::Candidate => Some(Kind::Coach),
            _ => None,
        };
        if let Some(other) = other
            && self.row_in(&mut tx, other, &new.id).await?.is_some()
        {
            return Ok(Put::Taken);
        }
        if kind == Kind::Candidate && new.state.is_none() {
            new.state = Some(now.as_ref().and_then(|it| it.state).unwrap_or(CandidateState::Waits));
        }
        new.version = version + 1;
        self.write_row(&mut tx, kind, &new).await?;
        let mut content = json!({ "was": now.map(|it| it.logged(kind)), "wordt": new.logged(kind) });
        content[kind.word()] = json!(new.id);
        self.log(&mut tx, Entry { who, what: kind.deed(), subject: &new.id, content }).await?;
        tx.commit().await?;
        Ok(Put::Done(new))
    }

    async fn write_row(&self, tx: &mut Tx, kind: Kind, new: &Row) -> Result<()> {
        let columns: String = kind.columns().iter().map(|name| format!(", {name}")).collect();
        let places: String = kind.columns().iter().map(|_| ", ?").collect();
        let changes: String = kind.columns().iter().map(|name| format!(", {name} = excluded.{name}")).collect();
        let sql = format!(
            "INSERT INTO {} (id, gegevens, versie{columns}) VALUES (?, ?, ?{places}) \
             ON CONFLICT (id) DO UPDATE SET gegevens = excluded.gegevens, versie = excluded.versie{changes}",
            kind.table()
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(&new.id).bind(Value::Object(new.data.clone()).to_string()).bind(new.version);
        for name in kind.columns() {
            query = query.bind(new.column(name));
        }
        query.execute(&mut **tx).await?;
        if !matches!(kind, Kind::Coach | Kind::Candidate) {
            return Ok(());
        }
        if new.person.is_empty() {
            sqlx::query("DELETE FROM personen WHERE soort = ? AND id = ?").bind(kind.word()).bind(&new.id).execute(&mut **tx).await?;
            return Ok(());
        }
        sqlx::query("INSERT INTO personen (soort, id, gegevens) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET gegevens = excluded.gegevens")
            .bind(kind.word())
            .bind(&new.id)
            .bind(Value::Object(new.person.clone()).to_string())
            .execute(&mut **tx)
            .await?;
        Ok(())
    }

    /// Adds to the register what a wave file holds and the register does not know; what it knows stays as it is.
    pub(super) async fn complete_register(&self, tx: &mut Tx, wave: &str, rows: &Rows, period: (&str, &str), who: &str) -> Result<()> {
        let text = |row: &format::Row| Value::Object(data(row)).to_string();
        let mut added = [0_u64; 5];
        for board in &rows.boards {
            let sql = "INSERT INTO besturen (id, gegevens, versie) VALUES (?, ?, 1) ON CONFLICT DO NOTHING";
            added[0] += sqlx::query(sql).bind(&board.id).bind(text(&board.row)).execute(&mut **tx).await?.rows_affected();
        }
        for school in &rows.schools {
            let sql = "INSERT INTO scholen (id, bestuur, gegevens, versie) VALUES (?, ?, ?, 1) ON CONFLICT DO NOTHING";
            let done = sqlx::query(sql).bind(&school.id).bind(&school.of).bind(text(&school.row)).execute(&mut **tx).await?;
            added[1] += done.rows_affected();
        }
        for seat in &rows.seats {
            let format::Row::Seats(row) = &seat.row else { continue };
            let done = sqlx::query(
                "INSERT INTO plekken (school, id, van, tot, bouw, aantal, gegevens, open, versie) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, 1 \
                 WHERE NOT EXISTS (SELECT 1 FROM plekken WHERE school = ?1 AND id = ?2 AND van <= ?4 AND (tot IS NULL OR tot >= ?3))",
            )
            .bind(&seat.of)
            .bind(&seat.id)
            .bind(period.0)
            .bind(period.1)
            .bind(row.bouw.code())
            .bind(row.count)
            .bind(text(&seat.row))
            .execute(&mut **tx)
            .await?;
            added[2] += done.rows_affected();
        }
        for (at, kind, other, list) in [(3, "coaches", "kandidaten", &rows.coaches), (4, "kandidaten", "coaches", &rows.candidates)] {
            let (column, value) = if at == 4 { (", toestand", ", 'wacht'") } else { ("", "") };
            for person in list {
                let sql = format!(
                    "INSERT INTO {kind} (id, gegevens, versie{column}) SELECT ?1, ?2, 1{value} \
                     WHERE NOT EXISTS (SELECT 1 FROM {other} WHERE id = ?1) ON CONFLICT DO NOTHING"
                );
                let done = sqlx::query(AssertSqlSafe(sql)).bind(&person.id).bind(text(&person.row)).execute(&mut **tx).await?;
                added[at] += done.rows_affected();
            }
        }
        if added.iter().all(|&count| count == 0) {
            return Ok(());
        }
        let [boards, schools, seats, coaches, candidates] = added;
        let content = json!({ "besturen": boards, "scholen": schools, "plekken": seats, "coaches": coaches, "kandidaten": candidates });
        self.log(tx, Entry { who, what: "register-aangevuld", subject: wave, content }).await
    }
}
