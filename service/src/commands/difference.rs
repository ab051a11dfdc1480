//! `loket difference`: what differs between two outcomes, of one wave or of two waves, per person with the cause.

use std::path::PathBuf;

use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::outcome::{Reason, Verdict};
use loket_solver::matching::judge::reasons;

use super::shared::{Both, Ended, both, show};
use crate::exit::Exit;
use crate::files::{self, FileError};
use crate::present::rerun::between::{Sided, compare};
use crate::present::rerun::{machine, page};
use crate::present::sheet::layout::RERUN;

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
pub fn run(arguments: &Arguments) -> Ended {
    let (wave, outcome) = (&arguments.wave, &arguments.outcome);
    let (other_wave, other_outcome) = match &arguments.other[..] {
        [outcome] => (wave, outcome),
        [wave, outcome, ..] => (wave, outcome),
        [] => return Err(FileError("Noem een tweede uitkomst.".into()).into()),
    };
    // One wave for both outcomes is read twice, and counts twice here.
    if [wave, outcome, other_wave, other_outcome].iter().filter(|name| files::is_standard(name)).count() > 1 {
        let one = "Van standaardinvoer kan maar één bestand komen, en niet een lichting van allebei de uitkomsten.";
        return Err(FileError(one.into()).into());
    }
    let before = both(wave, outcome, arguments.json)?;
    let after = both(other_wave, other_outcome, arguments.json)?;
    before.obeys()?;
    after.obeys()?;
    compare(side(&before), side(&after), known(&after), |told| {
        show(arguments.json, || serde_json::to_value(machine::between(told)).unwrap_or_default(), || page::between(told).text(&RERUN))
    })?;
    Ok(Exit::Done)
}

fn side(both: &Both) -> Sided<'_> {
    Sided { loaded: &both.loaded, plan: &both.plan }
}

/// What can be said of the second plan without solving: who has none, and why.
fn known(both: &Both) -> (Verdict, Vec<(CandidateId, Vec<Reason>)>) {
    let verdict = both.outcome.status;
    (verdict, reasons::unplaced(&both.loaded.wave, &both.plan, verdict == Verdict::Optimal))
}
