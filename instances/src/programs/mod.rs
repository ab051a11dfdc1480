//! Integer programs as text that other solvers read: MPS and LP, and the index that says what each file seeks.
//!
//! Every name is made by [`names`]: ASCII, without blanks, and at most as long as every reader takes. Both formats are written so that CBC,
//! SCIP, GLPK and HiGHS read the same program in them (tests/src/programs says so).

pub mod index;
mod lp;
mod mps;
pub mod names;
pub mod wave;

use std::io::{self, Write};

use loket_solver::common::integer_program::{Column, IntegerProgram, Side};
use loket_solver::matching::facts::words::Word;

use names::Names;

/// The name of what is sought, in both formats.
const OBJECTIVE: &str = "punten";

/// The name of the column that stands in a program without columns, and of the row in one without rows: some readers want one.
const NOTHING: &str = "leeg";

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Free MPS. What is sought is the least of the points with the other sign: readers do not agree on how to ask for the most.
    Mps,
    /// LP, as CPLEX describes it. What is sought is the most points.
    Lp,
}

impl Word for Format {
    const ALL: &'static [Self] = &[Format::Mps, Format::Lp];

    fn code(self) -> &'static str {
        match self {
            Format::Mps => "mps",
            Format::Lp => "lp",
        }
    }
}

impl Format {
    /// The word of the index for what a solver has to seek.
    pub fn sense(self) -> &'static str {
        match self {
            Format::Mps => "min",
            Format::Lp => "max",
        }
    }

    /// What a solver shows for a program whose most points are these.
    pub fn shown(self, points: i64) -> i64 {
        match self {
            Format::Mps => -points,
            Format::Lp => points,
        }
    }
}

/// A program with what is sought and what everything is called.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// Columns and rows.
    pub program: &'a IntegerProgram,
    /// What each column counts for; the most is sought.
    pub points: &'a [i64],
    /// A name for each column and row.
    pub names: &'a Names,
    /// Lines at the top that no solver reads.
    pub remarks: &'a [String],
}

impl Written<'_> {
    /// Writes the text.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Mps => mps::write(self, out),
            Format::Lp => lp::write(self, out),
        }
    }

    /// Columns with their names and points; one that is always 0 when the program has none.
    fn columns(&self) -> impl Iterator<Item = (Column, &str, i64)> {
        let nothing = (Column { low: 0, high: 0, whole: false }, NOTHING, 0);
        let none = self.program.columns.is_empty().then_some(nothing);
        let columns = self.program.columns.iter().zip(&self.names.columns).zip(self.points);
        columns.map(|((column, name), points)| (*column, name.as_str(), *points)).chain(none)
    }

    /// Rows with their names; one that is always obeyed when the program has none.
    fn rows(&self) -> impl Iterator<Item = (&[(usize, i64)], Side, &str)> {
        let none = self.program.rows.is_empty().then_some((&[][..], Side::AtMost(0), NOTHING));
        let rows = self.program.rows.iter().zip(&self.names.rows);
        rows.map(|(row, name)| (&row.entries[..], row.side, name.as_str())).chain(none)
    }

    /// How many columns and rows the text has.
    pub fn size(&self) -> (usize, usize) {
        (self.columns().count(), self.rows().count())
    }

    /// The name of the first column.
    fn first(&self) -> &str {
        self.names.columns.first().map_or(NOTHING, String::as_str)
    }

    /// The lines at the top, each behind `mark`, in characters that every reader skips.
    fn remark(&self, mark: &str, out: &mut dyn Write) -> io::Result<()> {
        for remark in self.remarks {
            let plain: String = remark.chars().map(|it| if it == ' ' || it.is_ascii_graphic() { it } else { '?' }).collect();
            writeln!(out, "{mark} {plain}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use loket_solver::common::integer_program::Row;

    use super::*;

    /// A whole column, a fixed one, a broken one and a shifted one; a row without columns; a column in no row.
    pub(super) fn sample() -> (IntegerProgram, Vec<i64>, Names) {
        let column = |low, high, whole| Column { low, high, whole };
        let row = |entries: &[(usize, i64)], side| Row { entries: entries.to_vec(), side };
        let program = IntegerProgram {
            columns: vec![column(0, 1, true), column(4, 4, true), column(0, 1, false), column(-2, 7, true), column(0, 1, true)],
            rows: vec![
                row(&[(0, 1), (2, -1)], Side::Exactly(0)),
                row(&[(0, 60), (1, 15), (3, 1)], Side::AtMost(500)),
                row(&[], Side::AtLeast(-3)),
            ],
        };
        let mut names = Names::default();
        for parts in [["Z1", "a b"], ["Z1", "c.d"], ["Z2", "é"], ["9", "-"], ["", "~"]] {
            names.add_column("plaats", &parts);
        }
        for parts in [["K1"], ["K-1"], ["K 2"]] {
            names.add_row("treden", &parts);
        }
        (program, vec![3, 0, -5, 1, 0], names)
    }

    fn text(format: Format) -> String {
        let (program, points, names) = sample();
        let remarks = ["doel é\nregel".to_owned()];
        let mut out = Vec::new();
        Written { program: &program, points: &points, names: &names, remarks: &remarks }
            .write(format, &mut out)
            .expect("memory is written");
        String::from_utf8(out).expect("ASCII")
    }

    #[test]
    fn mps_has_whole_broken_and_fixed_columns_and_rows_without_columns() {
        let expected = "\
* doel ??regel
NAME loket
ROWS
 N punten
 E treden.K1
 L treden.K~2D1
 G treden.K~202
COLUMNS
 heel0 'MARKER' 'INTORG'
 plaats.Z1.a~20b punten -3
 plaats.Z1.a~20b treden.K1 1
 plaats.Z1.a~20b treden.K~2D1 60
 plaats.Z1.c~2Ed treden.K~2D1 15
 heel1 'MARKER' 'INTEND'
 plaats.Z2.~C3~A9 punten 5
 plaats.Z2.~C3~A9 treden.K1 -1
 heel2 'MARKER' 'INTORG'
 plaats.9.~2D punten -1
 plaats.9.~2D treden.K~2D1 1
 plaats..~7E punten 0
 heel3 'MARKER' 'INTEND'
RHS
 rechts treden.K~2D1 500
 rechts treden.K~202 -3
BOUNDS
 UP grens plaats.Z1.a~20b 1
 FX grens plaats.Z1.c~2Ed 4
 UP grens plaats.Z2.~C3~A9 1
 LO grens plaats.9.~2D -2
 UP grens plaats.9.~2D 7
 UP grens plaats..~7E 1
ENDATA
";
        assert_eq!(text(Format::Mps), expected);
    }

    #[test]
    fn lp_has_whole_broken_and_fixed_columns_and_rows_without_columns() {
        let expected = "\
\\ doel ??regel
Maximize
 punten: 3 plaats.Z1.a~20b - 5 plaats.Z2.~C3~A9 + 1 plaats.9.~2D
Subject To
 treden.K1: 1 plaats.Z1.a~20b - 1 plaats.Z2.~C3~A9 = 0
 treden.K~2D1: 60 plaats.Z1.a~20b + 15 plaats.Z1.c~2Ed + 1 plaats.9.~2D <= 500
 treden.K~202: 0 plaats.Z1.a~20b >= -3
Bounds
 plaats.Z1.c~2Ed = 4
 0 <= plaats.Z2.~C3~A9 <= 1
 -2 <= plaats.9.~2D <= 7
Binaries
 plaats.Z1.a~20b
 plaats..~7E
Generals
 plaats.Z1.c~2Ed
 plaats.9.~2D
End
";
        assert_eq!(text(Format::Lp), expected);
    }

    #[test]
    fn a_program_without_columns_or_rows_has_one_that_says_nothing() {
        let program = IntegerProgram { columns: Vec::new(), rows: vec![Row { entries: Vec::new(), side: Side::Exactly(1) }] };
        let mut names = Names::default();
        names.add_row("kandidaat", &["Z1"]);
        let text = |format, program: &IntegerProgram| {
            let mut out = Vec::new();
            Written { program, points: &[], names: &names, remarks: &[] }.write(format, &mut out).expect("memory is written");
            String::from_utf8(out).expect("ASCII")
        };
        let mps = "NAME loket\nROWS\n N punten\n E kandidaat.Z1\nCOLUMNS\n leeg punten 0\nRHS\n rechts kandidaat.Z1 1\nBOUNDS\n FX grens leeg 0\nENDATA\n";
        assert_eq!(text(Format::Mps, &program), mps);
        let lp = "Maximize\n punten: 0 leeg\nSubject To\n kandidaat.Z1: 0 leeg = 1\nBounds\n leeg = 0\nEnd\n";
        assert_eq!(text(Format::Lp, &program), lp);
        let nothing = IntegerProgram::default();
        let mps = "NAME loket\nROWS\n N punten\n L leeg\nCOLUMNS\n leeg punten 0\nRHS\nBOUNDS\n FX grens leeg 0\nENDATA\n";
        assert_eq!(text(Format::Mps, &nothing), mps);
        let lp = "Maximize\n punten: 0 leeg\nSubject To\n leeg: 0 leeg <= 0\nBounds\n leeg = 0\nEnd\n";
        assert_eq!(text(Format::Lp, &nothing), lp);
    }

    #[test]
    fn long_sums_go_on_on_the_next_line() {
        let count = 5_000;
        let columns = vec![Column { low: 0, high: 1, whole: true }; count];
        let rows = vec![Row { entries: (0..count).map(|at| (at, 1)).collect(), side: Side::AtMost(3) }];
        let program = IntegerProgram { columns, rows };
        let mut names = Names::default();
        for number in 0..count {
            names.add_column("plaats", &[&number.to_string()]);
        }
        names.add_row("regel", &["alle"]);
        let mut out = Vec::new();
        let points = vec![1; count];
        Written { program: &program, points: &points, names: &names, remarks: &[] }.write(Format::Lp, &mut out).expect("memory is written");
        let text = String::from_utf8(out).expect("ASCII");
        assert!(text.lines().all(|line| line.len() <= 300), "a line is too long");
        assert_eq!(text.matches("+ 1 plaats.4999").count(), 2);
    }
}
