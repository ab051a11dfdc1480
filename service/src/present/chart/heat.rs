//! How much of what there is is used, in rows and columns: the fuller, the darker, with the figures in every cell.

use super::{Anchor, Chart, Fill, Grid, Tone, fitting};
use crate::present::dutch::number;

/// One row: its name, and of each column how many are used of how many there are. Nothing where it may not be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heat {
    /// Its name.
    pub name: String,
    /// Used and there; nothing used may be shown where the first is hidden.
    pub cells: Vec<(Option<i64>, i64)>,
}

const WIDTH: i32 = 640;
const LEFT: i32 = 190;
const ROW: i32 = 30;
const TOP: i32 = 24;

/// The shade of so many used of so many.
fn shade(used: Option<i64>, there: i64) -> Fill {
    match used {
        _ if there <= 0 => Fill::Open,
        None | Some(0) => Fill::Ground,
        Some(used) if used >= there => Fill::Shade4,
        Some(used) if 4 * used >= 3 * there => Fill::Shade3,
        Some(used) if 2 * used >= there => Fill::Shade2,
        Some(_) => Fill::Shade1,
    }
}

/// Cells in rows and columns. `of` writes "6 van 13".
pub fn heat((title, about): (String, String), heads: Vec<String>, rows: &[Heat], of: &dyn Fn(&str, &str) -> String) -> Chart {
    let columns = i32::try_from(heads.len().saturating_sub(1)).unwrap_or(1).max(1);
    let wide = (WIDTH - LEFT) / columns;
    let high = TOP + ROW * i32::try_from(rows.len()).unwrap_or(0);
    let mut chart = Chart { key: "plekken", title, about, width: WIDTH, height: high + 2, ..Chart::default() };
    let text = |(used, there): (Option<i64>, i64)| match used {
        _ if there <= 0 => "–".to_owned(),
        // How many there are would bound what is hidden: with the sum of the row it could be worked out.
        None => "·".to_owned(),
        Some(used) => of(&number(used), &number(there)),
    };
    let mut x = LEFT;
    for head in heads.iter().skip(1) {
        chart.label(x + wide / 2, 15, fitting(head, wide), Anchor::Middle, Tone::Quiet);
        x += wide;
    }
    let mut y = TOP;
    let mut table = Vec::new();
    for row in rows {
        chart.label(0, y + 19, fitting(&row.name, LEFT - 8), Anchor::Start, Tone::Plain);
        let mut line = vec![row.name.clone()];
        let mut x = LEFT;
        for cell in &row.cells {
            let fill = shade(cell.0, cell.1);
            chart.rect(x, y, (wide - 2, ROW - 2), fill);
            let tone = if fill == Fill::Shade4 { Tone::Light } else { Tone::Plain };
            chart.label(x + wide / 2, y + 19, text(*cell), Anchor::Middle, tone);
            line.push(text(*cell));
            x += wide;
        }
        table.push(line);
        y += ROW;
    }
    chart.table = Grid { heads, rows: table };
    chart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fuller_the_darker_and_every_cell_says_its_figures() {
        let heads = vec!["Bestuur".into(), "Onderbouw".into(), "Bovenbouw".into()];
        let row = Heat { name: "Vaart".into(), cells: vec![(Some(2), 2), (None, 4)] };
        let chart = heat((String::new(), String::new()), heads, &[row], &|used, there| format!("{used} van {there}"));
        assert_eq!(chart.rects.iter().map(|it| it.fill).collect::<Vec<_>>(), [Fill::Shade4, Fill::Ground]);
        assert_eq!(chart.table.rows, [["Vaart", "2 van 2", "·"].map(str::to_owned)]);
        assert_eq!(
            (shade(Some(0), 0), shade(Some(3), 4), shade(Some(1), 2), shade(Some(1), 4)),
            (Fill::Open, Fill::Shade3, Fill::Shade2, Fill::Shade1)
        );
    }
}
