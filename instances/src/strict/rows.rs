//! What every kind of file has: its format, ids, names, remarks, coordinates, half-days and lists of words, read one by one.

use loket_solver::common::words::{HalfDay, Word};

use super::fields::{At, Fields};
use super::json::Node;
use super::spot::show_id;

/// Every format of a file, with what people call such a file.
const FORMATS: [(&str, &str); 7] = [
    ("loket-lichting/1", "een lichting"),
    ("loket-uitkomst/1", "een uitkomst"),
    ("loket-rooster/1", "een rooster"),
    ("loket-rooster-uitkomst/1", "een uitkomst van een rooster"),
    ("loket-meerjarenplan/1", "een meerjarenplan"),
    ("loket-meerjarenplan-uitkomst/1", "een uitkomst van een meerjarenplan"),
    ("loket-trechter/1", "een stand van de trechter"),
];

/// Stops at a file of another kind that Loket knows: every key of it would be a problem, and none of those would help anybody.
pub(crate) fn right_kind(root: &At<'_>, wanted: &str) -> Option<()> {
    let Node::Object(entries) = root.node else { return Some(()) };
    let Some((_, Node::Text(found))) = entries.iter().find(|(key, _)| key == "formaat") else { return Some(()) };
    let name = |format: &str| FORMATS.iter().find(|(known, _)| *known == format).map(|(_, name)| *name);
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
        let what = format!("het formaat \"{}\" is hier niet bekend", show_id(text));
        at.report.problem("formaat", &at.spot, what, format!("gebruik een bestand met \"formaat\": \"{format}\""));
    }
}

/// Every row that could be read at all.
pub(crate) fn each<T>(list: &At<'_>, label: &str, read: impl Fn(&At<'_>) -> Option<T>) -> Option<Vec<T>> {
    Some(list.rows(label)?.iter().filter_map(read).collect())
}

/// The row's own id; empty when it is missing.
pub(crate) fn own_id(fields: &Fields<'_>) -> String {
    fields.need("id").and_then(At::id).unwrap_or_default().to_owned()
}

/// `toelichting`, which every object with fixed keys may have.
pub(crate) fn note(fields: &Fields<'_>) -> Option<String> {
    let Node::Object(entries) = fields.at.node else { return None };
    entries.iter().find_map(|(key, value)| match value {
        Node::Text(text) if key == "toelichting" => Some(text.clone()),
        _ => None,
    })
}

/// A coordinate. One that is wrong is reported here and stands for one that is there.
pub(crate) fn degrees(fields: &Fields<'_>, key: &'static str, bound: f64) -> Option<f64> {
    fields.get(key).map(|at| at.decimal(-bound..=bound).unwrap_or_default())
}

pub(crate) fn half_days(fields: &Fields<'_>) -> Option<Vec<HalfDay>> {
    fields.get("dagdelen").and_then(|at| at.distinct(At::word))
}

pub(crate) fn text(fields: &Fields<'_>, key: &'static str) -> Option<String> {
    fields.get(key).and_then(At::text).map(str::to_owned)
}

/// `naam`, where a row may have one.
pub(crate) fn name(fields: &Fields<'_>) -> Option<String> {
    fields.get("naam").and_then(At::name).map(str::to_owned)
}

/// Texts of an optional list without doubles.
pub(crate) fn texts(fields: &Fields<'_>, key: &'static str) -> Option<Vec<String>> {
    fields.get(key).and_then(At::texts)
}

/// Words of an optional list without doubles.
pub(crate) fn words<W: Word>(fields: &Fields<'_>, key: &'static str) -> Option<Vec<W>> {
    fields.get(key).and_then(|at| at.distinct(At::word))
}
