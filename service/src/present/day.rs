//! Days as people write them: 1 dec 2026, and a month by its name.

const MONTHS: [&str; 12] =
    ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];
const SHORT: [&str; 12] = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

/// Year, month and day of yyyy-mm-dd; the day may be left out.
fn parts(text: &str) -> Option<(&str, usize, Option<u32>)> {
    let mut parts = text.split('-');
    let (year, month) = (parts.next()?, parts.next()?.parse::<usize>().ok()?);
    let day = parts.next().map(|it| it.parse().ok());
    match day {
        Some(None) => None,
        _ => Some((year, month.checked_sub(1).filter(|it| *it < 12)?, day.flatten())),
    }
}

/// "1 dec 2026" of a day; what is no day stays as it is.
pub fn short(text: &str) -> String {
    match parts(text) {
        Some((year, month, Some(day))) => format!("{day} {} {year}", SHORT.get(month).copied().unwrap_or_default()),
        _ => text.to_owned(),
    }
}

/// "december" of a month; what is none stays as it is.
pub fn month(text: &str) -> String {
    parts(text).and_then(|it| MONTHS.get(it.1)).map_or_else(|| text.to_owned(), |it| (*it).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_short_and_what_is_none_stays() {
        assert_eq!((short("2026-12-01"), short("ooit"), short("2026-13-01")), ("1 dec 2026".into(), "ooit".into(), "2026-13-01".into()));
        assert_eq!((month("2026-09"), month("2026-00")), ("september".into(), "2026-00".into()));
    }
}
