//! Days, half-days of the calendar and stretches of days, as files write them.

use loket_solver::scheduling::facts::calendar::{Day, Moment, Stretch};

use crate::scheduling::rows::StretchRow;
use crate::strict::fields::{At, Fields, is_day};
use crate::strict::json::Node;
use crate::strict::rows::{name, note};
use crate::strict::spot::show_id;

/// The day that a text of ten characters says; it must be one.
fn day_of(text: &str) -> Option<Day> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    let year = i32::try_from(number(0..4)?).ok()?;
    Some(Day::of(year, number(5..7)?, number(8..10)?))
}

/// A day of the calendar.
pub(crate) fn day(at: &At<'_>) -> Option<Day> {
    at.day().and_then(day_of)
}

/// A half-day of the calendar: "2026-09-07-o", Monday to Friday.
pub(crate) fn moment(at: &At<'_>) -> Option<Moment> {
    let text = at.text()?;
    let parsed = text.len().checked_sub(2).and_then(|end| Some((text.get(..end)?, text.get(end..)?)));
    let found = parsed.and_then(|(day, half)| {
        let afternoon = match half {
            "-o" => false,
            "-m" => true,
            _ => return None,
        };
        let day = day_of(day).filter(|_| is_day(day))?;
        Some(Moment { day, afternoon })
    });
    match found {
        Some(moment) if moment.code().is_some() => Some(moment),
        Some(_) => {
            at.refuse("datum", format!("\"{}\" valt in een weekend", show_id(text)), "kies een dagdeel van maandag tot en met vrijdag");
            None
        }
        None => {
            let remedy = "schrijf een dagdeel als 2026-09-07-o (ochtend) of 2026-09-07-m (middag)";
            at.refuse("datum", format!("\"{}\" is geen dagdeel", show_id(text)), remedy);
            None
        }
    }
}

/// The half-days of a series: not empty, in order of time, no doubles.
pub(crate) fn moments(fields: &Fields<'_>) -> Vec<Moment> {
    let Some(list) = fields.need("dagdelen") else { return Vec::new() };
    if matches!(list.node, Node::List(items) if items.is_empty()) {
        list.refuse("leeg", "de lijst is leeg", "noem minstens één dagdeel");
    }
    let mut read: Vec<Moment> = Vec::new();
    for row in list.rows("").unwrap_or_default() {
        let Some(found) = moment(&row) else { continue };
        if read.last().is_some_and(|before| found <= *before) {
            row.refuse(
                "volgorde",
                format!("{found} komt niet na het dagdeel ervoor"),
                "zet de dagdelen op volgorde van tijd, elk één keer",
            );
        }
        read.push(found);
    }
    read
}

/// The rows of `gesloten` (with a name) or `afwezig` (with a half of the day).
pub(crate) fn stretches(fields: &Fields<'_>, key: &'static str) -> Option<Vec<StretchRow>> {
    let closed = key == "gesloten";
    let list = fields.get(key)?;
    let read = |row: At<'_>| {
        let fields = if closed { row.fields(&["van", "tot", "naam"])? } else { row.fields(&["van", "tot", "dagdeel"])? };
        let from = fields.need("van").and_then(day);
        let to = fields.get("tot").and_then(day);
        ordered(&fields, "tot", from, to);
        let half = if closed { None } else { fields.get("dagdeel").and_then(|at| at.one_of(&["o", "m"])) };
        let name = if closed { name(&fields) } else { None };
        Some(StretchRow { from: from?, to, afternoon: half.map(|half| half == "m"), name, note: note(&fields) })
    };
    Some(list.rows("naam")?.into_iter().filter_map(read).collect())
}

/// Refuses a last day before the first.
pub(crate) fn ordered(fields: &Fields<'_>, key: &'static str, from: Option<Day>, to: Option<Day>) {
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        let what = format!("{to} ligt voor {from}");
        fields.at.report.problem("volgorde", &fields.at.spot.key(key), what, "zet de eerste dag voor de laatste");
    }
}

/// Stretches of rows.
pub(crate) fn as_stretches(rows: Option<&Vec<StretchRow>>) -> Vec<Stretch> {
    let stretch = |row: &StretchRow| Stretch { from: row.from, to: row.to.unwrap_or(row.from), afternoon: row.afternoon };
    rows.into_iter().flatten().map(stretch).collect()
}
