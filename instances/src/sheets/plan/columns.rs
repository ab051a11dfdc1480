//! The sheets of a plan's workbook and their columns: one literal list, from which reading, writing, the template and its comments follow.

use loket_solver::common::words::Word;
use loket_solver::planning::facts::codes::{CostSort, Count, Driver, IncomeSort, Step};

use super::super::book::plain;
use super::super::wave::columns::{Column, HELP, Kept, Kind, POLICY, WRONG};

fn codes<W: Word>() -> Vec<&'static str> {
    W::ALL.iter().map(|it| it.code()).collect()
}

const fn column(key: &'static str, header: &'static str, kind: Kind, example: &'static str, help: &'static str) -> Column {
    Column { key, header, also: &[], kind, needed: false, example, help }
}

const fn needed(key: &'static str, header: &'static str, kind: Kind, example: &'static str, help: &'static str) -> Column {
    Column { key, header, also: &[], kind, needed: true, example, help }
}

const NOTE: Column = column("toelichting", "Toelichting", Kind::Text, "", "Vrije tekst; daar wordt niets mee gedaan.");
const NAME: Column = column("naam", "Naam", Kind::Text, "", "Hoe het heet; zonder naam wordt de code getoond.");
const WAVE: Column = needed("lichting", "Lichting", Kind::Text, "L1", "De code van de lichting, van het blad Lichtingen.");
const BOARD: Column = needed("bestuur", "Bestuur", Kind::Text, "B1", "De code van het bestuur, van het blad Besturen.");
const KIND: Column = needed("coachsoort", "Coachsoort", Kind::Text, "intern", "De code van de coachsoort, van het blad Coachsoorten.");
const YEAR: Column = needed("jaar", "Jaar", Kind::Text, "2026-2027", "Een schooljaar van het blad Jaren.");
const LINE_KIND: Column =
    column("coachsoort", "Coachsoort", Kind::Text, "", "Alleen mensen of coaches van deze soort; leeg: van alle soorten.");
const PER: Column =
    needed("per", "Per", Kind::Word(codes::<Driver>), "opleiding", "Wat de post volgt: een vast bedrag per jaar, coaches of een telling.");
const GROUP: Column = column("groep", "Groep", Kind::Whole, "", "Geteld in hele groepen van zoveel; leeg: per mens.");
const AMOUNT: Column =
    column("aantal_x100", "Aantal × 100", Kind::Whole, "", "Hoeveel van de prijs, in honderdsten: 250 is 2,5 keer. Leeg: 100.");
const PRICE: Column = needed("prijs_cent", "Prijs in centen", Kind::Whole, "5000", "De prijs in hele centen, zonder btw.");
const TAX: Column = column("btw_procent", "Btw %", Kind::Whole, "", "Hele procenten btw erbij; leeg: geen.");
const YEARS: Column = column("jaren", "Jaren", Kind::Texts, "", "Alleen in deze jaren, met puntkomma's; leeg: in alle jaren.");

const SCHOOL_YEARS: [Column; 1] = [YEAR];
const FUNNEL: [Column; 2] = [
    needed("stap", "Stap", Kind::Word(codes::<Step>), "diploma", "Een stap van de trechter."),
    needed("procent", "Procent", Kind::Whole, "80", "Hoeveel procent de stap haalt, 1 tot en met 100."),
];
const WAVES: [Column; 6] = [
    needed("id", "Lichting", Kind::Text, "L1", "Een korte code die nergens anders voor gebruikt wordt."),
    NAME,
    needed("maand", "Maand", Kind::Month, "2026-09", "De maand waarin de opleiding begint, als 2026-09."),
    needed("doel", "Doel", Kind::Whole, "45", "Hoeveel mensen er hoogstens starten."),
    column("aangemeld", "Aangemeld", Kind::Whole, "", "Hoeveel mensen zich aangemeld hebben, als dat bekend is."),
    NOTE,
];
const ACTUAL: [Column; 5] = [
    WAVE,
    KIND,
    column("telling", "Telling", Kind::Word(codes::<Count>), "aangemeld", "Welke telling van de trechter."),
    column("aantal", "Aantal", Kind::Whole, "50", "Hoeveel het er echt waren."),
    NOTE,
];
const BOARDS: [Column; 4] = [
    needed("id", "Bestuur", Kind::Text, "B1", "Een korte code die nergens anders voor gebruikt wordt."),
    NAME,
    column("plekken", "Plekken", Kind::Whole, "12", "Plekken in elk jaar; leeg als ze per jaar op het blad Plekken staan."),
    NOTE,
];
const SEATS: [Column; 3] = [BOARD, YEAR, needed("plekken", "Plekken", Kind::Whole, "12", "Hoeveel plekken het bestuur dat jaar heeft.")];
const KINDS: [Column; 11] = [
    needed("id", "Coachsoort", Kind::Text, "intern", "Een korte code die nergens anders voor gebruikt wordt."),
    NAME,
    column("extern", "Extern", Kind::Flag, "nee", "Of deze coaches van buiten komen."),
    column("begin", "Begin", Kind::Whole, "4", "Hoeveel coaches er aan het begin zijn."),
    column(
        "aanname_max",
        "Aanname hoogstens",
        Kind::Whole,
        "",
        "Hoeveel er elk jaar bij mogen; leeg als het per jaar op het blad Aanname staat.",
    ),
    column("diensttijd", "Diensttijd", Kind::Whole, "", "Hoeveel jaren een coach blijft; leeg: voorgoed."),
    needed("uren", "Uren", Kind::Whole, "690", "Uren van één coach in een jaar."),
    column("tarief_cent", "Tarief in centen", Kind::Whole, "", "Wat een uur kost, in centen; alleen voor verslagen."),
    column("fasen", "Fasen", Kind::Texts, "", "Welke fasen deze coaches doen, met puntkomma's; leeg: alle."),
    column("overdracht", "Overdracht", Kind::Text, "", "De coachsoort die de andere fasen doet."),
    NOTE,
];
const HIRES: [Column; 3] = [KIND, YEAR, needed("aanname_max", "Hoogstens", Kind::Whole, "5", "Hoeveel coaches er dat jaar bij mogen.")];
const PHASES: [Column; 6] = [
    needed("fase", "Fase", Kind::Text, "opleiding", "De naam van de fase."),
    needed("telling", "Telling", Kind::Text, "opleiding", "Wie erin zit: aangemeld, voortraject, assessment, opleiding, jaar2 of diploma."),
    needed("na", "Jaren erna", Kind::Whole, "0", "Hoeveel jaren na de start."),
    needed("uren", "Uren", Kind::Whole, "60", "Uren per mens."),
    needed("ratio", "Telt voor aantal", Kind::Flag, "ja", "Of deze mensen meetellen voor het aantal per coach."),
    NOTE,
];
const COSTS: [Column; 12] = [
    needed("id", "Post", Kind::Text, "intake", "Een korte code die nergens anders voor gebruikt wordt."),
    NAME,
    needed("activiteit", "Activiteit", Kind::Text, "A", "De activiteit waar de post bij hoort."),
    needed("soort", "Soort", Kind::Word(codes::<CostSort>), "personeel", "Wat voor kosten het zijn."),
    PER,
    LINE_KIND,
    GROUP,
    AMOUNT,
    PRICE,
    TAX,
    YEARS,
    NOTE,
];
const INCOMES: [Column; 11] = [
    needed("id", "Inkomst", Kind::Text, "rijk", "Een korte code die nergens anders voor gebruikt wordt."),
    NAME,
    column("soort", "Soort", Kind::Word(codes::<IncomeSort>), "rijk", "Waar het geld vandaan komt."),
    PER,
    LINE_KIND,
    GROUP,
    AMOUNT,
    PRICE,
    TAX,
    YEARS,
    NOTE,
];
const LOCKS: [Column; 8] = [
    column("lichting", "Lichting", Kind::Text, "L1", "De lichting waar het over gaat."),
    column("bestuur", "Bestuur", Kind::Text, "", "Met lichting en gestart: wie er bij dit bestuur starten."),
    column("coachsoort", "Coachsoort", Kind::Text, "", "Met lichting en aantal, of met jaar en aanname."),
    column("jaar", "Jaar", Kind::Text, "", "Het jaar van de aanname."),
    column("gestart", "Gestart", Kind::Whole, "45", "Hoeveel mensen er starten."),
    column("aantal", "Aantal", Kind::Whole, "", "Hoeveel mensen deze coachsoort begeleidt."),
    column("aanname", "Aanname", Kind::Whole, "", "Hoeveel coaches er aangenomen worden."),
    NOTE,
];
const SCENARIOS: [Column; 6] = [
    needed("id", "Scenario", Kind::Text, "uitval-lager", "De code van het scenario; elke wijziging heeft een eigen rij."),
    NAME,
    column("pad", "Plaats", Kind::Text, "/trechter/diploma", "De plaats in het plan, zoals /trechter/diploma."),
    column("waarde", "Waarde", Kind::Any, "85", "Wat er dan staat: een getal, een woord, of JSON."),
    column("bij_wijziging", "Toelichting wijziging", Kind::Text, "", "Vrije tekst bij deze wijziging."),
    NOTE,
];

const fn kept(name: &'static str, list: &'static str, columns: &'static [Column], help: &'static str) -> Kept {
    Kept { name, also: &[], list, columns, help }
}

/// Every sheet with a row for each of a list, in the order of the template.
pub const SHEETS: [Kept; 13] = [
    kept("Jaren", "jaren", &SCHOOL_YEARS, "De schooljaren van het plan, op volgorde."),
    kept("Trechter", "trechter", &FUNNEL, "Hoeveel procent elke stap haalt; wat er niet staat, blijft gewoon."),
    kept("Lichtingen", "lichtingen", &WAVES, "Wanneer er een lichting start, en met hoeveel mensen hoogstens."),
    kept("Werkelijk", "werkelijk", &ACTUAL, "Wat er van een lichting echt gebeurd is."),
    kept("Besturen", "besturen", &BOARDS, "De besturen."),
    kept("Plekken", "plekken", &SEATS, "Plekken per bestuur en jaar, waar ze niet elk jaar gelijk zijn."),
    kept("Coachsoorten", "coachsoorten", &KINDS, "Wie er begeleidt."),
    kept("Aanname", "aanname", &HIRES, "Hoeveel coaches er per jaar bij mogen, waar dat niet elk jaar gelijk is."),
    kept("Fasen", "fasen", &PHASES, "De fasen van begeleiding; een leeg blad: de gewone vier."),
    kept("Posten", "posten", &COSTS, "Wat het kost."),
    kept("Inkomsten", "inkomsten", &INCOMES, "Wat er binnenkomt."),
    kept("Vast", "vast", &LOCKS, "Wat al besloten is."),
    kept("Scenario's", "scenarios", &SCENARIOS, "Wat er anders kan zijn, om naast het plan te leggen."),
];

/// Lists without which there is no plan.
pub(super) const NEEDED: [&str; 4] = ["jaren", "lichtingen", "besturen", "coachsoorten"];

/// Sheets that are no list.
pub(super) const OTHERS: [&str; 3] = [POLICY, HELP, WRONG];

/// The sheet that is called so.
pub fn of(name: &str) -> Option<&'static Kept> {
    SHEETS.iter().find(|it| plain(it.name) == plain(name))
}
