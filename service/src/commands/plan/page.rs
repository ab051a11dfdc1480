//! What people read of a multi-year plan: who starts, coaches and money by year, what stands in the way, scenarios, and what one more changes.

use loket_instances::planning::outcome::{Difference, Figures, OutcomeFile, ScenarioLine, SensitivityLine};
use loket_instances::planning::plan_file::{Loaded, Named};
use loket_solver::common::words::Verdict;

use crate::present::dutch::{counted, euros, number};
use crate::present::plan::words;
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
            let known = if line.proven { "bewezen".to_owned() } else { format!("hoogstens {}", words::shown(line, line.bound)) };
            sheet.point(format!("{}: {} (beste {}, {known})", line.name, words::shown(line, line.value), words::shown(line, line.best)));
        }
    }
    for line in file.scenarios.iter().flatten() {
        scenario(&mut sheet, loaded, file, line);
    }
    if let Some(lines) = &file.sensitivity {
        sensitivity(&mut sheet, loaded, file, lines);
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
            sheet.point(format!("{}{rules}", words::lock(&|kind, id| name(loaded, kind, id), &line.lock)));
        }
    }
    if !file.breaches.is_empty() {
        sheet.heading("Waar het niet past");
        file.breaches.iter().for_each(|line| sheet.point(words::breach(&|kind, id| name(loaded, kind, id), line)));
    }
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
        let than = base.map(|base| format!(" ({})", words::compared(goal, goal.value.saturating_sub(base.value)))).unwrap_or_default();
        sheet.point(format!("{}: {}{than}", goal.name, words::shown(goal, goal.value)));
    }
    let base = file.figures.iter().flat_map(|figures| &figures.money);
    let own = line.figures.iter().flat_map(|figures| &figures.money);
    for (base, own) in base.zip(own).filter(|(base, own)| base.year == own.year && base.cost != own.cost) {
        let difference = own.cost.saturating_sub(base.cost);
        let than = if difference > 0 { "meer" } else { "minder" };
        sheet.point(format!("{}: kosten {} {than} dan nu", own.year, euros(difference.saturating_abs())));
    }
}

fn sensitivity(sheet: &mut Sheet, loaded: &Loaded, file: &OutcomeFile, lines: &[SensitivityLine]) {
    sheet.heading("Wat één meer of minder verandert");
    for line in lines {
        let change = words::change(Some(loaded), &|kind, id| name(loaded, kind, id), line);
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
            Difference::Is(difference) => Some(words::compared(goal, difference)),
            Difference::Between(least, most) => {
                Some(format!("{} tussen {} en {}", goal.name, words::shown(goal, least), words::shown(goal, most)))
            }
            Difference::Unknown => Some(format!("{} onbekend", goal.name)),
        });
        let told: Vec<String> = told.collect();
        sheet.point(format!("{change}: {}", if told.is_empty() { "levert niets op".into() } else { told.join(", ") }));
    }
}
