//! What the register knows stays, over HTTP: names and rows that a file or a late arrival has otherwise are told and not taken over, seats
//! of other days are told, and what cannot have an address is refused.

use serde_json::{Value, json};

use crate::desk::{Desk, Heard, YEAR, small_wave};

/// The remark about a row, of this code.
fn about<'a>(meldingen: &'a Value, code: &str, kind: &str, id: &str) -> &'a Value {
    let rows = meldingen.as_array().expect("a list of remarks");
    let found = rows.iter().find(|it| it["code"] == code && it["rij"]["soort"] == kind && it["rij"]["id"] == id);
    found.unwrap_or_else(|| panic!("no {code} about {kind} {id} in {meldingen}"))
}

/// What differs, by key: what the file says and what the register says.
fn differs(remark: &Value) -> Vec<(&str, &Value, &Value)> {
    let rows = remark["verschillen"].as_array().expect("what differs");
    rows.iter().map(|it| (it["sleutel"].as_str().unwrap(), &it["bestand"], &it["register"])).collect()
}

fn codes(meldingen: &Value) -> Vec<&str> {
    meldingen.as_array().expect("remarks").iter().map(|it| it["code"].as_str().unwrap()).collect()
}

async fn place(desk: &Desk, id: &str) -> (Value, Value) {
    let row = desk.get(&format!("/lichtingen/{id}/plaatsingen")).await.expect(200)["resultaten"][0].clone();
    (row["naam"].clone(), row["coach_naam"].clone())
}

#[tokio::test]
async fn a_file_or_a_late_arrival_renames_nobody_and_every_difference_is_told_and_can_be_taken_over() {
    let desk = Desk::open("known-names").await;
    let first = desk.solved(small_wave("eerst", 1, &["Z1"]), YEAR).await;
    desk.publish("/lichtingen/eerst/vaststelling", &first.tag()).await.expect(200);
    let before = desk.get("/kandidaten/Z1").await;
    let lines = desk.log().await.len();
    let mut other = small_wave("tweede", 1, &["Z1", "Z2"]);
    other["kandidaten"][0] =
        json!({ "id": "Z1", "naam": "Bram Tweede", "lat": 52.31, "lon": 4.893, "bouwen": ["onderbouw"], "vervoer": "fiets" });
    other["coaches"][0]["naam"] = json!("Merel Anders");
    other["besturen"][0]["naam"] = json!("Ander bestuur");
    other["scholen"][0]["doelgroep"] = json!(12);
    let made = desk.post("/lichtingen?van=2028-08-01&tot=2029-07-31", other.clone()).await.expect(201);
    let told = &made["meldingen"];
    let person = about(told, "verschilt-van-register", "kandidaat", "Z1");
    // `vervoer` is what it is when nothing is said: no difference.
    let now = json!("Kanarie Z1");
    assert_eq!(differs(person), [("naam", &json!("Bram Tweede"), &now), ("lat", &json!(52.31), &json!(52.375))]);
    assert_eq!((&person["plaats"], &person["rij"]["adres"]), (&json!("/kandidaten/0"), &json!("/v1/kandidaten/Z1")));
    let text = person["tekst"].as_str().unwrap();
    assert!(text.contains("PUT /v1/kandidaten/Z1") && text.contains(&before.tag()), "{text}");
    assert_eq!(differs(about(told, "verschilt-van-register", "coach", "K1"))[0].0, "naam");
    assert_eq!(differs(about(told, "verschilt-van-register", "bestuur", "B1")), [("naam", &json!("Ander bestuur"), &json!("Bestuur Een"))]);
    assert_eq!(differs(about(told, "verschilt-van-register", "school", "S1")), [("doelgroep", &json!(12), &Value::Null)]);
    assert!(!told.to_string().contains("\"Z2\""), "who is new does not differ: {told}");
    let after = desk.get("/kandidaten/Z1").await;
    assert_eq!((after.tag(), &after.body), (before.tag(), &before.body), "the register stays as it was");
    assert_eq!(place(&desk, "eerst").await, (now, json!("Vink Verzonnen")));
    let new: Vec<String> = desk.log().await.into_iter().skip(lines).map(|it| it.0).collect();
    assert_eq!(new, ["lichting-gemaakt", "register-aangevuld"]);
    // Somebody who comes late is told of in the same way.
    let arrival = json!({ "kandidaat": { "id": "Z1", "naam": "Cor Derde", "lat": 52.375, "lon": 4.893, "bouwen": ["onderbouw"] } });
    desk.submitted(desk.get("/lichtingen/tweede").await).await;
    let late = small_wave("derde", 1, &["Z3"]);
    desk.solved(late, ("2030-08-01", "2031-07-31")).await;
    let batch = desk.post("/lichtingen/derde/nakomers", arrival).await.expect(202);
    let told = about(&batch["meldingen"], "verschilt-van-register", "kandidaat", "Z1");
    assert_eq!((&told["plaats"], differs(told)[0]), (&json!("/kandidaat"), ("naam", &json!("Cor Derde"), &json!("Kanarie Z1"))));
    assert_eq!(desk.get("/kandidaten/Z1").await.body, before.body);
    // Taken over knowingly: with the version that was told.
    let mut row = before.body.clone();
    row["naam"] = json!("Bram Tweede");
    row["lat"] = json!(52.31);
    let tag = format!("\"v{}\"", person["rij"]["versie"]);
    desk.put("/kandidaten/Z1", &tag, row).await.expect(200);
    let again = desk.post("/lichtingen?van=2028-08-01&tot=2029-07-31", other).await;
    assert_eq!(again.status, 409, "the seed was drawn, so it is another file: {}", again.body);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_name_that_was_erased_does_not_come_back_and_an_id_of_another_is_told() {
    let desk = Desk::open("known-erased").await;
    let made = desk.post("/lichtingen", small_wave("w", 1, &["Z1"])).await;
    assert_eq!(made.body["meldingen"], json!([]), "nothing differs from what it added");
    let tag = desk.get("/kandidaten/Z1").await.tag();
    assert_eq!(desk.send(reqwest::Method::DELETE, "/kandidaten/Z1/naam", &[("if-match", &tag)], None).await.status, 204);
    let again = desk.put("/lichtingen/w/invoer", &made.tag(), small_wave("w", 1, &["Z1"])).await.expect(200);
    let told = about(&again["meldingen"], "verschilt-van-register", "kandidaat", "Z1");
    assert_eq!(differs(told), [("naam", &json!("Kanarie Z1"), &Value::Null)]);
    assert_eq!(desk.get("/kandidaten/Z1").await.expect(200)["naam"], Value::Null);
    let other = desk.post("/lichtingen", small_wave("x", 1, &["Z9"])).await;
    assert_eq!(other.status, 201);
    let mut mixed = small_wave("y", 1, &["Z1"]);
    mixed["coaches"][0]["id"] = json!("Z9");
    mixed["coaches"][0]["naam"] = json!("Een Coach");
    let told = desk.post("/lichtingen", mixed).await.expect(201);
    about(&told["meldingen"], "id-van-ander", "coach", "Z9");
    assert_eq!(desk.get("/coaches/Z9").await.status, 404);
    assert_eq!(desk.get("/kandidaten/Z9").await.expect(200)["naam"], "Kanarie Z9");
    desk.close().await;
}

async fn period(desk: &Desk, path: &str, file: Value) -> (String, String, Heard) {
    let made = desk.post(path, file).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let day = |key: &str| made.body[key].as_str().unwrap().to_owned();
    (day("van"), day("tot"), made)
}

#[tokio::test]
async fn a_day_belongs_to_one_school_year_so_that_the_next_year_has_seats_of_its_own() {
    let desk = Desk::open("known-years").await;
    let (from, until, first) = period(&desk, "/lichtingen?van=2026-08-01", small_wave("een", 1, &["Z1"])).await;
    assert_eq!((from.as_str(), until.as_str()), ("2026-08-01", "2027-07-31"));
    let (from, until, second) = period(&desk, "/lichtingen?van=2027-08-01", small_wave("twee", 1, &["Z2"])).await;
    assert_eq!((from.as_str(), until.as_str()), ("2027-08-01", "2028-07-31"));
    assert_eq!(second.body["meldingen"], json!([]));
    for made in [first, second] {
        let id = made.body["id"].as_str().unwrap().to_owned();
        let wave = desk.submitted(made).await;
        assert_eq!(desk.publish(&format!("/lichtingen/{id}/vaststelling"), &wave.tag()).await.expect(200)["geplaatst"], 1);
    }
    let seats = desk.get("/besturen/B1/capaciteit?op=2026-08-01").await.expect(200);
    let days: Vec<&Value> = seats["resultaten"].as_array().unwrap().iter().map(|it| &it["tot"]).collect();
    assert_eq!(days, [&json!("2027-07-31"), &json!("2028-07-31")]);
    desk.close().await;
}

#[tokio::test]
async fn a_year_and_a_day_of_an_earlier_program_gives_way_to_the_next_year_and_other_days_are_told() {
    let desk = Desk::open("known-days").await;
    // As waves were that named no last day: a year and a day.
    let first = desk.solved(small_wave("een", 1, &["Z1"]), ("2026-08-01", "2027-08-01")).await;
    desk.publish("/lichtingen/een/vaststelling", &first.tag()).await.expect(200);
    let made = desk.post("/lichtingen?van=2027-08-01", small_wave("twee", 1, &["Z2"])).await;
    let told = about(&made.body["meldingen"], "plekken-deels-bekend", "plek", "onderbouw");
    let text = told["tekst"].as_str().unwrap();
    assert!(text.contains("toegevoegd van 2027-08-02 tot en met 2028-07-31"), "{text}");
    let wave = desk.submitted(made).await;
    assert_eq!(desk.publish("/lichtingen/twee/vaststelling", &wave.tag()).await.expect(200)["geplaatst"], 1);
    // Any other overlap stays as the register has it: seats that ended for a reason do not come back.
    let seat = "/besturen/B1/scholen/S1/plekken/onderbouw";
    let over = desk.post("/lichtingen?van=2028-02-01&tot=2029-01-31", small_wave("drie", 1, &["Z3"])).await.expect(201);
    let told = about(&over["meldingen"], "plekken-deels-bekend", "plek", "onderbouw");
    assert_eq!(told["rij"]["naam"], "De Vlieger", "names stand beside ids here too: {told}");
    let text = told["tekst"].as_str().unwrap();
    assert!(text.contains("niets toegevoegd") && text.contains(&format!("PUT /v1{seat}")), "{text}");
    let seats = desk.get("/besturen/B1/capaciteit?op=2028-08-01").await.expect(200);
    assert_eq!(seats["totaal"], 0, "{seats}");
    desk.close().await;
}

#[tokio::test]
async fn a_wave_with_nobody_to_place_is_told_and_what_has_no_address_is_refused() {
    let desk = Desk::open("known-ids").await;
    let mut empty = small_wave("leeg", 1, &["Z1"]);
    (empty["scholen"], empty["coaches"]) = (json!([]), json!([]));
    let made = desk.post("/lichtingen", empty).await.expect(201);
    assert_eq!(codes(&made["meldingen"]), ["leeg", "leeg"]);
    let text = made["meldingen"][0]["tekst"].as_str().unwrap();
    assert!(text.contains("coaches"), "{text}");
    let waiting = json!({ "naam": "Niemand", "fase": "opleiding", "van": YEAR.0, "tot": YEAR.1, "kandidaten": [] });
    let made = desk.post("/lichtingen", waiting).await.expect(201);
    assert!(codes(&made["meldingen"]).contains(&"leeg"), "{made}");
    for id in [".", "..", "zoekvraag", "fasen", "nieuw"] {
        let mut file = small_wave(id, 1, &[id]);
        file["scholen"][0]["plekken"][0]["id"] = json!(id);
        let refused = desk.post("/lichtingen", file).await;
        let wanted = vec![("id", "/id"), ("id", "/scholen/0/plekken/0/id"), ("id", "/kandidaten/0/id")];
        assert_eq!((refused.status, refused.wrong()), (400, wanted), "{}", refused.body);
        let wish = json!({ "id": id, "naam": "N", "fase": "opleiding", "van": YEAR.0, "tot": YEAR.1 });
        assert_eq!(desk.post("/lichtingen", wish).await.wrong(), [("id", "/id")]);
        assert_eq!(desk.post("/besturen", json!({ "id": id })).await.wrong(), [("id", "/id")]);
        let late = json!({ "kandidaat": { "id": id, "lat": 52.3, "lon": 4.9, "bouwen": ["onderbouw"] } });
        assert_eq!(desk.post("/lichtingen/leeg/nakomers", late).await.wrong(), [("id", "/kandidaat/id")]);
    }
    let wish = json!({ "id": "a:b", "naam": "N", "fase": "opleiding", "van": YEAR.0, "tot": YEAR.1 });
    assert_eq!(desk.post("/lichtingen", wish).await.wrong(), [("id", "/id")], "an id of the format");
    // Whatever else an id may hold has an address.
    let id = "a/b?c#d%2e é..";
    let made = desk.post("/besturen", json!({ "id": id, "naam": "Lastig" })).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let place = made.header("location").strip_prefix("/v1").unwrap().to_owned();
    assert_eq!(desk.get(&place).await.expect(200)["id"], id);
    desk.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_seats_names_no_school_that_was_not_sent() {
    let desk = Desk::open("known-seats").await;
    desk.post("/lichtingen", small_wave("w", 1, &["Z1"])).await.expect(201);
    let refused = desk.put_new("/besturen/B1/scholen/S1/plekken/extra", json!({ "bouw": "zolder", "aantal": -1, "tot": YEAR.1 })).await;
    assert_eq!(refused.status, 400);
    for wrong in refused.body["fouten"].as_array().unwrap() {
        let text = wrong["wat"].as_str().unwrap();
        assert!(!text.contains("school S") && (text.starts_with("bouw: ") || text.starts_with("aantal: ")), "{text}");
    }
    desk.close().await;
}

#[tokio::test]
async fn what_the_register_keeps_of_somebody_comes_along_with_who_comes_late_and_is_told_where_a_file_does_not_say_it() {
    let desk = Desk::open("known-own").await;
    desk.solved(small_wave("eerst", 2, &["Z1"]), YEAR).await;
    desk.post("/kandidaten", json!({ "id": "Z2", "naam": "Kanarie Z2", "lat": 52.375, "lon": 4.893, "bouwen": ["onderbouw"] }))
        .await
        .expect(201);
    let own = json!({
        "reistijden": [{ "naar": "S1", "minuten": 7 }],
        "verboden": [{ "school": "S1", "coach": "K1" }, { "school": "S9" }],
    });
    desk.edit("/kandidaten/Z2", own).await.expect(200);
    // A file that does not say so is solved as it is, and that is told.
    let told = desk.post("/lichtingen", small_wave("tweede", 1, &["Z2"])).await.expect(201);
    let remark = about(&told["meldingen"], "register-weet-meer", "kandidaat", "Z2");
    let found: Vec<&str> = differs(remark).into_iter().map(|it| it.0).collect();
    assert_eq!(found, ["verboden", "reistijden"], "{remark}");
    assert_eq!(remark["verschillen"][0]["register"], json!([{ "school": "S1", "coach": "K1" }]), "only of schools that are in it");
    let said = json!([{ "kandidaat": "Z2", "school": "S1", "coach": "K1", "reden": "eigen reden" }]);
    let mut whole = small_wave("derde", 1, &["Z2"]);
    (whole["verboden"], whole["reistijden"]) = (said, json!([{ "van": "Z2", "naar": "S1", "minuten": 9 }]));
    let told = desk.post("/lichtingen", whole).await.expect(201);
    assert!(!codes(&told["meldingen"]).contains(&"register-weet-meer"), "{told}");
    // Who comes late brings it.
    let row = desk.get("/kandidaten/Z2").await.expect(200);
    let late = json!({ "id": "Z2", "lat": row["lat"], "lon": row["lon"], "bouwen": ["onderbouw"] });
    let asked = desk.post("/lichtingen/eerst/nakomers", json!({ "kandidaat": late })).await.expect(202);
    let run = asked["lichtingen"][0]["berekening"].as_str().expect("a run").to_owned();
    let run = desk.store.read().run(&run).await.expect("a row").expect("a run");
    let bytes = desk.store.read().input(&run.input).await.expect("a row").expect("a file");
    let file: Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(file["reistijden"], json!([{ "van": "Z2", "naar": "S1", "minuten": 7 }]), "{file}");
    let ban = file["verboden"].as_array().expect("bans").iter().find(|it| it["kandidaat"] == "Z2").expect("of Z2");
    assert_eq!((&ban["school"], &ban["coach"]), (&json!("S1"), &json!("K1")));
    desk.close().await;
}
