//! Reads the whole register at one moment, for a wave that is made from it.

use loket_instances::matching::row::{self, read_row};
use serde_json::{Map, Value, json};

use super::capacity::Seats;
use super::register::{Kind, Row};
use super::{Error, Result, Store, Tx};
use crate::desk::prefill::Sources;
use crate::desk::room::Period;
use crate::records::candidate_state::CandidateState;

impl Store {
    /// The register for a wave in this period.
    pub async fn sources(&self, when: Period, held_months: u32) -> Result<Sources> {
        let mut tx: Tx = self.reader().begin().await?;
        let mut known = self.known_in(&mut tx, when).await?;
        // Also those that ended long ago: they tell whose candidate somebody was.
        known.placed = self.placements_from_in(&mut tx, "").await?;
        let boards = self.all_rows_in(&mut tx, Kind::Board).await?;
        let schools = self.all_rows_in(&mut tx, Kind::School).await?;
        let coaches = self.all_rows_in(&mut tx, Kind::Coach).await?;
        let candidates = self.all_rows_in(&mut tx, Kind::Candidate).await?;
        // Off the runtime's threads: a register may be large.
        let read = move || {
            let mut from = Sources { held_months, ..Sources::default() };
            for (seats, _) in &known.seats {
                if let row::Row::Seats(row) = seat(seats)? {
                    from.seats.push(row);
                }
            }
            from.known = known;
            for (kind, rows) in [
                (row::Kind::Board, &boards),
                (row::Kind::School, &schools),
                (row::Kind::Coach, &coaches),
                (row::Kind::Candidate, &candidates),
            ] {
                for row in rows {
                    match typed(kind, row)? {
                        row::Row::Board(board) => from.boards.push(board),
                        row::Row::School(school) => from.schools.push(school),
                        row::Row::Coach(coach) => from.coaches.push(coach),
                        row::Row::Candidate(it) => from.candidates.push((it, row.state.unwrap_or(CandidateState::Waits))),
                        row::Row::Seats(_) => {}
                    }
                }
            }
            Ok(from)
        };
        tokio::task::spawn_blocking(read).await.map_err(|error| Error::Other(error.to_string()))?
    }
}

/// A row of the register as the format has it.
fn typed(kind: row::Kind, row: &Row) -> Result<row::Row> {
    let mut keys = Map::new();
    keys.insert("id".into(), json!(row.id));
    if let Some(board) = row.board.as_ref().filter(|_| kind == row::Kind::School) {
        keys.insert("bestuur".into(), json!(board));
    }
    keys.extend(row.data.clone());
    parsed(kind, &row.id, keys)
}

fn seat(seats: &Seats) -> Result<row::Row> {
    let mut keys = Map::new();
    keys.insert("id".into(), json!(seats.id));
    keys.insert("bouw".into(), json!(seats.bouw));
    keys.insert("aantal".into(), json!(seats.count));
    keys.extend(seats.data.clone());
    parsed(row::Kind::Seats, &seats.id, keys)
}

fn parsed(kind: row::Kind, id: &str, keys: Map<String, Value>) -> Result<row::Row> {
    let text = Value::Object(keys).to_string();
    read_row(kind, text.as_bytes(), &[]).map_err(|refusal| Error::Corrupt(format!("rij {id} van het register: {refusal}")))
}
