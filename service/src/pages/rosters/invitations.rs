//! Whom a roster asks: everybody in it with what they said, a question or reminder to all who said nothing, and a link for whoever has no
//! account.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use loket_solver::matching::facts::words::{HalfDay, Word};

use super::ROLES;
use crate::actions::Refused;
use crate::actions::rosters::invited::asking::{self, Wish, waiting};
use crate::actions::rosters::invited::{self, Listed, links};
use crate::desk::roster::next::moment;
use crate::pages::declared::Pages;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, after, page, status};
use crate::pages::messages::Messages;
use crate::pages::told::list;
use crate::pages::visitor::Visitor;
use crate::pages::{days, paths, said};
use crate::records::invitation::{Half, Invitation};
use crate::records::setting;
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::ROSTER_INVITATIONS, get(show).post(ask)).at(ROLES, paths::ROSTER_INVITED_LINK, post(link))
}

/// Somebody in the roster.
struct Row {
    name: String,
    what: &'static str,
    state: (&'static str, &'static str, String),
    says: Vec<String>,
    note: Option<String>,
    reached: bool,
    place: String,
    link: String,
}

#[derive(Template)]
#[template(path = "rosters/invitations.html")]
struct InvitationsPage {
    frame: Frame,
    back: (String, String),
    here: String,
    rows: Vec<Row>,
    /// How many were not asked, and how many did not answer.
    silent: usize,
    waiting: usize,
    by: String,
    /// How many of those get no message.
    unreached: usize,
    errors: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "rosters/invited_link.html")]
struct LinkPage {
    frame: Frame,
    back: String,
    who: String,
    link: String,
    until: String,
}

/// What somebody said, in words.
pub(super) fn says(m: Messages, it: &Invitation) -> Vec<String> {
    let mut all = Vec::new();
    let near = |day: &str| days::near(m, day);
    if let Some(given) = &it.availability {
        if let Some(half_days) = &given.half_days {
            let known: Vec<HalfDay> = half_days.iter().filter_map(|it| HalfDay::parse(it)).collect();
            all.push(if known.is_empty() { m.rooster.inv_never().to_owned() } else { m.rooster.inv_can(said::week(m, &known)) });
        }
        for away in &given.away {
            let stretch = match (&away.half, away.from == away.until) {
                (None, true) => near(&away.from),
                (None, false) => m.rooster.period(near(&away.from), near(&away.until)),
                (Some(half), one) => {
                    let days = if one { near(&away.from) } else { m.rooster.period(near(&away.from), near(&away.until)) };
                    format!("{days}, {}", super::told::half(m, *half == Half::M))
                }
            };
            all.push(m.rooster.inv_not(stretch));
        }
    }
    let at = |text: &str| moment(text).map(|at| super::told::moment(m, at, None)).unwrap_or_else(|| text.to_owned());
    let no: Vec<String> = it.replies.iter().filter(|it| !it.comes).map(|it| at(&it.moment)).collect();
    let yes: Vec<String> = it.replies.iter().filter(|it| it.comes).map(|it| at(&it.moment)).collect();
    if !yes.is_empty() {
        all.push(m.rooster.inv_comes(list(m, &yes)));
    }
    if !no.is_empty() {
        all.push(m.rooster.inv_comes_not(list(m, &no)));
    }
    if it.told.is_some() && all.is_empty() {
        all.push(m.rooster.inv_always().to_owned());
    }
    all
}

fn row(m: Messages, today: &str, id: &str, it: Listed) -> Row {
    let known = &it.invitation;
    let no = known.replies.iter().any(|it| !it.comes);
    let state = match (&known.asked, &known.told) {
        (_, Some(_)) if no => ("bad", "kruis", m.rooster.inv_state_no().to_owned()),
        (_, Some(told)) => {
            let on = days::date_of(told.at).map(|it| days::short(m, &it.to_string())).unwrap_or_default();
            ("good", "vink", m.rooster.inv_state_said(on))
        }
        (Some(asked), None) if *asked.by < *today => ("warn", "letop", m.rooster.inv_state_late(days::short(m, &asked.by))),
        (Some(asked), None) => ("quiet", "klok", m.rooster.inv_state_asked(days::short(m, &asked.by))),
        (None, None) => ("quiet", "rondje", m.rooster.inv_state_none().to_owned()),
    };
    Row {
        name: it.name.clone().unwrap_or_else(|| known.person.clone()),
        what: if it.leads { m.rooster.inv_leads() } else { m.rooster.inv_planned() },
        says: says(m, known),
        note: known.note.clone(),
        reached: it.reached,
        place: paths::roster_invited(id, &known.person),
        link: paths::roster_invited_link(id, &known.person),
        state,
    }
}

async fn drawn(app: &App, visitor: &Visitor, id: &str) -> Result<InvitationsPage, Problem> {
    let all = invited::all(&app.store, id).await?;
    let roster = app.store.read().roster(id).await?.ok_or_else(Problem::unknown)?;
    let usual = app.store.read().setting(setting::REPLY_DAYS).await?;
    let today = app.store.clock().today();
    let frame = visitor.frame(app, Section::Rosters);
    let m = frame.m;
    Ok(InvitationsPage {
        back: (paths::roster(id), roster.name),
        here: paths::roster_at(id, "uitnodigingen"),
        silent: all.iter().filter(|it| it.invitation.asked.is_none() && it.invitation.told.is_none()).count(),
        waiting: waiting(&all),
        by: today.saturating_add(jiff::Span::new().days(usual)).to_string(),
        unreached: all.iter().filter(|it| !it.reached && it.invitation.told.is_none()).count(),
        errors: Vec::new(),
        rows: all.into_iter().map(|it| row(m, &today.to_string(), id, it)).collect(),
        frame,
    })
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    page(&drawn(&app, &visitor, &id).await?)
}

async fn ask(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let wish = Wish { people: Vec::new(), by: form.some("voor").map(str::to_owned) };
    match asking::ask(&app.store, &visitor.asked, &id, &wish).await {
        Ok(sent) => {
            let none = sent.asked + sent.reminded == 0;
            Ok(after(&paths::roster_at(&id, "uitnodigingen"), if none { Done::NobodyToAsk } else { Done::RosterInvited }))
        }
        Err(Refused::Invalid(refusal)) => {
            let mut again = drawn(&app, &visitor, &id).await?;
            again.by = form.text("voor").to_owned();
            again.errors = said::wrong(&refusal, |_| "voor".to_owned());
            status(StatusCode::BAD_REQUEST, &again)
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn link(State(app): State<App>, visitor: Visitor, Ids((id, person)): Ids<(String, String)>) -> Result<Response, Problem> {
    let (secret, pass) = links::make(&app.store, &visitor.asked, &id, &person).await?;
    let frame = visitor.frame(&app, Section::Rosters);
    let base = app.settings.post.base.clone().unwrap_or_default();
    let who = app.store.read().roster_names(&id).await?.remove(&person).unwrap_or(person);
    page(&LinkPage {
        back: paths::roster_at(&id, "uitnodigingen"),
        link: format!("{base}{}", paths::meeting(secret.told())),
        until: said::moment(frame.m, app.store.clock(), pass.until),
        frame,
        who,
    })
}
