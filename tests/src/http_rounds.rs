//! The round of boards over HTTP: asked by a day, confirmed by the board or for it, reminded; last year's seats as the start; and what one
//! more seat brings, kept ready.

use std::sync::atomic::Ordering;

use loket_service::access::{Caller, Role};
use loket_service::actions::accounts::{self, Invited};
use loket_service::actions::{Asked, jobs, worth};
use loket_service::records::account::Held;
use loket_service::records::job::{Finish, State};
use loket_service::work::Lane;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, Heard, YEAR, small_wave};

/// A token of an account with an address that holds the role for these boards.
async fn board(desk: &Desk, boards: &[&str]) -> String {
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let roles = boards.iter().map(|it| Held { role: Role::Bestuur, of: (*it).into() }).collect();
    let invited = Invited { name: "Bestuur".into(), address: Some(format!("{}@voorbeeld.example", boards.join("-"))), roles };
    accounts::script(&desk.store, &asked, invited, None).await.expect("a token").secret.told().to_owned()
}

async fn wave(desk: &Desk, id: &str) {
    desk.post(&format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1), small_wave(id, 2, &["Z1"])).await.expect(201);
}

/// Asks as a board; with an ETag where one is given.
async fn as_board(desk: &Desk, who: &str, method: Method, path: &str, tag: Option<&str>, body: Option<Value>) -> Heard {
    let headers: Vec<(&str, &str)> = tag.iter().map(|tag| ("if-match", *tag)).collect();
    desk.send_as(Some(who), method, path, &headers, body).await
}

/// Where a board stands in the round of wave w: confirmed, by whom, rows, how many of them open, reminders.
fn stands<'a>(round: &'a Value, board: &str) -> (bool, Option<&'a str>, i64, i64, i64) {
    let row = round["besturen"].as_array().expect("boards").iter().find(|it| it["bestuur"] == board).expect("the board");
    let count = |key: &str| row[key].as_i64().expect("a number");
    (row["bevestigd"] == true, row["door"].as_str(), count("rijen"), count("onbevestigd"), count("herinneringen"))
}

async fn mails(desk: &Desk) -> Vec<(String, Option<String>)> {
    let found = desk.get("/berichten?paginaGrootte=200").await.expect(200);
    let rows = found["resultaten"].as_array().expect("rows").iter();
    let mut told: Vec<_> =
        rows.map(|it| (it["soort"].as_str().expect("a kind").to_owned(), it["bestuur"].as_str().map(str::to_owned))).collect();
    told.sort();
    told
}

#[tokio::test]
async fn boards_are_asked_by_a_day_and_it_is_seen_who_confirmed_and_who_was_reminded() {
    let desk = Desk::open("rounds-asked").await;
    desk.post("/besturen", json!({ "id": "B2", "naam": "Bestuur Twee" })).await.expect(201);
    desk.post("/besturen", json!({ "id": "B3", "naam": "Bestuur Drie" })).await.expect(201);
    wave(&desk, "w").await;
    let (one, two) = (board(&desk, &["B1"]).await, board(&desk, &["B2"]).await);
    assert_eq!(desk.get("/lichtingen/w/opvraag").await.status, 404, "not asked yet");
    // What was confirmed before the round does not count for it.
    let list = desk.get("/besturen/B1/capaciteit").await;
    desk.act_with("/besturen/B1/capaciteit/bevestiging", &list.tag(), json!({ "aantal": 1 })).await.expect(200);
    desk.clock.fetch_add(1_000, Ordering::SeqCst);
    for (day, code) in [("2026-06-30", "grens"), ("2029-01-01", "grens"), ("morgen", "datum")] {
        let wrong = desk.post("/lichtingen/w/opvraag", json!({ "uiterlijk": day })).await;
        assert_eq!((wrong.status, wrong.wrong()), (400, vec![(code, "/uiterlijk")]), "{day}");
    }
    let asked = desk.post("/lichtingen/w/opvraag", json!({ "uiterlijk": "2026-07-10" })).await;
    let tag = asked.tag();
    let asked = asked.expect(201);
    assert_eq!((&asked["bevestigd"], &asked["niet_bevestigd"]), (&json!(0), &json!(3)));
    assert_eq!(stands(&asked, "B1"), (false, None, 1, 1, 0));
    desk.post("/lichtingen/w/opvraag", json!({ "uiterlijk": "2026-07-10" })).await.expect(201);
    assert_eq!(desk.post("/lichtingen/w/opvraag", json!({ "uiterlijk": "2026-07-11" })).await.status, 409);
    let sent = |kind: &str, boards: &[&str]| boards.iter().map(|it| (kind.to_owned(), Some((*it).to_owned()))).collect::<Vec<_>>();
    assert_eq!(mails(&desk).await, sent("plekken-bevestigen", &["B1", "B2", "B3"]), "asked once");
    // A board sees itself, and no round that is not about it.
    let own = as_board(&desk, &two, Method::GET, "/lichtingen/w/opvraag", None, None).await.expect(200);
    let seen: Vec<&str> = own["besturen"].as_array().unwrap().iter().map(|it| it["bestuur"].as_str().unwrap()).collect();
    assert_eq!(seen, ["B2"]);
    assert_eq!(as_board(&desk, &two, Method::GET, "/besturen/B1/opvragen", None, None).await.status, 404);
    let rounds = as_board(&desk, &one, Method::GET, "/besturen/B1/opvragen", None, None).await.expect(200);
    assert_eq!((&rounds[0]["lichting"], &rounds[0]["stand"]["bevestigd"]), (&json!("w"), &json!(false)));
    // The board itself confirms; for another one, without seats, the intermediary does.
    let list = as_board(&desk, &one, Method::GET, "/besturen/B1/capaciteit", None, None).await;
    let body = Some(json!({ "aantal": 1 }));
    as_board(&desk, &one, Method::POST, "/besturen/B1/capaciteit/bevestiging", Some(&list.tag()), body).await.expect(200);
    let none = desk.get("/besturen/B2/capaciteit").await;
    desk.act_with("/besturen/B2/capaciteit/bevestiging", &none.tag(), json!({ "aantal": 0 })).await.expect(200);
    let round = desk.get("/lichtingen/w/opvraag").await.expect(200);
    assert_eq!(stands(&round, "B1"), (true, Some("bestuur"), 1, 0, 0));
    assert_eq!(stands(&round, "B2"), (true, Some("intermediair"), 0, 0, 0));
    assert_eq!(stands(&round, "B3"), (false, None, 0, 0, 0));
    // Only who has not confirmed is reminded, and once a day.
    let reminders = "/lichtingen/w/opvraag/herinneringen";
    let wrong = desk.post(reminders, json!({ "besturen": ["B3", "B9"] })).await;
    assert_eq!(wrong.wrong(), [("onbekende-verwijzing", "/besturen/1")]);
    let done = desk.post(reminders, json!({})).await.expect(200);
    assert_eq!((&done["herinnerd"], &done["al_bevestigd"]), (&json!(["B3"]), &json!(["B1", "B2"])));
    assert_eq!(desk.post(reminders, json!({ "besturen": ["B3"] })).await.body["vandaag_al"], json!(["B3"]));
    desk.pass(1);
    assert_eq!(desk.post(reminders, json!({})).await.body["herinnerd"], json!(["B3"]));
    let all = [sent("herinnering", &["B3", "B3"]), sent("plekken-bevestigen", &["B1", "B2", "B3"])].concat();
    assert_eq!(mails(&desk).await, all);
    // Too late is told, also of who confirms after the day; another day is another version.
    desk.pass(20);
    let late = |round: &Value, at: usize| round["besturen"][at]["te_laat"] == true;
    let round = desk.get("/lichtingen/w/opvraag").await.expect(200);
    assert_eq!((late(&round, 0), late(&round, 2)), (false, true));
    let moved = desk.put("/lichtingen/w/opvraag", &tag, json!({ "uiterlijk": "2026-08-15" })).await.expect(200);
    assert_eq!((late(&moved, 2), &moved["versie"]), (false, &json!(2)));
    let stale = desk.put("/lichtingen/w/opvraag", &tag, json!({ "uiterlijk": "2026-08-16" })).await;
    assert_eq!(
        (stale.status, &stale.body["huidig"]["uiterlijk"], &stale.body["uw"]["uiterlijk"]),
        (412, &json!("2026-08-15"), &json!("2026-08-16"))
    );
    // Seats that nobody confirmed yet make the board open again.
    desk.post(&format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1), {
        let mut more = small_wave("later", 2, &["Z2"]);
        more["scholen"][0]["plekken"] = json!([{ "bouw": "onderbouw", "aantal": 2 }, { "id": "erbij", "bouw": "bovenbouw", "aantal": 1 }]);
        more
    })
    .await
    .expect(201);
    assert_eq!(stands(&desk.get("/lichtingen/w/opvraag").await.body, "B1"), (false, None, 2, 1, 0));
    let words: Vec<String> = desk.log().await.into_iter().map(|it| it.0).collect();
    for (word, times) in [("capaciteit-opgevraagd", 1), ("capaciteit-herinnerd", 2), ("opvraag-verzet", 1), ("capaciteit-bevestigd", 3)] {
        assert_eq!(words.iter().filter(|it| *it == word).count(), times, "{word}");
    }
    // A wave that is withdrawn takes its round along.
    let made = desk.get("/lichtingen/w").await;
    desk.drop("/lichtingen/w", &made.tag()).await.expect(200);
    assert_eq!(desk.get("/lichtingen/w/opvraag").await.status, 404);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn last_years_seats_are_the_start_and_go_in_together_or_not_at_all() {
    let desk = Desk::open("rounds-year").await;
    wave(&desk, "w").await;
    let who = board(&desk, &["B1"]).await;
    desk.edit("/besturen/B1/scholen/S1/plekken/onderbouw", json!({ "aantal": 3, "dagdelen": ["ma-o"] })).await.expect(200);
    let next = "/besturen/B1/capaciteit/vorig-jaar?van=2027-08-01&tot=2028-07-31";
    // The next school year is the one of the wave: everything is offered there already.
    assert_eq!(desk.get("/besturen/B1/capaciteit/vorig-jaar").await.body["plekken"], json!([]));
    assert_eq!(desk.get("/besturen/B1/capaciteit/vorig-jaar?van=2027-08-01").await.wrong(), [("samen", "van")]);
    let start = as_board(&desk, &who, Method::GET, next, None, None).await;
    let tag = start.tag();
    let mut rows = start.expect(200)["plekken"].clone();
    assert_eq!(
        rows,
        json!([{ "school": "S1", "school_naam": "De Vlieger", "plek": "onderbouw", "bouw": "onderbouw", "aantal": 3, "dagdelen": ["ma-o"],
            "open": true, "reden": null, "van": "2027-08-01", "tot": "2028-07-31" }])
    );
    let put = async |tag: &str, rows: Value| {
        as_board(&desk, &who, Method::PUT, "/besturen/B1/capaciteit", Some(tag), Some(json!({ "plekken": rows }))).await
    };
    // Everything that is wrong with any row is told, and nothing goes in.
    let more = |change: &[(&str, Value)]| {
        let mut row = rows[0].clone();
        for (key, value) in change {
            row[*key] = value.clone();
        }
        row
    };
    let wrong = json!([rows[0], more(&[("school", json!("S9"))]), more(&[("plek", json!("y")), ("aantal", json!(51))]), rows[0],]);
    let heard = put(&tag, wrong).await;
    assert_eq!((heard.status, heard.wrong()), (400, vec![("onbekende-verwijzing", "/plekken/1/school"), ("dubbel", "/plekken/3")]));
    let back = put(&tag, json!([more(&[("van", json!("2029-01-01"))])])).await;
    assert_eq!((back.status, back.wrong()), (400, vec![("grens", "/plekken/0/tot")]));
    let meets = put(&tag, json!([more(&[("van", json!("2027-07-31"))])])).await;
    assert_eq!((meets.status, meets.wrong()), (409, vec![("overlap", "/plekken/0/van")]));
    let many = put(&tag, json!([more(&[("aantal", json!(51))])])).await;
    assert_eq!((many.status, many.wrong()), (409, vec![("bevestigen", "/plekken/0/aantal")]));
    let bare = put(&tag, json!([{ "bouw": "onderbouw", "aantal": 1 }])).await;
    assert_eq!(bare.wrong(), [("ontbreekt", "/plekken/0/school"), ("ontbreekt", "/plekken/0/plek"), ("ontbreekt", "/plekken/0/van")]);
    assert_eq!(desk.get("/besturen/B1/capaciteit").await.body["totaal"], 1, "nothing of all that was put");
    rows[0]["aantal"] = json!(4);
    let done = put(&tag, rows.clone()).await;
    let after = done.tag();
    assert_eq!(done.expect(200)["gezet"], 1);
    let stale = put(&tag, rows.clone()).await;
    assert_eq!((stale.status, format!("\"v{}\"", stale.body["huidig"]["versie"])), (412, after.clone()));
    let again = put(&after, rows.clone()).await.expect(200);
    assert_eq!((&again["gezet"], &again["ongewijzigd"]), (&json!(0), &json!(1)));
    assert_eq!(as_board(&desk, &who, Method::GET, next, None, None).await.body["plekken"], json!([]), "it is there now");
    let list = desk.get("/besturen/B1/capaciteit?op=2027-08-01").await.expect(200);
    let row = &list["resultaten"][0];
    assert_eq!((&row["aantal"], &row["bevestigd_door"], row["bevestigd_op"].is_string()), (&json!(4), &json!("bestuur"), true));
    desk.post("/besturen", json!({ "id": "B7" })).await.expect(201);
    let other = board(&desk, &["B7"]).await;
    assert_eq!(as_board(&desk, &other, Method::GET, next, None, None).await.status, 404);
    desk.sound_log().await;
    desk.close().await;
}

/// Works on the heavy lane: the next question gets this answer.
async fn answered(desk: &Desk, answer: &Value) -> Option<(String, String)> {
    let claim = jobs::claim(&desk.store, Lane::Heavy, "proef").await.expect("a claim")?;
    let result = Some(answer.to_string().into_bytes());
    let finish = Finish { state: State::Klaar, result, status: None, message: None };
    assert!(jobs::finish(&desk.store, &claim, finish).await.expect("an end"));
    Some((claim.id, claim.question.board().unwrap_or_default().to_owned()))
}

#[tokio::test]
async fn what_a_seat_brings_is_there_before_it_is_asked_says_its_age_and_waits_for_everybody() {
    let desk = Desk::open("rounds-worth").await;
    desk.post("/besturen", json!({ "id": "B1", "naam": "Bestuur Een" })).await.expect(201);
    let who = board(&desk, &["B1"]).await;
    let get = async |desk: &Desk| as_board(desk, &who, Method::GET, "/besturen/B1/opbrengst", None, None).await.expect(200);
    let none = get(&desk).await;
    assert_eq!((&none["antwoord"], &none["wordt_gerekend"]), (&Value::Null, &json!(false)));
    assert!(!worth::prepare(&desk.store).await.expect("nothing"), "there is no plan");
    desk.solved(small_wave("w", 2, &["Z1"]), YEAR).await;
    assert_eq!(get(&desk).await["wordt_gerekend"], true, "a run ended");
    assert!(!worth::prepare(&desk.store).await.expect("nothing"), "more may come");
    desk.clock.fetch_add(10_000, Ordering::SeqCst);
    assert!(worth::prepare(&desk.store).await.expect("asked"));
    assert!(!worth::prepare(&desk.store).await.expect("asked"), "one at a time");
    let answer = json!({ "volledig": true });
    let (id, of) = answered(&desk, &answer).await.expect("a question");
    assert_eq!(of, "B1");
    let kept = get(&desk).await;
    assert_eq!(
        (&kept["vraag"], &kept["verouderd"], &kept["wordt_gerekend"], &kept["lichting"]),
        (&json!(id), &json!(false), &json!(false), &json!("w"))
    );
    assert!(kept["gerekend_op"].is_string() && !kept["antwoord"].is_null(), "{kept}");
    assert!(!worth::prepare(&desk.store).await.expect("nothing"), "nothing changed");
    // Whoever asks the same gets the same, at once.
    let same = desk.post("/besturen/B1/capaciteit/opbrengst", json!({})).await.expect(202);
    assert_eq!((&same["id"], &same["toestand"]), (&json!(id), &json!("klaar")));
    desk.clock.fetch_add(1_000, Ordering::SeqCst);
    desk.edit("/besturen/B1/scholen/S1/plekken/onderbouw", json!({ "aantal": 3 })).await.expect(200);
    let old = get(&desk).await;
    assert_eq!((&old["plekken_veranderd"], &old["ander_plan"], &old["verouderd"]), (&json!(true), &json!(false), &json!(true)));
    // Another plan: asked anew, and put aside as soon as somebody asks something themselves.
    desk.post("/besturen", json!({ "id": "B2" })).await.expect(201);
    let tag = desk.get("/lichtingen/w").await.tag();
    desk.send(Method::POST, "/lichtingen/w/verversing", &[("if-match", &tag)], Some(json!({}))).await.expect(200);
    desk.run("/lichtingen/w").await;
    assert_eq!(get(&desk).await["ander_plan"], true);
    desk.clock.fetch_add(10_000, Ordering::SeqCst);
    assert!(worth::prepare(&desk.store).await.expect("asked"));
    let run = desk.get("/lichtingen/w").await.body["geldende_berekening"].as_str().expect("a run").to_owned();
    let question = json!({ "soort": "schaarste", "vraag": { "aantal": 1 } });
    let own = desk.post(&format!("/berekeningen/{run}/vragen"), question).await.expect(202);
    assert!(!worth::prepare(&desk.store).await.expect("put aside"));
    let (first, _) = answered(&desk, &answer).await.expect("a question");
    assert_eq!(own["id"], json!(first), "the person's own goes first");
    assert!(answered(&desk, &answer).await.is_none(), "what was asked in the background was put aside");
    assert_eq!(get(&desk).await["wordt_gerekend"], true);
    assert!(worth::prepare(&desk.store).await.expect("asked again"));
    answered(&desk, &answer).await.expect("a question");
    let fresh = get(&desk).await;
    assert_eq!((&fresh["verouderd"], &fresh["berekening"]), (&json!(false), &json!(run)));
    desk.close().await;
}
