//! Review over HTTP: people who review, and the waves they do it in.

mod deciding;
mod steps;
mod together;

use loket_service::access::{Caller, Role};
use loket_service::actions::Asked;
use loket_service::actions::accounts::{Invited, script};
use loket_service::records::account::Held;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, Heard, small_wave};

/// A token of a new account with one role, and the account's id.
pub async fn token(desk: &Desk, role: Role, name: &str, of: &str) -> (String, String) {
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let invited = Invited { name: name.into(), address: None, roles: vec![Held { role, of: of.into() }] };
    let made = script(&desk.store, &asked, invited, None).await.expect("a token");
    (made.secret.told().to_owned(), made.made.account)
}

/// The decision about a candidate.
pub fn of(candidate: &str) -> String {
    format!("/lichtingen/w/beoordelingen/{candidate}")
}

/// Somebody who reviews.
pub struct Person<'a> {
    pub desk: &'a Desk,
    pub token: String,
    pub id: String,
}

impl<'a> Person<'a> {
    pub async fn new(desk: &'a Desk, role: Role, name: &str, of: &str) -> Self {
        let (token, id) = token(desk, role, name, of).await;
        Self { desk, token, id }
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Heard {
        self.desk.send_as(Some(&self.token), method, path, headers, body).await
    }

    pub async fn get(&self, path: &str) -> Heard {
        self.send(Method::GET, path, &[], None).await
    }

    /// Decides on what is there now.
    pub async fn decides(&self, candidate: &str, body: Value) -> Heard {
        let now = self.get(&of(candidate)).await;
        let tag = now.tag();
        let header = if now.status == 404 { ("if-none-match", "*") } else { ("if-match", tag.as_str()) };
        self.send(Method::PUT, &of(candidate), &[header], Some(body)).await
    }

    pub async fn undoes(&self) -> Heard {
        let seen = self.get("/lichtingen/w/ongedaan").await.tag();
        self.send(Method::POST, "/lichtingen/w/ongedaan", &[("if-match", &seen)], None).await
    }

    pub async fn opens(&self, candidate: &str, parts: &[&str]) -> Heard {
        self.send(Method::POST, &format!("{}/inzage", of(candidate)), &[], Some(json!({ "getoond": parts }))).await
    }
}

/// The run whose plan is under review.
pub async fn current(desk: &Desk) -> String {
    desk.get("/lichtingen/w").await.body["geldende_berekening"].as_str().expect("a plan").to_owned()
}

pub async fn placement(desk: &Desk, candidate: &str) -> Value {
    let outcome = desk.get(&format!("/berekeningen/{}/uitkomst", current(desk).await)).await.expect(200);
    let rows = outcome["plaatsingen"].as_array().expect("placements");
    rows.iter().find(|it| it["kandidaat"] == candidate).cloned().unwrap_or_default()
}

/// Whether the plan under review is out of date.
pub async fn outdated(desk: &Desk) -> bool {
    desk.get(&format!("/berekeningen/{}", current(desk).await)).await.expect(200)["verouderd"].as_bool().expect("yes or no")
}

/// A wave with two boards, each with one school, and so many candidates; there is a seat for everybody at each school.
pub fn two_boards(candidates: usize) -> Value {
    let ids: Vec<String> = (1..=candidates).map(|at| format!("Z{at}")).collect();
    let mut file = small_wave("w", u32::try_from(candidates).expect("few"), &ids.iter().map(String::as_str).collect::<Vec<_>>());
    file["besturen"].as_array_mut().expect("boards").push(json!({ "id": "B2", "naam": "Bestuur Twee" }));
    let mut school = file["scholen"][0].clone();
    (school["id"], school["bestuur"], school["naam"]) = (json!("S2"), json!("B2"), json!("De Wolk"));
    file["scholen"].as_array_mut().expect("schools").push(school);
    file["coaches"][0]["maximum"] = json!(candidates);
    file["coaches"][0]["uren"] = json!(candidates * 60);
    let mut coach = file["coaches"][0].clone();
    coach["id"] = json!("K2");
    file["coaches"].as_array_mut().expect("coaches").push(coach);
    file
}
