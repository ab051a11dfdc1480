//! What a multi-year plan is said in: goals, differences, locks, broken rules and changes of one more or one less.

use loket_instances::planning::outcome::{BreachLine, GoalLine, SensitivityLine};
use loket_instances::planning::plan_file::{Loaded, Named};
use loket_instances::planning::report::in_cents;
use loket_solver::common::words::Word;
use loket_solver::planning::facts::codes::RuleCode;
use loket_solver::planning::judge::rules::RULES;
use serde_json::Value;

use crate::present::dutch::{euros, number};

/// Gives the name of something, or its id where there is none.
pub type Name<'a> = &'a dyn Fn(Named, &str) -> String;

/// A value of a goal as people read it: money when the goal is about cost alone.
pub fn shown(line: &GoalLine, value: i64) -> String {
    if in_cents(line) { euros(value) } else { number(value) }
}

/// A difference in words.
pub fn compared(line: &GoalLine, difference: i64) -> String {
    match difference {
        0 => format!("{} gelijk", line.name),
        1.. => format!("{} {} meer", line.name, shown(line, difference)),
        _ => format!("{} {} minder", line.name, shown(line, difference.saturating_neg())),
    }
}

/// A lock in words.
pub fn lock(name: Name<'_>, lock: &Value) -> String {
    let text = |key: &str| lock[key].as_str();
    let count = |key: &str| lock[key].as_i64().map(number).unwrap_or_default();
    let wave = text("lichting").map(|id| name(Named::Wave, id)).unwrap_or_default();
    let kind = text("coachsoort").map(|id| name(Named::Kind, id)).unwrap_or_default();
    match (text("bestuur"), text("coachsoort"), text("jaar")) {
        (Some(board), ..) => format!("{} starten in {wave} bij {}", count("gestart"), name(Named::Board, board)),
        (_, Some(_), Some(year)) => format!("{} coaches aangenomen in {year} ({kind})", count("aanname")),
        (_, Some(_), None) => format!("{} van {wave} bij coaches van soort {kind}", count("aantal")),
        _ => format!("{} starten in {wave}", count("gestart")),
    }
}

/// A rule that locked numbers break, in words.
pub fn breach(name: Name<'_>, line: &BreachLine) -> String {
    let rule = RULES.iter().find(|rule| rule.code.code() == line.rule);
    let wave = line.wave.as_ref().map(|id| name(Named::Wave, id));
    let board = line.board.as_ref().map(|id| name(Named::Board, id));
    let kind = line.kind.as_ref().map(|id| name(Named::Kind, id));
    let when = line.month.clone().or_else(|| line.year.clone());
    let place: Vec<String> = [wave, board, kind, when].into_iter().flatten().collect();
    let shown = |value: i64| if rule.is_some_and(|rule| rule.code == RuleCode::Budget) { euros(value) } else { number(value) };
    format!("{}: {} (nodig {}, er is {})", place.join(", "), rule.map_or("", |rule| rule.says), shown(line.used), shown(line.limit))
}

/// What is changed; without the plan by its place in the file.
pub fn change(loaded: Option<&Loaded>, name: Name<'_>, line: &SensitivityLine) -> String {
    let more = if line.by < 0 { "minder" } else { "meer" };
    let parts: Vec<&str> = line.change.split('/').skip(1).collect();
    let at = |text: &str| text.parse::<usize>().ok();
    let horizon = loaded.map(|loaded| &loaded.horizon);
    match parts[..] {
        ["coachsoorten", kind, "aanname_max", year] => {
            let kind = at(kind).and_then(|at| Some(name(Named::Kind, &horizon?.kinds.iter().nth(at)?.id)));
            let year = at(year).and_then(|at| horizon?.years.iter().nth(at));
            kind.zip(year).map(|(kind, year)| format!("één coach {more} aannemen in {year} ({kind})"))
        }
        ["besturen", board, "plekken"] => {
            let board = at(board).and_then(|at| Some(name(Named::Board, &horizon?.boards.iter().nth(at)?.id)));
            board.map(|board| format!("één plek {more} bij {board}, elk jaar"))
        }
        ["trechter", step] => Some(format!("trechter, {step}: één procent {more}")),
        ["beleid", "per_coach"] => Some(format!("één mens per coach {more}")),
        ["inkomsten"] => Some(format!("één procent inkomsten {more}, elk jaar")),
        _ => None,
    }
    .unwrap_or_else(|| format!("{} {:+}", line.change, line.by))
}
