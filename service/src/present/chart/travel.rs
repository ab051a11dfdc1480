//! How long people travel: a histogram of minutes, and from where on a journey is long.

use super::{Anchor, Chart, Fill, Grid, Stroke, Tone, scaled, step};
use crate::present::dutch::number;

/// From more than so many minutes on a journey is drawn as long.
pub const LONG: i64 = 45;
/// Minutes in a bar.
const WIDE: i64 = 5;
/// Most bars: what is longer stands in the last one.
const MOST: usize = 24;

/// The bars: first minute, last minute and how many; nothing where a count may not be shown.
pub type Bins = Vec<(i64, i64, Option<i64>)>;

/// What a histogram says besides its bars.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Travels {
    /// The finding.
    pub title: String,
    /// What is drawn.
    pub about: String,
    /// Beneath the bars.
    pub across: String,
    /// At the line where a journey becomes long.
    pub limit: String,
    /// Above the table: minutes, people.
    pub heads: [String; 2],
}

/// Journeys by five minutes, from 0 up to the longest one.
pub fn bins(minutes: impl IntoIterator<Item = i64>) -> Vec<(i64, i64, i64)> {
    let mut counts = vec![0_i64; 1];
    for minute in minutes {
        let at = usize::try_from((minute.max(1) - 1) / WIDE).unwrap_or(0).min(MOST - 1);
        if counts.len() <= at {
            counts.resize(at + 1, 0);
        }
        if let Some(count) = counts.get_mut(at) {
            *count += 1;
        }
    }
    let first = |at: i64| if at == 0 { 0 } else { at * WIDE + 1 };
    (0..).zip(counts).map(|(at, count)| (first(at), (at + 1) * WIDE, count)).collect()
}

const LEFT: i32 = 34;
const TOP: i32 = 24;
const HIGH: i32 = 150;
const WIDTH: i32 = 640;

/// Bars over an axis of minutes.
pub fn travel(said: Travels, bins: &Bins) -> Chart {
    let top = bins.iter().filter_map(|it| it.2).max().unwrap_or(0).max(1);
    let step = step(top, 4);
    let top = (top + step - 1) / step * step;
    let mut chart =
        Chart { key: "reistijd", title: said.title, about: said.about, width: WIDTH, height: TOP + HIGH + 44, ..Chart::default() };
    let foot = TOP + HIGH;
    for at in (0..=top / step).map(|it| it * step) {
        let y = foot - scaled(at, top, HIGH);
        let stroke = if at == 0 { Stroke::Axis } else { Stroke::Faint };
        chart.line((LEFT, y), (WIDTH, y), stroke);
        chart.label(LEFT - 6, y + 4, number(at), Anchor::End, Tone::Quiet);
    }
    let count = i32::try_from(bins.len()).unwrap_or(1).max(1);
    let wide = (WIDTH - LEFT) / count;
    let mut x = LEFT;
    let mut long = None;
    for (from, to, people) in bins {
        if *from > LONG && long.is_none() {
            long = Some(x);
        }
        let fill = if *from > LONG { Fill::Stripes } else { Fill::Solid };
        let high = scaled(people.unwrap_or(0), top, HIGH);
        if high > 0 {
            chart.rect(x + 1, foot - high, (wide - 2, high), fill);
        }
        let middle = x + wide / 2;
        chart.label(middle, foot - high - 5, people.map_or_else(|| "·".into(), number), Anchor::Middle, Tone::Plain);
        // Every label has room for seven letters.
        let shown = wide >= 44 || (*to / WIDE) % 2 == 1;
        if shown {
            chart.label(middle, foot + 16, format!("{from}–{to}"), Anchor::Middle, Tone::Plain);
        }
        x += wide;
    }
    if let Some(x) = long {
        chart.line((x, TOP - 10), (x, foot), Stroke::Limit);
        chart.label(x + 5, TOP - 8, said.limit, if x > WIDTH - 110 { Anchor::End } else { Anchor::Start }, Tone::Limit);
    }
    chart.label(LEFT + (WIDTH - LEFT) / 2, foot + 36, said.across, Anchor::Middle, Tone::Quiet);
    let rows = bins.iter().map(|(from, to, people)| vec![format!("{from}–{to}"), people.map_or_else(|| "·".into(), number)]).collect();
    chart.table = Grid { heads: said.heads.to_vec(), rows };
    chart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_minutes_are_a_bar_and_the_sixth_is_in_the_next() {
        assert_eq!(bins([0, 5, 6, 10, 11]), [(0, 5, 2), (6, 10, 2), (11, 15, 1)]);
        assert_eq!(bins([]), [(0, 5, 0)]);
        assert_eq!(bins([100_000]).len(), MOST);
    }

    #[test]
    fn long_journeys_have_stripes_and_a_line() {
        let bars: Bins = bins([3, 44, 46, 46, 50]).into_iter().map(|(from, to, count)| (from, to, Some(count))).collect();
        let chart = travel(Travels::default(), &bars);
        assert_eq!(chart.rects.iter().filter(|it| it.fill == Fill::Stripes).count(), 1);
        assert_eq!(chart.lines.iter().filter(|it| it.stroke == Stroke::Limit).count(), 1);
        assert!(chart.rects.iter().all(|it| it.y >= TOP && it.y + it.height == TOP + HIGH), "{:?}", chart.rects);
    }

    #[test]
    fn a_hidden_count_has_no_bar() {
        let chart = travel(Travels::default(), &vec![(0, 5, None), (6, 10, Some(9))]);
        assert_eq!((chart.rects.len(), chart.table.rows[0][1].as_str()), (1, "·"));
    }
}
