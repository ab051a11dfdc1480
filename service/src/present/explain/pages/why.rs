//! Why this placement: the points, what would be better for the person, and what is in the way.

use std::collections::BTreeMap;

use loket_instances::words::reasons::pair_rule;
use loket_solver::matching::ask::explain::why::{Better, Full, Why};
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::judge::rules::Members;

use super::super::page::Page;
use super::super::price;
use super::super::view::{Lens, View};
use super::super::words::{differences, limit_name, obstacle, points};
use crate::present::dutch::{counted, list};

/// Most placements that are shown one by one.
const MOST: usize = 3;

/// The page for a placed candidate.
pub fn why(lens: &Lens<'_>, candidate: CandidateId, why: &Why) -> String {
    let mut page = Page::default();
    let title = match lens.view() {
        View::Intermediary => format!("Waarom deze plaats voor {}?", lens.person(candidate)),
        View::Candidate(_) => "Waarom deze plaats?".into(),
        View::Board(_) => "Waarom deze plaats voor deze kandidaat?".into(),
    };
    page.title(&title);
    page.row(
        "Plaats",
        &format!(
            "{}, met {}{}",
            lens.seat(why.placement.seat),
            lens.coach(why.placement.coach),
            minutes(lens, candidate, why.placement.seat)
        ),
    );
    page.row("Punten", &points(lens.policy(), &why.points));
    let all = why.open.len() + why.forbidden.len();
    if all == 0 {
        page.heading("Er is geen plek in de lichting waar deze kandidaat beter af zou zijn.");
        return page.text();
    }
    if lens.view() != View::Intermediary {
        page.heading(&format!("Op {} zou deze kandidaat beter af zijn.", counted(all, "andere plek", "andere plekken")));
    } else {
        page.heading(&format!(
            "Best denkbaar, als er geen regels, grenzen en anderen waren: {}, met {}{} ({}).",
            lens.seat(why.best.placement.seat),
            lens.coach(why.best.placement.coach),
            minutes(lens, candidate, why.best.placement.seat),
            differences(&why.points, &why.best.points)
        ));
    }
    open(&mut page, lens, candidate, why);
    forbidden(&mut page, lens, candidate, why);
    if why.stopped {
        page.heading("Gestopt voordat alles was uitgerekend: wat er staat is nagerekend, de rest is niet gevraagd.");
    }
    page.text()
}

fn minutes(lens: &Lens<'_>, candidate: CandidateId, seat: loket_solver::matching::facts::ids::SeatId) -> String {
    lens.minutes(candidate, seat).map_or_else(String::new, |minutes| format!(", {minutes} min reizen"))
}

fn open(page: &mut Page, lens: &Lens<'_>, candidate: CandidateId, why: &Why) {
    if why.open.is_empty() {
        return;
    }
    let seen: Vec<&Better> = why.open.iter().filter(|it| lens.sees_seat(it.placement.seat)).collect();
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
    page.heading(&format!("{amount}{first}:"));
    for (position, better) in seen.into_iter().take(MOST).enumerate() {
        let place = format!(
            "{}, met {}{}",
            lens.seat(better.placement.seat),
            lens.coach(better.placement.coach),
            minutes(lens, candidate, better.placement.seat)
        );
        page.item(position + 1, &place);
        page.point(&format!("voor deze kandidaat: {}", differences(&why.points, &better.points)));
        for full in &better.full {
            page.point(&held(lens, full));
        }
        match better.answer.as_ref().map(|answer| (answer, answer.possible())) {
            Some((_, Some(asked))) => {
                match price::goals(&lens.policy().goals, asked) {
                    Some(goals) => page.point(&format!("toch daar plaatsen kost: {goals}")),
                    None => page.point("toch daar plaatsen kost geen enkel doel iets: het plan koos tussen gelijken"),
                }
                price::movers(page, lens, asked, &[candidate]);
            }
            Some((answer, None)) => price::refused(page, lens, answer),
            None => page.point("de prijs is niet uitgerekend"),
        }
    }
}

/// A full limit with who holds it.
fn held(lens: &Lens<'_>, full: &Full) -> String {
    let name = limit_name(lens, full.exceeded.limit);
    let what = match full.exceeded.limit.members {
        Members::Seat(_) | Members::School(_) | Members::Board(_) | Members::External => "is vol",
        Members::Coach(_) | Members::All => "is op",
    };
    if !lens.names_people() {
        return format!("{name} {what}: bezet door {}", counted(full.holders.len(), "ander", "anderen"));
    }
    if full.holders.len() > 9 {
        return format!("{name} {what}: {} kandidaten", full.holders.len());
    }
    let people: Vec<String> = full.holders.iter().map(|&candidate| lens.short(candidate)).collect();
    format!("{name} {what}: {}", list(&people))
}

fn forbidden(page: &mut Page, lens: &Lens<'_>, candidate: CandidateId, why: &Why) {
    if why.forbidden.is_empty() {
        return;
    }
    page.heading(&format!("{}:", counted(why.forbidden.len(), "betere plek mag niet", "betere plekken mogen niet")));
    let mut groups: BTreeMap<Vec<RuleCode>, Vec<&Better>> = BTreeMap::new();
    for better in &why.forbidden {
        groups.entry(better.obstacles.iter().map(|it| it.rule).collect()).or_default().push(better);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(rules, group)| (std::cmp::Reverse(group.len()), rules.iter().map(|rule| rule.code()).collect::<Vec<_>>()));
    for (rules, group) in groups {
        let what: Vec<String> = rules.iter().map(|rule| pair_rule(*rule).to_string()).collect();
        page.point(&format!("{}: {}", counted(group.len(), "plek", "plekken"), list(&what)));
        // The one that comes nearest to being allowed; for a person far away that is the nearest school.
        let over =
            |better: &&&Better| better.obstacles.iter().filter_map(|it| it.figures).map(|(has, asks)| (has - asks).abs()).sum::<i64>();
        if let Some(nearest) = group.iter().filter(|it| lens.sees_seat(it.placement.seat)).min_by_key(over)
            && nearest.obstacles.iter().any(|it| it.figures.is_some())
            && (lens.minutes(candidate, nearest.placement.seat).is_some())
        {
            let figures: Vec<String> = nearest.obstacles.iter().filter(|it| it.figures.is_some()).map(obstacle).collect();
            page.deeper(&format!("het minst ver over de grens: {} ({})", lens.seat(nearest.placement.seat), list(&figures)));
        }
    }
}
