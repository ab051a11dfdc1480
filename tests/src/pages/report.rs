//! The report and the figures: with names for the intermediary only, the same figures in a table, and small counts hidden from readers.

use loket_service::access::Role;
use reqwest::Method;
use serde_json::json;

use super::Browser;
use crate::desk::{Desk, YEAR, small_wave};

#[tokio::test]
async fn the_intermediary_sees_findings_drawings_and_the_same_figures_in_tables() {
    let desk = Desk::open("pages-report").await;
    let run = desk.solved(small_wave("w", 2, &["Z1", "Z2", "Z3"]), YEAR).await;
    assert!(run.status < 300, "{}", run.body);
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let page = noor.get("/lichtingen/w/rapport").await.expect(200);
    assert!(page.says("2 van 3 geplaatst") || page.says("2 van 3"), "{}", page.words());
    assert!(page.says("Niemand reist langer dan"), "{}", page.words());
    for part in ["id=\"keuzes\"", "id=\"reistijd\"", "id=\"coaches\"", "id=\"plekken\"", "id=\"aandelen\"", "role=\"img\""] {
        assert!(page.text.contains(part), "{part} is missing");
    }
    assert_eq!(page.text.matches("<svg class=\"chart\"").count(), page.text.matches("<desc id=").count(), "each drawing is described");
    assert!(page.text.matches("<table").count() >= 5, "each drawing has its table");
    assert!(!page.text.contains("style=\""), "nothing inline");
    assert!(!page.says("Hoe er beoordeeld is"), "nobody decided anything");
    let mut agreed = 0;
    for id in ["Z1", "Z2", "Z3"] {
        let decided = desk.put_new(&format!("/lichtingen/w/beoordelingen/{id}"), json!({ "besluit": "akkoord" })).await;
        agreed += usize::from(decided.status == 200);
    }
    assert_eq!(agreed, 3);
    let page = noor.get("/lichtingen/w/rapport").await.expect(200);
    assert!(
        page.says("Hoe er beoordeeld is") && page.says("3 besluiten genomen") && page.says("0 % anders dan het voorstel"),
        "{}",
        page.words()
    );
    let city = noor.get("/lichtingen/w/rapport?voor=stuurgroep").await.expect(200);
    assert!(city.says("· besluiten genomen"), "{}", city.words());
    assert!(!city.text.contains(">Z1<") && !city.text.contains("K1"), "nobody is named to a steering group");
    let board = noor.get("/lichtingen/w/rapport?voor=bestuur%3AB1").await.expect(200);
    assert!(board.says("Uw aandeel"), "{}", board.words());
    noor.get("/lichtingen/w/rapport?voor=bestuur%3AB9").await.expect(404);
    noor.get("/lichtingen/w/rapport?voor=iedereen").await.expect(404);
    noor.get("/lichtingen/x/rapport").await.expect(404);
    desk.close().await;
}

#[tokio::test]
async fn what_a_plan_leaves_stands_beside_what_the_years_ahead_need() {
    let desk = Desk::open("pages-leaves").await;
    desk.solved(small_wave("w", 3, &["Z1", "Z2"]), YEAR).await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let alone = noor.get("/lichtingen/w/rapport").await.expect(200);
    assert!(alone.says("Er is geen meerjarenplan met een lichting na deze") && alone.says("Plekken onderbouw 1 3"), "{}", alone.words());
    let plan = json!({
        "formaat": "loket-meerjarenplan/1", "id": "stad", "naam": "Plan van de stad", "start": "2026-08", "jaren": ["2026-2027", "2027-2028"],
        "lichtingen": [{ "id": "L1", "maand": "2026-08", "doel": 9 }, { "id": "L2", "naam": "Najaar 2027", "maand": "2027-08", "doel": 4 }],
        "besturen": [{ "id": "B1", "naam": "Bestuur Een", "plekken": 3 }],
        "coachsoorten": [{ "id": "intern", "uren": 690, "aanname_max": 4 }],
        "beleid": { "budget": "geen" },
    });
    desk.post("/meerjarenplannen", plan).await.expect(201);
    let wanted = noor.get("/lichtingen/w/rapport").await.expect(200);
    // Four start, so five begin the preliminary track: 5 x 15 and 4 x 60 hours.
    for words in ["Plan van de stad wil dat er in Najaar 2027 4 mensen beginnen", "Plekken samen 1 3 4", "Uren van coaches 0 120 300"] {
        assert!(wanted.says(words), "{words}: {}", wanted.words());
    }
    assert!(!wanted.says("blijft minder over"), "{}", wanted.words());
    desk.send(Method::POST, "/meerjarenplannen/stad/berekeningen", &[], None).await.expect(202);
    desk.work().await;
    let computed = noor.get("/lichtingen/w/rapport").await.expect(200);
    for words in [
        "Plan van de stad verwacht dat er in Najaar 2027 3 mensen beginnen",
        "Plekken samen 1 3 3",
        "Bij 1 bestuur blijft minder over dan het plan daar verwacht",
        "Bestuur Een 1 3",
    ] {
        assert!(computed.says(words), "{words}: {}", computed.words());
    }
    desk.close().await;
}

#[tokio::test]
async fn a_reader_begins_with_the_figures_and_sees_nobody_and_nothing_small() {
    let desk = Desk::open("pages-figures").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2", "Z3"]), YEAR).await;
    let reader = Browser::signed(&desk, Role::Lezer, "").await;
    let home = reader.follow("/").await.expect(200);
    assert!(home.says("Cijfers") && home.says("·"), "{}", home.words());
    let report = reader.get("/lichtingen/w/rapport").await.expect(200);
    for name in ["Z1", "Z2", "Z3", "K1"] {
        assert!(!report.text.contains(&format!(">{name}<")), "{name} is named");
    }
    assert!(report.says("Een punt (·)"), "{}", report.words());
    reader.get("/lichtingen/w/rapport?voor=intermediair").await.expect(404);
    reader.get("/lichtingen/w/rapport?voor=bestuur%3AB1").await.expect(404);
    Browser::signed(&desk, Role::Bestuur, "B1").await.get("/cijfers").await.expect(403);
    desk.close().await;
}

#[tokio::test]
async fn a_wave_without_a_plan_says_when_its_report_comes() {
    let desk = Desk::open("pages-report-none").await;
    desk.post(&format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1), small_wave("w", 2, &["Z1"])).await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let page = noor.get("/lichtingen/w/rapport").await.expect(200);
    assert!(page.says("Er is nog geen plan"), "{}", page.words());
    desk.close().await;
}

#[tokio::test]
async fn a_report_says_that_it_is_provisional_prints_and_tells_on_paper_of_which_day_and_run_it_is() {
    let desk = Desk::open("pages-report-paper").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2", "Z3"]), YEAR).await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    for place in ["/lichtingen/w/rapport", "/lichtingen/w/rapport?voor=bestuur%3AB1"] {
        let page = noor.get(place).await.expect(200);
        assert!(page.says("Voorlopig: 0 van 3 beoordeeld.") && page.text.contains("data-print"), "{}", page.words());
        let paper = page.text.split_once("paper-foot").expect("what is on paper alone").1;
        assert!(paper.contains("Stand van") && paper.contains("berekening 1") && paper.contains("Logboek "), "{paper}");
    }
    // Whoever sees no small counts sees none here.
    let reader = Browser::signed(&desk, Role::Lezer, "").await;
    let hidden = reader.get("/lichtingen/w/rapport").await.expect(200);
    assert!(hidden.says("Voorlopig: nog niet vastgesteld.") && !hidden.says("van 3 beoordeeld"), "{}", hidden.words());
    let list = reader.get("/cijfers").await.expect(200);
    for words in ["te beoordelen", "tot en met", "opleiding"] {
        assert!(list.says(words), "{words}: {}", list.words());
    }
    assert!(!list.says("berekend") && !list.text.contains(YEAR.0), "no codes: {}", list.words());
    desk.close().await;
}
