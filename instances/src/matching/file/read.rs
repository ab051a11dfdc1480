//! Reads the rows of a wave file one by one; references are not looked up yet.
//!
//! Where a value is wrong the row holds a stand-in; the report then has a problem, so nobody is ever given the row.

use loket_solver::matching::facts::words::{Bouw, Phase};

use super::people;
use super::places::{Places, Rows, Within};
use super::policy;
use crate::matching::rows::WaveFile;
use crate::matching::rows::{BoardRow, SchoolRow, SeatRow, TravelRow};
use crate::strict::fields::{AMOUNT, At, Fields, PERCENT};
use crate::strict::json::Node;
use crate::strict::limits;
pub(crate) use crate::strict::rows::{degrees, each, format, half_days, name, note, own_id, right_kind, text, texts, words};

/// The format's name with its version.
pub(crate) const FORMAT: &str = "loket-lichting/1";
/// Rows that could be read, and where the others stood.
type Section<T> = (Vec<T>, Rows);

/// At most `most` rows. Past a flood of problems rows that are wrong are counted and not kept.
fn section<T>(at: Option<&At<'_>>, label: &str, most: usize, read: impl Fn(&At<'_>) -> Option<T>) -> Section<T> {
    let unread = || (Vec::new(), Rows::unread());
    let Some(list) = at.filter(|at| at.no_more_than(most).is_some()) else { return unread() };
    let Some(rows) = list.each_row(label) else { return unread() };
    let report = list.report;
    let mut dropped = false;
    let mut kept = Vec::new();
    for row in rows {
        let before = report.count();
        let row = read(&row);
        if before > limits::COUNTED && report.count() > before {
            dropped = true;
        } else {
            kept.push(row);
        }
    }
    let (rows, mut places) = Rows::split(kept);
    places.broken |= dropped;
    (rows, places)
}

/// The same of a list whose rows have ids: one without is broken too.
fn identified<T>(at: Option<&At<'_>>, label: &str, read: impl Fn(&At<'_>) -> Option<T>, id: impl Fn(&T) -> &str) -> Section<T> {
    let (rows, mut places) = section(at, label, limits::ROWS, read);
    places.broken |= rows.iter().any(|row| id(row).is_empty());
    (rows, places)
}

/// The same of a list that may be absent.
fn optional<T>(fields: &Fields<'_>, key: &'static str, most: usize, read: impl Fn(&At<'_>) -> Option<T>) -> (Option<Vec<T>>, Rows) {
    match fields.get(key) {
        Some(at) => {
            let (rows, places) = section(Some(at), "", most, read);
            (Some(rows), places)
        }
        None => (None, Rows::default()),
    }
}

/// Reads the whole tree; `None` when it is no wave file at all.
pub(crate) fn wave(root: &At<'_>) -> Option<(WaveFile, Places)> {
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
        "paren",
    ])?;
    format(&fields, FORMAT);
    let id = own_id(&fields);
    let phase = fields.need("fase").and_then(At::word).unwrap_or(Phase::Opleiding);
    let (boards, board_places) = identified(fields.need("besturen"), "id", board, |row| &row.id);
    let (schools, school_places) = identified(fields.need("scholen"), "id", school, |(row, _)| &row.id);
    let (coaches, coach_places) = identified(fields.need("coaches"), "id", people::coach, |row| &row.id);
    let (candidates, candidate_places) = identified(fields.need("kandidaten"), "id", people::candidate, |row| &row.id);
    let (policy, goals) = fields.get("beleid").and_then(policy::read).unzip();
    let (travel, travel_places) = optional(&fields, "reistijden", limits::TRAVEL_ROWS, travel);
    let (locks, lock_places) = optional(&fields, "vast", limits::ROWS, people::lock);
    let (bans, ban_places) = optional(&fields, "verboden", limits::ROWS, people::ban);
    let (previous, previous_places) = optional(&fields, "vorig_plan", limits::ROWS, people::previous);
    let (pairs, pair_places) = optional(&fields, "paren", limits::ROWS, people::pair);
    let (schools, within) = schools.into_iter().unzip();
    let places = Places {
        boards: board_places,
        schools: school_places,
        coaches: coach_places,
        candidates: candidate_places,
        travel: travel_places,
        locks: lock_places,
        bans: ban_places,
        previous: previous_places,
        pairs: pair_places,
        goals: goals.unwrap_or_default(),
        within,
    };
    let (name, note) = (name(&fields), note(&fields));
    let file = WaveFile { id, name, phase, policy, boards, schools, coaches, candidates, travel, locks, bans, previous, pairs, note };
    Some((file, places))
}

/// A row of `besturen`.
pub(crate) fn board(row: &At<'_>) -> Option<BoardRow> {
    let fields = row.fields(&["id", "naam", "noodplan", "maximum"])?;
    Some(BoardRow {
        id: own_id(&fields),
        name: name(&fields),
        noodplan: fields.get("noodplan").and_then(At::flag),
        maximum: fields.count("maximum"),
        note: note(&fields),
    })
}

/// A row of `scholen`, and what of it could not be read.
pub(crate) fn school(row: &At<'_>) -> Option<(SchoolRow, Within)> {
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
    let percent = |key| fields.get(key).and_then(|at| at.count(PERCENT));
    let board = fields.need("bestuur").and_then(At::text);
    let (seats, seat_places) = identified(fields.need("plekken"), "", seat, SeatRow::id);
    let school = SchoolRow {
        id: own_id(&fields),
        name: name(&fields),
        board: board.unwrap_or_default().to_owned(),
        kind: fields.get("soort").and_then(At::word),
        lat: degrees(&fields, "lat", 90.0),
        lon: degrees(&fields, "lon", 180.0),
        target_group: percent("doelgroep"),
        shortage: percent("tekort"),
        concept: text(&fields, "concept"),
        denomination: text(&fields, "denominatie"),
        quality: fields.get("kwaliteit").and_then(At::word),
        maximum: fields.count("maximum"),
        team_size: fields.count("teamgrootte"),
        starters: fields.count("starters"),
        seats,
        note: note(&fields),
    };
    Some((school, Within { seats: seat_places, no_board: board.is_none() }))
}

/// A row of a school's `plekken`.
pub(crate) fn seat(row: &At<'_>) -> Option<SeatRow> {
    let fields = row.fields(&["id", "bouw", "aantal", "dagdelen", "delen"])?;
    let at = fields.need("bouw");
    let bouw = at.and_then(At::word::<Bouw>);
    let own_id = match fields.get("id") {
        Some(at) => Some(at.id().unwrap_or_default().to_owned()),
        // A bouw that is none still names the row, so that what points at it is not reported too.
        None if bouw.is_none() => Some(match at.map(|at| at.node) {
            Some(Node::Text(text)) => text.clone(),
            _ => String::new(),
        }),
        None => None,
    };
    let shared = fields.get("delen");
    let unnamed = fields.get("dagdelen").is_none_or(|at| matches!(at.node, Node::List(days) if days.is_empty()));
    if let (Some(at), true) = (shared.filter(|at| matches!(at.node, Node::Flag(true))), unnamed) {
        at.report.problem("samen", &at.spot, "er staat niet wanneer de duo-collega er is", "vul \"dagdelen\" in, of haal \"delen\" weg");
    }
    Some(SeatRow {
        own_id,
        bouw: bouw.unwrap_or(Bouw::Onderbouw),
        count: fields.need("aantal").and_then(|at| at.count(AMOUNT)).unwrap_or(0),
        half_days: half_days(&fields),
        shared: shared.and_then(At::flag),
        note: note(&fields),
    })
}

fn travel(row: &At<'_>) -> Option<TravelRow> {
    let fields = row.fields(&["van", "naar", "minuten"])?;
    let (from, to) = (fields.need("van").and_then(At::text), fields.need("naar").and_then(At::text));
    let minutes = fields.need("minuten").and_then(|at| at.count(AMOUNT)).unwrap_or(0);
    Some(TravelRow { from: from?.to_owned(), to: to?.to_owned(), minutes, note: note(&fields) })
}
