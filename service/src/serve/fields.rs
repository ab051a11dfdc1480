//! Reads a JSON body strictly, key by key, and collects everything that is wrong before anything is used.

use serde_json::{Map, Value};

use super::problem::{Fout, Problem};

/// An object being read; keys that nobody asked for are mistakes.
#[derive(Debug)]
pub struct Fields<'a> {
    at: String,
    object: Option<&'a Map<String, Value>>,
    read: Vec<&'static str>,
    mistakes: Vec<Fout>,
}

/// The key of a pointer, with its signs escaped (RFC 6901).
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl<'a> Fields<'a> {
    /// Reads `value`, which must be an object.
    pub fn new(value: &'a Value) -> Self {
        Self::within(value, String::new())
    }

    fn within(value: &'a Value, at: String) -> Self {
        let mut fields = Self { at, object: value.as_object(), read: Vec::new(), mistakes: Vec::new() };
        if fields.object.is_none() {
            let at = fields.at.clone();
            fields.mistakes.push(Fout::new("type", at, "hier hoort een object", "stuur een JSON-object { … }"));
        }
        fields
    }

    fn take(&mut self, key: &'static str) -> Option<&'a Value> {
        self.read.push(key);
        self.object?.get(key).filter(|value| !value.is_null())
    }

    /// Something about the value of a key is wrong.
    pub fn wrong(&mut self, key: &str, code: &str, what: impl Into<String>, remedy: impl Into<String>) {
        let place = format!("{}/{}", self.at, escaped(key));
        self.mistakes.push(Fout::new(code, place, what, remedy));
    }

    fn missing<T>(&mut self, key: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && self.object.is_some() && !self.mistakes.iter().any(|it| it.plaats == format!("{}/{}", self.at, escaped(key)))
        {
            self.wrong(key, "ontbreekt", format!("{key} ontbreekt"), format!("geef {key} op"));
        }
        value
    }

    /// A text of 1 to `most` characters, or nothing.
    pub fn text(&mut self, key: &'static str, most: usize) -> Option<String> {
        match self.take(key)? {
            Value::String(text) if (1..=most).contains(&text.chars().count()) && !text.chars().any(char::is_control) => Some(text.clone()),
            Value::String(_) => {
                self.wrong(key, "grens", format!("{key} is leeg, te lang of bevat stuurtekens"), format!("gebruik 1 tot {most} tekens"));
                None
            }
            _ => {
                self.wrong(key, "type", format!("{key} is geen tekst"), "zet de waarde tussen aanhalingstekens");
                None
            }
        }
    }

    /// A text that must be there.
    pub fn need_text(&mut self, key: &'static str, most: usize) -> Option<String> {
        let value = self.text(key, most);
        self.missing(key, value)
    }

    /// One of some words.
    pub fn word(&mut self, key: &'static str, words: &[&str]) -> Option<String> {
        let text = self.text(key, 64)?;
        if words.contains(&text.as_str()) {
            return Some(text);
        }
        self.wrong(key, "woord", format!("{key} kent dit woord niet"), format!("kies uit {}", words.join(", ")));
        None
    }

    /// One of some words, which must be there.
    pub fn need_word(&mut self, key: &'static str, words: &[&str]) -> Option<String> {
        let value = self.word(key, words);
        self.missing(key, value)
    }

    /// A whole number within bounds, or nothing.
    pub fn number(&mut self, key: &'static str, least: i64, most: i64) -> Option<i64> {
        let value = self.take(key)?;
        match value.as_i64() {
            Some(number) if (least..=most).contains(&number) => Some(number),
            _ => {
                self.wrong(key, "grens", format!("{key} is geen heel getal van {least} tot en met {most}"), "vul een heel getal in");
                None
            }
        }
    }

    /// A whole number that must be there.
    pub fn need_number(&mut self, key: &'static str, least: i64, most: i64) -> Option<i64> {
        let value = self.number(key, least, most);
        self.missing(key, value)
    }

    /// Yes or no, or nothing.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let value = self.take(key)?;
        if let Value::Bool(flag) = value {
            return Some(*flag);
        }
        self.wrong(key, "type", format!("{key} is geen true of false"), "vul true of false in");
        None
    }

    /// A date (yyyy-mm-dd), or nothing.
    pub fn date(&mut self, key: &'static str) -> Option<String> {
        let text = self.text(key, 10)?;
        if text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok() {
            return Some(text);
        }
        self.wrong(key, "datum", format!("{key} is geen datum"), "schrijf een datum als 2026-09-01");
        None
    }

    /// A date that must be there.
    pub fn need_date(&mut self, key: &'static str) -> Option<String> {
        let value = self.date(key);
        self.missing(key, value)
    }

    /// A list of texts; empty when absent.
    pub fn texts(&mut self, key: &'static str, most: usize) -> Vec<String> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let list = value.as_array();
        let texts: Option<Vec<String>> =
            list.filter(|list| list.len() <= most).and_then(|list| list.iter().map(|it| it.as_str().map(str::to_owned)).collect());
        if texts.is_none() {
            self.wrong(key, "type", format!("{key} is geen lijst van hoogstens {most} teksten"), "gebruik [\"…\", \"…\"]");
        }
        texts.unwrap_or_default()
    }

    /// Any JSON value, or nothing.
    pub fn any(&mut self, key: &'static str) -> Option<&'a Value> {
        self.take(key)
    }

    /// An object within this one.
    pub fn object<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Fields<'a>) -> Option<T>) -> Option<T> {
        let value = self.take(key)?;
        let mut inner = Fields::within(value, format!("{}/{}", self.at, escaped(key)));
        let made = read(&mut inner);
        inner.unread();
        let sound = inner.mistakes.is_empty();
        self.mistakes.append(&mut inner.mistakes);
        made.filter(|_| sound)
    }

    /// An object that must be there.
    pub fn need_object<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Fields<'a>) -> Option<T>) -> Option<T> {
        let before = self.mistakes.len();
        let value = self.object(key, read);
        if value.is_none() && self.mistakes.len() == before { self.missing(key, value) } else { value }
    }

    fn unread(&mut self) {
        let keys: Vec<&String> = self.object.into_iter().flat_map(Map::keys).filter(|key| !self.read.contains(&key.as_str())).collect();
        for key in keys {
            let known = self.read.join(", ");
            self.wrong(key, "onbekende-sleutel", "deze sleutel bestaat hier niet", format!("kies uit: {known}"));
        }
    }

    /// What was made of the fields, or every mistake.
    pub fn finish<T>(mut self, made: Option<T>) -> Result<T, Problem> {
        self.unread();
        match made {
            Some(made) if self.mistakes.is_empty() => Ok(made),
            _ => Err(Problem::invalid(self.mistakes)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_mistake_is_told_at_once_with_its_place() {
        let value = json!({ "naam": "", "aantal": -1, "extra": 1, "van": "morgen" });
        let mut fields = Fields::new(&value);
        let made = (fields.need_text("naam", 10), fields.need_number("aantal", 0, 9), fields.date("van"), fields.need_text("bouw", 5));
        let problem = fields.finish(made.0.zip(made.1)).unwrap_err();
        let told: Vec<_> = problem.fouten.iter().map(|it| (it.plaats.as_str(), it.code.as_str())).collect();
        assert_eq!(
            told,
            [("/naam", "grens"), ("/aantal", "grens"), ("/van", "datum"), ("/bouw", "ontbreekt"), ("/extra", "onbekende-sleutel")]
        );
    }
}
