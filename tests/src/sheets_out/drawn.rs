//! Charts are drawn of the cells that hold their figures; lists stay in sight, filter, print and are read aloud.

use loket_instances::generate::{Options, Preset, generate};
use loket_service::present::sheet::{Cell, Part};

use super::{Solved, members, read, written};

fn solved() -> Solved {
    let mut options = Options::new(Preset::Amsterdam);
    options.candidates = Some(24);
    options.seed = 7;
    Solved::of(&generate(&options)).expect("a plan")
}

/// Everything between these two, in order.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    text.split(open).skip(1).filter_map(|rest| rest.split_once(close)).map(|it| it.0).collect()
}

/// The cell of an absolute address, as "$B$4": row and column from 0.
fn spot(address: &str) -> (usize, usize) {
    let mut parts = address.split('$').skip(1);
    let column = parts.next().expect("a column").bytes().fold(0, |at, it| at * 26 + usize::from(it - b'A') + 1) - 1;
    (parts.next().expect("a row").parse::<usize>().expect("a number") - 1, column)
}

#[test]
fn charts_are_of_the_cells_that_hold_their_figures() {
    let solved = solved();
    let book = solved.whole(None).book();
    let bytes = written(&book);
    let (cells, files) = (read(&bytes), members(&bytes));
    let sheet = cells.sheet(&["Cijfers"]).expect("the figures");
    let at = |row: usize, column: usize| {
        let row = sheet.rows.iter().find(|it| it.number as usize == row + 1).expect("a row");
        row.cell(column).text().into_owned()
    };
    let tables = &book.leaves.last().expect("the figures").sheet;
    let charts: Vec<_> = tables.parts.iter().filter_map(|it| if let Part::Chart(chart) = it { Some(chart) } else { None }).collect();
    assert_eq!(charts.len(), 4);
    let (mut series, mut figures) = (0, 0);
    for (number, chart) in (1..).zip(&charts) {
        let text = &files[&format!("xl/charts/chart{number}.xml")];
        assert!(text.contains(&chart.title), "{}", chart.title);
        let table = tables.tables().find(|it| it.key == chart.table).expect("its table");
        let drawn: Vec<usize> = chart.bars.iter().copied().chain(chart.limit).collect();
        let (values, names) = (between(text, "<c:val><c:numRef><c:f>", "</c:f>"), between(text, "<c:cat><c:strRef><c:f>", "</c:f>"));
        assert_eq!((values.len(), names.len()), (drawn.len(), drawn.len()), "{text}");
        for ((values, names), column) in values.iter().zip(&names).zip(drawn) {
            series += 1;
            let range = |text: &str| {
                let (first, last) = text.strip_prefix("Cijfers!").expect("the sheet of the figures").split_once(':').expect("a range");
                (spot(first), spot(last))
            };
            let ((first, last), (from, to)) = (range(values), range(names));
            assert_eq!((last.0 - first.0 + 1, from.0, to.0), (table.rows.len(), first.0, last.0), "{values} {names}");
            assert_eq!(at(first.0 - 1, first.1), table.columns[column].heading, "what is above the figures is what is drawn");
            for (row, right) in (first.0..=last.0).zip(&table.rows) {
                let Cell::Figure(figure, _) = right.cells[column] else { panic!("a figure is drawn") };
                assert_eq!((at(row, from.1), at(row, first.1)), (right.name.clone(), figure.to_string()), "{}", chart.title);
                figures += 1;
            }
        }
    }
    println!("{} charts, {series} series, {figures} figures, each in its cell", charts.len());
    assert!(series == 6 && figures > 20, "{series} {figures}");
    let drawings: Vec<&String> = files.iter().filter(|(name, _)| name.starts_with("xl/drawings/drawing")).map(|(_, text)| text).collect();
    let told = drawings.iter().flat_map(|it| between(it, "descr=\"", "\"")).collect::<Vec<_>>();
    assert_eq!(told.len(), 4, "each is told to who does not see it");
    assert!(told.iter().all(|it| it.contains("Cijfers")), "{told:?}");
}

#[test]
fn lists_stay_in_sight_filter_print_and_are_read_aloud() {
    let solved = solved();
    let bytes = written(&solved.whole(None).book());
    let files = members(&bytes);
    let sheets: Vec<&String> = files.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")).map(|it| it.1).collect();
    assert_eq!(sheets.len(), 7);
    for sheet in sheets {
        for part in [
            "state=\"frozen\"",
            "orientation=\"landscape\"",
            "fitToHeight=\"0\"",
            "paperSize=\"9\"",
            "<fitToPage",
            "Bladzijde &amp;P van &amp;N",
        ] {
            let fits = part == "<fitToPage" && sheet.contains("fitToPage=\"1\"");
            assert!(fits || sheet.contains(part), "{part}: {sheet:.900}");
        }
        assert!(!sheet.contains("<mergeCell"), "merged cells are read badly");
    }
    assert_eq!(files["xl/workbook.xml"].matches("_xlnm.Print_Titles").count(), 7, "headings are on every page");
    let tables: Vec<&String> = files.iter().filter(|(name, _)| name.starts_with("xl/tables/table")).map(|it| it.1).collect();
    let lists = ["kandidaten_2_0", "scholen_4_0", "coachlijst_5_0", "bestuurlijst_6_0"];
    for list in lists {
        let table = tables.iter().find(|it| it.contains(&format!("displayName=\"{list}\""))).unwrap_or_else(|| panic!("{list}"));
        assert!(table.contains("<autoFilter"), "{table}");
    }
    let core = &files["docProps/core.xml"];
    assert!(core.contains(&format!("<dc:title>{}</dc:title>", solved.loaded.title)), "{core}");
    assert!(core.contains("2026-07-01T10:00:00Z"), "when it was made: {core}");
    assert!(files["docProps/custom.xml"].contains("nl-NL"));
}
