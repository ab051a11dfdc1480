//! `loket export sjabloon` and `loket export lichting`: the workbook in which people keep a wave, empty or filled.

use std::path::{Path, PathBuf};

use loket_instances::matching::wave_file::WaveFile;
use loket_instances::sheets::wave::{template as sheets, write};
use loket_instances::sheets::workbook::{self, Dress};

use super::super::shared::{Ended, called, refuse};
use crate::exit::Exit;
use crate::files::{self, FileError, Files};

/// What can be typed after `loket export sjabloon`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Template {
    /// Waar de werkmap (.xlsx) komt
    #[arg(short, long, value_name = "WERKMAP", help_heading = "Bestanden")]
    pub output: PathBuf,
}

/// What can be typed after `loket export lichting`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Wave {
    /// De lichting (JSON), of - voor standaardinvoer
    #[arg(value_name = "LICHTING", help_heading = "Bestanden")]
    pub wave: PathBuf,
    /// Waar de werkmap (.xlsx) komt
    #[arg(short, long, value_name = "WERKMAP", help_heading = "Bestanden")]
    pub output: PathBuf,
}

fn unwritten() -> FileError {
    FileError("De werkmap kan niet gemaakt worden.".into())
}

/// Writes the template.
pub(super) fn template(arguments: &Template) -> Ended {
    let target = Files::default().target(&arguments.output, "de werkmap")?;
    target.write(&sheets::template().map_err(|_| unwritten())?)?;
    Ok(Exit::Done)
}

/// Writes a wave as a workbook.
pub(super) fn wave(arguments: &Wave) -> Ended {
    let target = Files::reading([arguments.wave.as_path()] as [&Path; 1]).target(&arguments.output, "de werkmap")?;
    let bytes = files::read(&arguments.wave)?;
    let wave = WaveFile::read(&bytes).map_err(|refused| refuse(&called(&arguments.wave), &refused, false))?;
    let title = wave.name.clone().unwrap_or_else(|| wave.id.clone());
    let dress = Dress { title: &title, helps: true, ..Dress::default() };
    target.write(&workbook::write(&write::write(&wave), &dress).map_err(|_| unwritten())?)?;
    Ok(Exit::Done)
}
