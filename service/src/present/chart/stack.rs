//! Columns of parts on top of each other, each column with a limit of its own: hours asked by phase, and hours there.

use super::{Anchor, Chart, Fill, Stroke, Tone, fitting, scaled, step};

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Beneath it.
    pub name: String,
    /// Its parts, from below.
    pub parts: Vec<i64>,
    /// The line across it.
    pub limit: i64,
    /// Whether it is more than may be.
    pub over: bool,
    /// Above it, in words.
    pub says: String,
}

const LEFT: i32 = 60;
const TOP: i32 = 30;
const HIGH: i32 = 170;
const WIDTH: i32 = 950;

/// How the parts are filled, from below.
pub const FILLS: [Fill; 4] = [Fill::Solid, Fill::Stripes, Fill::Shade2, Fill::Dots];

/// The columns from left to right. `number` writes a number of the axis.
pub fn stack((key, title, about): (&'static str, String, String), columns: &[Column], number: &dyn Fn(i64) -> String) -> Chart {
    let sum = |it: &Column| it.parts.iter().sum::<i64>();
    let top = columns.iter().map(|it| sum(it).max(it.limit)).max().unwrap_or(0).max(1);
    let step = step(top, 4);
    let top = (top + step - 1) / step * step;
    let foot = TOP + HIGH;
    let mut chart = Chart { key, title, about, width: WIDTH, height: foot + 24, ..Chart::default() };
    for at in (0..=top / step).map(|it| it * step) {
        let y = foot - scaled(at, top, HIGH);
        chart.line((LEFT, y), (WIDTH, y), if at == 0 { Stroke::Axis } else { Stroke::Faint });
        chart.label(LEFT - 8, y + 4, number(at), Anchor::End, Tone::Quiet);
    }
    let wide = (WIDTH - LEFT) / i32::try_from(columns.len()).unwrap_or(1).max(1);
    let bar = (wide * 45 / 100).min(64);
    let mut x = LEFT;
    for column in columns {
        let (left, middle) = (x + (wide - bar) / 2, x + wide / 2);
        let mut before = 0;
        for (part, fill) in column.parts.iter().zip(FILLS.into_iter().cycle()) {
            let (from, to) = (scaled(before, top, HIGH), scaled(before + part, top, HIGH));
            if to > from {
                chart.rect(left, foot - to, (bar, to - from), fill);
            }
            before += part;
        }
        let y = foot - scaled(column.limit, top, HIGH);
        chart.line((left - 14, y), (left + bar + 14, y), if column.over { Stroke::Limit } else { Stroke::Axis });
        let height = foot - scaled(before.max(column.limit), top, HIGH);
        chart.label(middle, height - 8, column.says.clone(), Anchor::Middle, if column.over { Tone::Limit } else { Tone::Plain });
        chart.label(middle, foot + 18, fitting(&column.name, wide), Anchor::Middle, Tone::Plain);
        x += wide;
    }
    chart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_on_each_other_and_a_column_over_its_line_says_so() {
        let column = |name: &str, parts: &[i64], limit| Column {
            name: name.into(),
            parts: parts.to_vec(),
            limit,
            over: name == "b",
            says: name.into(),
        };
        let chart = stack(("k", "t".into(), String::new()), &[column("a", &[50, 0, 30], 100), column("b", &[90, 30, 0], 100)], &|it| {
            it.to_string()
        });
        let found: Vec<(i32, i32, Fill)> = chart.rects.iter().map(|it| (it.y + it.height, it.height, it.fill)).collect();
        // 200 is the top of the axis: 170 pixels.
        assert_eq!(found, [(200, 57, Fill::Solid), (143, 34, Fill::Shade2), (200, 102, Fill::Solid), (98, 34, Fill::Stripes)]);
        let limits: Vec<Stroke> = chart.lines.iter().filter(|it| it.x2 != WIDTH).map(|it| it.stroke).collect();
        assert_eq!(limits, [Stroke::Axis, Stroke::Limit]);
    }
}
