//! Moving everything that is kept from a file to an empty database: all of it, checked, or nothing.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::backup::{alone, inspect_store};
use super::engine::sqlite::Shape;
use super::engine::{Kind, Row, Value};
use super::holdings;
use super::log::Checked;
use super::{Change, Error, Result, Session, Store};

/// Rows that are read and written at once. Some hold a whole file.
const PART: usize = 50;
/// What is in new tables already: it is replaced by what the file has.
const BEGUN: &[&str] = &["beleid", "schrijfproef"];

/// Why nothing was moved.
#[derive(Debug)]
pub enum Refused {
    /// A service or another program has the file open.
    InUse,
    /// The tables of the file are those of an earlier version of this program.
    Earlier,
    /// The file is not whole; everything that is wrong with it, in Dutch.
    Source(Vec<String>),
    /// The database has rows already, in this table.
    Filled(&'static str),
}

/// What was moved.
#[derive(Debug)]
pub struct Moved {
    /// How many rows each table has.
    pub tables: Vec<(&'static str, u64)>,
    /// What the log came to, in the database.
    pub log: Checked,
}

/// Moves everything from a file that nobody uses to a database in which nothing is kept yet. The file stays as it is; for as long as this
/// takes nobody else can write in it.
pub async fn moved(from: &Path, to: &Store) -> Result<std::result::Result<Moved, Refused>> {
    match alone(from).await {
        Ok(true) => {}
        Ok(false) => return Ok(Err(Refused::InUse)),
        Err(error) => return Err(error),
    }
    let source = Store::open_to_read(from).await?;
    let done = all(&source, to).await;
    source.close().await;
    done
}

async fn all(source: &Store, to: &Store) -> Result<std::result::Result<Moved, Refused>> {
    if !source.file()?.is_of_today().await? {
        return Ok(Err(Refused::Earlier));
    }
    let mut reading = source.snapshot().await?;
    // From the first question on nobody else writes in a file that is not in use; whoever came before that has put it in use again.
    count(&mut reading, "lichtingen").await?;
    if !source.file()?.is_at_rest().await? {
        return Ok(Err(Refused::InUse));
    }
    let (before, faults) = inspect_store(source).await?;
    if !faults.is_empty() {
        return Ok(Err(Refused::Source(faults)));
    }
    let mut change = to.change().await?;
    let shapes = in_order(source).await?;
    for (table, _) in shapes.iter().filter(|(table, _)| !BEGUN.contains(table)) {
        if count(&mut change, table).await? > 0 {
            return Ok(Err(Refused::Filled(table)));
        }
    }
    for table in BEGUN {
        change.run(format!("DELETE FROM {table}"), Vec::new()).await?;
    }
    let mut tables = Vec::new();
    for (table, shape) in &shapes {
        let read = copied(&mut reading, &mut change, table, shape).await?;
        if kept(&mut change, table, shape).await? != read {
            return Err(Error::Corrupt(format!("tabel {table} heeft in de database een andere inhoud dan in het bestand")));
        }
        tables.push((*table, read.rows));
    }
    let log = change.log_check().await?;
    if log != before {
        return Err(Error::Corrupt("het logboek komt in de database op iets anders uit dan in het bestand".into()));
    }
    change.commit().await?;
    Ok(Ok(Moved { tables, log }))
}

async fn count(session: &mut Session, table: &str) -> Result<u64> {
    let row = session.one(format!("SELECT COUNT(*) AS aantal FROM {table}"), Vec::new()).await?;
    Ok(u64::try_from(row.int("aantal")?).unwrap_or_default())
}

/// Every table after those that its rows refer to.
async fn in_order(source: &Store) -> Result<Vec<(&'static str, Shape)>> {
    let mut left = Vec::new();
    for holding in holdings::all() {
        left.push((holding.table, source.file()?.shape(holding.table).await?));
    }
    let mut ordered: Vec<(&'static str, Shape)> = Vec::new();
    while !left.is_empty() {
        let waits = |shape: &Shape| shape.parents.iter().any(|parent| left.iter().any(|(table, _)| table == parent));
        let (later, now): (Vec<_>, Vec<_>) = left.iter().cloned().partition(|(_, shape)| waits(shape));
        if now.is_empty() {
            return Err(Error::Corrupt("tabellen verwijzen in een kring naar elkaar".into()));
        }
        ordered.extend(now);
        left = later;
    }
    Ok(ordered)
}

/// What is in a table, whatever order its rows are in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Content {
    rows: u64,
    sum: u128,
}

impl Content {
    fn add(&mut self, values: &[Value]) {
        let mut hash = Sha256::new();
        for value in values {
            match value {
                Value::Null(_) => hash.update([0]),
                Value::Int(number) => {
                    hash.update([1]);
                    hash.update(number.to_le_bytes());
                }
                Value::Text(text) => {
                    hash.update([2]);
                    hash.update(text.len().to_le_bytes());
                    hash.update(text);
                }
                Value::Bytes(bytes) => {
                    hash.update([3]);
                    hash.update(bytes.len().to_le_bytes());
                    hash.update(bytes);
                }
            }
        }
        let half = hash.finalize().iter().take(16).fold(0_u128, |sum, byte| (sum << 8) | u128::from(*byte));
        self.rows += 1;
        self.sum = self.sum.wrapping_add(half);
    }
}

fn names(shape: &Shape) -> String {
    shape.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

/// The next rows of a table, in an order that does not change meanwhile.
async fn part(session: &mut Session, table: &str, shape: &Shape, order: &str, after: u64) -> Result<Vec<Vec<Value>>> {
    let sql = format!("SELECT {} FROM {table} ORDER BY {order} LIMIT {PART} OFFSET {after}", names(shape));
    Ok(session.rows(sql, Vec::new()).await?.into_iter().map(Row::into_values).collect())
}

/// Writes every row of a table in the database; what was read.
async fn copied(reading: &mut Session, change: &mut Change, table: &str, shape: &Shape) -> Result<Content> {
    let mut content = Content::default();
    loop {
        let rows = part(reading, table, shape, &shape.order, content.rows).await?;
        if rows.is_empty() {
            return Ok(content);
        }
        rows.iter().for_each(|row| content.add(row));
        let places: Vec<String> = (0..rows.len()).map(|row| places(row, shape.columns.len())).collect();
        let values = rows.into_iter().flatten().zip(shape.columns.iter().cycle()).map(|(value, (_, kind))| typed(value, *kind)).collect();
        change.run(format!("INSERT INTO {table} ({}) VALUES {}", names(shape), places.join(", ")), values).await?;
    }
}

/// What the database has of a table.
async fn kept(change: &mut Change, table: &str, shape: &Shape) -> Result<Content> {
    let mut content = Content::default();
    loop {
        let rows = part(change, table, shape, &shape.keys, content.rows).await?;
        if rows.is_empty() {
            return Ok(content);
        }
        rows.iter().for_each(|row| content.add(row));
    }
}

/// The places of one row among the values of a statement.
fn places(row: usize, columns: usize) -> String {
    let places: Vec<String> = (1..=columns).map(|column| format!("${}", row * columns + column)).collect();
    format!("({})", places.join(", "))
}

/// Nothing is nothing of the column's kind.
fn typed(value: Value, kind: Kind) -> Value {
    match value {
        Value::Null(_) => Value::Null(kind),
        other => other,
    }
}

#[cfg(test)]
mod tests;
