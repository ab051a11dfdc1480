//! `loket difference`: what differs between two outcomes, of one wave or of two waves, per person with the cause.

use std::path::PathBuf;
use std::time::Duration;

use loket_instances::matching::outcome::OutcomeFile;
use loket_solver::matching::ask::rerun::difference::{Side, difference};
use loket_solver::matching::facts::outcome::{Outcome, Verdict, Work};
use loket_solver::matching::judge;
use loket_solver::matching::judge::reasons;

use super::Both;
use crate::exit::Exit;
use crate::files::{self, FileError};
use crate::present::rerun::{Compared, machine, page};

/// What can be typed after `loket difference`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De lichting van de eerste uitkomst (JSON)
    #[arg(value_name = "LICHTING", help_heading = "Bestanden")]
    pub wave: PathBuf,
    /// De eerste uitkomst (JSON)
    #[arg(value_name = "UITKOMST", help_heading = "Bestanden")]
    pub outcome: PathBuf,
    /// De tweede uitkomst, met haar eigen lichting ervoor als dat een andere is
    #[arg(value_name = "[LICHTING2] UITKOMST2", num_args = 1..=2, required = true, help_heading = "Bestanden")]
    pub other: Vec<PathBuf>,
    /// Het verschil als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0, 1 when an outcome is not of its wave or breaks a rule, 2 when a file is refused.
pub fn run(arguments: &Arguments) -> Result<Exit, FileError> {
    let (wave, outcome) = (&arguments.wave, &arguments.outcome);
    let (other_wave, other_outcome) = match &arguments.other[..] {
        [outcome] => (wave, outcome),
        [wave, outcome, ..] => (wave, outcome),
        [] => return Err(FileError("Noem een tweede uitkomst.".into())),
    };
    // One wave for both outcomes is read twice, and counts twice here.
    if [wave, outcome, other_wave, other_outcome].iter().filter(|name| files::is_standard(name)).count() > 1 {
        return Err(FileError("Van standaardinvoer kan maar één bestand komen, en niet een lichting van allebei de uitkomsten.".into()));
    }
    let before = match super::both(wave, outcome, arguments.json)? {
        Ok(both) => both,
        Err(exit) => return Ok(exit),
    };
    let after = match super::both(other_wave, other_outcome, arguments.json)? {
        Ok(both) => both,
        Err(exit) => return Ok(exit),
    };
    for both in [&before, &after] {
        if !super::obeys(both, judge::judge(&both.loaded.wave, &both.plan, None)) {
            return Ok(Exit::Wrong);
        }
    }
    let (old, new) = (Side { wave: &before.loaded.wave, plan: &before.plan }, Side { wave: &after.loaded.wave, plan: &after.plan });
    let found = difference(old, new);
    let compared = Compared {
        before: &before.loaded,
        old: &before.plan,
        after: &after.loaded,
        new: &after.plan,
        outcome: &known(&after),
        rerun: false,
        difference: &found,
        remarks: &[],
        trade_off: None,
        took: Duration::ZERO,
    };
    super::print(&if arguments.json { super::pretty(&machine::between(&compared)) } else { page::between(&compared) })?;
    Ok(Exit::Done)
}

/// What can be said of the second plan without solving: who has none, and why.
fn known(both: &Both) -> Outcome {
    let OutcomeFile { status, .. } = both.outcome;
    Outcome {
        verdict: status,
        goals: Vec::new(),
        plan: Some(both.plan.clone()),
        unplaced: reasons::unplaced(&both.loaded.wave, &both.plan, status == Verdict::Optimal),
        conflict: Vec::new(),
        least_changes: None,
        work: Work::default(),
    }
}
