//! A whole-number program that anybody can read: columns between bounds, and rows over them. What is sought is given beside it.

/// Columns and rows; a program's answer gives every column a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IntegerProgram {
    /// Columns, by position.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
}

/// `low ≤ column ≤ high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Least value.
    pub low: i64,
    /// Largest value.
    pub high: i64,
    /// Takes whole numbers only.
    pub whole: bool,
}

/// Σ weight · column on one side of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Column and weight, in the order of the columns, at most once per column.
    pub entries: Vec<(usize, i64)>,
    /// The side.
    pub side: Side,
}

/// What a row's sum must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// At most this.
    AtMost(i64),
    /// At least this.
    AtLeast(i64),
    /// This.
    Exactly(i64),
}

impl Side {
    /// Whether a sum is on it.
    pub fn holds(self, sum: i128) -> bool {
        match self {
            Side::AtMost(most) => sum <= i128::from(most),
            Side::AtLeast(least) => sum >= i128::from(least),
            Side::Exactly(number) => sum == i128::from(number),
        }
    }

    /// The number itself.
    pub fn number(self) -> i64 {
        match self {
            Side::AtMost(number) | Side::AtLeast(number) | Side::Exactly(number) => number,
        }
    }
}

impl IntegerProgram {
    /// Σ points · value (both by column), when the values lie between the bounds and obey every row; in integers.
    pub fn checked(&self, points: &[i64], values: &[i64]) -> Option<i64> {
        let within = self.columns.len() == values.len()
            && self.columns.iter().zip(values).all(|(column, value)| (column.low..=column.high).contains(value));
        if !within {
            return None;
        }
        let obeyed = self
            .rows
            .iter()
            .all(|row| row.side.holds(row.entries.iter().map(|&(column, weight)| i128::from(weight) * i128::from(values[column])).sum()));
        let value: i128 = points.iter().zip(values).map(|(&points, &value)| i128::from(points) * i128::from(value)).sum();
        i64::try_from(value).ok().filter(|_| obeyed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_count_only_within_bounds_and_on_the_right_side_of_every_row() {
        let column = Column { low: 0, high: 2, whole: true };
        let row = |side| Row { entries: vec![(0, 3), (1, -1)], side };
        let program = |side| IntegerProgram { columns: vec![column; 2], rows: vec![row(side)] };
        let points = [10, 1];
        assert_eq!(program(Side::AtMost(2)).checked(&points, &[1, 1]), Some(11));
        assert_eq!(program(Side::AtMost(2)).checked(&points, &[1, 0]), None);
        assert_eq!(program(Side::AtLeast(3)).checked(&points, &[1, 1]), None);
        assert_eq!(program(Side::AtLeast(3)).checked(&points, &[1, 0]), Some(10));
        assert_eq!(program(Side::Exactly(2)).checked(&points, &[1, 1]), Some(11));
        assert_eq!(program(Side::Exactly(2)).checked(&points, &[1, 0]), None);
        assert_eq!(program(Side::AtLeast(0)).checked(&points, &[3, 0]), None);
        assert_eq!(program(Side::AtLeast(0)).checked(&points, &[1]), None);
    }
}
