//! What is scarce and who can do something about it, and the cheapest ways to place the rest.

use loket_solver::matching::ask::explain::rest::Rest;
use loket_solver::matching::ask::explain::scarcity::{Actor, Scarcity, Worth};
use loket_solver::matching::facts::ids::BoardId;

use super::super::price;
use super::super::view::{Lens, View};
use super::super::words::change;
use crate::present::dutch::{counted, list};
use crate::present::sheet::Sheet;

/// What one more of everything is worth, grouped by who can act.
pub fn scarcity(lens: &Lens<'_>, scarcity: &Scarcity) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.title("Waar zit het vast?");
    if scarcity.worth.is_empty() {
        sheet.sentence(match scarcity.idle {
            0 if scarcity.stopped => "Er is nog geen verandering nagerekend; geef meer tijd.".to_string(),
            0 => "Er is geen plek, coach of reistijd gevonden waarvan meer ruimte iets kan opleveren.".to_string(),
            idle => format!("Van {} die zijn nagerekend levert geen iets op.", counted(idle, "verandering", "veranderingen")),
        });
        ending(&mut sheet, scarcity);
        return sheet;
    }
    let mut groups: Vec<(Group, Vec<&Worth>)> = Vec::new();
    for worth in &scarcity.worth {
        let group = Group::of(worth.actor);
        match groups.iter_mut().find(|(other, _)| *other == group) {
            Some((_, items)) => items.push(worth),
            None => groups.push((group, vec![worth])),
        }
    }
    // Groups come in the order of the best thing they can do.
    let mut position = 0;
    for (group, items) in groups {
        let heading = match group {
            Group::Board(board) => format!("Wat {} kan doen:", lens.board(board)),
            Group::Pool => "Wat de coachpool kan doen:".into(),
            Group::Candidates => "Wat kandidaten kunnen doen:".into(),
        };
        sheet.heading(heading);
        for worth in items {
            position += 1;
            item(&mut sheet, lens, position, worth);
        }
    }
    ending(&mut sheet, scarcity);
    sheet
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Board(BoardId),
    Pool,
    Candidates,
}

impl Group {
    fn of(actor: Actor) -> Self {
        match actor {
            Actor::Board(board) => Self::Board(board),
            Actor::Pool => Self::Pool,
            Actor::Candidate(_) => Self::Candidates,
        }
    }
}

fn item(sheet: &mut Sheet, lens: &Lens<'_>, position: usize, worth: &Worth) {
    sheet.step(position, change(lens, &worth.change));
    if let Some(goals) = price::goals(&lens.policy().goals, &worth.asked) {
        sheet.point(format!("levert op: {goals}"));
    }
    let moved = worth.asked.movers.len();
    let amount = if moved == 0 {
        "niemand hoeft te verhuizen".into()
    } else {
        format!("{} dan een andere plaats", counted(moved, "kandidaat krijgt", "kandidaten krijgen"))
    };
    let new = worth.asked.movers.iter().filter(|step| step.from.is_none()).map(|step| lens.person(step.candidate)).collect::<Vec<_>>();
    match new.len() {
        0 => sheet.point(amount),
        _ if !lens.names_people() => {
            sheet.point(format!("{amount}; {} nu niet geplaatst", counted(new.len(), "van hen is", "van hen zijn")))
        }
        _ => sheet.point(format!("{amount}; nu niet geplaatst: {}", list(&new))),
    }
}

fn ending(sheet: &mut Sheet, scarcity: &Scarcity) {
    let asked = scarcity.worth.len() + scarcity.idle;
    let more =
        if asked < scarcity.candidates { format!(", van {} die iets zouden kunnen opleveren", scarcity.candidates) } else { String::new() };
    let stopped = if scarcity.stopped { " Gestopt voordat alles was nagerekend." } else { "" };
    sheet.heading(format!("{} nagerekend{more}.{stopped}", counted(asked, "verandering is", "veranderingen zijn")));
}

/// The cheapest ways to place the rest.
pub fn rest(lens: &Lens<'_>, rest: &Rest) -> Sheet {
    let mut sheet = Sheet::default();
    if lens.view() != View::Intermediary || rest.ways.is_empty() && rest.without.is_empty() {
        return sheet;
    }
    sheet.heading("Wie nu geen plaats heeft, krijgt er een met:");
    for (position, way) in rest.ways.iter().enumerate() {
        let changes: Vec<String> = way.changes.iter().map(|it| change(lens, it)).collect();
        sheet.step(position + 1, list(&changes));
        let places = usize::try_from(way.places).unwrap_or(0);
        sheet.point(format!("{} geplaatst", counted(places, "kandidaat meer", "kandidaten meer")));
    }
    if let Some((_, places)) = &rest.together {
        let places = usize::try_from(*places).unwrap_or(0);
        let apart: usize = rest.ways.iter().map(|way| usize::try_from(way.places).unwrap_or(0)).sum();
        let why = if places < apart { " Dat is minder dan de som: samen hebben ze dezelfde plekken of coaches nodig." } else { "" };
        sheet.heading(format!("Alles samen: {} geplaatst.{why}", counted(places, "kandidaat meer", "kandidaten meer")));
    }
    if !rest.without.is_empty() {
        let people: Vec<String> = rest.without.iter().map(|&candidate| lens.person(candidate)).collect();
        sheet.heading(format!("Geen enkelvoudige oplossing gevonden voor {}.", list(&people)));
    }
    if rest.stopped {
        sheet.heading("Gestopt voordat naar iedereen was gekeken.");
    }
    sheet
}
