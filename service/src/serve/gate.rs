//! Room for what takes much memory or time: so much at once, a short line before it, and beyond that a refusal that says when to come back.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::problem::Problem;

/// How long somebody waits for room.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bodies up to this size need no room: with every connection they are some dozens of MiB together.
pub const SLIGHT: usize = 256 << 10;

/// A place where so much goes in at once.
#[derive(Clone, Debug)]
pub struct Gate {
    room: Arc<Semaphore>,
    line: Arc<Semaphore>,
    most: u32,
}

/// Somebody is in, until this is dropped.
#[derive(Debug)]
pub struct Pass(#[expect(dead_code, reason = "held, and let go when it is dropped")] OwnedSemaphorePermit);

impl Gate {
    /// Room for so much at once, and for so many who wait.
    pub fn new(room: u32, line: usize) -> Self {
        let permits = usize::try_from(room).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS);
        Self { room: Arc::new(Semaphore::new(permits)), line: Arc::new(Semaphore::new(line)), most: room }
    }

    /// Room for this much, after a wait where others are in.
    ///
    /// # Errors
    /// 503 when the line is full, or nothing became free in time.
    pub async fn enter(&self, much: u32) -> Result<Pass, Problem> {
        let much = much.clamp(1, self.most);
        if let Ok(permit) = self.room.clone().try_acquire_many_owned(much) {
            return Ok(Pass(permit));
        }
        let full = || Problem::busy("Er wordt nu te veel tegelijk gevraagd dat veel werk is; probeer het zo weer.");
        let _waiting = self.line.try_acquire().map_err(|_| full())?;
        match tokio::time::timeout(PATIENCE, self.room.clone().acquire_many_owned(much)).await {
            Ok(Ok(permit)) => Ok(Pass(permit)),
            _ => Err(full()),
        }
    }

    /// Does work that takes long on a thread of its own, once there is room. It keeps its room until it is done, also when whoever asked
    /// is gone before.
    ///
    /// # Errors
    /// As [`Self::enter`]; or the work fell.
    pub async fn work<T: Send + 'static>(&self, much: u32, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let pass = self.enter(much).await?;
        inside(pass, work).await
    }
}

/// Does work that takes long on a thread of its own, in room that is taken already.
///
/// # Errors
/// 503 when the work fell.
pub async fn inside<T: Send + 'static>(pass: Pass, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(pass);
        done
    });
    done.await.map_err(|_| Problem::busy("Dit liep vast op een fout in het programma; er is niets veranderd."))
}

/// The gates of a service.
#[derive(Clone, Debug)]
pub struct Gates {
    /// Bodies that are more than [`SLIGHT`], in KiB: all of them together are no more than the largest one may be.
    pub bodies: Gate,
    /// Reading of bodies: two at once, or one that is large.
    pub reading: Gate,
    /// Answers that take work to make.
    pub answers: Gate,
}

impl Gates {
    /// The gates of a service whose largest body has so many bytes.
    pub fn new(largest_body: usize) -> Self {
        let bodies = Gate::new(kib(largest_body), 64);
        Self { bodies, reading: Gate::new(2, 256), answers: Gate::new(2, 64) }
    }
}

/// Bytes in KiB, rounded up.
pub fn kib(bytes: usize) -> u32 {
    u32::try_from(bytes.div_ceil(1024)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn so_many_are_in_so_many_wait_and_the_rest_is_refused() {
        let gate = Gate::new(1, 1);
        let first = gate.enter(1).await.unwrap();
        let waiting = tokio::spawn({
            let gate = gate.clone();
            async move { gate.enter(5).await.is_ok() }
        });
        while gate.line.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(gate.enter(1).await.unwrap_err().status, 503);
        drop(first);
        assert!(waiting.await.unwrap(), "more than there ever is counts as all of it");
        assert!(gate.enter(1).await.is_ok());
    }

    #[tokio::test]
    async fn work_keeps_its_room_when_whoever_asked_is_gone() {
        let gate = Gate::new(1, 1);
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let asked = tokio::spawn({
            let gate = gate.clone();
            async move { gate.work(1, move || wait.recv().is_ok()).await }
        });
        while gate.room.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        asked.abort();
        assert!(asked.await.is_err());
        assert_eq!(gate.room.available_permits(), 0);
        go.send(()).unwrap();
        while gate.room.available_permits() == 0 {
            tokio::task::yield_now().await;
        }
    }
}
