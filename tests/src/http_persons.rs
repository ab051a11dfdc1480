//! What is kept of a person is shown to them and erased, wherever it stands: candidates and coaches, over HTTP and in the bytes of the file.

use loket_service::records::dossier::Who;
use loket_service::records::register::Kind;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, Heard, YEAR, small_wave};

/// Whether the bytes of the database, closed or not, hold this text.
fn held(desk: &Desk, text: &str) -> bool {
    crate::database::holds(&desk.folder.join("loket.sqlite"), text)
}

async fn erased(desk: &Desk, path: &str) -> Heard {
    let tag = desk.get(path).await.tag();
    desk.send(Method::DELETE, &format!("{path}/naam"), &[("if-match", &tag)], None).await
}

/// Words of the log's lines about somebody, by `inzage`, and whether their contents are there.
fn lines(seen: &Value) -> Vec<(String, bool)> {
    let rows = seen["logboek"].as_array().expect("lines").iter();
    rows.map(|it| (it["wat"].as_str().expect("a word").to_owned(), it["inhoud"].is_object())).collect()
}

/// A wave of two candidates and a coach with canaries in every place that takes some: names, free text, reasons in words and codes.
async fn filled(desk: &Desk) {
    let mut wave = small_wave("w", 2, &["Z1", "Z2"]);
    wave["kandidaten"][0]["toelichting"] = json!("kanarietekst een");
    wave["kandidaten"][0]["uitgesloten"] = json!({ "toelichting": "kanarietekst twee" });
    wave["coaches"][0]["toelichting"] = json!("kanarietekst coach");
    wave["verboden"] = json!([{ "kandidaat": "Z2", "school": "S1", "coach": "K1", "plek": "onderbouw", "reden": "gezondheid" }]);
    desk.solved(wave, YEAR).await;
    let no = json!({ "besluit": "afwijzen", "reden": "eerdere-ervaring", "reikwijdte": "coach" });
    desk.put_new("/lichtingen/w/beoordelingen/Z1", no).await.expect(200);
    desk.run("/lichtingen/w").await;
    // An answer that is kept for who repeats the request.
    let row = json!({ "id": "Z3", "naam": "Kanarie Z3", "toelichting": "kanarietekst drie", "bouwen": ["onderbouw"] });
    desk.send(Method::POST, "/kandidaten", &[("idempotency-key", "z3")], Some(row)).await.expect(201);
}

#[tokio::test]
async fn after_erasure_no_byte_of_the_file_holds_name_free_text_or_reason_of_the_person() {
    let desk = Desk::open("persons-canary").await;
    filled(&desk).await;
    assert!(held(&desk, "Kanarie Z1") && held(&desk, "kanarietekst een") && held(&desk, "eerdere-ervaring"), "the canaries are there");
    assert!(held(&desk, "Vink Verzonnen") && held(&desk, "kanarietekst coach") && held(&desk, "kanarietekst drie"));
    for path in ["/kandidaten/Z1", "/kandidaten/Z3", "/coaches/K1"] {
        erased(&desk, path).await.expect(204);
    }
    let no = desk.get("/lichtingen/w/beoordelingen/Z1").await.expect(200);
    assert_eq!((&no["besluit"], &no["reikwijdte"]), (&json!("afwijzen"), &json!("coach")), "the rejection stays");
    assert!(no.get("reden").is_none(), "{no}");
    let wave = desk.get("/lichtingen/w").await;
    desk.send(Method::POST, "/lichtingen/w/berekeningen", &[], None).await.expect(202);
    assert_eq!(desk.get("/lichtingen/w").await.body, wave.body, "what was erased makes no plan out of date");
    let row = json!({ "id": "Z3", "naam": "Kanarie Z3", "toelichting": "kanarietekst drie", "bouwen": ["onderbouw"] });
    let again = desk.send(Method::POST, "/kandidaten", &[("idempotency-key", "z3")], Some(row)).await.expect(201);
    assert_eq!((&again["id"], &again["naam"]), (&json!("Z3"), &Value::Null), "told as it is now, and not done again");
    desk.sound_log().await;
    desk.store.close().await;
    let gone = ["Kanarie Z1", "kanarietekst", "eerdere-ervaring", "Kanarie Z3", "Vink Verzonnen", "gezondheid"];
    for text in gone {
        assert!(!held(&desk, text), "{text} is still in the file");
    }
    assert!(held(&desk, "Kanarie Z2"), "others keep theirs");
    desk.close().await;
}

#[tokio::test]
async fn a_drop_out_is_among_the_lines_about_the_person_and_goes_with_them() {
    let desk = Desk::open("persons-dropout").await;
    filled(&desk).await;
    let day = json!({ "vanaf": "2026-09-01" });
    for (path, verb) in [("/kandidaten/Z1/uitval", "aanvaarding"), ("/coaches/K1/uitval", "afwijzing")] {
        let batch = desk.post(path, day.clone()).await.expect(202);
        desk.work().await;
        let place = format!("/herberekeningen/{}", batch["id"].as_str().expect("an id"));
        let tag = desk.get(&place).await.tag();
        desk.act(&format!("{place}/{verb}"), &tag).await.expect(200);
    }
    let told = lines(&desk.get("/kandidaten/Z1/inzage").await.expect(200));
    let words: Vec<&str> = told.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(words, ["besluit", "herberekening-gevraagd", "besluit-vervallen", "herberekening-aanvaard"]);
    let coach = desk.get("/coaches/K1/inzage").await.expect(200);
    assert_eq!(lines(&coach), [("herberekening-gevraagd".to_owned(), true), ("herberekening-afgewezen".to_owned(), true)]);
    for path in ["/kandidaten/Z1", "/coaches/K1"] {
        erased(&desk, path).await.expect(204);
    }
    let (one, coach) = (desk.get("/kandidaten/Z1/inzage").await.body, desk.get("/coaches/K1/inzage").await.body);
    for (seen, word, before) in [(&one, "kandidaat-vergeten", words.len()), (&coach, "coach-vergeten", 2)] {
        let told = lines(seen);
        assert_eq!(told.len(), before + 1);
        assert!(told.iter().all(|(what, content)| *content == (what == word)), "{told:?}");
        let numbers: Vec<&Value> = seen["logboek"].as_array().expect("lines").iter().map(|it| &it["nummer"]).collect();
        let erasure = seen["logboek"].as_array().and_then(|it| it.last()).expect("a line");
        assert_eq!(erasure["inhoud"]["regels"].as_array().expect("numbers").iter().collect::<Vec<_>>(), numbers[..before]);
    }
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_coach_sees_everything_kept_and_nothing_of_the_candidates_and_can_be_erased() {
    let desk = Desk::open("persons-coach").await;
    let wave = desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    let row = desk.get("/coaches/K1").await;
    let mut more = row.body.clone();
    more["maximum"] = json!(3);
    desk.put("/coaches/K1", &row.tag(), more).await.expect(200);
    let seen = desk.get("/coaches/K1/inzage").await;
    let (tag, seen) = (seen.tag(), seen.expect(200));
    assert_eq!((&seen["coach"]["naam"], &seen["coach"]["maximum"]), (&json!("Vink Verzonnen"), &json!(3)));
    assert_eq!((&seen["lichtingen"][0]["rij"]["id"], &seen["lichtingen"][0]["voorstellen"][0]["school"]), (&json!("K1"), &json!("S1")));
    let with = seen["begeleidingen"].as_array().expect("placements");
    assert_eq!((with.len(), &with[0]["school"], &with[0]["van"]), (2, &json!("S1"), &json!(YEAR.0)));
    assert_eq!(lines(&seen), [("coach-gezet".to_owned(), true)]);
    let text = seen.to_string();
    assert!(!text.contains("Z1") && !text.contains("Z2") && !text.contains("Kanarie"), "{text}");
    assert_eq!(desk.get("/coaches/Z1/inzage").await.status, 404);
    let asked = format!("/berekeningen/{}/vragen", wave.body["geldende_berekening"].as_str().expect("a run"));
    let swap = json!({ "soort": "wat-als", "vraag": { "verbieden": [{ "kandidaat": "Z1", "coach": "K1" }] } });
    let look = json!({ "soort": "verslag", "vraag": { "kijker": "kandidaat:Z1" } });
    for question in [swap, look] {
        desk.post(&asked, question).await.expect(202);
    }
    for (path, kinds) in [("/coaches/K1", vec!["wat-als"]), ("/kandidaten/Z1", vec!["wat-als", "verslag"]), ("/kandidaten/Z2", vec![])] {
        let seen = desk.get(&format!("{path}/inzage")).await.expect(200);
        let told: Vec<&str> = seen["vragen"].as_array().expect("questions").iter().filter_map(|it| it["soort"].as_str()).collect();
        assert_eq!(told, kinds, "{path}: whoever is named anywhere in a question, or looks");
    }
    assert_eq!(desk.send(Method::DELETE, "/coaches/K1/naam", &[], None).await.status, 428);
    let stale = desk.send(Method::DELETE, "/coaches/K1/naam", &[("if-match", "\"v1\"")], None).await;
    assert_eq!((stale.status, &stale.body["huidig"]["versie"]), (412, &json!(2)));
    desk.send(Method::DELETE, "/coaches/K1/naam", &[("if-match", &tag)], None).await.expect(204);
    assert!(desk.get("/coaches/K1").await.body["naam"].is_null());
    assert_eq!(desk.get("/kandidaten/Z1").await.body["naam"], "Kanarie Z1");
    let count = desk.log().await.len();
    erased(&desk, "/coaches/K1").await.expect(204);
    assert_eq!(desk.log().await.len(), count, "nothing was left to erase");
    let times = desk.store.read().erasures().await.expect("the log");
    assert_eq!(times.into_iter().collect::<Vec<_>>(), [(Who::new(Kind::Coach, "K1"), 1)]);
    desk.sound_log().await;
    desk.close().await;
}
