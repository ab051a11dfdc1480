//! What whoever runs the service sees: health, figures, log lines without anybody in them, an end without loss.

use std::time::Duration;

use loket_service::serve::metrics;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use super::process::Process;
use super::service::{Service, TOKEN, folder, wave};
use crate::support::root;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_says_ready_and_when_it_is_not() {
    let service = Service::start("health").await;
    let good = service.open_request("GET", "/gezondheid").send().await.unwrap();
    assert_eq!(good.status(), 200);
    let body: Value = good.json().await.unwrap();
    assert_eq!((&body["toestand"], &body["opslag"], &body["schijf"]), (&json!("gereed"), &json!("goed"), &json!("goed")));
    let erased = if crate::database::on_postgres() { "aan de database" } else { "goed" };
    assert_eq!(body["gegevens"], json!({ "lezen": "goed", "schrijven": "goed", "wissen": erased }));
    assert_eq!(body["rekenaar"], "goed");
    service.app.store.close().await;
    let bad = service.open_request("GET", "/gezondheid").send().await.unwrap();
    assert_eq!(bad.status(), 503);
    assert!(bad.headers().contains_key("retry-after"));
    // It turns all the same: nothing is gained by starting it again.
    let alive = service.open_request("GET", "/leeft").send().await.unwrap();
    assert_eq!(alive.status(), 200);
    assert_eq!(alive.json::<Value>().await.unwrap(), json!({ "leeft": true, "versie": env!("CARGO_PKG_VERSION") }));
    let body: Value = bad.json().await.unwrap();
    assert_eq!((&body["status"], &body["toestand"]), (&json!(503), &json!("niet-gereed")));
    assert_ne!(body["opslag"], "goed");
    assert_ne!(body["gegevens"]["lezen"], "goed");
    assert_ne!(body["gegevens"]["schrijven"], "goed");
    service.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_figures_are_those_of_the_handbook_and_count() {
    let service = Service::start("figures").await;
    let id = service.submitted(&wave("cijfers")).await;
    let asked = service.post(&format!("/v1/lichtingen/{id}/berekeningen"), &json!({})).await;
    assert_eq!(asked.status(), 202);
    let page = service.request("GET", "/metrics").send().await.unwrap();
    assert!(page.headers()["content-type"].to_str().unwrap().starts_with("text/plain; version=0.0.4"));
    let page = page.text().await.unwrap();
    for (name, _) in metrics::FIGURES {
        assert!(page.lines().any(|line| line.starts_with(name)), "{name} is on the page:\n{page}");
    }
    assert!(page.contains("loket_taken{baan=\"berekeningen\",toestand=\"wachtrij\"}"), "{page}");
    assert!(page.contains("route=\"/v1/lichtingen/{lichting}/indiening\""), "{page}");
    let handbook = std::fs::read_to_string(root().join("docs/operating.md")).expect("docs/operating.md");
    for (name, _) in metrics::FIGURES {
        assert!(handbook.contains(&format!("`{name}`")), "docs/operating.md says what {name} is");
    }
    service.end().await;
}

/// The program itself, so that every line of it and of its libraries is in the log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn neither_logs_nor_figures_nor_refusals_name_anybody() {
    for json_lines in [false, true] {
        let data = folder("canary");
        let process = Process::start_with(&data, if json_lines { &["--log-json"] } else { &[] });
        let told = session(&process).await;
        assert!(process.terminate().0.success());
        let log = std::fs::read_to_string(data.join("log.txt")).expect("a log");
        let count = log.lines().filter(|line| line.contains("aanvraag")).count();
        assert!(count >= 15, "{count} requests are logged:\n{log}");
        assert!(log.contains("/v1/lichtingen/{lichting}/beoordelingen/{kandidaat}"), "{log}");
        if json_lines {
            for line in log.lines() {
                let line: Value = serde_json::from_str(line).expect("each line is JSON");
                assert!(line["timestamp"].is_string() && line["level"].is_string(), "{line}");
            }
        }
        for canary in CANARIES.iter().chain(&[TOKEN]) {
            assert!(!log.contains(canary), "the log names {canary}:\n{log}");
            assert!(!told.contains(canary), "figures and refusals name {canary}:\n{told}");
        }
    }
}

/// Names, ids and other things that must stay where they are.
const CANARIES: [&str; 8] = [
    "Kanarie Vogelaar",
    "belt-op-zaterdag",
    "KANARIEPAD",
    "kanarievraag",
    "KANARIESLEUTEL",
    "KANARIEMETHODE",
    "kanarieagent",
    "kanarie@example",
];

/// A session with canaries in every place where somebody may put something. Figures and the refusals that do not repeat what was sent.
async fn session(process: &Process) -> String {
    let mut wave = wave("kanarie-lichting");
    wave["kandidaten"][0]["naam"] = json!("Kanarie Vogelaar");
    wave["kandidaten"][0]["toelichting"] = json!("belt-op-zaterdag, kanarie@example");
    wave["coaches"][0]["naam"] = json!("Kanarie Vogelaar");
    let run = process.run(&wave).await;
    for _ in 0..200 {
        if process.get(&format!("/v1/berekeningen/{run}")).await["toestand"] == "klaar" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    for path in ["", "/invoer", "/berekeningen", "/beoordelingen"] {
        process.get(&format!("/v1/lichtingen/kanarie-lichting{path}")).await;
    }
    process.get(&format!("/v1/berekeningen/{run}/uitkomst")).await;
    let at = |path: &str| format!("{}{path}", process.url);
    let client = &process.client;
    let decision = at("/v1/lichtingen/kanarie-lichting/beoordelingen/Z1");
    let decided = client.put(decision).header("If-None-Match", "*").json(&json!({ "besluit": "akkoord" })).send().await.unwrap();
    assert_eq!(decided.status(), 200, "{}", decided.text().await.unwrap_or_default());
    let list = at("/v1/lichtingen");
    let odd = [
        client.get(at("/v1/lichtingen/KANARIEPAD")),
        client.get(at("/KANARIEPAD/kanarievraag")),
        client.get(at("/v1/lichtingen/KANARIEPAD/beoordelingen/Kanarie%20Vogelaar")),
        client.request(Method::from_bytes(b"KANARIEMETHODE").unwrap(), &list),
        client.get(at("/v1/lichtingen?sleutel=KANARIESLEUTEL")).header("Authorization", "Bearer KANARIESLEUTEL"),
        client.get(&list).header("User-Agent", "kanarieagent").header("Accept", "application/kanarievraag"),
        client.post(&list).header("Content-Type", "application/json").body("{\"naam\": \"Kanarie Vogelaar"),
        client.post(&list).header("Content-Type", "text/kanarievraag").body("Kanarie Vogelaar"),
        client.post(&list).header("Idempotency-Key", "KANARIESLEUTEL").json(&wave),
    ];
    let mut told = String::new();
    for request in odd {
        told.push_str(&request.send().await.unwrap().text().await.unwrap());
    }
    told.push_str(&client.get(at("/metrics")).send().await.unwrap().text().await.unwrap());
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_ending_service_takes_nobody_new_ends_streams_and_finishes_requests() {
    let service = Service::start("ending").await;
    let id = service.submitted(&wave("einde")).await;
    let run: Value = service.post(&format!("/v1/lichtingen/{id}/berekeningen"), &json!({})).await.json().await.unwrap();
    let path = format!("/v1/berekeningen/{}/gebeurtenissen", run["id"].as_str().unwrap());
    let mut stream = service.request("GET", &path).send().await.unwrap();
    assert_eq!(stream.status(), 200);
    let first = timeout(Duration::from_secs(5), stream.chunk()).await.unwrap().unwrap().unwrap();
    assert!(String::from_utf8_lossy(&first).contains("wachtrij"));
    let address = service.address;
    // Half a request is in when the end begins.
    let body = wave("half").to_string();
    let (half, rest) = body.split_at(body.len() / 2);
    let head = format!(
        "POST /v1/lichtingen HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut slow = TcpStream::connect(address).await.unwrap();
    slow.write_all(format!("{head}{half}").as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;

    let began = Instant::now();
    service.app.ending.cancel();
    tokio::time::sleep(Duration::from_millis(200)).await;
    slow.write_all(rest.as_bytes()).await.unwrap();
    let mut said = String::new();
    timeout(Duration::from_secs(5), slow.read_to_string(&mut said)).await.unwrap().unwrap();
    assert!(said.starts_with("HTTP/1.1 201"), "{said}");
    let rest = timeout(Duration::from_secs(5), async { while let Ok(Some(_)) = stream.chunk().await {} }).await;
    assert!(rest.is_ok(), "the stream ends");
    service.end().await;
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}
