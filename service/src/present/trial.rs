//! A policy on trial, as somebody reads it who has to decide: what changes in each wave, what the thresholds say, and nobody by name.

use loket_instances::matching::trial::lines::{BoardLine, FiguresLine, Line, OtherwiseLine, SideLine};
use loket_instances::matching::trial::{Judgement, Measure, Threshold, judged};

use loket_solver::matching::facts::outcome::Verdict;

use super::dutch::{counted, euros, list, number};
use super::sheet::{Cell, Column, Row, Sheet, Table, Unit};

/// The whole page.
pub fn sheet(all: &[Line], thresholds: &[Threshold]) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.title(format!("Proef met een beleid op {}", counted(all.len(), "lichting", "lichtingen")));
    let (found, judgement) = judged(all, thresholds);
    sheet.lead(lead(judgement));
    if !found.is_empty() {
        sheet.heading("Drempels");
        for (threshold, value) in &found {
            let met = value.is_some_and(|it| threshold.met(it));
            let measured = value.map_or_else(|| "niet te meten".to_owned(), |it| amount(threshold.measure, it));
            sheet.point(format!(
                "{}: {measured} ({}) – {}",
                says(threshold.measure),
                bounds(threshold),
                if met { "gehaald" } else { "niet gehaald" }
            ));
        }
    }
    for line in all {
        wave(&mut sheet, line);
    }
    sheet.closing(
        "Oud en nieuw zijn met dezelfde maat gemeten: die van het oude beleid. Alleen uren en kosten volgen elk hun eigen beleid. \
         Wat alleen bij gelijke stand anders uitvalt, telt niet als verschil.",
    );
    sheet
}

/// What the thresholds come to, in a sentence.
pub fn lead(judgement: Option<Judgement>) -> &'static str {
    match judgement {
        Some(Judgement::Go) => "Doen: alle drempels zijn gehaald, en alles is bewezen.",
        Some(Judgement::NoGo) => "Niet doen: niet elke drempel is gehaald, of een lichting heeft met dit beleid geen plan meer.",
        Some(Judgement::Open) => "Onbeslist: niet alles is bewezen. Geef de proef meer tijd.",
        None => "Er zijn geen drempels opgegeven, dus er is geen oordeel.",
    }
}

/// What a measure is about, as in a sentence.
pub fn says(measure: Measure) -> &'static str {
    match measure {
        Measure::Placed => "mensen met een plaats",
        Measure::FirstChoice => "mensen op hun eerste keus van bouw",
        Measure::Points => "gemiddelde punten voor passing",
        Measure::Minutes => "gemiddelde reistijd",
        Measure::Envious => "mensen die terecht liever de plaats van een ander hadden",
        Measure::Hard => "plaatsingen op scholen met veel doelgroepleerlingen",
        Measure::Starters => "starters op scholen met veel doelgroepleerlingen",
        Measure::Cost => "kosten van begeleiding",
        Measure::Worst => "punten van wie het slechtst af is, in de lichting waar dat het meest daalt",
        Measure::Worse => "mensen met een minder passende plaats",
        Measure::Lost => "mensen die hun plaats kwijt zijn",
    }
}

/// A value of a measure with its unit: differences with a sign.
pub fn amount(measure: Measure, value: i64) -> String {
    let size = i64::try_from(value.unsigned_abs()).unwrap_or(i64::MAX);
    let tenths = format!("{},{}", number(size / 10), size % 10);
    let (text, signed) = match measure {
        Measure::Points => (tenths, true),
        Measure::Minutes => (format!("{tenths} min"), true),
        Measure::Cost => (euros(size), true),
        Measure::Worse => (Unit::Tenths.of(size), false),
        Measure::Lost => (number(size), false),
        _ => (number(size), true),
    };
    match value.signum() {
        1 if signed => format!("+{text}"),
        -1 => format!("−{text}"),
        _ => text,
    }
}

/// What a person set.
pub fn bounds(threshold: &Threshold) -> String {
    let of = |bound: i64| amount(threshold.measure, bound);
    let least = threshold.least.map(|it| format!("minstens {}", of(it)));
    let most = threshold.most.map(|it| format!("hoogstens {}", of(it)));
    least.into_iter().chain(most).collect::<Vec<_>>().join(" en ")
}

fn wave(sheet: &mut Sheet, line: &Line) {
    sheet.heading(format!("Lichting {}", line.title));
    unproven(line).into_iter().for_each(|it| sheet.sentence(it));
    let Some((was, now)) = line.before.figures.as_ref().zip(line.after.figures.as_ref()) else { return };
    sheet.table(figures(was, now));
    sheet.table(boards(&line.boards));
    if let Some(it) = line.otherwise {
        sheet.point(otherwise(it));
        if !it.least {
            sheet.deeper("er kan een even goed plan zijn waarin minder mensen anders geplaatst zijn");
        }
    }
}

/// What must be said of a wave before its figures: which plan is not proven, or is not there.
pub fn unproven(line: &Line) -> Vec<String> {
    let sides = [("oude", &line.before), ("nieuwe", &line.after)];
    let proof = sides
        .iter()
        .filter(|(_, it)| it.status == Verdict::Feasible)
        .map(|(name, _)| format!("Het plan van het {name} beleid is niet bewezen het beste."));
    let plan = |(name, it): &(&str, &SideLine)| match it.status {
        Verdict::Impossible => Some(format!("Met het {name} beleid is er geen plan: wat vastligt, kan dan niet samen.")),
        Verdict::Stopped => Some(format!("Binnen de tijd is met het {name} beleid geen plan gevonden.")),
        Verdict::Optimal | Verdict::Feasible => None,
    };
    proof.chain(sides.iter().filter_map(plan)).collect()
}

/// Old and new side by side.
pub fn figures(was: &FiguresLine, now: &FiguresLine) -> Table {
    let row = |name: &str, of: &dyn Fn(&FiguresLine) -> i64, unit: Unit| {
        let (old, new) = (of(was), of(now));
        Row::new(name, vec![Cell::Figure(old, unit), Cell::Figure(new, unit), Cell::Change(new - old, unit)])
    };
    let mean = |it: &FiguresLine, sum: i64| (2 * sum + it.placed).checked_div(2 * it.placed).unwrap_or(0);
    let mut rows = vec![
        row("Geplaatst", &|it| it.placed, Unit::One),
        row("Eerste keus van bouw", &|it| it.choices[0], Unit::One),
        row("Tweede keus", &|it| it.choices[1], Unit::One),
        row("Latere keus", &|it| it.choices[2], Unit::One),
        row("Zonder plaats", &|it| it.unplaced, Unit::One),
        row("Punten gemiddeld", &|it| mean(it, it.points), Unit::One),
        row("Reistijd gemiddeld", &|it| mean(it, it.minutes), Unit::Minutes),
    ];
    if was.worst.is_some() && now.worst.is_some() {
        rows.push(row("Punten van wie het slechtst af is", &|it| it.worst.map_or(0, |it| it.points), Unit::One));
    }
    rows.extend([
        row("Terecht liever de plaats van een ander", &|it| it.envious, Unit::One),
        row("Doelgroep, gemiddeld over plaatsingen", &|it| it.target_placed, Unit::Tenths),
        row("Op scholen met veel doelgroepleerlingen", &|it| it.hard, Unit::One),
        row("Starters daar", &|it| it.starters, Unit::One),
        row("Uren begeleiding", &|it| it.hours, Unit::Hours),
        row("Kosten", &|it| it.cents, Unit::Cents),
    ]);
    Table {
        key: "cijfers",
        heading: "Oud en nieuw".into(),
        columns: ["oud", "nieuw", "verschil"].map(Column::figures).into(),
        rows,
        meaning: "",
    }
}

/// The boards that get more or fewer.
fn boards(all: &[BoardLine]) -> Table {
    let rows = all.iter().filter(|it| it.before != it.after).map(|it| {
        let figures = [it.seats, it.before, it.after].map(Cell::number);
        Row::new(&it.name, figures.into_iter().chain([Cell::Change(it.after - it.before, Unit::One)]).collect())
    });
    let rows: Vec<Row> = rows.collect();
    Table {
        key: "besturen",
        heading: if rows.is_empty() { "Elk bestuur krijgt er evenveel".into() } else { "Besturen die er meer of minder krijgen".into() },
        columns: ["plekken", "oud", "nieuw", "verschil"].map(Column::figures).into(),
        rows,
        meaning: "",
    }
}

/// Whom the new policy would have placed otherwise, in a sentence without its point.
pub fn otherwise(it: OtherwiseLine) -> String {
    if it.people() == 0 {
        return "niemand zou anders geplaatst zijn".into();
    }
    let part = |count: i64, what: &str| (count > 0).then(|| format!("{} {what}", number(count)));
    let parts = [
        part(it.elsewhere, "op een andere plek"),
        part(it.other_coach, "met een andere coach op dezelfde plek"),
        part(it.gained, "met een plaats die er eerst niet was"),
        part(it.lost, "zonder de plaats die er eerst was"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!(
        "{} zouden anders geplaatst zijn: {}. Van wie er in beide een plaats heeft, past die voor {} beter en voor {} minder",
        counted(usize::try_from(it.people()).unwrap_or(0), "kandidaat", "kandidaten"),
        list(&parts),
        it.better,
        it.worse
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_found_in_time_is_not_said_to_be_impossible() {
        let side = |status: Verdict| SideLine { status, proven: status == Verdict::Impossible, goals: Vec::new(), figures: None };
        let line = |after| Line {
            wave: "w".into(),
            title: "W".into(),
            sha256: String::new(),
            candidates: 1,
            before: side(Verdict::Stopped),
            after: side(after),
            otherwise: None,
            boards: Vec::new(),
        };
        let (stopped, impossible) = (unproven(&line(Verdict::Stopped)), unproven(&line(Verdict::Impossible)));
        assert!(stopped.iter().all(|it| it.starts_with("Binnen de tijd")), "{stopped:?}");
        assert_eq!(impossible[1], "Met het nieuwe beleid is er geen plan: wat vastligt, kan dan niet samen.");
        assert_eq!(
            judged(&[line(Verdict::Stopped)], &[Threshold { measure: Measure::Placed, least: Some(0), most: None }]).1,
            Some(Judgement::Open)
        );
    }
}
