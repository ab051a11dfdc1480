//! The draft of a wave: its rows read one by one, references not yet looked up.
//!
//! Where a value is wrong the draft holds a stand-in; the report then has a problem, so no wave is ever made of it.

use loket_solver::matching::facts::words::{Bouw, HalfDay, HalfDays, Phase, Quality, SchoolKind};

use super::people::{self, CandidateDraft, CoachDraft};
use super::policy::{self, PolicyDraft};
use crate::matching::travel::Point;
use crate::strict::fields::{AMOUNT, At, Fields, PERCENT, Placed};
use crate::strict::json::Node;
use crate::strict::spot::Spot;

/// The format's name with its version.
pub(crate) const FORMAT: &str = "loket-lichting/1";
/// Most candidates in a wave.
pub(crate) const MOST_CANDIDATES: usize = 100_000;

/// A wave as written.
pub(crate) struct WaveDraft {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) phase: Phase,
    pub(crate) policy: PolicyDraft,
    pub(crate) boards: Section<BoardDraft>,
    pub(crate) schools: Section<SchoolDraft>,
    pub(crate) coaches: Section<CoachDraft>,
    pub(crate) candidates: Section<CandidateDraft>,
    pub(crate) travel: Vec<TravelDraft>,
    pub(crate) locks: Vec<people::LockDraft>,
    pub(crate) bans: Vec<people::BanDraft>,
    pub(crate) previous: Vec<people::PreviousDraft>,
}

/// A list whose rows have ids.
pub(crate) struct Section<T> {
    pub(crate) rows: Vec<T>,
    /// Whether every row and its id could be read; if not, nothing that points into the list can be checked.
    pub(crate) complete: bool,
}

impl<T> Section<T> {
    fn read(at: Option<&At<'_>>, label: &str, read: impl Fn(&At<'_>) -> Option<T>, id: impl Fn(&T) -> &Placed) -> Section<T> {
        let Some(list) = at.and_then(|at| at.rows(label)) else {
            return Section { rows: Vec::new(), complete: false };
        };
        let rows: Vec<T> = list.iter().filter_map(read).collect();
        let complete = rows.len() == list.len() && rows.iter().all(|row| !id(row).text.is_empty());
        Section { rows, complete }
    }
}

pub(crate) struct BoardDraft {
    pub(crate) id: Placed,
    pub(crate) name: Option<String>,
    pub(crate) noodplan: bool,
    pub(crate) maximum: Option<u32>,
}

pub(crate) struct SchoolDraft {
    pub(crate) id: Placed,
    pub(crate) name: Option<String>,
    pub(crate) board: Option<Placed>,
    pub(crate) kind: SchoolKind,
    pub(crate) home: Home,
    pub(crate) target_group: u32,
    pub(crate) shortage: u32,
    pub(crate) concept: Option<String>,
    pub(crate) denomination: Option<String>,
    pub(crate) quality: Quality,
    pub(crate) maximum: Option<u32>,
    pub(crate) team_size: Option<u32>,
    pub(crate) starters: u32,
    pub(crate) seats: Section<SeatDraft>,
}

pub(crate) struct SeatDraft {
    pub(crate) id: Placed,
    pub(crate) bouw: Bouw,
    pub(crate) count: u32,
    pub(crate) half_days: HalfDays,
}

pub(crate) struct TravelDraft {
    pub(crate) from: Placed,
    pub(crate) to: Placed,
    pub(crate) minutes: u32,
    pub(crate) spot: Spot,
}

/// Where somebody lives or a school stands.
pub(crate) struct Home {
    /// Both coordinates, when given and right.
    pub(crate) point: Option<Point>,
    /// The coordinates that are not there (as places); a wrong one is reported already and not listed.
    pub(crate) missing: Vec<Spot>,
}

/// Reads the whole tree; `None` when it is no wave file at all.
pub(crate) fn wave(root: &At<'_>) -> Option<WaveDraft> {
    right_kind(root, FORMAT)?;
    let fields = root.fields(&[
        "formaat",
        "id",
        "naam",
        "fase",
        "beleid",
        "besturen",
        "scholen",
        "coaches",
        "kandidaten",
        "reistijden",
        "vast",
        "verboden",
        "vorig_plan",
    ])?;
    format(&fields, FORMAT);
    let id = fields.need("id").and_then(At::id).unwrap_or_default().to_owned();
    let phase = fields.need("fase").and_then(At::word).unwrap_or(Phase::Opleiding);
    let boards = Section::read(fields.need("besturen"), "id", board, |row| &row.id);
    let schools = Section::read(fields.need("scholen"), "id", school, |row| &row.id);
    let coaches = Section::read(fields.need("coaches"), "id", people::coach, |row| &row.id);
    let candidates = Section::read(fields.need("kandidaten"), "id", people::candidate, |row| &row.id);
    let count = candidates.rows.len();
    if let Some(at) = fields.get("kandidaten")
        && count > MOST_CANDIDATES
    {
        let what = format!("er staan {count} kandidaten in");
        root.report.problem("te-veel", &at.spot, what, format!("splits de lichting; hooguit {MOST_CANDIDATES} kandidaten"));
    }
    let policy = fields.get("beleid").and_then(policy::read).unwrap_or_default();
    Some(WaveDraft {
        id,
        name: fields.get("naam").and_then(At::text).map(str::to_owned),
        phase,
        policy,
        boards,
        schools,
        coaches,
        candidates,
        travel: optional(&fields, "reistijden", travel),
        locks: optional(&fields, "vast", people::lock),
        bans: optional(&fields, "verboden", people::ban),
        previous: optional(&fields, "vorig_plan", people::previous),
    })
}

/// Stops at a file of the other kind that Loket knows: every key of it would be a problem, and none of those would help anybody.
pub(crate) fn right_kind(root: &At<'_>, wanted: &str) -> Option<()> {
    let Node::Object(entries) = root.node else { return Some(()) };
    let Some((_, Node::Text(found))) = entries.iter().find(|(key, _)| key == "formaat") else { return Some(()) };
    let kinds = [(FORMAT, "een lichting"), (crate::matching::outcome::FORMAT, "een uitkomst")];
    let name = |format: &str| kinds.iter().find(|(known, _)| *known == format).map(|(_, name)| *name);
    match (name(found), name(wanted)) {
        (Some(is), Some(needed)) if found != wanted => {
            let what = format!("dit bestand is {is} ({found}); hier is {needed} nodig");
            root.report.problem("formaat", &root.spot.key("formaat"), what, format!("kies een bestand met \"formaat\": \"{wanted}\""));
            None
        }
        _ => Some(()),
    }
}

/// Checks `formaat`.
pub(crate) fn format(fields: &Fields<'_>, format: &str) {
    if let Some(at) = fields.need("formaat")
        && let Some(text) = at.text()
        && text != format
    {
        let what = format!("het formaat \"{}\" is hier niet bekend", crate::strict::spot::show_id(text));
        at.report.problem("formaat", &at.spot, what, format!("gebruik een bestand met \"formaat\": \"{format}\""));
    }
}

/// Every row that could be read at all.
pub(crate) fn each<T>(list: &At<'_>, label: &str, read: impl Fn(&At<'_>) -> Option<T>) -> Option<Vec<T>> {
    Some(list.rows(label)?.iter().filter_map(read).collect())
}

fn optional<T>(fields: &Fields<'_>, key: &'static str, read: impl Fn(&At<'_>) -> Option<T>) -> Vec<T> {
    fields.get(key).and_then(|list| each(list, "", read)).unwrap_or_default()
}

/// The row's own id with its place; empty when it is missing.
pub(crate) fn own_id(fields: &Fields<'_>) -> Placed {
    let text = fields.need("id").and_then(At::id).unwrap_or_default().to_owned();
    Placed { text, spot: fields.at.spot.key("id") }
}

pub(crate) fn home(fields: &Fields<'_>) -> Home {
    let read = |key, bound: f64| fields.get(key).map(|at| at.decimal(-bound..=bound));
    let (lat, lon) = (read("lat", 90.0), read("lon", 180.0));
    let mut missing = Vec::new();
    for (key, value) in [("lat", &lat), ("lon", &lon)] {
        if value.is_none() {
            missing.push(fields.at.spot.key(key));
        }
    }
    let point = match (lat.flatten(), lon.flatten()) {
        (Some(lat), Some(lon)) => Some(Point { lat, lon }),
        _ => None,
    };
    Home { point, missing }
}

pub(crate) fn half_days(fields: &Fields<'_>) -> HalfDays {
    let days: Option<Vec<HalfDay>> = fields.get("dagdelen").and_then(|at| at.distinct(At::word));
    days.unwrap_or_default().into_iter().collect()
}

pub(crate) fn text(fields: &Fields<'_>, key: &'static str) -> Option<String> {
    fields.get(key).and_then(At::text).map(str::to_owned)
}

fn board(row: &At<'_>) -> Option<BoardDraft> {
    let fields = row.fields(&["id", "naam", "noodplan", "maximum"])?;
    Some(BoardDraft {
        id: own_id(&fields),
        name: text(&fields, "naam"),
        noodplan: fields.get("noodplan").and_then(At::flag).unwrap_or(true),
        maximum: fields.count("maximum"),
    })
}

fn school(row: &At<'_>) -> Option<SchoolDraft> {
    let fields = row.fields(&[
        "id",
        "naam",
        "bestuur",
        "soort",
        "lat",
        "lon",
        "doelgroep",
        "tekort",
        "concept",
        "denominatie",
        "kwaliteit",
        "maximum",
        "teamgrootte",
        "starters",
        "plekken",
    ])?;
    let percent = |key| fields.get(key).and_then(|at| at.count(PERCENT)).unwrap_or(0);
    Some(SchoolDraft {
        id: own_id(&fields),
        name: text(&fields, "naam"),
        board: fields.need("bestuur").and_then(At::placed),
        kind: fields.get("soort").and_then(At::word).unwrap_or(SchoolKind::Bo),
        home: home(&fields),
        target_group: percent("doelgroep"),
        shortage: percent("tekort"),
        concept: text(&fields, "concept"),
        denomination: text(&fields, "denominatie"),
        quality: fields.get("kwaliteit").and_then(At::word).unwrap_or(Quality::Voldoet),
        maximum: fields.count("maximum"),
        team_size: fields.count("teamgrootte"),
        starters: fields.count("starters").unwrap_or(0),
        seats: Section::read(fields.need("plekken"), "", seat, |row| &row.id),
    })
}

fn seat(row: &At<'_>) -> Option<SeatDraft> {
    let fields = row.fields(&["id", "bouw", "aantal", "dagdelen"])?;
    let bouw = fields.need("bouw");
    let own = fields.get("id").and_then(At::id);
    let id = own.or_else(|| {
        bouw.filter(|_| fields.get("id").is_none()).and_then(|at| match at.node {
            crate::strict::json::Node::Text(text) => Some(text.as_str()),
            _ => None,
        })
    });
    Some(SeatDraft {
        id: Placed { text: id.unwrap_or_default().to_owned(), spot: row.spot.key("id") },
        bouw: bouw.and_then(At::word).unwrap_or(Bouw::Onderbouw),
        count: fields.need("aantal").and_then(|at| at.count(AMOUNT)).unwrap_or(0),
        half_days: half_days(&fields),
    })
}

fn travel(row: &At<'_>) -> Option<TravelDraft> {
    let fields = row.fields(&["van", "naar", "minuten"])?;
    let (from, to) = (fields.need("van").and_then(At::placed), fields.need("naar").and_then(At::placed));
    let minutes = fields.need("minuten").and_then(|at| at.count(AMOUNT)).unwrap_or(0);
    Some(TravelDraft { from: from?, to: to?, minutes, spot: row.spot.clone() })
}
