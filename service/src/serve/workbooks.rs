//! Workbooks and files of open data that people send: read in a child of their own, once there is room.

use std::sync::Arc;

use axum::body::Bytes;
use loket_instances::sheets::limits;
use loket_instances::sheets::open::OpenKind;
use loket_instances::sheets::open::numbers::Place;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::words::Word;
use serde_json::{Value, json};

use super::app::App;
use super::problem::Problem;
use crate::desk::open::{Incoming, heard};
use crate::work::child::Program;
use crate::work::reading::{self, Of, Reading, Unread};

/// A workbook of today.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Has a workbook read: what the child told, or the copy in which what is wrong is marked. `before` is the wave's file to compare with.
///
/// # Errors
/// When it is too large, or the child could not do it.
pub async fn read(app: &App, (name, bytes): (String, Bytes), before: Option<Vec<u8>>, copy: bool) -> Result<Vec<u8>, Problem> {
    if bytes.len() > limits::FILE {
        return Err(Problem::too_large(limits::FILE));
    }
    let centroids = app.store.read().centroids().await?;
    let place = |(area, place): (&str, Place)| {
        let (lat, lon) = place.degrees();
        (area.to_owned(), json!([lat, lon]))
    };
    let places = Value::Object(centroids.iter().map(place).collect());
    let of = Of::Wave;
    had(app, Reading { of, name, places, bytes: Arc::from(bytes.as_ref()), before: before.map(Arc::from), copy }).await
}

/// Has the workbook of a multi-year plan read: its file, or everything that is wrong with it as sentences with their cell.
///
/// # Errors
/// When it is too large, or the child could not do it.
pub async fn plan(app: &App, name: String, bytes: &[u8]) -> Result<Result<Vec<u8>, Vec<String>>, Problem> {
    if bytes.len() > limits::FILE {
        return Err(Problem::too_large(limits::FILE));
    }
    let reading = Reading { of: Of::Plan, name, places: Value::Null, bytes: Arc::from(bytes), before: None, copy: false };
    let answer: Value = serde_json::from_slice(&had(app, reading).await?).map_err(|_| fell())?;
    let plan = &answer[Of::Plan.code()];
    if !plan.is_null() {
        return Ok(Ok(plan.to_string().into_bytes()));
    }
    let text = |it: &Value, key: &str| it[key].as_str().unwrap_or_default().to_owned();
    let told = |it: &Value| {
        let place = [text(it, "blad"), text(it, "cel")].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
        let before = if place.is_empty() { String::new() } else { format!("{place}: ") };
        format!("{before}{}; {}.", text(it, "wat"), text(it, "oplossing"))
    };
    Ok(Err(answer["problemen"].as_array().into_iter().flatten().map(told).collect()))
}

/// Has a file of open data read: its rows, or everything that is wrong with it.
///
/// # Errors
/// When it is too large, or the child could not do it.
pub async fn open(app: &App, kind: OpenKind, bytes: Arc<[u8]>, year: Option<i64>) -> Result<Result<Incoming, Refusal>, Problem> {
    if bytes.len() > limits::FILE {
        return Err(Problem::too_large(limits::FILE));
    }
    let of = Of::Open(kind, year);
    let reading = Reading { of, name: kind.code().into(), places: Value::Null, bytes, before: None, copy: false };
    let answer = had(app, reading).await?;
    app.gates.reading.work(1, move || heard(&answer)).await?.ok_or_else(|| undone(of))
}

fn fell() -> Problem {
    Problem::busy("De werkmap kan nu niet gelezen worden; er is niets veranderd. Probeer het zo weer, of sla haar opnieuw op als .xlsx.")
}

/// What is said when the child did not do it.
fn undone(of: Of) -> Problem {
    match of {
        Of::Wave | Of::Plan => fell(),
        Of::Open(..) => {
            Problem::busy("Dit bestand kan nu niet gelezen worden; er is niets veranderd. Probeer het zo weer, of lever het als CSV in.")
        }
    }
}

/// What the child told, once there is room for one.
async fn had(app: &App, reading: Reading) -> Result<Vec<u8>, Problem> {
    let path = app.settings.computer.clone().map_or_else(std::env::current_exe, Ok);
    let path = path.map_err(|_| undone(reading.of))?;
    let program = Program { path, arguments: Vec::new() };
    // A workbook unpacks to more than it is: as many at once as there is room for.
    let pass = app.gates.reading.enter(1).await?;
    let done = reading::read(&program, &reading).await;
    drop(pass);
    done.map_err(|it| match (it, reading.of) {
        (Unread::Slow, Of::Open(..)) => Problem::busy("Dit bestand lezen duurde te lang. Splits het, of laat weg wat niet nodig is."),
        (Unread::Slow, _) => Problem::busy("De werkmap lezen duurde te lang. Splits haar, of laat weg wat niet nodig is."),
        (Unread::Fell, of) => undone(of),
    })
}
