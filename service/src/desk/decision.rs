//! What an intermediary decides about one proposal, and what the next run makes of it.

use loket_instances::matching::rows::{BanRow, LockRow};
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::words::words;
use loket_solver::matching::facts::words::{Status, Word};

words! {
    /// Why a proposal is rejected.
    pub enum Reason {
        /// The journey is too hard.
        Travel = "reis-te-zwaar",
        /// The bouw does not suit.
        Bouw = "bouw-past-niet",
        /// The school does not suit.
        School = "school-past-niet",
        /// The coach does not suit.
        Coach = "coach-past-niet",
        /// An earlier experience.
        Experience = "eerdere-ervaring",
        /// The candidate wishes so.
        CandidateWish = "wens-kandidaat",
        /// The school wishes so.
        SchoolWish = "wens-school",
        /// The candidate's health.
        Health = "gezondheid",
        /// Something else.
        Other = "anders",
    }
}

words! {
    /// How far a rejection reaches.
    pub enum Scope {
        /// This school, seat group and coach together.
        Placement = "plaatsing",
        /// This school with any coach.
        School = "school",
        /// This coach at any school.
        Coach = "coach",
    }
}

words! {
    /// What can be decided.
    pub enum Said {
        /// The proposal is agreed to.
        Akkoord = "akkoord",
        /// It is fixed.
        Vast = "vast",
        /// It is rejected.
        Afwijzen = "afwijzen",
        /// Another placement is chosen.
        Alternatief = "alternatief",
    }
}

/// A placement by ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The school.
    pub school: String,
    /// The seat group.
    pub seat: String,
    /// The coach.
    pub coach: String,
}

/// A decision about one candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The proposal is agreed to: the next run keeps it when it can.
    Agreed(Spot),
    /// The proposal is fixed: the next run must keep it.
    Fixed(Spot),
    /// The proposal is rejected.
    Rejected {
        /// What was proposed.
        spot: Spot,
        /// How far the rejection reaches.
        scope: Scope,
        /// Why.
        reason: Reason,
    },
    /// Another placement is chosen: the next run must use it.
    Chosen {
        /// Where.
        spot: Spot,
        /// Rules that are knowingly overruled.
        despite: Vec<RuleCode>,
    },
}

impl Decision {
    /// What was decided, in one word.
    pub fn said(&self) -> Said {
        match self {
            Self::Agreed(_) => Said::Akkoord,
            Self::Fixed(_) => Said::Vast,
            Self::Rejected { .. } => Said::Afwijzen,
            Self::Chosen { .. } => Said::Alternatief,
        }
    }

    /// The placement it is about.
    pub fn spot(&self) -> &Spot {
        match self {
            Self::Agreed(spot) | Self::Fixed(spot) | Self::Rejected { spot, .. } | Self::Chosen { spot, .. } => spot,
        }
    }

    /// Whether it sets the proposal aside.
    pub fn overrules(&self) -> bool {
        matches!(self, Self::Rejected { .. } | Self::Chosen { .. })
    }

    /// The lock it puts into the next run's file.
    pub fn lock(&self, candidate: &str) -> Option<LockRow> {
        let despite = match self {
            Self::Fixed(_) => None,
            Self::Chosen { despite, .. } => Some(despite.clone()).filter(|rules| !rules.is_empty()),
            Self::Agreed(_) | Self::Rejected { .. } => return None,
        };
        let spot = self.spot().clone();
        Some(LockRow {
            candidate: candidate.to_owned(),
            school: Some(spot.school),
            seat: Some(spot.seat),
            coach: Some(spot.coach),
            despite,
            ..LockRow::default()
        })
    }

    /// The prohibition it puts into the next run's file.
    pub fn prohibition(&self, candidate: &str) -> Option<BanRow> {
        let Self::Rejected { spot, scope, reason } = self else { return None };
        let row = BanRow { candidate: candidate.to_owned(), reason: reason.code().to_owned(), ..BanRow::default() };
        let Spot { school, seat, coach } = spot.clone();
        Some(match scope {
            Scope::Placement => BanRow { school: Some(school), seat: Some(seat), coach: Some(coach), ..row },
            Scope::School => BanRow { school: Some(school), ..row },
            Scope::Coach => BanRow { coach: Some(coach), ..row },
        })
    }

    /// Status of the proposal in the next run's previous plan; `None` when it must not stand there.
    pub fn status(&self, proposal: &Spot) -> Option<Status> {
        match self {
            Self::Agreed(spot) | Self::Fixed(spot) if spot == proposal => Some(Status::Akkoord),
            Self::Rejected { spot, .. } if spot == proposal => None,
            _ => Some(Status::Voorgesteld),
        }
    }
}
