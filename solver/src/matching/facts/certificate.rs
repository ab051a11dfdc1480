//! What a solve writes down to prove a goal's bound: dual prices of one stage in the words of the wave.

use crate::matching::facts::ids::{BoardId, CoachId, SchoolId, SeatId};
use crate::matching::facts::plan::Plan;
use crate::matching::facts::together::Together;

/// Prices of one stage. Written by the engine, checked without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Divides the points of every placement and load that is still in play.
    pub unit: i64,
    /// Prices are in `unit / scale` points.
    pub scale: i64,
    /// Prices on shared limits: at least 0, or of either sign where earlier stages show that the limit is always reached.
    pub rows: Vec<RowPrice>,
    /// Prices on the number of placements of a coach, of either sign: what splits points for load from points for placements.
    pub loads: Vec<(CoachId, i64)>,
    /// Prices, at least 0, on what earlier stages must keep.
    pub floors: Vec<FloorPrice>,
    /// The bound that these prices prove, in points.
    pub bound: i64,
    /// How the engine knows the rest, when this bound is not yet that of the outcome.
    pub rest: Rest,
    /// A plan that has the best value of this stage, when the plan of the outcome has not (a goal with a tolerance).
    pub witness: Option<Plan>,
    /// The stage before the first goal, when the policy limits changes.
    pub before: Option<Box<Certificate>>,
}

impl Certificate {
    /// Every price 0: it proves what follows from each candidate's own best placement.
    pub fn free() -> Self {
        Self {
            unit: 1,
            scale: 1,
            rows: Vec::new(),
            loads: Vec::new(),
            floors: Vec::new(),
            bound: i64::MAX,
            rest: Rest::Open,
            witness: None,
            before: None,
        }
    }
}

/// A shared limit with its price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowPrice {
    /// The limit.
    pub row: Row,
    /// Its price.
    pub price: i64,
}

/// A shared limit, named as the wave names it. All but a coach's facet take their limit from the wave.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Row {
    /// Placements at a seat group.
    Seat(SeatId),
    /// Placements at a school: its maximum or its room for starters, the smaller.
    School(SchoolId),
    /// Placements at a board's schools.
    Board(BoardId),
    /// Σ weight · placements by kind of hours ≤ at_most: true for all whole numbers that fit a coach's limits.
    Coach {
        /// The coach.
        coach: CoachId,
        /// Weights by kind of hours, in the order of hours; kinds that are not here weigh 0.
        weights: Vec<ClassWeight>,
        /// The limit.
        at_most: i64,
    },
    /// Placements with external coaches.
    External,
    /// Cost of all placements, cents.
    Budget,
    /// Placements of people together, at most one.
    Together(Together),
}

/// What a placement of one kind of hours weighs in a coach's facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassWeight {
    /// h(c, s), hours.
    pub hours: i64,
    /// hv(c), hours of the next phase.
    pub next_hours: i64,
    /// Weight, at least 0.
    pub weight: i64,
}

/// What is maximised at one moment of a solve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// The number of people whose keepable part is kept, before the first goal.
    Changes,
    /// A goal of the policy, by its position.
    Goal(usize),
}

/// The price of what an earlier stage must keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FloorPrice {
    /// Which stage.
    pub stage: Stage,
    /// Divides that stage's points of every placement and load that is still in play; the floor is divided by it and rounded up.
    pub divisor: i64,
    /// Price of one divided point.
    pub price: i64,
}

/// How the engine knows what prices leave open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Nothing is left open.
    Prices,
    /// Exhaustive search in exact arithmetic.
    Search,
    /// The engine's branch and bound.
    Branching,
    /// It does not: the goal is not proven.
    Open,
}
