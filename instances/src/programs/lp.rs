//! LP as CPLEX describes it: sums in words, a line for each row, and long ones on more lines.

use std::io::{self, Write};

use loket_solver::common::integer_program::{Column, Side};

use super::{OBJECTIVE, Written};

/// A line that is longer goes on on the next: some readers take 560 characters and no more.
const LINE: usize = 180;

/// Writes the text.
pub(super) fn write(written: &Written<'_>, out: &mut dyn Write) -> io::Result<()> {
    written.remark("\\", out)?;
    write!(out, "Maximize\n {OBJECTIVE}:")?;
    let points = written.columns().filter(|&(_, _, points)| points != 0).map(|(_, name, points)| (name, points));
    sum(written, points, out)?;
    writeln!(out, "\nSubject To")?;
    for (entries, side, name) in written.rows() {
        write!(out, " {name}:")?;
        sum(written, entries.iter().map(|&(column, weight)| (written.names.columns[column].as_str(), weight)), out)?;
        let sign = match side {
            Side::AtMost(_) => "<=",
            Side::AtLeast(_) => ">=",
            Side::Exactly(_) => "=",
        };
        writeln!(out, " {sign} {}", side.number())?;
    }
    if written.columns().any(|(column, ..)| !binary(column)) {
        writeln!(out, "Bounds")?;
    }
    for (Column { low, high, .. }, name, _) in written.columns().filter(|&(column, ..)| !binary(column)) {
        match low == high {
            true => writeln!(out, " {name} = {low}")?,
            false => writeln!(out, " {low} <= {name} <= {high}")?,
        }
    }
    list(written, "Binaries", binary, out)?;
    list(written, "Generals", |column| column.whole && !binary(column), out)?;
    writeln!(out, "End")
}

fn binary(column: Column) -> bool {
    column == Column { low: 0, high: 1, whole: true }
}

/// Names of the columns of one sort; no section without a name in it.
fn list(written: &Written<'_>, called: &str, sort: impl Fn(Column) -> bool, out: &mut dyn Write) -> io::Result<()> {
    let mut begun = false;
    for (_, name, _) in written.columns().filter(|&(column, ..)| sort(column)) {
        if !begun {
            writeln!(out, "{called}")?;
            begun = true;
        }
        writeln!(out, " {name}")?;
    }
    Ok(())
}

/// A sum behind a name; of nothing it is 0 of the first column, for a sum must have a column.
fn sum<'n>(written: &Written<'n>, entries: impl Iterator<Item = (&'n str, i64)>, out: &mut dyn Write) -> io::Result<()> {
    let mut length = 0;
    let mut first = true;
    for (name, weight) in entries {
        let sign = match (first, weight < 0) {
            (true, false) => "",
            (false, false) => "+ ",
            (_, true) => "- ",
        };
        let term = format!("{sign}{} {name}", weight.unsigned_abs());
        if length > 0 && length + term.len() > LINE {
            write!(out, "\n ")?;
            length = 0;
        }
        write!(out, " {term}")?;
        length += term.len() + 1;
        first = false;
    }
    if first {
        write!(out, " 0 {}", written.first())?;
    }
    Ok(())
}
