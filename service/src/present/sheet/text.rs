//! A sheet for a terminal.

use std::fmt::Write;

use loket_instances::strict::spot::visible;

use super::cell::{changed, percent};
use super::layout::{BAR, FACT, Grid, Head, LABEL, Layout, Lines, WHOLE};
use super::{Cell, Fact, Part, Row, Sheet, Side, Table, Unit};
use crate::present::dutch::{count, cut, wrapped};

/// Widest line, in characters.
const WIDTH: usize = 100;
/// Between the two halves of a folded table.
const BETWEEN: &str = "      ";

/// The sheet by these measures.
pub(super) fn text(sheet: &Sheet, layout: &Layout) -> String {
    let mut page = Page { text: String::new(), layout };
    let mut counting = false;
    for part in &sheet.parts {
        if matches!(part, Part::Count(..)) && !counting {
            page.blank();
        }
        counting = matches!(part, Part::Count(..));
        page.part(part);
    }
    page.text
}

struct Page<'l> {
    text: String,
    layout: &'l Layout,
}

impl Page<'_> {
    fn part(&mut self, part: &Part) {
        let layout = self.layout;
        match part {
            Part::Title(text) => {
                self.blank();
                self.lines(layout.title, text);
                if layout.after_title {
                    self.blank();
                }
            }
            Part::Lead(text) => self.lines(layout.lead, text),
            Part::Remark(text) => self.lines(layout.remark, text),
            Part::Heading(text) => {
                self.blank();
                self.lines(layout.heading, text);
            }
            Part::Fact(it) => self.fact(it),
            Part::Count(amount, what) => self.line(&format!("{:>6}  {what}", count(*amount))),
            Part::Sentence(text) => self.lines(layout.sentence, text),
            Part::Step(position, text) => {
                let mark = format!("{position:>3}. ");
                self.marked(&mark, 5, WIDTH - 2 - mark.chars().count(), text);
            }
            Part::Item { name, note } => self.item(name, note),
            Part::Detail(text) => self.lines(layout.detail, text),
            Part::Point(text) => self.lines(layout.point, text),
            Part::Deeper(text) => self.lines(layout.deeper, text),
            Part::Notice { text, code, at } => {
                self.marked("   · ", 5, 94, text);
                self.line(&format!("     [{code}] {at}"));
            }
            Part::Table(it) => self.table(it),
            // Its table stands on the page.
            Part::Chart(_) => {}
            Part::Closing(text) => {
                self.blank();
                self.line(text);
            }
        }
    }

    /// An empty line, unless there is one.
    fn blank(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// The one place where text becomes part of the page: what others wrote is one line, and steers no terminal.
    fn line(&mut self, text: &str) {
        self.text.push_str(&visible(text));
        self.text.push('\n');
    }

    fn lines(&mut self, lines: Lines, text: &str) {
        self.marked(lines.first, lines.rest, lines.room, text);
    }

    fn marked(&mut self, mark: &str, rest: usize, room: usize, text: &str) {
        if room == WHOLE {
            return self.line(&format!("{mark}{text}"));
        }
        // Before it is broken into lines, or line ends of others would count as spaces.
        for (position, line) in wrapped(&visible(text), room).iter().enumerate() {
            let before = if position == 0 { mark.to_owned() } else { " ".repeat(rest) };
            self.line(&format!("{before}{line}"));
        }
    }

    fn fact(&mut self, fact: &Fact) {
        if self.layout.facts_apart && !fact.label.is_empty() {
            self.blank();
        }
        let label = format!("{:<LABEL$}", fact.label);
        match fact.share {
            None => self.marked(&label, LABEL, FACT, &fact.text),
            Some((part, whole)) => {
                self.line(&format!("{label}{}   {} {}", fact.text, bar(part, whole, BAR), Unit::Percent.of(percent(part, whole))));
            }
        }
        for point in &fact.points {
            self.line(&format!("{:LABEL$}  · {point}", ""));
        }
    }

    fn item(&mut self, name: &str, note: &str) {
        let item = &self.layout.item;
        let name = cut(name, item.cut);
        if note.is_empty() {
            return self.line(&format!("   {name}"));
        }
        let between = if item.room > 0 { "" } else { "   " };
        let line = format!("   {name:<room$}{between}{}{note}{}", item.around.0, item.around.1, room = item.room);
        if line.chars().count() <= WIDTH || item.room > 0 {
            self.line(&line);
        } else {
            self.line(&format!("   {name}"));
            self.lines(self.layout.detail, note);
        }
    }

    fn table(&mut self, table: &Table) {
        let Some((_, grid)) = self.layout.tables.iter().find(|(key, _)| *key == table.key).or(self.layout.tables.last()) else { return };
        self.head(table, grid);
        let rows: Vec<String> = table.rows.iter().map(|it| row(table, grid, it)).collect();
        let halves = if rows.len() >= grid.fold { 2 } else { 1 };
        let long = rows.len().div_ceil(halves);
        for position in 0..long {
            let line: Vec<&str> = (0..halves).filter_map(|half| rows.get(position + half * long).map(String::as_str)).collect();
            let before = match grid.head {
                Head::Numbered => format!("{:>3}. ", position + 1),
                Head::Beside if position == 0 => format!("{:<1$}", table.heading, grid.indent),
                Head::Above | Head::Inside | Head::Beside | Head::None => " ".repeat(grid.indent),
            };
            let line = format!("{before}{}", line.join(BETWEEN));
            let line = if halves > 1 { cut(line.trim_end(), WIDTH) } else { line.trim_end().to_owned() };
            self.line(&line);
        }
        self.marked("   ", 3, WIDTH - 3, table.meaning);
    }

    fn head(&mut self, table: &Table, grid: &Grid) {
        let mut line = match grid.head {
            Head::None => return,
            Head::Beside => {
                if !table.heading.is_empty() {
                    self.blank();
                }
                return;
            }
            Head::Above | Head::Numbered => {
                self.blank();
                format!("{:<1$}", table.heading, grid.indent + grid.name.0)
            }
            Head::Inside => format!("{:indent$}{:<name$}", "", table.heading, indent = grid.indent, name = grid.name.0),
        };
        for (position, column) in table.columns.iter().enumerate() {
            let (before, room) = room(grid, position);
            let heading = if room > 0 { cut(&column.heading, room - 1) } else { column.heading.clone() };
            line.push_str(&placed(before, room, column.side, &heading));
        }
        self.line(line.trim_end());
    }
}

/// A row without what stands in.
fn row(table: &Table, grid: &Grid, row: &Row) -> String {
    let alone = row.cells.is_empty() && row.says.is_empty();
    let mut line = format!("{:<1$}", cut(&row.name, if alone { WIDTH - grid.indent } else { grid.name.1 }), grid.name.0);
    for (position, (column, it)) in table.columns.iter().zip(&row.cells).enumerate() {
        let (before, room) = room(grid, position);
        line.push_str(&placed(before, room, column.side, &cell(grid, room, it)));
    }
    if !row.says.is_empty() {
        let _ = write!(line, "{}{}", grid.before_words, row.says);
    }
    line
}

fn room(grid: &Grid, position: usize) -> (&'static str, usize) {
    grid.columns.get(position).or(grid.columns.last()).copied().unwrap_or_default()
}

fn placed(before: &str, room: usize, side: Side, text: &str) -> String {
    match side {
        Side::Left => format!("{before}{text:<room$}"),
        Side::Right => format!("{before}{text:>room$}"),
    }
}

fn cell(grid: &Grid, room: usize, cell: &Cell) -> String {
    match cell {
        Cell::Figure(value, unit) => unit.of(*value),
        Cell::Change(value, unit) => changed(*value, *unit),
        Cell::Of(part, whole, unit) => format!("{}/{}", Unit::One.of(*part), unit.of(*whole)),
        Cell::Bar(part, whole) => bar(*part, *whole, room),
        Cell::Hidden => "–".into(),
        Cell::Text(text) => text.clone(),
        Cell::Named(name, more) => format!("{} {more}", cut(name, grid.named)),
    }
}

/// A bar of `part` out of `whole`, `width` characters long.
fn bar(part: usize, whole: usize, width: usize) -> String {
    let full = (part * width + whole / 2).checked_div(whole).unwrap_or(0).min(width);
    format!("{}{}", "█".repeat(full), "░".repeat(width - full))
}

#[cfg(test)]
mod tests {
    use super::super::layout::{REPORT, STRESS, SUMMARY};
    use super::super::{Column, Sheet};
    use super::*;

    fn table(key: &'static str, rows: Vec<Row>) -> Table {
        let columns = vec![Column::figures("nu"), Column::words("hoe")];
        Table { key, heading: "Naam".into(), columns, rows, meaning: "Wat er staat." }
    }

    #[test]
    fn figures_keep_right_and_words_left_under_their_headings() {
        let mut sheet = Sheet::default();
        sheet.title("Titel");
        let cells = vec![Cell::Figure(1_234, Unit::Cents), Cell::Change(-5, Unit::One)];
        sheet.table(table("bedragen", vec![Row::new("eerste", cells), Row::new("alleen een naam", Vec::new())]));
        let lines = [
            "",
            "Titel",
            "",
            "Naam                                                  nuhoe",
            "   eerste                                        € 12,34−5",
            "   alleen een naam",
            "   Wat er staat.",
            "",
        ];
        assert_eq!(sheet.text(&REPORT), lines.join("\n"));
    }

    #[test]
    fn words_may_stand_in_place_of_cells() {
        let mut sheet = Sheet::default();
        let stopped = Row { name: "K1".into(), cells: vec![Cell::count(3)], says: "gestopt".into() };
        sheet.table(Table { meaning: "", ..table("uitval", vec![stopped]) });
        assert_eq!(sheet.text(&STRESS).lines().last(), Some("K1                                  3   gestopt"));
    }

    #[test]
    fn a_long_list_of_coaches_is_folded_into_two() {
        let coach = |n: i64| Row::new(format!("K{n}"), vec![Cell::Bar(1, 3), Cell::Of(1, 3, Unit::One), Cell::Of(45, n, Unit::Hours)]);
        let mut sheet = Sheet::default();
        let columns = vec![Column::words("vol"), Column::figures("kandidaten"), Column::figures("uren")];
        sheet.table(Table { key: "coaches", columns, rows: (1..=9).map(coach).collect(), ..Table::default() });
        let text = sheet.text(&SUMMARY);
        assert_eq!(text.lines().count(), 5);
        assert!(text.starts_with("    K1           ███░░░░░░     1/3        45/1 u      K6 "), "{text}");
    }

    #[test]
    fn facts_stand_beside_their_name_and_go_on_without_one() {
        let mut sheet = Sheet::default();
        sheet.fact("Plaats", "hier");
        sheet.parts.push(Part::Fact(Fact { text: "ook hier".into(), points: vec!["Z1  Anouk".into()], ..Fact::default() }));
        let share = Fact { label: "Geplaatst".into(), text: "1 van 2".into(), share: Some((1, 2)), points: Vec::new() };
        sheet.parts.push(Part::Fact(share));
        let bar = format!("{}{}", "█".repeat(20), "░".repeat(20));
        let lines = [
            "",
            "Plaats       hier",
            "             ook hier",
            "               · Z1  Anouk",
            "",
            &format!("Geplaatst    1 van 2   {bar} 50 %"),
            "",
        ];
        assert_eq!(sheet.text(&SUMMARY), lines.join("\n"));
    }
}
