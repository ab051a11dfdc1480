//! How the plan itself stands when it was not proven: what is better anyway is not due to a question.

use loket_solver::matching::ask::explain::{Found, Standing};

use super::super::price;
use super::super::view::Lens;
use super::super::words::signed;
use crate::present::dutch::{counted, list};
use crate::present::sheet::Sheet;

/// The page before the answers about a plan that was not proven when it was shown.
pub fn standing(lens: &Lens<'_>, it: &Standing) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.title("Het plan zelf");
    let goals = &lens.policy().goals;
    let names: Vec<String> = it.unproven.iter().filter_map(|&goal| Some(goals.get(goal)?.name.clone())).collect();
    sheet.sentence(format!("Van dit plan was niet bewezen dat het niet beter kan ({}).", list(&names)));
    match &it.found {
        Found::Best => sheet.sentence("Het is nu verder doorgerekend: beter kan het niet."),
        Found::Unknown => {
            sheet.sentence("Dat is nog zo. Wat hieronder verandert door een vraag, kan ook komen doordat het plan zelf nog beter kan.");
        }
        Found::Better { gains, moves } => {
            let more: Vec<String> = goals
                .iter()
                .zip(gains)
                .filter(|(_, gain)| **gain != 0)
                .map(|(goal, gain)| format!("{} {}", goal.name, signed(*gain)))
                .collect();
            let sure = if it.settled { "" } else { "; misschien kan het nog beter" };
            sheet.sentence(format!("Los van elke vraag is er een beter plan gevonden ({}{sure}). Daarin:", more.join(", ")));
            let amount = counted(moves.len(), "kandidaat krijgt", "kandidaten krijgen");
            sheet.point(format!("{amount} een andere plaats"));
            price::named(&mut sheet, lens, moves);
            sheet.sentence("Wat hieronder verandert door een vraag, is vergeleken met dat betere plan.");
        }
    }
    sheet
}
