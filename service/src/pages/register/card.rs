//! A row of the register opened beside its list: what it is, its hours and people, its history, and what a no forbids.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use loket_solver::matching::facts::words::Word;

use super::{Tab, words};
use crate::actions::catalogue::Card;
use crate::actions::{bans, catalogue};
use crate::desk::cards::{Field, value};
use crate::desk::versions::changed;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::after;
use crate::pages::messages::Register as Words;
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::present::day;
use crate::present::dutch::number;
use crate::records::answer::{Forbidden, Revoked};
use crate::records::register::Kind;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::problem::Problem;

/// A fact of a row.
pub(super) struct Fact {
    pub label: String,
    pub text: String,
}

/// Hours of a month.
pub(super) struct Month {
    pub name: String,
    pub hours: String,
    pub percent: i64,
}

/// Somebody who is placed with it.
pub(super) struct Person {
    pub name: String,
    pub place: String,
    pub says: String,
}

/// A line of its history.
pub(super) struct Past {
    pub day: String,
    pub text: String,
    pub ban: Option<Ban>,
}

/// What a no forbids, and how it is taken back.
pub(super) struct Ban {
    pub place: String,
    pub version: i64,
    pub reasons: Vec<(&'static str, &'static str)>,
}

/// A row with everything beside it.
pub(super) struct CardShown {
    pub id: String,
    pub name: String,
    pub sub: String,
    pub close: String,
    pub edit: String,
    pub end: Option<String>,
    pub data: Option<String>,
    pub facts: Vec<Fact>,
    pub hours: Option<String>,
    pub months: Vec<Month>,
    pub together: String,
    pub people_title: String,
    pub people: Vec<Person>,
    pub history: Vec<Past>,
    pub restricted: bool,
}

pub(super) async fn card(app: &App, visitor: &Visitor, m: Words, tab: Tab, id: &str) -> Result<CardShown, Problem> {
    let told = catalogue::card(&app.store, &visitor.asked, tab.kind(), id).await?;
    let row = &told.row;
    let (code, person) = (tab.code(), tab.kind().is_person());
    let open = row.until.as_deref().is_none_or(|until| until >= told.today.as_str());
    let (hours, months, together) = hours(m, tab, &told);
    let people = people(m, tab, &told);
    Ok(CardShown {
        name: row.called().to_owned(),
        sub: format!("{id}, {}", tab.kind().word()),
        close: paths::register(code),
        edit: paths::register_edit(code, id),
        end: open.then(|| paths::register_end(code, id)),
        data: person.then(|| paths::register_data(code, id)),
        facts: facts(m, tab, &told),
        hours,
        months,
        together,
        people_title: if people.is_empty() { String::new() } else { m.people(people.len()) },
        people,
        history: history(m, tab, &told),
        restricted: told.restriction.as_ref().is_some_and(|it| it.holds(&told.today)),
        id: id.to_owned(),
    })
}

fn named(names: &BTreeMap<String, String>, id: &str) -> String {
    names.get(id).cloned().unwrap_or_else(|| id.to_owned())
}

/// What is known of it, field by field; places and what is empty aside.
fn facts(m: Words, tab: Tab, told: &Card) -> Vec<Fact> {
    let mut all = Vec::new();
    for field in Field::of(tab.kind()).iter().filter(|it| !matches!(it, Field::Name | Field::Lat | Field::Lon)) {
        let text = value(tab.kind(), &told.row, *field);
        if text.is_empty() {
            continue;
        }
        let text = match field {
            Field::Board | Field::OwnSchool => named(&told.names, &text),
            Field::From => words::day(&text),
            Field::MaxTravel => m.minutes(text),
            Field::Bouwen => text.replace(',', ", "),
            _ => text.replace('_', " "),
        };
        all.push(Fact { label: words::label(m, tab, *field).to_owned(), text });
    }
    if let Some(standing) = told.row.standing {
        all.push(Fact { label: m.head_standing().into(), text: standing.code().into() });
    }
    if let Some(stage) = told.stages.last() {
        all.push(Fact { label: m.stage().into(), text: stage.stage.code().replace('-', " ") });
    }
    let end = told.row.until.as_deref().map_or_else(|| m.none().to_owned(), words::day);
    if tab != Tab::Candidates {
        all.push(Fact { label: m.head_end().into(), text: end });
    }
    all
}

/// Hours that a coach gave, by month, beside what is booked.
fn hours(m: Words, tab: Tab, told: &Card) -> (Option<String>, Vec<Month>, String) {
    if tab != Tab::Coaches {
        return (None, Vec::new(), String::new());
    }
    let whole = |quarters: i64| (quarters + 2) / 4;
    let mut by: BTreeMap<&str, i64> = BTreeMap::new();
    for row in &told.given.rows {
        *by.entry(&row.month).or_default() += row.quarters;
    }
    let most = by.values().copied().max().unwrap_or(0).max(1);
    let months = by
        .iter()
        .map(|(month, quarters)| Month { name: day::month(month), hours: number(whole(*quarters)), percent: 100 * quarters / most })
        .collect();
    let given = number(whole(told.stand.quarters));
    let all = told.row.number("uren").unwrap_or(0);
    let together = m.booked_left(number(told.stand.booked), number((all - told.stand.booked).max(0)));
    (Some(m.given_of(given, number(told.stand.booked))), months, together)
}

fn people(m: Words, tab: Tab, told: &Card) -> Vec<Person> {
    let given = |id: &str| told.given.rows.iter().filter(|it| it.candidate == id).map(|it| it.quarters).sum::<i64>();
    told.placed
        .iter()
        .map(|it| {
            let (kind, id) = if tab == Tab::Candidates { (Tab::Coaches, &it.coach) } else { (Tab::Candidates, &it.candidate) };
            let says = match tab {
                Tab::Coaches => m.hours_of(number((given(&it.candidate) + 2) / 4), number(it.hours)),
                Tab::Candidates => named(&told.names, &it.school),
                Tab::Schools | Tab::Boards => it.bouw.clone(),
            };
            Person { name: named(&told.names, id), place: paths::register_row(kind.code(), id), says }
        })
        .collect()
}

/// What happened to it, the newest first: versions, and what a no forbids.
fn history(m: Words, tab: Tab, told: &Card) -> Vec<Past> {
    let when = |at: Option<i64>| at.map_or_else(String::new, |at| crate::store::clock::read_by_people(at).chars().take(10).collect());
    let mut all: Vec<(i64, Past)> = Vec::new();
    for version in &told.versions {
        let who = version.who.as_ref().map(|it| named(&told.accounts, it));
        let points: Vec<String> = changed(version)
            .into_iter()
            .map(|it| {
                let key = words::key(m, tab, &it.key);
                match (it.was.is_empty(), it.now.is_empty()) {
                    (true, _) => m.became(key, it.now),
                    (false, true) => m.gone(key, it.was),
                    (false, false) => m.changed(key, it.was, it.now),
                }
            })
            .collect();
        let text = match (version.was.is_some(), points.is_empty()) {
            (false, _) => m.added().to_owned(),
            (true, true) => m.name_changed().to_owned(),
            (true, false) => points.join("; "),
        };
        let text = who.map_or_else(|| m.said(&text), |who| m.said_by(&text, who));
        all.push((version.at.unwrap_or(0), Past { day: words::day(&when(version.at)), text, ban: None }));
    }
    for ban in &told.bans {
        all.push((ban.made, past_of(m, tab, told, ban)));
    }
    all.sort_by_key(|it| std::cmp::Reverse(it.0));
    all.into_iter().map(|it| it.1).collect()
}

fn past_of(m: Words, tab: Tab, told: &Card, ban: &Forbidden) -> Past {
    let of = &ban.ban;
    let parts = [
        (tab != Tab::Candidates).then(|| named(&told.names, &of.candidate)),
        of.school.as_ref().filter(|_| tab != Tab::Schools).map(|it| named(&told.names, it)),
        of.coach.as_ref().filter(|_| tab != Tab::Coaches).map(|it| named(&told.names, it)),
        of.bouw.clone(),
    ];
    let about = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let reason = ban.reason.map_or_else(|| m.no_reason().to_owned(), |it| it.code().replace('-', " "));
    let mut text = m.no_of(ban.party.code(), about, reason);
    if let Some(until) = &ban.until {
        text.push(' ');
        text.push_str(&m.holds_until(words::day(until)));
    }
    if let Some(why) = ban.why {
        text.push(' ');
        text.push_str(&m.taken_back(words::revoked(m, why)));
    }
    let reasons = Revoked::ALL.iter().map(|it| (it.code(), words::revoked(m, *it))).collect();
    let open = ban.counts(&told.today).then(|| Ban { place: paths::register_ban(&ban.id), version: ban.version, reasons });
    let day = crate::store::clock::read_by_people(ban.made).chars().take(10).collect::<String>();
    Past { day: words::day(&day), text, ban: open }
}

/// Takes a no back.
pub(super) async fn revoke(
    State(app): State<App>,
    visitor: Visitor,
    Ids(id): Ids<String>,
    _: NoKeys,
    form: Form,
) -> Result<Response, Problem> {
    let why = Revoked::parse(form.text("reden")).ok_or_else(|| Problem::mistake("woord", "reden", "kies waarom", "kies een reden"))?;
    let version = form.number("versie").unwrap_or(0);
    let done = bans::revoke(&app.store, &visitor.asked, &id, version, why).await;
    let done = done.map_err(|refused| refused.with_now(|_| ()))?;
    // Back to the card where it was taken back, of what the no was about.
    let (tab, of) = match form.text("terug").split_once('/') {
        Some((tab, of)) => (Tab::read(tab)?, of.to_owned()),
        None => (Tab::Candidates, done.ban.candidate),
    };
    Ok(after(&paths::register_row(tab.code(), &of), Done::BanRevoked))
}

/// The kind of people that a tab is about, when it is.
pub(super) fn person(tab: Tab) -> Option<Kind> {
    Some(tab.kind()).filter(|it| it.is_person())
}
