//! What is wrong with a workbook and what changed in it, in words and for machines.

use std::fmt::Write;

use loket_instances::sheets::problem::{Found, SheetNotice};
use loket_instances::sheets::wave::difference::{Change, Changed};
use loket_instances::strict::spot::visible;
use serde_json::{Value, json};

use super::dutch;

/// Every problem with its cell, `what` being the name of the file.
pub fn text(what: &str, found: &Found) -> String {
    let mut page = String::new();
    let amount = dutch::counted(found.count(), "probleem", "problemen");
    let _ = writeln!(page, "{what} is geweigerd: {amount}.");
    for (position, problem) in found.problems.iter().enumerate() {
        let _ = writeln!(page, "\n{:>3}. {}", position + 1, visible(&problem.at.words()));
        for line in dutch::wrapped(&visible(&problem.what), 94) {
            let _ = writeln!(page, "     {line}");
        }
        for line in dutch::wrapped(&visible(&format!("→ {}", problem.remedy)), 94) {
            let _ = writeln!(page, "     {line}");
        }
    }
    if found.more > 0 {
        let _ = writeln!(page, "\nEr zijn nog {} die hier niet staan.", dutch::counted(found.more, "probleem", "problemen"));
    }
    page.push_str(&notices(&found.notices));
    page
}

/// What is only worth knowing.
pub fn notices(notices: &[SheetNotice]) -> String {
    let mut page = String::new();
    if notices.is_empty() {
        return page;
    }
    let _ = writeln!(page, "\nGoed om te weten ({}):", dutch::counted(notices.len(), "melding", "meldingen"));
    for it in notices {
        for line in dutch::wrapped(&visible(&format!("{}: {}", it.at.words(), it.text)), 94) {
            let _ = writeln!(page, "  {line}");
        }
    }
    page
}

/// The same for machines.
pub fn machine(found: &Found) -> Value {
    let problems = found.problems.iter().map(|it| {
        json!({
            "code": it.code, "blad": it.at.sheet, "rij": it.at.row, "cel": it.at.cell(), "kop": it.at.header,
            "er_staat": it.found, "wat": it.what, "oplossing": it.remedy,
        })
    });
    let notices = found.notices.iter().map(|it| json!({ "blad": it.at.sheet, "rij": it.at.row, "cel": it.at.cell(), "tekst": it.text }));
    json!({ "problemen": problems.collect::<Vec<_>>(), "meer": found.more, "meldingen": notices.collect::<Vec<_>>() })
}

/// A row that is not the same, for machines.
pub fn change(it: &Changed) -> Value {
    let (what, columns) = match &it.change {
        Change::New => ("nieuw", Vec::new()),
        Change::Gone => ("weg", Vec::new()),
        Change::Changed(columns) => {
            ("anders", columns.iter().map(|(header, was, now)| json!({ "kop": header, "was": was, "wordt": now })).collect())
        }
    };
    json!({ "blad": it.sheet, "over": it.about, "wat": what, "kolommen": columns })
}
