//! Two intermediaries and a board at work in one wave, in random steps on what each last saw, held against a plain map: no decision is lost,
//! every conflict is told with both values, and nobody takes back what another did.
//!
//! `LOKET_STEPS` is how many steps there are, 200 without it; `make soak` takes 2,000. The seed is `LOKET_SEED`, else that of today.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{SystemTime, UNIX_EPOCH};

use loket_service::access::Role;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Person, of, two_boards};
use crate::desk::{Desk, Heard, YEAR};
use crate::support::{Dice, from_environment};

const PEOPLE: usize = 12;
const SEAT: &str = "/besturen/B1/scholen/S1/plekken/onderbouw";

/// What stands about somebody: what was said and by whom.
type Stands = Option<(String, usize)>;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Decided,
    Withdrawn,
    Undid(i64),
}

/// A step that was acknowledged.
#[derive(Clone, Debug)]
struct Step {
    number: i64,
    who: usize,
    about: String,
    kind: Kind,
    before: Stands,
    group: Option<i64>,
}

/// What must be.
#[derive(Default)]
struct Model {
    steps: Vec<Step>,
    stands: BTreeMap<String, (String, usize, i64)>,
    /// By run: who asked, and when how many steps were done.
    runs: BTreeMap<String, (usize, i64)>,
    notes: BTreeMap<String, (String, i64, String)>,
}

impl Model {
    fn count(&self) -> i64 {
        i64::try_from(self.steps.len()).expect("few")
    }

    fn version(&self, about: &str) -> i64 {
        self.stands.get(about).map_or(0, |it| it.2)
    }

    fn now(&self, about: &str) -> Stands {
        self.stands.get(about).map(|(said, who, _)| (said.clone(), *who))
    }

    fn step(&mut self, who: usize, about: &str, kind: Kind, then: Stands, group: Option<i64>) {
        let (before, number) = (self.now(about), self.count() + 1);
        match then {
            Some((said, by)) => drop(self.stands.insert(about.into(), (said, by, number))),
            None => drop(self.stands.remove(about)),
        }
        self.steps.push(Step { number, who, about: about.into(), kind, before, group });
    }

    fn undone(&self, number: i64) -> bool {
        self.steps.iter().any(|it| it.kind == Kind::Undid(number))
    }

    /// The newest own step, or group, that was not taken back; the newest first.
    fn newest(&self, who: usize) -> Vec<Step> {
        let open = |it: &&Step| it.who == who && !matches!(it.kind, Kind::Undid(_)) && !self.undone(it.number);
        let Some(last) = self.steps.iter().rev().find(open) else { return Vec::new() };
        let same = |it: &&Step| it.number == last.number || (last.group.is_some() && it.group == last.group);
        self.steps.iter().rev().filter(open).filter(same).cloned().collect()
    }

    /// Whether somebody else built on a step.
    fn built_on(&self, step: &Step) -> bool {
        let nothing = |it: &Step| match it.kind {
            Kind::Undid(of) => of > step.number,
            _ => self.undone(it.number),
        };
        self.steps.iter().any(|it| it.about == step.about && it.number > step.number && it.who != step.who && !nothing(it))
    }
}

struct Play<'a> {
    people: Vec<Person<'a>>,
    board: Person<'a>,
    dice: Dice,
    model: Model,
    /// The version of a decision, and the number of what can be undone, that each last saw.
    seen: Vec<BTreeMap<String, i64>>,
    undoable: Vec<i64>,
    seats: (i64, i64),
    board_saw: i64,
    happened: BTreeMap<&'static str, usize>,
}

fn tag(version: i64) -> String {
    format!("\"v{version}\"")
}

/// What a decision says, as it was sent.
fn said(it: &Value) -> String {
    let more = ["reikwijdte", "reden"].map(|key| it[key].as_str().unwrap_or_default());
    let place = if it["besluit"] == "alternatief" { it["plaatsing"].to_string() } else { String::new() };
    format!("{} {} {} {place}", it["besluit"].as_str().unwrap_or_default(), more[0], more[1])
}

impl Play<'_> {
    fn candidate(&mut self) -> String {
        format!("Z{}", self.dice.throw(PEOPLE) + 1)
    }

    fn body(&mut self) -> Value {
        let reject = |scope: &str| json!({ "besluit": "afwijzen", "reden": "anders", "reikwijdte": scope });
        match self.dice.throw(8) {
            0 | 1 => json!({ "besluit": "akkoord" }),
            2 => json!({ "besluit": "vast" }),
            3 => reject("coach"),
            4 => reject("school"),
            5 => reject("bestuur"),
            at => {
                json!({ "besluit": "alternatief", "plaatsing": { "school": if at == 6 { "S1" } else { "S2" }, "plek": "onderbouw", "coach": "K2" } })
            }
        }
    }

    fn note(&mut self, what: &'static str) {
        *self.happened.entry(what).or_default() += 1;
    }

    /// A refusal must tell what there is, and what was sent.
    fn refused(&mut self, heard: &Heard, about: &str, yours: Option<&Value>) {
        assert_eq!(heard.status, 412, "{about}: {}", heard.body);
        let now = &heard.body["huidig"];
        match self.model.stands.get(about) {
            None => assert_eq!(*now, Value::Null, "{about}"),
            Some((what, who, version)) => {
                assert_eq!(
                    (said(now), &now["door"], &now["versie"]),
                    (what.clone(), &json!(self.people[*who].id), &json!(version)),
                    "{about}"
                );
            }
        }
        if let Some(yours) = yours {
            assert_eq!(said(&heard.body["uw"]), said(yours), "{about}");
        }
        self.note("stale");
    }

    async fn decide(&mut self, who: usize) {
        let (about, body) = (self.candidate(), self.body());
        let saw = self.seen[who].get(&about).copied().unwrap_or_default();
        let heard = self.put(who, &about, saw, &body).await;
        self.decided(who, &about, saw, &body, heard);
    }

    async fn put(&self, who: usize, about: &str, saw: i64, body: &Value) -> Heard {
        let tag = tag(saw);
        let header = if saw == 0 { ("if-none-match", "*") } else { ("if-match", tag.as_str()) };
        self.people[who].send(Method::PUT, &of(about), &[header], Some(body.clone())).await
    }

    fn decided(&mut self, who: usize, about: &str, saw: i64, body: &Value, heard: Heard) {
        if saw != self.model.version(about) {
            self.refused(&heard, about, Some(body));
        } else {
            assert_eq!(heard.status, 200, "{about}: {}", heard.body);
            self.model.step(who, about, Kind::Decided, Some((said(body), who)), None);
            assert_eq!(heard.body["versie"], json!(self.model.count()), "each step has a number of its own");
            self.note("decided");
        }
        self.seen[who].insert(about.into(), self.model.version(about));
    }

    /// Two people decide about the same proposal at the same moment, on the same version.
    async fn at_once(&mut self) {
        let (about, bodies) = (self.candidate(), [self.body(), self.body()]);
        let saw = self.model.version(&about);
        let (one, two) = tokio::join!(self.put(0, &about, saw, &bodies[0]), self.put(1, &about, saw, &bodies[1]));
        let mut both = [Some(one), Some(two)];
        let first = usize::from(both[0].as_ref().is_none_or(|it| it.status != 200));
        for who in [first, 1 - first] {
            let heard = both[who].take().expect("an answer");
            self.decided(who, &about, saw, &bodies[who], heard);
        }
        self.note("at once");
    }

    async fn withdraw(&mut self, who: usize) {
        let about = self.candidate();
        let saw = self.seen[who].get(&about).copied().unwrap_or_default();
        let heard = self.people[who].send(Method::DELETE, &of(&about), &[("if-match", &tag(saw))], None).await;
        if self.model.version(&about) == 0 {
            assert_eq!(heard.status, 404);
        } else if saw != self.model.version(&about) {
            self.refused(&heard, &about, None);
        } else {
            assert_eq!(heard.status, 204, "{}", heard.body);
            self.model.step(who, &about, Kind::Withdrawn, None, None);
            self.note("withdrawn");
        }
        self.seen[who].insert(about.clone(), self.model.version(&about));
    }

    async fn look(&mut self, who: usize) {
        let about = self.candidate();
        let heard = self.people[who].get(&of(&about)).await;
        match self.model.stands.get(&about) {
            None => assert_eq!(heard.status, 404),
            Some((what, by, version)) => {
                assert_eq!((said(&heard.body), &heard.body["door"]), (what.clone(), &json!(self.people[*by].id)));
                assert_eq!(heard.tag(), tag(*version));
            }
        }
        self.seen[who].insert(about.clone(), self.model.version(&about));
    }

    async fn undo(&mut self, who: usize) {
        let newest = self.model.newest(who);
        let number = newest.first().map_or(0, |it| it.number);
        if self.dice.throw(3) > 0 {
            let heard = self.people[who].get("/lichtingen/w/ongedaan").await;
            assert_eq!((heard.tag(), &heard.body["nummer"]), (tag(number), &json!(number)), "{}", heard.body);
            self.undoable[who] = number;
        }
        let first = newest.iter().map(|it| it.number).min().unwrap_or_default();
        let run = self.model.runs.values().any(|(by, known)| *by != who && *known >= first);
        let blocked = run || newest.iter().any(|it| self.model.built_on(it));
        let saw = self.undoable[who];
        let heard = self.people[who].send(Method::POST, "/lichtingen/w/ongedaan", &[("if-match", &tag(saw))], None).await;
        if saw != number {
            assert_eq!((heard.status, &heard.body["huidig"]["nummer"], &heard.body["uw"]["nummer"]), (412, &json!(number), &json!(saw)));
            self.undoable[who] = number;
            self.note("undo stale");
        } else if number == 0 {
            assert_eq!(heard.status, 409);
        } else if blocked {
            assert_eq!(heard.status, 409, "{number} of {who}: {}", heard.body);
            let points = heard.body["conflicten"].as_array().expect("who and what");
            assert!(points.iter().all(|it| it["rol"] == "intermediair" && it["door"] != json!(self.people[who].id)), "{points:?}");
            assert_eq!(heard.body["huidig"]["nummer"], json!(number));
            self.note("undo refused");
        } else {
            assert_eq!(heard.status, 200, "{number} of {who}: {}", heard.body);
            // By candidate, as they are taken back.
            let mut back = newest;
            back.sort_by(|one, other| one.about.cmp(&other.about));
            for it in back {
                self.model.step(who, &it.about, Kind::Undid(it.number), it.before.clone(), None);
            }
            assert_eq!(heard.body["nummer"], json!(self.model.count()));
            self.note("undone");
        }
    }

    async fn group(&mut self, who: usize) {
        let body = json!({ "besluit": "akkoord", "filter": {} });
        let heard = self.people[who].send(Method::POST, "/lichtingen/w/beoordelingen", &[], Some(body)).await;
        if self.model.stands.len() == PEOPLE {
            assert_eq!(heard.status, 409, "{}", heard.body);
            return;
        }
        assert_eq!(heard.status, 200, "{}", heard.body);
        let agreed: Vec<String> =
            heard.body["akkoord"].as_array().expect("who").iter().map(|it| it.as_str().expect("an id").into()).collect();
        assert_eq!((agreed.len(), &heard.body["gelaten"]), (PEOPLE - self.model.stands.len(), &json!(self.model.stands.len())));
        let group = Some(self.model.count());
        for about in agreed {
            assert_eq!(self.model.now(&about), None, "what was decided stays");
            self.model.step(who, &about, Kind::Decided, Some((said(&json!({ "besluit": "akkoord" })), who)), group);
        }
        self.note("group");
    }

    async fn run(&mut self, who: usize) {
        let heard = self.people[who].send(Method::POST, "/lichtingen/w/berekeningen", &[], None).await.expect(202);
        let (id, count) = (heard["id"].as_str().expect("an id").to_owned(), self.model.count());
        // The very same question is the run that there is.
        self.model.runs.entry(id).or_insert((who, count));
        self.note("run");
    }

    async fn notes(&mut self, who: usize) {
        let about = self.candidate();
        let text = format!("notitie {}", self.model.count() + i64::try_from(self.dice.throw(1_000)).expect("few"));
        let path = format!("{}/notities", of(&about));
        let Some((id, version, was)) = self.model.notes.get(&about).cloned() else {
            let made = self.people[who].send(Method::POST, &path, &[], Some(json!({ "tekst": text }))).await.expect(201);
            self.model.notes.insert(about, (made["id"].as_str().expect("an id").into(), 1, text));
            return;
        };
        let saw = version - i64::from(self.dice.throw(2) == 0 && version > 1);
        let put =
            self.people[who].send(Method::PUT, &format!("{path}/{id}"), &[("if-match", &tag(saw))], Some(json!({ "tekst": text }))).await;
        if saw == version {
            assert_eq!((put.status, &put.body["versie"]), (200, &json!(version + 1)));
            self.model.notes.insert(about, (id, version + 1, text));
        } else {
            assert_eq!((put.status, &put.body["huidig"]["tekst"], &put.body["uw"]["tekst"]), (412, &json!(was), &json!(text)));
        }
    }

    /// The board changes its own seats on what it last saw, and finds nothing of anybody else.
    async fn of_board(&mut self) {
        let (now, version) = self.seats;
        let saw = if self.dice.throw(2) == 0 { version } else { self.board_saw };
        let more = now + 1 + i64::try_from(self.dice.throw(3)).expect("few");
        let more = if more > 45 { i64::try_from(PEOPLE).expect("few") } else { more };
        let body = json!({ "bouw": "onderbouw", "aantal": more, "van": YEAR.0, "tot": YEAR.1, "bevestigd": true });
        let put = self.board.send(Method::PUT, SEAT, &[("if-match", &tag(saw))], Some(body)).await;
        if saw == version {
            assert_eq!(put.status, 200, "{}", put.body);
            self.seats = (more, put.body["versie"].as_i64().expect("a version"));
            self.note("seats");
        } else {
            assert_eq!((put.status, &put.body["huidig"]["aantal"], &put.body["uw"]["aantal"]), (412, &json!(now), &json!(more)));
        }
        // What it saw may be older than what is there the next time.
        if self.dice.throw(2) == 0 {
            self.board_saw = self.seats.1;
        }
        assert_eq!(self.board.get(&SEAT.replace("B1", "B2").replace("S1", "S2")).await.status, 404);
        assert_eq!(self.board.get(&of("Z1")).await.status, 403);
        assert_eq!(self.board.send(Method::POST, "/lichtingen/w/ongedaan", &[("if-match", "\"v1\"")], None).await.status, 403);
    }

    async fn step(&mut self) {
        let who = self.dice.throw(2);
        match self.dice.throw(100) {
            0..40 => self.decide(who).await,
            40..50 => self.at_once().await,
            50..58 => self.withdraw(who).await,
            58..72 => self.undo(who).await,
            72..76 => self.group(who).await,
            76..78 => self.run(who).await,
            78..84 => self.notes(who).await,
            84..90 => self.of_board().await,
            _ => self.look(who).await,
        }
    }

    /// Everything that stands is what must, by whom it was.
    async fn check(&self) {
        let told = self.people[0].get("/lichtingen/w/beoordelingen").await.expect(200);
        let rows = told["resultaten"].as_array().expect("decisions");
        let told_rows: BTreeMap<String, (String, &str, i64)> = rows
            .iter()
            .map(|it| {
                let (id, by) = (it["kandidaat"].as_str().expect("an id"), it["door"].as_str().expect("an account"));
                (id.to_owned(), (said(it), by, it["versie"].as_i64().expect("a version")))
            })
            .collect();
        let must: BTreeMap<String, (String, &str, i64)> = self
            .model
            .stands
            .iter()
            .map(|(id, (what, who, version))| (id.clone(), (what.clone(), self.people[*who].id.as_str(), *version)))
            .collect();
        assert_eq!((told_rows, &told["nummer"]), (must, &json!(self.model.count())));
    }

    /// Every step that was acknowledged is in the history once, and no undoing is of another's step.
    async fn histories(&self) {
        let mut found: BTreeMap<i64, (String, String, String, Value)> = BTreeMap::new();
        for at in 1..=PEOPLE {
            let about = format!("Z{at}");
            let mut page = 1;
            loop {
                let told = self.people[1].get(&format!("{}/geschiedenis?paginaGrootte=200&pagina={page}", of(&about))).await.expect(200);
                let rows = told["resultaten"].as_array().expect("steps");
                for it in rows {
                    let text = |key: &str| it[key].as_str().expect("text").to_owned();
                    let number = it["nummer"].as_i64().expect("a number");
                    let twice = found.insert(number, (about.clone(), text("door"), text("stap"), it["terug"].clone()));
                    assert_eq!(twice, None, "{number} is there once");
                }
                if rows.len() < 200 {
                    break;
                }
                page += 1;
            }
        }
        let must: BTreeMap<i64, (String, String, String, Value)> = self
            .model
            .steps
            .iter()
            .map(|it| {
                let (word, undoes) = match it.kind {
                    Kind::Decided => ("besluit", Value::Null),
                    Kind::Withdrawn => ("intrekking", Value::Null),
                    Kind::Undid(number) => ("ongedaan", json!(number)),
                };
                (it.number, (it.about.clone(), self.people[it.who].id.clone(), word.to_owned(), undoes))
            })
            .collect();
        assert_eq!(found, must);
        for (number, (about, who, _, undoes)) in &found {
            if let Some(undoes) = undoes.as_i64() {
                assert_eq!((&found[&undoes].0, &found[&undoes].1), (about, who), "{number} undoes one's own");
            }
        }
        let undone: Vec<&Value> = found.values().map(|it| &it.3).filter(|it| !it.is_null()).collect();
        assert_eq!(undone.iter().map(|it| it.as_i64()).collect::<BTreeSet<_>>().len(), undone.len(), "each once");
        for (about, (id, version, text)) in &self.model.notes {
            let note = self.people[0].get(&format!("{}/notities/{id}", of(about))).await.expect(200);
            assert_eq!((&note["tekst"], &note["versie"]), (&json!(text), &json!(version)));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_intermediaries_and_a_board_lose_no_decision_and_undo_nothing_of_each_other() {
    let day = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs() / 86_400;
    let (seed, steps) = (from_environment("LOKET_SEED").unwrap_or(day), from_environment("LOKET_STEPS").unwrap_or(200));
    println!("LOKET_SEED={seed} LOKET_STEPS={steps}");
    let desk = Desk::open("reviewers").await;
    desk.solved(two_boards(PEOPLE), YEAR).await;
    let people = vec![Person::new(&desk, Role::Intermediair, "Ans", "").await, Person::new(&desk, Role::Intermediair, "Bob", "").await];
    let board = Person::new(&desk, Role::Bestuur, "Bea", "B1").await;
    for person in &people {
        for at in 1..=PEOPLE {
            person.opens(&format!("Z{at}"), &["voorstel"]).await.expect(200);
        }
    }
    let seat = board.get(SEAT).await.expect(200);
    let seats = (seat["aantal"].as_i64().expect("a number"), seat["versie"].as_i64().expect("a version"));
    let mut play = Play {
        people,
        board,
        dice: Dice::new(seed),
        model: Model::default(),
        seen: vec![BTreeMap::new(); 2],
        undoable: vec![0; 2],
        seats,
        board_saw: seats.1,
        happened: BTreeMap::new(),
    };
    for step in 0..steps {
        play.step().await;
        if step % 20 == 19 {
            play.check().await;
        }
    }
    play.check().await;
    play.histories().await;
    println!("{} steps acknowledged: {:?}", play.model.count(), play.happened);
    let each = ["decided", "stale", "at once", "undone", "seats"];
    assert!(steps < 200 || each.iter().all(|it| play.happened.contains_key(it)), "{:?}", play.happened);
    drop(play);
    desk.sound_log().await;
    desk.close().await;
}
