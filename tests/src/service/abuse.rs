//! Who asks too much gets a refusal, and takes neither the memory of the service nor the time of others: bodies, answers, connections, questions.

use std::io::Write;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

use super::client::{Call, Client};
use super::hundred::{solved, submitted};
use super::processes::{KEY, Process, folder};
use super::waves;

/// Most memory of the service itself, MiB.
const MEMORY: u64 = 300;
/// Longest that health takes while others ask too much.
const HEALTH: Duration = Duration::from_secs(1);

/// Most memory a process had, MiB.
fn most_memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("the service runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux tells it");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") / 1024
}

/// Asks for health the whole time.
struct Watch {
    over: Arc<AtomicBool>,
    worst: JoinHandle<Duration>,
    /// A service that nobody else asks anything: what the machine adds is measured on it.
    beside: Process,
}

/// How long health takes. A connection that had to make room is made again, in the time of this one.
async fn health(http: &reqwest::Client, url: &str) -> Duration {
    let began = Instant::now();
    loop {
        match http.get(format!("{url}/gezondheid")).send().await {
            Ok(answer) => {
                assert_eq!(answer.status(), 200);
                return began.elapsed();
            }
            Err(error) => assert!(began.elapsed() < Duration::from_secs(20), "health does not answer: {error}"),
        }
    }
}

impl Watch {
    /// What a busy machine adds is measured beside it, by how late a short sleep ends and how long an idle service takes, and does not
    /// count.
    fn begin(name: &str, url: String) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let until = over.clone();
        let beside = Process::serve(&folder(&format!("{name}-ernaast")), &["--zonder-werker"]);
        let idle = beside.url();
        let worst = tokio::spawn(async move {
            let http =
                reqwest::Client::builder().timeout(Duration::from_secs(20)).pool_max_idle_per_host(0).no_proxy().build().expect("a client");
            let (mut worst, pause) = (Duration::ZERO, Duration::from_millis(25));
            while !until.load(Ordering::SeqCst) {
                let began = Instant::now();
                sleep(pause).await;
                let late = began.elapsed().saturating_sub(pause);
                let (here, there) = tokio::join!(health(&http, &url), health(&http, &idle));
                worst = worst.max(here.saturating_sub(late.max(there) * 4));
            }
            worst
        });
        Self { over, worst, beside }
    }

    async fn end(self, what: &str, process: u32) {
        self.over.store(true, Ordering::SeqCst);
        let (worst, memory) = (self.worst.await.expect("health answers"), most_memory(process));
        println!("{what}: health within {worst:?}, {memory} MiB");
        assert!(worst < HEALTH, "{what}: {worst:?}");
        assert!(memory < MEMORY, "{what}: {memory} MiB");
        assert_eq!(self.beside.end(), 0);
    }
}

/// A body of its own making, and what was answered: the status, how many bytes, and the answer as JSON.
async fn send(url: &str, path: &str, body: Vec<u8>, key: Option<&str>) -> (u16, usize, Value) {
    let http = reqwest::Client::builder().timeout(Duration::from_secs(60)).no_proxy().build().expect("a client");
    let mut request = http.post(format!("{url}/v1{path}")).bearer_auth(KEY).header("Content-Type", "application/json").body(body);
    if let Some(key) = key {
        request = request.header("Idempotency-Key", key);
    }
    let answer = request.send().await.unwrap_or_else(|error| panic!("{path}: {error}"));
    let (status, bytes) = (answer.status().as_u16(), answer.bytes().await.expect("an answer"));
    (status, bytes.len(), serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

fn repeated(before: &str, part: &str, times: usize, after: &str) -> Vec<u8> {
    [before.as_bytes(), part.repeat(times).as_bytes(), after.as_bytes()].concat()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_takes_no_more_than_it_may_be_and_its_refusal_is_small() {
    let service = Process::serve(&folder("te-groot"), &["--zonder-werker"]);
    let client = Client::new(service.url());
    let wave = submitted(&client, &waves::small("a", 6, 3)).await;
    let (url, watch) = (service.url(), Watch::begin("te-groot", service.url()));
    let zeros = || repeated("[", "0,", 15_000_000, "0]");
    // A run is asked in some keys, a coach is a row, a wave is as large as the setting says.
    for (path, body) in [
        (format!("/lichtingen/{wave}/berekeningen"), zeros()),
        ("/coaches".into(), repeated("{\"naam\":\"", "x", 20_000_000, "\"}")),
        ("/lichtingen".into(), repeated("[", "0,", 20_000_000, "0]")),
    ] {
        let (status, size, _) = send(&url, &path, body.clone(), None).await;
        assert_eq!(status, 413, "{path}");
        assert!(size < 1_000, "{size}");
        assert_eq!(send(&url, &path, body, Some(&format!("sleutel {path}"))).await.0, 413, "{path} with a key");
    }
    let file = |list: &str| format!("{{\"formaat\":\"loket-lichting/1\",\"{list}\":[");
    let keys: Vec<String> = (0..800_000).map(|number| format!("\"k{number}\":1")).collect();
    for (what, body, code, pointer) in [
        ("zeros", zeros(), "te-veel", ""),
        ("unknown keys", format!("{{{}}}", keys.join(",")).into_bytes(), "te-veel", ""),
        ("rows", repeated(&file("kandidaten"), "{},", 900_000, "{}]}"), "te-veel", "/kandidaten"),
        ("a name", repeated("{\"formaat\":\"loket-lichting/1\",\"naam\":\"", "x", 20_000_000, "\"}"), "grens", "/naam"),
    ] {
        let (status, size, answer) = send(&url, "/lichtingen", body, None).await;
        assert_eq!(status, 400, "{what}: {answer}");
        assert!(size < 4_000, "{what}: {size}");
        let told = answer["fouten"].as_array().into_iter().flatten().any(|it| it["code"] == code && it["plaats"] == pointer);
        assert!(told, "{what}: {answer}");
    }
    // Every one of many rows is wrong in four ways: as many as are listed are told, and how many there are.
    let (status, size, answer) = send(&url, "/lichtingen", repeated(&file("kandidaten"), "{},", 89_999, "{}]}"), None).await;
    assert_eq!((status, answer["fouten"].as_array().map(Vec::len)), (400, Some(1_001)));
    assert!(size < 500_000, "{size}");
    let told = answer["detail"].as_str().unwrap_or_default();
    assert!(told.contains("180005 dingen"), "{told}");
    let mut together = JoinSet::new();
    for _ in 0..8 {
        let url = url.clone();
        together.spawn(async move { send(&url, "/lichtingen", repeated("[", "{},", 5_000_000, "{}]"), None).await.0 });
    }
    for status in together.join_all().await {
        assert!([400, 503].contains(&status), "{status}");
    }
    watch.end("bodies", service.id()).await;
    assert_eq!(service.end(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_two_hundred_ask_at_once_is_worked_out_once() {
    let service = Process::serve(&folder("tweehonderd"), &[]);
    let client = Client::new(service.url());
    let (wave, first) = solved(&client, &waves::small("a", 150, 1)).await;
    let plan = client.read(&format!("/berekeningen/{first}/uitkomst")).await;
    let candidate = plan["plaatsingen"][0]["kandidaat"].as_str().expect("somebody is placed");
    let decided = Call::put(format!("/lichtingen/{wave}/beoordelingen/{candidate}")).fresh().json(&json!({ "besluit": "vast" }));
    client.sure(&decided).await.1.expect(200);
    let again = client.sure(&Call::post(format!("/lichtingen/{wave}/berekeningen"))).await.1.expect(202);
    let again = again["id"].as_str().expect("an id").to_owned();
    client.ended(&format!("/berekeningen/{again}"), Duration::from_secs(120)).await;
    let watch = Watch::begin("tweehonderd", service.url());
    for path in [
        format!("/berekeningen/{again}/verschil?met={first}"),
        format!("/berekeningen/{again}/uitkomst"),
        format!("/lichtingen/{wave}/invoer"),
    ] {
        let mut together = JoinSet::new();
        for _ in 0..200 {
            let (client, call) = (client.clone(), Call::get(path.clone()));
            together.spawn(async move { client.sure(&call).await.1.expect(200) });
        }
        let all = together.join_all().await;
        assert!(all.iter().all(|it| *it == all[0] && it.is_object()), "{path}");
    }
    watch.end("answers", service.id()).await;
    assert_eq!(service.end(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn strangers_on_every_connection_keep_nobody_out() {
    let service = Process::serve(&folder("vreemden"), &["--zonder-werker"]);
    let url = service.url();
    let address = url.trim_start_matches("http://").to_owned();
    let watch = Watch::begin("vreemden", url.clone());
    let mut held = Vec::new();
    // Half a head, a head with a body that never comes, and nothing at all: more than there may be.
    for number in 0..600 {
        let mut stream = TcpStream::connect(&address).expect("it listens");
        let said = match number % 3 {
            0 => "GET /v1/lichtingen HTTP/1.1\r\nHost: x\r\n",
            1 => "POST /v1/lichtingen HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n",
            _ => "",
        };
        // One that had to make room already is no longer there to be written to.
        let _ = stream.write_all(said.as_bytes());
        held.push(stream);
    }
    for _ in 0..20 {
        // A client of its own each time, so that each has to get in.
        Client::new(url.clone()).read("/lichtingen").await;
    }
    watch.end("connections", service.id()).await;
    drop(held);
    assert_eq!(service.end(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn questions_are_bounded_take_turns_and_can_be_withdrawn() {
    let folder = folder("vragen-vol");
    let service = Process::serve(&folder, &["--zonder-werker"]);
    let client = Client::new(service.url());
    let wave = submitted(&client, &waves::small("a", 8, 1)).await;
    let run = client.sure(&Call::post(format!("/lichtingen/{wave}/berekeningen"))).await.1.expect(202);
    let run = run["id"].as_str().expect("an id").to_owned();
    let worker = Process::worker(&folder, &[]);
    client.ended(&format!("/berekeningen/{run}"), Duration::from_secs(60)).await;
    assert_eq!(worker.end(), 0);
    let path = format!("/berekeningen/{run}/vragen");
    let ask = |question: Value| Call::post(path.clone()).json(&question);
    let scarce = |amount: usize| json!({ "soort": "schaarste", "vraag": { "aantal": amount } });
    let mut asked = Vec::new();
    for amount in 1..100 {
        asked.push(client.sure(&ask(scarce(amount))).await.1.expect(202)["id"].as_str().expect("an id").to_owned());
    }
    // The hundredth is of another kind; it comes last, and its turn is first.
    let stress = client.sure(&ask(json!({ "soort": "stress" }))).await.1.expect(202);
    let (_, full) = client.sure(&ask(scarce(100))).await;
    assert!(full.headers.contains_key("retry-after"), "{full:?}");
    let full = full.expect(429);
    assert_eq!(full["type"], "/v1/problemen/te-veel", "{full}");
    assert!(full["detail"].as_str().is_some_and(|it| it.contains("honderd vragen")), "{full}");
    // What was asked before may be asked still: it is the same question.
    assert_eq!(client.sure(&ask(scarce(7))).await.1.expect(202)["id"], asked[6].as_str());
    for id in &asked[10..] {
        let stop = Call::post(format!("/vragen/{id}/afbreking"));
        for _ in 0..2 {
            let stopped = client.sure(&stop).await.1.expect(202);
            assert_eq!(stopped["toestand"], "afgebroken", "{stopped}");
        }
    }
    client.sure(&Call::post("/vragen/er-is-geen-vraag/afbreking")).await.1.expect(404);
    client.sure(&ask(scarce(100))).await.1.expect(202);
    let worker = Process::worker(&folder, &[]);
    let begun = async |id: &str| {
        let ended = client.ended(&format!("/vragen/{id}"), Duration::from_secs(120)).await;
        ended["begonnen_op"].as_str().expect("a time").to_owned()
    };
    let stress = begun(stress["id"].as_str().expect("an id")).await;
    let mut before = 0;
    for id in &asked[..10] {
        before += usize::from(begun(id).await < stress);
    }
    assert!(before <= 1, "{before} of the same kind went before the only one of its kind");
    assert_eq!((worker.end(), service.end()), (0, 0));
}
