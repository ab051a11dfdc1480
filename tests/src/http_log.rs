//! The log over HTTP, and that a line tells of a deed that changed something.

use std::collections::BTreeSet;

use loket_service::access::Role;
use loket_service::records::deed::What;
use loket_solver::matching::facts::words::Word;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, YEAR, small_wave};
use crate::http_policies::tokens;
use crate::pages::Browser;
use crate::support::root;

fn words(page: &Value) -> Vec<&str> {
    page["resultaten"].as_array().expect("lines").iter().map(|it| it["wat"].as_str().expect("a word")).collect()
}

fn numbers(page: &Value) -> Vec<i64> {
    page["resultaten"].as_array().expect("lines").iter().map(|it| it["nummer"].as_i64().expect("a number")).collect()
}

#[tokio::test]
async fn the_log_is_read_in_pages_and_by_deed_subject_and_person() {
    let desk = Desk::open("log-read").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    for id in ["Z1", "Z2"] {
        desk.put_new(&format!("/lichtingen/w/beoordelingen/{id}"), json!({ "besluit": "vast" })).await.expect(200);
    }
    let all = desk.get("/logboek").await.expect(200);
    let told = ["besluit", "besluit", "berekening-gevraagd", "lichting-ingediend", "register-aangevuld", "lichting-gemaakt"];
    assert_eq!((words(&all), numbers(&all), &all["totaal"]), (told.to_vec(), vec![6, 5, 4, 3, 2, 1], &json!(6)));
    let line = &all["resultaten"][0];
    assert_eq!((&line["wie"], &line["onderwerp"], &line["gewist"]), (&json!("intermediair"), &json!("w"), &json!(false)));
    assert_eq!((&line["inhoud"]["kandidaat"], line["hash"].as_str().map(str::len)), (&json!("Z2"), Some(64)));
    let page = desk.get("/logboek?paginaGrootte=2&pagina=2&onderwerp=w").await;
    assert!(page.header("link").contains("/v1/logboek?onderwerp=w&pagina=3&paginaGrootte=2>; rel=\"next\""), "{}", page.header("link"));
    assert_eq!(numbers(&page.body), [3, 2], "the run has an id of its own");
    let since = desk.get("/logboek?na=2&paginaGrootte=3").await;
    assert!(since.header("link").contains("/v1/logboek?na=2&pagina=2"), "{}", since.header("link"));
    assert_eq!((numbers(&since.body), &since.body["totaal"]), (vec![3, 4, 5], &json!(4)), "who follows the log reads on");
    assert_eq!(numbers(&desk.get("/logboek?wat=besluit&persoon=Z1").await.body), [5]);
    assert_eq!(desk.get("/logboek?persoon=Z9").await.body["totaal"], 0);
    let wrong = desk.get("/logboek?wat=besluitt&na=-1&kandidaat=Z1").await;
    let mut told = wrong.wrong();
    told.sort_unstable();
    assert_eq!((wrong.status, told), (400, vec![("grens", "na"), ("onbekende-sleutel", "kandidaat"), ("woord", "wat")]));
    let tag = desk.get("/kandidaten/Z1").await.tag();
    desk.send(Method::DELETE, "/kandidaten/Z1/naam", &[("if-match", &tag)], None).await.expect(204);
    let gone = desk.get("/logboek?persoon=Z1").await.expect(200);
    assert_eq!(words(&gone), ["kandidaat-vergeten", "besluit"]);
    assert_eq!((&gone["resultaten"][1]["gewist"], &gone["resultaten"][1]["inhoud"]), (&json!(true), &Value::Null));
    assert!(!desk.get("/logboek").await.body.to_string().contains("Kanarie"), "the log names nobody");
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn who_works_on_waves_reads_nothing_of_accounts_sign_ins_tokens_and_settings() {
    let desk = Desk::open("log-roles").await;
    desk.solved(small_wave("w", 2, &["Z1"]), YEAR).await;
    let karin = Browser::signed(&desk, Role::Beheerder, "").await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let [admin, worker] = &tokens(&desk, &[Role::Beheerder, Role::Intermediair]).await[..] else { panic!("two") };
    let read = async |who: &str, path: &str| desk.send_as(Some(who), Method::GET, path, &[], None).await.expect(200);
    let put = json!({ "aan": true });
    desk.send_as(Some(admin), Method::PUT, "/instellingen/eenpersoonsteam", &[("if-match", "\"v1\"")], Some(put)).await.expect(200);
    let (all, work) = (read(admin, "/logboek?paginaGrootte=200").await, read(worker, "/logboek?paginaGrootte=200").await);
    for word in ["account-gemaakt", "koppeling-gemaakt", "wachtwoord-gekozen", "aanmelding", "sleutel-gemaakt", "instelling-gezet"] {
        assert!(words(&all).contains(&word) && !words(&work).contains(&word), "{word}");
        assert_eq!(read(worker, &format!("/logboek?wat={word}")).await["totaal"], 0, "{word}");
    }
    // What is counted is what is given, also forward and of one subject.
    let rest: Vec<i64> = {
        let own = all["resultaten"].as_array().expect("lines").iter();
        let work = own.filter(|it| !What::parse(it["wat"].as_str().expect("a word")).expect("a known word").administers());
        work.map(|it| it["nummer"].as_i64().expect("a number")).collect()
    };
    assert_eq!((numbers(&work), &work["totaal"]), (rest.clone(), &json!(rest.len())));
    assert!(rest.len() < numbers(&all).len() && words(&work).contains(&"lichting-ingediend"));
    let forward = read(worker, "/logboek?na=0&paginaGrootte=200").await;
    assert_eq!((numbers(&forward).len(), &forward["totaal"]), (rest.len(), &json!(rest.len())));
    let account =
        all["resultaten"].as_array().expect("lines").iter().find(|it| it["wat"] == "account-gemaakt").expect("one")["onderwerp"].clone();
    let account = account.as_str().expect("an id");
    assert_eq!(read(worker, &format!("/logboek?onderwerp={account}")).await["totaal"], 0);
    // The same on pages.
    let (whole, own) = (karin.get("/beheer/logboek").await.expect(200), noor.get("/logboek").await.expect(200));
    assert!(whole.says("is gemaakt, met") && whole.text.contains("<option value=\"aanmelding\">"), "{}", whole.words());
    assert!(!own.says("is gemaakt, met") && !own.text.contains("<option value=\"aanmelding\">"), "{}", own.words());
    assert!(own.text.contains("<option value=\"besluit\">") && own.says(&format!("{} regels", rest.len())), "{}", own.words());
    assert!(noor.get("/logboek?wat=aanmelding").await.expect(200).says("Geen regels gevonden"));
    desk.close().await;
}

#[test]
fn the_handbook_names_every_word_of_the_log_and_no_other() {
    let page = std::fs::read_to_string(root().join("docs/api.md")).expect("docs/api.md");
    let list = page.split("## Lines of the log").nth(1).and_then(|it| it.split("\n## ").next()).expect("the section");
    let list = list.split("`bestuur-gezet`").nth(1).expect("the list of words");
    let told: BTreeSet<&str> = list.split('`').skip(1).step_by(2).chain(["bestuur-gezet"]).collect();
    let words: BTreeSet<&str> = What::ALL.iter().map(|it| it.code()).collect();
    assert_eq!(told, words);
}

/// Does something a second time: it is answered as it stands, and the log has no line more.
async fn nothing_new(desk: &Desk, what: &str, again: impl AsyncFnOnce() -> Value) -> Value {
    let before = desk.log().await;
    let answer = again().await;
    let after = desk.log().await;
    assert_eq!(after[before.len()..], [], "{what} changed nothing");
    answer
}

#[tokio::test]
async fn what_changes_nothing_has_no_line() {
    let desk = Desk::open("log-nothing").await;
    let wave = desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    let run = format!("/berekeningen/{}", wave.body["geldende_berekening"].as_str().expect("a run"));
    let told = nothing_new(&desk, "stopping a run that ended", async || {
        desk.send(Method::POST, &format!("{run}/afbreking"), &[], None).await.expect(202)
    })
    .await;
    assert_eq!(told["toestand"], "klaar");

    let file = desk.get("/lichtingen/w/invoer").await;
    let kept =
        nothing_new(&desk, "the same file", async || desk.put("/lichtingen/w/invoer", &file.tag(), file.body.clone()).await.expect(200))
            .await;
    assert_eq!(kept["versie"], wave.body["versie"]);

    let path = "/lichtingen/w/beoordelingen/Z1";
    let first = desk.put_new(path, json!({ "besluit": "vast" })).await;
    let again = desk.put(path, &first.tag(), json!({ "besluit": "vast" })).await;
    assert_ne!(again.tag(), first.tag(), "whoever decides the same again has looked again");
    let told: Vec<String> = desk.log().await.into_iter().map(|it| it.0).collect();
    assert_eq!(told[told.len() - 2..], ["besluit", "besluit"]);

    for path in ["/besturen/B1", "/scholen/S1", "/coaches/K1", "/kandidaten/Z1"] {
        let row = desk.get(path).await;
        let same = nothing_new(&desk, path, async || desk.put(path, &row.tag(), row.body.clone()).await.expect(200)).await;
        assert_eq!(same, row.body);
    }
    let row = desk.get("/coaches/K1").await;
    let mut renamed = row.body.clone();
    renamed["naam"] = json!("Vink Anders");
    assert_eq!(desk.put("/coaches/K1", &row.tag(), renamed).await.tag(), "\"v2\"", "another name is a deed");
    assert_eq!(desk.log().await.last().expect("a line").0, "coach-gezet");
    desk.close().await;
}

#[tokio::test]
async fn seats_that_were_confirmed_today_are_not_confirmed_again() {
    let desk = Desk::open("log-seats").await;
    desk.post(&format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1), small_wave("w", 2, &["Z1"])).await.expect(201);
    let path = "/besturen/B1/capaciteit/bevestiging";
    let confirm = async || {
        let list = desk.get("/besturen/B1/capaciteit").await;
        desk.act_with(path, &list.tag(), json!({ "aantal": list.body["totaal"] })).await.expect(200)
    };
    assert_eq!(confirm().await["bevestigd"], 1);
    assert_eq!(desk.log().await.last().expect("a line").0, "capaciteit-bevestigd");
    let once = nothing_new(&desk, "confirming twice a day", confirm).await;
    assert_eq!(once["bevestigd"], 1);
    let seats = "/besturen/B1/scholen/S1/plekken/onderbouw";
    let row = desk.get(seats).await;
    let body = json!({ "bouw": "onderbouw", "aantal": row.body["aantal"], "van": row.body["van"], "tot": row.body["tot"] });
    let same = nothing_new(&desk, "the same seats", async || desk.put(seats, &row.tag(), body.clone()).await.expect(200)).await;
    assert_eq!(same["versie"], row.body["versie"]);
    desk.pass(1);
    desk.put(seats, &row.tag(), body).await.expect(200);
    assert_eq!(desk.log().await.last().expect("a line").0, "capaciteit-gezet", "a day later it is said anew");
    confirm().await;
    assert_eq!(desk.log().await.last().expect("a line").0, "capaciteit-bevestigd", "something was put since");
    desk.pass(30);
    confirm().await;
    assert_eq!(desk.log().await[desk.log().await.len() - 2..].iter().filter(|it| it.0 == "capaciteit-bevestigd").count(), 2);
    desk.post("/besturen", json!({ "id": "LEEG" })).await.expect(201);
    nothing_new(&desk, "a board without seats", async || {
        desk.act_with("/besturen/LEEG/capaciteit/bevestiging", "\"v0\"", json!({ "aantal": 0 })).await.expect(200)
    })
    .await;
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_batch_that_was_decided_about_is_neither_accepted_nor_declined_again() {
    let desk = Desk::open("log-batch").await;
    let wave = desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    for (first, second) in [("aanvaarding", "afwijzing"), ("afwijzing", "aanvaarding")] {
        let who = if first == "aanvaarding" { "/kandidaten/Z1" } else { "/coaches/K1" };
        let batch = desk.post(&format!("{who}/uitval"), json!({ "vanaf": "2026-09-01" })).await.expect(202);
        desk.work().await;
        let place = format!("/herberekeningen/{}", batch["id"].as_str().expect("an id"));
        let tag = desk.get(&place).await.tag();
        let done = desk.act(&format!("{place}/{first}"), &tag).await;
        let coach = desk.get("/coaches/K1").await.body;
        for verb in [first, second] {
            let tag = done.tag();
            nothing_new(&desk, verb, async || desk.act(&format!("{place}/{verb}"), &tag).await.expect(409)).await;
        }
        assert_eq!(desk.get(&place).await.tag(), done.tag());
        assert_eq!(desk.get("/coaches/K1").await.body, coach, "who was declined to drop out is there still");
    }
    desk.sound_log().await;
    desk.close().await;
}
