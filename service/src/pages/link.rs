//! A personal link: the one proposal that it is about, yes or no; after publication the own placement; and "ik stop". The secret stands in the address and nowhere else.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use super::declared::Pages;
use super::done::Done;
use super::form::Form;
use super::frame::{Frame, after, page, status};
use super::messages::Messages;
use super::paths;
use super::said;
use super::visitor::Guest;
use crate::actions::answers::links::{self, Shown};
use crate::actions::answers::places;
use crate::actions::papers::own::{self, Mine};
use crate::actions::papers::{agenda, letters};
use crate::actions::{Refused, reports};
use crate::desk::asking::{Given, NoReason, Party, Reply};
use crate::desk::letters::{Helps, NoPlace};
use crate::present::letter::candidate::sentence;
use crate::records::letter::News;
use crate::records::report::{ReportKind, ReportReason};
use crate::records::wave::Life;
use crate::serve::app::App;
use crate::serve::papers;
use crate::serve::problem::Problem;
use loket_solver::matching::facts::words::Word;

/// The pages of this file: for whoever has the link.
pub fn pages() -> Pages {
    Pages::new()
        .open(paths::PERSONAL, get(show).post(answer))
        .open(paths::PERSONAL_STOP, get(stopping).post(stop))
        .open(paths::PERSONAL_LETTER, get(letter))
        .open(paths::PERSONAL_DAYS, get(days))
}

#[derive(Template)]
#[template(path = "link.html")]
struct LinkPage {
    frame: Frame,
    here: String,
    stop: String,
    letter: Option<String>,
    days: String,
    title: String,
    coach: bool,
    place: String,
    board: String,
    travel: i64,
    start: String,
    until: String,
    half_days: String,
    with_coach: String,
    hours: i64,
    /// Whom the place is for, as far as a coach may know.
    candidate: Option<String>,
    why: String,
    by: String,
    late: bool,
    published: bool,
    said: Option<Reply>,
    said_why: Option<&'static str>,
    version: i64,
    contact: Option<String>,
    reasons: Vec<(&'static str, &'static str)>,
    /// What was typed.
    reason: String,
    words: String,
    no_open: bool,
    errors: Vec<(String, String)>,
    stale: bool,
}

/// One own placement after publication.
struct Placed {
    place: String,
    board: String,
    travel: Option<i64>,
    start: String,
    until: String,
    half_days: String,
    /// The coach; for a coach the candidate.
    who: String,
    hours: i64,
    why: String,
}

#[derive(Template)]
#[template(path = "link_place.html")]
struct PlacePage {
    frame: Frame,
    coach: bool,
    title: String,
    places: Vec<Placed>,
    /// Of a candidate without a placement.
    none: Option<NoPlace>,
    /// What would help then, and how sure that is.
    helps: Option<(&'static str, Vec<String>)>,
    stop: String,
    letter: Option<String>,
    days: String,
    contact: Option<String>,
}

#[derive(Template)]
#[template(path = "link_over.html")]
struct OverPage {
    frame: Frame,
    contact: Option<String>,
}

#[derive(Template)]
#[template(path = "link_stop.html")]
struct StopPage {
    frame: Frame,
    back: String,
    here: String,
    coach: bool,
    from: String,
    reason: String,
    reasons: Vec<(&'static str, &'static str)>,
    errors: Vec<(String, String)>,
    doubts: Vec<String>,
}

/// What would have helped whoever has no place, in words; nothing where nothing is known to help.
fn helps(m: Messages, it: &Helps) -> Option<(&'static str, Vec<String>)> {
    let intro = match it {
        Helps::Each(_) => m.link.helps_each(),
        Helps::Perhaps(list) if list.is_empty() => return None,
        Helps::Perhaps(_) => m.link.helps_perhaps(),
    };
    Some((intro, it.clone().list()))
}

/// Whatever is the matter with a link, it is told alike.
fn over(app: &App, guest: &Guest) -> Result<Response, Problem> {
    status(StatusCode::NOT_FOUND, &OverPage { frame: guest.clone().frame(), contact: app.settings.post.from.clone() })
}

/// The page of a link; nothing when it does not count.
async fn drawn(app: &App, guest: &Guest, secret: &str) -> Result<Option<LinkPage>, Problem> {
    let shown = match links::shown(&app.store, secret).await {
        Ok(shown) => shown,
        Err(Refused::Unknown) => return Ok(None),
        Err(refused) => return Err(refused.into()),
    };
    let candidate = shown.answer.party == Party::Candidate;
    let why = if candidate { reasons(app, secret).await? } else { String::new() };
    Ok(Some(proposal(app, guest, secret, shown, why)))
}

/// Why the place suits, in sentences.
async fn reasons(app: &App, secret: &str) -> Result<String, Problem> {
    let all = match letters::by_link(&app.store, secret, None).await {
        Ok(all) => all,
        Err(Refused::Unknown) => return Ok(String::new()),
        Err(refused) => return Err(refused.into()),
    };
    let why = all.letters.into_values().find_map(|it| match it.news {
        News::Placed(place) | News::Proposed(place) => Some(place.why),
        News::None(_) => None,
    });
    Ok(why.unwrap_or_default().iter().map(sentence).collect::<Vec<_>>().join(" "))
}

fn proposal(app: &App, guest: &Guest, secret: &str, shown: Shown, why: String) -> LinkPage {
    let frame = guest.clone().frame();
    let m = frame.m;
    let (placing, answer, names) = (shown.case.placing, shown.answer, shown.names);
    let coach = answer.party == Party::Coach;
    let school = names.school.unwrap_or(placing.place.school);
    let title = match (&names.candidate, coach) {
        (Some(name), false) => m.link.hello(name.split_whitespace().next().unwrap_or(name)),
        _ => m.link.hello_coach().to_owned(),
    };
    let published = shown.wave.life == Life::Vastgesteld;
    LinkPage {
        here: paths::personal(secret),
        stop: paths::personal_stop(secret),
        letter: (!coach).then(|| paths::personal_letter(secret)),
        days: paths::personal_days(secret),
        place: m.answers.place(&school, &placing.place.bouw),
        board: names.board.unwrap_or_default(),
        travel: if coach { placing.coach_travel } else { placing.travel },
        start: said::kept(m, &shown.wave.from, said::weekday),
        until: said::kept(m, &shown.wave.until, said::day),
        half_days: said::half_days(m, &placing.place.half_days),
        with_coach: names.coach.unwrap_or_default(),
        hours: placing.hours,
        candidate: names.candidate.filter(|_| coach),
        late: answer.by < app.store.clock().today().to_string(),
        by: said::kept(m, &answer.by, said::weekday),
        said: answer.said,
        said_why: answer.reason.map(|it| said::no_reason(m, it)),
        version: answer.version,
        contact: app.settings.post.from.clone(),
        reasons: said::no_reasons(m, answer.party),
        reason: String::new(),
        words: answer.note.unwrap_or_default(),
        no_open: false,
        errors: Vec::new(),
        stale: false,
        title,
        coach,
        why,
        published,
        frame,
    }
}

/// The page of a link to what was published; nothing when it does not count.
async fn placed(app: &App, guest: &Guest, secret: &str) -> Result<Option<PlacePage>, Problem> {
    let shown = match own::shown(&app.store, secret, None).await {
        Ok(shown) => shown,
        Err(Refused::Unknown) => return Ok(None),
        Err(refused) => return Err(refused.into()),
    };
    let frame = guest.clone().frame();
    let m = frame.m;
    let coach = shown.party == Party::Coach;
    let one = |it: Mine| Placed {
        place: m.answers.place(&it.place.school, &it.place.bouw),
        board: it.place.board,
        travel: it.place.travel,
        start: said::weekday(m, it.place.from),
        until: said::day(m, it.place.until),
        half_days: said::week(m, &it.place.half_days),
        who: if coach { it.candidate } else { it.place.coach }.unwrap_or_default(),
        hours: it.place.hours,
        why: it.place.why.iter().map(sentence).collect::<Vec<_>>().join(" "),
    };
    let places: Vec<Placed> = shown.places.into_iter().map(one).collect();
    let first = shown.name.as_deref().and_then(|it| it.split_whitespace().next()).unwrap_or_default().to_owned();
    let title = match (coach, places.is_empty(), first.is_empty()) {
        (true, _, _) => m.link.your_people(places.len()),
        (false, false, false) => m.link.hello_placed(first),
        (false, false, true) => m.link.you_are_placed().to_owned(),
        (false, true, false) => m.link.hello_none(first),
        (false, true, true) => m.link.no_place().to_owned(),
    };
    Ok(Some(PlacePage {
        coach,
        title,
        places,
        helps: shown.none.as_ref().and_then(|it| helps(m, &it.helps)),
        none: shown.none,
        stop: paths::personal_stop(secret),
        letter: shown.letters.map(|_| paths::personal_letter(secret)),
        days: paths::personal_days(secret),
        contact: app.settings.post.from.clone(),
        frame,
    }))
}

async fn show(State(app): State<App>, guest: Guest, Path(secret): Path<String>) -> Result<Response, Problem> {
    if places::told_so(&secret) {
        return match placed(&app, &guest, &secret).await? {
            Some(found) => page(&found),
            None => over(&app, &guest),
        };
    }
    match drawn(&app, &guest, &secret).await? {
        Some(found) => page(&found),
        None => over(&app, &guest),
    }
}

async fn answer(State(app): State<App>, guest: Guest, Path(secret): Path<String>, form: Form) -> Result<Response, Problem> {
    let reply = Reply::parse(form.text("antwoord")).unwrap_or(Reply::No);
    let no = reply == Reply::No;
    let given = Given {
        reply: Some(reply),
        reason: form.some("reden").filter(|_| no).and_then(NoReason::parse),
        note: form.some("toelichting").filter(|_| no).map(str::to_owned),
        ..Given::default()
    };
    let refused = match links::answer(&app.store, &secret, form.number("versie").unwrap_or_default(), given).await {
        Ok(_) => return Ok(after(&paths::personal(&secret), if no { Done::SaidNo } else { Done::SaidYes })),
        Err(Refused::Unknown) => return over(&app, &guest),
        Err(refused) => refused,
    };
    let Some(mut again) = drawn(&app, &guest, &secret).await? else { return over(&app, &guest) };
    (again.reason, again.words, again.no_open) = (form.text("reden").to_owned(), form.text("toelichting").to_owned(), no);
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
            again.stale = true;
            status(StatusCode::PRECONDITION_FAILED, &again)
        }
        refused => Err(refused.with_now(|_| ()).into()),
    }
}

/// The form of "ik val uit"; nothing when the link does not count.
async fn stop_page(app: &App, guest: &Guest, secret: &str) -> Result<Option<StopPage>, Problem> {
    let kind = match reports::holder(&app.store, secret).await {
        Ok((kind, _)) => kind,
        Err(Refused::Unknown) => return Ok(None),
        Err(refused) => return Err(refused.into()),
    };
    let frame = guest.clone().frame();
    Ok(Some(StopPage {
        back: paths::personal(secret),
        here: paths::personal_stop(secret),
        coach: kind == ReportKind::Coach,
        from: app.store.clock().today().to_string(),
        reason: String::new(),
        reasons: kind.reasons().iter().map(|it| (it.code(), said::report_reason(frame.m, kind, *it))).collect(),
        errors: Vec::new(),
        doubts: Vec::new(),
        frame,
    }))
}

async fn stopping(State(app): State<App>, guest: Guest, Path(secret): Path<String>) -> Result<Response, Problem> {
    match stop_page(&app, &guest, &secret).await? {
        Some(found) => page(&found),
        None => over(&app, &guest),
    }
}

/// "Ik val uit": a request to the intermediary; nothing else changes.
async fn stop(State(app): State<App>, guest: Guest, Path(secret): Path<String>, form: Form) -> Result<Response, Problem> {
    let Some(mut again) = stop_page(&app, &guest, &secret).await? else { return over(&app, &guest) };
    (again.from, again.reason) = (form.text("vanaf").to_owned(), form.text("reden").to_owned());
    let reason = ReportReason::parse(&again.reason);
    if reason.is_none() {
        again.errors.push(("reden".into(), again.frame.m.coach.wrong_reason().to_owned()));
    }
    if again.from.parse::<jiff::civil::Date>().is_err() {
        again.errors.push(("vanaf".into(), again.frame.m.coach.wrong_day().to_owned()));
    }
    let (Some(reason), true) = (reason, again.errors.is_empty()) else {
        return status(StatusCode::BAD_REQUEST, &again);
    };
    let own = reports::Own { from: again.from.clone(), reason, confirmed: form.has("bevestigd") };
    match reports::by_link(&app.store, &secret, &own).await {
        Ok(_) => Ok(after(&paths::personal(&secret), Done::Stopped)),
        Err(Refused::Unknown) => over(&app, &guest),
        Err(Refused::Invalid(refusal)) => {
            again.errors = said::wrong(&refusal, str::to_owned);
            status(StatusCode::BAD_REQUEST, &again)
        }
        Err(Refused::Unconfirmed(points)) => {
            again.doubts = points.into_iter().map(|it| it.what).collect();
            status(StatusCode::BAD_REQUEST, &again)
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn letter(State(app): State<App>, guest: Guest, Path(secret): Path<String>) -> Result<Response, Problem> {
    // One answer for every way in which a link does not count.
    if places::told_so(&secret) {
        if placed(&app, &guest, &secret).await?.is_none_or(|it| it.letter.is_none()) {
            return over(&app, &guest);
        }
    } else if drawn(&app, &guest, &secret).await?.is_none_or(|it| it.coach) {
        return over(&app, &guest);
    }
    papers::letter_by_link(&app, &secret).await
}

async fn days(State(app): State<App>, guest: Guest, Path(secret): Path<String>) -> Result<Response, Problem> {
    match agenda::by_link(&app.store, &secret).await {
        Ok(agenda) => Ok(papers::days(&agenda)),
        Err(Refused::Unknown) => over(&app, &guest),
        Err(refused) => Err(refused.into()),
    }
}
