//! What differs between the plans of any two runs of a wave.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::shown::{Shown, shown};
use crate::access::Role;
use crate::actions::{answers, comparing};
use crate::pages::declared::Pages;
use crate::pages::frame::{Frame, Tab, page};
use crate::pages::messages::Dropouts as Words;
use crate::pages::visitor::Visitor;
use crate::pages::wavebar::around;
use crate::pages::{paths, told};
use crate::present::chart::{self, Chart, Measure};
use crate::present::dutch::{euros, number};
use crate::present::rerun::people::Difference;
use crate::records::run::Run;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys};
use crate::serve::problem::Problem;

const ROLES: &[Role] = &[Role::Intermediair];

/// Most runs to choose from.
const MOST: i64 = 100;

/// The pages of this file.
pub fn pages() -> Pages {
    Pages::new().at(ROLES, paths::COMPARE, get(show))
}

#[derive(Template)]
#[template(path = "dropouts/compare.html")]
struct ComparePage {
    frame: Frame,
    title: String,
    here: String,
    runs: String,
    /// Numbers and words of runs with a plan.
    choices: Vec<(String, String)>,
    was: String,
    now: String,
    found: Option<Shown>,
    /// Both plans in bars.
    drawn: Option<Chart>,
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let wave = app.store.read().wave(&id).await?.ok_or_else(Problem::unknown)?;
    let all = app.store.read().runs(&id, 0, MOST).await?.0;
    let planned: Vec<&Run> = all.iter().filter(|it| it.planned()).collect();
    let chosen = |number: Option<String>| -> Result<Option<&Run>, Problem> {
        let Some(number) = number.filter(|it| !it.is_empty()) else { return Ok(None) };
        planned.iter().find(|it| it.number.to_string() == number).copied().map(Some).ok_or_else(Problem::unknown)
    };
    let counts = |run: &&Run| wave.current.as_deref() == Some(run.job.id.as_str());
    let (was, now) = (chosen(keys.text("was"))?, chosen(keys.text("nu"))?);
    let now = now.or_else(|| planned.iter().copied().find(counts)).or_else(|| planned.first().copied());
    let was = was.or_else(|| now.and_then(|now| before(now, &planned)));
    let frame = around(&app, &visitor, &id, Tab::Runs).await?.0;
    let (d, clock) = (frame.m.dropouts, app.store.clock().now());
    let mut drawn = None;
    let found = match (was, now) {
        (Some(was), Some(now)) => {
            let found = comparing::between(&app.store, &visitor.asked, was, now).await?;
            // Answers are about the plan that counts, and say something only where that is the one before.
            let cases = if counts(&was) { Some(answers::cases(&app.store, &id).await?) } else { None };
            let heads = (d.run_short(was.number), d.run_short(now.number));
            drawn = Some(bars(&frame, &found, (was.number, now.number)));
            Some(Shown { heads, ..shown(&frame, &id, &found, cases.as_deref()) })
        }
        _ => None,
    };
    let named = |it: &&Run| {
        let when = told::moment(frame.m, it.job.created, clock);
        (it.number.to_string(), if counts(it) { d.run_now(it.number) } else { d.run_named(it.number, when) })
    };
    let number = |run: Option<&Run>| run.map(|it| it.number.to_string()).unwrap_or_default();
    page(&ComparePage {
        title: match (was, now) {
            (Some(was), Some(now)) => d.compare_title(was.number, now.number),
            _ => d.too_few().to_owned(),
        },
        here: paths::compare(&id),
        runs: paths::wave_runs(&id),
        choices: planned.iter().map(named).collect(),
        was: number(was),
        now: number(now),
        found,
        drawn,
        frame,
    })
}

/// Both plans in bars: who is placed, each goal and the money. What is nothing in both is only in the table.
fn bars(frame: &Frame, found: &Difference, (was, now): (i64, i64)) -> Chart {
    let d: Words = frame.m.dropouts;
    let (before, after) = found.placed;
    let title = match after - before {
        0 => d.drawn_equal(number(after)),
        by if by > 0 => d.drawn_more(now, by),
        by => d.drawn_less(now, by.saturating_neg()),
    };
    let measure =
        |name: String, (was, now): (i64, i64), says: fn(i64) -> String| Measure { name, values: [was, now], says: [says(was), says(now)] };
    let goals = found.goals.iter().map(|it| measure(told::short_goal(frame.m, &it.name, it.aim), (it.was, it.now), number));
    let mut rows: Vec<Measure> = goals.collect();
    rows.push(measure(d.money().to_owned(), found.cost, euros));
    rows.retain(|it| it.values.iter().all(|it| *it >= 0) && it.values.iter().any(|it| *it > 0));
    let heads = [d.goal().to_owned(), d.run_short(was), d.run_short(now)];
    chart::compare((title, d.drawn_about(was, now)), heads, &rows)
}

/// The run that another one started from, else the one before it.
fn before<'a>(now: &Run, planned: &[&'a Run]) -> Option<&'a Run> {
    let started = planned.iter().copied().find(|it| now.before.as_deref() == Some(it.job.id.as_str()));
    started.or_else(|| planned.iter().copied().find(|it| it.number < now.number))
}
