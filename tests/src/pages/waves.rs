//! Waves: the list, a new one from a workbook or the register, what is wrong with a file, another file in its place, and taking it away.

use loket_instances::matching::wave_file::WaveFile;
use loket_instances::sheets::book::{Book, Cell};
use loket_instances::sheets::wave::{columns, write};
use loket_instances::sheets::workbook::{self, Dress};
use loket_instances::sheets::xlsx;
use loket_service::access::Role;
use loket_service::records::wave::Life;
use serde_json::json;

use super::{Browser, Shown};
use crate::desk::{Desk, YEAR, small_wave};

/// The workbook of a small wave.
fn book(id: &str, people: &[&str]) -> Book {
    let wave = WaveFile::read(small_wave(id, 2, people).to_string().as_bytes()).expect("a wave");
    let mut book = write::write(&wave);
    write::with_days(&mut book, YEAR.0, YEAR.1);
    book
}

/// Says something else in a cell of the sheet Kandidaten: below this header, in this row below the headers.
fn say(book: &mut Book, header: &str, row: usize, cell: Cell) {
    let people = book.sheets.iter_mut().find(|it| it.name == "Kandidaten").expect("a sheet");
    let column = people.column(&[header]).expect("a column");
    people.rows[row].cells[column] = cell;
}

async fn sent(browser: &Browser, path: &str, book: &Book) -> Shown {
    let bytes = workbook::write(book, &Dress::default()).expect("a workbook");
    browser.upload(path, &[], ("bestand", "Voorjaar 2027.xlsx", bytes)).await
}

async fn life(desk: &Desk, id: &str) -> Option<Life> {
    desk.store.read().wave(id).await.expect("the store").map(|it| it.life)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_workbook_becomes_a_wave_that_is_looked_through_and_submitted() {
    let desk = Desk::open("pages-wave-new").await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    assert!(browser.get("/lichtingen").await.expect(200).says("Er is nog geen lichting"));
    browser.get("/lichtingen/nieuw").await.expect(200);
    sent(&browser, "/lichtingen/nieuw", &book("w", &["Z1", "Z2"])).await.leads("/lichtingen/w/gegevens/nakijken");
    assert_eq!(life(&desk, "w").await, Some(Life::Concept));
    let check = browser.get("/lichtingen/w/gegevens/nakijken").await.expect(200);
    for words in
        ["Kijk alles na", "Kanarie Z1", "2 plekken op 1 school, 1 coach", "1 augustus 2026 tot en met 31 juli 2027", "Dien de lichting in"]
    {
        assert!(check.says(words), "{words}: {}", check.words());
    }
    let version = check.text.split("name=\"versie\" value=\"").nth(1).and_then(|it| it.split('"').next()).expect("a version").to_owned();
    browser.post("/lichtingen/w/gegevens/nakijken", &[("versie", "0"), ("doe", "indienen")]).await.expect(412);
    assert_eq!(life(&desk, "w").await, Some(Life::Concept));
    browser.post("/lichtingen/w/gegevens/nakijken", &[("versie", &version), ("doe", "indienen")]).await.leads("/lichtingen/w");
    assert_eq!(life(&desk, "w").await, Some(Life::Ingediend));
    let one = browser.get("/lichtingen/w").await.expect(200);
    assert!(one.says("Bewaard: de lichting is ingediend.") && one.says("Reken voor het eerst."), "{}", one.words());
    let list = browser.get("/lichtingen").await.expect(200);
    assert!(list.says("Proef") && list.says("opleiding, start 1 augustus") && list.says("2 kandidaten"), "{}", list.words());
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_workbook_with_mistakes_shows_only_those_cells_and_keeps_nothing() {
    let desk = Desk::open("pages-wave-wrong").await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    browser.get("/lichtingen/nieuw").await.expect(200);
    let none = browser.upload("/lichtingen/nieuw", &[], ("bestand", "", Vec::new())).await.expect(400);
    assert!(none.says("Kies eerst een bestand."), "{}", none.words());
    let mut wrong = book("w", &["Z1", "Z2"]);
    say(&mut wrong, "bouwen", 2, Cell::Text("kelder".into()));
    let told = sent(&browser, "/lichtingen/nieuw", &wrong).await.expect(400);
    for words in ["Uw bestand heeft 1 fout", "er is nog niets bewaard", "Blad Kandidaten: 1 fout in 1 rij", "J3", "kelder"] {
        assert!(told.says(words), "{words}: {}", told.words());
    }
    assert!(!told.says("J2"), "a row that is right is not shown");
    // A cell says what stands in it; "leeg" is said of an empty cell alone, and of no row, sheet or file.
    let found = |told: &Shown| {
        told.text.split("<span class=\"found\">").skip(1).map(|it| it.split('<').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found(&told), ["kelder"]);
    assert_eq!(life(&desk, "w").await, None);
    let copy = browser.file("/lichtingen/nieuw/kopie").await;
    let (copy, _) = xlsx::read(&copy, columns::most_rows).expect("a workbook");
    assert_eq!((copy.sheets[0].name.as_str(), copy.sheets[0].body().len()), ("Fouten", 1));
    let mut more = book("w", &["Z1", "Z2"]);
    say(&mut more, "kandidaat", 2, Cell::Text("Z1".into()));
    say(&mut more, "bouwen", 1, Cell::Empty);
    more.sheets.retain(|it| it.name != "Coaches");
    let told = sent(&browser, "/lichtingen/nieuw", &more).await.expect(400);
    assert!(told.says("het blad Coaches ontbreekt") || told.says("Het blad Coaches ontbreekt"), "{}", told.words());
    assert_eq!(found(&told), ["leeg", "Z1"], "{}", told.words());
    // Whoever did not send it has nothing to fetch.
    let other = Browser::signed(&desk, Role::Intermediair, "").await;
    other.get("/lichtingen/nieuw/kopie").await.expect(404);
    let none = browser.upload("/lichtingen/nieuw", &[], ("bestand", "brief.pdf", b"%PDF-1.4".to_vec())).await.expect(400);
    assert!(none.says("Het hele bestand"), "{}", none.words());
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn days_that_a_workbook_does_not_say_are_asked_without_another_upload() {
    let desk = Desk::open("pages-wave-days").await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    browser.get("/lichtingen/nieuw").await.expect(200);
    let wave = WaveFile::read(small_wave("w", 2, &["Z1"]).to_string().as_bytes()).expect("a wave");
    sent(&browser, "/lichtingen/nieuw", &write::write(&wave)).await.leads("/lichtingen/nieuw/periode");
    let path = "/lichtingen/nieuw/periode";
    assert!(browser.get(path).await.expect(200).says("Wanneer is Proef?"));
    let back = browser.post(path, &[("van", "2027-02-01"), ("tot", "2027-01-01")]).await.expect(400);
    assert!(back.says("De laatste dag ligt voor de eerste.") && back.text.contains("value=\"2027-02-01\""), "{}", back.words());
    let far = browser.post(path, &[("van", "2027-02-01"), ("tot", "2041-01-01")]).await.expect(400);
    assert!(far.says("Zet een vinkje als u dit zo bedoelt."), "{}", far.words());
    assert_eq!(life(&desk, "w").await, None);
    browser.post(path, &[("van", "2027-02-01"), ("tot", "2028-01-31")]).await.leads("/lichtingen/w/gegevens/nakijken");
    let kept = desk.store.read().wave("w").await.expect("the store").expect("a wave");
    assert_eq!((kept.from.as_str(), kept.until.as_str()), ("2027-02-01", "2028-01-31"));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_file_is_looked_through_before_it_takes_the_place_of_the_first() {
    let desk = Desk::open("pages-wave-other").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    let before = desk.store.read().wave("w").await.expect("the store").expect("a wave");
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let path = "/lichtingen/w/gegevens";
    assert!(browser.get(path).await.expect(200).says("Gegevens van Proef"));
    let foreign = sent(&browser, path, &book("v", &["Z1"])).await.expect(400);
    assert!(foreign.says("Dit bestand is van lichting Proef (v)."), "{}", foreign.words());
    let mut other = book("w", &["Z1", "Z3"]);
    say(&mut other, "Maximale reistijd (minuten)", 1, Cell::Number(33.0));
    sent(&browser, path, &other).await.leads("/lichtingen/w/gegevens/nakijken");
    let now = desk.store.read().wave("w").await.expect("the store").expect("a wave");
    assert_eq!(now.input, before.input, "nothing is kept yet");
    let check = browser.get("/lichtingen/w/gegevens/nakijken").await.expect(200);
    for words in ["Er is nog niets bewaard.", "Wat er verandert", "Kanarie Z3", "33", "nieuw", "weg", "Vervang het bestand"] {
        assert!(check.says(words), "{words}: {}", check.words());
    }
    assert!(browser.get(path).await.says("Er staat een bestand van u klaar."));
    // Somebody else who looks sees the wave as it is.
    let colleague = Browser::signed(&desk, Role::Intermediair, "").await;
    assert!(!colleague.get("/lichtingen/w/gegevens/nakijken").await.expect(200).says("Kanarie Z3"));
    let version = now.version.to_string();
    browser.get("/lichtingen/w/gegevens/nakijken").await;
    let old = [("versie", "1"), ("klaargezet", "ja"), ("doe", "vervang")];
    let stale = browser.post("/lichtingen/w/gegevens/nakijken", &old).await.expect(412);
    assert!(stale.says("Iemand anders veranderde deze lichting net.") && stale.says("Kanarie Z3"), "{}", stale.words());
    let fields = [("versie", version.as_str()), ("klaargezet", "ja"), ("doe", "vervang")];
    browser.post("/lichtingen/w/gegevens/nakijken", &fields).await.leads("/lichtingen/w");
    let kept = desk.store.read().wave("w").await.expect("the store").expect("a wave");
    assert_ne!(kept.input, before.input);
    browser.get("/lichtingen/w").await.expect(200);
    let gone = browser.post("/lichtingen/w/gegevens/nakijken", &fields).await.expect(409);
    assert!(gone.says("Uw bestand staat niet meer klaar."), "{}", gone.words());
    desk.close().await;
}

#[tokio::test]
async fn a_wave_is_filled_from_the_register_and_what_was_typed_comes_back_when_it_is_refused() {
    let desk = Desk::open("pages-wave-register").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let path = "/lichtingen/nieuw/register";
    assert!(browser.get(path).await.expect(200).says("Er wachten nu 2 kandidaten."));
    let fields = |name: &'static str, until: &'static str| {
        [("naam", name), ("fase", "opleiding"), ("van", "2026-08-01"), ("tot", until), ("beleid", "")]
    };
    let refused = browser.post(path, &fields("", "2026-07-31")).await.expect(400);
    assert!(refused.says("Schrijf een naam") && refused.says("De laatste dag ligt voor de eerste."), "{}", refused.words());
    assert!(refused.text.contains("value=\"2026-07-31\""));
    let made = browser.post(path, &fields("Najaar", "2027-07-31")).await;
    assert_eq!(made.status, 303, "{}", made.words());
    let check = browser.get(&made.place).await.expect(200);
    assert!(check.says("Najaar, opleiding") && check.says("Bewaard: de lichting staat klaar als concept."), "{}", check.words());
    let list = browser.get("/lichtingen").await.expect(200);
    assert!(list.says("Najaar") && list.says("concept"), "{}", list.words());
    desk.close().await;
}

#[tokio::test]
async fn a_wave_goes_away_once_somebody_says_so_and_not_when_it_changed_meanwhile() {
    let desk = Desk::open("pages-wave-withdraw").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let page = browser.get("/lichtingen/w/intrekken").await.expect(200);
    assert!(page.says("Proef intrekken?") && page.says("1 berekening"), "{}", page.words());
    browser.post("/lichtingen/w/intrekken", &[("versie", "1")]).await.expect(412);
    let version = desk.store.read().wave("w").await.expect("the store").expect("a wave").version.to_string();
    browser.post("/lichtingen/w/intrekken", &[("versie", &version)]).await.leads("/lichtingen");
    assert_eq!(life(&desk, "w").await, None);
    assert!(browser.get("/lichtingen").await.says("Bewaard: de lichting is ingetrokken."));
    for path in [
        "/lichtingen/w",
        "/lichtingen/w/gegevens",
        "/lichtingen/w/gegevens/nakijken",
        "/lichtingen/w/gegevens/werkmap",
        "/lichtingen/w/intrekken",
    ] {
        browser.get(path).await.expect(404);
    }
    desk.close().await;
}

#[tokio::test]
async fn a_wave_is_downloaded_as_the_workbook_that_people_fill_in_with_its_names() {
    let desk = Desk::open("pages-wave-book").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let bytes = browser.file("/lichtingen/w/gegevens/werkmap").await;
    let (read, _) = xlsx::read(&bytes, columns::most_rows).expect("a workbook");
    let all = format!("{read:?}");
    for words in ["Kanarie Z1", "Vink Verzonnen", "De Vlieger", "2026-08-01"] {
        assert!(all.contains(words), "{words} is not in it");
    }
    desk.close().await;
}

#[tokio::test]
async fn a_wave_is_filled_again_with_what_the_register_says_now() {
    let desk = Desk::open("pages-wave-again").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let path = "/lichtingen/w/gegevens/verversing";
    assert!(browser.get(path).await.expect(200).says("De lichting is gelijk aan het register."));
    desk.edit("/scholen/S1", json!({ "maximum": 1 })).await.expect(200);
    let changed = browser.get(path).await.expect(200);
    assert!(!changed.says("De lichting is gelijk"), "{}", changed.words());
    let version = changed.text.split("name=\"versie\" value=\"").nth(1).and_then(|it| it.split('"').next()).expect("a version").to_owned();
    browser.post(path, &[("versie", &version)]).await.leads("/lichtingen/w/gegevens");
    assert!(browser.get("/lichtingen/w/gegevens").await.says("Bewaard: de lichting is opnieuw gevuld."));
    browser.post(path, &[("versie", &version)]).await.expect(412);
    desk.close().await;
}
