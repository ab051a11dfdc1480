//! What a board or a coach is asked about one placement: yes with one click, or no with the reason.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use loket_solver::matching::facts::words::Word;

use super::declared::Pages;
use super::done::Done;
use super::form::Form;
use super::frame::{Frame, Section, after, page, status};
use super::messages::Messages;
use super::paths;
use super::said;
use super::visitor::Visitor;
use crate::access::Role;
use crate::actions::Refused;
use crate::actions::answers::giving::{self, At};
use crate::actions::answers::own;
use crate::desk::asking::{Given, NoReason, NoScope, Party, Reply};
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;

const ROLES: &[Role] = &[Role::Bestuur, Role::Coach];

/// The pages of this file.
pub fn pages() -> Pages {
    Pages::new().at(ROLES, paths::ANSWER, get(show).post(answer))
}

#[derive(Template)]
#[template(path = "asked.html")]
struct AskedPage {
    frame: Frame,
    back: &'static str,
    here: String,
    place: String,
    days: String,
    by: String,
    name: Option<String>,
    coach: bool,
    /// What was answered before.
    before: Option<&'static str>,
    version: i64,
    reasons: Vec<(&'static str, String)>,
    reason: String,
    words: String,
    errors: Vec<(String, String)>,
    /// What was answered meanwhile.
    stale: Option<&'static str>,
    /// What was meant.
    reply: String,
}

/// The party of whoever looks, with the page where its questions are.
fn party(visitor: &Visitor) -> (Party, Section, &'static str) {
    match visitor.asked.caller.role() {
        Role::Coach => (Party::Coach, Section::Coach, paths::COACH),
        _ => (Party::Board, Section::Proposals, paths::PROPOSALS),
    }
}

/// A reason to say no, with what else it means.
fn reason(m: Messages, (reason, scope): (NoReason, NoScope)) -> String {
    let says = said::no_reason(m, reason);
    match scope {
        NoScope::SeatClosed => m.asked.closes(says),
        NoScope::NoRoom => m.asked.one_less(says),
        _ => says.to_owned(),
    }
}

async fn drawn(app: &App, visitor: &Visitor, wave: &str, candidate: &str) -> Result<AskedPage, Problem> {
    let (party, section, back) = party(visitor);
    let all = own::asked(&app.store, &visitor.asked).await?;
    let it = all.into_iter().find(|it| it.wave.id == wave && it.placing.candidate == candidate).ok_or_else(Problem::unknown)?;
    let frame = visitor.frame(app, section);
    let m = frame.m;
    let school = it.school_name.unwrap_or(it.placing.place.school);
    Ok(AskedPage {
        here: paths::answer(wave, candidate),
        place: m.answers.place(school, &it.placing.place.bouw),
        days: said::half_days(m, &it.placing.place.half_days),
        by: said::kept(m, &it.answer.by, said::weekday),
        coach: party == Party::Coach,
        before: it.answer.said.map(|it| if it == Reply::Yes { m.said.yes() } else { m.said.no() }),
        version: it.answer.version,
        reasons: party.reasons().iter().map(|it| (it.0.code(), reason(m, *it))).collect(),
        reason: String::new(),
        words: String::new(),
        errors: Vec::new(),
        stale: None,
        reply: String::new(),
        name: it.name,
        frame,
        back,
    })
}

async fn show(State(app): State<App>, visitor: Visitor, Ids((wave, candidate)): Ids<(String, String)>) -> Result<Response, Problem> {
    page(&drawn(&app, &visitor, &wave, &candidate).await?)
}

async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Ids((wave, candidate)): Ids<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let (party, _, back) = party(&visitor);
    let reply = Reply::parse(form.text("antwoord")).unwrap_or(Reply::No);
    let no = reply == Reply::No;
    let given = Given {
        reply: Some(reply),
        reason: form.some("reden").filter(|_| no).and_then(NoReason::parse),
        note: form.some("toelichting").filter(|_| no).map(str::to_owned),
        ..Given::default()
    };
    let closes = |why: NoReason| party.reasons().iter().any(|(it, scope)| *it == why && *scope == NoScope::SeatClosed);
    let done = match (reply, given.reason.is_some_and(closes)) {
        (Reply::Yes, _) => Done::SaidYes,
        (Reply::No, true) => Done::SaidNoAndClosed,
        (Reply::No, false) => Done::SaidNo,
    };
    // Whose name a board may see from now on is told at once.
    let back = match party {
        Party::Board if !no => paths::with(back.to_owned(), &[("ja", &format!("{wave}/{candidate}"))]),
        _ => back.to_owned(),
    };
    let at = At { wave: &wave, candidate: &candidate, party, version: form.number("versie").unwrap_or_default() };
    let refused = match giving::give(&app.store, &visitor.asked, at, given).await {
        Ok(_) => return Ok(after(&back, done)),
        Err(refused) => refused,
    };
    let mut again = drawn(&app, &visitor, &wave, &candidate).await?;
    (again.reason, again.words) = (form.text("reden").to_owned(), form.text("toelichting").to_owned());
    reply.code().clone_into(&mut again.reply);
    match refused {
        Refused::Invalid(refusal) => {
            let told = |(control, says): (String, String)| match control.as_str() {
                "reden" => (control, again.frame.m.said.wrong_reason().to_owned()),
                _ => (control, says),
            };
            again.errors = said::wrong(&refusal, str::to_owned).into_iter().map(told).collect();
            status(StatusCode::BAD_REQUEST, &again)
        }
        Refused::Stale(_) => {
            again.stale = again.before.or(Some(again.frame.m.said.asked()));
            status(StatusCode::PRECONDITION_FAILED, &again)
        }
        refused => Err(refused.with_now(|_| ()).into()),
    }
}
