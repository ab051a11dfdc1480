//! The template of a workbook: every sheet with its headers, an example in each, and how it works.

use rust_xlsxwriter::XlsxError;

use super::super::book::{Book, Cell, Row, Table};
use super::super::problem::Found;
use super::super::workbook::{Dress, Mark, write};
use super::columns::{EXAMPLE, HELP, Kind, POLICY, SHEETS, WRONG};
use super::values::number;
use super::{policy, settings};

const WORDS: [&str; 13] = [
    "Deze werkmap is een lichting: wie er een plek zoekt, waar er plek is, en wie er begeleidt.",
    "Vul de bladen in en lever de werkmap in bij Loket. Klopt er iets niet, dan komt alles in één keer terug, met blad, rij en kolom.",
    "De volgorde van rijen en kolommen is vrij. Kolommen die Loket niet kent worden niet gelezen, en dat wordt gezegd.",
    "In de kop van elke kolom staat als opmerking wat erin hoort. Kolommen die niet nodig zijn mogen weg.",
    "Rijen die met VOORBEELD beginnen worden overgeslagen. U mag ze laten staan of weghalen.",
    "Een code wijst iemand of iets aan, zoals Z1 of 21QZ00. Gebruik voor dezelfde persoon altijd dezelfde code, en nooit een naam of een adres.",
    "Plaats: vul de postcode in (vier cijfers zijn genoeg), of breedte- en lengtegraad. De plaats dient om reistijden te schatten.",
    "Meer waarden in een cel: bouwen, dagdelen en schoolsoorten met komma's, al het andere met puntkomma's.",
    "Een lege cel is: niet ingevuld. Een lijst die met opzet leeg is, schrijft u als (geen).",
    "Op het blad Beleid staat wat de lichting is (id, naam, fase, van, tot) en waar op gelet wordt. In de kolom Uitleg staat wat elke rij doet.",
    "Wat op het blad Beleid al ingevuld is, is het gewone: verander wat anders moet, en laat de rest staan of haal de rij weg.",
    "Getallen mogen met een komma of een punt. Tekst die met = + - of @ begint, krijgt een ' ervoor; dat gaat er bij het inlezen weer af.",
    "Formules, macro's en verwijzingen naar andere bestanden worden niet gelezen; van een formule telt wat er het laatst was uitgerekend.",
];

fn table(name: &str, rows: Vec<Vec<Cell>>) -> Table {
    Table { name: name.into(), rows: rows.into_iter().zip(1..).map(|(cells, number)| Row { number, cells }).collect() }
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
}

/// The sheets of the template.
pub fn sheets() -> Book {
    let mut sheets = vec![help()];
    for kept in &SHEETS {
        let headers = kept.columns.iter().map(|it| text(it.header)).collect();
        let example = kept.columns.iter().enumerate().map(|(at, it)| match (at, it.kind) {
            (0, _) => text(EXAMPLE),
            (_, Kind::Whole | Kind::Decimal) => number(&text(it.example)).map_or(Cell::Empty, Cell::Number),
            _ => text(it.example),
        });
        sheets.push(table(kept.name, vec![headers, example.collect()]));
    }
    sheets.push(table(POLICY, settings::rows(&policy::HEADERS)));
    Book { sheets }
}

fn help() -> Table {
    let mut rows = vec![vec![text("Zo werkt deze werkmap")]];
    rows.extend(WORDS.iter().map(|it| vec![text(it)]));
    rows.push(Vec::new());
    rows.push(vec![text("Blad"), text("Waarvoor")]);
    rows.extend(SHEETS.iter().map(|it| vec![text(it.name), text(it.help)]));
    rows.push(vec![text(POLICY), text("Wat de lichting is, en waar op gelet wordt.")]);
    table(HELP, rows)
}

/// The template as a workbook.
///
/// # Errors
/// When the writer refuses; a test says that it does not.
pub fn template() -> Result<Vec<u8>, XlsxError> {
    write(&sheets(), &Dress { title: "Sjabloon voor een lichting", helps: true, ..Dress::default() })
}

/// A copy of a workbook in which every cell that is wrong is marked, with what is wrong and what to do as a comment; a first sheet lists
/// all of it.
///
/// # Errors
/// When the writer refuses.
pub fn marked(book: &Book, found: &Found) -> Result<Vec<u8>, XlsxError> {
    let mut rows = vec![["Blad", "Cel", "Kolom", "Er staat", "Wat er niet klopt", "Wat u kunt doen"].map(text).to_vec()];
    let mut marks: Vec<Mark> = Vec::new();
    for it in &found.problems {
        let header = it.at.header.clone().unwrap_or_default();
        let stands = it.found.clone().unwrap_or_default();
        rows.push([&it.at.sheet, &it.at.cell(), &header, &stands, &it.what, &it.remedy].map(|it| text(it)).to_vec());
        let (row, column) = (it.at.row.unwrap_or(1), it.at.column.unwrap_or(0));
        let said = format!("{}. {}.", it.what, it.remedy);
        match marks.iter_mut().find(|mark| (mark.sheet.as_str(), mark.row, mark.column) == (it.at.sheet.as_str(), row, column)) {
            Some(mark) => mark.text = format!("{}\n{said}", mark.text),
            None => marks.push(Mark { sheet: it.at.sheet.clone(), row, column, text: said }),
        }
    }
    if found.more > 0 {
        rows.push(vec![
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            text(&format!("er zijn nog {} problemen die hier niet staan", found.more)),
        ]);
    }
    let mut copy = Book { sheets: vec![table(WRONG, rows)] };
    copy.sheets.extend(book.sheets.iter().filter(|it| super::super::book::plain(&it.name) != super::super::book::plain(WRONG)).cloned());
    write(&copy, &Dress { title: "Werkmap met wat er niet klopt", marks: &marks, ..Dress::default() })
}
