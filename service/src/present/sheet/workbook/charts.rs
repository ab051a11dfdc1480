//! Charts that a workbook draws itself, of the cells of a table.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Chart as Drawn, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType, ChartType, Worksheet, XlsxError,
};

use crate::present::sheet::Chart;

/// Rows that a chart takes.
const TALL: u32 = 15;
/// Height and width of a chart, in pixels.
const SIZE: (u32, u32) = (285, 640);
/// Names below the bars that are all shown; of more, one in so many is.
const NAMED: u32 = 24;

/// Where tables stand, by key: the last one of a key.
#[derive(Default)]
pub(super) struct Places {
    tables: BTreeMap<&'static str, Place>,
    sheets: usize,
}

/// Where a table stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    sheet: String,
    /// The row of its headings.
    head: u32,
    /// How many rows it has.
    rows: u32,
}

/// The tables of one sheet are noted here.
pub(super) struct On<'a> {
    places: &'a mut Places,
    sheet: &'a str,
    /// Which sheet of the workbook it is.
    pub(super) number: usize,
}

impl Places {
    /// To note the tables of a sheet.
    pub(super) fn on<'a>(&'a mut self, sheet: &'a str) -> On<'a> {
        self.sheets += 1;
        On { number: self.sheets, places: self, sheet }
    }
}

impl On<'_> {
    pub(super) fn note(&mut self, key: &'static str, head: u32, rows: u32) {
        self.places.tables.insert(key, Place { sheet: self.sheet.to_owned(), head, rows });
    }
}

/// Puts charts on a sheet from this column on, one below the other. A table without rows is not drawn.
pub(super) fn insert<'a>(
    sheet: &mut Worksheet,
    charts: impl Iterator<Item = &'a Chart>,
    column: u16,
    places: &Places,
) -> Result<(), XlsxError> {
    let mut row = 2;
    for chart in charts {
        let Some(place) = places.tables.get(chart.table).filter(|place| place.rows > 0) else { continue };
        sheet.insert_chart(row, column, &drawn(chart, place))?;
        row += TALL;
    }
    Ok(())
}

fn drawn(chart: &Chart, place: &Place) -> Drawn {
    let column = |behind: usize| u16::try_from(behind + 1).unwrap_or(u16::MAX);
    let (first, last) = (place.head + 1, place.head + place.rows);
    let cells = |at: u16| (place.sheet.as_str(), first, at, last, at);
    let mut drawn = Drawn::new(ChartType::Column);
    for &bars in &chart.bars {
        let at = column(bars);
        drawn.add_series().set_name((place.sheet.as_str(), place.head, at)).set_categories(cells(0)).set_values(cells(at)).set_gap(60);
    }
    if let Some(limit) = chart.limit {
        let at = column(limit);
        let mut line = Drawn::new(ChartType::Line);
        line.add_series()
            .set_name((place.sheet.as_str(), place.head, at))
            .set_categories(cells(0))
            .set_values(cells(at))
            .set_format(ChartFormat::new().set_line(ChartLine::new().set_hidden(true)))
            .set_marker(ChartMarker::new().set_type(ChartMarkerType::LongDash).set_size(11));
        drawn.combine(&line);
    }
    drawn.title().set_name(chart.title.as_str());
    drawn.x_axis().set_name(chart.across);
    if place.rows > NAMED {
        drawn.x_axis().set_label_interval(u16::try_from(place.rows / NAMED + 1).unwrap_or(u16::MAX));
    }
    drawn.y_axis().set_name(chart.up).set_min(0);
    match chart.bars.len() + usize::from(chart.limit.is_some()) {
        1 => drawn.legend().set_hidden(),
        _ => drawn.legend().set_position(ChartLegendPosition::Bottom),
    };
    drawn.set_height(SIZE.0).set_width(SIZE.1);
    drawn.set_alt_text(format!("Grafiek: {}. De getallen staan in de tabel op blad {}.", chart.title, place.sheet));
    drawn
}
