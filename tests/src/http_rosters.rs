//! Rosters over HTTP: interviews from a file to calendars, a panel member who falls ill, decisions that the next run obeys, and rosters that are
//! filled from the register and from published placements.

use std::path::Path;

use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, Heard, TOKEN, YEAR};

/// Two half-days, two coaches, somebody of a board, and so many candidates; each session has room for two.
pub fn interviews(candidates: usize) -> Value {
    let candidate =
        |at: usize| json!({ "id": format!("Z{at}"), "naam": format!("Kanarie {at}"), "lat": 52.37, "lon": 4.89, "toelichting": "stil" });
    json!({
        "formaat": "loket-rooster/1", "id": "intake", "naam": "Intake", "soort": "gesprekken",
        "kalender": { "van": "2027-01-11", "tot": "2027-01-13" },
        "beleid": { "panel": { "coach": 1, "hr": 1 }, "per_zitting": 2, "tijden": ["09:00", "10:15"] },
        "besturen": [{ "id": "B1", "naam": "Bestuur Een" }],
        "locaties": [{ "id": "L1", "naam": "Kantoor", "zalen": 1, "dagdelen": ["ma-o", "di-o", "wo-o"] }],
        "personen": [
            { "id": "K1", "naam": "Vink Een", "rollen": ["coach"], "ruimte": 9, "afwezig": [{ "van": "2027-01-13", "toelichting": "ziekenhuis" }] },
            { "id": "K2", "naam": "Vink Twee", "rollen": ["coach"], "dagdelen": ["di-o", "wo-o"] },
            { "id": "H1", "naam": "Mees Personeel", "rollen": ["hr"], "bestuur": "B1" },
        ],
        "deelnemers": (1..=candidates).map(candidate).collect::<Vec<_>>(),
        "verboden": [{ "deelnemer": "Z1", "persoon": "K2", "reden": "familie van elkaar" }],
    })
}

/// A deed without a body.
async fn post(desk: &Desk, path: &str) -> Heard {
    desk.send(Method::POST, path, &[], None).await
}

/// Makes a run of a roster and waits for it.
pub async fn computed(desk: &Desk, roster: &str) -> Value {
    let run = post(desk, &format!("/roosters/{roster}/berekeningen")).await.expect(202);
    ended(desk, run["id"].as_str().expect("an id")).await
}

/// Does what waits and gives the run as it is then.
async fn ended(desk: &Desk, run: &str) -> Value {
    desk.work().await;
    desk.get(&format!("/roosterberekeningen/{run}")).await.expect(200)
}

/// A published wave of six, whose places are at one school with one coach.
async fn published_wave(desk: &Desk) -> &'static str {
    let candidates: Vec<Value> = (1..=6)
        .map(|at| json!({ "id": format!("Z{at}"), "naam": format!("Kanarie {at}"), "lat": 52.375, "lon": 4.893, "bouwen": ["onderbouw"] }))
        .collect();
    let file = json!({
        "formaat": "loket-lichting/1", "id": "w", "naam": "Proef", "fase": "opleiding",
        "besturen": [{ "id": "B1", "naam": "Bestuur Een" }],
        "scholen": [{ "id": "S1", "naam": "De Vlieger", "bestuur": "B1", "lat": 52.370, "lon": 4.890, "plekken": [{ "bouw": "onderbouw", "aantal": 6 }] }],
        "coaches": [{ "id": "K1", "naam": "Vink Verzonnen", "lat": 52.372, "lon": 4.895, "maximum": 9, "uren": 900 }],
        "kandidaten": candidates,
    });
    desk.solved(file, YEAR).await;
    for at in 1..=6 {
        desk.put_new(&format!("/lichtingen/w/beoordelingen/Z{at}"), json!({ "besluit": "akkoord" })).await.expect(200);
    }
    let wave = desk.get("/lichtingen/w").await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    "w"
}

async fn outcome(desk: &Desk, run: &Value) -> Value {
    desk.get(&format!("/roosterberekeningen/{}/uitkomst", run["id"].as_str().expect("an id"))).await.expect(200)
}

/// The half-day and coach of somebody.
fn at(outcome: &Value, who: &str) -> Option<(String, String)> {
    let blocks = outcome["blokken"].as_array().expect("blocks");
    let block = blocks.iter().find(|it| it["leden"].as_array().expect("members").iter().any(|it| it["id"] == who))?;
    let coach = block["bezetting"].as_array().expect("staff").iter().find(|it| it["rol"] != "hr").expect("a coach");
    Some((block["dagdeel"].as_str()?.to_owned(), coach["persoon"].as_str()?.to_owned()))
}

async fn publish(desk: &Desk, roster: &str) -> Value {
    let seen = desk.get(&format!("/roosters/{roster}")).await;
    desk.send(Method::POST, &format!("/roosters/{roster}/publicatie"), &[("if-match", &seen.tag())], None).await.expect(200)
}

async fn calendar(desk: &Desk, who: &str) -> String {
    let asked = desk.client.get(format!("{}/v1/roosters/intake/agenda/{who}", desk.base())).bearer_auth(TOKEN);
    asked.send().await.expect("an answer").text().await.expect("a text")
}

/// The value of a property of each entry of a calendar.
fn property<'a>(calendar: &'a str, name: &'a str) -> Vec<&'a str> {
    calendar.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim).collect()
}

#[tokio::test]
async fn interviews_are_planned_published_and_planned_again_when_somebody_falls_ill() {
    let desk = Desk::open("rosters-story").await;
    let made = desk.post("/roosters", interviews(4)).await;
    let tag = made.tag();
    let made = made.expect(201);
    assert_eq!((&made["stand"], tag), (&json!("concept"), "\"v1\"".into()));
    // What is not kept is told.
    assert_eq!(made["meldingen"].as_array().map(|all| all.iter().filter(|it| it["code"] == "toelichting-weg").count()), Some(1), "{made}");
    let mut nowhere = interviews(1);
    nowhere["id"] = json!("nieuw");
    assert_eq!(desk.post("/roosters", nowhere).await.wrong(), [("id", "/id")], "that is the page where one is made");
    desk.post("/roosters", interviews(4)).await.expect(201);
    let other = desk.post("/roosters", interviews(3)).await;
    assert_eq!(other.status, 409, "another file with the same id");

    let run = computed(&desk, "intake").await;
    assert_eq!((&run["status"], &run["verouderd"]), (&json!("optimaal"), &json!(false)), "{run}");
    let first = outcome(&desk, &run).await;
    assert_eq!(first["kerncijfers"]["gepland"], 4, "{first}");
    let z1 = at(&first, "Z1").expect("planned");
    assert_eq!(z1.1, "K1", "the other coach is forbidden");

    // No name and no word about people is in what is kept of the file, or in what was computed.
    let kept = desk.store.read().input(run["invoer_sha256"].as_str().expect("a hash")).await.expect("files").expect("a file");
    let kept = String::from_utf8(kept).expect("text");
    for word in ["Kanarie", "Vink", "Mees", "stil", "ziekenhuis", "familie", "52.37"] {
        assert!(!kept.contains(word) && !first.to_string().contains(word), "{word}: {kept}");
    }
    let file = desk.get("/roosters/intake/bestand").await.expect(200);
    assert_eq!(file["deelnemers"][0]["naam"], "Kanarie 1", "the names come back with the file");

    // An ordinary run is nothing to accept, also when its plan counts.
    let id = run["id"].as_str().expect("an id");
    assert_eq!(post(&desk, &format!("/roosterberekeningen/{id}/aanvaarding")).await.status, 409);

    // Nobody has anything in a calendar before it is published.
    assert_eq!(property(&calendar(&desk, "Z1").await, "UID").len(), 0);
    assert_eq!(publish(&desk, "intake").await["stand"], "gepubliceerd");
    let again = desk.get("/roosters/intake").await;
    let refused = desk.send(Method::POST, "/roosters/intake/publicatie", &[("if-match", &again.tag())], None).await;
    assert_eq!(refused.status, 409, "it was published already");
    let stale = desk.send(Method::POST, "/roosters/intake/publicatie", &[("if-match", "\"v1\"")], None).await;
    assert_eq!(stale.status, 412);
    let told = calendar(&desk, "Z1").await;
    assert_eq!((property(&told, "STATUS"), property(&told, "SEQUENCE")), (vec!["CONFIRMED"], vec!["1"]), "{told}");
    assert!(!told.contains("Kanarie"), "{told}");
    // 09:00 in Amsterdam in winter.
    assert!(property(&told, "DTSTART").iter().all(|it| it.ends_with("T080000Z") || it.ends_with("T091500Z")), "{told}");

    // Who leads is there until the last one ends.
    let led = calendar(&desk, "H1").await;
    let (from, until) = (property(&led, "DTSTART"), property(&led, "DTEND"));
    assert!(from.iter().zip(&until).any(|(from, until)| from.ends_with("T080000Z") && until.ends_with("T101500Z")), "{led}");

    // The coach of the first session falls ill: it is seen first, and counts once it is accepted.
    let cause = json!({ "personen": ["K1"], "vanaf": "2027-01-12" });
    let proposal = desk.post("/roosters/intake/uitval", cause.clone()).await.expect(202);
    let proposal = ended(&desk, proposal["id"].as_str().expect("an id")).await;
    assert_eq!((&proposal["voorstel"]["stand"], &proposal["toestand"]), (&json!("voorstel"), &json!("klaar")), "{proposal}");
    let id = proposal["id"].as_str().expect("an id");
    let second = desk.post("/roosters/intake/uitval", cause).await;
    assert_eq!(second.status, 409, "there is a proposal already");
    assert_eq!(post(&desk, "/roosters/intake/berekeningen").await.status, 409);
    let difference = desk.get(&format!("/roosterberekeningen/{id}/verschil")).await.expect(200);
    let after = outcome(&desk, &proposal).await;
    let moved: Vec<&str> = difference["resultaten"].as_array().expect("rows").iter().filter_map(|it| it["deelnemer"].as_str()).collect();
    let truly: Vec<String> = (1..=4).map(|it| format!("Z{it}")).filter(|it| at(&first, it) != at(&after, it)).collect();
    assert_eq!(moved, truly.iter().map(String::as_str).collect::<Vec<_>>(), "{difference}");
    assert!(at(&after, "Z2").is_none_or(|(day, coach)| coach != "K1" || day.as_str() < "2027-01-12"), "{after}");
    assert_eq!(desk.get("/roosters/intake").await.expect(200)["stand"], "gepubliceerd", "nothing changed yet");
    let accepted = post(&desk, &format!("/roosterberekeningen/{id}/aanvaarding")).await.expect(200);
    assert_eq!((&accepted["stand"], &accepted["geldende_berekening"]), (&json!("gewijzigd"), &json!(id)));
    post(&desk, &format!("/roosterberekeningen/{id}/aanvaarding")).await.expect(200);
    assert_eq!(post(&desk, &format!("/roosterberekeningen/{id}/afwijzing")).await.status, 409);
    let run = desk.get(&format!("/roosterberekeningen/{id}")).await.expect(200);
    assert_eq!((&run["verouderd"], &run["voorstel"]["stand"]), (&json!(false), &json!("aanvaard")));

    // Who moved gets another entry with the same identity; who did not keeps his as it was.
    let before: Vec<(String, String)> = [calendar(&desk, "Z1").await, calendar(&desk, "Z2").await]
        .map(|it| (property(&it, "UID").concat(), property(&it, "SEQUENCE").concat()))
        .into();
    publish(&desk, "intake").await;
    for (at_, who) in ["Z1", "Z2"].iter().enumerate() {
        let now = calendar(&desk, who).await;
        assert_eq!(property(&now, "UID").concat(), before[at_].0, "{now}");
        let changed = at(&first, who) != at(&after, who);
        assert_eq!(property(&now, "SEQUENCE").concat(), if changed { "2".to_owned() } else { before[at_].1.clone() }, "{who} {now}");
    }
}

#[tokio::test]
async fn what_is_decided_holds_in_the_next_run_and_can_be_taken_back() {
    let desk = Desk::open("rosters-decide").await;
    desk.post("/roosters", interviews(3)).await.expect(201);
    let put = |who: &str, body: Value| {
        let (desk, path, who) = (&desk, format!("/roosters/intake/besluiten/{who}"), who.to_owned());
        async move {
            let seen = seen_decision(desk, &who).await;
            let on = seen.as_ref().map_or(("if-none-match", "*"), |tag| ("if-match", tag.as_str()));
            desk.send(Method::PUT, &path, &[on], Some(body)).await
        }
    };
    assert_eq!(put("Z1", json!({ "besluit": "akkoord" })).await.status, 409, "there is nothing to agree with yet");
    let wrong =
        put("Z9", json!({ "besluit": "vast", "gegevens": { "dagdeel": "2027-01-16-o", "locatie": "L9", "persoon": "K9", "reeks": "r" } }))
            .await;
    let places: Vec<&str> = wrong.wrong().into_iter().map(|it| it.1).collect();
    assert_eq!(places, ["/deelnemer", "/gegevens/dagdeel", "/gegevens/locatie", "/gegevens/persoon", "/gegevens/reeks"]);
    let first = outcome(&desk, &computed(&desk, "intake").await).await;
    put("Z1", json!({ "besluit": "akkoord" })).await.expect(200);
    let seen = desk.get("/roosters/intake").await.expect(200);
    assert_eq!(seen["beslissingen"], 0, "the plan does that already");
    let (was, _) = at(&first, "Z2").expect("planned");
    let other = ["2027-01-11-o", "2027-01-12-o", "2027-01-13-o"].into_iter().find(|it| *it != was).expect("another day");
    let decided = put("Z2", json!({ "besluit": "vast", "gegevens": { "dagdeel": other } })).await.expect(200);
    assert_eq!((&decided["gevolgd"], &decided["gegevens"]["dagdeel"]), (&json!(false), &json!(other)));
    // A rejection has a reason from the list, and nothing else has one.
    assert_eq!(put("Z3", json!({ "besluit": "afgewezen" })).await.wrong(), [("ontbreekt", "/reden")]);
    assert_eq!(put("Z3", json!({ "besluit": "afgewezen", "reden": "zomaar" })).await.wrong(), [("woord", "/reden")]);
    let reasoned = json!({ "besluit": "akkoord", "reden": "anders", "toelichting": "zo" });
    assert_eq!(put("Z3", reasoned).await.wrong(), [("niet-samen", "/reden"), ("niet-samen", "/toelichting")]);
    let why = json!({ "besluit": "afgewezen", "reden": "te-druk", "toelichting": "Vrijdag is zwemles." });
    let rejected = put("Z3", why).await.expect(200);
    assert_eq!((&rejected["reden"], &rejected["toelichting"]), (&json!("te-druk"), &json!("Vrijdag is zwemles.")));
    let listed = desk.get("/roosters/intake/besluiten").await.expect(200);
    assert_eq!(listed["resultaten"][2], rejected, "{listed}");
    assert_eq!(rejected["gegevens"]["dagdeel"], json!(at(&first, "Z3").expect("planned").0), "as it stands now");
    let run = desk.get("/roosters/intake").await.expect(200)["geldende_berekening"].as_str().expect("a run").to_owned();
    assert_eq!(desk.get(&format!("/roosterberekeningen/{run}")).await.expect(200)["verouderd"], true);
    let seen = desk.get("/roosters/intake").await;
    let early = desk.send(Method::POST, "/roosters/intake/publicatie", &[("if-match", &seen.tag())], None).await;
    assert_eq!(early.status, 409, "the plan is not what was decided");
    let next = outcome(&desk, &computed(&desk, "intake").await).await;
    assert_eq!(at(&next, "Z2").expect("planned").0, other);
    assert_ne!(at(&next, "Z3"), at(&first, "Z3"));
    let all = desk.get("/roosters/intake/besluiten").await.expect(200);
    assert_eq!(all["totaal"], 3, "{all}");
    // The reason goes along as a code; the words beside it are in no file that is computed, and not in the log.
    let run = desk.get("/roosters/intake").await.expect(200)["geldende_berekening"].as_str().expect("a run").to_owned();
    let run = desk.get(&format!("/roosterberekeningen/{run}")).await.expect(200);
    let solved = desk.store.read().input(run["invoer_sha256"].as_str().expect("a hash")).await.expect("files").expect("a file");
    let solved = String::from_utf8(solved).expect("text");
    let log = desk.get("/logboek?paginaGrootte=100").await.expect(200).to_string();
    assert!(solved.contains("te-druk") && log.contains("te-druk"), "{solved} {log}");
    assert!(!solved.contains("zwemles") && !log.contains("zwemles"), "{solved} {log}");
    let tag = seen_decision(&desk, "Z2").await.expect("a decision");
    let take_back = async || desk.send(Method::DELETE, "/roosters/intake/besluiten/Z2", &[("if-match", &tag)], None).await;
    take_back().await.expect(200);
    assert_eq!(take_back().await.status, 404);

    // Locks that cannot stand together are told, and what counted stays.
    for who in ["Z1", "Z2", "Z3"] {
        put(who, json!({ "besluit": "vast", "gegevens": { "dagdeel": "2027-01-12-o" } })).await.expect(200);
    }
    let run = computed(&desk, "intake").await;
    assert_eq!(run["status"], "onmogelijk", "{run}");
    let conflict = outcome(&desk, &run).await["conflict"].clone();
    assert_eq!((conflict[0]["id"].clone(), conflict[0]["vast"]["dagdeel"].clone()), (json!("Z1"), json!("2027-01-12-o")), "{conflict}");
    assert_ne!(desk.get("/roosters/intake").await.expect(200)["geldende_berekening"], run["id"], "what counted stays");
    let seen = desk.get("/roosters/intake").await;
    desk.send(Method::DELETE, "/roosters/intake", &[("if-match", &seen.tag())], None).await.expect(204);
    assert_eq!(desk.get("/roosters/intake").await.status, 404);
    assert!(desk.store.read().log_check().await.expect("a log").wrong.is_empty());
}

/// The tag of what was decided about somebody.
async fn seen_decision(desk: &Desk, who: &str) -> Option<String> {
    let all = desk.get("/roosters/intake/besluiten").await;
    let rows = all.body["resultaten"].as_array().expect("rows");
    rows.iter().find(|it| it["deelnemer"] == who).map(|it| format!("\"v{}\"", it["versie"]))
}

#[tokio::test]
async fn who_decides_about_what_another_decided_meanwhile_is_shown_both() {
    let desk = Desk::open("rosters-both").await;
    desk.post("/roosters", interviews(2)).await.expect(201);
    computed(&desk, "intake").await;
    let path = "/roosters/intake/besluiten/Z1";
    let send = async |method: Method, on: &[(&str, &str)], body: Option<Value>| desk.send(method, path, on, body).await;
    assert_eq!(send(Method::PUT, &[], Some(json!({ "besluit": "akkoord" }))).await.status, 428);
    let first = send(Method::PUT, &[("if-none-match", "*")], Some(json!({ "besluit": "akkoord" }))).await;
    let tag = first.tag();
    first.expect(200);
    // Somebody else saw nothing decided yet, and wants it otherwise.
    let why = json!({ "besluit": "afgewezen", "reden": "te-vroeg" });
    let other = send(Method::PUT, &[("if-none-match", "*")], Some(why)).await;
    assert_eq!(
        (other.status, &other.body["huidig"]["besluit"], &other.body["uw"]["besluit"], &other.body["uw"]["reden"]),
        (412, &json!("akkoord"), &json!("afgewezen"), &json!("te-vroeg"))
    );
    let second = send(Method::PUT, &[("if-match", &tag)], Some(json!({ "besluit": "vast" }))).await;
    assert_eq!((second.status, second.tag() == tag), (200, false), "{}", second.body);
    let late = send(Method::DELETE, &[("if-match", &tag)], None).await;
    assert_eq!((late.status, &late.body["huidig"]["besluit"]), (412, &json!("vast")));
    // A decision that was taken back and made anew is another one.
    send(Method::DELETE, &[("if-match", &second.tag())], None).await.expect(200);
    let third = send(Method::PUT, &[("if-none-match", "*")], Some(json!({ "besluit": "akkoord" }))).await;
    assert!(third.status == 200 && third.tag() != tag && third.tag() != second.tag(), "{}", third.tag());
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn what_another_moment_costs_is_asked_once_and_is_the_exact_price() {
    let desk = Desk::open("rosters-elsewhere").await;
    desk.post("/roosters", interviews(3)).await.expect(201);
    let run = computed(&desk, "intake").await;
    let path = format!("/roosterberekeningen/{}/vragen", run["id"].as_str().expect("an id"));
    let unknown = desk.post(&path, json!({ "deelnemer": "Z9" })).await;
    assert_eq!(unknown.wrong(), [("onbekende-verwijzing", "/deelnemer")]);
    let asked = desk.post(&path, json!({ "deelnemer": "Z1" })).await.expect(202);
    assert_eq!((&asked["deelnemer"], &asked["mogelijkheden"], &asked["volledig"]), (&json!("Z1"), &Value::Null, &json!(false)));
    assert_eq!(desk.post(&path, json!({ "deelnemer": "Z1" })).await.expect(202)["id"], asked["id"], "the same question");
    desk.roster_questions().await;
    let here = format!("/roostervragen/{}", asked["id"].as_str().expect("an id"));
    let answer = desk.get(&here).await.expect(200);
    assert_eq!((&answer["volledig"], &answer["toestand"]), (&json!(true), &json!("klaar")), "{answer}");
    let found = answer["mogelijkheden"].as_array().expect("other places").clone();
    // Other mornings with whoever is best then, and the same morning with somebody else, where the rules leave that.
    let (now, coach) = at(&outcome(&desk, &run).await, "Z1").expect("planned");
    let elsewhere =
        |it: &Value| it["gegevens"]["dagdeel"] != now || !it["gegevens"]["persoon"].is_null() && it["gegevens"]["persoon"] != coach;
    assert!(found.iter().any(|it| it["gegevens"]["persoon"].is_null()) && found.iter().all(elsewhere), "{answer}");
    // A question about a roster is none about a wave.
    let here_not = format!("/vragen/{}", asked["id"].as_str().expect("an id"));
    assert_eq!(desk.get(&here_not).await.status, 404);
    // The price is what each goal changes by in a roster of its own with that lock.
    let first = outcome(&desk, &run).await;
    for (number, place) in found.iter().enumerate() {
        let mut file = interviews(3);
        file["id"] = json!(format!("los-{number}"));
        let mut lock = place["gegevens"].clone();
        lock.as_object_mut().expect("a row").retain(|_, it| !it.is_null());
        lock["deelnemer"] = json!("Z1");
        file["vast"] = json!([lock]);
        desk.post("/roosters", file).await.expect(201);
        let forced = outcome(&desk, &computed(&desk, &format!("los-{number}")).await).await;
        let goals =
            |it: &Value| -> Vec<i64> { it["doelen"].as_array().expect("goals").iter().filter_map(|it| it["beste"].as_i64()).collect() };
        let price: Vec<i64> = place["prijs"].as_array().expect("a price").iter().filter_map(|it| it["prijs"].as_i64()).collect();
        let change: Vec<i64> = goals(&forced).iter().zip(goals(&first)).map(|(forced, now)| forced - now).collect();
        assert_eq!(price, change, "{place}");
    }
    // It goes with its roster.
    let tag = desk.get("/roosters/intake").await.tag();
    desk.send(Method::DELETE, "/roosters/intake", &[("if-match", &tag)], None).await.expect(204);
    assert_eq!(desk.get(&here).await.status, 404);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn every_example_made_by_hand_is_taken_in_and_computed_as_the_command_does() {
    let desk = Desk::open("rosters-examples").await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../instances/rosters");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the rosters are there") {
        let path = entry.expect("readable").path();
        if path.extension().is_none_or(|it| it != "json") {
            continue;
        }
        let file: Value = serde_json::from_slice(&std::fs::read(&path).expect("readable")).expect("JSON");
        let id = file["id"].as_str().expect("an id").to_owned();
        desk.post("/roosters", file).await.expect(201);
        let run = computed(&desk, &id).await;
        let impossible = id.contains("botst");
        assert_eq!(run["status"], if impossible { "onmogelijk" } else { "optimaal" }, "{id}: {run}");
        count += 1;
    }
    assert_eq!(count, 7);
    let all = desk.get("/roosters?soort=intervisie").await.expect(200);
    assert_eq!(all["totaal"], 2, "{all}");
    assert_eq!(desk.get("/roosters?soort=borrel").await.wrong(), [("woord", "soort")]);
}

#[tokio::test]
async fn rosters_are_filled_from_the_register_and_from_published_placements() {
    let desk = Desk::open("rosters-filled").await;
    let days = json!({ "van": "2027-01-11", "tot": "2027-02-05" });
    let wish = |more: Value| {
        let mut body = days.clone();
        body["naam"] = "Uit het register".into();
        body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        body
    };
    let nobody = desk.post("/roosters", wish(json!({ "soort": "gesprekken" }))).await;
    assert_eq!(nobody.wrong(), [("leeg", "/soort")]);
    let wave = published_wave(&desk).await;
    let late = json!({ "soort": "intervisie", "lichting": wave, "locatie": "S1", "keren": 2, "weken": 1 });
    let groups = desk.post("/roosters", wish(late)).await.expect(201);
    let run = computed(&desk, groups["id"].as_str().expect("an id")).await;
    assert!(["optimaal", "haalbaar"].iter().any(|it| run["status"] == *it), "{run}");
    let visits = desk.post("/roosters", wish(json!({ "soort": "bezoeken" }))).await.expect(201);
    let run = computed(&desk, visits["id"].as_str().expect("an id")).await;
    let told = outcome(&desk, &run).await;
    assert!(told["kerncijfers"]["gepland"].as_i64().expect("a count") > 0, "{told}");
    assert_eq!(desk.post("/roosters", wish(json!({ "soort": "intervisie" }))).await.wrong(), [("ontbreekt", "/lichting")]);
    assert_eq!(desk.post("/roosters", wish(json!({ "soort": "aanbod" }))).await.wrong(), [("leeg", "/soort")]);
    // Whoever waits for an intake gets an interview.
    let row = json!({ "lat": 52.371, "lon": 4.891, "bouwen": ["onderbouw"], "naam": "Kanarie Wachter" });
    desk.put_new("/kandidaten/W1", row).await.expect(201);
    let talks = desk.post("/roosters", wish(json!({ "soort": "gesprekken" }))).await.expect(201);
    let id = talks["id"].as_str().expect("an id");
    let file = desk.get(&format!("/roosters/{id}/bestand")).await.expect(200);
    assert_eq!((&file["deelnemers"][0]["id"], &file["deelnemers"][0]["naam"]), (&json!("W1"), &json!("Kanarie Wachter")));
    let run = computed(&desk, id).await;
    assert_eq!(outcome(&desk, &run).await["kerncijfers"]["gepland"], 1);
    // What is kept of somebody is told, and somebody who is restricted is planned no more.
    let told = desk.get("/kandidaten/W1/inzage").await.expect(200);
    let row = &told["roosters"][0];
    assert_eq!((&row["rooster"], &row["naam"], &row["rijen"][0]["id"]), (&json!(id), &json!("Kanarie Wachter"), &json!("W1")), "{told}");
    assert_eq!(row["afspraken"].as_array().map(Vec::len), Some(1), "{row}");
    assert!(!told["roosters"].to_string().contains("Vink"), "nobody else is named: {told}");
    desk.put_new("/kandidaten/W1/beperking", json!({})).await.expect(201);
    let run = computed(&desk, id).await;
    assert_eq!(outcome(&desk, &run).await["kerncijfers"]["eenheden"], 0);
    let again = desk.post("/roosters", wish(json!({ "soort": "gesprekken" }))).await;
    assert_eq!(again.wrong(), [("leeg", "/soort")], "nobody else waits");
    // Erased in the register is erased here.
    let seen = desk.get("/kandidaten/W1").await;
    desk.send(Method::DELETE, "/kandidaten/W1/naam", &[("if-match", &seen.tag())], None).await.expect(204);
    let file = desk.get(&format!("/roosters/{id}/bestand")).await.expect(200);
    assert_eq!(file["deelnemers"][0]["naam"], Value::Null, "{file}");
}

#[tokio::test]
async fn names_in_a_roster_go_when_its_term_is_over() {
    let desk = Desk::open("rosters-names").await;
    desk.post("/roosters", interviews(2)).await.expect(201);
    let named = async || desk.get("/roosters/intake/bestand").await.expect(200)["deelnemers"][0]["naam"].clone();
    // The roster ends on 13 January; the clock stands at 1 July before.
    computed(&desk, "intake").await;
    let why = json!({ "besluit": "afgewezen", "reden": "anders", "toelichting": "Zij zit naast haar tante." });
    desk.put_new("/roosters/intake/besluiten/Z2", why).await.expect(200);
    let note = async || desk.get("/roosters/intake/besluiten").await.expect(200)["resultaten"][0]["toelichting"].clone();
    desk.pass(196 + 27);
    loket_service::actions::retention::round(&desk.store).await.expect("a round");
    assert_eq!((named().await, note().await), (json!("Kanarie 1"), json!("Zij zit naast haar tante.")), "four weeks are not over");
    desk.pass(3);
    let round = loket_service::actions::retention::round(&desk.store).await.expect("a round");
    assert_eq!((round.rosters, named().await, note().await), (6, Value::Null, Value::Null));
    assert!(desk.store.read().log_check().await.expect("a log").wrong.is_empty());
}
