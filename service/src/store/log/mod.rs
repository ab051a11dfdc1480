//! The log of who did what: appended to in the same change as the deed, chained by hashes over salted digests.

use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::{Result, Store, Tx, ids};

/// One deed.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Who did it: an account or `systeem`, never a name.
    pub who: &'a str,
    /// What was done, one of the words of docs/operating.md.
    pub what: &'a str,
    /// What it was done to: an id.
    pub subject: &'a str,
    /// What was shown and decided. It is kept beside the chain, so that it can be erased.
    pub content: Value,
}

/// One line of the log as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: i64,
    /// When, UTC milliseconds.
    pub at: i64,
    /// See [`Entry::who`].
    pub who: String,
    /// See [`Entry::what`].
    pub what: String,
    /// See [`Entry::subject`].
    pub subject: String,
    /// The content; `None` once erased.
    pub content: Option<String>,
    /// Hash of this line and all before it.
    pub hash: String,
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

impl Store {
    /// Appends a line in the change that does the deed.
    pub(crate) async fn log(&self, tx: &mut Tx, entry: Entry<'_>) -> Result<()> {
        let last = sqlx::query("SELECT nummer, hash FROM logboek ORDER BY nummer DESC LIMIT 1").fetch_optional(&mut **tx).await?;
        let (number, before) = match last {
            Some(row) => (row.get::<i64, _>(0) + 1, row.get(1)),
            None => (1, origin()),
        };
        let at = self.clock().now();
        let content = entry.content.to_string();
        let salt: String = ids::random().iter().map(|byte| format!("{byte:02x}")).collect();
        let digest = digest(&salt, &content);
        let hash = link(&before, number, at, entry.who, entry.what, entry.subject, &digest);
        sqlx::query("INSERT INTO logboek (nummer, op, wie, wat, onderwerp, digest, vorige, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(number)
            .bind(at)
            .bind(entry.who)
            .bind(entry.what)
            .bind(entry.subject)
            .bind(&digest)
            .bind(&before)
            .bind(&hash)
            .execute(&mut **tx)
            .await?;
        sqlx::query("INSERT INTO logboek_inhoud (nummer, zout, inhoud) VALUES (?, ?, ?)")
            .bind(number)
            .bind(&salt)
            .bind(&content)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }

    /// Lines from number `after` on, at most so many.
    pub async fn log_lines(&self, after: i64, most: i64) -> Result<Vec<Line>> {
        let rows = sqlx::query(
            "SELECT l.nummer, l.op, l.wie, l.wat, l.onderwerp, i.inhoud, l.hash FROM logboek l \
             LEFT JOIN logboek_inhoud i ON i.nummer = l.nummer WHERE l.nummer > ? ORDER BY l.nummer LIMIT ?",
        )
        .bind(after)
        .bind(most)
        .fetch_all(self.reader())
        .await?;
        Ok(rows
            .iter()
            .map(|row| Line {
                number: row.get(0),
                at: row.get(1),
                who: row.get(2),
                what: row.get(3),
                subject: row.get(4),
                content: row.get(5),
                hash: row.get(6),
            })
            .collect())
    }

    /// Checks every line of the log against its content and against the line before it.
    pub async fn log_check(&self) -> Result<Checked> {
        const PART: i64 = 1_000;
        let mut checked = Checked { lines: 0, erased: 0, head: origin(), wrong: Vec::new() };
        loop {
            let rows = sqlx::query(
                "SELECT l.nummer, l.op, l.wie, l.wat, l.onderwerp, l.digest, l.vorige, l.hash, i.zout, i.inhoud FROM logboek l \
                 LEFT JOIN logboek_inhoud i ON i.nummer = l.nummer WHERE l.nummer > ? ORDER BY l.nummer LIMIT ?",
            )
            .bind(checked.lines)
            .bind(PART)
            .fetch_all(self.reader())
            .await?;
            if rows.is_empty() || checked.wrong.len() >= MOST_WRONG {
                return self.beyond(checked).await;
            }
            for row in &rows {
                let number: i64 = row.get(0);
                let (digested, before, hash): (String, String, String) = (row.get(5), row.get(6), row.get(7));
                let expected = checked.lines + 1;
                if number != expected {
                    checked.wrong.push(format!("na regel {} volgt regel {number}", checked.lines));
                }
                if before != checked.head {
                    checked.wrong.push(format!("regel {number} sluit niet aan op de regel ervoor"));
                }
                let (who, what, subject): (String, String, String) = (row.get(2), row.get(3), row.get(4));
                if link(&before, number, row.get(1), &who, &what, &subject, &digested) != hash {
                    checked.wrong.push(format!("regel {number} is veranderd"));
                }
                match (row.get::<Option<String>, _>(8), row.get::<Option<String>, _>(9)) {
                    (Some(salt), Some(content)) if digest(&salt, &content) != digested => {
                        checked.wrong.push(format!("de inhoud van regel {number} is veranderd"));
                    }
                    (Some(_), Some(_)) => {}
                    _ => checked.erased += 1,
                }
                checked.lines = number;
                checked.head = hash;
            }
        }
    }

    /// Contents past the last line: the lines themselves were taken away.
    async fn beyond(&self, mut checked: Checked) -> Result<Checked> {
        let rows: Vec<i64> = sqlx::query_scalar(
            "SELECT i.nummer FROM logboek_inhoud i LEFT JOIN logboek l ON l.nummer = i.nummer WHERE l.nummer IS NULL ORDER BY 1 LIMIT 1000",
        )
        .fetch_all(self.reader())
        .await?;
        checked.wrong.extend(rows.iter().map(|number| format!("de inhoud van regel {number} is er, de regel zelf niet")));
        Ok(checked)
    }

    /// The hash of a line; 64 zeros before the first.
    pub async fn log_hash(&self, number: i64) -> Result<Option<String>> {
        if number == 0 {
            return Ok(Some(origin()));
        }
        Ok(sqlx::query_scalar("SELECT hash FROM logboek WHERE nummer = ?").bind(number).fetch_optional(self.reader()).await?)
    }

    /// The number of the line with this hash: a head that was noted earlier must still be there.
    pub async fn log_number(&self, hash: &str) -> Result<Option<i64>> {
        if hash == origin() {
            return Ok(Some(0));
        }
        Ok(sqlx::query_scalar("SELECT nummer FROM logboek WHERE hash = ?").bind(hash).fetch_optional(self.reader()).await?)
    }
}

#[cfg(test)]
mod tests;
