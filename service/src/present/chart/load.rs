//! How full coaches are: a bar for each, with the line of the limit.

use super::{Anchor, Chart, Fill, Grid, Stroke, Tone, fitting, scaled};

/// One coach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Who.
    pub name: String,
    /// Candidates.
    pub people: i64,
    /// Most candidates.
    pub most: i64,
    /// Drawn with stripes: an external coach.
    pub striped: bool,
    /// Behind the bar: candidates out of most, and hours out of hours.
    pub says: [String; 2],
}

/// What the chart says besides its bars.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loads {
    /// The finding.
    pub title: String,
    /// What is drawn.
    pub about: String,
    /// Beneath the line, when it is one line.
    pub limit: String,
    /// Above the table: name, candidates, hours.
    pub heads: [String; 3],
}

const WIDTH: i32 = 640;
const LEFT: i32 = 170;
const BAR: i32 = 280;
const ROW: i32 = 19;
const TOP: i32 = 4;

/// Bars in the given order.
pub fn loads(said: Loads, rows: &[Load]) -> Chart {
    let high = ROW * i32::try_from(rows.len()).unwrap_or(0);
    let most = rows.iter().map(|it| it.most.max(it.people)).max().unwrap_or(0).max(1);
    let one = rows.iter().all(|it| it.most == most);
    let mut chart =
        Chart { key: "coaches", title: said.title, about: said.about, width: WIDTH, height: TOP + high + 24, ..Chart::default() };
    let mut y = TOP;
    for row in rows {
        let fill = if row.striped { Fill::Stripes } else { Fill::Solid };
        let (room, full) = (scaled(row.most, most, BAR), scaled(row.people, most, BAR));
        chart.rect(LEFT, y + 3, (room, ROW - 6), Fill::Ground);
        if full > 0 {
            chart.rect(LEFT, y + 3, (full, ROW - 6), fill);
        }
        if !one {
            chart.line((LEFT + room, y), (LEFT + room, y + ROW), Stroke::Limit);
        }
        chart.label(LEFT - 8, y + 14, fitting(&row.name, LEFT - 12), Anchor::End, Tone::Plain);
        chart.label(LEFT + BAR + 12, y + 14, row.says[0].clone(), Anchor::Start, Tone::Plain);
        chart.label(LEFT + BAR + 74, y + 14, row.says[1].clone(), Anchor::Start, Tone::Quiet);
        y += ROW;
    }
    if one && !rows.is_empty() {
        chart.line((LEFT + BAR, 0), (LEFT + BAR, y), Stroke::Limit);
        chart.label(LEFT + BAR, y + 15, said.limit, Anchor::Middle, Tone::Limit);
    }
    let cells = rows.iter().map(|it| vec![it.name.clone(), it.says[0].clone(), it.says[1].clone()]).collect();
    chart.table = Grid { heads: said.heads.to_vec(), rows: cells };
    chart
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(people: i64, most: i64) -> Load {
        Load { name: "Ilias".into(), people, most, striped: false, says: [format!("{people} van {most}"), String::new()] }
    }

    #[test]
    fn one_limit_is_one_line_and_different_limits_are_one_each() {
        let limits = |rows: &[Load]| loads(Loads::default(), rows).lines.iter().filter(|it| it.stroke == Stroke::Limit).count();
        assert_eq!((limits(&[row(9, 9), row(2, 9)]), limits(&[row(9, 9), row(2, 4)]), limits(&[])), (1, 2, 0));
    }

    #[test]
    fn who_has_nobody_has_a_ground_and_no_bar() {
        let chart = loads(Loads::default(), &[row(0, 9), row(9, 9)]);
        assert_eq!(chart.rects.iter().map(|it| it.width).collect::<Vec<_>>(), [BAR, BAR, BAR]);
        assert_eq!(chart.rects.iter().filter(|it| it.fill == Fill::Solid).count(), 1);
    }
}
