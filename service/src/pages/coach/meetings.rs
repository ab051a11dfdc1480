//! What a coach has in a roster that people were told of, and the same for a calendar.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::ROLES;
use crate::actions::coaching;
use crate::actions::rosters::own;
use crate::desk::roster::meetings::Appointment;
use crate::pages::days;
use crate::pages::declared::Pages;
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::pages::told::list;
use crate::pages::visitor::Visitor;
use crate::present::meetings::called;
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::papers::meetings;
use crate::serve::problem::Problem;

/// The page of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::COACH_MEETINGS, get(calendar))
}

/// One meeting.
pub(super) struct Meeting {
    /// When.
    pub(super) when: String,
    /// What, and where.
    pub(super) what: String,
    /// With whom.
    pub(super) who: String,
    /// Whether it is off.
    pub(super) cancelled: bool,
}

/// What is still to come, in order of time.
pub(super) async fn coming(app: &App, m: Messages, coach: &str) -> Result<Vec<Meeting>, Problem> {
    let today = app.store.clock().today();
    let all = own::meetings(&app.store, coach, today).await?;
    Ok(all.into_iter().filter(|it| it.meeting.moment.day.to_string() >= today.to_string()).map(|it| meeting(m, it)).collect())
}

fn meeting(m: Messages, it: Appointment) -> Meeting {
    let day = days::near(m, &it.meeting.moment.day.to_string());
    let half = if it.meeting.moment.afternoon { m.rooster.afternoon() } else { m.rooster.morning() };
    let at = it.meeting.time.as_ref().map_or_else(|| half.to_owned(), |time| time.replace(':', "."));
    let what = it.offer.unwrap_or_else(|| called(it.kind).to_owned());
    Meeting {
        when: format!("{day}, {at}"),
        what: it.location.map_or_else(|| what.clone(), |place| format!("{what}, {place}")),
        who: list(m, &it.others),
        cancelled: it.cancelled,
    }
}

async fn calendar(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    coaching::known(&app.store, &visitor.asked, &id).await?;
    Ok(meetings(&app, &id, &own::meetings(&app.store, &id, own::lately(&app.store)).await?))
}
