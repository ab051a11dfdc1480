//! Small counts are not shown: one to four people may be known to whoever reads.

use crate::planning::monitor::verdict::LEAST;

/// What stands for a count that is not shown in a table.
pub const HIDDEN: &str = "·";

/// Whether a count is too small to be shown.
pub fn small(count: u32) -> bool {
    (1..=4).contains(&count)
}

/// A count that stands alone.
pub fn alone(count: u32) -> String {
    if small(count) { "<5".into() } else { count.to_string() }
}

/// k of n people: with a percentage, rounded half up, where there are enough of them and it tells no small count.
pub fn share(k: u32, n: u32) -> String {
    let counts = format!("{} van {}", alone(k), alone(n));
    if n < LEAST || small(k) {
        return counts;
    }
    let percent = (200 * u64::from(k) + u64::from(n)) / (2 * u64::from(n));
    format!("{counts} ({percent} %)")
}

/// A table with a total for each row, each column and all, as it may be shown: the last of every row and the last row are totals.
///
/// One to four is hidden. While a row or column whose total is shown has exactly one hidden cell, its smallest other one is hidden too, so that
/// no cell follows from the others. Totals are a row and a column of their own, with the total of all as theirs.
pub fn table(cells: &[Vec<u32>]) -> Vec<Vec<String>> {
    let columns = cells.first().map_or(0, Vec::len);
    let mut all: Vec<Vec<u32>> = cells.iter().map(|row| row.iter().copied().chain([row.iter().sum()]).collect()).collect();
    all.push((0..=columns).map(|column| all.iter().map(|row| row[column]).sum()).collect());
    let mut hidden: Vec<Vec<bool>> = all.iter().map(|row| row.iter().map(|&count| small(count)).collect()).collect();
    // Every line as the places of its cells and of its total.
    let row = |at: usize| ((0..columns).map(|column| (at, column)).collect::<Vec<_>>(), (at, columns));
    let column = |at: usize| ((0..cells.len()).map(|row| (row, at)).collect::<Vec<_>>(), (cells.len(), at));
    let lines: Vec<_> = (0..=cells.len()).map(row).chain((0..=columns).map(column)).collect();
    loop {
        let alone = lines.iter().find_map(|(places, total)| {
            let shown: Vec<&(usize, usize)> = places.iter().filter(|(row, column)| !hidden[*row][*column]).collect();
            let exposed = !hidden[total.0][total.1] && shown.len() + 1 == places.len();
            // Of equal ones the first.
            if exposed { shown.into_iter().min_by_key(|(row, column)| all[*row][*column]).copied() } else { None }
        });
        let Some((row, column)) = alone else { break };
        hidden[row][column] = true;
    }
    let shown = |(count, hidden): (&u32, &bool)| if *hidden { HIDDEN.to_owned() } else { count.to_string() };
    all.iter().zip(&hidden).map(|(row, hidden)| row.iter().zip(hidden).map(shown).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_stands_hidden_alone_in_a_line_whose_total_is_shown() {
        assert_eq!(table(&[vec![3, 0, 12], vec![8, 9, 10]]), [["·", "·", "12", "15"], ["·", "·", "10", "27"], ["11", "9", "22", "42"]]);
        assert_eq!(table(&[vec![10, 20], vec![30, 40]])[0], ["10", "20", "30"]);
        assert_eq!(table(&[vec![3]]), [["·", "·"], ["·", "·"]]);
    }

    #[test]
    fn a_small_total_is_hidden_as_well() {
        let shown = table(&[vec![2, 1], vec![20, 30], vec![40, 50]]);
        assert_eq!(shown[0], ["·", "·", "·"]);
        assert_eq!(shown[1][2], "·", "else the first total follows from the others");
    }

    #[test]
    fn a_share_tells_no_small_count() {
        assert_eq!(share(144, 180), "144 van 180 (80 %)");
        assert_eq!(share(3, 180), "<5 van 180");
        assert_eq!(share(5, 9), "5 van 9");
        assert_eq!(share(0, 10), "0 van 10 (0 %)");
        assert_eq!(share(1, 2), "<5 van <5");
        assert_eq!(share(45, 56), "45 van 56 (80 %)");
    }
}
