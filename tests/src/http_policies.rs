//! Policies over HTTP: drafted by one person and approved by another, and what a wave is published with.

use loket_service::access::{Caller, Role};
use loket_service::actions::Asked;
use loket_service::actions::accounts::{self, Invited};
use loket_service::actions::papers::lists::{self, Part};
use loket_service::actions::policies;
use loket_service::records::account::Held;
use loket_service::records::policy::Named;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, Heard, TOKEN, YEAR, small_wave};
use crate::pages::Browser;

/// A token of an account that holds these roles, for the first of them; and for the second.
pub async fn tokens(desk: &Desk, roles: &[Role]) -> Vec<String> {
    let mut all = Vec::new();
    for role in roles {
        let asked = Asked { caller: Caller::machine("toegang"), key: None };
        let invited = Invited { name: "script".into(), address: None, roles: vec![Held { role: *role, of: String::new() }] };
        all.push(accounts::script(&desk.store, &asked, invited, None).await.expect("a token").secret.told().to_owned());
    }
    all
}

async fn post(desk: &Desk, who: &str, path: &str, tag: &str) -> Heard {
    desk.send_as(Some(who), Method::POST, path, &[("if-match", tag)], None).await
}

fn own_policy(mut wave: Value) -> Value {
    wave["beleid"] = json!({ "dagdelen_samen": 0, "bouw_punten": [100, 50] });
    wave
}

#[tokio::test]
async fn a_wave_with_a_policy_of_its_own_is_solved_and_reviewed_and_published_once_that_is_approved() {
    let desk = Desk::open("policies-own").await;
    let [b] = &tokens(&desk, &[Role::Beheerder]).await[..] else { panic!("one") };
    let wave = desk.solved(own_policy(small_wave("w", 1, &["Z1"])), YEAR).await;
    assert_eq!(wave.body["beleid"], json!({ "naam": "lichting-w", "nummer": 1, "toestand": "concept", "zelf_goedgekeurd": false }));
    let run = desk.get(&format!("/berekeningen/{}", wave.body["geldende_berekening"].as_str().unwrap())).await.expect(200);
    assert_eq!(run["beleid"], wave.body["beleid"], "a run names its policy");
    desk.put_new("/lichtingen/w/beoordelingen/Z1", json!({ "besluit": "akkoord" })).await.expect(200);
    let tag = desk.get("/lichtingen/w").await.tag();
    let wave = if desk.get("/lichtingen/w").await.body["toestand"] == "in-beoordeling" { desk.run("/lichtingen/w").await } else { wave };
    let refused = desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await;
    assert_eq!((refused.status, refused.wrong()), (409, vec![("beleid", "")]), "{} {tag}", refused.body);
    assert_eq!(refused.body["type"], "/v1/problemen/beleid-niet-goedgekeurd");
    let remedy = refused.body["fouten"][0]["oplossing"].as_str().unwrap();
    assert!(remedy.contains("/v1/beleid/lichting-w/1/goedkeuring"), "{remedy}");
    assert_eq!(desk.get("/kandidaten/Z1").await.body["toestand"], "wacht", "nothing was done");
    // Who drafted it may not approve it in whatever role; an administrator reads it and does.
    let path = "/beleid/lichting-w/1";
    let read = desk.send_as(Some(b), Method::GET, path, &[], None).await;
    assert_eq!((&read.body["inhoud"], &read.body["lichting"]), (&json!({ "bouw_punten": [100, 50], "dagdelen_samen": 0 }), &json!("w")));
    assert_eq!(desk.act(&format!("{path}/goedkeuring"), &read.tag()).await.status, 403, "an intermediary approves nothing");
    assert_eq!(post(&desk, b, &format!("{path}/goedkeuring"), "\"v9\"").await.status, 412);
    let done = post(&desk, b, &format!("{path}/goedkeuring"), &read.tag()).await.expect(200);
    assert_eq!((&done["toestand"], done["goedgekeurd"]["door"].is_string()), (&json!("goedgekeurd"), true));
    let wave = desk.get("/lichtingen/w").await;
    assert_eq!(wave.body["beleid"]["toestand"], "goedgekeurd");
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    let log = desk.log().await;
    let line = |what: &str| log.iter().find(|it| it.0 == what).unwrap_or_else(|| panic!("{what}")).clone();
    assert_eq!(line("lichting-vastgesteld").2["beleid"], json!({ "naam": "lichting-w", "nummer": 1 }));
    assert_eq!(line("berekening-gevraagd").2["beleid"], json!({ "naam": "lichting-w", "nummer": 1 }));
    assert_eq!((line("beleid-opgesteld").1.as_str(), &line("beleid-goedgekeurd").2["zelf_opgesteld"]), ("lichting-w/1", &json!(false)));
    // The next wave that says the same has the policy that is approved.
    let same = desk.post("/lichtingen", own_policy(small_wave("w2", 1, &["Z3"]))).await.expect(201);
    assert_eq!(same["beleid"], json!({ "naam": "lichting-w", "nummer": 1, "toestand": "goedgekeurd", "zelf_goedgekeurd": false }));
    desk.sound_log().await;
    desk.close().await;
}

async fn put(desk: &Desk, who: &str, path: &str, tag: &str, body: Value) -> Heard {
    desk.send_as(Some(who), Method::PUT, path, &[("if-match", tag)], Some(body)).await
}

#[tokio::test]
async fn a_draft_is_changed_until_it_is_used_and_never_approved_by_whoever_wrote_it() {
    let desk = Desk::open("policies-draft").await;
    let accounts = tokens(&desk, &[Role::Beheerder, Role::Intermediair]).await;
    let (b, i) = (accounts[0].as_str(), accounts[1].as_str());
    let draft = |body: Value| desk.send_as(Some(i), Method::POST, "/beleid", &[], Some(body));
    let made = draft(json!({ "naam": "rustig", "fase": "opleiding", "inhoud": { "dagdelen_samen": 3 } })).await;
    assert_eq!((made.status, made.header("location")), (201, "/v1/beleid/rustig/1"));
    assert_eq!(draft(json!({ "naam": "rustig", "inhoud": {} })).await.expect(201)["nummer"], 2);
    let seed = draft(json!({ "naam": "rustig", "inhoud": { "seed": 1 } })).await;
    assert_eq!(seed.wrong(), [("onbekende-sleutel", "/inhoud/seed")]);
    let wrong = draft(json!({ "naam": "a:b", "fase": "les", "inhoud": { "dagdelen_samen": 11 } })).await;
    let told: Vec<_> = wrong.wrong().into_iter().map(|it| it.1).collect();
    assert_eq!((wrong.status, told), (400, vec!["/fase", "/inhoud/dagdelen_samen", "/naam"]), "{}", wrong.body);
    let body = json!({ "fase": "opleiding", "inhoud": { "dagdelen_samen": 2 } });
    let changed = put(&desk, i, "/beleid/rustig/1", &made.tag(), body).await;
    assert_eq!((changed.status, changed.tag().as_str()), (200, "\"v2\""));
    let stale = put(&desk, i, "/beleid/rustig/1", "\"v1\"", json!({ "inhoud": {} })).await;
    assert_eq!(
        (stale.status, &stale.body["huidig"]["inhoud"], &stale.body["uw"]["inhoud"]),
        (412, &json!({ "dagdelen_samen": 2 }), &json!({}))
    );
    let wish = |policy: Value| json!({ "id": "r", "naam": "R", "fase": "opleiding", "van": YEAR.0, "tot": YEAR.1, "beleid": policy });
    let named = json!({ "naam": "rustig", "nummer": 1 });
    assert_eq!(desk.post("/lichtingen", wish(named.clone())).await.wrong(), [("beleid", "/beleid")], "not approved yet");
    assert_eq!(desk.post("/lichtingen", wish(json!({ "naam": "anders", "nummer": 1 }))).await.wrong(), [("beleid", "/beleid")]);
    assert_eq!(post(&desk, b, "/beleid/rustig/1/goedkeuring", "\"v2\"").await.expect(200)["toestand"], "goedgekeurd");
    let wave = desk.post("/lichtingen", wish(named)).await.expect(201);
    assert_eq!(wave["beleid"], json!({ "naam": "rustig", "nummer": 1, "toestand": "goedgekeurd", "zelf_goedgekeurd": false }));
    assert_eq!(desk.get("/lichtingen/r/invoer").await.body["beleid"], json!({ "dagdelen_samen": 2 }));
    assert_eq!(put(&desk, i, "/beleid/rustig/1", "\"v3\"", json!({ "inhoud": {} })).await.status, 409, "approved is approved");
    // The same account in two roles is one person.
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let roles = [Role::Intermediair, Role::Beheerder].map(|role| Held { role, of: String::new() }).to_vec();
    let both = Invited { name: "Iemand".into(), address: Some("een@voorbeeld.example".into()), roles };
    let link = accounts::invite(&desk.store, &asked, both).await.expect("an account").secret.told().to_owned();
    let words = "zeven blauwe fietsen bij de brug";
    let begun = json!({ "koppeling": link, "wachtwoord": words, "rol": "intermediair" });
    let session = desk.send_as(None, Method::POST, "/koppelingen", &[], Some(begun)).await.expect(200);
    let session = session["sleutel"].as_str().unwrap().to_owned();
    let body = json!({ "naam": "eigen", "inhoud": {} });
    let own = desk.send_as(Some(&session), Method::POST, "/beleid", &[], Some(body)).await;
    let other = desk.send_as(Some(&session), Method::POST, "/rolwissel", &[], Some(json!({ "rol": "beheerder" }))).await.expect(200);
    let refused = post(&desk, other["sleutel"].as_str().unwrap(), "/beleid/eigen/1/goedkeuring", &own.tag()).await;
    assert_eq!(refused.status, 409, "{}", refused.body);
    // A team of one person says so, and the log says each time that it was so.
    let body = json!({ "aan": true });
    desk.send_as(Some(b), Method::PUT, "/instellingen/eenpersoonsteam", &[("if-match", "\"v1\"")], Some(body)).await.expect(200);
    let alone = post(&desk, other["sleutel"].as_str().unwrap(), "/beleid/eigen/1/goedkeuring", &own.tag()).await.expect(200);
    assert_eq!(alone["toestand"], "goedgekeurd");
    let line = desk.log().await.into_iter().rev().find(|it| it.0 == "beleid-goedgekeurd").expect("a line");
    assert_eq!((line.1.as_str(), &line.2["zelf_opgesteld"]), ("eigen/1", &json!(true)));
    desk.close().await;
}

#[tokio::test]
async fn every_report_says_when_whoever_drafted_a_policy_approved_it() {
    let desk = Desk::open("policies-alone").await;
    let [b] = &tokens(&desk, &[Role::Beheerder]).await[..] else { panic!("one") };
    desk.solved(own_policy(small_wave("w", 1, &["Z1"])), YEAR).await;
    desk.solved(small_wave("x", 1, &["Z2"]), YEAR).await;
    let own = "goedgekeurd door wie het opstelde";
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let city = Browser::signed(&desk, Role::Lezer, "").await;
    assert!(!noor.get("/lichtingen/w/rapport").await.expect(200).says(own), "nobody approved it yet");
    // The token of these tests drafted it with the file of the wave, and approves it alone.
    let body = json!({ "aan": true });
    desk.send_as(Some(b), Method::PUT, "/instellingen/eenpersoonsteam", &[("if-match", "\"v1\"")], Some(body)).await.expect(200);
    let alone = Asked { caller: Caller::machine("intermediair"), key: None };
    policies::approve(&desk.store, &alone, &Named::new("lichting-w", 1), 1).await.expect("approved");
    let wave = desk.get("/lichtingen/w").await.expect(200);
    assert_eq!(wave["beleid"], json!({ "naam": "lichting-w", "nummer": 1, "toestand": "goedgekeurd", "zelf_goedgekeurd": true }));
    let run = wave["geldende_berekening"].as_str().expect("a run");
    assert_eq!(desk.get(&format!("/berekeningen/{run}")).await.expect(200)["beleid"], wave["beleid"]);
    // On the report, for the intermediary, a board and the steering group; in the workbook of the outcome; on paper.
    for (browser, path) in
        [(&noor, "/lichtingen/w/rapport"), (&noor, "/lichtingen/w/rapport?voor=bestuur:B1"), (&city, "/lichtingen/w/rapport")]
    {
        let shown = browser.get(path).await.expect(200);
        assert!(shown.says("Beleid lichting-w 1 is goedgekeurd door wie het opstelde."), "{path}: {}", shown.words());
    }
    let book = async |run: &str| {
        let asked = desk.client.get(format!("{}/v1/berekeningen/{run}/werkmap", desk.base())).bearer_auth(TOKEN);
        let bytes = asked.send().await.expect("an answer").bytes().await.expect("a file");
        format!("{:?}", crate::sheets_out::read(&bytes).sheet(&["Samenvatting"]).expect("a summary"))
    };
    assert!(book(run).await.contains("lichting-w 1, goedgekeurd door wie het opstelde"));
    let printed = async |id: &str| lists::of_wave(&desk.store, &alone, id, &Part::default()).await.expect("a list").stand.policy;
    assert_eq!(printed("w").await.as_deref(), Some("lichting-w 1, goedgekeurd door wie het opstelde"));
    // Where another approved it, or it was there from the start, nothing of the kind is said.
    let other = desk.get("/lichtingen/x").await.expect(200);
    assert_eq!(other["beleid"]["zelf_goedgekeurd"], false);
    assert_eq!(printed("x").await.as_deref(), Some("standaard-opleiding 1"));
    let text = book(other["geldende_berekening"].as_str().expect("a run")).await;
    assert!(text.contains("standaard-opleiding 1") && !text.contains(own));
    assert!(!city.get("/lichtingen/x/rapport").await.expect(200).says(own));
    desk.close().await;
}

#[tokio::test]
async fn policies_are_listed_compared_and_retired_and_the_usual_ones_are_approved_from_the_start() {
    let desk = Desk::open("policies-list").await;
    let [b] = &tokens(&desk, &[Role::Beheerder]).await[..] else { panic!("one") };
    let all = desk.get("/beleid?toestand=goedgekeurd").await.expect(200);
    let names: Vec<_> = all["resultaten"].as_array().unwrap().iter().map(|it| it["naam"].as_str().unwrap()).collect();
    assert_eq!(names, ["standaard-inductie", "standaard-opleiding", "standaard-opleiding_jaar2", "standaard-werkervaring"]);
    assert_eq!(desk.get("/beleid?toestand=mooi").await.wrong(), [("woord", "toestand")]);
    desk.post("/beleid", json!({ "naam": "ander", "inhoud": { "uren": { "opleiding": 50 }, "dagdelen_samen": 4 } })).await.expect(201);
    let told = desk.get("/beleid/ander/1/verschil?met=standaard-opleiding/1").await.expect(200);
    assert_eq!(told["verschillen"], json!([{ "sleutel": "uren, opleiding", "was": 60, "wordt": 50 }]));
    assert_eq!(desk.get("/beleid/ander/1/verschil").await.wrong(), [("ontbreekt", "met")]);
    for unknown in ["/beleid/ander/2", "/beleid/ander/een", "/beleid/ander/01", "/beleid/ander/1/verschil?met=ander/9"] {
        assert_eq!(desk.get(unknown).await.status, 404, "{unknown}");
    }
    let usual = desk.get("/beleid/standaard-opleiding/1").await;
    assert_eq!(post(&desk, b, "/beleid/standaard-opleiding/1/intrekking", &usual.tag()).await.status, 409);
    // A wave whose policy was retired meanwhile is not published with it.
    let wave = desk.solved(own_policy(small_wave("w", 1, &["Z1"])), YEAR).await;
    post(&desk, b, "/beleid/lichting-w/1/goedkeuring", "\"v1\"").await.expect(200);
    let gone = post(&desk, b, "/beleid/lichting-w/1/intrekking", "\"v2\"").await.expect(200);
    assert_eq!(gone["toestand"], "ingetrokken");
    let refused = desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await;
    assert_eq!(refused.body["type"], "/v1/problemen/beleid-niet-goedgekeurd");
    assert_eq!(post(&desk, b, "/beleid/lichting-w/1/intrekking", "\"v3\"").await.status, 409, "once");
    // Whoever writes the usual down has the usual policy.
    let mut usual = small_wave("w", 1, &["Z1"]);
    usual["beleid"] = json!({ "seed": 3, "dagdelen_samen": 4, "bouw_punten": [100, 60, 20], "uren": { "opleiding": 60 }, "vasthouden": { "gestart": 100, "akkoord": 10 } });
    let wave = desk.put("/lichtingen/w/invoer", &wave.tag(), usual).await;
    assert_eq!(wave.body["beleid"]["naam"], "standaard-opleiding", "{}", wave.body);
    // Another file with the usual policy is published at once.
    let wave = desk.put("/lichtingen/w/invoer", &wave.tag(), small_wave("w", 1, &["Z1"])).await;
    assert_eq!(wave.body["beleid"]["naam"], "standaard-opleiding");
    let wave = desk.run("/lichtingen/w").await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    desk.close().await;
}
