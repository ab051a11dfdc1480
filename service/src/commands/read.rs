//! `loket lees`: reads one workbook, or one file of open data, from standard input for the service that started it. Not for people.

use std::io::{Read, Write};

use loket_instances::matching::wave_file::WaveFile;
use loket_instances::sheets::file::{self, Named};
use loket_instances::sheets::limits;
use loket_instances::sheets::open::OpenKind;
use loket_instances::sheets::open::centroids::Centroids;
use loket_instances::sheets::open::numbers::Place;
use loket_instances::sheets::plan::read as plan_read;
use loket_instances::sheets::problem::Found;
use loket_instances::sheets::wave::columns::{most_rows, size};
use loket_instances::sheets::wave::{read, template};
use loket_solver::matching::facts::words::Word;
use serde_json::{Value, json};

use crate::desk::contents::changes;
use crate::desk::open;
use crate::exit::Exit;
use crate::present::found::{change, machine};
use crate::work::reading::Of;

/// What can be typed after `loket lees`: nothing.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {}

/// Status 0 when the workbook was read, whatever is wrong with it; 2 when the request is none.
pub fn run() -> Exit {
    match answer() {
        Some(bytes) if std::io::stdout().write_all(&bytes).and_then(|()| std::io::stdout().flush()).is_ok() => Exit::Done,
        _ => Exit::Refused,
    }
}

fn answer() -> Option<Vec<u8>> {
    let mut all = Vec::new();
    std::io::stdin().lock().take(MOST).read_to_end(&mut all).ok()?;
    let end = all.iter().position(|it| *it == b'\n')?;
    let head: Value = serde_json::from_slice(&all[..end]).ok()?;
    let (name, copy) = (head["naam"].as_str()?, head["kopie"].as_bool()?);
    let before = usize::try_from(head["vorige"].as_u64()?).ok()?;
    let places = places(&head["postcodes"]);
    let rest = &all[end + 1..];
    let (before, bytes) = rest.split_at_checked(before)?;
    if head["soort"] == Of::Plan.code() {
        return Some(plan(name, bytes));
    }
    if let Some(kind) = head["gegevens"].as_str() {
        return open::told(open::read(OpenKind::parse(kind)?, bytes, head["jaar"].as_i64())).ok();
    }
    let read_file = file::read(&[Named { name, bytes }], most_rows);
    let (book, mut found) = match read_file {
        Ok(both) => both,
        Err(found) if copy => return copied(&loket_instances::sheets::book::Book::default(), &found),
        Err(found) => return Some(told(&found, None, Value::Null, (0, 0))),
    };
    let size = size(&book);
    let read = read::read(&book, places.as_ref());
    if copy {
        return copied(&book, read.as_ref().err().unwrap_or(&found));
    }
    match read {
        Ok((imported, more)) => {
            found.take(more);
            let changes = if before.is_empty() { Value::Null } else { changed(before, &imported.wave) };
            let wave = json!({ "lichting": imported.wave.to_json(), "van": imported.period.0, "tot": imported.period.1 });
            Some(told(&found, Some(wave), changes, size))
        }
        Err(more) => {
            found.take(more);
            Some(told(&found, None, Value::Null, size))
        }
    }
}

/// What a workbook of a multi-year plan says: its file, or everything that is wrong.
fn plan(name: &str, bytes: &[u8]) -> Vec<u8> {
    let read = file::read(&[Named { name, bytes }], |_| limits::ROWS).and_then(|(book, found)| plan_read::after(&book, found));
    let (plan, found) = match read {
        Ok((plan, found)) => (plan, found),
        Err(found) => (Value::Null, found),
    };
    let mut answer = machine(&found);
    answer[Of::Plan.code()] = plan;
    answer.to_string().into_bytes()
}

/// The middles of postcode areas; nothing when there is no table of them.
fn places(told: &Value) -> Option<Centroids> {
    #[expect(clippy::cast_possible_truncation, reason = "degrees are small")]
    let units = |degrees: f64| (degrees * 100_000.0).round() as i64;
    let one =
        |(area, place): (&String, &Value)| Some((area.clone(), Place { lat: units(place[0].as_f64()?), lon: units(place[1].as_f64()?) }));
    let all: Vec<_> = told.as_object()?.iter().filter_map(one).collect();
    (!all.is_empty()).then(|| Centroids::of(all))
}

/// Bytes of a request: a workbook, the wave before and the line above them.
const MOST: u64 = (limits::FILE as u64) * 5;

fn copied(book: &loket_instances::sheets::book::Book, found: &Found) -> Option<Vec<u8>> {
    template::marked(book, found).ok()
}

/// What changed since a wave's file.
fn changed(before: &[u8], wave: &WaveFile) -> Value {
    let Ok(before) = WaveFile::read(before) else { return Value::Null };
    changes(&before, wave).iter().map(change).collect()
}

fn told(found: &Found, wave: Option<Value>, changes: Value, (sheets, rows): (usize, usize)) -> Vec<u8> {
    let mut answer = machine(found);
    (answer["bladen"], answer["rijen"]) = (sheets.into(), rows.into());
    for key in ["lichting", "van", "tot"] {
        answer[key] = Value::Null;
    }
    answer["veranderingen"] = changes;
    if let Some(Value::Object(wave)) = wave {
        for (key, value) in wave {
            answer[key] = value;
        }
    }
    answer.to_string().into_bytes()
}
