//! The page of a stress test: the weakest spot first, a line for each coach and school, what it costs per goal, and who goes where.

use loket_solver::matching::ask::rerun::dropout::Gone;
use loket_solver::matching::ask::stress::Spot;
use loket_solver::matching::facts::outcome::Verdict;

use super::{Looked, others, taken_over};
use crate::present::dutch::{count, counted, list, time};
use crate::present::names::{self, coach, person, seat};
use crate::present::sheet::{Cell, Column, Row, Sheet, Table, Unit};

/// The page, in Dutch; with `people`, who goes where for every drop-out.
pub fn sheet(looked: &Looked<'_>, people: bool) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.title(format!("{}: wat als er iemand uitvalt?", looked.loaded.title));
    weakest(&mut sheet, looked);
    for (heading, schools) in [("Als deze coach uitvalt", false), ("Als deze school wegvalt", true)] {
        let spots: Vec<&Spot> = looked.stress.spots.iter().filter(|it| matches!(it.gone, Gone::School(_)) == schools).collect();
        if !spots.is_empty() {
            sheet.table(dropouts(looked, heading, &spots));
            sheet.table(costs(looked, &spots));
        }
    }
    for (at, spot) in looked.stress.spots.iter().enumerate() {
        if spot.verdict != Verdict::Stopped && (people || looked.stress.weakest == Some(at)) {
            moves(&mut sheet, looked, spot);
        }
    }
    let done = if looked.stress.complete { "Klaar" } else { "Gestopt voordat alles was bekeken," };
    let proven = looked.stress.spots.iter().all(|it| matches!(it.verdict, Verdict::Optimal | Verdict::Impossible));
    let proof = if proven { "elke uitkomst is bewezen, minder wijzigingen kan niet" } else { "niet elke uitkomst is bewezen" };
    sheet.closing(format!("{done} in {}; {proof}.", time(looked.took)));
    sheet
}

fn weakest(sheet: &mut Sheet, looked: &Looked<'_>) {
    let Some(spot) = looked.stress.weakest.and_then(|at| looked.stress.spots.get(at)) else {
        return;
    };
    let kind = if matches!(spot.gone, Gone::Coach(_)) { "coach" } else { "school" };
    let name = looked.name(spot.gone);
    let what = match (spot.verdict, spot.left.len(), spot.changed.len()) {
        (Verdict::Impossible, ..) => "wat vastligt kan dan niet meer samen".into(),
        (_, 0, 0) => "dan houdt toch iedereen een plaatsing, en alleen de eigen mensen merken het".into(),
        (_, 0, changed) => {
            format!(
                "dan houdt iedereen een plaatsing, maar voor {} verandert iets dat kon blijven",
                counted(changed, "kandidaat", "kandidaten")
            )
        }
        (_, left, changed) => {
            let left = if left == 1 { "raakt 1 kandidaat".into() } else { format!("raken {} kandidaten", count(left)) };
            match changed {
                0 => format!("dan {left} zonder plaatsing"),
                _ => {
                    let changed = counted(changed, "kandidaat", "kandidaten");
                    format!("dan {left} zonder plaatsing; voor {changed} verandert iets dat kon blijven")
                }
            }
        }
    };
    let which = if looked.stress.complete { "De zwakste plek" } else { "De zwakste plek van wat bekeken is," };
    sheet.lead(format!("{which} is {kind} {name}: valt die weg, {what}."));
}

fn dropouts(looked: &Looked<'_>, heading: &str, spots: &[&Spot]) -> Table {
    let coaches = matches!(spots.first().map(|it| it.gone), Some(Gone::Coach(_)));
    let figures = ["mensen", "overgenomen", "geen plek", "schuift op"].map(Column::figures);
    Table {
        key: "uitval",
        heading: heading.into(),
        columns: figures.into_iter().chain([Column::words(if coaches { "invaller (neemt over)" } else { "" })]).collect(),
        rows: spots.iter().map(|spot| dropout(looked, spot)).collect(),
        meaning: "",
    }
}

fn dropout(looked: &Looked<'_>, spot: &Spot) -> Row {
    let name = looked.name(spot.gone);
    let says = match spot.verdict {
        Verdict::Optimal | Verdict::Feasible => {
            let counts = [spot.people.len(), taken_over(spot), spot.left.len(), others(spot).len()].map(Cell::count);
            return Row::new(name, counts.into_iter().chain([stand_by(looked, spot)]).collect());
        }
        Verdict::Impossible => "kan niet samen met wat vastligt",
        Verdict::Stopped => "gestopt",
    };
    Row { name, cells: vec![Cell::count(spot.people.len())], says: says.into() }
}

fn stand_by(looked: &Looked<'_>, spot: &Spot) -> Cell {
    let Some(found) = spot.stand_by else {
        return match spot.gone {
            Gone::Coach(_) if !spot.people.is_empty() => Cell::Text("niemand".into()),
            Gone::Coach(_) | Gone::School(_) => Cell::Text(String::new()),
        };
    };
    let more = match found.takes {
        0 => format!("(0; zou {} kunnen)", count(found.could)),
        takes => format!("({})", count(takes)),
    };
    Cell::Named(looked.name(Gone::Coach(found.coach)), more)
}

fn costs(looked: &Looked<'_>, spots: &[&Spot]) -> Table {
    let goals = looked.goals();
    let row = |spot: &&Spot| {
        let change = |&(position, _): &(usize, &str)| {
            let (was, now) = spot.goals.get(position).copied().unwrap_or_default();
            Cell::Change(now - was, Unit::One)
        };
        Row::new(looked.name(spot.gone), goals.iter().map(change).collect())
    };
    Table {
        key: "kosten",
        heading: "Wat het kost, per doel".into(),
        columns: goals.iter().map(|&(_, goal)| Column::figures(goal)).collect(),
        rows: spots.iter().filter(|it| !it.goals.is_empty()).map(row).collect(),
        meaning: "",
    }
}

/// Who goes where when this one drops out.
fn moves(sheet: &mut Sheet, looked: &Looked<'_>, spot: &Spot) {
    let loaded = looked.loaded;
    sheet.heading(format!("Zonder {}:", looked.name(spot.gone)));
    for &(candidate, from, to) in &spot.people {
        let now = match to {
            None => "geen plaatsing".into(),
            Some(to) if to.seat == from.seat => format!("naar coach {}", coach(loaded, to)),
            Some(to) if to.coach == from.coach => format!("naar {}", seat(loaded, to)),
            Some(to) => format!("naar {}", names::spot(loaded, to).text()),
        };
        sheet.item(person(loaded, candidate), now);
    }
    let others: Vec<String> = others(spot).into_iter().map(|it| person(loaded, it)).collect();
    if !others.is_empty() {
        sheet.sentence(format!("Voor hen schuiven op: {}.", list(&others)));
    }
}
