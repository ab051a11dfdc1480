//! `loket verify`: checks an outcome against its wave and lists everything that does not agree.

use loket_instances::strict::spot::visible;
use serde_json::{Value, json};

use super::shared::{Ended, Inputs, called, show, wave};
use crate::exit::Exit;
use crate::files;
use crate::present::dutch::counted;
use crate::verify::{Examined, Finding, ProofLine, examine};

/// What can be typed after `loket verify`.
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

/// Status 0 when all agrees, 1 when something does not, 2 when the wave itself is refused.
pub fn run(arguments: &Arguments) -> Ended {
    arguments.files.apart()?;
    let loaded = wave(&arguments.files.wave, arguments.json)?;
    let bytes = files::read(&arguments.files.outcome)?;
    let Examined { findings, proofs, open_conflict } = examine(&loaded, &bytes);
    let page = || {
        text(&called(&arguments.files.outcome), (&findings, &proofs, open_conflict), &serde_json::from_slice(&bytes).unwrap_or_default())
    };
    show(arguments.json, || machine(&findings, &proofs), page)?;
    Ok(if findings.is_empty() { Exit::Done } else { Exit::Wrong })
}

fn machine(findings: &[Finding], proofs: &[ProofLine]) -> Value {
    let list: Vec<_> = findings.iter().map(|finding| json!({ "plaats": finding.place, "wat": finding.what })).collect();
    let proofs: Vec<_> = proofs.iter().map(proof).collect();
    json!({ "klopt": list.is_empty(), "bevindingen": list, "bewijzen": proofs })
}

fn proof(line: &ProofLine) -> Value {
    let ProofLine { name, proven, text } = line;
    json!({ "doel": name, "prijzen": proven.bound, "bovengrens": proven.claimed, "geheel": proven.whole(), "nagezocht": proven.searched, "tekst": text })
}

fn text(called: &str, (findings, proofs, open_conflict): (&[Finding], &[ProofLine], bool), outcome: &Value) -> String {
    if findings.is_empty() {
        let mut page = format!("{called} klopt: regels, punten, doelen, redenen en kerncijfers zijn nagerekend.\n");
        if !proofs.is_empty() {
            page.push_str("Wat de certificaten bewijzen:\n");
        }
        for ProofLine { name, text, .. } in proofs {
            page.push_str(&format!("   {}\n", visible(&format!("{name}: {text}."))));
        }
        if open_conflict {
            page.push_str("Dat wat vastligt niet samen kan, was te veel om na te zoeken.\n");
        }
        return page;
    }
    let amount = counted(findings.len(), "bevinding", "bevindingen");
    let mut page = format!("{called} klopt niet: {amount}.\n");
    for finding in findings {
        let line = format!("{}{}: {}", finding.place, whose(&finding.place, outcome), finding.what);
        page.push_str(&format!("   {}\n", visible(&line)));
    }
    page
}

/// Behind a place in a list: the person or the goal that the row is about, since people do not count rows.
fn whose(place: &str, outcome: &Value) -> String {
    let mut steps = place.split('/').skip(1);
    let (Some(list), Some(row)) = (steps.next(), steps.next()) else { return String::new() };
    let Some(row) = row.parse::<usize>().ok().and_then(|row| outcome[list].get(row)) else { return String::new() };
    ["kandidaat", "naam"].into_iter().find_map(|key| row[key].as_str()).map_or_else(String::new, |name| format!(" ({name})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_the_person_or_goal_of_its_row() {
        let outcome = json!({ "plaatsingen": [{ "kandidaat": "Z1" }], "doelen": [{ "naam": "geplaatst" }], "kerncijfers": {} });
        let named = ["/plaatsingen/0/uren", "/doelen/0", "/plaatsingen/7/uren", "/kerncijfers/geplaatst", "regel 1, teken 4"];
        assert_eq!(named.map(|place| whose(place, &outcome)), [" (Z1)", " (geplaatst)", "", "", ""]);
    }
}
