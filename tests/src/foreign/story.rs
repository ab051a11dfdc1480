//! Two boards with a school and a coach each, everything that can be there of both, and a token for every role. Every name is a bird that
//! stands nowhere else, and every id is unmistakable.

use std::time::{Duration, Instant};

use loket_service::access::{Caller, Role};
use loket_service::actions::Asked;
use loket_service::actions::accounts::{self, Invited};
use loket_service::actions::funnel;
use loket_service::records::account::Held;
use loket_service::store::Store;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, Heard};

/// One half of the story: what is there of one board and one coach.
#[derive(Clone, Debug, Default)]
pub struct Half {
    /// Ids by the name they have in a path.
    pub ids: Vec<(&'static str, String)>,
}

impl Half {
    /// The id that goes by this name in a path.
    pub fn id(&self, name: &str) -> Option<&str> {
        self.ids.iter().find(|(it, _)| *it == name).map(|(_, id)| id.as_str())
    }
}

/// Everything that is there.
pub struct Story {
    /// A token and its id, by role; of the board and the coach of the first half.
    pub tokens: Vec<(Role, String, String)>,
    /// What is of that board and coach.
    pub own: Half,
    /// The same of the other ones.
    pub foreign: Half,
}

/// Where a story is told: a service in this process, or a program.
pub struct Place<'a> {
    /// Its address.
    pub base: String,
    /// What it keeps.
    pub store: Store,
    /// The token of an intermediary.
    pub token: String,
    /// The service in this process, whose runs are done here.
    pub desk: Option<&'a Desk>,
}

pub const BOARDS: [&str; 2] = ["bestuur-mus", "bestuur-uil"];
pub const SCHOOLS: [&str; 2] = ["school-mus", "school-uil"];
pub const SEATS: [&str; 2] = ["plek-mus", "plek-uil"];
pub const COACHES: [&str; 2] = ["coach-mus", "coach-uil"];
/// Published, by half.
pub const PLACED: [&str; 2] = ["zij-mus-1", "zij-uil-1"];
/// Proposed, by half.
pub const PROPOSED: [&str; 2] = ["zij-mus-2", "zij-uil-2"];
/// The one whom nobody places.
pub const LEFT: &str = "zij-los-9";
/// Of a wave in which only the second board is.
pub const ELSEWHERE: &str = "zij-uil-3";
/// What is written beside people, and for nobody but the intermediary.
pub const NOTE: &str = "belt-op-zaterdag-kolgans";

/// Every id with its name.
pub const NAMES: [(&str, &str); 12] = [
    ("bestuur-mus", "Stichting Scholekster"),
    ("bestuur-uil", "Stichting Kievit"),
    ("school-mus", "De Kluut"),
    ("school-uil", "De Grutto"),
    ("coach-mus", "Coach Zeearend"),
    ("coach-uil", "Coach Blauwborst"),
    ("zij-mus-1", "Kanarie Goudhaan"),
    ("zij-uil-1", "Kanarie Roerdomp"),
    ("zij-mus-2", "Kanarie Nachtzwaluw"),
    ("zij-uil-2", "Kanarie Wielewaal"),
    ("zij-los-9", "Kanarie IJsvogel"),
    ("zij-uil-3", "Kanarie Steltkluut"),
];

/// The name that goes with an id.
pub fn name(id: &str) -> &'static str {
    NAMES.iter().find(|it| it.0 == id).expect("everybody has a name").1
}

/// A wave of these halves, with these people, each locked with the coach and school of a half; nobody else fits anywhere.
fn wave(id: &str, halves: &[usize], people: &[(&str, Option<usize>)]) -> Value {
    let board = |at: &usize| json!({ "id": BOARDS[*at], "naam": name(BOARDS[*at]) });
    let school = |at: &usize| {
        json!({ "id": SCHOOLS[*at], "naam": name(SCHOOLS[*at]), "bestuur": BOARDS[*at], "lat": 52.37, "lon": 4.89,
            "plekken": [{ "id": SEATS[*at], "bouw": "onderbouw", "aantal": 5 }] })
    };
    let coach = |at: &usize| json!({ "id": COACHES[*at], "naam": name(COACHES[*at]), "lat": 52.372, "lon": 4.895, "maximum": 9, "uren": 540, "toelichting": NOTE });
    let person = |(id, at): &(&str, Option<usize>)| {
        let lat = if at.is_some() { 52.375 } else { 51.2 };
        json!({ "id": id, "naam": name(id), "lat": lat, "lon": 4.893, "bouwen": ["onderbouw"], "toelichting": NOTE,
            "dagdelen": ["ma-o", "ma-m", "di-o", "di-m", "wo-o"] })
    };
    let lock = |(id, at): &(&str, Option<usize>)| {
        at.map(|at| json!({ "kandidaat": id, "school": SCHOOLS[at], "plek": SEATS[at], "coach": COACHES[at] }))
    };
    json!({
        "formaat": "loket-lichting/1", "id": id, "naam": "Een lichting", "fase": "opleiding",
        "besturen": halves.iter().map(board).collect::<Vec<_>>(), "scholen": halves.iter().map(school).collect::<Vec<_>>(),
        "coaches": halves.iter().map(coach).collect::<Vec<_>>(), "kandidaten": people.iter().map(person).collect::<Vec<_>>(),
        "vast": people.iter().filter_map(lock).collect::<Vec<_>>(),
    })
}

/// A token of an account with this role alone, and the id of the token.
pub async fn token(store: &Store, role: Role, of: &str) -> (String, String) {
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let roles = vec![Held { role, of: of.into() }];
    let invited = Invited { name: "vogelaar".into(), address: None, roles };
    let made = accounts::script(store, &asked, invited, None).await.expect("a token");
    (made.secret.told().to_owned(), made.made.id)
}

impl Place<'_> {
    /// Sends a request as somebody.
    pub async fn send(&self, who: &str, method: Method, path: &str, tag: Option<&str>, body: Option<Value>) -> Heard {
        let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(60)).build().expect("a client");
        let mut request = client.request(method.clone(), format!("{}/v1{path}", self.base)).bearer_auth(who);
        match tag {
            Some("*") => request = request.header("If-None-Match", "*"),
            Some(tag) => request = request.header("If-Match", tag),
            None => {}
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.expect("a body");
        assert!(status < 500, "{method} {path}: {status} {text}");
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        crate::described::hold(method.as_str(), path, status, &body);
        Heard { status, body, headers }
    }

    async fn post(&self, path: &str, body: Value) -> Heard {
        self.send(&self.token, Method::POST, path, None, Some(body)).await
    }

    /// Asks for a run and has it done: the wave as it is then.
    async fn run(&self, wave: &str) -> Heard {
        let run = self.send(&self.token, Method::POST, &format!("{wave}/berekeningen"), None, None).await.expect(202);
        self.ended(&format!("/berekeningen/{}", run["id"].as_str().expect("an id"))).await;
        self.send(&self.token, Method::GET, wave, None, None).await
    }

    async fn ended(&self, path: &str) -> Value {
        if let Some(desk) = self.desk {
            desk.work().await;
        }
        let began = Instant::now();
        loop {
            let found = self.send(&self.token, Method::GET, path, None, None).await.expect(200);
            if found["toestand"] == "klaar" {
                return found;
            }
            assert!(began.elapsed() < Duration::from_secs(120), "{path} does not end: {found}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn planned(&self, file: &Value, period: (&str, &str)) -> Heard {
        let made = self.post(&format!("/lichtingen?van={}&tot={}", period.0, period.1), file.clone()).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let path = format!("/lichtingen/{}", made.body["id"].as_str().expect("an id"));
        self.send(&self.token, Method::POST, &format!("{path}/indiening"), Some(&made.tag()), None).await.expect(200);
        self.run(&path).await
    }

    /// Tells the whole story.
    pub async fn told(&self) -> Story {
        let today = self.store.clock().today();
        let from = today.first_of_month();
        let until = from.saturating_add(jiff::Span::new().months(12)).yesterday().expect("a day");
        let (first, last) = (from.to_string(), until.to_string());
        let period = (first.as_str(), last.as_str());

        let placed = [(PLACED[0], Some(0)), (PLACED[1], Some(1))];
        let done = self.planned(&wave("w-vast", &[0, 1], &placed), period).await;
        self.send(&self.token, Method::POST, "/lichtingen/w-vast/vaststelling", Some(&done.tag()), Some(json!({ "bevestigd": true })))
            .await
            .expect(200);
        let published = self.send(&self.token, Method::GET, "/lichtingen/w-vast", None, None).await.expect(200);
        assert_eq!(published["toestand"], "vastgesteld", "{published}");
        let proposed = [(PROPOSED[0], Some(0)), (PROPOSED[1], Some(1)), (LEFT, None)];
        let open = self.planned(&wave("w-open", &[0, 1], &proposed), period).await;
        let elsewhere = self.planned(&wave("w-uil", &[1], &[(ELSEWHERE, Some(1))]), period).await;
        // All three parties are asked, and nobody says anything yet.
        for (wave, people) in [("w-open", &PROPOSED[..]), ("w-uil", &[ELSEWHERE][..])] {
            for person in people {
                let path = format!("/lichtingen/{wave}/beoordelingen/{person}");
                self.send(&self.token, Method::PUT, &path, Some("*"), Some(json!({ "besluit": "akkoord" }))).await.expect(200);
            }
            self.post(&format!("/lichtingen/{wave}/antwoorden"), json!({})).await.expect(200);
        }

        let mut story = Story { tokens: Vec::new(), own: Half::default(), foreign: Half::default() };
        for role in Role::HELD {
            let of = match role {
                Role::Bestuur => BOARDS[0],
                Role::Coach => COACHES[0],
                _ => "",
            };
            let (secret, id) = token(&self.store, *role, of).await;
            story.tokens.push((*role, secret, id));
        }
        let (other_board, other_key) = token(&self.store, Role::Bestuur, BOARDS[1]).await;
        let (other_coach, _) = token(&self.store, Role::Coach, COACHES[1]).await;
        let waves = [&open, &elsewhere];
        for at in [0, 1] {
            let own = |role: Role, other: &str| if at == 0 { story.token(role).to_owned() } else { other.to_owned() };
            let (board, coach) = (own(Role::Bestuur, &other_board), own(Role::Coach, &other_coach));
            let half = self.half(at, waves[at], &board, &coach).await;
            if at == 0 { story.own = half } else { story.foreign = half }
        }
        story.foreign.ids.push(("sleutel", other_key));
        story
    }

    /// Gives a candidate an address, so that a letter can go there.
    async fn reachable(&self, candidate: &str) {
        let path = format!("/kandidaten/{candidate}");
        let mut row = self.send(&self.token, Method::GET, &path, None, None).await;
        row.body["e_mail"] = json!("vogelnest@voorbeeld.example");
        self.send(&self.token, Method::PUT, &path, Some(&row.tag()), Some(row.body.clone())).await.expect(200);
    }

    /// The account that holds the role for a board.
    async fn account_of(&self, board: &str) -> String {
        let (all, _) = self.store.read().accounts(0, 100).await.expect("accounts");
        let holds = |it: &&loket_service::records::account::Account| it.roles.iter().any(|held| held.of == board);
        all.iter().find(holds).expect("somebody of the board").id.clone()
    }

    /// What is there of one board and one coach.
    async fn half(&self, at: usize, wave: &Heard, board: &str, coach: &str) -> Half {
        let run = self.text(wave, "geldende_berekening");
        self.reachable(PROPOSED[at]).await;
        let worth = format!("/besturen/{}/capaciteit/opbrengst", BOARDS[at]);
        let asked = self.send(board, Method::POST, &worth, None, Some(json!({ "berekening": run, "aantal": 1 }))).await.expect(202);
        let question = asked["id"].as_str().expect("an id").to_owned();
        self.send(&self.token, Method::POST, &format!("/vragen/{question}/afbreking"), None, None).await.expect(202);
        let today = self.store.clock().today().to_string();
        let seat = json!({ "school": SCHOOLS[at], "plek": SEATS[at], "vanaf": today, "reden": "groep-vervalt" });
        let of_seat = self.send(board, Method::POST, "/uitvalmeldingen", None, Some(seat)).await.expect(201);
        let self_out = json!({ "vanaf": today, "reden": "afwezig" });
        let of_coach = self.send(coach, Method::POST, "/uitvalmeldingen", None, Some(self_out)).await.expect(201);
        let off = json!({ "perioden": [{ "van": today, "tot": today }] });
        let desk = format!("/coaches/{}", COACHES[at]);
        self.send(coach, Method::PUT, &format!("{desk}/vrije-dagen"), Some("\"v0\""), Some(off)).await.expect(200);
        let given = json!({ "uren": [{ "kandidaat": PLACED[at], "maand": &today[..7], "uren": 1.5 }] });
        self.send(coach, Method::PUT, &format!("{desk}/gegeven-uren"), Some("\"v0\""), Some(given)).await.expect(200);
        let batch = self.post(&format!("{desk}/uitval"), json!({ "vanaf": today })).await.expect(202);
        let batch = batch["id"].as_str().expect("an id").to_owned();
        self.ended(&format!("/herberekeningen/{batch}")).await;
        let colleague = self.account_of(BOARDS[at]).await;
        let roster = json!({
            "formaat": "loket-rooster/1", "id": format!("rooster-{at}"), "naam": "Een rooster", "soort": "gesprekken",
            "kalender": { "van": "2027-01-11", "tot": "2027-01-15" }, "beleid": { "panel": { "coach": 1 } }, "locaties": [{ "id": "kamer" }],
            "personen": [{ "id": COACHES[at], "naam": name(COACHES[at]), "rollen": ["coach"] }, { "id": colleague, "rollen": ["hr"] }],
            "deelnemers": [{ "id": PROPOSED[at], "naam": name(PROPOSED[at]), "toelichting": NOTE }],
        });
        self.post("/roosters", roster).await.expect(201);
        let planned = self.send(&self.token, Method::POST, &format!("/roosters/rooster-{at}/berekeningen"), None, None).await.expect(202);
        self.post(&format!("/roosters/rooster-{at}/uitnodigingen"), json!({})).await.expect(200);
        let planned = planned["id"].as_str().expect("an id").to_owned();
        self.ended(&format!("/roosterberekeningen/{planned}")).await;
        let plan = json!({
            "formaat": "loket-meerjarenplan/1", "id": format!("plan-{at}"), "naam": "Een meerjarenplan", "start": "2026-09", "jaren": ["2026-2027"],
            "lichtingen": [{ "id": "L1", "maand": "2026-09", "doel": 3 }], "besturen": [{ "id": BOARDS[at], "plekken": 3 }],
            "coachsoorten": [{ "id": "intern", "uren": 690, "aanname_max": 1 }],
        });
        self.post("/meerjarenplannen", plan).await.expect(201);
        let solved =
            self.send(&self.token, Method::POST, &format!("/meerjarenplannen/plan-{at}/berekeningen"), None, None).await.expect(202);
        let solved = solved["id"].as_str().expect("an id").to_owned();
        let counts = json!({ "aantallen": [{ "wat": "aangemeld", "aantal": 40 }] });
        self.send(&self.token, Method::PATCH, "/trechter/2024-1", None, Some(counts)).await.expect(200);
        let snapshot = self.post("/metingen", json!({ "peildatum": today })).await.expect(201);
        let approving = Asked { caller: Caller::machine("toegang"), key: None };
        funnel::approve(&self.store, &approving, snapshot["id"].as_str().expect("an id")).await.expect("approved");
        self.ended(&format!("/meerjarenplanberekeningen/{solved}")).await;
        let id = |it: &Value| it["id"].as_str().expect("an id").to_owned();
        let account = accounts_of(&self.store).await;
        Half {
            ids: vec![
                ("lichting", self.text(wave, "id")),
                ("berekening", run),
                ("vraag", question),
                ("kandidaat", PROPOSED[at].to_owned()),
                ("bestuur", BOARDS[at].to_owned()),
                ("school", SCHOOLS[at].to_owned()),
                ("plek", SEATS[at].to_owned()),
                ("coach", COACHES[at].to_owned()),
                ("herberekening", batch),
                ("rooster", format!("rooster-{at}")),
                ("roosterberekening", planned),
                ("plan", format!("plan-{at}")),
                ("halfjaar", "2024-1".to_owned()),
                ("meting", id(&snapshot)),
                ("meerjarenplanberekening", solved),
                ("deelnemer", PROPOSED[at].to_owned()),
                ("persoon", COACHES[at].to_owned()),
                ("collega", colleague),
                ("melding-bestuur", id(&of_seat)),
                ("melding-coach", id(&of_coach)),
                ("account", account),
            ],
        }
    }

    fn text(&self, of: &Heard, key: &str) -> String {
        of.body[key].as_str().unwrap_or_else(|| panic!("{key}: {}", of.body)).to_owned()
    }
}

async fn accounts_of(store: &Store) -> String {
    let (all, _) = store.read().accounts(0, 100).await.expect("accounts");
    all.last().expect("an account").id.clone()
}

impl Story {
    /// The token of a role.
    pub fn token(&self, role: Role) -> &str {
        &self.tokens.iter().find(|it| it.0 == role).expect("every role has one").1
    }

    /// What goes by this name in a path, of a half, as somebody in a role would name it.
    pub fn named(&self, role: Role, name: &str, own: bool) -> Option<String> {
        let half = if own { &self.own } else { &self.foreign };
        match name {
            "sleutel" if own => self.tokens.iter().find(|it| it.0 == role).map(|it| it.2.clone()),
            // In a roster somebody of a board goes under the account.
            "persoon" if role == Role::Bestuur => half.id("collega").map(str::to_owned),
            "melding" if role == Role::Coach => half.id("melding-coach").map(str::to_owned),
            "melding" => half.id("melding-bestuur").map(str::to_owned),
            // A word and no id: whose answer it is.
            "partij" => Some(match role {
                Role::Bestuur => "bestuur".to_owned(),
                Role::Coach => "coach".to_owned(),
                _ => "kandidaat".to_owned(),
            }),
            // What belongs to no board and no coach, and is not told in the story.
            "beleid" | "nummer" | "beleidsproef" | "schooljaar" | "instelling" | "bericht" | "verbod" | "proef" | "notitie" | "sessie"
            | "verzoek" | "openvoorstel" => Some(format!("onbekend-{name}")),
            _ => half.id(name).map(str::to_owned),
        }
    }

    /// Names and ids that somebody in a role may not see: the other half's, and of its own half who may not be named yet.
    pub fn forbidden(&self, role: Role) -> Vec<String> {
        let people = [PLACED[0], PLACED[1], PROPOSED[0], PROPOSED[1], LEFT, ELSEWHERE];
        let mut all: Vec<String> = vec![NOTE.into()];
        let (mut names, mut ids): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        match role {
            Role::Bestuur => {
                names.extend([PLACED[1], PROPOSED[0], PROPOSED[1], LEFT, ELSEWHERE, COACHES[1], SCHOOLS[1], BOARDS[1]]);
                ids.extend([PLACED[1], PROPOSED[1], LEFT, ELSEWHERE, COACHES[1], SCHOOLS[1], BOARDS[1], SEATS[1]]);
            }
            Role::Coach => {
                names.extend([PLACED[1], PROPOSED[0], PROPOSED[1], LEFT, ELSEWHERE, COACHES[1], SCHOOLS[1], BOARDS[0], BOARDS[1]]);
                // The coach is asked about PROPOSED[0], by pseudonym.
                ids.extend([PLACED[1], PROPOSED[1], LEFT, ELSEWHERE, COACHES[1], SCHOOLS[1], BOARDS[1], SEATS[1]]);
            }
            Role::Lezer => {
                names.extend(NAMES.iter().map(|it| it.0));
                ids.extend(people.into_iter().chain(COACHES).chain(SCHOOLS).chain(SEATS));
            }
            Role::Beheerder => names.extend(people.into_iter().chain(COACHES).chain(SCHOOLS)),
            Role::Intermediair | Role::Systeem | Role::Link => return Vec::new(),
        }
        all.extend(names.into_iter().map(|it| name(it).to_owned()));
        all.extend(ids.into_iter().map(str::to_owned));
        if matches!(role, Role::Bestuur | Role::Coach | Role::Lezer) {
            let kinds = ["vraag", "melding-bestuur", "melding-coach", "herberekening"];
            all.extend(kinds.iter().filter_map(|it| self.foreign.id(it)).map(str::to_owned));
        }
        all
    }
}
