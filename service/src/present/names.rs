//! Who and what a wave names, for whoever may see everything.

use std::collections::BTreeMap;

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Placement;

/// A placement by id and in words.
pub struct Spot<'a> {
    /// Id of the school.
    pub school: &'a str,
    /// Id of the seat group there.
    pub group: &'a str,
    /// Id of the coach.
    pub coach: &'a str,
    /// The seat group in words.
    pub seat_name: String,
    /// The coach in words.
    pub coach_name: String,
    /// The name of the school, where it has one.
    pub school_only: Option<&'a str>,
    /// The name of the coach, where it is known.
    pub coach_only: Option<&'a str>,
}

impl Spot<'_> {
    /// The whole placement in words.
    pub fn text(&self) -> String {
        format!("{}, coach {}", self.seat_name, self.coach_name)
    }
}

/// "Z1 Anouk Fonteyn"; the id alone where there is no name.
pub fn called(id: &str, names: &BTreeMap<String, String>) -> String {
    names.get(id).map_or_else(|| id.to_owned(), |name| format!("{id} {name}"))
}

/// "K07 (Vera Emanuels)"; the id alone where there is no name.
pub fn named(id: &str, names: &BTreeMap<String, String>) -> String {
    names.get(id).map_or_else(|| id.to_owned(), |name| format!("{id} ({name})"))
}

/// "Z1 Anouk Fonteyn".
pub fn person(loaded: &Loaded, candidate: CandidateId) -> String {
    called(&loaded.wave.candidates[candidate].id, &loaded.names.candidates)
}

/// "K07 (Vera Emanuels)".
pub fn coach(loaded: &Loaded, placement: Placement) -> String {
    named(&loaded.wave.coaches[placement.coach].id, &loaded.names.coaches)
}

/// "S1 (De Boomgaard), onderbouw".
pub fn seat(loaded: &Loaded, placement: Placement) -> String {
    let wave = &loaded.wave;
    format!("{}, {}", named(&wave.school_of(placement.seat).id, &loaded.names.schools), wave.seats[placement.seat].id)
}

/// A placement in this wave.
pub fn spot(loaded: &Loaded, placement: Placement) -> Spot<'_> {
    let wave = &loaded.wave;
    Spot {
        school: &wave.school_of(placement.seat).id,
        group: &wave.seats[placement.seat].id,
        coach: &wave.coaches[placement.coach].id,
        seat_name: seat(loaded, placement),
        coach_name: coach(loaded, placement),
        school_only: loaded.names.schools.get(&wave.school_of(placement.seat).id).map(String::as_str),
        coach_only: loaded.names.coaches.get(&wave.coaches[placement.coach].id).map(String::as_str),
    }
}
