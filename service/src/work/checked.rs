//! An outcome that has been checked: the only kind that may be kept or shown, and there is one way to make it.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use loket_instances::matching::read::Loaded;
use loket_instances::planning::examine::glance;
use loket_instances::planning::outcome::read_outcome as read_plan_outcome;
use loket_instances::planning::plan_file;
use loket_instances::scheduling::examine::{examine as examine_roster, examine_changes};
use loket_instances::scheduling::outcome::read_outcome as read_roster_outcome;
use loket_instances::scheduling::roster_file;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::solve::certificate::prove::Care;

use crate::verify::{ALL, Finding, SOON, Shown, examine_with, shown};
use crate::watch::Watch;

/// How long the fewest changes of a roster are computed again. What is not known by then stays the computer's word.
const CHANGES: Duration = Duration::from_secs(5);
/// Nobody asks a check to stop.
static GOES_ON: AtomicBool = AtomicBool::new(false);

/// The bytes of an outcome file in which `loket verify` finds nothing that does not agree with its wave, and in which a goal is proven
/// only where that was checked: by its certificate, or by looking through all that the certificate leaves open. A child that says more is
/// not believed: what it says is lowered to what is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedOutcome(Shown);

impl CheckedOutcome {
    /// Checks an outcome file against its wave, for a second or so.
    ///
    /// # Errors
    /// Everything that does not agree.
    pub fn new(loaded: &Loaded, json: Vec<u8>) -> Result<Self, Vec<Finding>> {
        Self::with(loaded, json, ALL)
    }

    /// The same for an outcome on the way, in less time.
    ///
    /// # Errors
    /// Everything that does not agree.
    pub fn so_far(loaded: &Loaded, json: Vec<u8>) -> Result<Self, Vec<Finding>> {
        Self::with(loaded, json, SOON)
    }

    /// Checks an outcome of a roster: every rule, value and reason is computed again, and, for some seconds, how few entries of the plan before
    /// must change. That no better roster exists is the computer's word.
    ///
    /// # Errors
    /// Everything that does not agree.
    pub fn of_roster(loaded: &roster_file::Loaded, json: Vec<u8>) -> Result<Self, Vec<Finding>> {
        Self::of_roster_within(loaded, json, CHANGES)
    }

    fn of_roster_within(loaded: &roster_file::Loaded, json: Vec<u8>, changes: Duration) -> Result<Self, Vec<Finding>> {
        let mut findings = examine_roster(loaded, &json);
        if findings.is_empty() {
            findings = examine_changes(loaded, &json, &Watch::new(&GOES_ON, Some(changes)));
        }
        if !findings.is_empty() {
            return Err(findings.into_iter().map(|it| Finding { place: it.place, what: it.what }).collect());
        }
        let unreadable = |_| vec![Finding { place: "/status".into(), what: "Dit is geen uitkomst.".into() }];
        let file = read_roster_outcome(&json, loaded.roster.kind()).map_err(unreadable)?;
        let proven = file.goals.iter().filter(|goal| goal.proven).count();
        Ok(Self(Shown { json, status: file.status, proven, unchecked: Vec::new() }))
    }

    /// Checks an outcome of a multi-year plan: every rule, value and sum is computed again. What scenarios and changes come to, and that there
    /// is no better plan, is the computer's word.
    ///
    /// # Errors
    /// Everything that does not agree.
    pub fn of_plan(loaded: &plan_file::Loaded, json: Vec<u8>) -> Result<Self, Vec<Finding>> {
        let findings = glance(loaded, &json);
        if !findings.is_empty() {
            return Err(findings.into_iter().map(|it| Finding { place: it.place, what: it.what }).collect());
        }
        let unreadable = |_| vec![Finding { place: "/status".into(), what: "Dit is geen uitkomst.".into() }];
        let file = read_plan_outcome(&json).map_err(unreadable)?;
        let proven = file.goals.iter().filter(|goal| goal.proven).count();
        Ok(Self(Shown { json, status: file.status, proven, unchecked: Vec::new() }))
    }

    fn with(loaded: &Loaded, json: Vec<u8>, care: Care) -> Result<Self, Vec<Finding>> {
        let examined = examine_with(loaded, &json, care);
        if !examined.findings.is_empty() {
            return Err(examined.findings);
        }
        let unreadable = || vec![Finding { place: "/status".into(), what: "Dit is geen uitkomst.".into() }];
        shown(loaded, json, &examined).map(Self).ok_or_else(unreadable)
    }

    /// The file; byte for byte what was checked, where all that it says could be checked.
    pub fn json(&self) -> &[u8] {
        &self.0.json
    }

    /// The same, for keeping.
    pub fn into_json(self) -> Vec<u8> {
        self.0.json
    }

    /// How the solve ended.
    pub fn status(&self) -> Verdict {
        self.0.status
    }

    /// How many goals are proven.
    pub fn proven(&self) -> usize {
        self.0.proven
    }

    /// The goals of which only the child says that it cannot be better, or `conflict` where it alone says that nothing can be.
    pub fn unchecked(&self) -> &[String] {
        &self.0.unchecked
    }
}

#[cfg(test)]
mod tests {
    use loket_instances::scheduling::outcome::{Technique, compose, to_json};
    use loket_instances::scheduling::roster_file::read_roster;
    use loket_solver::common::control::Unhurried;
    use loket_solver::scheduling::solve::solve;
    use serde_json::json;

    use super::*;

    /// Two agreements at a half-day that has room for one: one of them must change.
    #[test]
    fn an_outcome_of_a_roster_that_is_wrong_about_how_little_must_change_is_refused() {
        let before = |id: &str| json!({ "deelnemer": id, "dagdeel": "2027-01-11-o", "locatie": "L1", "status": "akkoord" });
        let file = json!({
            "formaat": "loket-rooster/1", "id": "r", "soort": "gesprekken", "kalender": { "van": "2027-01-11", "tot": "2027-01-12" },
            "beleid": { "panel": { "coach": 1 }, "per_zitting": 1, "max_wijzigingen": 1 },
            "locaties": [{ "id": "L1", "zalen": 1 }], "personen": [{ "id": "K1", "rollen": ["coach"] }],
            "deelnemers": [{ "id": "Z1" }, { "id": "Z2" }], "vorig": [before("Z1"), before("Z2")],
        });
        let loaded = read_roster(file.to_string().as_bytes()).expect("a roster");
        let outcome = solve(&loaded.roster, &Unhurried);
        let technique = Technique { version: "0".into(), engine: String::new(), seed: 1, seconds: 0.0, memory_mib: None };
        let mut told = to_json(&compose(&loaded, &outcome, &technique));
        assert_eq!(told["kerncijfers"]["minste_wijzigingen"], json!([1]), "{told}");
        assert!(CheckedOutcome::of_roster(&loaded, told.to_string().into_bytes()).is_ok());
        for untrue in [0, 2] {
            told["kerncijfers"]["minste_wijzigingen"] = json!([untrue]);
            let refused = CheckedOutcome::of_roster(&loaded, told.to_string().into_bytes()).expect_err("it is untrue");
            let places: Vec<&str> = refused.iter().map(|it| it.place.as_str()).collect();
            assert_eq!(places, ["/kerncijfers/minste_wijzigingen"], "{refused:?}");
            // Without any time nobody knows.
            assert!(CheckedOutcome::of_roster_within(&loaded, told.to_string().into_bytes(), Duration::ZERO).is_ok());
        }
    }
}
