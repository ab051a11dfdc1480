//! Capacity over HTTP: a board sees, changes, closes and confirms its own seats, and another board's school is not there.

use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, YEAR, small_wave};

const SEAT: &str = "/besturen/B1/scholen/S1/plekken/onderbouw";

#[tokio::test]
async fn a_board_sees_what_is_offered_used_proposed_and_left() {
    let desk = Desk::open("capacity-seen").await;
    let first = desk.solved(small_wave("w1", 3, &["Z1"]), YEAR).await;
    desk.act("/lichtingen/w1/vaststelling", &first.tag()).await.expect(200);
    desk.solved(small_wave("w2", 3, &["Z2"]), YEAR).await;
    let figures = |row: &Value| ["aantal", "gebruikt", "voorgesteld", "vrij", "te_veel"].map(|key| row[key].as_i64().unwrap());
    let list = desk.get("/besturen/B1/capaciteit").await.expect(200);
    assert_eq!((&list["op"], &list["totaal"]), (&json!("2026-07-01"), &json!(1)));
    // The seats begin later than today: their first day counts.
    assert_eq!(figures(&list["resultaten"][0]), [3, 1, 1, 2, 0]);
    let at = |day: &str| format!("/besturen/B1/capaciteit?op={day}");
    assert_eq!(figures(&desk.get(&at("2026-12-31")).await.body["resultaten"][0]), [3, 1, 1, 2, 0]);
    assert_eq!(figures(&desk.get(&at("2027-01-01")).await.body["resultaten"][0]), [3, 0, 1, 3, 0], "five months later the seat is free");
    assert_eq!(desk.get(&at("2027-08-01")).await.body["totaal"], 0, "the offer is over");
    assert_eq!(desk.get(&at("31-12-2026")).await.wrong(), [("datum", "op")]);
    assert_eq!(desk.get("/besturen/B1/capaciteit?dag=1").await.wrong(), [("onbekende-sleutel", "dag")]);
    let page = desk.get("/besturen/B1/capaciteit?op=2026-12-31&paginaGrootte=1").await;
    desk.pass(400);
    assert_eq!(desk.get("/besturen/B1/capaciteit").await.body["totaal"], 0, "today is what the clock says");
    assert!(page.header("link").contains("capaciteit?op=2026-12-31&pagina=1&paginaGrootte=1"), "{}", page.header("link"));
    desk.close().await;
}

#[tokio::test]
async fn seats_are_changed_by_version_closed_with_a_reason_and_confirmed_as_they_stand() {
    let desk = Desk::open("capacity-changed").await;
    desk.post(&format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1), small_wave("w", 1, &["Z1"])).await.expect(201);
    let mut row = desk.get(SEAT).await;
    assert!(row.body["bevestigd_op"].is_null(), "nobody confirmed it");
    row.body["aantal"] = json!(2);
    row.body["dagdelen"] = json!(["ma-o", "di-m"]);
    let changed = desk.put(SEAT, &row.tag(), row.body.clone()).await;
    assert_eq!((changed.status, changed.tag().as_str()), (200, "\"v2\""), "{}", changed.body);
    assert_eq!(
        (&changed.body["aantal"], &changed.body["dagdelen"], &changed.body["van"]),
        (&json!(2), &json!(["ma-o", "di-m"]), &json!(YEAR.0))
    );
    assert!(changed.body["bevestigd_op"].is_string());
    let closed = json!({ "bouw": "onderbouw", "aantal": 2, "open": false, "reden": "geen-duo-collega", "tot": YEAR.1 });
    let stale = desk.put(SEAT, &row.tag(), closed.clone()).await;
    assert_eq!((stale.status, &stale.body["huidig"]["versie"], &stale.body["uw"]["open"]), (412, &json!(2), &json!(false)));
    assert_eq!(desk.send(Method::PUT, SEAT, &[], Some(closed.clone())).await.status, 428);
    let done = desk.put(SEAT, "\"v2\"", closed).await.expect(200);
    assert_eq!((&done["open"], &done["reden"], &done["vrij"]), (&json!(false), &json!("geen-duo-collega"), &json!(0)));
    let cases: [(Value, &[(&str, &str)]); 5] = [
        (json!({ "bouw": "onderbouw", "aantal": -1 }), &[("grens", "/aantal")]),
        (json!({ "bouw": "onderbouw", "aantal": 1, "open": false }), &[("ontbreekt", "/reden")]),
        (json!({ "bouw": "onderbouw", "aantal": 1, "open": false, "reden": "zin" }), &[("woord", "/reden")]),
        (json!({ "bouw": "onderbouw", "aantal": 1, "reden": "anders" }), &[("samen", "/reden")]),
        (
            json!({ "bouw": "zolder", "dagdelen": ["ma-o", "ma-o"], "plaats": 1 }),
            &[("dubbel", "/dagdelen/1"), ("onbekende-sleutel", "/plaats"), ("ontbreekt", "/aantal"), ("woord", "/bouw")],
        ),
    ];
    for (body, wrong) in cases {
        let heard = desk.put(SEAT, "\"v3\"", body.clone()).await;
        let mut told = heard.wrong();
        told.sort_unstable();
        assert_eq!((heard.status, told), (400, wrong.to_vec()), "{body}");
    }
    // The next year is a period of its own, and periods of one group share no day.
    let next = json!({ "bouw": "onderbouw", "aantal": 3, "van": "2027-08-01" });
    assert_eq!(desk.put_new(SEAT, next.clone()).await.status, 201);
    assert_eq!(desk.put_new(SEAT, next).await.status, 412);
    let within = desk.put_new(SEAT, json!({ "bouw": "onderbouw", "aantal": 3, "van": "2027-07-31" })).await;
    assert_eq!((within.status, &within.body["huidig"]["van"]), (409, &json!(YEAR.0)));
    let list = desk.get("/besturen/B1/capaciteit").await;
    let seen = list.tag();
    assert_eq!(list.expect(200)["totaal"], 2);
    desk.put(SEAT, "\"v3\"", json!({ "bouw": "onderbouw", "aantal": 1, "tot": YEAR.1 })).await.expect(200);
    let late = desk.act("/besturen/B1/capaciteit/bevestiging", &seen).await;
    assert_eq!(late.status, 412, "somebody changed it in between");
    let bare = desk.send(Method::POST, "/besturen/B1/capaciteit/bevestiging", &[], None).await;
    assert_eq!(bare.status, 428);
    let seen = desk.get("/besturen/B1/capaciteit").await.tag();
    let done = desk.act("/besturen/B1/capaciteit/bevestiging", &seen).await;
    assert_eq!(done.expect(200)["bevestigd"], 2);
    let words: Vec<String> = desk.log().await.into_iter().map(|it| it.0).collect();
    assert_eq!(words.iter().filter(|it| *it == "capaciteit-gezet").count(), 4);
    assert_eq!(words.last().map(String::as_str), Some("capaciteit-bevestigd"));
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn another_boards_school_is_told_as_one_that_does_not_exist() {
    let desk = Desk::open("capacity-scope").await;
    desk.post(&format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1), small_wave("w", 1, &["Z1"])).await.expect(201);
    desk.post("/besturen", json!({ "id": "B2" })).await.expect(201);
    let body = json!({ "bouw": "onderbouw", "aantal": 9 });
    let (foreign, unknown) = ("/besturen/B2/scholen/S1/plekken/onderbouw", "/besturen/B2/scholen/S9/plekken/onderbouw");
    assert_eq!(desk.get(foreign).await.expect(404), desk.get(unknown).await.expect(404));
    assert_eq!(desk.put(foreign, "\"v1\"", body.clone()).await.expect(404), desk.put(unknown, "\"v1\"", body.clone()).await.expect(404));
    assert_eq!(desk.put_new(foreign, body.clone()).await.expect(404), desk.put_new(unknown, body).await.expect(404));
    assert_eq!(desk.get("/besturen/B2/capaciteit").await.expect(200)["totaal"], 0);
    assert_eq!(desk.act("/besturen/B2/capaciteit/bevestiging", "\"v0\"").await.expect(200)["bevestigd"], 0);
    assert_eq!(desk.get(SEAT).await.body["aantal"], 1);
    for path in ["/besturen/B9/capaciteit", "/besturen/%00/capaciteit"] {
        assert_eq!(desk.get(path).await.status, 404);
    }
    desk.close().await;
}

#[tokio::test]
async fn what_one_seat_more_would_bring_is_asked_for_the_boards_own_eyes() {
    let desk = Desk::open("capacity-worth").await;
    let wave = desk.solved(small_wave("w", 1, &["Z1", "Z2"]), YEAR).await;
    desk.post("/besturen", json!({ "id": "B2" })).await.expect(201);
    let run = wave.body["geldende_berekening"].as_str().unwrap().to_owned();
    let asked = desk.post("/besturen/B1/capaciteit/opbrengst", json!({ "berekening": run, "aantal": 5 })).await;
    assert_eq!(asked.header("location"), format!("/v1/vragen/{}", asked.body["id"].as_str().unwrap()));
    let asked = asked.expect(202);
    assert_eq!((&asked["soort"], &asked["vraag"]), (&json!("schaarste"), &json!({ "kijker": "bestuur:B1", "aantal": 5 })));
    let again = desk.post("/besturen/B1/capaciteit/opbrengst", json!({ "berekening": run, "aantal": 5 })).await.expect(202);
    assert_eq!(again["id"], asked["id"], "the same question is asked once");
    let other = desk.post("/besturen/B2/capaciteit/opbrengst", json!({ "berekening": run })).await;
    assert_eq!(other.wrong(), [("onbekende-verwijzing", "/berekening")]);
    assert_eq!(
        desk.post("/besturen/B1/capaciteit/opbrengst", json!({ "aantal": 0 })).await.wrong(),
        [("grens", "/aantal"), ("ontbreekt", "/berekening")]
    );
    assert_eq!(desk.post("/besturen/B9/capaciteit/opbrengst", json!({ "berekening": run })).await.status, 404);
    desk.close().await;
}
