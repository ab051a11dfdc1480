//! `loket import pc4`: the middle of each postcode area, kept once.

use std::path::PathBuf;

use loket_instances::sheets::open::OpenKind;

use super::open::{Data, Import, bring};
use crate::actions::open::OpenFile;
use crate::commands::shared::Ended;
use crate::files;

/// What can be typed after `loket import pc4`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De tabel met postcodes (CSV of xlsx): kolommen pc4, lat en lon, of zoals GeoNames haar uitgeeft
    #[arg(value_name = "BESTAND", help_heading = "Bestanden")]
    pub file: PathBuf,
    /// Where the data are, and how the answer is shown.
    #[command(flatten)]
    pub data: Data,
}

/// Status 0 when it was done or shown; 2 when the file is refused.
pub fn run(arguments: &Arguments) -> Ended {
    let files = vec![OpenFile { kind: OpenKind::Pc4, bytes: files::read(&arguments.file)?, year: None }];
    // The table only adds places: there is nothing in it that somebody would keep otherwise.
    bring(&arguments.data, &Import { files, municipality: None, asks: false, leaving: None })
}
