//! The page of a published wave that tells who could exchange and who comes in first, and makes a proposal of an exchange.

use loket_service::access::{Caller, Role};
use loket_service::actions::settings::Wanted;
use loket_service::actions::{Asked, jobs, settings};
use loket_service::records::job::{Claim, Finish, State};
use loket_service::records::progress::{AtTrial, Progress};
use loket_service::work::Lane;
use serde_json::{Value, json};

use super::Browser;
use crate::desk::{Desk, YEAR, small_wave};

const PLACE: &str = "/lichtingen/w/ruil-en-wachtlijst";

/// Two people, each with a coach of their own, and one who waits.
fn one_each() -> Value {
    let mut wave = small_wave("w", 2, &["Z1", "Z2", "Z3"]);
    let other = json!({ "id": "K2", "naam": "Merel Bedacht", "lat": 52.372, "lon": 4.895, "maximum": 1, "uren": 120 });
    wave["coaches"][0]["maximum"] = json!(1);
    wave["coaches"].as_array_mut().expect("a list").push(other);
    wave
}

/// Ends a question with this answer.
async fn finish(desk: &Desk, claim: &Claim, answer: &Value) {
    let finish = Finish { state: State::Klaar, result: Some(answer.to_string().into_bytes()), status: None, message: None };
    assert!(jobs::finish(&desk.store, claim, finish).await.expect("an end"));
}

#[tokio::test]
async fn a_published_wave_tells_who_could_exchange_and_who_comes_in_first() {
    let desk = Desk::open("pages-afterwards").await;
    let wave = desk.solved(one_each(), YEAR).await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let early = noor.get(PLACE).await.expect(200);
    assert!(early.says("Deze lichting is nog niet vastgesteld") && !early.says("Reken het door"), "{}", early.words());
    noor.post(PLACE, &[]).await.expect(409);
    assert!(!noor.get("/lichtingen/w").await.expect(200).says("Ruilen en wachtlijst"));
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    assert!(noor.get("/lichtingen/w").await.expect(200).says("Ruilen en wachtlijst"));

    let before = noor.get(PLACE).await.expect(200);
    for words in ["Dit is nog niet doorgerekend", "opleiding: 10 %, zoals ingesteld"] {
        assert!(before.says(words), "{words}: {}", before.words());
    }
    noor.post("/lichtingen/w/ruil", &[("ronde", "1")]).await.expect(409);
    noor.post(PLACE, &[]).await.leads(PLACE);
    let run = wave.body["geldende_berekening"].as_str().expect("a run");
    let rows = desk.get(&format!("/berekeningen/{run}/uitkomst")).await.body["plaatsingen"].clone();
    let who = |row: usize| rows[row]["kandidaat"].clone();
    let at = |row: usize| json!({ "school": rows[row]["school"], "plek": rows[row]["plek"], "coach": rows[row]["coach"] });
    let takes = |one: usize, other: usize, now: i64| json!({ "kandidaat": who(one), "van": at(one), "naar": at(other), "passing": { "voor": 40, "na": now } });
    let round = json!({ "mensen": [takes(0, 1, 43), takes(1, 0, 40)], "kan_zonder_andere_rondes": true });
    let exchange = json!({ "ruil": { "rondes": [round] } });
    let waits = ["Z1", "Z2", "Z3"].into_iter().find(|id| (0..2).all(|row| who(row) != *id)).expect("one who waits");
    let waiter = json!({ "kandidaat": waits, "plaats_bij_uitval_van": 2, "verwacht_per_duizend": 200 });
    let waiting = json!({ "wachtlijst": { "naar_verwachting_uitval": 1, "volledig": true, "wachtlijst": [waiter] } });
    // Kinds of questions take turns: whichever comes first.
    let mut claims = Vec::new();
    for _ in 0..2 {
        claims.push(jobs::claim(&desk.store, Lane::Heavy, "proef").await.expect("a claim").expect("a question"));
    }
    claims.sort_by(|a, b| a.kind.cmp(&b.kind));
    let [first, claim] = claims.as_slice() else { panic!("two questions") };
    assert_eq!((first.kind.as_str(), claim.kind.as_str()), ("ruil", "wachtlijst"));
    assert!(noor.get(PLACE).await.expect(200).says("Loket zoekt wie kan ruilen"));
    finish(&desk, first, &exchange).await;
    assert!(jobs::hear_progress(&desk.store, claim, &Progress::Trial(AtTrial { done: 1, of: 2 })).await.expect("kept"));
    let busy = noor.get(PLACE).await.expect(200);
    assert!(busy.says("Loket rekent: 1 van 2 kandidaten") && busy.text.contains("data-fresh"), "{}", busy.words());
    finish(&desk, claim, &waiting).await;

    let found = noor.get(PLACE).await.expect(200);
    for words in [
        "2 kandidaten gaan erop vooruit of gelijk met een ruil, in 1 ronde.",
        "De Vlieger (onderbouw), met Vink Verzonnen",
        "De Vlieger (onderbouw), met Merel Bedacht",
        "3 punten beter",
        "even goed",
        "Zegt één nee, dan blijft iedereen waar hij is.",
        "Naar verwachting valt er 1 uit. Deze kandidaat komt dan het eerst in aanmerking.",
        "0,20",
    ] {
        assert!(found.says(words), "{words}: {}", found.words());
    }
    assert!(found.says(&format!("Kanarie {waits}")) && !found.says("Reken opnieuw door"), "{}", found.words());

    // Other figures of drop-outs make the list one of before.
    let admin = Asked { caller: Caller::machine("beheerder"), key: None };
    settings::put(&desk.store, &admin, "uitval-opleiding", 1, Wanted::Number(250)).await.expect("a setting");
    let stale = noor.get(PLACE).await.expect(200);
    assert!(stale.says("De uitvalcijfers zijn veranderd") && stale.says("Reken opnieuw door") && stale.says("25 %"), "{}", stale.words());

    // A proposal of it, which changes nothing before it is accepted.
    noor.post("/lichtingen/w/ruil", &[("ronde", "2")]).await.expect(404);
    noor.sent("/lichtingen/w/ruil", &[("ronde", "1")]).await.expect(403);
    let place = noor.post("/lichtingen/w/ruil", &[("ronde", "1")]).await.leads("/herberekeningen/").place;
    desk.work().await;
    let ready = noor.get(&place).await.expect(200);
    for words in ["Ruil in Proef", "Neem dit voorstel over", "Ruilt: 2 mensen. Zij krijgen elkaars plaats.", "2 ruilen"] {
        assert!(ready.says(words), "{words}: {}", ready.words());
    }
    assert!(!ready.says("Mag er meer schuiven?") && !ready.says("schuift mee"), "{}", ready.words());
    assert!(noor.get("/start").await.expect(200).says("ruil in Proef"));
    noor.post(&format!("{place}/aanvaarding"), &[("versie", "1")]).await.leads(&place);
    let all = desk.get("/lichtingen/w/plaatsingen").await.body["resultaten"].clone();
    let now = |id: &Value| {
        let mut rows = all.as_array().expect("a list").iter().filter(|row| row["einde_reden"].is_null());
        rows.find(|row| row["kandidaat"] == *id).map(|row| row["coach"].clone()).expect("a placement")
    };
    assert_eq!((now(&who(0)), now(&who(1))), (rows[1]["coach"].clone(), rows[0]["coach"].clone()));
    // Of the plan that counts now nothing is known.
    assert!(noor.get(PLACE).await.expect(200).says("Dit is nog niet doorgerekend"));
    desk.sound_log().await;

    // Once the placements have begun nobody exchanges; who comes in first is still asked.
    desk.pass(60);
    let began = Browser::signed(&desk, Role::Intermediair, "").await;
    assert!(began.get(PLACE).await.expect(200).says("Wie begonnen is, ruilt niet meer."));
    began.post(PLACE, &[]).await.leads(PLACE);
    let claim = jobs::claim(&desk.store, Lane::Heavy, "proef").await.expect("a claim").expect("a question");
    assert_eq!((claim.kind.as_str(), claim.question.rate(loket_solver::matching::facts::words::Phase::Opleiding)), ("wachtlijst", 250));
    assert!(jobs::claim(&desk.store, Lane::Heavy, "proef").await.expect("a claim").is_none());
    desk.close().await;
}
