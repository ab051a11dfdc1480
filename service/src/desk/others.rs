//! Takes other people out of what is told to somebody about themselves: their ids and their names.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::records::dossier::Who;
use crate::records::register::Kind;

/// What stands for somebody else in a text.
const SOMEBODY: &str = "iemand anders";

/// Everybody else.
#[derive(Clone, Debug, Default)]
pub struct Others {
    /// What stands for each id.
    ids: BTreeMap<String, &'static str>,
    /// Words of names.
    names: BTreeSet<String>,
    /// What stands for each account: its role.
    accounts: BTreeMap<String, String>,
}

/// Keys whose values name no person: ids of places and things, which a person may happen to share, and words of closed lists.
const PLACES: [&str; 16] = [
    "school",
    "plek",
    "bouw",
    "bestuur",
    "lichting",
    "berekening",
    "herberekening",
    "naar",
    "hash",
    "school_naam",
    "bestuur_naam",
    "soort",
    "wat",
    "besluit",
    "fase",
    "vervoer",
];

/// Whether a character is a part of a word.
fn belongs(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '-' || letter == '_'
}

/// The words of a text, each with the letters and figures that belong together.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !belongs(it)).filter(|it| !it.is_empty())
}

impl Others {
    /// Everybody but this person, of whom id and name are given. `accounts` says which role each account has.
    pub fn new(own: &Who, people: impl IntoIterator<Item = (Kind, String, Option<String>)>, accounts: BTreeMap<String, String>) -> Self {
        let (mut ids, mut names, mut mine) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        for (kind, id, name) in people {
            if kind == own.kind && id == own.id {
                mine.extend(name.iter().flat_map(|it| words(it)).map(str::to_owned));
                continue;
            }
            let told = if kind == Kind::Coach { "een coach" } else { "een kandidaat" };
            ids.insert(id, told);
            // A word of a name that a text may hold as a word of its own.
            let word = |it: &&str| it.chars().count() > 2 && it.starts_with(char::is_uppercase);
            names.extend(name.iter().flat_map(|it| words(it)).filter(word).map(str::to_owned));
        }
        ids.remove(&own.id);
        let names = names.into_iter().filter(|it| !mine.contains(it)).collect();
        Self { ids, names, accounts }
    }

    /// Takes them out of a value, wherever it names them.
    pub fn hide(&self, value: &mut Value) {
        self.within("", value);
    }

    fn within(&self, key: &str, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(told) = self.told(key, text) {
                    *text = told;
                }
            }
            Value::Array(rows) => rows.iter_mut().for_each(|it| self.within(key, it)),
            Value::Object(keys) => {
                let old = std::mem::replace(keys, Map::new());
                for (key, mut value) in old {
                    self.within(&key, &mut value);
                    let key = self.ids.get(&key).map_or(key, |told| (*told).to_owned());
                    keys.insert(key, value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// What stands for a text under a key; nothing when it may stay.
    fn told(&self, key: &str, text: &str) -> Option<String> {
        if matches!(key, "wie" | "door") {
            return self.accounts.get(text).cloned();
        }
        if PLACES.contains(&key) {
            return None;
        }
        if let Some(told) = self.ids.get(text) {
            return Some((*told).to_owned());
        }
        let named = |word: &str| self.names.contains(word) || self.ids.contains_key(word) && word.chars().any(|it| it.is_ascii_digit());
        if !words(text).any(named) {
            return None;
        }
        let (mut told, mut word) = (String::new(), String::new());
        let end = |told: &mut String, word: &mut String| {
            told.push_str(if named(word) { SOMEBODY } else { word });
            word.clear();
        };
        for letter in text.chars() {
            if belongs(letter) {
                word.push(letter);
            } else {
                end(&mut told, &mut word);
                told.push(letter);
            }
        }
        end(&mut told, &mut word);
        Some(told)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn other_people_are_named_nowhere_and_places_stay() {
        let people = [
            (Kind::Candidate, "Z1".to_owned(), Some("Kanarie Een".to_owned())),
            (Kind::Candidate, "Z2".to_owned(), Some("Kanarie Zwaluw".to_owned())),
            (Kind::Coach, "S1".to_owned(), Some("Vink van der Velde".to_owned())),
        ];
        let accounts = BTreeMap::from([("a1".to_owned(), "intermediair".to_owned())]);
        let others = Others::new(&Who::new(Kind::Candidate, "Z1"), people, accounts);
        let mut told = json!({
            "kandidaat": "Z1", "coach": "S1", "school": "S1", "wie": "a1", "naam": "Kanarie Een",
            "toelichting": "Zwaluw (Z2) wil graag bij Vink van der Velde; Kanarie ook.",
            "rivalen": ["Z2", "Z1"], "punten": { "Z2": 3 }, "tekst": "gaat boven kandidaat Z2 op school S9",
        });
        others.hide(&mut told);
        assert_eq!(
            told,
            json!({
                "kandidaat": "Z1", "coach": "een coach", "school": "S1", "wie": "intermediair", "naam": "Kanarie Een",
                "toelichting": "iemand anders (iemand anders) wil graag bij iemand anders van der iemand anders; Kanarie ook.",
                "rivalen": ["een kandidaat", "Z1"], "punten": { "een kandidaat": 3 },
                "tekst": "gaat boven kandidaat iemand anders op school S9",
            })
        );
    }
}
