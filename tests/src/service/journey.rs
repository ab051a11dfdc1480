//! One user's way through the service while it is killed around them: every step is repeated until it is answered, and noted.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::client::{Call, Client};
use super::ledger::{BOUND, Ledger};
use super::waves;
use crate::support::Dice;

/// A user with a name of their own.
pub struct Traveller {
    pub client: Client,
    pub ledger: Arc<Mutex<Ledger>>,
    pub dice: Dice,
    pub name: String,
    /// Number of the last key.
    pub keys: usize,
}

impl Traveller {
    /// A key for one time in two.
    fn key(&mut self) -> Option<String> {
        self.keys += 1;
        (self.dice.throw(2) == 0).then(|| format!("{}-sleutel-{}", self.name, self.keys))
    }

    /// Two waves with the same schools and coaches: solved, decided, solved again; one published; a coach drops out of both.
    pub async fn two_waves(&mut self, first: Value) {
        let second = waves::sister(&first);
        let (first_id, second_id) = (waves::id(&first), waves::id(&second));
        for wave in [&first, &second] {
            self.submit(wave).await;
            self.run(&waves::id(wave), 60).await;
        }
        self.ask(&first_id).await;
        for wave in [&first_id, &second_id] {
            self.decide(wave).await;
            self.run(wave, 60).await;
        }
        self.publish(&first_id).await;
        self.drop_out(&second_id).await;
    }

    /// One wave that is solved for seconds.
    pub async fn long_wave(&mut self, wave: Value) {
        self.submit(&wave).await;
        self.run(&waves::id(&wave), 6).await;
    }

    async fn submit(&mut self, wave: &Value) {
        let (id, key) = (waves::id(wave), self.key());
        let keyed = key.is_some();
        let call = Call::post("/lichtingen").key(key).json(wave);
        let made = self.client.sure(&call).await.1.expect(201);
        self.ledger.lock().await.wave(&id, "concept");
        if keyed {
            assert_eq!(self.client.sure(&call).await.1.expect(201), made, "the same key, another answer");
            self.ledger.lock().await.keyed(&call, &id);
        }
        let key = self.key();
        let keyed = key.is_some();
        let call = Call::post(format!("/lichtingen/{id}/indiening")).key(key).at(1);
        let (again, answer) = self.client.sure(&call).await;
        match answer.status {
            200 => {}
            // Done, but the answer went down with the service, and there was no key to tell it by.
            409 | 412 if again && !keyed => assert_eq!(self.client.read(&format!("/lichtingen/{id}")).await["toestand"], "ingediend"),
            other => panic!("submitting {id}: {other} {}", answer.json()),
        }
        self.ledger.lock().await.wave(&id, "ingediend");
    }

    /// Has a wave solved; after three runs that failed it is left as it is.
    async fn run(&mut self, wave: &str, seconds: u64) {
        for _ in 0..3 {
            let key = self.key();
            let keyed = key.is_some();
            let call = Call::post(format!("/lichtingen/{wave}/berekeningen")).key(key).json(&json!({ "rekentijd": seconds }));
            let run = self.client.sure(&call).await.1.expect(202);
            let id = run["id"].as_str().expect("a run has an id").to_owned();
            let mut ledger = self.ledger.lock().await;
            ledger.run(&id);
            if keyed {
                ledger.keyed(&call, &id);
            }
            drop(ledger);
            let run = self.client.ended(&format!("/berekeningen/{id}"), BOUND).await;
            if run["toestand"] == "klaar" {
                return;
            }
        }
    }

    /// The plan under review: its rows.
    async fn plan(&self, wave: &str) -> Vec<Value> {
        let wave = self.client.read(&format!("/lichtingen/{wave}")).await;
        let Some(run) = wave["geldende_berekening"].as_str() else { return Vec::new() };
        let outcome = self.client.read(&format!("/berekeningen/{run}/uitkomst")).await;
        outcome["plaatsingen"].as_array().cloned().unwrap_or_default()
    }

    /// Asks why the first of a plan is placed so; the answer comes, or why it does not.
    async fn ask(&mut self, wave: &str) {
        let found = self.client.read(&format!("/lichtingen/{wave}")).await;
        let plan = self.plan(wave).await;
        let (Some(run), Some(row)) = (found["geldende_berekening"].as_str(), plan.first()) else { return };
        let question = json!({ "soort": "waarom", "vraag": { "kandidaat": row["kandidaat"] } });
        let asked = self.client.sure(&Call::post(format!("/berekeningen/{run}/vragen")).json(&question)).await.1.expect(202);
        let id = asked["id"].as_str().expect("a question has an id");
        let ended = self.client.ended(&format!("/vragen/{id}"), BOUND).await;
        match ended["toestand"].as_str() {
            Some("klaar") => assert!(ended["antwoord"]["waarom"].is_object(), "{ended}"),
            _ => assert!(ended["melding"]["tekst"].as_str().is_some_and(|it| it.ends_with('.')), "{ended}"),
        }
    }

    async fn decide(&mut self, wave: &str) {
        let mut rows = self.plan(wave).await;
        self.dice.shuffle(&mut rows);
        for row in rows.iter().take(3) {
            let candidate = row["kandidaat"].as_str().expect("a row names its candidate");
            let path = format!("/lichtingen/{wave}/beoordelingen/{candidate}");
            let mut version = 0;
            for _ in 0..=self.dice.throw(2) {
                let body = match self.dice.throw(3) {
                    0 => json!({ "besluit": "akkoord" }),
                    1 => json!({ "besluit": "vast" }),
                    _ => json!({ "besluit": "afwijzen", "reden": "wens-kandidaat", "reikwijdte": "plaatsing" }),
                };
                let call = Call::put(&path).json(&body);
                let (again, answer) = self.client.sure(&if version == 0 { call.fresh() } else { call.at(version) }).await;
                let decision = match answer.status {
                    200 => answer.json(),
                    412 if again => self.client.read(&path).await,
                    other => panic!("deciding {path}: {other} {}", answer.json()),
                };
                assert_eq!(decision["besluit"], body["besluit"], "{decision}");
                let before = std::mem::replace(&mut version, decision["versie"].as_i64().expect("a version"));
                assert!(version > before, "{decision} after version {before}");
                let mut ledger = self.ledger.lock().await;
                ledger.decide(wave, decision);
                ledger.wave(wave, "in-beoordeling");
            }
        }
    }

    async fn publish(&mut self, wave: &str) {
        let path = format!("/lichtingen/{wave}");
        let version = self.client.read(&path).await["versie"].as_i64().expect("a version");
        let key = self.key();
        let keyed = key.is_some();
        let call = Call::post(format!("{path}/vaststelling")).key(key).at(version).json(&json!({ "bevestigd": true }));
        let (again, answer) = self.client.sure(&call).await;
        let published = self.client.read(&path).await["toestand"] == "vastgesteld";
        let placed = match answer.status {
            200 => answer.json()["geplaatst"].as_i64(),
            409 | 412 if again && published && !keyed => {
                self.client.read(&format!("{path}/plaatsingen?paginaGrootte=1")).await["totaal"].as_i64()
            }
            // No plan, out of date, or it does not fit: then nothing happened.
            409 => None,
            other => panic!("publishing {wave}: {other} {}", answer.json()),
        };
        assert_eq!(published, placed.is_some(), "{}", answer.json());
        if let Some(placed) = placed {
            self.ledger.lock().await.publish(wave, placed);
        }
    }

    /// The coach of the first row of a wave's plan drops out.
    async fn drop_out(&mut self, wave: &str) {
        let Some(coach) = self.plan(wave).await.first().and_then(|row| row["coach"].as_str().map(str::to_owned)) else { return };
        let key = format!("{}-uitval-{}", self.name, self.keys);
        let call = Call::post(format!("/coaches/{coach}/uitval")).key(Some(key)).json(&json!({}));
        let batch = self.client.sure(&call).await.1.expect(202);
        let id = batch["id"].as_str().expect("a batch has an id").to_owned();
        let mut ledger = self.ledger.lock().await;
        ledger.batch(&id, false);
        ledger.keyed(&call, &id);
        drop(ledger);
        let path = format!("/herberekeningen/{id}");
        self.client.ended(&path, BOUND).await;
        let key = self.key();
        let keyed = key.is_some();
        let call = Call::post(format!("{path}/aanvaarding")).key(key).at(1);
        let (again, answer) = self.client.sure(&call).await;
        let found = self.client.read(&path).await;
        let accepted = found["lichtingen"].as_array().expect("its waves").iter().all(|it| it["besluit"] == "aanvaard");
        match answer.status {
            200 => assert!(accepted, "{found}"),
            409 | 412 if again && accepted && !keyed => {}
            // A run of it failed or found nothing possible: then nothing happened.
            409 => assert!(!accepted, "{found}"),
            other => panic!("accepting {id}: {other} {}", answer.json()),
        }
        if accepted {
            let touched: Vec<&str> =
                found["lichtingen"].as_array().expect("its waves").iter().filter_map(|it| it["lichting"].as_str()).collect();
            let mut placed = Vec::new();
            for wave in &touched {
                placed.push((*wave, self.plan(wave).await.len()));
            }
            let mut ledger = self.ledger.lock().await;
            ledger.batch(&id, true);
            // Published placements follow the new plan from today on, which is their first day.
            placed.into_iter().for_each(|(wave, count)| ledger.moved(wave, count as i64));
            // Decisions about who is gone went with it, and no others.
            ledger.decisions.retain(|(wave, _), row| !touched.contains(&wave.as_str()) || row["plaatsing"]["coach"] != coach.as_str());
        }
    }
}
