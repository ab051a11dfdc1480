//! An outcome that has been checked: the only kind that may be kept or shown, and there is one way to make it.

use loket_instances::matching::read::Loaded;
use loket_instances::planning::examine::glance;
use loket_instances::planning::outcome::read_outcome as read_plan_outcome;
use loket_instances::planning::plan_file;
use loket_instances::scheduling::examine::examine as examine_roster;
use loket_instances::scheduling::outcome::read_outcome as read_roster_outcome;
use loket_instances::scheduling::roster_file;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::solve::certificate::prove::Care;

use crate::verify::{ALL, Finding, SOON, Shown, examine_with, shown};

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

    /// Checks an outcome of a roster: every rule, value and reason is computed again. That no better roster exists is the computer's word.
    ///
    /// # Errors
    /// Everything that does not agree.
    pub fn of_roster(loaded: &roster_file::Loaded, json: Vec<u8>) -> Result<Self, Vec<Finding>> {
        let findings = examine_roster(loaded, &json);
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
