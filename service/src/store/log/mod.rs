//! The log of who did what: appended to in the same change as the deed, chained by hashes over salted digests.

use sha2::{Digest, Sha256};

use loket_solver::matching::facts::words::Word;

use super::engine::{Row, Value, values};
use super::{Change, Error, Result, Session, ids};
use crate::access::Caller;
use crate::records::deed::{Deed, What};
use crate::records::dossier::{Line, Who};

mod check;

pub use check::{Checked, MOST_WRONG};

pub(super) const LINES: &str = "SELECT l.nummer, l.op, l.wie, l.wat, l.onderwerp, i.inhoud, l.hash FROM logboek l \
    LEFT JOIN logboek_inhoud i ON i.nummer = l.nummer";

/// Which lines of the log are asked for; each part that is there holds.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only lines after this number, and then the first one first; otherwise the newest one first.
    pub after: Option<i64>,
    /// What was done.
    pub what: Option<What>,
    /// To what it was done.
    pub subject: Option<String>,
    /// About whom it is, candidate or coach: they share their ids.
    pub person: Option<String>,
    /// Only work on waves and the register, and nothing of accounts, signing in, tokens and settings.
    pub work: bool,
    /// What or whom it is about: to this it was done, or this person is in it.
    pub about: Option<String>,
    /// Who did it.
    pub by: Option<String>,
    /// From this moment on (UTC, milliseconds).
    pub from: Option<i64>,
    /// Until this moment and at it.
    pub until: Option<i64>,
}

impl Wanted {
    /// The condition, and its values.
    fn condition(&self) -> (String, Vec<Value>) {
        let (mut parts, mut values) = (Vec::new(), Vec::new());
        let mut part = |sql: &str, value: Option<Value>| {
            if let Some(value) = value {
                values.push(value);
                parts.push(sql.replace('?', &format!("${}", values.len())));
            }
        };
        part("l.nummer > ?", self.after.map(Value::from));
        part("l.wat = ?", self.what.map(|it| it.code().into()));
        part("l.onderwerp = ?", self.subject.as_ref().map(Value::from));
        part("l.nummer IN (SELECT nummer FROM logboek_personen WHERE persoon = ?)", self.person.as_ref().map(Value::from));
        let about = "(l.onderwerp = ? OR l.nummer IN (SELECT nummer FROM logboek_personen WHERE persoon = ?))";
        part(about, self.about.as_ref().map(Value::from));
        part("l.wie = ?", self.by.as_ref().map(Value::from));
        part("l.op >= ?", self.from.map(Value::from));
        part("l.op <= ?", self.until.map(Value::from));
        if self.work {
            let others: Vec<String> = What::ALL.iter().filter(|it| it.administers()).map(|it| format!("'{}'", it.code())).collect();
            parts.push(format!("l.wat NOT IN ({})", others.join(", ")));
        }
        let condition = if parts.is_empty() { String::new() } else { format!("WHERE {}", parts.join(" AND ")) };
        (condition, values)
    }
}

pub(super) fn line(row: &Row) -> Result<Line> {
    Ok(Line {
        number: row.int("nummer")?,
        at: row.int("op")?,
        who: row.string("wie")?,
        what: row.string("wat")?,
        subject: row.string("onderwerp")?,
        content: row.maybe_string("inhoud")?,
        hash: row.string("hash")?,
    })
}

/// The hash before the first line.
fn origin() -> String {
    "0".repeat(64)
}

fn digest(salt: &str, content: &str) -> String {
    hashed(&[salt, content])
}

/// SHA-256 over the parts with their lengths, so that no two lists of parts read the same.
fn hashed(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn link(before: &str, number: i64, at: i64, who: &str, what: &str, subject: &str, digest: &str) -> String {
    hashed(&[before, &number.to_string(), &at.to_string(), who, what, subject, digest])
}

/// A line as it is added: salt, digest and hash follow from it and from the line before.
struct NewLine {
    number: i64,
    salt: String,
    digest: String,
    before: String,
    hash: String,
}

impl NewLine {
    fn after(last: Option<(i64, String)>, at: i64, (who, what, subject): (&str, &str, &str), content: &str) -> Self {
        let (number, before) = last.map_or_else(|| (1, origin()), |(number, hash)| (number + 1, hash));
        let salt: String = ids::random().iter().map(|byte| format!("{byte:02x}")).collect();
        let digest = digest(&salt, content);
        let hash = link(&before, number, at, who, what, subject, &digest);
        Self { number, salt, digest, before, hash }
    }
}

impl Change {
    /// Adds a line to the log: who did what to what. Gives the hash of the line, which tells of this deed and of all before it.
    pub async fn log(&mut self, caller: &Caller, subject: &str, deed: &Deed<'_>) -> Result<String> {
        let last = self.row("SELECT nummer, hash FROM logboek ORDER BY nummer DESC LIMIT 1", values![]).await?;
        let last = last.map(|row| Ok::<_, Error>((row.int("nummer")?, row.string("hash")?))).transpose()?;
        let (at, who, what) = (self.clock().now(), caller.who(), deed.what().code());
        let content = serde_json::to_string(deed)?;
        let line = NewLine::after(last, at, (who, what, subject), &content);
        let sql = "INSERT INTO logboek (nummer, op, wie, wat, onderwerp, digest, vorige, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        self.run(sql, values![line.number, at, who, what, subject, &line.digest, &line.before, &line.hash]).await?;
        let sql = "INSERT INTO logboek_inhoud (nummer, zout, inhoud) VALUES ($1, $2, $3)";
        self.run(sql, values![line.number, &line.salt, &content]).await?;
        for Who { kind, id } in deed.about() {
            let sql = "INSERT INTO logboek_personen (nummer, soort, persoon) VALUES ($1, $2, $3)";
            self.run(sql, values![line.number, kind.word(), id]).await?;
        }
        Ok(line.hash)
    }

    /// Takes away the contents of lines. The last line must be the erasure that names them.
    pub async fn erase_contents(&mut self, lines: &[i64]) -> Result<()> {
        self.erases();
        for number in lines {
            self.run("DELETE FROM logboek_inhoud WHERE nummer = $1", values![*number]).await?;
        }
        Ok(())
    }
}

impl Session {
    /// Hash of the last line.
    pub async fn log_head(&mut self) -> Result<String> {
        let row = self.row("SELECT hash FROM logboek ORDER BY nummer DESC LIMIT 1", values![]).await?;
        row.map_or_else(|| Ok(origin()), |row| row.string("hash"))
    }
}

impl Session {
    /// Lines from number `after` on, at most so many.
    pub async fn log_lines(&mut self, after: i64, most: i64) -> Result<Vec<Line>> {
        let sql = format!("{LINES} WHERE l.nummer > $1 ORDER BY l.nummer LIMIT $2");
        self.rows(sql, values![after, most]).await?.iter().map(line).collect()
    }

    /// Lines that are wanted: a page of them and how many there are.
    pub async fn log_page(&mut self, wanted: &Wanted, skip: i64, most: i64) -> Result<(Vec<Line>, i64)> {
        let (condition, mut values) = wanted.condition();
        let sql = format!("SELECT COUNT(*) AS aantal FROM logboek l {condition}");
        let all = self.one(sql, values.clone()).await?.int("aantal")?;
        let (order, at) = (if wanted.after.is_some() { "ASC" } else { "DESC" }, values.len());
        let sql = format!("{LINES} {condition} ORDER BY l.nummer {order} LIMIT ${} OFFSET ${}", at + 1, at + 2);
        values.extend(values![most, skip]);
        Ok((self.rows(sql, values).await?.iter().map(line).collect::<Result<_>>()?, all))
    }

    /// Lines about a person, the first one first.
    pub async fn log_about(&mut self, who: &Who, most: i64) -> Result<Vec<Line>> {
        let sql = format!(
            "{LINES} JOIN logboek_personen p ON p.nummer = l.nummer WHERE p.soort = $1 AND p.persoon = $2 ORDER BY l.nummer LIMIT $3"
        );
        self.rows(sql, values![who.kind.word(), &who.id, most]).await?.iter().map(line).collect()
    }

    /// The numbers of lines about a person whose content is there and may be erased: all but those that tell of an erasure.
    pub async fn log_erasable(&mut self, who: &Who) -> Result<Vec<i64>> {
        let sql = "SELECT l.nummer, l.wat FROM logboek_personen p JOIN logboek l ON l.nummer = p.nummer \
                   JOIN logboek_inhoud i ON i.nummer = p.nummer WHERE p.soort = $1 AND p.persoon = $2 ORDER BY l.nummer";
        let mut numbers = Vec::new();
        for row in self.rows(sql, values![who.kind.word(), &who.id]).await? {
            if !row.code::<What>("wat")?.erases() {
                numbers.push(row.int("nummer")?);
            }
        }
        Ok(numbers)
    }

    /// How many lines there are.
    pub async fn log_length(&mut self) -> Result<i64> {
        self.one("SELECT COALESCE(MAX(nummer), 0) AS aantal FROM logboek", values![]).await?.int("aantal")
    }

    /// The hash of a line; 64 zeros before the first.
    pub async fn log_hash(&mut self, number: i64) -> Result<Option<String>> {
        if number == 0 {
            return Ok(Some(origin()));
        }
        self.row("SELECT hash FROM logboek WHERE nummer = $1", values![number]).await?.map(|row| row.string("hash")).transpose()
    }

    /// The number of the line with this hash: a head that was noted earlier must still be there.
    pub async fn log_number(&mut self, hash: &str) -> Result<Option<i64>> {
        if hash == origin() {
            return Ok(Some(0));
        }
        self.row("SELECT nummer FROM logboek WHERE hash = $1", values![hash]).await?.map(|row| row.int("nummer")).transpose()
    }
}

#[cfg(test)]
mod tests;
