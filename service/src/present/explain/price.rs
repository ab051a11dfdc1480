//! A price in words: what each goal gains or loses, and who moves where.

use loket_instances::words::reasons::in_the_way;
use loket_solver::matching::ask::explain::ask::{Answer, Asked, Move, Span};
use loket_solver::matching::ask::explain::change::Contradiction;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::policy::Goal;

use super::view::{Lens, View};
use super::words::{limit_name, signed};
use crate::present::dutch::{counted, list};
use crate::present::sheet::Sheet;

/// Most people who are named one by one.
const MOST_NAMED: usize = 12;

fn span(span: Span) -> String {
    match (span.exact(), span.least, span.most) {
        (Some(exact), _, _) => signed(exact),
        (None, Some(least), Some(most)) => format!("tussen {} en {} (niet bewezen)", signed(least), signed(most)),
        (None, None, Some(most)) => format!("hoogstens {} (niet bewezen)", signed(most)),
        (None, Some(least), None) => format!("minstens {} (niet bewezen)", signed(least)),
        (None, None, None) => "onbekend (niet bewezen)".into(),
    }
}

/// Each goal that changes: "geplaatst −1, passing −120".
pub(super) fn goals(policy: &[Goal], asked: &Asked) -> Option<String> {
    let parts: Vec<String> = policy
        .iter()
        .zip(&asked.price)
        .filter(|(_, price)| price.exact() != Some(0))
        .map(|(goal, price)| format!("{} {}", goal.name, span(*price)))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The goals that change, or that none does.
pub(super) fn told_goals(lens: &Lens<'_>, asked: &Asked) -> String {
    goals(&lens.policy().goals, asked).map_or_else(|| "geen enkel doel wordt slechter".into(), |goals| format!("doelen: {goals}"))
}

/// The price and the movers, or why there is no such plan; `own` are the people the question itself was about.
pub(super) fn told(sheet: &mut Sheet, lens: &Lens<'_>, answer: &Answer, own: &[CandidateId]) {
    match answer.possible() {
        Some(asked) => write(sheet, lens, asked, own),
        None => refused(sheet, lens, answer),
    }
}

/// The price and the movers; `own` are the people the question itself was about.
pub(super) fn write(sheet: &mut Sheet, lens: &Lens<'_>, asked: &Asked, own: &[CandidateId]) {
    sheet.point(told_goals(lens, asked));
    movers(sheet, lens, asked, own);
}

/// Who is placed otherwise.
pub(super) fn movers(sheet: &mut Sheet, lens: &Lens<'_>, asked: &Asked, own: &[CandidateId]) {
    let others: Vec<&Move> = asked.movers.iter().filter(|step| !own.contains(&step.candidate)).collect();
    let proven = asked.movers.len() == asked.least_movers;
    let doubt = if proven { "" } else { " (of minder: niet bewezen)" };
    if others.is_empty() {
        sheet.point(if own.is_empty() { "niemand krijgt een andere plaats" } else { "niemand anders krijgt een andere plaats" });
        return;
    }
    let amount = counted(others.len(), "ander krijgt", "anderen krijgen");
    if !lens.names_people() {
        sheet.point(format!("{amount} dan een andere plaats{doubt}"));
        return;
    }
    sheet.point(format!("{amount} dan een andere plaats{doubt}:"));
    each(sheet, lens, &others);
}

/// Who these are, for those who may see that.
pub(super) fn named(sheet: &mut Sheet, lens: &Lens<'_>, moves: &[Move]) {
    if lens.names_people() {
        each(sheet, lens, &moves.iter().collect::<Vec<_>>());
    }
}

fn each(sheet: &mut Sheet, lens: &Lens<'_>, moves: &[&Move]) {
    for step in moves.iter().take(MOST_NAMED) {
        sheet.deeper(moved(lens, step));
    }
    if moves.len() > MOST_NAMED {
        sheet.deeper(format!("en nog {}", moves.len() - MOST_NAMED));
    }
}

/// "Z12 gaat van … naar …".
pub(super) fn moved(lens: &Lens<'_>, step: &Move) -> String {
    let who = lens.person(step.candidate);
    match (step.from, step.to) {
        (Some(from), Some(to)) if from.seat == to.seat => {
            format!("{who} blijft op {}, met {} in plaats van {}", lens.seat(to.seat), lens.coach(to.coach), lens.coach(from.coach))
        }
        (Some(from), Some(to)) if from.coach == to.coach => {
            format!("{who} gaat van {} naar {}, met dezelfde coach", lens.seat(from.seat), lens.seat(to.seat))
        }
        (Some(from), Some(to)) => {
            format!("{who} gaat van {} naar {}", lens.seat(from.seat), lens.place(to))
        }
        (None, Some(to)) => format!("{who} wordt geplaatst: {}", lens.place(to)),
        (Some(from), None) => format!("{who} verliest de plaats {}", lens.seat(from.seat)),
        (None, None) => format!("{who} blijft zonder plaats"),
    }
}

/// Why a question has no plan as its answer.
pub(super) fn refused(sheet: &mut Sheet, lens: &Lens<'_>, answer: &Answer) {
    match answer {
        Answer::Possible(_) => {}
        Answer::Stopped => sheet.point("gestopt voordat dit bekend was"),
        Answer::Contradiction(Contradiction::Locked(candidate)) => {
            sheet.point(format!("kan niet: {} is al op iets anders vastgezet", lens.short(*candidate)));
        }
        Answer::Contradiction(Contradiction::NoLimit(limit)) => sheet.point(format!("kan niet: {} bestaat niet", limit_name(lens, *limit))),
        Answer::Impossible(conflict) => {
            if lens.view() != View::Intermediary {
                sheet.point("kan niet: dit botst met een regel of met iets wat al vastligt");
                return;
            }
            sheet.point(if conflict.len() == 1 { "kan niet; in de weg staat:" } else { "kan niet; dit gaat niet samen:" });
            for lock in conflict {
                let rules: Vec<String> = lock.rules.iter().map(|&code| format!("{} (regel {code})", in_the_way(code))).collect();
                sheet.deeper(format!("{}: {}", lens.person(lock.candidate), list(&rules)));
            }
        }
    }
}
