//! The register over HTTP: rows with the format's own checks, two editors, what a wave file adds, and a wave made from it.

use serde_json::{Value, json};

use crate::desk::{Desk, YEAR, small_wave};

/// Which row is sent, and every mistake that is told of it: place and code.
type Case<'a> = (&'a str, Value, &'a [(&'a str, &'a str)]);

#[tokio::test]
async fn a_row_is_made_read_changed_and_listed_with_its_version() {
    let desk = Desk::open("register-row").await;
    assert_eq!(desk.get("/besturen/B1").await.status, 404);
    let made = desk.post("/besturen", json!({ "id": "B1", "naam": "Bestuur Een", "maximum": 20 })).await;
    assert_eq!((made.status, made.header("location"), made.tag().as_str()), (201, "/v1/besturen/B1", "\"v1\""));
    let again = desk.post("/besturen", json!({ "id": "B1", "naam": "Bestuur Een", "maximum": 20 })).await;
    assert_eq!(again.status, 201, "the same twice is once");
    let other = desk.post("/besturen", json!({ "id": "B1", "maximum": 21 })).await;
    assert_eq!((other.status, &other.body["huidig"]["maximum"]), (409, &json!(20)));
    // What was read may be sent back, with one thing changed.
    let mut row = desk.get("/besturen/B1").await;
    row.body["maximum"] = json!(25);
    let changed = desk.put("/besturen/B1", &row.tag(), row.body.clone()).await;
    assert_eq!(changed.tag(), "\"v2\"");
    assert_eq!(changed.expect(200), json!({ "id": "B1", "naam": "Bestuur Een", "maximum": 25, "versie": 2 }));
    let stale = desk.put("/besturen/B1", "\"v1\"", json!({ "maximum": 30 })).await;
    assert_eq!((&stale.body["huidig"]["maximum"], &stale.body["uw"]["maximum"]), (&json!(25), &json!(30)));
    assert_eq!(stale.status, 412);
    let bare = desk.send(reqwest::Method::PUT, "/besturen/B1", &[], Some(json!({}))).await;
    assert_eq!(bare.status, 428);
    assert_eq!(desk.put("/besturen/B9", "\"v1\"", json!({})).await.status, 404);
    let school = json!({ "naam": "De Vlieger", "bestuur": "B1", "lat": 52.37, "lon": 4.89, "doelgroep": 42 });
    desk.put_new("/scholen/21QZ00", school.clone()).await.expect(201);
    assert_eq!(desk.put_new("/scholen/21QZ00", school).await.status, 412, "it is there already");
    for number in 0..3 {
        desk.post("/coaches", json!({ "id": format!("K{number}"), "maximum": 9, "uren": 540, "tot": "2028-07-31" })).await.expect(201);
    }
    let page = desk.get("/coaches?paginaGrootte=2").await;
    assert!(page.header("link").contains("pagina=2&paginaGrootte=2"), "{}", page.header("link"));
    let page = page.expect(200);
    assert_eq!((&page["totaal"], page["resultaten"].as_array().map(Vec::len)), (&json!(3), Some(2)));
    assert_eq!(page["resultaten"][0], json!({ "id": "K0", "tot": "2028-07-31", "maximum": 9, "uren": 540, "versie": 1 }));
    let unnamed = desk.post("/kandidaten", json!({ "bouwen": ["onderbouw"] })).await.expect(201);
    assert_eq!((unnamed["id"].as_str().map(str::len), &unnamed["toestand"]), (Some(16), &json!("wacht")));
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_row_is_refused_with_everything_that_is_wrong_by_the_reader_of_files() {
    let desk = Desk::open("register-wrong").await;
    desk.post("/besturen", json!({ "id": "B1" })).await.expect(201);
    let cases: [Case<'_>; 9] = [
        ("/besturen", json!({ "id": "B:2", "maximum": -1 }), &[("id", "/id"), ("grens", "/maximum")]),
        ("/besturen", json!([]), &[("type", "")]),
        ("/scholen", json!({ "id": "S1", "bestuur": "B9" }), &[("onbekende-verwijzing", "/bestuur")]),
        ("/scholen", json!({ "id": "S1", "bestuur": "B1", "plekken": [] }), &[("onbekende-sleutel", "/plekken")]),
        ("/scholen", json!({ "id": "S1", "bestur": "B1" }), &[("ontbreekt", "/bestuur"), ("onbekende-sleutel", "/bestur")]),
        (
            "/coaches",
            json!({ "id": "K1", "maximum": "9", "van": "morgen", "bouwen": ["zolder"] }),
            &[("type", "/maximum"), ("ontbreekt", "/uren"), ("woord", "/bouwen/0"), ("datum", "/van")],
        ),
        ("/coaches", json!({ "maximum": 9, "uren": 1, "van": "2027-01-02", "tot": "2027-01-01" }), &[("grens", "/tot")]),
        ("/kandidaten", json!({ "id": "Z1", "bouwen": [], "toestand": "ziek" }), &[("leeg", "/bouwen"), ("woord", "/toestand")]),
        (
            "/kandidaten",
            json!({ "id": "Z1", "bouwen": ["onderbouw"], "uitgesloten": { "school": [] } }),
            &[("onbekende-sleutel", "/uitgesloten/school")],
        ),
    ];
    for (path, body, wrong) in cases {
        let heard = desk.post(path, body.clone()).await;
        let (mut told, mut wanted) = (heard.wrong(), wrong.to_vec());
        told.sort_unstable();
        wanted.sort_unstable();
        assert_eq!((heard.status, told), (400, wanted), "{path} {body}");
    }
    let renamed = desk.put_new("/besturen/B2", json!({ "id": "B3" })).await;
    assert_eq!((renamed.status, renamed.wrong()), (400, vec![("id", "/id")]));
    assert_eq!(desk.put_new("/besturen/B%3A2", json!({})).await.wrong(), [("id", "id")]);
    desk.post("/coaches", json!({ "id": "X", "maximum": 9, "uren": 540 })).await.expect(201);
    assert_eq!(desk.post("/kandidaten", json!({ "id": "X", "bouwen": ["onderbouw"] })).await.status, 409, "one name space");
    desk.close().await;
}

#[tokio::test]
async fn a_wave_file_adds_to_the_register_what_it_does_not_know_and_leaves_the_rest() {
    let desk = Desk::open("register-added").await;
    desk.post("/besturen", json!({ "id": "B1", "naam": "Onze naam" })).await.expect(201);
    desk.post("/coaches", json!({ "id": "K1", "maximum": 5, "uren": 300 })).await.expect(201);
    let place = format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1);
    desk.post(&place, small_wave("w1", 1, &["Z1", "Z2"])).await.expect(201);
    assert_eq!(desk.get("/besturen/B1").await.body["naam"], "Onze naam");
    assert_eq!(desk.get("/coaches/K1").await.body["maximum"], 5);
    assert_eq!(desk.get("/scholen/S1").await.body["naam"], "De Vlieger");
    let one = desk.get("/kandidaten/Z1").await.expect(200);
    assert_eq!((&one["naam"], &one["toestand"]), (&json!("Kanarie Z1"), &json!("wacht")));
    let seats = desk.get("/besturen/B1/scholen/S1/plekken/onderbouw").await.expect(200);
    assert_eq!((&seats["aantal"], &seats["van"], &seats["tot"]), (&json!(1), &json!(YEAR.0), &json!(YEAR.1)));
    desk.post(&place, small_wave("w2", 3, &["Z2", "Z3"])).await.expect(201);
    assert_eq!(desk.get("/besturen/B1/scholen/S1/plekken/onderbouw").await.body["aantal"], 1, "what is known stays as it is");
    assert_eq!(desk.get("/kandidaten").await.body["totaal"], 3);
    let added: Vec<Value> = desk.log().await.into_iter().filter(|it| it.0 == "register-aangevuld").map(|it| it.2).collect();
    assert_eq!(added[0], json!({ "besturen": 0, "scholen": 1, "plekken": 1, "coaches": 0, "kandidaten": 2 }));
    assert_eq!(added[1], json!({ "besturen": 0, "scholen": 0, "plekken": 0, "coaches": 0, "kandidaten": 1 }));
    let log = format!("{:?}", desk.log().await);
    assert!(!log.contains("Kanarie") && !log.contains("Vink"), "the log names nobody");
    desk.close().await;
}

#[tokio::test]
async fn a_wave_is_filled_from_the_register_less_what_published_placements_hold() {
    let desk = Desk::open("register-prefill").await;
    let first = desk.solved(small_wave("eerst", 2, &["Z1"]), YEAR).await;
    desk.publish("/lichtingen/eerst/vaststelling", &first.tag()).await.expect(200);
    desk.post("/kandidaten", json!({ "id": "Z2", "bouwen": ["onderbouw"], "lat": 52.37, "lon": 4.9 })).await.expect(201);
    desk.post("/kandidaten", json!({ "id": "Z3", "bouwen": ["onderbouw"], "lat": 52.37, "lon": 4.9, "toestand": "gestopt" }))
        .await
        .expect(201);
    let wish = json!({ "id": "tweede", "naam": "Tweede", "fase": "opleiding", "van": YEAR.0, "tot": YEAR.1 });
    let made = desk.post("/lichtingen", wish).await;
    assert_eq!((made.status, made.header("location")), (201, "/v1/lichtingen/tweede"), "{}", made.body);
    assert_eq!((&made.body["van"], &made.body["tot"], &made.body["toestand"]), (&json!(YEAR.0), &json!(YEAR.1), &json!("concept")));
    let file = desk.get("/lichtingen/tweede/invoer").await.expect(200);
    assert_eq!(file["scholen"][0]["plekken"], json!([{ "id": "onderbouw", "bouw": "onderbouw", "aantal": 1 }]), "one of two is held");
    let coach = &file["coaches"][0];
    assert_eq!((&coach["maximum"], &coach["uren"], &coach["lopend"]), (&json!(1), &json!(60), &json!(1)));
    let ids = |file: &Value| -> Vec<String> {
        file["kandidaten"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&file), ["Z2"], "who waits");
    assert!(!file.to_string().contains("Kanarie"));
    // Whoever is named takes part, with the coach and school of the phase before; the seat is free again after five months.
    let wish = json!({ "id": "derde", "naam": "Derde", "fase": "inductie", "van": "2027-02-01", "tot": "2027-07-31", "kandidaten": ["Z1"],
        "beleid": { "seed": 7 } });
    let made = desk.post("/lichtingen", wish).await;
    let file = desk.get("/lichtingen/derde/invoer").await.expect(200);
    let row = &file["kandidaten"][0];
    assert_eq!((&row["id"], &row["huidige_coach"], &row["huidige_school"]), (&json!("Z1"), &json!("K1"), &json!("S1")));
    assert_eq!((&file["scholen"][0]["plekken"][0]["aantal"], &file["coaches"][0]["uren"]), (&json!(2), &json!(60)));
    let solved = desk.submitted(made).await;
    assert_eq!(solved.body["toestand"], "berekend", "{}", solved.body);
    let wrong = desk.post("/lichtingen", json!({ "naam": "W", "fase": "les", "van": "2027-01-01", "tot": "2026-01-01", "soort": 1 })).await;
    assert_eq!(wrong.wrong(), [("woord", "/fase"), ("onbekende-sleutel", "/soort"), ("grens", "/tot")]);
    let wish = |ids: Value| json!({ "naam": "W", "fase": "inductie", "van": YEAR.0, "tot": YEAR.1, "kandidaten": ids });
    let unknown = desk.post("/lichtingen", wish(json!(["Z1", "Z9", "Z3"]))).await;
    assert_eq!(unknown.wrong(), [("onbekende-verwijzing", "/kandidaten/1"), ("onbekende-verwijzing", "/kandidaten/2")]);
    // A candidate of whom the register does not know where: told like in any other file.
    desk.post("/kandidaten", json!({ "id": "Z4", "bouwen": ["onderbouw"] })).await.expect(201);
    let homeless = desk.post("/lichtingen", wish(json!(["Z2", "Z4"]))).await;
    assert_eq!(homeless.wrong(), [("ontbreekt", "/kandidaten/1/lat"), ("ontbreekt", "/kandidaten/1/lon")]);
    desk.close().await;
}

#[tokio::test]
async fn a_person_sees_everything_kept_and_nothing_of_others_and_names_can_be_erased() {
    let desk = Desk::open("register-person").await;
    let wave = desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    for id in ["Z1", "Z2"] {
        desk.put_new(&format!("/lichtingen/w/beoordelingen/{id}"), json!({ "besluit": "akkoord" })).await.expect(200);
    }
    let wave = if wave.body["toestand"] == "berekend" { desk.run("/lichtingen/w").await } else { wave };
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    let seen = desk.get("/kandidaten/Z1/inzage").await;
    let tag = seen.tag();
    let seen = seen.expect(200);
    assert_eq!(seen["kandidaat"]["naam"], "Kanarie Z1");
    assert_eq!((&seen["lichtingen"][0]["rij"]["id"], &seen["lichtingen"][0]["voorstel"]["school"]), (&json!("Z1"), &json!("S1")));
    assert_eq!(
        (&seen["beoordelingen"][0]["besluit"]["besluit"], &seen["plaatsingen"][0]["coach"]),
        (&json!("akkoord"), &json!("een coach"))
    );
    assert!(seen["logboek"].as_array().unwrap().iter().any(|it| it["wat"] == "besluit"), "{}", seen["logboek"]);
    let text = seen.to_string();
    assert!(!text.contains("Z2") && !text.contains("Vink"), "{text}");
    let about = |id: &'static str, log: Vec<(String, String, Value)>| log.into_iter().filter(move |it| it.2["kandidaat"] == id).count();
    assert!(about("Z1", desk.log().await) > 0);
    let bare = desk.send(reqwest::Method::DELETE, "/kandidaten/Z1/naam", &[], None).await;
    assert_eq!(bare.status, 428);
    let erased = desk.send(reqwest::Method::DELETE, "/kandidaten/Z1/naam", &[("if-match", &tag)], None).await;
    assert_eq!(erased.status, 204, "{}", erased.body);
    assert!(desk.sound_log().await > 0, "contents are gone and the chain is whole");
    assert_eq!(about("Z1", desk.log().await), 0);
    assert!(about("Z2", desk.log().await) > 0, "others keep theirs");
    assert!(desk.get("/kandidaten/Z1").await.body["naam"].is_null());
    assert_eq!(desk.get("/kandidaten/Z2").await.body["naam"], "Kanarie Z2");
    assert_eq!(desk.get("/kandidaten/Z9/inzage").await.status, 404);
    desk.close().await;
}
