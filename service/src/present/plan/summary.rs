//! What comes of a plan, in plain sentences, with its goals in order and what is not possible.

use loket_instances::planning::outcome::{Figures, MoneyLine};
use loket_instances::planning::report::{Report, in_cents};
use loket_solver::common::words::Verdict;

use super::{columns, named, table, words};
use crate::present::dutch::{counted, euros, list, number};
use crate::present::sheet::{Cell, Column, Row, Sheet, Unit};

pub(super) fn sheet(report: &Report<'_>) -> Sheet {
    let outcome = report.outcome;
    let mut sheet = Sheet::default();
    sheet.title(report.title());
    sheet.lead(match outcome.status {
        Verdict::Optimal => "Bewezen: een beter plan is er niet.",
        Verdict::Feasible => "Een nagerekend plan. Niet van elk doel is bewezen dat het niet beter kan.",
        Verdict::Impossible => "Er is geen plan mogelijk dat aan alles voldoet.",
        Verdict::Stopped => "Gestopt voordat er een plan was.",
    });
    impossible(&mut sheet, report);
    if let Some(figures) = &outcome.figures {
        sheet.heading(if outcome.status.has_plan() { "Wat eruit komt" } else { "Wat er vastgezet is, opgeteld" });
        findings(&mut sheet, report, figures);
    }
    if !outcome.goals.is_empty() {
        sheet.heading("Doelen, op volgorde");
        goals(&mut sheet, report);
    }
    if !outcome.notices.is_empty() {
        sheet.heading("Meldingen bij het plan");
        outcome.notices.iter().for_each(|notice| sheet.point(notice.text.as_str()));
    }
    sheet
}

fn impossible(sheet: &mut Sheet, report: &Report<'_>) {
    let outcome = report.outcome;
    if outcome.status != Verdict::Impossible {
        return;
    }
    sheet.heading("Wat niet kan");
    if outcome.conflict.is_empty() {
        sheet.point("Ook zonder wat vastgezet is kan het niet: vaste kosten of tellingen passen al niet binnen de regels.");
    } else {
        sheet.sentence("Dit is vastgezet en kan niet allemaal samen:");
    }
    for line in &outcome.conflict {
        let rules = if line.rules.is_empty() { String::new() } else { format!(" (regel: {})", line.rules.join(", ")) };
        sheet.point(format!("{}{rules}", words::lock(&named(report), &line.lock)));
    }
    outcome.breaches.iter().for_each(|line| sheet.point(words::breach(&named(report), line)));
}

fn findings(sheet: &mut Sheet, report: &Report<'_>, figures: &Figures) {
    let started: i64 = report.waves.iter().map(|wave| wave.started).sum();
    let [registered, .., diplomas, stay] = report.waves.iter().fold([0; 7], |mut sums, wave| {
        sums.iter_mut().zip(wave.counts).for_each(|(sum, count)| *sum += count);
        sums
    });
    let waves = counted(report.waves.len(), "lichting", "lichtingen");
    sheet.point(format!(
        "In {waves} starten {} mensen met de opleiding. Daarvoor melden zich er {} aan.",
        number(started),
        number(registered)
    ));
    sheet.point(format!(
        "{} halen het diploma, ook na de jaren van dit plan. {} van hen staan na vijf jaar nog in de stad voor de klas.",
        number(diplomas),
        number(stay)
    ));
    let hired: i64 = figures.pool.iter().map(|line| line.hired).sum();
    sheet.point(format!("Er worden {} coaches aangenomen.", number(hired)));
    let mut tight: Vec<String> = Vec::new();
    for line in figures.pool.iter().filter(|line| line.spare <= 0 && line.pool > 0) {
        if !tight.contains(&line.year) {
            tight.push(line.year.clone());
        }
    }
    if tight.is_empty() {
        sheet.point("Elk jaar is er van elke soort een coach over.");
    } else {
        sheet.point(format!("Geen coach te missen van minstens één soort: in {}.", list(&tight)));
    }
    let sum = |of: fn(&MoneyLine) -> i64| figures.money.iter().map(of).sum::<i64>();
    sheet.point(format!("Het kost samen {}. Er komt {} binnen.", euros(sum(|line| line.cost)), euros(sum(|line| line.income))));
    if let Some(last) = figures.money.last() {
        let left =
            if last.room < 0 { format!("{} tekort", euros(last.room.saturating_neg())) } else { format!("{} over", euros(last.room)) };
        sheet.point(format!("Aan het eind van {} is er {left}.", last.year));
    }
    let later: i64 = figures.after.iter().flat_map(|line| &line.costs).map(|(_, cents)| cents).sum();
    if later > 0 {
        sheet.point(format!("Na de laatste jaren kosten wie dan nog bezig zijn samen {}; daar is nog geen geld voor.", euros(later)));
    }
}

fn goals(sheet: &mut Sheet, report: &Report<'_>) {
    let mut columns = columns(&["waarde", "beste", "hoogstens"]);
    columns.push(Column::words("bewezen"));
    let mut goals = table(
        "plandoelen",
        "doel",
        columns,
        "Een doel telt pas als alle doelen erboven gehaald zijn. Wat zo laag mogelijk moet zijn, staat met een min.",
    );
    for goal in &report.outcome.goals {
        let unit = if in_cents(goal) { Unit::Cents } else { Unit::One };
        let mut cells: Vec<Cell> = [goal.value, goal.best, goal.bound].map(|value| Cell::Figure(value, unit)).to_vec();
        cells.push(Cell::Text(if goal.proven { "ja" } else { "nee" }.into()));
        goals.rows.push(Row::new(goal.name.as_str(), cells));
    }
    sheet.table(goals);
}
