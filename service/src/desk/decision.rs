//! What an intermediary decides about one proposal, and what the next run makes of it.

use loket_instances::matching::rows::{BanRow, LockRow, SchoolRow};
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::words::{Status, words};

/// Stands in a file for why something is forbidden by a decision.
pub(super) const BY_DECISION: &str = "besluit";

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
        /// Every school of this school's board, with any coach.
        Board = "bestuur",
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

impl Said {
    /// Keys that must be said along with it, and keys that may be; others are not its own. What must name its placement chooses one, also
    /// for who has no proposal; the rest is about the proposal. Only `akkoord` may be about having no place.
    pub fn keys(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Akkoord | Self::Vast => (&[], &[]),
            Self::Afwijzen => (&["reden", "reikwijdte"], &["tot"]),
            Self::Alternatief => (&["plaatsing"], &["ondanks"]),
        }
    }
}

/// What is said along with a decision; [`Said::keys`] names which of it goes with which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Along {
    /// Why.
    pub reason: Option<Reason>,
    /// How far it reaches.
    pub scope: Option<Scope>,
    /// Rules that are knowingly overruled.
    pub despite: Vec<RuleCode>,
    /// The last day it binds, yyyy-mm-dd; nothing for without end.
    pub until: Option<String>,
}

impl Along {
    /// Its keys.
    pub const KEYS: [&'static str; 4] = ["reden", "reikwijdte", "ondanks", "tot"];
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
    /// That there is no place is agreed to: the candidate goes on to the next wave. It binds no run; one that does propose a place asks anew.
    Left,
    /// The proposal is fixed: the next run must keep it.
    Fixed(Spot),
    /// The proposal is rejected.
    Rejected {
        /// What was proposed.
        spot: Spot,
        /// How far the rejection reaches.
        scope: Scope,
        /// Why; nothing once what is kept of the candidate was erased.
        reason: Option<Reason>,
        /// The last day it binds, yyyy-mm-dd; nothing for without end.
        until: Option<String>,
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
    /// The decision that was said about a placement, or about having none.
    ///
    /// # Errors
    /// The keys that it lacks.
    pub fn of(said: Said, spot: Option<Spot>, along: Along) -> Result<Self, Vec<&'static str>> {
        let Along { reason, scope, despite, until } = along;
        let spot = match (said, spot) {
            (Said::Akkoord, None) => return Ok(Self::Left),
            (_, None) => return Err(vec!["plaatsing"]),
            (_, Some(spot)) => spot,
        };
        match said {
            Said::Akkoord => Ok(Self::Agreed(spot)),
            Said::Vast => Ok(Self::Fixed(spot)),
            Said::Afwijzen => match (reason, scope) {
                (Some(_), Some(scope)) => Ok(Self::Rejected { spot, scope, reason, until }),
                (Some(_), None) => Err(vec!["reikwijdte"]),
                (None, Some(_)) => Err(vec!["reden"]),
                (None, None) => Err(vec!["reden", "reikwijdte"]),
            },
            Said::Alternatief => Ok(Self::Chosen { spot, despite }),
        }
    }

    /// The same without why; nothing when it does not say why.
    pub fn without_reason(&self) -> Option<Self> {
        match self {
            Self::Rejected { spot, scope, reason: Some(_), until } => {
                Some(Self::Rejected { spot: spot.clone(), scope: *scope, reason: None, until: until.clone() })
            }
            Self::Rejected { .. } | Self::Agreed(_) | Self::Left | Self::Fixed(_) | Self::Chosen { .. } => None,
        }
    }

    /// What was said along with it: of this, its word and its placement, [`Decision::of`] makes it again.
    pub fn along(&self) -> Along {
        match self {
            Self::Agreed(_) | Self::Left | Self::Fixed(_) => Along::default(),
            Self::Rejected { scope, reason, until, .. } => {
                Along { reason: *reason, scope: Some(*scope), until: until.clone(), ..Along::default() }
            }
            Self::Chosen { despite, .. } => Along { despite: despite.clone(), ..Along::default() },
        }
    }

    /// What was decided, in one word.
    pub fn said(&self) -> Said {
        match self {
            Self::Agreed(_) | Self::Left => Said::Akkoord,
            Self::Fixed(_) => Said::Vast,
            Self::Rejected { .. } => Said::Afwijzen,
            Self::Chosen { .. } => Said::Alternatief,
        }
    }

    /// The placement it is about; nothing where that is having none.
    pub fn spot(&self) -> Option<&Spot> {
        match self {
            Self::Agreed(spot) | Self::Fixed(spot) | Self::Rejected { spot, .. } | Self::Chosen { spot, .. } => Some(spot),
            Self::Left => None,
        }
    }

    /// Whether it was to bind until a day that is over. `today` is yyyy-mm-dd, as is that day: their order is that of the texts.
    pub fn expired(&self, today: &str) -> bool {
        match self {
            Self::Rejected { until: Some(until), .. } => until.as_str() < today,
            Self::Rejected { .. } | Self::Agreed(_) | Self::Left | Self::Fixed(_) | Self::Chosen { .. } => false,
        }
    }

    /// Whether somebody should look again: what was agreed to is not what is proposed.
    pub fn asks_again(&self, proposal: Option<&Spot>) -> bool {
        match self {
            Self::Agreed(spot) => proposal != Some(spot),
            Self::Left => proposal.is_some(),
            Self::Fixed(_) | Self::Rejected { .. } | Self::Chosen { .. } => false,
        }
    }

    /// Whether it sets the proposal aside.
    pub fn overrules(&self) -> bool {
        match self {
            Self::Rejected { .. } | Self::Chosen { .. } => true,
            Self::Agreed(_) | Self::Left | Self::Fixed(_) => false,
        }
    }

    /// Whether a plan with this proposal already does what the decision says, so that no other plan becomes better than it was by the
    /// decision: agreeing with or fixing what is proposed only takes plans away that place the candidate elsewhere, or counts against
    /// them. A rejection, or a choice of another placement, is not obeyed by the plan.
    pub fn kept_by(&self, proposal: Option<&Spot>) -> bool {
        match self {
            Self::Agreed(spot) | Self::Fixed(spot) | Self::Chosen { spot, .. } => proposal == Some(spot),
            Self::Left => proposal.is_none(),
            Self::Rejected { .. } => false,
        }
    }

    /// The lock it puts into the next run's file.
    pub fn lock(&self, candidate: &str) -> Option<LockRow> {
        let (spot, despite) = match self {
            Self::Fixed(spot) => (spot.clone(), None),
            Self::Chosen { spot, despite } => (spot.clone(), Some(despite.clone()).filter(|rules| !rules.is_empty())),
            Self::Agreed(_) | Self::Left | Self::Rejected { .. } => return None,
        };
        Some(LockRow {
            candidate: candidate.to_owned(),
            school: Some(spot.school),
            seat: Some(spot.seat),
            coach: Some(spot.coach),
            despite,
            ..LockRow::default()
        })
    }

    /// The prohibition it puts into the next run's file, of which these are the schools: a board is the one that the school has there. Why
    /// stays with the decision, where it can be erased: files are kept as they are.
    pub fn prohibition(&self, candidate: &str, schools: &[SchoolRow]) -> Option<BanRow> {
        let (spot, scope) = match self {
            Self::Rejected { spot, scope, .. } => (spot, scope),
            Self::Agreed(_) | Self::Left | Self::Fixed(_) | Self::Chosen { .. } => return None,
        };
        let row = BanRow { candidate: candidate.to_owned(), reason: BY_DECISION.to_owned(), ..BanRow::default() };
        let Spot { school, seat, coach } = spot.clone();
        Some(match scope {
            Scope::Placement => BanRow { school: Some(school), seat: Some(seat), coach: Some(coach), ..row },
            Scope::School => BanRow { school: Some(school), ..row },
            Scope::Coach => BanRow { coach: Some(coach), ..row },
            Scope::Board => BanRow { board: Some(schools.iter().find(|it| it.id == school)?.board.clone()), ..row },
        })
    }

    /// Status of the proposal in the next run's previous plan; `None` when it must not stand there.
    pub fn status(&self, proposal: &Spot) -> Option<Status> {
        if self.spot() != Some(proposal) {
            return Some(Status::Voorgesteld);
        }
        match self {
            Self::Agreed(_) | Self::Fixed(_) => Some(Status::Akkoord),
            Self::Rejected { .. } => None,
            Self::Left | Self::Chosen { .. } => Some(Status::Voorgesteld),
        }
    }
}

#[cfg(test)]
mod tests {
    use loket_solver::matching::facts::words::Word;

    use super::*;

    #[test]
    fn each_decision_lacks_the_keys_it_needs_and_is_made_again_of_what_was_said() {
        let spot = || Spot { school: "S1".into(), seat: "p".into(), coach: "K1".into() };
        let all = Along {
            reason: Some(Reason::Other),
            scope: Some(Scope::Board),
            despite: vec![RuleCode::Reistijd],
            until: Some("2027-01-31".into()),
        };
        for &said in Said::ALL {
            let needs: Vec<_> = said.keys().0.iter().copied().filter(|key| Along::KEYS.contains(key)).collect();
            let lacks = Decision::of(said, Some(spot()), Along::default()).err().unwrap_or_default();
            assert_eq!(lacks, needs, "{}", said.code());
            let decision = Decision::of(said, Some(spot()), all.clone()).expect("everything was said");
            assert_eq!(decision.said(), said);
            assert_eq!(Decision::of(said, decision.spot().cloned(), decision.along()), Ok(decision));
            let none = if said == Said::Akkoord { Ok(Decision::Left) } else { Err(vec!["plaatsing"]) };
            assert_eq!(Decision::of(said, None, Along::default()), none);
        }
    }

    #[test]
    fn a_rejection_of_a_board_forbids_the_board_that_the_school_has_in_the_file_and_holds_until_its_day_is_over() {
        let spot = Spot { school: "S1".into(), seat: "p".into(), coach: "K1".into() };
        let until = Some("2027-01-31".into());
        let rejected = Decision::Rejected { spot: spot.clone(), scope: Scope::Board, reason: Some(Reason::Other), until };
        let school = |id: &str, board: &str| SchoolRow { id: id.into(), board: board.into(), ..SchoolRow::default() };
        let ban = rejected.prohibition("Z1", &[school("S2", "B2"), school("S1", "B1")]).expect("a prohibition");
        assert_eq!((ban.board.as_deref(), ban.school, ban.seat, ban.coach), (Some("B1"), None, None, None));
        assert_eq!(rejected.prohibition("Z1", &[school("S2", "B2")]), None, "the school is in the file no more");
        assert_eq!(["2027-01-31", "2027-02-01"].map(|today| rejected.expired(today)), [false, true]);
        assert!(!Decision::Agreed(spot).expired("9999-12-31"));
    }

    #[test]
    fn what_was_agreed_to_is_asked_again_when_something_else_is_proposed() {
        let spot = |coach: &str| Spot { school: "S1".into(), seat: "p".into(), coach: coach.into() };
        let asked = |decision: &Decision| [Some(spot("K1")), Some(spot("K2")), None].map(|it| decision.asks_again(it.as_ref()));
        assert_eq!(asked(&Decision::Agreed(spot("K1"))), [false, true, true]);
        assert_eq!(asked(&Decision::Left), [true, true, false]);
        assert_eq!(asked(&Decision::Fixed(spot("K1"))), [false, false, false]);
        assert_eq!([Some(spot("K1")), None].map(|it| Decision::Left.kept_by(it.as_ref())), [false, true]);
    }
}
