//! Slow and greedy clients: each is let go within its time, and others are answered meanwhile.

use std::time::Duration;

use loket_service::records::wave::Wave;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use super::service::{Service, TOKEN};

async fn impatient(name: &str, connections: usize) -> Service {
    within(name, connections, Duration::from_secs(1)).await
}

async fn within(name: &str, connections: usize, time: Duration) -> Service {
    let change = |it: &mut loket_service::serve::settings::Settings| {
        it.header_time = time;
        it.request_time = time;
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

/// Others are answered while every slow one is still there: by order and not by a clock, for the machine may be busy.
async fn not_held_up<T>(service: &Service, slow: &[JoinHandle<T>]) {
    service.get("/v1/lichtingen").await;
    assert!(slow.iter().all(|it| !it.is_finished()), "others had to wait for who is slow");
}

/// How long an ordinary request takes now.
async fn others(service: &Service) -> Duration {
    let began = Instant::now();
    service.get("/v1/lichtingen").await;
    began.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn headers_that_drip_in_are_cut_off_and_others_stay_quick() {
    let service = within("drip-headers", 64, Duration::from_secs(2)).await;
    let mut slow = Vec::new();
    for _ in 0..20 {
        let mut stream = TcpStream::connect(service.address).await.unwrap();
        slow.push(tokio::spawn(async move { dribble(&mut stream, "GET /v1/lichtingen HTTP/1.1").await }));
    }
    sleep(Duration::from_millis(300)).await;
    not_held_up(&service, &slow).await;
    for one in slow {
        let (_, took) = one.await.unwrap();
        assert!(took < Duration::from_secs(6), "{took:?}");
    }
    service.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_drips_in_is_answered_408_and_others_stay_quick() {
    let service = within("drip-body", 64, Duration::from_secs(2)).await;
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
    not_held_up(&service, &slow).await;
    for one in slow {
        let (said, took) = one.await.unwrap();
        assert!(said.starts_with("HTTP/1.1 408"), "{said}");
        assert!(said.contains("application/problem+json"), "{said}");
        assert!(took < Duration::from_secs(6), "{took:?}");
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
    // The next ones have nobody before them; on a busy machine one of a few is quick.
    let mut quickest = Duration::MAX;
    for _ in 0..5 {
        quickest = quickest.min(others(&service).await);
    }
    assert!(quickest < Duration::from_millis(500), "{quickest:?}");
    for mut stream in idle {
        let mut said = Vec::new();
        let done = timeout(Duration::from_secs(5), stream.read_to_end(&mut said)).await;
        assert!(done.is_ok(), "an idle connection is closed");
    }
    service.end().await;
}

/// Sends this and no more; what is answered, and after how long.
async fn said(service: &Service, bytes: &[u8]) -> (String, Duration) {
    let began = Instant::now();
    let mut stream = TcpStream::connect(service.address).await.unwrap();
    // Whoever is refused early cannot send everything.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    // The other side ends the connection: this one does not, and sends nothing more.
    timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await.expect("an end").unwrap();
    (String::from_utf8_lossy(&answer).into_owned(), began.elapsed())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_will_be_refused_is_refused_before_its_body_is_there() {
    // The usual times: none of these may wait for one of them.
    let service = Service::start("at-once").await;
    let head =
        |token: &str, rest: &str| format!("POST /v1/kandidaten HTTP/1.1\r\nHost: x\r\n{token}Content-Type: application/json\r\n{rest}");
    let token = format!("Authorization: Bearer {TOKEN}\r\n");
    for (what, bytes, status, problem) in [
        ("too large", head(&token, "Content-Length: 99999999999999\r\n\r\n"), "413", "te-groot"),
        ("too large, with a key", head(&token, "Idempotency-Key: k\r\nContent-Length: 99999999999999\r\n\r\n"), "413", "te-groot"),
        ("a stranger", head("", "Content-Length: 1000\r\n\r\n"), "401", "niet-aangemeld"),
        ("a stranger with no end", head("", "Transfer-Encoding: chunked\r\n\r\n5\r\n"), "401", "niet-aangemeld"),
        ("a chunk that is none", head(&token, "Transfer-Encoding: chunked\r\n\r\nzz\r\n"), "400", "ongeldige-invoer"),
    ] {
        let (answer, took) = said(&service, bytes.as_bytes()).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{what}: {answer}");
        assert!(answer.contains("application/problem+json") && answer.contains(&format!("/v1/problemen/{problem}")), "{what}: {answer}");
        assert!(answer.to_ascii_lowercase().contains("connection: close"), "{what}: {answer}");
        assert!(took < Duration::from_secs(5), "{what}: {took:?}");
    }
    service.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_breaks_off_is_not_called_too_large() {
    let service = Service::start("broken-off").await;
    let mut stream = TcpStream::connect(service.address).await.unwrap();
    let head = format!(
        "POST /v1/kandidaten HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = String::new();
    timeout(Duration::from_secs(10), stream.read_to_string(&mut answer)).await.expect("an end").unwrap();
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "), "{answer}");
    service.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_that_cannot_be_read_is_refused_like_everything_else() {
    let service = Service::start("heads").await;
    let long = "x".repeat(400_000);
    let many: String = (0..200).map(|number| format!("X-{number}: 1\r\n")).collect();
    for (what, bytes, status) in [
        ("no HTTP", "hallo\r\n\r\n".to_owned(), 400),
        ("a space in the path", "GET /v1/a b HTTP/1.1\r\nHost: x\r\n\r\n".into(), 400),
        ("two lengths", "POST /v1/coaches HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n".into(), 400),
        ("a long header", format!("GET /v1/coaches HTTP/1.1\r\nHost: x\r\nX: {long}\r\n\r\n"), 431),
        ("many headers", format!("GET /v1/coaches HTTP/1.1\r\nHost: x\r\n{many}\r\n"), 431),
    ] {
        let (answer, _) = said(&service, bytes.as_bytes()).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{what}: {answer}"));
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{what}: {head}");
        let head = head.to_ascii_lowercase();
        for line in ["content-type: application/problem+json", "api-version: ", "x-content-type-options: nosniff", "connection: close"] {
            assert!(head.contains(line), "{what}: {line} is not in {head}");
        }
        let problem: serde_json::Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{what}: {error} in {body}"));
        assert_eq!(problem["status"], status, "{what}: {problem}");
    }
    service.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_answer_is_gzip_for_who_reads_that_with_a_tag_of_its_own() {
    let service = Service::start("gzip").await;
    let mut wave = super::service::wave("klein");
    wave["scholen"][0]["concept"] = "m".repeat(1_500).into();
    let id = service.submitted(&wave).await;
    let path = format!("/v1/lichtingen/{id}/invoer");
    let plain = service.request("GET", &path).send().await.unwrap();
    let header = |answer: &reqwest::Response, name: &str| answer.headers().get(name).map(|it| it.to_str().unwrap().to_owned());
    assert_eq!((header(&plain, "content-encoding"), header(&plain, "vary").as_deref()), (None, Some("accept-encoding")));
    let tag = header(&plain, "etag").unwrap();
    let text = plain.bytes().await.unwrap();
    assert!(text.len() > 1_024);
    let small = service.request("GET", &path).header("Accept-Encoding", "br, gzip").send().await.unwrap();
    assert_eq!(header(&small, "content-encoding").as_deref(), Some("gzip"));
    let marked = header(&small, "etag").unwrap();
    assert_eq!(marked, tag.trim_end_matches('"').to_owned() + "-gzip\"");
    let packed = small.bytes().await.unwrap();
    assert!(packed.len() < text.len() && packed.starts_with(&[0x1f, 0x8b]), "{} of {}", packed.len(), text.len());
    // Both tags name the version, and another does not.
    for (tag, status) in [("\"v77-gzip\"".to_owned(), 412), (marked, 200)] {
        let sent = service.request("PUT", &path).header("If-Match", tag).header("Content-Type", "application/json");
        assert_eq!(sent.body(wave.to_string()).send().await.unwrap().status(), status);
    }
    // What is small, and a stream, are sent as they are.
    let health = service.open_request("GET", "/gezondheid").header("Accept-Encoding", "gzip").send().await.unwrap();
    assert_eq!(header(&health, "content-encoding"), None);
    service.end().await;
}
