//! The log of who did what: appended to in the same change as the deed, chained by hashes over salted digests.

use sha2::{Digest, Sha256};

use super::engine::{Row, values};
use super::{Change, Error, Result, Session, ids};
use crate::access::Caller;
use crate::records::deed::Deed;
use crate::records::dossier::Line;

pub(super) const LINES: &str = "SELECT l.nummer, l.op, l.wie, l.wat, l.onderwerp, i.inhoud, l.hash FROM logboek l \
    LEFT JOIN logboek_inhoud i ON i.nummer = l.nummer";

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

/// What a check of the chain came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// How many lines there are.
    pub lines: i64,
    /// How many of them have had their content erased.
    pub erased: i64,
    /// Hash of the last line; 64 zeros for an empty log.
    pub head: String,
    /// Everything that does not fit, in Dutch; at most [`MOST_WRONG`] of them.
    pub wrong: Vec<String>,
}

/// So many faults say enough.
pub const MOST_WRONG: usize = 1_000;

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
        let (at, who, what) = (self.clock().now(), caller.who(), deed.what());
        let content = serde_json::to_string(deed)?;
        let line = NewLine::after(last, at, (who, what, subject), &content);
        let sql = "INSERT INTO logboek (nummer, op, wie, wat, onderwerp, digest, vorige, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        self.run(sql, values![line.number, at, who, what, subject, &line.digest, &line.before, &line.hash]).await?;
        let sql = "INSERT INTO logboek_inhoud (nummer, zout, inhoud) VALUES ($1, $2, $3)";
        self.run(sql, values![line.number, &line.salt, &content]).await?;
        Ok(line.hash)
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

    /// Checks every line of the log against its content and against the line before it.
    pub async fn log_check(&mut self) -> Result<Checked> {
        const PART: i64 = 1_000;
        const SQL: &str = "SELECT l.nummer, l.op, l.wie, l.wat, l.onderwerp, l.digest, l.vorige, l.hash, i.zout, i.inhoud FROM logboek l \
                           LEFT JOIN logboek_inhoud i ON i.nummer = l.nummer WHERE l.nummer > $1 ORDER BY l.nummer LIMIT $2";
        let mut checked = Checked { lines: 0, erased: 0, head: origin(), wrong: Vec::new() };
        loop {
            let rows = self.rows(SQL, values![checked.lines, PART]).await?;
            if rows.is_empty() || checked.wrong.len() >= MOST_WRONG {
                return self.beyond(checked).await;
            }
            for row in &rows {
                checked.look_at(row)?;
            }
        }
    }

    /// Contents past the last line: the lines themselves were taken away.
    async fn beyond(&mut self, mut checked: Checked) -> Result<Checked> {
        let sql = "SELECT i.nummer FROM logboek_inhoud i LEFT JOIN logboek l ON l.nummer = i.nummer WHERE l.nummer IS NULL \
                   ORDER BY i.nummer LIMIT 1000";
        for row in self.rows(sql, values![]).await? {
            checked.wrong.push(format!("de inhoud van regel {} is er, de regel zelf niet", row.int("nummer")?));
        }
        Ok(checked)
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

impl Checked {
    /// Holds the next line against its content and against the line before it.
    fn look_at(&mut self, row: &Row) -> Result<()> {
        let number = row.int("nummer")?;
        let (digested, before, hash) = (row.text("digest")?, row.text("vorige")?, row.string("hash")?);
        if number != self.lines + 1 {
            self.wrong.push(format!("na regel {} volgt regel {number}", self.lines));
        }
        if before != self.head {
            self.wrong.push(format!("regel {number} sluit niet aan op de regel ervoor"));
        }
        let (who, what, subject) = (row.text("wie")?, row.text("wat")?, row.text("onderwerp")?);
        if link(before, number, row.int("op")?, who, what, subject, digested) != hash {
            self.wrong.push(format!("regel {number} is veranderd"));
        }
        match (row.maybe_text("zout")?, row.maybe_text("inhoud")?) {
            (Some(salt), Some(content)) if digest(salt, content) != digested => {
                self.wrong.push(format!("de inhoud van regel {number} is veranderd"));
            }
            (Some(_), Some(_)) => {}
            _ => self.erased += 1,
        }
        (self.lines, self.head) = (number, hash);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
