//! Publication over HTTP: what is published counts, what no longer fits is refused with the whole list, and two never get one seat.

use serde_json::{Value, json};

use crate::desk::{Desk, YEAR, small_wave};

#[tokio::test]
async fn a_published_wave_has_placements_with_names_and_those_left_waited_one_round_more() {
    let desk = Desk::open("publication-done").await;
    let wave = desk.solved(small_wave("w", 1, &["Z1", "Z2"]), YEAR).await;
    assert_eq!(desk.get("/lichtingen/w/plaatsingen").await.expect(200)["totaal"], 0);
    let path = "/lichtingen/w/vaststelling";
    assert_eq!(desk.send(reqwest::Method::POST, path, &[], None).await.status, 428);
    assert_eq!(desk.publish(path, "\"v1\"").await.status, 412);
    let bare = desk.publish(path, "v1").await;
    assert_eq!((bare.status, bare.wrong()), (400, vec![("etag", "If-Match")]), "a tag without quotes is no tag");
    let done = desk.publish(path, &wave.tag()).await;
    let tag = done.tag();
    let done = done.expect(200);
    assert_eq!((&done["geplaatst"], &done["ongeplaatst"], &done["lichting"]["toestand"]), (&json!(1), &json!(1), &json!("vastgesteld")));
    assert_eq!(done["meldingen"], json!([]));
    let lines = desk.store.read().log_lines(0, 1_000).await.unwrap();
    let last = lines.last().unwrap();
    assert_eq!((last.what.as_str(), &done["logboek_hoofd"]), ("lichting-vastgesteld", &json!(last.hash)));
    assert_eq!(serde_json::from_str::<Value>(last.content.as_ref().unwrap()).unwrap()["logboek_hoofd"], lines[lines.len() - 2].hash);
    let placed = desk.get("/lichtingen/w/plaatsingen").await.expect(200);
    let row = &placed["resultaten"][0];
    let who = row["kandidaat"].as_str().unwrap();
    assert_eq!((&row["naam"], &row["coach_naam"]), (&json!(format!("Kanarie {who}")), &json!("Vink Verzonnen")));
    assert_eq!((&row["van"], &row["tot"], &row["uren"]), (&json!(YEAR.0), &json!(YEAR.1), &json!(60)));
    let left = if who == "Z1" { "Z2" } else { "Z1" };
    assert_eq!(desk.get(&format!("/kandidaten/{who}")).await.body["toestand"], "geplaatst");
    let left = desk.get(&format!("/kandidaten/{left}")).await.expect(200);
    assert_eq!((&left["toestand"], &left["wachtrondes"]), (&json!("wacht"), &json!(1)));
    assert_eq!(desk.publish(path, &tag).await.status, 409, "published once");
    assert_eq!(desk.act("/lichtingen/w/sluiting", "\"v1\"").await.status, 412);
    assert_eq!(desk.act("/lichtingen/w/sluiting", &tag).await.expect(200)["toestand"], "gesloten");
    assert_eq!(desk.get("/lichtingen/w/plaatsingen").await.expect(200)["totaal"], 1);
    assert_eq!(desk.publish("/lichtingen/onbekend/vaststelling", "\"v1\"").await.status, 404);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_plan_older_than_the_last_decision_is_not_published() {
    let desk = Desk::open("publication-outdated").await;
    let made = desk.post("/lichtingen", small_wave("w", 1, &["Z1"])).await;
    let early = desk.publish("/lichtingen/w/vaststelling", &made.tag()).await;
    assert_eq!(early.status, 409, "there is no plan yet");
    assert_eq!(desk.act("/lichtingen/w/sluiting", &made.tag()).await.status, 409);
    desk.submitted(made).await;
    let rejected = json!({ "besluit": "afwijzen", "reden": "wens-kandidaat", "reikwijdte": "school" });
    desk.put_new("/lichtingen/w/beoordelingen/Z1", rejected).await.expect(200);
    let wave = desk.get("/lichtingen/w").await;
    let old = desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await;
    assert_eq!((old.status, old.wrong()), (409, vec![("verouderd", "")]));
    let wave = desk.run("/lichtingen/w").await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    desk.close().await;
}

#[tokio::test]
async fn of_two_waves_that_want_the_same_seat_at_once_one_gets_it_and_the_other_hears_everything() {
    let desk = Desk::open("publication-race").await;
    // One seat and one coach, who has room for two candidates but hours for one.
    let mut first = small_wave("w1", 1, &["Z1"]);
    let mut second = small_wave("w2", 1, &["Z2"]);
    for wave in [&mut first, &mut second] {
        wave["coaches"][0]["uren"] = json!(60);
    }
    let (first, second) = (desk.solved(first, YEAR).await, desk.solved(second, YEAR).await);
    let (tag1, tag2) = (first.tag(), second.tag());
    let (one, two) = tokio::join!(desk.publish("/lichtingen/w1/vaststelling", &tag1), desk.publish("/lichtingen/w2/vaststelling", &tag2));
    let (won, lost, holder) = if one.status == 200 { (one, two, "w1") } else { (two, one, "w2") };
    assert_eq!((won.status, lost.status), (200, 409), "{}", lost.body);
    assert_eq!(lost.wrong(), [("plekken", "/scholen/S1/plekken/onderbouw"), ("coach-uren", "/coaches/K1/uren")]);
    let seat = &lost.body["conflicten"][0];
    assert_eq!((&seat["te_veel"], &seat["vrij"], &seat["lichtingen"]), (&json!(1), &json!(0), &json!([holder])));
    let hours = &lost.body["conflicten"][1];
    assert_eq!((&hours["te_veel"], &hours["schooljaar"], &hours["lichtingen"]), (&json!(60), &json!("2026-2027"), &json!([holder])));
    let all = desk.get("/lichtingen/w1/plaatsingen").await.body["totaal"].as_i64().unwrap()
        + desk.get("/lichtingen/w2/plaatsingen").await.body["totaal"].as_i64().unwrap();
    assert_eq!(all, 1);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn seats_that_a_board_closed_and_a_coach_who_leaves_are_found_at_publication() {
    let desk = Desk::open("publication-changed").await;
    let wave = desk.solved(small_wave("w", 1, &["Z1"]), YEAR).await;
    let seat = "/besturen/B1/scholen/S1/plekken/onderbouw";
    let closed = json!({ "bouw": "onderbouw", "aantal": 1, "open": false, "reden": "verbouwing", "tot": YEAR.1, "bevestigd": true });
    desk.put(seat, "\"v1\"", closed).await.expect(200);
    desk.edit("/coaches/K1", json!({ "maximum": 0, "uren": 10, "tot": "2027-01-01" })).await.expect(200);
    let refused = desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await;
    let codes: Vec<&str> = refused.wrong().into_iter().map(|it| it.0).collect();
    assert_eq!((refused.status, codes), (409, vec!["plekken", "coach-periode", "coach-aantal", "coach-uren"]));
    assert_eq!(desk.get("/kandidaten/Z1").await.body["toestand"], "wacht", "nothing was done");
    desk.edit(seat, json!({ "open": true, "reden": null })).await.expect(200);
    desk.edit("/coaches/K1", json!({ "maximum": 1, "uren": 60, "tot": null })).await.expect(200);
    let wave = desk.get("/lichtingen/w").await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    desk.close().await;
}

#[tokio::test]
async fn a_seat_is_free_for_the_next_wave_once_the_duo_colleague_stops_doubling() {
    let desk = Desk::open("publication-next").await;
    let mut file = small_wave("w1", 1, &["Z1"]);
    file["coaches"][0]["uren"] = json!(540);
    let wave = desk.solved(file, YEAR).await;
    desk.publish("/lichtingen/w1/vaststelling", &wave.tag()).await.expect(200);
    let wish = |id: &str, van: &str| json!({ "id": id, "naam": "Volgende", "fase": "werkervaring", "van": van, "tot": YEAR.1 });
    desk.post("/kandidaten", json!({ "id": "Z2", "bouwen": ["onderbouw"], "lat": 52.37, "lon": 4.9 })).await.expect(201);
    let early = desk.post("/lichtingen", wish("vroeg", "2026-12-31")).await.expect(201);
    let early = desk.get(&format!("/lichtingen/{}/invoer", early["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(early["scholen"], json!([]), "the seat is held to the end of December");
    let made = desk.post("/lichtingen", wish("later", "2027-01-01")).await;
    let wave = desk.submitted(made).await;
    let done = desk.publish("/lichtingen/later/vaststelling", &wave.tag()).await.expect(200);
    assert_eq!(done["geplaatst"], 1, "{done}");
    desk.close().await;
}
