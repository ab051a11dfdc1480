//! A job's happenings as server-sent events: numbered, resumed with `Last-Event-ID`, ended with the job.

use std::convert::Infallible;
use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::Value;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, sleep};

use super::app::App;
use super::problem::Problem;
use crate::records::job::Happening;
use loket_solver::matching::facts::words::Word;

/// How often the table is looked at.
const PERIOD: Duration = Duration::from_millis(250);
/// Most happenings read at once.
const BATCH: i64 = 100;

struct Tail {
    app: App,
    id: String,
    after: i64,
    waiting: std::vec::IntoIter<Happening>,
    until: Instant,
    over: bool,
    shown: Shown,
    _permit: OwnedSemaphorePermit,
}

/// What is done to the details of a happening before they are shown.
pub type Shown = Box<dyn Fn(&mut Value) + Send + Sync>;

/// The stream of a job's happenings after the one named by `Last-Event-ID`.
pub fn stream(app: App, id: String, headers: &HeaderMap, shown: Shown) -> Result<Response, Problem> {
    let after = after(headers)?.unwrap_or_default();
    let permit = app.streams.clone().try_acquire_owned().map_err(|_| full())?;
    let until = Instant::now() + app.settings.stream_time;
    let tail = Tail { app, id, after, waiting: Vec::new().into_iter(), until, over: false, shown, _permit: permit };
    let events = stream::unfold(tail, |mut tail| async move { tail.next().await.map(|event| (Ok::<_, Infallible>(event), tail)) });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(10))).into_response())
}

/// The number that `Last-Event-ID` names.
pub(super) fn after(headers: &HeaderMap) -> Result<Option<i64>, Problem> {
    let Some(value) = headers.get("last-event-id") else { return Ok(None) };
    let number = value.to_str().ok().and_then(|it| it.parse::<i64>().ok()).filter(|it| *it >= 0);
    let wrong = || {
        let what = "dit is geen nummer van een gebeurtenis";
        Problem::mistake("grens", "Last-Event-ID", what, "stuur het laatste id dat u ontving")
    };
    number.map(Some).ok_or_else(wrong)
}

/// There are as many streams as there may be.
pub(super) fn full() -> Problem {
    Problem::busy("Er kijken nu te veel anderen mee; vraag de voortgang zonder stroom.")
}

impl Tail {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(mut happening) = self.waiting.next() {
                (self.shown)(&mut happening.data);
                self.after = happening.number;
                self.over |= happening.ends();
                let (number, kind) = (happening.number.to_string(), happening.told.code());
                return Some(Event::default().id(number).event(kind).data(happening.data.to_string()));
            }
            if self.over || Instant::now() >= self.until {
                return None;
            }
            match self.app.store.read().happenings(&self.id, self.after, BATCH).await {
                Ok(found) if found.is_empty() => {
                    tokio::select! {
                        () = sleep(PERIOD) => {}
                        () = self.app.ending.cancelled() => return None,
                    }
                    // Whoever comes back after the end hears nothing more, and is let go.
                    self.over = self.ended().await;
                }
                Ok(found) => self.waiting = found.into_iter(),
                Err(_) => return None,
            }
        }
    }

    async fn ended(&self) -> bool {
        match self.app.store.read().job_state(&self.id).await {
            // What was told between looking and now is still to come.
            Ok(Some((state, last))) => state.ended() && last <= self.after,
            _ => true,
        }
    }
}
