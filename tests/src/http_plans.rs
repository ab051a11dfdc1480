//! Multi-year plans over HTTP and on their page: made, changed version by version, solved, numbers tried and kept, and taken away.

use loket_instances::sheets::plan::read::read as read_sheets;
use loket_instances::sheets::xlsx;
use loket_service::access::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, TOKEN};
use crate::http_policies::tokens;
use crate::pages::Browser;

/// Two waves a year apart, one board, internal and external coaches.
fn plan(target: i64) -> Value {
    json!({
        "formaat": "loket-meerjarenplan/1", "id": "stad", "naam": "Plan van de stad", "start": "2026-09", "jaren": ["2026-2027", "2027-2028"],
        "lichtingen": [{ "id": "L1", "naam": "Najaar 2026", "maand": "2026-09", "doel": target }, { "id": "L2", "naam": "Najaar 2027", "maand": "2027-09", "doel": target }],
        "besturen": [{ "id": "B1", "naam": "Bestuur Een", "plekken": 30 }],
        "coachsoorten": [
            { "id": "intern", "naam": "interne coaches", "uren": 690, "aanname_max": 4 },
            { "id": "extern", "naam": "externe coaches", "extern": true, "uren": 690, "aanname_max": 1 },
        ],
        "posten": [{ "id": "coaches", "per": "coaches", "prijs_cent": 6_000_000, "activiteit": "C", "soort": "personeel" }],
        "inkomsten": [{ "id": "rijk", "per": "opleiding", "prijs_cent": 2_000_000 }],
        "scenarios": [{ "id": "minder", "naam": "Minder doel", "wijzig": [{ "pad": "/lichtingen/1/doel", "waarde": 9 }] }],
    })
}

async fn computed(desk: &Desk, body: Option<Value>) -> Value {
    let run = desk.send(Method::POST, "/meerjarenplannen/stad/berekeningen", &[], body).await.expect(202);
    desk.work().await;
    desk.get(&format!("/meerjarenplanberekeningen/{}", run["id"].as_str().expect("an id"))).await.expect(200)
}

#[tokio::test]
async fn a_plan_is_made_changed_and_solved() {
    let desk = Desk::open("plans-life").await;
    let made = desk.send(Method::POST, "/meerjarenplannen", &[], Some(plan(18))).await.expect(201);
    assert_eq!((&made["versie"], &made["start"], &made["jaren"]), (&json!(1), &json!("2026-09"), &json!(2)));
    // The same file again is the same plan; another one with its id is not.
    assert_eq!(desk.send(Method::POST, "/meerjarenplannen", &[], Some(plan(18))).await.expect(201)["versie"], 1);
    assert_eq!(desk.send(Method::POST, "/meerjarenplannen", &[], Some(plan(17))).await.status, 409);
    let run = computed(&desk, None).await;
    assert_eq!((&run["status"], &run["verouderd"], &run["vrij"]), (&json!("optimaal"), &json!(false), &json!(false)), "{run}");
    let outcome = desk.get(&format!("/meerjarenplanberekeningen/{}/uitkomst", run["id"].as_str().expect("an id"))).await.expect(200);
    assert_eq!((&outcome["doelen"][0]["naam"], &outcome["doelen"][0]["waarde"]), (&json!("gestart"), &json!(36)), "{outcome}");
    let book = async |path: String| {
        let response =
            reqwest::Client::builder().no_proxy().build().expect("a client").get(format!("{}/v1{path}", desk.base())).bearer_auth(TOKEN);
        let response = response.send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        xlsx::read(&response.bytes().await.expect("bytes"), |_| 10_000).expect("a workbook").0
    };
    let report = book(format!("/meerjarenplanberekeningen/{}/werkmap", run["id"].as_str().expect("an id"))).await;
    assert!(report.sheet(&["Geld"]).is_some_and(|it| it.rows.iter().any(|row| row.cell(0).text() == "2026-2027")));
    let (plan_again, _) = read_sheets(&book("/meerjarenplannen/stad/werkmap".into()).await).expect("a plan");
    assert_eq!(plan_again, plan(18), "the workbook says the same plan");
    // The same question is the same run.
    assert_eq!(computed(&desk, None).await["id"], run["id"]);

    let put = async |tag: &'static str, file: Value| {
        desk.send(Method::PUT, "/meerjarenplannen/stad/bestand", &[("If-Match", tag)], Some(file)).await
    };
    assert_eq!(put("\"v7\"", plan(20)).await.status, 412);
    assert_eq!(put("\"v1\"", plan(20)).await.expect(200)["versie"], 2);
    let mut other = plan(20);
    other["id"] = json!("dorp");
    assert_eq!(put("\"v2\"", other).await.status, 400);
    let versions = desk.get("/meerjarenplannen/stad/versies").await.expect(200);
    assert_eq!((&versions["totaal"], &versions["resultaten"][0]["nummer"]), (&json!(2), &json!(2)));
    let again = desk.get(&format!("/meerjarenplanberekeningen/{}", run["id"].as_str().expect("an id"))).await.expect(200);
    assert_eq!(again["verouderd"], true);

    let mut wrong = plan(18);
    wrong["trechter"] = json!({ "diploma": 0 });
    wrong["vreemd"] = json!(1);
    let told = desk.send(Method::POST, "/meerjarenplannen", &[], Some(wrong)).await;
    assert_eq!(told.status, 400);
    assert_eq!(told.body["fouten"].as_array().expect("problems").len(), 2, "{}", told.body);

    assert_eq!(desk.send(Method::DELETE, "/meerjarenplannen/stad", &[("If-Match", "\"v1\"")], None).await.status, 412);
    assert_eq!(desk.send(Method::DELETE, "/meerjarenplannen/stad", &[("If-Match", "\"v2\"")], None).await.status, 204);
    assert_eq!(desk.get("/meerjarenplannen/stad").await.status, 404);
    desk.sound_log().await;
}

#[tokio::test]
async fn choices_ahead_are_free_and_those_already_made_stay() {
    let desk = Desk::open("plans-free").await;
    // On 1 July 2026 the first of these waves has begun and the second has not.
    let mut file = plan(18);
    (file["start"], file["jaren"]) = (json!("2025-09"), json!(["2025-2026", "2026-2027"]));
    (file["lichtingen"][0]["maand"], file["lichtingen"][1]["maand"]) = (json!("2026-02"), json!("2026-09"));
    file["vast"] = json!([
        { "lichting": "L1", "gestart": 5 }, { "lichting": "L2", "gestart": 4 },
        { "coachsoort": "intern", "jaar": "2025-2026", "aanname": 1 }, { "coachsoort": "intern", "jaar": "2026-2027", "aanname": 0 },
    ]);
    desk.send(Method::POST, "/meerjarenplannen", &[], Some(file)).await.expect(201);
    let started = |outcome: &Value, wave: &str| -> i64 {
        let rows = outcome["instroom"].as_array().expect("who starts").iter();
        rows.filter(|it| it["lichting"] == wave).map(|it| it["gestart"].as_i64().expect("a number")).sum()
    };
    let run = computed(&desk, Some(json!({ "vrij": true }))).await;
    let outcome = desk.get(&format!("/meerjarenplanberekeningen/{}/uitkomst", run["id"].as_str().expect("an id"))).await.expect(200);
    let hired = |outcome: &Value, year: &str| {
        let pool = outcome["pool"].as_array().expect("coaches");
        pool.iter().find(|it| it["jaar"] == year && it["coachsoort"] == "intern").expect("a year")["aanname"].clone()
    };
    assert_eq!((started(&outcome, "L1"), started(&outcome, "L2")), (5, 18), "{outcome}");
    assert_eq!((hired(&outcome, "2025-2026"), hired(&outcome, "2026-2027")), (json!(1), json!(2)), "{outcome}");
    let kept = computed(&desk, None).await;
    let outcome = desk.get(&format!("/meerjarenplanberekeningen/{}/uitkomst", kept["id"].as_str().expect("an id"))).await.expect(200);
    assert_eq!((started(&outcome, "L1"), started(&outcome, "L2")), (5, 4));
}

#[tokio::test]
async fn the_funnel_is_counted_completed_laid_down_and_approved_by_somebody_else() {
    let desk = Desk::open("plans-funnel").await;
    let today = desk.store.clock().today().to_string();
    // Twelve people registered today: ten start the track later on, two stop.
    for at in 0..12 {
        desk.post("/kandidaten", json!({ "id": format!("F{at}"), "naam": format!("Kanarie {at}"), "bouwen": ["onderbouw"] }))
            .await
            .expect(201);
        let stage = match at {
            ..10 => json!({ "fase": "voortraject", "van": "2026-08-03" }),
            _ => json!({ "fase": "gestopt", "van": "2026-08-03", "reden": "eigen-keuze" }),
        };
        desk.put(&format!("/kandidaten/F{at}/fase"), "\"v1\"", stage).await.expect(200);
    }
    let start = async |path: &str| {
        let told = desk.get(path).await.expect(200);
        let wave = told["lichtingen"].as_array().expect("waves").iter().find(|it| it["id"] == "2025-2").expect("the wave").clone();
        (wave["doelen"][0]["tekst"].clone(), wave["doelen"][0]["oordeel"].clone())
    };
    assert_eq!(start("/trechter?peildatum=2026-09-01").await, (json!("10 van 12 (83 %)"), json!("op-koers")));
    assert_eq!(start("/trechter").await.0, "0 van 0", "everybody is still under way today");
    let complete = |numbers: Value| desk.send(Method::PATCH, "/trechter/2024-1", &[], Some(json!({ "aantallen": numbers })));
    assert_eq!(complete(json!([{ "wat": "dromen", "aantal": 1 }])).await.status, 400);
    let numbers = json!([{ "wat": "aangemeld", "aantal": 220 }, { "wat": "intake", "aantal": 214 }, { "wat": "voortraject", "aantal": 196 }, { "wat": "assessment", "aantal": 171 }]);
    let told = complete(numbers).await.expect(200);
    let wave = told["lichtingen"].as_array().expect("waves").iter().find(|it| it["id"] == "2024-1").expect("the wave").clone();
    assert_eq!((&wave["doelen"][0]["tekst"], &wave["doelen"][0]["oordeel"]), (&json!("196 van 220 (89 %)"), &json!("op-koers")), "{told}");
    let made = desk
        .send(Method::POST, "/metingen", &[], Some(json!({ "peildatum": today, "toelichting": "voor de stuurgroep" })))
        .await
        .expect(201);
    let id = made["id"].as_str().expect("an id");
    // What changes afterwards changes no snapshot; a correction is another one.
    complete(json!([{ "wat": "voortraject", "aantal": 190 }])).await.expect(200);
    let kept = desk.get(&format!("/metingen/{id}")).await.expect(200);
    let waves = kept["trechter"]["lichtingen"].as_array().expect("waves");
    let was = waves.iter().find(|it| it["id"] == "2024-1").expect("the wave");
    assert_eq!((&kept["sha256"], &was["doelen"][0]["tekst"]), (&made["sha256"], &json!("196 van 220 (89 %)")));
    let better = desk.send(Method::POST, "/metingen", &[], Some(json!({ "peildatum": today, "verbetert": id }))).await.expect(201);
    assert_eq!((&better["verbetert"], better["sha256"] != made["sha256"]), (&json!(id), true));
    // Counts that cannot be are not laid down, and everything that is wrong with them is told.
    complete(json!([{ "wat": "assessment", "aantal": 999 }])).await.expect(200);
    assert_eq!(desk.send(Method::POST, "/metingen", &[], Some(json!({ "peildatum": today }))).await.status, 400);
    assert_eq!(desk.send(Method::POST, "/metingen", &[], Some(json!({ "peildatum": "2999-01-01" }))).await.status, 400);
    // Who laid it down does not approve it; an administrator does, once.
    let path = format!("/metingen/{id}/goedkeuring");
    assert_eq!(desk.send(Method::POST, &path, &[], None).await.status, 403);
    let [admin] = &tokens(&desk, &[Role::Beheerder]).await[..] else { panic!("one") };
    for _ in 0..2 {
        let approved = desk.send_as(Some(admin), Method::POST, &path, &[], None).await.expect(200);
        assert!(approved["goedgekeurd_op"].is_string() && approved["goedgekeurd_door"].is_string(), "{approved}");
    }
    assert_eq!(desk.log().await.iter().filter(|it| it.0 == "trechter-goedgekeurd").count(), 1);
    assert_eq!(desk.get("/metingen").await.expect(200)["totaal"], 2);
    // The steering group reads what was approved, with small counts hidden and without what was said; a draft is what does not exist.
    let [reader] = &tokens(&desk, &[Role::Lezer]).await[..] else { panic!("one") };
    let read = async |path: &str| desk.send_as(Some(reader), Method::GET, path, &[], None).await;
    let list = read("/metingen").await.expect(200);
    assert_eq!((&list["totaal"], &list["resultaten"][0]["id"], &list["resultaten"][0]["toelichting"]), (&json!(1), &json!(id), &json!("")));
    let one = read(&format!("/metingen/{id}")).await.expect(200);
    assert_eq!((&one["trechter"], &one["toelichting"]), (&kept["trechter"], &json!("")));
    let draft = better["id"].as_str().expect("an id");
    let (hidden, nothing) = (read(&format!("/metingen/{draft}")).await, read("/metingen/bestaat-niet").await);
    assert_eq!((hidden.status, &hidden.body), (404, &nothing.body));
    assert_eq!(read("/trechter").await.status, 403, "the counts of today are no snapshot");
    assert_eq!(desk.send_as(Some(reader), Method::POST, &format!("/metingen/{draft}/goedkeuring"), &[], None).await.status, 403);
    let second = format!("/metingen/{draft}/goedkeuring");
    desk.send_as(Some(admin), Method::POST, &second, &[], None).await.expect(200);
    assert_eq!(read(&format!("/metingen/{draft}")).await.expect(200)["verbetert"], json!(id));
    // On pages the same, with an entry in the menu.
    let browser = Browser::signed(&desk, Role::Lezer, "").await;
    let shown = browser.get("/meerjarenplan/metingen").await.expect(200);
    assert!(shown.text.contains(&format!("/meerjarenplan/metingen/{id}")) && shown.says("Metingen"), "{}", shown.words());
    let shown = browser.get(&format!("/meerjarenplan/metingen/{id}")).await.expect(200);
    assert!(shown.says("196 van 220 (89 %)") && !shown.says("voor de stuurgroep"), "{}", shown.words());
    browser.get("/meerjarenplan/monitor").await.expect(403);
    desk.sound_log().await;
}
