//! What the service acknowledged, and the check that all of it is there and nothing else is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use crate::support::kept_in;
use loket_instances::matching::read::read_wave;
use loket_service::store::{Clock, Store};
use loket_service::verify::examine;
use serde_json::Value;

use super::client::{Call, Client};

/// Longest time until a run has ended, with others before it and workers that are killed.
pub const BOUND: Duration = Duration::from_secs(180);

/// How far a wave was brought.
const LIVES: [&str; 6] = ["concept", "ingediend", "berekend", "in-beoordeling", "vastgesteld", "gesloten"];

/// Everything that was acknowledged.
#[derive(Default)]
pub struct Ledger {
    /// Waves, with the furthest state of life that was told.
    waves: BTreeMap<String, usize>,
    /// Runs that were acknowledged.
    runs: BTreeSet<String>,
    /// Requests with a key, and the id of what they made.
    keyed: Vec<(Call, String)>,
    /// Decisions by wave and candidate, as they were answered.
    pub decisions: BTreeMap<(String, String), Value>,
    /// How many decisions about a wave were acknowledged or found done, changed ones each time.
    decided: BTreeMap<String, usize>,
    /// Published waves, with how many are placed.
    published: BTreeMap<String, i64>,
    /// Batches, and whether they were accepted.
    batches: BTreeMap<String, bool>,
    /// Runs that were verified already.
    verified: BTreeSet<String>,
    /// How runs ended.
    pub ends: BTreeMap<String, usize>,
}

impl Ledger {
    /// A wave is at least in this state.
    pub fn wave(&mut self, id: &str, life: &str) {
        let rank = LIVES.iter().position(|it| *it == life).expect("a state of life");
        let known = self.waves.entry(id.into()).or_default();
        *known = rank.max(*known);
    }

    /// A run was asked for.
    pub fn run(&mut self, id: &str) {
        self.runs.insert(id.into());
    }

    /// A request with a key made this, and will never make anything else.
    pub fn keyed(&mut self, call: &Call, id: &str) {
        self.keyed.push((call.clone(), id.into()));
    }

    /// Somebody decided.
    pub fn decide(&mut self, wave: &str, decision: Value) {
        let candidate = decision["kandidaat"].as_str().expect("a decision names its candidate").to_owned();
        *self.decided.entry(wave.into()).or_default() += 1;
        self.decisions.insert((wave.into(), candidate), decision);
    }

    /// A wave was published.
    pub fn publish(&mut self, wave: &str, placed: i64) {
        self.wave(wave, "vastgesteld");
        self.published.insert(wave.into(), placed);
    }

    /// The placements of a wave, when it is published, are now so many.
    pub fn moved(&mut self, wave: &str, placed: i64) {
        if let Some(known) = self.published.get_mut(wave) {
            *known = placed;
        }
    }

    /// A batch was asked for, or accepted.
    pub fn batch(&mut self, id: &str, accepted: bool) {
        let known = self.batches.entry(id.into()).or_default();
        *known |= accepted;
    }

    /// How much there is: waves, runs, decisions, publications, batches.
    pub fn sizes(&self) -> [usize; 5] {
        [self.waves.len(), self.runs.len(), self.decided.values().sum(), self.published.len(), self.batches.len()]
    }

    /// Checks all of it against the running service and its file.
    pub async fn check(&mut self, client: &Client, file: &Path) {
        let store = kept_in(file, Clock::default()).await;
        for (call, id) in &self.keyed {
            let again = client.sure(call).await.1;
            assert!((200..300).contains(&again.status) && again.json()["id"] == id.as_str(), "{call:?} made {id} and now {}", again.json());
        }
        self.waves_are_there(client).await;
        self.runs_ended_truly(client, &store).await;
        self.decisions_are_there(client).await;
        for (wave, placed) in &self.published {
            // A placement that had begun when a drop-out was accepted stays, with its end; another one follows it.
            let found = client.read(&format!("/lichtingen/{wave}/plaatsingen?paginaGrootte=200")).await;
            let rows = found["resultaten"].as_array().expect("placements");
            assert_eq!(found["totaal"].as_u64(), Some(rows.len() as u64), "one page");
            let lasting = rows.iter().filter(|it| it["einde_reden"].is_null()).count();
            assert_eq!(i64::try_from(lasting).ok(), Some(*placed), "placements of wave {wave}: {found}");
        }
        for (batch, accepted) in &self.batches {
            let found = client.ended(&format!("/herberekeningen/{batch}"), BOUND).await;
            let all = found["lichtingen"].as_array().expect("its waves").iter().all(|it| it["besluit"] == "aanvaard");
            assert_eq!(all, *accepted, "batch {batch}: {found}");
        }
        self.log_is_whole(&store).await;
        assert_eq!(store.integrity().await.expect("the file answers"), ["ok"]);
        store.close().await;
    }

    async fn waves_are_there(&self, client: &Client) {
        for (wave, rank) in &self.waves {
            let found = client.read(&format!("/lichtingen/{wave}")).await;
            let now = LIVES.iter().position(|it| found["toestand"] == *it).expect("a state of life");
            assert!(now >= *rank, "wave {wave} was {} and is {found}", LIVES[*rank]);
        }
        let all = client.read("/lichtingen?paginaGrootte=1").await;
        assert_eq!(all["totaal"].as_u64(), Some(self.waves.len() as u64), "waves that nobody made");
    }

    async fn runs_ended_truly(&mut self, client: &Client, store: &Store) {
        let mut there = BTreeSet::new();
        for wave in self.waves.keys() {
            let list = client.read(&format!("/lichtingen/{wave}/berekeningen?paginaGrootte=200")).await;
            for run in list["resultaten"].as_array().expect("a list") {
                let id = run["id"].as_str().expect("a run has an id").to_owned();
                let run = client.ended(&format!("/berekeningen/{id}"), BOUND).await;
                if self.verified.insert(id.clone()) {
                    let end = verified(store, &run).await;
                    *self.ends.entry(end).or_default() += 1;
                }
                there.insert(id);
            }
        }
        let lost: Vec<_> = self.runs.difference(&there).collect();
        assert!(lost.is_empty(), "runs were acknowledged and are lost: {lost:?}");
    }

    async fn decisions_are_there(&self, client: &Client) {
        for wave in self.waves.keys() {
            let found = client.read(&format!("/lichtingen/{wave}/beoordelingen")).await;
            let rows = found["resultaten"].as_array().expect("a list").iter();
            let found: BTreeMap<&str, &Value> = rows.map(|row| (row["kandidaat"].as_str().expect("an id"), row)).collect();
            let known = self.decisions.iter().filter(|((of, _), _)| of == wave);
            let known: BTreeMap<&str, &Value> = known.map(|((_, candidate), row)| (candidate.as_str(), row)).collect();
            assert_eq!(found, known, "decisions of wave {wave}");
        }
    }

    async fn log_is_whole(&self, store: &Store) {
        let checked = store.read().log_check().await.expect("the log can be read");
        assert_eq!(checked.wrong, Vec::<String>::new());
        let mut lines: BTreeMap<(String, String), usize> = BTreeMap::new();
        let mut after = 0;
        loop {
            let part = store.read().log_lines(after, 500).await.expect("the log can be read");
            let Some(last) = part.last() else { break };
            after = last.number;
            for line in part {
                *lines.entry((line.what, line.subject)).or_default() += 1;
            }
        }
        let times = |what: &str, subject: &str, wanted: usize| {
            let found = lines.get(&(what.to_owned(), subject.to_owned())).copied().unwrap_or(0);
            assert_eq!(found, wanted, "how often {what} {subject} stands in the log");
        };
        let once = |what: &str, subject: &str| times(what, subject, 1);
        for (wave, rank) in &self.waves {
            once("lichting-gemaakt", wave);
            if *rank > 0 {
                once("lichting-ingediend", wave);
            }
            times("besluit", wave, self.decided.get(wave).copied().unwrap_or(0));
        }
        self.runs.iter().for_each(|run| once("berekening-gevraagd", run));
        self.published.keys().for_each(|wave| once("lichting-vastgesteld", wave));
        for (batch, accepted) in &self.batches {
            once("herberekening-gevraagd", batch);
            if *accepted {
                once("herberekening-aanvaard", batch);
            }
        }
    }
}

/// Checks how one run ended; a word for it.
pub async fn verified(store: &Store, run: &Value) -> String {
    let id = run["id"].as_str().expect("a run has an id");
    let state = run["toestand"].as_str().expect("a state");
    let result = store.read().result(id).await.expect("the file answers");
    match state {
        "klaar" => assert!(result.is_some(), "run {id} is done and has no outcome"),
        _ => assert!(run["melding"]["tekst"].as_str().is_some_and(|it| it.ends_with('.')), "run {id} is {state} and says not why: {run}"),
    }
    let kept = result.is_some();
    if let Some(bytes) = result {
        let sha = run["invoer_sha256"].as_str().expect("a hash");
        let input = store.read().input(sha).await.expect("the file answers").expect("what was solved is kept");
        let loaded = read_wave(&input).expect("what was solved is a wave");
        let findings = examine(&loaded, &bytes).findings;
        assert!(findings.is_empty(), "the outcome of run {id} is not true: {findings:?}");
        let outcome: Value = serde_json::from_slice(&bytes).expect("an outcome is JSON");
        assert_eq!(outcome["status"], run["status"], "run {id}");
    }
    format!("{state}{}", if kept { " met uitkomst" } else { "" })
}
