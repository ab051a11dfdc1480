//! The desks of a board, a coach and a reader: what each sees, notes and reports, and that a report changes no placement.

use loket_service::access::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, Heard, YEAR, small_wave};
use crate::foreign::story::token;

struct Party<'a> {
    desk: &'a Desk,
    token: String,
}

impl Party<'_> {
    async fn get(&self, path: &str) -> Heard {
        self.desk.send_as(Some(&self.token), Method::GET, path, &[], None).await
    }

    async fn post(&self, path: &str, body: Value) -> Heard {
        self.desk.send_as(Some(&self.token), Method::POST, path, &[], Some(body)).await
    }

    async fn put(&self, path: &str, tag: &str, body: Value) -> Heard {
        self.desk.send_as(Some(&self.token), Method::PUT, path, &[("if-match", tag)], Some(body)).await
    }
}

async fn party<'a>(desk: &'a Desk, role: Role, of: &str) -> Party<'a> {
    let (token, _) = token(&desk.store, role, of).await;
    Party { desk, token }
}

/// A published wave: Z1 at S1 with K1.
async fn published(name: &str) -> Desk {
    let desk = Desk::open(name).await;
    let mut file = small_wave("w", 1, &["Z1"]);
    file["kandidaten"][0]["dagdelen"] = json!(["ma-o", "ma-m", "di-o", "di-m", "wo-o"]);
    let wave = desk.solved(file, YEAR).await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    desk
}

#[tokio::test]
async fn a_coach_sees_his_own_people_with_hours_booked_given_and_left() {
    let desk = published("desks-coach").await;
    let coach = party(&desk, Role::Coach, "K1").await;
    let seen = coach.get("/coaches/K1/kandidaten").await.expect(200);
    let row = &seen["resultaten"][0];
    assert_eq!((&seen["totaal"], &row["kandidaat"], &row["naam"]), (&json!(1), &json!("Z1"), &json!("Kanarie Z1")));
    assert_eq!((&row["school_naam"], &row["uren"], &row["gegeven"]), (&json!("De Vlieger"), &json!(60), &json!(0.0)));
    assert_eq!(row["dagdelen"], json!(["ma-o", "ma-m", "di-o", "di-m", "wo-o"]));
    let next = seen["jaren"].as_array().unwrap().iter().find(|it| it["schooljaar"] == "2026-2027").expect("the year");
    assert_eq!((&next["uren"], &next["geboekt"], &next["over"]), (&json!(120), &json!(60), &json!(60)));

    // Nothing is booked otherwise by what was given.
    desk.pass(70);
    let given = |month: &str, hours: f64| json!({ "uren": [{ "kandidaat": "Z1", "maand": month, "uren": hours }] });
    let path = "/coaches/K1/gegeven-uren";
    let first = coach.get(path).await;
    assert_eq!((first.tag().as_str(), &first.body["uren"]), ("\"v0\"", &json!([])));
    for (body, wrong) in [
        (given("2027-01", 1.0), ("grens", "/uren/0/maand")),
        (given("2026-8", 1.0), ("datum", "/uren/0/maand")),
        (given("2026-08", 1.1), ("grens", "/uren/0/uren")),
        (given("2026-08", -1.0), ("grens", "/uren/0/uren")),
        (json!({ "uren": [{ "kandidaat": "Z9", "maand": "2026-08", "uren": 1 }] }), ("onbekende-verwijzing", "/uren/0/kandidaat")),
    ] {
        assert_eq!(coach.put(path, "\"v0\"", body.clone()).await.wrong(), [wrong], "{body}");
    }
    let put = coach.put(path, "\"v0\"", given("2026-08", 4.25)).await;
    assert_eq!((put.status, put.tag().as_str(), &put.body["uren"][0]["uren"]), (200, "\"v1\"", &json!(4.25)));
    let stale = coach.put(path, "\"v0\"", given("2026-09", 1.0)).await;
    assert_eq!((stale.status, &stale.body["huidig"]["uren"][0]["uren"]), (412, &json!(4.25)));
    assert_eq!(stale.body["uw"]["uren"][0]["maand"], "2026-09");
    assert_eq!(desk.put(path, "\"v1\"", given("2026-09", 2.0)).await.expect(200)["versie"], 2, "the intermediary may as well");
    let seen = coach.get("/coaches/K1/kandidaten").await.expect(200);
    assert_eq!((&seen["resultaten"][0]["gegeven"], &seen["jaren"][0]["gegeven"]), (&json!(2.0), &json!(2.0)));
    assert_eq!(seen["jaren"][0]["geboekt"], 60);
    for path in ["/coaches/K1/inzage", "/kandidaten/Z1/inzage"] {
        let kept = desk.get(path).await.expect(200);
        assert_eq!(kept["gegeven_uren"], json!([{ "maand": "2026-09", "uren": 2.0 }]), "{path}");
    }
    let lines: Vec<_> = desk.log().await.into_iter().filter(|it| it.0 == "gegeven-uren-gezet").collect();
    assert_eq!(lines.len(), 2);
    let months = json!([{ "maand": "2026-08", "was": 17, "kwartieren": 0 }, { "maand": "2026-09", "was": 0, "kwartieren": 8 }]);
    assert_eq!((&lines[1].1, &lines[1].2["maanden"]), (&"K1".to_owned(), &months));
    let about = desk.get("/logboek?persoon=Z1&wat=gegeven-uren-gezet").await.expect(200);
    assert_eq!(about["totaal"], 2, "they are lines about the candidate as well");
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn days_off_are_put_as_a_whole_and_two_who_put_them_hear_of_each_other() {
    let desk = published("desks-days-off").await;
    let coach = party(&desk, Role::Coach, "K1").await;
    let path = "/coaches/K1/vrije-dagen";
    let days =
        |all: &[(&str, &str)]| json!({ "perioden": all.iter().map(|(van, tot)| json!({ "van": van, "tot": tot })).collect::<Vec<_>>() });
    let missing = desk.send_as(Some(&coach.token), Method::PUT, path, &[], Some(days(&[]))).await;
    assert_eq!(missing.status, 428);
    let put = coach.put(path, "\"v0\"", days(&[("2026-12-21", "2027-01-01"), ("2026-10-12", "2026-10-16")])).await;
    assert_eq!((put.status, put.tag().as_str()), (200, "\"v1\""));
    assert_eq!(put.body["perioden"][0]["van"], "2026-10-12", "in order");
    let stale = desk.put(path, "\"v0\"", days(&[("2026-11-02", "2026-11-02")])).await;
    assert_eq!((stale.status, stale.body["huidig"]["perioden"].as_array().map(Vec::len)), (412, Some(2)));
    assert_eq!(stale.body["uw"]["perioden"][0]["van"], "2026-11-02");
    for (all, wrong) in [
        (vec![("2026-12-21", "2026-12-20")], ("periode", "/perioden/0/tot")),
        (vec![("2026-12-21", "2026-12-24"), ("2026-12-24", "2026-12-25")], ("periode", "/perioden/1")),
    ] {
        assert_eq!(coach.put(path, "\"v1\"", days(&all)).await.wrong(), [wrong]);
    }
    let lines = desk.log().await.len();
    let again = coach.get(path).await;
    assert_eq!(coach.put(path, &again.tag(), json!({ "perioden": again.body["perioden"] })).await.tag(), "\"v1\"", "nothing is new");
    assert_eq!(desk.log().await.len(), lines);
    let other = party(&desk, Role::Coach, "K1").await;
    assert_eq!(other.get("/coaches/K9/vrije-dagen").await.status, 404);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn who_falls_out_reports_it_and_nothing_changes_until_the_intermediary_does_something() {
    let desk = published("desks-report").await;
    let (coach, board) = (party(&desk, Role::Coach, "K1").await, party(&desk, Role::Bestuur, "B1").await);
    let placed = desk.get("/lichtingen/w/plaatsingen").await.expect(200);
    let falls = json!({ "vanaf": "2026-09-01", "reden": "afwezig" });
    let made = coach.post("/uitvalmeldingen", falls.clone()).await;
    let place = made.header("location").to_owned();
    let (tag, report) = (made.tag(), made.expect(201));
    assert_eq!((&report["soort"], &report["coach"], &report["toestand"]), (&json!("coach"), &json!("K1"), &json!("open")));
    assert_eq!(coach.post("/uitvalmeldingen", falls).await.expect(201)["id"], report["id"], "said twice, it is one report");
    let other = coach.post("/uitvalmeldingen", json!({ "vanaf": "2026-10-01", "reden": "vertrek" })).await;
    assert_eq!(other.status, 409);
    let seat = json!({ "school": "S1", "plek": "onderbouw", "vanaf": "2026-09-01", "reden": "geen-duo-collega" });
    let of_seat = board.post("/uitvalmeldingen", seat.clone()).await;
    let (seat_tag, of_seat) = (of_seat.tag(), of_seat.expect(201));
    assert_eq!((&of_seat["school"], &of_seat["plek"]), (&json!("S1"), &json!("onderbouw")));
    for (who, body, wrong) in [
        (&coach, json!({ "coach": "K9", "vanaf": "2026-09-01", "reden": "afwezig" }), ("onbekende-verwijzing", "/coach")),
        (&coach, seat, ("samen", "/school")),
        (&board, json!({ "coach": "K1", "vanaf": "2026-09-01", "reden": "afwezig" }), ("samen", "/coach")),
        (&board, json!({ "school": "S9", "plek": "x", "vanaf": "2026-09-01", "reden": "anders" }), ("onbekende-verwijzing", "/school")),
        (&board, json!({ "school": "S1", "plek": "x", "vanaf": "2026-09-01", "reden": "anders" }), ("onbekende-verwijzing", "/plek")),
        (&board, json!({ "school": "S1", "vanaf": "2026-09-01", "reden": "anders" }), ("ontbreekt", "/plek")),
        (&coach, json!({ "vanaf": "2046-09-01", "reden": "afwezig" }), ("grens", "/vanaf")),
    ] {
        assert_eq!(who.post("/uitvalmeldingen", body.clone()).await.wrong(), [wrong], "{body}");
    }
    assert_eq!(desk.post("/uitvalmeldingen", json!({ "vanaf": "2026-09-01", "reden": "afwezig" })).await.status, 403);
    assert_eq!(desk.get("/lichtingen/w/plaatsingen").await.expect(200), placed, "a report changes nothing");

    let open = desk.get("/uitvalmeldingen?toestand=open").await.expect(200);
    assert_eq!(open["totaal"], 2);
    assert_eq!(coach.get("/uitvalmeldingen").await.expect(200)["totaal"], 1);
    let path = place.strip_prefix("/v1").expect("a path of the API").to_owned();
    assert_eq!(board.get(&path).await.status, 404, "another's");
    let settle = format!("{path}/afhandeling");
    assert_eq!(coach.post(&settle, json!({ "niet_nodig": "vergissing" })).await.status, 403);
    // Not a batch of something else, and not both.
    let seats = desk.post("/scholen/S1/plekken/onderbouw/uitval", json!({ "vanaf": "2026-09-01" })).await.expect(202);
    for (body, wrong) in [
        (json!({ "herberekening": seats["id"] }), ("onbekende-verwijzing", "/herberekening")),
        (json!({ "herberekening": "h", "niet_nodig": "anders" }), ("samen", "/niet_nodig")),
        (json!({}), ("ontbreekt", "/herberekening")),
    ] {
        assert_eq!(desk.act_with(&settle, &tag, body.clone()).await.wrong(), [wrong], "{body}");
    }
    let batch = desk.post("/coaches/K1/uitval", json!({ "vanaf": "2026-09-01" })).await.expect(202);
    let taken = desk.act_with(&settle, &tag, json!({ "herberekening": batch["id"] })).await;
    assert_eq!((taken.status, &taken.body["toestand"], taken.tag().as_str()), (200, &json!("overgenomen"), "\"v2\""));
    assert_eq!(desk.act_with(&settle, &tag, json!({ "niet_nodig": "anders" })).await.status, 412);
    assert_eq!(desk.act_with(&settle, &taken.tag(), json!({ "niet_nodig": "anders" })).await.status, 409);
    let not = format!("/uitvalmeldingen/{}/afhandeling", of_seat["id"].as_str().unwrap());
    assert_eq!(desk.act_with(&not, &seat_tag, json!({ "niet_nodig": "hersteld" })).await.expect(200)["niet_nodig"], "hersteld");
    assert_eq!(desk.get("/uitvalmeldingen?toestand=open").await.expect(200)["totaal"], 0);
    assert_eq!(coach.get(&path).await.expect(200)["herberekening"], batch["id"]);
    let words: Vec<String> = desk.log().await.into_iter().map(|it| it.0).filter(|it| it.starts_with("uitval")).collect();
    assert_eq!(words, ["uitval-gemeld", "uitval-gemeld", "uitval-afgehandeld", "uitval-afgehandeld"]);
    assert_eq!(desk.get("/logboek?persoon=K1&wat=uitval-gemeld").await.expect(200)["totaal"], 1);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_reader_sees_figures_and_a_board_its_own_of_waves_it_is_in() {
    let desk = Desk::open("desks-figures").await;
    let people: Vec<String> = (1..=12).map(|at| format!("Z{at}")).collect();
    let mut file = small_wave("w", 7, &people.iter().map(String::as_str).collect::<Vec<_>>());
    file["coaches"][0]["maximum"] = json!(12);
    file["coaches"][0]["uren"] = json!(1_000);
    file["besturen"].as_array_mut().unwrap().push(json!({ "id": "B2" }));
    let concept = desk.post(&format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1), file).await;
    let (reader, board, other) =
        (party(&desk, Role::Lezer, "").await, party(&desk, Role::Bestuur, "B1").await, party(&desk, Role::Bestuur, "B2").await);
    let before = reader.get("/lichtingen/w/cijfers").await.expect(200);
    assert_eq!((&before["kandidaten"], &before["berekend"], &before["geplaatst"]), (&json!(12), &json!(false), &Value::Null));
    assert_eq!(before["verborgen"], false, "nothing is known, and nothing is hidden");
    desk.submitted(concept).await;
    let seen = reader.get("/lichtingen/w/cijfers").await.expect(200);
    assert_eq!((&seen["geplaatst"], &seen["ongeplaatst"], &seen["kandidaten"]), (&json!(7), &json!(5), &json!(12)));
    assert_eq!(seen["keuzen"], json!({ "eerste": null, "tweede": null, "later": null }), "7, 0 and 0: one of them says the others");
    assert_eq!((&seen["verborgen"], &seen["klein_onder"]), (&json!(true), &json!(5)));
    assert_eq!(reader.get("/cijfers").await.expect(200)["resultaten"][0], seen);
    let all = desk.get("/lichtingen/w/cijfers").await.expect(200);
    assert_eq!((&all["keuzen"]["tweede"], &all["verborgen"]), (&json!(0), &json!(false)));
    let own = board.get("/lichtingen/w/cijfers").await.expect(200);
    assert_eq!(own["besturen"], json!([{ "bestuur": "B1", "geplaatst": 7 }]));
    assert_eq!(own["geplaatst"], Value::Null, "7 of its own: the rest of the city would follow");
    assert_eq!(other.get("/lichtingen/w/cijfers").await.status, 404, "no school of its own is in it");
    assert_eq!(board.get("/cijfers").await.status, 403);
    desk.close().await;
}

#[tokio::test]
async fn a_board_and_a_coach_are_told_who_it_is_by_their_own_yes() {
    let desk = Desk::open("desks-yes").await;
    desk.solved(small_wave("w", 1, &["Z1"]), YEAR).await;
    let (board, coach) = (party(&desk, Role::Bestuur, "B1").await, party(&desk, Role::Coach, "K1").await);
    let offered = async || board.get("/besturen/B1/voorstellen").await.expect(200)["resultaten"][0].clone();
    let own = async || coach.get("/coaches/K1/kandidaten").await.expect(200)["totaal"].clone();
    assert_eq!((&offered().await["naam"], &offered().await["vastgesteld"], own().await), (&Value::Null, &json!(false), json!(0)));
    desk.put_new("/lichtingen/w/beoordelingen/Z1", json!({ "besluit": "akkoord" })).await.expect(200);
    desk.post("/lichtingen/w/antwoorden", json!({})).await.expect(200);
    assert_eq!((&offered().await["naam"], own().await), (&Value::Null, json!(0)), "asked, and nobody said anything");
    for (who, name) in [(&board, "bestuur"), (&coach, "coach")] {
        let path = format!("/lichtingen/w/antwoorden/Z1/{name}");
        let tag = who.get(&path).await.tag();
        let yes = desk.send_as(Some(&who.token), Method::POST, &path, &[("if-match", &tag)], Some(json!({ "antwoord": "ja" }))).await;
        assert_eq!(yes.status, 200, "{}", yes.body);
        if name == "bestuur" {
            let row = offered().await;
            assert_eq!((&row["naam"], &row["coach_naam"]), (&json!("Kanarie Z1"), &json!("Vink Verzonnen")));
            assert_eq!(own().await, json!(0), "the coach's yes is his own");
        }
    }
    let seen = coach.get("/coaches/K1/kandidaten").await.expect(200);
    let row = &seen["resultaten"][0];
    assert_eq!((&row["naam"], &row["vastgesteld"]), (&json!("Kanarie Z1"), &json!(false)));
    desk.close().await;
}
