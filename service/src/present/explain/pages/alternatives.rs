//! What else: alternatives in order of price, each shown as soon as it is known.

use loket_solver::matching::ask::explain::alternatives::{Alternative, Alternatives};
use loket_solver::matching::facts::ids::CandidateId;

use super::super::page::Page;
use super::super::price;
use super::super::view::{Lens, View};
use crate::present::dutch::counted;

/// What would be chosen next, in a line.
pub fn next(lens: &Lens<'_>, candidate: CandidateId, it: &Alternative) -> String {
    let mut page = Page::default();
    let who = match lens.view() {
        View::Intermediary => format!(" voor {}", lens.short(candidate)),
        View::Board(_) | View::Candidate(_) => String::new(),
    };
    let others = it.asked.movers.iter().filter(|step| step.candidate != candidate).count();
    let price = price::goals(&lens.policy().goals, &it.asked)
        .map_or_else(|| "geen enkel doel wordt slechter".into(), |goals| format!("doelen: {goals}"));
    page.line(&format!(
        "Als deze plaats er niet was, koos het beleid{who}: {}, met {} ({price}; {}). Verderop staat dit alternatief voluit.",
        lens.seat(it.placement.seat),
        lens.coach(it.placement.coach),
        counted(others, "ander krijgt dan een andere plaats", "anderen krijgen dan een andere plaats"),
    ));
    page.text()
}

/// The heading.
pub fn alternatives_head(lens: &Lens<'_>, candidate: CandidateId) -> String {
    let mut page = Page::default();
    match lens.view() {
        View::Intermediary => {
            page.heading(&format!("Wat kan er anders voor {}? Eerst wat het beleid als volgende zou kiezen:", lens.short(candidate)))
        }
        View::Board(_) | View::Candidate(_) => page.heading("Wat kan er anders? Eerst wat het beleid als volgende zou kiezen:"),
    }
    page.text()
}

/// One alternative.
pub fn alternative(lens: &Lens<'_>, candidate: CandidateId, position: usize, it: &Alternative) -> String {
    let mut page = Page::default();
    let minutes = lens.minutes(candidate, it.placement.seat).map_or_else(String::new, |minutes| format!(", {minutes} min reizen"));
    page.item(position, &format!("{}, met {}{minutes}", lens.seat(it.placement.seat), lens.coach(it.placement.coach)));
    price::write(&mut page, lens, &lens.policy().goals, &it.asked, &[candidate]);
    page.text()
}

/// What there is to say after the last one.
pub fn alternatives_end(lens: &Lens<'_>, all: &Alternatives) -> String {
    let mut page = Page::default();
    let elsewhere = all.found.iter().filter(|it| !lens.sees_seat(it.placement.seat)).count();
    if elsewhere == all.found.len() && elsewhere > 0 {
        page.line("Wat als volgende gekozen zou worden, is bij scholen van een ander bestuur.");
    } else if elsewhere > 0 {
        page.line("De andere plekken die daarbij horen, zijn bij scholen van een ander bestuur.");
    }
    if all.stopped {
        page.line("Gestopt: wat er staat is nagerekend, verder is niet gekeken.");
    } else if all.found.is_empty() {
        page.line("Er is geen andere plek mogelijk.");
    } else if all.all {
        page.line("Andere plekken zijn er niet.");
    } else if !all.ordered {
        page.line("De prijzen zijn nagerekend; of er nog goedkopere plekken zijn, is niet bewezen.");
    }
    page.text()
}
