//! Workbooks and lists over HTTP: what is in them, who is named to whom, and that the same is the same file.

use loket_instances::sheets::book::Table;
use loket_instances::sheets::{outcome_book, xlsx};
use loket_service::access::Role;
use loket_service::actions::jobs;
use loket_service::records::job::{Finish, State};
use loket_service::records::listing::Per;
use loket_service::work::Lane;
use loket_solver::matching::facts::words::Word;
use serde_json::{Value, json};

use crate::desk::TOKEN;
use crate::desk::{Desk, YEAR, small_wave};
use crate::foreign::story::token;
use crate::sheets_out::{column, read};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file as it came.
struct File {
    status: u16,
    headers: reqwest::header::HeaderMap,
    bytes: Vec<u8>,
}

impl File {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default()
    }

    fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).expect("UTF-8")
    }

    fn sheet(&self, name: &str) -> Table {
        assert_eq!((self.status, self.header("content-type")), (200, XLSX), "{}", String::from_utf8_lossy(&self.bytes));
        read(&self.bytes).sheet(&[name]).unwrap_or_else(|| panic!("a sheet {name}")).clone()
    }
}

async fn file(desk: &Desk, who: &str, path: &str, known: Option<&str>) -> File {
    let mut request = desk.client.get(format!("{}/v1{path}", desk.base())).bearer_auth(who);
    if let Some(tag) = known {
        request = request.header("if-none-match", tag);
    }
    let response = request.send().await.expect("an answer");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    assert_eq!(headers["cache-control"], "no-store", "{path}");
    File { status, headers, bytes: response.bytes().await.expect("a body").to_vec() }
}

async fn run_of(desk: &Desk, wave: &str) -> String {
    let runs = desk.get(&format!("/lichtingen/{wave}/berekeningen")).await.expect(200);
    runs["resultaten"][0]["id"].as_str().expect("a run").to_owned()
}

/// Gives an answer for a party, as the intermediary who heard it.
async fn noted(desk: &Desk, candidate: &str, party: &str) {
    let path = format!("/lichtingen/w/antwoorden/{candidate}/{party}");
    let tag = desk.get(&path).await.tag();
    let body = json!({ "antwoord": "ja", "hoe": "telefoon" });
    desk.act_with(&path, &tag, body).await.expect(200);
}

/// Asks why, and has that answered with this sentence.
async fn explained(desk: &Desk, run: &str, question: Value, sentence: &str) {
    desk.post(&format!("/berekeningen/{run}/vragen"), json!({ "soort": "waarom", "vraag": question })).await.expect(202);
    let claim = jobs::claim(&desk.store, Lane::Questions, "proef").await.expect("a store").expect("a question");
    let result = Some(json!({ "uitleg": [sentence] }).to_string().into_bytes());
    let finish = Finish { state: State::Klaar, result, status: None, message: None };
    assert!(jobs::finish(&desk.store, &claim, finish).await.expect("an end"));
}

#[tokio::test]
async fn the_workbook_of_a_run_is_its_plan_with_what_was_decided_and_answered() {
    let desk = Desk::open("books-run").await;
    desk.solved(small_wave("w", 1, &["Z1", "Z2"]), YEAR).await;
    let run = run_of(&desk, "w").await;
    let path = format!("/berekeningen/{run}/werkmap");
    let first = file(&desk, TOKEN, &path, None).await;
    let rows = outcome_book::read(&first.bytes).unwrap_or_else(|found| panic!("{found}"));
    let placed: Vec<&str> = rows.iter().filter(|it| it.place.is_some()).map(|it| it.candidate.as_str()).collect();
    assert_eq!((rows.len(), placed.len()), (2, 1));
    let who = placed[0].to_owned();
    assert_eq!(first.header("content-disposition"), format!("attachment; filename=\"uitkomst-{run}.xlsx\""));
    let sheet = first.sheet("Kandidaten");
    for (heading, right) in [
        ("naam", format!("Kanarie {who}").as_str()),
        ("schoolnaam", "De Vlieger"),
        ("bestuursnaam", "Bestuur Een"),
        ("coachnaam", "Vink Verzonnen"),
        ("uren", "60"),
        ("keus", "1e keus"),
        ("besluit", ""),
        ("stand", "voorgesteld"),
        ("antwoord bestuur", "niet-gevraagd"),
    ] {
        assert_eq!(column(&sheet, heading)[&who], right, "{heading}");
    }
    let left = first.sheet("Niet geplaatst");
    assert_eq!(left.body().len(), 1);
    let why = column(&left, "waarom niet");
    assert!(why.values().all(|it| it.contains("vol")), "{why:?}");

    // What was explained about who is left stands beside that, with names; what was explained to somebody else does not.
    let other = if who == "Z1" { "Z2" } else { "Z1" };
    assert_eq!(column(&left, "uitgezocht: wat zou helpen")[other], "");
    explained(&desk, &run, json!({ "kandidaat": other }), &format!("1 plek erbij bij S1 geeft {other} een plaats.")).await;
    explained(&desk, &run, json!({ "kandidaat": other, "kijker": format!("kandidaat:{other}") }), "Alleen voor u.").await;
    let first = file(&desk, TOKEN, &path, None).await;
    let told = &column(&first.sheet("Niet geplaatst"), "uitgezocht: wat zou helpen")[other];
    assert_eq!(told, &format!("1 plek erbij bij S1 (De Vlieger) geeft {other} (Kanarie {other}) een plaats."));

    // The same is the same file, and whoever has it gets nothing again.
    let again = file(&desk, TOKEN, &path, None).await;
    assert_eq!((first.header("etag"), first.bytes == again.bytes), (again.header("etag"), true));
    let known = file(&desk, TOKEN, &path, Some(first.header("etag"))).await;
    assert_eq!((known.status, known.bytes.len()), (304, 0));

    desk.put_new(&format!("/lichtingen/w/beoordelingen/{who}"), json!({ "besluit": "akkoord" })).await.expect(200);
    desk.post("/lichtingen/w/antwoorden", json!({})).await.expect(200);
    noted(&desk, &who, "bestuur").await;
    let later = file(&desk, TOKEN, &path, Some(first.header("etag"))).await;
    let sheet = later.sheet("Kandidaten");
    for (heading, right) in [
        ("besluit", "akkoord"),
        ("stand", "gevraagd"),
        ("antwoord bestuur", "ja"),
        ("antwoord coach", "gevraagd"),
        ("antwoord kandidaat", "gevraagd"),
    ] {
        assert_eq!(column(&sheet, heading)[&who], right, "{heading}");
    }
    desk.close().await;
}

#[tokio::test]
async fn a_plan_is_csv_for_excel_and_a_run_without_a_plan_is_told() {
    let desk = Desk::open("books-csv").await;
    let mut wave = small_wave("w", 1, &["Z1", "Z2"]);
    for row in wave["kandidaten"].as_array_mut().expect("people") {
        row["naam"] = json!("=HYPERLINK(\"http://example.org\")");
    }
    let made = desk.solved(wave, YEAR).await;
    let run = run_of(&desk, "w").await;
    let path = format!("/berekeningen/{run}/csv");
    let csv = file(&desk, TOKEN, &path, None).await;
    assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8; header=present"));
    assert_eq!(csv.header("content-disposition"), format!("attachment; filename=\"plaatsingen-{run}.csv\""));
    let text = csv.text();
    assert!(text.starts_with("\u{feff}kandidaat;naam;geplaatst;school;"), "{text}");
    assert_eq!(text.matches("\r\n").count(), 3, "{text}");
    assert_eq!(text.matches("'=HYPERLINK").count(), 2, "{text}");
    let left = file(&desk, TOKEN, &format!("{path}?deel=ongeplaatst"), None).await.text();
    assert!(left.contains("De plekken die passen zijn vol") && left.matches("\r\n").count() == 2, "{left}");
    let wrong = desk.get(&format!("{path}?deel=alles&per=school")).await;
    let mut codes = wrong.wrong();
    codes.sort_unstable();
    assert_eq!((wrong.status, codes), (400, vec![("onbekende-sleutel", "per"), ("woord", "deel")]));
    for path in
        ["/berekeningen/onbekend/werkmap", "/berekeningen/onbekend/csv", "/lichtingen/onbekend/lijsten/werkmap", "/coaches/K9/lijst/csv"]
    {
        assert_eq!(desk.get(path).await.status, 404, "{path}");
    }
    // A run that waits has no plan, and a wave without a run has no lists.
    desk.put("/lichtingen/w/beoordelingen/Z1", &made.tag(), json!({ "besluit": "akkoord" })).await;
    let waiting = desk.send(reqwest::Method::POST, "/lichtingen/w/berekeningen", &[], None).await.expect(202);
    let path = format!("/berekeningen/{}/werkmap", waiting["id"].as_str().expect("an id"));
    assert_eq!(desk.get(&path).await.status, if waiting["id"] == json!(run) { 200 } else { 409 });
    desk.post("/lichtingen", small_wave("vroeg", 1, &["Z8"])).await.expect(201);
    assert_eq!(desk.get("/lichtingen/vroeg/lijsten/csv").await.status, 409);
    desk.close().await;
}

/// Whom each kind of list names, of a wave with two placements.
async fn named(desk: &Desk) -> Vec<(Per, Vec<(String, String, String)>)> {
    let mut all = Vec::new();
    for per in Per::ALL {
        let csv = file(desk, TOKEN, &format!("/lichtingen/w/lijsten/csv?per={}", per.code()), None).await;
        assert_eq!(csv.status, 200, "{}", csv.text());
        let table = loket_instances::sheets::csv::read("lijst", &csv.bytes, 100).expect("a CSV file");
        let at = |row: &loket_instances::sheets::book::Row, name: &str| {
            table.column(&[name]).map_or(String::new(), |column| row.cell(column).text().into_owned())
        };
        let rows = table.body().iter().map(|row| (at(row, "kandidaat"), at(row, "naam"), at(row, "coach"))).collect();
        all.push((*per, rows));
    }
    all
}

#[tokio::test]
async fn a_list_names_people_to_a_board_or_coach_from_their_own_yes_or_publication_on() {
    let desk = Desk::open("books-lists").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    let bare = |id: &str| (id.to_owned(), String::new(), String::new());
    let full = |id: &str| (id.to_owned(), format!("Kanarie {id}"), "K1".to_owned());
    assert_eq!(
        named(&desk).await,
        [(Per::School, vec![bare("Z1"), bare("Z2")]), (Per::Board, vec![bare("Z1"), bare("Z2")]), (Per::Coach, vec![]),]
    );
    for candidate in ["Z1", "Z2"] {
        desk.put_new(&format!("/lichtingen/w/beoordelingen/{candidate}"), json!({ "besluit": "akkoord" })).await.expect(200);
    }
    desk.post("/lichtingen/w/antwoorden", json!({})).await.expect(200);
    noted(&desk, "Z1", "bestuur").await;
    noted(&desk, "Z2", "coach").await;
    assert_eq!(
        named(&desk).await,
        [(Per::School, vec![full("Z1"), bare("Z2")]), (Per::Board, vec![full("Z1"), bare("Z2")]), (Per::Coach, vec![full("Z2")]),]
    );
    // The same to a board and a coach in their own account.
    let (board, coach) = (token(&desk.store, Role::Bestuur, "B1").await.0, token(&desk.store, Role::Coach, "K1").await.0);
    let own = file(&desk, &board, "/besturen/B1/lijst/werkmap", None).await;
    assert_eq!(own.header("content-disposition"), "attachment; filename=\"bestuur-B1.xlsx\"");
    let sheet = own.sheet("Plaatsingen");
    assert_eq!((column(&sheet, "naam")["Z1"].as_str(), column(&sheet, "naam")["Z2"].as_str()), ("Kanarie Z1", ""));
    assert_eq!((column(&sheet, "coach")["Z1"].as_str(), column(&sheet, "coach")["Z2"].as_str()), ("K1", ""));
    let own = file(&desk, &coach, "/coaches/K1/lijst/csv", None).await;
    assert_eq!(own.header("content-disposition"), "attachment; filename=\"eigen-kandidaten.csv\"");
    let text = own.text();
    assert!(text.contains("Z2;Kanarie Z2") && !text.contains("Z1") && !text.contains("Bestuur"), "{text}");
    for (who, path, right) in [
        (&board, "/besturen/B1/lijst/csv", 200),
        (&board, "/besturen/B2/lijst/csv", 404),
        (&board, "/coaches/K1/lijst/werkmap", 403),
        (&board, "/lichtingen/w/lijsten/csv", 403),
        (&coach, "/coaches/K2/lijst/werkmap", 404),
        (&coach, "/besturen/B1/lijst/werkmap", 403),
    ] {
        assert_eq!(file(&desk, who, path, None).await.status, right, "{path}");
    }

    let wave = desk.get("/lichtingen/w").await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    let everybody = || vec![full("Z1"), full("Z2")];
    assert_eq!(named(&desk).await, [(Per::School, everybody()), (Per::Board, everybody()), (Per::Coach, everybody())]);
    let book = file(&desk, TOKEN, "/lichtingen/w/lijsten/werkmap?per=school", None).await;
    let sheet = book.sheet("S1 De Vlieger");
    assert_eq!((column(&sheet, "van")["Z1"].as_str(), column(&sheet, "stand")["Z1"].as_str()), (YEAR.0, "vastgesteld"));
    let one = file(&desk, TOKEN, "/lichtingen/w/lijsten/werkmap?per=coach&alleen=K1", None).await;
    assert_eq!(column(&one.sheet("K1"), "uren")["Z2"], "60");
    let nobody = file(&desk, TOKEN, "/lichtingen/w/lijsten/werkmap?per=bestuur&alleen=B9", None).await;
    assert_eq!(nobody.sheet("B9").body().len(), 0);
    let (book, _) = xlsx::read(&one.bytes, |_| 100).expect("a workbook");
    assert_eq!(book.sheets.len(), 1);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_once_wait_their_turn_and_get_the_same() {
    let desk = Desk::open("books-many").await;
    desk.solved(small_wave("w", 1, &["Z1", "Z2"]), YEAR).await;
    let path = format!("/berekeningen/{}/werkmap", run_of(&desk, "w").await);
    let all = futures(&desk, &path).await;
    assert!(all.iter().all(|it| it.status == 200 && it.bytes == all[0].bytes), "{:?}", all.iter().map(|it| it.status).collect::<Vec<_>>());
    let body: Value = desk.get("/lichtingen/w").await.expect(200);
    assert_eq!(body["id"], "w");
    desk.close().await;
}

/// Twenty at once.
async fn futures(desk: &Desk, path: &str) -> Vec<File> {
    let mut asked = Vec::new();
    for _ in 0..20 {
        let (client, url) = (desk.client.clone(), format!("{}/v1{path}", desk.base()));
        asked.push(tokio::spawn(async move {
            let response = client.get(url).bearer_auth(TOKEN).send().await.expect("an answer");
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            File { status, headers, bytes: response.bytes().await.expect("a body").to_vec() }
        }));
    }
    let mut all = Vec::new();
    for it in asked {
        all.push(it.await.expect("a file"));
    }
    all
}
