//! Reads rows of coaches and candidates, and of what is locked, forbidden and agreed for a candidate.

use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::words::Status;
use loket_solver::matching::judge::rules::overrulable;

use super::read::{degrees, half_days, name, note, own_id, text, texts, words};
use crate::matching::rows::{BanRow, CandidateRow, CoachRow, ExcludedRow, LockRow, PairRow, PreviousRow};
use crate::strict::fields::{AMOUNT, At};
use crate::strict::json::Node;

pub(crate) fn coach(row: &At<'_>) -> Option<CoachRow> {
    let fields = row.fields(&[
        "id",
        "naam",
        "soort",
        "bestuur",
        "lat",
        "lon",
        "vervoer",
        "max_reistijd",
        "maximum",
        "uren",
        "uren_vervolg",
        "lopend",
        "tarief_cent",
        "bouwen",
        "soorten",
        "kenmerken",
        "eigen_school",
        "uitgesloten_scholen",
    ])?;
    let amount = |key| fields.need(key).and_then(|at| at.count(AMOUNT)).unwrap_or(0);
    Some(CoachRow {
        id: own_id(&fields),
        name: name(&fields),
        kind: fields.get("soort").and_then(At::word),
        board: text(&fields, "bestuur"),
        lat: degrees(&fields, "lat", 90.0),
        lon: degrees(&fields, "lon", 180.0),
        transport: fields.get("vervoer").and_then(At::word),
        max_travel: fields.count("max_reistijd"),
        maximum: amount("maximum"),
        hours: amount("uren"),
        next_hours: fields.count("uren_vervolg"),
        running: fields.count("lopend"),
        rate_cents: fields.count("tarief_cent"),
        bouwen: words(&fields, "bouwen"),
        kinds: words(&fields, "soorten"),
        tags: texts(&fields, "kenmerken"),
        own_school: text(&fields, "eigen_school"),
        excluded_schools: texts(&fields, "uitgesloten_scholen"),
        note: note(&fields),
    })
}

pub(crate) fn candidate(row: &At<'_>) -> Option<CandidateRow> {
    let fields = row.fields(&[
        "id",
        "naam",
        "lat",
        "lon",
        "vervoer",
        "max_reistijd",
        "fase",
        "uren",
        "bouwen",
        "soorten",
        "besturen",
        "concepten",
        "dagdelen",
        "wachtrondes",
        "coach_wensen",
        "coach_eisen",
        "huidige_coach",
        "huidige_school",
        "uitgesloten",
    ])?;
    if let Some(at) = fields.need("bouwen")
        && matches!(at.node, Node::List(items) if items.is_empty())
    {
        at.report.problem("leeg", &at.spot, "de lijst is leeg", "noem minstens één bouw: onderbouw, middenbouw of bovenbouw");
    }
    Some(CandidateRow {
        id: own_id(&fields),
        name: name(&fields),
        lat: degrees(&fields, "lat", 90.0),
        lon: degrees(&fields, "lon", 180.0),
        transport: fields.get("vervoer").and_then(At::word),
        max_travel: fields.count("max_reistijd"),
        phase: fields.get("fase").and_then(At::word),
        hours: fields.count("uren"),
        bouwen: words(&fields, "bouwen").unwrap_or_default(),
        kinds: words(&fields, "soorten"),
        boards: texts(&fields, "besturen"),
        concepts: texts(&fields, "concepten"),
        half_days: half_days(&fields),
        waited: fields.count("wachtrondes"),
        coach_wishes: texts(&fields, "coach_wensen"),
        coach_needs: texts(&fields, "coach_eisen"),
        current_coach: text(&fields, "huidige_coach"),
        current_school: text(&fields, "huidige_school"),
        excluded: fields.get("uitgesloten").and_then(excluded),
        note: note(&fields),
    })
}

fn excluded(at: &At<'_>) -> Option<ExcludedRow> {
    let fields = at.fields(&["scholen", "besturen", "denominaties", "coaches"])?;
    Some(ExcludedRow {
        schools: texts(&fields, "scholen"),
        boards: texts(&fields, "besturen"),
        denominations: texts(&fields, "denominaties"),
        coaches: texts(&fields, "coaches"),
        note: note(&fields),
    })
}

/// A row of `paren`: two candidates, who are not the same.
pub(crate) fn pair(row: &At<'_>) -> Option<PairRow> {
    let fields = row.fields(&["kandidaten", "soort", "reden"])?;
    let list = fields.need("kandidaten");
    let people = list.and_then(At::texts);
    if let Some(at) = list
        && let Node::List(items) = at.node
        && items.len() != 2
    {
        let what = format!("er staan {} kandidaten in, en het zijn er twee", items.len());
        at.report.problem("grens", &at.spot, what, "noem twee verschillende kandidaten");
    }
    let reason = fields.need("reden").and_then(At::text);
    let kind = fields.need("soort").and_then(At::word);
    Some(PairRow { people: people?, kind: kind?, reason: reason?.to_owned(), note: note(&fields) })
}

pub(crate) fn lock(row: &At<'_>) -> Option<LockRow> {
    let fields = row.fields(&["kandidaat", "school", "plek", "bouw", "coach", "ondanks"])?;
    Some(LockRow {
        school: text(&fields, "school"),
        seat: text(&fields, "plek"),
        bouw: fields.get("bouw").and_then(At::word),
        coach: text(&fields, "coach"),
        despite: fields.get("ondanks").and_then(|at| at.distinct(overruled)),
        note: note(&fields),
        candidate: fields.need("kandidaat").and_then(At::text)?.to_owned(),
    })
}

/// A rule that may be overruled.
pub fn overruled(at: &At<'_>) -> Option<RuleCode> {
    let text = at.text()?;
    let codes: Vec<_> = overrulable().map(RuleCode::code).collect();
    if RuleCode::parse(text).is_some_and(|code| !code.rule().overrulable) {
        let remedy = format!("haal \"{text}\" weg; afwijken kan van: {}", codes.join(", "));
        at.report.problem("niet-te-overrulen", &at.spot, format!("de regel \"{text}\" geldt altijd"), remedy);
        return None;
    }
    at.one_of(&codes).and_then(RuleCode::parse)
}

pub(crate) fn ban(row: &At<'_>) -> Option<BanRow> {
    let fields = row.fields(&["kandidaat", "school", "plek", "bouw", "bestuur", "coach", "reden"])?;
    if ["school", "plek", "bouw", "bestuur", "coach"].iter().all(|key| fields.get(key).is_none()) {
        let remedy = "noem wat verboden is: school, plek, bouw, bestuur of coach";
        row.report.problem("leeg", &row.spot, "deze regel verbiedt niets", remedy);
    }
    let reason = fields.need("reden").and_then(At::remark).unwrap_or_default().to_owned();
    Some(BanRow {
        school: text(&fields, "school"),
        seat: text(&fields, "plek"),
        bouw: fields.get("bouw").and_then(At::word),
        board: text(&fields, "bestuur"),
        coach: text(&fields, "coach"),
        reason,
        note: note(&fields),
        candidate: fields.need("kandidaat").and_then(At::text)?.to_owned(),
    })
}

pub(crate) fn previous(row: &At<'_>) -> Option<PreviousRow> {
    let fields = row.fields(&["kandidaat", "school", "plek", "coach", "status"])?;
    for (given, absent) in [("school", "plek"), ("plek", "school")] {
        if fields.get(given).is_some() && fields.get(absent).is_none() {
            let what = format!("\"{given}\" staat er zonder \"{absent}\"");
            let remedy = "vul school en plek allebei in, of geen van beide";
            row.report.problem("samen", &row.spot.key(absent), what, remedy);
        }
    }
    let status = fields.need("status").and_then(At::word).unwrap_or(Status::Voorgesteld);
    Some(PreviousRow {
        school: text(&fields, "school"),
        seat: text(&fields, "plek"),
        coach: text(&fields, "coach"),
        status,
        note: note(&fields),
        candidate: fields.need("kandidaat").and_then(At::text)?.to_owned(),
    })
}
