//! Drafts of coaches and candidates, and of what is locked, forbidden and agreed for a candidate.

use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::words::{Bouw, CoachKind, HalfDays, Phase, SchoolKind, Status, Transport, Word};
use loket_solver::matching::judge::rules::overrulable;

use super::draft::{Home, half_days, home, own_id, text};
use crate::strict::fields::{AMOUNT, At, Fields, Placed};
use crate::strict::json::Node;
use crate::strict::spot::Spot;

pub(crate) struct CoachDraft {
    pub(crate) id: Placed,
    pub(crate) name: Option<String>,
    pub(crate) kind: CoachKind,
    pub(crate) board: Option<Placed>,
    pub(crate) home: Home,
    pub(crate) transport: Transport,
    pub(crate) max_travel: u32,
    pub(crate) maximum: u32,
    pub(crate) hours: u32,
    pub(crate) next_hours: Option<u32>,
    pub(crate) running: u32,
    pub(crate) rate_cents: u32,
    pub(crate) bouwen: Vec<Bouw>,
    pub(crate) kinds: Vec<SchoolKind>,
    pub(crate) tags: Vec<String>,
    pub(crate) own_school: Option<Placed>,
    pub(crate) excluded_schools: Vec<Placed>,
}

pub(crate) struct CandidateDraft {
    pub(crate) id: Placed,
    pub(crate) name: Option<String>,
    pub(crate) home: Home,
    pub(crate) transport: Transport,
    pub(crate) max_travel: u32,
    pub(crate) phase: Option<Phase>,
    pub(crate) hours: Option<u32>,
    pub(crate) bouwen: Vec<Bouw>,
    pub(crate) kinds: Vec<SchoolKind>,
    pub(crate) boards: Vec<Placed>,
    pub(crate) concepts: Vec<String>,
    pub(crate) half_days: HalfDays,
    pub(crate) waited: u32,
    pub(crate) coach_wishes: Vec<String>,
    pub(crate) coach_needs: Vec<String>,
    pub(crate) current_coach: Option<Placed>,
    pub(crate) current_school: Option<Placed>,
    pub(crate) excluded: Excluded,
}

#[derive(Default)]
pub(crate) struct Excluded {
    pub(crate) schools: Vec<Placed>,
    pub(crate) boards: Vec<Placed>,
    pub(crate) denominations: Vec<String>,
    pub(crate) coaches: Vec<Placed>,
}

pub(crate) struct LockDraft {
    pub(crate) candidate: Placed,
    pub(crate) school: Option<Placed>,
    pub(crate) seat: Option<Placed>,
    pub(crate) bouw: Option<Bouw>,
    pub(crate) coach: Option<Placed>,
    pub(crate) despite: Vec<RuleCode>,
    pub(crate) spot: Spot,
}

pub(crate) struct BanDraft {
    pub(crate) candidate: Placed,
    pub(crate) school: Option<Placed>,
    pub(crate) seat: Option<Placed>,
    pub(crate) bouw: Option<Bouw>,
    pub(crate) board: Option<Placed>,
    pub(crate) coach: Option<Placed>,
}

pub(crate) struct PreviousDraft {
    pub(crate) candidate: Placed,
    pub(crate) seat: Option<(Placed, Placed)>,
    pub(crate) coach: Option<Placed>,
    pub(crate) status: Status,
    pub(crate) spot: Spot,
}

fn words<W: Word>(fields: &Fields<'_>, key: &'static str) -> Option<Vec<W>> {
    fields.get(key).and_then(|at| at.distinct(At::word))
}

fn placed(fields: &Fields<'_>, key: &'static str) -> Option<Placed> {
    fields.get(key).and_then(At::placed)
}

pub(crate) fn coach(row: &At<'_>) -> Option<CoachDraft> {
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
    let kind = fields.get("soort").and_then(At::word).unwrap_or(CoachKind::Intern);
    let usual_rate = match kind {
        CoachKind::Intern => 5_000,
        CoachKind::Extern => 9_680,
    };
    Some(CoachDraft {
        id: own_id(&fields),
        name: text(&fields, "naam"),
        kind,
        board: placed(&fields, "bestuur"),
        home: home(&fields),
        transport: fields.get("vervoer").and_then(At::word).unwrap_or(Transport::Fiets),
        max_travel: fields.count("max_reistijd").unwrap_or(45),
        maximum: fields.need("maximum").and_then(|at| at.count(AMOUNT)).unwrap_or(0),
        hours: fields.need("uren").and_then(|at| at.count(AMOUNT)).unwrap_or(0),
        next_hours: fields.count("uren_vervolg"),
        running: fields.count("lopend").unwrap_or(0),
        rate_cents: fields.count("tarief_cent").unwrap_or(usual_rate),
        bouwen: words(&fields, "bouwen").unwrap_or_else(|| Bouw::ALL.to_vec()),
        kinds: words(&fields, "soorten").unwrap_or_else(|| vec![SchoolKind::Bo]),
        tags: fields.texts("kenmerken"),
        own_school: placed(&fields, "eigen_school"),
        excluded_schools: fields.references("uitgesloten_scholen"),
    })
}

pub(crate) fn candidate(row: &At<'_>) -> Option<CandidateDraft> {
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
    Some(CandidateDraft {
        id: own_id(&fields),
        name: text(&fields, "naam"),
        home: home(&fields),
        transport: fields.get("vervoer").and_then(At::word).unwrap_or(Transport::Fiets),
        max_travel: fields.count("max_reistijd").unwrap_or(60),
        phase: fields.get("fase").and_then(At::word),
        hours: fields.count("uren"),
        bouwen: words(&fields, "bouwen").unwrap_or_default(),
        kinds: words(&fields, "soorten").unwrap_or_else(|| vec![SchoolKind::Bo]),
        boards: fields.references("besturen"),
        concepts: fields.texts("concepten"),
        half_days: half_days(&fields),
        waited: fields.count("wachtrondes").unwrap_or(0),
        coach_wishes: fields.texts("coach_wensen"),
        coach_needs: fields.texts("coach_eisen"),
        current_coach: placed(&fields, "huidige_coach"),
        current_school: placed(&fields, "huidige_school"),
        excluded: fields.get("uitgesloten").and_then(excluded).unwrap_or_default(),
    })
}

fn excluded(at: &At<'_>) -> Option<Excluded> {
    let fields = at.fields(&["scholen", "besturen", "denominaties", "coaches"])?;
    Some(Excluded {
        schools: fields.references("scholen"),
        boards: fields.references("besturen"),
        denominations: fields.texts("denominaties"),
        coaches: fields.references("coaches"),
    })
}

pub(crate) fn lock(row: &At<'_>) -> Option<LockDraft> {
    let fields = row.fields(&["kandidaat", "school", "plek", "bouw", "coach", "ondanks"])?;
    Some(LockDraft {
        school: placed(&fields, "school"),
        seat: placed(&fields, "plek"),
        bouw: fields.get("bouw").and_then(At::word),
        coach: placed(&fields, "coach"),
        despite: fields.get("ondanks").and_then(|at| at.distinct(overruled)).unwrap_or_default(),
        spot: row.spot.clone(),
        candidate: fields.need("kandidaat").and_then(At::placed)?,
    })
}

fn overruled(at: &At<'_>) -> Option<RuleCode> {
    let text = at.text()?;
    let codes: Vec<_> = overrulable().map(RuleCode::code).collect();
    if RuleCode::parse(text).is_some_and(|code| !code.rule().overrulable) {
        let remedy = format!("haal \"{text}\" weg; te overrulen zijn: {}", codes.join(", "));
        at.report.problem("niet-te-overrulen", &at.spot, format!("de regel \"{text}\" geldt altijd"), remedy);
        return None;
    }
    at.one_of(&codes).and_then(RuleCode::parse)
}

pub(crate) fn ban(row: &At<'_>) -> Option<BanDraft> {
    let fields = row.fields(&["kandidaat", "school", "plek", "bouw", "bestuur", "coach", "reden"])?;
    if ["school", "plek", "bouw", "bestuur", "coach"].iter().all(|key| fields.get(key).is_none()) {
        let remedy = "noem wat verboden is: school, plek, bouw, bestuur of coach";
        row.report.problem("leeg", &row.spot, "deze regel verbiedt niets", remedy);
    }
    fields.need("reden").and_then(At::text);
    Some(BanDraft {
        school: placed(&fields, "school"),
        seat: placed(&fields, "plek"),
        bouw: fields.get("bouw").and_then(At::word),
        board: placed(&fields, "bestuur"),
        coach: placed(&fields, "coach"),
        candidate: fields.need("kandidaat").and_then(At::placed)?,
    })
}

pub(crate) fn previous(row: &At<'_>) -> Option<PreviousDraft> {
    let fields = row.fields(&["kandidaat", "school", "plek", "coach", "status"])?;
    for (given, absent) in [("school", "plek"), ("plek", "school")] {
        if fields.get(given).is_some() && fields.get(absent).is_none() {
            let what = format!("\"{given}\" staat er zonder \"{absent}\"");
            let remedy = "vul school en plek allebei in, of geen van beide";
            row.report.problem("samen", &row.spot.key(absent), what, remedy);
        }
    }
    let status = fields.need("status").and_then(At::word).unwrap_or(Status::Voorgesteld);
    Some(PreviousDraft {
        seat: placed(&fields, "school").zip(placed(&fields, "plek")),
        coach: placed(&fields, "coach"),
        status,
        spot: row.spot.clone(),
        candidate: fields.need("kandidaat").and_then(At::placed)?,
    })
}
