//! Open data over HTTP: proposed, read, taken over, withdrawn; what people mended stays, and who is busy is told and never ended.

use loket_service::access::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::described::hold;
use crate::desk::{Desk, Heard, TOKEN};
use crate::foreign::story::token;
use crate::support::root;

fn file(name: &str) -> Vec<u8> {
    std::fs::read(root().join("instances/open").join(name)).expect(name)
}

/// A list of locations with these rows: code, name, board and postcode.
fn list(rows: &[(&str, &str, &str, &str)]) -> Vec<u8> {
    let mut csv = "VESTIGINGSCODE;VESTIGINGSNAAM;BEVOEGD GEZAG NUMMER;POSTCODE;GEMEENTENAAM\r\n".to_owned();
    for (code, name, board, postcode) in rows {
        csv.push_str(&format!("{code};{name};{board};{postcode};AMSTERDAM\r\n"));
    }
    csv.into_bytes()
}

async fn send_as(desk: &Desk, who: &str, query: &str, headers: &[(&str, &str)], bytes: Vec<u8>) -> Heard {
    let path = format!("/openbare-gegevens{query}");
    let mut request = desk.client.post(format!("{}/v1{path}", desk.base())).bearer_auth(who).body(bytes);
    let kind = headers.iter().find(|it| it.0 == "content-type").map_or("text/csv", |it| it.1);
    request = request.header("content-type", kind);
    for (name, value) in headers.iter().filter(|it| it.0 != "content-type") {
        request = request.header(*name, *value);
    }
    let response = request.send().await.expect("an answer");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = serde_json::from_str(&response.text().await.expect("a body")).unwrap_or(Value::Null);
    assert!(status < 500, "{path}: {status} {body}");
    hold("POST", &path, status, &body);
    Heard { status, body, headers }
}

async fn send(desk: &Desk, query: &str, bytes: Vec<u8>) -> Heard {
    send_as(desk, TOKEN, query, &[], bytes).await
}

/// Proposes a file: its path and what it says.
async fn proposed(desk: &Desk, query: &str, bytes: Vec<u8>) -> (String, Heard) {
    let made = send(desk, query, bytes).await;
    assert_eq!(made.status, 201, "{}", made.body);
    (format!("/openbare-gegevens/{}", made.body["id"].as_str().expect("an id")), made)
}

/// Proposes a file and takes it over.
async fn taken(desk: &Desk, query: &str, bytes: Vec<u8>) -> Value {
    let (path, made) = proposed(desk, query, bytes).await;
    desk.act(&format!("{path}/overname"), &made.tag()).await.expect(200)
}

fn counts(body: &Value, keys: &[&str]) -> Vec<i64> {
    keys.iter().map(|key| body["tellingen"][key].as_i64().unwrap_or_else(|| panic!("{key}: {body}"))).collect()
}

const MAIN: [&str; 4] = ["scholen_nieuw", "scholen_gewijzigd", "scholen_ongewijzigd", "scholen_verdwenen"];
const LOCATIONS: &str = "?soort=vestigingen&gemeente=Amsterdam";

#[tokio::test]
async fn an_edition_is_a_proposal_until_it_is_taken_over_as_a_whole() {
    let desk = Desk::open("open-edition").await;
    taken(&desk, "?soort=pc4", file("pc4.csv")).await;
    let (path, made) = proposed(&desk, LOCATIONS, file("vestigingen.csv")).await;
    assert_eq!((made.body["toestand"].as_str(), counts(&made.body, &MAIN)), (Some("voorstel"), vec![5, 0, 0, 0]));
    assert_eq!(made.header("location"), format!("/v1{path}"));
    assert_eq!((&made.body["bestanden"][0]["bron"], &made.body["gemeente"]), (&json!("DUO"), &json!("Amsterdam")));
    assert_eq!(desk.get("/scholen").await.body["totaal"], 0, "nothing changed yet");
    // What it changes, in pages and by kind.
    let page = desk.get(&format!("{path}/verschillen?verschil=school-nieuw&pagina=2&paginaGrootte=2")).await;
    assert_eq!((&page.body["totaal"], &page.body["resultaten"][0]["id"]), (&json!(5), &json!("98XB00")));
    assert!(page.header("link").contains("verschil=school-nieuw&pagina=3"), "{}", page.header("link"));
    assert_eq!(desk.get(&format!("{path}/verschillen")).await.body["totaal"], 7, "five schools and two boards");
    assert_eq!(desk.get(&format!("{path}/verschillen?verschil=groen")).await.wrong(), [("woord", "verschil")]);
    // Whoever takes it over says what was read.
    let over = format!("{path}/overname");
    assert_eq!(desk.post(&over, json!({})).await.status, 428);
    let stale = desk.act(&over, "\"v9\"").await;
    assert_eq!((stale.status, &stale.body["huidig"]["versie"]), (412, &json!(1)));
    let done = desk.act(&over, &made.tag()).await;
    assert_eq!((done.status, &done.body["toestand"], done.tag().as_str()), (200, &json!("overgenomen"), "\"v2\""));
    assert_eq!(desk.act(&over, &done.tag()).await.status, 409);
    let school = desk.get("/scholen/98XC00").await.expect(200);
    assert_eq!(
        (&school["brin"], &school["bestuur"], &school["naam"]),
        (&json!("98XC00"), &json!("98002"), &json!("Montessorischool Café Élève"))
    );
    assert_eq!((&school["lat"], &school["denominatie"]), (&json!(52.3735), &json!("rooms-katholiek")));
    let source = desk.get("/scholen/98XC00/openbare-gegevens").await.expect(200);
    assert_eq!((&source["plaats_van"], &source["gemeente"], &source["postcode"]), (&json!("pc4"), &json!("AMSTERDAM"), &json!("1012GH")));
    // One line for each step, and no line for each school; each row has its history.
    let log = desk.log().await;
    let words: Vec<&str> = log.iter().map(|it| it.0.as_str()).filter(|it| it.starts_with("open-") || it.starts_with("school-")).collect();
    assert_eq!(words, ["open-gegevens-voorgesteld", "open-gegevens-overgenomen"].repeat(2));
    assert_eq!(log.last().expect("a line").2["tellingen"]["scholen_nieuw"], 5);
    assert_eq!(desk.get("/scholen/98XC00/geschiedenis").await.body["totaal"], 1);
    // Pupils and scores are files of their own, and the same edition again changes nothing.
    let pupils = taken(&desk, "?soort=leerlingen", file("leerlingen.csv")).await;
    assert_eq!(counts(&pupils, &MAIN), [0, 5, 0, 0]);
    let scores = taken(&desk, "?soort=scores&gemeente=amsterdam", file("scores.csv")).await;
    assert_eq!((counts(&scores, &MAIN), &scores["bestanden"][0]["jaar"]), (vec![0, 4, 0, 0], &json!(2019)));
    let source = desk.get("/scholen/98XC00/openbare-gegevens").await.expect(200);
    let score = json!({ "jaar": 2019, "doelgroep": 100, "betrouwbaar": true, "gemeente": "AMSTERDAM", "bron": "CBS" });
    assert_eq!((&source["score"], &source["leerlingen"]["jaar"]), (&score, &json!(2025)));
    assert_eq!(desk.get("/scholen/98XC00").await.body["doelgroep"], 100);
    for (query, name) in [(LOCATIONS, "vestigingen-oud.csv"), ("?soort=leerlingen", "leerlingen.csv"), ("?soort=pc4", "pc4.csv")] {
        let same = taken(&desk, query, file(name)).await;
        assert_eq!((counts(&same, &MAIN[..2]), counts(&same, &["pc4"])), (vec![0, 0], vec![0]), "{name}: {same}");
    }
    assert_eq!(desk.get("/openbare-gegevens").await.body["totaal"], 7);
    desk.close().await;
}

#[tokio::test]
async fn what_people_mended_stays_and_the_register_may_change_meanwhile() {
    let desk = Desk::open("open-mended").await;
    let name = |name: &str| list(&[("98XA00", name, "98001", "1012 AB"), ("98XB00", "Twee", "98001", "1012 AB")]);
    taken(&desk, LOCATIONS, name("Een")).await;
    desk.edit("/scholen/98XA00", json!({ "naam": "De Eigen Naam", "doelgroep": 12 })).await.expect(200);
    // The file says nothing new: nothing is told.
    assert_eq!(counts(&taken(&desk, LOCATIONS, name("Een")).await, &MAIN), [0, 0, 2, 0]);
    let (path, made) = proposed(&desk, LOCATIONS, name("Nieuw")).await;
    let line = desk.get(&format!("{path}/verschillen")).await.body["resultaten"][0].clone();
    assert_eq!(line["velden"], json!([{ "veld": "naam", "was": "De Eigen Naam", "wordt": "Nieuw", "blijft": true }]));
    assert_eq!(counts(&made.body, &["velden_behouden"]), [1]);
    // Somebody puts the name back: what was shown is no longer what would happen.
    desk.edit("/scholen/98XA00", json!({ "naam": "Een" })).await.expect(200);
    let stale = desk.act(&format!("{path}/overname"), &made.tag()).await;
    assert_eq!(
        (stale.status, &stale.body["huidig"]["versie"], counts(&stale.body["huidig"], &["velden_behouden"])),
        (412, &json!(2), vec![0])
    );
    let again = desk.get(&path).await;
    desk.act(&format!("{path}/overname"), &again.tag()).await.expect(200);
    let school = desk.get("/scholen/98XA00").await.expect(200);
    assert_eq!((&school["naam"], &school["doelgroep"]), (&json!("Nieuw"), &json!(12)));
    // A board of the register keeps its own id where all its schools have the number.
    desk.post("/besturen", json!({ "id": "B1" })).await.expect(201);
    desk.edit("/scholen/98XB00", json!({ "bestuur": "B1", "brin": null })).await.expect(200);
    let told = taken(&desk, LOCATIONS, name("Nieuw")).await;
    assert_eq!(counts(&told, &MAIN), [0, 1, 1, 0], "the BRIN comes back; the board stays as somebody set it: {told}");
    assert_eq!(desk.get("/scholen/98XB00").await.body["bestuur"], "B1");
    desk.close().await;
}

#[tokio::test]
async fn boards_with_ids_of_their_own_are_known_by_their_schools() {
    let desk = Desk::open("open-boards").await;
    desk.post("/besturen", json!({ "id": "B1", "naam": "Stichting Uil" })).await.expect(201);
    desk.post("/scholen", json!({ "id": "S1", "bestuur": "B1", "brin": "98XA00", "lat": 52.1, "lon": 4.1 })).await.expect(201);
    desk.post("/scholen", json!({ "id": "S2", "bestuur": "B1", "brin": "98XC" })).await.expect(201);
    desk.post("/scholen", json!({ "id": "S9", "bestuur": "B1" })).await.expect(201);
    taken(&desk, "?soort=pc4", file("pc4.csv")).await;
    let rows = [("98XA00", "Een", "98001", "1012AB"), ("98XB00", "Nieuw", "98001", "1012AB"), ("98XC00", "Drie", "98001", "1012AB")];
    let (path, made) = proposed(&desk, LOCATIONS, list(&rows)).await;
    assert_eq!(counts(&made.body, &["besturen_nieuw", "scholen_nieuw", "scholen_gewijzigd", "scholen_buiten"]), [0, 1, 2, 1]);
    assert!(made.body["meldingen"].to_string().contains("98001 is bestuur B1"), "{}", made.body);
    desk.act(&format!("{path}/overname"), &made.tag()).await.expect(200);
    assert_eq!(desk.get("/scholen/98XB00").await.body["bestuur"], "B1");
    let one = desk.get("/scholen/S1").await.expect(200);
    assert_eq!((&one["lat"], &one["naam"]), (&json!(52.1), &json!("Een")), "a place that is known is better than a middle");
    assert_eq!(desk.get("/scholen/S2").await.body["lat"], 52.3735);
    assert_eq!(desk.get("/scholen").await.body["totaal"], 4);
    desk.close().await;
}

#[tokio::test]
async fn schools_that_are_gone_end_only_with_a_day_and_never_when_they_are_busy() {
    let desk = Desk::open("open-gone").await;
    let all = [("98XA00", "Een", "98001", "1012AB"), ("98XB00", "Twee", "98001", "1012AB"), ("98XC00", "Drie", "98002", "1012AB")];
    taken(&desk, LOCATIONS, list(&all)).await;
    let seats = json!({ "van": "2026-08-01", "bouw": "onderbouw", "aantal": 1 });
    desk.put_new("/besturen/98001/scholen/98XB00/plekken/onderbouw", seats).await.expect(201);
    let (path, made) = proposed(&desk, LOCATIONS, list(&all[..1])).await;
    assert_eq!(counts(&made.body, &["scholen_verdwenen", "scholen_verdwenen_bezet"]), [1, 1]);
    let lines = desk.get(&format!("{path}/verschillen?verschil=school-verdwenen-bezet")).await.body;
    assert_eq!(lines["resultaten"][0]["id"], "98XB00");
    assert!(lines["resultaten"][0]["opmerkingen"].to_string().contains("plekken: 1"), "{lines}");
    let over = format!("{path}/overname");
    let far = desk.act_with(&over, &made.tag(), json!({ "vanaf": "2031-01-01" })).await;
    assert_eq!((far.status, far.wrong()), (409, vec![("bevestigen", "/vanaf")]), "{}", far.body);
    let done = desk.act_with(&over, &made.tag(), json!({ "vanaf": "2026-08-01", "reden": "fusie" })).await.expect(200);
    assert_eq!(counts(&done, &["beeindigd"]), [1]);
    let ended = desk.get("/scholen/98XC00").await.expect(200);
    assert_eq!((&ended["tot"], &ended["einde_reden"]), (&json!("2026-07-31"), &json!("fusie")));
    assert!(desk.get("/scholen/98XB00").await.body["tot"].is_null(), "it has seats");
    let log = desk.log().await;
    assert_eq!(log.iter().filter(|it| it.0 == "school-beeindigd").count(), 1);
    // The next edition tells the busy one again, and the ended one no more.
    let (_, next) = proposed(&desk, LOCATIONS, list(&all[..1])).await;
    assert_eq!(counts(&next.body, &["scholen_verdwenen", "scholen_verdwenen_bezet"]), [0, 1]);
    // Left out of a list of another municipality, nobody is gone.
    let elsewhere = b"VESTIGINGSCODE;VESTIGINGSNAAM;BEVOEGD GEZAG NUMMER;GEMEENTENAAM\n98XF00;Ver;98003;VERZONNENDAM\n".to_vec();
    let (_, other) = proposed(&desk, "?soort=vestigingen&gemeente=Verzonnendam", elsewhere).await;
    assert_eq!(counts(&other.body, &["scholen_nieuw", "scholen_verdwenen", "scholen_verdwenen_bezet"]), [1, 0, 0]);
    desk.close().await;
}

#[tokio::test]
async fn what_is_wrong_is_told_at_once_and_only_some_may_do_it() {
    let desk = Desk::open("open-wrong").await;
    let wrong = send(&desk, "?jaar=1&gemeente=A%09B&soort=groen&kleur=rood", list(&[])).await;
    let mut told = wrong.wrong();
    told.sort_unstable();
    assert_eq!(told, [("grens", "gemeente"), ("grens", "jaar"), ("onbekende-sleutel", "kleur"), ("woord", "soort")]);
    assert_eq!(send(&desk, "", list(&[])).await.wrong(), [("ontbreekt", "soort")]);
    let csv = b"VESTIGINGSCODE;VESTIGINGSNAAM;BEVOEGD GEZAG NUMMER\nX;;1\n98XA00;Een;1:2\n".to_vec();
    let wrong = send(&desk, LOCATIONS, csv).await;
    assert_eq!((wrong.status, wrong.wrong().len()), (400, 3), "{}", wrong.body);
    assert_eq!(wrong.wrong()[0], ("brin", "/2/VESTIGINGSCODE"));
    assert_eq!(
        send(&desk, "?soort=scores", b"vestiging;leerlingen_bekostigd;score zonder drempel\n98XA00;9;9".to_vec()).await.wrong()[0].1,
        "jaar"
    );
    assert_eq!(send(&desk, LOCATIONS, vec![0, 1, 2]).await.status, 400);
    assert_eq!(send_as(&desk, TOKEN, LOCATIONS, &[("content-type", "application/json")], b"{}".to_vec()).await.status, 415);
    assert_eq!(desk.get("/openbare-gegevens").await.body["totaal"], 0);
    // The same request again is the same proposal.
    let key = [("idempotency-key", "sleutel-1")];
    let first = send_as(&desk, TOKEN, LOCATIONS, &key, file("vestigingen.csv")).await;
    let second = send_as(&desk, TOKEN, LOCATIONS, &key, file("vestigingen.csv")).await;
    assert_eq!((first.status, &first.body), (201, &second.body));
    assert_eq!(desk.get("/openbare-gegevens").await.body["totaal"], 1);
    // An administrator may bring and withdraw it, the register is the intermediary's.
    let (admin, _) = token(&desk.store, Role::Beheerder, "").await;
    desk.post("/besturen", json!({ "id": "98001" })).await.expect(201);
    let (board, _) = token(&desk.store, Role::Bestuur, "98001").await;
    assert_eq!(send_as(&desk, &board, LOCATIONS, &[], file("vestigingen.csv")).await.status, 403);
    let made = send_as(&desk, &admin, LOCATIONS, &[], file("vestigingen.csv")).await;
    let path = format!("/openbare-gegevens/{}", made.body["id"].as_str().expect("an id"));
    let tag = made.tag();
    let over = desk.send_as(Some(&admin), Method::POST, &format!("{path}/overname"), &[("if-match", &tag)], None).await;
    assert_eq!(over.status, 403);
    let gone = desk.send_as(Some(&admin), Method::DELETE, &path, &[("if-match", &tag)], None).await;
    assert_eq!((gone.status, &gone.body["toestand"]), (200, &json!("ingetrokken")));
    assert_eq!(desk.act(&format!("{path}/overname"), &gone.tag()).await.status, 409);
    assert_eq!(desk.get("/scholen/98XA00/openbare-gegevens").await.status, 404);
    desk.close().await;
}

/// A workbook with this list of shared texts and one cell.
fn workbook(texts: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let relations = |target: &str, kind: &str| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let sheets = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Blad" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let sheet = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#;
    for (name, text) in [
        ("_rels/.rels", relations("xl/workbook.xml", "officeDocument").as_str()),
        ("xl/workbook.xml", sheets),
        ("xl/_rels/workbook.xml.rels", relations("worksheets/sheet1.xml", "worksheet").as_str()),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", texts),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a member");
        std::io::Write::write_all(&mut zip, text.as_bytes()).expect("written");
    }
    zip.finish().expect("a workbook").into_inner()
}

/// Somebody else's entrance to the same data, where what reads files is this program.
async fn read_by(desk: &Desk, program: &str) -> String {
    use loket_service::serve::settings::{Layer, settle};
    let mut settings = settle(Layer::default(), Layer::default()).expect("settings");
    settings.computer = Some(program.into());
    let app = loket_service::serve::app::App::new(desk.store.clone(), settings);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port of loopback");
    let address = listener.local_addr().expect("an address");
    let (service, settings, ending) = (loket_service::api::router(app.clone()), app.settings.clone(), app.ending.clone());
    tokio::spawn(async move { loket_service::serve::listen::listen(listener, service, &settings, ending).await });
    format!("http://{address}/v1")
}

#[tokio::test]
async fn a_file_is_read_outside_the_service_when_it_is_proposed_and_when_it_is_taken_over() {
    let desk = Desk::open("open-fence").await;
    // What reads it falls: nobody else does, and nothing changes.
    let fallen = read_by(&desk, "/bin/false").await;
    let post = |base: &str, path: String, tag: &str, bytes: Vec<u8>| {
        let request = desk.client.post(format!("{base}{path}")).bearer_auth(TOKEN).header("content-type", "text/csv");
        let request = if tag.is_empty() { request } else { request.header("if-match", tag.to_owned()) };
        async move {
            let answer = request.body(bytes).send().await.expect("an answer");
            (answer.status().as_u16(), answer.json::<Value>().await.expect("a body"))
        }
    };
    let rows = list(&[("98XA00", "Een", "98001", "")]);
    let (status, body) = post(&fallen, format!("/openbare-gegevens{LOCATIONS}"), "", rows.clone()).await;
    assert_eq!(status, 503, "{body}");
    assert!(body["detail"].as_str().is_some_and(|it| it.contains("Dit bestand kan nu niet gelezen worden")), "{body}");
    assert_eq!(desk.get("/openbare-gegevens").await.body["totaal"], 0);
    let (path, made) = proposed(&desk, LOCATIONS, rows).await;
    let request = desk.client.post(format!("{fallen}{path}/overname")).bearer_auth(TOKEN).header("if-match", made.tag());
    assert_eq!(request.send().await.expect("an answer").status().as_u16(), 503);
    assert_eq!((&desk.get(&path).await.body["toestand"], &desk.get("/scholen").await.body["totaal"]), (&json!("voorstel"), &json!(0)));
    desk.act(&format!("{path}/overname"), &made.tag()).await.expect(200);
    assert_eq!(desk.get("/scholen/98XA00").await.body["naam"], "Een");
    // A workbook that would take all memory there is, is a mistake of whoever sent it; so is one with nothing in it.
    let texts = |said: &str| {
        format!(r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="{said}"><si><t>id</t></si></sst>"#)
    };
    for (said, code) in [("10000000000000", "bestand"), ("1", "kolom")] {
        let told = send_as(&desk, TOKEN, LOCATIONS, &[("content-type", "application/vnd.ms-excel")], workbook(&texts(said))).await;
        assert_eq!((told.status, &told.body["fouten"][0]["code"]), (400, &json!(code)), "{}", told.body);
    }
    desk.close().await;
}
