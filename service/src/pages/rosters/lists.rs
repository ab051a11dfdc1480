//! Lists of a roster to look through and to print: by day, person, place or group; and the meetings of one person with the calendar.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use loket_instances::scheduling::outcome::{BlockLine, OutcomeFile};
use loket_instances::scheduling::roster_file::{Loaded, Named};
use loket_solver::scheduling::facts::calendar::{Day, Moment};
use loket_solver::scheduling::facts::codes::Kind;

use super::{ROLES, told};
use crate::actions::rosters::own;
use crate::actions::rosters::seen::{Seen, seen};
use crate::desk::roster::meetings::{Meeting, clock, everybody, moments, of};
use crate::pages::declared::Pages;
use crate::pages::frame::{Frame, Section, page};
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys};
use crate::serve::papers::meetings;
use crate::serve::problem::{Fout, Problem};

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::ROSTER_LISTS, get(lists)).at(ROLES, paths::ROSTER_PERSON, get(person)).at(
        ROLES,
        paths::ROSTER_CALENDAR,
        get(calendar),
    )
}

/// One line of a list.
pub(super) struct Line {
    pub(super) when: String,
    pub(super) place: String,
    pub(super) staff: String,
    pub(super) members: String,
}

/// A list with its heading.
struct List {
    title: String,
    lines: Vec<Line>,
}

/// A way to make lists.
struct Way {
    says: &'static str,
    place: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "rosters/lists.html")]
struct ListsPage {
    frame: Frame,
    back: (String, String),
    title: String,
    ways: Vec<Way>,
    lists: Vec<List>,
    calendar: Option<(String, String)>,
    hint: bool,
}

fn line(m: Messages, seen: &Seen, block: &BlockLine, at: Moment) -> Line {
    let loaded = &seen.loaded;
    let time = block.members.iter().filter_map(|it| clock(it.time.as_ref(), at)).min();
    let member = |it: &loket_instances::scheduling::outcome::MemberLine| {
        let name = told::name(loaded, &it.id);
        clock(it.time.as_ref(), at).map_or_else(|| name.clone(), |time| format!("{} {name}", told::clock(&time)))
    };
    Line {
        when: told::moment(m, at, time.as_deref()),
        place: told::place(loaded, block.location.as_deref(), block.offer.as_deref()),
        staff: told::people(m, loaded, block.staff.iter().map(|(_, id)| id.as_str())),
        members: block.members.iter().map(member).collect::<Vec<_>>().join(", "),
    }
}

/// What there is in the week of a Monday, in order of time.
pub(super) fn in_week(m: Messages, seen: &Seen, monday: Day) -> Vec<Line> {
    let blocks = seen.plan.iter().flat_map(|plan| &plan.blocks);
    let all = blocks.flat_map(|block| moments(block).into_iter().map(move |at| (at, block)));
    let mut here: Vec<(Moment, &BlockLine)> = all.filter(|(at, _)| at.day.monday() == monday).collect();
    here.sort_by_key(|(at, _)| *at);
    here.into_iter().map(|(at, block)| line(m, seen, block, at)).collect()
}

/// Every meeting under the headings that it belongs to, each with what it is sorted by.
fn gathered(m: Messages, seen: &Seen, plan: &OutcomeFile, per: &str) -> Vec<List> {
    let loaded = &seen.loaded;
    let mut all: BTreeMap<(String, String), Vec<(Moment, Line)>> = BTreeMap::new();
    for (number, block) in plan.blocks.iter().enumerate() {
        for at in moments(block) {
            for heading in headings(m, loaded, seen.roster.kind, per, (number, block, at)) {
                all.entry(heading).or_default().push((at, line(m, seen, block, at)));
            }
        }
    }
    let list = |((_, title), mut lines): ((String, String), Vec<(Moment, Line)>)| {
        lines.sort_by_key(|(at, _)| *at);
        List { title, lines: lines.into_iter().map(|(_, line)| line).collect() }
    };
    all.into_iter().map(list).collect()
}

/// Headings with what they are sorted by.
fn headings(
    m: Messages,
    loaded: &Loaded,
    kind: Kind,
    per: &str,
    (number, block, at): (usize, &BlockLine, Moment),
) -> Vec<(String, String)> {
    match per {
        "mens" => everybody(block).map(|id| told::name(loaded, id)).map(|name| (name.clone(), name)).collect(),
        "plek" => {
            let location = block.location.as_deref().map(|id| told::named(loaded, Named::Location, id));
            let school = || {
                let first = block.members.first().map(|it| it.id.as_str()).unwrap_or_default();
                let unit = loaded.roster.units.pairs().find(|(_, row)| row.id == first);
                unit.and_then(|(_, row)| row.school.clone()).map(|id| told::named(loaded, Named::School, &id))
            };
            let name = location.or_else(school).unwrap_or_else(|| m.rooster.nothing().to_owned());
            vec![(name.clone(), name)]
        }
        "groep" => {
            let name = match (kind, &block.offer) {
                (_, Some(offer)) => told::named(loaded, Named::Offer, offer),
                (Kind::PeerGroups, None) => m.rooster.groep(number + 1),
                (_, None) => told::people(m, loaded, block.staff.iter().map(|(_, id)| id.as_str())),
            };
            vec![(format!("{number:06}"), name)]
        }
        _ => vec![(at.day.to_string(), crate::pages::days::weekday(m, &at.day.to_string()))],
    }
}

async fn lists(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    const WAYS: [&str; 4] = ["dag", "mens", "plek", "groep"];
    let per = keys.text("per").unwrap_or_else(|| "dag".to_owned());
    if !WAYS.contains(&per.as_str()) {
        keys.wrong(Fout::new("woord", "per", "zo kan het niet", "kies uit: dag, mens, plek, groep"));
    }
    keys.finish()?;
    let seen = seen(&app.store, &id).await?;
    let frame = visitor.frame(&app, Section::Rosters);
    let m = frame.m;
    let says = [m.rooster.per_day(), m.rooster.per_person(), m.rooster.per_place(), m.rooster.per_group()];
    let way = |(word, says): (&str, &'static str)| Way {
        says,
        place: paths::with(paths::roster_at(&id, "lijsten"), &[("per", word)]),
        here: word == per,
    };
    page(&ListsPage {
        back: (seen.roster.name.clone(), paths::roster(&id)),
        title: m.rooster.lists_title().to_owned(),
        ways: WAYS.into_iter().zip(says).map(way).collect(),
        lists: seen.plan.as_ref().map(|plan| gathered(m, &seen, plan, &per)).unwrap_or_default(),
        calendar: None,
        hint: false,
        frame,
    })
}

async fn person(State(app): State<App>, visitor: Visitor, Ids((id, person)): Ids<(String, String)>) -> Result<Response, Problem> {
    let seen = seen(&app.store, &id).await?;
    let loaded = &seen.loaded;
    let known =
        loaded.roster.units.pairs().any(|(_, row)| row.id == person) || loaded.roster.people.pairs().any(|(_, row)| row.id == person);
    if !known {
        return Err(Problem::unknown());
    }
    let frame = visitor.frame(&app, Section::Rosters);
    let m = frame.m;
    let all = seen.plan.as_ref().map(|plan| of(seen.roster.kind, plan, &person)).unwrap_or_default();
    let name = told::name(loaded, &person);
    let line = |it: &Meeting| Line {
        when: told::moment(m, it.moment, it.time.as_deref()),
        place: told::place(loaded, it.location.as_deref(), it.offer.as_deref()),
        staff: told::people(m, loaded, it.staff.iter().map(String::as_str)),
        members: it.members.iter().map(|id| told::name(loaded, id)).collect::<Vec<_>>().join(", "),
    };
    let told = seen.roster.publications > 0;
    page(&ListsPage {
        back: (seen.roster.name.clone(), paths::roster(&id)),
        title: m.rooster.meetings_of(&name),
        ways: Vec::new(),
        lists: vec![List { title: m.rooster.meetings_count(all.len()), lines: all.iter().map(line).collect() }],
        calendar: told.then(|| (m.rooster.calendar_of(&name), paths::roster_calendar(&id, &person))),
        hint: !told,
        frame,
    })
}

async fn calendar(State(app): State<App>, Ids((id, person)): Ids<(String, String)>) -> Result<Response, Problem> {
    let own = own::in_roster(&app.store, &id, &person).await?;
    Ok(meetings(&app, &person, &own))
}
