//! Days, half-days and phases as letters write them.

use jiff::civil::{Date, Weekday};
use loket_solver::matching::facts::words::{HalfDay, Phase, Word};

use crate::present::dutch::list;

const MONTHS: [&str; 12] =
    ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];
const WEEK: [(&str, &str); 5] = [("maandag", "ma"), ("dinsdag", "di"), ("woensdag", "wo"), ("donderdag", "do"), ("vrijdag", "vr")];

/// "1 februari 2027".
pub fn day(date: Date) -> String {
    let month = usize::try_from(date.month() - 1).ok().and_then(|it| MONTHS.get(it)).copied().unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}

/// "maandag 1 februari 2027".
pub fn weekday(date: Date) -> String {
    let name = match date.weekday() {
        Weekday::Monday => "maandag",
        Weekday::Tuesday => "dinsdag",
        Weekday::Wednesday => "woensdag",
        Weekday::Thursday => "donderdag",
        Weekday::Friday => "vrijdag",
        Weekday::Saturday => "zaterdag",
        Weekday::Sunday => "zondag",
    };
    format!("{name} {}", day(date))
}

/// "24 nov", in a column.
pub fn short(date: Date) -> String {
    let month = usize::try_from(date.month() - 1).ok().and_then(|it| MONTHS.get(it)).copied().unwrap_or_default();
    let cut = if month == "maart" { "mrt" } else { month.get(..3).unwrap_or_default() };
    format!("{} {cut}", date.day())
}

/// A kept day (yyyy-mm-dd) by one of the functions above; as it stands when it is none.
pub fn kept(text: &str, told: fn(Date) -> String) -> String {
    text.parse().map_or_else(|_| text.to_owned(), told)
}

/// Whether somebody is there in the morning and in the afternoon, by day of the week.
fn week(days: &[HalfDay]) -> [(bool, bool); 5] {
    let mut week = [(false, false); 5];
    for (slot, halves) in week.iter_mut().zip(HalfDay::ALL.chunks(2)) {
        *slot = (halves.first().is_some_and(|it| days.contains(it)), halves.last().is_some_and(|it| days.contains(it)));
    }
    week
}

/// "maandag, dinsdag en woensdagochtend"; "alle werkdagen".
pub fn half_days(days: &[HalfDay]) -> String {
    if days.len() == HalfDay::ALL.len() {
        return "alle werkdagen".into();
    }
    let all: Vec<String> = (WEEK.iter().zip(week(days)))
        .filter_map(|((name, _), there)| match there {
            (true, true) => Some((*name).to_owned()),
            (true, false) => Some(format!("{name}ochtend")),
            (false, true) => Some(format!("{name}middag")),
            (false, false) => None,
        })
        .collect();
    if all.is_empty() { "nog niet bekend".into() } else { list(&all) }
}

/// "ma t/m do", "ma, wo ochtend, vr": for a column.
pub fn half_days_short(days: &[HalfDay]) -> String {
    let week = week(days);
    let mut parts: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some((there, (_, name))) = week.get(at).zip(WEEK.get(at)) {
        let whole = week.iter().skip(at).take_while(|it| **it == (true, true)).count();
        if whole >= 3 {
            parts.push(format!("{name} t/m {}", WEEK.get(at + whole - 1).map_or("vr", |it| it.1)));
            at += whole;
            continue;
        }
        match there {
            (true, true) => parts.push((*name).to_owned()),
            (true, false) => parts.push(format!("{name} ochtend")),
            (false, true) => parts.push(format!("{name} middag")),
            (false, false) => {}
        }
        at += 1;
    }
    if parts.is_empty() { "nog niet bekend".into() } else { parts.join(", ") }
}

/// A phase as people call it.
pub fn phase(code: &str) -> String {
    match Phase::parse(code) {
        Some(Phase::Werkervaring) => "werkervaring".into(),
        Some(Phase::Opleiding) => "opleiding".into(),
        Some(Phase::OpleidingJaar2) => "opleiding, jaar 2".into(),
        Some(Phase::Inductie) => "inductie".into(),
        None => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_written_as_people_say_them() {
        assert_eq!(weekday(date(2027, 2, 1)), "maandag 1 februari 2027");
        assert_eq!([date(2026, 11, 24), date(2027, 3, 9), date(2027, 5, 1)].map(short), ["24 nov", "9 mrt", "1 mei"]);
        assert_eq!((kept("2027-08-31", day), kept("ooit", day)), ("31 augustus 2027".into(), "ooit".into()));
    }

    #[test]
    fn half_days_are_days_where_both_halves_are_there() {
        let of = |text: &str| text.split(',').filter_map(HalfDay::parse).collect::<Vec<_>>();
        assert_eq!(half_days(HalfDay::ALL), "alle werkdagen");
        assert_eq!(half_days(&of("ma-o,ma-m,wo-o,vr-m")), "maandag, woensdagochtend en vrijdagmiddag");
        assert_eq!(half_days(&[]), "nog niet bekend");
        assert_eq!(half_days_short(HalfDay::ALL), "ma t/m vr");
        assert_eq!(half_days_short(&of("ma-o,ma-m,di-o,di-m,wo-o,wo-m,do-o")), "ma t/m wo, do ochtend");
        assert_eq!(half_days_short(&of("di-o,di-m,do-o,do-m,vr-m")), "di, do, vr middag");
        let names: Vec<String> = (HalfDay::ALL.iter()).map(|it| half_days(&[*it])).collect();
        assert_eq!(names.first().map(String::as_str), Some("maandagochtend"), "in the order of the week");
        assert_eq!(names.last().map(String::as_str), Some("vrijdagmiddag"));
    }
}
