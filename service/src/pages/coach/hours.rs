//! The hours that a coach gave: by candidate, in one month at a time.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use jiff::Span;
use jiff::civil::Date;

use super::super::declared::Pages;
use super::super::done::Done;
use super::super::form::Form;
use super::super::frame::{Frame, Section, after, page, status};
use super::super::paths;
use super::super::said;
use super::super::visitor::Visitor;
use super::{ROLES, written};
use crate::access::Role;
use crate::actions::Refused;
use crate::actions::coaching::{self, Desk};
use crate::records::coaching::Given;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys};
use crate::serve::problem::Problem;

/// So many months back hours can be noted here.
const MONTHS: i32 = 14;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::COACH_HOURS, get(show).post(save))
}

struct Row {
    candidate: String,
    name: String,
    place: String,
    value: String,
    total: String,
}

#[derive(Template)]
#[template(path = "coach/hours.html")]
struct HoursPage {
    frame: Frame,
    back: String,
    here: String,
    month: String,
    month_name: String,
    months: Vec<(String, String)>,
    rows: Vec<Row>,
    version: i64,
    errors: Vec<(String, String)>,
    /// What stands there now beside what was typed.
    both: Vec<(String, String, String)>,
}

/// Months that can be chosen, this one first.
fn months(today: Date) -> Vec<String> {
    let first = today.first_of_month();
    (0..MONTHS).map(|back| first.saturating_sub(Span::new().months(back)).to_string()[..7].to_owned()).collect()
}

fn quarters_of(desk: &Desk, candidate: &str, month: &str) -> i64 {
    desk.given.rows.iter().filter(|it| it.candidate == candidate && it.month == month).map(|it| it.quarters).sum()
}

/// People to whom hours can be given: those whose placement is published, each once.
fn people(desk: &Desk) -> Vec<&crate::records::coaching::Placing> {
    let mut all: Vec<&crate::records::coaching::Placing> = Vec::new();
    for it in desk.people.iter().filter(|it| it.told.published) {
        if !all.iter().any(|known| known.candidate == it.candidate) {
            all.push(it);
        }
    }
    all
}

fn drawn(app: &App, visitor: &Visitor, id: &str, desk: &Desk, (wanted, form): (Option<&str>, Option<&Form>)) -> HoursPage {
    let own = visitor.asked.caller.role() == Role::Coach;
    let frame = visitor.frame(app, if own { Section::Coach } else { Section::Register });
    let months = months(app.store.clock().today());
    let month =
        wanted.filter(|it| months.iter().any(|known| known == it)).or(months.first().map(String::as_str)).unwrap_or_default().to_owned();
    let row = |it: &crate::records::coaching::Placing| {
        let now = quarters_of(desk, &it.candidate, &month);
        let typed = form.map(|form| form.text(&format!("uren:{}", it.candidate)).to_owned());
        let all: i64 = desk.given.rows.iter().filter(|row| row.candidate == it.candidate).map(|row| row.quarters).sum();
        Row {
            name: desk.names.get(&it.candidate).cloned().unwrap_or_else(|| it.candidate.clone()),
            place: frame.m.answers.place(desk.schools.get(&it.school).unwrap_or(&it.school), &it.bouw),
            value: typed.unwrap_or_else(|| if now == 0 { String::new() } else { written(now) }),
            total: frame.m.coach.given_of(written(all), it.hours),
            candidate: it.candidate.clone(),
        }
    };
    let rows = people(desk).into_iter().map(row).collect();
    HoursPage {
        back: paths::coach_desk(id),
        here: paths::coach_hours(id),
        month_name: said::month_of(frame.m, &month),
        months: months.into_iter().map(|it| (it.clone(), said::month_of(frame.m, &it))).collect(),
        version: desk.given.version,
        errors: Vec::new(),
        both: Vec::new(),
        frame,
        month,
        rows,
    }
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let desk = coaching::desk(&app.store, &visitor.asked, &id).await?;
    page(&drawn(&app, &visitor, &id, &desk, (keys.text("maand").as_deref(), None)))
}

/// Hours as people type them, in quarters: "1,5", "2.25", "3".
fn quarters(text: &str) -> Option<i64> {
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Some(0);
    }
    let (whole, rest) = text.split_once('.').unwrap_or((&text, "0"));
    let whole: i64 = whole.parse().ok().filter(|it| (0..=744).contains(it))?;
    let rest = match rest.trim_end_matches('0') {
        "" => 0,
        "25" => 1,
        "5" => 2,
        "75" => 3,
        _ => return None,
    };
    Some(whole * 4 + rest)
}

async fn save(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let desk = coaching::desk(&app.store, &visitor.asked, &id).await?;
    let mut again = drawn(&app, &visitor, &id, &desk, (form.some("maand"), Some(&form)));
    let mut rows: Vec<Given> = desk.given.rows.clone();
    for it in people(&desk) {
        let name = format!("uren:{}", it.candidate);
        match quarters(form.text(&name)) {
            Some(quarters) => {
                rows.retain(|row| row.candidate != it.candidate || row.month != again.month);
                rows.push(Given { candidate: it.candidate.clone(), month: again.month.clone(), quarters });
            }
            None => {
                let who = desk.names.get(&it.candidate).unwrap_or(&it.candidate);
                again.errors.push((name, again.frame.m.coach.wrong_hours(who)));
            }
        }
    }
    if !again.errors.is_empty() {
        return status(StatusCode::BAD_REQUEST, &again);
    }
    match coaching::put_given(&app.store, &visitor.asked, &id, form.number("versie").unwrap_or(-1), rows).await {
        Ok(_) => Ok(after(&paths::coach_desk(&id), Done::HoursSaved)),
        Err(Refused::Stale(_)) => {
            for row in &again.rows {
                let now = written(quarters_of(&desk, &row.candidate, &again.month));
                if now != row.value {
                    again.both.push((row.name.clone(), now, row.value.clone()));
                }
            }
            status(StatusCode::PRECONDITION_FAILED, &again)
        }
        Err(Refused::Invalid(refusal)) => {
            again.errors = said::wrong(&refusal, |_| String::new());
            status(StatusCode::BAD_REQUEST, &again)
        }
        Err(refused) => Err(refused.with_now(|_| ()).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_typed_in_quarters() {
        assert_eq!(["", "3", "1,5", "2.25", "0,75", "1,50"].map(quarters), [0, 12, 6, 9, 3, 6].map(Some));
        assert_eq!(["een", "1,3", "-1", "800", "1,"].map(quarters), [None, None, None, None, Some(4)]);
        assert_eq!([0, 4, 6, 9, 11].map(written), ["0", "1", "1,5", "2,25", "2,75"]);
    }
}
