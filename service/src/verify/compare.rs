//! Compares what an outcome says with what it should say, and keeps the differences.

use serde_json::Value;

use super::Finding;

/// Findings so far.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) findings: Vec<Finding>,
}

impl Page {
    /// Something is wrong at `place`.
    pub(super) fn tell(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.findings.push(Finding { place: place.into(), what: what.into() });
    }

    /// Tells every difference between two values, each at its own place. The order of keys has no meaning.
    pub(super) fn same(&mut self, place: &str, right: &Value, found: &Value) {
        match (right, found) {
            (Value::Object(right), Value::Object(found)) => {
                for (key, value) in right {
                    match found.get(key) {
                        Some(other) => self.same(&format!("{place}/{key}"), value, other),
                        None => self.tell(format!("{place}/{key}"), missing(value)),
                    }
                }
                for key in found.keys().filter(|key| !right.contains_key(*key)) {
                    self.tell(format!("{place}/{key}"), "Dit hoort er niet te staan.");
                }
            }
            (Value::Array(right), Value::Array(found)) => {
                for (position, value) in right.iter().enumerate() {
                    let place = format!("{place}/{position}");
                    match found.get(position) {
                        Some(other) => self.same(&place, value, other),
                        None => self.tell(place, missing(value)),
                    }
                }
                for position in right.len()..found.len() {
                    self.tell(format!("{place}/{position}"), "Dit hoort er niet te staan.");
                }
            }
            _ if right == found => {}
            _ => self.tell(place, format!("Er staat {found}, het moet {right} zijn.")),
        }
    }
}

fn missing(value: &Value) -> String {
    format!("Dit ontbreekt: {value}.")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_difference_is_told_at_its_own_place() {
        let mut page = Page::default();
        page.same("/a", &json!({ "x": 1, "y": [1, 2], "z": 3 }), &json!({ "y": [1, 5, 6], "x": 1, "q": 0 }));
        let places: Vec<_> = page.findings.iter().map(|it| it.place.as_str()).collect();
        assert_eq!(places, ["/a/y/1", "/a/y/2", "/a/z", "/a/q"]);
    }
}
