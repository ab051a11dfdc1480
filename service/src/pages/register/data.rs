//! What somebody asks about their own data: requests with their last day, everything that is kept, being left out, and being erased.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::words::{Word, words};

use super::card::person;
use super::{Tab, words as said};
use crate::actions::catalogue::{self, Card};
use crate::actions::{Refused, persons, privacy};
use crate::api::persons::inzage;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, after, status};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::present::dossier;
use crate::records::dossier::Who;
use crate::records::privacy::Wish;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::problem::Problem;

words! {
    /// What is done with somebody's data.
    pub enum Deed {
        /// A request is noted.
        Note = "noteren",
        /// A request was done.
        Finish = "gedaan",
        /// Somebody is left out.
        Restrict = "beperken",
        /// Somebody takes part again.
        Lift = "opheffen",
        /// Somebody is erased.
        Erase = "wissen",
    }
}

/// A request as it is shown.
struct Asked {
    id: String,
    wish: &'static str,
    asked: String,
    until: String,
    done: bool,
    late: bool,
    version: i64,
}

#[derive(Template)]
#[template(path = "register/data.html")]
struct DataPage {
    frame: Frame,
    title: String,
    place: String,
    back: String,
    all_requests: &'static str,
    dossier: String,
    edit: String,
    row_version: i64,
    requests: Vec<Asked>,
    wishes: Vec<(&'static str, &'static str)>,
    restricted: Option<String>,
    restriction_version: i64,
    today: String,
    errors: Vec<(String, String)>,
}

/// Whose data: only people have any of their own.
fn who(tab: &str, id: &str) -> Result<(Tab, Who), Problem> {
    let tab = Tab::read(tab)?;
    let kind = person(tab).ok_or_else(Problem::unknown)?;
    Ok((tab, Who::new(kind, id)))
}

fn drawn(
    app: &App,
    visitor: &Visitor,
    code: StatusCode,
    tab: Tab,
    told: &Card,
    errors: Vec<(String, String)>,
) -> Result<Response, Problem> {
    let frame = visitor.frame(app, Section::Register);
    let m = frame.m.register;
    let (tab, id) = (tab.code(), told.row.id.as_str());
    let holds = told.restriction.as_ref().filter(|it| it.holds(&told.today));
    let restricted = holds.map(|it| match &it.until {
        Some(until) => m.restricted_until(said::day(&it.since), said::day(until)),
        None => m.restricted_since(said::day(&it.since)),
    });
    let shown = DataPage {
        title: m.data_title(told.row.called()),
        place: paths::register_data(tab, id),
        back: paths::register_row(tab, id),
        all_requests: paths::REQUESTS,
        dossier: paths::register_dossier(tab, id),
        edit: paths::register_edit(tab, id),
        row_version: told.row.version,
        requests: told
            .requests
            .iter()
            .map(|it| Asked {
                id: it.id.clone(),
                wish: said::wish(m, it.wish),
                asked: said::day(&it.asked),
                until: said::day(&it.until),
                done: it.done.is_some(),
                late: it.done.is_none() && it.until < told.today,
                version: it.version,
            })
            .collect(),
        wishes: Wish::ALL.iter().map(|it| (it.code(), said::wish(m, *it))).collect(),
        restricted,
        restriction_version: told.restriction.as_ref().map_or(0, |it| it.version),
        today: told.today.clone(),
        errors,
        frame,
    };
    status(code, &shown)
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Ids((tab, id)): Ids<(String, String)>,
    _: NoKeys,
) -> Result<Response, Problem> {
    let (tab, who) = who(&tab, &id)?;
    let told = catalogue::card(&app.store, &visitor.asked, who.kind, &id).await?;
    drawn(&app, &visitor, StatusCode::OK, tab, &told, Vec::new())
}

pub(super) async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Ids((tab, id)): Ids<(String, String)>,
    _: NoKeys,
    form: Form,
) -> Result<Response, Problem> {
    let (tab, who) = who(&tab, &id)?;
    let (store, asked) = (&app.store, &visitor.asked);
    let version = form.number("versie").unwrap_or(0);
    let deed = Deed::parse(form.text("wat")).ok_or_else(Problem::unknown)?;
    let done: Result<Done, Refused> = match deed {
        Deed::Note => match Wish::parse(form.text("verzoek")) {
            Some(wish) => privacy::note(store, asked, wish, &who, form.some("gevraagd")).await.map(|_| Done::RequestNoted),
            None => Err(Refused::wrong("woord", "/verzoek", "kies wat er gevraagd is", "kies een van de verzoeken")),
        },
        Deed::Finish => {
            let finished = privacy::done(store, asked, form.text("id"), version).await;
            finished.map(|_| Done::RequestDone).map_err(|it| it.with_now(|_| ()))
        }
        Deed::Restrict => {
            let limited = privacy::restrict(store, asked, &who, version, form.some("tot")).await;
            limited.map(|_| Done::Restricted).map_err(|it| it.with_now(|_| ()))
        }
        Deed::Lift => privacy::lift(store, asked, &who, version).await.map(|()| Done::Lifted).map_err(|it| it.with_now(|_| ())),
        Deed::Erase if form.has("zeker") => {
            persons::erase_on_request(store, asked, &who, version).await.map(|_| Done::Erased).map_err(|it| it.with_now(|_| ()))
        }
        Deed::Erase => Err(Refused::wrong("bevestiging", "/zeker", "wissen kan niet terug", "zet een vinkje als u het zeker weet")),
    };
    match done {
        Ok(done) => Ok(after(&paths::register_data(tab.code(), &id), done)),
        Err(Refused::Invalid(refusal)) => {
            let told = catalogue::card(store, asked, who.kind, &id).await?;
            let errors =
                refusal.problems.iter().map(|it| (it.pointer.trim_start_matches('/').to_owned(), format!("{}; {}", it.what, it.remedy)));
            drawn(&app, &visitor, StatusCode::BAD_REQUEST, tab, &told, errors.collect())
        }
        Err(refused) => Err(refused.into()),
    }
}

/// Everything that is kept of somebody, as a text to give to them: nobody else is named in it.
pub(super) async fn dossier(
    State(app): State<App>,
    visitor: Visitor,
    Ids((tab, id)): Ids<(String, String)>,
    _: NoKeys,
) -> Result<Response, Problem> {
    let (_, who) = who(&tab, &id)?;
    let m = visitor.frame(&app, Section::Register).m.register;
    let kept = persons::dossier(&app.store, &visitor.asked, &who).await?;
    let others = persons::others(&app.store, &visitor.asked, &kept, &who).await?;
    let told = inzage(kept, &who, &others, app.store.clock().today());
    let text = dossier::page(m.dossier_title(), &told);
    let mut response = ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response();
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"inzage.txt\""));
    Ok(response)
}
