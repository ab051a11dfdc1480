//! Lists over HTTP asked for a part of their rows, people found by name, and a wave that is withdrawn.

use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, YEAR, small_wave};

fn ids(page: &Value) -> Vec<&str> {
    page["resultaten"].as_array().expect("rows").iter().map(|it| it["id"].as_str().expect("an id")).collect()
}

#[tokio::test]
async fn lists_are_asked_for_a_part_and_the_other_pages_have_the_same_part() {
    let desk = Desk::open("lists-part").await;
    for board in ["B1", "B/2"] {
        desk.post("/besturen", json!({ "id": board })).await.expect(201);
    }
    for (id, board) in [("S1", "B1"), ("S2", "B/2"), ("S3", "B/2")] {
        desk.post("/scholen", json!({ "id": id, "bestuur": board, "lat": 52.37, "lon": 4.9 })).await.expect(201);
    }
    let page = desk.get("/scholen?bestuur=B%2F2&paginaGrootte=1").await;
    assert!(page.header("link").contains("?bestuur=B%2F2&pagina=2&paginaGrootte=1"), "{}", page.header("link"));
    assert_eq!((ids(&page.body), &page.body["totaal"]), (vec!["S2"], &json!(2)));
    assert_eq!(desk.get("/scholen?bestuur=B9").await.expect(200)["totaal"], 0);
    for (id, state) in [("Z1", "wacht"), ("Z2", "gestopt"), ("Z3", "wacht")] {
        desk.post("/kandidaten", json!({ "id": id, "bouwen": ["onderbouw"], "toestand": state })).await.expect(201);
    }
    assert_eq!(ids(&desk.get("/kandidaten?toestand=wacht").await.expect(200)), ["Z1", "Z3"]);
    assert_eq!(desk.get("/kandidaten?toestand=weg").await.wrong(), [("woord", "toestand")]);
    assert_eq!(desk.get("/kandidaten?naam=Kanarie").await.wrong(), [("onbekende-sleutel", "naam")], "no name in an address");
    desk.post("/coaches", json!({ "id": "K1", "maximum": 1, "uren": 60, "tot": "2026-12-31" })).await.expect(201);
    desk.post("/coaches", json!({ "id": "K2", "maximum": 1, "uren": 60, "van": "2027-01-01" })).await.expect(201);
    assert_eq!(ids(&desk.get("/coaches?op=2026-12-31").await.expect(200)), ["K1"]);
    assert_eq!(ids(&desk.get("/coaches?op=2027-01-01").await.expect(200)), ["K2"]);
    assert_eq!(desk.get("/coaches?op=morgen").await.wrong(), [("datum", "op")]);
    desk.solved(small_wave("klaar", 1, &["Z1"]), YEAR).await;
    desk.post("/lichtingen", small_wave("later", 1, &["Z3"])).await.expect(201);
    assert_eq!(ids(&desk.get("/lichtingen?toestand=concept").await.expect(200)), ["later"]);
    assert_eq!(ids(&desk.get("/lichtingen?toestand=berekend").await.expect(200)), ["klaar"]);
    assert_eq!(desk.get("/lichtingen?toestand=concept").await.body["totaal"], 1);
    assert_eq!(desk.get("/lichtingen?toestand=af").await.wrong(), [("woord", "toestand")]);
    desk.close().await;
}

#[tokio::test]
async fn people_are_found_by_a_part_of_their_name_asked_in_a_body() {
    let desk = Desk::open("lists-names").await;
    for (id, name) in [("Z1", "Zoë Pietersen"), ("Z2", "ZOE Jansen"), ("Z3", "Ayşe Yılmaz")] {
        desk.post("/kandidaten", json!({ "id": id, "naam": name, "bouwen": ["onderbouw"] })).await.expect(201);
    }
    desk.post("/kandidaten", json!({ "id": "zoe", "bouwen": ["onderbouw"] })).await.expect(201);
    desk.post("/coaches", json!({ "id": "K1", "naam": "Zoë Coach", "maximum": 1, "uren": 60 })).await.expect(201);
    let found = desk.post("/kandidaten/zoekvraag", json!({ "naam": "zoe" })).await.expect(200);
    assert_eq!((ids(&found), &found["totaal"]), (vec!["Z1", "Z2"], &json!(2)));
    assert_eq!(found["resultaten"][0]["naam"], "Zoë Pietersen");
    let second = desk.post("/kandidaten/zoekvraag?pagina=2&paginaGrootte=1", json!({ "naam": "zoe" })).await.expect(200);
    assert_eq!((ids(&second), &second["totaal"]), (vec!["Z2"], &json!(2)));
    assert_eq!(ids(&desk.post("/kandidaten/zoekvraag", json!({ "naam": "ayse yil" })).await.expect(200)), ["Z3"]);
    let stopped = desk.post("/kandidaten/zoekvraag", json!({ "naam": "zoe", "toestand": "gestopt" })).await.expect(200);
    assert_eq!(stopped["totaal"], 0);
    assert_eq!(ids(&desk.post("/coaches/zoekvraag", json!({ "naam": "COACH" })).await.expect(200)), ["K1"]);
    assert_eq!(desk.post("/coaches/zoekvraag", json!({})).await.wrong(), [("ontbreekt", "/naam")]);
    desk.close().await;
}

#[tokio::test]
async fn a_wave_that_was_never_published_is_withdrawn_with_its_runs_and_the_register_keeps_what_it_added() {
    let desk = Desk::open("lists-withdrawn").await;
    let gone = |tag: String| {
        let desk = &desk;
        async move { desk.send(Method::DELETE, "/lichtingen/w", &[("if-match", &tag)], None).await }
    };
    let made = desk.post("/lichtingen", small_wave("w", 1, &["Z1"])).await;
    assert_eq!(desk.send(Method::DELETE, "/lichtingen/w", &[], None).await.status, 428);
    assert_eq!(gone("\"v9\"".into()).await.status, 412);
    let done = gone(made.tag()).await.expect(200);
    let left = json!({ "besturen": 1, "scholen": 1, "plekken": 1, "coaches": 1, "kandidaten": 1 });
    assert_eq!((&done["in_register"], &done["berekeningen"], &done["besluiten"]), (&left, &json!(0), &json!(0)));
    assert_eq!((desk.get("/lichtingen/w").await.status, desk.get("/kandidaten/Z1").await.status), (404, 200));
    // Not while work waits for it.
    let wave = desk.solved(small_wave("w", 1, &["Z1"]), YEAR).await;
    let run = wave.body["geldende_berekening"].as_str().unwrap().to_owned();
    desk.post(&format!("/berekeningen/{run}/vragen"), json!({ "soort": "waarom", "vraag": { "kandidaat": "Z1" } })).await.expect(202);
    let waits = gone(desk.get("/lichtingen/w").await.tag()).await;
    assert_eq!(waits.status, 409, "a question waits");
    desk.close().await;
}

#[tokio::test]
async fn a_wave_with_a_plan_goes_whole_and_one_that_is_published_stays() {
    let desk = Desk::open("lists-whole").await;
    let gone = |id: &'static str, tag: String| {
        let desk = &desk;
        async move { desk.send(Method::DELETE, &format!("/lichtingen/{id}"), &[("if-match", &tag)], None).await }
    };
    let wave = desk.solved(small_wave("w", 1, &["Z1"]), YEAR).await;
    let run = wave.body["geldende_berekening"].as_str().unwrap().to_owned();
    desk.put_new("/lichtingen/w/beoordelingen/Z1", json!({ "besluit": "akkoord" })).await.expect(200);
    let done = gone("w", desk.get("/lichtingen/w").await.tag()).await.expect(200);
    assert_eq!((&done["berekeningen"], &done["besluiten"]), (&json!(1), &json!(1)));
    for path in ["/lichtingen/w", &format!("/berekeningen/{run}"), "/lichtingen/w/beoordelingen"] {
        assert_eq!(desk.get(path).await.status, 404, "{path}");
    }
    let line = desk.log().await.into_iter().next_back().expect("a line");
    assert_eq!(
        (line.0.as_str(), &line.2["toestand"], &line.2["berekeningen"]),
        ("lichting-ingetrokken", &json!("in-beoordeling"), &json!(1))
    );
    // The id is free, and what nobody is placed by does not hold seats.
    let wave = desk.solved(small_wave("w", 1, &["Z1"]), YEAR).await;
    let published = desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await;
    assert_eq!(gone("w", published.tag()).await.status, 409);
    desk.solved(small_wave("x", 1, &["Z2"]), ("2027-08-01", "2028-07-31")).await;
    desk.post("/coaches/K1/uitval", json!({ "vanaf": "2027-08-01" })).await.expect(202);
    desk.work().await;
    let kept = gone("x", desk.get("/lichtingen/x").await.tag()).await;
    assert!(kept.status == 409 && kept.body["detail"].as_str().unwrap().contains("herberekening"), "{}", kept.body);
    desk.sound_log().await;
    desk.close().await;
}
