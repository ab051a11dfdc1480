//! Shows what is wrong with an input: every problem with its place and remedy, for people or as JSON for machines.

use std::fmt::Write;

use loket_instances::strict::problem::{Notice, Refusal};
use loket_instances::strict::spot::visible;
use serde_json::{Value, json};

use crate::present::dutch;
use crate::present::sheet::layout::SUMMARY;
use crate::present::sheet::{Part, Sheet};

/// The problems in words, `what` being the name of the input.
pub fn text(what: &str, refusal: &Refusal) -> String {
    let mut page = String::new();
    let amount = dutch::counted(refusal.count(), "probleem", "problemen");
    let _ = writeln!(page, "{what} is geweigerd: {amount}.");
    for (position, problem) in refusal.problems.iter().enumerate() {
        let _ = writeln!(page, "\n{:>3}. {}", position + 1, visible(&problem.place));
        for line in dutch::wrapped(&visible(&problem.what), 94) {
            let _ = writeln!(page, "     {line}");
        }
        for line in dutch::wrapped(&visible(&format!("→ {}", problem.remedy)), 94) {
            let _ = writeln!(page, "     {line}");
        }
        let _ = writeln!(page, "     {}", visible(format!("[{}] {}", problem.code, problem.pointer).trim_end()));
    }
    if !refusal.notices.is_empty() {
        let amount = dutch::counted(refusal.notices.len(), "melding", "meldingen");
        let mut sheet = Sheet::default();
        sheet.heading(format!("Ook nog {amount}; dat is geen reden om te weigeren:"));
        sheet.parts.extend(noticed(&refusal.notices));
        page.push_str(&sheet.text(&SUMMARY));
    }
    page
}

/// What stands above the notices of a file that is read: things that are allowed but may be a mistake.
pub fn allowed(notices: &[Notice]) -> String {
    format!("{}; het bestand is wel goed:", dutch::counted(notices.len(), "melding", "meldingen"))
}

/// Notices, one by one.
pub fn noticed(notices: &[Notice]) -> impl Iterator<Item = Part> {
    notices.iter().map(|it| Part::Notice { text: it.text.clone(), code: it.code.to_string(), at: it.pointer.clone() })
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
