//! How the last writing went.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::super::Lately;
use crate::store::error::Error;

/// How long it stays true that something was just written.
const FRESH: Duration = Duration::from_secs(5);

/// What commits told.
#[derive(Debug, Default)]
pub(super) struct Writing(Mutex<Told>);

#[derive(Debug, Default)]
struct Told {
    wrote: Option<Instant>,
    failed: bool,
}

impl Writing {
    fn told(&self) -> MutexGuard<'_, Told> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A change was committed.
    pub(super) fn wrote(&self) {
        *self.told() = Told { wrote: Some(Instant::now()), failed: false };
    }

    /// A change came to nothing. What a table or a trigger of ours refused says nothing of the database.
    pub(super) fn failed(&self, error: &Error) {
        if error.passes() && !matches!(error, Error::Busy) {
            self.told().failed = true;
        }
    }

    /// How the last one went.
    pub(super) fn lately(&self) -> Lately {
        let told = self.told();
        match (told.failed, told.wrote) {
            (true, _) => Lately::Failed,
            (false, Some(at)) if at.elapsed() < FRESH => Lately::Wrote,
            (false, _) => Lately::Unknown,
        }
    }
}
