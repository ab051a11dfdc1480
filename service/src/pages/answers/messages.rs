//! Messages to candidates, boards and coaches: drafts to send by hand, what was sent, and what failed.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};

use super::super::declared::Pages;
use super::super::done::Done;
use super::super::form::Form;
use super::super::frame::{Frame, Section, after, page};
use super::super::paths;
use super::super::said;
use super::super::visitor::Visitor;
use super::ROLES;
use crate::actions::outbox;
use crate::records::address::parts;
use crate::records::mail::{Mail, MailState, RecipientKind};
use crate::records::register::Kind;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys};
use crate::serve::papers::{self, drafts};
use crate::serve::problem::Problem;
use crate::store::outbox::Wanted;

/// Most messages of one page.
const MOST: i64 = 100;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new()
        .at(ROLES, paths::MESSAGES, get(show))
        .at(ROLES, paths::MESSAGE_FILE, get(file))
        .at(ROLES, paths::MESSAGE_HANDLED, post(handled))
        .at(ROLES, paths::MESSAGE_AGAIN, post(again))
}

struct Row {
    to: String,
    kind: &'static str,
    subject: &'static str,
    /// The wave that it is about; empty for none.
    wave: String,
    /// Where the address is filled in, when nobody knows it.
    fill: Option<String>,
    made: String,
    state: &'static str,
    state_kind: &'static str,
    icon: &'static str,
    why: String,
    file: Option<String>,
    handled: Option<String>,
    again: Option<String>,
}

#[derive(Template)]
#[template(path = "answers/messages.html")]
struct MessagesPage {
    frame: Frame,
    by_hand: bool,
    rows: Vec<Row>,
    all: i64,
    only_open: bool,
    open_place: String,
    all_place: String,
}

/// The id of the wave in an address that a message is about.
fn wave_of(about: &str) -> Option<String> {
    let all = parts(about)?;
    let at = all.iter().position(|it| it == "lichtingen")?;
    all.get(at + 1).cloned()
}

async fn row(app: &App, frame: &Frame, mail: Mail) -> Result<Row, Problem> {
    let m = frame.m.answers;
    let to = &mail.message.to;
    let (kind, of) = match to.kind {
        RecipientKind::Account => (frame.m.answers.drafts_account(), None),
        RecipientKind::Kandidaat => (frame.m.said.candidate(), Some(Kind::Candidate)),
        RecipientKind::Coach => (frame.m.said.coach(), Some(Kind::Coach)),
        RecipientKind::Bestuur => (frame.m.said.board(), Some(Kind::Board)),
    };
    let name = match of {
        Some(of) => app.store.read().name_of(of, &to.id).await?,
        None => app.store.read().account(&to.id).await?.map(|it| it.name),
    };
    let wave = match wave_of(&mail.message.about) {
        Some(id) => app.store.read().wave(&id).await?.map(|it| it.name).unwrap_or_default(),
        None => String::new(),
    };
    let (state, state_kind, icon) = match mail.state {
        MailState::Wachtend => (m.state_waiting(), "quiet", "klok"),
        MailState::Concept => (m.state_draft(), "warn", "vel"),
        MailState::Verstuurd => (m.state_sent(), "good", "vink"),
        MailState::Mislukt => (m.state_failed(), "bad", "kruis"),
        MailState::Afgehandeld => (m.state_handled(), "good", "vink"),
    };
    let why = match mail.reason.as_deref() {
        Some("geen-adres") => m.reason_no_address().to_owned(),
        Some("geen-mailserver") => m.reason_no_server().to_owned(),
        _ => String::new(),
    };
    let by_hand = matches!(mail.state, MailState::Concept | MailState::Mislukt);
    let goes_out = by_hand && !drafts(app);
    let person = of.filter(|it| by_hand && *it != Kind::Board);
    let known = person.is_none() || app.store.read().mail_address(to).await?.is_some();
    let fill = person.filter(|_| !known).map(|it| {
        let list = if it == Kind::Coach { "coaches" } else { "kandidaten" };
        paths::register_row(list, &to.id)
    });
    let why = if known { why } else { m.reason_no_address().to_owned() };
    Ok(Row {
        to: name.unwrap_or_else(|| to.id.clone()),
        kind,
        subject: mail.message.subject(),
        made: said::moment(frame.m, app.store.clock(), mail.made),
        state,
        state_kind,
        icon,
        why,
        wave,
        fill,
        file: (by_hand && known).then(|| paths::message_file(&mail.id)),
        handled: by_hand.then(|| paths::message_handled(&mail.id)),
        again: goes_out.then(|| paths::message_again(&mail.id)),
    })
}

async fn show(State(app): State<App>, visitor: Visitor, mut keys: Keys) -> Result<Response, Problem> {
    let everything = keys.text("alle").is_some();
    let frame = visitor.frame(&app, Section::Waves);
    let by_hand = drafts(&app);
    let wanted = outbox::seen_by(&visitor.asked.caller, Wanted { drafts: by_hand, ..Wanted::default() });
    let mut found = Vec::new();
    let mut all = 0;
    let states: &[Option<MailState>] =
        if everything { &[None] } else { &[Some(MailState::Mislukt), Some(MailState::Concept), Some(MailState::Wachtend)] };
    for state in states {
        let (mails, count) = app.store.read().mails(&Wanted { state: *state, ..wanted }, 0, MOST).await?;
        found.extend(mails);
        all += count;
    }
    let mut rows = Vec::new();
    for mail in found {
        rows.push(row(&app, &frame, mail).await?);
    }
    let open_place = paths::MESSAGES.to_owned();
    let all_place = paths::with(paths::MESSAGES.to_owned(), &[("alle", "1")]);
    page(&MessagesPage { frame, by_hand, rows, all, only_open: !everything, open_place, all_place })
}

async fn file(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    papers::message(&app, &visitor.asked, &id).await
}

async fn handled(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, _: Form) -> Result<Response, Problem> {
    outbox::handled(&app.store, &visitor.asked, &id, drafts(&app)).await?;
    Ok(after(paths::MESSAGES, Done::MessageHandled))
}

async fn again(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, _: Form) -> Result<Response, Problem> {
    outbox::again(&app.store, &visitor.asked, &id, drafts(&app)).await?;
    Ok(after(paths::MESSAGES, Done::MessageAgain))
}
