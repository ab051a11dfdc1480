//! Reads a small JSON value strictly: every unknown key, wrong type and number out of bounds is told, with its place and a remedy.

use std::cell::RefCell;

use loket_instances::strict::problem::{Problem, Refusal};
use serde_json::{Map, Value};

/// Collects problems.
#[derive(Default)]
pub(super) struct Report(RefCell<Vec<Problem>>);

impl Report {
    /// One problem, at a JSON pointer.
    pub(super) fn tell(&self, code: &'static str, pointer: &str, what: impl Into<String>, remedy: impl Into<String>) {
        let place = pointer.trim_start_matches('/').replace('/', ", ");
        let problem = Problem { code, pointer: pointer.into(), place, what: what.into(), remedy: remedy.into() };
        self.0.borrow_mut().push(problem);
    }

    /// What was made, unless there is a problem.
    pub(super) fn close<T>(self, made: Option<T>) -> Result<T, Refusal> {
        let problems = self.0.into_inner();
        match made {
            Some(made) if problems.is_empty() => Ok(made),
            _ => Err(Refusal { problems, notices: Vec::new() }),
        }
    }
}

/// One problem as a refusal.
pub(super) fn refusal(code: &'static str, pointer: &str, what: impl Into<String>, remedy: impl Into<String>) -> Refusal {
    let report = Report::default();
    report.tell(code, pointer, what, remedy);
    Refusal { problems: report.0.into_inner(), notices: Vec::new() }
}

/// A value at its place.
pub(super) struct At<'v> {
    pub(super) value: &'v Value,
    pub(super) pointer: String,
    pub(super) report: &'v Report,
}

/// An object at its place, without unknown keys.
pub(super) struct Fields<'v> {
    map: &'v Map<String, Value>,
    pointer: String,
    report: &'v Report,
}

impl<'v> At<'v> {
    fn wrong<T>(&self, needed: &str) -> Option<T> {
        self.tell("type", format!("hier hoort {needed} te staan"), format!("schrijf hier {needed}"));
        None
    }

    /// A problem here.
    pub(super) fn tell(&self, code: &'static str, what: impl Into<String>, remedy: impl Into<String>) {
        self.report.tell(code, &self.pointer, what, remedy);
    }

    /// An object with no other keys than these.
    pub(super) fn fields(&self, known: &[&str]) -> Option<Fields<'v>> {
        let Value::Object(map) = self.value else { return self.wrong("een object") };
        for key in map.keys().filter(|key| !known.contains(&key.as_str())) {
            let place = format!("{}/{}", self.pointer, key.replace('~', "~0").replace('/', "~1"));
            self.report.tell(
                "onbekende-sleutel",
                &place,
                "deze sleutel is onbekend",
                format!("haal de sleutel weg; bekend zijn: {}", known.join(", ")),
            );
        }
        Some(Fields { map, pointer: self.pointer.clone(), report: self.report })
    }

    /// A text.
    pub(super) fn text(&self) -> Option<&'v str> {
        self.value.as_str().or_else(|| self.wrong("een tekst"))
    }

    /// A whole number of at most `most`.
    pub(super) fn count(&self, most: u64) -> Option<u64> {
        if !self.value.is_number() {
            return self.wrong("een geheel getal");
        }
        let found = self.value.as_u64().filter(|&number| number <= most);
        if found.is_none() {
            self.tell("grens", format!("hier kan alleen een geheel getal van 0 tot en met {most}"), format!("kies een getal tot {most}"));
        }
        found
    }

    /// Yes or no.
    pub(super) fn flag(&self) -> Option<bool> {
        self.value.as_bool().or_else(|| self.wrong("true of false"))
    }

    /// The items of a list.
    pub(super) fn items(&self) -> Option<Vec<At<'v>>> {
        let Value::Array(items) = self.value else { return self.wrong("een lijst") };
        let at = |(position, value)| At { value, pointer: format!("{}/{position}", self.pointer), report: self.report };
        Some(items.iter().enumerate().map(at).collect())
    }
}

impl<'v> Fields<'v> {
    /// The value of a key; null means absent.
    pub(super) fn get(&self, key: &str) -> Option<At<'v>> {
        let value = self.map.get(key).filter(|value| !value.is_null())?;
        Some(At { value, pointer: format!("{}/{key}", self.pointer), report: self.report })
    }

    /// The value of a key that must be there.
    pub(super) fn need(&self, key: &str) -> Option<At<'v>> {
        let found = self.get(key);
        if found.is_none() {
            let place = format!("{}/{key}", self.pointer);
            self.report.tell("ontbreekt", &place, format!("{key} ontbreekt"), format!("vul {key} in"));
        }
        found
    }

    /// A whole number of at most `most`, or the usual one.
    pub(super) fn count_or(&self, key: &str, most: u64, usual: u64) -> Option<u64> {
        self.get(key).map_or(Some(usual), |at| at.count(most))
    }

    /// A whole number of at most `most`, for counting things in memory.
    pub(super) fn size_or(&self, key: &str, most: u64, usual: u64) -> Option<usize> {
        self.count_or(key, most, usual).and_then(|count| usize::try_from(count).ok())
    }

    /// A problem with the object as a whole.
    pub(super) fn tell(&self, code: &'static str, what: impl Into<String>, remedy: impl Into<String>) {
        self.report.tell(code, &self.pointer, what, remedy);
    }
}
