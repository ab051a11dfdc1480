//! A list of the register, alone or with a row opened beside it. Names are searched by post, so that none stands in an address.

use std::cmp::Ordering;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use loket_solver::matching::facts::words::Word;

use super::card::{CardShown, card};
use super::{Tab, words};
use crate::actions::catalogue::{self, Counts, Listed};
use crate::actions::privacy;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, page, to};
use crate::pages::messages::Register as Words;
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::present::dutch::number;
use crate::records::register::{Row, Standing};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::problem::Problem;

/// Most rows that are shown at once.
const MOST: usize = 300;

/// A tab above the lists.
struct TabShown {
    label: &'static str,
    count: i64,
    place: String,
    here: bool,
}

/// A column, with where to sort by it.
struct Head {
    label: &'static str,
    figures: bool,
    place: String,
    sorted: &'static str,
}

/// A cell of a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    text: String,
    figures: bool,
    zero: bool,
    warns: bool,
    /// Of a bar: how many percent of it are filled.
    bar: Option<i64>,
    /// What it is sorted by, where that is a number.
    by: Option<i64>,
    label: &'static str,
}

/// A row of a list.
struct Line {
    name: String,
    id: String,
    place: String,
    chosen: bool,
    ended: bool,
    cells: Vec<Cell>,
}

/// A filter: that is on, or that may be.
struct Chip {
    label: String,
    place: String,
}

#[derive(Template)]
#[template(path = "register/list.html")]
struct ListPage {
    frame: Frame,
    tabs: Vec<TabShown>,
    /// Where requests about own data are, and how many are open.
    requests: &'static str,
    asked: i64,
    title: String,
    place: String,
    add: String,
    new_label: &'static str,
    seek_label: &'static str,
    typed: String,
    on: Vec<Chip>,
    off: Vec<Chip>,
    heads: Vec<Head>,
    lines: Vec<Line>,
    sums: Vec<Cell>,
    more: i64,
    soon: Option<String>,
    note: &'static str,
    card: Option<CardShown>,
    tab: Tab,
}

/// What of a list is shown, and in which order.
#[derive(Clone, Debug, Default)]
struct View {
    sort: Option<String>,
    back: bool,
    only: Option<String>,
    ended: bool,
}

impl View {
    fn read(keys: &mut Keys) -> Self {
        let sort = keys.text("sorteer");
        let back = sort.as_deref().is_some_and(|it| it.starts_with('-'));
        let sort = sort.map(|it| it.trim_start_matches('-').to_owned());
        Self { sort, back, only: keys.text("alleen"), ended: keys.text("geeindigd").is_some() }
    }

    fn at(&self, base: &str) -> String {
        let mut keys = Vec::new();
        if let Some(sort) = &self.sort {
            keys.push(format!("sorteer={}{}", if self.back { "-" } else { "" }, crate::records::address::segment(sort)));
        }
        if let Some(only) = &self.only {
            keys.push(format!("alleen={}", crate::records::address::segment(only)));
        }
        if self.ended {
            keys.push("geeindigd=ja".into());
        }
        if keys.is_empty() { base.to_owned() } else { format!("{base}?{}", keys.join("&")) }
    }
}

pub(super) async fn first() -> Response {
    to(&paths::register(Tab::Coaches.code()))
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor, Ids(tab): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let view = View::read(&mut keys);
    keys.finish()?;
    drawn(&app, &visitor, Tab::read(&tab)?, view, (None, "")).await
}

pub(super) async fn search(
    State(app): State<App>,
    visitor: Visitor,
    Ids(tab): Ids<String>,
    _: NoKeys,
    form: Form,
) -> Result<Response, Problem> {
    let view = View { ended: true, ..View::default() };
    drawn(&app, &visitor, Tab::read(&tab)?, view, (None, form.text("zoek"))).await
}

pub(super) async fn beside(
    State(app): State<App>,
    visitor: Visitor,
    Ids((tab, id)): Ids<(String, String)>,
    mut keys: Keys,
) -> Result<Response, Problem> {
    let view = View::read(&mut keys);
    keys.finish()?;
    drawn(&app, &visitor, Tab::read(&tab)?, view, (Some(&id), "")).await
}

async fn drawn(app: &App, visitor: &Visitor, tab: Tab, view: View, (opened, typed): (Option<&str>, &str)) -> Result<Response, Problem> {
    let frame = visitor.frame(app, Section::Register);
    let m = frame.m.register;
    let opened = match opened {
        Some(id) => Some(card(app, visitor, m, tab, id).await?),
        None => None,
    };
    let told = catalogue::list(&app.store, &visitor.asked, tab.kind(), Some(typed).filter(|it| !it.is_empty())).await?;
    let base = paths::register(tab.code());
    let (heads, sums) = (heads(m, tab, &view, &base), sums(m, tab, &told));
    let mut rows: Vec<&Row> = told.rows.iter().filter(|row| shown(tab, &view, &told, row)).collect();
    // What is opened is in the list, whatever else is shown.
    if let Some(it) = opened.as_ref().and_then(|it| told.rows.iter().find(|row| row.id == it.id))
        && !rows.iter().any(|row| row.id == it.id)
    {
        rows.insert(0, it);
    }
    let mut lines: Vec<Line> = rows
        .into_iter()
        .map(|row| Line {
            name: row.called().to_owned(),
            id: row.id.clone(),
            place: view.at(&paths::register_row(tab.code(), &row.id)),
            chosen: opened.as_ref().is_some_and(|it| it.id == row.id),
            ended: ended(row, &told.today),
            cells: cells(m, tab, &told, row),
        })
        .collect();
    let keys: Vec<&str> = columns(m, tab).iter().map(|it| it.0).collect();
    sort(&keys, &view, &mut lines);
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    let (on, off) = chips(m, tab, &view, &told, &base);
    let shown = ListPage {
        tabs: tabs(m, tab, told.counts),
        requests: paths::REQUESTS,
        asked: privacy::requests(&app.store, &visitor.asked, true, 0, 0).await?.1,
        title: title(m, tab).to_owned(),
        add: paths::register_new(tab.code()),
        new_label: new_label(m, tab),
        seek_label: seek_label(m, tab),
        typed: typed.to_owned(),
        on,
        off,
        heads,
        lines,
        sums,
        more: i64::try_from(more).unwrap_or(i64::MAX),
        soon: soon(m, tab, &told),
        note: if tab == Tab::Coaches { m.note_coaches() } else { "" },
        card: opened,
        place: base,
        tab,
        frame,
    };
    page(&shown)
}

fn ended(row: &Row, today: &str) -> bool {
    row.until.as_deref().is_some_and(|until| until < today) || row.standing == Some(Standing::Gestopt)
}

/// Who employs a coach: internal when nobody says.
fn employs(row: &Row) -> &str {
    let said = row.text("soort");
    if said.is_empty() { "intern" } else { said }
}

/// Whether a row is shown by the filters.
fn shown(tab: Tab, view: &View, told: &Listed, row: &Row) -> bool {
    let there = view.ended || !ended(row, &told.today);
    let Some(only) = view.only.as_deref() else { return there };
    match tab {
        Tab::Boards => there,
        Tab::Schools => there && row.board.as_deref() == Some(only),
        Tab::Coaches => there && employs(row) == only,
        Tab::Candidates => row.standing.map(Word::code) == Some(only),
    }
}

fn tabs(m: Words, here: Tab, counts: Counts) -> Vec<TabShown> {
    let one = |tab: Tab| {
        let (label, count) = match tab {
            Tab::Boards => (m.boards(), counts.boards),
            Tab::Schools => (m.schools(), counts.schools),
            Tab::Coaches => (m.coaches(), counts.coaches),
            Tab::Candidates => (m.candidates(), counts.candidates),
        };
        TabShown { label, count, place: paths::register(tab.code()), here: tab == here }
    };
    Tab::ALL.iter().map(|it| one(*it)).collect()
}

fn title(m: Words, tab: Tab) -> &'static str {
    match tab {
        Tab::Boards => m.title_boards(),
        Tab::Schools => m.title_schools(),
        Tab::Coaches => m.title_coaches(),
        Tab::Candidates => m.title_candidates(),
    }
}

fn new_label(m: Words, tab: Tab) -> &'static str {
    match tab {
        Tab::Boards => m.new_board(),
        Tab::Schools => m.new_school(),
        Tab::Coaches => m.new_coach(),
        Tab::Candidates => m.new_candidate(),
    }
}

fn seek_label(m: Words, tab: Tab) -> &'static str {
    match tab {
        Tab::Boards => m.seek_board(),
        Tab::Schools => m.seek_school(),
        Tab::Coaches => m.seek_coach(),
        Tab::Candidates => m.seek_candidate(),
    }
}

/// Columns behind the name: key, words, whether they are figures.
fn columns(m: Words, tab: Tab) -> Vec<(&'static str, &'static str, bool)> {
    match tab {
        Tab::Boards => vec![("scholen", m.schools(), true), ("plekken", m.head_seats(), true), ("einde", m.head_end(), false)],
        Tab::Schools => vec![
            ("bestuur", m.field_board(), false),
            ("brin", m.field_brin(), false),
            ("plekken", m.head_seats(), true),
            ("doelgroep", m.head_target(), true),
            ("einde", m.head_end(), false),
        ],
        Tab::Coaches => vec![
            ("soort", m.field_sort(), false),
            ("school", m.field_own_school(), false),
            ("kandidaten", m.candidates(), true),
            ("geboekt", m.head_booked(), true),
            ("grens", m.head_limit(), false),
            ("gegeven", m.head_given(), true),
            ("einde", m.head_end(), false),
        ],
        Tab::Candidates => vec![
            ("stand", m.head_standing(), false),
            ("fase", m.field_phase(), false),
            ("bouwen", m.field_bouwen(), false),
            ("wacht", m.head_waited(), true),
            ("school", m.head_place(), false),
        ],
    }
}

fn heads(m: Words, tab: Tab, view: &View, base: &str) -> Vec<Head> {
    let sorted = view.sort.as_deref().unwrap_or("naam");
    let all = std::iter::once(("naam", m.field_name(), false)).chain(columns(m, tab));
    all.map(|(key, label, figures)| {
        let here = key == sorted;
        let other = View { sort: Some(key.into()), back: here && !view.back, ..view.clone() };
        let sorted = match (here, view.back) {
            (false, _) => "",
            (true, false) => "ascending",
            (true, true) => "descending",
        };
        Head { label, figures, place: other.at(base), sorted }
    })
    .collect()
}

fn sort(columns: &[&str], view: &View, lines: &mut [Line]) {
    let at = view.sort.as_deref().and_then(|key| columns.iter().position(|it| *it == key));
    let order = |a: &Line, b: &Line| {
        let by = match at.and_then(|at| Some((a.cells.get(at)?, b.cells.get(at)?))) {
            Some((a, b)) => a.by.cmp(&b.by).then_with(|| a.text.to_lowercase().cmp(&b.text.to_lowercase())),
            None => Ordering::Equal,
        };
        by.then_with(|| a.name.to_lowercase().cmp(&b.name.to_lowercase()))
    };
    lines.sort_by(|a, b| if view.back { order(b, a) } else { order(a, b) });
}

fn text(label: &'static str, text: impl Into<String>) -> Cell {
    let text = text.into();
    Cell { zero: text.is_empty(), text, label, ..Cell::default() }
}

fn count(label: &'static str, value: i64) -> Cell {
    Cell { text: number(value), figures: true, zero: value == 0, by: Some(value), label, ..Cell::default() }
}

/// The cells behind the name, as many as there are columns.
fn cells(m: Words, tab: Tab, told: &Listed, row: &Row) -> Vec<Cell> {
    let end = row.until.as_deref().map_or_else(
        || Cell { zero: true, ..text(m.head_end(), m.none()) },
        |until| Cell { warns: until >= told.today.as_str(), ..text(m.head_end(), words::day(until)) },
    );
    let of = |names: &std::collections::BTreeMap<String, String>, id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
    match tab {
        Tab::Boards => vec![
            count(m.schools(), told.schools_of.get(&row.id).copied().unwrap_or(0)),
            count(m.head_seats(), told.seats.get(&row.id).copied().unwrap_or(0)),
            end,
        ],
        Tab::Schools => vec![
            text(m.field_board(), row.board.as_deref().map_or_else(String::new, |id| of(&told.boards, id))),
            text(m.field_brin(), row.brin.clone().unwrap_or_default()),
            count(m.head_seats(), told.seats.get(&row.id).copied().unwrap_or(0)),
            count(m.head_target(), row.number("doelgroep").unwrap_or(0)),
            end,
        ],
        Tab::Coaches => {
            let stand = told.coaches.get(&row.id).copied().unwrap_or_default();
            let (most, hours) = (row.number("maximum").unwrap_or(0), row.number("uren").unwrap_or(0));
            let own = row.text("eigen_school");
            let school = if own.is_empty() { m.none().to_owned() } else { of(&told.schools, own) };
            let percent = if hours > 0 { (100 * stand.booked / hours).min(100) } else { 0 };
            vec![
                text(m.field_sort(), employs(row)),
                Cell { zero: own.is_empty(), ..text(m.field_own_school(), school) },
                Cell { figures: true, by: Some(stand.people), ..text(m.candidates(), m.n_of_m(number(stand.people), number(most))) },
                count(m.head_booked(), stand.booked),
                Cell { bar: Some(percent), by: Some(percent), ..text(m.head_limit(), m.of_hours(number(hours))) },
                count(m.head_given(), (stand.quarters + 2) / 4),
                end,
            ]
        }
        Tab::Candidates => {
            vec![
                text(m.head_standing(), row.standing.map_or("", Word::code)),
                text(m.field_phase(), row.text("fase").replace('_', " ")),
                text(m.field_bouwen(), row.list("bouwen").join(", ")),
                count(m.head_waited(), row.number("wachtrondes").unwrap_or(0)),
                text(m.head_place(), told.places.get(&row.id).map_or_else(String::new, |id| of(&told.schools, id))),
            ]
        }
    }
}

/// The last line of a list.
fn sums(m: Words, tab: Tab, told: &Listed) -> Vec<Cell> {
    if tab != Tab::Coaches {
        return Vec::new();
    }
    let all = told.coaches.values().fold((0, 0, 0), |sum, it| (sum.0 + it.people, sum.1 + it.booked, sum.2 + it.quarters));
    let empty = Cell::default;
    vec![
        empty(),
        empty(),
        count(m.candidates(), all.0),
        count(m.head_booked(), all.1),
        empty(),
        count(m.head_given(), (all.2 + 2) / 4),
        empty(),
    ]
}

/// Filters that are on, and those that may be.
fn chips(m: Words, tab: Tab, view: &View, told: &Listed, base: &str) -> (Vec<Chip>, Vec<Chip>) {
    let choices: Vec<(String, String)> = match tab {
        Tab::Boards => Vec::new(),
        Tab::Schools => told.boards.iter().map(|(id, name)| (id.clone(), name.clone())).collect(),
        Tab::Coaches => ["intern", "extern"].map(|it| (it.to_owned(), it.to_owned())).to_vec(),
        Tab::Candidates => Standing::ALL.iter().map(|it| (it.code().to_owned(), it.code().to_owned())).collect(),
    };
    let (mut on, mut off) = (Vec::new(), Vec::new());
    for (code, label) in choices {
        if view.only.as_ref() == Some(&code) {
            on.push(Chip { label, place: View { only: None, ..view.clone() }.at(base) });
        } else {
            off.push(Chip { label, place: View { only: Some(code), ..view.clone() }.at(base) });
        }
    }
    let ended = Chip { label: m.with_ended().into(), place: View { ended: !view.ended, ..view.clone() }.at(base) };
    if view.ended {
        on.push(ended)
    } else {
        off.push(ended)
    }
    off.sort_by(|a, b| a.label.cmp(&b.label));
    (on, off)
}

/// Who stops within thirty days and still has people.
fn soon(m: Words, tab: Tab, told: &Listed) -> Option<String> {
    if tab != Tab::Coaches {
        return None;
    }
    let today: jiff::civil::Date = told.today.parse().ok()?;
    let limit = today.checked_add(jiff::Span::new().days(30)).ok()?.to_string();
    let near = |row: &&Row| row.until.as_deref().is_some_and(|it| it >= told.today.as_str() && it <= limit.as_str());
    let rows: Vec<&Row> = told.rows.iter().filter(near).collect();
    let row = rows.first()?;
    let people = told.coaches.get(&row.id).map_or(0, |it| it.people);
    Some(m.soon(rows.len(), row.called(), words::day(row.until.as_deref().unwrap_or_default()), people))
}
