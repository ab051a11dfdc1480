//! A multi-year plan as files: as it is kept, as a workbook, a workbook to begin with, and the report of a run.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::ROLES;
use crate::pages::declared::Pages;
use crate::pages::file::download;
use crate::pages::paths;
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::plans;
use crate::serve::problem::Problem;
use crate::serve::workbooks::XLSX;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new()
        .at(ROLES, paths::PLANNING_FILE, get(file))
        .at(ROLES, paths::PLANNING_SHEETS, get(sheets))
        .at(ROLES, paths::PLANNING_TEMPLATE, get(template))
        .at(ROLES, paths::PLANNING_BOOK, get(report))
}

async fn file(State(app): State<App>, Ids(id): Ids<String>) -> Result<Response, Problem> {
    let planning = app.store.read().planning(&id).await?.ok_or_else(Problem::unknown)?;
    let bytes = app.store.read().input(&planning.input).await?.ok_or_else(Problem::unknown)?;
    Ok(download("application/json", &format!("meerjarenplan-{}.json", planning.version), bytes))
}

async fn sheets(State(app): State<App>, Ids(id): Ids<String>) -> Result<Response, Problem> {
    let (version, bytes) = plans::sheets(&app, &id).await?;
    Ok(download(XLSX, &format!("meerjarenplan-{version}.xlsx"), bytes))
}

async fn template(State(app): State<App>) -> Result<Response, Problem> {
    Ok(download(XLSX, "meerjarenplan-sjabloon.xlsx", plans::template(&app).await?))
}

async fn report(State(app): State<App>, Ids((id, run)): Ids<(String, String)>) -> Result<Response, Problem> {
    let run = app.store.read().planning_run(&run).await?.filter(|it| it.planning == id).ok_or_else(Problem::unknown)?;
    Ok(download(XLSX, &format!("meerjarenplan-verslag-{}.xlsx", run.number), plans::report(&app, &run).await?))
}
