//! Why somebody has no placement, and the smallest changes that would give one.

use loket_instances::words::reasons::pair_rule;
use loket_solver::matching::ask::explain::ask::Answer;
use loket_solver::matching::ask::explain::none::{Opening, Smallest, Why};
use loket_solver::matching::facts::ids::CandidateId;

use super::super::price;
use super::super::view::{Lens, View};
use super::super::words::{change, grows};
use crate::present::dutch::{counted, list, number};
use crate::present::sheet::Sheet;

const CUT: &str = "De vraag is afgebroken voordat het antwoord bekend was. Stel haar opnieuw, met meer tijd.";

/// The page for a candidate without a placement.
pub fn none(lens: &Lens<'_>, candidate: CandidateId, why: &Why) -> Sheet {
    let mut sheet = Sheet::default();
    match lens.view() {
        View::Candidate(_) => sheet.title("Waarom is er geen plaats?"),
        _ => sheet.title(format!("Waarom geen plaats voor {}?", lens.person(candidate))),
    }
    match why {
        Why::Nothing => sheet.sentence("De lichting heeft geen plekken, of geen coach die iemand kan begeleiden."),
        Why::Unproven => sheet.sentence(
            "Er is ruimte, en van het plan zelf is niet zeker dat het niet beter kan: de berekening ervan is gestopt. Reken de lichting eerst \
             helemaal door; misschien is er dan een plaats.",
        ),
        Why::Stopped => sheet.sentence(CUT),
        Why::Open => sheet.sentence("Dat kon niet zeker gemaakt worden: alles is doorgerekend, en er bleef een manier over die misschien kan."),
        Why::Goal(answer) => goal(&mut sheet, lens, candidate, answer),
        Why::Costly { growth, answer } => {
            let parts: Vec<String> = growth.iter().map(|&(limit, by)| grows(lens, limit, by)).collect();
            sheet.sentence("Wat past is vol. Ook met meer ruimte gaat plaatsen ten koste van een doel:");
            sheet.step(1, list(&parts));
            price::told(&mut sheet, lens, answer, &[candidate]);
        }
        Why::Pairs { seats, rules, openings, together, stopped } => {
            let all = counted(usize::try_from(*seats).unwrap_or(0), "plek", "plekken");
            sheet.sentence(format!("Geen van de {all} in de lichting past bij deze kandidaat. Wat in de weg staat, bij welke coach ook:"));
            for (code, seats) in rules {
                sheet.point(format!("{}: {} van de {}", pair_rule(*code), number(*seats), all));
            }
            if openings.is_empty() {
                if let Some((rules, at)) = together {
                    let what: Vec<String> = rules.iter().map(|rule| pair_rule(*rule).to_string()).collect();
                    sheet.heading("Met één verandering is dat niet op te lossen. Het dichtst bij komt:");
                    sheet.sentence(format!("{}: {}", lens.place(*at), list(&what)));
                }
            } else {
                sheet.heading("Wat zou helpen:");
                let mut position = 0;
                for it in openings {
                    position += 1;
                    opening(&mut sheet, lens, candidate, position, it);
                }
            }
            if *stopped {
                sheet.heading("De vraag is afgebroken: niet alles wat hier staat is uitgerekend.");
            }
        }
        Why::Limits { seats, reasons, proven, stopped } => {
            let all = counted(usize::try_from(*seats).unwrap_or(0), "plek past", "plekken passen");
            sheet.sentence(format!("{all} bij deze kandidaat, maar er is geen ruimte zonder dat een ander een plaats verliest."));
            match reasons.len() {
                0 if *stopped => sheet.sentence("Welke grenzen daarvoor ruimer moeten, is niet uitgezocht: de vraag is afgebroken."),
                0 => sheet.sentence("Welke grenzen daarvoor ruimer moeten, is niet bewezen."),
                1 => sheet.heading("Er komt wel een plaats met:"),
                _ => sheet.heading("Er komt wel een plaats met één van deze veranderingen:"),
            }
            for (position, reason) in reasons.iter().enumerate() {
                smallest(&mut sheet, lens, candidate, position + 1, reason);
            }
            if !reasons.is_empty() {
                let less = "Elke verandering is nagerekend: met minder lukt het niet.";
                sheet.heading(match (proven, stopped) {
                    (true, false) => less,
                    (false, false) => "Wat hier staat is nagerekend; er kunnen meer manieren zijn.",
                    (_, true) => "Wat hier staat is nagerekend. De vraag is afgebroken: er kunnen meer manieren zijn.",
                });
            }
        }
    }
    sheet
}

fn goal(sheet: &mut Sheet, lens: &Lens<'_>, candidate: CandidateId, answer: &Answer) {
    sheet.sentence("Er is ruimte, maar plaatsen gaat ten koste van een doel:");
    price::told(sheet, lens, answer, &[candidate]);
}

fn opening(sheet: &mut Sheet, lens: &Lens<'_>, candidate: CandidateId, position: usize, it: &Opening) {
    let seats = counted(usize::try_from(it.seats).unwrap_or(0), "plek komt", "plekken komen");
    sheet.step(position, format!("{}: {seats} in bereik", change(lens, &it.change)));
    match (it.places, &it.answer) {
        (Some(true), Some(answer)) => {
            sheet.point("dan is er een plaats, zonder dat een ander zijn plaats verliest");
            confirmed(sheet, lens, candidate, answer);
        }
        (Some(true), None) => sheet.point("dan is er een plaats, zonder dat een ander zijn plaats verliest"),
        (Some(false), _) => sheet.point("dat geeft nog geen plaats: wat in bereik komt is vol"),
        (None, _) => sheet.point("of er dan plaats is, is niet uitgerekend"),
    }
}

fn smallest(sheet: &mut Sheet, lens: &Lens<'_>, candidate: CandidateId, position: usize, reason: &Smallest) {
    let parts: Vec<String> = reason.growth.iter().map(|&(limit, by)| grows(lens, limit, by)).collect();
    sheet.step(position, list(&parts));
    if let Some(answer) = &reason.answer {
        confirmed(sheet, lens, candidate, answer);
    }
}

fn confirmed(sheet: &mut Sheet, lens: &Lens<'_>, candidate: CandidateId, answer: &Answer) {
    match answer.possible() {
        Some(asked) => {
            if let Some(step) = asked.movers.iter().find(|step| step.candidate == candidate)
                && let Some(to) = step.to
            {
                sheet.point(format!("bijvoorbeeld {}", lens.place(to)));
            }
            price::movers(sheet, lens, asked, &[candidate]);
        }
        None => price::refused(sheet, lens, answer),
    }
}
