//! What the service keeps, in one SQLite file or a PostgreSQL database: its verbs are the domain's, and SQL lives in this folder alone.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::SqlitePool;

pub mod accounts;
pub mod ahead;
pub mod answers;
pub mod attention;
pub mod backup;
pub mod bans;
pub mod batches;
mod books;
pub mod capacity;
pub mod carry;
pub mod clock;
pub mod coaching;
mod condition;
pub mod decisions;
pub mod engine;
pub mod entrance;
mod error;
pub mod figures;
pub mod funnel;
pub mod grounds;
pub mod history;
pub mod holdings;
#[cfg(test)]
mod hot;
pub mod idempotency;
pub mod identities;
pub mod ids;
pub mod invitations;
pub mod jobs;
pub mod log;
pub mod moving;
pub mod notes;
pub mod open;
pub mod outbox;
mod papers;
pub mod persons;
mod place;
pub mod placements;
pub mod placings;
pub mod plannings;
pub mod policies;
pub mod privacy;
pub mod register;
pub mod reports;
pub mod retention;
pub mod review;
pub mod rosters;
pub mod rounds;
pub mod runs;
pub mod school_years;
pub mod sendings;
pub mod settings;
pub mod stages;
#[cfg(test)]
pub(crate) mod trial;
pub mod trials;
pub mod tryouts;
pub mod waves;
pub mod worth;

pub use clock::Clock;
pub use condition::Condition;
pub use engine::{Bell, Counter, Scrubbed, Statement};
pub use error::{Error, Result};
pub use place::Place;

use engine::postgres::Server;
use engine::sqlite::File;
use engine::{Connection, Counted, Dialect, Engine, Row, Sql, Value};

/// What is kept, and the time.
#[derive(Clone, Debug)]
pub struct Store {
    engine: Arc<dyn Engine>,
    /// The same, where it is a file: for what only a file can do.
    file: Option<File>,
    clock: Clock,
}

/// Where questions are asked: of the database as it is, of one moment of it, or within a change.
pub struct Session {
    connection: Way,
    dialect: &'static dyn Dialect,
}

enum Way {
    Free(Box<dyn Connection>),
    Together(Box<dyn engine::Transaction>),
}

/// A change that is made whole or not at all: nobody else changes anything until it is committed, and dropped it never happened.
/// A deed and its line in the log belong to one change.
pub struct Change {
    session: Session,
    clock: Clock,
    engine: Arc<dyn Engine>,
    erases: bool,
}

impl Store {
    /// Opens what is kept, checks it and brings its tables up to date. A file that is not there is made, a database is not.
    pub async fn open(place: impl Into<Place>, clock: Clock) -> Result<Self> {
        match place.into() {
            Place::File(path) => Ok(Self::on(File::open(&path).await?, clock)),
            Place::Server(address) => Ok(Self { engine: Arc::new(Server::open(&address).await?), file: None, clock }),
            Place::Unread(why) => Err(Error::Unfit(why)),
        }
    }

    /// Opens what is there, only to read it: nothing is made, brought up to date or changed.
    pub async fn open_to_read(place: impl Into<Place>) -> Result<Self> {
        let clock = Clock::default();
        let store = match place.into() {
            Place::File(path) => Self::on(File::open_to_read(&path).await?, clock),
            Place::Server(address) => Self { engine: Arc::new(Server::open_to_read(&address).await?), file: None, clock },
            Place::Unread(why) => return Err(Error::Unfit(why)),
        };
        store.answers().await?;
        Ok(store)
    }

    fn on(file: File, clock: Clock) -> Self {
        Self { engine: Arc::new(file.clone()), file: Some(file), clock }
    }

    /// The same, with whatever is asked of it noted: for tests.
    pub fn counted(self) -> (Self, Counter) {
        let counter = Counter::default();
        let engine = Arc::new(Counted { engine: self.engine, counter: counter.clone() });
        (Self { engine, ..self }, counter)
    }

    /// The file, for what only a file can do.
    fn file(&self) -> Result<&File> {
        let why = "dit kan alleen met een gegevensbestand; van een PostgreSQL-database maakt u reservekopieën met pg_dump";
        self.file.as_ref().ok_or_else(|| Error::NotHere(why.into()))
    }

    fn session(&self, connection: Way) -> Session {
        Session { connection, dialect: self.engine.dialect() }
    }

    /// For questions, each of its own moment.
    pub fn read(&self) -> Session {
        self.session(Way::Free(self.engine.reader()))
    }

    /// For questions that must be of one moment.
    pub async fn snapshot(&self) -> Result<Session> {
        Ok(self.session(Way::Together(self.engine.snapshot().await?)))
    }

    /// Begins a change.
    pub async fn change(&self) -> Result<Change> {
        let session = self.session(Way::Together(self.engine.change().await?));
        Ok(Change { session, clock: self.clock.clone(), engine: self.engine.clone(), erases: false })
    }

    /// For apalis; nothing where its workers hear a bell ([`Store::bell`]).
    pub fn tickets(&self) -> Option<&SqlitePool> {
        self.file.as_ref().map(File::tickets)
    }

    /// What rings where workers look for work themselves.
    pub fn bell(&self) -> Option<Bell> {
        self.engine.bell()
    }

    /// Where the file is; nothing for a database server, of which nothing is on this machine's disk.
    pub fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(File::path)
    }

    /// What time it is.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Lanes whose workers were rung for and have not looked yet.
    pub async fn rung(&self) -> Result<Vec<String>> {
        self.engine.rung().await
    }

    /// Takes away what workers that looked or are gone left. How many rings there were.
    pub async fn tidy(&self) -> Result<u64> {
        self.engine.tidy().await
    }

    /// Whether the database answers.
    pub async fn answers(&self) -> Result<()> {
        self.read().rows("SELECT 1 AS een FROM lichtingen LIMIT 1", Vec::new()).await?;
        Ok(())
    }

    /// What the database finds wrong with itself: `ok` alone when nothing is.
    pub async fn integrity(&self) -> Result<Vec<String>> {
        self.engine.integrity().await
    }

    /// Whether no connection was given for so long to whoever asked, while the database takes new ones: then only a new start helps.
    pub async fn starved(&self, long: Duration) -> bool {
        self.engine.starved(long).await.unwrap_or(false)
    }

    /// Closes every connection.
    pub async fn close(&self) {
        // Nothing more can be done about one that does not close.
        let _ = self.engine.close().await;
    }
}

impl Session {
    fn connection(&mut self) -> &mut dyn Connection {
        match &mut self.connection {
            Way::Free(connection) => connection.as_mut(),
            Way::Together(transaction) => transaction.as_mut(),
        }
    }

    /// The words of this database.
    pub(in crate::store) fn dialect(&self) -> &'static dyn Dialect {
        self.dialect
    }

    /// The rows that a statement gives.
    pub(in crate::store) async fn rows(&mut self, sql: impl Into<Sql>, values: Vec<Value>) -> Result<Vec<Row>> {
        self.connection().rows(sql.into(), values).await
    }

    /// The first row that a statement gives.
    pub(in crate::store) async fn row(&mut self, sql: impl Into<Sql>, values: Vec<Value>) -> Result<Option<Row>> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// The one row that a statement always gives: a count, a sum.
    pub(in crate::store) async fn one(&mut self, sql: impl Into<Sql>, values: Vec<Value>) -> Result<Row> {
        self.row(sql, values).await?.ok_or_else(|| Error::Corrupt("een vraag zonder antwoord".into()))
    }
}

impl Change {
    /// Runs a statement; how many rows it changed.
    pub(in crate::store) async fn run(&mut self, sql: impl Into<Sql>, values: Vec<Value>) -> Result<u64> {
        self.session.connection().run(sql.into(), values).await
    }

    /// What time it is.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Tells waiting workers, once this is committed, that a lane may have work.
    pub(in crate::store) async fn ring(&mut self, lane: &'static str) -> Result<()> {
        match &mut self.session.connection {
            Way::Together(transaction) => transaction.ring(lane).await,
            Way::Free(_) => Ok(()),
        }
    }

    /// Something is erased: once this is committed, what it was stands nowhere in the database any more.
    pub(in crate::store) fn erases(&mut self) {
        self.erases = true;
    }

    /// Makes it so. Where something was erased, it is overwritten before this answers, unless readers of what was there before prevent
    /// that for seconds: then it is done after them, which the log and [`Store::condition`] tell.
    pub async fn commit(self) -> Result<()> {
        let Way::Together(transaction) = self.session.connection else { return Ok(()) };
        if !self.erases {
            return transaction.commit().await;
        }
        let engine = self.engine;
        // To its end, also when whoever asked is gone before.
        let done = tokio::spawn(async move {
            transaction.commit().await?;
            engine.scrub().await.map(|_| ())
        });
        done.await.map_err(|_| Error::Other("het wissen is niet afgemaakt".into()))?
    }
}

impl Deref for Change {
    type Target = Session;
    fn deref(&self) -> &Session {
        &self.session
    }
}

impl DerefMut for Change {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.session
    }
}
