//! A row of the register in a form: new, or as it is now. What somebody else changed meanwhile stands beside what was typed.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use loket_instances::strict::problem::Problem as Wrong;
use loket_solver::matching::facts::words::{Bouw, Word};

use super::{Tab, words};
use crate::actions::{Refused, catalogue, privacy, register};
use crate::desk::cards::{Control, Field, made, value};
use crate::desk::whole::Said;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, after, status};
use crate::pages::messages::Register as Words;
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::records::dossier::Who;
use crate::records::register::Row;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::problem::Problem;

/// A field as it is shown.
struct Shown {
    name: String,
    label: &'static str,
    hint: &'static str,
    value: String,
    error: String,
    /// What it is now, where somebody else changed it meanwhile.
    now: Option<String>,
    kind: &'static str,
    size: &'static str,
    options: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "register/form.html")]
struct FormPage {
    frame: Frame,
    title: String,
    place: String,
    back: String,
    version: i64,
    id: Option<Shown>,
    fields: Vec<Shown>,
    errors: Vec<(String, String)>,
    stale: bool,
    /// A box to tick when what is unlikely is meant.
    doubts: Vec<String>,
    /// A correction that somebody asked for is told otherwise in the log.
    correction: bool,
    corrects: bool,
}

/// What was typed, beside what there is.
struct Typed<'a> {
    tab: Tab,
    row: Option<&'a Row>,
    form: Option<&'a Form>,
    wrong: &'a [Wrong],
    now: Option<&'a Row>,
    doubts: Vec<String>,
}

/// What was typed in a field: three words in order are one text.
fn typed(tab: Tab, form: &Form, field: Field) -> String {
    match field.control(tab.kind()) {
        Control::InOrder => (1..=3)
            .map(|at| form.text(&format!("{}-{at}", field.code())).to_owned())
            .filter(|it| !it.is_empty())
            .collect::<Vec<_>>()
            .join(","),
        Control::Switch => if form.has(field.code()) { "ja" } else { "nee" }.into(),
        _ => form.text(field.code()).to_owned(),
    }
}

fn fields(m: Words, of: &Typed<'_>, boards: &BTreeMap<String, String>) -> Vec<Shown> {
    let tab = of.tab;
    let kind = tab.kind();
    let mut all = Vec::new();
    for field in Field::of(kind) {
        let was = of.row.map_or_else(String::new, |row| value(kind, row, *field));
        let text = of.form.map_or_else(|| was.clone(), |form| typed(tab, form, *field));
        let now = of.now.map(|row| value(kind, row, *field)).filter(|now| *now != text);
        let error = of.wrong.iter().find(|it| it.pointer.trim_start_matches('/').split('/').next() == Some(field.code()));
        let error = error.map_or_else(String::new, |it| format!("{}; {}", it.what, it.remedy));
        let shown = |name: String, value: String, control: (&'static str, &'static str), options| Shown {
            name,
            label: words::label(m, tab, *field),
            hint: words::hint(m, *field),
            value,
            error: error.clone(),
            now: now.clone(),
            kind: control.0,
            size: control.1,
            options,
        };
        let blank = || (String::new(), m.nothing().to_owned());
        match field.control(kind) {
            Control::Text => all.push(shown(field.code().into(), text, ("text", ""), Vec::new())),
            Control::Number => all.push(shown(field.code().into(), text, ("text", "short"), Vec::new())),
            Control::Decimal => all.push(shown(field.code().into(), text, ("text", "middle"), Vec::new())),
            Control::Day => all.push(shown(field.code().into(), text, ("date", "middle"), Vec::new())),
            Control::Switch => {
                all.push(shown(field.code().into(), if text == "nee" { String::new() } else { "ja".into() }, ("switch", ""), Vec::new()))
            }
            Control::OneOf(codes) => {
                let options = std::iter::once(blank()).chain(codes.into_iter().map(|it| (it.to_owned(), it.replace('_', " ")))).collect();
                all.push(shown(field.code().into(), text, ("select", ""), options));
            }
            Control::OfBoards => {
                let mut known: Vec<(String, String)> = boards.iter().map(|(id, name)| (id.clone(), name.clone())).collect();
                known.sort_by(|a, b| a.1.cmp(&b.1));
                if !text.is_empty() && known.iter().all(|it| it.0 != text) {
                    known.push((text.clone(), text.clone()));
                }
                let options = std::iter::once(blank()).chain(known).collect();
                all.push(shown(field.code().into(), text, ("select", ""), options));
            }
            Control::InOrder => {
                let parts: Vec<&str> = text.split(',').collect();
                for at in 0..3 {
                    let options =
                        std::iter::once(blank()).chain(Bouw::ALL.iter().map(|it| (it.code().to_owned(), it.code().to_owned()))).collect();
                    let part = parts.get(at).copied().unwrap_or_default().to_owned();
                    let mut one = shown(format!("{}-{}", field.code(), at + 1), part, ("select", ""), options);
                    (one.label, one.hint) = match at {
                        0 => (m.bouw_1(), words::hint(m, *field)),
                        1 => (m.bouw_2(), ""),
                        _ => (m.bouw_3(), ""),
                    };
                    if at > 0 {
                        (one.error, one.now) = (String::new(), None);
                    }
                    all.push(one);
                }
            }
        }
    }
    all
}

async fn drawn(app: &App, visitor: &Visitor, code: StatusCode, of: Typed<'_>) -> Result<Response, Problem> {
    let frame = visitor.frame(app, Section::Register);
    let m = frame.m.register;
    let boards = catalogue::boards(&app.store, &visitor.asked).await?;
    let fields = fields(m, &of, &boards);
    let tab = of.tab.code();
    let own = |it: &&Wrong| {
        fields.iter().any(|field| !field.error.is_empty() && it.pointer.contains(field.name.split('-').next().unwrap_or_default()))
    };
    let mut errors: Vec<(String, String)> =
        fields.iter().filter(|it| !it.error.is_empty()).map(|it| (it.name.clone(), format!("{}: {}", it.label, it.error))).collect();
    errors.extend(of.wrong.iter().filter(|it| !own(it)).map(|it| {
        let place = if it.pointer == "/id" { "id" } else { "" };
        (place.to_owned(), format!("{}; {}", it.what, it.remedy))
    }));
    let number = |form: Option<&Form>| form.map_or_else(String::new, |it| it.text("id").to_owned());
    let id = of.row.is_none().then(|| Shown {
        name: "id".into(),
        label: m.field_id(),
        hint: m.hint_id(),
        value: number(of.form),
        error: of.wrong.iter().find(|it| it.pointer == "/id").map_or_else(String::new, |it| format!("{}; {}", it.what, it.remedy)),
        now: None,
        kind: "text",
        size: "middle",
        options: Vec::new(),
    });
    let (title, place, back) = match of.row {
        Some(row) => (m.edit_title(row.called()), paths::register_edit(tab, &row.id), paths::register_row(tab, &row.id)),
        None => (m.new_title(of.tab.kind().word()), paths::register_new(tab), paths::register(tab)),
    };
    let shown = FormPage {
        title,
        place,
        back,
        version: of.now.or(of.row).map_or(0, |it| it.version),
        id,
        fields,
        errors,
        stale: of.now.is_some(),
        doubts: of.doubts,
        correction: of.row.is_some() && of.tab.kind().is_person(),
        corrects: of.form.is_some_and(|it| it.has("verbetering")),
        frame,
    };
    status(code, &shown)
}

fn plain<'a>(tab: Tab, row: Option<&'a Row>) -> Typed<'a> {
    Typed { tab, row, form: None, wrong: &[], now: None, doubts: Vec::new() }
}

pub(super) async fn blank(State(app): State<App>, visitor: Visitor, Ids(tab): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    drawn(&app, &visitor, StatusCode::OK, plain(Tab::read(&tab)?, None)).await
}

pub(super) async fn form(
    State(app): State<App>,
    visitor: Visitor,
    Ids((tab, id)): Ids<(String, String)>,
    _: NoKeys,
) -> Result<Response, Problem> {
    let tab = Tab::read(&tab)?;
    let row = catalogue::row(&app.store, &visitor.asked, tab.kind(), &id).await?;
    drawn(&app, &visitor, StatusCode::OK, plain(tab, Some(&row))).await
}

pub(super) async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Ids(tab): Ids<String>,
    _: NoKeys,
    form: Form,
) -> Result<Response, Problem> {
    let tab = Tab::read(&tab)?;
    let bad = StatusCode::BAD_REQUEST;
    let of = |wrong, doubts| Typed { tab, row: None, form: Some(&form), wrong, now: None, doubts };
    let (row, mut said) = match made(tab.kind(), form.text("id"), None, &|field| typed(tab, &form, field)) {
        Ok(made) => made,
        Err(wrong) => return drawn(&app, &visitor, bad, of(&wrong, Vec::new())).await,
    };
    said.confirmed = form.has("bevestigd");
    match register::add(&app.store, &visitor.asked, tab.kind(), row, &said).await {
        Ok(row) => Ok(after(&paths::register_row(tab.code(), &row.id), Done::RowPut)),
        Err(Refused::Invalid(refusal)) => drawn(&app, &visitor, bad, of(&refusal.problems, Vec::new())).await,
        Err(Refused::Unconfirmed(points)) => drawn(&app, &visitor, bad, of(&[], told(&points))).await,
        Err(Refused::Clash(clash)) => {
            let wrong = Wrong {
                code: "dubbel",
                pointer: "/id".into(),
                place: "id".into(),
                what: clash.what,
                remedy: "kies een ander nummer".into(),
            };
            drawn(&app, &visitor, bad, of(&[wrong], Vec::new())).await
        }
        Err(refused) => Err(refused.with_now(|_| ()).into()),
    }
}

fn told(points: &[Wrong]) -> Vec<String> {
    points.iter().map(|it| format!("{}; {}", it.what, it.remedy)).collect()
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Ids((tab, id)): Ids<(String, String)>,
    _: NoKeys,
    form: Form,
) -> Result<Response, Problem> {
    let tab = Tab::read(&tab)?;
    let bad = StatusCode::BAD_REQUEST;
    let was = catalogue::row(&app.store, &visitor.asked, tab.kind(), &id).await?;
    let of = |wrong, now, doubts| Typed { tab, row: Some(&was), form: Some(&form), wrong, now, doubts };
    let (row, mut said) = match made(tab.kind(), &id, Some(&was), &|field| typed(tab, &form, field)) {
        Ok(made) => made,
        Err(wrong) => return drawn(&app, &visitor, bad, of(&wrong, None, Vec::new())).await,
    };
    said.confirmed = form.has("bevestigd");
    let version = form.number("versie").unwrap_or(0);
    match put(&app, &visitor, (tab, &id), row, (version, &said), form.has("verbetering")).await {
        Ok(()) => Ok(after(&paths::register_row(tab.code(), &id), Done::RowPut)),
        Err(Refused::Invalid(refusal)) => drawn(&app, &visitor, bad, of(&refusal.problems, None, Vec::new())).await,
        Err(Refused::Unconfirmed(points)) => drawn(&app, &visitor, bad, of(&[], None, told(&points))).await,
        Err(Refused::Stale(now)) => drawn(&app, &visitor, StatusCode::PRECONDITION_FAILED, of(&[], Some(&now), Vec::new())).await,
        Err(refused) => Err(refused.with_now(|_| ()).into()),
    }
}

/// Puts the row, or corrects it where its person asked for that.
async fn put(
    app: &App,
    visitor: &Visitor,
    (tab, id): (Tab, &str),
    row: Row,
    (version, said): (i64, &Said),
    corrects: bool,
) -> Result<(), Refused<Row>> {
    if corrects && tab.kind().is_person() {
        let who = Who::new(tab.kind(), id);
        return privacy::correct(&app.store, &visitor.asked, &who, row, version, said).await.map(|_| ());
    }
    register::put(&app.store, &visitor.asked, tab.kind(), row, version, said).await.map(|_| ())
}
