//! Review in a browser: the list, deciding, rejecting, a place of one's own, what is tried together, the sample, and undo.

use std::sync::Arc;
use std::time::Duration;

use loket_service::access::Role;
use loket_service::actions::jobs;
use loket_service::actions::review::ahead;
use loket_service::records::job::{Finish, State};
use loket_service::work::kinds::kind;
use loket_service::work::{Bounds, Ended, Job, Lane, Program, Stop, run_within};
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};

use super::{Browser, Shown};
use crate::desk::{Desk, YEAR, small_wave};
use crate::service::processes::program;

const LIST: &str = "/lichtingen/w/beoordelen";

/// Answers the questions of a lane that wait, each by the solver's true child.
async fn answered(desk: &Desk, lane: Lane) -> usize {
    let child = Program { path: program(), arguments: vec!["reken".into()] };
    let mut count = 0;
    while let Some(claim) = jobs::claim(&desk.store, lane, "proef").await.expect("a claim") {
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
        let Ended::Answer { value, .. } = ended else { panic!("no answer: {ended:?}") };
        let finish = Finish { state: State::Klaar, result: Some(value.to_string().into_bytes()), status: None, message: None };
        assert!(jobs::finish(&desk.store, &claim, finish).await.expect("an end"));
        count += 1;
    }
    count
}

/// A wave of two schools with so many seats each, two coaches, and these candidates.
fn two_schools(seats: u32, candidates: &[&str]) -> Value {
    let mut file = small_wave("w", seats, candidates);
    let mut school = file["scholen"][0].clone();
    (school["id"], school["naam"], school["lat"]) = (json!("S2"), json!("De Regenboog"), json!(52.380));
    file["scholen"].as_array_mut().expect("schools").push(school);
    let mut coach = file["coaches"][0].clone();
    (coach["id"], coach["naam"]) = (json!("K2"), json!("Mees Verzonnen"));
    file["coaches"].as_array_mut().expect("coaches").push(coach);
    file
}

/// What the first form that is sent to a place holds, as a browser would send it.
fn form(shown: &Shown, to: &str) -> Vec<(String, String)> {
    let start =
        shown.text.find(&format!("/{to}?")).or_else(|| shown.text.find(&format!("/{to}\""))).unwrap_or_else(|| panic!("a form to {to}"));
    let rest = &shown.text[start..];
    let inside = &rest[..rest.find("</form>").expect("the end of a form")];
    let attribute = |tag: &str, name: &str| tag.split(&format!("{name}=\"")).nth(1).and_then(|it| it.split('"').next()).map(str::to_owned);
    let tags = inside.split("<input type=\"hidden\"").skip(1);
    tags.filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?))).filter(|(name, _)| name != "formulier").collect()
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// What was decided about somebody, by the API.
async fn decided(desk: &Desk, candidate: &str) -> Value {
    desk.get(&format!("/lichtingen/w/beoordelingen/{candidate}")).await.body
}

#[tokio::test]
async fn agreeing_leads_to_the_next_keeps_the_row_in_place_and_is_undone_by_one_press() {
    let desk = Desk::open("review-agree").await;
    desk.solved(two_schools(2, &["Z1", "Z2", "Z3"]), YEAR).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let list = browser.get(LIST).await.expect(200);
    assert!(list.says("0 van 3 beoordeeld") && list.says("Kanarie Z1") && list.says("Nog te beoordelen"), "{}", list.words());
    let one = browser.get(&format!("{LIST}/Z1?sinds=0")).await.expect(200);
    assert!(one.says("Akkoord") && one.says("nog niet gevraagd") && one.says("De uitleg wordt uitgezocht"), "{}", one.words());
    assert!(one.text.contains("data-fresh=\"2\""), "what is not ready comes by itself");
    let next = browser.post(&format!("{LIST}/Z1/akkoord?sinds=0"), &pairs(&form(&one, "akkoord"))).await.leads(&format!("{LIST}/Z"));
    assert_eq!(decided(&desk, "Z1").await["besluit"], "akkoord");
    let after = browser.get(&next.place).await.expect(200);
    assert!(after.says("Bewaard: akkoord voor Kanarie Z1.") && after.says("1 van 3 beoordeeld"), "{}", after.words());
    assert!(after.text.contains(">Kanarie Z1</a>"), "the decided row stays until the list is read afresh");
    assert!(!browser.get(LIST).await.expect(200).text.contains(">Kanarie Z1</a>"), "read afresh it is gone");
    let past = desk.store.read().past_of("w", "Z1").await.expect("the history");
    assert_eq!((past[0].shown.parts.len(), past[0].seconds.is_some()), (3, true), "what was opened, and how long: {past:?}");
    // Undo says what it takes back, and takes back that alone.
    let undo = form(&after, "ongedaan");
    browser.post("/lichtingen/w/ongedaan?sinds=0", &pairs(&undo)).await.leads(&format!("{LIST}/Z1"));
    assert_eq!(desk.get("/lichtingen/w/beoordelingen").await.body["totaal"], 0);
    let undone = browser.get(&format!("{LIST}/Z1?sinds=0")).await.expect(200);
    assert!(undone.says("Ongedaan gemaakt: dit besluit is terug zoals het was."), "{}", undone.words());
    browser.post("/lichtingen/w/ongedaan", &pairs(&undo)).await.leads(LIST);
    assert_eq!(desk.get("/lichtingen/w/beoordelingen").await.body["totaal"], 0, "pressed twice");
    // Who decides without what the page gave decides nothing.
    browser.sent(&format!("{LIST}/Z1/akkoord"), &pairs(&form(&one, "akkoord"))).await.expect(403);
    assert_eq!(desk.get("/lichtingen/w/beoordelingen").await.body["totaal"], 0);
    for foreign in
        [format!("{LIST}/Z9"), "/lichtingen/x/beoordelen".into(), "/lichtingen/x/beoordelen/Z1".into(), format!("{LIST}/Z9/afwijzen")]
    {
        browser.get(&foreign).await.expect(404);
    }
    desk.close().await;
}

#[tokio::test]
async fn a_list_is_searched_by_a_form_narrowed_by_links_and_says_when_it_is_empty() {
    let desk = Desk::open("review-list").await;
    desk.post("/lichtingen?van=2026-08-01&tot=2027-07-31", small_wave("leeg", 1, &["Z8"])).await;
    desk.solved(two_schools(2, &["Z1", "Z2", "Z3", "Z4", "Z5"]), YEAR).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    assert!(browser.get("/lichtingen/leeg/beoordelen").await.expect(200).says("Er is nog geen voorstel"));
    let list = browser.get(LIST).await.expect(200);
    assert!(list.says("Geen plaats") && list.says("nog 1 van 1"), "{}", list.words());
    let found = browser.post("/lichtingen/w/zoeken", &[("zoek", "kanarie z2")]).await.expect(200);
    assert!(
        found.text.contains(">Kanarie Z2</a>") && !found.text.contains(">Kanarie Z1</a>") && found.text.contains("value=\"kanarie z2\"")
    );
    let address: Vec<&str> = found.text.split("href=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
    assert!(address.iter().all(|it| !it.to_lowercase().contains("kanarie")), "no name stands in an address: {address:?}");
    assert!(browser.post("/lichtingen/w/zoeken", &[("zoek", "niemand")]).await.expect(200).says("Niemand heet zo"));
    browser.post("/lichtingen/w/zoeken", &[("zoek", " ")]).await.leads(LIST);
    let none = browser.get(&format!("{LIST}?aandacht=geen-plaats")).await.expect(200);
    assert_eq!(none.text.matches("class=\"item").count(), 1 + 1, "one row, in its list: {}", none.words());
    let school = browser.get(&format!("{LIST}?bij=S2&volgorde=naam&stand=onzin")).await.expect(200);
    assert!(school.says("De Regenboog") && school.text.contains("volgorde=naam"), "{}", school.words());
    assert!(browser.get(&format!("{LIST}?stand=afgewezen")).await.expect(200).says("Niemand in deze lijst"));
    let part = browser.get(&format!("{LIST}?deel=stand")).await.expect(200);
    assert!(part.text.len() < 4_000 && part.says("0 van 5 beoordeeld"), "{}", part.text);
    desk.close().await;
}

#[tokio::test]
async fn two_people_see_each_other_and_the_later_decision_shows_both() {
    let desk = Desk::open("review-two").await;
    desk.solved(two_schools(2, &["Z1", "Z2"]), YEAR).await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let other = Browser::signed(&desk, Role::Intermediair, "").await;
    let mine = noor.get(&format!("{LIST}/Z1")).await.expect(200);
    other.get(&format!("{LIST}/Z1")).await.expect(200);
    let seen = noor.get(&format!("{LIST}?deel=stand&kandidaat=Z1")).await.expect(200);
    assert!(seen.says("Noor Bakker kijkt nu naar Kanarie Z1."), "{}", seen.words());
    let theirs = other.get(&format!("{LIST}/Z1")).await.expect(200);
    other.post(&format!("{LIST}/Z1/vast"), &pairs(&form(&theirs, "vast"))).await.leads(LIST);
    let told = noor.get(&format!("{LIST}?deel=stand")).await.expect(200);
    assert!(told.says("besloot net: Kanarie Z1 staat vast op"), "{}", told.words());
    let met = noor.post(&format!("{LIST}/Z1/akkoord"), &pairs(&form(&mine, "akkoord"))).await.expect(412);
    assert!(met.says("Iemand anders was u voor") && met.says("staat vast op") && met.says("akkoord voor Kanarie Z1."), "{}", met.words());
    assert_eq!(decided(&desk, "Z1").await["besluit"], "vast", "nothing was decided");
    // Whoever still wants it sends it on the version that is there now.
    let start = met.text.find("Dit wilde u").expect("the own decision");
    let again = Shown { text: met.text[start..].to_owned(), ..met.clone() };
    noor.post(&format!("{LIST}/Z1/akkoord"), &pairs(&form(&again, "akkoord"))).await.leads(LIST);
    assert_eq!(decided(&desk, "Z1").await["besluit"], "akkoord");
    desk.close().await;
}

#[tokio::test]
async fn a_rejection_says_why_and_how_far_it_reaches_and_keeps_what_was_typed() {
    let desk = Desk::open("review-reject").await;
    desk.solved(two_schools(2, &["Z1", "Z2"]), YEAR).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let page = browser.get(&format!("{LIST}/Z1/afwijzen")).await.expect(200);
    assert!(page.says("Waarom wijst u dit voorstel af?") && page.says("Alle scholen van Bestuur Een") && page.says("wordt uitgezocht"));
    let fields = form(&page, "afwijzen");
    let with = |more: &[(&str, &str)]| {
        let mut all = fields.clone();
        all.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        all
    };
    let empty = with(&[("reikwijdte", "bestuur"), ("tot", "morgen"), ("toelichting", "Zijn kind zit hier.")]);
    let again = browser.post(&format!("{LIST}/Z1/afwijzen"), &pairs(&empty)).await.expect(400);
    assert!(again.says("Fout") && again.says("kies een reden") && again.says("Zijn kind zit hier."), "{}", again.words());
    assert!(again.text.contains("value=\"bestuur\" id=\"reikwijdte-4\" checked"), "what was chosen stays");
    assert!(again.text.contains("href=\"#reden\"") && again.text.contains("href=\"#tot\""), "the summary leads to the fields");
    let over = with(&[("reden", "wens-kandidaat"), ("reikwijdte", "bestuur"), ("tot", "2020-01-01")]);
    assert!(browser.post(&format!("{LIST}/Z1/afwijzen"), &pairs(&over)).await.expect(400).says("al voorbij"));
    assert_eq!(answered(&desk, Lane::Questions).await, 4, "why, and what follows of three ways to reject");
    let ready = browser.get(&format!("{LIST}/Z1/afwijzen?deel=gevolg")).await.expect(200);
    assert!(ready.says("Kanarie gaat dan naar") && !ready.text.contains("data-fresh"), "{}", ready.words());
    let good =
        with(&[("reden", "wens-kandidaat"), ("reikwijdte", "bestuur"), ("tot", "2099-01-01"), ("toelichting", "Zijn kind zit hier.")]);
    browser.post(&format!("{LIST}/Z1/afwijzen"), &pairs(&good)).await.leads(LIST);
    let told = decided(&desk, "Z1").await;
    assert_eq!((&told["besluit"], &told["reikwijdte"], &told["tot"]), (&json!("afwijzen"), &json!("bestuur"), &json!("2099-01-01")));
    let notes = desk.get("/lichtingen/w/beoordelingen/Z1/notities").await.body;
    assert_eq!(notes["resultaten"][0]["tekst"], "Zijn kind zit hier.", "{notes}");
    let one = browser.get(&format!("{LIST}/Z1")).await.expect(200);
    assert!(one.says("is afgewezen") && one.says("Zijn kind zit hier."), "{}", one.words());
    browser.post(&format!("{LIST}/Z1/intrekken"), &pairs(&form(&one, "intrekken"))).await.leads(&format!("{LIST}/Z1"));
    assert_eq!(desk.get("/lichtingen/w/beoordelingen").await.body["totaal"], 0);
    desk.close().await;
}

#[tokio::test]
async fn a_place_that_a_rule_forbids_is_chosen_only_with_the_rule_ticked_and_a_reason() {
    let desk = Desk::open("review-place").await;
    let mut file = two_schools(2, &["Z1", "Z2"]);
    file["scholen"][1]["plekken"] = json!([{ "bouw": "bovenbouw", "aantal": 2 }]);
    desk.solved(file, YEAR).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let look = browser.get(&format!("{LIST}/Z1/plaatsen?plek=S2%7Cbovenbouw&coach=K2")).await.expect(200);
    assert!(
        look.says("De Regenboog, bovenbouw, met coach Mees Verzonnen") && look.says("een bouw die niet gekozen is"),
        "{}",
        look.words()
    );
    let start = look.text.find("choose-place").expect("the form");
    let shown = Shown { text: look.text[start..].to_owned(), ..look.clone() };
    let fields = form(&shown, "plaatsen");
    let bare = browser.post(&format!("{LIST}/Z1/plaatsen"), &pairs(&fields)).await.expect(400);
    assert!(bare.says("vink elke regel aan") && bare.says("schrijf waarom dit mag"), "{}", bare.words());
    let mut all = pairs(&fields);
    all.push(("ondanks", "bouw"));
    let half = browser.post(&format!("{LIST}/Z1/plaatsen"), &all).await.expect(400);
    assert!(half.text.contains("value=\"bouw\" id=\"ondanks\" checked"), "what was ticked stays");
    all.push(("reden", "Zij gaf hier al les."));
    browser.post(&format!("{LIST}/Z1/plaatsen"), &all).await.leads(LIST);
    let told = decided(&desk, "Z1").await;
    assert_eq!((&told["besluit"], &told["ondanks"]), (&json!("alternatief"), &json!(["bouw"])), "{told}");
    let notes = desk.get("/lichtingen/w/beoordelingen/Z1/notities").await.body;
    assert_eq!(notes["resultaten"][0]["tekst"], "Toch geplaatst, omdat: Zij gaf hier al les.");
    browser.post(&format!("{LIST}/Z1/notities"), &[("notitie", "  ")]).await.expect(400);
    browser.post(&format!("{LIST}/Z1/notities"), &[("notitie", "Belde op.")]).await.leads(&format!("{LIST}/Z1"));
    assert!(browser.get(&format!("{LIST}/Z1")).await.expect(200).says("Belde op."));
    desk.close().await;
}

#[tokio::test]
async fn another_place_is_tried_with_its_price_and_what_is_tried_becomes_decisions_all_at_once() {
    let desk = Desk::open("review-tray").await;
    desk.solved(two_schools(2, &["Z1", "Z2"]), YEAR).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    browser.get(&format!("{LIST}/Z1")).await.expect(200);
    assert_eq!(answered(&desk, Lane::Questions).await, 1);
    let one = browser.get(&format!("{LIST}/Z1")).await.expect(200);
    assert!(one.says("elke prijs is nagerekend") && one.says("Kies") && !one.says("De uitleg wordt uitgezocht"), "{}", one.words());
    let attempt = form(&one, "probeer");
    browser.post(&format!("{LIST}/Z1/probeer"), &pairs(&attempt)).await.leads(&format!("{LIST}/Z1"));
    let waits = browser.get(&format!("{LIST}/Z1")).await.expect(200);
    assert!(
        waits.says("Probeerbak: 1 verandering, nog niet bewaard") && waits.text.contains("http-equiv=\"refresh\""),
        "{}",
        waits.words()
    );
    assert_eq!(answered(&desk, Lane::Questions).await, 1);
    let ready = browser.get("/lichtingen/w/probeerbak").await.expect(200);
    assert!(ready.says("Voor en na, per doel") && ready.says("Wie schuift mee: niemand"), "{}", ready.words());
    assert_eq!(desk.get("/lichtingen/w/beoordelingen").await.body["totaal"], 0, "nothing changes until it is kept");
    browser.post("/lichtingen/w/probeerbak/bewaren", &pairs(&form(&ready, "bewaren"))).await.leads("/lichtingen/w/probeerbak");
    assert_eq!(decided(&desk, "Z1").await["besluit"], "alternatief");
    assert!(browser.get("/lichtingen/w/probeerbak").await.expect(200).says("Er zit niets in de probeerbak"));
    // What is tried is of whoever tries, and is thrown away by one press.
    browser.post(&format!("{LIST}/Z2/probeer"), &[("reikwijdte", "school")]).await.leads(&format!("{LIST}/Z2"));
    let other = Browser::signed(&desk, Role::Intermediair, "").await;
    assert!(other.get("/lichtingen/w/probeerbak").await.expect(200).says("Er zit niets in de probeerbak"));
    browser.post("/lichtingen/w/probeerbak/weg", &[("weg", "Z2")]).await.leads("/lichtingen/w/probeerbak");
    assert!(browser.get("/lichtingen/w/probeerbak").await.expect(200).says("Er zit niets in de probeerbak"));
    // Choosing another place at once, and asking about a school, which blocks nobody.
    let school = desk.get("/lichtingen/w/beoordelingen/Z1").await.body["plaatsing"]["school"].as_str().expect("a school").to_owned();
    let asked = browser.post(&format!("{LIST}/Z2/vraag"), &[("school", &school)]).await.leads(&format!("{LIST}/Z2?"));
    assert!(browser.get(&asked.place).await.expect(200).says("Wordt uitgezocht. U kunt gewoon doorgaan."));
    answered(&desk, Lane::Questions).await;
    let came = browser.get(&asked.place).await.expect(200);
    assert!(!came.says("Wordt uitgezocht. U kunt") && (came.says("Wie schuift:") || came.says("Mag niet:")), "{}", came.words());
    browser.post(&format!("{LIST}/Z2/vraag"), &[("school", "S9")]).await.expect(404);
    desk.close().await;
}

#[tokio::test]
async fn why_not_the_first_choice_is_told_and_other_places_stand_in_the_order_that_is_asked() {
    let desk = Desk::open("review-first-choice").await;
    let mut file = two_schools(2, &["Z1", "Z2"]);
    file["kandidaten"][0]["bouwen"] = json!(["bovenbouw", "onderbouw"]);
    let mut far = file["scholen"][0].clone();
    (far["id"], far["naam"], far["lat"]) = (json!("S3"), json!("De Verre Kade"), json!(52.43));
    file["scholen"].as_array_mut().expect("schools").push(far);
    desk.solved(file, YEAR).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    for id in ["Z1", "Z2"] {
        browser.get(&format!("{LIST}/{id}")).await.expect(200);
    }
    assert_eq!(answered(&desk, Lane::Questions).await, 2);
    let one = browser.get(&format!("{LIST}/Z1")).await.expect(200);
    assert!(one.says("In de bovenbouw, de eerste keus, is geen plek die kan."), "{}", one.words());
    let other = browser.get(&format!("{LIST}/Z2")).await.expect(200);
    assert!(other.says("krijgt de eerste keus bouw") && !other.says(", de eerste keus, "), "{}", other.words());
    let by = browser.get(&format!("{LIST}/Z1?anders=reis")).await.expect(200);
    assert!(by.text.contains("<option value=\"reis\" selected>"), "the order is shown");
    let others = by.text.split("id=\"anders\"").nth(1).expect("other places");
    let minutes: Vec<i64> =
        others.split(" min").filter_map(|it| it.rsplit(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()).collect();
    let mut sorted = minutes.clone();
    sorted.sort_unstable();
    assert!(minutes.len() > 1 && minutes == sorted, "{minutes:?}: {}", by.words());
    desk.close().await;
}

#[tokio::test]
async fn a_group_is_agreed_with_only_after_its_sample_was_opened() {
    let desk = Desk::open("review-sample").await;
    desk.solved(two_schools(2, &["Z1", "Z2", "Z3"]), YEAR).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let before = browser.get("/lichtingen/w/steekproef").await.expect(200);
    assert!(before.says("0 van 3 bekeken") && before.says("Bekijk eerst de hele steekproef."), "{}", before.words());
    let refused = browser.post("/lichtingen/w/steekproef", &[]).await.expect(409);
    assert!(refused.says("Fout") && desk.get("/lichtingen/w/beoordelingen").await.body["totaal"] == 0, "{}", refused.words());
    for id in ["Z1", "Z2", "Z3"] {
        let here = format!("href=\"{LIST}/{id}?");
        let leads: Vec<&str> = before.text.split(&here).filter_map(|it| it.split('"').next()).collect();
        assert!(leads.iter().any(|it| it.ends_with("steekproef=ja")), "{id}: {}", before.words());
        assert!(browser.get(&format!("{LIST}/{id}?steekproef=ja")).await.expect(200).says("Terug naar de steekproef"));
    }
    assert!(!browser.get(&format!("{LIST}/Z1")).await.expect(200).says("Terug naar de steekproef"));
    assert!(browser.get("/lichtingen/w/steekproef").await.expect(200).says("Akkoord op 3 voorstellen"));
    browser.post("/lichtingen/w/steekproef", &[]).await.leads(LIST);
    let after = browser.get(LIST).await.expect(200);
    assert!(after.says("3 van 3 beoordeeld") && after.says("Bewaard: akkoord voor 3 voorstellen."), "{}", after.words());
    assert!(after.says("Alles is beoordeeld"), "{}", after.words());
    desk.close().await;
}

#[tokio::test]
async fn who_has_no_place_sees_why_and_goes_on_to_the_next_wave_by_one_press() {
    let desk = Desk::open("review-none").await;
    let mut file = two_schools(2, &["Z1", "Z2"]);
    file["kandidaten"][1]["lat"] = json!(53.2);
    desk.solved(file, YEAR).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    browser.get(&format!("{LIST}/Z2")).await.expect(200);
    answered(&desk, Lane::Questions).await;
    let one = browser.get(&format!("{LIST}/Z2")).await.expect(200);
    assert!(one.says("Er is geen plaats voor Kanarie") && one.says("dit is bewezen") && one.says("Te ver reizen"), "{}", one.words());
    assert!(!one.says("Vastzetten"), "what is not proposed cannot be fixed");
    assert!(one.says("wil onderbouw"), "what was wanted stays when the reason is there: {}", one.words());
    // The question whether the journey may be longer is a message, once somebody's address is known.
    let place = format!("{LIST}/Z2/vraag.eml");
    assert!(one.text.contains(&format!("href=\"{place}")), "{}", one.words());
    browser.get(&place).await.expect(409);
    let known = desk.get("/kandidaten/Z2").await;
    let mut person = known.body.clone();
    person["e_mail"] = json!("z2@voorbeeld.example");
    for own in ["id", "versie", "van", "tot"] {
        person.as_object_mut().expect("a person").remove(own);
    }
    desk.put("/kandidaten/Z2", &known.tag(), person).await.expect(200);
    let letter = String::from_utf8(browser.file(&place).await).expect("text");
    assert!(letter.contains("To: z2@voorbeeld.example") && letter.contains("Een vraag over een plaatsing"), "{letter}");
    assert!(letter.contains("mag uw reis") && letter.contains("X-Unsent: 1"), "{letter}");
    browser.get(&format!("{LIST}/Z1/vraag.eml")).await.expect(404);
    browser.get(&format!("{LIST}/Z2/afwijzen")).await.leads(&format!("{LIST}/Z2"));
    browser.post(&format!("{LIST}/Z2/akkoord"), &pairs(&form(&one, "akkoord"))).await.leads(LIST);
    assert!(browser.get(&format!("{LIST}/Z2")).await.expect(200).says("Kanarie Z2 gaat naar de volgende lichting."));
    desk.close().await;
}

#[tokio::test]
async fn explanations_are_worked_out_ahead_in_their_own_lane_and_come_forward_when_somebody_opens_one() {
    let desk = Desk::open("review-ahead").await;
    desk.solved(two_schools(3, &["Z1", "Z2", "Z3", "Z4", "Z5", "Z6"]), YEAR).await;
    assert_eq!(ahead::prepare(&desk.store).await.expect("asked"), 4, "so many at a time");
    assert_eq!(ahead::prepare(&desk.store).await.expect("nothing"), 0, "not while these wait");
    assert!(jobs::claim(&desk.store, Lane::Questions, "proef").await.expect("a claim").is_none(), "nobody's question waits behind them");
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    for id in ["Z1", "Z2", "Z3", "Z4", "Z5", "Z6"] {
        browser.get(&format!("{LIST}/{id}")).await.expect(200);
    }
    assert_eq!(answered(&desk, Lane::Ahead).await, 0, "what somebody opened came forward");
    assert_eq!(answered(&desk, Lane::Questions).await, 6, "each once");
    assert_eq!(ahead::prepare(&desk.store).await.expect("nothing"), 0, "everything is known");
    desk.close().await;
}
