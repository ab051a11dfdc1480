//! The same thing asked a hundred times at once has one effect, and of two editors one hears what the other did.

use std::io::Write;
use std::time::{Duration, Instant};

use crate::support::kept_in;
use loket_service::access::Caller;
use loket_service::actions::runs::{Wish, ask};
use loket_service::actions::{Asked, jobs, waves as actions};
use loket_service::desk::prepare::Changes;
use loket_service::desk::sound::Sound;
use loket_service::records::job::{Finish, Message, State};
use loket_service::store::idempotency::Known;
use loket_service::store::{Clock, Store};
use loket_service::work::Lane;
use loket_solver::matching::facts::outcome::Verdict;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::client::{Answer, Call, Client};
use super::ledger::BOUND;
use super::processes::{KEY, Process, folder};
use super::waves;

const TIMES: usize = 100;

/// Makes and submits a wave.
pub async fn submitted(client: &Client, wave: &Value) -> String {
    let id = waves::id(wave);
    client.sure(&Call::post("/lichtingen").json(wave)).await.1.expect(201);
    client.sure(&Call::post(format!("/lichtingen/{id}/indiening")).at(1)).await.1.expect(200);
    id
}

/// Makes, submits and solves a wave: its id and the id of the run.
pub async fn solved(client: &Client, wave: &Value) -> (String, String) {
    let id = submitted(client, wave).await;
    let run = client.sure(&Call::post(format!("/lichtingen/{id}/berekeningen"))).await.1.expect(202);
    let run = run["id"].as_str().expect("a run has an id").to_owned();
    let ended = client.ended(&format!("/berekeningen/{run}"), BOUND).await;
    assert_eq!(ended["toestand"], "klaar", "{ended}");
    (id, run)
}

/// Sends all of these at once; the answers.
async fn at_once(client: &Client, calls: impl Iterator<Item = Call>) -> Vec<Answer> {
    let mut tasks = JoinSet::new();
    for call in calls {
        let client = client.clone();
        tasks.spawn(async move { client.sure(&call).await.1 });
    }
    tasks.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_submit_a_hundred_times_at_once_is_one_run() {
    let service = Process::serve(&folder("honderd"), &["--zonder-werker"]);
    let client = Client::new(service.url());
    type Keys = fn(usize) -> Option<String>;
    let ways: [(&str, Keys); 3] =
        [("een", |_| Some("dezelfde".into())), ("eigen", |number| Some(format!("sleutel-{number}"))), ("geen", |_| None)];
    for (way, key) in ways {
        let wave = submitted(&client, &waves::small(way, 6, 1)).await;
        let path = format!("/lichtingen/{wave}/berekeningen");
        let answers = at_once(&client, (0..TIMES).map(|number| Call::post(&path).key(key(number)))).await;
        let runs: std::collections::BTreeSet<String> = answers.into_iter().map(|it| it.expect(202)["id"].to_string()).collect();
        assert_eq!(runs.len(), 1, "{way}: {runs:?}");
        assert_eq!(client.read(&path).await["totaal"], 1, "{way}");
    }
    // And the wave itself: a hundred times the same file is one wave.
    let wave = waves::small("samen", 6, 2);
    for answer in at_once(&client, (0..TIMES).map(|_| Call::post("/lichtingen").json(&wave))).await {
        assert_eq!(answer.expect(201)["versie"], 1);
    }
    assert_eq!(client.read("/lichtingen").await["totaal"], 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_has_one_answer_and_another_request_with_it_is_refused() {
    let service = Process::serve(&folder("sleutels"), &["--zonder-werker"]);
    let client = Client::new(service.url());
    let wave = submitted(&client, &waves::small("a", 6, 1)).await;
    let path = format!("/lichtingen/{wave}/berekeningen");
    let call = Call::post(&path).key(Some("k".into())).json(&json!({ "rekentijd": 9 }));
    let first = client.sure(&call).await.1;
    let second = client.sure(&call).await.1;
    assert_eq!((first.status, &first.body), (second.status, &second.body));
    assert_eq!(first.headers["location"], second.headers["location"]);
    let other = Call::post(&path).key(Some("k".into())).json(&json!({ "rekentijd": 8 }));
    let refused = client.sure(&other).await.1.expect(422);
    assert!(refused["detail"].as_str().is_some_and(|it| it.ends_with('.')), "{refused}");
    assert_eq!(client.read(&path).await["totaal"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_hangs_up_before_the_answer_gets_it_by_asking_again_with_the_same_key() {
    let service = Process::serve(&folder("opgehangen"), &["--zonder-werker"]);
    let client = Client::new(service.url());
    let address = service.url().trim_start_matches("http://").to_owned();
    for number in 0..10 {
        let wave = waves::long(&format!("w{number}"), 1);
        let (key, body) = (format!("sleutel-{number}"), wave.to_string());
        let mut line = std::net::TcpStream::connect(&address).expect("it listens");
        let head = format!(
            "POST /v1/lichtingen HTTP/1.1\r\nHost: loket\r\nAuthorization: Bearer {KEY}\r\nIdempotency-Key: {key}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        line.write_all(head.as_bytes()).and_then(|()| line.write_all(body.as_bytes())).expect("it reads");
        // Sooner or later within the time that it takes.
        tokio::time::sleep(Duration::from_millis(3 * number)).await;
        drop(line);
        let began = Instant::now();
        let answer = client.send(&Call::post("/lichtingen").key(Some(key)).json(&wave)).await.expect("an answer");
        assert_eq!(answer.expect(201)["versie"], 1);
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    }
    assert_eq!(client.read("/lichtingen?paginaGrootte=1").await["totaal"], 10);
    assert_eq!(service.end(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_editors_one_is_answered_and_the_other_gets_both_values() {
    let service = Process::serve(&folder("twee"), &[]);
    let client = Client::new(service.url());
    let (wave, run) = solved(&client, &waves::small("a", 8, 1)).await;
    let plan = client.read(&format!("/berekeningen/{run}/uitkomst")).await;
    let candidate = plan["plaatsingen"][0]["kandidaat"].as_str().expect("somebody is placed").to_owned();
    let path = format!("/lichtingen/{wave}/beoordelingen/{candidate}");
    let bodies = [json!({ "besluit": "akkoord" }), json!({ "besluit": "vast" })];

    let mut version = None;
    // First when there is no decision yet, then about the one that is there.
    for _ in 0..2 {
        let calls = bodies.iter().map(|body| {
            let call = Call::put(&path).json(body);
            version.map_or_else(|| call.clone().fresh(), |version| call.clone().at(version))
        });
        let answers = at_once(&client, calls).await;
        let mut statuses: Vec<u16> = answers.iter().map(|it| it.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
        let won = answers.iter().find(|it| it.status == 200).expect("one is answered").json();
        let lost = answers.iter().find(|it| it.status == 412).expect("one is refused");
        assert_eq!(lost.headers["content-type"], "application/problem+json");
        let lost = lost.json();
        assert_eq!(lost["huidig"], won, "{lost}");
        assert_ne!(lost["uw"]["besluit"], won["besluit"], "{lost}");
        assert!(bodies.iter().any(|it| it["besluit"] == lost["uw"]["besluit"]), "{lost}");
        version = won["versie"].as_i64();
    }
    assert_eq!(service.end(), 0);
}

fn under(key: &str) -> Asked {
    Asked { caller: Caller::machine("proef"), key: Some(key.into()) }
}

/// A store with one small wave that was submitted.
async fn kept(name: &str, people: usize) -> (Store, String) {
    let store = kept_in(&folder(name).join("loket.sqlite"), Clock::default()).await;
    let sound = Sound::read(waves::small(name, people, 1).to_string().as_bytes()).expect("a wave file");
    let made = actions::make(&store, &under("maken"), &sound, ("2026-08-01", "2027-07-31"), 5).await.expect("it is kept").wave;
    actions::submit(&store, &under("indienen"), &made.id, 1).await.expect("it is submitted");
    (store, made.id)
}

const WISH: Wish = Wish { seconds: None, changes: Changes::AsWave };

#[tokio::test]
async fn a_later_attempt_never_takes_a_better_plan_away() {
    let (store, wave) = kept("beter", 8).await;
    let run = ask(&store, &under("rekenen"), &wave, WISH, 10).await.expect("it is in line").job.id;
    let plan = |proven: usize| {
        let goals: Vec<_> = (0..3).map(|goal| json!({ "bewezen": goal < proven })).collect();
        json!({ "status": "haalbaar", "doelen": goals }).to_string().into_bytes()
    };
    let first = jobs::claim(&store, Lane::Runs, "een").await.expect("an answer").expect("the run");
    for proven in [1, 2] {
        assert!(jobs::hear_plan(&store, &first, &plan(proven), proven, Verdict::Feasible).await.expect("an answer"));
    }
    jobs::retry(&store, &first, &Message::new("gevallen", "gevallen")).await.expect("it is put back");
    let second = jobs::claim(&store, Lane::Runs, "twee").await.expect("an answer").expect("the run");
    assert!(jobs::hear_plan(&store, &second, &plan(1), 1, Verdict::Feasible).await.expect("an answer"));
    let finish = Finish { state: State::Afgebroken, result: Some(plan(0)), status: Some(Verdict::Feasible), message: None };
    assert!(jobs::finish(&store, &second, finish).await.expect("an answer"));
    assert_eq!(store.read().result(&run).await.expect("an answer"), Some(plan(2)));
    assert_eq!(store.read().wave(&wave).await.expect("an answer").expect("the wave").current, Some(run));
}

#[tokio::test]
async fn a_submit_that_is_repeated_after_its_answer_was_lost_gets_its_run_also_when_that_failed() {
    let (store, wave) = kept("herhaald", 6).await;
    // The service notes a request before it is handled; what it did is noted with that.
    let mut change = store.change().await.expect("a change");
    assert_eq!(change.note_request("eerste", "afdruk").await.expect("an answer"), Known::New);
    change.commit().await.expect("it is kept");
    let mut first = None;
    for _ in 0..2 {
        let run = ask(&store, &under("eerste"), &wave, WISH, 10).await.expect("it is in line").job.id;
        assert_eq!(first.get_or_insert_with(|| run.clone()), &run);
        while let Some(claim) = jobs::claim(&store, Lane::Runs, "proef").await.expect("the file answers") {
            jobs::retry(&store, &claim, &Message::new("gevallen", "Gevallen.")).await.expect("it is kept");
        }
        let run = store.read().run(&run).await.expect("the file answers").expect("it is there");
        assert_eq!((run.job.state, run.job.attempts), (State::Mislukt, 3));
    }
    // Whoever asks anew gets another run.
    let other = ask(&store, &under("tweede"), &wave, WISH, 10).await.expect("it is in line").job.id;
    assert_ne!(Some(other), first);
    store.close().await;
}
