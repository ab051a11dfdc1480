//! Reads an outcome file of a multi-year plan strictly: shapes, types and words; whether it is true of a plan is for the judge to say.

use loket_solver::common::words::{Verdict, Word};
use loket_solver::planning::facts::codes::{Count, RuleCode};
use serde_json::{Map, Value};

use super::{locks, policy};
use crate::outcomes::read::{goal, integer, list, notice, optional, technique, text};
use crate::planning::lines::{
    AfterLine, BreachLine, ConflictLine, Difference, FORMAT, Figures, GuidedLine, MoneyLine, OutcomeFile, PoolLine, ScenarioLine,
    SeatedLine, SensitivityLine,
};
use crate::strict;
use crate::strict::fields::{ANY, At, Fields};
use crate::strict::json::Node;
use crate::strict::problem::Refusal;
use crate::strict::rows::{each, format, right_kind};

/// Reads an outcome file of a multi-year plan.
///
/// # Errors
/// Every problem of the file at once: unknown or double keys, missing keys, wrong types and words. Keys may be added under `techniek` only.
pub fn read_outcome(bytes: &[u8]) -> Result<OutcomeFile, Refusal> {
    strict::read(bytes, outcome)
}

fn outcome(root: &At<'_>) -> Option<OutcomeFile> {
    right_kind(root, FORMAT)?;
    let fields = root.fields(&[
        "formaat",
        "plan",
        "invoer_sha256",
        "status",
        "doelen",
        "instroom",
        "begeleiding",
        "pool",
        "geld",
        "na_horizon",
        "schendingen",
        "conflict",
        "scenarios",
        "gevoeligheid",
        "meldingen",
        "beleid",
        "techniek",
    ])?;
    format(&fields, FORMAT);
    let policy = fields.need("beleid").map(|at| {
        policy::policy(at);
        at.node.to_value()
    });
    Some(OutcomeFile {
        plan: fields.need("plan").and_then(At::id).unwrap_or_default().to_owned(),
        input_sha256: text(&fields, "invoer_sha256"),
        status: fields.need("status").and_then(At::word).unwrap_or(Verdict::Stopped),
        goals: list(&fields, "doelen", "naam", |row| goal(row, &policy::term_codes(), false)),
        figures: figures(&fields),
        breaches: fields.get("schendingen").and_then(|at| each(at, "", breach)).unwrap_or_default(),
        conflict: fields.get("conflict").and_then(|at| each(at, "", conflict)).unwrap_or_default(),
        scenarios: fields.get("scenarios").and_then(|at| each(at, "id", scenario)),
        sensitivity: fields.get("gevoeligheid").and_then(|at| each(at, "", sensitivity)),
        notices: list(&fields, "meldingen", "", notice),
        policy: policy?,
        technique: fields.need("techniek").and_then(technique)?,
    })
}

/// All parts of a plan, or none.
fn figures(fields: &Fields<'_>) -> Option<Figures> {
    let parts = ["instroom", "begeleiding", "pool", "geld", "na_horizon"];
    if parts.iter().all(|part| fields.get(part).is_none()) {
        return None;
    }
    Some(Figures {
        seated: list(fields, "instroom", "", seated),
        guided: list(fields, "begeleiding", "", guided),
        pool: list(fields, "pool", "", pool),
        money: list(fields, "geld", "", money),
        after: list(fields, "na_horizon", "", after),
    })
}

/// Numbers by id.
fn table(fields: &Fields<'_>, key: &'static str) -> Vec<(String, i64)> {
    let entries = fields.need(key).and_then(At::entries).unwrap_or_default();
    entries.into_iter().filter_map(|(id, at)| Some((id.to_owned(), at.integer(ANY)?))).collect()
}

fn seated(row: &At<'_>) -> Option<SeatedLine> {
    let fields = row.fields(&["lichting", "bestuur", "gestart"])?;
    Some(SeatedLine { wave: text(&fields, "lichting"), board: text(&fields, "bestuur"), started: integer(&fields, "gestart") })
}

fn guided(row: &At<'_>) -> Option<GuidedLine> {
    let fields = row.fields(&["lichting", "coachsoort", "aantal", "tellingen"])?;
    let counts = fields.need("tellingen").and_then(|at| {
        let fields = at.fields(&["aangemeld", "voortraject", "assessment", "opleiding", "jaar2", "diploma", "blijft"])?;
        Some(std::array::from_fn(|at| integer(&fields, Count::ALL[at].code())))
    });
    Some(GuidedLine {
        wave: text(&fields, "lichting"),
        kind: text(&fields, "coachsoort"),
        number: integer(&fields, "aantal"),
        counts: counts.unwrap_or_default(),
    })
}

fn pool(row: &At<'_>) -> Option<PoolLine> {
    let fields =
        row.fields(&["jaar", "coachsoort", "aanname", "pool", "uren_nodig", "uren_ruimte", "ratio_nodig", "ratio_ruimte", "over"])?;
    Some(PoolLine {
        year: text(&fields, "jaar"),
        kind: text(&fields, "coachsoort"),
        hired: integer(&fields, "aanname"),
        pool: integer(&fields, "pool"),
        hours_needed: integer(&fields, "uren_nodig"),
        hours_room: integer(&fields, "uren_ruimte"),
        ratio_needed: integer(&fields, "ratio_nodig"),
        ratio_room: integer(&fields, "ratio_ruimte"),
        spare: integer(&fields, "over"),
    })
}

fn money(row: &At<'_>) -> Option<MoneyLine> {
    let fields = row.fields(&["jaar", "posten", "inkomsten", "kosten_cent", "inkomsten_cent", "ruimte_cumulatief_cent"])?;
    Some(MoneyLine {
        year: text(&fields, "jaar"),
        costs: table(&fields, "posten"),
        incomes: table(&fields, "inkomsten"),
        cost: integer(&fields, "kosten_cent"),
        income: integer(&fields, "inkomsten_cent"),
        room: integer(&fields, "ruimte_cumulatief_cent"),
    })
}

fn after(row: &At<'_>) -> Option<AfterLine> {
    let fields = row.fields(&["jaar", "uren", "posten"])?;
    Some(AfterLine { year: integer(&fields, "jaar"), hours: table(&fields, "uren"), costs: table(&fields, "posten") })
}

fn breach(row: &At<'_>) -> Option<BreachLine> {
    let fields = row.fields(&["regel", "lichting", "bestuur", "coachsoort", "jaar", "maand", "gebruikt", "hoogstens"])?;
    let rule = fields.need("regel").and_then(At::word::<RuleCode>).map_or("", Word::code);
    Some(BreachLine {
        rule: rule.to_owned(),
        wave: optional(&fields, "lichting"),
        board: optional(&fields, "bestuur"),
        kind: optional(&fields, "coachsoort"),
        year: optional(&fields, "jaar"),
        month: optional(&fields, "maand"),
        used: integer(&fields, "gebruikt"),
        limit: integer(&fields, "hoogstens"),
    })
}

fn conflict(row: &At<'_>) -> Option<ConflictLine> {
    let fields = row.fields(&["lichting", "bestuur", "coachsoort", "jaar", "gestart", "aantal", "aanname", "regels"])?;
    let rules = fields.need("regels").and_then(|at| at.distinct(At::word::<RuleCode>)).unwrap_or_default();
    let lock: Map<String, Value> = locks::KEYS
        .iter()
        .filter_map(|&key| {
            let at = fields.get(key)?;
            let number = matches!(key, "gestart" | "aantal" | "aanname");
            let value = if number { at.integer(ANY)?.into() } else { at.text()?.into() };
            Some((key.to_owned(), value))
        })
        .collect();
    Some(ConflictLine { lock: Value::Object(lock), rules: rules.into_iter().map(|rule| rule.code().to_owned()).collect() })
}

fn scenario(row: &At<'_>) -> Option<ScenarioLine> {
    let fields = row.fields(&["id", "status", "doelen", "instroom", "begeleiding", "pool", "geld", "na_horizon", "conflict"])?;
    Some(ScenarioLine {
        id: text(&fields, "id"),
        status: fields.need("status").and_then(At::word).unwrap_or(Verdict::Stopped),
        goals: list(&fields, "doelen", "naam", |row| goal(row, &policy::term_codes(), false)),
        figures: figures(&fields),
        conflict: fields.get("conflict").and_then(|at| each(at, "", conflict)).unwrap_or_default(),
    })
}

fn sensitivity(row: &At<'_>) -> Option<SensitivityLine> {
    let fields = row.fields(&["wijziging", "met", "verschil", "status", "bewezen"])?;
    let difference = |at: &At<'_>| match at.node {
        Node::Null => Some(Difference::Unknown),
        Node::List(_) => {
            let both: Vec<i64> = at.rows("")?.iter().filter_map(|item| item.integer(ANY)).collect();
            let [least, most] = both[..] else {
                at.refuse("samen", "hier horen twee getallen te staan", "geef het kleinste en het grootste verschil");
                return None;
            };
            Some(Difference::Between(least, most))
        }
        _ => at.integer(ANY).map(Difference::Is),
    };
    let differences = fields.get("verschil").and_then(|at| {
        let entries = at.entries()?.into_iter();
        Some(entries.filter_map(|(goal, at)| Some((goal.to_owned(), difference(&at)?))).collect())
    });
    Some(SensitivityLine {
        change: text(&fields, "wijziging"),
        by: integer(&fields, "met"),
        differences,
        status: fields.get("status").and_then(At::word),
        proven: fields.need("bewezen").and_then(At::flag).unwrap_or_default(),
    })
}
