//! The policy of a wave: its goals in order and every setting, with the defaults of docs/model.md.

use crate::common::goals;
use crate::matching::facts::codes::TermCode;
use crate::matching::facts::words::{Phase, Status};

/// Every setting of a wave, defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Goals as used, in order.
    pub goals: Vec<Goal>,
    /// Points for the first, second, … bouw of a candidate; the last value goes on.
    pub bouw_points: Vec<i64>,
    /// Hours by phase, in the order of [`Phase`].
    pub hours: [u32; 4],
    /// Extra hours start at this share of target-group pupils.
    pub extra_from: u32,
    /// Extra hours at such a school; 0 is off.
    pub extra_hours: u32,
    /// Only boards that signed the noodplan take part.
    pub noodplan_only: bool,
    /// Half-days that candidate and duo colleague share at least.
    pub shared_half_days: u32,
    /// Most starters as a percentage of the team.
    pub max_starters_percent: u32,
    /// Most placements with external coaches as a percentage of all candidates.
    pub max_external_percent: Option<u32>,
    /// Most coaching cost, cents.
    pub max_cost_cents: Option<i64>,
    /// Weight of an agreement by the status of the previous entry, in the order of [`Status`].
    pub keep_weights: [i64; 3],
    /// Changes allowed above the least possible number.
    pub max_changes: Option<u32>,
    /// Prices of what is worth saving for later.
    pub saving: Saving,
    /// Seed of the order that decides between equal plans.
    pub seed: u64,
}

/// Prices of scarce seats and hours, by the ids that a file gives; what has none costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saving {
    /// By school and seat group: for each placement.
    pub seats: Vec<(String, String, u32)>,
    /// By coach: for each hour.
    pub coaches: Vec<(String, u32)>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            goals: Vec::new(),
            bouw_points: vec![100, 60, 20],
            hours: [15, 60, 30, 15],
            extra_from: 60,
            extra_hours: 0,
            noodplan_only: true,
            shared_half_days: 4,
            max_starters_percent: 20,
            max_external_percent: None,
            max_cost_cents: None,
            keep_weights: [0, 10, 100],
            max_changes: None,
            saving: Saving::default(),
            seed: 1,
        }
    }
}

impl Policy {
    /// Hours of a phase.
    pub fn hours_of(&self, phase: Phase) -> u32 {
        self.hours[phase as usize]
    }
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
    pub fn keeps_agreements(&self) -> bool {
        self.weights.iter().any(|(term, _)| {
            let code = term.code();
            code.starts_with("afspraak") || code.starts_with("ongewijzigd")
        })
    }
}

/// The default goals of a phase.
pub fn default_goals(phase: Phase) -> Vec<Goal> {
    use TermCode::*;
    let placed = Goal::new("geplaatst", &[(Geplaatst, 1)], 0);
    let waited = Goal::new("wachttijd", &[(Wachttijd, 1)], 0);
    let fit = |tolerance| Goal::new("passing", &[(Bouw, 5), (Reistijd, 3), (Coachwens, 2), (Concept, 1), (Coachreis, 1)], tolerance);
    let spread = Goal::new("spreiding", &[(Belasting, 1)], 0);
    let bond: &[_] = match phase {
        Phase::Inductie => &[(Continuiteit, 3)],
        _ => &[(Continuiteit, 3), (ZelfdeSchool, 2)],
    };
    let bond = Goal::new("band", bond, 0);
    match phase {
        Phase::Werkervaring => vec![placed, waited, bond, fit(10), Goal::new("doelgroep", &[(Doelgroep, 1)], 0), spread],
        Phase::Opleiding | Phase::OpleidingJaar2 => {
            vec![placed, waited, bond, Goal::new("doelgroep", &[(Doelgroep, 1)], 20), fit(0), spread]
        }
        Phase::Inductie => {
            vec![placed, waited, bond, Goal::new("doelgroep", &[(Doelgroep, 1), (Tekort, 1)], 5), fit(0), spread]
        }
    }
}

/// The two goals of a rerun: agreements by their weight, and stability.
pub(crate) fn goals_of_rerun() -> [Goal; 2] {
    use TermCode::*;
    let stability = [(Ongewijzigd, 10), (OngewijzigdSchool, 3), (OngewijzigdCoach, 2)];
    [Goal::new("afspraken", &[(AfspraakSchool, 3), (AfspraakCoach, 2)], 0), Goal::new("stabiliteit", &stability, 0)]
}

/// The goals as used: own goals or the phase's defaults, with the two goals of a rerun added when `previous` says that there is a
/// previous plan and no own goal names an `afspraak…` or `ongewijzigd…` term.
pub fn goals_as_used(own: Option<Vec<Goal>>, phase: Phase, previous: bool) -> Vec<Goal> {
    let keeps = own.iter().flatten().any(Goal::keeps_agreements);
    let mut goals = own.unwrap_or_else(|| default_goals(phase));
    if previous && !keeps {
        let at = goals.iter().position(|goal| goal.name == "geplaatst").map_or(0, |placed| placed + 1);
        let [agreements, stability] = goals_of_rerun();
        goals.insert(at, stability);
        goals.insert(0, agreements);
    }
    goals
}
