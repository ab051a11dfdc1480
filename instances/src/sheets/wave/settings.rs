//! The settings of the sheet Beleid: what each is usually, what may be chosen, and what it means. The usual values are those of the policy
//! itself, so that the template cannot say something else than what counts without it.

use loket_solver::matching::facts::policy::Policy;
use loket_solver::matching::facts::words::{Phase, Status, Word};

use super::super::book::{Cell, Row, Table, plain};
use super::columns::Kind;

/// What stands above the column of explanations, which nothing is read of.
pub const EXPLAINED: &str = "Uitleg";

/// A setting as a row.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its part.
    pub part: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it usually is; empty where it is nothing, or something else for each wave.
    pub usual: Cell,
    /// What its value is.
    pub kind: Kind,
    /// What it means, Dutch.
    pub help: &'static str,
}

fn phases() -> Vec<&'static str> {
    Phase::ALL.iter().map(|it| it.code()).collect()
}

/// What the wave is: part, name, value to begin with, kind and help.
const WAVE: [(&str, &str, Kind, &str); 6] = [
    ("id", "", Kind::Text, "De code van de lichting, zoals 2026-najaar. Moet ingevuld zijn."),
    ("naam", "", Kind::Text, "Hoe mensen de lichting kennen."),
    ("fase", "opleiding", Kind::Word(phases), "De fase van de opleiding; kies uit de lijst. Moet ingevuld zijn."),
    ("van", "", Kind::Text, "De eerste dag van de plaatsingen, zoals 1-8-2026. Leeg: Loket vraagt ernaar."),
    ("tot", "", Kind::Text, "De laatste dag van de plaatsingen, zoals 31-7-2027. Leeg: Loket vraagt ernaar."),
    ("toelichting", "", Kind::Text, "Vrije tekst; daar wordt niets mee gedaan."),
];

/// Every setting, in the order of the template. Of goals there is one row to begin with: without rows for goals those of the phase count.
pub fn settings() -> Vec<Setting> {
    let usual = Policy::default();
    let number = |number: i64| Cell::Number(number as f64);
    let limit = |limit: Option<i64>| limit.map_or(Cell::Empty, number);
    let yes = |yes: bool| Cell::Text(if yes { "ja" } else { "nee" }.into());
    let row = |part, name, usual, kind, help| Setting { part, name, usual, kind, help };
    let mut all: Vec<Setting> =
        WAVE.iter().map(|&(name, value, kind, help)| row("lichting", name, Cell::typed(value), kind, help)).collect();
    let single = [
        (
            "alleen_noodplan",
            yes(usual.noodplan_only),
            Kind::Flag,
            "ja: alleen bij besturen die het noodplan hebben getekend. nee: bij alle besturen.",
        ),
        (
            "dagdelen_samen",
            number(usual.shared_half_days.into()),
            Kind::Whole,
            "Hoeveel dagdelen kandidaat en ervaren collega minstens samen op school zijn, van 0 tot en met 10.",
        ),
        (
            "max_starters_procent",
            number(usual.max_starters_percent.into()),
            Kind::Whole,
            "Hoeveel procent van een team hoogstens starter is. Telt bij scholen waarvan de teamgrootte bekend is.",
        ),
        (
            "max_extern_procent",
            limit(usual.max_external_percent.map(Into::into)),
            Kind::Whole,
            "Hoeveel procent van de kandidaten hoogstens een externe coach krijgt. Leeg: geen grens.",
        ),
        (
            "max_kosten_cent",
            limit(usual.max_cost_cents),
            Kind::Whole,
            "Wat de coaches samen hoogstens kosten, in hele centen. Leeg: geen grens.",
        ),
        (
            "max_wijzigingen",
            limit(usual.max_changes.map(Into::into)),
            Kind::Whole,
            "Hoeveel er meer mag veranderen aan het vorige plan dan het minste dat kan. Leeg: geen grens.",
        ),
        (
            "seed",
            Cell::Empty,
            Kind::Whole,
            "Een geheel getal dat kiest tussen plannen die even goed zijn. Laat het leeg, dan wordt er geloot.",
        ),
        ("toelichting", Cell::Empty, Kind::Text, "Vrije tekst over het beleid; daar wordt niets mee gedaan."),
    ];
    all.extend(single.into_iter().map(|(name, usual, kind, help)| row("beleid", name, usual, kind, help)));
    let places = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
    let points = "Punten als de kandidaat de bouw van deze keus krijgt, van 0 tot 1.000. De laatste rij geldt ook voor latere keuzen.";
    all.extend(
        places
            .into_iter()
            .zip(&usual.bouw_points)
            .map(|(name, points_of)| row("bouw_punten", name, number(*points_of), Kind::Whole, points)),
    );
    let hours = "Hoeveel uren begeleiding een kandidaat in deze fase krijgt.";
    all.extend(Phase::ALL.iter().map(|it| row("uren", it.code(), number(usual.hours_of(*it).into()), Kind::Whole, hours)));
    let extra = [
        ("vanaf", usual.extra_from, "Vanaf hoeveel procent doelgroepleerlingen een school meer uren begeleiding krijgt."),
        ("uren", usual.extra_hours, "Hoeveel uren er dan bij komen."),
    ];
    all.extend(extra.into_iter().map(|(name, usual, help)| row("extra_begeleiding", name, number(usual.into()), Kind::Whole, help)));
    let keep =
        "Hoe zwaar het telt dat een plaatsing van het vorige plan met deze stand blijft, van 0 tot 1.000. Leeg naast een andere stand: 0.";
    all.extend(Status::ALL.iter().map(|it| row("vasthouden", it.code(), number(usual.keep_weight(*it)), Kind::Whole, keep)));
    let saved = [
        (
            "bewaren plek",
            "Wat een plek waard is voor later, van 0 tot 1.000. In Naam komt de school, of school:plek, zoals 21QZ00:onderbouw.",
        ),
        ("bewaren coach", "Wat een uur van een coach waard is voor later, van 0 tot 1.000. In Naam komt de code van de coach."),
    ];
    all.extend(saved.into_iter().map(|(part, help)| row(part, "", Cell::Empty, Kind::Whole, help)));
    let goal = "Alleen voor eigen doelen; anders gelden die van de fase. Onderdeel: doel en zijn naam. Naam: wat telt. Waarde: hoe zwaar. Het eerste doel gaat voor.";
    all.push(row("doel geplaatst", "geplaatst", Cell::Empty, Kind::Whole, goal));
    let part = "Hoeveel procent van dit doel latere doelen mogen kosten. Leeg: 0.";
    all.push(row("doel geplaatst", "tolerantie_procent", Cell::Empty, Kind::Whole, part));
    all
}

/// The rows of the settings below these headers, each with what it means in a column of its own.
pub(super) fn rows(headers: &[&str]) -> Vec<Vec<Cell>> {
    let text = |text: &str| Cell::typed(text);
    let mut rows = vec![headers.iter().copied().chain([EXPLAINED]).map(text).collect::<Vec<_>>()];
    for it in settings() {
        let mut row = vec![text(it.part), text(it.name), it.usual];
        row.resize(headers.len(), Cell::Empty);
        row.push(text(it.help));
        rows.push(row);
    }
    rows
}

/// The rows of a sheet whose values are chosen from words, with the words.
pub fn chosen(table: &Table, (part, name): (usize, usize)) -> impl Iterator<Item = (&Row, Kind)> {
    let words: Vec<Setting> = settings().into_iter().filter(|it| matches!(it.kind, Kind::Word(_) | Kind::Flag)).collect();
    table.body().iter().filter_map(move |row| {
        let is = |column, wanted: &str| plain(&row.cell(column).text()) == plain(wanted);
        words.iter().find(|it| is(part, it.part) && is(name, it.name)).map(|it| (row, it.kind))
    })
}
