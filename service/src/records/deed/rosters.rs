//! What was done with rosters.

use serde::Serialize;

use super::{Deed, What};
use crate::records::dossier::Who;
use crate::records::invitation::Way;
use crate::records::register::Kind;
use crate::records::roster::{Because, Fallout, Named, Said};

/// A deed about a roster, which is the subject of its line.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Rostered<'a> {
    /// A roster was made.
    Made {
        /// Which of the four problems it is.
        #[serde(rename = "soort")]
        kind: &'a str,
        /// Hash of its file.
        #[serde(rename = "invoer")]
        input: &'a str,
    },
    /// A roster was taken away.
    Dropped {
        /// Hash of its file.
        #[serde(rename = "invoer")]
        input: &'a str,
        /// How many runs went with it.
        #[serde(rename = "berekeningen")]
        runs: i64,
    },
    /// A run was put in line.
    Asked {
        /// Its id.
        #[serde(rename = "berekening")]
        run: &'a str,
        /// Hash of what is solved.
        #[serde(rename = "invoer")]
        input: &'a str,
        /// How many decisions it knows.
        #[serde(rename = "beslissingen")]
        decisions: i64,
    },
    /// Something was decided about somebody's meeting.
    Decided {
        /// Whose.
        #[serde(rename = "deelnemer")]
        unit: &'a str,
        /// Of visits about which half-day.
        #[serde(rename = "dagdeel", skip_serializing_if = "Option::is_none")]
        moment: Option<&'a str>,
        /// What.
        #[serde(rename = "besluit")]
        said: Said,
        /// What is locked or forbidden.
        #[serde(rename = "gegevens")]
        named: &'a Named,
        /// Why, of a rejection; words beside it are not in the log.
        #[serde(rename = "reden", skip_serializing_if = "Option::is_none")]
        because: Option<Because>,
        /// Whether the plan did it already.
        #[serde(rename = "gevolgd")]
        followed: bool,
    },
    /// A decision was taken back.
    Withdrawn {
        /// About whom.
        #[serde(rename = "deelnemer")]
        unit: &'a str,
        /// Of visits about which half-day.
        #[serde(rename = "dagdeel", skip_serializing_if = "Option::is_none")]
        moment: Option<&'a str>,
    },
    /// Somebody fell out: a plan was asked that changes little.
    FellOut {
        /// The run that works it out.
        #[serde(rename = "berekening")]
        run: &'a str,
        /// Who.
        #[serde(rename = "aanleiding")]
        cause: &'a Fallout,
    },
    /// Such a plan counts from now on.
    Accepted {
        /// The run whose plan it is.
        #[serde(rename = "aanvaard")]
        run: &'a str,
    },
    /// Such a plan was declined.
    Declined {
        /// The run whose plan it was.
        #[serde(rename = "afgewezen")]
        run: &'a str,
    },
    /// People were asked when they can and whether they come.
    Invited {
        /// Whom, by id.
        #[serde(rename = "personen")]
        people: &'a [String],
        /// The last day to answer.
        #[serde(rename = "voor")]
        by: &'a str,
    },
    /// Somebody said when that can be, or whether they come; what stands with the invitation.
    Said {
        /// Who.
        #[serde(rename = "persoon")]
        person: &'a str,
        /// How.
        #[serde(rename = "hoe")]
        way: Way,
        /// Whether the plan that counted did otherwise.
        #[serde(rename = "kan_niet_zo")]
        otherwise: bool,
    },
    /// A personal link was made.
    LinkMade {
        /// For whom.
        #[serde(rename = "persoon")]
        person: &'a str,
        /// The last moment that it counts (UTC milliseconds).
        #[serde(rename = "tot")]
        until: i64,
    },
    /// People are told of a plan.
    Published {
        /// The run whose plan it is.
        #[serde(rename = "gepubliceerd")]
        run: &'a str,
        /// Which time, from 1.
        #[serde(rename = "nummer")]
        number: i64,
    },
}

impl Rostered<'_> {
    /// Its word in the log.
    pub fn what(&self) -> What {
        match self {
            Self::Made { .. } => What::RosterMade,
            Self::Dropped { .. } => What::RosterDropped,
            Self::Asked { .. } => What::RosterAsked,
            Self::Decided { .. } => What::RosterDecided,
            Self::Withdrawn { .. } => What::RosterDecisionWithdrawn,
            Self::FellOut { .. } => What::RosterFallout,
            Self::Accepted { .. } => What::RosterAccepted,
            Self::Declined { .. } => What::RosterDeclined,
            Self::Invited { .. } => What::RosterInvited,
            Self::Said { .. } => What::RosterSaid,
            Self::LinkMade { .. } => What::RosterLinkMade,
            Self::Published { .. } => What::RosterPublished,
        }
    }

    /// Whom it is about. Who is planned may be a candidate of the register, and who leads a coach of it.
    pub(super) fn about(&self) -> Vec<Who> {
        match self {
            Self::Decided { unit, .. } | Self::Withdrawn { unit, .. } => vec![Who::new(Kind::Candidate, unit)],
            Self::FellOut { cause, .. } => {
                let people = cause.people.iter().map(|id| Who::new(Kind::Coach, id));
                people.chain(cause.units.iter().map(|id| Who::new(Kind::Candidate, id))).collect()
            }
            Self::Said { person, .. } | Self::LinkMade { person, .. } => either(person).into(),
            Self::Invited { people, .. } => people.iter().flat_map(|id| either(id)).collect(),
            Self::Made { .. }
            | Self::Dropped { .. }
            | Self::Asked { .. }
            | Self::Accepted { .. }
            | Self::Declined { .. }
            | Self::Published { .. } => Vec::new(),
        }
    }
}

/// Somebody of a roster, who may be a candidate or a coach of the register.
fn either(id: &str) -> [Who; 2] {
    [Who::new(Kind::Candidate, id), Who::new(Kind::Coach, id)]
}

impl<'a> From<Rostered<'a>> for Deed<'a> {
    fn from(deed: Rostered<'a>) -> Self {
        Self::Roster(deed)
    }
}
