//! Printed lists: a plan by school, for the intermediary, for one board or for one school; and a coach's own people.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::words::{day, half_days_short, kept, phase, short, weekday};
use super::{Paper, Part};
use crate::present::dutch::{count, counted};
use crate::records::printed::{Line, Said, Stand, Whose};

/// How an answer stands in a column.
fn said(said: Said) -> String {
    let on = |word: &str, day: Option<Date>| day.map_or_else(|| word.to_owned(), |it| format!("{word}, {}", short(it)));
    match said {
        Said::NotAsked => "niet gevraagd".into(),
        Said::Asked(by) => format!("tot en met {}", short(by)),
        Said::Late => "te laat".into(),
        Said::Yes(day) => on("ja", day),
        Said::No(day) => on("nee", day),
    }
}

const NO_NAME: &str = "naam na uw ja";

/// The list on paper. `left` are those without a place, with the reason; only for the intermediary.
pub fn paper(lines: &[Line], left: &[(String, String)], whose: &Whose, stand: &Stand) -> Paper {
    let title = match whose {
        Whose::Everybody => format!("{}: plan per school", stand.wave),
        Whose::Board(name) => format!("{name}: lijst per school"),
        Whose::School(name) => format!("{name}: lijst"),
        Whose::Coach(name) => format!("{name}: kandidaten"),
    };
    let mut paper =
        Paper { name: "lijst".into(), title, top: ["Loket".into(), printed(&stand.on)], bottom: bottom(stand), parts: Vec::new() };
    paper.says(lead(lines, whose, stand));
    if lines.is_empty() {
        paper.says("Er staat niemand op deze lijst.");
    }
    match whose {
        Whose::Coach(_) => of_coach(&mut paper, lines),
        Whose::Everybody | Whose::Board(_) | Whose::School(_) => by_school(&mut paper, lines, whose),
    }
    if !left.is_empty() {
        paper.heading(format!("Niet geplaatst: {}", counted(left.len(), "kandidaat", "kandidaten")));
        let rows = left.iter().map(|(who, why)| vec![who.clone(), why.clone()]).collect();
        paper.parts.push(Part::Table { headings: vec!["Kandidaat".into(), "Reden".into()], rows });
    }
    paper.parts.push(Part::Blank(vec!["Gezien door".into(), "Datum".into()]));
    if let Some(head) = &stand.head {
        paper.parts.push(Part::Aside(format!("Hoofd van het logboek bij het afdrukken: {head}")));
    }
    paper
}

fn lead(lines: &[Line], whose: &Whose, stand: &Stand) -> String {
    let mut schools: Vec<&str> = lines.iter().map(|it| it.school_id.as_str()).collect();
    schools.sort_unstable();
    schools.dedup();
    let mut about = vec![if matches!(whose, Whose::Everybody) { String::new() } else { stand.wave.clone() }];
    about.extend(stand.phase.as_deref().map(phase));
    about.extend(stand.from.map(|it| format!("van {}", day(it))));
    about.retain(|it| !it.is_empty());
    let mut text = about.join(", ");
    if let Some(first) = text.chars().next() {
        text = format!("{}{}. ", first.to_uppercase(), text.get(first.len_utf8()..).unwrap_or_default());
    }
    text.push_str(&format!("{} op {}.", counted(lines.len(), "kandidaat", "kandidaten"), counted(schools.len(), "school", "scholen")));
    match stand.published {
        Some(true) => text.push_str(" Dit plan is vastgesteld."),
        Some(false) => text.push_str(" Dit plan is nog niet vastgesteld."),
        None => {}
    }
    text
}

/// "woensdag 25 november 2026, 09.20" of what people read ("2026-11-25 09:20").
fn printed(on: &str) -> String {
    match on.split_once(' ') {
        Some((date, time)) => format!("{}, {}", kept(date, weekday), time.replace(':', ".")),
        None => on.to_owned(),
    }
}

fn bottom(stand: &Stand) -> String {
    let mut parts = vec![stand.wave.clone()];
    parts.extend(stand.version.map(|it| format!("versie {it}")));
    parts.extend(stand.run.map(|it| format!("berekening {it}")));
    parts.extend(stand.policy.as_ref().map(|it| format!("beleid {it}")));
    parts.extend(stand.head.as_ref().map(|it| format!("logboek {}", it.get(..12).unwrap_or(it))));
    parts.join(", ")
}

fn by_school(paper: &mut Paper, lines: &[Line], whose: &Whose) {
    let mut schools: BTreeMap<(&str, &str), Vec<&Line>> = BTreeMap::new();
    for line in lines {
        schools.entry((&line.school, &line.school_id)).or_default().push(line);
    }
    let alike = |name: &str| schools.keys().filter(|it| it.0 == name).count() > 1;
    let titles: Vec<String> =
        schools.keys().map(|(name, id)| if alike(name) { format!("{name} ({id})") } else { (*name).into() }).collect();
    for (title, mut lines) in titles.into_iter().zip(schools.into_values()) {
        lines.sort_by_key(|it| (&it.bouw, &it.seat, it.candidate.is_none(), &it.candidate));
        paper.heading(title);
        let seats = room(&lines);
        let board = lines.first().map(|it| it.board.as_str()).filter(|it| !it.is_empty() && *whose == Whose::Everybody);
        paper.parts.push(Part::Aside(board.map_or_else(|| seats.clone(), |it| format!("{it}: {seats}"))));
        let headings = ["Kandidaat", "Coach", "Bouw", "Dagen op school"].into_iter().chain(answers(&lines)).map(str::to_owned).collect();
        let row = |line: &&Line| {
            let name = |name: &Option<String>| name.clone().unwrap_or_else(|| NO_NAME.into());
            let mut cells = vec![name(&line.candidate), name(&line.coach), line.bouw.clone(), half_days_short(&line.half_days)];
            cells.extend(line.answers.iter().map(|it| said(it.1)));
            cells
        };
        paper.parts.push(Part::Table { headings, rows: lines.iter().map(row).collect() });
    }
}

/// The headings of the answers.
fn answers<'a>(lines: &[&'a Line]) -> Vec<&'a str> {
    lines.first().map(|it| it.answers.iter().map(|(heading, _)| *heading).collect()).unwrap_or_default()
}

/// "onderbouw, 2 van 3 plekken en bovenbouw, 1 van 1 plek".
fn room(lines: &[&Line]) -> String {
    let mut groups: BTreeMap<(&str, &str), (usize, Option<i64>)> = BTreeMap::new();
    for line in lines {
        let group = groups.entry((&line.bouw, &line.seat)).or_insert((0, line.seats));
        group.0 += 1;
    }
    let told: Vec<String> = groups
        .into_iter()
        .map(|((bouw, seat), (used, seats))| {
            let name = if bouw == seat { bouw.to_owned() } else { format!("{bouw} ({seat})") };
            match seats.and_then(|it| usize::try_from(it).ok()).filter(|it| *it > 0) {
                Some(seats) => format!("{name}, {} van {}", count(used), counted(seats, "plek", "plekken")),
                None => format!("{name}, {}", counted(used, "plek", "plekken")),
            }
        })
        .collect();
    told.join("; ")
}

fn of_coach(paper: &mut Paper, lines: &[Line]) {
    if lines.is_empty() {
        return;
    }
    let mut lines: Vec<&Line> = lines.iter().collect();
    lines.sort_by_key(|it| (it.period, it.candidate.is_none(), &it.candidate));
    let fixed = ["Kandidaat", "School", "Bouw", "Dagen op school", "Van", "Tot en met"];
    let headings = fixed.into_iter().chain(answers(&lines)).map(str::to_owned).collect();
    let row = |line: &&Line| {
        let mut cells = vec![
            line.candidate.clone().unwrap_or_else(|| NO_NAME.into()),
            line.school.clone(),
            line.bouw.clone(),
            half_days_short(&line.half_days),
            day(line.period.0),
            day(line.period.1),
        ];
        cells.extend(line.answers.iter().map(|it| said(it.1)));
        cells
    };
    paper.parts.push(Part::Table { headings, rows: lines.iter().map(row).collect() });
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use loket_solver::matching::facts::words::{HalfDay, Word};

    use super::*;

    fn line(candidate: Option<&str>, school: &str, bouw: &str) -> Line {
        Line {
            candidate: candidate.map(str::to_owned),
            school_id: school.into(),
            school: school.into(),
            board: "De Werf".into(),
            seat: bouw.into(),
            bouw: bouw.into(),
            seats: Some(2),
            coach: candidate.map(|_| "Umut Friezema".to_owned()),
            half_days: HalfDay::ALL.to_vec(),
            period: (date(2027, 2, 1), date(2027, 7, 31)),
            answers: vec![("Antwoord bestuur", Said::Asked(date(2026, 12, 9)))],
        }
    }

    #[test]
    fn two_schools_of_one_name_are_two_schools() {
        let other = Line { school_id: "S2".into(), ..line(Some("Daan"), "De Klaver", "onderbouw") };
        let lines = [line(Some("Lars"), "De Klaver", "onderbouw"), other];
        let text = paper(&lines, &[], &Whose::Everybody, &Stand::default()).text();
        assert!(
            text.contains("De Klaver (S2)") && text.contains("De Klaver (De Klaver)") && text.contains("2 kandidaten op 2 scholen"),
            "{text}"
        );
        assert_eq!(text.matches("De Werf: onderbouw, 1 van 2 plekken").count(), 2, "{text}");
    }

    #[test]
    fn a_list_says_what_it_is_of_and_names_nobody_before_the_yes() {
        let lines = [line(Some("Lars"), "De Klaver", "onderbouw"), line(None, "De Klaver", "onderbouw"), line(None, "Aap", "bovenbouw")];
        let stand = Stand {
            wave: "Voorjaar 2027".into(),
            phase: Some("opleiding".into()),
            from: Some(date(2027, 2, 1)),
            published: Some(false),
            on: "2026-11-25 09:20".into(),
            version: Some(7),
            run: Some(3),
            policy: Some("Standaard 1".into()),
            head: Some("0123456789abcdef".into()),
        };
        let paper = paper(&lines, &[], &Whose::Board("De Werf".into()), &stand);
        let text = paper.text();
        for part in [
            "De Werf: lijst per school",
            "Voorjaar 2027, opleiding, van 1 februari 2027. 3 kandidaten op 2 scholen. Dit plan is nog niet vastgesteld.",
            "onderbouw, 2 van 2 plekken",
            "Kandidaat | Coach | Bouw | Dagen op school | Antwoord bestuur",
            "Lars | Umut Friezema | onderbouw | ma t/m vr | tot en met 9 dec",
            "naam na uw ja | naam na uw ja | bovenbouw",
            "0123456789abcdef",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert!(text.find("Aap") < text.find("De Klaver\n"), "by name: {text}");
        assert_eq!(paper.top[1], "woensdag 25 november 2026, 09.20");
        assert_eq!(paper.bottom, "Voorjaar 2027, versie 7, berekening 3, beleid Standaard 1, logboek 0123456789ab");
    }
}
