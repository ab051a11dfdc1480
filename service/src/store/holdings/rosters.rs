//! What is kept of rosters.

use super::{Holding, How, I};

/// How long: as long as its roster.
const ROSTER: &str = "as long as its roster";
/// How long names are: until some weeks after its last day.
const NAMES: &str = "four weeks after the roster's last day (setting)";

/// Its tables.
pub static ROSTERS: &[Holding] = &[
    Holding {
        table: "roosters",
        people: &[],
        plain: &["id", "naam", "soort", "van", "tot", "invoer", "beslissingen", "geldend", "versie", "aangemaakt_op"],
        why: "rosters: who meets whom and when",
        seen: I,
        term: "as long as the service",
    },
    Holding {
        table: "rooster_mensen",
        people: &[("id", How::Gone), ("naam", How::Gone)],
        plain: &["rooster"],
        why: "names of people in a roster",
        seen: "intermediary; a coach those of the own meetings",
        term: NAMES,
    },
    Holding {
        table: "rooster_besluiten",
        people: &[("eenheid", How::Pseudonym), ("gegevens", How::Pseudonym), ("toelichting", How::Gone), ("door", How::Pseudonym)],
        plain: &["rooster", "moment", "soort", "reden", "gevolgd", "versie", "op", "stap"],
        why: "what was decided about somebody's meeting",
        seen: I,
        term: ROSTER,
    },
    Holding {
        table: "rooster_uitnodigingen",
        people: &[
            ("persoon", How::Gone),
            ("beschikbaar", How::Gone),
            ("antwoorden", How::Gone),
            ("toelichting", How::Gone),
            ("gevraagd_door", How::Gone),
            ("gezegd_door", How::Gone),
        ],
        plain: &["rooster", "voor", "gevraagd_op", "herinneringen", "herinnerd_op", "hoe", "gezegd_op", "versie"],
        why: "when people can be at a roster's meetings, and to which they come",
        seen: "intermediary; everybody the own one",
        term: NAMES,
    },
    Holding {
        table: "rooster_koppelingen",
        people: &[("persoon", How::Gone), ("hash", How::Gone)],
        plain: &["rooster", "gemaakt_op", "tot"],
        why: "personal links of who is invited without an account, as hashes",
        seen: "nobody",
        term: NAMES,
    },
    Holding {
        table: "rooster_voorstellen",
        people: &[("aanleiding", How::Pseudonym)],
        plain: &["berekening", "rooster", "invoer_na", "rooster_versie", "toestand", "op"],
        why: "plans after somebody fell out, and what was decided about them",
        seen: I,
        term: ROSTER,
    },
    Holding {
        table: "rooster_publicaties",
        people: &[("door", How::Pseudonym)],
        plain: &["rooster", "nummer", "berekening", "op"],
        why: "plans that people were told",
        seen: I,
        term: ROSTER,
    },
];
