//! The page of a rerun: in short, then per person what changes and why (forced first), then the figures before and after.

use std::fmt::Write;

use loket_instances::matching::outcome::compose;
use loket_instances::matching::rerun::Request;
use loket_instances::words::reasons::reason_text;
use loket_solver::matching::ask::rerun::difference::{Kind, Moved};
use loket_solver::matching::facts::codes::ReasonCode;
use loket_solver::matching::facts::words::{Status, Word};

use super::{Compared, coach, person, placed, seat, why};
use crate::present::dutch::{count, counted, cut, euros, list, number, time, wrapped};

/// Widest line, in characters.
const WIDTH: usize = 100;

/// The page of a rerun, in Dutch.
pub fn text(compared: &Compared<'_>, request: &Request) -> String {
    whole(compared, &format!("{}: opnieuw ingedeeld {}", compared.before.title, asked(request)), &ending(compared))
}

/// The page of the difference between two outcomes, in Dutch.
pub fn between(compared: &Compared<'_>) -> String {
    let (before, after) = (compared.before, compared.after);
    let title = match (before.sha256 == after.sha256, before.title == after.title) {
        (true, _) => format!("{}: twee uitkomsten vergeleken", after.title),
        (false, true) => format!("{}: uitkomsten van twee lichtingen vergeleken", after.title),
        (false, false) => format!("{} vergeleken met {}", after.title, before.title),
    };
    let people = |plan| counted(placed(plan), "kandidaat", "kandidaten");
    whole(compared, &title, &format!("{} geplaatst; eerst {}.", people(compared.new), people(compared.old)))
}

fn whole(compared: &Compared<'_>, title: &str, ending: &str) -> String {
    let mut page = String::from("\n");
    for line in wrapped(title, WIDTH) {
        let _ = writeln!(page, "{line}");
    }
    remarks(&mut page, compared.remarks);
    short(&mut page, compared);
    let forced = "Gedwongen: het oude kan niet meer, welk plan er ook komt";
    section(&mut page, compared, forced, &|moved| moved.kind.forced());
    section(&mut page, compared, "Gekozen: het oude kon op zich blijven", &|moved| moved.kind == Kind::Chosen);
    section(&mut page, compared, "Nu wel geplaatst", &|moved| moved.kind == Kind::Placed);
    section(&mut page, compared, "Nieuw in de lichting", &|moved| moved.kind == Kind::Arrived);
    left(&mut page, compared);
    figures(&mut page, compared);
    trade_off(&mut page, compared);
    let _ = writeln!(page, "\n{ending}");
    page
}

/// What was asked for, in words.
pub fn asked(request: &Request) -> String {
    let mut parts = Vec::new();
    let mut without = |kind: &str, ids: &[String]| {
        if !ids.is_empty() {
            parts.push(format!("zonder {kind} {}", list(ids)));
        }
    };
    without("coach", &request.without_coaches);
    without("school", &request.without_schools);
    without("kandidaat", &request.without_candidates);
    parts.extend(
        request
            .fewer_seats
            .iter()
            .map(|it| format!("met {} minder ({}:{})", counted(it.count as usize, "plek", "plekken"), it.school, it.seat)),
    );
    parts.extend(request.hours.iter().map(|(id, hours)| format!("met {} uur voor {id}", number((*hours).into()))));
    parts.extend(
        request
            .maxima
            .iter()
            .map(|(id, most)| format!("met hoogstens {} voor coach {id}", counted(*most as usize, "kandidaat", "kandidaten"))),
    );
    if !request.arrivals.is_empty() {
        parts.push(format!("met {} erbij", counted(request.arrivals.len(), "kandidaat", "kandidaten")));
    }
    if parts.is_empty() { "zonder iets te veranderen".into() } else { parts.join(", ") }
}

fn remarks(page: &mut String, remarks: &[String]) {
    for remark in remarks {
        for (at, line) in wrapped(remark, WIDTH - 5).iter().enumerate() {
            let _ = writeln!(page, "{} {line}", if at == 0 { "  !" } else { "   " });
        }
    }
}

fn short(page: &mut String, compared: &Compared<'_>) {
    let difference = compared.difference;
    let counts = |holds: &dyn Fn(&Moved) -> bool| difference.people.iter().filter(|moved| holds(moved)).count();
    let forced = counts(&|moved| moved.kind.forced());
    let changed = counts(&|moved| moved.kind.changed());
    let both = counts(&|moved| moved.kind == Kind::ForcedAndChosen);
    page.push('\n');
    let mut line = |amount: usize, what: &str| {
        let _ = writeln!(page, "{:>6}  {what}", count(amount));
    };
    if forced + changed == 0 {
        line(difference.same, "merken er niets van; voor niemand die geplaatst was, verandert er iets");
        return;
    }
    line(forced, "gedwongen: de coach, de school of de plek valt weg, of mag niet meer");
    let least = match compared.outcome.least_changes {
        Some(least) if least as usize == changed => "minder kan niet, dat is bewezen".to_string(),
        Some(least) => format!("het kleinste aantal is {}", number(least.into())),
        None => "het aantal was niet begrensd".into(),
    };
    match compared.rerun {
        true => line(changed, &format!("gekozen: iets dat kon blijven, verandert toch ({least})")),
        false => line(changed, "gekozen: iets dat kon blijven, is toch anders"),
    }
    if both > 0 {
        line(both, "daarvan ook gedwongen; zij staan hieronder bij gedwongen");
    }
    let dropped = compared.dropped().len();
    if dropped > 0 {
        line(dropped, "niet meer geplaatst");
    }
    line(difference.same, "merken er niets van");
}

fn section(page: &mut String, compared: &Compared<'_>, heading: &str, holds: &dyn Fn(&Moved) -> bool) {
    let people: Vec<&Moved> = compared.difference.people.iter().filter(|moved| holds(moved)).collect();
    if people.is_empty() {
        return;
    }
    let _ = writeln!(page, "\n{heading} ({})", count(people.len()));
    for moved in people {
        let _ = writeln!(page, "   {}{}", cut(&person(compared.after, moved.candidate), 60), status(compared, moved));
        for line in what(compared, moved) {
            wrap(page, "", &line);
        }
        for sentence in why::sentences(compared, moved).into_iter().chain(no_place(compared, moved)) {
            wrap(page, "·", &sentence);
        }
    }
}

fn wrap(page: &mut String, mark: &str, text: &str) {
    for (at, line) in wrapped(text, WIDTH - 9).iter().enumerate() {
        let mark = if at == 0 { mark } else { "" };
        let _ = writeln!(page, "      {}", format!("{mark:<2}{line}").trim_end());
    }
}

/// Why somebody without a place has none, elsewhere either: the reasons of the outcome.
fn no_place(compared: &Compared<'_>, moved: &Moved) -> Vec<String> {
    let unplaced = compared.outcome.unplaced.iter().find(|(who, _)| *who == moved.candidate);
    let reasons = unplaced.map_or(&[][..], |(_, reasons)| reasons);
    let arrived = moved.kind == Kind::Arrived;
    let mut sentences: Vec<String> = reasons
        .iter()
        .map(|reason| match arrived || reason.code == ReasonCode::Goal {
            true => reason_text(reason),
            false => format!("Ook elders niet: {}", small_letter(&reason_text(reason))),
        })
        .collect();
    if arrived && !sentences.is_empty() && compared.outcome.least_changes.is_some() && compared.trade_off.is_none() {
        sentences.push("Misschien is er wel plek als er iemand opschuift: kijk met --trade-off.".into());
    }
    sentences
}

fn small_letter(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// How far the old placement had come, when that is more than a proposal.
fn status(compared: &Compared<'_>, moved: &Moved) -> String {
    let previous = compared.after.wave.candidates[moved.candidate].previous.as_ref();
    match previous.map(|it| it.status) {
        Some(status) if status != Status::Voorgesteld && moved.from.is_some() => format!("   [{}]", status.code()),
        _ => String::new(),
    }
}

/// What was and what is.
fn what(compared: &Compared<'_>, moved: &Moved) -> Vec<String> {
    let now = |to| format!("{}, coach {}", seat(compared.after, to), coach(compared.after, to));
    match (moved.from, moved.to) {
        (None, None) => vec!["nog geen plek".into()],
        (None, Some(to)) => vec![now(to)],
        (Some(from), None) => {
            vec![format!("was   {}, coach {}", seat(compared.before, from), coach(compared.before, from)), "nu    geen plaatsing".into()]
        }
        (Some(from), Some(to)) => {
            let (old_seat, new_seat) = (seat(compared.before, from), seat(compared.after, to));
            let (old_coach, new_coach) = (coach(compared.before, from), coach(compared.after, to));
            if old_seat == new_seat {
                vec![format!("coach {old_coach} → {new_coach}"), format!("blijft op {new_seat}")]
            } else if old_coach == new_coach {
                vec![format!("{old_seat} → {new_seat}"), format!("houdt coach {new_coach}")]
            } else {
                vec![format!("was   {old_seat}, coach {old_coach}"), format!("nu    {new_seat}, coach {new_coach}")]
            }
        }
    }
}

fn left(page: &mut String, compared: &Compared<'_>) {
    let left = &compared.difference.left;
    if left.is_empty() {
        return;
    }
    let _ = writeln!(page, "\nNiet meer in de lichting ({})", count(left.len()));
    for &candidate in left {
        let was = compared.old[candidate].map_or_else(
            || "was niet geplaatst".into(),
            |from| format!("had {}, coach {}", seat(compared.before, from), coach(compared.before, from)),
        );
        let _ = writeln!(page, "   {}", person(compared.before, candidate));
        wrap(page, "", &was);
    }
}

/// Key figures of both plans.
pub(super) fn key_figures(compared: &Compared<'_>) -> [(&'static str, i64, i64); 4] {
    let technique = loket_instances::matching::outcome::Technique {
        version: String::new(),
        engine: String::new(),
        seed: 0,
        seconds: 0.0,
        memory_mib: None,
    };
    let of = |loaded, plan: &loket_solver::matching::facts::plan::Plan| {
        let mut outcome = compared.outcome.clone();
        outcome.plan = Some(plan.clone());
        outcome.unplaced.clear();
        compose(loaded, &outcome, &technique).figures
    };
    let (was, now) = (of(compared.before, compared.old), of(compared.after, compared.new));
    [
        ("geplaatst", was.placed, now.placed),
        ("bouw van 1e keus", was.first_bouw, now.first_bouw),
        ("reistijd gemiddeld", was.mean_travel, now.mean_travel),
        ("kosten", was.cost_cents, now.cost_cents),
    ]
}

fn figures(page: &mut String, compared: &Compared<'_>) {
    let _ = writeln!(page, "\n{:<24}{:>14}{:>14}{:>14}", "Cijfers", "was", "nu", "verschil");
    for (name, was, now) in key_figures(compared) {
        let show = |value: i64| match name {
            "kosten" => euros(value),
            "reistijd gemiddeld" => format!("{} min", number(value)),
            _ => number(value),
        };
        let _ = writeln!(page, "   {name:<21}{:>14}{:>14}{:>14}", show(was), show(now), signed(now - was, &show));
    }
    for figure in compared.goals() {
        let name = format!("doel {}", figure.name);
        let difference = signed(figure.now - figure.was, &number);
        let _ = writeln!(page, "   {:<21}{:>14}{:>14}{difference:>14}", cut(&name, 20), number(figure.was), number(figure.now));
    }
}

fn signed(value: i64, show: &dyn Fn(i64) -> String) -> String {
    match value {
        0 => "=".into(),
        value if value > 0 => format!("+{}", show(value)),
        value => format!("−{}", show(-value)),
    }
}

fn trade_off(page: &mut String, compared: &Compared<'_>) {
    let Some(trade) = &compared.trade_off else { return };
    let _ = writeln!(page, "\nWat gekozen wijzigingen opleveren");
    let mut heading = format!("   {:<12}{:>10}", "extra mag", "veranderd");
    trade.goals.iter().for_each(|goal| {
        let _ = write!(heading, "{:>13}", cut(&goal.name, 12));
    });
    let _ = writeln!(page, "{heading}");
    let first = trade.rows.first().map(|row| row.values.clone()).unwrap_or_default();
    for row in &trade.rows {
        let name = if row.budget == 0 { "0 (dit plan)".into() } else { number(row.budget.into()) };
        let mut line = format!("   {name:<12}{:>10}", count(row.changes));
        for (value, first) in row.values.iter().zip(&first) {
            let shown = if row.budget == 0 { number(*value) } else { signed(value - first, &number) };
            let _ = write!(line, "{shown:>13}");
        }
        let _ = writeln!(page, "{line}");
    }
    let last = match (trade.rows.len(), trade.complete) {
        (1, true) => "Meer wijzigingen leveren voor geen enkel doel iets op.".to_string(),
        (_, true) => "Nog meer wijzigingen leveren niets meer op.".into(),
        (_, false) => "Met nog meer wijzigingen kan het beter worden; verder is niet gekeken.".into(),
    };
    let _ = writeln!(page, "   {last}");
    if trade.rows.len() > 1 {
        let _ = writeln!(page, "   Zo kiest u: loket rerun … --budget N");
    }
}

fn ending(compared: &Compared<'_>) -> String {
    let open = compared.outcome.goals.iter().filter(|goal| !goal.proven()).count();
    let proof = match open {
        0 => "voor elk doel is bewezen dat het niet beter kan".to_string(),
        _ => format!("van {} is niet bewezen dat het niet beter kan", counted(open, "doel", "doelen")),
    };
    format!("{} geplaatst. Klaar in {}; {proof}.", counted(placed(compared.new), "kandidaat", "kandidaten"), time(compared.took))
}
