//! Which outcome stays: one that is there for the same wave and is better than the new one is not replaced without being told to.

use std::path::Path;

use loket_instances::matching::outcome::{OutcomeFile, read_outcome};
use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::outcome::{Outcome, Verdict};

use crate::files::{is_standard, shown};
use crate::verify::verify;

/// What becomes of a new outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is written.
    Written,
    /// There was no plan before the stop: nothing is written.
    Nothing,
    /// A better outcome of the same wave is there: that one stays.
    Kept,
}

/// What becomes of the outcome of `loaded` that would go to `name`. `replace`: whatever is there.
pub(super) fn fate(name: &Path, loaded: &Loaded, outcome: &Outcome, replace: bool) -> Fate {
    if outcome.verdict == Verdict::Stopped {
        return Fate::Nothing;
    }
    let there = || {
        let bytes = std::fs::read(name).ok()?;
        let file = read_outcome(&bytes).ok().filter(|file| file.input_sha256 == loaded.sha256 && file.status.has_plan())?;
        // What breaks a rule, or says what is not so, is no better outcome.
        verify(loaded, &bytes).is_empty().then_some(file)
    };
    match outcome.verdict.proven() || replace || is_standard(name) || !name.is_file() {
        true => Fate::Written,
        false if there().is_some_and(|there| better(&there, outcome)) => Fate::Kept,
        false => Fate::Written,
    }
}

/// Whether the outcome that is there is better than one that is not proven: it is, or it has more of the first goal in which they differ,
/// or more of what is as good is proven.
fn better(there: &OutcomeFile, new: &Outcome) -> bool {
    if there.status == Verdict::Optimal {
        return true;
    }
    let old: Vec<i64> = there.goals.iter().map(|goal| goal.value).collect();
    let fresh: Vec<i64> = new.goals.iter().map(|goal| goal.value).collect();
    let known = there.goals.iter().filter(|goal| goal.proven).count();
    (old, known) > (fresh, new.goals.iter().filter(|goal| goal.proven()).count())
}

impl Fate {
    /// Why nothing was written, Dutch; nothing when it was.
    pub(super) fn says(self, name: &Path) -> Option<String> {
        match self {
            Fate::Written => None,
            Fate::Nothing => Some("Gestopt voordat er een plan was; er is niets geschreven.".into()),
            Fate::Kept => Some(format!(
                "In {} staat al een betere uitkomst van deze lichting; die is blijven staan. Met --vervang komt de nieuwe ervoor in de plaats.",
                shown(name)
            )),
        }
    }
}
