//! `/lichtingen/{id}/beoordelen/{kandidaat}/plaatsen`: a place that a person chooses, also one that a rule forbids: which rule, and why it may.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::judge::blocking;

use super::decide::{Came, Wanted, decide, fields};
use super::detail::{OneView, view};
use super::one::opened;
use super::picked::Query;
use super::say::Say;
use super::screen::{Screen, frame, load, screen, spot};
use crate::actions::review::list::Listed;
use crate::actions::review::one;
use crate::desk::choice::Choice;
use crate::desk::decision::{Along, Said, Spot};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, status};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::serve::app::App;
use crate::serve::problem::Problem;

/// A rule in the way.
#[derive(Clone, Debug)]
struct InTheWay {
    code: &'static str,
    says: String,
    /// Whether a person may set it aside.
    may: bool,
    /// Whether it was ticked.
    ticked: bool,
}

#[derive(Template)]
#[template(path = "review/place.html")]
struct PlacePage {
    frame: Frame,
    screen: Screen,
    one: OneView,
    /// Seat groups, by school and group.
    seats: Vec<(String, String)>,
    seat: String,
    coaches: Vec<(String, String)>,
    coach: String,
    /// The place that is looked at.
    place: Option<Spot>,
    /// The same in words.
    says: String,
    /// The rules in its way.
    rules: Vec<InTheWay>,
    /// Whether the seats are taken by others.
    full: bool,
    /// Whether it can be chosen.
    can: bool,
    reason: String,
    wrong: Vec<(&'static str, String)>,
    action: String,
    look: String,
    hidden: Vec<(&'static str, String)>,
}

impl PlacePage {
    /// What is wrong with a field; empty for nothing.
    fn wrong(&self, field: &str) -> &str {
        self.wrong.iter().find(|(id, _)| *id == field).map_or("", |(_, text)| text)
    }
}

/// What a page is shown with.
#[derive(Debug, Default)]
struct Typed {
    place: Option<Spot>,
    despite: Vec<String>,
    reason: String,
    wrong: Vec<(&'static str, String)>,
}

/// The form, with the place that is looked at.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((wave, id)): Path<(String, String)>,
    picked: Query,
) -> Result<Response, Problem> {
    let (school, seat, coach) = picked.place.clone();
    // A seat group of a list is named with its school.
    let (school, seat) = match (school, seat.as_deref().and_then(|it| it.split_once('|'))) {
        (_, Some((school, seat))) => (Some(school.to_owned()), Some(seat.to_owned())),
        (school, None) => (school, seat),
    };
    let place = school.zip(seat).zip(coach).map(|((school, seat), coach)| Spot { school, seat, coach });
    shown(&app, &visitor, (&wave, &id), picked, Typed { place, ..Typed::default() }).await
}

fn rules(on: &Listed, id: &str, place: &Spot) -> Option<Vec<RuleCode>> {
    let (who, at) = (on.sight.candidate(id)?, on.sight.placement(place)?);
    Some(blocking(&on.sight.wave, who, at))
}

async fn shown(app: &App, visitor: &Visitor, (wave, id): (&str, &str), mut picked: Query, typed: Typed) -> Result<Response, Problem> {
    let on = load(app, visitor, wave, &mut picked).await?;
    let found = one::one(&app.store, &visitor.asked, &on, id).await?;
    let frame = frame(app, visitor, wave).await?;
    let say = Say::new(frame.m, &on);
    let (sight, names) = (&on.sight, &on.names);
    let place = typed.place.filter(|it| sight.placement(it).is_some());
    let broken = place.as_ref().and_then(|it| rules(&on, id, it)).unwrap_or_default();
    let rules: Vec<InTheWay> = broken
        .iter()
        .map(|rule| InTheWay {
            code: rule.code(),
            says: say.rule(*rule, None),
            may: rule.rule().overrulable,
            ticked: typed.despite.iter().any(|it| it == rule.code()),
        })
        .collect();
    let full = place.as_ref().and_then(|it| sight.placement(it)).is_some_and(|at| {
        let taken = sight.plan.pairs().filter(|(who, it)| it.is_some_and(|it| it.seat == at.seat) && sight.wave.candidates[*who].id != id);
        u32::try_from(taken.count()).unwrap_or(u32::MAX) >= sight.wave.seats[at.seat].count
    });
    let mut seats: Vec<(String, String)> = sight
        .wave
        .seats
        .iter()
        .map(|seat| {
            let school = &sight.wave.schools[seat.school].id;
            (format!("{school}|{}", seat.id), format!("{}, {}", names.school(school), seat.bouw.code()))
        })
        .collect();
    seats.sort_by(|one, other| one.1.cmp(&other.1));
    let mut coaches: Vec<(String, String)> = sight.wave.coaches.iter().map(|it| (it.id.clone(), names.coach(&it.id).to_owned())).collect();
    coaches.sort_by(|one, other| one.1.cmp(&other.1));
    let shown = place.as_ref().or(found.proposal.as_ref());
    let code = if typed.wrong.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    opened(app, visitor, &on, id).await?;
    let one = view(&say, &picked, &found, app.store.clock(), None);
    let page = PlacePage {
        seat: shown.map(|it| format!("{}|{}", it.school, it.seat)).unwrap_or_default(),
        coach: shown.map(|it| it.coach.clone()).unwrap_or_default(),
        says: place.as_ref().map(|it| frame.m.review.place_with(say.place(it), names.coach(&it.coach))).unwrap_or_default(),
        can: place.is_some() && rules.iter().all(|it| it.may),
        screen: screen(app, visitor, &say, &picked, (Some(id), "")).await?,
        frame,
        one,
        seats,
        coaches,
        place,
        rules,
        full,
        reason: typed.reason,
        wrong: typed.wrong,
        action: picked.behind(&paths::review_deed(wave, id, "plaatsen"), &[]),
        look: paths::review_deed(wave, id, "plaatsen"),
        hidden: picked.pairs(),
    };
    status(code, &page)
}

/// Chooses the place, with the rules that are set aside and why.
pub async fn place(
    State(app): State<App>,
    visitor: Visitor,
    Path((wave, id)): Path<(String, String)>,
    mut picked: Query,
    form: Form,
) -> Result<Response, Problem> {
    let m = visitor.frame(&app, Section::Waves).m.review;
    let despite: Vec<String> = form.all("ondanks").map(str::to_owned).collect();
    let reason = form.text("reden").to_owned();
    let mut typed = Typed { place: spot(&form), despite: despite.clone(), reason: reason.clone(), wrong: Vec::new() };
    let on = load(&app, &visitor, &wave, &mut picked).await?;
    let broken = typed.place.as_ref().and_then(|it| rules(&on, &id, it));
    let Some(broken) = broken else {
        typed.wrong.push(("plek", m.choose_place().into()));
        return shown(&app, &visitor, (&wave, &id), picked, typed).await;
    };
    if broken.iter().any(|it| !despite.iter().any(|code| code == it.code())) {
        typed.wrong.push(("ondanks", m.tick_rules().into()));
    }
    if !broken.is_empty() && reason.is_empty() {
        typed.wrong.push(("reden", m.say_why().into()));
    }
    if !typed.wrong.is_empty() {
        return shown(&app, &visitor, (&wave, &id), picked, typed).await;
    }
    let mut again = fields(typed.place.as_ref());
    again.extend(despite.iter().map(|it| ("ondanks", it.clone())));
    again.push(("reden", reason.clone()));
    let along = Along { despite: broken, ..Along::default() };
    let wanted = Wanted {
        choice: Choice { said: Said::Alternatief, spot: typed.place.clone(), along },
        version: form.number("versie").unwrap_or(0),
        action: picked.behind(&paths::review_deed(&wave, &id, "plaatsen"), &[]),
        fields: again,
        note: if reason.is_empty() { String::new() } else { m.note_despite(&reason) },
    };
    match decide(&app, &visitor, (&wave, &id), picked.clone(), wanted).await? {
        Came::Answer(response) => Ok(response),
        Came::Wrong(refusal) => {
            typed.wrong = refusal.problems.into_iter().map(|it| ("plek", format!("{}: {}", it.what, it.remedy))).collect();
            shown(&app, &visitor, (&wave, &id), picked, typed).await
        }
    }
}
