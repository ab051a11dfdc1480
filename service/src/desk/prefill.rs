//! Makes a wave file from the register: open seats, coaches and candidates, less what published placements hold in its period.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::fits::{Known, coached, hours_booked, seats_left};
use super::hours::school_years;
use super::room::{Period, most_at_once};
use crate::records::placement::Placed;
use crate::records::register::{Row, Standing};

/// The wave that is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its phase.
    pub phase: String,
    /// When.
    pub period: Period,
    /// Whom it is for; `None` for everybody who waits.
    pub candidates: Option<Vec<String>>,
    /// Its policy.
    pub policy: Option<Value>,
}

/// The register as it was read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Boards.
    pub boards: Vec<Row>,
    /// Schools.
    pub schools: Vec<Row>,
    /// Coaches.
    pub coaches: Vec<Row>,
    /// Candidates.
    pub candidates: Vec<Row>,
    /// Seats, coaches' bounds and published placements.
    pub known: Known,
    /// How many months a placement holds a seat; 0 for as long as it lasts.
    pub held_months: u32,
}

/// A named candidate who cannot take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Position in the list of names.
    pub at: usize,
    /// Whether the register knows the candidate, who stopped.
    pub stopped: bool,
}

/// The file, or every named candidate who cannot take part.
///
/// # Errors
/// Every named candidate who cannot take part.
pub fn file(wanted: &Wanted, from: &Sources) -> Result<Value, Vec<Missing>> {
    let candidates = candidates(wanted, from)?;
    let schools: Vec<Value> = from.schools.iter().filter_map(|row| school(row, wanted.period, from)).collect();
    let boards: Vec<Value> = from.boards.iter().map(|row| board(row, wanted.period, from)).collect();
    let coaches: Vec<Value> = from.coaches.iter().filter_map(|row| coach(row, wanted.period, from)).collect();
    let mut file = json!({ "formaat": "loket-lichting/1", "id": wanted.id, "naam": wanted.name, "fase": wanted.phase });
    if let Some(policy) = &wanted.policy {
        file["beleid"] = policy.clone();
    }
    for (list, rows) in [("besturen", boards), ("scholen", schools), ("coaches", coaches), ("kandidaten", candidates)] {
        file[list] = Value::Array(rows);
    }
    Ok(file)
}

/// The row as the format has it: its id before the rest.
fn written(row: &Row) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("id".into(), json!(row.id));
    map.extend(row.data.clone());
    map
}

/// Takes what is used off a limit that the row may have.
fn less(map: &mut Map<String, Value>, key: &str, used: i64) {
    if let Some(limit) = map.get(key).and_then(Value::as_i64) {
        map.insert(key.into(), json!((limit - used).max(0)));
    }
}

fn more(map: &mut Map<String, Value>, key: &str, used: i64) {
    if used > 0 {
        let before = map.get(key).and_then(Value::as_i64).unwrap_or(0);
        map.insert(key.into(), json!((before + used).min(100_000)));
    }
}

/// How many published placements there are at once, of those that `which` picks.
fn placed(from: &Sources, period: Period, which: impl Fn(&Placed) -> bool) -> i64 {
    let holds: Vec<Period> = from.known.placed.iter().filter(|it| which(it)).map(|it| it.period).collect();
    most_at_once(&holds, period)
}

fn board(row: &Row, period: Period, from: &Sources) -> Value {
    let mut map = written(row);
    if map.contains_key("maximum") {
        let own = |school: &str| from.schools.iter().any(|it| it.id == school && it.board.as_deref() == Some(&row.id));
        less(&mut map, "maximum", placed(from, period, |it| own(&it.school)));
    }
    Value::Object(map)
}

/// A school with the seats that are left; `None` when there are none.
fn school(row: &Row, period: Period, from: &Sources) -> Option<Value> {
    let mut groups: BTreeMap<&str, Value> = BTreeMap::new();
    for (seats, when) in from.known.seats.iter().filter(|(it, _)| it.school == row.id && it.open) {
        // What the group is, is what it is on the first day; how many are left counts every period.
        if !when.has(period.from) {
            continue;
        }
        let left = seats_left(&from.known, &row.id, &seats.id, period, from.held_months);
        if left > 0 {
            let mut map = Map::new();
            map.insert("id".into(), json!(seats.id));
            map.insert("bouw".into(), json!(seats.bouw));
            map.insert("aantal".into(), json!(left));
            map.extend(seats.data.clone());
            groups.insert(&seats.id, Value::Object(map));
        }
    }
    if groups.is_empty() {
        return None;
    }
    let mut map = written(row);
    map.insert("bestuur".into(), json!(row.board));
    let here = placed(from, period, |it| it.school == row.id);
    less(&mut map, "maximum", here);
    more(&mut map, "starters", here);
    map.insert("plekken".into(), groups.into_values().collect());
    Some(Value::Object(map))
}

/// A coach with the candidates and hours that are left; `None` who is not there all the time or has nothing left.
fn coach(row: &Row, period: Period, from: &Sources) -> Option<Value> {
    let known = from.known.coaches.get(&row.id).filter(|it| it.period.covers(period))?;
    let used = coached(&from.known.placed, &row.id, period);
    // In the fullest school year that the wave touches.
    let hours = school_years(period).map(|year| known.hours - hours_booked(&from.known.placed, &row.id, year)).min().unwrap_or(0);
    if known.most - used < 1 || hours < 1 {
        return None;
    }
    let mut map = written(row);
    map.insert("maximum".into(), json!(known.most - used));
    map.insert("uren".into(), json!(hours));
    more(&mut map, "lopend", used);
    Some(Value::Object(map))
}

fn candidates(wanted: &Wanted, from: &Sources) -> Result<Vec<Value>, Vec<Missing>> {
    let stands = |row: &Row, standing| row.standing == Some(standing);
    let Some(named) = &wanted.candidates else {
        return Ok(from.candidates.iter().filter(|row| stands(row, Standing::Wacht)).map(|row| candidate(row, from)).collect());
    };
    let known: BTreeMap<&str, &Row> = from.candidates.iter().map(|row| (row.id.as_str(), row)).collect();
    let mut missing = Vec::new();
    let mut rows = Vec::new();
    for (at, id) in named.iter().enumerate() {
        match known.get(id.as_str()) {
            Some(row) if stands(row, Standing::Gestopt) => missing.push(Missing { at, stopped: true }),
            Some(row) => rows.push(candidate(row, from)),
            None => missing.push(Missing { at, stopped: false }),
        }
    }
    if missing.is_empty() { Ok(rows) } else { Err(missing) }
}

/// A candidate with the coach and school of the last published placement.
fn candidate(row: &Row, from: &Sources) -> Value {
    let mut map = written(row);
    let own = from.known.placed.iter().filter(|it| it.candidate == row.id);
    if let Some(last) = own.max_by_key(|it| (it.period.from, it.period.until)) {
        map.insert("huidige_coach".into(), json!(last.coach));
        map.insert("huidige_school".into(), json!(last.school));
    }
    Value::Object(map)
}
