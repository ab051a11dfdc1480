//! What is tried together, as it is shown: each change, who moves along, and per goal before and after.

use loket_solver::matching::facts::words::Word;

use super::picked::Query;
use super::say::{Say, Sign};
use crate::actions::review::tray::Tray;
use crate::desk::goals::Aim;
use crate::desk::review::list::State;
use crate::desk::tryout::Wish;
use crate::pages::{paths, told};
use crate::present::dutch::{list, number};
use crate::records::tried::{Changed, Tried};

/// Something that is tried for somebody.
#[derive(Clone, Debug)]
pub struct ChangeView {
    /// By id.
    pub candidate: String,
    /// The name.
    pub name: String,
    /// What would change.
    pub what: String,
    /// Rules that are set aside.
    pub aside: Vec<String>,
}

/// A goal before and after.
#[derive(Clone, Debug)]
pub struct GoalView {
    /// What it is after, as on the page of a run.
    pub name: String,
    /// Now.
    pub before: String,
    /// Then.
    pub after: String,
    /// The difference.
    pub sign: Sign,
}

/// Somebody who moves along.
#[derive(Clone, Debug)]
pub struct MoverView {
    /// The name.
    pub name: String,
    /// What was decided about this person.
    pub state: Sign,
    /// From where to where.
    pub what: String,
}

/// What is tried.
#[derive(Clone, Debug)]
pub struct TrayView {
    /// How many changes.
    pub count: usize,
    /// In one line.
    pub summary: String,
    /// Whether it is being worked out.
    pub coming: bool,
    /// Whether that came to nothing.
    pub failed: bool,
    /// Whether it can be kept.
    pub can: bool,
    /// What is tried.
    pub changes: Vec<ChangeView>,
    /// Who moves along.
    pub along: Vec<MoverView>,
    /// Goals.
    pub goals: Vec<GoalView>,
    /// In plain words.
    pub words: String,
    /// What does not go together.
    pub clashes: Vec<String>,
    /// Whether a rule is set aside: then it is asked why.
    pub asks: bool,
    /// Its version.
    pub version: i64,
    /// Where it is shown open.
    pub open: String,
    /// Where it is shown closed.
    pub shut: String,
    /// Where it is asked again.
    pub fresh: String,
    /// Where one is taken out.
    pub take: String,
    /// Where all is thrown away.
    pub empty: String,
    /// Where it is kept.
    pub keep: String,
}

/// What is tried, beside this candidate.
pub fn view(say: &Say<'_>, picked: &Query, beside: Option<&str>, tray: &Tray) -> TrayView {
    let (on, m) = (say.on, say.m.review);
    let wave = &on.wave.id;
    let found = tray.found.as_ref();
    let back: Vec<(&str, &str)> = beside.map(|it| ("kandidaat", it)).into_iter().collect();
    // The page of its own shows it open as well.
    let open: &[(&str, &str)] = if picked.open || beside.is_none() { &[("bak", "open")] } else { &[] };
    let fresh: Vec<(&str, &str)> = [("deel", "bak")].into_iter().chain(open.iter().copied()).chain(back.iter().copied()).collect();
    let at = |part: &str| picked.behind(&paths::review_tray_deed(wave, part), &back);
    let here = beside.map_or_else(|| paths::review_tray(wave), |id| paths::wave_reviewed(wave, id));
    let changes: Vec<ChangeView> = tray.seen.tried.changes.iter().map(|it| change(say, &it.candidate, &it.wish, found)).collect();
    let summary = match (found, tray.failed()) {
        (Some(it), _) if it.possible => words(say, it),
        (Some(_), _) => m.tray_impossible().into(),
        (None, true) => m.question_failed().into(),
        (None, false) => m.being_worked_out().into(),
    };
    TrayView {
        count: changes.len(),
        summary: changes.first().map_or_else(|| summary.clone(), |it| format!("{}: {}. {summary}", it.name, it.what)),
        coming: tray.coming(),
        failed: tray.failed(),
        can: tray.keepable(),
        asks: changes.iter().any(|it| !it.aside.is_empty()),
        along: found.map_or_else(Vec::new, |it| along(say, it)),
        goals: found.map_or_else(Vec::new, |it| goals(say, it)),
        words: found.filter(|it| it.possible).map(|it| words(say, it)).unwrap_or_default(),
        clashes: found.map_or_else(Vec::new, |it| clashes(say, it)),
        version: tray.seen.tried.version,
        open: picked.behind(&here, &[("bak", "open")]),
        shut: picked.behind(&beside.map_or_else(|| paths::wave_review(wave), |id| paths::wave_reviewed(wave, id)), &[]),
        fresh: picked.behind(&paths::review_tray(wave), &fresh),
        take: at("weg"),
        empty: at("leeg"),
        keep: at("bewaren"),
        changes,
    }
}

fn change(say: &Say<'_>, candidate: &str, wish: &Wish, found: Option<&Tried>) -> ChangeView {
    let (on, m) = (say.on, say.m.review);
    let changed: Option<&Changed> = found.and_then(|it| it.changes.iter().find(|it| it.candidate == candidate));
    let what = match (wish, changed) {
        (_, Some(it)) if it.from == it.to => m.tried_same(say.at(it.to.as_ref())),
        (_, Some(it)) => m.tried_becomes(say.at(it.from.as_ref()), say.at(it.to.as_ref())),
        (Wish::Place { school, .. }, None) => m.tried_place(school.as_deref().map_or("", |id| on.names.school(id))),
        (Wish::Forbid { .. }, None) => m.tried_forbid().into(),
        (Wish::Release, None) => m.tried_release().into(),
    };
    let aside = changed.map_or_else(Vec::new, |it| it.aside.iter().map(|it| it.text.clone()).collect());
    ChangeView { candidate: candidate.to_owned(), name: on.names.candidate(candidate).to_owned(), what, aside }
}

fn along(say: &Say<'_>, found: &Tried) -> Vec<MoverView> {
    let (on, m) = (say.on, say.m.review);
    let one = |it: &crate::records::tried::Move| {
        let state = on.everybody.iter().find(|row| row.candidate == it.candidate).map_or(State::ToDo, |row| row.state);
        MoverView {
            name: on.names.candidate(&it.candidate).to_owned(),
            state: say.state(state),
            what: m.tried_becomes(say.at(it.from.as_ref()), say.at(it.to.as_ref())),
        }
    };
    found.along().map(one).collect()
}

fn goals(say: &Say<'_>, found: &Tried) -> Vec<GoalView> {
    let m = say.m.review;
    let headline = |name: &str| {
        let goal = say.on.sight.wave.policy.goals.iter().find(|it| it.name == name);
        goal.map_or_else(|| told::capital(name), |it| told::goal(say.m, name, Aim::of(&it.weights), &it.weights))
    };
    let one = |it: &crate::records::tried::Goal| GoalView {
        name: headline(&it.goal),
        before: number(it.before),
        after: number(it.after),
        sign: match it.difference {
            0 => Sign::new("quiet", "", m.same()),
            more if more > 0 => Sign::new("good", "vink", m.more(number(more))),
            less => Sign::new("warn", "letop", m.less(number(-less))),
        },
    };
    found.goals.iter().map(one).collect()
}

fn words(say: &Say<'_>, found: &Tried) -> String {
    let m = say.m.review;
    let others = found.along().count();
    let mut said = vec![if others == 0 { m.nobody_along().to_owned() } else { m.others_along(others) }];
    let changed: Vec<String> = found
        .goals
        .iter()
        .filter(|it| it.difference != 0)
        .map(|it| match it.difference {
            more if more > 0 => m.goal_more(number(more), "", &it.goal),
            less => m.goal_less(number(-less), "", &it.goal),
        })
        .collect();
    said.push(if changed.is_empty() { m.no_goal_changes().to_owned() } else { m.goals_change(list(&changed)) });
    if found.lose > 0 {
        said.push(m.lose_place(found.lose));
    }
    if found.get > 0 {
        said.push(m.get_place(found.get));
    }
    said.join(" ")
}

fn clashes(say: &Say<'_>, found: &Tried) -> Vec<String> {
    let part = |it: &crate::records::tried::Part| {
        let rules: Vec<String> = it.rules.iter().map(|rule| say.rule(rule.0, None)).collect();
        format!("{}: {}", say.on.names.candidate(&it.candidate), list(&rules))
    };
    found.clashes.iter().map(|it| it.parts.iter().map(part).collect::<Vec<_>>().join("; ")).collect()
}

/// The rules that may be set aside, by code.
pub fn despite<'a>(codes: impl Iterator<Item = &'a str>) -> Vec<loket_solver::matching::facts::codes::RuleCode> {
    use loket_solver::matching::facts::codes::RuleCode;
    codes.filter_map(RuleCode::parse).filter(|it| it.rule().overrulable).collect()
}

/// The code of how far a rejection reaches.
pub fn scope(code: &str) -> Option<crate::desk::decision::Scope> {
    crate::desk::decision::Scope::ALL.iter().copied().find(|it| it.code() == code)
}
