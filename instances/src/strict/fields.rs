//! Reads typed values out of a JSON tree and reports what does not fit, with the place.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use loket_solver::common::words::Word;

use super::json::Node;
use super::limits;
use super::problem::Refusal;
use super::report::Report;
use super::spot::{Spot, show_id};

/// Counts, minutes and hours.
pub const AMOUNT: RangeInclusive<i64> = 0..=100_000;
/// Percentages and points of schools.
pub const PERCENT: RangeInclusive<i64> = 0..=100;
/// Weights and points of a policy.
pub const WEIGHT: RangeInclusive<i64> = 0..=1_000;
/// Any integer.
pub const ANY: RangeInclusive<i64> = i64::MIN..=i64::MAX;

/// A text with its place, for checks that come later.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub spot: Spot,
}

/// A value with its place.
#[derive(Clone, Debug)]
pub struct At<'a> {
    /// The value.
    pub node: &'a Node,
    /// Where it stands.
    pub spot: Spot,
    /// Where problems go.
    pub report: &'a Report,
}

impl<'a> At<'a> {
    /// Reports that something is wrong with this value.
    pub fn refuse(&self, code: &'static str, what: impl Into<String>, remedy: impl Into<String>) {
        self.report.problem(code, &self.spot, what, remedy);
    }

    /// Reports what another reader found in this value, each problem at its place within it.
    pub fn refused(&self, refusal: Refusal) {
        self.report.take(&self.spot, refusal);
    }

    fn wrong_type<T>(&self, needed: &str, remedy: &str) -> Option<T> {
        self.refuse("type", format!("{} is geen {needed}", show(self.node)), remedy);
        None
    }

    /// A text of at most [`limits::TEXT`] characters.
    pub fn text(&self) -> Option<&'a str> {
        self.no_longer_than(limits::TEXT)
    }

    /// A name.
    pub fn name(&self) -> Option<&'a str> {
        self.no_longer_than(limits::NAME)
    }

    /// What people explain to each other.
    pub fn remark(&self) -> Option<&'a str> {
        self.no_longer_than(limits::REMARK)
    }

    fn no_longer_than(&self, most: usize) -> Option<&'a str> {
        let Node::Text(text) = self.node else {
            return self.wrong_type("tekst", "zet een tekst tussen aanhalingstekens");
        };
        if text.len() > most && text.chars().nth(most).is_some() {
            let what = format!("{} is te lang", show(self.node));
            self.refuse("grens", what, format!("gebruik hoogstens {most} tekens"));
            return None;
        }
        Some(text)
    }

    /// A text of 1 to `most` characters without control characters.
    pub fn bounded(&self, most: usize) -> Option<&'a str> {
        let text = self.text()?;
        if text.is_empty() || text.chars().nth(most).is_some() || text.chars().any(char::is_control) {
            let what = format!("{} is leeg, te lang of bevat stuurtekens", show(self.node));
            self.refuse("grens", what, format!("gebruik 1 tot en met {most} tekens"));
            return None;
        }
        Some(text)
    }

    /// A day of the calendar, yyyy-mm-dd.
    pub fn day(&self) -> Option<&'a str> {
        let text = self.text()?;
        if !is_day(text) {
            self.refuse("datum", format!("{} is geen datum", show(self.node)), "schrijf een datum als 2026-09-01");
            return None;
        }
        Some(text)
    }

    /// An object that is kept as it is.
    pub fn whole(&self) -> Option<serde_json::Value> {
        match self.node {
            Node::Object(_) => Some(self.node.to_value()),
            _ => self.wrong_type("object", "zet sleutels en waarden tussen { en }"),
        }
    }

    /// A text with its place.
    pub fn placed(&self) -> Option<Placed> {
        let text = self.text()?.to_owned();
        Some(Placed { text, spot: self.spot.clone() })
    }

    /// An id; a text that breaks the rules of ids is reported and still given, so that what points at it is not reported too.
    pub fn id(&self) -> Option<&'a str> {
        let Node::Text(id) = self.node else {
            return self.wrong_type("tekst", "zet een tekst tussen aanhalingstekens");
        };
        let wrong = if id.is_empty() {
            "is leeg"
        } else if id.chars().nth(limits::ID).is_some() {
            "is langer dan 64 tekens"
        } else if id.chars().any(char::is_control) {
            "heeft een stuurteken"
        } else if id.starts_with(char::is_whitespace) || id.ends_with(char::is_whitespace) {
            "heeft een spatie aan het begin of het eind"
        } else if id.contains(':') {
            "heeft een dubbele punt"
        } else {
            return Some(id);
        };
        let remedy = "gebruik 1 tot en met 64 tekens, zonder dubbele punt, stuurtekens of spaties aan de randen";
        self.refuse("id", format!("de id \"{}\" {wrong}", show_id(id)), remedy);
        Some(id)
    }

    /// An integer within bounds.
    pub fn integer(&self, bounds: RangeInclusive<i64>) -> Option<i64> {
        let (low, high) = (bounds.start(), bounds.end());
        match self.node {
            Node::Integer(number) if bounds.contains(number) => Some(*number),
            Node::Integer(_) | Node::Huge(_) => {
                let what = format!("{} valt buiten de grenzen", show(self.node));
                self.refuse("grens", what, format!("vul een geheel getal in van {low} tot en met {high}"));
                None
            }
            _ => self.wrong_type("geheel getal", "vul een geheel getal in, zonder punt, exponent of aanhalingstekens"),
        }
    }

    /// An integer of [`AMOUNT`] or another small range from 0.
    pub fn count(&self, bounds: RangeInclusive<i64>) -> Option<u32> {
        self.integer(bounds).and_then(|number| u32::try_from(number).ok())
    }

    /// A number, with or without decimals, within bounds.
    pub fn decimal(&self, bounds: RangeInclusive<f64>) -> Option<f64> {
        let number = match self.node {
            Node::Integer(number) => Some(*number as f64),
            Node::Decimal(number) => Some(*number),
            Node::Huge(_) => None,
            _ => {
                return self.wrong_type("getal", "vul een getal in, met een punt voor de decimalen");
            }
        };
        let fits = number.filter(|number| bounds.contains(number));
        if fits.is_none() {
            let what = format!("{} valt buiten de grenzen", show(self.node));
            let remedy = format!("vul een getal in van {} tot en met {}", bounds.start(), bounds.end());
            self.refuse("grens", what, remedy);
        }
        fits
    }

    /// True or false.
    pub fn flag(&self) -> Option<bool> {
        match self.node {
            Node::Flag(flag) => Some(*flag),
            _ => self.wrong_type("ja of nee", "schrijf true (ja) of false (nee), zonder aanhalingstekens"),
        }
    }

    /// A word of a closed list.
    pub fn word<W: Word>(&self) -> Option<W> {
        let codes: Vec<_> = W::ALL.iter().map(|word| word.code()).collect();
        self.one_of(&codes).and_then(W::parse)
    }

    /// One of these codes.
    pub fn one_of(&self, codes: &[&'static str]) -> Option<&'static str> {
        let text = self.text()?;
        let known = codes.iter().copied().find(|&code| code == text);
        if known.is_none() {
            self.refuse("woord", unknown_word(text), choose(text, codes));
        }
        known
    }

    /// The items of a list; `label` is the key whose text people know a row by.
    pub fn rows(&self, label: &str) -> Option<Vec<At<'a>>> {
        self.each_row(label).map(Iterator::collect)
    }

    /// The same one by one: the places of a long list take more than the list.
    pub fn each_row(&self, label: &str) -> Option<impl Iterator<Item = At<'a>>> {
        let Node::List(items) = self.node else {
            return self.wrong_type("lijst", "zet de waarden tussen [ en ]");
        };
        let rows = items.iter().enumerate().map(|(position, node)| At {
            node,
            spot: self.spot.item(position, named(node, label)),
            report: self.report,
        });
        Some(rows)
    }

    /// A list without doubles: each item read by `read` and compared by its text.
    pub fn distinct<T>(&self, read: impl Fn(&At<'a>) -> Option<T>) -> Option<Vec<T>> {
        let mut seen = HashSet::new();
        let mut items = Vec::new();
        for row in self.rows("")? {
            if let Node::Text(text) = row.node
                && !seen.insert(text.as_str())
            {
                let what = format!("\"{}\" staat twee keer in deze lijst", show_id(text));
                row.refuse("dubbel", what, "laat het één keer staan");
                continue;
            }
            items.extend(read(&row));
        }
        Some(items)
    }

    /// A list of texts without doubles.
    pub fn texts(&self) -> Option<Vec<String>> {
        self.no_more_than(limits::LIST)?;
        self.distinct(|item| item.text().map(str::to_owned))
    }

    /// Whether a list has at most so many items; what is no list is left to whoever reads it.
    pub fn no_more_than(&self, most: usize) -> Option<()> {
        match self.node {
            Node::List(items) if items.len() > most => {
                self.refuse("te-veel", format!("hier staan meer dan {most} waarden"), "maak de lijst korter");
                None
            }
            _ => Some(()),
        }
    }

    /// The values of an object whose keys are data; double keys are reported.
    pub fn entries(&self) -> Option<Vec<(&'a str, At<'a>)>> {
        let Node::Object(entries) = self.node else {
            return self.wrong_type("object", "zet sleutels en waarden tussen { en }");
        };
        let mut seen = HashSet::new();
        let mut read = Vec::new();
        for (key, node) in entries {
            let spot = self.spot.key(key.clone());
            let at = At { node, spot, report: self.report };
            if seen.insert(key.as_str()) {
                read.push((key.as_str(), at));
            } else {
                let what = format!("de sleutel \"{}\" staat er twee keer", show_id(key));
                at.refuse("dubbele-sleutel", what, "laat één van de twee staan");
            }
        }
        Some(read)
    }

    /// Integers by word, such as points by term; words not in `codes` are reported.
    pub fn numbers(&self, codes: &[&'static str], bounds: RangeInclusive<i64>) -> Option<Vec<(&'static str, i64)>> {
        let mut numbers = Vec::new();
        for (key, at) in self.entries()? {
            let Some(code) = codes.iter().copied().find(|&code| code == key) else {
                at.refuse("woord", unknown_word(key), choose(key, codes));
                continue;
            };
            if *at.node != Node::Null {
                numbers.extend(at.integer(bounds.clone()).map(|number| (code, number)));
            }
        }
        Some(numbers)
    }

    /// An object with exactly these keys.
    pub fn object(&self, keys: &'static [&'static str]) -> Option<Fields<'a>> {
        let fields = self.known_and_extra(keys)?;
        fields.no_more();
        Some(fields)
    }

    /// An object with fixed keys; `toelichting` is always one of them.
    pub fn fields(&self, keys: &'static [&'static str]) -> Option<Fields<'a>> {
        let fields = self.open_fields(keys)?;
        fields.no_more();
        Some(fields)
    }

    /// An object with known keys and room for more, found in `extra`; `toelichting` is never one of those.
    pub fn open_fields(&self, keys: &'static [&'static str]) -> Option<Fields<'a>> {
        let mut fields = self.known_and_extra(keys)?;
        fields.extra.retain(|(key, at)| {
            let remark = *key == "toelichting";
            if remark && *at.node != Node::Null {
                at.remark();
            }
            !remark
        });
        Some(fields)
    }

    /// An object with known keys, and all others in `extra`.
    pub fn known_and_extra(&self, keys: &'static [&'static str]) -> Option<Fields<'a>> {
        let mut fields = Fields { at: self.clone(), keys, known: Vec::new(), extra: Vec::new() };
        for (key, at) in self.entries()? {
            match keys.iter().find(|&&known| known == key) {
                Some(known) => fields.known.push((known, at)),
                None => fields.extra.push((key, at)),
            }
        }
        Some(fields)
    }
}

/// An object with known keys.
#[derive(Debug)]
pub struct Fields<'a> {
    /// The object itself.
    pub at: At<'a>,
    keys: &'static [&'static str],
    known: Vec<(&'static str, At<'a>)>,
    /// The values of keys that are not known.
    pub extra: Vec<(&'a str, At<'a>)>,
}

impl<'a> Fields<'a> {
    /// Reports every key that is not known here.
    fn no_more(&self) {
        for (key, at) in &self.extra {
            if !self.at.report.tells() {
                continue;
            }
            let remedy = || format!("haal de sleutel weg; hier bestaan: {}", self.keys.join(", "));
            let remedy = closest(key, self.keys).unwrap_or_else(remedy);
            at.refuse("onbekende-sleutel", format!("de sleutel \"{}\" bestaat hier niet", show_id(key)), remedy);
        }
    }

    /// The value of a key, when it is there and not null.
    pub fn get(&self, key: &'static str) -> Option<&At<'a>> {
        debug_assert!(self.keys.contains(&key), "{key} is not among the known keys");
        self.known.iter().find(|(known, at)| *known == key && *at.node != Node::Null).map(|(_, at)| at)
    }

    /// The value of a key that must be there.
    pub fn need(&self, key: &'static str) -> Option<&At<'a>> {
        let found = self.get(key);
        if found.is_none() {
            let (what, remedy) = (format!("\"{key}\" ontbreekt"), format!("vul \"{key}\" in"));
            self.at.report.problem("ontbreekt", &self.at.spot.key(key), what, remedy);
        }
        found
    }

    /// Texts of an optional list without doubles; absent is empty.
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        self.get(key).and_then(At::texts).unwrap_or_default()
    }

    /// Texts with their places of an optional list without doubles; absent is empty.
    pub fn references(&self, key: &'static str) -> Vec<Placed> {
        self.get(key).filter(|at| at.no_more_than(limits::LIST).is_some()).and_then(|at| at.distinct(At::placed)).unwrap_or_default()
    }

    /// An optional count.
    pub fn count(&self, key: &'static str) -> Option<u32> {
        self.get(key).and_then(|at| at.count(AMOUNT))
    }
}

/// Whether a text is a day of the Gregorian calendar, written yyyy-mm-dd.
pub(crate) fn is_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
    if !shaped {
        return false;
    }
    let number = |digits: &[u8]| digits.iter().fold(0_u32, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    let (year, month, day) = (number(&bytes[..4]), number(&bytes[5..7]), number(&bytes[8..]));
    let days = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

fn named<'a>(node: &'a Node, label: &str) -> Option<&'a str> {
    let Node::Object(entries) = node else {
        return None;
    };
    entries.iter().find_map(|(key, value)| match value {
        Node::Text(text) if key == label && !text.is_empty() => Some(text.as_str()),
        _ => None,
    })
}

fn show(node: &Node) -> String {
    match node {
        Node::Null => "null".into(),
        Node::Flag(flag) => flag.to_string(),
        Node::Integer(number) => number.to_string(),
        Node::Decimal(number) => format!("{number:?}"),
        Node::Huge(written) => show_id(written),
        Node::Text(text) => format!("\"{}\"", show_id(text)),
        Node::List(_) => "een lijst".into(),
        Node::Object(_) => "een object".into(),
    }
}

fn unknown_word(text: &str) -> String {
    format!("\"{}\" is hier geen bekend woord", show_id(text))
}

/// "bedoelde u …?" when one of the words is close, else the whole list.
fn choose(text: &str, codes: &[&'static str]) -> String {
    closest(text, codes).unwrap_or_else(|| format!("kies uit: {}", codes.join(", ")))
}

fn closest(text: &str, codes: &[&'static str]) -> Option<String> {
    let short = show_id(text).to_lowercase();
    let distances = codes.iter().map(|code| (strsim::damerau_levenshtein(&short, code), code));
    let (_, code) = distances.filter(|(distance, code)| *distance <= 1 + code.chars().count() / 4).min()?;
    Some(format!("bedoelde u \"{code}\"?"))
}
