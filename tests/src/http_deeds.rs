//! What drops out and who comes late, over HTTP: days that nobody can mean, what has been stays, and what only the register knows.

use serde_json::{Value, json};

use crate::desk::{Desk, Heard, YEAR, small_wave};

/// A published wave of two people with two coaches, each for one.
async fn published(name: &str) -> Desk {
    let desk = Desk::open(name).await;
    let mut file = small_wave("w", 2, &["Z1", "Z2"]);
    let mut second = file["coaches"][0].clone();
    // Load is least with one for each, and either could take both.
    (second["id"], second["maximum"]) = (json!("K2"), json!(3));
    file["coaches"].as_array_mut().expect("coaches").push(second);
    let wave = desk.solved(file, YEAR).await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    desk
}

/// Who is coached by K1.
async fn candidate(desk: &Desk) -> String {
    let rows = placements(desk).await;
    rows.iter().find(|it| it["coach"] == "K1").expect("somebody has this coach")["kandidaat"].as_str().expect("an id").to_owned()
}

async fn placements(desk: &Desk) -> Vec<Value> {
    desk.get("/lichtingen/w/plaatsingen").await.expect(200)["resultaten"].as_array().expect("a list").clone()
}

/// Coach, first and last day and reason of the end of somebody's placements, as the person is told; and which were withdrawn.
async fn told(desk: &Desk, candidate: &str) -> Vec<(String, String, String, bool, bool)> {
    let seen = desk.get(&format!("/kandidaten/{candidate}/inzage")).await.expect(200);
    let text = |row: &Value, key: &str| row[key].as_str().expect("a text").to_owned();
    let one = |row: &Value| {
        (text(row, "coach"), text(row, "van"), text(row, "tot"), row["einde_reden"].is_string(), row["vervallen_op"].is_string())
    };
    seen["plaatsingen"].as_array().expect("a list").iter().map(one).collect()
}

fn row(coach: &str, from: &str, until: &str, ended: bool, withdrawn: bool) -> (String, String, String, bool, bool) {
    (coach.into(), from.into(), until.into(), ended, withdrawn)
}

/// Asks that K1 drops out, works the reruns out and accepts them.
async fn dropped(desk: &Desk, body: Value) {
    let batch = desk.post("/coaches/K1/uitval", body).await.expect(202);
    desk.work().await;
    accepted(desk, &batch).await.expect(200);
}

async fn accepted(desk: &Desk, batch: &Value) -> Heard {
    let path = format!("/herberekeningen/{}", batch["id"].as_str().expect("an id"));
    let now = desk.get(&path).await;
    desk.act(&format!("{path}/aanvaarding"), &now.tag()).await
}

/// With which coach, from when: the person's own page names nobody else, the list of the intermediary does.
async fn coaches(desk: &Desk, who: &str) -> Vec<(String, String)> {
    let text = |it: &Value| it.as_str().expect("text").to_owned();
    let mut all: Vec<(String, String)> =
        placements(desk).await.into_iter().filter(|it| it["kandidaat"] == who).map(|it| (text(&it["coach"]), text(&it["van"]))).collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all
}

#[tokio::test]
async fn a_day_that_nobody_can_mean_is_refused_and_an_unlikely_one_is_asked_about() {
    let desk = published("deeds-days").await;
    desk.pass(147);
    let paths = ["/coaches/K1/uitval", "/scholen/S1/uitval", "/kandidaten/Z1/uitval", "/scholen/S1/plekken/onderbouw/uitval"];
    for path in paths {
        for day in ["2006-12-01", "0001-01-01", "2226-01-01"] {
            let never = desk.post(path, json!({ "vanaf": day, "bevestigd": true })).await;
            assert_eq!((never.status, never.wrong()), (400, vec![("grens", "/vanaf")]), "{path} {day}");
        }
        for day in ["2026-09-15", "2029-01-01"] {
            let asked = desk.post(path, json!({ "vanaf": day })).await;
            assert_eq!((asked.status, asked.wrong()), (409, vec![("bevestigen", "/vanaf")]), "{path} {day}");
            assert_eq!(asked.body["type"], "/v1/problemen/bevestiging-nodig");
            assert!(asked.body["fouten"][0]["oplossing"].as_str().is_some_and(|it| it.contains("bevestigd: true")), "{}", asked.body);
        }
    }
    let late = json!({ "id": "Z3", "bouwen": ["onderbouw"], "lat": 52.37, "lon": 4.89 });
    let asked = desk.post("/lichtingen/w/nakomers", json!({ "vanaf": "2026-01-01", "kandidaat": late })).await;
    assert_eq!((asked.status, asked.wrong()), (409, vec![("bevestigen", "/vanaf")]));
    assert_eq!(desk.get("/kandidaten/Z3").await.status, 404, "nothing was done");
    assert_eq!(desk.get("/herberekeningen").await.body["totaal"], 0);
    assert_eq!(desk.get("/besturen/B1/capaciteit?op=0206-09-01").await.wrong(), [("grens", "op")]);
    let coach = |keys: Value| {
        let mut row = json!({ "id": "K9", "maximum": 1, "uren": 60 });
        row.as_object_mut().expect("a row").extend(keys.as_object().expect("keys").clone());
        row
    };
    assert_eq!(desk.post("/coaches", coach(json!({ "van": "0206-09-01" }))).await.wrong(), [("grens", "/van")]);
    let old = desk.post("/coaches", coach(json!({ "van": "1999-09-01" }))).await;
    assert_eq!((old.status, old.wrong()), (409, vec![("bevestigen", "/van")]));
    desk.post("/coaches", coach(json!({ "van": "1999-09-01", "bevestigd": true }))).await.expect(201);
    desk.edit("/coaches/K9", json!({ "uren": 120 })).await.expect(200);
    assert_eq!(desk.edit("/coaches/K9", json!({ "tot": "2206-01-01" })).await.wrong(), [("grens", "/tot")]);
    let period = |van: &str, tot: &str| format!("/lichtingen?van={van}&tot={tot}");
    assert_eq!(desk.post(&period("0206-08-01", YEAR.1), small_wave("v", 1, &["Z8"])).await.wrong(), [("grens", "/van")]);
    let asked = desk.post(&period("2016-08-01", YEAR.1), small_wave("v", 1, &["Z8"])).await;
    assert_eq!((asked.status, asked.wrong()), (409, vec![("bevestigen", "/van")]));
    desk.post(&format!("{}&bevestigd=true", period("2016-08-01", YEAR.1)), small_wave("v", 1, &["Z8"])).await.expect(201);
    let wish = |van: &str| json!({ "id": "u", "naam": "Nog een", "fase": "opleiding", "van": van, "tot": "2017-07-31" });
    assert_eq!(desk.post("/lichtingen", wish("2016-08-01")).await.wrong(), [("bevestigen", "/van"), ("bevestigen", "/tot")]);
    desk.close().await;
}

#[tokio::test]
async fn a_placement_that_has_begun_keeps_the_days_that_have_been_also_when_the_day_lies_before_them() {
    let desk = published("deeds-begun").await;
    desk.pass(147);
    let who = candidate(&desk).await;
    dropped(&desk, json!({ "vanaf": "2026-10-16", "bevestigd": true })).await;
    assert_eq!(
        told(&desk, &who).await,
        [row("een coach", YEAR.0, "2026-10-15", true, false), row("een coach", "2026-10-16", YEAR.1, false, false)],
        "ended the day before"
    );
    assert_eq!(coaches(&desk, &who).await, [("K1".to_owned(), YEAR.0.to_owned()), ("K2".to_owned(), "2026-10-16".to_owned())]);
    assert_eq!(desk.get("/coaches/K1").await.body["tot"], "2026-10-15");
    let deed = desk.log().await.into_iter().rev().find(|it| it.0 == "herberekening-aanvaard").expect("a line").2;
    assert_eq!((&deed["plaatsingen_beeindigd"], &deed["plaatsingen_vervallen"]), (&json!(1), &json!(0)));
    desk.close().await;
    let desk = published("deeds-before").await;
    desk.pass(147);
    let who = candidate(&desk).await;
    dropped(&desk, json!({ "vanaf": "2026-07-01", "bevestigd": true })).await;
    assert_eq!(
        told(&desk, &who).await,
        [row("een coach", YEAR.0, YEAR.0, true, false), row("een coach", "2026-08-02", YEAR.1, false, false)],
        "it was there, so it keeps its first day"
    );
    assert_eq!(coaches(&desk, &who).await, [("K1".to_owned(), YEAR.0.to_owned()), ("K2".to_owned(), "2026-08-02".to_owned())]);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn seats_that_were_offered_were_offered_also_when_the_school_drops_out_from_before() {
    let desk = published("deeds-seats").await;
    desk.pass(147);
    let path = "/besturen/B1/scholen/S1/plekken/onderbouw";
    desk.put_new(path, json!({ "bouw": "onderbouw", "aantal": 4, "van": "2027-08-01" })).await.expect(201);
    let batch = desk.post("/scholen/S1/uitval", json!({ "vanaf": "2026-07-01", "bevestigd": true })).await.expect(202);
    desk.work().await;
    accepted(&desk, &batch).await.expect(200);
    let list = desk.get("/besturen/B1/capaciteit?op=2026-08-01").await.expect(200);
    let rows: Vec<_> = list["resultaten"].as_array().expect("a list").iter().map(|it| [&it["van"], &it["tot"], &it["aantal"]]).collect();
    assert_eq!(rows, [[&json!(YEAR.0), &json!(YEAR.0), &json!(2)], [&json!("2027-08-01"), &Value::Null, &json!(0)]]);
    desk.close().await;
}

#[tokio::test]
async fn a_placement_that_has_not_begun_is_withdrawn_and_the_person_can_still_see_it() {
    let desk = published("deeds-withdrawn").await;
    let who = candidate(&desk).await;
    dropped(&desk, json!({})).await;
    assert_eq!(
        told(&desk, &who).await,
        [row("een coach", YEAR.0, YEAR.1, false, false), row("een coach", YEAR.0, YEAR.1, true, true)],
        "K1 never began"
    );
    let counted: Vec<Value> = placements(&desk).await.into_iter().filter(|it| it["kandidaat"] == who.as_str()).collect();
    assert_eq!((counted.len(), &counted[0]["coach"]), (1, &json!("K2")), "what never began uses nothing up");
    let deed = desk.log().await.into_iter().rev().find(|it| it.0 == "herberekening-aanvaard").expect("a line").2;
    assert_eq!((&deed["plaatsingen_beeindigd"], &deed["plaatsingen_vervallen"]), (&json!(0), &json!(1)));
    desk.close().await;
}

#[tokio::test]
async fn who_is_known_to_the_register_alone_drops_out_there_once_that_is_accepted() {
    let desk = Desk::open("deeds-alone").await;
    desk.post("/coaches", json!({ "id": "K9", "maximum": 1, "uren": 60 })).await.expect(201);
    desk.post("/kandidaten", json!({ "id": "Z9", "bouwen": ["onderbouw"] })).await.expect(201);
    assert_eq!(desk.post("/coaches/K8/uitval", json!({})).await.status, 404);
    let asked = desk.post("/coaches/K9/uitval", json!({ "vanaf": "2026-08-01" })).await;
    assert_eq!(
        (&asked.body["lichtingen"], &asked.body["toestand"], &asked.body["besluit"]),
        (&json!([]), &json!("klaar"), &json!("voorstel"))
    );
    let batch = asked.expect(202);
    assert!(desk.get("/coaches/K9").await.body["tot"].is_null(), "nothing changes before it is accepted");
    assert_eq!(accepted(&desk, &batch).await.expect(200)["besluit"], "aanvaard");
    let coach = desk.get("/coaches/K9").await;
    assert_eq!((&coach.body["tot"], coach.tag().as_str()), (&json!("2026-07-31"), "\"v2\""));
    assert_eq!(accepted(&desk, &batch).await.status, 409, "once");
    let batch = desk.post("/kandidaten/Z9/uitval", json!({})).await.expect(202);
    let path = format!("/herberekeningen/{}", batch["id"].as_str().expect("an id"));
    assert_eq!(desk.act(&format!("{path}/afwijzing"), "\"v1\"").await.expect(200)["besluit"], "afgewezen");
    assert_eq!(desk.act(&format!("{path}/afwijzing"), "\"v2\"").await.status, 409);
    assert_eq!(desk.get("/kandidaten/Z9").await.body["toestand"], "wacht");
    let batch = desk.post("/kandidaten/Z9/uitval", json!({})).await.expect(202);
    accepted(&desk, &batch).await.expect(200);
    assert_eq!(desk.get("/kandidaten/Z9").await.body["toestand"], "gestopt");
    let words: Vec<String> = desk.log().await.into_iter().map(|it| it.0).filter(|it| it.starts_with("herberekening")).collect();
    assert_eq!(words.len(), 6, "asked, accepted, asked, declined, asked and accepted: {words:?}");
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn somebody_who_would_come_late_is_withdrawn_before_that_is_accepted() {
    let desk = published("deeds-late").await;
    let late = |id: &str| json!({ "kandidaat": { "id": id, "naam": "Te Laat", "bouwen": ["onderbouw"], "lat": 52.37, "lon": 4.89 } });
    desk.post("/kandidaten", json!({ "id": "Z4", "bouwen": ["onderbouw"], "lat": 52.37, "lon": 4.89 })).await.expect(201);
    for (id, after) in [("Z3", "gestopt"), ("Z4", "wacht")] {
        let asked = desk.post("/lichtingen/w/nakomers", late(id)).await;
        let tag = asked.tag();
        let batch = asked.expect(202);
        let path = format!("/lichtingen/w/nakomers/{id}");
        assert_eq!(desk.send(reqwest::Method::DELETE, &path, &[], None).await.status, 428);
        assert_eq!(desk.drop(&path, "\"v7\"").await.status, 412);
        assert_eq!(desk.drop("/lichtingen/w/nakomers/Z1", &tag).await.status, 404, "Z1 did not come late");
        assert_eq!(desk.drop(&path, &tag).await.status, 204);
        assert_eq!(desk.drop(&path, &tag).await.status, 404, "once");
        let batch = desk.get(&format!("/herberekeningen/{}", batch["id"].as_str().expect("an id"))).await.expect(200);
        assert_eq!((&batch["besluit"], &batch["lichtingen"][0]["toestand"]), (&json!("afgewezen"), &json!("afgebroken")));
        assert_eq!(desk.get(&format!("/kandidaten/{id}")).await.body["toestand"], after, "{id}");
    }
    let words: Vec<String> = desk.log().await.into_iter().map(|it| it.0).collect();
    assert_eq!(words.iter().filter(|it| *it == "nakomer-ingetrokken").count(), 2);
    desk.sound_log().await;
    desk.close().await;
}
