//! Who has no place goes on to the next wave, once; and school years that hours are booked by.

use serde_json::{Value, json};

use crate::desk::{Desk, YEAR, small_wave};

/// Ids and reasons of a list.
fn told(list: &Value) -> Vec<(&str, Option<&str>)> {
    let mut all: Vec<_> =
        list.as_array().expect("a list").iter().map(|it| (it["kandidaat"].as_str().expect("an id"), it["reden"].as_str())).collect();
    // The order of a plan follows from the seed that was drawn.
    all.sort_unstable();
    all
}

#[tokio::test]
async fn who_has_no_place_goes_on_once_with_the_rounds_that_were_waited() {
    let desk = Desk::open("carry").await;
    let wave = desk.solved(small_wave("w", 1, &["Z1", "Z2", "Z3", "Z4", "Z5"]), YEAR).await;
    let path = "/lichtingen/w/overdracht";
    assert_eq!(desk.post(path, json!({ "naar": "w2" })).await.status, 409, "not published yet");
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    let mut left = Vec::new();
    for id in ["Z1", "Z2", "Z3", "Z4", "Z5"] {
        if desk.get(&format!("/kandidaten/{id}")).await.body["toestand"] == "wacht" {
            left.push(id);
        }
    }
    assert_eq!(left.len(), 4);
    // One of them is left out at his own wish, one stops, one is in the next wave already.
    let limited = desk.put_new(&format!("/kandidaten/{}/beperking", left[3]), json!({})).await;
    assert!(limited.status < 300, "{}", limited.body);
    let stops = json!({ "vanaf": "2026-07-02", "reden": "geen-plek" });
    let tag = desk.get(&format!("/kandidaten/{}", left[0])).await.tag();
    desk.act_with(&format!("/kandidaten/{}/einde", left[0]), &tag, stops).await.expect(200);
    desk.post("/lichtingen", small_wave("w2", 1, &[left[1]])).await.expect(201);
    for (body, wrong) in [
        (json!({}), vec![("ontbreekt", "/naar")]),
        (json!({ "naar": "w" }), vec![("grens", "/naar")]),
        (json!({ "naar": "nergens" }), vec![("onbekende-verwijzing", "/naar")]),
    ] {
        assert_eq!(desk.post(path, body.clone()).await.wrong(), wrong, "{body}");
    }
    let done = desk.post(path, json!({ "naar": "w2" })).await.expect(200);
    assert_eq!((&done["naar"], told(&done["over"])), (&json!("w2"), vec![(left[2], None)]));
    assert_eq!((&done["over"][0]["wachtrondes"], &done["over"][0]["naam"]), (&json!(1), &json!(format!("Kanarie {}", left[2]))));
    assert_eq!(told(&done["niet"]), [(left[0], Some("gestopt")), (left[1], Some("doet-al-mee")), (left[3], Some("beperkt"))]);
    let file = desk.get("/lichtingen/w2/invoer").await.expect(200);
    let row = file["kandidaten"].as_array().unwrap().iter().find(|it| it["id"] == left[2]).expect("in the file").clone();
    assert_eq!((&row["wachtrondes"], row.get("naam")), (&json!(1), None));
    // Again: nobody goes twice, neither to the same wave nor to another.
    let again = desk.post(path, json!({ "naar": "w2" })).await.expect(200);
    assert_eq!((&again["naar"], told(&again["over"]).len()), (&Value::Null, 0));
    let next = json!({ "nieuw": { "id": "w3", "naam": "Volgende", "fase": "opleiding", "van": "2027-08-01", "tot": "2028-07-31" } });
    let other = desk.post(path, next.clone()).await.expect(200);
    // Who was in the other wave of his own accord is free to go to a new one.
    assert_eq!(told(&other["over"]), [(left[1], None)]);
    let stayed = [(left[0], Some("gestopt")), (left[2], Some("al-overgedragen")), (left[3], Some("beperkt"))];
    assert_eq!(told(&other["niet"]), stayed);
    let before = other["niet"].as_array().unwrap().iter().find(|it| it["kandidaat"] == left[2]);
    assert_eq!(before.map(|it| &it["naar"]), Some(&json!("w2")));
    let made = desk.get("/lichtingen/w3/invoer").await.expect(200);
    assert_eq!(made["kandidaten"].as_array().map(Vec::len), Some(1), "{made}");
    let told_again = desk.post(path, next).await.expect(200);
    assert_eq!((&told_again["naar"], told(&told_again["over"]).len()), (&Value::Null, 0));
    // A wave that is withdrawn lets them go again.
    let wave = desk.get("/lichtingen/w2").await;
    desk.drop("/lichtingen/w2", &wave.tag()).await.expect(200);
    let freed = desk.post(path, json!({ "naar": "w3" })).await.expect(200);
    assert_eq!(told(&freed["over"]), [(left[2], None)]);
    let lines: Vec<_> = desk.log().await.into_iter().filter(|it| it.0 == "kandidaat-overgedragen").map(|it| (it.1, it.2)).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0], ("w".to_owned(), json!({ "naar": "w2", "kandidaat": left[2] })));
    assert_eq!(desk.post("/lichtingen/onbekend/overdracht", json!({ "naar": "w3" })).await.status, 404);
    desk.sound_log().await;
    desk.close().await;
}

/// Hours of the coach that are left for a wave from September on.
async fn hours_left(desk: &Desk) -> Value {
    let wish = json!({ "naam": "V", "fase": "opleiding", "van": "2027-09-01", "tot": "2028-07-31", "kandidaten": [] });
    let made = desk.post("/lichtingen", wish).await.expect(201);
    let file = desk.get(&format!("/lichtingen/{}/invoer", made["id"].as_str().expect("an id"))).await.expect(200);
    file["coaches"][0]["uren"].clone()
}

#[tokio::test]
async fn hours_are_booked_by_school_years_as_they_are_set() {
    let desk = Desk::open("school-years").await;
    let all = desk.get("/schooljaren").await;
    let found = all.body["resultaten"].as_array().unwrap().iter().find(|it| it["id"] == "2026-2027").cloned();
    assert_eq!(found, Some(json!({ "id": "2026-2027", "van": "2026-08-01", "tot": "2027-07-31" })));
    let path = "/schooljaren/2026-2027";
    let read = desk.get(path).await;
    assert_eq!(read.tag(), all.tag());
    for (body, wrong) in [
        (json!({ "van": "2026-08-02", "tot": "2027-07-31" }), vec![("grens", "/van")]),
        (json!({ "van": "2026-02-01", "tot": "2027-12-31" }), vec![("grens", "/van"), ("grens", "/tot")]),
        (json!({ "van": "2025-08-01", "tot": "2027-07-30" }), vec![("grens", "/van"), ("grens", "/tot")]),
    ] {
        assert_eq!(desk.put(path, &read.tag(), body.clone()).await.wrong(), wrong, "{body}");
    }
    // A wave of August alone, with all hours of the coach: the next school year needs none of them.
    let mut file = small_wave("w", 1, &["Z1"]);
    file["coaches"][0]["uren"] = json!(60);
    let wave = desk.solved(file, ("2027-06-01", "2027-08-31")).await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    assert_eq!(hours_left(&desk).await, 40, "August was booked in the next school year");
    let later = json!({ "van": "2026-08-01", "tot": "2027-08-31" });
    let asked = desk.put(path, &read.tag(), later.clone()).await;
    assert_eq!((asked.status, asked.wrong()), (409, vec![("bevestigen", "/tot")]), "{}", asked.body);
    let mut meant = later;
    meant["bevestigd"] = json!(true);
    let done = desk.put(path, &read.tag(), meant.clone()).await;
    assert_eq!(done.body["tot"], "2027-08-31");
    assert_eq!(desk.get("/schooljaren/2027-2028").await.body["van"], "2027-09-01", "the next one follows");
    assert_eq!(desk.put(path, &read.tag(), meant).await.status, 412);
    assert_eq!(hours_left(&desk).await, 60, "nothing of it is booked there any more");
    for unknown in ["/schooljaren/2026", "/schooljaren/2026-2028", "/schooljaren/1-2"] {
        assert_eq!(desk.get(unknown).await.status, 404, "{unknown}");
    }
    let log = desk.log().await;
    let line = log.iter().find(|it| it.0 == "schooljaar-gezet").expect("a line");
    assert_eq!((line.1.as_str(), &line.2["wordt"]["tot"]), ("2026-2027", &json!("2027-08-31")));
    desk.close().await;
}

#[tokio::test]
async fn what_the_register_keeps_of_people_stands_in_every_wave_that_is_made_of_it() {
    let desk = Desk::open("agreements").await;
    desk.post("/lichtingen", small_wave("w", 2, &["Z1", "Z2"])).await.expect(201);
    for (body, wrong) in [
        (json!({ "reistijden": [{ "naar": "S1", "minuten": 5 }, { "naar": "S1", "minuten": 6 }] }), vec![("dubbel", "/reistijden")]),
        (json!({ "vast": {} }), vec![("ontbreekt", "/vast/school")]),
        (json!({ "verboden": [{ "plek": "p", "soort": 1 }] }), vec![("onbekende-sleutel", "/verboden/0/soort")]),
        (json!({ "vast": { "school": "S1", "ondanks": ["uren"] } }), vec![("niet-te-overrulen", "/vast/ondanks/0")]),
    ] {
        let refused = desk.edit("/kandidaten/Z1", body.clone()).await;
        assert_eq!((refused.status, refused.wrong()), (400, wrong), "{body}: {}", refused.body);
    }
    let own = json!({ "reistijden": [{ "naar": "S1", "minuten": 7 }, { "naar": "S9", "minuten": 8 }], "vast": { "coach": "K1" } });
    desk.edit("/kandidaten/Z1", own.clone()).await.expect(200);
    desk.edit("/kandidaten/Z2", json!({ "verboden": [{ "school": "S1", "bouw": "onderbouw" }] })).await.expect(200);
    desk.edit("/coaches/K1", json!({ "reistijden": [{ "naar": "S1", "minuten": 3 }] })).await.expect(200);
    let read = desk.get("/kandidaten/Z1").await.expect(200);
    assert_eq!((&read["reistijden"], &read["vast"]), (&own["reistijden"], &own["vast"]));
    let silent = desk.put("/kandidaten/Z2", "\"v2\"", json!({ "naam": "x", "lat": 52.3, "lon": 4.9, "bouwen": ["onderbouw"] })).await;
    assert_eq!(silent.wrong(), [("ontbreekt", "/verboden")]);
    let wish = json!({ "id": "v", "naam": "V", "fase": "opleiding", "van": YEAR.0, "tot": YEAR.1 });
    desk.post("/lichtingen", wish).await.expect(201);
    let file = desk.get("/lichtingen/v/invoer").await.expect(200);
    let travel = json!([{ "van": "Z1", "naar": "S1", "minuten": 7 }, { "van": "K1", "naar": "S1", "minuten": 3 }]);
    assert_eq!((&file["reistijden"], &file["vast"]), (&travel, &json!([{ "kandidaat": "Z1", "coach": "K1" }])));
    let bans = json!([{ "kandidaat": "Z2", "school": "S1", "bouw": "onderbouw", "reden": "eigen reden" }]);
    assert_eq!(file["verboden"], bans);
    let versions = desk.get("/kandidaten/Z1/geschiedenis").await.expect(200);
    assert_eq!(versions["resultaten"][0]["wordt"]["vast"], own["vast"]);
    // A school that ends on a day offers no seats beyond it, neither put nor by a file.
    let tag = desk.get("/scholen/S1").await.tag();
    desk.act_with("/scholen/S1/einde", &tag, json!({ "vanaf": "2027-08-01", "reden": "sluiting" })).await.expect(200);
    let seats = json!({ "bouw": "onderbouw", "aantal": 1, "van": "2027-08-01", "tot": "2028-07-31" });
    let refused = desk.put_new("/besturen/B1/scholen/S1/plekken/onderbouw", seats).await;
    assert_eq!((refused.status, refused.wrong()), (400, vec![("grens", "/tot")]), "{}", refused.body);
    desk.post("/lichtingen?van=2027-08-01&tot=2028-07-31", small_wave("later", 1, &["Z1"])).await.expect(201);
    let left = desk.get("/besturen/B1/capaciteit?op=2027-09-01").await.expect(200);
    assert_eq!(left["totaal"], 0, "{left}");
    desk.close().await;
}
