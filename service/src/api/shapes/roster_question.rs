//! Questions about a roster as answers: what else is possible for somebody, and what that costs.

use serde::Serialize;
use utoipa::ToSchema;

use super::roster::Roosterkeuze;
use super::work::Werk;
use crate::actions::questions::Put;
use crate::actions::rosters::elsewhere::Answered;
use crate::present::elsewhere::{Place, Price};

/// Een vraag over een rooster met haar antwoord, als het er is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roostervraag {
    /// Het id
    pub id: String,
    /// Over welke berekening
    pub berekening: String,
    /// Over wie
    pub deelnemer: String,
    /// Wat er nog meer kan, in volgorde van tijd; null zolang dat niet uitgezocht is
    pub mogelijkheden: Option<Vec<Roostermogelijkheid>>,
    /// Of alles is uitgezocht
    pub volledig: bool,
    /// Hoe ver het is
    #[serde(flatten)]
    pub werk: Werk,
}

impl Roostervraag {
    /// A question with what is known of its answer.
    pub fn of(put: Put, answer: Answered) -> Self {
        let (found, whole) = match answer {
            Answered::There(found, whole) => (Some(found.places), whole),
            Answered::NotAsked | Answered::Coming | Answered::Failed => (None, false),
        };
        Self {
            werk: Werk::from(&put.job),
            deelnemer: put.job.question.unit().unwrap_or_default().to_owned(),
            id: put.job.id,
            berekening: put.run,
            mogelijkheden: found.map(|all| all.into_iter().map(Roostermogelijkheid::from).collect()),
            volledig: whole,
        }
    }
}

/// Een andere plaats voor iemand, en wat die kost
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roostermogelijkheid {
    /// De plaats, zoals een besluit haar vastzet
    pub gegevens: Roosterkeuze,
    /// De dagdelen, als 2026-09-07-o
    pub dagdelen: Vec<String>,
    /// Wat elk doel dan verandert, als al het andere zo goed mogelijk opnieuw gepland wordt; null is niet uitgezocht, of het kan niet
    pub prijs: Option<Vec<Roosterprijs>>,
    /// De regels waardoor het niet samengaat met wat vaststaat; null is dat het kan, of niet uitgezocht is
    pub regels: Option<Vec<String>>,
}

impl From<Place> for Roostermogelijkheid {
    fn from(it: Place) -> Self {
        let at = it.named;
        Self {
            gegevens: Roosterkeuze { dagdeel: at.moment, locatie: at.location, reeks: at.series, aanbod: at.offer, persoon: at.person },
            dagdelen: it.moments,
            prijs: it.price.map(|all| all.into_iter().map(Roosterprijs::from).collect()),
            regels: it.rules,
        }
    }
}

/// Wat een doel verandert
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosterprijs {
    /// Het doel
    pub doel: String,
    /// Punten; minder dan nul is slechter
    pub prijs: i64,
}

impl From<Price> for Roosterprijs {
    fn from(it: Price) -> Self {
        Self { doel: it.goal, prijs: it.points }
    }
}
