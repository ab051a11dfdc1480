//! What an import of open data changes, as a page.

use std::fmt::Write;

use loket_solver::matching::facts::words::Word;
use serde_json::Value;

use super::dutch::counted;
use crate::desk::open::Plan;
use crate::records::open::{Difference, DifferenceKind};

/// Most lines of one kind.
const SHOWN: usize = 20;
/// Most notices.
const NOTICES: usize = 20;

/// Every kind of difference with its heading.
fn heading(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::BestuurNieuw => "Nieuwe besturen",
        DifferenceKind::SchoolNieuw => "Nieuwe scholen",
        DifferenceKind::SchoolGewijzigd => "Gewijzigde scholen",
        DifferenceKind::SchoolVerdwenen => "Verdwenen scholen",
        DifferenceKind::SchoolVerdwenenBezet => "Verdwenen scholen met plekken of plaatsingen; die eindigen niet vanzelf",
        DifferenceKind::Pc4 => "Postcodes",
    }
}

/// What an import changes.
pub fn page(plan: &Plan) -> String {
    let mut page = String::new();
    let counts = &plan.counts;
    if counts.scholen > 0 {
        let _ = writeln!(
            page,
            "Scholen in het bestand: {}. Nieuw {}, gewijzigd {}, ongewijzigd {}, verdwenen {}.",
            counts.scholen,
            counts.scholen_nieuw,
            counts.scholen_gewijzigd,
            counts.scholen_ongewijzigd,
            counts.scholen_verdwenen + counts.scholen_verdwenen_bezet
        );
    }
    let more = [
        (counts.velden_behouden, "Waarden die blijven zoals ze in het register veranderd zijn"),
        (counts.scholen_beeindigd, "Scholen in het bestand die in het register beëindigd zijn (dat blijft zo)"),
        (counts.scholen_buiten, "Scholen van het register die dit bestand niet kent (daar verandert niets aan)"),
        (counts.onbekend, "Scholen uit de andere bestanden die het register niet kent (overgeslagen)"),
        (counts.plaats_pc4, "Scholen met het midden van hun postcode als plaats"),
        (counts.zonder_plaats, "Scholen zonder plaats (lees eerst de postcodes in met loket import pc4)"),
        (counts.score_onbetrouwbaar, "Scholen met 40 leerlingen of minder (hun score zegt weinig)"),
    ];
    for (many, what) in more.into_iter().filter(|it| it.0 > 0) {
        let _ = writeln!(page, "{what}: {many}.");
    }
    if counts.besturen_nieuw > 0 {
        let _ = writeln!(page, "Een nieuw bestuur doet mee met het noodplan (noodplan ja); zet dat op nee waar het niet zo is.");
    }
    for kind in DifferenceKind::ALL {
        let lines: Vec<&Difference> = plan.differences.iter().filter(|it| it.kind == *kind).collect();
        if lines.is_empty() {
            continue;
        }
        let most = if *kind == DifferenceKind::Pc4 { 5 } else { SHOWN };
        let _ = writeln!(page, "\n{}: {}", heading(*kind), lines.len());
        for it in lines.iter().take(most) {
            line(&mut page, it);
        }
        if lines.len() > most {
            let _ = writeln!(page, "   en nog {}; --json toont ze alle", lines.len() - most);
        }
    }
    if !plan.notices.is_empty() {
        let _ = writeln!(page, "\n{}:", counted(plan.notices.len(), "melding", "meldingen"));
        plan.notices.iter().take(NOTICES).for_each(|it| {
            let _ = writeln!(page, "   {it}");
        });
        if plan.notices.len() > NOTICES {
            let _ = writeln!(page, "   en nog {}", plan.notices.len() - NOTICES);
        }
    }
    page.push('\n');
    page
}

fn line(page: &mut String, it: &Difference) {
    let name = it.name.as_deref().map(|name| format!("  {name}")).unwrap_or_default();
    let fields: Vec<String> = it
        .fields
        .iter()
        // A new school is called by its name already.
        .filter(|field| !(it.kind == DifferenceKind::SchoolNieuw && field.name == "naam"))
        .map(|field| {
            let kept = if field.kept { ", blijft zoals het is" } else { "" };
            match field.was {
                Value::Null => format!("{} {}{kept}", field.name, plain(&field.now)),
                _ => format!("{} {} → {}{kept}", field.name, plain(&field.was), plain(&field.now)),
            }
        })
        .collect();
    let said: Vec<String> = fields.into_iter().chain(it.remarks.iter().cloned()).collect();
    let said = if said.is_empty() { String::new() } else { format!(": {}", said.join("; ")) };
    let _ = writeln!(page, "   {}{name}{said}", it.id);
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What is asked before the register changes.
pub fn asks(plan: &Plan, leaves: bool) -> String {
    let ends = if leaves { format!(", en {} beëindigen", counted(plan.gone.len(), "school", "scholen")) } else { String::new() };
    format!("Dit overnemen in het register{ends}? Typ ja, of iets anders om niets te veranderen.")
}
