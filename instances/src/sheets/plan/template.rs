//! The template of a plan's workbook: every sheet with its headers, an example in each, and how it works.

use rust_xlsxwriter::XlsxError;
use serde_json::Value;

use super::super::book::{Book, Cell, Row, Table};
use super::super::wave::columns::{EXAMPLE, HELP, Kind, POLICY};
use super::super::wave::policy::HEADERS;
use super::super::wave::values::number;
use super::super::workbook::{Dress, write};
use super::columns::{SHEETS, of};

const WORDS: [&str; 9] = [
    "Deze werkmap is een meerjarenplan: hoeveel mensen er per lichting kunnen starten, met welke coaches en voor welk geld.",
    "Vul de bladen in en maak er een plan van met loket plan import. Klopt er iets niet, dan komt alles in één keer terug, met blad, rij en kolom.",
    "De volgorde van kolommen is vrij. Kolommen die Loket niet kent worden niet gelezen, en dat wordt gezegd.",
    "In de kop van elke kolom staat als opmerking wat erin hoort. Kolommen die niet nodig zijn mogen weg.",
    "Rijen die met VOORBEELD beginnen worden overgeslagen. U mag ze laten staan of weghalen.",
    "Bedragen zijn hele centen. Meer waarden in een cel staan met puntkomma's. Een lijst die met opzet leeg is, schrijft u als (geen).",
    "Op het blad Beleid staat wat het plan is (id, naam, start) en waar op gelet wordt. Een doel is een paar rijen: doel en zijn naam, wat er telt, en hoe zwaar.",
    "Plekken en aanname die elk jaar gelijk zijn, staan bij het bestuur en de coachsoort zelf; anders per jaar op een eigen blad.",
    "Formules worden niet gelezen; van een formule telt wat er het laatst was uitgerekend.",
];

/// Rows of the sheet of settings to begin with.
const BEGIN: [(&str, &str, &str); 6] = [
    ("plan", "id", ""),
    ("plan", "naam", ""),
    ("plan", "start", ""),
    ("beleid", "per_coach", "9"),
    ("beleid", "plek_maanden", "5"),
    ("beleid", "budget", "cumulatief"),
];

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
}

fn table(name: &str, rows: Vec<Vec<Cell>>) -> Table {
    Table { name: name.into(), rows: rows.into_iter().zip(1..).map(|(cells, number)| Row { number, cells }).collect() }
}

fn help() -> Table {
    let mut rows = vec![vec![text("Zo werkt deze werkmap")]];
    rows.extend(WORDS.iter().map(|it| vec![text(it)]));
    rows.push(Vec::new());
    rows.push(vec![text("Blad"), text("Waarvoor")]);
    rows.extend(SHEETS.iter().map(|it| vec![text(it.name), text(it.help)]));
    rows.push(vec![text(POLICY), text("Wat het plan is, waar op gelet wordt, en de doelen op volgorde.")]);
    table(HELP, rows)
}

/// The sheets of the template.
pub fn sheets() -> Book {
    let mut sheets = Vec::new();
    for kept in &SHEETS {
        let headers = kept.columns.iter().map(|it| text(it.header)).collect();
        let example = kept.columns.iter().enumerate().map(|(at, it)| match (at, it.kind) {
            (0, _) => text(EXAMPLE),
            (_, Kind::Whole | Kind::Any) => number(&text(it.example)).map_or_else(|| text(it.example), Cell::Number),
            _ => text(it.example),
        });
        sheets.push(table(kept.name, vec![headers, example.collect()]));
    }
    let mut rows = vec![HEADERS.map(text).to_vec()];
    rows.extend(BEGIN.map(|(part, name, value)| vec![text(part), text(name), text(value)]));
    sheets.push(table(POLICY, rows));
    sheets.push(help());
    Book { sheets }
}

/// The template as a workbook.
///
/// # Errors
/// When the writer refuses; a test says that it does not.
pub fn template() -> Result<Vec<u8>, XlsxError> {
    write(&sheets(), &Dress { title: "Sjabloon voor een meerjarenplan", helps: true, columns: Some(of), ..Dress::default() })
}

/// A plan's file as a workbook, with what each sheet is for.
///
/// # Errors
/// When the writer refuses.
pub fn filled(title: &str, plan: &Value) -> Result<Vec<u8>, XlsxError> {
    let mut book = super::write::write(plan);
    book.sheets.push(help());
    write(&book, &Dress { title, helps: true, columns: Some(of), ..Dress::default() })
}
