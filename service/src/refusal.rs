//! Shows what is wrong with an input: every problem with its place and remedy, for people or as JSON for machines.

use std::fmt::Write;

use loket_instances::strict::problem::{Notice, Refusal};
use serde_json::{Value, json};

use crate::present::dutch;

/// The problems in words, `what` being the name of the input.
pub fn text(what: &str, refusal: &Refusal) -> String {
    let mut page = String::new();
    let amount = dutch::counted(refusal.problems.len(), "probleem", "problemen");
    let _ = writeln!(page, "{what} is geweigerd: {amount}.");
    for (position, problem) in refusal.problems.iter().enumerate() {
        let _ = writeln!(page, "\n{:>3}. {}", position + 1, problem.place);
        for line in dutch::wrapped(&problem.what, 94) {
            let _ = writeln!(page, "     {line}");
        }
        for line in dutch::wrapped(&format!("→ {}", problem.remedy), 94) {
            let _ = writeln!(page, "     {line}");
        }
        let _ = writeln!(page, "     {}", format!("[{}] {}", problem.code, problem.pointer).trim_end());
    }
    if !refusal.notices.is_empty() {
        let amount = dutch::counted(refusal.notices.len(), "melding", "meldingen");
        let _ = write!(page, "\n{}", listed(&format!("Ook nog {amount}; dat is geen reden om te weigeren:"), &refusal.notices));
    }
    page
}

/// Notices of a file that is read, in words: things that are allowed but may be a mistake.
pub fn notices(notices: &[Notice]) -> String {
    let amount = dutch::counted(notices.len(), "melding", "meldingen");
    listed(&format!("{amount}; het bestand is wel goed:"), notices)
}

fn listed(heading: &str, notices: &[Notice]) -> String {
    let mut page = String::new();
    if !notices.is_empty() {
        let _ = writeln!(page, "{heading}");
        for notice in notices {
            for (position, line) in dutch::wrapped(&notice.text, 94).iter().enumerate() {
                let mark = if position == 0 { '·' } else { ' ' };
                let _ = writeln!(page, "   {mark} {line}");
            }
            let _ = writeln!(page, "     [{}] {}", notice.code, notice.pointer);
        }
    }
    page
}

/// Problems and notices for machines.
pub fn machine(refusal: &Refusal) -> Value {
    let problems: Vec<Value> = refusal
        .problems
        .iter()
        .map(|problem| {
            json!({
                "code": problem.code, "plaats": problem.pointer, "waar": problem.place,
                "wat": problem.what, "oplossing": problem.remedy,
            })
        })
        .collect();
    json!({ "problemen": problems, "meldingen": machine_notices(&refusal.notices) })
}

/// Notices for machines, in the shape they have in an outcome.
pub fn machine_notices(notices: &[Notice]) -> Value {
    notices.iter().map(|notice| json!({ "code": notice.code, "plaats": notice.pointer, "tekst": notice.text })).collect()
}
