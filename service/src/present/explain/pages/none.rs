//! Why somebody has no placement, and the smallest changes that would give one.

use loket_instances::words::reasons::pair_rule;
use loket_solver::matching::ask::explain::ask::Answer;
use loket_solver::matching::ask::explain::none::{Opening, Smallest, Why};
use loket_solver::matching::facts::ids::CandidateId;

use super::super::page::Page;
use super::super::price;
use super::super::view::{Lens, View};
use super::super::words::{change, grows};
use crate::present::dutch::{counted, list, number};

/// The page for a candidate without a placement.
pub fn none(lens: &Lens<'_>, candidate: CandidateId, why: &Why) -> String {
    let mut page = Page::default();
    match lens.view() {
        View::Candidate(_) => page.title("Waarom is er geen plaats?"),
        _ => page.title(&format!("Waarom geen plaats voor {}?", lens.person(candidate))),
    }
    match why {
        Why::Nothing => page.line("De lichting heeft geen plekken, of geen coach die iemand kan begeleiden."),
        Why::Open => page.line("Dat is niet bewezen: de berekening is gestopt voordat zeker was dat het niet beter kan."),
        Why::Goal(answer) => goal(&mut page, lens, candidate, answer),
        Why::Costly { growth, answer } => {
            let parts: Vec<String> = growth.iter().map(|&(limit, by)| grows(lens, limit, by)).collect();
            page.line("Wat past is vol. Ook met meer ruimte gaat plaatsen ten koste van een doel:");
            page.item(1, &list(&parts));
            match answer.possible() {
                Some(asked) => price::write(&mut page, lens, &lens.policy().goals, asked, &[candidate]),
                None => price::refused(&mut page, lens, answer),
            }
        }
        Why::Pairs { seats, rules, openings, together } => {
            let all = counted(usize::try_from(*seats).unwrap_or(0), "plek", "plekken");
            page.line(&format!("Geen van de {all} in de lichting past bij deze kandidaat. Wat in de weg staat, bij welke coach ook:"));
            for (code, seats) in rules {
                page.point(&format!("{}: {} van de {}", pair_rule(*code), number(*seats), all));
            }
            if openings.is_empty() {
                if let Some((rules, at)) = together {
                    let what: Vec<String> = rules.iter().map(|rule| pair_rule(*rule).to_string()).collect();
                    page.heading("Met één verandering is dat niet op te lossen. Het dichtst bij komt:");
                    page.line(&format!("{}, met {}: {}", lens.seat(at.seat), lens.coach(at.coach), list(&what)));
                }
            } else {
                page.heading("Wat zou helpen:");
                let mut position = 0;
                for it in openings {
                    position += 1;
                    opening(&mut page, lens, candidate, position, it);
                }
            }
        }
        Why::Limits { seats, reasons, proven } => {
            let all = counted(usize::try_from(*seats).unwrap_or(0), "plek past", "plekken passen");
            page.line(&format!("{all} bij deze kandidaat, maar er is geen ruimte zonder dat een ander een plaats verliest."));
            match reasons.len() {
                0 => page.line("Welke grenzen daarvoor ruimer moeten, is niet bewezen."),
                1 => page.heading("Er komt wel een plaats met:"),
                _ => page.heading("Er komt wel een plaats met één van deze veranderingen:"),
            }
            for (position, reason) in reasons.iter().enumerate() {
                smallest(&mut page, lens, candidate, position + 1, reason);
            }
            if !reasons.is_empty() {
                let less = "Elke verandering is nagerekend: met minder lukt het niet.";
                page.heading(if *proven { less } else { "Wat hier staat is nagerekend; er kunnen meer manieren zijn." });
            }
        }
    }
    page.text()
}

fn goal(page: &mut Page, lens: &Lens<'_>, candidate: CandidateId, answer: &Answer) {
    page.line("Er is ruimte, maar plaatsen gaat ten koste van een doel:");
    match answer.possible() {
        Some(asked) => price::write(page, lens, &lens.policy().goals, asked, &[candidate]),
        None => price::refused(page, lens, answer),
    }
}

fn opening(page: &mut Page, lens: &Lens<'_>, candidate: CandidateId, position: usize, it: &Opening) {
    let seats = counted(usize::try_from(it.seats).unwrap_or(0), "plek komt", "plekken komen");
    page.item(position, &format!("{}: {seats} in bereik", change(lens, &it.change)));
    match (it.places, &it.answer) {
        (Some(true), Some(answer)) => {
            page.point("dan is er een plaats, zonder dat een ander zijn plaats verliest");
            confirmed(page, lens, candidate, answer);
        }
        (Some(true), None) => page.point("dan is er een plaats, zonder dat een ander zijn plaats verliest"),
        (Some(false), _) => page.point("dat geeft nog geen plaats: wat in bereik komt is vol"),
        (None, _) => page.point("of er dan plaats is, is niet uitgerekend"),
    }
}

fn smallest(page: &mut Page, lens: &Lens<'_>, candidate: CandidateId, position: usize, reason: &Smallest) {
    let parts: Vec<String> = reason.growth.iter().map(|&(limit, by)| grows(lens, limit, by)).collect();
    page.item(position, &list(&parts));
    if let Some(answer) = &reason.answer {
        confirmed(page, lens, candidate, answer);
    }
}

fn confirmed(page: &mut Page, lens: &Lens<'_>, candidate: CandidateId, answer: &Answer) {
    match answer.possible() {
        Some(asked) => {
            if let Some(step) = asked.movers.iter().find(|step| step.candidate == candidate)
                && let Some(to) = step.to
            {
                page.point(&format!("bijvoorbeeld {}, met {}", lens.seat(to.seat), lens.coach(to.coach)));
            }
            price::movers(page, lens, asked, &[candidate]);
        }
        None => price::refused(page, lens, answer),
    }
}
