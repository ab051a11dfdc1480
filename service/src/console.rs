//! What people read: messages on standard error and pages on standard output. Text of others shows there and never steers a terminal, and
//! nobody who reads is no reason to stop.

use std::fmt::Display;
use std::io::{self, Write};

use loket_instances::strict::spot::{steers, visible};

/// One line on standard error.
pub fn line(text: impl Display) {
    put(&mut io::stderr().lock(), &format!("{}\n", visible(&text.to_string())));
}

/// Lines on standard error, as they are.
pub fn page(text: impl Display) {
    put(&mut io::stderr().lock(), &lines(&text.to_string()));
}

/// Draws the line at work on standard error again.
pub fn redraw(text: impl Display) {
    put(&mut io::stderr().lock(), &format!("\r{}", visible(&text.to_string())));
}

/// Lines on standard output that nobody has to read.
pub fn announce(text: impl Display) {
    put(&mut io::stdout().lock(), &lines(&text.to_string()));
}

/// Nobody may be reading any more, and then there is nobody to tell so.
fn put(out: &mut impl Write, text: &str) {
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// A text of several lines in which nothing but their ends steers a terminal.
pub fn lines(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for part in text.split_inclusive('\n') {
        let (line, end) = part.strip_suffix('\n').map_or((part, ""), |line| (line, "\n"));
        shown.push_str(&visible(line));
        shown.push_str(end);
    }
    shown
}

/// JSON with every character that steers a terminal written as an escape: the same values, safe to show.
pub fn escaped(json: &str) -> String {
    use std::fmt::Write;
    let mut shown = String::with_capacity(json.len());
    for character in json.chars() {
        if character == '\n' || !steers(character) {
            shown.push(character);
        } else {
            // All of them are in the first plane, so four digits are enough.
            let _ = write!(shown, "\\u{:04x}", u32::from(character));
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_ends_and_lose_what_steers() {
        assert_eq!(lines("a\u{1b}[2J\nb\r\n\u{202e}c"), "a\u{fffd}[2J\nb\u{fffd}\n\u{fffd}c");
        assert_eq!(lines("\n\n"), "\n\n");
    }

    #[test]
    fn escaped_json_has_the_same_values() {
        let value = serde_json::json!({ "naam": "A\u{202e}\u{7f}\u{9b}\u{2028}\n\u{1b}é" });
        let text = escaped(&format!("{value:#}"));
        assert!(text.chars().all(|it| it == '\n' || !steers(it)), "{text}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).expect("JSON"), value);
    }
}
