//! Every technical rule on every route of the description: a new route is walked without a word here.

use std::collections::{BTreeMap, BTreeSet};

use loket_service::api::{document, router};
use loket_service::serve::app::API_VERSION;
use loket_service::serve::settings::Settings;
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};

use super::service::Service;
use crate::service::processes::program;

const METHODS: [&str; 5] = ["get", "put", "post", "patch", "delete"];

/// One operation of the description.
pub struct Operation {
    /// Lower case.
    pub method: String,
    /// With its version and `{…}`.
    pub template: String,
    /// Methods of its path.
    pub siblings: Vec<String>,
    /// What the description says.
    pub says: Value,
}

/// All operations of the description.
pub fn operations() -> Vec<Operation> {
    let document = document();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        let server = item["servers"][0]["url"].as_str().or(document["servers"][0]["url"].as_str()).expect("a server");
        let siblings: Vec<String> = METHODS.iter().filter(|it| item[**it].is_object()).map(|it| (*it).to_owned()).collect();
        for method in &siblings {
            let template = format!("{}{path}", server.trim_end_matches('/'));
            operations.push(Operation { method: method.clone(), template, siblings: siblings.clone(), says: item[method].clone() });
        }
    }
    operations
}

impl Operation {
    /// The query keys it cannot do without.
    pub fn query(&self) -> String {
        let keys = self.says["parameters"].as_array().into_iter().flatten().filter(|it| it["in"] == "query" && it["required"] == true);
        let keys: Vec<String> = keys.map(|it| format!("{}=onbekend", it["name"].as_str().expect("a name"))).collect();
        if keys.is_empty() { String::new() } else { format!("?{}", keys.join("&")) }
    }

    /// Its path with these ids.
    pub fn path(&self, id: &str) -> String {
        let mut path = String::new();
        let mut rest = self.template.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            path.push_str(before);
            path.push_str(id);
            rest = after.split_once('}').expect("a closed name").1;
        }
        path + rest
    }

    pub fn named(&self) -> bool {
        self.template.contains('{')
    }

    pub fn open(&self) -> bool {
        self.says["security"] == json!([])
    }

    pub fn has_body(&self) -> bool {
        self.says["requestBody"].is_object()
    }

    pub fn takes(&self, name: &str) -> bool {
        self.says["parameters"].as_array().into_iter().flatten().any(|it| it["name"] == name)
    }

    fn needs(&self, name: &str) -> bool {
        self.says["parameters"].as_array().into_iter().flatten().any(|it| it["name"] == name && it["required"] == true)
    }

    /// A body to try it with.
    pub fn example(&self) -> Option<&Value> {
        self.says["requestBody"]["content"]["application/json"].get("example")
    }

    /// The kind of content of its body, where that is no JSON.
    fn other_content(&self) -> Option<&str> {
        let content = self.says["requestBody"]["content"].as_object()?;
        content.keys().map(String::as_str).find(|_| !content.contains_key("application/json"))
    }

    /// A request that is right but for its ids: with the token, If-Match and a body where one is taken.
    pub fn request(&self, service: &Service, path: &str) -> RequestBuilder {
        let query = if path.contains('?') { String::new() } else { self.query() };
        let mut request = service.request(&self.method, &format!("{path}{query}"));
        if self.takes("If-Match") {
            request = request.header("If-Match", "\"v1\"");
        }
        match self.other_content() {
            Some(kind) => request = request.header("Content-Type", kind).body("a;b\n1;2\n"),
            None if self.has_body() => request = request.json(self.example().unwrap_or(&json!({}))),
            None => {}
        }
        request
    }

    fn name(&self) -> String {
        format!("{} {}", self.method.to_ascii_uppercase(), self.template)
    }
}

/// An answer, after seeing that it obeys what holds for every answer.
struct Seen {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Value,
}

async fn seen(what: &str, response: Response) -> Seen {
    let status = response.status().as_u16();
    let headers: BTreeMap<String, String> =
        response.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned())).collect();
    let header = |name: &str| headers.get(name).map(String::as_str).unwrap_or_default();
    assert_eq!(header("api-version"), API_VERSION, "{what}");
    assert_eq!(header("cache-control"), "no-store", "{what}");
    assert!(header("content-security-policy").contains("frame-ancestors 'none'"), "{what}");
    assert!(header("strict-transport-security").contains("max-age=31536000"), "{what}");
    assert_eq!(header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(header("x-frame-options"), "DENY", "{what}");
    assert!(status != 500 && status < 503, "{what}: {status}");
    let kind = header("content-type").to_owned();
    let bytes = response.bytes().await.expect("a body");
    let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    if status >= 400 && !bytes.is_empty() {
        assert_eq!(kind, "application/problem+json", "{what}: {status}");
        assert_eq!(body["status"], status, "{what}");
        for key in ["type", "title", "detail"] {
            assert!(body[key].as_str().is_some_and(|text| !text.is_empty()), "{what}: {key} of {body}");
        }
        assert!(body["type"].as_str().is_some_and(|it| it.starts_with("/v1/problemen/")), "{what}: {body}");
    }
    Seen { status, headers, body }
}

async fn answer(what: &str, request: RequestBuilder) -> Seen {
    seen(what, request.send().await.expect("an answer")).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_answers_right_and_wrong_requests_as_the_rules_say() {
    let settle = |it: &mut Settings| {
        it.largest_body = 4_000;
        // What reads workbooks.
        it.computer = Some(program());
    };
    let service = Service::start_with("rules", settle).await;
    let operations = operations();
    assert!(operations.len() >= 18, "{} operations", operations.len());
    // What is only for a board or a coach is asked by them in `foreign` and `http_answers`.
    let mine =
        |it: &&Operation| it.open() || ["intermediair", "beheerder"].iter().any(|role| it.says["x-rollen"].to_string().contains(role));
    for it in operations.iter().filter(mine) {
        let (name, path) = (it.name(), it.path("bestaat-niet"));
        let described: BTreeSet<String> = it.says["responses"].as_object().expect("responses").keys().cloned().collect();
        let check = |what: &str, seen: &Seen, may: &[u16]| {
            assert!(may.contains(&seen.status), "{name}, {what}: {} {}", seen.status, seen.body);
            assert!(seen.status == 405 || described.contains(&seen.status.to_string()), "{name}, {what}: {} is not described", seen.status);
        };
        let what = |what: &str| format!("{name}, {what}");

        // Who calls.
        if !it.open() {
            let none = answer(&what("no token"), service.open_request(&it.method, &path)).await;
            check("no token", &none, &[401]);
            assert!(none.headers["www-authenticate"].starts_with("Bearer"), "{name}");
            let wrong = service.open_request(&it.method, &path).bearer_auth("een-andere-sleutel-dan-deze");
            check("wrong token", &answer(&what("wrong token"), wrong).await, &[401]);
        }

        // What it is about.
        let unknown = answer(&what("unknown id"), it.request(&service, &path)).await;
        match (it.named(), it.has_body() && it.example().is_none()) {
            (true, false) => check("unknown id", &unknown, &[404]),
            // Where a thing gets the id that it is put at, `If-Match` names what is not there.
            (true, true) => check("unknown id", &unknown, &[404, 400, 412]),
            // The key of the settings has no account, and the example of somebody who signs in is nobody.
            // The link of the example is nobody's.
            (false, _) if it.says["tags"][0] == "antwoordkoppelingen" => check("as described", &unknown, &[404]),
            (false, _) if it.says["tags"][0] == "accounts" => check("as described", &unknown, &[200, 201, 202, 204, 400, 401, 409]),
            (false, _) => check("as described", &unknown, &[200, 201, 202, 400]),
        }
        let slash = answer(&what("slash"), it.request(&service, &format!("{path}/"))).await;
        assert_eq!(slash.status, 404, "{name}: a slash at the end names nothing");

        // How it is asked.
        let separator = if it.query().is_empty() { "?" } else { "&" };
        let extra = format!("{path}{}{separator}ditBestaatNiet=1", it.query());
        let extra = answer(&what("query key"), it.request(&service, &extra)).await;
        check("query key", &extra, &[400]);
        let codes: Vec<&Value> = extra.body["fouten"].as_array().expect("fouten").iter().map(|fout| &fout["code"]).collect();
        assert!(codes.contains(&&json!("onbekende-sleutel")), "{name}: {codes:?}");
        let vague = answer(&what("accept"), it.request(&service, &path).header("Accept", "application/xml")).await;
        check("accept", &vague, &[406]);
        if it.takes("If-Match") {
            let mut bare = service.request(&it.method, &path);
            if it.has_body() {
                bare = bare.json(it.example().unwrap_or(&json!({})));
            }
            // A route that does with `If-None-Match` as well may first look for what is edited.
            let may: &[u16] = if it.needs("If-Match") { &[428] } else { &[428, 404, 400] };
            check("no If-Match", &answer(&what("no If-Match"), bare).await, may);
        }
        if it.has_body() {
            bodies(&service, it, &path, &check).await;
        }
        if it.method == "get" {
            let head = answer(&what("head"), service.request("HEAD", &format!("{path}{}", it.query()))).await;
            assert_eq!(head.status, unknown.status, "{name}: HEAD is GET without a body");
            assert!(head.body.is_null(), "{name}");
        }
    }
    service.end().await;
}

async fn bodies(service: &Service, it: &Operation, path: &str, check: &impl Fn(&str, &Seen, &[u16])) {
    let bare = || {
        let request = service.request(&it.method, path);
        if it.takes("If-Match") { request.header("If-Match", "\"v1\"") } else { request }
    };
    let name = it.name();
    let text = bare().header("Content-Type", "text/plain").body("hallo");
    check("text", &answer(&format!("{name}, text"), text).await, &[415]);
    let form = bare().header("Content-Type", "application/x-www-form-urlencoded").body("a=b");
    check("form", &answer(&format!("{name}, form"), form).await, &[415]);
    // A route that keeps the bytes looks first at what they are for.
    let may: &[u16] = match (it.other_content(), it.named()) {
        // JSON, broken or not, is not what is read there.
        (Some(_), _) => &[415],
        (None, true) => &[400, 404, 412],
        (None, false) => &[400],
    };
    let broken = bare().header("Content-Type", "application/json").body("{\"a\": ");
    check("broken JSON", &answer(&format!("{name}, broken JSON"), broken).await, may);
    let large = format!("{{\"a\": \"{}\"}}", "x".repeat(5_000));
    let Some(kind) = it.other_content() else {
        let said = bare().header("Content-Type", "application/json").body(large);
        check("too large", &answer(&format!("{name}, too large"), said).await, &[413]);
        return;
    };
    // Which query key must be there is looked at before what is sent.
    let query = it.says["parameters"].as_array().into_iter().flatten().find(|it| it["in"] == "query" && it["required"] == true);
    let word = query.map_or(String::new(), |key| format!("?{}=vestigingen", key["name"].as_str().unwrap_or_default()));
    let said = service.request(&it.method, &format!("{path}{word}")).header("Content-Type", kind).body(large);
    check("too large", &answer(&format!("{name}, too large"), said).await, &[413]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_path_has_the_methods_of_the_description_and_names_them_for_any_other() {
    let service = Service::start("methods").await;
    for it in operations() {
        let path = it.path("bestaat-niet");
        for wrong in ["PROPFIND", "OPTIONS", "TRACE", "PATCH", "PUT", "POST", "DELETE", "GET"] {
            if it.siblings.contains(&wrong.to_ascii_lowercase()) {
                continue;
            }
            let what = format!("{wrong} {}", it.template);
            let seen = answer(&what, service.request(wrong, &path)).await;
            assert_eq!(seen.status, 405, "{what}");
            let mut allowed: BTreeSet<String> = seen.headers["allow"].split(',').map(|it| it.trim().to_ascii_lowercase()).collect();
            if allowed.remove("head") {
                assert!(allowed.contains("get"), "{what}");
            }
            let described: BTreeSet<String> = it.siblings.iter().cloned().collect();
            assert_eq!(allowed, described, "{what}");
        }
    }
    service.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odd_ids_name_nothing_and_never_break_the_service() {
    let service = Service::start("odd").await;
    let long = "x".repeat(6_000);
    let odd = [
        "%00",
        "%FF%FE",
        "%F0%9F%90%A6",
        "..%2F..%2Fetc%2Fpasswd",
        "%2e%2e",
        "'%3B%20DROP%20TABLE%20lichtingen%3B--",
        "%25",
        "%0d%0aX:%20y",
        &long,
        "-",
        "%7B%7D",
        "*",
    ];
    for it in operations().iter().filter(|it| it.named()) {
        for id in odd {
            let what = format!("{} with {}", it.name(), &id[..id.len().min(30)]);
            let seen = answer(&what, it.request(&service, &it.path(id))).await;
            // A client walks up at two dots before it sends: then it is another route, which answers as it does.
            let elsewhere = id == "%2e%2e";
            assert!(elsewhere || [400, 404].contains(&seen.status), "{what}: {} {}", seen.status, seen.body);
        }
    }
    service.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_path_that_is_nowhere_is_a_problem_like_any_other() {
    let service = Service::start("nowhere").await;
    for path in
        ["/niets", "/v1", "/v1/", "/v2/lichtingen", "/v1/Lichtingen", "/v1/onzin", "/gezondheid/", "//v1/lichtingen", "/v1//lichtingen"]
    {
        for method in ["GET", "POST", "DELETE"] {
            let seen = answer(&format!("{method} {path}"), service.request(method, path)).await;
            assert_eq!(seen.status, 404, "{method} {path}");
        }
    }
    service.end().await;
}

/// The paths of a router, as it shows itself to a debugger: axum has no other list of them. The router of its fallback comes after.
fn routed(shown: &str) -> BTreeSet<String> {
    let shown = shown.split("fallback_router").next().unwrap_or_default();
    let found = shown.split("RouteId(").skip(1).filter_map(|it| it.split_once("): \"")).filter(|(number, _)| number.parse::<u32>().is_ok());
    found.filter_map(|(_, rest)| rest.split_once('"')).map(|(path, _)| path.to_owned()).collect()
}

#[tokio::test]
async fn what_is_routed_is_described_and_what_is_described_is_routed() {
    let service = Service::start("routed").await;
    let shown = format!("{:?}", router(service.app.clone()));
    let routed: BTreeSet<String> = routed(&shown);
    assert!(routed.contains("/v1/lichtingen"), "axum shows its routes: {shown:.400}");
    let described = operations().into_iter().map(|it| it.template);
    // The description itself and its viewer are pages, not resources; and so are the pages for people, with what they are drawn with.
    let viewer = ["/v1/openapi.json", "/v1/documentatie", "/v1/documentatie/{deel}", "/static/{name}"].map(str::to_owned);
    let pages = loket_service::pages::declared().into_iter().map(|it| it.path.to_owned());
    assert_eq!(routed, described.chain(viewer).chain(pages).collect());
    service.end().await;
}
