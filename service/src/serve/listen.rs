//! Listens on loopback: bounded in connections and in time for headers, and ends gracefully.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use super::bare::Dressed;
use super::linger::Lingering;
use super::metrics::Connection;
use super::near::Near;
use super::patience::Patient;
use super::peers::Peers;
use super::settings::Settings;

/// How long requests at work may go on once the service is ending.
const LAST: Duration = Duration::from_secs(5);

/// Connections that are read on for a moment after their last answer.
const LINGERING: usize = 64;

/// Serves until `ending`, then lets requests at work finish.
pub async fn listen(listener: TcpListener, router: Router, settings: &Settings, ending: CancellationToken) {
    let mut server = hyper::server::conn::http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(settings.header_time).max_buf_size(64 * 1024);
    let graceful = GracefulShutdown::new();
    let (peers, lingering) = (Peers::new(settings.connections), Arc::new(Semaphore::new(LINGERING)));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = ending.cancelled() => break,
        };
        let (stream, from) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                wait(&error).await;
                continue;
            }
        };
        let admitted = tokio::select! {
            admitted = peers.admit() => admitted,
            () = ending.cancelled() => break,
        };
        // An answer of a few hundred bytes should not wait for more.
        let _ = stream.set_nodelay(true);
        let stream = Dressed::new(Patient::new(Lingering::new(stream, lingering.clone()), settings.request_time));
        let (peer, router) = (admitted.peer(), router.clone());
        let service = service_fn(move |mut request: Request<Incoming>| {
            let answering = peer.answering();
            request.extensions_mut().insert(peer.clone());
            request.extensions_mut().insert(Near(from.ip()));
            let answer = router.clone().oneshot(request);
            async move {
                let answer = answer.await;
                drop(answering);
                answer
            }
        });
        let connection = graceful.watch(server.serve_connection(TokioIo::new(stream), service));
        let counted = Connection::begin();
        tokio::spawn(async move {
            let peer = admitted.peer();
            tokio::select! {
                // A connection that breaks is the client's affair.
                _ = connection => {}
                () = peer.gone() => {}
            }
            drop((admitted, counted));
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(LAST) => tracing::warn!("niet alle aanvragen waren op tijd klaar"),
    }
}

/// After a failed accept: a broken connection is nothing, too many open files is worth a pause.
async fn wait(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::warn!(fout = %error, "verbinding");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
