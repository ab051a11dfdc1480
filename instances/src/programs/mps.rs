//! Free MPS: one entry on a line. Points have the other sign, because the least is what every reader seeks in MPS: CBC passes over OBJSENSE,
//! and GLPK refuses it.

use std::io::{self, Write};

use loket_solver::common::integer_program::Side;

use super::{OBJECTIVE, Written};

/// Writes the text.
pub(super) fn write(written: &Written<'_>, out: &mut dyn Write) -> io::Result<()> {
    written.remark("*", out)?;
    writeln!(out, "NAME loket\nROWS\n N {OBJECTIVE}")?;
    for (_, side, name) in written.rows() {
        let side = match side {
            Side::AtMost(_) => 'L',
            Side::AtLeast(_) => 'G',
            Side::Exactly(_) => 'E',
        };
        writeln!(out, " {side} {name}")?;
    }
    writeln!(out, "COLUMNS")?;
    columns(written, out)?;
    writeln!(out, "RHS")?;
    for (_, side, name) in written.rows().filter(|(_, side, _)| side.number() != 0) {
        writeln!(out, " rechts {name} {}", side.number())?;
    }
    writeln!(out, "BOUNDS")?;
    for (column, name, _) in written.columns() {
        if column.low == column.high {
            writeln!(out, " FX grens {name} {}", column.low)?;
            continue;
        }
        if column.low != 0 {
            writeln!(out, " LO grens {name} {}", column.low)?;
        }
        writeln!(out, " UP grens {name} {}", column.high)?;
    }
    writeln!(out, "ENDATA")
}

/// Column by column, whole ones between markers.
fn columns(written: &Written<'_>, out: &mut dyn Write) -> io::Result<()> {
    let by_column = ByColumn::of(written);
    let (mut whole, mut markers) = (false, 0);
    for (position, (column, name, points)) in written.columns().enumerate() {
        if column.whole != whole {
            marker(&mut markers, column.whole, out)?;
            whole = column.whole;
        }
        let entries = by_column.entries(position);
        if points != 0 || entries.is_empty() {
            writeln!(out, " {name} {OBJECTIVE} {}", -points)?;
        }
        for &(row, weight) in entries {
            writeln!(out, " {name} {} {weight}", written.names.rows[row])?;
        }
    }
    if whole { marker(&mut markers, false, out) } else { Ok(()) }
}

fn marker(number: &mut usize, begins: bool, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, " heel{number} 'MARKER' '{}'", if begins { "INTORG" } else { "INTEND" })?;
    *number += 1;
    Ok(())
}

/// The entries of all rows, by column and then in the order of the rows.
struct ByColumn {
    /// Where each column's entries begin; one more for the end.
    starts: Vec<usize>,
    entries: Vec<(usize, i64)>,
}

impl ByColumn {
    fn of(written: &Written<'_>) -> Self {
        let rows = &written.program.rows;
        let mut starts = vec![0; written.program.columns.len() + 1];
        for &(column, _) in rows.iter().flat_map(|row| &row.entries) {
            starts[column + 1] += 1;
        }
        for column in 1..starts.len() {
            starts[column] += starts[column - 1];
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0); starts.last().copied().unwrap_or(0)];
        for (row, it) in rows.iter().enumerate() {
            for &(column, weight) in &it.entries {
                entries[next[column]] = (row, weight);
                next[column] += 1;
            }
        }
        Self { starts, entries }
    }

    /// Row and weight, of one column; none of the column that stands in an empty program.
    fn entries(&self, column: usize) -> &[(usize, i64)] {
        match self.starts.get(column..column + 2) {
            Some(&[from, to]) => &self.entries[from..to],
            _ => &[],
        }
    }
}
