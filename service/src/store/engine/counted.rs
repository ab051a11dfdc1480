//! An engine beside which it is noted what is asked of it: so that a test can tell how much a page asks, and by which plan it is answered.
//! Where nobody counts, nothing of this is there.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::{Bell, Connection, Dialect, Doing, Engine, Lately, Row, Scrubbed, Sql, Transaction, Value};

/// A statement that was asked, with its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Its text.
    pub sql: Sql,
    /// What was put in its places.
    pub values: Vec<Value>,
}

/// What was asked since it was last looked at.
#[derive(Clone, Debug, Default)]
pub struct Counter(Arc<Mutex<Vec<Statement>>>);

impl Counter {
    fn note(&self, sql: &Sql, values: &[Value]) {
        let statement = Statement { sql: sql.clone(), values: values.to_vec() };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(statement);
    }

    /// What was asked until now, in order; from now on it is counted anew.
    pub fn take(&self) -> Vec<Statement> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// An engine, and what is asked of it.
#[derive(Debug)]
pub(crate) struct Counted {
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) counter: Counter,
}

impl Counted {
    fn together(&self, inner: Box<dyn Transaction>) -> Box<dyn Transaction> {
        Box::new(Noted { inner, counter: self.counter.clone() })
    }
}

/// Where statements are run, and noted.
struct Noted<C: ?Sized> {
    counter: Counter,
    inner: Box<C>,
}

impl<C: Connection + ?Sized> Connection for Noted<C> {
    fn rows(&mut self, sql: Sql, values: Vec<Value>) -> Doing<'_, Vec<Row>> {
        self.counter.note(&sql, &values);
        self.inner.rows(sql, values)
    }

    fn run(&mut self, sql: Sql, values: Vec<Value>) -> Doing<'_, u64> {
        self.counter.note(&sql, &values);
        self.inner.run(sql, values)
    }
}

impl Transaction for Noted<dyn Transaction> {
    fn commit(self: Box<Self>) -> Doing<'static, ()> {
        self.inner.commit()
    }

    fn ring(&mut self, lane: &'static str) -> Doing<'_, ()> {
        self.inner.ring(lane)
    }
}

impl Engine for Counted {
    fn reader(&self) -> Box<dyn Connection> {
        Box::new(Noted { inner: self.engine.reader(), counter: self.counter.clone() })
    }

    fn snapshot(&self) -> Doing<'_, Box<dyn Transaction>> {
        Box::pin(async { Ok(self.together(self.engine.snapshot().await?)) })
    }

    fn change(&self) -> Doing<'_, Box<dyn Transaction>> {
        Box::pin(async { Ok(self.together(self.engine.change().await?)) })
    }

    fn dialect(&self) -> &'static dyn Dialect {
        self.engine.dialect()
    }

    fn rung(&self) -> Doing<'_, Vec<String>> {
        self.engine.rung()
    }

    fn bell(&self) -> Option<Bell> {
        self.engine.bell()
    }

    fn tidy(&self) -> Doing<'_, u64> {
        self.engine.tidy()
    }

    fn integrity(&self) -> Doing<'_, Vec<String>> {
        self.engine.integrity()
    }

    fn reads(&self) -> Doing<'_, ()> {
        self.engine.reads()
    }

    fn lately(&self) -> Lately {
        self.engine.lately()
    }

    fn sound(&self) -> Doing<'_, ()> {
        self.engine.sound()
    }

    fn scrub(&self) -> Doing<'_, bool> {
        self.engine.scrub()
    }

    fn scrubbed(&self) -> Scrubbed {
        self.engine.scrubbed()
    }

    fn bytes(&self) -> Doing<'_, u64> {
        self.engine.bytes()
    }

    fn starved(&self, long: Duration) -> Doing<'_, bool> {
        self.engine.starved(long)
    }

    fn close(&self) -> Doing<'_, ()> {
        self.engine.close()
    }
}
