//! What one more seat would bring a board, read from the answer that was kept.

use loket_solver::matching::facts::words::{Bouw, Word};
use serde::Deserialize;

use crate::store::Error;

/// What one more seat of a group would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gain {
    /// The school.
    pub school: String,
    /// The seat group.
    pub seat: String,
    /// Its bouw.
    pub bouw: Option<Bouw>,
    /// So many more people have a place.
    pub more_placed: i64,
    /// So many others get another place.
    pub moves: i64,
}

/// What is kept about a board's seats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worth {
    /// Seats that would bring something, the most worth first.
    pub gains: Vec<Gain>,
    /// Changes that were worked out and bring nothing.
    pub idle: i64,
    /// Whether it was cut off.
    pub stopped: bool,
}

#[derive(Deserialize)]
struct Answer {
    schaarste: Option<Scarcity>,
}

#[derive(Deserialize)]
struct Scarcity {
    veranderingen: Vec<Change>,
    zonder_effect: i64,
    gestopt: bool,
}

#[derive(Deserialize)]
struct Change {
    wat: What,
    meer_geplaatst: i64,
    prijs: Price,
}

#[derive(Deserialize)]
struct What {
    soort: String,
    school: Option<String>,
    plek: Option<String>,
    bouw: Option<String>,
}

/// A price that is no price has no number of moves.
#[derive(Deserialize)]
struct Price {
    verhuizingen: Option<i64>,
}

impl Worth {
    /// Reads what was kept; what is about something else than a seat group is left out.
    ///
    /// # Errors
    /// When what was kept is no such answer.
    pub fn read(answer: &[u8]) -> Result<Self, Error> {
        let Some(found) = serde_json::from_slice::<Answer>(answer)?.schaarste else { return Ok(Self::default()) };
        let one = |it: Change| {
            let (school, seat) = it.wat.school.zip(it.wat.plek).filter(|_| it.wat.soort == "grens")?;
            let moves = it.prijs.verhuizingen?;
            // Whoever gets a place is no other who moves.
            let (more_placed, moves) = (it.meer_geplaatst, (moves - it.meer_geplaatst.max(0)).max(0));
            Some(Gain { school, seat, bouw: it.wat.bouw.as_deref().and_then(Bouw::parse), more_placed, moves })
        };
        let gains = found.veranderingen.into_iter().filter_map(one).collect();
        Ok(Self { gains, idle: found.zonder_effect, stopped: found.gestopt })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_for_a_board_is_read_as_what_one_more_seat_brings() {
        let kept = br#"{ "schaarste": { "veranderingen": [
            { "verandering": "een plek meer", "wat": { "soort": "grens", "regel": "plekken", "erbij": 1, "school": "S1", "plek": "p",
              "bouw": "bovenbouw" }, "door": { "soort": "bestuur" }, "meer_geplaatst": 1,
              "prijs": { "doelen": [], "verhuizingen": 4, "minste_verhuizingen": 4, "bewezen": true, "meer_geplaatst": 1 } },
            { "verandering": "verder reizen", "wat": { "soort": "reistijd", "erbij": 5 }, "door": { "soort": "kandidaat" }, "meer_geplaatst": 1,
              "prijs": { "verhuizingen": 1 } },
            { "verandering": "kan niet", "wat": { "soort": "grens", "school": "S2", "plek": "q" }, "door": { "soort": "bestuur" },
              "meer_geplaatst": 0, "prijs": { "onmogelijk": true } } ],
            "zonder_effect": 4, "kandidaten": 7, "gestopt": false } }"#;
        let worth = Worth::read(kept).expect("an answer");
        let gain = Gain { school: "S1".into(), seat: "p".into(), bouw: Some(Bouw::Bovenbouw), more_placed: 1, moves: 3 };
        assert_eq!(worth, Worth { gains: vec![gain], idle: 4, stopped: false });
        assert_eq!(Worth::read(b"{}").expect("nothing"), Worth::default());
        assert!(Worth::read(b"[").is_err());
    }
}
