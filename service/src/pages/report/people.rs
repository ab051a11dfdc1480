//! The report with everybody in it, for the intermediary.

use askama::Template;
use axum::response::Response;

use super::pictures::Boards;
use super::reviewing::{Reviewing, reviewing};
use super::{Figure, For, Head, before, figure, frame, head, none, pictures, provisional};
use crate::actions::fairness::{self, Named};
use crate::actions::overview;
use crate::actions::planning::seen::next_after;
use crate::api::review::Beoordelingscijfer as Rated;
use crate::desk::fairness::Worst;
use crate::desk::leaves::{Leaves, Left, leaves};
use crate::desk::planning::next::Next;
use crate::pages::days::month_name;
use crate::pages::frame::{Frame, page};
use crate::pages::messages::Report as Words;
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::present::chart::Chart;
use crate::present::dutch::{euros, number};
use crate::serve::app::App;
use crate::serve::problem::Problem;

/// Somebody whose place fits little.
struct Row {
    name: String,
    place: String,
    points: String,
    minutes: String,
    why: String,
}

/// A school with starters.
struct School {
    name: String,
    starters: i64,
    team: i64,
    share: i64,
    room: i64,
}

/// A row of what is left, with what is needed of it.
struct LeftRow {
    what: String,
    left: String,
    of: String,
    needed: String,
    short: bool,
}

/// What the plan leaves for the next wave.
struct LeavesShown {
    rows: Vec<LeftRow>,
    /// What the multi-year plan expects, or that it says nothing.
    says: String,
    /// Boards with fewer seats left than are expected to be needed there.
    boards: Vec<LeftRow>,
    /// Where a multi-year plan is made, when there is none.
    place: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "report/people.html")]
struct PeoplePage {
    frame: Frame,
    head: Head,
    figures: Vec<Figure>,
    choices: Chart,
    travel: Chart,
    coaches: Chart,
    seats: Chart,
    shares: Chart,
    leaves: LeavesShown,
    reviewed: Option<Reviewing>,
    hard: String,
    hard_about: String,
    schools: Vec<School>,
    worst: Vec<Row>,
    mean: String,
    envious: i64,
}

pub(super) async fn show(app: &App, visitor: &Visitor, id: &str) -> Result<Response, Problem> {
    let (wave, found) = fairness::named(&app.store, &visitor.asked, id).await?;
    let frame = frame(app, visitor, &wave).await?;
    let Some(found) = found else { return none(frame, &wave) };
    let (m, report) = (frame.m.report, &found.report);
    let boards: Boards = report
        .boards
        .iter()
        .map(|it| {
            let [low, middle, high] = it.bouwen.map(|cell| (Some(cell.0), cell.1));
            (it.name.clone(), [low, middle, high, (Some(it.all().0), it.all().1)])
        })
        .collect();
    let all = report.seats().map(|cell| (Some(cell.0), cell.1));
    let listed: Vec<(String, String)> = report.boards.iter().map(|it| (it.id.clone(), it.name.clone())).collect();
    let named = |id: &str| found.coaches.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let (placed, hard) = (report.placed(), report.hard);
    let hard_title = if report.full_schools > 0 { m.hard_full(report.full_schools) } else { m.hard_free().to_owned() };
    let earlier = before(app, visitor, &wave).await?;
    let next = next_after(&app.store, &wave.from).await?;
    let provisional = provisional(app, &frame, &wave, true).await?;
    let (people, total) = overview::rates(&app.store, id).await?;
    let own = people.get(visitor.asked.caller.who()).map(Rated::whole);
    let shown = PeoplePage {
        head: head(&frame, &wave, &For::People, &listed, provisional),
        figures: figures(m, &found),
        choices: pictures::choices(m, &wave.name, report.choices.map(Some), earlier),
        travel: pictures::travel(m, report),
        coaches: pictures::coaches(m, report, &named),
        seats: pictures::seats(m, &boards, all),
        shares: pictures::shares(m, &boards, all[3]),
        leaves: shown_leaves(&frame, &leaves(report, next.as_ref()), next.as_ref()),
        reviewed: reviewing(m, &Rated::whole(&total), own.as_ref()),
        hard: hard_title,
        hard_about: m.hard_about(number(hard.0), number(placed), report.hard_from, number(all[3].1), number(hard.1)),
        schools: report
            .schools
            .iter()
            .map(|it| School {
                name: it.name.clone(),
                starters: it.starters,
                team: it.team,
                share: (200 * it.starters + it.team) / (2 * it.team.max(1)),
                room: it.room.max(0),
            })
            .collect(),
        worst: report.worst.iter().map(|it| row(m, &found, id, it)).collect(),
        mean: m.worst_about(number(report.mean_points)),
        envious: report.envious,
        frame,
    };
    page(&shown)
}

fn shown_leaves(frame: &Frame, found: &Leaves, next: Option<&Next>) -> LeavesShown {
    let m = frame.m.report;
    let row = |what: &str, it: &Left| LeftRow {
        what: what.to_owned(),
        left: number(it.left),
        of: number(it.of),
        needed: it.needed.map_or_else(String::new, number),
        short: it.short(),
    };
    let says = next.map_or_else(
        || m.leaves_no_plan().to_owned(),
        |it| {
            let wave = it.name.clone().unwrap_or_else(|| month_name(frame.m, it.month));
            let people = number(it.people);
            if it.computed { m.leaves_computed(&it.plan, wave, people) } else { m.leaves_wanted(&it.plan, wave, people) }
        },
    );
    let [low, middle, high] = &found.bouwen;
    let rows = [
        (m.leaves_low(), low),
        (m.leaves_middle(), middle),
        (m.leaves_high(), high),
        (m.leaves_seats(), &found.seats),
        (m.leaves_hours(), &found.hours),
    ];
    LeavesShown {
        rows: rows.into_iter().map(|(what, it)| row(what, it)).collect(),
        says,
        boards: found.short.iter().map(|(name, it)| row(name, it)).collect(),
        place: next.is_none().then_some(paths::PLANNINGS),
    }
}

fn figures(m: Words, found: &Named) -> Vec<Figure> {
    let report = &found.report;
    let coaching = if report.external > 0 { m.coaching(number(report.external)) } else { m.coaching_only().to_owned() };
    let cost = report.budget.map_or_else(|| m.no_budget().to_owned(), |budget| m.budget(euros(budget)));
    let mut all = vec![
        figure(number(report.placed()), m.of_placed(number(report.candidates))),
        figure(number(report.choices[0]), m.get_first()),
        figure(m.minutes(number(report.mean_minutes())), m.mean_travel()),
        figure(m.hours(number(report.hours)), coaching),
        figure(euros(report.cents), cost),
    ];
    if found.decided.0 > 0 {
        all.push(figure(m.aside(number(found.decided.1), number(found.decided.0)), m.aside_text()));
    }
    all
}

fn row(m: Words, found: &Named, wave: &str, it: &Worst) -> Row {
    Row {
        name: found.candidates.get(&it.id).cloned().unwrap_or_else(|| it.id.clone()),
        place: paths::wave_reviewed(wave, &it.id),
        points: number(it.points),
        minutes: m.minutes(number(it.minutes)),
        why: why(m, it),
    }
}

/// Why somebody has few points, in a few words: what is less than it could be, and what was kept.
fn why(m: Words, it: &Worst) -> String {
    let mut said = Vec::new();
    match it.choice {
        2 => said.push(m.why_choice_2().to_owned()),
        3 => said.push(m.why_choice_3().to_owned()),
        _ => {}
    }
    if it.same_coach {
        said.push(m.why_coach().to_owned());
    }
    if it.same_school {
        said.push(m.why_school().to_owned());
    }
    // A journey that is nearly as long as it may be, or the only thing to say.
    if 5 * it.minutes >= 4 * it.most_minutes || said.is_empty() {
        said.push(m.why_travel(number(it.minutes), number(it.most_minutes)));
    }
    said.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::messages::{Language, Messages};

    #[test]
    fn few_points_are_explained_by_what_is_less_than_it_could_be() {
        let m = Messages::of(Language::Nl).report;
        let one = Worst { id: "Z1".into(), points: 1, minutes: 10, most_minutes: 45, choice: 3, same_school: false, same_coach: false };
        assert_eq!(why(m, &one), "3e keus bouw of later");
        assert_eq!(why(m, &Worst { choice: 2, same_coach: true, ..one.clone() }), "2e keus bouw, blijft bij coach");
        assert_eq!(why(m, &Worst { choice: 1, ..one.clone() }), "reist 10 van 45 min");
        assert_eq!(why(m, &Worst { choice: 2, minutes: 44, ..one }), "2e keus bouw, reist 44 van 45 min");
    }
}
