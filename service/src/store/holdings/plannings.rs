//! What is kept of multi-year plans and of the funnel.

use super::{Holding, How, I};

/// How long: as long as the service.
const SERVICE: &str = "as long as the service";

/// Its tables. They hold counts, never people.
pub static PLANNINGS: &[Holding] = &[
    Holding {
        table: "meerjarenplannen",
        people: &[],
        plain: &["id", "naam", "van", "jaren", "invoer", "versie", "aangemaakt_op"],
        why: "multi-year plans: how many can start, with which coaches, for what money",
        seen: I,
        term: "until somebody takes it away",
    },
    Holding {
        table: "meerjarenplan_versies",
        people: &[("door", How::Pseudonym)],
        plain: &["plan", "versie", "invoer", "toelichting", "op"],
        why: "every version of a multi-year plan",
        seen: I,
        term: "as long as its plan",
    },
    Holding {
        table: "trechter_aanvullingen",
        people: &[("door", How::Pseudonym)],
        plain: &["lichting", "wat", "aantal", "op"],
        why: "counts of the funnel that the service cannot know",
        seen: I,
        term: SERVICE,
    },
    Holding {
        table: "trechter_metingen",
        people: &[("door", How::Pseudonym), ("goedgekeurd_door", How::Pseudonym)],
        plain: &["id", "peildatum", "bestand", "sha256", "plan", "plan_versie", "verbetert", "toelichting", "op", "goedgekeurd_op"],
        why: "snapshots of the funnel, as they were reported",
        seen: "intermediary, administrator, reader (approved)",
        term: SERVICE,
    },
    Holding {
        table: "beleidsproeven",
        people: &[("door", How::Pseudonym)],
        plain: &["id", "beleid", "nummer", "inhoud", "tegen", "tegen_nummer", "drempels", "op"],
        why: "policies that were tried on past waves, with thresholds",
        seen: "intermediary, administrator",
        term: SERVICE,
    },
    Holding {
        table: "beleidsproef_lichtingen",
        people: &[],
        plain: &["proef", "volgnummer", "lichting", "naam", "taak"],
        why: "what such a trial comes to on a wave, in counts",
        seen: "intermediary, administrator",
        term: SERVICE,
    },
];
