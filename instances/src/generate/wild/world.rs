//! Boards, schools and seat groups of a small rich wave.

use loket_solver::matching::facts::words::{Bouw, Quality, SchoolKind, Word};
use serde_json::{Value, json};

use super::{Row, Size, ids, ids_of, maybe};
use crate::generate::draw::Draw;
use crate::generate::places::Point;
use crate::generate::words;

/// The middle of Amsterdam.
const MIDDLE: Point = Point { lat: 5_236_500, lon: 489_500 };

/// Writes a point within so many metres of the middle.
pub(super) fn place(row: &mut Row, radius: u32, draw: &mut Draw) {
    let point = MIDDLE.near(radius, draw);
    row.insert("lat".into(), json!(Point::degrees(point.lat)));
    row.insert("lon".into(), json!(Point::degrees(point.lon)));
}

/// One to three boards.
pub(super) fn boards(draw: &mut Draw) -> Vec<Row> {
    let count = draw.between(1, 3) as usize;
    ids("B", count, draw)
        .into_iter()
        .map(|id| {
            let mut row = Row::new();
            row.insert("id".into(), json!(id));
            maybe(&mut row, &draw.chance(60), "naam", format!("Bestuur {id}"));
            let signed = draw.percent(80);
            maybe(&mut row, &draw.chance(40), "noodplan", signed);
            let maximum = draw.between(1, 3);
            maybe(&mut row, &draw.chance(20), "maximum", maximum);
            maybe(&mut row, &draw.chance(3), "toelichting", "vrije tekst");
            row
        })
        .collect()
}

/// Schools with their seat groups.
pub(super) fn schools(size: &Size, boards: &[Row], draw: &mut Draw) -> Vec<Row> {
    let boards = ids_of(boards);
    let mut schools: Vec<Row> = ids("S", size.schools, draw).into_iter().map(|id| school(id, &boards, draw)).collect();
    let mut groups: Vec<Vec<Value>> = vec![Vec::new(); schools.len()];
    for _ in 0..size.groups {
        let at = draw.index(schools.len());
        let bouw = draw.pick(Bouw::ALL).code();
        let mut group = Row::new();
        let number = groups[at].len() + 1;
        let taken = groups[at].iter().any(|group| group["bouw"] == bouw);
        // Without an id a group is called after its bouw.
        if taken || draw.percent(25) {
            group.insert("id".into(), json!(format!("{bouw}-{number}")));
        }
        group.insert("bouw".into(), json!(bouw));
        let count = draw.pick(&[0, 1, 1, 1, 1, 1, 2, 2, 2, 2]);
        group.insert("aantal".into(), json!(count));
        let days = draw.between(4, 8) as usize;
        let days = draw.some(&words::HALF_DAYS, days);
        maybe(&mut group, &draw.chance(25), "dagdelen", days);
        groups[at].push(Value::Object(group));
    }
    for (school, groups) in schools.iter_mut().zip(groups) {
        school.insert("plekken".into(), Value::Array(groups));
    }
    schools
}

fn school(id: String, boards: &[&str], draw: &mut Draw) -> Row {
    let mut row = Row::new();
    row.insert("id".into(), json!(id));
    maybe(&mut row, &draw.chance(60), "naam", words::school(draw));
    row.insert("bestuur".into(), json!(draw.pick(boards)));
    let kind = SchoolKind::ALL[draw.weighted(&[70, 20, 10])].code();
    maybe(&mut row, &draw.chance(30), "soort", kind);
    place(&mut row, 3500, draw);
    let (target, shortage) = (draw.between(0, 100), draw.between(0, 100));
    maybe(&mut row, &draw.chance(85), "doelgroep", target);
    maybe(&mut row, &draw.chance(60), "tekort", shortage);
    let concept = draw.pick(&words::CONCEPTS[..3]);
    maybe(&mut row, &draw.chance(45), "concept", concept);
    let denomination = draw.pick(&words::DENOMINATIONS[..3]);
    maybe(&mut row, &draw.chance(60), "denominatie", denomination);
    let quality = Quality::ALL[draw.weighted(&[72, 8, 20])].code();
    maybe(&mut row, &draw.chance(50), "kwaliteit", quality);
    match draw.below(100) {
        0..25 => {
            let maximum = draw.between(0, 3);
            row.insert("maximum".into(), json!(maximum));
        }
        // Null means absent.
        25..29 => {
            row.insert("maximum".into(), Value::Null);
        }
        _ => {}
    }
    let team = draw.between(4, 30);
    let starters = draw.between(0, team / 6 + 1);
    if draw.percent(50) {
        row.insert("teamgrootte".into(), json!(team));
    }
    maybe(&mut row, &draw.chance(50), "starters", starters);
    row
}
