//! One placement: what each party was asked and said, noting an answer for somebody, and a personal link.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::words::Word;

use super::super::declared::Pages;
use super::super::done::Done;
use super::super::form::Form;
use super::super::frame::{Frame, Tab, after, page, status};
use super::super::said::{self, Cell};
use super::super::visitor::Visitor;
use super::super::{paths, wavebar};
use super::ROLES;
use crate::actions::Refused;
use crate::actions::answers::giving::{self, At};
use crate::actions::answers::links;
use crate::actions::answers::overview::{Line, overview};
use crate::desk::asking::{Given, How, NoReason, NoScope, Party, Reply, Stance};
use crate::records::wave::{Life, Wave};
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::ANSWERS_OF, get(show)).at(ROLES, paths::ANSWER_NOTE, get(write).post(note)).at(
        ROLES,
        paths::ANSWER_LINK,
        post(link),
    )
}

/// What one party was asked and said.
struct Said {
    title: &'static str,
    party: &'static str,
    cell: Cell,
    asked: Option<String>,
    reminded: Option<String>,
    how: Option<&'static str>,
    note: Option<String>,
    waits: bool,
    /// Whether a link can be made: something is asked of somebody who may have no account.
    links: bool,
    write: String,
    link: String,
}

#[derive(Template)]
#[template(path = "answers/one.html")]
struct OnePage {
    frame: Frame,
    back: String,
    remind: String,
    candidate: String,
    name: String,
    place: String,
    board: String,
    coach: String,
    days: String,
    hours: i64,
    open: bool,
    said: Vec<Said>,
}

/// The wave with the placement of one candidate.
async fn line(app: &App, visitor: &Visitor, wave: &str, candidate: &str) -> Result<(Wave, Line), Problem> {
    let found = overview(&app.store, &visitor.asked, wave).await?;
    let line = found.lines.into_iter().find(|it| it.case.placing.candidate == candidate).ok_or_else(Problem::unknown)?;
    Ok((found.wave, line))
}

async fn show(State(app): State<App>, visitor: Visitor, Ids((wave, candidate)): Ids<(String, String)>) -> Result<Response, Problem> {
    let (found, line) = line(&app, &visitor, &wave, &candidate).await?;
    let frame = wavebar::around(&app, &visitor, &found.id, Tab::Answers).await?.0;
    let m = frame.m;
    let moment = |at| said::moment(m, app.store.clock(), at);
    let of = |party: &Party| {
        let (stance, answer) = (line.case.stance(*party), line.case.answer(*party));
        let waits = matches!(stance, Stance::Asked | Stance::Late);
        Said {
            title: match party {
                Party::Candidate => m.answers.candidate(),
                Party::Board => m.answers.board(),
                Party::Coach => m.answers.coach(),
            },
            party: party.code(),
            cell: said::cell(m, app.store.clock(), stance, answer),
            asked: answer.map(|it| m.answers.asked_on(moment(it.asked), said::kept(m, &it.by, said::short))),
            reminded: answer.and_then(|it| Some(m.answers.reminded(it.reminders, moment(it.reminded?)))),
            how: answer.and_then(|it| it.how).map(|it| said::how(m, it)),
            note: answer.and_then(|it| it.note.clone()).map(|it| m.answers.note_said(it)),
            waits,
            // After publication it is one to what was published.
            links: (waits || (found.life == Life::Vastgesteld && line.case.goes())) && *party != Party::Board,
            write: paths::answer_note(&wave, &candidate, party.code()),
            link: paths::answer_link(&wave, &candidate, party.code()),
        }
    };
    let said = Party::ALL.iter().map(of).collect();
    let place = &line.case.placing.place;
    page(&OnePage {
        back: paths::wave_answers(&wave),
        remind: paths::answers_remind(&wave),
        place: m.answers.place(&line.school, &place.bouw),
        days: said::half_days(m, &place.half_days),
        hours: line.case.placing.hours,
        open: found.life.under_review() || found.life == Life::Vastgesteld,
        candidate,
        name: line.name,
        board: line.board,
        coach: line.coach,
        said,
        frame,
    })
}

#[derive(Template)]
#[template(path = "answers/note.html")]
struct NotePage {
    frame: Frame,
    back: String,
    here: String,
    who: &'static str,
    name: String,
    place: String,
    version: i64,
    now: Option<&'static str>,
    reasons: Vec<(&'static str, &'static str)>,
    scopes: Vec<(&'static str, &'static str)>,
    heard: Vec<(&'static str, &'static str)>,
    /// What was typed.
    reply: String,
    reason: String,
    scope: String,
    how: String,
    until: String,
    words: String,
    errors: Vec<(String, String)>,
    /// What somebody else noted meanwhile.
    stale: Option<String>,
}

fn scope(frame: &Frame, scope: NoScope) -> &'static str {
    let m = frame.m.answers;
    match scope {
        NoScope::Placement => m.scope_placement(),
        NoScope::Seat => m.scope_seat(),
        NoScope::School => m.scope_school(),
        NoScope::Bouw => m.scope_bouw(),
        NoScope::Coach => m.scope_coach(),
        NoScope::All => m.scope_all(),
        NoScope::SeatClosed => m.scope_seat_closed(),
        NoScope::NoRoom => m.scope_no_room(),
    }
}

impl NotePage {
    async fn new(app: &App, visitor: &Visitor, (wave, candidate, word): (&str, &str, &str)) -> Result<Self, Problem> {
        let party = Party::parse(word).ok_or_else(Problem::unknown)?;
        let (found, line) = line(app, visitor, wave, candidate).await?;
        let frame = wavebar::around(app, visitor, &found.id, Tab::Answers).await?.0;
        let m = frame.m;
        let known = line.case.answer(party);
        let mut reasons = vec![("", m.answers.choose())];
        reasons.extend(said::no_reasons(m, party));
        let mut scopes = vec![("", m.answers.scope_usual())];
        scopes.extend(party.scopes().iter().map(|it| (it.code(), scope(&frame, *it))));
        Ok(Self {
            back: paths::answers_of(wave, candidate),
            here: paths::answer_note(wave, candidate, word),
            who: said::the_party(m, party),
            place: m.answers.place(&line.school, &line.case.placing.place.bouw),
            version: known.map_or(0, |it| it.version),
            now: known.and_then(|it| it.said).map(|it| if it == Reply::Yes { m.said.yes() } else { m.said.no() }),
            heard: How::HEARD.iter().map(|it| (it.code(), said::how(m, *it))).collect(),
            name: line.name,
            reasons,
            scopes,
            reply: String::new(),
            reason: String::new(),
            scope: String::new(),
            how: How::Phone.code().to_owned(),
            until: String::new(),
            words: String::new(),
            errors: Vec::new(),
            stale: None,
            frame,
        })
    }

    /// The same with what was typed.
    fn typed(mut self, form: &Form) -> Self {
        let text = |name| form.text(name).to_owned();
        (self.reply, self.reason, self.scope) = (text("antwoord"), text("reden"), text("reikwijdte"));
        (self.how, self.until, self.words) = (text("hoe"), text("tot"), text("toelichting"));
        self
    }
}

async fn write(
    State(app): State<App>,
    visitor: Visitor,
    Ids((wave, candidate, word)): Ids<(String, String, String)>,
) -> Result<Response, Problem> {
    page(&NotePage::new(&app, &visitor, (&wave, &candidate, &word)).await?)
}

/// Notes an answer. What was typed beside a yes is left out: the fields of a no stay filled in when somebody thinks again.
async fn note(
    State(app): State<App>,
    visitor: Visitor,
    Ids((wave, candidate, word)): Ids<(String, String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let party = Party::parse(&word).ok_or_else(Problem::unknown)?;
    let reply = Reply::parse(form.text("antwoord"));
    let no = reply == Some(Reply::No);
    let given = Given {
        reply,
        reason: form.some("reden").filter(|_| no).and_then(NoReason::parse),
        scope: form.some("reikwijdte").filter(|_| no).and_then(NoScope::parse),
        until: form.some("tot").filter(|_| no).map(str::to_owned),
        note: form.some("toelichting").map(str::to_owned),
        how: How::parse(form.text("hoe")),
    };
    let again = NotePage::new(&app, &visitor, (&wave, &candidate, &word)).await?.typed(&form);
    if reply.is_none() {
        let says = again.frame.m.said.wrong_choose().to_owned();
        return status(StatusCode::BAD_REQUEST, &NotePage { errors: vec![("antwoord".into(), says)], ..again });
    }
    let at = At { wave: &wave, candidate: &candidate, party, version: form.number("versie").unwrap_or_default() };
    match giving::give(&app.store, &visitor.asked, at, given).await {
        Ok(_) => Ok(after(&paths::answers_of(&wave, &candidate), Done::AnswerNoted)),
        Err(Refused::Invalid(refusal)) => {
            let errors = told(&again.frame, &refusal);
            status(StatusCode::BAD_REQUEST, &NotePage { errors, ..again })
        }
        Err(Refused::Stale(_)) => {
            let stale = again.now.map(str::to_owned).or_else(|| Some(again.frame.m.said.not_asked().to_owned()));
            status(StatusCode::PRECONDITION_FAILED, &NotePage { stale, ..again })
        }
        Err(refused) => Err(refused.with_now(|_| ()).into()),
    }
}

/// What is wrong, in the words of the page where the desk speaks of keys.
fn told(frame: &Frame, refusal: &Refusal) -> Vec<(String, String)> {
    let m = frame.m.said;
    let one = |(control, says): (String, String)| match control.as_str() {
        "reden" => (control, m.wrong_reason().to_owned()),
        "hoe" => (control, m.wrong_how().to_owned()),
        "tot" => (control, m.wrong_past().to_owned()),
        _ => (control, says),
    };
    said::wrong(refusal, str::to_owned).into_iter().map(one).collect()
}

#[derive(Template)]
#[template(path = "answers/link.html")]
struct LinkPage {
    frame: Frame,
    back: String,
    who: &'static str,
    link: String,
    until: String,
}

/// Makes a personal link, which is shown this once.
async fn link(
    State(app): State<App>,
    visitor: Visitor,
    Ids((wave, candidate, word)): Ids<(String, String, String)>,
) -> Result<Response, Problem> {
    let party = Party::parse(&word).ok_or_else(Problem::unknown)?;
    let found = app.store.read().wave(&wave).await?.ok_or_else(Problem::unknown)?;
    let (secret, made) = links::make(&app.store, &visitor.asked, &wave, &candidate, party).await?;
    let frame = wavebar::around(&app, &visitor, &found.id, Tab::Answers).await?.0;
    let until = app.store.clock().day(made.until).map(|it| said::day(frame.m, it)).unwrap_or_default();
    let base = app.settings.post.base.clone().unwrap_or_default();
    let link = format!("{base}{}", paths::personal(secret.told()));
    page(&LinkPage { back: paths::answers_of(&wave, &candidate), who: said::the_party(frame.m, party), link, until, frame })
}
