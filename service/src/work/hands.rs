//! Jobs in hand: what this process works on, known without asking anybody.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The jobs that this process works on: that they have a worker needs no other proof.
#[derive(Clone, Debug, Default)]
pub(super) struct Hands(Arc<Mutex<HashSet<String>>>);

impl Hands {
    fn with<T>(&self, act: impl FnOnce(&mut HashSet<String>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The jobs in hand.
    pub(super) fn held(&self) -> HashSet<String> {
        self.with(|held| held.clone())
    }

    /// Has the job for as long as what it gives is kept.
    pub(super) fn take(&self, id: &str) -> Held {
        self.with(|held| held.insert(id.to_owned()));
        Held { hands: self.clone(), id: id.to_owned() }
    }
}

/// A job in hand.
pub(super) struct Held {
    hands: Hands,
    id: String,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.hands.with(|held| held.remove(&self.id));
    }
}
