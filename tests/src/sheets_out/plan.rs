//! The report of a multi-year plan as a workbook: its figures are those of the outcome, its charts are of its cells, and ids do without the plan.

use loket_instances::planning::outcome::{Answered, OutcomeFile, Technique, compose};
use loket_instances::planning::plan_file::{Loaded, read_plan};
use loket_instances::planning::report::Report;
use loket_instances::sheets::book::{Cell, Row, Table};
use loket_service::present::plan::book;
use loket_solver::common::control::Unhurried;
use loket_solver::planning::ask::sensitivity::sensitivity;
use loket_solver::planning::solve::solve;
use serde_json::{Value, json};

use super::{members, read, written};

fn file(locks: Value) -> Value {
    json!({
        "formaat": "loket-meerjarenplan/1", "id": "klein", "naam": "=Klein & fijn", "start": "2026-09", "jaren": ["2026-2027", "2027-2028"],
        "lichtingen": [
            { "id": "L1", "naam": "Najaar", "maand": "2026-09", "doel": 6 },
            { "id": "L2", "naam": "@voorjaar", "maand": "2027-02", "doel": 5 },
        ],
        "besturen": [{ "id": "B1", "naam": "Bestuur één", "plekken": 4 }, { "id": "B2", "plekken": [3, 2] }],
        "coachsoorten": [
            { "id": "intern", "naam": "Eigen", "begin": 1, "aanname_max": 1, "uren": 690 },
            { "id": "extern", "extern": true, "aanname_max": [1, 0], "uren": 400 },
        ],
        "posten": [
            { "id": "intake", "naam": "Intake", "activiteit": "A", "soort": "personeel", "per": "aangemeld", "prijs_cent": 5_050 },
            { "id": "fee", "activiteit": "C", "soort": "overig", "per": "opleiding", "prijs_cent": 600_000 },
            { "id": "fee2", "activiteit": "C", "soort": "overig", "per": "jaar2", "prijs_cent": 600_000 },
            { "id": "inductie", "activiteit": "D", "soort": "personeel", "per": "diploma", "prijs_cent": 75_000 },
        ],
        "inkomsten": [{ "id": "rijk", "soort": "rijk", "per": "opleiding", "prijs_cent": 1_300_000 }],
        "vast": locks,
        "trechter": { "diploma": 80 },
        "scenarios": [
            { "id": "minder", "naam": "Minder plekken", "wijzig": [{ "pad": "/besturen/0/plekken", "waarde": 1 }] },
            { "id": "kan-niet", "wijzig": [{ "pad": "/vast", "waarde": [{ "lichting": "L1", "gestart": 7 }] }] },
        ],
        "beleid": { "max_extern_procent": 50 },
    })
}

fn told(file: &Value) -> (Loaded, OutcomeFile) {
    let loaded = read_plan(file.to_string().as_bytes()).unwrap_or_else(|refusal| panic!("{refusal}"));
    let outcome = solve(&loaded.horizon, &Unhurried);
    let answered = Answered {
        scenarios: Some(loaded.scenarios.iter().map(|scenario| solve(&scenario.horizon, &Unhurried)).collect()),
        sensitivity: outcome.plan.is_some().then(|| sensitivity(&loaded.horizon, &outcome, &Unhurried)),
    };
    let technique = Technique { version: "0".into(), engine: String::new(), seed: 1, seconds: 0.0, memory_mib: None };
    let composed = compose(&loaded, &outcome, &answered, &technique);
    (loaded, composed)
}

/// Rows below the row that begins with this heading, up to one that is empty or of another table.
fn below<'a>(table: &'a Table, heading: &str) -> (&'a Row, Vec<&'a Row>) {
    let head = table.rows.iter().position(|row| row.cell(0).text() == heading).unwrap_or_else(|| panic!("{heading} on {}", table.name));
    let first = table.rows[head].number;
    let rows = table.rows[head + 1..].iter().zip(first + 1..).take_while(|(row, number)| row.number == *number);
    (&table.rows[head], rows.map(|(row, _)| row).collect())
}

/// The cell of a row under a heading.
fn at<'a>(head: &Row, row: &'a Row, heading: &str) -> &'a Cell {
    let column = head.cells.iter().position(|cell| cell.text() == heading).unwrap_or_else(|| panic!("a column {heading}"));
    row.cell(column)
}

fn number(value: i64) -> Cell {
    Cell::Number(value as f64)
}

fn euros(cents: i64) -> Cell {
    Cell::Number(cents as f64 / 100.0)
}

#[test]
fn the_report_of_a_plan_has_the_figures_of_its_outcome() {
    let (loaded, outcome) = told(&file(json!([])));
    let report = Report::new(&outcome, Some(&loaded)).expect("they agree");
    let bytes = written(&book(&report, 1_782_900_000));
    let found = read(&bytes);
    let sheet = |name: &str| found.sheet(&[name]).unwrap_or_else(|| panic!("a sheet {name}"));
    let figures = outcome.figures.as_ref().expect("a plan");
    let (head, rows) = below(sheet("Geld"), "schooljaar");
    assert!(rows.len() >= figures.money.len(), "a row for each year");
    for (row, line) in rows.iter().zip(&figures.money) {
        let cells = ["kosten", "inkomsten", "ruimte tot en met"].map(|heading| at(head, row, heading).clone());
        assert_eq!(cells, [line.cost, line.income, line.room].map(euros), "{}", line.year);
    }
    let (head, rows) = below(sheet("Geld"), "activiteit");
    let told: Vec<_> = rows.iter().map(|row| (row.cell(0).text().into_owned(), at(head, row, "samen").clone())).collect();
    let sum = |ids: &[&str]| {
        let costs = figures.money.iter().flat_map(|line| &line.costs);
        euros(costs.filter(|(id, _)| ids.contains(&id.as_str())).map(|(_, cents)| cents).sum())
    };
    assert_eq!(told[..2], [("A".to_owned(), sum(&["intake"])), ("C".to_owned(), sum(&["fee", "fee2"]))]);
    let (head, rows) = below(sheet("Coaches"), "schooljaar");
    for (row, line) in rows.iter().zip(&figures.pool) {
        let cells = ["erbij", "coaches", "uren nodig", "uren ruimte", "mensen", "mensen ruimte", "over"]
            .map(|heading| at(head, row, heading).clone());
        let right = [line.hired, line.pool, line.hours_needed, line.hours_room, line.ratio_needed, line.ratio_room, line.spare].map(number);
        assert_eq!(cells, right, "{} {}", line.year, line.kind);
    }
    let (head, rows) = below(sheet("Plekken"), "bestuur");
    assert_eq!(rows.len(), 4, "two boards, two years");
    for (row, seats) in rows.iter().zip(&report.seats) {
        assert_eq!(at(head, row, "sep"), &number(seats.used[0]));
        assert_eq!(at(head, row, "feb"), &number(seats.used[5]));
        assert_eq!(at(head, row, "volste maand"), &number(seats.fullest()));
    }
    let (head, rows) = below(sheet("Lichtingen"), "lichting");
    let started: Vec<_> = rows.iter().map(|row| (row.cell(0).text().into_owned(), at(head, row, "gestart").clone())).collect();
    let of = |wave: &str| number(figures.seated.iter().filter(|line| line.wave == wave).map(|line| line.started).sum());
    assert_eq!(started, [("Najaar".to_owned(), of("L1")), ("@voorjaar".to_owned(), of("L2"))]);
    // Scenarios and changes, also those that change nothing.
    let (head, rows) = below(sheet("Scenario's"), "scenario");
    let goal = rows.iter().find(|row| at(head, row, "waarover").text() == "doel gestart").expect("a goal");
    assert!(at(head, goal, "in woorden").text().contains("minder dan nu"), "{:?}", goal.cells);
    assert!(rows.iter().any(|row| row.cell(0).text() == "kan-niet" && row.cell(1).text().contains("geen plan mogelijk")));
    let (_, rows) = below(sheet("Eén meer of minder"), "verandering");
    let told = rows.iter().filter(|row| !row.cell(1).is_empty()).count();
    assert_eq!(told, outcome.sensitivity.as_ref().map_or(0, Vec::len));
    assert!(rows.iter().any(|row| row.cell(1).text() == "levert niets op"));
    let charts = members(&bytes).keys().filter(|it| it.starts_with("xl/charts/chart")).count();
    assert_eq!(charts, 4, "people, waves, hours and money are drawn");
}

#[test]
fn without_the_plan_ids_are_told_and_what_is_not_known_is_said() {
    let (_, outcome) = told(&file(json!([])));
    let report = Report::new(&outcome, None).expect("nothing to disagree with");
    let found = read(&written(&book(&report, 0)));
    let sheet = |name: &str| found.sheet(&[name]).unwrap_or_else(|| panic!("a sheet {name}"));
    let (_, rows) = below(sheet("Lichtingen"), "lichting");
    assert_eq!(rows[0].cell(0).text(), "L1");
    assert!(sheet("Plekken").rows.iter().any(|row| row.cell(0).text().contains("--plan")));
}

#[test]
fn what_is_not_possible_is_said_first() {
    let locks = json!([{ "lichting": "L1", "gestart": 6 }, { "lichting": "L1", "bestuur": "B1", "gestart": 5 }]);
    let (loaded, outcome) = told(&file(locks));
    let report = Report::new(&outcome, Some(&loaded)).expect("they agree");
    let found = read(&written(&book(&report, 0)));
    let summary = found.sheet(&["Samenvatting"]).expect("a summary");
    let said: Vec<String> = summary.rows.iter().map(|row| row.cell(0).text().into_owned()).collect();
    assert!(said.iter().any(|line| line == "Er is geen plan mogelijk dat aan alles voldoet."), "{said:?}");
    assert!(said.iter().any(|line| line.contains("Bestuur één") && line.contains("plekken")), "{said:?}");
}
