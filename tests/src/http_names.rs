//! Names beside ids, wherever somebody or something is told; and questions that are looked at when they are asked.

use loket_service::actions::jobs;
use loket_service::records::job::{Finish, State};
use loket_service::work::Lane;
use serde_json::{Value, json};

use crate::desk::{Desk, YEAR, small_wave};

/// Keeps an answer for the question that waits, as a worker would.
async fn answered(desk: &Desk, answer: &Value) {
    let claim = jobs::claim(&desk.store, Lane::Questions, "proef").await.expect("a store").expect("a question");
    let finish = Finish { state: State::Klaar, result: Some(answer.to_string().into_bytes()), status: None, message: None };
    assert!(jobs::finish(&desk.store, &claim, finish).await.expect("an end"));
}

#[tokio::test]
async fn a_plan_is_told_with_names_reasons_and_what_its_goals_count() {
    let desk = Desk::open("names-plan").await;
    let wave = desk.solved(small_wave("w", 1, &["Z1", "Z2"]), YEAR).await;
    let run = wave.body["geldende_berekening"].as_str().expect("a run").to_owned();
    let plan = desk.get(&format!("/berekeningen/{run}/plaatsingen")).await.expect(200);
    assert_eq!((&plan["totaal"], &plan["geplaatst"], &plan["ongeplaatst"]), (&json!(2), &json!(1), &json!(1)));
    let rows = plan["resultaten"].as_array().expect("rows");
    let (placed, left) = (&rows[0], &rows[1]);
    let who = placed["kandidaat"].as_str().expect("somebody").to_owned();
    assert_eq!(placed["naam"], json!(format!("Kanarie {who}")));
    assert_eq!(
        (&placed["plaats"]["school_naam"], &placed["plaats"]["coach_naam"], &placed["besluit"]),
        (&json!("De Vlieger"), &json!("Vink Verzonnen"), &Value::Null)
    );
    assert!(left["plaats"].is_null() && left["naam"].is_string());
    assert!(left["redenen"][0]["tekst"].as_str().is_some_and(|text| text.ends_with('.')), "{left}");
    let goals = plan["doelen"].as_array().expect("goals");
    assert!(goals.iter().all(|goal| goal["betekenis"].as_str().is_some_and(|text| text.starts_with("Dit doel telt"))), "{goals:?}");
    let terms: Vec<&str> = plan["begrippen"].as_array().expect("terms").iter().filter_map(|it| it["woord"].as_str()).collect();
    assert!(terms.contains(&"geplaatst"), "{terms:?}");
    let page = desk.get(&format!("/berekeningen/{run}/plaatsingen?pagina=2&paginaGrootte=1")).await;
    assert!(page.header("link").contains("rel=\"prev\""), "{}", page.header("link"));
    assert_eq!(page.body["resultaten"][0]["kandidaat"], left["kandidaat"]);

    let path = format!("/lichtingen/w/beoordelingen/{who}");
    let decided = desk.put_new(&path, json!({ "besluit": "afwijzen", "reden": "wens-school", "reikwijdte": "school" })).await.expect(200);
    assert_eq!(
        (&decided["naam"], &decided["school_naam"], &decided["coach_naam"], &decided["reikwijdte"]),
        (&json!(format!("Kanarie {who}")), &json!("De Vlieger"), &json!("Vink Verzonnen"), &json!("school"))
    );
    let all = desk.get("/lichtingen/w/beoordelingen").await.expect(200);
    assert_eq!((&all["afgeweken"], &all["resultaten"][0]), (&json!(1), &decided));
    let plan = desk.get(&format!("/berekeningen/{run}/plaatsingen")).await.expect(200);
    assert_eq!(plan["resultaten"][0]["besluit"], "afwijzen");

    desk.run("/lichtingen/w").await;
    let later = desk.get("/lichtingen/w").await.body["geldende_berekening"].as_str().expect("a run").to_owned();
    let difference = desk.get(&format!("/berekeningen/{later}/verschil?met={run}")).await.expect(200);
    let moved = difference["mensen"].as_array().expect("people").iter().find(|it| it["kandidaat"] == json!(who)).expect("who was rejected");
    assert_eq!((&moved["naam"], &moved["was"]["school_naam"]), (&json!(format!("Kanarie {who}")), &json!("De Vlieger")));
    assert!(!moved["oorzaken"].as_array().expect("causes").is_empty(), "{moved}");

    let seats = desk.get("/besturen/B1/capaciteit").await.expect(200);
    assert_eq!((&seats["bestuur_naam"], &seats["resultaten"][0]["school_naam"]), (&json!("Bestuur Een"), &json!("De Vlieger")));
    // Once erased, nobody is named anywhere.
    let tag = desk.get(&format!("/kandidaten/{who}")).await.tag();
    let erased = desk.send(reqwest::Method::DELETE, &format!("/kandidaten/{who}/naam"), &[("if-match", &tag)], None).await;
    assert_eq!(erased.status, 204);
    for path in [path, format!("/berekeningen/{run}/plaatsingen"), format!("/berekeningen/{later}/verschil?met={run}")] {
        let said = desk.get(&path).await.expect(200).to_string();
        assert!(said.contains(&format!("\"{who}\"")) && !said.contains(&format!("Kanarie {who}")), "{path}: {said}");
    }
    desk.close().await;
}

#[tokio::test]
async fn who_drops_out_is_told_by_name() {
    let desk = Desk::open("names-dropout").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    let batch = desk.post("/coaches/K1/uitval", json!({ "vanaf": "2026-08-01" })).await.expect(202);
    assert_eq!((&batch["aanleiding"]["soort"], &batch["aanleiding"]["naam"]), (&json!("coach"), &json!("Vink Verzonnen")));
    desk.close().await;
}

#[tokio::test]
async fn an_answer_is_kept_with_ids_and_told_with_names() {
    let desk = Desk::open("names-answer").await;
    let wave = desk.solved(small_wave("w", 1, &["Z1", "Z2"]), YEAR).await;
    let run = wave.body["geldende_berekening"].as_str().expect("a run").to_owned();
    let question = json!({ "soort": "wat-als", "vraag": { "verbieden": [{ "kandidaat": "Z1" }] } });
    let asked = desk.post(&format!("/berekeningen/{run}/vragen"), question).await;
    let id = asked.expect(202)["id"].as_str().expect("an id").to_owned();
    let place = json!({ "tekst": "onderbouw bij De Vlieger (S1), met coach K1", "school": "S1", "plek": "onderbouw", "coach": "K1" });
    let price = json!({
        "doelen": [], "verhuizingen": 1, "minste_verhuizingen": 1, "bewezen": true, "meer_geplaatst": 0,
        "wie": [{ "kandidaat": "Z2", "van": null, "naar": place }],
    });
    answered(&desk, &json!({ "wat_als": price, "uitleg": ["Z2 krijgt een plaats."], "begrippen": [] })).await;
    let told = desk.get(&format!("/vragen/{id}")).await.expect(200)["antwoord"].clone();
    let moved = &told["wat_als"]["wie"][0];
    assert_eq!((&moved["naam"], &moved["naar"]["coach_naam"]), (&json!("Kanarie Z2"), &json!("Vink Verzonnen")));
    assert_eq!(moved["naar"]["tekst"], "onderbouw bij De Vlieger (S1), met coach K1 (Vink Verzonnen)");
    assert_eq!(told["uitleg"], json!(["Z2 (Kanarie Z2) krijgt een plaats."]));
    let kept = desk.store.read().result(&id).await.expect("a store").expect("an answer");
    assert!(!String::from_utf8_lossy(&kept).contains("Kanarie"), "what is kept names nobody");
    desk.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_question_is_told_when_it_is_asked() {
    let desk = Desk::open("names-questions").await;
    let wave = desk.solved(small_wave("w", 1, &["Z1", "Z2"]), YEAR).await;
    let run = wave.body["geldende_berekening"].as_str().expect("a run").to_owned();
    let path = format!("/berekeningen/{run}/vragen");
    let cases: [(Value, &[(&str, &str)]); 9] = [
        (json!({ "soort": "waaro", "vraag": {} }), &[("woord", "/soort")]),
        (json!({ "soort": "waarom", "vraag": { "kandidaat": "Z1", "alternatief": 1 } }), &[("onbekende-sleutel", "/vraag/alternatief")]),
        (json!({ "soort": "passen", "vraag": { "kandidaat": "Z1" } }), &[("onbekende-sleutel", "/vraag/kandidaat")]),
        (json!({ "soort": "waarom" }), &[("ontbreekt", "/vraag/kandidaat")]),
        (json!({ "soort": "waarom", "vraag": { "kandidaat": "Z3" } }), &[("onbekende-verwijzing", "/vraag/kandidaat")]),
        (json!({ "soort": "passen", "vraag": { "school": "S1", "plek": "zolder" } }), &[("onbekende-verwijzing", "/vraag/plek")]),
        (
            json!({ "soort": "wat-als", "vraag": { "afdwingen": [{ "kandidaat": "Z1", "coach": "K9", "uur": 1 }] } }),
            &[("onbekende-sleutel", "/vraag/afdwingen/0/uur"), ("onbekende-verwijzing", "/vraag/afdwingen/0/coach")],
        ),
        (json!({ "soort": "schaarste", "vraag": { "kijker": "bestuur:B7" } }), &[("onbekende-verwijzing", "/vraag/kijker")]),
        (
            json!({ "soort": "wat-als", "vraag": { "kijker": "kandidaat:Z1", "verbieden": [{ "kandidaat": "Z1" }] } }),
            &[("niet-te-zien", "/vraag")],
        ),
    ];
    for (body, wrong) in cases {
        let heard = desk.post(&path, body.clone()).await;
        let mut told = heard.wrong();
        told.sort_unstable();
        assert_eq!((heard.status, told), (400, wrong.to_vec()), "{body}: {}", heard.body);
    }
    let near = desk.post(&path, json!({ "soort": "waarom", "vraag": { "kandidaat": "z1" } })).await;
    assert_eq!(near.body["fouten"][0]["oplossing"], "bedoelde u \"Z1\"?");
    assert!(jobs::claim(&desk.store, Lane::Questions, "proef").await.expect("a store").is_none(), "nothing was put in line");
    desk.close().await;
}
