//! The whole story by five people, each with an account of their own: from the first administrator's link to the next wave.

use std::process::Command;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use loket_service::access::factor;
use reqwest::Method;
use serde_json::{Value, json};

use super::processes::{Process, folder, program};
use super::waves;
use crate::described::hold;

/// Longest that the whole story may take.
const STORY: Duration = Duration::from_secs(120);
const WORDS: &str = "zeven blauwe fietsen bij de brug";
const WAVE: &str = "/lichtingen/a";

struct Heard {
    status: u16,
    tag: String,
    body: Value,
}

impl Heard {
    #[track_caller]
    fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        self.body
    }

    fn wrong(&self) -> Vec<&str> {
        self.body["fouten"].as_array().into_iter().flatten().filter_map(|it| it["code"].as_str()).collect()
    }
}

/// Somebody at a desk: the session of an account, or nobody in particular.
struct Person {
    http: reqwest::Client,
    url: String,
    session: Option<String>,
}

impl Person {
    fn nobody(url: &str) -> Self {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(40)).no_proxy().build().expect("a client");
        Self { http, url: url.into(), session: None }
    }

    /// Begins with the link that was handed over.
    async fn begun(url: &str, link: &str) -> Self {
        let nobody = Self::nobody(url);
        let done = nobody.post("/koppelingen", json!({ "koppeling": link, "wachtwoord": WORDS })).await.expect(200);
        Self { session: Some(text(&done["sleutel"])), ..nobody }
    }

    async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Heard {
        let mut request = self.http.request(method.clone(), format!("{}/v1{path}", self.url));
        if let Some(session) = &self.session {
            request = request.bearer_auth(session);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let told = response.text().await.expect("a body");
        assert!(!status.is_server_error(), "{method} {path}: {status} {told}");
        let body = serde_json::from_str(&told).unwrap_or(Value::Null);
        hold(method.as_str(), path, status.as_u16(), &body);
        let tag = headers.get("etag").and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned();
        Heard { status: status.as_u16(), tag, body }
    }

    async fn look(&self, path: &str) -> Heard {
        self.send(Method::GET, path, &[], None).await
    }

    async fn get(&self, path: &str) -> Value {
        self.look(path).await.expect(200)
    }

    async fn post(&self, path: &str, body: Value) -> Heard {
        self.send(Method::POST, path, &[], Some(body)).await
    }

    /// Does something to what is there now.
    async fn act(&self, of: &str, path: &str, body: Value) -> Heard {
        let tag = self.look(of).await.tag;
        self.send(Method::POST, path, &[("if-match", &tag)], Some(body)).await
    }

    async fn decide(&self, candidate: &str, body: Value) -> Heard {
        let path = format!("{WAVE}/beoordelingen/{candidate}");
        let now = self.look(&path).await;
        let header = if now.status == 404 { ("if-none-match", "*") } else { ("if-match", now.tag.as_str()) };
        self.send(Method::PUT, &path, &[header], Some(body)).await
    }

    /// Waits until the work at a path has ended well.
    async fn ended(&self, path: &str) -> Value {
        let began = Instant::now();
        loop {
            let found = self.get(path).await;
            if found["toestand"] == "klaar" {
                return found;
            }
            assert!(["mislukt", "afgebroken"].iter().all(|it| found["toestand"] != *it), "{found}");
            assert!(began.elapsed() < STORY, "{path} does not end: {found}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Has the wave solved: the placements of the plan, by candidate.
    async fn solve(&self) -> Vec<Value> {
        let run = self.send(Method::POST, &format!("{WAVE}/berekeningen"), &[], None).await.expect(202);
        let path = format!("/berekeningen/{}", text(&run["id"]));
        self.ended(&path).await;
        let outcome = self.get(&format!("{path}/uitkomst")).await;
        assert_eq!(outcome["status"], "optimaal", "{outcome}");
        outcome["plaatsingen"].as_array().expect("placements").clone()
    }

    /// Agrees to everything that is still open, after having looked at the sample.
    async fn agree(&self) -> usize {
        let all = json!({ "besluit": "akkoord", "filter": { "zonder_besluit": true } });
        let unseen = self.post(&format!("{WAVE}/beoordelingen"), all.clone()).await;
        assert!(unseen.status == 409 && unseen.wrong().contains(&"niet-bekeken"), "{}", unseen.body);
        let sample = self.get(&format!("{WAVE}/steekproef?zonderBesluit=true")).await;
        for row in sample["kandidaten"].as_array().expect("a sample") {
            let path = format!("{WAVE}/beoordelingen/{}/inzage", text(&row["kandidaat"]));
            self.post(&path, json!({ "getoond": ["voorstel", "redenen"] })).await.expect(200);
        }
        let done = self.post(&format!("{WAVE}/beoordelingen"), all).await.expect(200);
        done["akkoord"].as_array().expect("who was agreed to").len()
    }

    async fn row(&self, candidate: &str) -> Value {
        self.get(&format!("{WAVE}/antwoorden?kandidaat={candidate}")).await["resultaten"][0].clone()
    }

    /// Gives an answer in the own account.
    async fn answer(&self, candidate: &str, party: &str, body: Value) -> Heard {
        let path = format!("{WAVE}/antwoorden/{candidate}/{party}");
        self.act(&path, &path, body).await
    }

    async fn publish(&self, body: Value) -> Heard {
        self.act(WAVE, &format!("{WAVE}/vaststelling"), body).await
    }
}

#[track_caller]
fn text(value: &Value) -> String {
    let Some(text) = value.as_str() else { panic!("no text: {value}") };
    text.to_owned()
}

#[track_caller]
fn of<'a>(plan: &'a [Value], candidate: &str) -> &'a Value {
    plan.iter().find(|it| it["kandidaat"] == candidate).expect("placed")
}

/// Bytes of a secret as people type it into an app.
fn unspelled(secret: &str) -> Vec<u8> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0u32, 0);
    for letter in secret.bytes().filter(|it| it.is_ascii_alphanumeric()) {
        let value = if letter.is_ascii_digit() { letter - b'2' + 26 } else { letter.to_ascii_uppercase() - b'A' };
        (held, bits) = (held << 5 | u32::from(value), bits + 5);
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).expect("a byte"));
        }
    }
    bytes
}

/// The administrator begins with the link that the machine printed, and has a second factor from then on.
async fn administrator(url: &str, folder: &std::path::Path) -> Person {
    let words = ["toegang", "account", "--rol", "beheerder", "--naam", "Hendrikje Verzonnen", "--adres", "hendrikje@voorbeeld.example"];
    let data = crate::database::typed(&folder.join("loket.sqlite"));
    let made = Command::new(program()).args(words).args(["--gegevens", &data, "--json"]).current_dir(folder).output();
    let made = made.expect("the program starts");
    let made: Value = serde_json::from_slice(&made.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&made.stderr)));
    let link = text(&made["koppeling"]);
    let first = Person::begun(url, &link).await;
    let shown = first.post("/ik/tweede-factor", json!({})).await.expect(201);
    let secret = unspelled(&text(&shown["geheim"]));
    let step = || i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs() / 30).expect("small");
    let code = |step: i64| factor::code(&secret, step).expect("a code");
    let confirmed = first.post("/ik/tweede-factor/bevestiging", json!({ "code": code(step()) })).await.expect(200);
    let recovery = text(&confirmed["herstelcodes"][0]);
    let nobody = Person::nobody(url);
    let mut body = json!({ "adres": "hendrikje@voorbeeld.example", "wachtwoord": WORDS });
    assert_eq!(nobody.post("/aanmelding", body.clone()).await.status, 401, "a password alone does not do");
    // Of the app the next code comes within half a minute; a recovery code is there now.
    body["herstelcode"] = json!(recovery);
    let done = nobody.post("/aanmelding", body).await.expect(200);
    assert_eq!(done["rol"], "beheerder");
    assert_eq!(Person::begun_again(url, &link).await, 401, "the link was used");
    Person { session: Some(text(&done["sleutel"])), ..nobody }
}

impl Person {
    async fn begun_again(url: &str, link: &str) -> u16 {
        Self::nobody(url).post("/koppelingen", json!({ "koppeling": link, "wachtwoord": WORDS })).await.status
    }

    /// Invites somebody, who begins with the link at once.
    async fn invites(&self, name: &str, role: &str, of: Option<&str>) -> Self {
        let mut held = json!({ "rol": role });
        if let Some(of) = of {
            held["van"] = json!(of);
        }
        let body = json!({ "naam": name, "adres": format!("{role}@voorbeeld.example"), "rollen": [held] });
        let made = self.post("/accounts", body).await.expect(201);
        Self::begun(&self.url, &text(&made["koppeling"])).await
    }
}

/// A day of a school year to come: so many years on.
fn day(years: u64, rest: &str) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs();
    format!("{}-{rest}", 1970 + now / 31_556_952 + years)
}

/// A wave with one person too far from everywhere.
fn wave() -> Value {
    let mut wave = waves::small("a", 24, 1);
    let mut far = wave["kandidaten"][0].clone();
    (far["id"], far["naam"], far["lat"], far["lon"]) = (json!("a-VER"), json!("Kanarie Ver"), json!(52.9), json!(6.9));
    wave["kandidaten"].as_array_mut().expect("candidates").push(far);
    for coach in wave["coaches"].as_array_mut().expect("coaches") {
        (coach["maximum"], coach["uren"]) = (json!(25), json!(4_000));
    }
    wave
}

/// Decides in every way there is, tries something out, keeps it, and takes back a step; whom it was about.
async fn reviewed(desk: &Person, plan: &[Value]) -> (String, String, Value) {
    let who = |at: usize| text(&plan[at]["kandidaat"]);
    let run = text(&desk.get(WAVE).await["geldende_berekening"]);
    let why = json!({ "soort": "waarom", "vraag": { "kandidaat": who(0), "alternatieven": 3 } });
    let asked = desk.post(&format!("/berekeningen/{run}/vragen"), why).await.expect(202);
    let told = desk.ended(&format!("/vragen/{}", text(&asked["id"]))).await;
    let other = told["antwoord"]["alternatieven"]["alternatieven"][0].clone();
    let place: Value = ["school", "plek", "coach"].iter().map(|it| ((*it).to_owned(), other["plaats"][*it].clone())).collect();
    assert!(place["school"].is_string(), "there is another place: {told}");

    desk.decide(&who(0), json!({ "besluit": "alternatief", "plaatsing": place })).await.expect(200);
    desk.decide(&who(1), json!({ "besluit": "akkoord" })).await.expect(200);
    desk.decide(&who(2), json!({ "besluit": "vast" })).await.expect(200);
    let rejected = json!({ "besluit": "afwijzen", "reden": "reis-te-zwaar", "reikwijdte": "school", "tot": day(2, "07-31") });
    desk.decide(&who(3), rejected).await.expect(200);
    // A place that a rule forbids, and that is meant.
    let far = json!({ "school": plan[4]["school"], "plek": plan[4]["plek"], "coach": plan[4]["coach"] });
    let refused = desk.decide("a-VER", json!({ "besluit": "alternatief", "plaatsing": far })).await;
    assert_eq!(refused.status, 400, "{}", refused.body);
    let mut broken: Vec<String> = Vec::new();
    for it in refused.body["fouten"].as_array().expect("problems") {
        let rule = text(&it["wat"]).split("(regel ").nth(1).and_then(|it| it.split(':').next()).map(str::to_owned);
        broken.push(rule.unwrap_or_else(|| panic!("{it}")));
    }
    let meant = json!({ "besluit": "alternatief", "plaatsing": far, "ondanks": broken });
    desk.decide("a-VER", meant).await.expect(200);
    // Looked at once more: it was one too many.
    let undo = format!("{WAVE}/ongedaan");
    let back = desk.act(&undo, &undo, json!({})).await.expect(200);
    assert_eq!(back["besluiten"][0]["kandidaat"], "a-VER", "{back}");
    let notes = format!("{WAVE}/beoordelingen/{}/notities", who(3));
    desk.post(&notes, json!({ "tekst": "Belt liever na vieren." })).await.expect(201);

    let changes = json!([{ "kandidaat": who(5), "keuze": "verbieden", "reikwijdte": "school", "reden": "wens-school" }]);
    let tried = desk.post(&format!("{WAVE}/proeven"), json!({ "naam": "Een andere school", "veranderingen": changes })).await.expect(202);
    let path = format!("{WAVE}/proeven/{}", text(&tried["id"]));
    let found = desk.ended(&path).await;
    assert_eq!(found["uitkomst"]["mogelijk"], true, "{found}");
    assert!(found["uitkomst"]["verhuizingen"].as_array().is_some_and(|it| it.iter().any(|it| it["kandidaat"] == who(5).as_str())));
    desk.act(&path, &format!("{path}/bewaring"), json!({})).await.expect(200);
    (who(0), who(3), place)
}

/// Everybody answers, each in the way they have, and one coach says no.
async fn answered(desk: &Person, board: &Person, coach: &Person, own: &str, plan: &[Value]) -> String {
    let asked = desk.post(&format!("{WAVE}/antwoorden"), json!({})).await.expect(200);
    assert_eq!(asked["plaatsen"], plan.len());
    // The candidate by a personal link, the board and the coach in their accounts.
    let seen = board.get("/antwoorden").await;
    assert!(!seen.to_string().contains("\"naam\":\""), "no name before the own yes: {seen}");
    board.answer(own, "bestuur", json!({ "antwoord": "ja" })).await.expect(200);
    coach.answer(own, "coach", json!({ "antwoord": "ja" })).await.expect(200);
    let made = desk.post(&format!("{WAVE}/antwoorden/{own}/kandidaat/koppeling"), json!({})).await.expect(201);
    let nobody = Person::nobody(&desk.url);
    let link = json!({ "koppeling": made["koppeling"] });
    let shown = nobody.post("/antwoordkoppelingen/inzage", link.clone()).await;
    assert_eq!((shown.status, &shown.body["partij"]), (200, &json!("kandidaat")));
    let mut yes = link;
    yes["antwoord"] = json!("ja");
    nobody.send(Method::POST, "/antwoordkoppelingen/antwoord", &[("if-match", &shown.tag)], Some(yes)).await.expect(200);
    assert_eq!(desk.row(own).await["stand"], "afgesproken");
    let seen = board.get("/antwoorden?paginaGrootte=100").await;
    let named = seen["resultaten"].as_array().expect("rows").iter().filter(|it| it["naam"].is_string()).count();
    assert_eq!(named, 1, "the one they said yes to");
    // The others told it over the telephone; of one of them the coach has no room.
    let mut refused = None;
    for row in plan {
        let who = text(&row["kandidaat"]);
        if who == own {
            continue;
        }
        for party in ["kandidaat", "bestuur", "coach"] {
            let no = refused.is_none() && party == "coach" && row["coach"] != of(plan, own)["coach"];
            let body = if no {
                refused = Some(who.clone());
                json!({ "antwoord": "nee", "reden": "geen-ruimte", "hoe": "telefoon" })
            } else {
                json!({ "antwoord": "ja", "hoe": "telefoon" })
            };
            desk.answer(&who, party, body).await.expect(200);
        }
    }
    refused.expect("somebody has another coach")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_people_take_a_wave_from_its_file_to_the_next_wave() {
    let folder = folder("verhaal");
    let service = Process::serve(&folder, &[]);
    let (url, began) = (service.url(), Instant::now());
    let admin = administrator(&url, &folder).await;
    let desk = admin.invites("Ilse Verzonnen", "intermediair", None).await;
    desk.post(&format!("/lichtingen?van={}&tot={}", day(1, "08-01"), day(2, "07-31")), wave()).await.expect(201);
    desk.act(WAVE, &format!("{WAVE}/indiening"), json!({})).await.expect(200);
    let first = desk.solve().await;
    assert!(first.len() > 15 && first.iter().all(|it| it["kandidaat"] != "a-VER"), "{}", first.len());

    let (moved, rejected, place) = reviewed(&desk, &first).await;
    let second = desk.solve().await;
    assert_eq!((&of(&second, &moved)["school"], &of(&second, &moved)["plek"]), (&place["school"], &place["plek"]));
    assert_ne!(of(&second, &rejected)["school"], of(&first, &rejected)["school"], "the next plan obeys");
    // What was rejected has another place now, and that one is looked at by itself.
    for row in &second {
        let who = text(&row["kandidaat"]);
        let now = desk.look(&format!("{WAVE}/beoordelingen/{who}")).await;
        if now.status == 200 && now.body["besluit"] == "afwijzen" {
            desk.decide(&who, json!({ "besluit": "akkoord" })).await.expect(200);
        }
    }
    desk.agree().await;

    let own = text(&second[0]["kandidaat"]);
    let (coach_id, school) = (text(&of(&second, &own)["coach"]), text(&of(&second, &own)["school"]));
    let board_id = text(&desk.get(&format!("/scholen/{school}")).await["bestuur"]);
    let board = admin.invites("Bea Verzonnen", "bestuur", Some(&board_id)).await;
    let coach = admin.invites("Koen Verzonnen", "coach", Some(&coach_id)).await;
    let reader = admin.invites("Lena Verzonnen", "lezer", None).await;
    let refused = answered(&desk, &board, &coach, &own, &second).await;
    let stopped = desk.publish(json!({ "bevestigd": true })).await;
    assert_eq!((stopped.status, stopped.wrong()), (409, vec!["nee-gezegd"]), "{}", stopped.body);
    let third = desk.solve().await;
    assert_ne!(of(&third, &refused)["coach"], of(&second, &refused)["coach"], "a no binds");
    assert_eq!(of(&third, &own)["school"], of(&second, &own)["school"]);
    assert_eq!(desk.row(&own).await["stand"], "afgesproken", "what did not change stays answered");
    let published = desk.publish(json!({ "bevestigd": true })).await.expect(200);
    assert_eq!((&published["geplaatst"], &published["ongeplaatst"]), (&json!(third.len()), &json!(25 - third.len())));

    // The coach falls out: told to the intermediary, who has it worked out, looks, and accepts.
    let told =
        coach.post("/uitvalmeldingen", json!({ "coach": coach_id, "vanaf": day(1, "10-01"), "reden": "geen-tijd" })).await.expect(201);
    let places = format!("{WAVE}/plaatsingen?paginaGrootte=100");
    let before = desk.get(&places).await;
    let heard = desk.get("/uitvalmeldingen").await;
    assert_eq!(heard["resultaten"][0]["id"], told["id"]);
    let batch = desk.post(&format!("/coaches/{coach_id}/uitval"), json!({ "vanaf": day(1, "10-01") })).await.expect(202);
    let path = format!("/herberekeningen/{}", text(&batch["id"]));
    let worked = desk.ended(&path).await;
    let difference = text(&worked["lichtingen"][0]["verschil"]);
    let difference = desk.get(difference.strip_prefix("/v1").expect("a path")).await;
    assert!(difference["gedwongen"].as_u64().is_some_and(|it| it > 0), "{difference}");
    assert_eq!(desk.get(&places).await, before, "nothing changes before it is accepted");
    desk.act(&path, &format!("{path}/aanvaarding"), json!({})).await.expect(200);
    let after = desk.get(&places).await;
    assert_ne!(after, before);
    let settled = format!("/uitvalmeldingen/{}", text(&told["id"]));
    desk.act(&settled, &format!("{settled}/afhandeling"), json!({ "herberekening": batch["id"] })).await.expect(200);

    let next = json!({ "nieuw": { "id": "b", "naam": "Volgende", "fase": "opleiding", "van": day(2, "08-01"), "tot": day(3, "07-31") } });
    let carried = desk.post(&format!("{WAVE}/overdracht"), next).await.expect(200);
    let over: Vec<&str> = carried["over"].as_array().expect("who goes on").iter().filter_map(|it| it["kandidaat"].as_str()).collect();
    assert!(over.contains(&"a-VER"), "{carried}");
    let input = desk.get("/lichtingen/b/invoer").await;
    assert_eq!(input["kandidaten"].as_array().map(Vec::len), Some(over.len()));

    // The reader knows how it went, and about whom nothing; the log knows who did it.
    let figures = reader.get("/cijfers").await;
    assert!(!figures.to_string().contains(&own));
    assert_eq!(reader.look(&format!("/kandidaten/{own}")).await.status, 403);
    let log = admin.get("/logboek?paginaGrootte=200").await;
    assert!(log["totaal"].as_u64().is_some_and(|it| it > 100), "{}", log["totaal"]);
    println!("the story took {:?}", began.elapsed());
    assert!(began.elapsed() < STORY, "{:?}", began.elapsed());
    assert_eq!(service.end(), 0);
}
