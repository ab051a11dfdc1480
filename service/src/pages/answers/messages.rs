//! Messages to candidates, boards and coaches: drafts to send by hand, what was sent, and what failed; narrowed and page by page.

use std::collections::{BTreeMap, BTreeSet};

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
use super::narrowed::{Chip, Narrowed, party_named};
use crate::actions::{outbox, sendings};
use crate::present::dutch::number;
use crate::records::address::parts;
use crate::records::mail::{Listed, MailState, RecipientKind};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys};
use crate::serve::papers::{self, drafts};
use crate::serve::problem::Problem;

/// Messages of one page.
const MOST: i64 = 50;
/// Waves that the list can be narrowed by: the newest.
const WAVES: i64 = 40;

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

/// What can be done with all drafts of the list.
struct Together {
    /// How many can go out.
    count: i64,
    /// How many go at once, when that is not all of them.
    at_once: Option<i64>,
    zip: String,
    sent: String,
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
    chips: Vec<Chip>,
    waves: Vec<Chip>,
    kinds: Vec<Chip>,
    parties: Vec<Chip>,
    together: Option<Together>,
    pages: String,
    before: Option<String>,
    next: Option<String>,
}

/// The id of the wave in an address that a message is about.
fn wave_of(about: &str) -> Option<String> {
    let all = parts(about)?;
    let at = all.iter().position(|it| it == "lichtingen")?;
    all.get(at + 1).cloned()
}

fn row(app: &App, frame: &Frame, narrowed: &Narrowed, waves: &BTreeMap<String, String>, listed: Listed) -> Row {
    let (m, mail) = (frame.m.answers, listed.mail);
    let to = &mail.message.to;
    let wave = wave_of(&mail.message.about).and_then(|id| waves.get(&id).cloned()).unwrap_or_default();
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
    let list = match to.kind {
        RecipientKind::Coach => Some("coaches"),
        RecipientKind::Kandidaat => Some("kandidaten"),
        RecipientKind::Account | RecipientKind::Bestuur => None,
    };
    let known = !by_hand || list.is_none() || listed.address.is_some();
    let why = if known { why } else { m.reason_no_address().to_owned() };
    // Whoever gets it for a board is that board's.
    let party = if mail.board.is_some() { RecipientKind::Bestuur } else { to.kind };
    Row {
        to: listed.name.unwrap_or_else(|| to.id.clone()),
        kind: party_named(frame.m, party),
        subject: mail.message.subject(),
        made: said::moment(frame.m, app.store.clock(), mail.made),
        state,
        state_kind,
        icon,
        why,
        wave,
        fill: list.filter(|_| !known).map(|it| paths::register_row(it, &to.id)),
        file: (by_hand && known).then(|| paths::message_file(&mail.id)),
        handled: by_hand.then(|| narrowed.at(&paths::message_handled(&mail.id))),
        again: goes_out.then(|| narrowed.at(&paths::message_again(&mail.id))),
    }
}

async fn show(State(app): State<App>, visitor: Visitor, mut keys: Keys) -> Result<Response, Problem> {
    let narrowed = Narrowed::read(&mut keys)?;
    // What was just marked, when that was done.
    let marked = keys.number("gemarkeerd", 0, sendings::TOGETHER);
    let left = keys.number("overgeslagen", 0, sendings::TOGETHER).unwrap_or_default();
    keys.finish()?;
    let mut frame = visitor.frame(&app, Section::Waves);
    let m = frame.m.answers;
    if let Some(marked) = marked {
        frame.saved = Some(if left > 0 { m.sent_all_but(marked, left) } else { m.sent_all(marked) });
    }
    let by_hand = drafts(&app);
    let sought = narrowed.sought(by_hand);
    let (found, all) = sendings::list(&app.store, &visitor.asked, &sought, (narrowed.sheet - 1) * MOST, MOST).await?;
    let ids: BTreeSet<String> = found.iter().filter_map(|it| wave_of(&it.mail.message.about)).chain(narrowed.wave.clone()).collect();
    let named = app.store.read().waves_named(&ids.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    let known = app.store.read().waves(None, 0, WAVES).await?.0.into_iter().map(|it| (it.id, it.name)).collect();
    let (_, count) = sendings::ready(&app.store, &visitor.asked, &sought, 0).await?;
    let together = (count > 0).then(|| Together {
        count,
        at_once: (count > sendings::TOGETHER).then_some(sendings::TOGETHER),
        zip: narrowed.at(paths::MESSAGES_ZIP),
        sent: narrowed.at(paths::MESSAGES_SENT),
    });
    let wave = narrowed.wave.as_ref().map(|id| named.get(id).unwrap_or(id).clone()).unwrap_or_default();
    let sheets = (all + MOST - 1) / MOST;
    page(&MessagesPage {
        by_hand,
        all,
        only_open: !narrowed.all,
        open_place: narrowed.with_all(false),
        all_place: narrowed.with_all(true),
        chips: narrowed.on(frame.m, &wave),
        waves: narrowed.waves(known),
        kinds: narrowed.kinds(frame.m),
        parties: narrowed.parties(frame.m),
        together,
        pages: if sheets > 1 { m.sheet(number(narrowed.sheet), number(sheets)) } else { String::new() },
        before: (narrowed.sheet > 1).then(|| narrowed.page(narrowed.sheet - 1)),
        next: (narrowed.sheet < sheets).then(|| narrowed.page(narrowed.sheet + 1)),
        rows: found.into_iter().map(|it| row(&app, &frame, &narrowed, &named, it)).collect(),
        frame,
    })
}

async fn file(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    papers::message(&app, &visitor.asked, &id).await
}

async fn handled(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, mut keys: Keys, _: Form) -> Result<Response, Problem> {
    let narrowed = Narrowed::read(&mut keys)?;
    keys.finish()?;
    outbox::handled(&app.store, &visitor.asked, &id, drafts(&app)).await?;
    Ok(after(&narrowed.at(paths::MESSAGES), Done::MessageHandled))
}

async fn again(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, mut keys: Keys, _: Form) -> Result<Response, Problem> {
    let narrowed = Narrowed::read(&mut keys)?;
    keys.finish()?;
    outbox::again(&app.store, &visitor.asked, &id, drafts(&app)).await?;
    Ok(after(&narrowed.at(paths::MESSAGES), Done::MessageAgain))
}
