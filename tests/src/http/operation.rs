//! What whoever runs the service sees: health, figures, log lines without anybody in them, an end without loss.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use loket_service::serve::{logs, metrics};
use serde_json::{Value, json};
use tokio::time::{Instant, timeout};

use super::service::{Service, TOKEN, wave};
use crate::support::root;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_says_ready_and_when_it_is_not() {
    let service = Service::start("health").await;
    let good = service.open_request("GET", "/gezondheid").send().await.unwrap();
    assert_eq!(good.status(), 200);
    let body: Value = good.json().await.unwrap();
    assert_eq!((&body["toestand"], &body["opslag"], &body["schijf"]), (&json!("gereed"), &json!("goed"), &json!("goed")));
    service.app.store.close().await;
    let bad = service.open_request("GET", "/gezondheid").send().await.unwrap();
    assert_eq!(bad.status(), 503);
    assert!(bad.headers().contains_key("retry-after"));
    let body: Value = bad.json().await.unwrap();
    assert_eq!((&body["status"], &body["toestand"]), (&json!(503), &json!("niet-gereed")));
    assert_ne!(body["opslag"], "goed");
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

/// Takes log lines.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panics").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// One thread, so that every line of this service comes to this test.
#[tokio::test]
async fn neither_logs_nor_figures_nor_refusals_name_anybody() {
    for json_lines in [false, true] {
        let lines = Lines::default();
        let kept = lines.clone();
        let guard = logs::to(json_lines, move || kept.clone());
        let told = session(Service::start("canary").await).await;
        drop(guard);
        let log = String::from_utf8(lines.0.lock().expect("nobody panics").clone()).expect("UTF-8");
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
    "Kanarie Vogelaar", "belt-op-zaterdag", "KANARIEPAD", "kanarievraag", "KANARIESLEUTEL", "KANARIEMETHODE", "kanarieagent", "kanarie@example",
];

/// A session with canaries in every place where somebody may put something. Figures and the refusals that do not repeat what was sent.
async fn session(service: Service) -> String {
    let mut wave = wave("kanarie-lichting");
    wave["kandidaten"][0]["naam"] = json!("Kanarie Vogelaar");
    wave["kandidaten"][0]["toelichting"] = json!("belt-op-zaterdag, kanarie@example");
    wave["coaches"][0]["naam"] = json!("Kanarie Vogelaar");
    let candidate = wave["kandidaten"][0]["id"].as_str().unwrap().to_owned();
    let id = service.submitted(&wave).await;
    let run = service.solved(&id).await;
    let mut told = String::new();
    for path in ["", "/invoer", "/berekeningen", "/beoordelingen"] {
        service.get(&format!("/v1/lichtingen/{id}{path}")).await;
    }
    service.get(&format!("/v1/berekeningen/{run}/uitkomst")).await;
    let decision = format!("/v1/lichtingen/{id}/beoordelingen/{candidate}");
    let decided = service.request("PUT", &decision).header("If-None-Match", "*").json(&json!({ "besluit": "akkoord" })).send().await.unwrap();
    assert_eq!(decided.status(), 200, "{}", decided.text().await.unwrap_or_default());
    let odd = [
        service.request("GET", "/v1/lichtingen/KANARIEPAD"),
        service.request("GET", "/KANARIEPAD/kanarievraag"),
        service.request("GET", "/v1/lichtingen/KANARIEPAD/beoordelingen/Kanarie%20Vogelaar"),
        service.request("KANARIEMETHODE", "/v1/lichtingen"),
        service.open_request("GET", "/v1/lichtingen?sleutel=KANARIESLEUTEL").bearer_auth("KANARIESLEUTEL"),
        service.request("GET", "/v1/lichtingen").header("User-Agent", "kanarieagent").header("Accept", "application/kanarievraag"),
        service.request("POST", "/v1/lichtingen").header("Content-Type", "application/json").body("{\"naam\": \"Kanarie Vogelaar"),
        service.request("POST", "/v1/lichtingen").header("Content-Type", "text/kanarievraag").body("Kanarie Vogelaar"),
        service.request("POST", "/v1/lichtingen").header("Idempotency-Key", "KANARIESLEUTEL").json(&wave),
    ];
    for request in odd {
        told.push_str(&request.send().await.unwrap().text().await.unwrap());
    }
    told.push_str(&service.request("GET", "/metrics").send().await.unwrap().text().await.unwrap());
    service.end().await;
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
    let store = service.app.store.clone();

    let began = Instant::now();
    service.app.ending.cancel();
    let rest = timeout(Duration::from_secs(5), async { while let Ok(Some(_)) = stream.chunk().await {} }).await;
    assert!(rest.is_ok(), "the stream ends");
    service.end().await;
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    assert!(tokio::net::TcpStream::connect(address).await.is_err(), "nobody listens any more");
    drop(store);
}
