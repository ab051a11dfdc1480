//! What the log says of seats, read back: for the board whose seats they are.

use serde::Deserialize;

use super::what::What;
use crate::access::Role;

/// What was done to seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// They were put.
    Put {
        /// Which.
        seat: String,
        /// What they were; nothing for new ones.
        was: Option<Row>,
        /// What they became.
        row: Row,
        /// By the board itself, or by the intermediary for it.
        by: Role,
    },
    /// They were removed.
    Removed {
        /// Which.
        seat: String,
        /// What they were.
        was: Row,
    },
    /// All were confirmed.
    Confirmed {
        /// How many rows.
        rows: i64,
        /// By the board itself, or by the intermediary for it.
        by: Role,
    },
}

/// Seats as the log has them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Row {
    /// The bouw.
    pub bouw: String,
    /// How many.
    #[serde(rename = "aantal")]
    pub count: i64,
    /// Whether they may be used.
    pub open: bool,
    /// Why not.
    #[serde(rename = "reden")]
    pub reason: Option<String>,
}

#[derive(Deserialize)]
struct Put {
    plek: String,
    was: Option<Row>,
    wordt: Row,
    door: Role,
}

#[derive(Deserialize)]
struct Removed {
    plek: String,
    was: Row,
}

#[derive(Deserialize)]
struct Confirmed {
    plekken: i64,
    door: Role,
}

/// What a line of the log says of seats; nothing when it is about something else, or of before it said this.
pub fn told(what: What, content: &str) -> Option<Told> {
    match what {
        What::SeatsPut => {
            let Put { plek, was, wordt, door } = serde_json::from_str(content).ok()?;
            Some(Told::Put { seat: plek, was, row: wordt, by: door })
        }
        What::SeatsRemoved => {
            let Removed { plek, was } = serde_json::from_str(content).ok()?;
            Some(Told::Removed { seat: plek, was })
        }
        What::SeatsConfirmed => {
            let Confirmed { plekken, door } = serde_json::from_str(content).ok()?;
            Some(Told::Confirmed { rows: plekken, by: door })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_about_seats_are_read_back() {
        let put = r#"{ "bestuur": "B1", "school": "S1", "plek": "p", "was": null, "wordt": { "van": "2027-02-01", "tot": null,
            "bouw": "onderbouw", "aantal": 2, "gegevens": {}, "open": false, "reden": "team-vol" }, "door": "bestuur" }"#;
        let row = Row { bouw: "onderbouw".into(), count: 2, open: false, reason: Some("team-vol".into()) };
        assert_eq!(told(What::SeatsPut, put), Some(Told::Put { seat: "p".into(), was: None, row, by: Role::Bestuur }));
        let confirmed = r#"{ "vanaf": "2026-11-01", "plekken": 9, "versie": 4, "door": "intermediair" }"#;
        assert_eq!(told(What::SeatsConfirmed, confirmed), Some(Told::Confirmed { rows: 9, by: Role::Intermediair }));
        assert_eq!((told(What::SeatsPut, "{}"), told(What::WaveMade, confirmed)), (None, None));
    }
}
