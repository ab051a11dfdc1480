//! Drop-outs and late arrivals in the browser: reported, refused with what was typed, accepted and declined; and two plans side by side.

use loket_service::access::{Caller, Role, Through};
use loket_service::actions::reports::{self, Wish};
use loket_service::actions::{Asked, jobs};
use loket_service::records::job::{Finish, State};
use loket_service::records::report::ReportReason;
use loket_service::work::Lane;
use serde_json::{Value, json};

use super::Browser;
use crate::desk::{Desk, YEAR, small_wave};

/// A wave with two coaches of two candidates each.
fn two_coaches(id: &str, candidates: &[&str]) -> Value {
    let mut wave = small_wave(id, 2, candidates);
    let other = json!({ "id": "K2", "naam": "Merel Bedacht", "lat": 52.372, "lon": 4.896, "maximum": 2, "uren": 120 });
    wave["coaches"].as_array_mut().expect("a list").push(other);
    wave
}

/// A coach with people in the plan of a wave, and one of these.
async fn of_plan(desk: &Desk, wave: &str) -> (String, String) {
    let run = desk.get(&format!("/lichtingen/{wave}")).await.body["geldende_berekening"].as_str().expect("a run").to_owned();
    let first = desk.get(&format!("/berekeningen/{run}/uitkomst")).await.body["plaatsingen"][0].clone();
    let text = |key: &str| first[key].as_str().expect("an id").to_owned();
    (text("coach"), text("kandidaat"))
}

#[tokio::test]
async fn a_form_that_is_refused_comes_back_with_what_was_typed() {
    let desk = Desk::open("pages-dropout-form").await;
    desk.solved(two_coaches("w", &["Z1", "Z2"]), YEAR).await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let page = noor.get("/lichtingen/w/uitval").await.expect(200);
    for words in
        ["Uitval en nakomers van Proef", "Vink Verzonnen", "Merel Bedacht", "Kanarie Z1", "De Vlieger", "Niemand heeft iets gemeld."]
    {
        assert!(page.says(words), "{words}: {}", page.words());
    }
    noor.sent("/lichtingen/w/uitval", &[("soort", "coach")]).await.expect(403);
    let none = noor.post("/lichtingen/w/uitval", &[("vanaf", "2026-09-01")]).await.expect(400);
    assert!(none.says("kies er een") && none.text.contains("value=\"2026-09-01\""), "{}", none.words());
    let half = noor.post("/lichtingen/w/uitval", &[("soort", "coach"), ("coach", ""), ("vanaf", "morgen")]).await.expect(400);
    assert!(half.says("kies er een") && half.says("vul een dag in") && half.text.contains("value=\"morgen\""), "{}", half.words());
    let nobody = noor.post("/lichtingen/w/uitval", &[("soort", "coach"), ("coach", "K9"), ("vanaf", "2026-09-01")]).await.expect(400);
    assert!(nobody.says("Dit raakt geen enkele lichting met een plan."), "{}", nobody.words());
    let (coach, _) = of_plan(&desk, "w").await;
    let far = [("soort", "coach"), ("coach", coach.as_str()), ("vanaf", "2031-09-01")];
    let asked = noor.post("/lichtingen/w/uitval", &far).await.expect(409);
    assert!(asked.says("Klopt dit?") && asked.text.contains("name=\"bevestigd\""), "{}", asked.words());
    noor.post("/lichtingen/w/uitval", &[&far[..], &[("bevestigd", "ja")]].concat()).await.leads("/herberekeningen/");
    noor.get("/lichtingen/v/uitval").await.expect(404);
    noor.get("/herberekeningen/niets").await.expect(404);
    desk.close().await;
}

#[tokio::test]
async fn a_coach_drops_out_and_the_proposal_is_accepted_once() {
    let desk = Desk::open("pages-dropout").await;
    desk.solved(two_coaches("w", &["Z1", "Z2"]), YEAR).await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let (coach, candidate) = of_plan(&desk, "w").await;
    noor.get("/lichtingen/w/uitval").await.expect(200);
    let place = noor
        .post("/lichtingen/w/uitval", &[("soort", "coach"), ("coach", &coach), ("vanaf", "2026-09-01")])
        .await
        .leads("/herberekeningen/")
        .place;
    let busy = noor.get(&place).await.expect(200);
    assert!(
        busy.says("valt uit vanaf 1 september") && busy.says("Loket zoekt een voorstel") && busy.text.contains("data-fresh"),
        "{}",
        busy.words()
    );
    desk.work().await;
    let ready = noor.get(&place).await.expect(200);
    for words in [
        "andere coach",
        "Hun coach is er niet meer.",
        "Minder kan niet: dat is bewezen.",
        "Iedereen blijft op de eigen school.",
        "Neem dit voorstel over",
        "Er verandert niets tot u dit voorstel overneemt.",
    ] {
        assert!(ready.says(words), "{words}: {}", ready.words());
    }
    assert!(ready.says(&format!("Kanarie {candidate}")), "{}", ready.words());
    noor.post(&format!("{place}/meer"), &[("lichting", "v")]).await.expect(404);
    noor.post(&format!("{place}/meer"), &[("lichting", "w")]).await.leads(&place);
    assert!(noor.get(&place).await.expect(200).says("Loket rekent uit wat meer schuiven oplevert."));
    let claim = jobs::claim(&desk.store, Lane::Heavy, "proef").await.expect("a claim").expect("the question");
    let row = |extra: u32, moved: usize, fit: i64| json!({ "extra": extra, "gewijzigd": moved, "waarden": { "passing": fit } });
    let answer = json!({ "afruil": { "regels": [row(0, 0, 900), row(1, 1, 935)], "volledig": true } });
    let finish = Finish { state: State::Klaar, result: Some(answer.to_string().into_bytes()), status: None, message: None };
    assert!(jobs::finish(&desk.store, &claim, finish).await.expect("an end"));
    let priced = noor.get(&place).await.expect(200);
    for words in ["dit voorstel", "1 mens", "Passing 35 meer", "Meer schuiven levert niets meer op."] {
        assert!(priced.says(words), "{words}: {}", priced.words());
    }
    let accept = format!("{place}/aanvaarding");
    noor.sent(&accept, &[("versie", "1")]).await.expect(403);
    let stale = noor.post(&accept, &[("versie", "7")]).await.expect(412);
    assert!(stale.says("Iemand anders besloot intussen over dit voorstel."), "{}", stale.words());
    noor.post(&accept, &[("versie", "1")]).await.leads(&place);
    let done = noor.get(&place).await.expect(200);
    assert!(done.says("Dit voorstel is overgenomen.") && done.says("Het voorstel is overgenomen."), "{}", done.words());
    assert!(!done.says("Neem dit voorstel over"), "{}", done.words());
    noor.post(&accept, &[("versie", "2")]).await.expect(409);
    let ended = desk.get(&format!("/coaches/{coach}")).await;
    assert_eq!(ended.body["tot"], "2026-08-31");
    assert!(noor.get("/lichtingen/w/uitval").await.expect(200).says("overgenomen"));
    desk.close().await;
}

#[tokio::test]
async fn a_proposal_is_declined_and_nothing_changes() {
    let desk = Desk::open("pages-decline").await;
    let before = desk.solved(two_coaches("w", &["Z1", "Z2"]), YEAR).await.body["geldende_berekening"].clone();
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let (_, candidate) = of_plan(&desk, "w").await;
    noor.get("/lichtingen/w/uitval").await.expect(200);
    let fields = [("soort", "kandidaat"), ("kandidaat", candidate.as_str()), ("vanaf", "2026-09-01")];
    let place = noor.post("/lichtingen/w/uitval", &fields).await.leads("/herberekeningen/").place;
    desk.work().await;
    let ready = noor.get(&place).await.expect(200);
    assert!(ready.says("stopt vanaf 1 september") && ready.says("Doet niet meer mee: 1 mens."), "{}", ready.words());
    noor.post(&format!("{place}/afwijzing"), &[("versie", "1")]).await.leads(&place);
    assert!(noor.get(&place).await.expect(200).says("Dit voorstel is afgewezen."));
    assert_eq!(desk.get("/lichtingen/w").await.body["geldende_berekening"], before);
    desk.close().await;
}

#[tokio::test]
async fn somebody_who_waits_in_the_register_comes_late() {
    let desk = Desk::open("pages-late").await;
    desk.solved(two_coaches("w", &["Z1"]), YEAR).await;
    let row = json!({ "id": "Z7", "naam": "Kanarie Z7", "lat": 52.375, "lon": 4.893, "bouwen": ["onderbouw"] });
    assert_eq!(desk.post("/kandidaten", row).await.status, 201);
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    assert!(noor.get("/lichtingen/w/uitval").await.expect(200).says("Kanarie Z7"));
    let wrong = noor.post("/lichtingen/w/nakomers", &[("wie", "Z7"), ("begin", "")]).await.expect(400);
    assert!(wrong.says("vul een dag in"), "{}", wrong.words());
    noor.post("/lichtingen/w/nakomers", &[("wie", "Z9"), ("begin", "2026-09-01")]).await.expect(404);
    let place = noor.post("/lichtingen/w/nakomers", &[("wie", "Z7"), ("begin", "2026-09-01")]).await.leads("/herberekeningen/").place;
    desk.work().await;
    let ready = noor.get(&place).await.expect(200);
    for words in ["Kanarie Z7 komt later, vanaf 1 september", "krijgt een plaats", "Nieuw: 1 mens."] {
        assert!(ready.says(words), "{words}: {}", ready.words());
    }
    desk.close().await;
}

/// A board reports that a seat falls out: the id of that.
async fn reported(desk: &Desk) -> String {
    let board = Caller::account("bestuur", Role::Bestuur, vec!["B1".into()], Through::Token("t".into()));
    let seat = Some(("S1".to_owned(), "onderbouw".to_owned()));
    let wish = Wish { coach: None, seat, from: "2026-09-01".into(), reason: ReportReason::GroepVervalt, confirmed: false };
    reports::report(&desk.store, &Asked { caller: board, key: None }, &wish).await.expect("a report").id
}

#[tokio::test]
async fn what_others_reported_is_taken_over_or_set_aside_with_a_reason() {
    let desk = Desk::open("pages-reports").await;
    desk.solved(two_coaches("w", &["Z1", "Z2"]), YEAR).await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let first = reported(&desk).await;
    let page = noor.get("/uitval").await.expect(200);
    assert!(page.says("Een plek van De Vlieger vervalt vanaf 1 september"), "{}", page.words());
    noor.post(&format!("/uitval/{first}"), &[("versie", "1"), ("reden", "vergissing")]).await.leads("/uitval");
    assert!(noor.get("/uitval").await.expect(200).says("Niemand heeft iets gemeld."));
    let second = reported(&desk).await;
    noor.post(&format!("/uitval/{second}"), &[("versie", "1")]).await.leads("/herberekeningen/");
    assert_eq!(desk.get(&format!("/uitvalmeldingen/{second}")).await.body["toestand"], "overgenomen");
    noor.post("/uitval/niets", &[("versie", "1")]).await.expect(404);
    desk.close().await;
}

#[tokio::test]
async fn two_plans_stand_side_by_side_with_who_moves_and_why() {
    let desk = Desk::open("pages-compare").await;
    desk.solved(small_wave("w", 1, &["Z1", "Z2"]), YEAR).await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    assert!(noor.get("/lichtingen/w/vergelijken").await.expect(200).says("Er zijn nog geen twee plannen"));
    let (_, candidate) = of_plan(&desk, "w").await;
    let rejected = json!({ "besluit": "afwijzen", "reden": "reis-te-zwaar", "reikwijdte": "school" });
    desk.put_new(&format!("/lichtingen/w/beoordelingen/{candidate}"), rejected).await.expect(200);
    desk.run("/lichtingen/w").await;
    let page = noor.get("/lichtingen/w/vergelijken?was=1&nu=2").await.expect(200);
    for words in
        ["Wat verschilt er tussen berekening 1 en 2?", "verliest een plaats", "krijgt een plaats", "geen plaats", "Geplaatst 1 1 gelijk"]
    {
        assert!(page.says(words), "{words}: {}", page.words());
    }
    assert_eq!(noor.get("/lichtingen/w/vergelijken").await.expect(200).words(), page.words());
    noor.get("/lichtingen/w/vergelijken?was=1&nu=9").await.expect(404);
    desk.close().await;
}
