//! Messages over HTTP: drafts where nobody sends, who sees which, and letters that a mail server takes, puts off, refuses, loses or keeps
//! waiting; never twice, and never with personal data where it does not belong.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use loket_service::access::{Caller, Role};
use loket_service::actions::Asked;
use loket_service::actions::accounts::{self, Invited};
use loket_service::records::account::Held;
use loket_service::records::mail::{MailKind, Message, Recipient};
use loket_service::serve::app::App;
use loket_service::serve::settings::{Layer, Settings, settle};
use loket_service::work::post;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, Heard, YEAR, small_wave};
use crate::mailbox::{Mailbox, Says};

const MINUTE: i64 = 60_000;

/// An account with a token for its first role.
async fn account(desk: &Desk, name: &str, address: &str, roles: &[(Role, &str)]) -> String {
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let roles = roles.iter().map(|(role, of)| Held { role: *role, of: (*of).into() }).collect();
    let invited = Invited { name: name.into(), address: Some(address.into()), roles };
    accounts::script(&desk.store, &asked, invited, None).await.expect("a token").secret.told().to_owned()
}

/// Writes a message, as a deed would.
pub async fn posted(desk: &Desk, deed: &str, kind: MailKind, to: Recipient) -> String {
    let mut change = desk.store.change().await.expect("a change");
    let about = "/v1/lichtingen/w".to_owned();
    change.post(deed, &Message { kind, to, about }).await.expect("posted");
    change.commit().await.expect("kept");
    let found = desk.store.read().mails(&Default::default(), 0, 1_000).await.expect("messages").0;
    found.into_iter().find(|it| it.message.kind == kind).expect("the message").id
}

/// Somebody in the register with this address.
pub async fn candidate(desk: &Desk, id: &str, address: Option<&str>) {
    let row = json!({ "id": id, "naam": format!("Kanarie {id}"), "e_mail": address, "bouwen": ["onderbouw"] });
    desk.post("/kandidaten", row).await.expect(201);
}

async fn as_role(desk: &Desk, who: &str, method: Method, path: &str, body: Option<Value>) -> Heard {
    desk.send_as(Some(who), method, path, &[], body).await
}

#[tokio::test]
async fn without_a_mail_server_a_message_is_a_draft_to_be_sent_by_hand() {
    let desk = Desk::open("mail-draft").await;
    candidate(&desk, "Z1", Some("kanarie@voorbeeld.example")).await;
    candidate(&desk, "Z2", None).await;
    let id = posted(&desk, "een", MailKind::Vraag, Recipient::candidate("Z1")).await;
    let lost = posted(&desk, "een", MailKind::Agenda, Recipient::candidate("Z2")).await;
    let list = desk.get("/berichten?toestand=concept&soort=vraag").await.expect(200);
    assert_eq!((&list["totaal"], &list["resultaten"][0]["id"]), (&json!(1), &json!(id)));
    let row = &list["resultaten"][0];
    assert_eq!(
        ["soort", "onderwerp", "aan_soort", "aan", "aan_naam", "toestand"].map(|key| row[key].as_str().unwrap_or_default()),
        ["vraag", "Een vraag over een plaatsing", "kandidaat", "Z1", "Kanarie Z1", "concept"]
    );
    assert_eq!(desk.get("/berichten?toestand=wachtend").await.body["totaal"], 0, "nothing is sent from here");
    assert_eq!(desk.get("/berichten?toestand=ooit&soort=brief&x=1").await.wrong().len(), 3);
    let path = format!("/berichten/{id}");
    // The letter itself, as a mail program opens it.
    let url = format!("http://{}/v1{path}/eml", desk.address);
    let letter = desk.client.get(&url).bearer_auth(crate::desk::TOKEN).send().await.expect("an answer");
    assert_eq!((letter.status().as_u16(), letter.headers()["content-type"].to_str().unwrap()), (200, "message/rfc822"));
    let text = letter.text().await.expect("a letter");
    for line in ["To: kanarie@voorbeeld.example\r\n", "Subject: Een vraag over een plaatsing\r\n", "X-Unsent: 1\r\n"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(text.contains("Stuur dan een bericht aan") && !text.contains("Log in op Loket"), "a candidate has no account: {text}");
    assert!(!text.contains("Kanarie"), "{text}");
    let nowhere = desk.get(&format!("/berichten/{lost}/eml")).await;
    assert_eq!(nowhere.status, 409);
    assert!(nowhere.body["detail"].as_str().is_some_and(|it| it.contains("geen adres")), "{}", nowhere.body);
    assert_eq!(desk.send(Method::POST, &format!("{path}/terugbericht"), &[], Some(json!({ "reden": "anders" }))).await.status, 409);
    assert_eq!(desk.send(Method::POST, &format!("{path}/verzending"), &[], None).await.status, 409);
    for _ in 0..2 {
        let done = desk.send(Method::POST, &format!("{path}/verstuurd"), &[], None).await.expect(200);
        assert_eq!(done["toestand"], "afgehandeld");
    }
    assert_eq!(desk.get(&format!("{path}/eml")).await.status, 409);
    let back = desk.send(Method::POST, &format!("{path}/terugbericht"), &[], Some(json!({ "reden": "adres-onbekend" }))).await.expect(200);
    assert_eq!((&back["toestand"], &back["reden"]), (&json!("mislukt"), &json!("adres-onbekend")));
    let words: Vec<String> = desk.log().await.into_iter().map(|it| it.0).filter(|it| it.starts_with("bericht-")).collect();
    assert_eq!(words, ["bericht-afgehandeld", "bericht-terug"], "once each");
    assert_eq!(desk.get("/berichten/bestaatniet").await.status, 404);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn an_administrator_sees_messages_about_accounts_and_an_intermediary_the_others() {
    let desk = Desk::open("mail-seen").await;
    let admin = account(&desk, "Bea", "bea@voorbeeld.example", &[(Role::Beheerder, "")]).await;
    let roles = json!([{ "rol": "lezer" }]);
    let new = json!({ "naam": "Iemand Verzonnen", "adres": "iemand@voorbeeld.example", "rollen": roles });
    let made = as_role(&desk, &admin, Method::POST, "/accounts", Some(new)).await.expect(201);
    candidate(&desk, "Z1", Some("kanarie@voorbeeld.example")).await;
    let question = posted(&desk, "een", MailKind::Vraag, Recipient::candidate("Z1")).await;
    let theirs = as_role(&desk, &admin, Method::GET, "/berichten", None).await.expect(200);
    let ours = desk.get("/berichten").await.expect(200);
    assert_eq!((&theirs["totaal"], &theirs["resultaten"][0]["soort"]), (&json!(1), &json!("account")));
    assert_eq!((&ours["totaal"], &ours["resultaten"][0]["soort"]), (&json!(1), &json!("vraag")));
    let invitation = theirs["resultaten"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(as_role(&desk, &admin, Method::GET, &format!("/berichten/{question}"), None).await.status, 404);
    for part in ["", "/eml"] {
        assert_eq!(desk.get(&format!("/berichten/{invitation}{part}")).await.status, 404, "{part}");
    }
    for part in ["verstuurd", "verzending"] {
        assert_eq!(desk.send(Method::POST, &format!("/berichten/{invitation}/{part}"), &[], None).await.status, 404, "{part}");
    }
    // The letter holds a link that begins the account; the one that was told at once holds too, until one of them is used.
    let url = format!("http://{}/v1/berichten/{invitation}/eml", desk.address);
    let text = desk.client.get(&url).bearer_auth(&admin).send().await.expect("an answer").text().await.expect("a letter");
    let link = link_in(&text);
    let used = json!({ "koppeling": link, "wachtwoord": "zeven blauwe fietsen bij de brug" });
    desk.send_as(None, Method::POST, "/koppelingen", &[], Some(used)).await.expect(200);
    let other = json!({ "koppeling": made["koppeling"], "wachtwoord": "zeven blauwe fietsen bij de brug" });
    assert_eq!(desk.send_as(None, Method::POST, "/koppelingen", &[], Some(other)).await.status, 401);
    // No secret in any row, line or list.
    let kept = format!("{:?} {theirs} {ours}", desk.log().await);
    assert!(!kept.contains(&link) && !kept.contains(made["koppeling"].as_str().expect("a link")));
    let holds = |text: &str| crate::database::holds(&desk.folder.join("loket.sqlite"), text);
    assert!(holds("Iemand Verzonnen") && !holds(&link), "only a hash of the link is in the file");
    desk.close().await;
}

/// The link in a letter: a line of its own, of thirty-two letters.
fn link_in(letter: &str) -> String {
    let line = letter.lines().map(str::trim).find(|it| it.len() == 32 && it.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    line.unwrap_or_else(|| panic!("no link in {letter}")).to_owned()
}

/// A sender for a desk, as a worker runs it; it ends with the desk.
pub struct Sender(App, Vec<tokio::task::JoinHandle<()>>);

impl Sender {
    fn start(desk: &Desk, mailbox: &Mailbox, many: usize) -> Self {
        Self::start_with(desk, mailbox, many, Layer { post_beveiliging: Some("geen".into()), ..Layer::default() })
    }

    /// The same with these settings of its own.
    pub fn start_with(desk: &Desk, mailbox: &Mailbox, many: usize, layer: Layer) -> Self {
        let layer = Layer {
            post_server: Some(mailbox.place()),
            post_van: Some("loket@voorbeeld.example".into()),
            buitenadres: Some("https://loket.voorbeeld.example".into()),
            ..layer
        };
        let settings: Arc<Settings> = Arc::new(settle(layer, Layer::default()).expect("settings"));
        let app = App { ending: desk.app.ending.child_token(), ..desk.app.clone() };
        let senders = (0..many).map(|_| tokio::spawn(post::send(desk.store.clone(), settings.clone(), app.ending.clone()))).collect();
        Self(app, senders)
    }

    /// Ends it.
    pub async fn end(self) {
        self.0.ending.cancel();
        for it in self.1 {
            it.await.expect("a sender ends");
        }
    }
}

/// Waits until a message is in a state, at most half a minute.
pub async fn until(desk: &Desk, id: &str, right: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..600 {
        let row = desk.get(&format!("/berichten/{id}")).await.expect(200);
        if right(&row) {
            return row;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it did not come that far: {}", desk.get(&format!("/berichten/{id}")).await.body);
}

fn pass(desk: &Desk, minutes: i64) {
    desk.clock.fetch_add(minutes * MINUTE, Ordering::SeqCst);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_senders_send_each_letter_once_with_a_subject_and_a_text_that_name_nobody() {
    let desk = Desk::open("mail-once").await;
    let mut ids = Vec::new();
    for at in 0..12 {
        let id = format!("Z{at}");
        candidate(&desk, &id, Some(&format!("kanarie{at}@voorbeeld.example"))).await;
        let mut change = desk.store.change().await.expect("a change");
        for _ in 0..3 {
            let about = "/v1/lichtingen/w".to_owned();
            change.post("een daad", &Message { kind: MailKind::Vastgesteld, to: Recipient::candidate(&id), about }).await.expect("posted");
        }
        change.commit().await.expect("kept");
    }
    for row in desk.store.read().mails(&Default::default(), 0, 100).await.expect("messages").0 {
        ids.push(row.id);
    }
    assert_eq!(ids.len(), 12, "one for each, however often it was posted");
    let mailbox = Mailbox::open(&[]).await;
    let sender = Sender::start(&desk, &mailbox, 2);
    for id in &ids {
        until(&desk, id, |row| !row["verstuurd_op"].is_null()).await;
    }
    sender.end().await;
    let letters = mailbox.letters();
    let mut to: Vec<&str> = letters.iter().map(|it| it.to.as_str()).collect();
    to.sort_unstable();
    to.dedup();
    assert_eq!((letters.len(), to.len()), (12, 12));
    for it in &letters {
        assert!(it.text.contains("Subject: De plaatsingen zijn vastgesteld\r\n"), "{}", it.text);
        assert!(it.text.contains("Stuur dan een bericht aan loket@voorbeeld.example"), "{}", it.text);
        assert!(!it.text.contains("Kanarie"), "{}", it.text);
        assert!(ids.iter().any(|id| it.text.contains(&format!("Message-ID: <{id}@voorbeeld.example>\r\n"))), "{}", it.text);
    }
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_server_puts_off_is_tried_later_and_what_it_refuses_is_not_tried_again() {
    let desk = Desk::open("mail-refused").await;
    candidate(&desk, "Z1", Some("later@voorbeeld.example")).await;
    candidate(&desk, "Z2", Some("nooit@voorbeeld.example")).await;
    let later = posted(&desk, "een", MailKind::Vraag, Recipient::candidate("Z1")).await;
    let never = posted(&desk, "een", MailKind::Gewijzigd, Recipient::candidate("Z2")).await;
    let mailbox = Mailbox::open(&[("later@", Says::NotNow), ("nooit@", Says::Never)]).await;
    let sender = Sender::start(&desk, &mailbox, 1);
    let row = until(&desk, &never, |row| !row["reden"].is_null()).await;
    assert_eq!((&row["reden"], row["einde_op"].is_string()), (&json!("smtp-550"), true));
    let row = until(&desk, &later, |row| row["pogingen"] == 1 && row["reden"] == "smtp-451").await;
    assert_eq!((&row["reden"], row["verstuurd_op"].is_null()), (&json!("smtp-451"), true));
    assert_eq!(mailbox.letters().len(), 0);
    // Not before its time, and then once more.
    pass(&desk, 2);
    // A try is counted when it begins; when the next one is, once it ended.
    until(&desk, &later, |it| it["pogingen"] == 2).await;
    for _ in 0..600 {
        if mailbox.offered("later@") == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    mailbox.says(&[]);
    let mut row = Value::Null;
    for _ in 0..60 {
        pass(&desk, 5);
        tokio::time::sleep(Duration::from_millis(500)).await;
        row = desk.get(&format!("/berichten/{later}")).await.expect(200);
        if !row["verstuurd_op"].is_null() {
            break;
        }
    }
    assert_eq!((&row["pogingen"], &row["reden"]), (&json!(3), &Value::Null));
    sender.end().await;
    assert_eq!((mailbox.letters().len(), mailbox.offered("nooit@")), (1, 1), "a refusal is not asked again");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_that_may_have_arrived_goes_again_as_the_same_letter_with_the_same_link() {
    let desk = Desk::open("mail-lost").await;
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let roles = vec![Held { role: Role::Lezer, of: String::new() }];
    let invited = Invited { name: "Iemand".into(), address: Some("iemand@voorbeeld.example".into()), roles };
    accounts::invite(&desk.store, &asked, invited).await.expect("an account");
    let id = desk.store.read().mails(&Default::default(), 0, 1).await.expect("messages").0[0].id.clone();
    let admin = account(&desk, "Bea", "bea@voorbeeld.example", &[(Role::Beheerder, "")]).await;
    let mailbox = Mailbox::open(&[("iemand@", Says::NothingAfterData)]).await;
    let sender = Sender::start(&desk, &mailbox, 1);
    let seen = async |right: &dyn Fn(&Value) -> bool| {
        for _ in 0..600 {
            let row = as_role(&desk, &admin, Method::GET, &format!("/berichten/{id}"), None).await.expect(200);
            if right(&row) {
                return row;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it did not come that far");
    };
    let row = seen(&|row| !row["reden"].is_null()).await;
    assert_eq!((&row["reden"], row["verstuurd_op"].is_null()), (&json!("verbroken"), true));
    mailbox.says(&[("iemand@", Says::Slowly)]);
    pass(&desk, 2);
    seen(&|row| !row["verstuurd_op"].is_null()).await;
    sender.end().await;
    let letters = mailbox.letters();
    assert_eq!(letters.len(), 2, "the first one did arrive");
    let named = |at: usize| letters[at].text.lines().find(|it| it.starts_with("Message-ID:")).map(str::to_owned);
    assert_eq!(named(0), named(1));
    let link = link_in(&letters[0].text);
    assert_eq!(link, link_in(&letters[1].text));
    let used = json!({ "koppeling": link, "wachtwoord": "zeven blauwe fietsen bij de brug" });
    desk.send_as(None, Method::POST, "/koppelingen", &[], Some(used)).await.expect(200);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_not_there_costs_no_try_and_who_has_no_address_gets_a_draft() {
    let desk = Desk::open("mail-away").await;
    candidate(&desk, "Z1", Some("kanarie@voorbeeld.example")).await;
    candidate(&desk, "Z2", None).await;
    let id = posted(&desk, "een", MailKind::Vraag, Recipient::candidate("Z1")).await;
    let mailbox = Mailbox::open(&[]).await;
    let place = mailbox.place();
    mailbox.close().await;
    let sender = Sender::start(&desk, &Mailbox::nowhere(&place), 1);
    let row = until(&desk, &id, |row| !row["reden"].is_null()).await;
    assert_eq!((&row["reden"], &row["pogingen"], row["einde_op"].is_null()), (&json!("onbereikbaar"), &json!(0), true));
    sender.end().await;
    let lost = posted(&desk, "een", MailKind::Agenda, Recipient::candidate("Z2")).await;
    let mailbox = Mailbox::open(&[]).await;
    let sender = Sender::start(&desk, &mailbox, 1);
    until(&desk, &id, |row| !row["verstuurd_op"].is_null()).await;
    let row = until(&desk, &lost, |row| !row["reden"].is_null()).await;
    assert_eq!((&row["reden"], &row["toestand"]), (&json!("geen-adres"), &json!("concept")));
    sender.end().await;
    assert_eq!(mailbox.letters().len(), 1);
    desk.close().await;
}

#[tokio::test]
async fn who_is_published_is_told_once_with_the_people_around_them() {
    let desk = Desk::open("mail-published").await;
    let wave = desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    assert_eq!(desk.get("/berichten").await.body["totaal"], 0);
    let meant = || json!({ "bevestigd": true });
    desk.act_with("/lichtingen/w/vaststelling", &wave.tag(), meant()).await.expect(200);
    desk.act_with("/lichtingen/w/vaststelling", &desk.get("/lichtingen/w").await.tag(), meant()).await;
    let list = desk.get("/berichten?soort=vastgesteld").await.expect(200);
    let mut to: Vec<String> =
        list["resultaten"].as_array().expect("rows").iter().map(|it| format!("{} {}", it["aan_soort"], it["aan"])).collect();
    to.sort();
    assert_eq!(to, ["\"bestuur\" \"B1\"", "\"coach\" \"K1\"", "\"kandidaat\" \"Z1\"", "\"kandidaat\" \"Z2\""]);
    assert!(!list.to_string().contains("De Vlieger"), "not where");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_to_a_candidate_holds_a_link_that_shows_the_own_proposal_also_when_a_server_takes_it() {
    let desk = Desk::open("mail-question").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    for id in ["Z1", "Z2"] {
        desk.edit(&format!("/kandidaten/{id}"), json!({ "e_mail": format!("{id}@voorbeeld.example") })).await.expect(200);
        desk.put_new(&format!("/lichtingen/w/beoordelingen/{id}"), json!({ "besluit": "akkoord" })).await.expect(200);
    }
    desk.post("/lichtingen/w/antwoorden", json!({ "voor": "2026-07-20" })).await.expect(200);
    let list = desk.get("/berichten?soort=vraag").await.expect(200);
    let rows = list["resultaten"].as_array().expect("rows");
    let of = |id: &str| rows.iter().find(|it| it["aan"] == id).expect("a question")["id"].as_str().expect("an id").to_owned();
    let url = format!("http://{}/v1/berichten/{}/eml", desk.address, of("Z1"));
    let text = desk.client.get(&url).bearer_auth(crate::desk::TOKEN).send().await.expect("an answer").text().await.expect("a letter");
    let link = text.lines().find(|it| it.starts_with("antwoord-")).unwrap_or_else(|| panic!("no link in {text}")).trim().to_owned();
    assert!(!text.contains("S1") && !text.contains("De Vlieger") && !text.contains("K1"), "not the proposal: {text}");
    let shown = desk.send_as(None, Method::POST, "/antwoordkoppelingen/inzage", &[], Some(json!({ "koppeling": link }))).await.expect(200);
    assert!(shown.to_string().contains("De Vlieger") && !shown.to_string().contains("Z2"), "{shown}");
    let mailbox = Mailbox::open(&[]).await;
    let sender = Sender::start(&desk, &mailbox, 1);
    until(&desk, &of("Z1"), |row| !row["verstuurd_op"].is_null()).await;
    sender.end().await;
    let sent = mailbox.letters();
    let to_first: Vec<&str> = sent.iter().filter(|it| it.to.starts_with("Z1@")).map(|it| it.text.as_str()).collect();
    assert!(to_first.len() == 1 && to_first[0].contains("/koppeling/antwoord-"), "{sent:?}");
    desk.close().await;
}
