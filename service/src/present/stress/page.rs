//! The page of a stress test: the weakest spot first, a line for each coach and school, what it costs per goal, and who goes where.

use std::fmt::Write;

use loket_solver::matching::ask::rerun::dropout::Gone;
use loket_solver::matching::ask::stress::Spot;
use loket_solver::matching::facts::outcome::Verdict;

use super::{Looked, taken_over};
use crate::present::dutch::{count, counted, cut, number, time};
use crate::present::rerun::{coach, person, seat};

/// Room for a name.
const NAME: usize = 30;

/// The page, in Dutch; with `people`, who goes where for every drop-out.
pub fn text(looked: &Looked<'_>, people: bool) -> String {
    let mut page = format!("\n{}: wat als er iemand uitvalt?\n\n", looked.loaded.title);
    weakest(&mut page, looked);
    for (heading, schools) in [("Als deze coach uitvalt", false), ("Als deze school wegvalt", true)] {
        let spots: Vec<&Spot> = looked.stress.spots.iter().filter(|it| matches!(it.gone, Gone::School(_)) == schools).collect();
        if !spots.is_empty() {
            table(&mut page, looked, heading, &spots);
            costs(&mut page, looked, &spots);
        }
    }
    for (at, spot) in looked.stress.spots.iter().enumerate() {
        if people || looked.stress.weakest == Some(at) {
            moves(&mut page, looked, spot);
        }
    }
    let done = if looked.stress.complete { "Klaar" } else { "Gestopt voordat alles was bekeken," };
    let proven = looked.stress.spots.iter().all(|it| matches!(it.verdict, Verdict::Optimal | Verdict::Impossible));
    let proof = if proven { "elke uitkomst is bewezen, minder wijzigingen kan niet" } else { "niet elke uitkomst is bewezen" };
    let _ = writeln!(page, "\n{done} in {}; {proof}.", time(looked.took));
    page
}

fn weakest(page: &mut String, looked: &Looked<'_>) {
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
    let text = format!("De zwakste plek is {kind} {name}: valt die weg, {what}.");
    crate::present::dutch::wrapped(&text, 96).iter().for_each(|line| {
        let _ = writeln!(page, "{line}");
    });
}

fn table(page: &mut String, looked: &Looked<'_>, heading: &str, spots: &[&Spot]) {
    let coaches = matches!(spots.first().map(|it| it.gone), Some(Gone::Coach(_)));
    let last = if coaches { "invaller (neemt over)" } else { "" };
    let _ = writeln!(
        page,
        "\n{}",
        format!("{heading:<NAME$}{:>7}{:>13}{:>11}{:>12}   {last}", "mensen", "overgenomen", "geen plek", "schuift op").trim_end()
    );
    for spot in spots {
        let name = cut(&looked.name(spot.gone), NAME - 2);
        if !matches!(spot.verdict, Verdict::Optimal | Verdict::Feasible) {
            let why = if spot.verdict == Verdict::Impossible { "kan niet samen met wat vastligt" } else { "gestopt" };
            let _ = writeln!(page, "{name:<NAME$}{:>7}   {why}", count(spot.people.len()));
            continue;
        }
        let own = |it| spot.people.iter().any(|&(person, ..)| person == it);
        let others = spot.changed.iter().filter(|&&it| !own(it)).count();
        let line = format!(
            "{name:<NAME$}{:>7}{:>13}{:>11}{:>12}   {}",
            count(spot.people.len()),
            count(taken_over(spot)),
            count(spot.left.len()),
            count(others),
            stand_by(looked, spot)
        );
        let _ = writeln!(page, "{}", line.trim_end());
    }
}

fn stand_by(looked: &Looked<'_>, spot: &Spot) -> String {
    let Some(found) = spot.stand_by else {
        return match spot.gone {
            Gone::Coach(_) if !spot.people.is_empty() => "niemand".into(),
            _ => String::new(),
        };
    };
    let name = cut(&looked.name(Gone::Coach(found.coach)), 24);
    match found.takes {
        0 => format!("{name} (0; zou {} kunnen)", count(found.could)),
        takes => format!("{name} ({})", count(takes)),
    }
}

fn costs(page: &mut String, looked: &Looked<'_>, spots: &[&Spot]) {
    let goals = looked.goals();
    let mut line = format!("\n{:<NAME$}", "Wat het kost, per doel");
    for (_, goal) in &goals {
        let _ = write!(line, "{:>11}", cut(goal, 10));
    }
    let _ = writeln!(page, "{line}");
    for spot in spots.iter().filter(|it| !it.goals.is_empty()) {
        let mut line = format!("{:<NAME$}", cut(&looked.name(spot.gone), NAME - 2));
        for (position, _) in &goals {
            let (was, now) = spot.goals.get(*position).copied().unwrap_or_default();
            let shown = match now - was {
                0 => "=".into(),
                more if more > 0 => format!("+{}", number(more)),
                less => number(less),
            };
            let _ = write!(line, "{shown:>11}");
        }
        let _ = writeln!(page, "{line}");
    }
}

/// Who goes where when this one drops out.
fn moves(page: &mut String, looked: &Looked<'_>, spot: &Spot) {
    let loaded = looked.loaded;
    let _ = writeln!(page, "\nZonder {}:", looked.name(spot.gone));
    for &(candidate, from, to) in &spot.people {
        let now = match to {
            None => "geen plaatsing".into(),
            Some(to) if to.seat == from.seat => format!("naar coach {}", coach(loaded, to)),
            Some(to) if to.coach == from.coach => format!("naar {}", seat(loaded, to)),
            Some(to) => format!("naar {}, coach {}", seat(loaded, to), coach(loaded, to)),
        };
        let _ = writeln!(page, "   {:<28}{now}", cut(&person(loaded, candidate), 27));
    }
    let own = |it| spot.people.iter().any(|&(person, ..)| person == it);
    let others: Vec<String> = spot.changed.iter().filter(|&&it| !own(it)).map(|&it| person(loaded, it)).collect();
    if !others.is_empty() {
        let text = format!("Voor hen schuiven op: {}.", crate::present::dutch::list(&others));
        crate::present::dutch::wrapped(&text, 94).iter().for_each(|line| {
            let _ = writeln!(page, "   {line}");
        });
    }
}
