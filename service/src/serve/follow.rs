//! A stream of what happens to something that has no end of its own: numbered, resumed with `Last-Event-ID`, ended by time.

use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use super::app::App;
use super::events::{after, full};
use super::problem::Problem;

/// How often is looked.
const PERIOD: Duration = Duration::from_millis(500);

/// Something that happened: its number, its kind and what is told of it.
pub type Happened = (i64, &'static str, Value);

/// The stream of what `found` gives after a number: after the one of `Last-Event-ID`, or else after `now`. Each time it gives what comes
/// first, by number; nothing when nothing happened since.
pub fn follow<F, D>(app: App, now: i64, headers: &HeaderMap, found: F) -> Result<Response, Problem>
where
    F: Fn(i64) -> D + Send + 'static,
    D: Future<Output = Result<Vec<Happened>, Problem>> + Send,
{
    let from = after(headers)?.unwrap_or(now);
    let permit = app.streams.clone().try_acquire_owned().map_err(|_| full())?;
    let until = Instant::now() + app.settings.stream_time;
    let ending = app.ending.clone();
    let begin = (from, Vec::<Happened>::new().into_iter(), found, permit);
    let events = stream::unfold(begin, move |(mut last, mut waiting, found, permit)| {
        let ending = ending.clone();
        async move {
            loop {
                if let Some((number, kind, data)) = waiting.next() {
                    last = number;
                    let event = Event::default().id(number.to_string()).event(kind).data(data.to_string());
                    return Some((Ok::<_, Infallible>(event), (last, waiting, found, permit)));
                }
                if Instant::now() >= until {
                    return None;
                }
                // Whoever reads on after a fault comes back with the last number.
                let more = found(last).await.ok()?;
                if more.is_empty() {
                    tokio::select! {
                        () = sleep(PERIOD) => {}
                        () = ending.cancelled() => return None,
                    }
                }
                waiting = more.into_iter();
            }
        }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(10))).into_response())
}
