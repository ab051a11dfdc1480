//! All drafts of the list of messages at once: as one file of letters, and noted as sent after a confirmation that says how many.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};

use super::super::declared::Pages;
use super::super::form::Form;
use super::super::frame::{Frame, Section, page, to};
use super::super::paths;
use super::super::visitor::Visitor;
use super::ROLES;
use super::narrowed::{Narrowed, kind_named};
use crate::actions::sendings;
use crate::serve::app::App;
use crate::serve::body::Keys;
use crate::serve::papers::{self, drafts};
use crate::serve::problem::Problem;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::MESSAGES_ZIP, post(file)).at(ROLES, paths::MESSAGES_SENT, get(confirm).post(handled))
}

#[derive(Template)]
#[template(path = "answers/messages_sent.html")]
struct SentPage {
    frame: Frame,
    back: String,
    here: String,
    count: usize,
    /// How many are left for another time.
    more: i64,
    /// How many of each kind.
    kinds: Vec<String>,
    /// Their ids: what was confirmed is what is noted.
    ids: String,
}

async fn file(State(app): State<App>, visitor: Visitor, mut keys: Keys, _: Form) -> Result<Response, Problem> {
    let narrowed = Narrowed::read(&mut keys)?;
    keys.finish()?;
    papers::messages(&app, &visitor.asked, &narrowed.sought(drafts(&app))).await
}

async fn confirm(State(app): State<App>, visitor: Visitor, mut keys: Keys) -> Result<Response, Problem> {
    let narrowed = Narrowed::read(&mut keys)?;
    keys.finish()?;
    let (ready, all) = sendings::ready(&app.store, &visitor.asked, &narrowed.sought(drafts(&app)), sendings::TOGETHER).await?;
    let frame = visitor.frame(&app, Section::Waves);
    let mut kinds = BTreeMap::new();
    for it in &ready {
        *kinds.entry(it.mail.message.kind).or_insert(0_usize) += 1;
    }
    page(&SentPage {
        back: narrowed.at(paths::MESSAGES),
        here: narrowed.at(paths::MESSAGES_SENT),
        count: ready.len(),
        more: all - i64::try_from(ready.len()).unwrap_or(all),
        kinds: kinds.into_iter().map(|(kind, count)| frame.m.answers.sent_kind(count, kind_named(frame.m, kind))).collect(),
        ids: ready.iter().map(|it| it.mail.id.as_str()).collect::<Vec<_>>().join(" "),
        frame,
    })
}

async fn handled(State(app): State<App>, visitor: Visitor, mut keys: Keys, form: Form) -> Result<Response, Problem> {
    let mut narrowed = Narrowed::read(&mut keys)?;
    narrowed.sheet = 1;
    keys.finish()?;
    let ids: Vec<&str> = form.text("berichten").split_whitespace().collect();
    let done = sendings::handled(&app.store, &visitor.asked, &ids, drafts(&app)).await?;
    let (noted, left) = (done.noted.to_string(), done.left.to_string());
    Ok(to(&paths::with(narrowed.at(paths::MESSAGES), &[("gemarkeerd", &noted), ("overgeslagen", &left)])))
}
