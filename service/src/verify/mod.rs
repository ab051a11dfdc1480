//! Checks an outcome against its wave by computing everything in it again: from wave and plan, never from the model or the engine.

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::read::{Loaded, policy_json};
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::plan::empty;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::judge;
use loket_solver::matching::solve::certificate::prove::Care;
use serde_json::{Value, json};

use crate::refusal;

mod certificates;
mod compare;
mod conflict;
mod figures;
mod goals;
mod people;
mod plan;
mod shown;

pub use certificates::ProofLine;
use compare::Page;
pub use shown::{Shown, shown};

/// Something in an outcome that does not agree with its wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where in the outcome: a JSON pointer, or words when the file could not be read as an outcome.
    pub place: String,
    /// What does not agree, Dutch.
    pub what: String,
}

/// What checking an outcome came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examined {
    /// Everything that does not agree with the wave; empty when all agrees.
    pub findings: Vec<Finding>,
    /// What the certificates prove, in the order of the goals; empty without certificates.
    pub proofs: Vec<ProofLine>,
    /// Whether it could not be looked through that the locks of the conflict cannot stand together.
    pub open_conflict: bool,
}

/// Everything in the outcome file `bytes` that does not agree with the wave; empty when all agrees.
pub fn verify(loaded: &Loaded, bytes: &[u8]) -> Vec<Finding> {
    examine_with(loaded, bytes, Care::default()).findings
}

/// Steps that may be taken to look through what prices leave open: a second or so.
const STEPS: u64 = 200_000_000;

/// All that can be looked into: what prices leave open is looked through, and goals without prices are looked at as well.
pub(crate) const ALL: Care = Care { steps: STEPS, bare: true };

/// The same in less than a tenth of a second: for plans on the way.
pub(crate) const SOON: Care = Care { steps: STEPS / 40, bare: true };

/// Checks the outcome file `bytes` against the wave, and proves the bounds that come with a certificate.
///
/// Without a certificate a bound is taken as stated: that no better plan exists is shown by the tests, not here.
/// What the prices of a certificate leave open is looked through, within bounds.
pub fn examine(loaded: &Loaded, bytes: &[u8]) -> Examined {
    examine_with(loaded, bytes, Care { steps: STEPS, bare: false })
}

/// [`examine`], with so much care.
pub(crate) fn examine_with(loaded: &Loaded, bytes: &[u8], care: Care) -> Examined {
    let only = |findings| Examined { findings, ..Examined::default() };
    if let Err(refused) = read_outcome(bytes) {
        let problems = refused.problems.into_iter();
        return only(
            problems.map(|problem| Finding { place: problem.place, what: format!("{}; {}.", problem.what, problem.remedy) }).collect(),
        );
    }
    let outcome: Value = match serde_json::from_slice(bytes) {
        Ok(outcome) => outcome,
        Err(error) => {
            let place = format!("regel {}, teken {}", error.line(), error.column());
            return only(vec![Finding { place, what: "Hier staat een waarde die niet te lezen is.".into() }]);
        }
    };
    let (mut proofs, mut open_conflict) = (Vec::new(), false);
    let mut page = Page::default();
    page.same("/formaat", &json!("loket-uitkomst/1"), &outcome["formaat"]);
    page.same("/lichting", &json!(loaded.wave.id), &outcome["lichting"]);
    if outcome["invoer_sha256"] != loaded.sha256 {
        page.tell("/invoer_sha256", "Deze uitkomst is gemaakt voor een ander bestand: de lichting is sindsdien veranderd.");
    }
    page.same("/beleid", &policy_json(&loaded.wave), &outcome["beleid"]);
    page.same("/meldingen", &refusal::machine_notices(&loaded.notices), list(&outcome, "meldingen"));
    page.same("/techniek/seed", &json!(loaded.wave.policy.seed), &outcome["techniek"]["seed"]);
    match outcome["status"].as_str().and_then(Verdict::parse) {
        Some(status) if status.has_plan() => proofs = with_plan(&mut page, loaded, &outcome, care),
        status => {
            let wave = &loaded.wave;
            open_conflict = conflict::check(&mut page, loaded, &outcome, (status == Some(Verdict::Impossible), care.steps));
            // Nobody is placed and nobody is called changed: the figures are those of the empty plan.
            let nobody = judge::Changes::default();
            figures::check(&mut page, wave, &empty(wave), &nobody, &outcome);
        }
    }
    Examined { findings: page.findings, proofs, open_conflict }
}

fn with_plan(page: &mut Page, loaded: &Loaded, outcome: &Value, care: Care) -> Vec<ProofLine> {
    let wave = &loaded.wave;
    page.same("/conflict", &json!([]), list(outcome, "conflict"));
    let Some(plan) = plan::read(page, wave, outcome) else {
        return Vec::new();
    };
    let least = outcome["kerncijfers"]["minste_wijzigingen"].as_u64().and_then(|least| u32::try_from(least).ok());
    if wave.policy.max_changes.is_some() && least.is_none() {
        let what = "Dit ontbreekt, terwijl het beleid het aantal wijzigingen begrenst.";
        page.tell("/kerncijfers/minste_wijzigingen", what);
    }
    let findings = judge::judge(wave, &plan, least);
    let changed = findings.changes.changed.len();
    if least.is_some_and(|least| least as usize > changed) {
        let what = format!("Het plan zelf heeft er minder: {changed}.");
        page.tell("/kerncijfers/minste_wijzigingen", what);
    }
    for breach in &findings.breaches {
        plan::tell_breach(page, wave, breach);
    }
    people::placements(page, wave, &plan, outcome);
    people::unplaced(page, wave, &plan, outcome);
    goals::check(page, wave, &findings.values, outcome);
    figures::check(page, wave, &plan, &findings.changes, outcome);
    certificates::check(page, wave, &plan, least, (outcome, care))
}

/// A list of the outcome; an absent one is empty.
fn list<'a>(outcome: &'a Value, key: &str) -> &'a Value {
    const EMPTY: &Value = &Value::Array(Vec::new());
    match &outcome[key] {
        Value::Null => EMPTY,
        value => value,
    }
}

/// The rows of a list of the outcome.
fn rows<'a>(outcome: &'a Value, key: &str) -> &'a [Value] {
    outcome[key].as_array().map_or(&[], Vec::as_slice)
}
