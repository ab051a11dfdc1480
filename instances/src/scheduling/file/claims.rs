//! Reads what is locked, forbidden and agreed: rows of `vast`, `verboden` and `vorig`.

use loket_solver::common::words::Status;
use loket_solver::scheduling::facts::codes::Kind;

use super::times::moment;
use super::used::uses;
use crate::scheduling::rows::{ClaimRow, PreviousRow};
use crate::strict::fields::{At, Fields};
use crate::strict::rows::{note, text, texts};

/// What the unit is called in these rows.
pub(crate) fn unit_key(kind: Kind) -> &'static str {
    if kind == Kind::Visits { "plaatsing" } else { "deelnemer" }
}

pub(crate) const LOCK: &[&str] = &["deelnemer", "dagdeel", "locatie", "reeks", "aanbod", "persoon"];
pub(crate) const BAN: &[&str] = &["deelnemer", "dagdeel", "locatie", "reeks", "aanbod", "persoon", "reden"];
pub(crate) const PREVIOUS: &[&str] = &["deelnemer", "dagdeel", "locatie", "personen", "groep", "reeks", "aanbod", "persoon", "status"];
pub(crate) const LOCK_OF_VISIT: &[&str] = &["plaatsing", "dagdeel", "locatie", "reeks", "aanbod", "persoon"];
pub(crate) const BAN_OF_VISIT: &[&str] = &["plaatsing", "dagdeel", "locatie", "reeks", "aanbod", "persoon", "reden"];
pub(crate) const PREVIOUS_OF_VISIT: &[&str] =
    &["plaatsing", "dagdeel", "locatie", "personen", "groep", "reeks", "aanbod", "persoon", "status"];

/// The keys of a list of these rows.
pub(crate) fn keys(kind: Kind, list: &str) -> &'static [&'static str] {
    match (list, kind) {
        ("vast", Kind::Visits) => LOCK_OF_VISIT,
        ("vast", _) => LOCK,
        ("verboden", Kind::Visits) => BAN_OF_VISIT,
        ("verboden", _) => BAN,
        (_, Kind::Visits) => PREVIOUS_OF_VISIT,
        _ => PREVIOUS,
    }
}

fn unit(fields: &Fields<'_>, kind: Kind) -> Option<String> {
    fields.need(unit_key(kind)).and_then(At::text).map(str::to_owned)
}

/// A row of `vast` or `verboden`.
pub(crate) fn claim(fields: &Fields<'_>, kind: Kind, list: &'static str) -> Option<ClaimRow> {
    if kind == Kind::Visits {
        fields.need("dagdeel");
    }
    let ban = list == "verboden";
    let names = ["dagdeel", "locatie", "reeks", "aanbod", "persoon"].into_iter().filter(|key| uses(kind, list, key));
    let names: Vec<&'static str> = names.collect();
    if ban && kind != Kind::Visits && names.iter().all(|key| fields.get(key).is_none()) {
        let remedy = format!("noem wat verboden is: {}", names.join(", "));
        fields.at.refuse("leeg", "deze regel verbiedt niets", remedy);
    }
    let reason = if ban { fields.need("reden").and_then(At::remark).map(str::to_owned) } else { None };
    Some(ClaimRow {
        moment: fields.get("dagdeel").and_then(moment),
        location: text(fields, "locatie"),
        series: text(fields, "reeks"),
        offer: text(fields, "aanbod"),
        person: text(fields, "persoon"),
        reason,
        note: note(fields),
        unit: unit(fields, kind)?,
    })
}

/// A row of `vorig`.
pub(crate) fn previous(fields: &Fields<'_>, kind: Kind) -> Option<PreviousRow> {
    let needed: &[&'static str] = match kind {
        Kind::Interviews => &["dagdeel", "locatie"],
        Kind::PeerGroups => &[],
        Kind::Visits => &["dagdeel"],
        Kind::Courses => &["aanbod"],
    };
    for key in needed {
        fields.need(key);
    }
    Some(PreviousRow {
        moment: fields.get("dagdeel").and_then(moment),
        location: text(fields, "locatie"),
        people: texts(fields, "personen"),
        group: text(fields, "groep"),
        series: text(fields, "reeks"),
        offer: text(fields, "aanbod"),
        person: text(fields, "persoon"),
        status: fields.need("status").and_then(At::word).unwrap_or(Status::Voorgesteld),
        note: note(fields),
        unit: unit(fields, kind)?,
    })
}
