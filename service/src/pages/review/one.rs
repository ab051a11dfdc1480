//! `/lichtingen/{id}/beoordelen/{kandidaat}`: one proposal beside the list.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::detail::{OneView, view};
use super::picked::Query;
use super::say::Say;
use super::screen::{Screen, frame, load, screen};
use crate::actions::openings;
use crate::actions::review::list::Listed;
use crate::actions::review::one;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, page, status, to};
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::records::review::Part;
use crate::serve::app::App;
use crate::serve::papers;
use crate::serve::problem::Problem;

/// What met another decision.
#[derive(Clone, Debug)]
pub struct Met {
    /// What stands now, and who decided it.
    pub theirs: String,
    /// What was wanted.
    pub yours: String,
    /// Where that is sent again.
    pub action: String,
    /// With these fields.
    pub fields: Vec<(&'static str, String)>,
    /// On the decision of this version.
    pub version: i64,
}

#[derive(Template)]
#[template(path = "review/one.html")]
struct OnePage {
    frame: Frame,
    screen: Screen,
    one: OneView,
    /// What is wrong, with the id of the field.
    wrong: Vec<(&'static str, String)>,
    /// What met another decision.
    met: Option<Met>,
    /// What was typed as a note.
    note: String,
}

impl OnePage {
    /// What is wrong with a field; empty for nothing.
    fn wrong_of(&self, field: &str) -> &str {
        self.wrong.iter().find(|(id, _)| *id == field).map_or("", |(_, text)| text)
    }
}

#[derive(Template)]
#[template(path = "review/part_why.html")]
struct WhyPart {
    frame: Frame,
    one: OneView,
}

/// One proposal.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((wave, candidate)): Path<(String, String)>,
    picked: Query,
) -> Result<Response, Problem> {
    shown(&app, &visitor, (&wave, &candidate), picked, Again::default()).await
}

/// The question whether a limit may be wider, as a message to the candidate that is sent by hand.
pub async fn question(
    State(app): State<App>,
    visitor: Visitor,
    Path((wave, candidate)): Path<(String, String)>,
    mut picked: Query,
) -> Result<Response, Problem> {
    let on = load(&app, &visitor, &wave, &mut picked).await?;
    let found = one::one(&app.store, &visitor.asked, &on, &candidate).await?;
    // Its reader is the candidate: in the language of the service, whatever that of whoever asks.
    let m = Messages::of(app.settings.language);
    let one = view(&Say::new(m, &on), &picked, &found, app.store.clock(), None);
    let question = one.none.map(|it| it.question).filter(|it| !it.is_empty()).ok_or_else(Problem::unknown)?;
    let text = format!("{question}\n\n{}\n{}\n", m.review.ask_greeting(), visitor.name);
    papers::question(&app, &visitor.asked, &candidate, &text).await
}

/// What a page is shown again with.
#[derive(Debug, Default)]
pub struct Again {
    /// What is wrong, with the id of the field.
    pub wrong: Vec<(&'static str, String)>,
    /// What met another decision.
    pub met: Option<Met>,
    /// What was typed as a note.
    pub note: String,
}

/// One proposal, again with what is wrong.
pub async fn shown(
    app: &App,
    visitor: &Visitor,
    (wave, candidate): (&str, &str),
    mut picked: Query,
    again: Again,
) -> Result<Response, Problem> {
    let on = load(app, visitor, wave, &mut picked).await?;
    let asked = match &picked.ask {
        Some(school) => Some((school.as_str(), one::at_school(&app.store, &on, candidate, school).await?)),
        None => None,
    };
    let found = one::one(&app.store, &visitor.asked, &on, candidate).await?;
    let frame = frame(app, visitor, wave).await?;
    let say = Say::new(frame.m, &on);
    let one = view(&say, &picked, &found, app.store.clock(), asked);
    if picked.part.is_some() {
        return page(&WhyPart { frame, one });
    }
    opened(app, visitor, &on, candidate).await?;
    let screen = screen(app, visitor, &say, &picked, (Some(candidate), "")).await?;
    let coming = one.why.coming || one.asking || screen.tray.as_ref().is_some_and(|it| it.coming);
    let frame = if coming { frame.refreshed(5) } else { frame };
    let code = match (&again.met, again.wrong.is_empty()) {
        (Some(_), _) => StatusCode::PRECONDITION_FAILED,
        (None, false) => StatusCode::BAD_REQUEST,
        (None, true) => StatusCode::OK,
    };
    let Again { wrong, met, note } = again;
    status(code, &OnePage { frame, screen, one, wrong, met, note })
}

/// Notes that somebody has this proposal before them, with why and what else there is.
pub async fn opened(app: &App, visitor: &Visitor, on: &Listed, candidate: &str) -> Result<(), Problem> {
    if !on.wave.life.under_review() {
        return Ok(());
    }
    let parts = [Part::Proposal, Part::Reasons, Part::Alternatives];
    openings::open(&app.store, &visitor.asked, (&on.wave.id, candidate), None, &parts)
        .await
        .map_err(|refused| Problem::from(refused.with_now(|_| ())))?;
    Ok(())
}

/// Asks what comes of a place at a school.
pub async fn ask(
    State(app): State<App>,
    visitor: Visitor,
    Path((wave, candidate)): Path<(String, String)>,
    mut picked: Query,
    form: Form,
) -> Result<Response, Problem> {
    let on = load(&app, &visitor, &wave, &mut picked).await?;
    let school = form.text("school");
    let here = paths::wave_reviewed(&wave, &candidate);
    if school.is_empty() {
        return Ok(to(&picked.behind(&here, &[])));
    }
    one::ask_school(&app.store, &visitor.asked, &on, &candidate, school).await?;
    Ok(to(&picked.behind(&here, &[("waarom-niet", school)])))
}

/// Asks why anew, after it came to nothing.
pub async fn again(
    State(app): State<App>,
    visitor: Visitor,
    Path((wave, candidate)): Path<(String, String)>,
    mut picked: Query,
) -> Result<Response, Problem> {
    let on = load(&app, &visitor, &wave, &mut picked).await?;
    one::why_again(&app.store, &visitor.asked, &on.run, &candidate).await?;
    Ok(to(&picked.behind(&paths::wave_reviewed(&wave, &candidate), &[])))
}
