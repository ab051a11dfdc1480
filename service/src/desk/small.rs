//! Small counts: what may be shown of counts of people to whoever may not know about one of them. A count below five is hidden, and so is
//! enough beside it that it does not follow from the totals.

use std::collections::BTreeSet;

/// Counts from this on are shown.
pub const LEAST: u64 = 5;

/// Counts of parts of a whole, and the whole, as they may be shown; `None` is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Of each part, in the given order.
    pub parts: Vec<Option<u64>>,
    /// Of all together.
    pub total: Option<u64>,
}

/// A single count.
pub fn count(count: u64) -> Option<u64> {
    (count >= LEAST).then_some(count)
}

/// Counts that add up to a total which is shown beside them.
pub fn parts(counts: &[u64]) -> Shown {
    let shown = table(&[counts.to_vec()]);
    let parts = shown.cells.into_iter().next().unwrap_or_default();
    Shown { parts, total: shown.all }
}

/// Counts by two things at once, with their totals, as they may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Row by row.
    pub cells: Vec<Vec<Option<u64>>>,
    /// The total of each row.
    pub rows: Vec<Option<u64>>,
    /// The total of each column.
    pub columns: Vec<Option<u64>>,
    /// The total of all.
    pub all: Option<u64>,
}

/// Counts in rows of one length. Nothing that is hidden follows from what is shown of its row, its column and the totals.
pub fn table(rows: &[Vec<u64>]) -> Table {
    let wide = rows.first().map_or(0, Vec::len);
    let sum = |list: &mut dyn Iterator<Item = u64>| list.fold(0_u64, u64::saturating_add);
    // A last column and row for the totals: each line then adds up to its last entry.
    let mut grid: Vec<Vec<u64>> = rows.iter().map(|row| row.iter().copied().chain([sum(&mut row.iter().copied())]).collect()).collect();
    let totals: Vec<u64> = (0..=wide).map(|at| sum(&mut grid.iter().filter_map(|row| row.get(at).copied()))).collect();
    grid.push(totals);
    let hidden = hidden(&grid);
    let mut shown: Vec<Vec<Option<u64>>> = grid
        .iter()
        .enumerate()
        .map(|(row, counts)| counts.iter().enumerate().map(|(column, it)| (!hidden.contains(&(row, column))).then_some(*it)).collect())
        .collect();
    let mut columns = shown.pop().unwrap_or_default();
    let all = columns.pop().flatten();
    let rows = shown.iter_mut().map(|row| row.pop().flatten()).collect();
    Table { cells: shown, rows, columns, all }
}

type Cell = (usize, usize);

/// The cells of a grid whose lines each add up to their last cell that are not shown.
fn hidden(grid: &[Vec<u64>]) -> BTreeSet<Cell> {
    let (high, wide) = (grid.len(), grid.first().map_or(0, Vec::len));
    let all = || (0..high).flat_map(move |row| (0..wide).map(move |column| (row, column)));
    let worth = |cell: &Cell| grid.get(cell.0).and_then(|row| row.get(cell.1)).copied().unwrap_or(0);
    let mut hidden: BTreeSet<Cell> = all().filter(|cell| worth(cell) < LEAST).collect();
    let lines: Vec<Vec<Cell>> = (0..high)
        .map(|row| (0..wide).map(|column| (row, column)).collect())
        .chain((0..wide).map(|column| (0..high).map(|row| (row, column)).collect()))
        .collect();
    loop {
        // What a line hides must be two cells or more, that together may be five or more in more than one way.
        let thin = lines.iter().find_map(|line| {
            let (gone, there): (Vec<Cell>, Vec<Cell>) = line.iter().partition(|cell| hidden.contains(cell));
            let sum: u64 = gone.iter().map(worth).fold(0, u64::saturating_add);
            let enough = gone.is_empty() || gone.len() > 1 && sum >= LEAST;
            (!enough).then(|| there.into_iter().min_by_key(|cell| (worth(cell), *cell))).flatten()
        });
        let more = thin.or_else(|| exposed(&hidden, &lines, &worth));
        match more {
            Some(cell) => hidden.insert(cell),
            None => return hidden,
        };
    }
}

/// A cell to hide besides, where what is hidden follows from several lines together: a hidden cell that no round through other hidden
/// cells leads back to is known.
fn exposed(hidden: &BTreeSet<Cell>, lines: &[Vec<Cell>], worth: &dyn Fn(&Cell) -> u64) -> Option<Cell> {
    let known = hidden.iter().find(|cell| !around(hidden, **cell))?;
    let beside = lines.iter().filter(|line| line.contains(known)).flatten();
    beside.filter(|cell| !hidden.contains(cell)).min_by_key(|cell| (worth(cell), **cell)).copied()
}

/// Whether a round through hidden cells, by row and column in turn, comes back to this one.
fn around(hidden: &BTreeSet<Cell>, from: Cell) -> bool {
    let (mut rows, mut columns) = (BTreeSet::from([from.0]), BTreeSet::new());
    loop {
        let before = rows.len() + columns.len();
        for cell in hidden.iter().filter(|cell| **cell != from) {
            if rows.contains(&cell.0) {
                columns.insert(cell.1);
            }
            if columns.contains(&cell.1) {
                rows.insert(cell.0);
            }
        }
        if columns.contains(&from.1) {
            return true;
        }
        if rows.len() + columns.len() == before {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_below_five_is_hidden_and_does_not_follow_from_the_total() {
        assert_eq!((count(4), count(5)), (None, Some(5)));
        // The one small count would be the total less the others: the smallest of those is hidden as well.
        assert_eq!(parts(&[3, 20, 9]), Shown { parts: vec![None, Some(20), None], total: Some(32) });
        // Two small ones that come to less than five say too much together.
        assert_eq!(parts(&[1, 0, 20, 9]), Shown { parts: vec![None, None, Some(20), None], total: Some(30) });
        assert_eq!(parts(&[2, 3, 20]), Shown { parts: vec![None, None, Some(20)], total: Some(25) });
        // With one part the total is the part.
        assert_eq!(parts(&[4]), Shown { parts: vec![None], total: None });
        assert_eq!(parts(&[12, 30]), Shown { parts: vec![Some(12), Some(30)], total: Some(42) });
        assert_eq!(parts(&[]).parts, Vec::<Option<u64>>::new());
    }

    /// Every way to fill the hidden cells of a grid such that all lines add up, as far as it takes to know whether one cell is fixed.
    fn fixed(shown: &[Vec<Option<u64>>]) -> bool {
        // Whole numbers modulo a prime in the place of fractions: a cell is fixed when it is in every solution of the equations.
        const PRIME: i128 = 1_000_000_007;
        let (high, wide) = (shown.len(), shown[0].len());
        let cells: Vec<Cell> = (0..high).flat_map(|row| (0..wide).map(move |column| (row, column))).collect();
        let unknown: Vec<Cell> = cells.iter().copied().filter(|(row, column)| shown[*row][*column].is_none()).collect();
        let sign = |at: usize, last: usize| if at == last { PRIME - 1 } else { 1 };
        let mut equations: Vec<Vec<i128>> = Vec::new();
        for row in 0..high {
            equations.push(unknown.iter().map(|it| if it.0 == row { sign(it.1, wide - 1) } else { 0 }).collect());
        }
        for column in 0..wide {
            equations.push(unknown.iter().map(|it| if it.1 == column { sign(it.0, high - 1) } else { 0 }).collect());
        }
        let power = |mut base: i128, mut times: i128| {
            let mut made = 1;
            while times > 0 {
                if times & 1 == 1 {
                    made = made * base % PRIME;
                }
                base = base * base % PRIME;
                times >>= 1;
            }
            made
        };
        let mut rank = 0;
        for column in 0..unknown.len() {
            let Some(pivot) = (rank..equations.len()).find(|&row| equations[row][column] != 0) else { continue };
            equations.swap(rank, pivot);
            let inverse = power(equations[rank][column], PRIME - 2);
            let scaled: Vec<i128> = equations[rank].iter().map(|it| it * inverse % PRIME).collect();
            equations[rank].clone_from(&scaled);
            for (_, row) in equations.iter_mut().enumerate().filter(|(at, row)| *at != rank && row[column] != 0) {
                let factor = row[column];
                row.iter_mut().zip(&scaled).for_each(|(it, pivot)| *it = (*it + (PRIME - factor) * pivot) % PRIME);
            }
            rank += 1;
        }
        equations.iter().take(rank).any(|row| row.iter().filter(|it| **it != 0).count() == 1)
    }

    #[test]
    fn of_two_thousand_tables_no_hidden_cell_follows_from_what_is_shown() {
        let mut state = 20_261_125_u64;
        let mut draw = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let (mut hid, mut showed) = (0, 0);
        for _ in 0..2_000 {
            let (high, wide) = (1 + draw(4), 1 + draw(4));
            let rows: Vec<Vec<u64>> =
                (0..high).map(|_| (0..wide).map(|_| if draw(3) == 0 { draw(6) } else { draw(60) }).collect()).collect();
            let table = table(&rows);
            let mut grid: Vec<Vec<Option<u64>>> = table.cells.clone();
            grid.iter_mut().zip(&table.rows).for_each(|(row, total)| row.push(*total));
            grid.push(table.columns.iter().copied().chain([table.all]).collect());
            for (row, shown) in rows.iter().zip(&table.cells) {
                for (count, shown) in row.iter().zip(shown) {
                    assert!(shown.is_none_or(|it| it == *count && it >= LEAST), "{rows:?}");
                }
            }
            let gone = grid.iter().flatten().filter(|it| it.is_none()).count();
            hid += usize::from(gone > 0);
            showed += usize::from(gone < grid.iter().map(Vec::len).sum());
            assert!(!fixed(&grid), "{rows:?} shows {table:?}");
        }
        assert!(hid > 1_000 && showed > 1_000, "{hid} tables hide something, {showed} show something");
    }
}
