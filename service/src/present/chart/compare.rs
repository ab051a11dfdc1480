//! Two runs beside each other: for each measure a bar of before (stripes) and a bar of after (solid).

use super::{Anchor, Chart, Fill, Grid, Tone, fitting, scaled};

/// One measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What is measured.
    pub name: String,
    /// Before and after.
    pub values: [i64; 2],
    /// The same as people read them.
    pub says: [String; 2],
}

const WIDTH: i32 = 640;
const LEFT: i32 = 200;
const BAR: i32 = 330;
const ROW: i32 = 40;

/// A pair of bars for each measure; each pair has its own scale, from nothing to the larger of the two. `heads` stand above the table:
/// measure, before, after.
pub fn compare((title, about): (String, String), heads: [String; 3], rows: &[Measure]) -> Chart {
    let high = ROW * i32::try_from(rows.len()).unwrap_or(0);
    let mut chart = Chart { key: "vergelijking", title, about, width: WIDTH, height: high + 4, ..Chart::default() };
    let mut y = 4;
    for row in rows {
        let top = row.values.into_iter().max().unwrap_or(0);
        chart.label(LEFT - 10, y + 20, fitting(&row.name, LEFT - 12), Anchor::End, Tone::Plain);
        for (at, fill) in [(0, Fill::Stripes), (1, Fill::Solid)] {
            let (wide, down) = (scaled(row.values[at], top, BAR), if at == 0 { 0 } else { 16 });
            if wide > 0 {
                chart.rect(LEFT, y + down, (wide, 13), fill);
            }
            chart.label(
                LEFT + wide + 8,
                y + down + 11,
                row.says[at].clone(),
                Anchor::Start,
                if at == 0 { Tone::Quiet } else { Tone::Plain },
            );
        }
        y += ROW;
    }
    let cells = rows.iter().map(|it| vec![it.name.clone(), it.says[0].clone(), it.says[1].clone()]).collect();
    chart.table = Grid { heads: heads.to_vec(), rows: cells };
    chart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pair_has_its_own_scale() {
        let row = |values: [i64; 2]| Measure { name: "geplaatst".into(), values, says: values.map(|it| it.to_string()) };
        let heads = ["", "", ""].map(str::to_owned);
        let chart = compare((String::new(), String::new()), heads, &[row([50, 100]), row([2, 1]), row([0, 0])]);
        assert_eq!(chart.rects.iter().map(|it| it.width).collect::<Vec<_>>(), [BAR / 2, BAR, BAR, BAR / 2]);
    }
}
