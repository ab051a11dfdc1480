//! A kept answer to what happens when each coach drops out, read back as typed records. What is kept has ids only.

use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::{Word, words};
use serde::Deserialize;

use crate::store::Error;

/// What happens when each drops out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Stress {
    /// The id of who would be missed most.
    #[serde(rename = "zwakste")]
    pub weakest: Option<String>,
    /// Whether everybody was looked at.
    #[serde(rename = "volledig")]
    pub complete: bool,
    /// One drop-out after the other.
    #[serde(rename = "uitval")]
    pub spots: Vec<Spot>,
}

words! {
    /// What drops out.
    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum GoneKind {
        /// A coach.
        Coach = "coach",
        /// A school.
        School = "school",
    }
}

/// What happens when one drops out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Spot {
    /// What it is.
    #[serde(rename = "soort")]
    pub kind: GoneKind,
    /// Its id.
    pub id: String,
    /// How the rerun ended.
    #[serde(rename = "status")]
    pub ended: Ended,
    /// Whom it had, and where they go.
    #[serde(rename = "mensen")]
    pub people: Vec<Person>,
    /// Who had a place and has none then.
    #[serde(rename = "blijven_over")]
    pub left: Vec<String>,
    /// Who gives up what could be kept.
    #[serde(rename = "gewijzigd")]
    pub changed: Vec<String>,
    /// Who stands by.
    #[serde(rename = "invaller")]
    pub stand_by: Option<StandBy>,
    /// Goals before and then.
    #[serde(rename = "doelen")]
    pub goals: Vec<Goal>,
}

/// How a rerun ended, by its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Ended(pub Verdict);

impl TryFrom<String> for Ended {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        Verdict::parse(&word).map(Self).ok_or_else(|| format!("{word} is geen afloop"))
    }
}

/// Somebody who loses what dropped out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Person {
    /// Who.
    #[serde(rename = "kandidaat")]
    pub candidate: String,
    /// Where then; none for nowhere.
    #[serde(rename = "nu")]
    pub now: Option<At>,
}

/// A place by ids.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct At {
    /// The coach.
    pub coach: String,
}

/// Who takes over most.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StandBy {
    /// The coach.
    pub coach: String,
    /// How many this coach takes over.
    #[serde(rename = "neemt_over")]
    pub takes: usize,
    /// How many this coach could take over, were there room.
    #[serde(rename = "zou_kunnen")]
    pub could: usize,
}

/// A goal before and then.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Goal {
    /// Its name.
    #[serde(rename = "naam")]
    pub name: String,
    /// Before.
    pub was: i64,
    /// Then.
    #[serde(rename = "nu")]
    pub now: i64,
}

impl Stress {
    /// Reads an answer as it was kept.
    ///
    /// # Errors
    /// When what was kept is no such answer.
    pub fn read(answer: &[u8]) -> Result<Self, Error> {
        Ok(serde_json::from_slice(answer)?)
    }
}

impl Spot {
    /// Others who give up what could be kept: not the own people of who dropped out.
    pub fn along(&self) -> impl Iterator<Item = &String> {
        self.changed.iter().filter(|id| self.people.iter().all(|it| it.candidate != **id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_as_it_is_kept_is_read_and_anything_else_refused() {
        let text = r#"{"lichting":"w","zwakste":"K1","volledig":true,"uitval":[{"soort":"coach","id":"K1","status":"optimaal",
            "mensen":[{"kandidaat":"Z1","was":{"school":"S","plek":"p","coach":"K1"},"nu":{"school":"S","plek":"p","coach":"K2"}},
            {"kandidaat":"Z2","was":{"school":"S","plek":"p","coach":"K1"},"nu":null}],"blijven_over":["Z2"],"gewijzigd":["Z1","Z3"],
            "invaller":{"coach":"K2","neemt_over":1,"zou_kunnen":2},"doelen":[{"naam":"passing","was":10,"nu":8}]}]}"#;
        let read = Stress::read(text.as_bytes()).unwrap();
        let spot = &read.spots[0];
        assert_eq!((read.weakest.as_deref(), spot.ended.0, spot.left.len(), spot.along().count()), (Some("K1"), Verdict::Optimal, 1, 1));
        assert_eq!(spot.people[0].now.as_ref().map(|it| it.coach.as_str()), Some("K2"));
        assert!(Stress::read(br#"{"volledig":true}"#).is_err());
        assert!(Stress::read(text.replace("optimaal", "vast wel").as_bytes()).is_err());
    }
}
