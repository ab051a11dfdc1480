//! `loket report`: how fair a plan is, in numbers, for the intermediary, for one board or for one candidate.

use loket_solver::matching::judge::fairness::fairness;

use super::shared::{Ended, Inputs, show};
use crate::exit::Exit;
use crate::files::FileError;
use crate::present::report::sheet;
use crate::present::sheet::layout::REPORT;
use crate::view::View;

/// What can be typed after `loket report`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// The two files.
    #[command(flatten)]
    pub files: Inputs,
    /// Voor wie: intermediair (standaard), bestuur:ID of kandidaat:ID
    #[arg(long, value_name = "WIE", default_value = "intermediair", hide_default_value = true)]
    pub view: String,
    /// De cijfers als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0, 1 when the outcome is not of this wave, 2 when a file is refused or nobody has this view.
pub fn run(arguments: &Arguments) -> Ended {
    let both = arguments.files.both(arguments.json)?;
    let Some(view) = View::parse(&arguments.view, &both.loaded.wave) else {
        return Err(FileError(format!(
            "\"{}\" kan niet bij --view. Kies uit: intermediair, bestuur:ID, kandidaat:ID, met een id uit de lichting.",
            arguments.view
        ))
        .into());
    };
    both.obeys()?;
    let found = fairness(&both.loaded.wave, &both.plan);
    let sheet = sheet(&both.loaded, &both.plan, &found, view);
    show(arguments.json, || sheet.json(), || sheet.text(&REPORT))?;
    Ok(Exit::Done)
}
