//! A reader who asks anything: so many random requests in the roles of a board, a coach, a reader and an administrator, over random routes and
//! ids; no answer holds what that role may not see.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use loket_service::access::Role;
use loket_solver::matching::facts::words::Word;
use reqwest::Method;
use serde_json::json;

use super::story::{BOARDS, COACHES, ELSEWHERE, LEFT, NAMES, PLACED, PROPOSED, Place, SCHOOLS, SEATS, Story};
use crate::desk::{Desk, TOKEN};
use crate::http::rules::{Operation, operations};
use crate::sheets_out::members;
use crate::support::{from_environment, seed};

/// Requests of one run of the tests.
const READS: u64 = 20_000;
/// Readers at the same time.
const READERS: u64 = 6;
/// What would end the reader's own way in, or fill the store.
const NOT: [&str; 5] = ["sleutelMaken", "sleutelBeeindigen", "afmelding", "afmelden", "rolwissel"];
/// Query keys with what they may be asked.
const KEYS: [&str; 8] =
    ["", "", "", "?paginaGrootte=1", "?pagina=2&paginaGrootte=1", "?bestuur=bestuur-uil", "?toestand=open", "?op=2027-01-01"];

/// Numbers by chance, the same for one seed.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.next() % all.len() as u64).expect("a place")]
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.next().is_multiple_of(many)
    }
}

/// What an answer says: of a workbook, what is packed in it.
async fn told(headers: &str, response: reqwest::Response) -> String {
    let bytes = response.bytes().await.expect("a body");
    match headers.contains("spreadsheetml") && bytes.starts_with(b"PK") {
        true => members(&bytes).into_iter().map(|(name, text)| format!("{name}\n{text}\n")).collect(),
        false => String::from_utf8_lossy(&bytes).into_owned(),
    }
}

/// A request by chance: its method, and its path with query.
fn request<'a>(chance: &mut Chance, story: &Story, role: Role, all: &'a [Operation], pool: &[String]) -> (&'a Operation, String) {
    let operation = loop {
        let it = chance.of(all);
        // Mostly what is read, and mostly what the role may call.
        let may = it.says["x-rollen"].as_array().is_some_and(|roles| roles.iter().any(|word| word == role.code()));
        if (it.method == "get" || chance.one_in(5)) && (may || chance.one_in(10)) {
            break it;
        }
    };
    let mut path = operation.template.clone();
    while let Some(open) = path.find('{') {
        let close = path.find('}').expect("a closed name");
        let name = path[open + 1..close].to_owned();
        let id = match chance.next() % 4 {
            0 => story.named(role, &name, true),
            1 | 2 => story.named(role, &name, false),
            _ => None,
        };
        let id = id.unwrap_or_else(|| chance.of(pool).clone());
        path.replace_range(open..=close, &id);
    }
    let keys = if operation.method == "get" { *chance.of(&KEYS) } else { "" };
    let query = if keys.is_empty() { operation.query() } else { keys.to_owned() };
    (operation, path + &query)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_random_request_is_answered_with_what_is_anothers() {
    let (count, seed) = (from_environment("LOKET_READS").unwrap_or(READS), seed());
    println!("{count} random requests from seed {seed}: LOKET_SEED={seed} LOKET_READS={count}");
    let desk = Desk::open("foreign-reader").await;
    let place = Place { base: desk.base(), store: desk.store.clone(), token: TOKEN.into(), desk: Some(&desk) };
    let story = Arc::new(place.told().await);
    let all: Arc<Vec<Operation>> = Arc::new(
        operations().into_iter().filter(|it| !it.open() && !NOT.contains(&it.says["operationId"].as_str().unwrap_or_default())).collect(),
    );
    let mut pool: Vec<String> =
        [&BOARDS[..], &COACHES, &SCHOOLS, &SEATS, &PLACED, &PROPOSED, &[LEFT, ELSEWHERE, "w-vast", "w-uil", "onbekend"]]
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect();
    for half in [&story.own, &story.foreign] {
        pool.extend(half.ids.iter().map(|it| it.1.clone()));
    }
    let pool = Arc::new(pool);
    let began = Instant::now();
    let (answered, done, pdfs) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let mut readers = Vec::new();
    for reader in 0..READERS {
        let (story, all, pool, base) = (story.clone(), all.clone(), pool.clone(), place.base.clone());
        let (answered, done, pdfs) = (answered.clone(), done.clone(), pdfs.clone());
        readers.push(tokio::spawn(async move {
            let client = reqwest::Client::builder().no_proxy().build().expect("a client");
            let mut chance = Chance(seed.wrapping_mul(1_000_003) + reader);
            while done.fetch_add(1, Ordering::SeqCst) < count {
                let role = *chance.of(&[Role::Bestuur, Role::Bestuur, Role::Coach, Role::Coach, Role::Lezer, Role::Beheerder]);
                let (operation, path) = request(&mut chance, &story, role, &all, &pool);
                let method = Method::from_bytes(operation.method.to_ascii_uppercase().as_bytes()).expect("a method");
                let mut asked = client.request(method, format!("{base}{path}")).bearer_auth(story.token(role));
                let mut sent = path.clone();
                if operation.takes("If-Match") {
                    asked = asked.header("If-Match", "\"v1\"");
                }
                if operation.has_body() {
                    let body = operation.example().cloned().unwrap_or_else(|| json!({}));
                    sent.push_str(&body.to_string());
                    asked = asked.json(&body);
                }
                let response = asked.send().await.expect("an answer");
                let status = response.status();
                let headers = format!("{:?}", response.headers());
                let body = match headers.as_str() {
                    it if it.contains("text/event-stream") => String::new(),
                    // Compressed: it is read as people read it.
                    it if it.contains("application/pdf") => {
                        let text = crate::letters::reading::close(&response.bytes().await.expect("a body"));
                        pdfs.fetch_add(1, Ordering::SeqCst);
                        text
                    }
                    _ => told(&headers, response).await,
                };
                assert!(!status.is_server_error() || status == 503, "{role:?} {} {path}: {status} {body}", operation.method);
                if status.is_success() {
                    answered.fetch_add(1, Ordering::SeqCst);
                }
                // What somebody names may be said back.
                for canary in story.forbidden(role).iter().filter(|it| !sent.contains(it.as_str())) {
                    let close = crate::letters::reading::together(canary);
                    let there = body.contains(canary.as_str())
                        || headers.contains("application/pdf") && body.contains(&close)
                        || headers.contains(canary.as_str());
                    assert!(!there, "seed {seed}: {role:?} read {canary} at {} {path}: {status} {headers} {body}", operation.method);
                }
            }
        }));
    }
    for reader in readers {
        reader.await.expect("a reader that saw nothing");
    }
    let answered = answered.load(Ordering::SeqCst);
    println!(
        "{count} random requests from seed {seed}, {answered} of them answered, {} as PDF: 0 foreign reads in {:.1} s",
        pdfs.load(Ordering::SeqCst),
        began.elapsed().as_secs_f64()
    );
    assert!(answered > count / 10, "{answered} of {count} were answered: the reader asks the wrong things");
    desk.close().await;
}

/// The net itself: what an intermediary reads does hold what the others may not see.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_that_is_forbidden_is_there_to_be_read() {
    let desk = Desk::open("foreign-there").await;
    let place = Place { base: desk.base(), store: desk.store.clone(), token: TOKEN.into(), desk: Some(&desk) };
    let story = place.told().await;
    let mut text = String::new();
    for path in ["/besturen", "/scholen", "/coaches", "/kandidaten", "/uitvalmeldingen", "/herberekeningen", "/lichtingen/w-open/invoer"] {
        text.push_str(&place.send(TOKEN, Method::GET, path, None, None).await.expect(200).to_string());
    }
    let question = story.foreign.id("vraag").expect("a question");
    text.push_str(&place.send(TOKEN, Method::GET, &format!("/vragen/{question}"), None, None).await.expect(200).to_string());
    for role in [Role::Bestuur, Role::Coach, Role::Lezer, Role::Beheerder] {
        for canary in story.forbidden(role) {
            assert!(text.contains(&canary), "{role:?}: {canary} is nowhere");
        }
    }
    for (id, name) in NAMES {
        assert!(text.contains(id) && text.contains(name), "{id}");
    }
    // What is packed in a workbook is seen as well.
    let url = format!("{}/v1/lichtingen/w-open/lijsten/werkmap", desk.base());
    let response = desk.client.get(url).bearer_auth(TOKEN).send().await.expect("an answer");
    let headers = format!("{:?}", response.headers());
    let packed = told(&headers, response).await;
    assert!(PROPOSED.iter().all(|id| packed.contains(id)) && packed.contains("De Kluut"), "{headers}");
    desk.close().await;
}
