//! Snapshots of the funnel: the list, laying one down, one as it was, and approving it.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};

use super::table::{Shown, shown};
use super::{APPROVING, Part, ROLES, SEEING, with_bar};
use crate::access::Role;
use crate::actions::{Refused, funnel};
use crate::pages::declared::Pages;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, after, page};
use crate::pages::messages::Messages;
use crate::pages::visitor::Visitor;
use crate::pages::{days, paths};
use crate::records::funnel::Snapshot;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::problem::Problem;

/// Most snapshots on the page.
const MOST: i64 = 100;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new()
        .at(SEEING, paths::SNAPSHOTS, get(list))
        .at(ROLES, paths::SNAPSHOT_TAKE, post(take))
        .at(SEEING, paths::SNAPSHOT, get(one))
        .at(APPROVING, paths::SNAPSHOT_APPROVE, post(approve))
}

/// A snapshot in a list.
pub(super) struct Line {
    pub(super) day: String,
    pub(super) under: String,
    pub(super) look: (&'static str, &'static str),
    pub(super) state: String,
    pub(super) place: String,
}

/// Snapshots as lines.
pub(super) fn lines(m: Messages, all: &[Snapshot]) -> Vec<Line> {
    let line = |it: &Snapshot| {
        let day = days::whole(m, &it.day);
        let hash: String = it.hash.chars().take(8).collect();
        Line {
            day: if it.corrects.is_some() { m.plan.corrected(day) } else { day },
            under: it.plan.as_ref().map_or_else(|| hash.clone(), |(_, version)| m.plan.of_plan(*version, &hash)),
            look: if it.approved.is_some() { ("good", "vink") } else { ("warn", "klok") },
            state: it.approved.as_ref().map_or_else(|| m.plan.waits().to_owned(), |(at, _)| m.plan.approved(days::moment(m, *at))),
            place: paths::snapshot(&it.id),
        }
    };
    all.iter().map(line).collect()
}

#[derive(Template)]
#[template(path = "monitor/list.html")]
struct ListPage {
    frame: Frame,
    lines: Vec<Line>,
    /// What is said when there are none.
    none: (&'static str, &'static str),
    monitor: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "monitor/snapshot.html")]
struct SnapshotPage {
    frame: Frame,
    title: String,
    facts: Vec<(&'static str, String)>,
    found: Shown,
    corrects: Option<String>,
    approve: Option<String>,
    /// Where a correction is made, and of which snapshot.
    correct: Option<(&'static str, String, String)>,
    back: &'static str,
}

/// Whether who looks sees approved snapshots alone.
fn reads_only(frame: &Frame) -> bool {
    frame.role == Some(Role::Lezer)
}

async fn list(State(app): State<App>, visitor: Visitor, _: NoKeys) -> Result<Response, Problem> {
    let all = funnel::snapshots(&app.store, &visitor.asked, 0, MOST).await?.0;
    let frame = with_bar(visitor.frame(&app, Section::Planning), Part::Snapshots);
    let m = frame.m.plan;
    let monitor = (frame.role == Some(Role::Intermediair)).then_some(paths::MONITOR);
    let none = if reads_only(&frame) {
        (m.snapshots_none_approved(), m.snapshots_approved_when())
    } else {
        (m.snapshots_none(), m.snapshots_when())
    };
    page(&ListPage { lines: lines(frame.m, &all), none, monitor, frame })
}

async fn take(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, Problem> {
    let day = form.text("peildatum").parse().unwrap_or_else(|_| app.store.clock().today());
    let note: String = form.text("toelichting").chars().take(500).collect();
    match funnel::take(&app.store, &visitor.asked, day, form.some("verbetert"), &note).await {
        Ok(made) => Ok(after(&paths::snapshot(&made.id), Done::FunnelTaken)),
        // What is wrong with the counts stands on the page of the day.
        Err(Refused::Invalid(_)) => Ok(after(&paths::with(paths::MONITOR.to_owned(), &[("peildatum", &day.to_string())]), Done::FunnelNot)),
        Err(other) => Err(other.into()),
    }
}

async fn one(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let it = funnel::snapshot(&app.store, &visitor.asked, &id).await?;
    let frame = with_bar(visitor.frame(&app, Section::Planning), Part::Snapshots);
    let m = frame.m;
    let role = frame.role;
    let mut facts = vec![(m.plan.fact_made(), days::moment(m, it.at))];
    // Who did it is for who works with it.
    facts.extend((!reads_only(&frame)).then(|| (m.plan.head_by(), it.by.clone())));
    facts.push((m.plan.fact_hash(), it.hash.clone()));
    facts.extend(it.plan.as_ref().map(|(plan, version)| (m.plan.head_plan(), m.plan.plan_version(plan, *version))));
    facts.extend((!it.note.is_empty()).then(|| (m.plan.note(), it.note.clone())));
    let approved = |at: i64, who: &str| match reads_only(&frame) {
        true => days::moment(m, at),
        false => m.plan.approved_by(days::moment(m, at), who),
    };
    facts.extend(it.approved.as_ref().map(|(at, who)| (m.plan.fact_approved(), approved(*at, who))));
    page(&SnapshotPage {
        title: m.plan.snapshot_of(days::whole(m, &it.day)),
        facts,
        found: shown(m, &funnel::says(&it)?),
        corrects: it.corrects.as_deref().map(paths::snapshot),
        approve: (role == Some(Role::Beheerder) && it.approved.is_none()).then(|| paths::snapshot_approve(&it.id)),
        correct: (role == Some(Role::Intermediair)).then(|| (paths::SNAPSHOT_TAKE, it.id.clone(), it.day.clone())),
        back: paths::SNAPSHOTS,
        frame,
    })
}

async fn approve(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    funnel::approve(&app.store, &visitor.asked, &id).await?;
    Ok(after(&paths::snapshot(&id), Done::FunnelApproved))
}
