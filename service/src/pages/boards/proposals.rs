//! What a board is asked about placements at its schools, and what it said. A name is there from its own yes on.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::super::declared::Pages;
use super::super::frame::{Frame, Section, page};
use super::super::paths;
use super::super::said::{self, Cell};
use super::super::visitor::Visitor;
use super::OWN;
use crate::actions::answers::own::{self, Own};
use crate::desk::asking::Stance;
use crate::serve::app::App;
use crate::serve::body::Keys;
use crate::serve::problem::Problem;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(OWN, paths::PROPOSALS, get(show))
}

struct Row {
    school: String,
    code: String,
    bouw: String,
    name: Option<String>,
    days: String,
    start: String,
    wave: String,
    cell: Cell,
    waits: bool,
    by: String,
    late: bool,
    answer: String,
    version: i64,
}

#[derive(Template)]
#[template(path = "boards/proposals.html")]
struct ProposalsPage {
    frame: Frame,
    waiting: Vec<Row>,
    by: Option<String>,
    answered: Vec<Row>,
    /// Those that were answered are shown.
    all: bool,
    all_place: String,
    /// To whom yes was said just before: the name, the school and the bouw.
    yes: Option<(String, String)>,
    back: String,
}

fn row(app: &App, frame: &Frame, it: Own) -> Row {
    let m = frame.m;
    Row {
        days: said::half_days(m, &it.placing.place.half_days),
        cell: said::cell(m, app.store.clock(), it.stance, Some(&it.answer)),
        waits: matches!(it.stance, Stance::Asked | Stance::Late),
        late: it.stance == Stance::Late,
        by: said::kept(m, &it.answer.by, said::weekday),
        start: said::kept(m, &it.wave.from, said::day),
        answer: paths::answer(&it.wave.id, &it.placing.candidate),
        version: it.answer.version,
        code: it.placing.place.school.clone(),
        school: it.school_name.unwrap_or(it.placing.place.school),
        bouw: it.placing.place.bouw,
        wave: it.wave.name,
        name: it.name,
    }
}

async fn show(State(app): State<App>, visitor: Visitor, mut keys: Keys) -> Result<Response, Problem> {
    let all = keys.text("alle").is_some();
    let yes = keys.text("ja");
    let frame = visitor.frame(&app, Section::Proposals);
    let found = own::asked(&app.store, &visitor.asked).await?;
    let just = found.iter().find(|it| yes.as_deref() == Some(&format!("{}/{}", it.wave.id, it.placing.candidate)));
    let yes = just.and_then(|it| {
        let school = it.school_name.as_ref().unwrap_or(&it.placing.place.school);
        Some((it.name.clone()?, frame.m.answers.place(school, &it.placing.place.bouw)))
    });
    let rows = found.into_iter().map(|it| row(&app, &frame, it));
    let (waiting, answered): (Vec<Row>, Vec<Row>) = rows.partition(|it| it.waits);
    page(&ProposalsPage {
        by: waiting.first().map(|it| it.by.clone()),
        all_place: paths::with(paths::PROPOSALS.to_owned(), &[("alle", "1")]),
        back: paths::OWN_BOARD.to_owned(),
        yes,
        frame,
        waiting,
        answered,
        all,
    })
}
