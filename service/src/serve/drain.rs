//! Reads on what a handler left of a body, within bounds: an answer that comes before the whole request is in would else be lost, since
//! the connection is then broken off while the sender still writes.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::StreamExt;
use hyper::body::{Frame, SizeHint};

/// Most that is read on and thrown away.
const MOST: u64 = 256 << 10;
/// How long that may take.
const SOON: Duration = Duration::from_millis(500);

/// A body that is lent to the handler, and comes back; and whether it broke off.
#[derive(Clone)]
struct Lent(Arc<Mutex<Body>>, Arc<AtomicBool>);

impl Lent {
    fn with<T>(&self, use_it: impl FnOnce(&mut Body) -> T) -> T {
        use_it(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = self.with(|body| Pin::new(body).poll_frame(context));
        if matches!(frame, Poll::Ready(Some(Err(_)))) {
            self.1.store(true, Ordering::Relaxed);
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.with(|body| body.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        self.with(|body| body.size_hint())
    }
}

/// Answers once the rest of the request is in, when that is little and soon; else it says that the connection ends here.
pub async fn drained(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let lent = Lent(Arc::new(Mutex::new(body)), Arc::default());
    let mut response = next.run(Request::from_parts(parts, Body::new(lent.clone()))).await;
    let refused = [StatusCode::UNAUTHORIZED, StatusCode::REQUEST_TIMEOUT, StatusCode::PAYLOAD_TOO_LARGE].contains(&response.status());
    let little = lent.size_hint().lower() <= MOST;
    if refused || !little || !matches!(tokio::time::timeout(SOON, rest_of(lent)).await, Ok(true)) {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// Whether the rest came to its end within bounds.
async fn rest_of(lent: Lent) -> bool {
    let broken = lent.1.clone();
    let mut rest = Body::new(lent).into_data_stream();
    let mut read = 0;
    while let Some(part) = rest.next().await {
        let Ok(bytes) = part else { return false };
        read += bytes.len() as u64;
        if read > MOST {
            return false;
        }
    }
    !broken.load(Ordering::Relaxed)
}
