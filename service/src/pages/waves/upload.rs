//! A workbook that was sent: read, held for whoever sent it, and drawn cell by cell when something is wrong with it.

use std::collections::BTreeSet;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use loket_instances::sheets::limits;
use loket_instances::sheets::wave::columns;

use crate::desk::contents::changes;
use crate::desk::sound::Sound;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, status};
use crate::pages::visitor::Visitor;
use crate::pages::wrong::capital;
use crate::records::wave::Wave;
use crate::records::workbook::{Noticed, Told, Wrong};
use crate::serve::app::App;
use crate::serve::held::File;
use crate::serve::problem::Problem;
use crate::serve::workbooks;

/// The field of a form with the workbook.
pub(super) const FIELD: &str = "bestand";
/// Under what a file is held that is to become a new wave.
pub(super) const NEW: &str = "";

/// What came of a form with a workbook.
pub(super) enum Taken {
    /// No file was chosen, or it cannot be one: what to say at the field.
    None(String),
    /// Something is wrong with it.
    Wrong(Box<File>),
    /// It is a wave.
    Sound(Box<(File, Sound)>),
}

/// Reads the workbook of a form.
pub(super) async fn take(app: &App, visitor: &Visitor, form: &Form) -> Result<Taken, Problem> {
    let m = visitor.frame(app, crate::pages::frame::Section::Waves).m;
    let Some(sent) = form.file(FIELD) else { return Ok(Taken::None(m.waves.no_file().into())) };
    if sent.bytes.is_empty() {
        return Ok(Taken::None(m.waves.empty_file().into()));
    }
    if sent.bytes.len() > limits::FILE {
        return Ok(Taken::None(m.waves.large_file(limits::FILE >> 20)));
    }
    let name: String = sent.name.chars().filter(|it| !it.is_control()).take(100).collect();
    let answer = workbooks::read(app, (name.clone(), sent.bytes.clone()), None, false).await?;
    let unread = || Problem::busy("De werkmap kan nu niet gelezen worden; er is niets veranderd.");
    let (mut told, sound) = app.gates.reading.work(1, move || of(&answer)).await?.ok_or_else(unread)?;
    match sound {
        Some(Ok(sound)) => {
            let kept = Some(sound.clone());
            let file = File { name, bytes: sent.bytes.clone(), told, sound: kept, changes: Vec::new() };
            Ok(Taken::Sound(Box::new((file, sound))))
        }
        other => {
            if let Some(Err(refusal)) = other {
                told.more += refusal.more;
                let whole = |what: String, remedy: String| Wrong {
                    sheet: String::new(),
                    row: None,
                    cell: String::new(),
                    header: None,
                    found: None,
                    what,
                    remedy,
                };
                told.wrong.extend(refusal.problems.into_iter().map(|it| whole(it.what, it.remedy)));
            }
            Ok(Taken::Wrong(Box::new(File { name, bytes: sent.bytes.clone(), told, sound: None, changes: Vec::new() })))
        }
    }
}

type Read = Result<Sound, loket_instances::strict::problem::Refusal>;

/// What the child told, and the wave of it; nothing when it cannot be read.
fn of(answer: &[u8]) -> Option<(Told, Option<Read>)> {
    let told = Told::read(answer)?;
    let sound = told.file().map(|bytes| Sound::read(&bytes));
    Some((told, sound))
}

/// Holds a file in the place of the one that a wave has, with what it changes.
pub(super) async fn hold(app: &App, visitor: &Visitor, wave: &Wave, mut file: File, sound: Sound) -> Result<(), Problem> {
    let before = crate::actions::overview::file(&app.store, wave).await?;
    file.changes = app.gates.reading.work(1, move || changes(&before, &sound.file)).await?;
    app.held.put(visitor.asked.caller.who(), &wave.id, file);
    Ok(())
}

/// A cell that is wrong.
struct Cell {
    cell: String,
    header: String,
    /// What stands there; nothing for a row, a sheet or the whole file.
    found: Option<String>,
    what: String,
    remedy: String,
}

/// The wrong cells of a sheet.
struct Group {
    anchor: usize,
    says: String,
    link: String,
    cells: Vec<Cell>,
}

#[derive(Template)]
#[template(path = "waves/wrong.html")]
struct WrongPage {
    frame: Frame,
    count: usize,
    good: usize,
    groups: Vec<Group>,
    more: usize,
    noticed: Vec<Noticed>,
    name: String,
    to: String,
    copy: String,
    steps: [&'static str; 3],
    most: usize,
}

/// The page of a file with something wrong, which is held so that a marked copy can be fetched. The next try goes to `to`.
pub(super) fn wrong(
    app: &App,
    visitor: &Visitor,
    frame: Frame,
    about: &str,
    file: File,
    (to, copy): (String, String),
) -> Result<Response, Problem> {
    let m = frame.m;
    let told = file.told.clone();
    let bad: BTreeSet<(&str, u32)> = told.wrong.iter().filter_map(|it| Some((it.sheet.as_str(), it.row?))).filter(|it| it.1 > 1).collect();
    let good = told.rows.saturating_sub(bad.len());
    let mut groups: Vec<Group> = Vec::new();
    let mut sheets: Vec<&str> = Vec::new();
    for it in &told.wrong {
        if !sheets.contains(&it.sheet.as_str()) {
            sheets.push(&it.sheet);
        }
    }
    for (anchor, sheet) in sheets.into_iter().enumerate() {
        let of: Vec<&Wrong> = told.wrong.iter().filter(|it| it.sheet == sheet).collect();
        let rows = of.iter().filter_map(|it| it.row).collect::<BTreeSet<_>>().len();
        let (says, link) = match (sheet.is_empty(), rows) {
            (true, _) => (m.waves.whole_file().to_owned(), m.waves.whole_file().to_owned()),
            (false, 0) => (m.waves.sheet_whole(sheet, of.len()), m.waves.sheet_link(sheet, of.len())),
            (false, rows) => (m.waves.sheet_rows(sheet, of.len(), rows), m.waves.sheet_link(sheet, of.len())),
        };
        let cell = |it: &&Wrong| Cell {
            cell: match (it.cell.is_empty(), it.cell.chars().all(|it| it.is_ascii_digit())) {
                (true, _) => String::new(),
                (false, true) => m.waves.row(&it.cell),
                (false, false) => it.cell.clone(),
            },
            header: it.header.clone().unwrap_or_default(),
            // Only of one cell it can be said that nothing stands in it.
            found: it.found.clone().or_else(|| it.is_one_cell().then(String::new)),
            what: sentence(&it.what),
            remedy: sentence(&it.remedy),
        };
        groups.push(Group { anchor, says, link, cells: of.iter().map(cell).collect() });
    }
    let steps = [m.waves.step_file(), m.waves.step_check(), m.waves.step_submit()];
    let page = WrongPage {
        count: told.count(),
        good,
        groups,
        more: told.more,
        noticed: told.noticed,
        name: file.name.clone(),
        to,
        copy,
        steps,
        most: limits::FILE >> 20,
        frame,
    };
    app.held.put(visitor.asked.caller.who(), about, file);
    status(StatusCode::BAD_REQUEST, &page)
}

fn sentence(text: &str) -> String {
    let text = capital(text);
    if text.ends_with(['.', '!', '?']) { text } else { format!("{text}.") }
}

/// A copy of the file that is held, with what is wrong marked in it.
pub(super) async fn marked(app: &App, visitor: &Visitor, about: &str) -> Result<Response, Problem> {
    let held = app.held.get(visitor.asked.caller.who(), about).ok_or_else(Problem::unknown)?;
    let bytes = workbooks::read(app, (held.name.clone(), held.bytes.clone()), None, true).await?;
    Ok(crate::pages::file::download(workbooks::XLSX, "werkmap-met-fouten.xlsx", bytes))
}

/// How a sheet of people is called.
pub(super) fn of_candidates(sheet: &str) -> bool {
    columns::of(sheet).is_some_and(|it| it.list == "kandidaten")
}
