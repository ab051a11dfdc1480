//! Reads an outcome file strictly: shapes, types and words; whether it is true of a wave is for the judge to say.

use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::{Bouw, Word};

use super::policy::{self, terms};
use super::read::{each, format, right_kind};
use crate::matching::lines::{ConflictLine, FORMAT, Figures, OutcomeFile, PlacementLine, ReasonLine, UnplacedLine};
use crate::outcomes::read::{goal, integer, list, more, notice, points, technique, text};
use crate::strict::fields::{ANY, At};
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
    let goals = list(&fields, "doelen", "naam", |row| goal(row, &terms(), true));
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
        points: points(&fields, "punten", &terms()),
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
