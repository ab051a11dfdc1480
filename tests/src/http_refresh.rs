//! A wave filled again from the register, over HTTP: what a refused publication advises can be done and helps; decisions stay where their
//! placement still exists.

use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, YEAR, small_wave};

const FILL: &str = "/lichtingen/twee/verversing";

/// A wave of one that is published, and one of two who were fixed on seats that are not all there any more.
pub async fn two_waves(desk: &Desk) {
    let first = desk.solved(small_wave("een", 2, &["Z1"]), YEAR).await;
    desk.solved(small_wave("twee", 2, &["Z3", "Z4"]), YEAR).await;
    for id in ["Z4", "Z3"] {
        desk.put_new(&format!("/lichtingen/twee/beoordelingen/{id}"), json!({ "besluit": "vast" })).await.expect(200);
    }
    desk.run("/lichtingen/twee").await;
    desk.publish("/lichtingen/een/vaststelling", &first.tag()).await.expect(200);
}

#[tokio::test]
async fn what_a_refused_publication_advises_leads_to_a_published_plan() {
    let desk = Desk::open("refresh-path").await;
    two_waves(&desk).await;
    let wave = desk.get("/lichtingen/twee").await;
    let refused = desk.publish("/lichtingen/twee/vaststelling", &wave.tag()).await;
    assert_eq!(refused.status, 409);
    let codes: Vec<&str> = refused.wrong().into_iter().map(|it| it.0).collect();
    assert_eq!(codes, ["plekken", "coach-aantal", "coach-uren"]);
    for wrong in refused.body["fouten"].as_array().unwrap() {
        let advice = wrong["oplossing"].as_str().unwrap();
        assert!(
            advice.contains("POST /v1/lichtingen/twee/verversing") && advice.contains("POST /v1/lichtingen/twee/berekeningen"),
            "{advice}"
        );
    }
    // First looked at: nothing changes by that.
    let seen = desk.get(FILL).await;
    assert_eq!((seen.tag(), desk.get("/lichtingen/twee").await.tag()), (wave.tag(), wave.tag()));
    assert_eq!(desk.send(Method::POST, FILL, &[], None).await.status, 428);
    assert_eq!(desk.act(FILL, "\"v1\"").await.status, 412);
    let done = desk.act(FILL, &wave.tag()).await;
    let tag = done.tag();
    let done = done.expect(200);
    assert_eq!(done["meldingen"], seen.body["meldingen"], "what was shown is what was done");
    let differing: Vec<&str> = done["meldingen"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["code"] == "verschilt-van-register")
        .filter_map(|it| it["tekst"].as_str())
        .collect();
    assert!(
        differing.len() > 1 && differing.iter().all(|it| it.contains(" wordt ") && !it.contains("Het register blijft")),
        "{differing:?}"
    );
    let row = |kind: &str| {
        let rows = done["meldingen"].as_array().unwrap();
        let found = rows.iter().find(|it| it["rij"]["soort"] == kind).unwrap_or_else(|| panic!("nothing about a {kind}: {done}"));
        found["verschillen"].clone()
    };
    assert_eq!(row("plek"), json!([{ "sleutel": "aantal", "bestand": 2, "register": 1 }]));
    assert_eq!(
        row("coach"),
        json!([{ "sleutel": "maximum", "bestand": 2, "register": 1 }, { "sleutel": "uren", "bestand": 120, "register": 60 },
            { "sleutel": "lopend", "bestand": null, "register": 1 }])
    );
    let file = desk.get("/lichtingen/twee/invoer").await.expect(200);
    assert_eq!((&file["scholen"][0]["plekken"][0]["aantal"], &file["coaches"][0]["uren"]), (&json!(1), &json!(60)));
    // Who was decided about first keeps the seat; the other decision stays to be seen.
    let kept = desk.get("/lichtingen/twee/beoordelingen/Z4").await.expect(200);
    assert_eq!((&kept["besluit"], &kept["vervallen"]), (&json!("vast"), &Value::Null));
    let lapsed = desk.get("/lichtingen/twee/beoordelingen/Z3").await;
    assert!(lapsed.body["vervallen"].as_str().is_some_and(|why| why.contains("plek onderbouw van school S1")), "{}", lapsed.body);
    let told: Vec<&Value> = done["meldingen"].as_array().unwrap().iter().filter(|it| it["code"] == "besluit-vervallen").collect();
    assert!(told.len() == 1 && told[0]["tekst"].as_str().unwrap().contains("Z3"), "{done}");
    let line = desk.log().await.into_iter().rfind(|it| it.0 == "lichting-ververst").expect("a line in the log");
    assert_eq!((&line.2["besluiten_vervallen"], &line.2["vast_vervallen"]), (&json!(1), &json!(0)));
    let lapse = desk.log().await.into_iter().rfind(|it| it.0 == "besluit-vervallen").expect("a line about the person");
    assert_eq!((lapse.1.as_str(), &lapse.2["kandidaat"], &lapse.2["was"]["besluit"]), ("twee", &json!("Z3"), &json!("vast")));
    let run = desk.get("/lichtingen/twee").await.body["geldende_berekening"].as_str().unwrap().to_owned();
    assert_eq!(desk.get(&format!("/berekeningen/{run}")).await.body["verouderd"], true);
    let early = desk.publish("/lichtingen/twee/vaststelling", &tag).await;
    assert_eq!(early.wrong(), [("verouderd", "")]);
    let wave = desk.run("/lichtingen/twee").await;
    let published = desk.publish("/lichtingen/twee/vaststelling", &wave.tag()).await.expect(200);
    assert_eq!((&published["geplaatst"], &published["ongeplaatst"]), (&json!(1), &json!(1)));
    assert_eq!(desk.get("/lichtingen/twee/plaatsingen").await.body["resultaten"][0]["kandidaat"], "Z4");
    let late = desk.act(FILL, &desk.get("/lichtingen/twee").await.tag()).await;
    assert_eq!(late.status, 409, "a published wave is not filled again");
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_decision_made_anew_counts_again_and_nothing_new_changes_nothing() {
    let desk = Desk::open("refresh-again").await;
    two_waves(&desk).await;
    let done = desk.act(FILL, &desk.get("/lichtingen/twee").await.tag()).await;
    let again = desk.act(FILL, &done.tag()).await;
    assert_eq!((again.tag(), &again.body["meldingen"]), (done.tag(), &json!([])));
    // The board offers one more, and the coach has room: the wave gets them, the lapsed decision waits for whoever decides.
    let seat = "/besturen/B1/scholen/S1/plekken/onderbouw";
    let now = desk.get(seat).await;
    desk.put(seat, &now.tag(), json!({ "bouw": "onderbouw", "aantal": 3, "tot": YEAR.1 })).await.expect(200);
    desk.edit("/coaches/K1", json!({ "maximum": 3, "uren": 180 })).await.expect(200);
    desk.act(FILL, &done.tag()).await.expect(200);
    desk.run("/lichtingen/twee").await;
    let lapsed = desk.get("/lichtingen/twee/beoordelingen/Z3").await;
    assert!(lapsed.body["vervallen"].is_string());
    let decided = desk.put("/lichtingen/twee/beoordelingen/Z3", &lapsed.tag(), json!({ "besluit": "vast" })).await.expect(200);
    assert_eq!(decided["vervallen"], Value::Null);
    let wave = desk.run("/lichtingen/twee").await;
    assert_eq!(desk.publish("/lichtingen/twee/vaststelling", &wave.tag()).await.expect(200)["geplaatst"], 2);
    desk.close().await;
}

#[tokio::test]
async fn a_wave_is_filled_up_with_what_it_did_not_have_when_that_is_asked() {
    let desk = Desk::open("refresh-more").await;
    let mut file = small_wave("w", 1, &["Z1", "Z2"]);
    file["vast"] = json!([{ "kandidaat": "Z1", "school": "S1", "plek": "onderbouw", "coach": "K1" }]);
    let made = desk.post(&format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1), file).await;
    let school = json!({ "id": "S2", "bestuur": "B1", "lat": 52.37, "lon": 4.9 });
    desk.post("/scholen", school).await.expect(201);
    let seat = json!({ "bouw": "onderbouw", "aantal": 2, "van": YEAR.0, "tot": YEAR.1 });
    desk.put_new("/besturen/B1/scholen/S2/plekken/onderbouw", seat).await.expect(201);
    desk.post("/coaches", json!({ "id": "K2", "maximum": 1, "uren": 60, "lat": 52.37, "lon": 4.9 })).await.expect(201);
    let known = desk.get("/besturen/B1/scholen/S1/plekken/onderbouw").await;
    let closed = json!({ "bouw": "onderbouw", "aantal": 1, "open": false, "reden": "verbouwing", "tot": YEAR.1 });
    desk.put("/besturen/B1/scholen/S1/plekken/onderbouw", &known.tag(), closed).await.expect(200);
    let codes = |told: &Value| -> Vec<String> {
        told["meldingen"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect()
    };
    let seen = desk.get("/lichtingen/w/verversing").await.expect(200);
    assert_eq!(codes(&seen), ["verschilt-van-register", "niet-in-lichting", "vast-vervallen"]);
    let more = desk.get("/lichtingen/w/verversing?aanvullen=true").await.expect(200);
    assert_eq!(codes(&more), ["verschilt-van-register", "erbij", "erbij", "vast-vervallen"]);
    assert_eq!(desk.get("/lichtingen/w/verversing?aanvullen=1").await.wrong(), [("type", "aanvullen")]);
    let body = Some(json!({ "aanvullen": true }));
    let done = desk.send(Method::POST, "/lichtingen/w/verversing", &[("if-match", &made.tag())], body).await.expect(200);
    assert_eq!(done["toestand"], "concept");
    let file = desk.get("/lichtingen/w/invoer").await.expect(200);
    assert_eq!((&file["scholen"][0]["plekken"][0]["aantal"], &file["scholen"][1]["id"]), (&json!(0), &json!("S2")));
    assert_eq!((&file["coaches"][1]["id"], &file["vast"]), (&json!("K2"), &Value::Null));
    let wave = desk.submitted(desk.get("/lichtingen/w").await).await;
    assert_eq!(desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200)["geplaatst"], 2);
    let placed = desk.get("/lichtingen/w/plaatsingen").await.expect(200);
    assert!(placed["resultaten"].as_array().unwrap().iter().all(|it| it["school"] == "S2"), "{placed}");
    desk.close().await;
}
