//! The three answers over HTTP: a placement from proposed to ended, a no that the next run obeys, personal links, and who sees what.

use loket_service::access::{Caller, Role};
use loket_service::actions::Asked;
use loket_service::actions::accounts::{self, Invited};
use loket_service::records::account::Held;
use loket_service::store::outbox::Wanted;
use loket_solver::matching::facts::words::Word;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, Heard, YEAR};

/// Two boards with a school each, two coaches, and these candidates; every place suits everybody.
fn wave(id: &str, candidates: &[&str]) -> Value {
    let person = |id: &&str| json!({ "id": id, "naam": format!("Kanarie {id}"), "lat": 52.371, "lon": 4.891, "bouwen": ["onderbouw"] });
    let school = |at: u32, lat: f64| {
        json!({ "id": format!("S{at}"), "naam": format!("School {at}"), "bestuur": format!("B{at}"), "lat": lat, "lon": 4.890,
            "plekken": [{ "bouw": "onderbouw", "aantal": 2, "dagdelen": ["ma-o", "ma-m", "di-o", "di-m", "wo-o", "wo-m"] }] })
    };
    let coach = |at: u32, lat: f64| json!({ "id": format!("K{at}"), "naam": format!("Vink Verzonnen {at}"), "lat": lat, "lon": 4.895, "maximum": 4, "uren": 400 });
    json!({
        "formaat": "loket-lichting/1", "id": id, "naam": "Proef", "fase": "opleiding",
        "besturen": [{ "id": "B1", "naam": "Bestuur Een" }, { "id": "B2", "naam": "Bestuur Twee" }],
        "scholen": [school(1, 52.370), school(2, 52.400)],
        "coaches": [coach(1, 52.372), coach(2, 52.390)],
        "kandidaten": candidates.iter().map(person).collect::<Vec<_>>(),
    })
}

/// A token of an account with this role alone.
async fn token(desk: &Desk, role: Role, of: &str) -> String {
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let invited = Invited { name: "proef".into(), address: None, roles: vec![Held { role, of: of.into() }] };
    accounts::script(&desk.store, &asked, invited, None).await.expect("a token").secret.told().to_owned()
}

/// A wave that is solved and agreed to, each proposal as it stands.
async fn agreed(desk: &Desk, candidates: &[&str]) {
    desk.solved(wave("w", candidates), YEAR).await;
    for candidate in candidates {
        desk.put_new(&format!("/lichtingen/w/beoordelingen/{candidate}"), json!({ "besluit": "akkoord" })).await.expect(200);
    }
}

async fn row(desk: &Desk, candidate: &str) -> Value {
    let found = desk.get(&format!("/lichtingen/w/antwoorden?kandidaat={candidate}")).await.expect(200);
    assert_eq!(found["totaal"], 1, "{found}");
    found["resultaten"][0].clone()
}

/// Where a placement is in its life, and how far its answers are.
async fn standing(desk: &Desk, candidate: &str) -> (String, Vec<String>) {
    let row = row(desk, candidate).await;
    let word = |value: &Value| value.as_str().expect("a word").to_owned();
    (word(&row["stand"]), row["antwoorden"].as_array().expect("answers").iter().map(|it| word(&it["stand"])).collect())
}

fn path(candidate: &str, party: &str) -> String {
    format!("/lichtingen/w/antwoorden/{candidate}/{party}")
}

/// Gives an answer as somebody, on the version there is.
async fn give(desk: &Desk, who: &str, candidate: &str, party: &str, body: Value) -> Heard {
    let seen = desk.send_as(Some(who), Method::GET, &path(candidate, party), &[], None).await;
    let tag = seen.tag();
    desk.send_as(Some(who), Method::POST, &path(candidate, party), &[("if-match", &tag)], Some(body)).await
}

/// Notes an answer for somebody.
async fn note(desk: &Desk, candidate: &str, party: &str, mut body: Value) -> Value {
    body["hoe"] = json!("telefoon");
    let tag = desk.get(&path(candidate, party)).await.tag();
    desk.act_with(&path(candidate, party), &tag, body).await.expect(200)
}

async fn link(desk: &Desk, candidate: &str, party: &str) -> String {
    let made = desk.send(Method::POST, &format!("{}/koppeling", path(candidate, party)), &[], None).await.expect(201);
    made["koppeling"].as_str().expect("a link").to_owned()
}

async fn shown(desk: &Desk, link: &str) -> Heard {
    desk.send_as(None, Method::POST, "/antwoordkoppelingen/inzage", &[], Some(json!({ "koppeling": link }))).await
}

async fn answered(desk: &Desk, link: &str, tag: &str, mut body: Value) -> Heard {
    body["koppeling"] = json!(link);
    desk.send_as(None, Method::POST, "/antwoordkoppelingen/antwoord", &[("if-match", tag)], Some(body)).await
}

async fn publish(desk: &Desk) -> Heard {
    let wave = desk.get("/lichtingen/w").await;
    desk.send(Method::POST, "/lichtingen/w/vaststelling", &[("if-match", &wave.tag())], None).await
}

async fn outdated(desk: &Desk) -> bool {
    let run = desk.get("/lichtingen/w").await.body["geldende_berekening"].as_str().expect("a plan").to_owned();
    desk.get(&format!("/berekeningen/{run}")).await.expect(200)["verouderd"].as_bool().expect("yes or no")
}

/// The kinds of what asks for action, with how many.
async fn attention(desk: &Desk) -> Vec<(String, i64)> {
    let all = desk.get("/aandacht").await.expect(200);
    let one = |it: &Value| (it["soort"].as_str().expect("a kind").to_owned(), it["aantal"].as_i64().expect("a count"));
    all["resultaten"].as_array().expect("lines").iter().map(one).collect()
}

fn words(of: &[&str]) -> Vec<String> {
    of.iter().map(|it| (*it).to_owned()).collect()
}

#[tokio::test]
async fn a_placement_goes_from_proposed_to_ended_with_three_answers() {
    let desk = Desk::open("answers-life").await;
    desk.solved(wave("w", &["Z1"]), YEAR).await;
    assert_eq!(standing(&desk, "Z1").await, ("voorgesteld".into(), words(&["niet-gevraagd"; 3])));
    let early = desk.post("/lichtingen/w/antwoorden", json!({ "kandidaten": ["Z1", "Z9"] })).await;
    assert_eq!((early.status, early.wrong()), (409, vec![("geen-akkoord", "/kandidaten/0"), ("geen-plaats", "/kandidaten/1")]));
    desk.put_new("/lichtingen/w/beoordelingen/Z1", json!({ "besluit": "akkoord" })).await.expect(200);
    assert_eq!(standing(&desk, "Z1").await.0, "akkoord");
    let asked = desk.post("/lichtingen/w/antwoorden", json!({})).await.expect(200);
    assert_eq!((&asked["gevraagd"], &asked["plaatsen"], &asked["voor"]), (&json!(3), &json!(1), &json!("2026-07-11")));
    assert_eq!(standing(&desk, "Z1").await, ("gevraagd".into(), words(&["gevraagd"; 3])));
    let (mails, _) = desk.store.read().mails(&Wanted::default(), 0, 10).await.expect("messages");
    let mut to: Vec<(&str, &str)> = mails.iter().map(|it| (it.message.kind.code(), it.message.to.kind.code())).collect();
    to.sort_unstable();
    assert_eq!(to, [("vraag", "bestuur"), ("vraag", "coach"), ("vraag", "kandidaat")], "each hears that something is asked");

    let place = row(&desk, "Z1").await["plaats"].clone();
    let (board, coach) = (place["bestuur"].as_str().expect("a board"), place["coach"].as_str().expect("a coach"));
    let (for_board, for_coach) = (token(&desk, Role::Bestuur, board).await, token(&desk, Role::Coach, coach).await);
    give(&desk, &for_board, "Z1", "bestuur", json!({ "antwoord": "ja" })).await.expect(200);
    give(&desk, &for_coach, "Z1", "coach", json!({ "antwoord": "ja" })).await.expect(200);
    let secret = link(&desk, "Z1", "kandidaat").await;
    let seen = shown(&desk, &secret).await;
    let tag = seen.tag();
    let seen = seen.expect(200);
    assert_eq!((&seen["partij"], &seen["naam"], &seen["bouw"]), (&json!("kandidaat"), &json!("Kanarie Z1"), &json!("onderbouw")));
    assert_eq!((&seen["van"], seen["dagdelen"].as_array().map(Vec::len)), (&json!(YEAR.0), Some(6)));
    assert!(seen["school_naam"].is_string() && seen["coach_naam"].is_string(), "{seen}");
    let told = answered(&desk, &secret, &tag, json!({ "antwoord": "ja" })).await.expect(200);
    assert_eq!(told["stand"], "ja");
    assert_eq!(standing(&desk, "Z1").await, ("afgesproken".into(), words(&["ja"; 3])));
    let ways: Vec<Value> = row(&desk, "Z1").await["antwoorden"].as_array().expect("answers").iter().map(|it| it["hoe"].clone()).collect();
    assert_eq!(ways, [json!("koppeling"), json!("account"), json!("account")]);
    let counts = desk.get("/lichtingen/w/antwoorden").await.expect(200);
    assert_eq!((&counts["akkoord"], &counts["rond"], &counts["nee"], &counts["wachten"]), (&json!(1), &json!(1), &json!(0), &json!(0)));

    publish(&desk).await.expect(200);
    assert_eq!(standing(&desk, "Z1").await.0, "vastgesteld");
    let run = desk.get("/lichtingen/w").await.body["geldende_berekening"].as_str().expect("a run").to_owned();
    let plan = desk.get(&format!("/berekeningen/{run}/plaatsingen")).await.expect(200);
    assert_eq!(plan["resultaten"][0]["stand"], "vastgesteld", "told wherever the placement is told");
    desk.pass(31);
    assert_eq!(standing(&desk, "Z1").await.0, "begonnen");
    assert_eq!(desk.get("/lichtingen/w/plaatsingen").await.expect(200)["resultaten"][0]["stand"], "begonnen");
    desk.pass(365);
    assert_eq!(standing(&desk, "Z1").await.0, "geeindigd");
    let deeds: Vec<String> = desk.log().await.into_iter().map(|it| it.0).filter(|it| it.starts_with("antwoord")).collect();
    let wanted = ["antwoord-gevraagd", "antwoord-gegeven", "antwoord-gegeven", "antwoord-koppeling-gemaakt", "antwoord-gegeven"];
    assert_eq!(deeds, wanted);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_no_stops_publication_until_a_run_obeys_it_and_what_did_not_change_stays_answered() {
    let desk = Desk::open("answers-no").await;
    agreed(&desk, &["Z1", "Z2"]).await;
    desk.post("/lichtingen/w/antwoorden", json!({})).await.expect(200);
    let (first, second) = (row(&desk, "Z1").await["plaats"].clone(), row(&desk, "Z2").await["plaats"].clone());
    for party in ["kandidaat", "bestuur", "coach"] {
        note(&desk, "Z2", party, json!({ "antwoord": "ja" })).await;
    }
    assert!(!outdated(&desk).await, "a yes changes nothing about the plan");
    note(&desk, "Z1", "bestuur", json!({ "antwoord": "ja" })).await;
    let bare = desk.act_with(&path("Z1", "kandidaat"), &desk.get(&path("Z1", "kandidaat")).await.tag(), json!({ "antwoord": "nee" })).await;
    assert_eq!((bare.status, bare.wrong()), (400, vec![("ontbreekt", "/hoe")]));
    let no = json!({ "antwoord": "nee", "hoe": "telefoon" });
    let bare = desk.act_with(&path("Z1", "kandidaat"), &desk.get(&path("Z1", "kandidaat")).await.tag(), no).await;
    assert_eq!((bare.status, bare.wrong()), (400, vec![("ontbreekt", "/reden")]));
    let told = note(&desk, "Z1", "kandidaat", json!({ "antwoord": "nee", "reden": "te-ver", "toelichting": "liever in Noord" })).await;
    assert_eq!((&told["stand"], &told["reden"], &told["toelichting"]), (&json!("nee"), &json!("te-ver"), &json!("liever in Noord")));
    assert!(outdated(&desk).await);
    let stopped = publish(&desk).await;
    assert_eq!((stopped.status, stopped.wrong()), (409, vec![("nee-gezegd", "/v1/lichtingen/w/antwoorden/Z1/kandidaat")]));
    assert_eq!(
        attention(&desk).await,
        [("nee-niet-gevolgd".to_owned(), 1), ("berichten-te-versturen".to_owned(), 5), ("berekening-verouderd".to_owned(), 1)]
    );
    let bans = desk.get("/verboden?geldt=true").await.expect(200);
    let ban = bans["resultaten"][0].clone();
    assert_eq!((&ban["kandidaat"], &ban["school"], &ban["reikwijdte"]), (&json!("Z1"), &first["school"], &json!("school")));

    desk.run("/lichtingen/w").await;
    assert!(!outdated(&desk).await);
    let moved = row(&desk, "Z1").await;
    assert_ne!(moved["plaats"]["school"], first["school"], "the next run obeys");
    assert_eq!(standing(&desk, "Z1").await, ("voorgesteld".into(), words(&["niet-gevraagd"; 3])), "another school asks all three again");
    assert_eq!(row(&desk, "Z2").await["plaats"], second);
    assert_eq!(standing(&desk, "Z2").await, ("afgesproken".into(), words(&["ja"; 3])), "what did not change stays answered");
    assert_eq!(attention(&desk).await, [("berichten-te-versturen".to_owned(), 5)], "only the questions of before wait to be sent");
    // A decision about another placement is no review of this one, but somebody did look at the candidate.
    let tag = desk.get("/lichtingen/w/beoordelingen/Z1").await.tag();
    desk.put("/lichtingen/w/beoordelingen/Z1", &tag, json!({ "besluit": "akkoord" })).await.expect(200);
    publish(&desk).await.expect(200);

    // Revoked, it is allowed again; a second time there is nothing to revoke.
    let at = format!("/verboden/{}", ban["id"].as_str().expect("an id"));
    let tag = desk.get(&at).await.tag();
    let gone = desk.act_with(&format!("{at}/intrekking"), &tag, json!({ "reden": "overlegd" })).await.expect(200);
    assert_eq!((&gone["geldt"], &gone["intrekreden"]), (&json!(false), &json!("overlegd")));
    assert_eq!(desk.act_with(&format!("{at}/intrekking"), &tag, json!({ "reden": "overlegd" })).await.status, 412);
    let tag = desk.get(&at).await.tag();
    assert_eq!(desk.act_with(&format!("{at}/intrekking"), &tag, json!({ "reden": "overlegd" })).await.status, 409);
    assert_eq!(desk.get("/verboden?geldt=true").await.expect(200)["totaal"], 0);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_revoked_no_and_one_that_became_a_yes_put_the_plan_that_knew_it_out_of_date() {
    let desk = Desk::open("answers-revoked").await;
    agreed(&desk, &["Z1"]).await;
    desk.post("/lichtingen/w/antwoorden", json!({})).await.expect(200);
    note(&desk, "Z1", "coach", json!({ "antwoord": "nee", "reden": "te-ver" })).await;
    assert!(outdated(&desk).await);
    // The coach thinks again before anything was computed: nothing is forbidden any more.
    note(&desk, "Z1", "coach", json!({ "antwoord": "ja" })).await;
    assert!(!outdated(&desk).await);
    assert_eq!(desk.get("/verboden?geldt=true").await.expect(200)["totaal"], 0);
    note(&desk, "Z1", "coach", json!({ "antwoord": "nee", "reden": "te-ver" })).await;
    let before = row(&desk, "Z1").await["plaats"]["coach"].clone();
    desk.run("/lichtingen/w").await;
    assert_ne!(row(&desk, "Z1").await["plaats"]["coach"], before);
    assert!(!outdated(&desk).await);
    let ban = desk.get("/verboden?geldt=true").await.expect(200)["resultaten"][0]["id"].as_str().expect("an id").to_owned();
    let tag = desk.get(&format!("/verboden/{ban}")).await.tag();
    desk.act_with(&format!("/verboden/{ban}/intrekking"), &tag, json!({ "reden": "vergissing" })).await.expect(200);
    assert!(outdated(&desk).await, "the plan knew a no that no longer counts");
    desk.run("/lichtingen/w").await;
    assert!(!outdated(&desk).await);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_seat_that_is_not_open_leaves_the_register_and_a_coach_without_room_gets_one_less() {
    let desk = Desk::open("answers-seat").await;
    agreed(&desk, &["Z1", "Z2"]).await;
    desk.post("/lichtingen/w/antwoorden", json!({})).await.expect(200);
    let place = row(&desk, "Z1").await["plaats"].clone();
    let (school, board) = (place["school"].as_str().expect("a school"), place["bestuur"].as_str().expect("a board"));
    let seats = format!("/besturen/{board}/scholen/{school}/plekken/onderbouw");
    assert_eq!(desk.get(&seats).await.expect(200)["aantal"], 2);
    let for_board = token(&desk, Role::Bestuur, board).await;
    give(&desk, &for_board, "Z1", "bestuur", json!({ "antwoord": "nee", "reden": "verbouwing" })).await.expect(200);
    let left = desk.get(&seats).await.expect(200);
    assert_eq!((&left["aantal"], &left["open"]), (&json!(1), &json!(true)));
    let coach = row(&desk, "Z2").await["plaats"]["coach"].as_str().expect("a coach").to_owned();
    note(&desk, "Z2", "coach", json!({ "antwoord": "nee", "reden": "geen-ruimte" })).await;
    let lines: Vec<String> = attention(&desk).await.into_iter().map(|it| it.0).collect();
    assert_eq!(lines, ["nee-niet-gevolgd", "coach-zonder-ruimte", "berichten-te-versturen", "berekening-verouderd"]);
    desk.run("/lichtingen/w").await;
    let run = desk.get("/lichtingen/w").await.body["geldende_berekening"].as_str().expect("a run").to_owned();
    let plan = desk.get(&format!("/berekeningen/{run}/uitkomst")).await.expect(200)["plaatsingen"].clone();
    let plan = plan.as_array().expect("placements");
    assert_eq!(plan.len(), 2, "{plan:?}");
    let of = |who: &str| plan.iter().find(|it| it["kandidaat"] == who).expect("placed").clone();
    assert_ne!(of("Z1")["school"], json!(school));
    assert_ne!(of("Z2")["coach"], json!(coach));
    assert!(plan.iter().filter(|it| it["school"] == json!(school)).count() <= 1, "one seat is not open: {plan:?}");
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn no_place_at_all_leaves_a_candidate_without_one() {
    let desk = Desk::open("answers-none").await;
    agreed(&desk, &["Z1", "Z2"]).await;
    desk.post("/lichtingen/w/antwoorden", json!({})).await.expect(200);
    note(&desk, "Z1", "kandidaat", json!({ "antwoord": "nee", "reden": "andere-baan" })).await;
    desk.run("/lichtingen/w").await;
    assert_eq!(desk.get("/lichtingen/w/antwoorden?kandidaat=Z1").await.expect(200)["totaal"], 0);
    assert_eq!(desk.get("/lichtingen/w/antwoorden").await.expect(200)["totaal"], 1);
    desk.close().await;
}

#[tokio::test]
async fn proposals_that_nobody_reviewed_ask_one_confirmation_with_their_number() {
    let desk = Desk::open("answers-unreviewed").await;
    desk.solved(wave("w", &["Z1", "Z2", "Z3"]), YEAR).await;
    desk.put_new("/lichtingen/w/beoordelingen/Z1", json!({ "besluit": "akkoord" })).await.expect(200);
    let asked = publish(&desk).await;
    assert_eq!((asked.status, asked.wrong()), (409, vec![("bevestigen", "/bevestigd")]));
    assert_eq!(asked.body["type"], "/v1/problemen/bevestiging-nodig");
    assert!(asked.body["fouten"][0]["wat"].as_str().is_some_and(|it| it.contains("2 voorstellen")), "{}", asked.body);
    let wave = desk.get("/lichtingen/w").await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    desk.close().await;
}

#[tokio::test]
async fn a_link_shows_one_proposal_and_whatever_is_the_matter_with_it_is_told_alike() {
    let desk = Desk::open("answers-links").await;
    agreed(&desk, &["Z1", "Z2"]).await;
    let early = desk.send(Method::POST, &format!("{}/koppeling", path("Z1", "kandidaat")), &[], None).await;
    assert_eq!(early.status, 409, "nothing is asked yet");
    desk.post("/lichtingen/w/antwoorden", json!({ "voor": "2026-07-10" })).await.expect(200);
    assert_eq!(desk.send(Method::POST, &format!("{}/koppeling", path("Z1", "bestuur")), &[], None).await.status, 409);
    let unknown = shown(&desk, "antwoord-bestaatniet").await;
    let (status, body) = (unknown.status, unknown.body.clone());
    assert_eq!(status, 404);
    let alike = |heard: &Heard, what: &str| {
        assert_eq!((heard.status, &heard.body, heard.tag().as_str()), (status, &body, ""), "{what}");
    };

    let first = link(&desk, "Z1", "kandidaat").await;
    let secret = link(&desk, "Z1", "kandidaat").await;
    alike(&shown(&desk, &first).await, "replaced");
    let seen = shown(&desk, &secret).await;
    let text = seen.body.to_string();
    for other in ["Z2", "Kanarie Z2", "\"Z1\"", "punten"] {
        assert!(!text.contains(other), "{other}: {text}");
    }
    // A guess that is one letter off, in whatever place, is nothing.
    for at in 9..secret.len() {
        let mut guess: Vec<char> = secret.chars().collect();
        guess[at] = if guess[at] == 'x' { 'y' } else { 'x' };
        let guess: String = guess.into_iter().collect();
        if guess != secret {
            alike(&shown(&desk, &guess).await, "a guess");
            alike(&answered(&desk, &guess, "\"v1\"", json!({ "antwoord": "ja" })).await, "a guessed answer");
        }
    }
    let key = desk.send_as(Some(&secret), Method::GET, "/lichtingen", &[], None).await;
    assert_eq!(key.status, 401, "a link is no token");
    // Asked again, the link of before is over; withdrawn, the new one.
    desk.post("/lichtingen/w/antwoorden", json!({ "kandidaten": ["Z1"], "voor": "2026-07-10" })).await.expect(200);
    alike(&shown(&desk, &secret).await, "asked again");
    let secret = link(&desk, "Z1", "kandidaat").await;
    desk.send(Method::DELETE, &format!("{}/koppeling", path("Z1", "kandidaat")), &[], None).await.expect(204);
    alike(&shown(&desk, &secret).await, "withdrawn");
    // A coach sees who it is from the own yes on, and a name of nobody else before.
    let secret = link(&desk, "Z1", "coach").await;
    let seen = shown(&desk, &secret).await;
    assert_eq!((&seen.body["naam"], &seen.body["partij"]), (&Value::Null, &json!("coach")));
    let tag = seen.tag();
    answered(&desk, &secret, &tag, json!({ "antwoord": "ja" })).await.expect(200);
    assert_eq!(shown(&desk, &secret).await.expect(200)["naam"], "Kanarie Z1");
    // Answered, it is used up once the day is over; without an answer it has a week more.
    let open = link(&desk, "Z2", "kandidaat").await;
    desk.pass(10);
    alike(&shown(&desk, &secret).await, "used up");
    assert_eq!(shown(&desk, &open).await.expect(200)["antwoord"]["stand"], "te-laat");
    assert!(attention(&desk).await.contains(&("antwoorden-te-laat".to_owned(), 5)), "{:?}", attention(&desk).await);
    desk.pass(7);
    alike(&shown(&desk, &open).await, "expired");
    // What is proposed changes: the link to what was proposed is over.
    desk.post("/lichtingen/w/antwoorden", json!({ "kandidaten": ["Z2"] })).await.expect(200);
    let open = link(&desk, "Z2", "kandidaat").await;
    shown(&desk, &open).await.expect(200);
    note(&desk, "Z2", "bestuur", json!({ "antwoord": "nee", "reden": "persoon-past-niet" })).await;
    desk.run("/lichtingen/w").await;
    alike(&shown(&desk, &open).await, "another placement");
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn of_two_answers_at_once_one_counts_and_the_other_sees_both() {
    let desk = Desk::open("answers-race").await;
    agreed(&desk, &["Z1"]).await;
    desk.post("/lichtingen/w/antwoorden", json!({})).await.expect(200);
    let secret = link(&desk, "Z1", "kandidaat").await;
    let tag = desk.get(&path("Z1", "kandidaat")).await.tag();
    let noted = path("Z1", "kandidaat");
    let (one, two) = tokio::join!(
        answered(&desk, &secret, &tag, json!({ "antwoord": "ja" })),
        desk.act_with(&noted, &tag, json!({ "antwoord": "nee", "reden": "anders", "hoe": "telefoon" })),
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412], "{} {}", one.body, two.body);
    let (won, lost) = if one.status == 200 { ("ja", two) } else { ("nee", one) };
    assert_eq!(lost.body["huidig"]["stand"], won);
    assert_eq!(lost.body["uw"]["antwoord"], if won == "ja" { "nee" } else { "ja" });
    assert_eq!(standing(&desk, "Z1").await.1[0], won);
    let bans = desk.get("/verboden?geldt=true").await.expect(200)["totaal"].as_i64();
    assert_eq!(bans, Some(i64::from(won == "nee")));
    assert_eq!(desk.send(Method::POST, &noted, &[], Some(json!({ "antwoord": "ja", "hoe": "mail" }))).await.status, 428);
    desk.close().await;
}

#[tokio::test]
async fn a_board_and_a_coach_answer_for_themselves_and_see_a_name_after_their_yes() {
    let desk = Desk::open("answers-own").await;
    agreed(&desk, &["Z1", "Z2"]).await;
    let place = row(&desk, "Z1").await["plaats"].clone();
    let own = place["bestuur"].as_str().expect("a board").to_owned();
    let other = if own == "B1" { "B2" } else { "B1" };
    let (mine, theirs) = (token(&desk, Role::Bestuur, &own).await, token(&desk, Role::Bestuur, other).await);
    let coach = token(&desk, Role::Coach, place["coach"].as_str().expect("a coach")).await;
    let get = async |who: &str, path: &str| desk.send_as(Some(who), Method::GET, path, &[], None).await;
    assert_eq!(get(&mine, &path("Z1", "bestuur")).await.status, 404, "nothing was asked yet");
    desk.post("/lichtingen/w/antwoorden", json!({ "kandidaten": ["Z1"] })).await.expect(200);
    let unknown = get(&theirs, &path("Z9", "bestuur")).await;
    assert_eq!(unknown.status, 404);
    for (who, party) in [(&theirs, "bestuur"), (&mine, "coach"), (&mine, "kandidaat"), (&coach, "bestuur"), (&coach, "kandidaat")] {
        let foreign = get(who, &path("Z1", party)).await;
        assert_eq!((foreign.status, &foreign.body), (404, &unknown.body), "{party}");
        let body = Some(json!({ "antwoord": "ja" }));
        let foreign = desk.send_as(Some(who), Method::POST, &path("Z1", party), &[("if-match", "\"v1\"")], body).await;
        assert_eq!((foreign.status, &foreign.body), (404, &unknown.body), "{party}");
    }
    assert_eq!(get(&theirs, "/antwoorden").await.expect(200)["totaal"], 0);
    let asked = get(&mine, "/antwoorden").await.expect(200);
    assert_eq!((&asked["totaal"], &asked["resultaten"][0]["naam"]), (&json!(1), &Value::Null), "{asked}");
    assert!(!asked.to_string().contains("Kanarie") && !asked.to_string().contains("coach"), "{asked}");
    let heard = give(&desk, &mine, "Z1", "bestuur", json!({ "antwoord": "ja", "hoe": "telefoon" })).await;
    assert_eq!((heard.status, heard.wrong()), (400, vec![("onbekende-sleutel", "/hoe")]));
    give(&desk, &mine, "Z1", "bestuur", json!({ "antwoord": "ja" })).await.expect(200);
    assert_eq!(get(&mine, "/antwoorden").await.expect(200)["resultaten"][0]["naam"], "Kanarie Z1");
    assert_eq!(get(&coach, "/antwoorden").await.expect(200)["resultaten"][0]["naam"], Value::Null);
    give(&desk, &coach, "Z1", "coach", json!({ "antwoord": "ja" })).await.expect(200);
    assert_eq!(get(&coach, "/antwoorden").await.expect(200)["resultaten"][0]["naam"], "Kanarie Z1");
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_reminder_goes_to_who_did_not_answer_and_asking_again_is_done_once_under_a_key() {
    let desk = Desk::open("answers-remind").await;
    agreed(&desk, &["Z1"]).await;
    let key = [("idempotency-key", "vraag-1")];
    let once = desk.send(Method::POST, "/lichtingen/w/antwoorden", &key, Some(json!({}))).await.expect(200);
    let twice = desk.send(Method::POST, "/lichtingen/w/antwoorden", &key, Some(json!({}))).await.expect(200);
    assert_eq!(once, twice);
    note(&desk, "Z1", "coach", json!({ "antwoord": "ja" })).await;
    let done = desk.post("/lichtingen/w/antwoorden/herinneringen", json!({ "voor": "2026-07-20" })).await.expect(200);
    assert_eq!((&done["gevraagd"], &done["beantwoord"], &done["voor"]), (&json!(2), &json!(1), &json!("2026-07-20")));
    let row = row(&desk, "Z1").await;
    let told: Vec<i64> = row["antwoorden"].as_array().expect("answers").iter().filter_map(|it| it["herinneringen"].as_i64()).collect();
    assert_eq!(told, [1, 1, 0]);
    let past = desk.post("/lichtingen/w/antwoorden", json!({ "voor": "2026-06-30" })).await;
    assert_eq!((past.status, past.wrong()), (400, vec![("grens", "/voor")]));
    let asked = desk.log().await.into_iter().filter(|it| it.0 == "antwoord-gevraagd").count();
    assert_eq!(asked, 1);
    desk.close().await;
}

#[tokio::test]
async fn erasing_a_candidate_takes_answers_links_and_reasons_away_and_leaves_what_is_forbidden() {
    let desk = Desk::open("answers-erased").await;
    agreed(&desk, &["Z1", "Z2"]).await;
    desk.post("/lichtingen/w/antwoorden", json!({})).await.expect(200);
    let secret = link(&desk, "Z1", "coach").await;
    let said = json!({ "antwoord": "nee", "reden": "te-ver", "toelichting": "kanarietekst antwoord" });
    note(&desk, "Z1", "kandidaat", said).await;
    shown(&desk, &secret).await.expect(200);
    let tag = desk.get("/kandidaten/Z1").await.tag();
    desk.send(Method::DELETE, "/kandidaten/Z1/naam", &[("if-match", &tag)], None).await.expect(204);
    assert_eq!(shown(&desk, &secret).await.status, 404);
    assert_eq!(standing(&desk, "Z1").await.1, words(&["niet-gevraagd"; 3]));
    let ban = desk.get("/verboden?geldt=true").await.expect(200)["resultaten"][0].clone();
    assert_eq!((&ban["kandidaat"], &ban["reden"], &ban["naam"]), (&json!("Z1"), &Value::Null, &Value::Null));
    let held = crate::database::holds(&desk.folder.join("loket.sqlite"), "kanarietekst antwoord");
    assert!(!held, "what was said in own words is in no byte");
    assert_eq!(standing(&desk, "Z2").await.1, words(&["gevraagd"; 3]), "another's answers stay");
    desk.sound_log().await;
    desk.close().await;
}
