//! Reads an outcome file strictly: shapes, types and words; whether it is true of a wave is for the judge to say.

use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::{Bouw, Word};
use serde_json::{Map, Value};

use super::policy::{self, terms};
use super::read::{each, format, right_kind};
use crate::matching::lines::{
    ConflictLine, FORMAT, Figures, GoalLine, NoticeLine, OutcomeFile, PlacementLine, ReasonLine, TechniqueLine, UnplacedLine,
};
use crate::strict::fields::{ANY, At, Fields, PERCENT};
use crate::strict::json;
use crate::strict::problem::Refusal;
use crate::strict::report::{Report, broken};
use crate::strict::spot::Spot;

/// Reads an outcome file.
///
/// # Errors
/// Every problem of the file at once: unknown or double keys, missing keys, wrong types and words. Keys may be added under
/// `kerncijfers` and `techniek` only.
pub fn read_outcome(bytes: &[u8]) -> Result<OutcomeFile, Refusal> {
    let tree = json::parse(bytes).map_err(|error| broken(&error))?;
    let report = Report::default();
    let root = At { node: &tree, spot: Spot::default(), report: &report };
    let made = outcome(&root);
    report.close(made).map(|(outcome, _)| outcome)
}

fn outcome(root: &At<'_>) -> Option<OutcomeFile> {
    right_kind(root, FORMAT)?;
    let fields = root.fields(&[
        "formaat",
        "lichting",
        "invoer_sha256",
        "status",
        "doelen",
        "plaatsingen",
        "ongeplaatst",
        "conflict",
        "meldingen",
        "kerncijfers",
        "beleid",
        "techniek",
    ])?;
    format(&fields, FORMAT);
    let wave = fields.need("lichting").and_then(At::id).unwrap_or_default().to_owned();
    let input_sha256 = text(&fields, "invoer_sha256");
    let status = fields.need("status").and_then(At::word).unwrap_or(Verdict::Stopped);
    let goals = list(&fields, "doelen", "naam", goal);
    let placements = list(&fields, "plaatsingen", "kandidaat", placement);
    let unplaced = list(&fields, "ongeplaatst", "kandidaat", unplaced);
    let conflict = fields.get("conflict").and_then(|at| each(at, "kandidaat", conflict)).unwrap_or_default();
    let notices = list(&fields, "meldingen", "", notice);
    let figures = fields.need("kerncijfers").and_then(figures);
    let policy = fields.need("beleid").map(|at| {
        policy::read(at);
        at.node.to_value()
    });
    let technique = fields.need("techniek").and_then(technique);
    Some(OutcomeFile {
        wave,
        input_sha256,
        status,
        goals,
        placements,
        unplaced,
        conflict,
        notices,
        figures: figures?,
        policy: policy?,
        technique: technique?,
    })
}

fn list<T>(fields: &Fields<'_>, key: &'static str, label: &str, read: impl Fn(&At<'_>) -> Option<T>) -> Vec<T> {
    fields.need(key).and_then(|at| each(at, label, read)).unwrap_or_default()
}

fn text(fields: &Fields<'_>, key: &'static str) -> String {
    fields.need(key).and_then(At::text).unwrap_or_default().to_owned()
}

fn integer(fields: &Fields<'_>, key: &'static str) -> i64 {
    fields.need(key).and_then(|at| at.integer(ANY)).unwrap_or_default()
}

fn seconds(fields: &Fields<'_>) -> f64 {
    fields.need("seconden").and_then(|at| at.decimal(0.0..=1e12)).unwrap_or_default()
}

fn points(fields: &Fields<'_>) -> Vec<(String, i64)> {
    let points = fields.need("punten").and_then(|at| at.numbers(&terms(), ANY)).unwrap_or_default();
    points.into_iter().map(|(term, number)| (term.to_owned(), number)).collect()
}

fn more(fields: &Fields<'_>) -> Map<String, Value> {
    fields.extra.iter().map(|(key, at)| ((*key).to_owned(), at.node.to_value())).collect()
}

fn goal(row: &At<'_>) -> Option<GoalLine> {
    let fields = row.fields(&[
        "naam",
        "punten",
        "tolerantie_procent",
        "beste",
        "bovengrens",
        "bewezen",
        "ondergrens",
        "waarde",
        "seconden",
        "certificaat",
    ])?;
    Some(GoalLine {
        name: text(&fields, "naam"),
        weights: points(&fields),
        tolerance_percent: fields.need("tolerantie_procent").and_then(|at| at.integer(PERCENT)).unwrap_or_default(),
        best: integer(&fields, "beste"),
        bound: integer(&fields, "bovengrens"),
        proven: fields.need("bewezen").and_then(At::flag).unwrap_or_default(),
        floor: integer(&fields, "ondergrens"),
        value: integer(&fields, "waarde"),
        seconds: seconds(&fields),
        certificate: fields.get("certificaat").map(|at| at.node.to_value()),
    })
}

fn placement(row: &At<'_>) -> Option<PlacementLine> {
    let fields = row.fields(&["kandidaat", "school", "plek", "bouw", "coach", "uren", "reistijd", "coachreistijd", "punten"])?;
    Some(PlacementLine {
        candidate: text(&fields, "kandidaat"),
        school: text(&fields, "school"),
        seat: text(&fields, "plek"),
        bouw: fields.need("bouw").and_then(At::word::<Bouw>).map_or("", Word::code).to_owned(),
        coach: text(&fields, "coach"),
        hours: integer(&fields, "uren"),
        travel: integer(&fields, "reistijd"),
        coach_travel: integer(&fields, "coachreistijd"),
        points: points(&fields),
    })
}

fn unplaced(row: &At<'_>) -> Option<UnplacedLine> {
    let fields = row.fields(&["kandidaat", "redenen"])?;
    Some(UnplacedLine { candidate: text(&fields, "kandidaat"), reasons: list(&fields, "redenen", "", reason) })
}

fn reason(row: &At<'_>) -> Option<ReasonLine> {
    let fields = row.fields(&["code", "gegevens", "tekst"])?;
    let data = fields.need("gegevens").and_then(At::entries).unwrap_or_default().into_iter();
    Some(ReasonLine {
        code: text(&fields, "code"),
        data: data.filter_map(|(key, at)| Some((key.to_owned(), at.integer(ANY)?))).collect(),
        text: text(&fields, "tekst"),
    })
}

fn conflict(row: &At<'_>) -> Option<ConflictLine> {
    let fields = row.fields(&["kandidaat", "regels"])?;
    let rules = fields.need("regels").and_then(At::texts).unwrap_or_default();
    Some(ConflictLine { candidate: text(&fields, "kandidaat"), rules })
}

fn notice(row: &At<'_>) -> Option<NoticeLine> {
    let fields = row.fields(&["code", "plaats", "tekst"])?;
    Some(NoticeLine { code: text(&fields, "code"), pointer: text(&fields, "plaats"), text: text(&fields, "tekst") })
}

fn figures(at: &At<'_>) -> Option<Figures> {
    let fields = at.open_fields(&[
        "kandidaten",
        "geplaatst",
        "bouw_1e",
        "bouw_2e",
        "bouw_later",
        "reistijd_gemiddeld",
        "reistijd_hoogste",
        "kosten_cent",
        "gewijzigd",
        "gedwongen",
    ])?;
    Some(Figures {
        candidates: integer(&fields, "kandidaten"),
        placed: integer(&fields, "geplaatst"),
        first_bouw: integer(&fields, "bouw_1e"),
        second_bouw: integer(&fields, "bouw_2e"),
        later_bouw: integer(&fields, "bouw_later"),
        mean_travel: integer(&fields, "reistijd_gemiddeld"),
        most_travel: integer(&fields, "reistijd_hoogste"),
        cost_cents: integer(&fields, "kosten_cent"),
        changed: integer(&fields, "gewijzigd"),
        forced: integer(&fields, "gedwongen"),
        more: more(&fields),
    })
}

fn technique(at: &At<'_>) -> Option<TechniqueLine> {
    let fields = at.open_fields(&["versie", "engine", "seed", "seconden"])?;
    let seed = fields.need("seed").and_then(|at| at.integer(0..=(1 << 53) - 1)).unwrap_or_default();
    Some(TechniqueLine {
        version: text(&fields, "versie"),
        engine: text(&fields, "engine"),
        seed: seed.unsigned_abs(),
        seconds: seconds(&fields),
        more: more(&fields),
    })
}
