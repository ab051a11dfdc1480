//! Kept answers to who could exchange placements and who comes in first, read back as typed records. What is kept has ids only.

use serde::Deserialize;

use crate::store::Error;

/// The best exchange.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Exchange {
    /// People who each take the placement of the next.
    #[serde(rename = "rondes")]
    pub cycles: Vec<Cycle>,
}

/// People who each take the placement of the next, the last that of the first.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Cycle {
    /// Who.
    #[serde(rename = "mensen")]
    pub people: Vec<Mover>,
    /// Whether every rule also holds when this cycle is the only one.
    #[serde(rename = "kan_zonder_andere_rondes")]
    pub alone: bool,
}

/// Somebody who takes the placement of another.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Mover {
    /// Who.
    #[serde(rename = "kandidaat")]
    pub candidate: String,
    /// The placement that was published.
    #[serde(rename = "van")]
    pub from: Place,
    /// That of another.
    #[serde(rename = "naar")]
    pub to: Place,
    /// How well they suit.
    #[serde(rename = "passing")]
    pub fit: Fit,
}

/// A place by ids.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Place {
    /// The school.
    pub school: String,
    /// The seat group.
    #[serde(rename = "plek")]
    pub seat: String,
    /// The coach.
    pub coach: String,
}

/// Points of the goal passing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Fit {
    /// As it was published.
    #[serde(rename = "voor")]
    pub was: i64,
    /// After the exchange.
    #[serde(rename = "na")]
    pub now: i64,
}

/// Who comes in first when somebody falls out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct WaitingList {
    /// How many people are expected to fall out, rounded up.
    #[serde(rename = "naar_verwachting_uitval")]
    pub expected: usize,
    /// Whether every drop-out was looked at to the end.
    #[serde(rename = "volledig")]
    pub complete: bool,
    /// Who, the first on top.
    #[serde(rename = "wachtlijst")]
    pub people: Vec<Waiter>,
}

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Waiter {
    /// Who.
    #[serde(rename = "kandidaat")]
    pub candidate: String,
    /// How many single drop-outs would make a place.
    #[serde(rename = "plaats_bij_uitval_van")]
    pub dropouts: usize,
    /// How often those are expected, in thousandths.
    #[serde(rename = "verwacht_per_duizend")]
    pub expected: i64,
}

impl Exchange {
    /// Reads an answer as it was kept; nothing when time was up before one was found.
    ///
    /// # Errors
    /// When what was kept is no such answer.
    pub fn read(answer: &[u8]) -> Result<Option<Self>, Error> {
        #[derive(Deserialize)]
        struct Answer {
            ruil: Option<Exchange>,
        }
        Ok(serde_json::from_slice::<Answer>(answer)?.ruil)
    }
}

impl WaitingList {
    /// Reads an answer as it was kept.
    ///
    /// # Errors
    /// When what was kept is no such answer.
    pub fn read(answer: &[u8]) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Answer {
            wachtlijst: WaitingList,
        }
        Ok(serde_json::from_slice::<Answer>(answer)?.wachtlijst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_as_they_are_kept_are_read_and_anything_else_refused() {
        let text = br#"{"ruil":{"lichting":"w","rondes":[{"mensen":[{"kandidaat":"Z1","van":{"school":"S1","plek":"p","coach":"K1"},
            "naar":{"school":"S2","plek":"p","coach":"K2"},"passing":{"voor":3,"na":5}}],"kan_zonder_andere_rondes":true}]}}"#;
        let read = Exchange::read(text).unwrap().unwrap();
        let person = &read.cycles[0].people[0];
        assert_eq!((person.to.school.as_str(), person.fit.was, person.fit.now, read.cycles[0].alone), ("S2", 3, 5, true));
        assert_eq!(Exchange::read(br#"{"ruil":null}"#).unwrap(), None);
        assert!(Exchange::read(br#"{"ruil":{}}"#).is_err());
        let text = br#"{"wachtlijst":{"naar_verwachting_uitval":2,"volledig":true,
            "wachtlijst":[{"kandidaat":"Z9","plaats_bij_uitval_van":4,"verwacht_per_duizend":400}]}}"#;
        let read = WaitingList::read(text).unwrap();
        assert_eq!((read.expected, read.complete, read.people[0].dropouts, read.people[0].expected), (2, true, 4, 400));
        assert!(WaitingList::read(br#"{"wachtlijst":null}"#).is_err());
    }
}
