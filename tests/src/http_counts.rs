//! How often a list asks the database: as often for five rows as for two, in every role that may read it. A list of the description that is
//! neither asked here nor named with a reason fails.

use std::collections::{BTreeMap, BTreeSet};

use loket_service::access::{Caller, Role};
use loket_service::actions::Asked;
use loket_service::actions::accounts::{self, Invited};
use loket_service::records::account::Held;
use loket_service::store::Counter;
use loket_solver::matching::facts::words::Word;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, Heard, YEAR};
use crate::http::rules::operations;

/// Lists that answer with everything at once, beside those by the page.
const WHOLE: [&str; 3] = ["/uitnodigingen", "/coaches/{coach}/afspraken", "/herberekeningen/{herberekening}"];

/// Lists that are not made longer here, and why.
const NOT_GROWN: [(&str, &str); 6] = [
    ("/beleid/{beleid}/{nummer}/beleidsproeven", "a trial needs waves of years"),
    ("/identiteiten", "needs a provider"),
    ("/roosters/{rooster}/berekeningen", "a roster computed again is the same run until somebody decides"),
    ("/meerjarenplannen/{plan}/berekeningen", "the same"),
    ("/openbare-gegevens/{openvoorstel}/verschillen", "rows of one table by number"),
    ("/besturen/{bestuur}/geschiedenis", "as that of a school"),
];

/// What is asked for each row on purpose: figures are counted from the file of a wave and its outcome, one wave in memory at a time.
const FOR_EACH_ROW: [(&str, i64); 1] = [("/cijfers", 2)];

fn wave(id: &str, many: usize) -> Value {
    let all = || 0..many;
    let school = |at: usize| {
        json!({ "id": format!("S{at}"), "naam": format!("School {at}"), "bestuur": "B0", "lat": 52.37, "lon": 4.89,
            "plekken": [{ "id": format!("p{at}"), "bouw": "onderbouw", "aantal": 9 }] })
    };
    let coach = |id: String, most: u32| json!({ "id": id, "naam": format!("Vink {id}"), "lat": 52.372, "lon": 4.895, "maximum": most, "uren": most * 60 });
    let mut coaches: Vec<Value> = all().map(|at| coach(format!("C{at}"), 1)).collect();
    coaches.push(coach("K0".into(), 99));
    let person = |at: usize| json!({ "id": format!("{id}-{at}"), "naam": format!("Kanarie {id} {at}"), "lat": 52.375, "lon": 4.893, "bouwen": ["onderbouw"] });
    let lock = |at: usize| json!({ "kandidaat": format!("{id}-{at}"), "school": "S0", "plek": "p0", "coach": "K0" });
    json!({
        "formaat": "loket-lichting/1", "id": id, "naam": "Een lichting", "fase": "opleiding",
        "besturen": all().map(|at| json!({ "id": format!("B{at}"), "naam": format!("Bestuur {at}") })).collect::<Vec<_>>(),
        "scholen": all().map(school).collect::<Vec<_>>(), "coaches": coaches,
        "kandidaten": all().map(person).collect::<Vec<_>>(), "vast": all().map(lock).collect::<Vec<_>>(),
    })
}

fn roster(id: &str, many: usize, colleague: &str) -> Value {
    json!({
        "formaat": "loket-rooster/1", "id": id, "naam": "Een rooster", "soort": "gesprekken",
        "kalender": { "van": "2027-01-11", "tot": "2027-01-15" }, "beleid": { "panel": { "coach": 1, "hr": 1 } },
        "locaties": [{ "id": "kamer", "naam": "Kamer" }],
        "personen": [{ "id": "K0", "naam": "Vink K0", "rollen": ["coach"] }, { "id": colleague, "naam": "Mees", "rollen": ["hr"] }],
        "deelnemers": (0..many).map(|at| json!({ "id": format!("{id}-{at}"), "naam": format!("Kanarie {at}") })).collect::<Vec<_>>(),
    })
}

struct Story {
    desk: Desk,
    counter: Counter,
    tokens: Vec<(Role, String)>,
    ids: BTreeMap<&'static str, String>,
}

async fn token(desk: &Desk, role: Role, of: &str) -> (String, String) {
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let invited = Invited { name: "proef".into(), address: None, roles: vec![Held { role, of: of.into() }] };
    let made = accounts::script(&desk.store, &asked, invited, None).await.expect("a token");
    (made.secret.told().to_owned(), made.made.account)
}

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap_or_else(|| panic!("no id: {of}")).to_owned()
}

impl Story {
    /// So many of everything.
    async fn told(name: &str, many: usize) -> Self {
        let (desk, counter) = Desk::counted(name).await;
        let mut story = Self { desk, counter, tokens: Vec::new(), ids: BTreeMap::new() };
        story.waves(many).await;
        let (board, colleague) = token(&story.desk, Role::Bestuur, "B0").await;
        story.tokens.push((Role::Bestuur, board));
        for (role, of) in [(Role::Coach, "K0"), (Role::Beheerder, ""), (Role::Lezer, ""), (Role::Intermediair, "")] {
            let made = token(&story.desk, role, of).await.0;
            story.tokens.push((role, made));
        }
        story.beside(many, &colleague).await;
        story.fallen_out(many).await;
        story
    }

    fn token(&self, role: Role) -> &str {
        &self.tokens.iter().find(|it| it.0 == role).expect("a token of every role").1
    }

    async fn as_role(&self, role: Role, method: Method, path: &str, body: Option<Value>) -> Heard {
        self.desk.send_as(Some(self.token(role)), method, path, &[], body).await
    }

    async fn waves(&mut self, many: usize) {
        let desk = &self.desk;
        let published = desk.solved(wave("vast", many), YEAR).await;
        desk.publish("/lichtingen/vast/vaststelling", &published.tag()).await.expect(200);
        for at in 0..many {
            let path = format!("/lichtingen/w{at}");
            desk.solved(wave(&format!("w{at}"), many), YEAR).await;
            for candidate in 0..many {
                desk.put_new(&format!("{path}/beoordelingen/w{at}-{candidate}"), json!({ "besluit": "akkoord" })).await.expect(200);
            }
            desk.post(&format!("{path}/antwoorden"), json!({})).await.expect(200);
        }
        let about = "/lichtingen/w0/beoordelingen/w0-0";
        for at in 0..many {
            desk.post(&format!("{about}/notities"), json!({ "tekst": format!("Notitie {at}") })).await.expect(201);
            let tag = desk.get(about).await.tag();
            desk.drop(about, &tag).await;
            desk.put_new(about, json!({ "besluit": "akkoord" })).await.expect(200);
            let change = json!({ "kandidaat": format!("w0-{at}"), "keuze": "plaatsen", "school": "S1" });
            desk.post("/lichtingen/w0/proeven", json!({ "naam": format!("Proef {at}"), "veranderingen": [change] })).await.expect(202);
            desk.edit(&format!("/scholen/S{at}"), json!({ "naam": format!("Anders {at}") })).await.expect(200);
            for (kind, row) in [("scholen", "S0"), ("coaches", "K0"), ("kandidaten", "w0-0")] {
                desk.edit(&format!("/{kind}/{row}"), json!({ "naam": format!("Nog anders {at}") })).await.expect(200);
            }
        }
    }

    async fn beside(&mut self, many: usize, colleague: &str) {
        let desk = &self.desk;
        let counts = json!({ "aantallen": [{ "wat": "aangemeld", "aantal": 40 }] });
        desk.send(Method::PATCH, "/trechter/2024-1", &[], Some(counts)).await.expect(200);
        for at in 0..many {
            let path = format!("/roosters/r{at}");
            desk.post("/roosters", roster(&format!("r{at}"), 2, colleague)).await.expect(201);
            desk.post(&format!("{path}/uitnodigingen"), json!({})).await.expect(200);
            desk.send(Method::POST, &format!("{path}/berekeningen"), &[], None).await.expect(202);
            desk.work().await;
            let tag = desk.get(&path).await.tag();
            desk.send(Method::POST, &format!("{path}/publicatie"), &[("if-match", &tag)], None).await.expect(200);
            let plan = json!({
                "formaat": "loket-meerjarenplan/1", "id": format!("plan-{at}"), "naam": "Een plan", "start": "2026-09", "jaren": ["2026-2027"],
                "lichtingen": [{ "id": "L1", "maand": "2026-09", "doel": 3 }], "besturen": [{ "id": "B0", "plekken": 3 }],
                "coachsoorten": [{ "id": "intern", "uren": 690, "aanname_max": 1 }],
            });
            desk.post("/meerjarenplannen", plan).await.expect(201);
            desk.post("/beleid", json!({ "naam": format!("rustig-{at}"), "fase": "opleiding", "inhoud": { "dagdelen_samen": 3 } }))
                .await
                .expect(201);
            desk.post("/metingen", json!({ "peildatum": format!("2026-06-{:02}", at + 1) })).await.expect(201);
            let wish = json!({ "soort": "inzage", "persoon_soort": "kandidaat", "persoon": format!("w0-{at}") });
            desk.post("/privacyverzoeken", wish).await.expect(201);
            let seat = json!({ "school": format!("S{at}"), "plek": format!("p{at}"), "vanaf": "2026-09-01", "reden": "groep-vervalt" });
            self.as_role(Role::Bestuur, Method::POST, "/uitvalmeldingen", Some(seat)).await.expect(201);
            let csv = "VESTIGINGSCODE;VESTIGINGSNAAM;BEVOEGD GEZAG NUMMER;POSTCODE;GEMEENTENAAM\r\n";
            let csv = format!("{csv}98XC0{at};De Specht {at};4000{at};1011AB;AMSTERDAM\r\n");
            let open = desk.client.post(format!("{}/v1/openbare-gegevens?soort=vestigingen", desk.base()));
            let made = open.bearer_auth(crate::desk::TOKEN).header("content-type", "text/csv").body(csv).send().await.expect("an answer");
            assert_eq!(made.status(), 201, "{}", made.text().await.unwrap_or_default());
            token(desk, Role::Coach, &format!("C{at}")).await;
            let body = json!({ "adres": format!("niemand-{at}@voorbeeld.example"), "wachtwoord": "een zin die niet klopt" });
            desk.send_as(None, Method::POST, "/aanmelding", &[], Some(body)).await;
        }
    }

    /// Coaches who are in every wave fall out, and each batch is accepted for one wave of its own; then nobody wants to come to the last wave.
    async fn fallen_out(&mut self, many: usize) {
        let desk = &self.desk;
        for at in 0..many {
            let batch = desk.post(&format!("/coaches/C{at}/uitval"), json!({ "vanaf": "2026-09-01" })).await.expect(202);
            desk.work().await;
            let path = format!("/herberekeningen/{}", id(&batch));
            let tag = desk.get(&path).await.tag();
            desk.act_with(&format!("{path}/aanvaarding"), &tag, json!({ "lichtingen": [format!("w{at}")] })).await.expect(200);
            self.ids.insert("herberekening", id(&batch));
        }
        for at in 0..many {
            let path = format!("/lichtingen/w0/antwoorden/w0-{at}/kandidaat");
            let tag = desk.get(&path).await.tag();
            let no = json!({ "antwoord": "nee", "reden": "te-ver", "hoe": "telefoon" });
            desk.act_with(&path, &tag, no).await.expect(200);
        }
        let wave = desk.get("/lichtingen/w0").await.expect(200);
        let run = wave["geldende_berekening"].as_str().expect("a plan").to_owned();
        let known = [("kandidaat", "w0-0"), ("bestuur", "B0"), ("school", "S0"), ("coach", "K0"), ("rooster", "r0"), ("plan", "plan-0")];
        self.ids.extend(known.map(|(name, id)| (name, id.to_owned())));
        self.ids.insert("berekening", run);
    }

    fn path(&self, template: &str) -> String {
        let published = ["/plaatsingen", "/brieven"].iter().any(|it| template == format!("/lichtingen/{{lichting}}{it}"));
        let path = template.replace("{lichting}", if published { "vast" } else { "w0" });
        self.ids.iter().fold(path, |path, (name, id)| path.replace(&format!("{{{name}}}"), id))
    }

    /// How many rows a list has in a role, and what it asks the database; nothing where the role is refused.
    async fn asked(&self, role: Role, path: &str) -> Option<(i64, Vec<String>)> {
        let separator = if WHOLE.iter().any(|it| self.path(it) == path) { "" } else { "?paginaGrootte=200" };
        let path = format!("{path}{separator}");
        let first = self.as_role(role, Method::GET, &path, None).await;
        if first.status != 200 {
            return None;
        }
        // What is written down at the first time is there at the next.
        self.counter.take();
        let heard = self.as_role(role, Method::GET, &path, None).await;
        let asked = self.counter.take().into_iter().map(|it| it.sql.into_owned()).collect();
        let rows = match heard.body["totaal"].as_i64() {
            Some(rows) => rows,
            None => heard.body["lichtingen"].as_array().map_or(0, |all| i64::try_from(all.len()).unwrap_or(0)),
        };
        Some((rows, asked))
    }
}

/// Lists with the roles that may read them.
fn lists() -> Vec<(String, Vec<Role>)> {
    let by_page = |it: &crate::http::rules::Operation| it.method == "get" && it.takes("pagina");
    let mut all = Vec::new();
    for operation in operations() {
        let path = operation.template.trim_start_matches("/v1").to_owned();
        if by_page(&operation) || (operation.method == "get" && WHOLE.contains(&path.as_str())) {
            let words: Vec<&str> = operation.says["x-rollen"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            all.push((path, Role::HELD.iter().copied().filter(|it| words.contains(&it.code())).collect()));
        }
    }
    all
}

/// Statements that were asked more often, with how often.
fn more(few: &[String], many: &[String]) -> String {
    let count = |all: &[String], sql: &String| all.iter().filter(|it| *it == sql).count();
    let all: BTreeSet<&String> = many.iter().collect();
    let grown = all.into_iter().map(|sql| (count(few, sql), count(many, sql), sql)).filter(|(few, many, _)| many > few);
    grown.map(|(few, many, sql)| format!("\n    {few} -> {many}: {}", sql.chars().take(140).collect::<String>())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_asks_the_database_as_often_for_many_rows_as_for_few() {
    let (few, many) = (Story::told("counts-few", 2).await, Story::told("counts-many", 5).await);
    let (mut wrong, lists) = (Vec::new(), lists());
    assert!(lists.len() > 35, "{} lists", lists.len());
    for (template, roles) in &lists {
        if NOT_GROWN.iter().any(|(it, _)| it == template) {
            continue;
        }
        let mut grew = false;
        for &role in roles {
            let (here, there) = (few.asked(role, &few.path(template)).await, many.asked(role, &many.path(template)).await);
            let (Some((short, few)), Some((long, many))) = (here, there) else { continue };
            grew |= long > short;
            let for_each = FOR_EACH_ROW.iter().find(|(it, _)| it == template).map_or(0, |(_, count)| count * (long - short));
            let (few_count, many_count) = (i64::try_from(few.len()).expect("a count"), i64::try_from(many.len()).expect("a count"));
            println!("{template} {}: {few_count} for {short}, {many_count} for {long}", role.code());
            if many_count > few_count + for_each {
                wrong.push(format!("{template} as {}: {few_count} for {short}, {many_count} for {long}{}", role.code(), more(&few, &many)));
            }
        }
        if !grew {
            wrong.push(format!("{template}: no longer for anybody in {roles:?}; make it so, or say in NOT_GROWN why not"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    few.desk.close().await;
    many.desk.close().await;
}
