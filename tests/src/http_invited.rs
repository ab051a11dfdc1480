//! Who is in a roster says over HTTP when that can be and whether they come: a coach and somebody of a board in their accounts, a candidate by
//! a link, the intermediary for others; and the next run keeps to it.

use loket_service::access::{Caller, Role};
use loket_service::actions::Asked;
use loket_service::actions::accounts::{self, Invited};
use loket_service::records::account::Held;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, Heard, TOKEN, YEAR, small_wave};

/// An account with a token for its one role: the token, and the account's id.
async fn account(desk: &Desk, name: &str, role: Role, of: &str) -> (String, String) {
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let roles = vec![Held { role, of: of.into() }];
    let invited = Invited { name: name.into(), address: Some(format!("{name}@voorbeeld.example")), roles };
    let made = accounts::script(&desk.store, &asked, invited, None).await.expect("a token");
    (made.secret.told().to_owned(), made.made.account)
}

/// Interviews on three mornings in one room, with a coach and somebody of the board in the panel.
fn interviews(colleague: &str) -> Value {
    json!({
        "formaat": "loket-rooster/1", "id": "intake", "naam": "Intake", "soort": "gesprekken",
        "kalender": { "van": "2026-11-09", "tot": "2026-11-11" },
        "beleid": { "panel": { "coach": 1, "hr": 1 }, "per_zitting": 2, "tijden": ["09:00", "10:15"] },
        "besturen": [{ "id": "B1", "naam": "Bestuur Een" }],
        "locaties": [{ "id": "L1", "naam": "Kantoor", "dagdelen": ["ma-o", "di-o", "wo-o"] }],
        "personen": [
            { "id": "K1", "naam": "Vink Een", "rollen": ["coach"], "ruimte": 9 },
            { "id": colleague, "naam": "Mees Personeel", "rollen": ["hr"], "bestuur": "B1" },
            { "id": "H9", "naam": "Mees Elders", "rollen": ["hr"], "bestuur": "B1", "dagdelen": [] },
        ],
        "deelnemers": [{ "id": "Z1", "naam": "Kanarie Een" }, { "id": "Z2", "naam": "Kanarie Twee" }],
    })
}

/// The half-days on which there are sessions.
async fn sessions(desk: &Desk) -> Vec<String> {
    let run = desk.send(Method::POST, "/roosters/intake/berekeningen", &[], None).await.expect(202);
    desk.work().await;
    let run = run["id"].as_str().expect("an id").to_owned();
    let outcome = desk.get(&format!("/roosterberekeningen/{run}/uitkomst")).await.expect(200);
    assert_eq!(outcome["kerncijfers"]["gepland"], 2, "{outcome}");
    outcome["blokken"].as_array().expect("blocks").iter().map(|it| it["dagdeel"].as_str().expect("a half-day").to_owned()).collect()
}

async fn publish(desk: &Desk) {
    let tag = desk.get("/roosters/intake").await.tag();
    desk.send(Method::POST, "/roosters/intake/publicatie", &[("if-match", &tag)], None).await.expect(200);
}

/// Says something as somebody, on a version.
async fn say(desk: &Desk, who: &str, person: &str, version: i64, body: Value) -> Heard {
    let path = format!("/roosters/intake/uitnodigingen/{person}/antwoord");
    desk.send_as(Some(who), Method::POST, &path, &[("if-match", &format!("\"v{version}\""))], Some(body)).await
}

async fn look(desk: &Desk, who: &str, person: &str) -> Heard {
    desk.send_as(Some(who), Method::GET, &format!("/roosters/intake/uitnodigingen/{person}"), &[], None).await
}

/// A desk with the roster, and the tokens of its coach and of somebody of the board, with the id of that account.
async fn told(name: &str) -> (Desk, String, (String, String)) {
    let desk = Desk::open(name).await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    let (coach, _) = account(&desk, "coach", Role::Coach, "K1").await;
    let board = account(&desk, "collega", Role::Bestuur, "B1").await;
    desk.post("/roosters", interviews(&board.1)).await.expect(201);
    (desk, coach, board)
}

#[tokio::test]
async fn a_coach_and_a_colleague_say_in_their_accounts_when_it_can_and_the_next_run_keeps_to_it() {
    let (desk, coach, (board, colleague)) = told("invited-accounts").await;
    // Nobody asks anything yet, and whoever is asked nothing may speak up.
    assert_eq!(desk.send_as(Some(&coach), Method::GET, "/uitnodigingen", &[], None).await.expect(200)["totaal"], 0);
    let sent = desk.post("/roosters/intake/uitnodigingen", json!({ "voor": "2026-11-01" })).await.expect(200);
    assert_eq!((&sent["gevraagd"], &sent["herinnerd"], &sent["onbereikt"]), (&json!(5), &json!(0), &json!(["H9"])), "{sent}");
    // An account has an address; of candidates none is known yet, and somebody who is nowhere is told by hand.
    let reached = desk.get("/roosters/intake/uitnodigingen").await.expect(200);
    let reached = reached["resultaten"].as_array().expect("people").iter().filter(|it| it["bereikbaar"] == true);
    let mut reached: Vec<&str> = reached.filter_map(|it| it["persoon"].as_str()).collect();
    reached.sort_unstable();
    let mut expected = ["K1", &colleague];
    expected.sort_unstable();
    assert_eq!(reached, expected);
    let subject = &desk.get("/berichten?soort=vraag").await.expect(200)["resultaten"][0]["onderwerp"];
    assert_eq!(subject, "Een vraag over een afspraak");
    let own = desk.send_as(Some(&coach), Method::GET, "/uitnodigingen", &[], None).await.expect(200);
    assert_eq!(
        (&own["totaal"], &own["resultaten"][0]["rooster"], &own["resultaten"][0]["voor"]),
        (&json!(1), &json!("intake"), &json!("2026-11-01"))
    );
    let shown = look(&desk, &coach, "K1").await;
    assert_eq!((shown.tag(), &shown.body["begeleidt"], &shown.body["beschikbaar"]), ("\"v1\"".into(), &json!(true), &Value::Null));

    // Everything that is wrong with it at once, each at its place.
    let wrong = json!({
        "beschikbaar": { "afwezig": [{ "van": "2026-11-12", "tot": "2026-11-11" }] }, "afspraken": [{ "dagdeel": "2026-11-09-o", "komt": true }],
    });
    let refused = say(&desk, &coach, "K1", 1, wrong).await;
    assert_eq!(refused.wrong(), [("onbekende-verwijzing", "/afspraken/0/dagdeel"), ("periode", "/beschikbaar/afwezig/0/tot")]);

    let away = json!({ "beschikbaar": { "afwezig": [{ "van": "2026-11-09", "tot": "2026-11-09" }] }, "toelichting": " op reis " });
    let heard = say(&desk, &coach, "K1", 1, away.clone()).await;
    assert_eq!((heard.tag(), &heard.body["hoe"], &heard.body["toelichting"]), ("\"v2\"".into(), &json!("account"), &json!("op reis")));
    let stale = say(&desk, &coach, "K1", 1, away).await;
    assert_eq!((stale.status, &stale.body["huidig"]["versie"]), (412, &json!(2)), "{}", stale.body);
    // Somebody of the board can on Tuesdays only, each week.
    let tuesdays = json!({ "beschikbaar": { "dagdelen": ["di-o", "di-m"] } });
    say(&desk, &board, &colleague, 1, tuesdays).await.expect(200);
    assert_eq!(sessions(&desk).await, ["2026-11-10-o"], "the one morning that both can");

    // Another's is as unknown as nobody's.
    for (who, person) in [(&coach, "Z1"), (&coach, colleague.as_str()), (&board, "K1"), (&board, "H9"), (&coach, "K9")] {
        assert_eq!(look(&desk, who, person).await.status, 404, "{person}");
        assert_eq!(say(&desk, who, person, 1, json!({})).await.status, 404, "{person}");
    }
    // Asked again, who answered is left alone and the others are reminded.
    let remind =
        async || desk.send(Method::POST, "/roosters/intake/uitnodigingen", &[("idempotency-key", "nog-een-keer")], Some(json!({}))).await;
    let again = remind().await.expect(200);
    assert_eq!((&again["gevraagd"], &again["herinnerd"]), (&json!(0), &json!(3)), "{again}");
    assert_eq!(remind().await.expect(200), again, "the same deed, once");
    let z1 = look(&desk, TOKEN, "Z1").await.body;
    assert_eq!((&z1["herinneringen"], &z1["hoe"]), (&json!(1), &Value::Null), "{z1}");
    let nobody = desk.post("/roosters/intake/uitnodigingen", json!({ "personen": ["K1", "K9"], "voor": "2026-01-01" })).await;
    assert_eq!(nobody.wrong(), [("onbekende-verwijzing", "/personen/1")]);
    let late = desk.post("/roosters/intake/uitnodigingen", json!({ "voor": "2026-01-01" })).await;
    assert_eq!(late.wrong(), [("grens", "/voor")]);

    // What is in a file of the roster is not what somebody said: that can be taken back.
    let file = desk.get("/roosters/intake/bestand").await.expect(200);
    assert!(file["personen"][0]["afwezig"].is_null(), "{file}");
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn who_says_no_to_a_meeting_gets_another_one_and_a_link_shows_the_own_meetings_alone() {
    let (desk, coach, (board, colleague)) = told("invited-link").await;
    desk.edit("/kandidaten/Z1", json!({ "e_mail": "z1@voorbeeld.example" })).await.expect(200);
    let first = sessions(&desk).await;
    assert_eq!(first, ["2026-11-09-o"], "soonest");
    publish(&desk).await;
    // Everybody in it is told: two candidates, the coach, and the colleague.
    let told = desk.get("/berichten?soort=agenda").await.expect(200);
    assert_eq!((&told["totaal"], &told["resultaten"][0]["onderwerp"]), (&json!(4), &json!("Een afspraak voor u")), "{told}");
    let row = told["resultaten"].as_array().and_then(|all| all.iter().find(|it| it["aan"] == "Z1")).expect("a message").clone();
    let url = format!("{}/v1/berichten/{}/eml", desk.base(), row["id"].as_str().expect("an id"));
    let letter = desk.client.get(&url).bearer_auth(TOKEN).send().await.expect("an answer").text().await.expect("a letter");
    let link =
        letter.lines().find_map(|it| it.find("afspraak-").map(|at| it[at..].trim().to_owned())).unwrap_or_else(|| panic!("{letter}"));
    for word in ["Kanarie", "Vink", "Kantoor", "2026-11-09"] {
        assert!(!letter.contains(word), "{word}: {letter}");
    }

    let shown = desk.send_as(None, Method::POST, "/antwoordkoppelingen/rooster", &[], Some(json!({ "koppeling": link }))).await;
    let (tag, body) = (shown.tag(), shown.expect(200));
    assert_eq!(body["komende"][0]["dagdeel"], "2026-11-09-o", "{body}");
    let text = body.to_string();
    assert!(text.contains("Vink Een") && text.contains("Mees Personeel") && !text.contains("Twee") && !text.contains("Z2"), "{text}");
    let no = json!({ "koppeling": link, "afspraken": [{ "dagdeel": "2026-11-09-o", "komt": false }] });
    let path = "/antwoordkoppelingen/rooster/antwoord";
    let said = desk.send_as(None, Method::POST, path, &[("if-match", &tag)], Some(no)).await.expect(200);
    assert_eq!((&said["hoe"], &said["komende"][0]["komt"]), (&json!("koppeling"), &json!(false)), "{said}");
    let again = desk.send_as(None, Method::POST, path, &[("if-match", &tag)], Some(json!({ "koppeling": link }))).await;
    assert_eq!((again.status, &again.body["huidig"]["versie"]), (412, &said["versie"]));

    // The plan does otherwise, so its run is out of date, and the next one moves Z1.
    let roster = desk.get("/roosters/intake").await.expect(200);
    let run = roster["geldende_berekening"].as_str().expect("a run").to_owned();
    assert_eq!(desk.get(&format!("/roosterberekeningen/{run}")).await.expect(200)["verouderd"], true);
    let list = desk.get("/roosters/intake/uitnodigingen").await.expect(200);
    let z1 = list["resultaten"].as_array().and_then(|all| all.iter().find(|it| it["persoon"] == "Z1")).expect("Z1").clone();
    assert_eq!(z1["afspraken"][0]["komt"], false, "{z1}");
    let second = sessions(&desk).await;
    assert!(second.len() == 2 || !second.contains(&"2026-11-09-o".to_owned()), "{second:?}");
    publish(&desk).await;
    let shown = desk.send_as(None, Method::POST, "/antwoordkoppelingen/rooster", &[], Some(json!({ "koppeling": link }))).await.expect(200);
    assert_ne!(shown["komende"][0]["dagdeel"], "2026-11-09-o", "{shown}");
    assert_eq!(shown["komende"][0]["komt"], Value::Null, "nobody said anything about the new one");

    // A yes of the coach is about the meeting as it is; the intermediary notes one for the colleague.
    let own = look(&desk, &coach, "K1").await;
    let at = own.body["komende"][0]["dagdeel"].clone();
    let version = own.body["versie"].as_i64().expect("a version");
    let yes = say(&desk, &coach, "K1", version, json!({ "afspraken": [{ "dagdeel": at, "komt": true }] })).await.expect(200);
    assert_eq!(yes["komende"][0]["komt"], true);
    assert_eq!(
        yes["komende"][0]["met"].as_array().map(Vec::len),
        Some(2 + usize::from(second.len() == 1)),
        "a coach knows who comes: {yes}"
    );
    let noted = say(&desk, TOKEN, &colleague, 0, json!({ "beschikbaar": { "afwezig": [] } })).await.expect(200);
    assert_eq!(noted["hoe"], "genoteerd");
    assert_eq!(look(&desk, &board, &colleague).await.body["hoe"], "genoteerd");

    // A new link is the only one; whatever is the matter with one, it is told alike.
    let new = desk.send(Method::POST, "/roosters/intake/uitnodigingen/Z1/koppeling", &[], None).await.expect(201);
    let new = new["koppeling"].as_str().expect("a link").to_owned();
    let gone = desk.send_as(None, Method::POST, "/antwoordkoppelingen/rooster", &[], Some(json!({ "koppeling": link }))).await;
    let never = desk.send_as(None, Method::POST, "/antwoordkoppelingen/rooster", &[], Some(json!({ "koppeling": "afspraak-niets" }))).await;
    assert_eq!((gone.status, &gone.body), (404, &never.body));
    let open = json!({ "koppeling": new });
    desk.send_as(None, Method::POST, "/antwoordkoppelingen/rooster", &[], Some(open.clone())).await.expect(200);

    // Whoever interviews becomes the own coach in the register, where there is none.
    desk.edit("/kandidaten/Z2", json!({ "huidige_coach": "K9" })).await.expect(200);
    let kept = desk.send(Method::POST, "/roosters/intake/coaches", &[], None).await.expect(200);
    assert_eq!((&kept["overgenomen"], &kept["behouden"], &kept["onbekend"]), (&json!(["Z1"]), &json!(["Z2"]), &json!([])), "{kept}");
    assert_eq!(desk.get("/kandidaten/Z1").await.body["huidige_coach"], "K1");

    // The right of access tells it; erasing the candidate takes it away, with the link.
    let mine = desk.get("/kandidaten/Z1/inzage").await.expect(200);
    assert_eq!(mine["roosters"][0]["uitnodiging"]["hoe"], "koppeling", "{mine}");
    let tag = desk.get("/kandidaten/Z1").await.tag();
    desk.drop("/kandidaten/Z1/naam", &tag).await.expect(204);
    assert_eq!(desk.send_as(None, Method::POST, "/antwoordkoppelingen/rooster", &[], Some(open)).await.status, 404);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_roster_that_is_over_asks_nothing_and_its_links_are_over() {
    let (desk, coach, _) = told("invited-over").await;
    let link = desk.send(Method::POST, "/roosters/intake/uitnodigingen/Z2/koppeling", &[], None).await.expect(201);
    let link = json!({ "koppeling": link["koppeling"] });
    desk.send_as(None, Method::POST, "/antwoordkoppelingen/rooster", &[], Some(link.clone())).await.expect(200);
    desk.post("/roosters/intake/uitnodigingen", json!({ "personen": ["K1"] })).await.expect(200);
    desk.pass(400);
    assert_eq!(desk.post("/roosters/intake/uitnodigingen", json!({})).await.status, 409);
    assert_eq!(desk.send_as(None, Method::POST, "/antwoordkoppelingen/rooster", &[], Some(link)).await.status, 404);
    assert_eq!(desk.send(Method::POST, "/roosters/intake/uitnodigingen/Z2/koppeling", &[], None).await.status, 409);
    // A token ends sooner than that; the intermediary hears why nothing is noted any more.
    assert_eq!(say(&desk, &coach, "K1", 1, json!({})).await.status, 401);
    assert_eq!(say(&desk, TOKEN, "K1", 1, json!({})).await.status, 409);
    desk.close().await;
}
