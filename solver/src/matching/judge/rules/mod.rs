//! Every hard rule, one file each, in one literal list in the order of docs/model.md.
//!
//! A rule file opens with its formula and unit and holds both halves: what it writes into the model (`write`), and `judge`, which
//! looks only at wave and plan.

pub mod bestuur;
pub mod bestuur_maximum;
pub mod bouw;
pub mod budget;
pub mod coach_aantal;
pub mod coach_bouw;
pub mod coach_eis;
pub mod coach_reistijd;
pub mod coach_school;
pub mod coach_soort;
pub mod coach_uren;
pub mod coach_vervolg;
pub mod dagdelen;
pub mod duo_delen;
pub mod extern_aandeel;
pub mod kwaliteit;
pub mod noodplan;
pub mod paar_apart;
pub mod paar_coach;
pub mod paar_coaches;
pub mod paar_samen;
mod pairs;
pub mod plekken;
pub mod reistijd;
pub mod school_maximum;
pub mod soort;
pub mod starters;
pub(crate) mod tally;
pub mod uitsluiting;
pub mod vast;
pub mod verboden;
pub mod wijzigingen;

use crate::matching::facts::codes::RuleCode;
use crate::matching::facts::hours;
use crate::matching::facts::ids::{BoardId, CandidateId, CoachId, SchoolId, SeatId};
use crate::matching::facts::plan::{Placement, Plan};
use crate::matching::facts::together::Together;
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::CoachKind;

/// A rule under one code.
pub struct Rule {
    /// Which rule.
    pub code: RuleCode,
    /// One Dutch sentence for people: what holds.
    pub says: &'static str,
    /// Whether a lock's `ondanks` may overrule it.
    pub overrulable: bool,
    /// Its two halves.
    pub kind: Kind,
}

/// The two halves of a rule.
pub enum Kind {
    /// Decides whether a placement may exist at all.
    Pair {
        /// For the model: true when the rule allows the part of a placement that it looks at.
        write: Allow,
        /// For the judge: true when the placement obeys the rule.
        judge: fn(&Wave, CandidateId, Placement) -> bool,
        /// For explanations: what a placement has and what the rule asks, where both are numbers.
        figures: Option<Figures>,
    },
    /// Limits plans as a whole.
    Shared {
        /// What one limit of the rule is about.
        among: Among,
        /// What one placement counts for in it.
        weight: Weight,
        /// For the model: its rows. `vast` writes none: the model gives every candidate a row of its own, an equality for a locked one.
        write: fn(&Wave) -> Vec<Limit>,
        /// For explanations: widens one limit of a wave to `at_most`; `None` when it cannot be.
        grow: fn(&mut Wave, Members, i64) -> Option<()>,
        /// For the judge: every breach in the plan.
        judge: fn(&Wave, &Plan) -> Vec<Breach>,
    },
    /// Limits how many people change, counted from the least possible number, which only a solve knows.
    Changes {
        /// For the judge: the breach when so many people change, given the least number of changes.
        judge: fn(&Wave, usize, u32) -> Vec<Breach>,
    },
}

/// What a placement has, and what a pair rule asks.
pub type Figures = fn(&Wave, CandidateId, Placement) -> (i64, i64);

/// The part of a placement that a pair rule looks at, so that most are decided long before there is a triple.
#[derive(Clone, Copy)]
pub enum Allow {
    /// By school alone.
    School(fn(&Wave, SchoolId) -> bool),
    /// By candidate and school.
    CandidateSchool(fn(&Wave, CandidateId, SchoolId) -> bool),
    /// By candidate and seat group.
    CandidateSeat(fn(&Wave, CandidateId, SeatId) -> bool),
    /// By candidate and coach.
    CandidateCoach(fn(&Wave, CandidateId, CoachId) -> bool),
    /// By coach and school.
    CoachSchool(fn(&Wave, CoachId, SchoolId) -> bool),
    /// By coach and seat group.
    CoachSeat(fn(&Wave, CoachId, SeatId) -> bool),
    /// By the whole placement.
    Placement(fn(&Wave, CandidateId, SeatId, CoachId) -> bool),
}

/// One row of the model: Σ weight over the placements among `members` ≤ `at_most`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The rule it belongs to.
    pub rule: RuleCode,
    /// Which placements count.
    pub members: Members,
    /// What one placement counts for.
    pub weight: Weight,
    /// The limit.
    pub at_most: i64,
    /// Which of those placements, in a limit on people together: it has many rows.
    pub together: Option<Together>,
}

impl Limit {
    /// Whether a placement counts.
    pub fn counts(&self, wave: &Wave, candidate: CandidateId, placement: Placement) -> bool {
        let school = placement.school(wave);
        match self.members {
            Members::Seat(seat) => placement.seat == seat,
            Members::School(it) => school == it,
            Members::Board(board) => wave.schools[school].board == board,
            Members::Coach(coach) => placement.coach == coach,
            Members::External => wave.coaches[placement.coach].kind == CoachKind::Extern,
            Members::All => true,
            Members::Pair(..) | Members::Shared(_) => self.together.is_some_and(|row| row.counts(wave, candidate, placement)),
        }
    }
}

/// Which placements a row counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Members {
    /// Placements at a seat group.
    Seat(SeatId),
    /// Placements at a school.
    School(SchoolId),
    /// Placements at a board's schools.
    Board(BoardId),
    /// Placements with a coach.
    Coach(CoachId),
    /// Placements with external coaches.
    External,
    /// All placements.
    All,
    /// Placements of two people.
    Pair(CandidateId, CandidateId),
    /// Placements at a seat group whose candidates share a duo colleague.
    Shared(SeatId),
}

/// What one limit of a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// A seat group.
    Seat,
    /// A school.
    School,
    /// A board.
    Board,
    /// A coach.
    Coach,
    /// External coaches.
    External,
    /// Everybody.
    All,
    /// Two people.
    Pair,
    /// A seat group with a shared duo colleague.
    Shared,
}

impl Among {
    /// Whether a placement counts where placement `at` does.
    pub fn shared(self, wave: &Wave, placement: Placement, at: Placement) -> bool {
        match self {
            Self::Seat | Self::Shared => placement.seat == at.seat,
            Self::School => placement.school(wave) == at.school(wave),
            Self::Board => wave.school_of(placement.seat).board == wave.school_of(at.seat).board,
            Self::Coach => placement.coach == at.coach,
            Self::External => wave.coaches[placement.coach].kind == CoachKind::Extern,
            Self::All => true,
            // Whoever is named in a pair is named to nobody else.
            Self::Pair => false,
        }
    }
}

/// What one placement counts for in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Weight {
    /// 1.
    One,
    /// h(c, s), hours.
    Hours,
    /// hv(c), hours of the next phase.
    NextHours,
    /// h(c, s) · tarief, cents.
    Cost,
}

impl Weight {
    /// What a placement counts for.
    pub fn of(self, wave: &Wave, candidate: CandidateId, placement: Placement) -> i64 {
        let hours = || i64::from(hours::hours(wave, candidate, placement.school(wave)));
        match self {
            Self::One => 1,
            Self::Hours => hours(),
            Self::NextHours => i64::from(hours::next_hours(wave, candidate)),
            Self::Cost => hours() * i64::from(wave.coaches[placement.coach].rate_cents),
        }
    }
    /// The largest limit in this unit that a wave file may hold (docs/format.md).
    pub fn largest(self) -> i64 {
        match self {
            Self::One | Self::Hours | Self::NextHours => 100_000,
            Self::Cost => 100_000_000_000,
        }
    }
}

/// A breach of a rule by a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Which rule.
    pub rule: RuleCode,
    /// Whose placement, for pair rules and locks.
    pub candidate: Option<CandidateId>,
    /// What is counted and where: the id of seat group, school, board or coach.
    pub place: String,
    /// What the plan uses.
    pub used: i64,
    /// What the limit allows.
    pub at_most: i64,
}

/// Every rule, in the order of docs/model.md; the position of a rule is its [`RuleCode`].
pub const RULES: &[Rule] = &[
    kwaliteit::RULE,
    noodplan::RULE,
    soort::RULE,
    bestuur::RULE,
    bouw::RULE,
    reistijd::RULE,
    uitsluiting::RULE,
    verboden::RULE,
    dagdelen::RULE,
    coach_bouw::RULE,
    coach_soort::RULE,
    coach_reistijd::RULE,
    coach_school::RULE,
    coach_eis::RULE,
    plekken::RULE,
    school_maximum::RULE,
    starters::RULE,
    bestuur_maximum::RULE,
    coach_aantal::RULE,
    coach_uren::RULE,
    coach_vervolg::RULE,
    extern_aandeel::RULE,
    budget::RULE,
    paar_samen::RULE,
    paar_apart::RULE,
    paar_coach::RULE,
    paar_coaches::RULE,
    duo_delen::RULE,
    vast::RULE,
    wijzigingen::RULE,
];

const _: () = {
    assert!(RULES.len() == RuleCode::ALL.len());
    let mut at = 0;
    while at < RULES.len() {
        assert!(RULES[at].code as usize == at);
        at += 1;
    }
};

impl RuleCode {
    /// What stands under this code.
    pub fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }
}

/// The rules that a lock's `ondanks` may overrule, in the order of the list.
pub fn overrulable() -> impl Iterator<Item = RuleCode> {
    RULES.iter().filter(|rule| rule.overrulable).map(|rule| rule.code)
}

impl Rule {
    /// What a placement has and what the rule asks of it, where both are numbers: minutes, or half-days together.
    pub fn figures(&self, wave: &Wave, candidate: CandidateId, placement: Placement) -> Option<(i64, i64)> {
        match self.kind {
            Kind::Pair { figures, .. } => figures.map(|figures| figures(wave, candidate, placement)),
            Kind::Shared { .. } | Kind::Changes { .. } => None,
        }
    }
    /// Whether it is a pair rule about a coach.
    pub fn on_coach(&self) -> bool {
        match self.kind {
            Kind::Pair { write, .. } => matches!(write, Allow::CandidateCoach(_) | Allow::CoachSchool(_) | Allow::CoachSeat(_)),
            Kind::Shared { .. } | Kind::Changes { .. } => false,
        }
    }
}
