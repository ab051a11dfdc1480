//! A plan as a workbook and back: sample plans, made-up ones and random tiny ones lose nothing; what is wrong is told at its cell.

use loket_instances::generate::horizons::horizon;
use loket_instances::sheets::book::{Book, Cell};
use loket_instances::sheets::limits;
use loket_instances::sheets::plan::{read, template, write};
use loket_instances::sheets::xlsx;
use serde_json::{Value, json};

use crate::brute::{Draw, file};
use crate::common::{folder, json as read_json, load, number, seed};

/// A plan without what says nothing: absent values, and empty lists that mean the same as no list.
fn plain(mut plan: Value) -> Value {
    if let Some(entries) = plan.as_object_mut() {
        for list in ["posten", "inkomsten", "vast", "scenarios"] {
            if entries.get(list).and_then(Value::as_array).is_some_and(Vec::is_empty) {
                entries.remove(list);
            }
        }
    }
    plan
}

fn through_bytes(plan: &Value) -> Value {
    let bytes = template::filled("Proef", plan).expect("a workbook");
    let (book, found) = xlsx::read(&bytes, |_| limits::ROWS).expect("a workbook that can be read");
    assert!(found.notices.is_empty(), "{found:?}");
    let (back, found) = read::read(&book).unwrap_or_else(|found| panic!("{found}"));
    assert!(found.notices.iter().all(|it| !it.text.contains("niet gelezen")), "{found:?}");
    back
}

#[test]
fn sample_and_made_up_plans_come_back_as_they_were() {
    let mut plans: Vec<Value> = [1, 3, 10].map(|years| horizon(years, seed())).to_vec();
    if let Some(folder) = folder() {
        let paths = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
        let whole = paths.filter(|path| path.to_str().is_some_and(|it| it.ends_with(".json") && it.matches(".json").count() == 1));
        let ours = |plan: &Value| plan["formaat"] == "loket-meerjarenplan/1";
        plans.extend(whole.map(|path| read_json(&path)).filter(ours));
    }
    for plan in &plans {
        assert_eq!(plain(through_bytes(plan)), plain(plan.clone()), "{}", plan["id"]);
    }
    println!("{} plans came back as they were", plans.len());
}

#[test]
fn random_plans_come_back_as_they_were() {
    let first = seed();
    for nth in 0..number("LOKET_PLANS", 200) {
        let mut draw = Draw(first.wrapping_mul(1_000_003).wrapping_add(nth));
        let mut plan = file(&mut draw);
        plan["toelichting"] = json!("=1+1; een \"proef\"");
        plan["scenarios"] = json!([
            { "id": "s1", "naam": "Eén", "wijzig": [] },
            { "id": "s2", "toelichting": "x", "wijzig": [
                { "pad": "/lichtingen/0/doel", "waarde": draw.below(4) },
                { "pad": "/beleid/budget", "waarde": "totaal", "toelichting": "@y" },
                { "pad": "/id", "waarde": "5" },
                { "pad": "/besturen/0/plekken", "waarde": plan["besturen"][0]["plekken"] },
            ] },
        ]);
        load(&plan);
        assert_eq!(plain(through_bytes(&plan)), plain(plan.clone()), "LOKET_SEED={first}, plan {nth}");
    }
}

/// A book in which one cell is another; the cell is named by sheet, row and header.
fn changed(plan: &Value, sheet: &str, row: usize, header: &str, cell: Cell) -> Book {
    let mut book = write::write(plan);
    let table = book.sheets.iter_mut().find(|it| it.name == sheet).expect("a sheet");
    let column = table.column(&[header]).expect("a column");
    let cells = &mut table.rows[row - 1].cells;
    cells.resize(cells.len().max(column + 1), Cell::Empty);
    cells[column] = cell;
    book
}

#[test]
fn what_is_wrong_is_told_at_its_cell() {
    let plan = horizon(2, 1);
    let text = |text: &str| Cell::Text(text.into());
    let cases = [
        ("Lichtingen", 2, "Doel", text("veel"), "type", "D2"),
        ("Lichtingen", 3, "Doel", Cell::Number(1_001.0), "grens", "D3"),
        ("Lichtingen", 2, "Maand", text("1999-01"), "grens", "C2"),
        ("Plekken", 2, "Bestuur", text("B99"), "onbekende-verwijzing", "A2"),
        ("Plekken", 2, "Jaar", text("2050-2051"), "onbekende-verwijzing", "B2"),
        ("Aanname", 2, "Hoogstens", Cell::Number(-1.0), "grens", "C2"),
        ("Coachsoorten", 3, "Overdracht", text("niemand"), "onbekende-verwijzing", "J3"),
        ("Posten", 2, "Per", text("mensen"), "woord", "E2"),
        ("Posten", 3, "Prijs in centen", Cell::Empty, "ontbreekt", "I3"),
        ("Beleid", 6, "Waarde", text("x"), "type", "C6"),
    ];
    for (sheet, row, header, cell, code, at) in cases {
        let Err(found) = read::read(&changed(&plan, sheet, row, header, cell)) else { panic!("{sheet} {header} was taken") };
        let told: Vec<_> = found.problems.iter().map(|it| (it.code, it.at.sheet.as_str(), it.at.cell())).collect();
        assert!(told.contains(&(code, sheet, at.to_owned())), "{sheet} {header}: {told:?}\n{found}");
        assert!(found.problems.iter().all(|it| !it.remedy.is_empty()), "{found}");
    }
    let mut book = write::write(&plan);
    book.sheets.retain(|it| it.name != "Besturen");
    let found = read::read(&book).expect_err("no boards");
    assert!(found.problems.iter().any(|it| it.what.contains("Besturen")), "{found}");
}

#[test]
fn the_template_is_a_workbook_that_says_what_is_missing() {
    let bytes = template::template().expect("a workbook");
    let (book, _) = xlsx::read(&bytes, |_| limits::ROWS).expect("a workbook that can be read");
    let found = read::read(&book).expect_err("nothing is filled in");
    let missing = found.problems.iter().filter(|it| it.code == "ontbreekt" || it.code == "leeg").count();
    assert!(
        missing >= 2
            && found
                .problems
                .iter()
                .all(|it| ["Beleid", "Jaren", "Lichtingen", "Besturen", "Coachsoorten"].contains(&it.at.sheet.as_str())),
        "{found}"
    );
}
