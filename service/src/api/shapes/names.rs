//! Names beside ids, for who may see them. What is kept of plans, answers and decisions has ids only; names are put beside them when they
//! are shown, so that whoever was erased is named nowhere.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::actions::Asked;
use crate::records::register::Kind;
use crate::serve::app::App;
use crate::serve::problem::{Fout, Problem};
use crate::store::{Error, ids};

/// Keys that hold sentences about people, schools and coaches.
const SENTENCES: [&str; 9] = ["uitleg", "tekst", "verandering", "veranderingen", "opmerkingen", "meldingen", "nergens", "wat", "detail"];
/// Keys that hold ids of candidates, one after the other.
const LISTS: [&str; 5] = ["wie", "voor", "zonder_wie", "blijven_over", "gewijzigd"];

/// What is known by name, by id.
#[derive(Clone, Debug, Default)]
pub struct Names {
    candidates: BTreeMap<String, String>,
    coaches: BTreeMap<String, String>,
    schools: BTreeMap<String, String>,
    boards: BTreeMap<String, String>,
}

impl Names {
    /// The names that this caller may see. Who has one board's rows sees its schools and no people.
    pub async fn seen_by(app: &App, asked: &Asked) -> Result<Self, Error> {
        let scope = asked.caller.scope();
        let mut reading = app.store.read();
        let mut names = Self {
            schools: reading.names_of(Kind::School, scope).await?,
            boards: reading.names_of(Kind::Board, scope).await?,
            ..Self::default()
        };
        if scope.boards().is_none() {
            names.candidates = reading.names(Kind::Candidate).await?;
            names.coaches = reading.names(Kind::Coach).await?;
        }
        Ok(names)
    }

    /// Differs where the names do: the name of an answer that holds them.
    pub fn print(&self) -> String {
        let all = [&self.candidates, &self.coaches, &self.schools, &self.boards];
        ids::sha256(serde_json::to_string(&all).unwrap_or_default().as_bytes())
    }

    /// Of a candidate.
    pub fn candidate(&self, id: &str) -> Option<String> {
        self.candidates.get(id).cloned()
    }

    /// Of a coach.
    pub fn coach(&self, id: &str) -> Option<String> {
        self.coaches.get(id).cloned()
    }

    /// Of a school.
    pub fn school(&self, id: &str) -> Option<String> {
        self.schools.get(id).cloned()
    }

    /// Of a board.
    pub fn board(&self, id: &str) -> Option<String> {
        self.boards.get(id).cloned()
    }

    /// Of everybody and everything in a wave that has no name in its file.
    pub fn into_wave(&self, names: &mut loket_instances::matching::read::Names) {
        for (into, from) in [
            (&mut names.candidates, &self.candidates),
            (&mut names.coaches, &self.coaches),
            (&mut names.schools, &self.schools),
            (&mut names.boards, &self.boards),
        ] {
            for (id, name) in from {
                into.entry(id.clone()).or_insert_with(|| name.clone());
            }
        }
    }

    /// Puts names beside all ids in a value, and behind the ids in its sentences.
    pub fn beside(&self, value: &mut Value) {
        match value {
            Value::Array(list) => list.iter_mut().for_each(|it| self.beside(it)),
            Value::Object(object) => {
                for (key, value) in object.iter_mut() {
                    if SENTENCES.contains(&key.as_str()) && !value.is_object() {
                        self.sentences(value);
                    } else {
                        self.beside(value);
                    }
                }
                self.of_object(object);
            }
            _ => {}
        }
    }

    fn of_object(&self, object: &mut Map<String, Value>) {
        let of_kind = match object.get("soort").and_then(Value::as_str) {
            Some("kandidaat" | "nakomer") => Some(&self.candidates),
            Some("coach") => Some(&self.coaches),
            Some("school" | "plek") => Some(&self.schools),
            Some("bestuur") => Some(&self.boards),
            _ => None,
        };
        let mut found = Vec::new();
        let keys = [
            ("kandidaat", "naam", Some(&self.candidates)),
            ("coach", "coach_naam", Some(&self.coaches)),
            ("school", "school_naam", Some(&self.schools)),
            ("bestuur", "bestuur_naam", Some(&self.boards)),
            ("id", "naam", of_kind),
        ];
        for (key, named, names) in keys {
            let name = object.get(key).and_then(Value::as_str).zip(names).and_then(|(id, names)| names.get(id));
            if let (Some(name), false) = (name, object.contains_key(named)) {
                found.push((named.to_owned(), Value::from(name.clone())));
            }
        }
        for key in LISTS {
            let ids = object.get(key).and_then(Value::as_array).filter(|list| !list.is_empty() && list.iter().all(Value::is_string));
            if let Some(ids) = ids {
                let ids = ids.iter().filter_map(Value::as_str);
                let named: Vec<&str> = ids.map(|id| self.candidates.get(id).map_or(id, String::as_str)).collect();
                found.push((format!("{key}_namen"), named.into()));
            }
        }
        object.extend(found);
    }

    fn sentences(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.sentence(text),
            Value::Array(list) => list.iter_mut().for_each(|it| if it.is_object() { self.beside(it) } else { self.sentences(it) }),
            _ => {}
        }
    }

    /// A sentence with a name behind each id that has one: "Z1 (Anouk Fonteyn)". A word is taken for an id only when it has a letter and a
    /// figure, as pseudonyms have: a number or a plain word may mean something else.
    pub fn sentence(&self, text: &str) -> String {
        let mut told = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let word = rest.find(|it: char| !is_of_word(it)).unwrap_or(rest.len());
            let step = if word == 0 { first.len_utf8() } else { word };
            let (piece, after) = rest.split_at(step);
            // A part of an address stays as it is.
            let in_address = told.ends_with('/');
            told.push_str(piece);
            if word > 0
                && !in_address
                && piece.chars().any(|it| it.is_ascii_digit())
                && piece.chars().any(char::is_alphabetic)
                && let Some(name) = self.any(piece).filter(|name| !text.contains(name.as_str()))
            {
                told.push_str(&format!(" ({name})"));
            }
            rest = after;
        }
        told
    }

    fn any(&self, id: &str) -> Option<&String> {
        [&self.candidates, &self.coaches, &self.schools, &self.boards].into_iter().find_map(|names| names.get(id))
    }

    /// Puts names into what a refusal says.
    pub fn in_problem(&self, mut problem: Problem) -> Problem {
        problem.detail = self.sentence(&problem.detail);
        for Fout { wat, .. } in &mut problem.fouten {
            *wat = self.sentence(wat);
        }
        for (_, value) in problem.more.iter_mut().filter(|(key, _)| ["conflicten", "lichtingen"].contains(&key.as_str())) {
            self.beside(value);
        }
        problem
    }
}

/// Whether a letter can be part of an id in a sentence.
fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || "-_".contains(letter)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn names() -> Names {
        let of = |rows: &[(&str, &str)]| rows.iter().map(|(id, name)| ((*id).to_owned(), (*name).to_owned())).collect();
        Names {
            candidates: of(&[("Z1", "Anouk Fonteyn"), ("plekken", "Niemand"), ("12", "Niemand")]),
            coaches: of(&[("K1", "Vera Emanuels")]),
            schools: of(&[("S1", "De Boomgaard")]),
            boards: of(&[("B1", "Amstel")]),
        }
    }

    #[test]
    fn names_stand_beside_ids_wherever_they_are() {
        let mut value = json!({
            "kandidaat": "Z1", "was": null, "nu": { "school": "S1", "plek": "onderbouw", "coach": "K1" }, "voor": ["Z1", "Z9"],
            "door": { "soort": "bestuur", "id": "B1" }, "tekst": "Op S1 (De Boomgaard) kwam Z1 erbij, met 12 plekken; zie /v1/coaches/K1.",
            "wie": [{ "kandidaat": "Z1", "naam": "al bekend" }],
        });
        names().beside(&mut value);
        assert_eq!(
            value,
            json!({
                "kandidaat": "Z1", "naam": "Anouk Fonteyn", "was": null,
                "nu": { "school": "S1", "school_naam": "De Boomgaard", "plek": "onderbouw", "coach": "K1", "coach_naam": "Vera Emanuels" },
                "voor": ["Z1", "Z9"], "voor_namen": ["Anouk Fonteyn", "Z9"],
                "door": { "soort": "bestuur", "id": "B1", "naam": "Amstel" },
                "tekst": "Op S1 (De Boomgaard) kwam Z1 (Anouk Fonteyn) erbij, met 12 plekken; zie /v1/coaches/K1.",
                "wie": [{ "kandidaat": "Z1", "naam": "al bekend" }],
            })
        );
    }
}
