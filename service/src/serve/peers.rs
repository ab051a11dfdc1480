//! Connections that have not shown the token, and those that have: each in a number of their own, so that strangers never keep others out.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use super::problem::Problem;

/// How long somebody with the token waits for a place among those who have it.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a connection is safe after it came in: long enough to say what it wants.
const GRACE: Duration = Duration::from_millis(250);

/// Every open connection.
#[derive(Clone, Debug)]
pub struct Peers(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// By number, so the oldest first.
    strangers: Mutex<BTreeMap<u64, Arc<Peer>>>,
    most_strangers: usize,
    next: AtomicU64,
    left: Notify,
    known: Arc<Semaphore>,
    waiting: Semaphore,
}

/// One open connection.
#[derive(Debug)]
pub struct Peer {
    number: u64,
    since: Instant,
    busy: AtomicBool,
    gone: CancellationToken,
    known: Mutex<Option<OwnedSemaphorePermit>>,
    all: Peers,
}

fn locked<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Peers {
    /// Room for so many connections that have shown the token, and beside those half as many that have not.
    pub fn new(most: usize) -> Self {
        let most_strangers = (most / 2).max(4);
        Self(Arc::new(Inner {
            strangers: Mutex::default(),
            most_strangers,
            next: AtomicU64::new(0),
            left: Notify::new(),
            known: Arc::new(Semaphore::new(most)),
            waiting: Semaphore::new(most_strangers / 2),
        }))
    }

    /// Lets a new connection in. Where there is no room, the stranger that has been there longest without being answered goes; while all
    /// of them are being answered or came in just now, the new one waits.
    pub async fn admit(&self) -> Admitted {
        loop {
            let left = self.0.left.notified();
            if let Some(admitted) = self.at_once() {
                return admitted;
            }
            // Whoever came in just now has had its moment when nobody left before.
            let _ = tokio::time::timeout(GRACE, left).await;
        }
    }

    fn at_once(&self) -> Option<Admitted> {
        let mut strangers = locked(&self.0.strangers);
        if strangers.len() >= self.0.most_strangers {
            let idle = |peer: &Peer| !peer.busy.load(Ordering::Acquire) && peer.since.elapsed() >= GRACE;
            let oldest = strangers.iter().find(|(_, peer)| idle(peer)).map(|(number, _)| *number)?;
            if let Some(peer) = strangers.remove(&oldest) {
                peer.gone.cancel();
            }
        }
        let peer = Arc::new(Peer {
            since: Instant::now(),
            number: self.0.next.fetch_add(1, Ordering::Relaxed),
            busy: AtomicBool::new(false),
            gone: CancellationToken::new(),
            known: Mutex::default(),
            all: self.clone(),
        });
        strangers.insert(peer.number, peer.clone());
        Some(Admitted(peer))
    }

    fn no_stranger(&self, number: u64) {
        locked(&self.0.strangers).remove(&number);
        self.0.left.notify_one();
    }
}

/// A connection that was let in; it leaves when this is dropped.
#[derive(Debug)]
pub struct Admitted(Arc<Peer>);

impl Admitted {
    /// The connection.
    pub fn peer(&self) -> Arc<Peer> {
        self.0.clone()
    }
}

impl Drop for Admitted {
    fn drop(&mut self) {
        self.0.all.no_stranger(self.0.number);
        locked(&self.0.known).take();
    }
}

/// While this is held, somebody on the connection is being answered.
#[derive(Debug)]
pub struct Answering(Arc<Peer>);

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.busy.store(false, Ordering::Release);
        self.0.all.0.left.notify_one();
    }
}

impl Peer {
    /// A request came in on it.
    pub fn answering(self: &Arc<Self>) -> Answering {
        self.busy.store(true, Ordering::Release);
        Answering(self.clone())
    }

    /// Until it had to make room for another.
    pub async fn gone(&self) {
        self.gone.cancelled().await;
    }

    /// It showed the token: from now on it has a place among those who did.
    ///
    /// # Errors
    /// 503 when all of those places are taken, and enough wait already or none became free in time.
    pub async fn shown(&self) -> Result<(), Problem> {
        if locked(&self.known).is_some() {
            return Ok(());
        }
        let places = &self.all.0.known;
        let place = match places.clone().try_acquire_owned() {
            Ok(place) => place,
            Err(_) => {
                let full = || Problem::busy("Er zijn nu te veel verbindingen; probeer het zo weer.");
                let _waiting = self.all.0.waiting.try_acquire().map_err(|_| full())?;
                let place = tokio::time::timeout(PATIENCE, places.clone().acquire_owned()).await;
                place.map_err(|_| full())?.map_err(|_| full())?
            }
        };
        *locked(&self.known) = Some(place);
        self.all.no_stranger(self.number);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_oldest_stranger_makes_room_and_who_is_answered_or_known_stays() {
        let peers = Peers::new(8);
        let mut all = Vec::new();
        for _ in 0..4 {
            all.push(peers.admit().await);
        }
        all[0].peer().shown().await.unwrap();
        all.push(peers.admit().await);
        let answered = all[1].peer().answering();
        all.push(peers.admit().await);
        all.push(peers.admit().await);
        let gone: Vec<bool> = all.iter().map(|it| it.0.gone.is_cancelled()).collect();
        assert_eq!(gone, [false, false, true, true, false, false, false]);
        drop(answered);
    }

    #[tokio::test]
    async fn while_every_stranger_is_answered_the_next_one_waits_for_one_to_be_done() {
        let peers = Peers::new(8);
        let mut all = Vec::new();
        for _ in 0..4 {
            let admitted = peers.admit().await;
            all.push((admitted.peer().answering(), admitted));
        }
        assert!(peers.at_once().is_none());
        let waiting = tokio::spawn({
            let peers = peers.clone();
            async move { peers.admit().await }
        });
        tokio::task::yield_now().await;
        drop(all.remove(2));
        waiting.await.unwrap();
    }

    #[tokio::test]
    async fn a_full_house_is_told_and_a_place_comes_back_to_who_waited() {
        let peers = Peers::new(1);
        let mut all = Vec::new();
        for _ in 0..4 {
            all.push(peers.admit().await);
        }
        all[0].peer().shown().await.unwrap();
        all[0].peer().shown().await.unwrap();
        let waiting: Vec<_> = all[1..3].iter().map(Admitted::peer).map(|peer| tokio::spawn(async move { peer.shown().await })).collect();
        while peers.0.waiting.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(all[3].peer().shown().await.unwrap_err().status, 503, "enough wait already");
        drop(all.remove(0));
        for one in waiting {
            one.await.unwrap().unwrap();
            drop(all.remove(0));
        }
    }
}
