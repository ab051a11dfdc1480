//! What a complete wave file tells the register: its boards, schools, seats, coaches and candidates as rows.

use serde_json::{Map, Value};

/// One row: its id, where it belongs (a school's board, a seat group's school), and the rest of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The board of a school, the school of a seat group; empty otherwise.
    pub of: String,
    /// Everything else that the format has for it.
    pub data: Map<String, Value>,
}

/// The rows of a wave file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Boards.
    pub boards: Vec<Entry>,
    /// Schools, without their seats.
    pub schools: Vec<Entry>,
    /// Seat groups.
    pub seats: Vec<Entry>,
    /// Coaches.
    pub coaches: Vec<Entry>,
    /// Candidates.
    pub candidates: Vec<Entry>,
}

/// The rows of a wave file that was checked and holds no names of people.
pub fn rows(file: &Value) -> Rows {
    let list = |key: &str| file[key].as_array().into_iter().flatten();
    let plain = |key: &str| list(key).filter_map(|row| entry(row, None, "")).collect();
    let mut rows = Rows { boards: plain("besturen"), coaches: plain("coaches"), candidates: plain("kandidaten"), ..Rows::default() };
    for school in list("scholen") {
        let Some(mut kept) = entry(school, Some("bestuur"), "") else { continue };
        kept.data.shift_remove("plekken");
        for seat in school["plekken"].as_array().into_iter().flatten() {
            rows.seats.extend(entry(seat, None, &kept.id));
        }
        rows.schools.push(kept);
    }
    rows
}

/// A row by its id; a seat group's is its bouw when it has none of its own.
fn entry(row: &Value, parent: Option<&str>, of: &str) -> Option<Entry> {
    let mut data = row.as_object()?.clone();
    let id = data.shift_remove("id").filter(|it| !it.is_null()).or_else(|| data.get("bouw").cloned())?;
    let of = match parent {
        Some(key) => data.shift_remove(key)?.as_str()?.to_owned(),
        None => of.to_owned(),
    };
    data.retain(|_, value| !value.is_null());
    Some(Entry { id: id.as_str()?.to_owned(), of, data })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_file_becomes_rows_each_with_where_it_belongs() {
        let file = json!({
            "besturen": [{ "id": "B1", "maximum": null }],
            "scholen": [{ "id": "S1", "bestuur": "B1", "lat": 52.0, "plekken": [{ "bouw": "onderbouw", "aantal": 1 }, { "id": "p", "bouw": "bovenbouw", "aantal": 2 }] }],
            "coaches": [{ "id": "K1", "maximum": 9, "uren": 540 }], "kandidaten": [{ "id": "Z1", "bouwen": ["onderbouw"] }],
        });
        let rows = rows(&file);
        assert_eq!(Value::Object(rows.boards[0].data.clone()), json!({}));
        assert_eq!((rows.schools[0].of.as_str(), rows.schools[0].data.len()), ("B1", 1));
        let seats: Vec<_> = rows.seats.iter().map(|it| (it.of.as_str(), it.id.as_str())).collect();
        assert_eq!(seats, [("S1", "onderbouw"), ("S1", "p")]);
        assert_eq!((rows.coaches.len(), rows.candidates[0].id.as_str()), (1, "Z1"));
    }
}
