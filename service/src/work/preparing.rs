//! Work that a worker puts in line by itself: batches over many waves, what one more seat would bring, and explanations ahead.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::actions::review::ahead;
use crate::actions::{dropouts, worth};
use crate::store::Store;

/// How often it looks for something to prepare.
const BEAT: Duration = Duration::from_secs(1);

/// Prepares batches over many waves.
pub async fn prepare(store: Store, held_months: u32, ending: CancellationToken) {
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = beat.tick() => {}
            () = ending.cancelled() => return,
        }
        let prepared = tokio::select! {
            prepared = dropouts::prepare_all(&store, held_months) => prepared,
            // What was not put in line by now is, after the next start.
            () = ending.cancelled() => return,
        };
        if let Err(refused) = prepared {
            tracing::warn!(waarom = ?refused, "herberekening klaarzetten");
        }
        // What is nobody's question yet: little, and put aside for whoever asks.
        if let Err(refused) = worth::prepare(&store).await {
            tracing::warn!(waarom = ?refused, "opbrengst klaarzetten");
        }
        if let Err(refused) = ahead::prepare(&store).await {
            tracing::warn!(waarom = ?refused, "uitleg klaarzetten");
        }
    }
}
