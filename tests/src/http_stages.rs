//! Stages of candidates, rows that end, and what they were before.

use loket_service::access::{Caller, Role};
use loket_service::actions::Asked;
use loket_service::actions::accounts::{self, Invited};
use loket_service::records::account::Held;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, YEAR, small_wave};

async fn token(desk: &Desk, role: Role, of: &str) -> String {
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let invited = Invited { name: "script".into(), address: None, roles: vec![Held { role, of: of.into() }] };
    accounts::script(&desk.store, &asked, invited, None).await.expect("a token").secret.told().to_owned()
}

/// Stage and reason of each row of a candidate.
fn told(body: &Value) -> Vec<(&str, Option<&str>)> {
    let rows = body["geschiedenis"].as_array().expect("rows");
    rows.iter().map(|it| (it["fase"].as_str().expect("a stage"), it["reden"].as_str())).collect()
}

#[tokio::test]
async fn a_candidate_goes_from_stage_to_stage_and_who_stops_is_out_of_matching() {
    let desk = Desk::open("stages-walk").await;
    desk.post("/kandidaten", json!({ "id": "Z1", "naam": "Kanarie", "bouwen": ["onderbouw"] })).await.expect(201);
    let path = "/kandidaten/Z1/fase";
    let first = desk.get(path).await;
    assert_eq!((&first.body["fase"], &first.body["van"], first.tag().as_str()), (&json!("aangemeld"), &json!("2026-07-01"), "\"v1\""));
    let intake = desk.put(path, "\"v1\"", json!({ "fase": "intake", "van": "2026-07-02" })).await;
    assert_eq!((intake.status, &intake.body["fase"], intake.tag().as_str()), (200, &json!("intake"), "\"v2\""));
    let stale = desk.put(path, "\"v1\"", json!({ "fase": "opleiding", "van": "2026-09-01" })).await;
    assert_eq!((stale.status, &stale.body["huidig"]["fase"], &stale.body["uw"]["fase"]), (412, &json!("intake"), &json!("opleiding")));
    assert_eq!(desk.send(Method::PUT, path, &[], Some(json!({ "fase": "intake", "van": "2026-07-02" }))).await.status, 428);
    let same = desk.put(path, "\"v2\"", json!({ "fase": "intake", "van": "2026-07-02" })).await;
    assert_eq!((same.status, same.tag().as_str()), (200, "\"v2\""), "the same again changes nothing");
    for (body, wrong) in [
        (json!({ "fase": "les", "van": "morgen" }), vec![("woord", "/fase"), ("datum", "/van")]),
        (json!({ "fase": "gestopt", "van": "2026-08-01" }), vec![("ontbreekt", "/reden")]),
        (json!({ "fase": "opleiding", "van": "2026-08-01", "reden": "anders" }), vec![("niet-samen", "/reden")]),
        (json!({ "fase": "opleiding", "van": "2026-07-01" }), vec![("grens", "/van")]),
    ] {
        let refused = desk.put(path, "\"v2\"", body.clone()).await;
        assert_eq!((refused.status, refused.wrong()), (400, wrong), "{body}");
    }
    let corrected = desk.put(path, "\"v2\"", json!({ "fase": "intake", "van": "2026-07-01" })).await;
    assert_eq!(corrected.expect(200)["van"], "2026-07-01", "a day may be mended");
    let stopped = desk.put(path, "\"v3\"", json!({ "fase": "gestopt", "van": "2026-08-01", "reden": "ander-werk" })).await.expect(200);
    assert_eq!(told(&stopped), [("aangemeld", None), ("intake", None), ("intake", None), ("gestopt", Some("ander-werk"))]);
    assert_eq!(desk.get("/kandidaten/Z1").await.body["toestand"], "gestopt");
    let list = desk.get("/kandidaten?fase=gestopt").await.expect(200);
    assert_eq!((&list["totaal"], &list["resultaten"][0]["id"]), (&json!(1), &json!("Z1")));
    assert_eq!(desk.get("/kandidaten?fase=intake").await.expect(200)["totaal"], 0);
    assert_eq!(desk.get("/kandidaten?fase=les").await.wrong(), [("woord", "fase")]);
    // Put back in the register, somebody is where he was before.
    desk.edit("/kandidaten/Z1", json!({ "toestand": "wacht" })).await.expect(200);
    assert_eq!(desk.get(path).await.body["fase"], "intake");
    desk.edit("/kandidaten/Z1", json!({ "toestand": "gestopt" })).await.expect(200);
    let read = desk.get(path).await;
    assert_eq!((&read.body["fase"], &read.body["reden"]), (&json!("gestopt"), &json!("onbekend")));
    let on = desk.put(path, &read.tag(), json!({ "fase": "voortraject", "van": "2026-09-01" })).await.expect(200);
    assert_eq!((&on["fase"], &desk.get("/kandidaten/Z1").await.body["toestand"]), (&json!("voortraject"), &json!("wacht")));
    let lines: Vec<_> = desk.log().await.into_iter().filter(|it| it.0 == "kandidaat-fase").collect();
    assert_eq!(
        (lines.len(), &lines[2].2),
        (4, &json!({ "kandidaat": "Z1", "was": "intake", "fase": "gestopt", "van": "2026-08-01", "reden": "ander-werk" }))
    );
    // An erasure takes the reasons, and leaves that it was so.
    let seen = desk.get("/kandidaten/Z1/inzage").await;
    assert_eq!(desk.drop("/kandidaten/Z1/naam", &seen.tag()).await.status, 204);
    let left = desk.get(path).await.expect(200);
    assert_eq!((told(&left).len(), told(&left).iter().filter(|it| it.1.is_some()).count()), (7, 0), "{left}");
    assert_eq!(desk.get("/kandidaten/Z1/geschiedenis").await.expect(200)["totaal"], 1, "earlier versions are gone");
    desk.close().await;
}

#[tokio::test]
async fn stages_are_counted_and_small_counts_are_hidden_from_a_reader() {
    let desk = Desk::open("stages-count").await;
    for number in 0..7 {
        desk.post("/kandidaten", json!({ "id": format!("Z{number}"), "bouwen": ["onderbouw"] })).await.expect(201);
    }
    for id in ["Z0", "Z1"] {
        desk.put(&format!("/kandidaten/{id}/fase"), "\"v1\"", json!({ "fase": "intake", "van": "2026-07-01" })).await.expect(200);
    }
    let of = |body: &Value, stage: &str| -> Value {
        body["fasen"].as_array().unwrap().iter().find(|it| it["fase"] == stage).unwrap()["aantal"].clone()
    };
    let all = desk.get("/kandidaten/fasen").await.expect(200);
    assert_eq!((of(&all, "intake"), of(&all, "aangemeld"), &all["verborgen_onder"]), (json!(2), json!(5), &Value::Null));
    let reader = token(&desk, Role::Lezer, "").await;
    let few = desk.send_as(Some(&reader), Method::GET, "/kandidaten/fasen", &[], None).await.expect(200);
    assert_eq!((of(&few, "intake"), of(&few, "diploma"), &few["verborgen_onder"]), (Value::Null, json!(0), &json!(5)));
    assert_eq!(of(&few, "aangemeld"), Value::Null, "one hidden number would follow from the sum");
    desk.close().await;
}

#[tokio::test]
async fn what_ends_is_asked_about_while_placements_stand_and_then_is_not_there() {
    let desk = Desk::open("endings").await;
    let wave = desk.solved(small_wave("w", 1, &["Z1"]), YEAR).await;
    let end = |what: &str, tag: &str, body: Value| {
        let path = format!("/{what}/einde");
        let (desk, tag) = (&desk, tag.to_owned());
        async move { desk.act_with(&path, &tag, body).await }
    };
    // A proposal under review, then a placement.
    let asked = end("coaches/K1", "\"v1\"", json!({ "vanaf": "2026-07-15", "reden": "einde-contract" })).await;
    assert_eq!((asked.status, asked.wrong()), (409, vec![("bevestigen", "/vanaf")]), "{}", asked.body);
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    for (what, reason) in
        [("besturen/B1", "fusie"), ("scholen/S1", "sluiting"), ("coaches/K1", "ander-werk"), ("kandidaten/Z1", "eigen-keuze")]
    {
        let tag = desk.get(&format!("/{what}")).await.tag();
        let asked = end(what, &tag, json!({ "vanaf": "2027-01-01", "reden": reason })).await;
        assert_eq!((asked.status, asked.wrong()), (409, vec![("bevestigen", "/vanaf")]), "{what}: {}", asked.body);
        assert!(asked.body["fouten"][0]["wat"].as_str().unwrap().contains("lichting w"), "{}", asked.body);
    }
    assert_eq!(end("coaches/K1", "\"v1\"", json!({ "vanaf": "2027-01-01", "reden": "zomaar" })).await.wrong(), [("woord", "/reden")]);
    let done = end("coaches/K1", "\"v1\"", json!({ "vanaf": "2027-01-01", "reden": "ander-werk", "bevestigd": true })).await.expect(200);
    assert_eq!((&done["tot"], &done["einde_reden"], &done["versie"]), (&json!("2026-12-31"), &json!("ander-werk"), &json!(2)));
    assert_eq!(end("coaches/K1", "\"v1\"", json!({ "vanaf": "2027-01-01", "reden": "anders" })).await.status, 412);
    // A board ends with its schools, and those with their seats.
    let done =
        end("besturen/B1", "\"v1\"", json!({ "vanaf": "2027-01-01", "reden": "doet-niet-mee", "bevestigd": true })).await.expect(200);
    assert_eq!((&done["tot"], &done["einde_reden"]), (&json!("2026-12-31"), &json!("doet-niet-mee")));
    let school = desk.get("/scholen/S1").await;
    assert_eq!((&school.body["tot"], &school.body["einde_reden"]), (&json!("2026-12-31"), &json!("doet-niet-mee")));
    let seats = desk.get("/besturen/B1/capaciteit").await.expect(200);
    assert_eq!(seats["resultaten"][0]["tot"], "2026-12-31", "{seats}");
    // An end is not put; as it was read it may be sent back, and it may be taken away.
    let put = desk
        .put("/scholen/S1", &school.tag(), {
            let mut row = school.body.clone();
            row["tot"] = json!("2028-01-01");
            row
        })
        .await;
    assert_eq!(put.wrong(), [("einde", "/tot")]);
    let new = desk.post("/besturen", json!({ "id": "B2", "tot": "2028-01-01", "einde_reden": "fusie" })).await;
    assert_eq!(new.wrong(), [("einde", "/tot"), ("einde", "/einde_reden")]);
    assert_eq!(desk.put("/scholen/S1", &school.tag(), school.body.clone()).await.tag(), school.tag());
    let back = desk.edit("/scholen/S1", json!({ "tot": null, "einde_reden": null })).await.expect(200);
    assert!(back["tot"].is_null() && back["einde_reden"].is_null(), "{back}");
    let stopped = end(
        "kandidaten/Z1",
        &desk.get("/kandidaten/Z1").await.tag(),
        json!({ "vanaf": "2027-01-01", "reden": "verhuizing", "bevestigd": true }),
    )
    .await;
    assert_eq!(stopped.expect(200)["toestand"], "gestopt");
    assert_eq!(desk.get("/kandidaten/Z1/fase").await.body["reden"], "verhuizing");
    let words: Vec<_> = desk.log().await.into_iter().map(|it| it.0).filter(|it| it.ends_with("-beeindigd")).collect();
    assert_eq!(words, ["coach-beeindigd", "bestuur-beeindigd", "school-beeindigd"]);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn every_version_of_a_row_is_told_without_names_and_a_board_reads_its_own() {
    let desk = Desk::open("history").await;
    let wave = desk.solved(small_wave("w", 1, &["Z1", "Z2"]), YEAR).await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    desk.edit("/coaches/K1", json!({ "uren": 60, "naam": "Anders Verzonnen" })).await.expect(200);
    let all = desk.get("/coaches/K1/geschiedenis").await.expect(200);
    let rows = all["resultaten"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["versie"], &rows[1]["was"]), (2, &json!(2), &Value::Null));
    assert_eq!((&rows[0]["was"]["gegevens"]["uren"], &rows[0]["wordt"]["gegevens"]["uren"]), (&json!(120), &json!(60)));
    let lines = desk.store.read().log_lines(0, 1_000).await.expect("the log");
    let put = lines.iter().find(|it| it.what == "coach-gezet").expect("a line");
    assert_eq!((&rows[0]["door"], rows[0]["op"].is_string()), (&json!(put.who), true));
    assert!(!all.to_string().contains("Verzonnen"), "{all}");
    // Publication moved candidates, and counted a round for who was left.
    for id in ["Z1", "Z2"] {
        let rows = desk.get(&format!("/kandidaten/{id}/geschiedenis")).await.expect(200);
        let (was, now) = (&rows["resultaten"][0]["was"], &rows["resultaten"][0]["wordt"]);
        let placed = now["toestand"] == "geplaatst";
        assert!(placed != (now["gegevens"]["wachtrondes"] == 1), "{rows}");
        assert_eq!(was["toestand"], "wacht");
    }
    assert_eq!(desk.get("/coaches/K9/geschiedenis").await.status, 404);
    let board = token(&desk, Role::Bestuur, "B1").await;
    desk.post("/besturen", json!({ "id": "B2" })).await.expect(201);
    let read = |path: &'static str| desk.send_as(Some(&board), Method::GET, path, &[], None);
    assert_eq!(read("/scholen/S1/geschiedenis").await.expect(200)["totaal"], 1);
    assert_eq!(read("/besturen/B2/geschiedenis").await.status, 404);
    assert_eq!(read("/coaches/K1/geschiedenis").await.status, 403);
    desk.close().await;
}
