//! Listens on loopback: bounded in connections and in time for headers, and ends gracefully.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::metrics::Connection;
use super::patience::Patient;
use super::settings::Settings;

/// How long requests at work may go on once the service is ending.
const LAST: Duration = Duration::from_secs(5);

/// Serves until `ending`, then lets requests at work finish.
pub async fn listen(listener: TcpListener, router: Router, settings: &Settings, ending: CancellationToken) {
    let mut server = hyper::server::conn::http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(settings.header_time).max_buf_size(64 * 1024);
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(settings.connections));
    loop {
        let permit = tokio::select! {
            permit = room.clone().acquire_owned() => permit,
            () = ending.cancelled() => break,
        };
        let Ok(permit) = permit else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = ending.cancelled() => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                wait(&error).await;
                continue;
            }
        };
        // An answer of a few hundred bytes should not wait for more.
        let _ = stream.set_nodelay(true);
        let stream = TokioIo::new(Patient::new(stream, settings.request_time));
        let connection = server.serve_connection(stream, TowerToHyperService::new(router.clone()));
        let connection = graceful.watch(connection);
        let counted = Connection::begin();
        tokio::spawn(async move {
            // A connection that breaks is the client's affair.
            let _ = connection.await;
            drop((permit, counted));
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
