//! The report without anybody in it, for a steering group.

use askama::Template;
use axum::response::Response;

use super::reviewing::{Reviewing, reviewing};
use super::{Figure, For, Head, before, figure, frame, head, none, pictures, provisional, shown};
use crate::access::Role;
use crate::actions::{fairness, overview};
use crate::api::review::Beoordelingscijfer as Rated;
use crate::desk::sums::Sums;
use crate::pages::frame::{Frame, page};
use crate::pages::messages::Report as Words;
use crate::pages::visitor::Visitor;
use crate::present::chart::Chart;
use crate::present::dutch::{euros, number};
use crate::serve::app::App;
use crate::serve::problem::Problem;

#[derive(Template)]
#[template(path = "report/city.html")]
struct CityPage {
    frame: Frame,
    head: Head,
    figures: Vec<Figure>,
    choices: Chart,
    travel: Chart,
    seats: Chart,
    shares: Chart,
    coaches: Vec<Figure>,
    coaches_title: String,
    hard: String,
    reviewed: Option<Reviewing>,
    hidden: bool,
}

pub(super) async fn show(app: &App, visitor: &Visitor, id: &str) -> Result<Response, Problem> {
    let (wave, found) = fairness::counted(&app.store, id).await?;
    let frame = frame(app, visitor, &wave).await?;
    let Some(found) = found else { return none(frame, &wave) };
    let m = frame.m.report;
    // A board may be chosen by who may see everything.
    let boards = match visitor.asked.caller.role() {
        Role::Intermediair => fairness::boards(&app.store, &visitor.asked, id).await?,
        _ => Vec::new(),
    };
    let earlier = before(app, visitor, &wave).await?;
    let [nobody, some, full] = found.coaches.1.map(shown);
    let provisional = provisional(app, &frame, &wave, found.candidates.is_some()).await?;
    let reviewed = reviewing(m, &Rated::bounded(&overview::rates(&app.store, id).await?.1), None);
    let page_of = CityPage {
        head: head(&frame, &wave, &For::City, &boards, provisional),
        figures: figures(m, &found),
        choices: pictures::choices(m, &wave.name, found.choices, earlier),
        travel: pictures::travel_in_quarters(m, found.mean_minutes, &found.minutes),
        seats: pictures::seats(m, &found.boards, found.all),
        shares: pictures::shares(m, &found.boards, found.all[3]),
        coaches: vec![figure(full, m.coach_full()), figure(some, m.coach_some()), figure(nobody, m.coach_none())],
        coaches_title: m.coaches_city(number(found.coaches.0)),
        hard: hard(m, &found),
        hidden: found.hidden || reviewed.as_ref().is_some_and(|it| it.hidden),
        reviewed,
        frame,
    };
    page(&page_of)
}

fn figures(m: Words, found: &Sums) -> Vec<Figure> {
    let or_dot = |text: Option<String>| text.unwrap_or_else(|| "·".into());
    let placed = found.candidates.map_or_else(|| m.placed().to_owned(), |all| m.of_placed(number(all)));
    let coaching = found.external.map_or_else(|| m.coaching_only().to_owned(), |external| m.coaching(number(external)));
    let cost = found.budget.map_or_else(|| m.no_budget().to_owned(), |budget| m.budget(euros(budget)));
    vec![
        figure(shown(found.placed), placed),
        figure(shown(found.choices[0]), m.get_first()),
        figure(or_dot(found.mean_minutes.map(|it| m.minutes(number(it)))), m.mean_travel()),
        figure(or_dot(found.hours.map(|it| m.hours(number(it)))), coaching),
        figure(or_dot(found.cents.map(euros)), cost),
    ]
}

fn hard(m: Words, found: &Sums) -> String {
    let (there, all) = found.hard_seats;
    match (found.hard, found.placed) {
        (Some(hard), Some(placed)) => m.hard_about(number(hard), number(placed), found.hard_from, number(all), number(there)),
        _ => m.hard_hidden(number(all), number(there), found.hard_from),
    }
}
