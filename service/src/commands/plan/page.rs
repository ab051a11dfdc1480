//! What people read of a multi-year plan: who starts, coaches and money by year, what stands in the way, scenarios, and what one more changes.

use loket_instances::planning::outcome::{BreachLine, Difference, Figures, GoalLine, OutcomeFile, ScenarioLine, SensitivityLine};
use loket_instances::planning::plan_file::{Loaded, Named};
use loket_solver::common::words::{Verdict, Word};
use loket_solver::planning::facts::codes::TermCode;
use loket_solver::planning::judge::rules::RULES;
use serde_json::Value;

use crate::present::dutch::{counted, euros, number};
use crate::present::sheet::Sheet;
use crate::refusal;

/// A name, or the id where there is none.
fn name(loaded: &Loaded, kind: Named, id: &str) -> String {
    loaded.names.get(&(kind, id.to_owned())).cloned().unwrap_or_else(|| id.to_owned())
}

/// What a file holds.
pub(super) fn checked(loaded: &Loaded) -> Sheet {
    let horizon = &loaded.horizon;
    let mut sheet = Sheet::default();
    sheet.lead(format!(
        "{} is in orde: {}, {}, {}, {}, {}.",
        loaded.title,
        counted(horizon.years.len(), "schooljaar", "schooljaren"),
        counted(horizon.waves.len(), "lichting", "lichtingen"),
        counted(horizon.boards.len(), "bestuur", "besturen"),
        counted(horizon.lines.len(), "post of inkomst", "posten en inkomsten"),
        counted(loaded.scenarios.len(), "scenario", "scenario's"),
    ));
    notices(&mut sheet, loaded);
    sheet
}

fn notices(sheet: &mut Sheet, loaded: &Loaded) {
    if !loaded.notices.is_empty() {
        sheet.lead(refusal::allowed(&loaded.notices));
        sheet.parts.extend(refusal::noticed(&loaded.notices));
    }
}

/// A whole outcome.
pub(super) fn outcome(loaded: &Loaded, file: &OutcomeFile) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.title(loaded.title.as_str());
    if file.status == Verdict::Impossible {
        impossible(&mut sheet, loaded, file);
    }
    if let Some(figures) = &file.figures {
        plan(&mut sheet, loaded, figures);
    }
    if !file.goals.is_empty() {
        sheet.heading("Doelen");
        for line in &file.goals {
            let known = if line.proven { "bewezen".to_owned() } else { format!("hoogstens {}", shown(line, line.bound)) };
            sheet.point(format!("{}: {} (beste {}, {known})", line.name, shown(line, line.value), shown(line, line.best)));
        }
    }
    for line in file.scenarios.iter().flatten() {
        scenario(&mut sheet, loaded, file, line);
    }
    if let Some(lines) = &file.sensitivity {
        sensitivity(&mut sheet, file, lines);
    }
    notices(&mut sheet, loaded);
    match file.status {
        Verdict::Optimal => sheet.closing("Bewezen: beter kan niet."),
        Verdict::Feasible => sheet.closing("Een nagerekend plan; niet van elk doel is bewezen dat het niet beter kan."),
        Verdict::Impossible | Verdict::Stopped => {}
    }
    sheet
}

/// Why there is no plan.
fn impossible(sheet: &mut Sheet, loaded: &Loaded, file: &OutcomeFile) {
    if file.conflict.is_empty() {
        sheet
            .lead("Er is geen plan mogelijk, ook niet zonder wat vastgezet is: vaste kosten of tellingen passen al niet binnen de regels.");
    } else {
        sheet.lead("Wat vastgezet is, kan niet allemaal samen:");
        for line in &file.conflict {
            let rules = if line.rules.is_empty() { String::new() } else { format!(" ({})", line.rules.join(", ")) };
            sheet.point(format!("{}{rules}", lock(loaded, &line.lock)));
        }
    }
    if !file.breaches.is_empty() {
        sheet.heading("Waar het niet past");
        file.breaches.iter().for_each(|line| sheet.point(breach(loaded, line)));
    }
}

/// A lock in words.
fn lock(loaded: &Loaded, lock: &Value) -> String {
    let text = |key: &str| lock[key].as_str();
    let count = |key: &str| lock[key].as_i64().map(number).unwrap_or_default();
    let wave = text("lichting").map(|id| name(loaded, Named::Wave, id)).unwrap_or_default();
    let kind = text("coachsoort").map(|id| name(loaded, Named::Kind, id)).unwrap_or_default();
    match (text("bestuur"), text("coachsoort"), text("jaar")) {
        (Some(board), ..) => format!("{} starten in {wave} bij {}", count("gestart"), name(loaded, Named::Board, board)),
        (_, Some(_), Some(year)) => format!("{} coaches aangenomen in {year} ({kind})", count("aanname")),
        (_, Some(_), None) => format!("{} van {wave} bij coaches van soort {kind}", count("aantal")),
        _ => format!("{} starten in {wave}", count("gestart")),
    }
}

fn breach(loaded: &Loaded, line: &BreachLine) -> String {
    let says = RULES.iter().find(|rule| rule.code.code() == line.rule).map_or("", |rule| rule.says);
    let wave = line.wave.as_ref().map(|id| name(loaded, Named::Wave, id));
    let board = line.board.as_ref().map(|id| name(loaded, Named::Board, id));
    let kind = line.kind.as_ref().map(|id| name(loaded, Named::Kind, id));
    let when = line.month.clone().or_else(|| line.year.clone());
    let place: Vec<String> = [wave, board, kind, when].into_iter().flatten().collect();
    let money =
        RULES.iter().any(|rule| rule.code.code() == line.rule && rule.code == loket_solver::planning::facts::codes::RuleCode::Budget);
    let shown = |value: i64| if money { euros(value) } else { number(value) };
    format!("{}: {} (nodig {}, er is {})", place.join(", "), says, shown(line.used), shown(line.limit))
}

/// Who starts, which coaches, what money.
fn plan(sheet: &mut Sheet, loaded: &Loaded, figures: &Figures) {
    sheet.heading("Wie start");
    for wave in loaded.horizon.waves.iter() {
        let lines = || figures.seated.iter().filter(|line| line.wave == wave.id);
        let total: i64 = lines().map(|line| line.started).sum();
        let boards: Vec<String> =
            lines().map(|line| format!("{} {}", name(loaded, Named::Board, &line.board), number(line.started))).collect();
        let of = if boards.is_empty() { String::new() } else { format!(": {}", boards.join(", ")) };
        sheet.point(format!("{}: {} van {}{of}", name(loaded, Named::Wave, &wave.id), number(total), number(wave.target)));
    }
    sheet.heading("Coaches");
    for line in &figures.pool {
        let spare = if line.spare < 0 { format!("{} te weinig", number(-line.spare)) } else { format!("{} over", number(line.spare)) };
        let kind = name(loaded, Named::Kind, &line.kind);
        let hours = format!("{} van {} uur", number(line.hours_needed), number(line.hours_room));
        sheet.point(format!("{}, {kind}: {} erbij, samen {}; {hours}; {spare}", line.year, number(line.hired), number(line.pool)));
    }
    sheet.heading("Geld");
    for line in &figures.money {
        let (cost, income, room) = (euros(line.cost), euros(line.income), euros(line.room));
        sheet.point(format!("{}: kosten {cost}, inkomsten {income}, ruimte tot en met dit jaar {room}", line.year));
    }
    if !figures.after.is_empty() {
        sheet.heading("Na de laatste jaren loopt nog door");
        for line in &figures.after {
            let hours: Vec<String> =
                line.hours.iter().map(|(kind, hours)| format!("{} uur {}", number(*hours), name(loaded, Named::Kind, kind))).collect();
            let cost: i64 = line.costs.iter().map(|(_, cents)| cents).sum();
            sheet.point(format!("jaar {} erna: {}; kosten {}", line.year, hours.join(", "), euros(cost)));
        }
    }
}

/// A value of a goal as people read it: money when the goal is about cost alone.
fn shown(line: &GoalLine, value: i64) -> String {
    let weights: Vec<_> = line.weights.iter().filter(|(_, weight)| *weight > 0).collect();
    match weights[..] {
        [(term, 1)] if term == TermCode::Kosten.code() => euros(value),
        _ => number(value),
    }
}

/// A difference in words.
fn compared(line: &GoalLine, difference: i64) -> String {
    match difference {
        0 => format!("{} gelijk", line.name),
        1.. => format!("{} {} meer", line.name, shown(line, difference)),
        _ => format!("{} {} minder", line.name, shown(line, -difference)),
    }
}

fn scenario(sheet: &mut Sheet, loaded: &Loaded, file: &OutcomeFile, line: &ScenarioLine) {
    sheet.heading(format!("Scenario {}", name(loaded, Named::Scenario, &line.id)));
    if !line.status.has_plan() {
        sheet.point(if line.status == Verdict::Impossible {
            "Er is geen plan mogelijk."
        } else {
            "Niet uitgerekend in de tijd die er was."
        });
        return;
    }
    for goal in &line.goals {
        let base = file.goals.iter().find(|base| base.name == goal.name);
        let than = base.map(|base| format!(" ({})", compared(goal, goal.value.saturating_sub(base.value)))).unwrap_or_default();
        sheet.point(format!("{}: {}{than}", goal.name, shown(goal, goal.value)));
    }
    let base = file.figures.iter().flat_map(|figures| &figures.money);
    let own = line.figures.iter().flat_map(|figures| &figures.money);
    for (base, own) in base.zip(own).filter(|(base, own)| base.year == own.year && base.cost != own.cost) {
        let difference = own.cost.saturating_sub(base.cost);
        let than = if difference > 0 { "meer" } else { "minder" };
        sheet.point(format!("{}: kosten {} {than} dan nu", own.year, euros(difference.saturating_abs())));
    }
}

fn sensitivity(sheet: &mut Sheet, file: &OutcomeFile, lines: &[SensitivityLine]) {
    sheet.heading("Wat één meer of minder verandert");
    for line in lines {
        let change = format!("{} {:+}", line.change, line.by);
        let Some(differences) = &line.differences else {
            let why = if line.status == Some(Verdict::Impossible) {
                "dan is er geen plan meer"
            } else {
                "niet uitgerekend in de tijd die er was"
            };
            sheet.point(format!("{change}: {why}"));
            continue;
        };
        let told = file.goals.iter().zip(differences).filter_map(|(goal, (_, difference))| match *difference {
            Difference::Is(0) => None,
            Difference::Is(difference) => Some(compared(goal, difference)),
            Difference::Between(least, most) => Some(format!("{} tussen {} en {}", goal.name, shown(goal, least), shown(goal, most))),
            Difference::Unknown => Some(format!("{} onbekend", goal.name)),
        });
        let told: Vec<String> = told.collect();
        sheet.point(format!("{change}: {}", if told.is_empty() { "levert niets op".into() } else { told.join(", ") }));
    }
}
