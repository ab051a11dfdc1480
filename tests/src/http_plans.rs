//! Multi-year plans over HTTP and on their page: made, changed version by version, solved, numbers tried and kept, and taken away.

use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::Desk;

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
    let mut file = plan(18);
    file["vast"] = json!([{ "lichting": "L1", "gestart": 5 }, { "lichting": "L2", "gestart": 4 }]);
    desk.send(Method::POST, "/meerjarenplannen", &[], Some(file)).await.expect(201);
    let started = |outcome: &Value, wave: &str| -> i64 {
        let rows = outcome["instroom"].as_array().expect("who starts").iter();
        rows.filter(|it| it["lichting"] == wave).map(|it| it["gestart"].as_i64().expect("a number")).sum()
    };
    let run = computed(&desk, Some(json!({ "vrij": true }))).await;
    let outcome = desk.get(&format!("/meerjarenplanberekeningen/{}/uitkomst", run["id"].as_str().expect("an id"))).await.expect(200);
    // What is free depends on the day of the desk: a wave that started by then stays.
    let month = desk.store.clock().today().strftime("%Y-%m").to_string();
    let free = |month_of: &str| month.as_str() < month_of;
    let expected = |month_of: &str, locked: i64| if free(month_of) { 18 } else { locked };
    assert_eq!((started(&outcome, "L1"), started(&outcome, "L2")), (expected("2026-09", 5), expected("2027-09", 4)), "{month} {outcome}");
    let kept = computed(&desk, None).await;
    let outcome = desk.get(&format!("/meerjarenplanberekeningen/{}/uitkomst", kept["id"].as_str().expect("an id"))).await.expect(200);
    assert_eq!((started(&outcome, "L1"), started(&outcome, "L2")), (5, 4));
}

#[tokio::test]
async fn the_funnel_is_counted_completed_laid_down_and_approved_by_somebody_else() {
    let desk = Desk::open("plans-funnel").await;
    let today = desk.store.clock().today().to_string();
    for at in 0..12 {
        let row = json!({ "naam": format!("Kanarie {at}"), "lat": 52.37, "lon": 4.89, "bouwen": ["onderbouw"] });
        desk.send(Method::PUT, &format!("/kandidaten/F{at}"), &[], Some(row)).await;
        let stage = json!({ "fase": "aangemeld", "van": "2024-09-02" });
        desk.send(Method::POST, &format!("/kandidaten/F{at}/fasen"), &[], Some(stage)).await;
    }
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
    assert_eq!(
        (&kept["sha256"], &kept["trechter"]["lichtingen"][0]["doelen"][0]["tekst"]),
        (&made["sha256"], &json!("196 van 220 (89 %)"))
    );
    let better = desk.send(Method::POST, "/metingen", &[], Some(json!({ "peildatum": today, "verbetert": id }))).await.expect(201);
    assert_eq!((&better["verbetert"], better["sha256"] != made["sha256"]), (&json!(id), true));
    // Counts that cannot be are not laid down, and everything that is wrong with them is told.
    complete(json!([{ "wat": "assessment", "aantal": 999 }])).await.expect(200);
    assert_eq!(desk.send(Method::POST, "/metingen", &[], Some(json!({ "peildatum": today }))).await.status, 400);
    assert_eq!(desk.send(Method::POST, "/metingen", &[], Some(json!({ "peildatum": "2999-01-01" }))).await.status, 400);
    // Who laid it down does not approve it.
    assert_eq!(desk.send(Method::POST, &format!("/metingen/{id}/goedkeuring"), &[], None).await.status, 403);
    desk.sound_log().await;
}
