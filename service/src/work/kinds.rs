//! Every kind of work that a child can be asked, on one list: a new kind is an entry here and a file that computes it.

use loket_instances::planning::plan_file;
use loket_instances::scheduling::roster_file;
use loket_instances::strict;
use loket_instances::strict::json;
use loket_instances::strict::problem::Refusal;
use loket_instances::strict::spot::Spot;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use serde_json::Value;

use super::ask::{Understood, elsewhere, fits, report, scarcity, stress, swaps, trade_off, trial, tryout, waiting, what_if, why};
use super::lane::Lane;
use super::task::{ROADS, Task};
use super::{planning, rostering, solving};

/// A kind of work.
#[derive(Debug)]
pub struct Kind {
    /// Its name in requests, in what is kept and in logs.
    pub code: &'static str,
    /// Where it waits.
    pub lane: Lane,
    /// The parts that must come with it.
    pub needed: &'static [&'static str],
    /// The parts that may come with it.
    pub allowed: &'static [&'static str],
    /// The keys that its question may have.
    pub keys: &'static [&'static str],
    /// Reads its question strictly, without answering it.
    understood: Understood,
    /// Reads its question strictly and computes the last line to say, or refuses.
    pub(super) compute: Compute,
    /// What of that may be kept.
    pub check: Check,
}

/// What a kind of work computes with: the wave, roster or multi-year plan that is given.
#[derive(Clone, Copy, Debug)]
pub(super) enum Compute {
    /// A wave.
    Wave(fn(Task<'_>) -> Result<Value, Refusal>),
    /// A roster.
    Roster(fn(Task<'_, roster_file::Loaded>) -> Result<Value, Refusal>),
    /// A multi-year plan.
    Plan(fn(Task<'_, plan_file::Loaded>) -> Result<Value, Refusal>),
}

/// What a child may end with, and how it is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// An outcome, with plans on the way: each is checked against its wave before it is kept or shown.
    Outcome,
    /// An outcome of a roster: it is checked against its roster before it is kept or shown. A bound is the computer's word.
    Roster,
    /// An outcome of a multi-year plan: its numbers are checked before it is kept; what is told beside them, and a bound, is the computer's word.
    Plan,
    /// An answer, with parts on the way: an object, kept as it is.
    Answer,
}

impl Kind {
    /// Reads a question as the child will, so that whoever asks hears at once what is wrong with it; places are below `/vraag`.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn understands(&self, question: &Value, wave: &Wave, plan: &Plan) -> Result<(), Refusal> {
        let tree = json::parse(question.to_string().as_bytes()).map_err(|error| strict::report::broken(&error))?;
        strict::read_at(&tree, Spot::default().key("vraag"), |at| (self.understood)(at, wave, plan))
    }
}

/// What a question about a plan needs: the wave and the outcome with the plan.
const PLAN: &[&str] = &["lichting", "uitkomst"];

/// Solve a wave.
pub static SOLVE: Kind = Kind {
    code: "oplossen",
    lane: Lane::Runs,
    needed: &["lichting"],
    allowed: &["start", ROADS],
    keys: &["certificaat"],
    understood: |_, _, _| Some(()),
    compute: Compute::Wave(solving::compute),
    check: Check::Outcome,
};

/// Why this placement or none, and what else.
pub static WHY: Kind = Kind {
    code: "waarom",
    lane: Lane::Questions,
    needed: PLAN,
    allowed: &[ROADS],
    keys: why::KEYS,
    understood: why::check,
    compute: Compute::Wave(why::compute),
    check: Check::Answer,
};

/// Who fits at a seat group or with a coach.
pub static FITS: Kind = Kind {
    code: "passen",
    lane: Lane::Questions,
    needed: PLAN,
    allowed: &[ROADS],
    keys: fits::KEYS,
    understood: fits::check,
    compute: Compute::Wave(fits::compute),
    check: Check::Answer,
};

/// What if a choice is forced or forbidden.
pub static WHAT_IF: Kind = Kind {
    code: "wat-als",
    lane: Lane::Questions,
    needed: PLAN,
    allowed: &[ROADS],
    keys: what_if::KEYS,
    understood: what_if::check,
    compute: Compute::Wave(what_if::compute),
    check: Check::Answer,
};

/// How fair the plan is, in numbers.
pub static REPORT: Kind = Kind {
    code: "verslag",
    lane: Lane::Questions,
    needed: PLAN,
    allowed: &[ROADS],
    keys: report::KEYS,
    understood: report::check,
    compute: Compute::Wave(report::compute),
    check: Check::Answer,
};

/// What one more of something would bring.
pub static SCARCITY: Kind = Kind {
    code: "schaarste",
    lane: Lane::Heavy,
    needed: PLAN,
    allowed: &[ROADS],
    keys: scarcity::KEYS,
    understood: scarcity::check,
    compute: Compute::Wave(scarcity::compute),
    check: Check::Answer,
};

/// Every coach drops out in turn.
pub static STRESS: Kind = Kind {
    code: "stress",
    lane: Lane::Heavy,
    needed: PLAN,
    allowed: &[ROADS],
    keys: stress::KEYS,
    understood: stress::check,
    compute: Compute::Wave(stress::compute),
    check: Check::Answer,
};

/// What more moves would bring.
pub static TRADE_OFF: Kind = Kind {
    code: "afruil",
    lane: Lane::Heavy,
    needed: PLAN,
    allowed: &[ROADS],
    keys: trade_off::KEYS,
    understood: trade_off::check,
    compute: Compute::Wave(trade_off::compute),
    check: Check::Answer,
};

/// Who could exchange placements after publication.
pub static EXCHANGE: Kind = Kind {
    code: "ruil",
    lane: Lane::Heavy,
    needed: PLAN,
    allowed: &[ROADS],
    keys: swaps::KEYS,
    understood: swaps::check,
    compute: Compute::Wave(swaps::compute),
    check: Check::Answer,
};

/// Who comes in first when somebody falls out.
pub static WAITING: Kind = Kind {
    code: "wachtlijst",
    lane: Lane::Heavy,
    needed: PLAN,
    allowed: &[ROADS],
    keys: waiting::KEYS,
    understood: waiting::check,
    compute: Compute::Wave(waiting::compute),
    check: Check::Answer,
};

/// What comes of choices that are tried together. Its question is made of a try-out that is kept, and asked with that alone.
pub static TRY_OUT: Kind = Kind {
    code: "proef",
    lane: Lane::Questions,
    needed: PLAN,
    allowed: &[ROADS],
    keys: tryout::KEYS,
    understood: tryout::check,
    compute: Compute::Wave(tryout::compute),
    check: Check::Answer,
};

/// A policy tried on a wave. Its question is made of policies that are kept, and says how long it may take.
pub static TRIAL: Kind = Kind {
    code: "beleidsproef",
    lane: Lane::Heavy,
    needed: &["lichting"],
    allowed: &[ROADS],
    keys: trial::KEYS,
    understood: |_, _, _| Some(()),
    compute: Compute::Wave(trial::compute),
    check: Check::Answer,
};

/// Make a roster.
pub static ROSTER: Kind = Kind {
    code: "rooster",
    lane: Lane::Rosters,
    needed: &[ROSTER_PART],
    allowed: &[],
    keys: &[],
    understood: |_, _, _| Some(()),
    compute: Compute::Roster(rostering::compute),
    check: Check::Roster,
};

/// What else is possible for somebody in a roster, and what that costs.
pub static ELSEWHERE: Kind = Kind {
    code: "rooster-anders",
    lane: Lane::Questions,
    needed: &[ROSTER_PART, "uitkomst"],
    allowed: &[],
    keys: elsewhere::KEYS,
    understood: |_, _, _| Some(()),
    compute: Compute::Roster(elsewhere::compute),
    check: Check::Answer,
};

/// The part with the roster.
pub(crate) const ROSTER_PART: &str = "rooster";

/// Make a multi-year plan.
pub static PLAN_YEARS: Kind = Kind {
    code: "meerjarenplan",
    lane: Lane::Rosters,
    needed: &[PLAN_PART],
    allowed: &[],
    keys: planning::KEYS,
    understood: |_, _, _| Some(()),
    compute: Compute::Plan(planning::compute),
    check: Check::Plan,
};

/// The part with the multi-year plan.
pub(crate) const PLAN_PART: &str = "meerjarenplan";

/// Every kind.
pub static KINDS: [&Kind; 15] = [
    &SOLVE,
    &WHY,
    &FITS,
    &WHAT_IF,
    &REPORT,
    &SCARCITY,
    &STRESS,
    &TRADE_OFF,
    &EXCHANGE,
    &WAITING,
    &TRY_OUT,
    &TRIAL,
    &ROSTER,
    &ELSEWHERE,
    &PLAN_YEARS,
];

/// The kind with this code.
pub fn kind(code: &str) -> Option<&'static Kind> {
    KINDS.into_iter().find(|kind| kind.code == code)
}

/// The kinds that answer a question about the plan of a wave, as anybody may ask it.
pub fn questions() -> impl Iterator<Item = &'static Kind> {
    let of_plan = |kind: &Kind| kind.needed == PLAN && matches!(kind.compute, Compute::Wave(_));
    KINDS.into_iter().filter(move |kind| kind.check == Check::Answer && of_plan(kind) && **kind != TRY_OUT)
}

/// Two kinds with one code are one kind.
impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Kind {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_a_code_of_its_own() {
        assert!(KINDS.into_iter().all(|it| kind(it.code).is_some_and(|found| std::ptr::eq(found, it))));
        assert!(kind("raden").is_none() && !questions().any(|it| [&SOLVE, &TRY_OUT, &TRIAL, &ELSEWHERE].contains(&it)));
    }
}
