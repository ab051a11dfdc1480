//! The page of a rerun: in short, then per person what changes and why (forced first), then the figures before and after.

use loket_instances::matching::rerun::Request;
use loket_solver::matching::ask::rerun::difference::Kind;
use loket_solver::matching::ask::rerun::tradeoff::TradeOff;
use loket_solver::matching::facts::words::Word;

use super::placed;
use super::told::{Figure, Person, Told};
use crate::present::dutch::{count, counted, list, number, time};
use crate::present::sheet::{Cell, Column, Part, Row, Sheet, Table, Unit};

/// The page of a rerun, in Dutch.
pub fn rerun(told: &Told<'_>, request: &Request) -> Sheet {
    whole(told, format!("{}: opnieuw ingedeeld {}", told.of.before.title, asked(request)), ending(told))
}

/// The page of the difference between two outcomes, in Dutch.
pub fn between(told: &Told<'_>) -> Sheet {
    let (before, after) = (told.of.before, told.of.after);
    let title = match (before.sha256 == after.sha256, before.title == after.title) {
        (true, _) => format!("{}: twee uitkomsten vergeleken", after.title),
        (false, true) => format!("{}: uitkomsten van twee lichtingen vergeleken", after.title),
        (false, false) => format!("{} vergeleken met {}", after.title, before.title),
    };
    let people = |plan| counted(placed(plan), "kandidaat", "kandidaten");
    whole(told, title, format!("{} geplaatst; eerst {}.", people(told.of.new), people(told.of.old)))
}

fn whole(told: &Told<'_>, title: String, ending: String) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.title(title);
    sheet.parts.extend(told.of.remarks.iter().cloned().map(Part::Remark));
    short(&mut sheet, told);
    section(&mut sheet, told, "Gedwongen: het oude kan niet meer, welk plan er ook komt", Kind::forced);
    section(&mut sheet, told, "Gekozen: het oude kon op zich blijven", |kind| kind == Kind::Chosen);
    section(&mut sheet, told, "Nu wel geplaatst", |kind| kind == Kind::Placed);
    section(&mut sheet, told, "Nieuw in de lichting", |kind| kind == Kind::Arrived);
    left(&mut sheet, told);
    figures(&mut sheet, told);
    if let Some(trade) = &told.of.trade_off {
        trade_off(&mut sheet, trade);
    }
    sheet.closing(ending);
    sheet
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

fn short(sheet: &mut Sheet, told: &Told<'_>) {
    let (counts, same) = (&told.counts, told.of.difference.same);
    let mut line = |amount: usize, what: &str| sheet.parts.push(Part::Count(amount, what.into()));
    if counts.forced + counts.changed == 0 {
        line(same, "merken er niets van; voor niemand die geplaatst was, verandert er iets");
        return;
    }
    line(counts.forced, "gedwongen: de coach, de school of de plek valt weg, of mag niet meer");
    let least = match told.of.outcome.least_changes {
        Some(least) if least as usize == counts.changed => "minder kan niet, dat is bewezen".to_string(),
        Some(least) => format!("het kleinste aantal is {}", number(least.into())),
        None => "het aantal was niet begrensd".into(),
    };
    match told.of.rerun {
        true => line(counts.changed, &format!("gekozen: iets dat kon blijven, verandert toch ({least})")),
        false => line(counts.changed, "gekozen: iets dat kon blijven, is toch anders"),
    }
    if counts.both > 0 {
        line(counts.both, "daarvan ook gedwongen; zij staan hieronder bij gedwongen");
    }
    if counts.dropped > 0 {
        line(counts.dropped, "niet meer geplaatst");
    }
    line(same, "merken er niets van");
}

fn section(sheet: &mut Sheet, told: &Told<'_>, heading: &str, holds: impl Fn(Kind) -> bool) {
    let people: Vec<&Person<'_>> = told.people.iter().filter(|it| holds(it.kind)).collect();
    if people.is_empty() {
        return;
    }
    sheet.heading(format!("{heading} ({})", count(people.len())));
    for person in people {
        sheet.item(person.name.as_str(), person.status.map_or("", Word::code));
        sheet.parts.extend(what(person).into_iter().map(Part::Detail));
        let sentences = person.causes.iter().map(|cause| &cause.text).chain(&person.nowhere);
        sheet.parts.extend(sentences.cloned().map(Part::Point));
    }
}

/// What was and what is.
fn what(person: &Person<'_>) -> Vec<String> {
    match (&person.was, &person.now) {
        (None, None) => vec!["nog geen plek".into()],
        (None, Some(now)) => vec![now.text()],
        (Some(was), None) => vec![format!("was {}", was.text()), "nu geen plaatsing".into()],
        (Some(was), Some(now)) if was.seat_name == now.seat_name => {
            vec![format!("coach {} → {}", was.coach_name, now.coach_name), format!("blijft op {}", now.seat_name)]
        }
        (Some(was), Some(now)) if was.coach_name == now.coach_name => {
            vec![format!("{} → {}", was.seat_name, now.seat_name), format!("houdt coach {}", now.coach_name)]
        }
        (Some(was), Some(now)) => vec![format!("was {}", was.text()), format!("nu {}", now.text())],
    }
}

fn left(sheet: &mut Sheet, told: &Told<'_>) {
    if told.left.is_empty() {
        return;
    }
    sheet.heading(format!("Niet meer in de lichting ({})", count(told.left.len())));
    for it in &told.left {
        sheet.sentence(it.name.as_str());
        sheet.parts.push(Part::Detail(it.was.as_ref().map_or_else(|| "was niet geplaatst".into(), |was| format!("had {}", was.text()))));
    }
}

fn figures(sheet: &mut Sheet, told: &Told<'_>) {
    let figures = told.figures.iter().map(|it| (it.name.clone(), it));
    let goals = told.goals.iter().map(|it| (format!("doel {}", it.name), it));
    let row = |(name, it): (String, &Figure)| {
        Row::new(name, vec![Cell::Figure(it.was, it.unit), Cell::Figure(it.now, it.unit), Cell::Change(it.now - it.was, it.unit)])
    };
    sheet.table(Table {
        key: "cijfers",
        heading: "Cijfers".into(),
        columns: ["was", "nu", "verschil"].map(Column::figures).into(),
        rows: figures.chain(goals).map(row).collect(),
        meaning: "",
    });
}

fn trade_off(sheet: &mut Sheet, trade: &TradeOff) {
    sheet.heading("Wat gekozen wijzigingen opleveren");
    let first = trade.rows.first().map(|row| row.values.clone()).unwrap_or_default();
    let rows = trade.rows.iter().map(|row| {
        let name = if row.budget == 0 { "0 (dit plan)".into() } else { number(row.budget.into()) };
        let values = row.values.iter().zip(&first).map(|(&value, &first)| match row.budget {
            0 => Cell::number(value),
            _ => Cell::Change(value - first, Unit::One),
        });
        Row::new(name, [Cell::count(row.changes)].into_iter().chain(values).collect())
    });
    let goals = trade.goals.iter().map(|goal| Column::figures(goal.name.as_str()));
    sheet.table(Table {
        key: "afruil",
        heading: "extra mag".into(),
        columns: [Column::figures("veranderd")].into_iter().chain(goals).collect(),
        rows: rows.collect(),
        meaning: "",
    });
    sheet.sentence(match (trade.rows.len(), trade.complete) {
        (1, true) => "Meer wijzigingen leveren voor geen enkel doel iets op.",
        (_, true) => "Nog meer wijzigingen leveren niets meer op.",
        (_, false) if trade.stopped => "Afgebroken: verder is niet gekeken. Met meer wijzigingen kan het beter worden.",
        (_, false) => "Met nog meer wijzigingen kan het beter worden; verder is niet gekeken.",
    });
    if trade.rows.len() > 1 {
        sheet.sentence("Zo kiest u: loket rerun … --budget N");
    }
}

fn ending(told: &Told<'_>) -> String {
    let open = told.of.outcome.goals.iter().filter(|goal| !goal.proven()).count();
    let proof = match open {
        0 => "voor elk doel is bewezen dat het niet beter kan".to_string(),
        _ => format!("van {} is niet bewezen dat het niet beter kan", counted(open, "doel", "doelen")),
    };
    format!("{} geplaatst. Klaar in {}; {proof}.", counted(placed(told.of.new), "kandidaat", "kandidaten"), time(told.of.took))
}
