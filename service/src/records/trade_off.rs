//! A kept answer to what more moves would bring, read back as typed records.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::store::Error;

/// What more moves would bring.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TradeOff {
    /// Each number of moves, from none.
    #[serde(rename = "regels")]
    pub rows: Vec<Row>,
    /// Whether more moves than in the last row bring nothing.
    #[serde(rename = "volledig")]
    pub complete: bool,
}

/// What so many moves buy.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Row {
    /// How many more may move.
    pub extra: u32,
    /// How many move who could stay.
    #[serde(rename = "gewijzigd")]
    pub moved: usize,
    /// What each goal is worth then, by its name.
    #[serde(rename = "waarden")]
    pub values: BTreeMap<String, i64>,
}

impl TradeOff {
    /// Reads an answer as it was kept; nothing when no plan was found.
    ///
    /// # Errors
    /// When what was kept is no such answer.
    pub fn read(answer: &[u8]) -> Result<Option<Self>, Error> {
        #[derive(Deserialize)]
        struct Answer {
            afruil: Option<TradeOff>,
        }
        Ok(serde_json::from_slice::<Answer>(answer)?.afruil)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_as_it_is_kept_is_read_and_anything_else_refused() {
        let text = br#"{"afruil":{"regels":[{"extra":0,"gewijzigd":5,"waarden":{"passing":10}}],"volledig":false}}"#;
        let read = TradeOff::read(text).unwrap().unwrap();
        assert_eq!((read.rows[0].moved, read.rows[0].values["passing"], read.complete), (5, 10, false));
        assert_eq!(TradeOff::read(br#"{"afruil":null}"#).unwrap(), None);
        assert!(TradeOff::read(br#"{"afruil":{}}"#).is_err());
    }
}
