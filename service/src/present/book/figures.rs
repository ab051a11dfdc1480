//! The figures under the charts, and the charts: tables of the report and of the summary, drawn.

use loket_solver::matching::judge::fairness::Fairness;

use super::{Whole, of_report, report};
use crate::present::sheet::{Chart, Part, Sheet, Table};
use crate::present::summary::travel_bands;

pub(super) fn sheet(whole: &Whole<'_>, found: &Fairness) -> Sheet {
    let report = report(whole, found);
    let mut sheet = Sheet::default();
    sheet.title("Cijfers");
    let mut travel = travel_bands(whole.wave(), whole.plan);
    travel.heading = "Reistijd".into();
    let [choices, boards, coaches, target, costs] =
        ["keuzes", "besturen", "coaches", "doelgroep", "kosten"].map(|key| of_report(&report, key));
    let drawn: [(Option<Table>, Option<Chart>); 6] = [
        (choices, Some(chart("keuzes", "Bouw van keus", &[0], None, ("keus", "kandidaten")))),
        (Some(travel), Some(chart("verdeling", "Reistijd van wie geplaatst is", &[0], None, ("reistijd", "kandidaten")))),
        (coaches, Some(chart("coaches", "Hoe vol coaches zijn: nieuw, en hoeveel er bij kunnen", &[1], Some(2), ("coach", "kandidaten")))),
        (boards, Some(chart("besturen", "Plekken en plaatsingen per bestuur", &[0, 1], None, ("bestuur", "aantal")))),
        (target, None),
        (costs, None),
    ];
    for (table, chart) in drawn {
        sheet.parts.extend(table.map(Part::Table));
        sheet.parts.extend(chart.map(Part::Chart));
    }
    sheet
}

fn chart(table: &'static str, title: &str, bars: &[usize], limit: Option<usize>, (across, up): (&'static str, &'static str)) -> Chart {
    Chart { title: title.into(), table, bars: bars.to_vec(), limit, across, up }
}
