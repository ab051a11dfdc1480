//! Try-outs over HTTP: what they tell, keeping all of one or nothing, conflicts by name, and what becomes of one when its plan is replaced.

use std::sync::Arc;
use std::time::Duration;

use loket_service::actions::jobs;
use loket_service::records::job::{Finish, State};
use loket_service::work::kinds::kind;
use loket_service::work::{Bounds, Ended, Job, Lane, Program, Stop, run_within};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};

use crate::desk::{Desk, Heard, YEAR, small_wave};
use crate::service::processes::program;

const HERE: &str = "/lichtingen/w/proeven";

/// Answers the questions that wait, each by the solver's true child.
async fn answered(desk: &Desk) -> usize {
    let child = Program { path: program(), arguments: vec!["reken".into()] };
    let mut count = 0;
    while let Some(claim) = jobs::claim(&desk.store, Lane::Questions, "proef").await.expect("a claim") {
        let kind = kind(&claim.kind).expect("a kind");
        let mut parts = Vec::new();
        for part in &claim.parts {
            let bytes = desk.store.read().part(part).await.expect("the store answers").expect("a part");
            let name = kind.needed.iter().copied().find(|it| *it == part.name).expect("a part of this kind");
            parts.push((name, Arc::<[u8]>::from(bytes)));
        }
        let job = Job { kind, question: claim.question.0.clone(), parts, time: Duration::from_secs(60), memory_mib: 2048 };
        let (heard, mut told) = mpsc::channel(16);
        let (_stop, stopped) = watch::channel(Stop::No);
        let drain = tokio::spawn(async move { while told.recv().await.is_some() {} });
        let ended = run_within(&child, job, &Bounds::default(), heard, stopped).await;
        drain.await.expect("heard out");
        let Ended::Answer { value, complete } = ended else { panic!("no answer: {ended:?}") };
        assert!(complete, "{value}");
        let result = Some(value.to_string().into_bytes());
        let finish = Finish { state: State::Klaar, result, status: None, message: None };
        assert!(jobs::finish(&desk.store, &claim, finish).await.expect("an end"));
        count += 1;
    }
    count
}

/// A wave of two schools with a seat each, two coaches, and these candidates.
fn two_schools(candidates: &[&str]) -> Value {
    let mut file = small_wave("w", 1, candidates);
    let mut school = file["scholen"][0].clone();
    (school["id"], school["naam"], school["lat"]) = (json!("S2"), json!("De Regenboog"), json!(52.380));
    file["scholen"].as_array_mut().expect("schools").push(school);
    let mut coach = file["coaches"][0].clone();
    (coach["id"], coach["naam"]) = (json!("K2"), json!("Mees Verzonnen"));
    file["coaches"].as_array_mut().expect("coaches").push(coach);
    file
}

/// Makes a try-out and works it out.
async fn tried(desk: &Desk, changes: Value) -> Heard {
    let made = desk.post(HERE, json!({ "naam": "Een proef", "veranderingen": changes })).await;
    assert_eq!(made.status, 202, "{}", made.body);
    assert_eq!((&made.body["uitkomst"], &made.body["stand"]), (&Value::Null, &json!("open")));
    answered(desk).await;
    desk.get(made.header("location").strip_prefix("/v1").expect("an address")).await
}

fn at(heard: &Heard) -> String {
    format!("{HERE}/{}", heard.body["id"].as_str().expect("an id"))
}

/// Where the plan under review places somebody; null is nowhere.
async fn placed(desk: &Desk, candidate: &str) -> Value {
    let run = desk.get("/lichtingen/w").await.body["geldende_berekening"].as_str().expect("a plan").to_owned();
    let outcome = desk.get(&format!("/berekeningen/{run}/uitkomst")).await.expect(200);
    let row = outcome["plaatsingen"].as_array().expect("placements").iter().find(|it| it["kandidaat"] == candidate);
    row.map_or(Value::Null, |it| it["school"].clone())
}

fn words(rows: &[(String, String, Value)]) -> Vec<&str> {
    rows.iter().map(|it| it.0.as_str()).collect()
}

#[tokio::test]
async fn two_changes_are_tried_together_told_per_goal_and_person_and_kept_as_decisions_that_the_next_plan_follows() {
    let desk = Desk::open("tryouts-kept").await;
    desk.solved(two_schools(&["Z1", "Z2"]), YEAR).await;
    let (one, other) = (placed(&desk, "Z1").await, placed(&desk, "Z2").await);
    assert!(one != other && !one.is_null() && !other.is_null());
    let swap = json!([
        { "kandidaat": "Z1", "keuze": "plaatsen", "school": other, "plek": "onderbouw" },
        { "kandidaat": "Z2", "keuze": "verbieden", "reikwijdte": "school", "reden": "wens-school" },
    ]);
    let told = tried(&desk, swap).await;
    let found = &told.body["uitkomst"];
    assert_eq!((&found["mogelijk"], &found["bewezen"], &told.body["toestand"]), (&json!(true), &json!(true), &json!("klaar")));
    let moves: Vec<_> = found["verhuizingen"].as_array().expect("moves").iter().collect();
    assert_eq!(moves.len(), 2, "{found}");
    let first = moves.iter().find(|it| it["kandidaat"] == "Z1").expect("Z1 moves");
    assert_eq!((&first["van"]["school"], &first["naar"]["school"], &first["naam"]), (&one, &other, &json!("Kanarie Z1")));
    assert_eq!((&first["gevraagd"], &first["verliest_plaats"], &first["besluit"]), (&json!(true), &json!(false), &Value::Null));
    assert_eq!(found["minste_verhuizingen"], 2);
    for goal in found["doelen"].as_array().expect("goals") {
        let (before, after) = (goal["voor"].as_i64().expect("a value"), goal["na"].as_i64().expect("a value"));
        assert_eq!(goal["verschil"], after - before);
        assert_eq!((&goal["bewezen"], &goal["hoogstens"]), (&json!(true), &json!(after)));
    }
    assert!(found["uitleg"][0].as_str().expect("a sentence").contains("Kanarie"), "{}", found["uitleg"]);
    // Nothing has changed until it is kept.
    assert_eq!(desk.get("/lichtingen/w/beoordelingen").await.body["totaal"], 0);
    let kept = desk.act(&format!("{}/bewaring", at(&told)), &told.tag()).await;
    assert_eq!((kept.status, &kept.body["stand"]), (200, &json!("bewaard")), "{}", kept.body);
    let decided = desk.get("/lichtingen/w/beoordelingen").await.body;
    let of = |who: &str| decided["resultaten"].as_array().expect("rows").iter().find(|it| it["kandidaat"] == who).expect("decided").clone();
    assert_eq!((&of("Z1")["besluit"], &of("Z1")["plaatsing"]["school"]), (&json!("alternatief"), &other));
    assert_eq!(
        (&of("Z2")["besluit"], &of("Z2")["reikwijdte"], &of("Z2")["reden"]),
        (&json!("afwijzen"), &json!("school"), &json!("wens-school"))
    );
    let log = desk.log().await;
    let last = &words(&log)[log.len() - 3..];
    assert_eq!(last, ["besluit", "besluit", "proef-bewaard"]);
    assert!(!log.iter().any(|it| it.2.to_string().contains("Een proef")), "the name of a try-out is in no line");
    // Kept once; the next plan does what was tried.
    assert_eq!(desk.act(&format!("{}/bewaring", at(&kept)), &kept.tag()).await.status, 409);
    desk.run("/lichtingen/w").await;
    assert_eq!((placed(&desk, "Z1").await, placed(&desk, "Z2").await), (other, one));
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn who_falls_out_of_a_place_is_told_and_so_is_who_moves_along() {
    let desk = Desk::open("tryouts-out").await;
    desk.solved(two_schools(&["Z1", "Z2", "Z3"]), YEAR).await;
    let mut left = None;
    for who in ["Z1", "Z2", "Z3"] {
        if placed(&desk, who).await.is_null() {
            left = Some(who);
        }
    }
    let left = left.expect("three people, two seats");
    let told = tried(&desk, json!([{ "kandidaat": left, "keuze": "plaatsen", "school": "S1" }])).await;
    let found = &told.body["uitkomst"];
    assert_eq!((&found["verliezen_plaats"], &found["krijgen_plaats"], &found["minste_verhuizingen"]), (&json!(1), &json!(1), &json!(2)));
    let out = found["verhuizingen"].as_array().expect("moves").iter().find(|it| it["naar"].is_null()).expect("somebody falls out");
    assert_eq!((&out["gevraagd"], &out["verliest_plaats"], &out["van"]["school"]), (&json!(false), &json!(true), &json!("S1")));
    let placed_goal = found["doelen"].as_array().expect("goals").iter().find(|it| it["doel"] == "geplaatst").expect("a goal");
    assert_eq!((&placed_goal["voor"], &placed_goal["na"]), (&json!(2), &json!(2)));
    desk.close().await;
}

#[tokio::test]
async fn everything_that_cannot_stand_together_is_told_at_once_and_nothing_of_it_is_kept() {
    let desk = Desk::open("tryouts-conflict").await;
    let mut file = two_schools(&["Z1", "Z2", "Z3"]);
    file["kandidaten"][2]["max_reistijd"] = json!(1);
    file["kandidaten"][2]["lat"] = json!(52.30);
    desk.solved(file, YEAR).await;
    let told = tried(
        &desk,
        json!([
            { "kandidaat": "Z1", "keuze": "plaatsen", "school": "S1" },
            { "kandidaat": "Z2", "keuze": "plaatsen", "school": "S1" },
            { "kandidaat": "Z3", "keuze": "plaatsen", "school": "S2" },
        ]),
    )
    .await;
    let found = &told.body["uitkomst"];
    assert_eq!((&found["mogelijk"], &found["meer_botsingen"]), (&json!(false), &json!(false)));
    let clashes = found["botsingen"].as_array().expect("clashes");
    let who = |clash: &Value| clash["delen"].as_array().expect("parts").iter().map(|it| it["kandidaat"].clone()).collect::<Vec<_>>();
    let mut all: Vec<_> = clashes.iter().map(who).collect();
    all.sort_by_key(|it| it.len());
    assert_eq!(all, [vec![json!("Z3")], vec![json!("Z1"), json!("Z2")]], "{found}");
    let far = clashes.iter().find(|it| it["delen"].as_array().expect("parts").len() == 1).expect("Z3 alone");
    assert!(far["delen"][0]["regels"].as_array().expect("rules").contains(&json!("reistijd")), "{far}");
    assert!(far["tekst"].as_str().expect("a sentence").contains("Kanarie Z3"), "{far}");
    let refused = desk.act(&format!("{}/bewaring", at(&told)), &told.tag()).await;
    assert_eq!(refused.status, 409);
    assert_eq!(desk.get("/lichtingen/w/beoordelingen").await.body["totaal"], 0);
    // With the rule set aside, and one of the two let go, it can be; the rule is told with its figures.
    let changes = json!([
        { "kandidaat": "Z1", "keuze": "plaatsen", "school": "S1", "ondanks": ["dagdelen"] },
        { "kandidaat": "Z3", "keuze": "plaatsen", "school": "S2", "ondanks": ["reistijd"] },
    ]);
    let changed = desk.send(Method::PATCH, &at(&told), &[("if-match", &told.tag())], Some(json!({ "veranderingen": changes }))).await;
    assert_eq!((changed.status, &changed.body["toestand"]), (200, &json!("wachtrij")), "{}", changed.body);
    assert_eq!(answered(&desk).await, 1);
    let found = desk.get(&at(&told)).await.body["uitkomst"].clone();
    assert_eq!(found["mogelijk"], true, "{found}");
    let rows = found["veranderingen"].as_array().expect("rows");
    assert_eq!((&rows[0]["opzij"], &rows[0]["niet_nodig"]), (&json!([]), &json!(["dagdelen"])));
    assert_eq!(rows[1]["opzij"][0]["regel"], "reistijd");
    assert!(rows[1]["opzij"][0]["tekst"].as_str().expect("a sentence").contains("de grens is 1"), "{found}");
    desk.close().await;
}

#[tokio::test]
async fn one_decision_that_is_another_by_now_and_nothing_of_a_try_out_is_kept() {
    let desk = Desk::open("tryouts-stale").await;
    desk.solved(two_schools(&["Z1", "Z2"]), YEAR).await;
    let changes = json!([
        { "kandidaat": "Z1", "keuze": "verbieden", "reikwijdte": "coach", "reden": "anders" },
        { "kandidaat": "Z2", "keuze": "verbieden", "reikwijdte": "coach", "reden": "anders" },
    ]);
    let told = tried(&desk, changes.clone()).await;
    desk.put_new("/lichtingen/w/beoordelingen/Z2", json!({ "besluit": "akkoord" })).await.expect(200);
    let lines = desk.log().await.len();
    let refused = desk.act(&format!("{}/bewaring", at(&told)), &told.tag()).await;
    assert_eq!(refused.status, 412, "{}", refused.body);
    assert_eq!((&refused.body["huidig"][0]["kandidaat"], &refused.body["huidig"][0]["besluit"]), (&json!("Z2"), &json!("akkoord")));
    assert_eq!((&refused.body["uw"][0]["kandidaat"], &refused.body["uw"][0]["keuze"]), (&json!("Z2"), &json!("verbieden")));
    assert_eq!(refused.body["huidig"].as_array().map(Vec::len), Some(1), "Z1 has nothing new");
    assert_eq!(desk.get("/lichtingen/w/beoordelingen/Z1").await.status, 404, "nothing was kept");
    assert_eq!(desk.log().await.len(), lines);
    // An older version of the try-out itself is told with both as well.
    let named = desk.send(Method::PATCH, &at(&told), &[("if-match", &told.tag())], Some(json!({ "naam": "Anders" }))).await;
    assert_eq!((named.status, &named.body["toestand"]), (200, &json!("klaar")), "another name is not worked out again");
    let old = desk.act(&format!("{}/bewaring", at(&told)), &told.tag()).await;
    assert_eq!((old.status, &old.body["huidig"]["naam"], &old.body["uw"]), (412, &json!("Anders"), &json!("bewaren")));
    assert_eq!(desk.drop(&at(&told), &told.tag()).await.status, 412);
    // Tried again it knows the decision that is there, and is kept in its place.
    let again = desk.send(Method::PATCH, &at(&told), &[("if-match", &named.tag())], Some(json!({ "veranderingen": changes }))).await;
    assert_eq!(again.status, 200, "{}", again.body);
    answered(&desk).await;
    assert_eq!(desk.act(&format!("{}/bewaring", at(&told)), &again.tag()).await.status, 200);
    assert_eq!(desk.get("/lichtingen/w/beoordelingen/Z2").await.body["besluit"], "afwijzen");
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_try_out_lapses_with_its_plan_and_stays_to_be_read_until_it_is_thrown_away() {
    let desk = Desk::open("tryouts-lapsed").await;
    desk.solved(two_schools(&["Z1", "Z2"]), YEAR).await;
    let told = tried(&desk, json!([{ "kandidaat": "Z1", "keuze": "verbieden", "reikwijdte": "school", "reden": "anders" }])).await;
    desk.put_new("/lichtingen/w/beoordelingen/Z1", json!({ "besluit": "afwijzen", "reden": "anders", "reikwijdte": "coach" }))
        .await
        .expect(200);
    let late = desk.get(&at(&told)).await.body;
    assert_eq!(late["niet_doorgerekend"], json!([]), "the try-out is about Z1 itself");
    desk.put_new("/lichtingen/w/beoordelingen/Z2", json!({ "besluit": "afwijzen", "reden": "anders", "reikwijdte": "coach" }))
        .await
        .expect(200);
    let late = desk.get(&at(&told)).await.body;
    assert_eq!((&late["niet_doorgerekend"][0]["kandidaat"], &late["niet_doorgerekend"][0]["besluit"]), (&json!("Z2"), &json!("afwijzen")));
    desk.run("/lichtingen/w").await;
    let lapsed = desk.get(&at(&told)).await;
    assert_eq!(lapsed.body["stand"], "vervallen");
    assert_eq!(lapsed.body["uitkomst"]["uitleg"], told.body["uitkomst"]["uitleg"], "what it said stays to be read");
    assert_eq!(desk.act(&format!("{}/bewaring", at(&told)), &lapsed.tag()).await.status, 409);
    let other = json!({ "naam": "Nog een keer" });
    assert_eq!(desk.send(Method::PATCH, &at(&told), &[("if-match", &lapsed.tag())], Some(other)).await.status, 409);
    let list = desk.get(HERE).await.body;
    assert_eq!((&list["totaal"], &list["resultaten"][0]["stand"]), (&json!(1), &json!("vervallen")));
    assert_eq!(desk.drop(&at(&told), &lapsed.tag()).await.status, 204);
    assert_eq!(desk.get(&at(&told)).await.status, 404);
    assert_eq!(words(&desk.log().await).last(), Some(&"proef-weggegooid"));
    desk.close().await;
}

#[tokio::test]
async fn everything_wrong_with_a_try_out_is_told_at_once_and_what_was_decided_can_be_let_go() {
    let desk = Desk::open("tryouts-wrong").await;
    desk.solved(two_schools(&["Z1", "Z2", "Z3"]), YEAR).await;
    desk.put_new("/lichtingen/w/beoordelingen/Z1", json!({ "besluit": "akkoord" })).await;
    let left = if placed(&desk, "Z3").await.is_null() { "Z3" } else { "Z2" };
    let changes = json!([
        { "kandidaat": "Z9", "keuze": "plaatsen" },
        { "kandidaat": "Z1", "keuze": "plaatsen", "school": "S9", "coach": "K9" },
        { "kandidaat": "Z1", "keuze": "loslaten" },
        { "kandidaat": left, "keuze": "loslaten" },
    ]);
    let refused = desk.post(HERE, json!({ "naam": "Fout", "veranderingen": changes })).await;
    assert_eq!(refused.status, 400);
    let mut wrong = refused.wrong();
    wrong.sort();
    let mut wanted = vec![
        ("onbekende-verwijzing", "/veranderingen/0/kandidaat"),
        ("onbekende-verwijzing", "/veranderingen/1/coach"),
        ("onbekende-verwijzing", "/veranderingen/1/school"),
        ("dubbel", "/veranderingen/2/kandidaat"),
        ("geen-besluit", "/veranderingen/3/keuze"),
    ];
    if desk.get("/lichtingen/w/beoordelingen/Z1").await.status == 200 {
        wanted.push(("niets-los", "/veranderingen/2/keuze"));
    } else {
        wanted.push(("geen-besluit", "/veranderingen/2/keuze"));
    }
    wanted.sort();
    assert_eq!(wrong, wanted);
    let typed =
        desk.post(HERE, json!({ "naam": "", "veranderingen": [{ "kandidaat": "Z1", "keuze": "verbieden", "school": "S1" }] })).await;
    let mut wrong = typed.wrong();
    wrong.sort();
    assert_eq!(wrong, [("grens", "/naam"), ("onbekende-sleutel", "/veranderingen/0/school"), ("ontbreekt", "/veranderingen/0/reikwijdte")]);
    // Let go: the lock that the plan knew is gone in the try-out, and once kept the decision is taken back.
    let who = if placed(&desk, "Z1").await.is_null() { "Z2" } else { "Z1" };
    let path = format!("/lichtingen/w/beoordelingen/{who}");
    let now = desk.get(&path).await;
    let fixed = json!({ "besluit": "vast" });
    let put = if now.status == 200 { desk.put(&path, &now.tag(), fixed).await } else { desk.put_new(&path, fixed).await };
    put.expect(200);
    let told = tried(&desk, json!([{ "kandidaat": who, "keuze": "loslaten" }])).await;
    assert_eq!(told.body["uitkomst"]["mogelijk"], true);
    assert_eq!(desk.act(&format!("{}/bewaring", at(&told)), &told.tag()).await.status, 200);
    assert_eq!(desk.get(&path).await.status, 404);
    // Without why, a rejection can be tried and not kept.
    let told = tried(&desk, json!([{ "kandidaat": who, "keuze": "verbieden", "reikwijdte": "coach" }])).await;
    let refused = desk.act(&format!("{}/bewaring", at(&told)), &told.tag()).await;
    assert_eq!((refused.status, refused.wrong()), (400, vec![("ontbreekt", "/veranderingen/0/reden")]));
    desk.close().await;
}

#[tokio::test]
async fn what_is_erased_of_a_person_goes_from_try_outs_too() {
    let desk = Desk::open("tryouts-erased").await;
    desk.solved(two_schools(&["Z1", "Z2"]), YEAR).await;
    let body = json!({ "naam": "Kanarie Z1 naar huis", "veranderingen": [{ "kandidaat": "Z2", "keuze": "plaatsen" }] });
    let named = desk.post(HERE, body).await;
    let about = tried(&desk, json!([{ "kandidaat": "Z1", "keuze": "verbieden", "reikwijdte": "school", "reden": "gezondheid" }])).await;
    let row = desk.get("/kandidaten/Z1").await;
    assert_eq!(desk.drop("/kandidaten/Z1/naam", &row.tag()).await.status, 204);
    let named = desk.get(&at(&named)).await.body;
    assert_eq!(named["naam"], Value::Null, "it held the name of whoever was erased");
    let about = desk.get(&at(&about)).await.body;
    assert_eq!((&about["naam"], &about["veranderingen"][0].get("reden")), (&Value::Null, &None));
    assert_eq!(about["veranderingen"][0]["kandidaat"], "Z1");
    desk.close().await;
}
