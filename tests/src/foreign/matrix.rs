//! Every route of the description in every role, with one's own ids, another's, unknown ones, and without a token. A route whose ids are not
//! in the story fails here.

use loket_service::access::Role;
use loket_solver::matching::facts::words::Word;
use reqwest::Method;
use serde_json::{Value, json};

use super::story::{Place, Story};
use crate::desk::{Desk, TOKEN};
use crate::http::rules::{Operation, operations};

/// The names in a path.
fn names(operation: &Operation) -> Vec<String> {
    let parts = operation.template.split('{').skip(1);
    parts.map(|it| it.split('}').next().expect("a closed name").to_owned()).collect()
}

/// The path with these ids, in order.
fn path(operation: &Operation, ids: &[String]) -> String {
    let mut path = operation.template.clone();
    for id in ids {
        let (open, close) = (path.find('{').expect("a name"), path.find('}').expect("a name"));
        path.replace_range(open..=close, id);
    }
    path + &operation.query()
}

/// An id that nothing has, as long as another one.
fn unknown(like: &str) -> String {
    like.chars().map(|_| 'q').collect()
}

/// An answer as it came.
#[derive(Debug, PartialEq)]
struct Came {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Came {
    /// The same with this word in the place of another.
    fn with(&self, ids: &[(String, String)]) -> Self {
        let change = |text: &str| ids.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
        let headers = self.headers.iter().map(|(name, value)| (name.clone(), change(value))).collect();
        Self { status: self.status, headers, body: change(&self.body) }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }
}

async fn call(client: &reqwest::Client, base: &str, operation: &Operation, path: &str, who: Option<&str>) -> Came {
    let method = Method::from_bytes(operation.method.to_ascii_uppercase().as_bytes()).expect("a method");
    let mut request = client.request(method, format!("{base}{path}"));
    if let Some(token) = who {
        request = request.bearer_auth(token);
    }
    if operation.takes("If-Match") {
        request = request.header("If-Match", "\"v1\"");
    }
    if operation.has_body() {
        request = request.json(operation.example().unwrap_or(&json!({})));
    }
    let response = request.send().await.expect("an answer");
    let status = response.status().as_u16();
    let mut headers: Vec<(String, String)> = response
        .headers()
        .iter()
        .filter(|(name, _)| *name != "date")
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()))
        .collect();
    headers.sort();
    // A stream goes on; whose it is shows in its status and headers.
    let stream = headers.iter().any(|it| it.0 == "content-type" && it.1.starts_with("text/event-stream"));
    let body = if stream { String::new() } else { response.text().await.expect("a body") };
    Came { status, headers, body }
}

/// What is the same whoever asks: accounts of people are an administrator's, and all of them are there for one.
fn scoped(role: Role) -> bool {
    matches!(role, Role::Bestuur | Role::Coach)
}

/// Reads of what no board and no coach has, and of what the story does not make: each is unknown to everybody.
const NOT_TOLD: [&str; 20] = [
    "get /v1/beleid/{beleid}/{nummer}",
    "get /v1/beleid/{beleid}/{nummer}/beleidsproeven",
    "get /v1/beleid/{beleid}/{nummer}/beleidsproeven/{beleidsproef}",
    "get /v1/beleid/{beleid}/{nummer}/verschil",
    "get /v1/berekeningen/{berekening}/verschil",
    "get /v1/berichten/{bericht}",
    "get /v1/berichten/{bericht}/eml",
    "get /v1/coaches/{coach}/beperking",
    "get /v1/instellingen/{instelling}",
    "get /v1/kandidaten/{kandidaat}/beperking",
    "get /v1/lichtingen/{lichting}/beoordelingen/{kandidaat}/notities/{notitie}",
    "get /v1/lichtingen/{lichting}/opvraag",
    "get /v1/lichtingen/{lichting}/proeven/{proef}",
    "get /v1/openbare-gegevens/{openvoorstel}",
    "get /v1/openbare-gegevens/{openvoorstel}/verschillen",
    "get /v1/privacyverzoeken/{verzoek}",
    "get /v1/roostervragen/{vraag}",
    "get /v1/schooljaren/{schooljaar}",
    "get /v1/scholen/{school}/openbare-gegevens",
    "get /v1/verboden/{verbod}",
];

fn ids(story: &Story, role: Role, operation: &Operation, own: bool) -> Vec<String> {
    let id = |name: &String| {
        // The run of a roster or of a multi-year plan is another one than that of a wave.
        let kind =
            ["roosterberekening", "meerjarenplanberekening"].into_iter().find(|it| operation.template.starts_with(&format!("/v1/{it}en/")));
        let name = kind.filter(|_| name == "berekening").unwrap_or(name.as_str());
        let known = story.named(role, name, own);
        known.unwrap_or_else(|| panic!("{} {}: {name} is not in the story: put it there", operation.method, operation.template))
    };
    names(operation).iter().map(id).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_anothers_is_what_does_not_exist_byte_for_byte() {
    let desk = Desk::open("foreign-matrix").await;
    let place = Place { base: desk.base(), store: desk.store.clone(), token: TOKEN.into(), desk: Some(&desk) };
    let story = place.told().await;
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let lines = desk.log().await.len();
    let (mut seen, mut own_read, mut compared) = (0, 0, 0);
    let mut not_told = std::collections::BTreeSet::new();
    for operation in operations().iter().filter(|it| !it.open()) {
        let roles = operation.says["x-rollen"].as_array().expect("roles").clone();
        let what = format!("{} {}", operation.method, operation.template);
        for role in Role::HELD {
            let token = story.token(*role);
            let own = ids(&story, *role, operation, true);
            let foreign = ids(&story, *role, operation, false);
            let nothing: Vec<String> = own.iter().map(|it| unknown(it)).collect();
            let (mine, none) = (path(operation, &own), path(operation, &nothing));
            // Who shows nothing hears nothing.
            let strangers =
                [call(&client, &place.base, operation, &mine, None).await, call(&client, &place.base, operation, &none, None).await];
            assert_eq!((strangers[0].status, &strangers[0]), (401, &strangers[1]), "{what}");
            seen += 1;
            if !roles.iter().any(|it| it == role.code()) {
                let refused = call(&client, &place.base, operation, &mine, Some(token)).await;
                assert_eq!((refused.status, refused.header("etag")), (403, None), "{role:?} {what}: {}", refused.body);
                for ids in [&foreign, &nothing] {
                    let other = call(&client, &place.base, operation, &path(operation, ids), Some(token)).await;
                    assert_eq!(other, refused, "{role:?} {what}: another role hears the same, whatever it names");
                }
                continue;
            }
            if operation.method == "get" {
                let read = call(&client, &place.base, operation, &mine, Some(token)).await;
                // Some things are not told in the story, and a query key that must be there names something unknown.
                if read.status == 200 {
                    own_read += 1;
                } else {
                    assert_eq!((read.status, read.header("etag")), (404, None), "{role:?} {what}: {read:?}");
                    not_told.insert(what.clone());
                }
            }
            if !scoped(*role) || own.is_empty() {
                continue;
            }
            // Every way in which at least one of the ids is another's.
            for mask in 1_usize..1 << own.len() {
                // Words are nobody's.
                if own.iter().zip(&foreign).enumerate().any(|(at, (own, other))| mask >> at & 1 == 1 && own == other) {
                    continue;
                }
                let (mut theirs, mut nobodys, mut swap) = (Vec::new(), Vec::new(), Vec::new());
                for (at, id) in own.iter().enumerate() {
                    if mask >> at & 1 == 0 {
                        theirs.push(id.clone());
                        nobodys.push(id.clone());
                    } else {
                        let (other, no) = (foreign[at].clone(), unknown(&foreign[at]));
                        swap.push((other.clone(), no.clone()));
                        theirs.push(other);
                        nobodys.push(no);
                    }
                }
                let asked = call(&client, &place.base, operation, &path(operation, &theirs), Some(token)).await;
                let there = call(&client, &place.base, operation, &path(operation, &nobodys), Some(token)).await;
                assert_eq!(asked.with(&swap), there, "{role:?} {what} with {theirs:?}");
                assert_eq!(asked.header("etag"), None, "{role:?} {what}: a tag tells that it is there");
                if operation.method == "get" {
                    assert_eq!(asked.status, 404, "{role:?} {what} with {theirs:?}: {}", asked.body);
                }
                assert!(asked.status >= 400, "{role:?} {what} with {theirs:?} was done");
                compared += 1;
            }
        }
    }
    assert_eq!(desk.log().await.len(), lines, "nothing of another's was changed");
    println!("not told in the story: {not_told:?}");
    let strange: Vec<&String> = not_told.iter().filter(|it| !NOT_TOLD.contains(&it.as_str())).collect();
    assert!(strange.is_empty(), "put these in the story: {strange:?}");
    println!("{seen} routes in roles, {own_read} read as one's own, {compared} compared with what does not exist");
    assert!(seen > 350 && own_read > 60 && compared > 30, "{seen} {own_read} {compared}");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counts_of_lists_say_nothing_of_what_is_anothers() {
    let desk = Desk::open("foreign-counts").await;
    let place = Place { base: desk.base(), store: desk.store.clone(), token: TOKEN.into(), desk: Some(&desk) };
    let story = place.told().await;
    let get = async |role: Role, path: &str| place.send(story.token(role), Method::GET, path, None, None).await;
    let board = format!("/besturen/{}", story.own.id("bestuur").expect("a board"));
    let coach = format!("/coaches/{}", story.own.id("coach").expect("a coach"));
    for (role, path, all) in [
        (Role::Bestuur, "/besturen".to_owned(), 1),
        (Role::Bestuur, "/scholen".to_owned(), 1),
        (Role::Bestuur, "/scholen?bestuur=bestuur-uil".to_owned(), 0),
        (Role::Bestuur, "/uitvalmeldingen".to_owned(), 1),
        (Role::Bestuur, format!("{board}/voorstellen"), 2),
        (Role::Bestuur, format!("{board}/capaciteit"), 1),
        (Role::Coach, "/uitvalmeldingen".to_owned(), 1),
        (Role::Coach, format!("{coach}/kandidaten"), 1),
        (Role::Intermediair, "/uitvalmeldingen?toestand=open".to_owned(), 4),
        (Role::Intermediair, "/uitvalmeldingen?toestand=overgenomen".to_owned(), 0),
        (Role::Lezer, "/cijfers".to_owned(), 3),
    ] {
        let heard = get(role, &path).await;
        assert_eq!((heard.status, &heard.body["totaal"]), (200, &json!(all)), "{role:?} {path}: {}", heard.body);
        let told = heard.header("x-total-count").to_owned();
        assert!(told.is_empty() || told == all.to_string(), "{role:?} {path}: {told}");
    }
    let rows = get(Role::Bestuur, &format!("{board}/voorstellen")).await.body;
    let row = |published: bool| rows["resultaten"].as_array().and_then(|all| all.iter().find(|it| it["vastgesteld"] == published)).cloned();
    let (open, done) = (row(false).expect("a proposal"), row(true).expect("a placement"));
    assert_eq!([&open["naam"], &open["coach"], &open["coach_naam"]], [&Value::Null; 3], "no yes yet: {open}");
    assert_eq!([&done["naam"], &done["coach_naam"]], ["Kanarie Goudhaan", "Coach Zeearend"], "{done}");
    desk.close().await;
}
