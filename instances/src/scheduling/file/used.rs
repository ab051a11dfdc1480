//! Which keys each of the four problems uses: in a rule, a term or a reported figure (docs/scheduling.md).

use loket_solver::scheduling::facts::codes::Kind;

/// Keys at the top of a file.
pub(crate) fn top(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Interviews => &[
            "formaat",
            "id",
            "naam",
            "soort",
            "kalender",
            "beleid",
            "besturen",
            "locaties",
            "personen",
            "deelnemers",
            "vast",
            "verboden",
            "vorig",
        ],
        Kind::PeerGroups => &[
            "formaat",
            "id",
            "naam",
            "soort",
            "kalender",
            "beleid",
            "besturen",
            "scholen",
            "locaties",
            "personen",
            "deelnemers",
            "reeksen",
            "reistijden",
            "vast",
            "verboden",
            "vorig",
        ],
        Kind::Visits => &[
            "formaat",
            "id",
            "naam",
            "soort",
            "kalender",
            "beleid",
            "besturen",
            "scholen",
            "personen",
            "plaatsingen",
            "reistijden",
            "vast",
            "verboden",
            "vorig",
        ],
        Kind::Courses => &[
            "formaat",
            "id",
            "naam",
            "soort",
            "kalender",
            "beleid",
            "besturen",
            "scholen",
            "locaties",
            "personen",
            "deelnemers",
            "aanbod",
            "vast",
            "verboden",
            "vorig",
        ],
    }
}

/// Every key at the top of some file.
pub(crate) const ANY_TOP: &[&str] = &[
    "formaat",
    "id",
    "naam",
    "soort",
    "kalender",
    "beleid",
    "besturen",
    "scholen",
    "locaties",
    "personen",
    "deelnemers",
    "reeksen",
    "plaatsingen",
    "aanbod",
    "reistijden",
    "vast",
    "verboden",
    "vorig",
];

/// Keys of the policy.
pub(crate) fn policy(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Interviews => &["doelen", "vasthouden", "max_wijzigingen", "seed", "panel", "per_zitting", "min_per_zitting", "tijden"],
        Kind::PeerGroups => &[
            "doelen",
            "vasthouden",
            "max_wijzigingen",
            "seed",
            "min",
            "max",
            "doel",
            "reeks",
            "min_weken",
            "max_afwezig",
            "eigen_school",
            "minuten",
            "voorbereiding",
            "groepen_max",
        ],
        Kind::Visits => &[
            "doelen",
            "vasthouden",
            "max_wijzigingen",
            "seed",
            "duur",
            "dagdeel_minuten",
            "per_dagdeel",
            "bezoeken_per_week",
            "max_tussen",
            "landing_weken",
            "landing_bezoeken",
        ],
        Kind::Courses => &["doelen", "vasthouden", "max_wijzigingen", "seed", "max_afwezig", "eigen_school", "leervraag_punten"],
    }
}

/// Whether a problem uses a key of the rows of a list that it has.
pub(crate) fn uses(kind: Kind, list: &str, key: &str) -> bool {
    !unused(kind, list).contains(&key)
}

/// Keys of the rows of a list that a problem knows and does not use.
pub(crate) fn unused(kind: Kind, list: &str) -> &'static [&'static str] {
    use Kind::{Courses, Interviews, PeerGroups, Visits};
    match (list, kind) {
        ("besturen", PeerGroups | Visits | Courses) => &["aandeel"],
        ("scholen", PeerGroups | Courses) => &["bestuur", "lat", "lon", "afwezig"],
        ("scholen", Visits) => &["bestuur"],
        ("locaties", Interviews | Courses) => &["lat", "lon"],
        ("personen", Interviews) => &["soort", "school", "uren", "tarief_cent", "lat", "lon", "vervoer"],
        ("personen", PeerGroups) => &["bestuur", "per_dagdeel", "ruimte", "kenmerken", "lat", "lon", "vervoer"],
        ("personen", Visits) => &["soort", "bestuur", "school", "locaties", "niet_met", "lopend", "tarief_cent", "ruimte", "kenmerken"],
        ("personen", Courses) => &["bestuur", "per_dagdeel", "ruimte", "lat", "lon", "vervoer"],
        ("deelnemers", Interviews) => {
            &["school", "bestuur", "bouw", "koppel", "functie", "leervragen", "max_reistijd", "lat", "lon", "vervoer"]
        }
        ("deelnemers", PeerGroups) => &["functie", "aangemeld", "coach_wensen", "coach_eisen", "leervragen"],
        ("deelnemers", Courses) => &["bouw", "koppel", "aangemeld", "coach_wensen", "coach_eisen", "max_reistijd", "lat", "lon", "vervoer"],
        ("vast" | "verboden", Interviews) => &["reeks", "aanbod"],
        ("vast" | "verboden", PeerGroups) => &["dagdeel", "aanbod"],
        ("vast" | "verboden", Visits) => &["locatie", "reeks", "aanbod", "persoon"],
        ("vast" | "verboden", Courses) => &["dagdeel", "locatie"],
        ("vorig", Interviews) => &["groep", "reeks", "aanbod", "persoon"],
        ("vorig", PeerGroups) => &["dagdeel", "personen", "aanbod"],
        ("vorig", Visits) => &["locatie", "personen", "groep", "reeks", "aanbod", "persoon"],
        ("vorig", Courses) => &["dagdeel", "locatie", "personen", "groep"],
        _ => &[],
    }
}
