//! Answers that are made of what never changes, such as two finished runs: made once however many ask at the same time, and kept for a while.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use tokio::sync::OnceCell;

use super::problem::Problem;

/// Most that is kept, all together.
const MOST: usize = 16 << 20;
/// Largest that is kept.
const LARGEST: usize = 4 << 20;

type Cell = Arc<OnceCell<Bytes>>;

/// Answers by what they are of; the one that was asked for last is at the end.
#[derive(Clone, Debug, Default)]
pub struct Derived(Arc<Mutex<VecDeque<(String, Cell)>>>);

impl Derived {
    fn all(&self) -> MutexGuard<'_, VecDeque<(String, Cell)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer under this key, made when it is not there. Who asks meanwhile waits for the same one.
    ///
    /// # Errors
    /// Why it could not be made; nothing is kept of that.
    pub async fn of(&self, key: String, make: impl Future<Output = Result<Bytes, Problem>>) -> Result<Bytes, Problem> {
        let cell = {
            let mut all = self.all();
            let known = all.iter().position(|(known, _)| *known == key).and_then(|at| all.remove(at));
            let entry = known.unwrap_or_else(|| (key, Cell::default()));
            let cell = entry.1.clone();
            all.push_back(entry);
            cell
        };
        let made = cell.get_or_try_init(|| make).await.cloned();
        drop(cell);
        self.forget();
        made
    }

    /// Lets go of what is too large, of what came to nothing, and of the oldest until the rest fits.
    fn forget(&self) {
        let mut all = self.all();
        let size = |cell: &Cell| cell.get().map(Bytes::len);
        // A cell that only this list knows and that is empty came to nothing.
        all.retain(|(_, cell)| size(cell).map_or(Arc::strong_count(cell) > 1, |it| it <= LARGEST));
        let mut sum: usize = all.iter().filter_map(|(_, cell)| size(cell)).sum();
        while sum > MOST {
            let Some((_, cell)) = all.pop_front() else { break };
            sum -= size(&cell).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    async fn made(derived: &Derived, key: &str, size: usize, times: &AtomicUsize) -> usize {
        let make = async {
            times.fetch_add(1, Ordering::SeqCst);
            tokio::task::yield_now().await;
            Ok(Bytes::from(vec![0; size]))
        };
        derived.of(key.to_owned(), make).await.unwrap().len()
    }

    #[tokio::test]
    async fn what_many_ask_is_made_once_and_what_fails_is_made_again() {
        let (derived, times) = (Derived::default(), AtomicUsize::new(0));
        let all = futures_util::future::join_all((0..50).map(|_| made(&derived, "a", 3, &times))).await;
        assert_eq!((all, times.load(Ordering::SeqCst)), (vec![3; 50], 1));
        let failed = derived.of("b".into(), async { Err(Problem::unknown()) }).await;
        assert_eq!(failed.unwrap_err().status, 404);
        assert_eq!(derived.all().len(), 1);
        assert_eq!(made(&derived, "b", 7, &times).await, 7);
    }

    #[tokio::test]
    async fn no_more_is_kept_than_fits_and_the_oldest_goes_first() {
        let (derived, times) = (Derived::default(), AtomicUsize::new(0));
        for key in 0..6 {
            made(&derived, &key.to_string(), LARGEST, &times).await;
        }
        let kept: Vec<String> = derived.all().iter().map(|(key, _)| key.clone()).collect();
        assert_eq!(kept, ["2", "3", "4", "5"]);
        made(&derived, "groot", LARGEST + 1, &times).await;
        assert!(derived.all().iter().all(|(key, _)| key != "groot"));
    }
}
