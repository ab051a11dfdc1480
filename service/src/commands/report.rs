//! `loket report`: how fair a plan is, in numbers, for the intermediary, for one board or for one candidate.

use std::path::PathBuf;

use loket_solver::matching::judge;
use loket_solver::matching::judge::fairness::fairness;

use crate::exit::Exit;
use crate::files::FileError;
use crate::present::report::sheet;
use crate::view::View;

/// What can be typed after `loket report`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De lichting (JSON), of - voor standaardinvoer
    #[arg(value_name = "LICHTING", help_heading = "Bestanden")]
    pub wave: PathBuf,
    /// De uitkomst (JSON), of - voor standaardinvoer
    #[arg(value_name = "UITKOMST", help_heading = "Bestanden")]
    pub outcome: PathBuf,
    /// Voor wie: intermediair (standaard), bestuur:ID of kandidaat:ID
    #[arg(long, value_name = "WIE", default_value = "intermediair", hide_default_value = true)]
    pub view: String,
    /// De cijfers als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0, 1 when the outcome is not of this wave, 2 when a file is refused or nobody has this view.
pub fn run(arguments: &Arguments) -> Result<Exit, FileError> {
    let both = match super::both(&arguments.wave, &arguments.outcome, arguments.json)? {
        Ok(both) => both,
        Err(exit) => return Ok(exit),
    };
    let Some(view) = View::parse(&arguments.view, &both.loaded.wave) else {
        return Err(FileError(format!(
            "\"{}\" kan niet bij --view. Kies uit: intermediair, bestuur:ID, kandidaat:ID, met een id uit de lichting.",
            arguments.view
        )));
    };
    if !super::obeys(&both, judge::judge(&both.loaded.wave, &both.plan, None)) {
        return Ok(Exit::Wrong);
    }
    let found = fairness(&both.loaded.wave, &both.plan);
    let sheet = sheet(&both.loaded, &both.plan, &found, view);
    super::print(&if arguments.json { super::pretty(&sheet.json()) } else { sheet.text() })?;
    Ok(Exit::Done)
}
