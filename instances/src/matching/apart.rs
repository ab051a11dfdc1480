//! Takes names and free text about people out of a wave file: the solver and its outcomes know pseudonyms only.

use super::rows::{CandidateRow, CoachRow};
use super::wave_file::WaveFile;

/// Of what kind a person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonKind {
    /// `kandidaat`.
    Candidate,
    /// `coach`.
    Coach,
}

impl PersonKind {
    /// The Dutch code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Candidate => "kandidaat",
            Self::Coach => "coach",
        }
    }
}

/// What was taken out about one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Candidate or coach.
    pub kind: PersonKind,
    /// The pseudonym.
    pub id: String,
    /// `naam`.
    pub name: Option<String>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// Stands for why something is forbidden: that says something about a person, in whatever words.
pub const OWN_REASON: &str = "eigen reden";

impl CandidateRow {
    /// Takes name and free text out; nothing when there were none.
    pub fn apart(&mut self) -> Option<Person> {
        if let Some(excluded) = &mut self.excluded {
            excluded.note = None;
        }
        person(PersonKind::Candidate, &self.id, self.name.take(), self.note.take())
    }
}

impl CoachRow {
    /// Takes name and free text out; nothing when there were none.
    pub fn apart(&mut self) -> Option<Person> {
        person(PersonKind::Coach, &self.id, self.name.take(), self.note.take())
    }
}

fn person(kind: PersonKind, id: &str, name: Option<String>, note: Option<String>) -> Option<Person> {
    (name.is_some() || note.is_some()).then(|| Person { kind, id: id.to_owned(), name, note })
}

impl WaveFile {
    /// Takes names and free text about people out, and gives them back by id. Why something is forbidden goes as well, also when it is a
    /// code: it may tell of somebody's health.
    pub fn apart(&mut self) -> Vec<Person> {
        let candidates = self.candidates.iter_mut().filter_map(CandidateRow::apart);
        let people = candidates.chain(self.coaches.iter_mut().filter_map(CoachRow::apart)).collect();
        for row in self.bans.iter_mut().flatten() {
            row.note = None;
            row.reason = OWN_REASON.to_owned();
        }
        for row in self.pairs.iter_mut().flatten() {
            row.note = None;
            row.reason = OWN_REASON.to_owned();
        }
        self.locks.iter_mut().flatten().for_each(|row| row.note = None);
        self.previous.iter_mut().flatten().for_each(|row| row.note = None);
        self.travel.iter_mut().flatten().for_each(|row| row.note = None);
        people
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_free_text_leave_the_file_and_are_kept_by_id() {
        let text = r#"{ "formaat": "loket-lichting/1", "id": "w", "fase": "opleiding", "naam": "Najaar", "besturen": [], "scholen": [],
            "coaches": [{ "id": "K1", "naam": "Vink", "maximum": 1, "uren": 1 }],
            "kandidaten": [{ "id": "Z1", "naam": "Kanarie", "toelichting": "belt graag", "bouwen": ["onderbouw"],
                "uitgesloten": { "toelichting": "om de zwaluw" } }, { "id": "Z2", "bouwen": ["onderbouw"] }],
            "vast": [{ "kandidaat": "Z1", "toelichting": "omdat het moet" }], "reistijden": [],
            "paren": [{ "kandidaten": ["Z1", "Z2"], "soort": "apart", "reden": "oude ruzie" }],
            "verboden": [{ "kandidaat": "Z1", "coach": "K1", "reden": "ruzie gehad" }, { "kandidaat": "Z2", "coach": "K1", "reden": "gezondheid" }] }"#;
        let mut file = WaveFile::read(text.as_bytes()).expect("a wave file");
        let people = file.apart();
        let text = String::from_utf8(file.write()).expect("text");
        for name in ["Kanarie", "Vink", "belt graag", "ruzie", "gezondheid", "moet", "zwaluw"] {
            assert!(!text.contains(name), "{text}");
        }
        assert_eq!(file.name.as_deref(), Some("Najaar"));
        let reasons: Vec<&str> = file.bans.iter().flatten().map(|row| row.reason.as_str()).collect();
        assert_eq!(reasons, ["eigen reden", "eigen reden"]);
        let kept = |kind, id: &str, name: &str, note: Option<&str>| Person {
            kind,
            id: id.into(),
            name: Some(name.into()),
            note: note.map(str::to_owned),
        };
        let expected = [kept(PersonKind::Candidate, "Z1", "Kanarie", Some("belt graag")), kept(PersonKind::Coach, "K1", "Vink", None)];
        assert_eq!(people, expected);
    }
}
