//! Who and what a wave names, for whoever may see everything.

use std::collections::BTreeMap;

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Placement;

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
