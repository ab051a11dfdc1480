//! Capacity over HTTP: a board sees, changes, closes and confirms its own seats, and another board's school is not there.

use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, YEAR, small_wave};

const SEAT: &str = "/besturen/B1/scholen/S1/plekken/onderbouw";

#[tokio::test]
async fn a_board_sees_what_is_offered_used_proposed_and_left() {
    let desk = Desk::open("capacity-seen").await;
    let first = desk.solved(small_wave("w1", 3, &["Z1"]), YEAR).await;
    desk.publish("/lichtingen/w1/vaststelling", &first.tag()).await.expect(200);
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
    // What the row says and was left out does not go in silence.
    let lost = desk.put(SEAT, "\"v2\"", closed.clone()).await;
    assert_eq!((lost.status, lost.wrong()), (400, vec![("ontbreekt", "/dagdelen")]));
    let mut closed = closed;
    closed["dagdelen"] = Value::Null;
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
    let two = || json!({ "aantal": 2 });
    let reopened = desk.put(SEAT, "\"v3\"", json!({ "bouw": "onderbouw", "aantal": 1, "tot": YEAR.1 })).await;
    assert_eq!((reopened.status, reopened.wrong()), (400, vec![("ontbreekt", "/open")]));
    desk.put(SEAT, "\"v3\"", json!({ "bouw": "onderbouw", "aantal": 1, "open": true, "tot": YEAR.1 })).await.expect(200);
    let late = desk.act_with("/besturen/B1/capaciteit/bevestiging", &seen, two()).await;
    assert_eq!(late.status, 412, "somebody changed it in between");
    let bare = desk.send(Method::POST, "/besturen/B1/capaciteit/bevestiging", &[], Some(two())).await;
    assert_eq!(bare.status, 428);
    let seen = desk.get("/besturen/B1/capaciteit").await.tag();
    // Who read one page of one row did not read the other one: what is confirmed is what was read.
    let page = desk.get("/besturen/B1/capaciteit?paginaGrootte=1").await;
    let part = desk.act_with("/besturen/B1/capaciteit/bevestiging", &page.tag(), json!({ "aantal": 1 })).await;
    assert_eq!((part.status, part.wrong()), (409, vec![("aantal", "/aantal")]));
    assert!(part.body["detail"].as_str().is_some_and(|it| it.contains("2 rijen") && it.contains("niets bevestigd")), "{}", part.body);
    let silent = desk.act("/besturen/B1/capaciteit/bevestiging", &seen).await;
    assert_eq!(silent.status, 415, "how many were read must be said");
    let done = desk.act_with("/besturen/B1/capaciteit/bevestiging", &seen, two()).await;
    let version = done.tag();
    let done = done.expect(200);
    assert_eq!((&done["bevestigd"], format!("\"v{}\"", done["versie"])), (&json!(2), version));
    let words: Vec<String> = desk.log().await.into_iter().map(|it| it.0).collect();
    assert_eq!(words.iter().filter(|it| *it == "capaciteit-gezet").count(), 4);
    assert_eq!(words.last().map(String::as_str), Some("capaciteit-bevestigd"));
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn very_many_seats_another_bouw_and_fewer_than_are_used_are_asked_about_before_they_are_put() {
    let desk = Desk::open("capacity-asked").await;
    let wave = desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    let cases: [(Value, &str); 6] = [
        (json!({ "aantal": 100_000 }), "/aantal"),
        (json!({ "aantal": 51 }), "/aantal"),
        (json!({ "bouw": "bovenbouw" }), "/bouw"),
        (json!({ "aantal": 1 }), "/aantal"),
        (json!({ "open": false, "reden": "verbouwing" }), "/open"),
        (json!({ "tot": "2026-09-30" }), "/tot"),
    ];
    for (keys, place) in cases {
        let before = desk.get(SEAT).await;
        let asked = desk.edit(SEAT, keys.clone()).await;
        assert_eq!((asked.status, asked.wrong()), (409, vec![("bevestigen", place)]), "{keys}: {}", asked.body);
        assert_eq!(asked.body["type"], "/v1/problemen/bevestiging-nodig");
        assert_eq!(desk.get(SEAT).await.body, before.body, "nothing was done");
        let mut meant = keys.clone();
        meant["bevestigd"] = json!(true);
        desk.edit(SEAT, meant).await.expect(200);
        let back = json!({ "bouw": "onderbouw", "aantal": 2, "open": true, "reden": null, "tot": YEAR.1, "bevestigd": true });
        desk.edit(SEAT, back).await.expect(200);
    }
    for keys in [json!({ "aantal": 50 }), json!({ "aantal": 2 }), json!({ "dagdelen": ["ma-o"], "bevestigd": true })] {
        desk.edit(SEAT, keys).await.expect(200);
    }
    let far = desk.edit(SEAT, json!({ "tot": "2099-12-31" })).await;
    assert_eq!((far.status, far.wrong()), (400, vec![("grens", "/tot")]));
    desk.close().await;
}

#[tokio::test]
async fn a_mistyped_seat_group_is_removed_and_one_that_is_used_is_not() {
    let desk = Desk::open("capacity-removed").await;
    let wave = desk.solved(small_wave("w", 1, &["Z1"]), YEAR).await;
    let typo = "/besturen/B1/scholen/S1/plekken/ondrbouw";
    desk.put_new(typo, json!({ "bouw": "onderbouw", "aantal": 3, "van": "2026-09-01" })).await.expect(201);
    desk.put_new(typo, json!({ "bouw": "onderbouw", "aantal": 3, "van": "2025-09-01", "tot": "2026-08-31" })).await.expect(201);
    let seen = desk.get("/besturen/B1/capaciteit").await;
    assert_eq!(seen.body["totaal"], 3);
    assert_eq!(desk.send(Method::DELETE, typo, &[], None).await.status, 428);
    assert_eq!(desk.drop(typo, "\"v9\"").await.status, 412);
    assert_eq!(desk.drop(&format!("{typo}?van=2027-09-01"), "\"v1\"").await.status, 404);
    assert_eq!(desk.drop(&format!("{typo}?van=morgen"), "\"v1\"").await.wrong(), [("datum", "van")]);
    assert_eq!(desk.drop("/besturen/B9/scholen/S1/plekken/ondrbouw", "\"v1\"").await.status, 404);
    assert_eq!(desk.drop(&format!("{typo}?van=2026-09-01"), "\"v1\"").await.status, 204);
    assert_eq!(desk.drop(typo, "\"v1\"").await.status, 204, "the period that counts today");
    assert_eq!(desk.get(typo).await.status, 404);
    // Whoever read the list before confirms nothing, also not once as many versions were counted again.
    desk.put_new(typo, json!({ "bouw": "onderbouw", "aantal": 3, "van": "2026-09-01" })).await.expect(201);
    let late = desk.act_with("/besturen/B1/capaciteit/bevestiging", &seen.tag(), json!({ "aantal": 2 })).await;
    assert_eq!(late.status, 412);
    assert_ne!(desk.get(typo).await.tag(), "\"v1\"", "a version never comes back");
    let proposed = desk.drop(SEAT, "\"v1\"").await;
    assert_eq!((proposed.status, proposed.wrong(), &proposed.body["lichtingen"]), (409, vec![("in-gebruik", "")], &json!(["w"])));
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    assert_eq!(desk.drop(SEAT, "\"v1\"").await.body["lichtingen"], json!(["w"]));
    let removed: Vec<_> = desk.log().await.into_iter().filter(|it| it.0 == "capaciteit-verwijderd").collect();
    assert_eq!((removed.len(), &removed[0].2["plek"], &removed[0].2["was"]["aantal"]), (2, &json!("ondrbouw"), &json!(3)));
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
    assert_eq!(desk.act_with("/besturen/B2/capaciteit/bevestiging", "\"v0\"", json!({ "aantal": 0 })).await.expect(200)["bevestigd"], 0);
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
    let unnamed = desk.post("/besturen/B1/capaciteit/opbrengst", json!({ "aantal": 5 })).await.expect(202);
    assert_eq!((&unnamed["id"], &unnamed["berekening"]), (&asked["id"], &json!(run)), "the plan under review is found without its id");
    let none = desk.post("/besturen/B2/capaciteit/opbrengst", json!({})).await;
    assert_eq!(none.status, 409, "{}", none.body);
    let other = desk.post("/besturen/B2/capaciteit/opbrengst", json!({ "berekening": run })).await;
    assert_eq!(other.wrong(), [("onbekende-verwijzing", "/berekening")]);
    assert_eq!(desk.post("/besturen/B1/capaciteit/opbrengst", json!({ "aantal": 0 })).await.wrong(), [("grens", "/aantal")]);
    assert_eq!(desk.post("/besturen/B9/capaciteit/opbrengst", json!({ "berekening": run })).await.status, 404);
    desk.close().await;
}
