//! Every kind of decision and what the next run makes of it, its history, notes, and the figures.

use loket_service::access::Role;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Person, current, of, outdated, placement, two_boards};
use crate::desk::{Desk, YEAR, small_wave};

#[tokio::test]
async fn who_has_no_place_goes_on_to_the_next_wave_and_is_asked_again_when_a_run_finds_one() {
    let desk = Desk::open("review-left").await;
    desk.solved(small_wave("w", 1, &["Z1", "Z2"]), YEAR).await;
    let (placed, left) = if placement(&desk, "Z1").await.is_null() { ("Z2", "Z1") } else { ("Z1", "Z2") };
    for said in ["vast", "afwijzen"] {
        let body = match said {
            "vast" => json!({ "besluit": said }),
            _ => json!({ "besluit": said, "reden": "anders", "reikwijdte": "school" }),
        };
        assert_eq!(desk.put_new(&of(left), body).await.wrong(), [("geen-voorstel", "/besluit")], "{said}");
    }
    let agreed = desk.put_new(&of(left), json!({ "besluit": "akkoord" })).await.expect(200);
    assert_eq!(
        (&agreed["plaatsing"], &agreed["opnieuw"], &agreed["berekening"]),
        (&Value::Null, &json!(false), &json!(current(&desk).await))
    );
    assert!(!outdated(&desk).await, "the plan leaves out whom it left out");
    let rejected = json!({ "besluit": "afwijzen", "reden": "anders", "reikwijdte": "school" });
    desk.put_new(&of(placed), rejected).await.expect(200);
    desk.run("/lichtingen/w").await;
    assert_eq!(placement(&desk, left).await["school"], "S1");
    let again = desk.get(&of(left)).await.expect(200);
    assert_eq!((&again["opnieuw"], &again["plaatsing"]), (&json!(true), &Value::Null));
    let rows = desk.get(&format!("/berekeningen/{}/plaatsingen", current(&desk).await)).await.expect(200);
    let told = |who: &str| {
        rows["resultaten"].as_array().expect("rows").iter().find(|it| it["kandidaat"] == who).expect("a row")["besluit"].clone()
    };
    assert_eq!((told(left), told(placed)), (Value::Null, json!("afwijzen")), "nothing was decided about this proposal");
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_board_is_rejected_as_a_whole_until_a_day_and_no_longer() {
    let desk = Desk::open("review-board").await;
    desk.solved(two_boards(1), YEAR).await;
    let first = placement(&desk, "Z1").await["school"].as_str().expect("a school").to_owned();
    let board = if first == "S1" { "B1" } else { "B2" };
    let body = |until: &str| json!({ "besluit": "afwijzen", "reden": "wens-kandidaat", "reikwijdte": "bestuur", "tot": until });
    assert_eq!(desk.put_new(&of("Z1"), body("2026-06-30")).await.wrong(), [("grens", "/tot")], "that day is over");
    let agreed = json!({ "besluit": "akkoord", "tot": "2026-08-31" });
    assert_eq!(desk.put_new(&of("Z1"), agreed).await.wrong(), [("onbekende-sleutel", "/tot")]);
    let told = desk.put_new(&of("Z1"), body("2026-07-10")).await.expect(200);
    assert_eq!((&told["reikwijdte"], &told["tot"], &told["verlopen"]), (&json!("bestuur"), &json!("2026-07-10"), &json!(false)));
    let bans = async || {
        let run = desk.get(&format!("/berekeningen/{}", current(&desk).await)).await.expect(200);
        let input = desk.store.read().run(run["id"].as_str().expect("an id")).await.expect("runs").expect("a run").input;
        let bytes = desk.store.read().input(&input).await.expect("files").expect("a file");
        serde_json::from_slice::<Value>(&bytes).expect("JSON")["verboden"].clone()
    };
    desk.run("/lichtingen/w").await;
    assert_eq!(bans().await, json!([{ "kandidaat": "Z1", "bestuur": board, "reden": "besluit" }]));
    assert_ne!(placement(&desk, "Z1").await["school"], json!(first));
    desk.pass(9);
    assert_eq!(desk.get(&of("Z1")).await.expect(200)["verlopen"], false, "the last day itself");
    desk.pass(1);
    let over = desk.get(&of("Z1")).await.expect(200);
    assert_eq!((&over["verlopen"], &over["besluit"]), (&json!(true), &json!("afwijzen")));
    desk.send(Method::POST, "/lichtingen/w/berekeningen", &[], Some(json!({ "vrij": true }))).await.expect(202);
    desk.work().await;
    assert_eq!(bans().await, Value::Null, "it binds no run any more");
    desk.close().await;
}

#[tokio::test]
async fn a_chosen_place_that_breaks_a_rule_is_refused_with_the_rule_and_taken_when_that_is_meant() {
    let desk = Desk::open("review-rules").await;
    let mut file = two_boards(1);
    file["scholen"][1]["lat"] = json!(53.37);
    file["scholen"][1]["plekken"] = json!([{ "bouw": "bovenbouw", "aantal": 1 }]);
    file["scholen"][0]["kwaliteit"] = json!("voldoet");
    for coach in [0, 1] {
        file["coaches"][coach]["max_reistijd"] = json!(600);
    }
    desk.solved(file, YEAR).await;
    let chosen = |despite: &[&str]| {
        let place = json!({ "school": "S2", "plek": "bovenbouw", "coach": "K1" });
        let mut body = json!({ "besluit": "alternatief", "plaatsing": place });
        if !despite.is_empty() {
            body["ondanks"] = json!(despite);
        }
        body
    };
    let refused = desk.put_new(&of("Z1"), chosen(&[])).await;
    assert_eq!(refused.status, 400);
    assert!(refused.wrong().iter().all(|it| *it == ("regel", "/plaatsing")), "{}", refused.body);
    let told = refused.body["fouten"].to_string();
    for rule in ["reistijd", "bouw"] {
        assert!(told.contains(&format!("(regel {rule}:")) && told.contains(&format!("zet \\\"{rule}\\\" in ondanks")), "{told}");
    }
    let half = desk.put_new(&of("Z1"), chosen(&["bouw"])).await;
    assert!(!half.body["fouten"].to_string().contains("(regel bouw:"), "{}", half.body);
    let all: Vec<String> = refused.body["fouten"]
        .as_array()
        .expect("problems")
        .iter()
        .map(|it| it["wat"].as_str().expect("text").split("(regel ").nth(1).expect("a rule").split(':').next().expect("a code").to_owned())
        .collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    desk.put_new(&of("Z1"), chosen(&all)).await.expect(200);
    // A rule that nobody can overrule: the file itself forbids it.
    let tag = desk.get("/lichtingen/w").await.tag();
    let mut file = desk.get("/lichtingen/w/invoer").await.expect(200);
    file["verboden"] = json!([{ "kandidaat": "Z1", "coach": "K2", "reden": "eerder" }]);
    desk.put("/lichtingen/w/invoer", &tag, file).await.expect(200);
    let now = desk.get(&of("Z1")).await.tag();
    let place = json!({ "school": "S1", "plek": "onderbouw", "coach": "K2" });
    let never = desk.put(&of("Z1"), &now, json!({ "besluit": "alternatief", "plaatsing": place })).await;
    assert_eq!(never.wrong(), [("regel", "/plaatsing")]);
    assert!(never.body["fouten"][0]["oplossing"].as_str().expect("text").contains("kan niemand afwijken"), "{}", never.body);
    desk.close().await;
}

#[tokio::test]
async fn the_history_tells_who_saw_what_how_long_and_what_became_of_it_and_goes_with_the_person() {
    let desk = Desk::open("review-history").await;
    desk.solved(two_boards(2), YEAR).await;
    let (ann, bob) = (Person::new(&desk, Role::Intermediair, "Ans", "").await, Person::new(&desk, Role::Intermediair, "Bob", "").await);
    let run = current(&desk).await;
    let proposal = placement(&desk, "Z1").await;
    ann.opens("Z1", &["voorstel"]).await.expect(200);
    desk.clock.fetch_add(40_000, std::sync::atomic::Ordering::SeqCst);
    let seen = ann.opens("Z1", &["alternatieven"]).await.expect(200);
    assert_eq!(seen["getoond"], json!(["voorstel", "alternatieven"]));
    desk.clock.fetch_add(2_000, std::sync::atomic::Ordering::SeqCst);
    ann.decides("Z1", json!({ "besluit": "akkoord" })).await.expect(200);
    bob.decides("Z1", json!({ "besluit": "afwijzen", "reden": "gezondheid", "reikwijdte": "coach" })).await.expect(200);
    let tag = bob.get(&of("Z1")).await.tag();
    assert_eq!(ann.send(Method::DELETE, &of("Z1"), &[("if-match", &tag)], None).await.status, 204);
    let told = desk.get(&format!("{}/geschiedenis", of("Z1"))).await.expect(200);
    let steps = told["resultaten"].as_array().expect("steps");
    let line =
        |it: &Value| json!([it["nummer"], it["stap"], it["door"], it["door_naam"], it["rol"], it["gevolgd"], it["seconden"], it["eerder"]]);
    assert_eq!(
        steps.iter().map(line).collect::<Vec<_>>(),
        [
            json!([1, "besluit", ann.id, "Ans", "intermediair", true, 42, null]),
            json!([2, "besluit", bob.id, "Bob", "intermediair", false, null, 1]),
            json!([3, "intrekking", ann.id, "Ans", "intermediair", null, null, 2]),
        ]
    );
    assert_eq!(steps[0]["getoond"]["geopend"], json!(["voorstel", "alternatieven"]));
    assert_eq!((&steps[0]["getoond"]["voorstel"]["coach"], &steps[0]["besluit"]["berekening"]), (&proposal["coach"], &json!(run)));
    assert_eq!((&steps[1]["besluit"]["reden"], &steps[2]["besluit"]), (&json!("gezondheid"), &Value::Null));
    let paged = desk.get(&format!("{}/geschiedenis?pagina=2&paginaGrootte=2", of("Z1"))).await.expect(200);
    assert_eq!((&paged["totaal"], &paged["resultaten"][0]["nummer"]), (&json!(3), &json!(3)));
    assert_eq!(desk.get(&format!("{}/geschiedenis", of("Z2"))).await.expect(200)["totaal"], 0);
    assert_eq!(desk.get(&format!("{}/geschiedenis", of("Z9"))).await.status, 404);
    // What the log keeps of a decision.
    let log = desk.log().await;
    let first = &log.iter().find(|it| it.0 == "besluit").expect("a line").2;
    assert_eq!(
        (&first["seconden"], &first["gevolgd"], &first["getoond"]["geopend"]),
        (&json!(42), &json!(true), &json!(["voorstel", "alternatieven"]))
    );

    // A note is seen by the other one, who changes it; a stale one is told both values.
    let notes = format!("{}/notities", of("Z1"));
    let canary = "Kanarie Notitie\nbelt liever 's middags";
    let made = ann.send(Method::POST, &notes, &[("idempotency-key", "notitie-1")], Some(json!({ "tekst": canary }))).await;
    assert_eq!((made.status, made.header("location").ends_with(made.body["id"].as_str().expect("an id"))), (201, true));
    let same = ann.send(Method::POST, &notes, &[("idempotency-key", "notitie-1")], Some(json!({ "tekst": canary }))).await;
    assert_eq!(same.body["id"], made.body["id"]);
    let one = format!("{notes}/{}", made.body["id"].as_str().expect("an id"));
    assert_eq!(bob.get(&notes).await.expect(200)["resultaten"][0]["tekst"], canary);
    let new = json!({ "tekst": "Kanarie Twee" });
    let put = bob.send(Method::PUT, &one, &[("if-match", &made.tag())], Some(new)).await;
    assert_eq!((put.status, &put.body["door"]), (200, &json!(bob.id)));
    let stale = ann.send(Method::PUT, &one, &[("if-match", &made.tag())], Some(json!({ "tekst": "Mijn" }))).await;
    assert_eq!((stale.status, &stale.body["huidig"]["tekst"], &stale.body["uw"]["tekst"]), (412, &json!("Kanarie Twee"), &json!("Mijn")));
    assert_eq!(bob.send(Method::PUT, &one, &[], Some(json!({ "tekst": "x" }))).await.status, 428);
    for wrong in [json!({ "tekst": " " }), json!({ "tekst": "x".repeat(2_001) }), json!({ "tekst": "a\u{7}" })] {
        assert_eq!(ann.send(Method::POST, &notes, &[], Some(wrong)).await.wrong(), [("grens", "/tekst")]);
    }
    ann.send(Method::POST, &notes, &[], Some(json!({ "tekst": "Kanarie Drie" }))).await.expect(201);
    assert_eq!(bob.send(Method::DELETE, &one, &[("if-match", &put.tag())], None).await.status, 204);
    assert_eq!(bob.get(&one).await.status, 404);
    assert!(!desk.log().await.iter().any(|it| it.2.to_string().contains("Kanarie")), "the log never says what a note says");
    let words: Vec<String> = desk.log().await.into_iter().map(|it| it.0).filter(|it| it.starts_with("notitie")).collect();
    assert_eq!(words, ["notitie-gezet", "notitie-gezet", "notitie-gezet", "notitie-verwijderd"]);
    let inzage = desk.get("/kandidaten/Z1/inzage").await.expect(200);
    assert_eq!((&inzage["notities"][0]["tekst"], inzage["geschiedenis"].as_array().map(Vec::len)), (&json!("Kanarie Drie"), Some(3)));

    // Erased with the person.
    bob.decides("Z1", json!({ "besluit": "afwijzen", "reden": "gezondheid", "reikwijdte": "coach" })).await.expect(200);
    ann.opens("Z1", &["redenen"]).await.expect(200);
    let tag = desk.get("/kandidaten/Z1").await.tag();
    assert_eq!(desk.drop("/kandidaten/Z1/naam", &tag).await.status, 204);
    assert_eq!(desk.get(&notes).await.expect(200)["totaal"], 0);
    let left = desk.get(&format!("{}/geschiedenis", of("Z1"))).await.expect(200);
    assert_eq!(
        (&left["totaal"], &left["resultaten"][0]["besluit"]["reden"]),
        (&json!(1), &Value::Null),
        "that it stands is all that is left"
    );
    assert_eq!(desk.get("/lichtingen/w/beoordelingen").await.expect(200)["aanwezig"], json!([]));
    desk.sound_log().await;
    for text in ["Kanarie Drie", "Kanarie Twee", "Kanarie Notitie", "gezondheid"] {
        assert!(!crate::database::holds(&desk.folder.join("loket.sqlite"), text), "{text} is in no page of the file");
    }
    desk.close().await;
}

#[tokio::test]
async fn the_figures_are_ones_own_and_everybodys_and_without_names_or_small_counts_for_who_only_watches() {
    let desk = Desk::open("review-figures").await;
    desk.solved(two_boards(12), YEAR).await;
    let (ann, bob) = (Person::new(&desk, Role::Intermediair, "Ans", "").await, Person::new(&desk, Role::Intermediair, "Bob", "").await);
    let watcher = Person::new(&desk, Role::Lezer, "Lena", "").await;
    let board = Person::new(&desk, Role::Bestuur, "Bea", "B1").await;
    for at in 1..=10 {
        let who = format!("Z{at}");
        ann.opens(&who, &["voorstel"]).await.expect(200);
        desk.clock.fetch_add(at * 1_000, std::sync::atomic::Ordering::SeqCst);
        let body = if at <= 5 {
            json!({ "besluit": "afwijzen", "reden": "anders", "reikwijdte": "coach" })
        } else {
            json!({ "besluit": "akkoord" })
        };
        ann.decides(&who, body).await.expect(200);
    }
    bob.decides("Z11", json!({ "besluit": "vast" })).await.expect(200);
    bob.decides("Z12", json!({ "besluit": "vast" })).await.expect(200);
    bob.undoes().await.expect(200);
    let path = "/lichtingen/w/beoordelingen/cijfers";
    let own = ann.get(path).await.expect(200);
    let figures = |it: &Value| json!([it["besluiten"], it["afgeweken"], it["afgeweken_procent"], it["mediaan_seconden"], it["groepen"]]);
    assert_eq!((figures(&own["eigen"]), figures(&own["totaal"])), (json!([10, 5, 50, 5, 0]), json!([11, 5, 45, 5, 0])));
    assert_eq!((&own["personen"], &bob.get(path).await.expect(200)["eigen"]["besluiten"]), (&json!([]), &json!(1)));
    let seen = watcher.get(path).await.expect(200);
    assert_eq!(seen["eigen"], Value::Null);
    assert_eq!(
        (figures(&seen["personen"][0]), figures(&seen["personen"][1])),
        (json!([10, 5, 50, 5, 0]), json!([null, null, null, null, 0]))
    );
    for person in [&ann, &bob] {
        assert!(!seen.to_string().contains(&person.id), "nobody is named");
    }
    assert_eq!(board.get(path).await.status, 403);
    assert_eq!(watcher.get("/lichtingen/w/beoordelingen").await.status, 403);
    desk.close().await;
}
