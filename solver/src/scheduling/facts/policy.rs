//! What every problem's policy has: goals in order, weights of agreements, changes allowed, the seed; with the defaults of docs/scheduling.md.

use crate::common::goals;
use crate::common::words::{Status, Word};
use crate::scheduling::facts::codes::{Kind, TermCode};

/// The part of a policy that the four problems share, defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Goals as used, in order.
    pub goals: Vec<Goal>,
    /// Weight of an agreement by the status of the previous entry, in the order of [`Status`].
    pub keep_weights: [i64; 3],
    /// Changes allowed above the least possible number (visits: per coach).
    pub max_changes: Option<u32>,
    /// Seed of the order that decides between equal plans.
    pub seed: u64,
}

impl Default for Policy {
    fn default() -> Self {
        Self { goals: Vec::new(), keep_weights: [0, 10, 100], max_changes: None, seed: 1 }
    }
}

impl Policy {
    /// Weight of an agreement with this status.
    pub fn keep_weight(&self, status: Status) -> i64 {
        self.keep_weights[status as usize]
    }
}

/// One goal: a weighted sum of terms, to be maximised after the goals before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Name in the outcome.
    pub name: String,
    /// Weights by term, in the order given; 0 is allowed.
    pub weights: Vec<(TermCode, i64)>,
    /// How many percent of the best value later goals may give up.
    pub tolerance_percent: u32,
}

impl Goal {
    fn new(name: &str, weights: &[(TermCode, i64)], tolerance_percent: u32) -> Self {
        Self { name: name.into(), weights: weights.to_vec(), tolerance_percent }
    }
    /// What later goals must keep of a best value (see `common::goals::floor`).
    pub fn floor(&self, best: i64) -> i64 {
        goals::floor(best, self.tolerance_percent)
    }
    /// Whether the goal names a term that compares with the previous plan.
    pub fn compares(&self) -> bool {
        self.weights.iter().any(|(term, _)| term.compares())
    }
}

/// The names of the two goals that a previous plan adds.
pub const OF_A_RERUN: [&str; 2] = ["afspraken", "stabiliteit"];

/// The default goals of a problem.
pub fn default_goals(kind: Kind) -> Vec<Goal> {
    use TermCode::*;
    let goal = Goal::new;
    match kind {
        Kind::Interviews => vec![
            goal("gepland", &[(Gepland, 1)], 0),
            goal("wachttijd", &[(Wachttijd, 1)], 0),
            goal("snel", &[(Snel, 1)], 10),
            goal("inzet", &[(Dagdelen, 1)], 0),
            goal("gids", &[(Gids, 1)], 0),
            goal("passing", &[(Voorkeur, 2), (Coachwens, 1)], 10),
            goal("spreiding", &[(Belasting, 1), (Besturen, 1)], 0),
            goal("blokken", &[(Komdagen, 1)], 0),
        ],
        Kind::PeerGroups => vec![
            goal("gepland", &[(Gepland, 1)], 0),
            goal("botsing", &[(Botsing, 1)], 0),
            goal("aanwezig", &[(Aanwezig, 1)], 0),
            goal("passing", &[(Reistijd, 2), (Voorkeur, 1)], 10),
            goal("mix", &[(MixBestuur, 1), (MixBouw, 1)], 0),
            goal("vorm", &[(Grootte, 1)], 0),
            goal("spreiding", &[(Belasting, 1)], 0),
        ],
        Kind::Visits => vec![
            goal("gepland", &[(Gepland, 1)], 0),
            goal("gat", &[(Gat, 1)], 0),
            goal("landing", &[(Landing, 1)], 0),
            goal(Dagdelen.code(), &[(Dagdelen, 1)], 0),
            goal(Reistijd.code(), &[(Reistijd, 1)], 5),
            goal("passing", &[(Voorkeur, 1)], 0),
            goal("spreiding", &[(Weekspreiding, 1)], 0),
        ],
        Kind::Courses => vec![
            goal("gepland", &[(Gepland, 1)], 0),
            goal("wachttijd", &[(Wachttijd, 1)], 0),
            goal("passing", &[(Leervraag, 2), (Voorkeur, 1)], 10),
            goal("aanwezig", &[(Aanwezig, 1)], 0),
            goal("bereik", &[(Scholen, 1)], 0),
            goal("spreiding", &[(Belasting, 1)], 0),
        ],
    }
}

/// The goals as used: own goals or the problem's defaults, with the two goals of a rerun added when there is a previous plan and no own
/// goal names a term that compares with it.
pub fn goals_as_used(own: Option<Vec<Goal>>, kind: Kind, previous: bool) -> Vec<Goal> {
    use TermCode::*;
    let compares = own.iter().flatten().any(Goal::compares);
    let mut goals = own.unwrap_or_else(|| default_goals(kind));
    if previous && !compares {
        let [agreements, stability] = OF_A_RERUN;
        let at = goals.iter().position(|goal| goal.name == "gepland").map_or(0, |planned| planned + 1);
        goals.insert(at, Goal::new(stability, &[(Ongewijzigd, 10), (OngewijzigdMoment, 3), (OngewijzigdPersoon, 2)], 0));
        goals.insert(0, Goal::new(agreements, &[(Afspraak, 3), (AfspraakMoment, 2), (AfspraakPersoon, 1)], 0));
    }
    goals
}
