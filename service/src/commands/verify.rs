//! `loket verify`: checks an outcome against its wave and lists everything that does not agree.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::dutch::counted;
use crate::exit::Exit;
use crate::files::{self, FileError};
use crate::verify::{Examined, Finding, ProofLine, examine};

/// What can be typed after `loket verify`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De lichting (JSON), of - voor standaardinvoer
    #[arg(value_name = "LICHTING", help_heading = "Bestanden")]
    pub wave: PathBuf,
    /// De uitkomst (JSON), of - voor standaardinvoer
    #[arg(value_name = "UITKOMST", help_heading = "Bestanden")]
    pub outcome: PathBuf,
    /// Wat niet klopt als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0 when all agrees, 1 when something does not, 2 when the wave itself is refused.
pub fn run(arguments: &Arguments) -> Result<Exit, FileError> {
    if files::is_standard(&arguments.wave) && files::is_standard(&arguments.outcome) {
        return Err(FileError("De lichting en de uitkomst kunnen niet allebei van standaardinvoer komen.".into()));
    }
    let Some(loaded) = super::wave(&arguments.wave, arguments.json)? else {
        return Ok(Exit::Refused);
    };
    let Examined { findings, proofs } = examine(&loaded, &files::read(&arguments.outcome)?);
    let page = if arguments.json {
        let list: Vec<_> = findings.iter().map(|finding| json!({ "plaats": finding.place, "wat": finding.what })).collect();
        let proofs: Vec<_> = proofs.iter().map(machine).collect();
        super::pretty(&json!({ "klopt": list.is_empty(), "bevindingen": list, "bewijzen": proofs }))
    } else {
        text(&super::called(&arguments.outcome), &findings, &proofs)
    };
    super::print(&page)?;
    Ok(if findings.is_empty() { Exit::Done } else { Exit::Wrong })
}

fn machine(line: &ProofLine) -> Value {
    let ProofLine { name, proven, text } = line;
    json!({ "doel": name, "prijzen": proven.bound, "bovengrens": proven.claimed, "geheel": proven.whole(), "tekst": text })
}

fn text(called: &str, findings: &[Finding], proofs: &[ProofLine]) -> String {
    if findings.is_empty() {
        let mut page = format!("{called} klopt: regels, punten, doelen, redenen en kerncijfers zijn nagerekend.\n");
        if !proofs.is_empty() {
            page.push_str("Wat de certificaten bewijzen:\n");
        }
        for ProofLine { name, text, .. } in proofs {
            page.push_str(&format!("   {name}: {text}.\n"));
        }
        return page;
    }
    let amount = counted(findings.len(), "bevinding", "bevindingen");
    let mut page = format!("{called} klopt niet: {amount}.\n");
    for finding in findings {
        page.push_str(&format!("   {}: {}\n", finding.place, finding.what));
    }
    page
}
