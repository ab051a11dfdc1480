//! Multi-year plans as workbooks, for routes and pages alike: the plan itself, one to begin with, and the report of a run.

use loket_instances::planning::report::Report;
use loket_instances::sheets::plan::template as sheets_of;

use super::app::App;
use super::problem::Problem;
use crate::actions::planning::seen::of_run;
use crate::present::plan::book;
use crate::present::sheet::workbook::workbook;
use crate::records::planning::PlanningRun;

fn unmade() -> Problem {
    Problem::busy("De werkmap kan niet gemaakt worden; waarschuw de beheerder.")
}

/// The newest version of a plan as a workbook, with its number.
///
/// # Errors
/// When there is no such plan, or no room in time.
pub async fn sheets(app: &App, id: &str) -> Result<(i64, Vec<u8>), Problem> {
    let planning = app.store.read().planning(id).await?.ok_or_else(Problem::unknown)?;
    let bytes = app.store.read().input(&planning.input).await?.ok_or_else(Problem::unknown)?;
    let name = planning.name;
    let made = app.gates.answers.work(1, move || {
        let plan: serde_json::Value = serde_json::from_slice(&bytes).map_err(|_| ())?;
        sheets_of::filled(&name, &plan).map_err(|_| ())
    });
    Ok((planning.version, made.await?.map_err(|()| unmade())?))
}

/// A workbook to begin with.
///
/// # Errors
/// When there is no room in time.
pub async fn template(app: &App) -> Result<Vec<u8>, Problem> {
    app.gates.answers.work(1, sheets_of::template).await?.map_err(|_| unmade())
}

/// What a run came to, as a report for a steering group.
///
/// # Errors
/// When it has no outcome, or there is no room in time.
pub async fn report(app: &App, run: &PlanningRun) -> Result<Vec<u8>, Problem> {
    let (loaded, file) = of_run(&app.store, run).await?.ok_or_else(|| {
        Problem::conflict(match run.job.state.ended() {
            true => "Deze berekening heeft geen plan opgeleverd; bij melding staat waarom.",
            false => "Deze berekening is nog niet klaar.",
        })
    })?;
    let at = run.job.ended.unwrap_or(run.job.created) / 1_000;
    let made = app.gates.answers.work(1, move || {
        let report = Report::new(&file, Some(&loaded)).map_err(|_| ())?;
        workbook(&book(&report, at)).map_err(|_| ())
    });
    made.await?.map_err(|()| unmade())
}
