//! Reads an outcome file of a roster strictly: shapes, types and words; whether it is true of a roster is for the judge to say.

use loket_solver::common::words::{Verdict, Word};
use loket_solver::scheduling::facts::calendar::Moment;
use loket_solver::scheduling::facts::codes::{Kind, ReasonCode, RuleCode};
use serde_json::Value;

use super::claims;
use super::policy::{self, term_codes};
use super::times::moment;
use crate::outcomes::read::{goal, integer, list, more, notice, optional, points, technique, text};
use crate::scheduling::lines::{BlockLine, ConflictLine, FORMAT, MemberLine, OutcomeFile, ReasonLine, UnplannedLine};
use crate::strict;
use crate::strict::fields::{ANY, At, Fields};
use crate::strict::problem::Refusal;
use crate::strict::rows::{each, format, right_kind};
use crate::strict::spot::Spot;

/// Reads an outcome file of a roster of this kind.
///
/// # Errors
/// Every problem of the file at once: unknown or double keys, missing keys, wrong types and words. Keys may be added under
/// `kerncijfers` and `techniek` only.
pub fn read_outcome(bytes: &[u8], kind: Kind) -> Result<OutcomeFile, Refusal> {
    strict::read(bytes, |root| outcome(root, kind)).map_err(|refusal| of_another(bytes, kind).unwrap_or(refusal))
}

/// That an outcome is of another kind of roster: whatever is wrong with it here says no more than that.
fn of_another(bytes: &[u8], kind: Kind) -> Option<Refusal> {
    let reads = |it: &Kind| strict::read(bytes, |root| outcome(root, *it)).is_ok();
    let other = Kind::ALL.iter().copied().filter(|it| *it != kind).find(reads)?;
    let what = format!("deze uitkomst is van een rooster van soort {}, en dit rooster is van soort {}", other.code(), kind.code());
    Some(Refusal::one("formaat", &Spot::default().key("beleid"), what, "kies de uitkomst die bij dit rooster hoort"))
}

fn outcome(root: &At<'_>, kind: Kind) -> Option<OutcomeFile> {
    right_kind(root, FORMAT)?;
    let fields = root.fields(&[
        "formaat",
        "rooster",
        "invoer_sha256",
        "status",
        "doelen",
        "blokken",
        "ongepland",
        "punten_plan",
        "conflict",
        "meldingen",
        "kerncijfers",
        "beleid",
        "techniek",
    ])?;
    format(&fields, FORMAT);
    let policy = fields.need("beleid").map(|at| {
        policy::read(at, kind);
        at.node.to_value()
    });
    let figures = fields.need("kerncijfers").and_then(|at| at.open_fields(&["eenheden", "gepland", "blokken", "gewijzigd", "gedwongen"]));
    let figures = figures.map(|fields| {
        let known = ["eenheden", "gepland", "blokken", "gewijzigd", "gedwongen"].map(|key| (key.to_owned(), integer(&fields, key).into()));
        known.into_iter().chain(more(&fields)).collect()
    });
    Some(OutcomeFile {
        kind,
        roster: fields.need("rooster").and_then(At::id).unwrap_or_default().to_owned(),
        input_sha256: text(&fields, "invoer_sha256"),
        status: fields.need("status").and_then(At::word).unwrap_or(Verdict::Stopped),
        goals: list(&fields, "doelen", "naam", |row| goal(row, &term_codes(kind), false)),
        blocks: list(&fields, "blokken", "", |row| block(row, kind)),
        unplanned: list(&fields, "ongepland", "id", unplanned),
        plan_points: points(&fields, "punten_plan", &term_codes(kind)),
        conflict: fields.get("conflict").and_then(|at| each(at, "", |row| conflict(row, kind))).unwrap_or_default(),
        notices: list(&fields, "meldingen", "", notice),
        figures: figures?,
        policy: policy?,
        technique: fields.need("techniek").and_then(technique)?,
    })
}

/// The keys of a block of each kind.
fn block_keys(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Interviews => &["dagdeel", "locatie", "bezetting", "leden", "punten"],
        Kind::PeerGroups => &["reeks", "dagdelen", "locatie", "vervolg_van", "bezetting", "leden", "punten"],
        Kind::Visits => &["dagdeel", "bezetting", "leden", "punten"],
        Kind::Courses => &["aanbod", "reeks", "dagdelen", "locatie", "bezetting", "leden", "punten"],
    }
}

fn block(row: &At<'_>, kind: Kind) -> Option<BlockLine> {
    let keys = block_keys(kind);
    let fields = row.fields(keys)?;
    let has = |key: &str| keys.contains(&key);
    let moments = |fields: &Fields<'_>, key: &'static str| fields.need(key).and_then(|at| each(at, "", moment));
    let staff = |row: &At<'_>| {
        let fields = row.fields(&["rol", "persoon"])?;
        Some((text(&fields, "rol"), text(&fields, "persoon")))
    };
    let series = matches!(kind, Kind::PeerGroups | Kind::Courses);
    let member = |row: &At<'_>| {
        let keys: &[&'static str] = match kind {
            Kind::Interviews => &["id", "tijd", "punten"],
            Kind::Visits => &["id", "punten"],
            Kind::PeerGroups | Kind::Courses => &["id", "afwezig", "punten"],
        };
        let fields = row.fields(keys)?;
        let absent: Option<Vec<Moment>> = if series { moments(&fields, "afwezig") } else { None };
        let time = if kind == Kind::Interviews { optional(&fields, "tijd") } else { None };
        Some(MemberLine { id: text(&fields, "id"), time, absent, points: points(&fields, "punten", &term_codes(kind)) })
    };
    Some(BlockLine {
        moment: if has("dagdeel") { fields.need("dagdeel").and_then(moment) } else { None },
        series: if series { Some(text(&fields, "reeks")) } else { None },
        moments: if series { moments(&fields, "dagdelen") } else { None },
        location: if has("locatie") { optional(&fields, "locatie") } else { None },
        offer: if has("aanbod") { Some(text(&fields, "aanbod")) } else { None },
        follows: if has("vervolg_van") { optional(&fields, "vervolg_van") } else { None },
        staff: list(&fields, "bezetting", "", staff),
        members: list(&fields, "leden", "id", member),
        points: points(&fields, "punten", &term_codes(kind)),
    })
}

fn unplanned(row: &At<'_>) -> Option<UnplannedLine> {
    let fields = row.fields(&["id", "aantal", "redenen"])?;
    Some(UnplannedLine { id: text(&fields, "id"), missing: integer(&fields, "aantal"), reasons: list(&fields, "redenen", "", reason) })
}

fn reason(row: &At<'_>) -> Option<ReasonLine> {
    let fields = row.fields(&["code", "gegevens", "tekst"])?;
    let code = text(&fields, "code");
    if let Some(at) = fields.get("code").filter(|_| ReasonCode::parse(&code).is_none()) {
        at.refuse("woord", format!("\"{code}\" is geen reden"), "gebruik een code van een regel, of een van de andere redenen");
    }
    let data = fields.need("gegevens").and_then(At::entries).unwrap_or_default().into_iter();
    let data = data.filter_map(|(key, at)| {
        let value: Value = if key == "rol" { at.text()?.into() } else { at.integer(ANY)?.into() };
        Some((key.to_owned(), value))
    });
    Some(ReasonLine { code, data: data.collect(), text: text(&fields, "tekst") })
}

fn conflict(row: &At<'_>, kind: Kind) -> Option<ConflictLine> {
    let keys: &[&'static str] = match kind {
        Kind::Visits => &["plaatsing", "dagdeel", "locatie", "reeks", "aanbod", "persoon", "regels"],
        _ => &["deelnemer", "dagdeel", "locatie", "reeks", "aanbod", "persoon", "regels"],
    };
    let fields = row.fields(keys)?;
    let rules = fields.need("regels").and_then(At::texts).unwrap_or_default();
    if let Some(at) = fields.get("regels").filter(|_| rules.iter().any(|rule| RuleCode::parse(rule).is_none())) {
        at.refuse("woord", "hier staat iets dat geen regel is", "gebruik de codes van regels");
    }
    Some(ConflictLine { lock: claims::claim(&fields, kind, "vast")?, rules })
}
