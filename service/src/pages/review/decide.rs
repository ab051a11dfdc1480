//! Deciding: each is sent by a form, and leads to the next to do.

use axum::extract::{Path, State};
use axum::response::Response;

use super::one::{Again, Met, shown};
use super::picked::Query;
use super::say::Say;
use super::screen::{load, spot};
use crate::actions::review::list::Listed;
use crate::actions::{Refused, decisions, notes, undo as undoing};
use crate::desk::choice::Choice;
use crate::desk::decision::{Along, Decision, Said, Spot};
use crate::desk::review::list::around;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Section, after, to};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::records::decision::Decided;
use crate::serve::app::App;
use crate::serve::problem::Problem;
use loket_instances::strict::problem::Refusal;

type Ids = Path<(String, String)>;

/// A decision that somebody wants, of a form.
#[derive(Debug)]
pub struct Wanted {
    /// What.
    pub choice: Choice,
    /// On the decision of this version.
    pub version: i64,
    /// Where it was sent.
    pub action: String,
    /// Its fields, to be sent again.
    pub fields: Vec<(&'static str, String)>,
    /// What is noted with it; empty is nothing.
    pub note: String,
}

/// What came of deciding.
#[derive(Debug)]
pub enum Came {
    /// It was decided, or something else is shown.
    Answer(Response),
    /// It is not right: everything that is wrong.
    Wrong(Refusal),
}

/// Who comes next: the next to do of the list as it was.
pub fn next(on: &Listed, picked: &Query, candidate: &str) -> String {
    let wave = &on.wave.id;
    match around(&on.rows, candidate).to_do {
        Some(next) => picked.behind(&paths::wave_reviewed(wave, &next), &[]),
        None => picked.behind(&paths::wave_review(wave), &[]),
    }
}

/// Decides, and goes on to the next to do. Where somebody else decided meanwhile, both are shown.
pub async fn decide(
    app: &App,
    visitor: &Visitor,
    (wave, candidate): (&str, &str),
    mut picked: Query,
    wanted: Wanted,
) -> Result<Came, Problem> {
    let on = load(app, visitor, wave, &mut picked).await?;
    let Wanted { choice, version, action, fields, note } = wanted;
    match decisions::decide(&app.store, &visitor.asked, wave, candidate, version, choice.clone()).await {
        Ok(_) => {
            if !note.is_empty() {
                put_note(app, visitor, (wave, candidate), &note).await?;
            }
            Ok(Came::Answer(to(&next(&on, &picked, candidate))))
        }
        Err(Refused::Stale(now)) => {
            let say = Say::new(visitor.frame(app, Section::Waves).m, &on);
            let met = met(&say, candidate, now.as_ref().as_ref(), &choice, (action, fields));
            shown(app, visitor, (wave, candidate), picked, Again { met: Some(met), ..Again::default() }).await.map(Came::Answer)
        }
        Err(Refused::Invalid(refusal)) => Ok(Came::Wrong(refusal)),
        Err(refused) => Err(Problem::from(refused.with_now(|_| ()))),
    }
}

fn met(
    say: &Say<'_>,
    candidate: &str,
    now: Option<&Decided>,
    choice: &Choice,
    (action, fields): (String, Vec<(&'static str, String)>),
) -> Met {
    let m = say.m.review;
    let who = now.and_then(|it| say.on.names.account(&it.who)).unwrap_or_default();
    let yours = Decision::of(choice.said, choice.spot.clone(), choice.along.clone()).ok().map(|decision| Decided {
        candidate: candidate.to_owned(),
        decision,
        run: None,
        version: 0,
        at: 0,
        who: String::new(),
        lapsed: None,
        kept: false,
    });
    Met {
        theirs: m.met_theirs(say.decided(candidate, now), who),
        yours: say.decided(candidate, yours.as_ref()),
        action,
        fields,
        version: now.map_or(0, |it| it.version),
    }
}

/// Notes something about a candidate.
pub async fn put_note(app: &App, visitor: &Visitor, (wave, candidate): (&str, &str), text: &str) -> Result<(), Problem> {
    notes::make(&app.store, &visitor.asked, wave, candidate, text.to_owned())
        .await
        .map_err(|refused| Problem::from(refused.with_now(|_| ())))?;
    Ok(())
}

fn wanted(form: &Form, said: Said, action: String) -> Wanted {
    let place = spot(form);
    let fields = fields(place.as_ref());
    let choice = Choice { said, spot: place, along: Along::default() };
    Wanted { choice, version: form.number("versie").unwrap_or(0), action, fields, note: String::new() }
}

/// The fields of a placement.
pub fn fields(spot: Option<&Spot>) -> Vec<(&'static str, String)> {
    spot.map_or_else(Vec::new, |it| vec![("school", it.school.clone()), ("plek", it.seat.clone()), ("coach", it.coach.clone())])
}

/// A decision without more; what is wrong with it stands above the proposal.
async fn plainly(app: &App, visitor: &Visitor, ids: (&str, &str), picked: Query, wanted: Wanted) -> Result<Response, Problem> {
    match decide(app, visitor, ids, picked.clone(), wanted).await? {
        Came::Answer(response) => Ok(response),
        Came::Wrong(refusal) => {
            let wrong = refusal.problems.into_iter().map(|it| ("", format!("{}: {}", it.what, it.remedy))).collect();
            shown(app, visitor, ids, picked, Again { wrong, ..Again::default() }).await
        }
    }
}

/// Agrees with the proposal, or that there is none.
pub async fn agree(
    State(app): State<App>,
    visitor: Visitor,
    Path((wave, id)): Ids,
    picked: Query,
    form: Form,
) -> Result<Response, Problem> {
    let action = picked.behind(&paths::review_deed(&wave, &id, "akkoord"), &[]);
    plainly(&app, &visitor, (&wave, &id), picked, wanted(&form, Said::Akkoord, action)).await
}

/// Fixes the proposal.
pub async fn fix(State(app): State<App>, visitor: Visitor, Path((wave, id)): Ids, picked: Query, form: Form) -> Result<Response, Problem> {
    let action = picked.behind(&paths::review_deed(&wave, &id, "vast"), &[]);
    plainly(&app, &visitor, (&wave, &id), picked, wanted(&form, Said::Vast, action)).await
}

/// Chooses another place that the rules allow.
pub async fn choose(
    State(app): State<App>,
    visitor: Visitor,
    Path((wave, id)): Ids,
    picked: Query,
    form: Form,
) -> Result<Response, Problem> {
    let action = picked.behind(&paths::review_deed(&wave, &id, "kies"), &[]);
    plainly(&app, &visitor, (&wave, &id), picked, wanted(&form, Said::Alternatief, action)).await
}

/// Takes a decision back: the proposal is to do again.
pub async fn withdraw(
    State(app): State<App>,
    visitor: Visitor,
    Path((wave, id)): Ids,
    picked: Query,
    form: Form,
) -> Result<Response, Problem> {
    match decisions::withdraw(&app.store, &visitor.asked, &wave, &id, form.number("versie").unwrap_or(0)).await {
        // Somebody else was there before: what stands now is shown.
        Ok(()) | Err(Refused::Stale(_) | Refused::Unknown) => Ok(to(&picked.behind(&paths::wave_reviewed(&wave, &id), &[]))),
        Err(refused) => Err(Problem::from(refused.with_now(|_| ()))),
    }
}

/// Longest note, characters.
const LONGEST: usize = 4_000;

/// Makes a note.
pub async fn note(State(app): State<App>, visitor: Visitor, Path((wave, id)): Ids, picked: Query, form: Form) -> Result<Response, Problem> {
    let text = form.text("notitie");
    let m = visitor.frame(&app, Section::Waves).m.review;
    let wrong = match text.chars().count() {
        0 => Some(m.note_empty().to_owned()),
        long if long > LONGEST => Some(m.note_long(LONGEST)),
        _ => None,
    };
    if let Some(wrong) = wrong {
        let again = Again { wrong: vec![("notitie", wrong)], note: text.to_owned(), ..Again::default() };
        return shown(&app, &visitor, (&wave, &id), picked, again).await;
    }
    put_note(&app, &visitor, (&wave, &id), text).await?;
    Ok(to(&picked.behind(&paths::wave_reviewed(&wave, &id), &[])))
}

/// Takes back one's own last step, and shows whom it was about.
pub async fn undo(
    State(app): State<App>,
    visitor: Visitor,
    Path(wave): Path<String>,
    picked: Query,
    form: Form,
) -> Result<Response, Problem> {
    let place = match undoing::undo(&app.store, &visitor.asked, &wave, form.number("nummer").unwrap_or(0)).await {
        Ok(done) => match &done.now[..] {
            [(candidate, _)] => paths::wave_reviewed(&wave, candidate),
            _ => paths::wave_review(&wave),
        },
        // What can be undone by now is told where it leads.
        Err(Refused::Stale(_)) => picked.beside.as_ref().map_or_else(|| paths::wave_review(&wave), |id| paths::wave_reviewed(&wave, id)),
        Err(refused) => return Err(Problem::from(refused.with_now(|_| ()))),
    };
    Ok(after(&picked.behind(&place, &[]), Done::DecisionUndone))
}

/// Whoever comes back to where a form was sent sees the proposal.
pub async fn back(visitor: Visitor, Path((wave, id)): Ids, picked: Query) -> Response {
    drop(visitor);
    to(&picked.behind(&paths::wave_reviewed(&wave, &id), &[]))
}
