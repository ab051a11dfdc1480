//! `loket rooster verify`: checks an outcome against its roster and lists everything that does not agree.

use std::sync::atomic::AtomicBool;

use loket_instances::scheduling::examine::{examine, examine_changes};
use loket_instances::strict::spot::visible;
use serde_json::{Value, json};

use super::super::shared::{Ended, called, show};
use super::{Inputs, roster};
use crate::exit::Exit;
use crate::files;
use crate::present::dutch::counted;
use crate::watch::Watch;

/// What can be typed after `loket rooster verify`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// The two files.
    #[command(flatten)]
    pub files: Inputs,
    /// Wat niet klopt als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0 when all agrees, 1 when something does not, 2 when the roster itself is refused.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    arguments.files.apart()?;
    let loaded = roster(&arguments.files.roster, arguments.json)?;
    let bytes = files::read(&arguments.files.outcome)?;
    let mut findings = examine(&loaded, &bytes);
    if findings.is_empty() {
        findings.extend(examine_changes(&loaded, &bytes, &Watch::new(stop, None)));
    }
    let name = called(&arguments.files.outcome);
    let machine = || {
        let list: Vec<Value> = findings.iter().map(|it| json!({ "plaats": it.place, "wat": it.what })).collect();
        json!({ "klopt": list.is_empty(), "bevindingen": list })
    };
    let page = || {
        if findings.is_empty() {
            return format!("{name} klopt: regels, punten, doelen, redenen en kerncijfers zijn nagerekend.\n");
        }
        let mut page = format!("{name} klopt niet: {}.\n", counted(findings.len(), "bevinding", "bevindingen"));
        for it in &findings {
            page.push_str(&format!("   {}\n", visible(&format!("{}: {}", it.place, it.what))));
        }
        page
    };
    show(arguments.json, machine, page)?;
    Ok(if findings.is_empty() { Exit::Done } else { Exit::Wrong })
}
