//! People's own data over HTTP: requests in time, being left out of the matching, correction, inzage without anybody else, and what goes when
//! its term is over.

use loket_service::access::{Caller, Role};
use loket_service::actions::accounts::{self, Invited};
use loket_service::actions::{Asked, retention};
use loket_service::records::account::Held;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, Heard, YEAR, small_wave};

/// A token of an account with this role; the id of the account.
async fn account(desk: &Desk, role: Role, of: &str, name: &str) -> (String, String) {
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let invited = Invited { name: name.into(), address: None, roles: vec![Held { role, of: of.into() }] };
    let made = accounts::script(&desk.store, &asked, invited, None).await.expect("a token");
    (made.made.account.clone(), made.secret.told().to_owned())
}

async fn get_as(desk: &Desk, who: &str, path: &str) -> Heard {
    desk.send_as(Some(who), Method::GET, path, &[], None).await
}

/// Whether the bytes of the database hold this text.
fn held(desk: &Desk, text: &str) -> bool {
    crate::database::holds(&desk.folder.join("loket.sqlite"), text)
}

fn codes(body: &Value) -> Vec<&str> {
    body["punten"].as_array().expect("points").iter().filter_map(|it| it["code"].as_str()).collect()
}

/// Ids of the candidates in a run's plan, placed or not.
async fn people(desk: &Desk, wave: &str) -> Vec<String> {
    let run = desk.get(&format!("/lichtingen/{wave}")).await.body["geldende_berekening"].as_str().expect("a run").to_owned();
    let outcome = desk.get(&format!("/berekeningen/{run}/uitkomst")).await.expect(200);
    let rows = ["plaatsingen", "ongeplaatst"].into_iter().flat_map(|key| outcome[key].as_array().expect("rows").clone());
    let mut ids: Vec<String> = rows.map(|it| it["kandidaat"].as_str().expect("an id").to_owned()).collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn a_request_is_noted_with_its_deadline_and_the_administrator_sees_that_it_was_done() {
    let desk = Desk::open("privacy-requests").await;
    desk.post("/lichtingen", small_wave("w", 1, &["Z1"])).await.expect(201);
    let (_, admin) = account(&desk, Role::Beheerder, "", "beheer").await;
    let noted = desk.post("/privacyverzoeken", json!({ "soort": "inzage", "persoon_soort": "kandidaat", "persoon": "Z1" })).await;
    let (tag, noted) = (noted.tag(), noted.expect(201));
    assert_eq!(
        (&noted["gevraagd_op"], &noted["uiterlijk"], &noted["te_laat"]),
        (&json!("2026-07-01"), &json!("2026-08-01"), &json!(false))
    );
    let unknown = json!({ "soort": "inzage", "persoon_soort": "coach", "persoon": "Z1" });
    let unknown = desk.post("/privacyverzoeken", unknown).await;
    assert_eq!((unknown.status, unknown.wrong()), (400, vec![("onbekende-verwijzing", "/persoon")]), "a candidate is no coach");
    let later = json!({ "soort": "inzage", "persoon_soort": "coach", "persoon": "K1", "gevraagd_op": "2026-07-02" });
    let wrong = desk.post("/privacyverzoeken", later).await;
    assert_eq!((wrong.status, wrong.wrong()), (400, vec![("grens", "/gevraagd_op")]));
    desk.pass(32);
    let seen = get_as(&desk, &admin, "/privacyverzoeken?open=true").await.expect(200);
    assert_eq!((&seen["totaal"], &seen["resultaten"][0]["te_laat"]), (&json!(1), &json!(true)));
    assert!(!seen.to_string().contains("Kanarie"), "{seen}");
    let place = format!("/privacyverzoeken/{}", noted["id"].as_str().expect("an id"));
    let refused = desk.send_as(Some(&admin), Method::POST, &format!("{place}/afhandeling"), &[("if-match", &tag)], None).await;
    assert_eq!(refused.status, 403, "the administrator sees, and does not do");
    assert_eq!(desk.act(&format!("{place}/afhandeling"), "\"v9\"").await.status, 412);
    let done = desk.act(&format!("{place}/afhandeling"), &tag).await.expect(200);
    assert_eq!((&done["gedaan_door"], &done["te_laat"], &done["versie"]), (&json!("intermediair"), &json!(false), &json!(2)));
    assert_eq!(desk.act(&format!("{place}/afhandeling"), &tag).await.expect(200), done, "done is done");
    assert_eq!(get_as(&desk, &admin, "/privacyverzoeken?open=true").await.body["totaal"], 0);
    // Erasing is done with the erasure itself.
    let tag = desk.get("/kandidaten/Z1").await.tag();
    desk.send(Method::DELETE, "/kandidaten/Z1/naam", &[("if-match", &tag)], None).await.expect(204);
    let seen = get_as(&desk, &admin, "/privacyverzoeken").await.expect(200);
    let kinds: Vec<(&str, bool)> = seen["resultaten"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|it| (it["soort"].as_str().expect("a word"), it["gedaan_op"].is_string()))
        .collect();
    assert_eq!(kinds, [("wissing", true), ("inzage", true)]);
    let log = desk.log().await;
    let words: Vec<&str> = log.iter().map(|it| it.0.as_str()).filter(|it| it.starts_with("privacy")).collect();
    assert_eq!(words, ["privacyverzoek", "privacyverzoek-afgehandeld"]);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn who_asks_to_be_left_out_is_in_no_new_wave_or_run_until_that_is_lifted() {
    let desk = Desk::open("privacy-restriction").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    assert_eq!(people(&desk, "w").await, ["Z1", "Z2"]);
    let path = "/kandidaten/Z1/beperking";
    assert_eq!(desk.get(path).await.status, 404);
    let past = desk.put_new(path, json!({ "tot": "2026-06-30" })).await;
    assert_eq!((past.status, past.wrong()), (400, vec![("grens", "/tot")]));
    let set = desk.put_new(path, json!({ "tot": "2026-09-30" })).await;
    let (tag, set) = (set.tag(), set.expect(201));
    assert_eq!((&set["geldt"], &set["sinds"], codes(&set)), (&json!(true), &json!("2026-07-01"), vec!["nog-voorgesteld"]));
    assert_eq!(desk.put_new(path, json!({})).await.status, 412, "somebody was first");
    // The plan that has a place for Z1 cannot be published any more; the next run is without.
    let wave = desk.get("/lichtingen/w").await;
    let refused = desk.act("/lichtingen/w/vaststelling", &wave.tag()).await;
    assert_eq!((refused.status, refused.wrong()), (409, vec![("verouderd", "")]));
    desk.run("/lichtingen/w").await;
    assert_eq!(people(&desk, "w").await, ["Z2"]);
    assert_eq!(codes(&desk.get(path).await.expect(200)), Vec::<&str>::new());
    // A new wave from the register has nobody either, and naming somebody is told.
    let wish = json!({ "id": "uit", "naam": "Uit", "fase": "opleiding", "van": YEAR.0, "tot": YEAR.1 });
    desk.post("/lichtingen", wish.clone()).await.expect(201);
    let file = desk.get("/lichtingen/uit/invoer").await.expect(200);
    let ids: Vec<&str> = file["kandidaten"].as_array().expect("rows").iter().filter_map(|it| it["id"].as_str()).collect();
    assert_eq!(ids, ["Z2"]);
    let mut named = wish;
    (named["id"], named["kandidaten"]) = (json!("naam"), json!(["Z1"]));
    let refused = desk.post("/lichtingen", named).await;
    assert_eq!((refused.status, refused.wrong()), (400, vec![("onbekende-verwijzing", "/kandidaten/0")]));
    assert!(refused.body["fouten"][0]["wat"].as_str().is_some_and(|it| it.contains("op eigen verzoek")), "{}", refused.body);
    let late = json!({ "kandidaat": { "id": "Z1", "lat": 52.37, "lon": 4.9, "bouwen": ["onderbouw"] } });
    let refused = desk.post("/lichtingen/w/nakomers", late).await;
    assert_eq!(refused.status, 409, "{}", refused.body);
    assert!(refused.body["detail"].as_str().is_some_and(|it| it.contains("op eigen verzoek")), "{}", refused.body);
    // A rerun after a drop-out has nobody who asked to be left out either.
    let gone = desk.post("/coaches/K1/uitval", json!({ "vanaf": "2026-09-01" })).await.expect(202);
    desk.work().await;
    let batch = desk.get(&format!("/herberekeningen/{}", gone["id"].as_str().expect("an id"))).await;
    let run = batch.body["lichtingen"][0]["berekening"].as_str().expect("a run").to_owned();
    let outcome = desk.get(&format!("/berekeningen/{run}/uitkomst")).await.expect(200);
    assert_eq!(
        (outcome["ongeplaatst"].as_array().map(Vec::len), &outcome["ongeplaatst"][0]["kandidaat"]),
        (Some(1), &json!("Z2")),
        "{outcome}"
    );
    desk.act(&format!("/herberekeningen/{}/afwijzing", gone["id"].as_str().expect("an id")), &batch.tag()).await.expect(200);
    // After its last day it no longer holds; lifted it is gone.
    desk.pass(92);
    assert_eq!(desk.get(path).await.expect(200)["geldt"], false);
    desk.drop(path, &tag).await.expect(204);
    assert_eq!(desk.get(path).await.status, 404);
    desk.run("/lichtingen/w").await;
    assert_eq!(people(&desk, "w").await, ["Z1", "Z2"]);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_coach_who_asks_to_be_left_out_gets_nobody_new_and_what_is_published_goes_on() {
    let desk = Desk::open("privacy-coach").await;
    let wave = desk.solved(small_wave("w", 2, &["Z1"]), YEAR).await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    let mut second = small_wave("x", 2, &["Z2"]);
    second["coaches"].as_array_mut().expect("rows").push(json!({ "id": "K2", "lat": 52.372, "lon": 4.895, "maximum": 2, "uren": 120 }));
    desk.solved(second, YEAR).await;
    let set = desk.put_new("/coaches/K1/beperking", json!({})).await.expect(201);
    assert!(codes(&set).contains(&"nog-geplaatst"), "{set}");
    desk.run("/lichtingen/x").await;
    let run = desk.get("/lichtingen/x").await.body["geldende_berekening"].as_str().expect("a run").to_owned();
    let outcome = desk.get(&format!("/berekeningen/{run}/uitkomst")).await.expect(200);
    assert_eq!(outcome["plaatsingen"][0]["coach"], "K2", "{outcome}");
    assert_eq!(desk.get("/lichtingen/w/plaatsingen").await.body["resultaten"][0]["coach"], "K1");
    desk.close().await;
}

#[tokio::test]
async fn a_correction_is_told_without_values_and_followed_by_open_waves() {
    let desk = Desk::open("privacy-correction").await;
    let wave = desk.solved(small_wave("oud", 2, &["Z1", "Z2"]), YEAR).await;
    desk.publish("/lichtingen/oud/vaststelling", &wave.tag()).await.expect(200);
    desk.solved(small_wave("open", 2, &["Z1"]), ("2027-08-01", "2028-07-31")).await;
    let row = desk.get("/kandidaten/Z1").await;
    let mut right = row.body.clone();
    (right["max_reistijd"], right["naam"]) = (json!(57), json!("Kanarie Verbeterd"));
    let done = desk.put("/kandidaten/Z1/verbetering", &row.tag(), right.clone()).await.expect(200);
    assert_eq!(done["velden"], json!(["max_reistijd", "naam"]));
    assert_eq!(codes(&done), ["invoer-vernieuwd", "vastgesteld-met-eerdere-gegevens"], "by the ids of the waves");
    assert_eq!((&done["rij"]["naam"], &done["rij"]["max_reistijd"]), (&json!("Kanarie Verbeterd"), &json!(57)));
    let file = desk.get("/lichtingen/open/invoer").await.expect(200);
    assert_eq!(file["kandidaten"][0]["max_reistijd"], 57);
    let open = desk.get("/lichtingen/open").await;
    assert_eq!(desk.act("/lichtingen/open/vaststelling", &open.tag()).await.status, 409, "the plan is out of date");
    let placed = desk.get("/lichtingen/oud/plaatsingen").await.expect(200);
    let remark = |at: usize| placed["resultaten"][at]["opmerking"].clone();
    assert!(remark(0).as_str().is_some_and(|it| it.contains("max_reistijd") && it.contains("eerdere gegevens")), "{placed}");
    assert_eq!(remark(1), Value::Null, "of somebody else nothing was corrected");
    let log = desk.log().await;
    let line = log.iter().find(|it| it.0 == "gegevens-verbeterd").expect("a line");
    assert_eq!(line.1, "Z1");
    assert_eq!(line.2, json!({ "velden": ["max_reistijd", "naam"], "lichtingen": ["open"], "vastgesteld": ["oud"] }));
    assert!(!log.iter().any(|it| it.0 == "kandidaat-gezet"), "no values are told");
    // Nothing to correct is nothing done; an old version sees what there is.
    let tag = desk.get("/kandidaten/Z1").await.tag();
    let same = desk.put("/kandidaten/Z1/verbetering", &tag, done["rij"].clone()).await.expect(200);
    assert_eq!((&same["velden"], &same["punten"]), (&json!([]), &json!([])));
    assert_eq!(desk.put("/kandidaten/Z1/verbetering", &row.tag(), right).await.status, 412);
    assert_eq!(desk.log().await.len(), log.len());
    // Of a coach the wave is told to be filled again.
    let coach = desk.get("/coaches/K1").await;
    let mut right = coach.body.clone();
    right["max_reistijd"] = json!(44);
    let done = desk.put("/coaches/K1/verbetering", &coach.tag(), right).await.expect(200);
    assert!(codes(&done).contains(&"verversen"), "{done}");
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn inzage_of_one_person_holds_no_other_persons_name_or_id() {
    let desk = Desk::open("privacy-inzage").await;
    let mut wave = small_wave("w", 2, &["Z0001", "Z0002", "Z0003"]);
    wave["coaches"] = json!([
        { "id": "K0001", "naam": "Roodborst Verzonnen", "lat": 52.372, "lon": 4.895, "maximum": 1, "uren": 60 },
        { "id": "K0002", "naam": "Merel Bedacht", "lat": 52.372, "lon": 4.895, "maximum": 1, "uren": 60 },
    ]);
    for (at, name) in ["Kanarie Een", "Zwaluw Twee", "Koolmees Drie"].into_iter().enumerate() {
        wave["kandidaten"][at]["naam"] = json!(name);
    }
    wave["kandidaten"][0]["toelichting"] = json!("wil samen met Zwaluw Twee (Z0002), en niet bij Merel");
    wave["kandidaten"][0]["huidige_coach"] = json!("K0002");
    wave["kandidaten"][0]["uitgesloten"] = json!({ "coaches": ["K0002"] });
    wave["vast"] = json!([{ "kandidaat": "Z0001", "coach": "K0001" }]);
    let (intermediary, token) = account(&desk, Role::Intermediair, "", "Uil Tussenpersoon").await;
    desk.solved(wave, YEAR).await;
    let (_, robin) = account(&desk, Role::Coach, "K0001", "Roodborst Verzonnen").await;
    let off = json!({ "perioden": [{ "van": "2026-10-19", "tot": "2026-10-23" }] });
    let first = [("if-match", "\"v0\"")];
    desk.send_as(Some(&robin), Method::PUT, "/coaches/K0001/vrije-dagen", &first, Some(off)).await.expect(200);
    let report = json!({ "vanaf": "2026-10-01", "reden": "afwezig" });
    desk.send_as(Some(&robin), Method::POST, "/uitvalmeldingen", &[], Some(report)).await.expect(201);
    let run = desk.get("/lichtingen/w").await.body["geldende_berekening"].as_str().expect("a run").to_owned();
    let no = json!({ "besluit": "afwijzen", "reden": "eerdere-ervaring", "reikwijdte": "school" });
    let path = "/lichtingen/w/beoordelingen/Z0001";
    desk.send_as(Some(&token), Method::PUT, path, &[("if-none-match", "*")], Some(no)).await.expect(200);
    desk.post(
        &format!("/berekeningen/{run}/vragen"),
        json!({ "soort": "waarom", "vraag": { "kijker": "kandidaat:Z0001", "kandidaat": "Z0001" } }),
    )
    .await
    .expect(202);
    let gone = desk.post("/coaches/K0001/uitval", json!({ "vanaf": "2026-09-01" })).await.expect(202);
    desk.work().await;
    let place = format!("/herberekeningen/{}", gone["id"].as_str().expect("an id"));
    let tag = desk.get(&place).await.tag();
    desk.act(&format!("{place}/afwijzing"), &tag).await.expect(200);
    desk.put_new("/kandidaten/Z0001/beperking", json!({ "tot": "2026-07-09" })).await.expect(201);
    let everybody =
        ["Z0001", "Z0002", "Z0003", "K0001", "K0002", "Zwaluw", "Koolmees", "Merel", "Roodborst", "Kanarie", "Uil", &intermediary];
    for (path, own) in [
        ("/kandidaten/Z0001", &["Z0001", "Kanarie"][..]),
        ("/kandidaten/Z0002", &["Z0002", "Zwaluw"]),
        ("/kandidaten/Z0003", &["Z0003", "Koolmees"]),
        ("/coaches/K0001", &["K0001", "Roodborst"]),
        ("/coaches/K0002", &["K0002", "Merel"]),
    ] {
        let seen = desk.get(&format!("{path}/inzage")).await.expect(200);
        let text = seen.to_string();
        for canary in everybody {
            assert_eq!(text.contains(canary), own.contains(&canary), "{path}: {canary} in {seen:#}");
        }
    }
    let seen = desk.get("/kandidaten/Z0001/inzage").await.expect(200);
    assert_eq!(seen["kandidaat"]["toelichting"], "wil samen met iemand anders iemand anders (iemand anders), en niet bij iemand anders");
    assert_eq!(
        (&seen["beoordelingen"][0]["door"], &seen["beoordelingen"][0]["besluit"]["reden"]),
        (&json!("intermediair"), &json!("eerdere-ervaring"))
    );
    assert_eq!((&seen["toestand_sinds"], &seen["beperking"]["tot"]), (&json!("2026-07-01"), &json!("2026-07-09")));
    assert_eq!((&seen["verzoeken"][0]["soort"], &seen["vragen"][0]["soort"]), (&json!("beperking"), &json!("waarom")));
    assert!(seen["logboek"].as_array().is_some_and(|it| it.iter().any(|line| line["wat"] == "besluit" && line["wie"] == "intermediair")));
    let coach = desk.get("/coaches/K0001/inzage").await.expect(200);
    assert_eq!(
        (&coach["accounts"][0]["naam"], &coach["accounts"][0]["rollen"][0]["van"]),
        (&json!("Roodborst Verzonnen"), &json!("K0001"))
    );
    let (token, falls) = (&coach["accounts"][0]["sleutels"][0], &coach["uitvalmeldingen"][0]);
    assert_eq!((&token["rol"], &token["geeindigd_op"], &coach["accounts"][0]["sessies"]), (&json!("coach"), &Value::Null, &json!([])));
    assert_eq!((&falls["vanaf"], &falls["reden"], &falls["toestand"]), (&json!("2026-10-01"), &json!("afwezig"), &json!("open")));
    assert_eq!(coach["vrije_dagen"], json!([{ "van": "2026-10-19", "tot": "2026-10-23" }]));
    assert_eq!((&seen["uitvalmeldingen"], &seen["gegeven_uren"]), (&json!([]), &json!([])));
    desk.close().await;
}

#[tokio::test]
async fn names_go_when_their_term_is_over_once_a_day_and_not_while_somebody_waits() {
    let desk = Desk::open("privacy-retention").await;
    let mut file = small_wave("w", 1, &["Z1", "Z2"]);
    file["kandidaten"][0]["toelichting"] = json!("kanarietekst een");
    let wave = desk.solved(file, YEAR).await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    let placed = desk.get("/lichtingen/w/plaatsingen").await.body["resultaten"][0]["kandidaat"].as_str().expect("an id").to_owned();
    let waits = if placed == "Z1" { "Z2" } else { "Z1" };
    desk.post("/kandidaten", json!({ "id": "Z3", "naam": "Kanarie Gestopt", "bouwen": ["onderbouw"] })).await.expect(201);
    desk.post(
        "/kandidaten",
        json!({ "id": "Z4", "naam": "Kanarie Open", "bouwen": ["onderbouw"], "lat": 52.37, "lon": 4.9, "toestand": "geplaatst" }),
    )
    .await
    .expect(201);
    desk.edit("/kandidaten/Z3", json!({ "toestand": "gestopt" })).await.expect(200);
    let plan = desk.get("/bewaartermijnen").await.expect(200);
    let days: Vec<(&str, &Value)> =
        plan["dagen"].as_array().expect("days").iter().map(|it| (it["datum"].as_str().expect("a day"), &it["kandidaten"])).collect();
    assert_eq!(days, [("2026-07-30", &json!(1)), ("2027-08-29", &json!(1))]);
    assert_eq!(
        (&plan["zonder_dag"], &plan["termijnen"][0]["weken"]),
        (&json!(3), &json!(4)),
        "who waits, one without an end, and the coach"
    );
    let people = desk.get("/bewaartermijnen/personen").await.expect(200);
    let told = |at: usize| (people["resultaten"][at]["persoon"].clone(), people["resultaten"][at]["waarom"].clone());
    assert_eq!((told(0), told(1)), ((json!("Z3"), json!("gestopt")), (json!(placed), json!("laatste-plaatsing-voorbij"))));
    let (_, admin) = account(&desk, Role::Beheerder, "", "beheer").await;
    assert_eq!(get_as(&desk, &admin, "/bewaartermijnen").await.status, 200);
    assert_eq!(get_as(&desk, &admin, "/bewaartermijnen/personen").await.status, 403);
    // The day before nothing goes, and on the day itself one does; a second process finds the day taken.
    desk.pass(28);
    let round = retention::daily(&desk.store).await.expect("a round").expect("the first of this day");
    assert_eq!((round.candidates, round.coaches, round.later), (0, 0, 0));
    assert_eq!(retention::daily(&desk.store).await.expect("a round"), None);
    desk.pass(1);
    let (one, other) = tokio::join!(retention::daily(&desk.store), retention::daily(&desk.store));
    let rounds: Vec<i64> = [one, other].into_iter().filter_map(|it| it.expect("a round")).map(|it| it.candidates).collect();
    assert_eq!(rounds, [1], "two at once: one of them does it");
    assert_eq!(desk.get("/bewaartermijnen").await.body["laatste_ronde"], "2026-07-30");
    assert!(desk.get("/kandidaten/Z3").await.body["naam"].is_null());
    assert_eq!(desk.get(&format!("/kandidaten/{waits}")).await.body["naam"], format!("Kanarie {waits}"));
    // After the placement ended, and four weeks: only who waits keeps the name.
    desk.pass(395);
    let round = retention::daily(&desk.store).await.expect("a round").expect("a new day");
    assert_eq!(round.candidates, 1);
    let log = desk.log().await;
    let words: Vec<&str> = log.iter().map(|it| it.0.as_str()).filter(|it| *it == "bewaring-uitgevoerd").collect();
    assert_eq!(words.len(), 3, "each round is a deed");
    assert_eq!(log.last().map(|it| it.2["kandidaten"].clone()), Some(json!(1)));
    assert!(!log.iter().any(|it| it.2.to_string().contains("Kanarie")));
    desk.sound_log().await;
    desk.store.close().await;
    assert!(!held(&desk, "Kanarie Gestopt") && !held(&desk, &format!("Kanarie {placed}")));
    assert!(held(&desk, &format!("Kanarie {waits}")) && held(&desk, "Kanarie Open"), "others keep theirs");
    desk.close().await;
}

#[tokio::test]
async fn what_is_over_of_accounts_goes_by_its_own_term() {
    let desk = Desk::open("privacy-accounts").await;
    let (id, token) = account(&desk, Role::Lezer, "", "Kanarie Lezer").await;
    account(&desk, Role::Lezer, "", "Kanarie Blijft").await;
    assert_eq!(get_as(&desk, &token, "/ik").await.status, 200);
    let (_, admin) = account(&desk, Role::Beheerder, "", "beheer").await;
    let tag = get_as(&desk, &admin, &format!("/accounts/{id}")).await.tag();
    desk.send_as(Some(&admin), Method::POST, &format!("/accounts/{id}/einde"), &[("if-match", &tag)], None).await.expect(200);
    let days = desk.get("/bewaartermijnen").await.body["dagen"].clone();
    assert_eq!(days.as_array().map(Vec::len), Some(1), "{days}");
    assert_eq!(days[0]["accounts"], 1);
    desk.pass(363);
    assert_eq!(retention::round(&desk.store).await.expect("a round").accounts, 0);
    desk.pass(1);
    let round = retention::round(&desk.store).await.expect("a round");
    assert_eq!((round.accounts, round.tokens), (1, 0), "its token went with the account; others ended later");
    let kept = desk.store.read().account(&id).await.expect("accounts").expect("the pseudonym stays");
    assert_eq!((kept.name.as_str(), kept.address, kept.password), ("", None, None));
    desk.pass(91);
    assert!(retention::round(&desk.store).await.expect("a round").tokens >= 1, "a year after their own end");
    desk.store.close().await;
    assert!(!held(&desk, "Kanarie Lezer") && held(&desk, "Kanarie Blijft"));
    desk.close().await;
}
