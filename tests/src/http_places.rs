//! Personal links after publication: what each shows, until when, that "ik val uit" works with them, and that whatever is the matter with one
//! is told alike.

use loket_service::access::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, Heard, TOKEN, YEAR, small_wave};
use crate::http_review::token;

/// A published wave of three with two seats: somebody has no place. All have an address.
async fn published(desk: &Desk) {
    let wave = desk.solved(small_wave("w", 2, &["Z1", "Z2", "Z3"]), YEAR).await;
    for path in ["/kandidaten/Z1", "/kandidaten/Z2", "/kandidaten/Z3", "/coaches/K1"] {
        let address = format!("{}@voorbeeld.example", path.rsplit('/').next().expect("an id"));
        desk.edit(path, json!({ "e_mail": address })).await.expect(200);
    }
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
}

/// Candidates with a place, and without.
async fn people(desk: &Desk) -> (Vec<String>, String) {
    let rows = desk.get("/lichtingen/w/plaatsingen").await.expect(200);
    let placed: Vec<String> =
        rows["resultaten"].as_array().expect("rows").iter().map(|it| it["kandidaat"].as_str().expect("an id").to_owned()).collect();
    let left = ["Z1", "Z2", "Z3"].into_iter().find(|it| !placed.iter().any(|id| id == it)).expect("somebody is left");
    (placed, left.to_owned())
}

/// The text of the message of a kind to somebody.
async fn letter(desk: &Desk, kind: &str, who: &str) -> String {
    let list = desk.get(&format!("/berichten?soort={kind}")).await.expect(200);
    let row = list["resultaten"].as_array().expect("rows").iter().find(|it| it["aan"] == who).unwrap_or_else(|| panic!("{who}: {list}"));
    let url = format!("http://{}/v1/berichten/{}/eml", desk.address, row["id"].as_str().expect("an id"));
    let answer = desk.client.get(&url).bearer_auth(TOKEN).send().await.expect("an answer");
    assert_eq!(answer.status(), 200, "{who}");
    answer.text().await.expect("a letter")
}

/// The link in it.
async fn link(desk: &Desk, kind: &str, who: &str) -> String {
    let text = letter(desk, kind, who).await;
    text.lines().find(|it| it.starts_with("plaats-")).unwrap_or_else(|| panic!("no link in {text}")).trim().to_owned()
}

async fn asked(desk: &Desk, what: &str, link: &str) -> Heard {
    desk.send_as(None, Method::POST, &format!("/antwoordkoppelingen/{what}"), &[], Some(json!({ "koppeling": link }))).await
}

/// How a file is answered.
async fn file(desk: &Desk, what: &str, link: &str) -> (u16, String) {
    let url = format!("http://{}/v1/antwoordkoppelingen/{what}", desk.address);
    let answer = desk.client.post(&url).json(&json!({ "koppeling": link })).send().await.expect("an answer");
    let status = answer.status().as_u16();
    (status, String::from_utf8_lossy(&answer.bytes().await.expect("a file")).into_owned())
}

#[tokio::test]
async fn whoever_is_placed_or_not_gets_a_link_to_what_that_means_and_to_nobody_elses() {
    let desk = Desk::open("places-links").await;
    published(&desk).await;
    let (placed, left) = people(&desk).await;
    let (own, other) = (placed[0].as_str(), placed[1].as_str());
    // What a message says does not tell who is placed and who is not.
    let body = |text: &str| {
        let told = text.split_once("\r\n\r\n").expect("a head and a body").1;
        told.lines().filter(|it| !it.starts_with("plaats-")).map(str::to_owned).collect::<Vec<_>>()
    };
    let text = letter(&desk, "vastgesteld", own).await;
    assert!(text.contains("Subject: De plaatsingen zijn vastgesteld\r\n"), "{text}");
    let told = body(&text);
    for said in ["Log in", "De Vlieger", "Kanarie", "Vink", own] {
        assert!(!told.iter().any(|it| it.contains(said)), "{said}: {text}");
    }
    assert_eq!(told, body(&letter(&desk, "vastgesteld", &left).await));

    let mine = link(&desk, "vastgesteld", own).await;
    let seen = asked(&desk, "plaats", &mine).await.expect(200);
    assert_eq!((&seen["partij"], &seen["naam"], &seen["brief"]), (&json!("kandidaat"), &json!(format!("Kanarie {own}")), &json!(true)));
    let place = &seen["plaatsingen"][0];
    assert_eq!(
        ["school_naam", "bestuur_naam", "coach_naam", "bouw", "van", "tot"].map(|key| place[key].as_str().unwrap_or_default()),
        ["De Vlieger", "Bestuur Een", "Vink Verzonnen", "onderbouw", YEAR.0, YEAR.1]
    );
    assert_eq!((seen["plaatsingen"].as_array().map(Vec::len), &seen["redenen"], &place["naam"]), (Some(1), &json!([]), &Value::Null));
    for foreign in [other, left.as_str()] {
        assert!(!seen.to_string().contains(foreign), "{foreign}: {seen}");
    }
    assert!(file(&desk, "brief", &mine).await.1.starts_with("%PDF"));
    let (status, days) = file(&desk, "agenda", &mine).await;
    assert!(status == 200 && days.contains("De Vlieger") && days.matches("BEGIN:VEVENT").count() == 1, "{days}");

    let none = link(&desk, "vastgesteld", &left).await;
    let seen = asked(&desk, "plaats", &none).await.expect(200);
    assert!(seen["plaatsingen"] == json!([]) && seen["redenen"].as_array().is_some_and(|it| !it.is_empty()), "{seen}");
    assert!(!seen.to_string().contains("Vink") && file(&desk, "brief", &none).await.1.starts_with("%PDF"), "{seen}");

    // A coach without an account: the own people, without what is only theirs.
    let coach = link(&desk, "vastgesteld", "K1").await;
    let seen = asked(&desk, "plaats", &coach).await.expect(200);
    let mut names: Vec<&str> =
        seen["plaatsingen"].as_array().expect("rows").iter().map(|it| it["naam"].as_str().expect("a name")).collect();
    names.sort_unstable();
    let mut both = [own, other].map(|it| format!("Kanarie {it}"));
    both.sort();
    assert_eq!((seen["partij"].as_str(), names), (Some("coach"), both.iter().map(String::as_str).collect::<Vec<_>>()));
    assert_eq!((seen["brief"].as_bool(), file(&desk, "brief", &coach).await.0), (Some(false), 404), "a coach has no letter");
    assert_eq!(file(&desk, "agenda", &coach).await.1.matches("BEGIN:VEVENT").count(), 2);

    // Only a hash is kept, and no link stands in the log.
    let told = format!("{:?}", desk.log().await);
    let holds = |text: &str| crate::database::holds(&desk.folder.join("loket.sqlite"), text);
    for secret in [&mine, &none, &coach] {
        assert!(!told.contains(secret.as_str()) && !holds(secret), "{secret}");
    }
    assert_eq!(desk.log().await.iter().filter(|it| it.0 == "plaats-koppeling-gemaakt").count(), 5);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn whatever_is_the_matter_with_such_a_link_is_told_alike_and_it_is_over_with_the_placement() {
    let desk = Desk::open("places-alike").await;
    published(&desk).await;
    let (placed, left) = people(&desk).await;
    let unknown = asked(&desk, "plaats", "plaats-bestaatniet").await;
    assert_eq!(unknown.status, 404);
    let alike = async |link: &str, what: &str| {
        let heard = asked(&desk, "plaats", link).await;
        assert_eq!((heard.status, &heard.body), (unknown.status, &unknown.body), "{what}");
        for part in ["brief", "agenda"] {
            assert_eq!(file(&desk, part, link).await, file(&desk, part, "plaats-bestaatniet").await, "{what}, {part}");
        }
    };
    let first = link(&desk, "vastgesteld", &placed[0]).await;
    let mine = link(&desk, "vastgesteld", &placed[0]).await;
    alike(&first, "replaced").await;
    // One of the other kind is none here.
    alike("antwoord-bestaatniet", "of the other kind").await;
    let path = format!("/lichtingen/w/antwoorden/{}/kandidaat/koppeling", placed[0]);
    assert_eq!(desk.send(Method::DELETE, &path, &[], None).await.status, 204);
    alike(&mine, "withdrawn").await;
    // Nobody was asked: the intermediary makes another one, which is again to what was published.
    let made = desk.send(Method::POST, &path, &[], None).await.expect(201);
    let mine = made["koppeling"].as_str().expect("a link").to_owned();
    let none = link(&desk, "vastgesteld", &left).await;
    asked(&desk, "plaats", &mine).await.expect(200);
    desk.pass(27);
    asked(&desk, "plaats", &none).await.expect(200);
    desk.pass(2);
    alike(&none, "four weeks without a placement").await;
    desk.pass(340);
    asked(&desk, "plaats", &mine).await.expect(200);
    desk.pass(40);
    alike(&mine, "the placement is over").await;
    desk.close().await;
}

#[tokio::test]
async fn whoever_signs_in_gets_no_link_and_who_no_longer_waits_is_told_nothing() {
    let desk = Desk::open("places-account").await;
    let account = json!({ "naam": "Vink Verzonnen", "adres": "vink@voorbeeld.example", "rollen": [{ "rol": "coach", "van": "K1" }] });
    published(&desk).await;
    let (_, left) = people(&desk).await;
    let (admin, _) = token(&desk, Role::Beheerder, "Bea", "").await;
    desk.send_as(Some(&admin), Method::POST, "/accounts", &[], Some(account)).await.expect(201);
    let text = letter(&desk, "vastgesteld", "K1").await;
    assert!(text.contains("Log in op Loket") && !text.contains("plaats-"), "{text}");
    let none = link(&desk, "vastgesteld", &left).await;
    desk.edit(&format!("/kandidaten/{left}"), json!({ "toestand": "gestopt" })).await.expect(200);
    assert_eq!(asked(&desk, "plaats", &none).await.status, 404);
    desk.close().await;
}

/// "Ik val uit" with a link.
async fn out(desk: &Desk, link: &str, from: &str, reason: &str, sure: bool) -> Heard {
    let body = json!({ "koppeling": link, "vanaf": from, "reden": reason, "bevestigd": sure });
    desk.send_as(None, Method::POST, "/antwoordkoppelingen/uitval", &[], Some(body)).await
}

#[tokio::test]
async fn with_a_link_somebody_reports_to_fall_out_until_the_placement_is_over() {
    let desk = Desk::open("places-out").await;
    published(&desk).await;
    let (placed, left) = people(&desk).await;
    let mine = link(&desk, "vastgesteld", &placed[0]).await;
    let coach = link(&desk, "vastgesteld", "K1").await;
    let none = link(&desk, "vastgesteld", &left).await;
    let unknown = out(&desk, "plaats-bestaatniet", "2026-09-01", "vertrek", false).await;
    assert_eq!(unknown.status, 404);
    // Whoever has no placement cannot fall out of one; told as a link that is none, also when the day is no good.
    for (link, from) in [(none.as_str(), "2026-09-01"), (none.as_str(), "2040-01-01"), ("antwoord-bestaatniet", "2026-09-01")] {
        let heard = out(&desk, link, from, "vertrek", false).await;
        assert_eq!((heard.status, &heard.body), (404, &unknown.body), "{link}");
    }
    assert_eq!(out(&desk, &mine, "2026-09-01", "ziek", false).await.wrong(), [("woord", "/reden")]);
    assert_eq!(out(&desk, &mine, "morgen", "vertrek", false).await.wrong(), [("datum", "/vanaf")]);
    assert_eq!(out(&desk, &mine, "2029-09-01", "vertrek", false).await.wrong(), [("bevestigen", "/vanaf")]);
    assert_eq!(desk.get("/uitvalmeldingen").await.expect(200)["totaal"], 0);
    let told = out(&desk, &mine, "2026-09-01", "geen-tijd", false).await.expect(201);
    assert_eq!(["vanaf", "reden", "toestand"].map(|key| told[key].as_str().unwrap_or_default()), ["2026-09-01", "geen-tijd", "open"]);
    let told = out(&desk, &mine, "2026-10-01", "vertrek", false).await.expect(201);
    assert_eq!((&told["vanaf"], told.to_string().contains(&placed[0])), (&json!("2026-09-01"), false), "the one that is open");
    // A year is far away for a coach who means it.
    out(&desk, &coach, "2029-09-01", "vertrek", true).await.expect(201);
    let all = desk.get("/uitvalmeldingen?toestand=open").await.expect(200);
    let row = |kind: &str| all["resultaten"].as_array().expect("rows").iter().find(|it| it["soort"] == kind).expect("a report").clone();
    let (own, of_coach) = (row("kandidaat"), row("coach"));
    assert_eq!(
        (&all["totaal"], &own["kandidaat"], &own["vanaf"], &own["reden"]),
        (&json!(2), &json!(placed[0]), &json!("2026-09-01"), &json!("geen-tijd"))
    );
    assert_eq!((&of_coach["coach"], &of_coach["vanaf"]), (&json!("K1"), &json!("2029-09-01")));
    assert_eq!(desk.get("/lichtingen/w/plaatsingen").await.expect(200)["resultaten"][0]["einde_reden"], Value::Null, "a request");

    // Whoever reported is told what became of it, without a word about it.
    let path = format!("/uitvalmeldingen/{}/afhandeling", own["id"].as_str().expect("an id"));
    desk.act_with(&path, "\"v1\"", json!({ "niet_nodig": "vergissing" })).await.expect(200);
    assert_eq!(desk.act_with(&path, "\"v2\"", json!({ "niet_nodig": "vergissing" })).await.status, 409);
    let text = letter(&desk, "uitval", &placed[0]).await;
    assert!(text.contains("Subject: Uw melding is afgehandeld\r\n") && !text.contains("Log in"), "{text}");
    assert_eq!(desk.get("/berichten?soort=uitval").await.expect(200)["totaal"], 1);

    // A month before the end it still works, and after the last day no more.
    desk.pass(365);
    out(&desk, &mine, "2027-07-05", "afwezig", false).await.expect(201);
    desk.pass(60);
    let heard = out(&desk, &mine, "2027-09-01", "vertrek", false).await;
    assert_eq!((heard.status, &heard.body), (404, &unknown.body));
    desk.sound_log().await;
    desk.close().await;
}

/// A wave whose two candidates can have either of two coaches.
fn two_coaches() -> Value {
    let mut wave = small_wave("w", 2, &["Z1", "Z2"]);
    let other = json!({ "id": "K2", "naam": "Merel Bedacht", "lat": 52.372, "lon": 4.896, "maximum": 2, "uren": 120 });
    wave["coaches"].as_array_mut().expect("a list").push(other);
    wave
}

/// A coach of somebody drops out from a day on, and the proposal is accepted; the coach and whom that moves.
async fn coach_gone(desk: &Desk, from: &str) -> (String, Vec<String>) {
    let run = desk.get("/lichtingen/w").await.body["geldende_berekening"].as_str().expect("a run").to_owned();
    let rows = desk.get(&format!("/berekeningen/{run}/uitkomst")).await.body["plaatsingen"].clone();
    let coach = rows[0]["coach"].as_str().expect("an id").to_owned();
    let mut people: Vec<String> = (rows.as_array().expect("rows").iter().filter(|it| it["coach"] == coach))
        .map(|it| it["kandidaat"].as_str().expect("an id").to_owned())
        .collect();
    people.sort();
    let batch = desk.post(&format!("/coaches/{coach}/uitval"), json!({ "vanaf": from })).await.expect(202);
    desk.work().await;
    let path = format!("/herberekeningen/{}", batch["id"].as_str().expect("an id"));
    let tag = desk.get(&path).await.tag();
    desk.act_with(&format!("{path}/aanvaarding"), &tag, json!({})).await.expect(200);
    let tag = desk.get(&path).await.tag();
    assert_eq!(desk.act_with(&format!("{path}/aanvaarding"), &tag, json!({})).await.status, 409, "once");
    (coach, people)
}

/// Who is told that something changed.
async fn told_of_change(desk: &Desk) -> Vec<String> {
    let list = desk.get("/berichten?soort=gewijzigd").await.expect(200);
    let mut to: Vec<String> =
        list["resultaten"].as_array().expect("rows").iter().map(|it| it["aan"].as_str().expect("an id").to_owned()).collect();
    to.sort();
    to
}

#[tokio::test]
async fn who_moves_and_the_coaches_and_boards_around_them_are_told_once_that_something_changed() {
    let desk = Desk::open("places-moved").await;
    let wave = desk.solved(two_coaches(), YEAR).await;
    for path in ["/kandidaten/Z1", "/kandidaten/Z2", "/coaches/K1", "/coaches/K2"] {
        let address = format!("{}@voorbeeld.example", path.rsplit('/').next().expect("an id"));
        desk.edit(path, json!({ "e_mail": address })).await.expect(200);
    }
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    let (coach, people) = coach_gone(&desk, "2026-09-01").await;
    let mut expected = people.clone();
    expected.extend(["B1", "K1", "K2"].map(str::to_owned));
    expected.sort();
    assert_eq!(told_of_change(&desk).await, expected);
    let list = desk.get("/berichten?soort=gewijzigd").await.expect(200).to_string();
    assert!(list.contains("Er is iets gewijzigd in een plaatsing") && !list.contains("De Vlieger"), "{list}");

    // The message holds no more than a link, and that shows what was and what comes.
    let text = letter(&desk, "gewijzigd", &people[0]).await;
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    for name in ["Kanarie", "Vink", "Merel", "Vlieger", "Bestuur Een"] {
        assert!(!head.contains(name) && !body.contains(name), "{name}: {text}");
    }
    let mine = link(&desk, "gewijzigd", &people[0]).await;
    let seen = asked(&desk, "plaats", &mine).await.expect(200);
    let days: Vec<(&str, &str)> = (seen["plaatsingen"].as_array().expect("rows").iter())
        .map(|it| (it["van"].as_str().expect("a day"), it["tot"].as_str().expect("a day")))
        .collect();
    assert_eq!(days, [("2026-08-01", "2026-08-31"), ("2026-09-01", "2027-07-31")], "{seen}");
    assert_ne!(seen["plaatsingen"][0]["coach_naam"], seen["plaatsingen"][1]["coach_naam"]);
    // Who coaches nobody any more comes in until then.
    let theirs = link(&desk, "gewijzigd", &coach).await;
    assert_eq!(asked(&desk, "plaats", &theirs).await.expect(200)["plaatsingen"].as_array().map(Vec::len), Some(people.len()));
    desk.pass(62);
    assert_eq!(asked(&desk, "plaats", &theirs).await.status, 404);
    assert_eq!(asked(&desk, "plaats", &mine).await.expect(200)["plaatsingen"].as_array().map(Vec::len), Some(1));
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn while_nothing_is_published_nobody_is_told_of_a_change() {
    let desk = Desk::open("places-not-yet").await;
    desk.solved(two_coaches(), YEAR).await;
    coach_gone(&desk, "2026-09-01").await;
    assert!(told_of_change(&desk).await.is_empty());
    desk.close().await;
}

#[tokio::test]
async fn who_has_nothing_left_to_look_at_is_told_all_the_same_and_not_to_sign_in() {
    let desk = Desk::open("places-nothing").await;
    published(&desk).await;
    let (placed, _) = people(&desk).await;
    let batch = desk.post(&format!("/kandidaten/{}/uitval", placed[0]), json!({ "vanaf": "2026-07-15" })).await.expect(202);
    desk.work().await;
    let path = format!("/herberekeningen/{}", batch["id"].as_str().expect("an id"));
    let tag = desk.get(&path).await.tag();
    desk.act_with(&format!("{path}/aanvaarding"), &tag, json!({})).await.expect(200);
    let text = letter(&desk, "gewijzigd", &placed[0]).await;
    assert!(!text.contains("Log in") && !text.contains("plaats-") && text.contains("Hebt u vragen?"), "{text}");
    desk.close().await;
}
