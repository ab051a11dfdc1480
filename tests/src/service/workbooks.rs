//! A workbook over HTTP: the template, reading one with and without mistakes, and making a wave of it.

use loket_instances::sheets::book::Cell;
use loket_instances::sheets::wave::{columns, write};
use loket_instances::sheets::workbook::{self, Dress};
use loket_instances::sheets::xlsx;
use serde_json::{Value, json};

use super::client::{Call, Client};
use super::processes::{KEY, Process, folder};
use super::waves;
use crate::described::hold;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async fn sent(url: &str, path: &str, kind: &str, bytes: Vec<u8>) -> (u16, Vec<u8>) {
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let request = http.post(format!("{url}/v1{path}")).bearer_auth(KEY).header("content-type", kind).body(bytes);
    let answer = request.send().await.expect("an answer");
    let status = answer.status().as_u16();
    let bytes = answer.bytes().await.expect("a body").to_vec();
    hold("POST", path, status, &serde_json::from_slice(&bytes).unwrap_or(Value::Null));
    (status, bytes)
}

async fn read(url: &str, path: &str, bytes: Vec<u8>) -> Value {
    let (status, bytes) = sent(url, path, XLSX, bytes).await;
    let body: Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(status, 200, "{body}");
    body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_workbook_is_read_behind_a_fence_and_becomes_a_wave_when_it_is_right() {
    let service = Process::serve(&folder("werkmappen"), &["--zonder-werker"]);
    let (url, client) = (service.url(), Client::new(service.url()));
    let empty = client.sure(&Call::get("/werkmappen/sjabloon")).await.1;
    assert_eq!((empty.status, empty.headers["content-type"].to_str().ok()), (200, Some(XLSX)));
    let (template, _) = xlsx::read(&empty.body, columns::most_rows).expect("a workbook");
    assert_eq!(template.sheets.len(), 12);

    let file = waves::small("a", 12, 1);
    let wave = loket_instances::matching::wave_file::WaveFile::read(file.to_string().as_bytes()).expect("a wave");
    let mut book = write::write(&wave);
    let bytes = |book: &loket_instances::sheets::book::Book| workbook::write(book, &Dress::default()).expect("a workbook");
    let told = read(&url, "/werkmappen/lezing?naam=lichting.xlsx", bytes(&book)).await;
    assert_eq!((&told["problemen"], &told["veranderingen"], &told["lichting"]), (&json!([]), &Value::Null, &wave.to_json()));
    client.sure(&Call::post("/lichtingen").json(&told["lichting"])).await.1.expect(201);
    // The next time: what is different, and what is wrong.
    let same = read(&url, "/werkmappen/lezing?lichting=a", bytes(&book)).await;
    assert_eq!(same["veranderingen"], json!([]));
    let people = book.sheets.iter_mut().find(|it| it.name == "Kandidaten").expect("a sheet");
    let (limit, wishes) =
        (people.column(&["Maximale reistijd (minuten)"]).expect("a column"), people.column(&["bouwen"]).expect("a column"));
    people.rows[1].cells[limit] = Cell::Number(33.0);
    let other = read(&url, "/werkmappen/lezing?lichting=a", bytes(&book)).await;
    let changes = other["veranderingen"].as_array().expect("changes");
    assert_eq!((changes.len(), &changes[0]["wat"], &changes[0]["kolommen"][0]["wordt"]), (1, &json!("anders"), &json!("33")));
    let people = book.sheets.iter_mut().find(|it| it.name == "Kandidaten").expect("a sheet");
    people.rows[2].cells[wishes] = Cell::Text("kelder".into());
    let wrong = read(&url, "/werkmappen/lezing?lichting=a", bytes(&book)).await;
    let problem = &wrong["problemen"][0];
    assert_eq!((&problem["code"], &problem["blad"], &problem["cel"]), (&json!("woord"), &json!("Kandidaten"), &json!("J3")));
    assert_eq!((&wrong["lichting"], wrong["problemen"].as_array().map(Vec::len)), (&Value::Null, Some(1)));
    let (status, copy) = sent(&url, "/werkmappen/kopie", XLSX, bytes(&book)).await;
    assert_eq!(status, 200);
    let (copy, _) = xlsx::read(&copy, columns::most_rows).expect("a workbook");
    assert_eq!((copy.sheets[0].name.as_str(), copy.sheets[0].body().len()), ("Fouten", 1));

    // What is no workbook is told the same way; what is no file at all is refused.
    let none = read(&url, "/werkmappen/lezing", b"PK\x03\x04 not really".to_vec()).await;
    assert_eq!((&none["problemen"][0]["code"], &none["lichting"]), (&json!("bestand"), &Value::Null));
    let (status, text) =
        sent(&url, "/werkmappen/lezing?naam=Kandidaten.csv", "text/csv", b"Kandidaat;Bouwen\nZ1;onderbouw\n".to_vec()).await;
    let text: Value = serde_json::from_slice(&text).expect("JSON");
    assert_eq!((status, &text["problemen"][0]["code"]), (200, &json!("ontbreekt")), "{text}");
    assert_eq!(sent(&url, "/werkmappen/lezing", "application/json", b"{}".to_vec()).await.0, 415);
    assert_eq!(sent(&url, "/werkmappen/lezing?lichting=b", XLSX, b"PK".to_vec()).await.0, 400);
    assert_eq!(sent(&url, "/werkmappen/lezing?soort=x", XLSX, b"PK".to_vec()).await.0, 400);
    assert_eq!(sent(&url, "/werkmappen/lezing", XLSX, vec![b'x'; (20 << 20) + 1]).await.0, 413);
    assert_eq!(service.end(), 0);
}
