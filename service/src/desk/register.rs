//! What a complete wave file tells the register: its boards, schools, seats, coaches and candidates as rows.

use loket_instances::matching::row::Row;
use loket_instances::matching::rows::{SchoolRow, SeatRow};
use loket_instances::matching::wave_file::WaveFile;

/// One row: its id, where it belongs (a school's board, a seat group's school), and the whole of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The board of a school, the school of a seat group; empty otherwise.
    pub of: String,
    /// What the format has for it.
    pub row: Row,
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

/// The rows of a wave file that holds no names of people.
pub fn rows(file: &WaveFile) -> Rows {
    let entry = |id: &String, row| Entry { id: id.clone(), of: String::new(), row };
    let seat =
        |school: &SchoolRow, seat: &SeatRow| Entry { id: seat.id().to_owned(), of: school.id.clone(), row: Row::Seats(seat.clone()) };
    let school = |school: &SchoolRow| Entry {
        of: school.board.clone(),
        ..entry(&school.id, Row::School(SchoolRow { seats: Vec::new(), ..school.clone() }))
    };
    Rows {
        boards: file.boards.iter().map(|row| entry(&row.id, Row::Board(row.clone()))).collect(),
        schools: file.schools.iter().map(school).collect(),
        seats: file.schools.iter().flat_map(|school| school.seats.iter().map(move |it| seat(school, it))).collect(),
        coaches: file.coaches.iter().map(|row| entry(&row.id, Row::Coach(row.clone()))).collect(),
        candidates: file.candidates.iter().map(|row| entry(&row.id, Row::Candidate(row.clone()))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::register::data;
    use serde_json::{Value, json};

    #[test]
    fn a_file_becomes_rows_each_with_where_it_belongs() {
        let file = json!({
            "formaat": "loket-lichting/1", "id": "w", "fase": "opleiding",
            "besturen": [{ "id": "B1", "maximum": null }],
            "scholen": [{ "id": "S1", "bestuur": "B1", "lat": 52.0, "plekken": [{ "bouw": "onderbouw", "aantal": 1 }, { "id": "p", "bouw": "bovenbouw", "aantal": 2 }] }],
            "coaches": [{ "id": "K1", "maximum": 9, "uren": 540 }], "kandidaten": [{ "id": "Z1", "bouwen": ["onderbouw"] }],
            "reistijden": [{ "van": "K1", "naar": "S1", "minuten": 1 }, { "van": "Z1", "naar": "S1", "minuten": 1 }],
        });
        let rows = rows(&WaveFile::read(file.to_string().as_bytes()).unwrap());
        assert_eq!(Value::Object(data(&rows.boards[0].row)), json!({}));
        assert_eq!((rows.schools[0].of.as_str(), data(&rows.schools[0].row).len()), ("B1", 1));
        let seats: Vec<_> = rows.seats.iter().map(|it| (it.of.as_str(), it.id.as_str())).collect();
        assert_eq!(seats, [("S1", "onderbouw"), ("S1", "p")]);
        assert_eq!((rows.coaches.len(), rows.candidates[0].id.as_str()), (1, "Z1"));
    }
}
