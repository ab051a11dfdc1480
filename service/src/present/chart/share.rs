//! Two shares of each of several: what they give (a square) beside what they get (a round), in percent.

use super::{Anchor, Chart, Grid, Spot, Stroke, Tone, fitting, scaled, step};

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Who.
    pub name: String,
    /// What they give, percent.
    pub gives: i64,
    /// What they get, percent.
    pub gets: i64,
}

/// What the chart says besides its marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// The finding.
    pub title: String,
    /// What is drawn.
    pub about: String,
    /// Behind each row's percentages: what they give, what they get.
    pub words: [String; 2],
    /// Above the table: name, gives, gets.
    pub heads: [String; 3],
}

const WIDTH: i32 = 640;
const LEFT: i32 = 160;
const LONG: i32 = 290;
const ROW: i32 = 26;

/// A row for each.
pub fn share(said: Sides, rows: &[Share]) -> Chart {
    let top = rows.iter().map(|it| it.gives.max(it.gets)).max().unwrap_or(0).max(1);
    let step = step(top, 4);
    let top = (top + step - 1) / step * step;
    let high = ROW * i32::try_from(rows.len()).unwrap_or(0);
    let mut chart = Chart { key: "aandelen", title: said.title, about: said.about, width: WIDTH, height: high + 26, ..Chart::default() };
    for at in (0..=top / step).map(|it| it * step) {
        let x = LEFT + scaled(at, top, LONG);
        chart.line((x, 0), (x, high + 4), Stroke::Faint);
        chart.label(x, high + 20, format!("{at} %"), Anchor::Middle, Tone::Quiet);
    }
    let mut y = ROW / 2;
    for row in rows {
        let (gives, gets) = (LEFT + scaled(row.gives, top, LONG), LEFT + scaled(row.gets, top, LONG));
        if gives != gets {
            chart.line((gives, y), (gets, y), Stroke::Between);
        }
        chart.spots.push(Spot { x: gets, y, round: true });
        chart.spots.push(Spot { x: gives, y, round: false });
        chart.label(LEFT - 12, y + 4, fitting(&row.name, LEFT - 14), Anchor::End, Tone::Plain);
        chart.label(LEFT + LONG + 14, y + 4, format!("{} % {}", row.gives, said.words[0]), Anchor::Start, Tone::Plain);
        chart.label(LEFT + LONG + 98, y + 4, format!("{} % {}", row.gets, said.words[1]), Anchor::Start, Tone::Plain);
        y += ROW;
    }
    let cells = rows.iter().map(|it| vec![it.name.clone(), format!("{} %", it.gives), format!("{} %", it.gets)]).collect();
    chart.table = Grid { heads: said.heads.to_vec(), rows: cells };
    chart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_gives_as_much_as_they_get_has_no_line_between() {
        let row = |gives, gets| Share { name: "Vaart".into(), gives, gets };
        let chart = share(Sides::default(), &[row(6, 6), row(13, 11)]);
        assert_eq!(chart.lines.iter().filter(|it| it.stroke == Stroke::Between).count(), 1);
        assert_eq!(chart.spots.len(), 4);
        assert!(chart.spots.iter().all(|it| (LEFT..=LEFT + LONG).contains(&it.x)));
    }
}
