//! Takes other people out of what is told to somebody about themselves: their ids and their names.

use std::borrow::Cow;
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
    /// Addresses for messages.
    addresses: BTreeSet<String>,
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

/// Somebody whom the register knows.
#[derive(Clone, Debug)]
pub struct Somebody {
    /// Candidate or coach.
    pub kind: Kind,
    /// The pseudonym.
    pub id: String,
    /// The name, when it is kept.
    pub name: Option<String>,
    /// The address for messages, when there is one.
    pub address: Option<String>,
}

/// Whether a character is a part of a word.
fn belongs(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '-' || letter == '_'
}

/// The words of a text, each with the letters and figures that belong together.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !belongs(it)).filter(|it| !it.is_empty())
}

impl Others {
    /// Everybody but this person, each with id, name and address. `accounts` says which role each account has.
    pub fn new(own: &Who, people: impl IntoIterator<Item = Somebody>, accounts: BTreeMap<String, String>) -> Self {
        let (mut ids, mut names, mut mine) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        let (mut addresses, mut own_address) = (BTreeSet::new(), None);
        for Somebody { kind, id, name, address } in people {
            if kind == own.kind && id == own.id {
                mine.extend(name.iter().flat_map(|it| words(it)).map(str::to_owned));
                own_address = address;
                continue;
            }
            let told = if kind == Kind::Coach { "een coach" } else { "een kandidaat" };
            ids.insert(id, told);
            addresses.extend(address.filter(|it| !it.is_empty()));
            // A word of a name that a text may hold as a word of its own.
            let word = |it: &&str| it.chars().count() > 2 && it.starts_with(char::is_uppercase);
            names.extend(name.iter().flat_map(|it| words(it)).filter(word).map(str::to_owned));
        }
        ids.remove(&own.id);
        let names = names.into_iter().filter(|it| !mine.contains(it)).collect();
        addresses.retain(|it| Some(it) != own_address.as_ref());
        Self { ids, names, addresses, accounts }
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
        let mut text = Cow::Borrowed(text);
        if text.contains('@') {
            for address in self.addresses.iter().filter(|it| text.contains(it.as_str())).cloned().collect::<Vec<_>>() {
                text = Cow::Owned(text.replace(&address, SOMEBODY));
            }
        }
        let named = |word: &str| self.names.contains(word) || self.ids.contains_key(word) && word.chars().any(|it| it.is_ascii_digit());
        if !words(&text).any(named) {
            return match text {
                Cow::Borrowed(_) => None,
                Cow::Owned(told) => Some(told),
            };
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
        let people =
            [(Kind::Candidate, "Z1", "Kanarie Een"), (Kind::Candidate, "Z2", "Kanarie Zwaluw"), (Kind::Coach, "S1", "Vink van der Velde")];
        let people = people.map(|(kind, id, name)| Somebody {
            kind,
            id: id.into(),
            name: Some(name.into()),
            address: Some(format!("{}@voorbeeld.example", id.to_lowercase())),
        });
        let accounts = BTreeMap::from([("a1".to_owned(), "intermediair".to_owned())]);
        let others = Others::new(&Who::new(Kind::Candidate, "Z1"), people, accounts);
        let mut told = json!({
            "kandidaat": "Z1", "coach": "S1", "school": "S1", "wie": "a1", "naam": "Kanarie Een", "e_mail": "z1@voorbeeld.example",
            "mail": "schrijf z2@voorbeeld.example, niet z1@voorbeeld.example",
            "toelichting": "Zwaluw (Z2) wil graag bij Vink van der Velde; Kanarie ook.",
            "rivalen": ["Z2", "Z1"], "punten": { "Z2": 3 }, "tekst": "gaat boven kandidaat Z2 op school S9",
        });
        others.hide(&mut told);
        assert_eq!(
            told,
            json!({
                "kandidaat": "Z1", "coach": "een coach", "school": "S1", "wie": "intermediair", "naam": "Kanarie Een", "e_mail": "z1@voorbeeld.example",
                "mail": "schrijf iemand anders, niet z1@voorbeeld.example",
                "toelichting": "iemand anders (iemand anders) wil graag bij iemand anders van der iemand anders; Kanarie ook.",
                "rivalen": ["een kandidaat", "Z1"], "punten": { "een kandidaat": 3 },
                "tekst": "gaat boven kandidaat iemand anders op school S9",
            })
        );
    }
}
