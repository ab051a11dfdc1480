//! `loket plan verify`: checks an outcome against its multi-year plan and lists everything that does not agree.

use std::path::PathBuf;

use loket_instances::planning::examine::examine;
use loket_instances::strict::spot::visible;
use serde_json::{Value, json};

use super::super::shared::{Ended, called, show};
use super::plan;
use crate::exit::Exit;
use crate::files::{self, FileError};
use crate::present::dutch::counted;

/// What can be typed after `loket plan verify`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// Het meerjarenplan (JSON), of - voor standaardinvoer
    #[arg(value_name = "PLAN", help_heading = "Bestanden")]
    pub plan: PathBuf,
    /// De uitkomst (JSON), of - voor standaardinvoer
    #[arg(value_name = "UITKOMST", help_heading = "Bestanden")]
    pub outcome: PathBuf,
    /// Wat niet klopt als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0 when all agrees, 1 when something does not, 2 when the plan itself is refused.
pub fn run(arguments: &Arguments) -> Ended {
    if files::is_standard(&arguments.plan) && files::is_standard(&arguments.outcome) {
        return Err(FileError("Het plan en de uitkomst kunnen niet allebei van standaardinvoer komen.".into()).into());
    }
    let loaded = plan(&arguments.plan, arguments.json)?;
    let bytes = files::read(&arguments.outcome)?;
    let findings = examine(&loaded, &bytes);
    let name = called(&arguments.outcome);
    let machine = || {
        let list: Vec<Value> = findings.iter().map(|it| json!({ "plaats": it.place, "wat": it.what })).collect();
        json!({ "klopt": list.is_empty(), "bevindingen": list })
    };
    let page = || {
        if findings.is_empty() {
            return format!("{name} klopt: regels, doelen, tellingen, coaches en bedragen zijn nagerekend.\n");
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
