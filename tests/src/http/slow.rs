//! Slow and greedy clients: each is let go within its time, and others are answered meanwhile.

use std::time::Duration;

use loket_service::records::wave::Wave;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};

use super::service::{Service, TOKEN};

async fn impatient(name: &str, connections: usize) -> Service {
    let change = |it: &mut loket_service::serve::settings::Settings| {
        it.header_time = Duration::from_secs(1);
        it.request_time = Duration::from_secs(1);
        it.connections = connections;
    };
    Service::start_with(name, change).await
}

/// Writes one byte every 50 ms until the other side has had enough; what it said then, and after how long.
async fn dribble(stream: &mut TcpStream, text: &str) -> (String, Duration) {
    let began = Instant::now();
    let mut said = Vec::new();
    let (mut read, mut write) = stream.split();
    let written = async {
        for byte in text.bytes().cycle() {
            if write.write_all(&[byte]).await.is_err() {
                break;
            }
            sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::select! {
        () = written => {}
        done = timeout(Duration::from_secs(20), read.read_to_end(&mut said)) => {
            assert!(done.is_ok(), "the service ends a dribbled request by itself");
        }
    }
    (String::from_utf8_lossy(&said).into_owned(), began.elapsed())
}

/// How long an ordinary request takes now.
async fn others(service: &Service) -> Duration {
    let began = Instant::now();
    service.get("/v1/lichtingen").await;
    began.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn headers_that_drip_in_are_cut_off_and_others_stay_quick() {
    let service = impatient("drip-headers", 64).await;
    let mut slow = Vec::new();
    for _ in 0..20 {
        let mut stream = TcpStream::connect(service.address).await.unwrap();
        slow.push(tokio::spawn(async move { dribble(&mut stream, "GET /v1/lichtingen HTTP/1.1").await }));
    }
    sleep(Duration::from_millis(300)).await;
    assert!(others(&service).await < Duration::from_millis(500));
    for one in slow {
        let (_, took) = one.await.unwrap();
        assert!(took < Duration::from_secs(5), "{took:?}");
    }
    service.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_drips_in_is_answered_408_and_others_stay_quick() {
    let service = impatient("drip-body", 64).await;
    let mut slow = Vec::new();
    for key in ["", "Idempotency-Key: druppel\r\n"] {
        let mut stream = TcpStream::connect(service.address).await.unwrap();
        let head = format!(
            "POST /v1/lichtingen HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\n\
             {key}Content-Length: 100000\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        slow.push(tokio::spawn(async move { dribble(&mut stream, "{\"a\":1,").await }));
    }
    sleep(Duration::from_millis(300)).await;
    assert!(others(&service).await < Duration::from_millis(500));
    for one in slow {
        let (said, took) = one.await.unwrap();
        assert!(said.starts_with("HTTP/1.1 408"), "{said}");
        assert!(said.contains("application/problem+json"), "{said}");
        assert!(took < Duration::from_secs(5), "{took:?}");
    }
    service.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_that_never_read_make_room_again() {
    let service = impatient("never-read", 8).await;
    // More than the buffers between two sockets hold.
    let file = format!("{{\"naam\": \"{}\"}}", "n".repeat(24 << 20));
    let mut change = service.app.store.change().await.unwrap();
    let input = change.keep_input(file.as_bytes()).await.unwrap();
    let new = Wave::concept("groot", "groot", "opleiding", ("2026-09-01", "2027-08-31"), input, 0);
    assert!(change.add_wave(&new).await.unwrap());
    change.commit().await.unwrap();
    let mut held = Vec::new();
    for _ in 0..8 {
        let mut stream = TcpStream::connect(service.address).await.unwrap();
        let ask = format!("GET /v1/lichtingen/groot/invoer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n\r\n");
        stream.write_all(ask.as_bytes()).await.unwrap();
        held.push(stream);
    }
    sleep(Duration::from_millis(500)).await;
    // Every connection is taken by somebody who does not read; this one has to wait until they are let go.
    let waited = timeout(Duration::from_secs(15), others(&service)).await.expect("room again");
    assert!(waited < Duration::from_secs(10), "{waited:?}");
    drop(held);
    service.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_above_the_cap_wait_and_idle_ones_are_let_go() {
    let service = impatient("cap", 8).await;
    let mut idle = Vec::new();
    for _ in 0..40 {
        idle.push(TcpStream::connect(service.address).await.unwrap());
    }
    // 8 at a time are held for a second at most; all 40 go before the one that asks something.
    let waited = timeout(Duration::from_secs(25), others(&service)).await.expect("an answer");
    assert!(waited < Duration::from_secs(15), "{waited:?}");
    assert!(others(&service).await < Duration::from_millis(500));
    for mut stream in idle {
        let mut said = Vec::new();
        let done = timeout(Duration::from_secs(5), stream.read_to_end(&mut said)).await;
        assert!(done.is_ok(), "an idle connection is closed");
    }
    service.end().await;
}
