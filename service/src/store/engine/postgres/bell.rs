//! Hearing that a lane may have work: one connection outside the pools, for as long as somebody listens. It is a hint and may be missed.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::super::Bell;
use super::CHANNEL;

/// Time between two tries to listen again.
const AGAIN: Duration = Duration::from_secs(2);

/// Where everybody of this process listens.
#[derive(Debug, Default)]
pub(super) struct Tower {
    rings: Mutex<Option<watch::Receiver<u64>>>,
    ending: CancellationToken,
}

impl Tower {
    /// What is heard from now on; the connection is made for the first who listens.
    pub(super) fn listen(&self, options: &PgConnectOptions) -> Bell {
        let mut rings = self.rings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(rings) = rings.as_ref() {
            return Bell(rings.clone());
        }
        let (ring, heard) = watch::channel(0);
        tokio::spawn(hear(options.clone(), ring, self.ending.clone()));
        *rings = Some(heard.clone());
        Bell(heard)
    }

    /// Ends listening.
    pub(super) fn silence(&self) {
        self.ending.cancel();
    }
}

async fn hear(options: PgConnectOptions, ring: watch::Sender<u64>, ending: CancellationToken) {
    let mut told = false;
    loop {
        let broken = tokio::select! {
            () = ending.cancelled() => return,
            heard = listen(&options, &ring) => heard,
        };
        // Once: the work is found without it, within a second or two.
        if !std::mem::replace(&mut told, true) {
            tracing::warn!(fout = %super::trouble::trouble(broken), "er wordt niet naar de bel van de database geluisterd; er wordt zelf gekeken");
        }
        tokio::select! {
            () = ending.cancelled() => return,
            () = tokio::time::sleep(AGAIN) => {}
        }
    }
}

/// Listens until the connection breaks.
async fn listen(options: &PgConnectOptions, ring: &watch::Sender<u64>) -> sqlx::Error {
    let heard = async {
        let pool = PgPoolOptions::new().max_connections(1).acquire_timeout(super::PATIENCE).connect_with(options.clone()).await?;
        let mut listener = PgListener::connect_with(&pool).await?;
        listener.listen(CHANNEL).await?;
        loop {
            // After a connection that broke, something may have been missed: that counts as heard.
            listener.try_recv().await?;
            ring.send_modify(|count| *count += 1);
        }
    };
    let heard: Result<std::convert::Infallible, sqlx::Error> = heard.await;
    match heard {
        Err(error) => error,
    }
}
