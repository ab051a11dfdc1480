//! What a database must be able to do: run a statement with values, give back columns, begin and commit. Nothing here knows which one.
//!
//! Statements are written once, in the SQL that SQLite and PostgreSQL share, with `$1`, `$2`, … for values; what differs stands in the
//! engine's own folder. Columns are read by name, and one that cannot be read is an error, never another value.

use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use tokio::sync::watch;

use crate::store::error::Result;

mod counted;
pub mod postgres;
pub mod sqlite;
mod value;

pub(crate) use counted::Counted;
pub use counted::{Counter, Statement};
pub(crate) use value::values;
pub use value::{Kind, Row, Value};

/// Something that is still going on.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// The text of a statement.
pub type Sql = Cow<'static, str>;

/// Where statements are run.
pub trait Connection: Send {
    /// The rows that a statement gives.
    fn rows(&mut self, sql: Sql, values: Vec<Value>) -> Doing<'_, Vec<Row>>;

    /// Runs a statement; how many rows it changed.
    fn run(&mut self, sql: Sql, values: Vec<Value>) -> Doing<'_, u64>;
}

/// Statements that happen together or not at all; dropped, they never happened.
pub trait Transaction: Connection {
    /// Makes them so.
    fn commit(self: Box<Self>) -> Doing<'static, ()>;

    /// Tells waiting workers, once this is committed, that a lane may have work.
    fn ring(&mut self, lane: &'static str) -> Doing<'_, ()>;
}

/// How the last writing went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lately {
    /// Something was committed a moment ago.
    Wrote,
    /// The database refused it, and nothing was committed since.
    Failed,
    /// Nobody wrote for a while.
    Unknown,
}

/// Whether what was erased is overwritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scrubbed {
    /// Everywhere.
    Done,
    /// Not yet: somebody still reads what was there before.
    Waits,
    /// That is for the database server and whoever keeps it; nothing that asks here can find it.
    Theirs,
}

/// Rings whenever a lane may have work. A ring may be missed, so whoever waits for it also looks for himself now and then.
#[derive(Clone, Debug)]
pub struct Bell(watch::Receiver<u64>);

impl Bell {
    /// Waits for the next ring, which may have been while nobody waited; for ever where nobody rings any more.
    pub async fn rung(&mut self) {
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// What databases say in different words.
pub trait Dialect: Send + Sync {
    /// The text under a key of a column that holds a JSON object.
    fn json_text(&self, column: &str, key: &str) -> String;

    /// The items of the list under a key of a column that holds a JSON object, as rows with one column `value`.
    fn json_rows(&self, column: &str, key: &str) -> String;

    /// Whether a column is one of the texts of the JSON list at this place.
    fn one_of(&self, column: &str, place: &str) -> String;

    /// Whether a column of text, or nothing, holds the text of the value at this place.
    fn holds(&self, column: &str, place: &str) -> String;

    /// Whether a column of bytes, or nothing, holds the bytes of the text at this place.
    fn bytes_hold(&self, column: &str, place: &str) -> String;
}

/// One kind of database, opened.
pub trait Engine: Send + Sync + fmt::Debug {
    /// For questions, each of its own moment.
    fn reader(&self) -> Box<dyn Connection>;

    /// For questions that must be of one moment.
    fn snapshot(&self) -> Doing<'_, Box<dyn Transaction>>;

    /// For a change. Nobody else changes anything until it is committed or dropped.
    fn change(&self) -> Doing<'_, Box<dyn Transaction>>;

    /// Its words.
    fn dialect(&self) -> &'static dyn Dialect;

    /// Lanes whose workers were rung for and have not looked yet.
    fn rung(&self) -> Doing<'_, Vec<String>>;

    /// What rings where the workers of this database look for work themselves; nothing where tickets are handed out to them.
    fn bell(&self) -> Option<Bell>;

    /// Takes away what workers that looked or are gone left. How many rings there were.
    fn tidy(&self) -> Doing<'_, u64>;

    /// What the database finds wrong with itself: `ok` alone when nothing is.
    fn integrity(&self) -> Doing<'_, Vec<String>>;

    /// Whether questions are answered, without waiting for others who ask.
    fn reads(&self) -> Doing<'_, ()>;

    /// How the last writing went.
    fn lately(&self) -> Lately;

    /// Whether what was opened is still there and sound, so that it may be written.
    fn sound(&self) -> Doing<'_, ()>;

    /// Overwrites what committed changes erased, wherever the database still keeps it; `false` when that has to wait for readers, and is
    /// done after them. A server's own log and free space are not in this program's reach ([`Scrubbed::Theirs`]).
    fn scrub(&self) -> Doing<'_, bool>;

    /// Whether everything that was erased is overwritten.
    fn scrubbed(&self) -> Scrubbed;

    /// Bytes that everything takes.
    fn bytes(&self) -> Doing<'_, u64>;

    /// Whether no connection was given for so long to whoever asked, while the database takes new ones: then only a new start helps.
    fn starved(&self, _long: Duration) -> Doing<'_, bool> {
        Box::pin(async { Ok(false) })
    }

    /// Closes every connection.
    fn close(&self) -> Doing<'_, ()>;
}
