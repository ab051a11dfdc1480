//! Which choice people got: one bar with a part for each choice.

use super::{Anchor, Chart, Fill, Grid, Tone, scaled};
use crate::present::dutch::number;

/// One part of the bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// What it is.
    pub name: String,
    /// How many; nothing where that may not be shown.
    pub count: Option<i64>,
    /// How it is filled.
    pub fill: Fill,
}

const WIDTH: i32 = 640;
const HIGH: i32 = 32;
/// A label needs so much room.
const ROOM: i32 = 24;

/// The bar, and a label in each part that has room; what may not be shown is left open at the end.
pub fn profile(title: String, about: String, (heads, name): (Vec<String>, String), bands: &[Band]) -> Chart {
    let all: i64 = bands.iter().filter_map(|it| it.count).sum();
    let mut chart = Chart { key: "keuzes", title, about, width: WIDTH, height: HIGH + 26, ..Chart::default() };
    let (mut before, mut x) = (0, 0);
    for band in bands {
        let Some(count) = band.count.filter(|it| *it > 0) else { continue };
        before += count;
        let end = scaled(before, all, WIDTH);
        let width = end - x;
        chart.rect(x, 1, (width.max(1), HIGH), band.fill);
        let text = number(count);
        if band.fill == Fill::Solid && width >= 8 * i32::try_from(band.name.chars().count()).unwrap_or(WIDTH) {
            chart.label(x + 10, 22, format!("{text} {}", band.name), Anchor::Start, Tone::Light);
        } else if width >= ROOM {
            chart.label(x + width / 2, HIGH + 18, text, Anchor::Middle, Tone::Plain);
        }
        x = end;
    }
    let cells = bands.iter().map(|it| it.count.map_or_else(|| "·".to_owned(), number));
    chart.table = Grid { heads, rows: vec![std::iter::once(name).chain(cells).collect()] };
    chart
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(count: Option<i64>, fill: Fill) -> Band {
        Band { name: "1e".into(), count, fill }
    }

    #[test]
    fn the_parts_fill_the_bar_and_what_is_hidden_has_none() {
        let bands = [band(Some(132), Fill::Solid), band(Some(6), Fill::Stripes), band(None, Fill::Dots), band(Some(11), Fill::Open)];
        let chart = profile("t".into(), "a".into(), (Vec::new(), "nu".into()), &bands);
        assert_eq!(chart.rects.iter().map(|it| it.width).sum::<i32>(), WIDTH);
        assert_eq!(chart.rects.len(), 3);
        assert_eq!(chart.table.rows, [["nu", "132", "6", "·", "11"].map(str::to_owned)]);
    }

    #[test]
    fn of_nobody_nothing_is_drawn() {
        assert!(profile(String::new(), String::new(), (Vec::new(), String::new()), &[band(Some(0), Fill::Solid)]).rects.is_empty());
    }
}
