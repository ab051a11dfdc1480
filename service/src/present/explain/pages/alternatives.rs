//! What else: alternatives in order of price, each shown as soon as it is known.

use loket_solver::matching::ask::explain::alternatives::{Alternative, Alternatives};
use loket_solver::matching::facts::ids::CandidateId;

use super::super::price;
use super::super::seen;
use super::super::view::{Lens, View};
use crate::present::dutch::counted;
use crate::present::sheet::Sheet;

/// What would be chosen next, in a line.
pub fn next(lens: &Lens<'_>, candidate: CandidateId, it: &Alternative) -> Sheet {
    let mut sheet = Sheet::default();
    let who = match lens.view() {
        View::Intermediary => format!(" voor {}", lens.short(candidate)),
        View::Board(_) | View::Candidate(_) => String::new(),
    };
    let others = it.asked.movers.iter().filter(|step| step.candidate != candidate).count();
    sheet.sentence(format!(
        "Als deze plaats er niet was, koos het beleid{who}: {} ({}; {}). Verderop staat dit alternatief voluit.",
        lens.place(it.placement),
        price::told_goals(lens, &it.asked),
        counted(others, "ander krijgt dan een andere plaats", "anderen krijgen dan een andere plaats"),
    ));
    sheet
}

/// The heading.
pub fn alternatives_head(lens: &Lens<'_>, candidate: CandidateId) -> Sheet {
    let mut sheet = Sheet::default();
    match lens.view() {
        View::Intermediary => {
            sheet.heading(format!("Wat kan er anders voor {}? Eerst wat het beleid als volgende zou kiezen:", lens.short(candidate)))
        }
        View::Board(_) | View::Candidate(_) => sheet.heading("Wat kan er anders? Eerst wat het beleid als volgende zou kiezen:"),
    }
    sheet
}

/// One alternative.
pub fn alternative(lens: &Lens<'_>, candidate: CandidateId, position: usize, it: &Alternative) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.step(position, lens.place_for(candidate, it.placement));
    price::write(&mut sheet, lens, &it.asked, &[candidate]);
    sheet
}

/// What there is to say after the last one.
pub fn alternatives_end(lens: &Lens<'_>, all: &Alternatives) -> Sheet {
    let mut sheet = Sheet::default();
    let elsewhere = all.found.len() - seen::alternatives(lens, all).len();
    if elsewhere == all.found.len() && elsewhere > 0 {
        sheet.sentence("Wat als volgende gekozen zou worden, is bij scholen van een ander bestuur.");
    } else if elsewhere > 0 {
        sheet.sentence("De andere plekken die daarbij horen, zijn bij scholen van een ander bestuur.");
    }
    if all.stopped {
        sheet.sentence("Gestopt: wat er staat is nagerekend, verder is niet gekeken.");
    } else if all.found.is_empty() {
        sheet.sentence("Er is geen andere plek mogelijk.");
    } else if all.all {
        sheet.sentence("Andere plekken zijn er niet.");
    } else if !all.ordered {
        sheet.sentence("De prijzen zijn nagerekend; of er nog goedkopere plekken zijn, is niet bewezen.");
    }
    sheet
}
