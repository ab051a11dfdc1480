//! One cell to one value of a wave file and back, by what its column holds.

use std::borrow::Cow;

use serde_json::Value;

use super::super::book::{Cell, plain};
use super::columns::{Kind, NONE};
use crate::strict::json::{self, Node};
use crate::strict::near::nearest;
use crate::strict::spot::show_id;

/// Why a cell is no value of its column: code, what, remedy.
pub type Wrong = (&'static str, String, String);

/// The value of a cell; nothing for an empty one.
///
/// # Errors
/// What does not fit the column.
pub fn value(cell: &Cell, kind: Kind) -> Result<Option<Node>, Wrong> {
    if let Cell::Wrong(shown) = cell {
        return Err(("type", format!("er staat {shown}: een formule ging mis"), "zet er de waarde zelf neer".into()));
    }
    if cell.is_empty() {
        return Ok(None);
    }
    match kind {
        Kind::Text | Kind::Postcode => Ok(Some(Node::Text(cell.text().into_owned()))),
        // A spreadsheet takes 2026-09 for the first day of it.
        Kind::Month => Ok(Some(Node::Text(cell.text().chars().take(if matches!(cell, Cell::Day(_)) { 7 } else { usize::MAX }).collect()))),
        Kind::Any => Ok(Some(any(cell))),
        Kind::Whole => whole(cell).map(Some),
        Kind::Decimal => decimal(cell).map(Some),
        Kind::Flag => flag(cell).map(Some),
        Kind::Word(words) => word(&cell.text(), &words()).map(|it| Some(Node::Text(it))),
        Kind::Words(words) => {
            let text = cell.text();
            if plain(&text) == plain(NONE) {
                return Ok(Some(Node::List(Vec::new())));
            }
            let known = words();
            let parts = text.split([',', ';', '/', '\n', '+']).map(str::trim).filter(|it| !it.is_empty());
            parts.map(|it| word(it, &known).map(Node::Text)).collect::<Result<_, _>>().map(|it| Some(Node::List(it)))
        }
        Kind::Texts => {
            let text = cell.text();
            if text == NONE {
                return Ok(Some(Node::List(Vec::new())));
            }
            Ok(Some(Node::List(parts(&text).into_iter().map(Node::Text).collect())))
        }
    }
}

/// A number that a cell or a text is: with a comma or a point for its decimals, as both are typed.
pub fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(number) => Some(*number),
        Cell::Text(text) => {
            let short: String = text.chars().filter(|it| !matches!(it, ' ' | '\u{a0}' | '\u{202f}')).collect();
            let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
            let unsigned = short.strip_prefix(['-', '+']).unwrap_or(&short);
            let plain = match unsigned.split_once([',', '.']) {
                Some((before, after)) => digits(before) && digits(after),
                None => digits(unsigned),
            };
            if plain { short.replace(',', ".").parse().ok() } else { None }
        }
        _ => None,
    }
}

fn shown(cell: &Cell) -> String {
    format!("\"{}\"", show_id(&cell.text()))
}

/// A thousand as people write it, "1.200": a whole number to some and one and a fifth to others.
fn grouped(cell: &Cell) -> bool {
    let Cell::Text(text) = cell else { return false };
    text.split_once(['.', ',']).is_some_and(|(before, after)| (1..=3).contains(&before.len()) && after.len() == 3 && before != "0")
}

#[expect(clippy::cast_possible_truncation, reason = "the number is whole and within bounds")]
fn whole(cell: &Cell) -> Result<Node, Wrong> {
    match number(cell) {
        Some(_) if grouped(cell) => {
            Err(("type", format!("{} kan een duizendtal of een breuk zijn", shown(cell)), "schrijf het getal zonder punt of komma".into()))
        }
        Some(number) if number.fract() == 0.0 && number.abs() < 9e15 => Ok(Node::Integer(number as i64)),
        _ => Err(("type", format!("{} is geen geheel getal", shown(cell)), "vul een geheel getal in, zoals 12".into())),
    }
}

fn decimal(cell: &Cell) -> Result<Node, Wrong> {
    match number(cell) {
        Some(number) if number.is_finite() => Ok(Node::Decimal(number)),
        _ => Err(("type", format!("{} is geen getal", shown(cell)), "vul een getal in, zoals 52,37".into())),
    }
}

fn flag(cell: &Cell) -> Result<Node, Wrong> {
    let yes = match cell {
        Cell::Flag(flag) => Some(*flag),
        other => match plain(&other.text()).as_str() {
            "ja" | "j" | "waar" | "true" | "yes" | "x" | "1" => Some(true),
            "nee" | "n" | "onwaar" | "false" | "no" | "0" => Some(false),
            _ => None,
        },
    };
    yes.map(Node::Flag).ok_or_else(|| ("type", format!("{} is geen ja of nee", shown(cell)), "vul ja of nee in".into()))
}

/// A number, or what is written as JSON, else a text.
fn any(cell: &Cell) -> Node {
    match (whole(cell), cell) {
        (Ok(number), Cell::Number(_)) => number,
        (_, Cell::Flag(flag)) => Node::Flag(*flag),
        _ => json::parse(cell.text().as_bytes()).unwrap_or_else(|_| Node::Text(cell.text().into_owned())),
    }
}

/// One of the words, however its capitals, spaces and signs are typed.
fn word(text: &str, words: &[&'static str]) -> Result<String, Wrong> {
    let typed = plain(text);
    if let Some(found) = words.iter().find(|it| plain(it) == typed) {
        return Ok((*found).to_owned());
    }
    let remedy = match nearest(text, words.iter().copied()) {
        Some(near) => format!("bedoelde u {near}?"),
        None => format!("kies uit {}", words.join(", ")),
    };
    Err(("woord", format!("\"{}\" is hier niet bekend", show_id(text)), remedy))
}

/// Texts with semicolons between them; one that holds a semicolon, a quote or spaces at its ends stands in quotes.
fn parts(text: &str) -> Vec<String> {
    let (mut parts, mut part, mut quoted, mut was_quoted) = (Vec::new(), String::new(), false, false);
    let mut letters = text.chars().peekable();
    let mut close = |part: &mut String, was_quoted: &mut bool| {
        let whole = if *was_quoted { part.clone() } else { part.trim().to_owned() };
        if !whole.is_empty() || *was_quoted {
            parts.push(whole);
        }
        part.clear();
        *was_quoted = false;
    };
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                part.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if part.trim().is_empty() && !was_quoted => {
                part.clear();
                (quoted, was_quoted) = (true, true);
            }
            ';' | '\n' if !quoted => close(&mut part, &mut was_quoted),
            // Behind the quote nothing counts but the next separator.
            ' ' if was_quoted && !quoted => {}
            other => part.push(other),
        }
    }
    close(&mut part, &mut was_quoted);
    parts
}

fn whole_part(text: &str) -> Cow<'_, str> {
    let quotes = text.is_empty() || text.contains([';', '"', '\n']) || text.trim() != text || text == NONE;
    if quotes { Cow::Owned(format!("\"{}\"", text.replace('"', "\"\""))) } else { Cow::Borrowed(text) }
}

/// The cell of a value of a wave file.
pub fn cell(value: &Value, kind: Kind) -> Cell {
    match value {
        Value::String(text)
            if matches!(kind, Kind::Any) && !text.is_empty() && text.trim() == text && json::parse(text.as_bytes()).is_err() =>
        {
            Cell::Text(text.clone())
        }
        Value::Number(number) if matches!(kind, Kind::Any) => number.as_f64().map_or(Cell::Empty, Cell::Number),
        other if matches!(kind, Kind::Any) => Cell::Text(other.to_string()),
        Value::Null | Value::Object(_) => Cell::Empty,
        Value::Bool(flag) => Cell::Text(if *flag { "ja" } else { "nee" }.into()),
        Value::Number(number) => number.as_f64().map_or(Cell::Empty, Cell::Number),
        Value::String(text) => Cell::Text(text.clone()),
        Value::Array(items) if items.is_empty() => Cell::Text(NONE.into()),
        Value::Array(items) => {
            let texts = items.iter().filter_map(Value::as_str);
            match kind {
                Kind::Texts => Cell::Text(texts.map(whole_part).collect::<Vec<_>>().join("; ")),
                _ => Cell::Text(texts.collect::<Vec<_>>().join(", ")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (typed, number) in [("12", 12), (" 12 ", 12), ("12,0", 12), ("-3", -3), ("1 200", 1_200)] {
            assert_eq!(value(&Cell::typed(typed), Kind::Whole), Ok(Some(Node::Integer(number))), "{typed}");
        }
        for wrong in ["1.200", "1,200", "12,5", "twaalf", "1e3", "0x1", "12 jaar", "--1", ",5", "NaN"] {
            assert!(value(&Cell::typed(wrong), Kind::Whole).is_err(), "{wrong}");
        }
        assert_eq!(value(&Cell::typed("52,3702"), Kind::Decimal), Ok(Some(Node::Decimal(52.3702))));
        assert_eq!(value(&Cell::Number(21.0), Kind::Text), Ok(Some(Node::Text("21".into()))));
        assert!(value(&Cell::Number(f64::INFINITY), Kind::Decimal).is_err());
        assert!(value(&Cell::Number(1e300), Kind::Whole).is_err());
    }

    #[test]
    fn words_are_read_whatever_their_capitals() {
        let bouwen: Kind = Kind::Words(|| vec!["onderbouw", "middenbouw"]);
        let read = value(&Cell::typed("Middenbouw; ONDERBOUW"), bouwen);
        assert_eq!(read, Ok(Some(Node::List(vec![Node::Text("middenbouw".into()), Node::Text("onderbouw".into())]))));
        let (code, _, remedy) = value(&Cell::typed("onderbuow"), bouwen).expect_err("a typing error");
        assert_eq!((code, remedy.as_str()), ("woord", "bedoelde u onderbouw?"));
        assert_eq!(value(&Cell::typed("(geen)"), bouwen), Ok(Some(Node::List(Vec::new()))));
    }

    #[test]
    fn texts_come_back_whatever_is_in_them() {
        for texts in [vec!["a"], vec!["a", "b c"], vec!["a;b", "\"", ""], vec![" x ", "(geen)", "a\"b"], vec!["'s"], vec![]] {
            let shown = cell(&json!(texts), Kind::Texts);
            let back = value(&Cell::typed(&shown.text()), Kind::Texts).expect("texts").expect("a list");
            assert_eq!(back, Node::List(texts.iter().map(|it| Node::Text((*it).into())).collect()), "{shown:?}");
        }
    }
}
