//! What was scarce in waves of before, as prices that a policy can save by: chosen, shown, and put in a draft by a person.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use loket_instances::matching::read::Names;
use loket_solver::matching::facts::policy::Saving;

use super::policies::{named, title_of};
use super::trial_ask::{Wave, waves};
use crate::actions::{Refused, saving};
use crate::desk::saving::Priced;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, after, status};
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::pages::wrong::{Wrong, capital};
use crate::records::policy::Named;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::problem::Problem;

/// What has a price, as people read it among other things.
pub(super) fn priced(m: Messages, names: &Names, it: &Priced) -> String {
    match it {
        Priced::Seat { .. } => called(m, names, it),
        Priced::Hour { .. } => m.saving.hour_of(called(m, names, it)),
    }
}

/// A seat with its school, or a coach.
fn called(m: Messages, names: &Names, it: &Priced) -> String {
    let named = |names: &BTreeMap<String, String>, id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
    match it {
        Priced::Seat { school, seat } => m.saving.seat_of(named(&names.schools, school), seat.replace(['_', '-'], " ")),
        Priced::Hour { coach } => named(&names.coaches, coach),
    }
}

struct Row {
    name: String,
    price: u32,
}

/// The prices of something, the highest first.
struct Table {
    caption: &'static str,
    head: &'static str,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "admin/saving.html")]
struct SavingPage {
    frame: Frame,
    title: String,
    back: (String, String),
    place: String,
    waves: Vec<Wave>,
    wrong: Wrong,
    /// Whether prices were asked.
    asked: bool,
    tables: Vec<Table>,
}

fn tables(m: Messages, names: &Names, found: Saving) -> Vec<Table> {
    let seats = found.seats.into_iter().map(|(school, seat, price)| (Priced::Seat { school, seat }, price));
    let hours = found.coaches.into_iter().map(|(coach, price)| (Priced::Hour { coach }, price));
    let table = |caption, head, rows: &mut dyn Iterator<Item = (Priced, u32)>| {
        let mut rows: Vec<Row> = rows.map(|(it, price)| Row { name: called(m, names, &it), price }).collect();
        rows.sort_by(|a, b| b.price.cmp(&a.price).then_with(|| a.name.cmp(&b.name)));
        Table { caption, head, rows }
    };
    let both = [
        table(m.saving.seats(), m.saving.head_seat(), &mut seats.into_iter()),
        table(m.saving.hours(), m.saving.head_hour(), &mut hours.into_iter()),
    ];
    both.into_iter().filter(|it| !it.rows.is_empty()).collect()
}

async fn drawn(
    (app, visitor, named): (&App, &Visitor, &Named),
    code: StatusCode,
    form: Option<&Form>,
    (found, wrong): (Option<Saving>, Wrong),
) -> Result<Response, Problem> {
    let frame = visitor.frame(app, Section::Policies);
    let m = frame.m;
    let policy = app.store.read().policy(named).await?.ok_or_else(Problem::unknown)?;
    let names = saving::names(&app.store).await?;
    let shown = SavingPage {
        title: m.saving.title(title_of(named)),
        back: (paths::policy_draft(&named.name, named.number), capital(&title_of(named))),
        place: paths::policy_saving(&named.name, named.number),
        waves: waves(app, &policy, form).await?,
        asked: found.is_some(),
        tables: found.map_or_else(Vec::new, |it| tables(m, &names, it)),
        wrong,
        frame,
    };
    status(code, &shown)
}

pub(super) async fn form(
    State(app): State<App>,
    visitor: Visitor,
    Ids(ids): Ids<(String, String)>,
    _: NoKeys,
) -> Result<Response, Problem> {
    drawn((&app, &visitor, &named(ids)?), StatusCode::OK, None, (None, Wrong::default())).await
}

/// Shows the prices of the waves that were chosen, or puts them in a draft.
pub(super) async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Ids(ids): Ids<(String, String)>,
    _: NoKeys,
    form: Form,
) -> Result<Response, Problem> {
    let named = named(ids)?;
    let page = (&app, &visitor, &named);
    let m = visitor.frame(&app, Section::Policies).m;
    let chosen: Vec<String> = form.all("lichting").map(str::to_owned).collect();
    let mut wrong = Wrong::default();
    if chosen.is_empty() {
        wrong.add("lichtingen", m.trial.wave_chosen_none());
        return drawn(page, StatusCode::BAD_REQUEST, Some(&form), (None, wrong)).await;
    }
    let refused = if form.text("wat") == "concept" {
        match saving::draft(&app.store, &visitor.asked, &named, &chosen).await {
            Ok(policy) => return Ok(after(&paths::policy_draft(&policy.named.name, policy.named.number), Done::SavingDrafted)),
            Err(refused) => refused,
        }
    } else {
        match saving::propose(&app.store, &named, &chosen).await {
            Ok(found) => return drawn(page, StatusCode::OK, Some(&form), (Some(found), wrong)).await,
            Err(refused) => refused,
        }
    };
    let Refused::Invalid(refusal) = refused else { return Err(refused.into()) };
    wrong.take(&refusal.problems, |_| "lichtingen");
    drawn(page, StatusCode::BAD_REQUEST, Some(&form), (None, wrong)).await
}
