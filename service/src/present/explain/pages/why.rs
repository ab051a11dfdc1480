//! Why this placement: the points, what would be better for the person, and what is in the way.

use std::collections::BTreeMap;

use loket_instances::words::reasons::pair_rule;
use loket_solver::matching::ask::explain::why::{Better, Full, Why};
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::judge::rules::Members;

use super::super::view::{Lens, View};
use super::super::words::{differences, limit_name, obstacle, points};
use super::super::{price, seen};
use crate::present::dutch::{counted, list};
use crate::present::sheet::Sheet;

/// Most placements that are shown one by one.
const MOST: usize = 3;

/// The page for a placed candidate.
pub fn why(lens: &Lens<'_>, candidate: CandidateId, why: &Why) -> Sheet {
    let mut sheet = Sheet::default();
    let title = match lens.view() {
        View::Intermediary => format!("Waarom deze plaats voor {}?", lens.person(candidate)),
        View::Candidate(_) => "Waarom deze plaats?".into(),
        View::Board(_) => "Waarom deze plaats voor deze kandidaat?".into(),
    };
    sheet.title(title);
    sheet.fact("Plaats", lens.place_for(candidate, why.placement));
    sheet.fact("Punten", points(lens.policy(), &why.points));
    let all = why.open.len() + why.forbidden.len();
    if all == 0 {
        sheet.heading("Er is geen plek in de lichting waar deze kandidaat beter af zou zijn.");
        return sheet;
    }
    if lens.view() != View::Intermediary {
        sheet.heading(format!("Op {} zou deze kandidaat beter af zijn.", counted(all, "andere plek", "andere plekken")));
    } else {
        sheet.heading(format!(
            "Best denkbaar, als er geen regels, grenzen en anderen waren: {} ({}).",
            lens.place_for(candidate, why.best.placement),
            differences(&why.points, &why.best.points)
        ));
    }
    open(&mut sheet, lens, candidate, why);
    forbidden(&mut sheet, lens, candidate, why);
    if why.stopped {
        sheet.heading("Gestopt voordat alles was uitgerekend: wat er staat is nagerekend, de rest is niet gevraagd.");
    }
    sheet
}

fn open(sheet: &mut Sheet, lens: &Lens<'_>, candidate: CandidateId, why: &Why) {
    if why.open.is_empty() {
        return;
    }
    let seen = seen::better(lens, &why.open);
    let amount = counted(
        why.open.len(),
        "betere plek mag volgens de regels, maar is niet gekozen",
        "betere plekken mogen volgens de regels, maar zijn niet gekozen",
    );
    let first = match (seen.len().min(MOST), why.open.len()) {
        (0, _) => "; alle bij andere besturen".to_string(),
        (shown, all) if shown < all => format!("; de {shown} beste{}", if seen.len() < all { " bij uw scholen" } else { "" }),
        _ => String::new(),
    };
    sheet.heading(format!("{amount}{first}:"));
    for (position, better) in seen.into_iter().take(MOST).enumerate() {
        sheet.step(position + 1, lens.place_for(candidate, better.placement));
        sheet.point(format!("voor deze kandidaat: {}", differences(&why.points, &better.points)));
        for full in &better.full {
            sheet.point(held(lens, full));
        }
        match better.answer.as_ref().map(|answer| (answer, answer.possible())) {
            Some((_, Some(asked))) => {
                match price::goals(&lens.policy().goals, asked) {
                    Some(goals) => sheet.point(format!("toch daar plaatsen kost: {goals}")),
                    None => sheet.point("toch daar plaatsen kost geen enkel doel iets: het plan koos tussen gelijken"),
                }
                price::movers(sheet, lens, asked, &[candidate]);
            }
            Some((answer, None)) => price::refused(sheet, lens, answer),
            None => sheet.point("de prijs is niet uitgerekend"),
        }
    }
}

/// A full limit with who holds it.
fn held(lens: &Lens<'_>, full: &Full) -> String {
    let name = limit_name(lens, full.exceeded.limit);
    let what = match full.exceeded.limit.members {
        Members::Seat(_) | Members::School(_) | Members::Board(_) | Members::External => "is vol",
        Members::Coach(_) | Members::All => "is op",
        // Who it is about is named to nobody.
        Members::Pair(..) | Members::Shared(_) => return format!("afgesproken is: {name}"),
    };
    if !lens.names_people() {
        return format!("{name} {what}: bezet door {}", counted(full.holders.len(), "ander", "anderen"));
    }
    if full.holders.len() > 9 {
        return format!("{name} {what}: {} kandidaten", full.holders.len());
    }
    let people: Vec<String> = full.holders.iter().map(|&candidate| lens.person(candidate)).collect();
    format!("{name} {what}: {}", list(&people))
}

fn forbidden(sheet: &mut Sheet, lens: &Lens<'_>, candidate: CandidateId, why: &Why) {
    if why.forbidden.is_empty() {
        return;
    }
    sheet.heading(format!("{}:", counted(why.forbidden.len(), "betere plek mag niet", "betere plekken mogen niet")));
    let mut groups: BTreeMap<Vec<RuleCode>, Vec<&Better>> = BTreeMap::new();
    for better in &why.forbidden {
        groups.entry(better.obstacles.iter().map(|it| it.rule).collect()).or_default().push(better);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(rules, group)| (std::cmp::Reverse(group.len()), rules.iter().map(|rule| rule.code()).collect::<Vec<_>>()));
    for (rules, group) in groups {
        let what: Vec<String> = rules.iter().map(|rule| pair_rule(*rule).to_string()).collect();
        sheet.point(format!("{}: {}", counted(group.len(), "plek", "plekken"), list(&what)));
        // The one that comes nearest to being allowed; for a person far away that is the nearest school.
        let over =
            |better: &&&Better| better.obstacles.iter().filter_map(|it| it.figures).map(|(has, asks)| (has - asks).abs()).sum::<i64>();
        if let Some(nearest) = group.iter().filter(|it| lens.sees_seat(it.placement.seat)).min_by_key(over)
            && nearest.obstacles.iter().any(|it| it.figures.is_some())
            && (lens.minutes(candidate, nearest.placement.seat).is_some())
        {
            let figures: Vec<String> = nearest.obstacles.iter().filter(|it| it.figures.is_some()).map(obstacle).collect();
            sheet.deeper(format!("het minst ver over de grens: {} ({})", lens.seat(nearest.placement.seat), list(&figures)));
        }
    }
}
