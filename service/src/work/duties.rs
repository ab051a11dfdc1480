//! What a worker does by the calendar, beside the work that somebody asks.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::actions::retention;
use crate::store::Store;

/// How often it is looked whether a new day has begun.
const LOOK: Duration = Duration::from_secs(60);

/// Takes away what has had its term, once a day.
pub(super) async fn retain(store: Store, ending: CancellationToken) {
    let mut beat = interval(LOOK);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = beat.tick() => {}
            () = ending.cancelled() => return,
        }
        match retention::daily(&store).await {
            Ok(Some(round)) => tracing::info!(kandidaten = round.candidates, coaches = round.coaches, "bewaartermijnen"),
            Ok(None) => {}
            Err(refused) => tracing::warn!(waarom = ?refused, "bewaartermijnen"),
        }
    }
}
