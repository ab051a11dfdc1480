//! Everything malformed to every route that takes a body: a refusal within bounded time, never a fault.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::rules::{Operation, operations};
use super::service::{Service, wave};

/// What no well-meaning program sends, with what it is.
fn corpus() -> Vec<(&'static str, Vec<u8>)> {
    let deep = |open: &str, close: &str, levels: usize| format!("{}1{}", open.repeat(levels), close.repeat(levels)).into_bytes();
    let text = |it: &str| it.as_bytes().to_vec();
    let mut bom = vec![0xef, 0xbb, 0xbf];
    bom.extend(b"{}");
    let utf16 = |it: &str| it.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let mut marked = vec![0xff, 0xfe];
    marked.extend(utf16("{\"a\": 1}"));
    vec![
        ("nothing", Vec::new()),
        ("blanks", text("  \n\t ")),
        ("a NUL", vec![0]),
        ("arrays 100,000 deep", deep("[", "]", 100_000)),
        ("open arrays 100,000 deep", "[".repeat(100_000).into_bytes()),
        ("objects 100,000 deep", deep("{\"a\":", "}", 100_000)),
        ("arrays 120 deep in a known key", [text("{\"kandidaten\":"), deep("[", "]", 120), text("}")].concat()),
        ("objects 120 deep in a question", [text("{\"soort\":\"waarom\",\"vraag\":"), deep("{\"a\":", "}", 120), text("}")].concat()),
        ("a huge number", text("{\"rekentijd\": 123456789012345678901234567890}")),
        ("an endless number", text("{\"rekentijd\": 1e999}")),
        ("a number of 100,000 digits", format!("{{\"rekentijd\": {}}}", "9".repeat(100_000)).into_bytes()),
        ("a negative zero with a fraction", text("{\"rekentijd\": -0.0, \"wijzigingen\": 1.5}")),
        ("NaN", text("{\"rekentijd\": NaN}")),
        ("Infinity", text("{\"rekentijd\": -Infinity}")),
        ("a lone surrogate", text("{\"naam\": \"\\ud800\"}")),
        ("surrogates the wrong way round", text("{\"naam\": \"\\udc00\\ud800\"}")),
        ("a NUL in a text", text("{\"naam\": \"a\\u0000b\", \"besluit\": \"\\u0000\"}")),
        ("bytes that are not UTF-8", b"{\"naam\": \"\xff\xfe\"}".to_vec()),
        ("an overlong slash", b"{\"naam\": \"\xc0\xaf\"}".to_vec()),
        ("a byte order mark", bom),
        ("UTF-16", utf16("{\"a\": 1}")),
        ("UTF-16 with a mark", marked),
        ("null", text("null")),
        ("true", text("true")),
        ("a number", text("7")),
        ("a text", text("\"hallo\"")),
        ("an array", text("[]")),
        ("an array of nothing", format!("[{}null]", "null,".repeat(10_000)).into_bytes()),
        ("an empty object", text("{}")),
        ("an empty key", text("{\"\": \"\"}")),
        ("10,000 unknown keys", {
            let keys: Vec<String> = (0..10_000).map(|number| format!("\"sleutel-{number}\": {number}")).collect();
            format!("{{{}}}", keys.join(",")).into_bytes()
        }),
        ("the same key twice", text("{\"besluit\": \"vast\", \"besluit\": \"akkoord\", \"id\": 1, \"id\": 2}")),
        ("two values", text("{} {}")),
        ("a comma too many", text("{\"a\": 1,}")),
        ("a comment", text("{/* hallo */}")),
        ("a text of a megabyte", format!("{{\"naam\": \"{}\"}}", "n".repeat(1 << 20)).into_bytes()),
        ("every key null", text("{\"besluit\": null, \"soort\": null, \"id\": null, \"formaat\": null, \"naam\": null, \"rekentijd\": null}")),
        ("every key an array", text("{\"besluit\": [], \"soort\": [], \"id\": [], \"formaat\": [], \"naam\": [], \"rekentijd\": []}")),
        ("every key an object", text("{\"besluit\": {}, \"soort\": {}, \"id\": {}, \"formaat\": {}, \"naam\": {}, \"vraag\": 1, \"plaatsing\": 3}")),
        ("a wave with rows of the wrong kind", {
            json!({ "formaat": "loket-lichting/1", "id": "x", "naam": 3, "fase": "geen", "besturen": {}, "scholen": [1, [], null],
                "coaches": [{ "id": 5, "lat": "noord", "uren": -1, "maximum": 1e300 }], "kandidaten": [{ "bouwen": "alle" }], "beleid": [] })
            .to_string()
            .into_bytes()
        }),
    ]
}

/// The path of an operation on things that are there.
fn real(it: &Operation, wave: &str, run: &str, candidate: &str) -> String {
    let filled = it.template.replace("{lichting}", wave).replace("{berekening}", run).replace("{kandidaat}", candidate);
    Operation { template: filled, method: String::new(), siblings: Vec::new(), says: Value::Null }.path("onbekend")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_sent_is_refused_in_time_and_breaks_nothing() {
    let service = Service::start("malformed").await;
    let id = service.submitted(&wave("misvormd")).await;
    let run = service.solved(&id).await;
    let corpus = corpus();
    let mut slowest = (Duration::ZERO, String::new());
    let mut count = 0;
    for it in operations().iter().filter(|it| it.method != "get") {
        let candidate = service.get(&format!("/v1/lichtingen/{id}/invoer")).await["kandidaten"][0]["id"].as_str().unwrap().to_owned();
        for path in [real(it, &id, &run, &candidate), it.path("onbekend")] {
            for (what, bytes) in &corpus {
                let mut request = service.request(&it.method, &path).header("Content-Type", "application/json").body(bytes.clone());
                if it.takes("If-Match") {
                    request = request.header("If-Match", "\"v999\"");
                }
                let began = Instant::now();
                let answer = request.send().await.unwrap_or_else(|error| panic!("{} {}, {what}: {error}", it.method, it.template));
                let status = answer.status().as_u16();
                assert!(status < 500, "{} {}, {what}: {status} {}", it.method, it.template, answer.text().await.unwrap_or_default());
                let took = began.elapsed();
                if took > slowest.0 {
                    slowest = (took, format!("{} {}, {what}", it.method, it.template));
                }
                count += 1;
            }
        }
    }
    println!("{count} requests, the slowest took {:?}: {}", slowest.0, slowest.1);
    assert!(slowest.0 < Duration::from_secs(3), "{slowest:?}");
    assert_eq!(service.open_request("GET", "/gezondheid").send().await.unwrap().status(), 200);
    service.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odd_headers_and_query_strings_are_refused_in_time_and_break_nothing() {
    let service = Service::start("headers").await;
    let long = "k".repeat(300);
    for (name, value, may) in [
        ("Idempotency-Key", long.as_str(), &[400][..]),
        ("Idempotency-Key", "", &[400]),
        ("If-Match", "geen-etiket", &[404, 400, 412]),
        ("If-Match", "W/\"v1\"", &[404, 400, 412]),
        ("If-Match", "\"v99999999999999999999999999\"", &[404, 400, 412]),
        ("If-None-Match", "\"v1\"", &[428, 400, 404]),
        ("Last-Event-ID", "-1", &[400, 404, 428]),
        ("Accept", ";;;,,,", &[406]),
        ("Authorization", "Basic Zm9vOmJhcg==", &[401]),
        ("Authorization", "Bearer", &[401]),
    ] {
        let method = if name.starts_with("Idem") { "POST" } else { "PUT" };
        let path = if method == "POST" { "/v1/lichtingen" } else { "/v1/lichtingen/x/beoordelingen/y" };
        let request = service.open_request(method, path).json(&json!({ "besluit": "vast" })).header(name, value);
        let request = if name == "Authorization" { request } else { request.bearer_auth(super::service::TOKEN) };
        let answer = request.send().await.unwrap();
        assert!(may.contains(&answer.status().as_u16()), "{name}: {value:.40}: {}", answer.status());
    }
    for query in ["?%FF=1", "?pagina=%00", "?pagina=-1", "?pagina=1e9", "?pagina=99999999999999999999", "?pagina=1&pagina=2", "?=", "?&&&", "?pagina", "?paginaGrootte=0"] {
        let answer = service.request("GET", &format!("/v1/lichtingen{query}")).send().await.unwrap();
        let status = answer.status().as_u16();
        assert!(status == 400 || (query == "?&&&" && status == 200), "{query}: {status}");
    }
    service.end().await;
}
