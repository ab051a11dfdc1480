//! Numbers, times and lists as a Dutch reader writes them.

use std::time::Duration;

/// 12345 → "12.345"; with a real minus sign.
pub fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    if value < 0 {
        text.push('−');
    }
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// A count of something, from a `usize`.
pub fn count(value: usize) -> String {
    number(i64::try_from(value).unwrap_or(i64::MAX))
}

/// "1 kandidaat", "2 kandidaten".
pub fn counted(value: usize, one: &str, more: &str) -> String {
    format!("{} {}", count(value), if value == 1 { one } else { more })
}

/// Cents → "€ 1.234,50"; whole euros without decimals.
pub fn euros(cents: i64) -> String {
    let whole = number(cents / 100);
    match cents.unsigned_abs() % 100 {
        0 => format!("€ {whole}"),
        rest => format!("€ {whole},{rest:02}"),
    }
}

/// "0,4 s", "12 s", "3 min 05 s".
pub fn time(time: Duration) -> String {
    let tenths = time.as_millis() / 100;
    let seconds = time.as_secs();
    if tenths < 100 {
        format!("{},{} s", tenths / 10, tenths % 10)
    } else if seconds < 60 {
        format!("{seconds} s")
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// "a", "a en b", "a, b en c".
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} en {last}", first.join(", ")),
    }
}

/// Breaks a text into lines of at most `width` characters, at spaces.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// At most `width` characters, cut off with "…".
pub fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        text.into()
    } else {
        let mut short: String = text.chars().take(width.saturating_sub(1)).collect();
        short.push('…');
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_dots_per_thousand_and_a_real_minus() {
        let written = [0, 7, 999, 1000, -1234567].map(number);
        assert_eq!(written, ["0", "7", "999", "1.000", "−1.234.567"]);
    }

    #[test]
    fn money_shows_cents_only_when_there_are_any() {
        assert_eq!(euros(120_000), "€ 1.200");
        assert_eq!(euros(9_680), "€ 96,80");
    }

    #[test]
    fn times_get_coarser_as_they_get_longer() {
        let written = [40, 9_960, 12_300, 185_000].map(|ms| time(Duration::from_millis(ms)));
        assert_eq!(written, ["0,0 s", "9,9 s", "12 s", "3 min 05 s"]);
    }

    #[test]
    fn a_long_sentence_is_broken_at_spaces() {
        assert_eq!(wrapped("een twee drie vier", 9), ["een twee", "drie vier"]);
        assert_eq!(cut("Margriet", 5), "Marg…");
    }
}
