//! The goals of a run as people follow them: what each is about, its value, and what is proven of it. Made of the policy of the file, of what
//! the worker told so far, or of the outcome.

use loket_instances::matching::outcome::GoalLine;
use loket_instances::matching::wave_file::WaveFile;
use loket_solver::matching::facts::codes::TermCode;
use loket_solver::matching::facts::policy::{Goal as Asked, goals_as_used};

use crate::records::progress::GoalSoFar;

/// What a goal is about, by the terms that it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aim {
    /// How many people have a place.
    Placed,
    /// Who waits longer goes first.
    Waiting,
    /// The school and the coach of now.
    Bond,
    /// Schools that need people most.
    Need,
    /// How well place and coach suit.
    Fit,
    /// People are spread over coaches.
    Spread,
    /// Agreements are kept.
    Agreements,
    /// The plan before is kept.
    Stability,
    /// What coaching costs.
    Cost,
    /// Something else; its name says what.
    Other,
}

/// What a term is about.
fn of_term(term: TermCode) -> Aim {
    match term {
        TermCode::Geplaatst => Aim::Placed,
        TermCode::Wachttijd => Aim::Waiting,
        TermCode::Doelgroep | TermCode::Tekort => Aim::Need,
        TermCode::Bouw | TermCode::Reistijd | TermCode::Coachreis | TermCode::Concept | TermCode::Coachwens => Aim::Fit,
        TermCode::Continuiteit | TermCode::ZelfdeSchool => Aim::Bond,
        TermCode::Intern | TermCode::Kosten => Aim::Cost,
        TermCode::Bewaren => Aim::Other,
        TermCode::Ongewijzigd | TermCode::OngewijzigdSchool | TermCode::OngewijzigdCoach => Aim::Stability,
        TermCode::AfspraakSchool | TermCode::AfspraakCoach => Aim::Agreements,
        TermCode::Belasting => Aim::Spread,
    }
}

impl Aim {
    /// Of terms that are all about one thing; of others it is something else.
    pub fn of(weights: &[(TermCode, i64)]) -> Self {
        let mut aims = weights.iter().filter(|(_, weight)| *weight != 0).map(|(term, _)| of_term(*term));
        let Some(first) = aims.next() else { return Self::Other };
        if aims.all(|it| it == first) { first } else { Self::Other }
    }

    /// Whether it compares with a plan before: of the first run there is none.
    pub fn looks_back(self) -> bool {
        matches!(self, Self::Agreements | Self::Stability)
    }
}

/// How much better a plan could be at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// In the points that the goal counts.
    pub points: i64,
    /// In thousandths of the value, rounded up; none where that says little: of a small value, or of one that may be more than doubled.
    pub thousandths: Option<i64>,
}

/// Values smaller than this are told in points: a percentage of them says little.
const SMALL: i64 = 1_000;

impl Gap {
    /// Between a value and what no plan is better than.
    pub fn between(value: i64, bound: i64) -> Self {
        let points = bound.saturating_sub(value).max(0);
        let size = value.saturating_abs();
        let thousandths = (size >= SMALL && points <= size).then(|| points.saturating_mul(1_000).saturating_add(size - 1) / size);
        Self { points, thousandths }
    }
}

/// What is proven of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// No plan does better.
    Best,
    /// What is best is proven; the plan gives up some of it for later goals, no more than the policy allows.
    Within {
        /// How much it may give up.
        percent: u32,
    },
    /// It is at work: so much better at most, and how much that was at first.
    AtWork {
        /// Now.
        gap: Gap,
        /// At first.
        first: Gap,
    },
    /// It is at work, and nothing was found yet.
    Searching,
    /// A goal before it comes first.
    Waits {
        /// Which, from 1.
        on: usize,
    },
    /// It is done and not proven: so much better at most.
    Open {
        /// What is left.
        gap: Gap,
    },
    /// Nothing is known of it.
    Unknown,
}

/// A goal of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Its name in the policy.
    pub name: String,
    /// What it is about.
    pub aim: Aim,
    /// What it counts.
    pub weights: Vec<(TermCode, i64)>,
    /// How many percent later goals may give up.
    pub tolerance: u32,
    /// Its value in the plan.
    pub value: Option<i64>,
    /// The best value that was found.
    pub best: Option<i64>,
    /// No plan is worth more.
    pub bound: Option<i64>,
    /// What is proven.
    pub proof: Proof,
}

impl Goal {
    fn of(asked: Asked, proof: Proof) -> Self {
        let aim = Aim::of(&asked.weights);
        let Asked { name, weights, tolerance_percent: tolerance } = asked;
        Self { name, aim, weights, tolerance, value: None, best: None, bound: None, proof }
    }
}

/// The goals that a file asks, in order.
pub fn asked(file: &WaveFile) -> Vec<Asked> {
    let rows = file.policy.as_ref().and_then(|it| it.goals.as_ref());
    let own = rows.map(|rows| {
        let one = |row: &loket_instances::matching::rows::GoalRow| Asked {
            name: row.name.clone(),
            weights: row.weights.clone(),
            tolerance_percent: row.tolerance_percent.unwrap_or(0),
        };
        rows.iter().map(one).collect()
    });
    goals_as_used(own, file.phase, file.previous.as_ref().is_some_and(|it| !it.is_empty()))
}

/// The goals of a run that waits or is at work.
pub fn at_work(asked: Vec<Asked>, told: &[GoalSoFar], waits: bool) -> Vec<Goal> {
    let now = told.last().map_or(1, |it| usize::try_from(it.number).unwrap_or(1) + usize::from(it.done));
    let one = |(at, asked): (usize, Asked)| {
        let number = at + 1;
        let known = told.iter().find(|it| usize::try_from(it.number).is_ok_and(|it| it == number));
        let (value, bound) = known.map_or((None, None), |it| (it.value, it.bound));
        let gap = value.zip(bound).map(|(value, bound)| Gap::between(value, bound));
        let first = known.and_then(|it| it.first).map(|(value, bound)| Gap::between(value, bound));
        let proof = match (number.cmp(&now), gap) {
            (std::cmp::Ordering::Less, Some(Gap { points: 0, .. })) => Proof::Best,
            (std::cmp::Ordering::Less, Some(gap)) => Proof::Open { gap },
            (std::cmp::Ordering::Less, None) => Proof::Unknown,
            (std::cmp::Ordering::Equal, _) if waits => Proof::Searching,
            (std::cmp::Ordering::Equal, Some(gap)) => Proof::AtWork { gap, first: first.unwrap_or(gap) },
            (std::cmp::Ordering::Equal, None) => Proof::Searching,
            (std::cmp::Ordering::Greater, _) => Proof::Waits { on: number - 1 },
        };
        Goal { value, best: value, bound, ..Goal::of(asked, proof) }
    };
    asked.into_iter().enumerate().map(one).collect()
}

/// The goals of an outcome.
pub fn found(lines: &[GoalLine]) -> Vec<Goal> {
    let one = |line: &GoalLine| {
        let weights = line.weights.iter().filter_map(|(term, weight)| Some((TermCode::parse(term)?, *weight))).collect();
        let tolerance = u32::try_from(line.tolerance_percent).unwrap_or(0);
        let asked = Asked { name: line.name.clone(), weights, tolerance_percent: tolerance };
        let proof = match (line.proven, line.value >= line.best) {
            (true, true) => Proof::Best,
            (true, false) => Proof::Within { percent: tolerance },
            (false, _) => Proof::Open { gap: Gap::between(line.value, line.bound) },
        };
        Goal { value: Some(line.value), best: Some(line.best), bound: Some(line.bound), ..Goal::of(asked, proof) }
    };
    lines.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use loket_solver::matching::facts::policy::default_goals;
    use loket_solver::matching::facts::words::Phase;

    use super::*;

    fn so_far(number: u64, value: i64, bound: i64, first: (i64, i64), done: bool) -> GoalSoFar {
        GoalSoFar { number, value: Some(value), bound: Some(bound), first: Some(first), done }
    }

    #[test]
    fn a_run_at_work_says_of_each_goal_what_is_proven_and_what_it_waits_for() {
        let told = [
            so_far(1, 139, 139, (139, 139), true),
            so_far(2, 63, 63, (63, 63), true),
            so_far(3, 5_600, 5_610, (5_600, 5_700), true),
            so_far(4, 100_000, 100_150, (98_000, 100_200), false),
        ];
        let goals = at_work(default_goals(Phase::Opleiding), &told, false);
        let aims: Vec<Aim> = goals.iter().map(|it| it.aim).collect();
        assert_eq!(aims, [Aim::Placed, Aim::Waiting, Aim::Bond, Aim::Need, Aim::Fit, Aim::Spread]);
        let gap = |points, thousandths| Gap { points, thousandths: Some(thousandths) };
        assert_eq!(goals[0].proof, Proof::Best);
        assert_eq!(goals[2].proof, Proof::Open { gap: gap(10, 2) });
        assert_eq!(goals[3].proof, Proof::AtWork { gap: gap(150, 2), first: gap(2_200, 23) });
        assert_eq!(goals[4].proof, Proof::Waits { on: 4 });
        assert_eq!(goals[5].proof, Proof::Waits { on: 5 });
        let waiting = at_work(default_goals(Phase::Opleiding), &[], true);
        assert_eq!((waiting[0].proof, waiting[1].proof), (Proof::Searching, Proof::Waits { on: 1 }));
    }

    #[test]
    fn an_outcome_says_what_is_best_what_is_within_what_may_be_given_up_and_what_is_open() {
        let line = |name: &str, term: &str, tolerance_percent, (value, best, bound), proven| GoalLine {
            name: name.into(),
            weights: vec![(term.into(), 1)],
            tolerance_percent,
            best,
            bound,
            proven,
            floor: 0,
            value,
            seconds: 0.0,
            certificate: None,
        };
        let goals = found(&[
            line("geplaatst", "geplaatst", 0, (139, 139, 139), true),
            line("doelgroep", "doelgroep", 20, (6_617, 8_020, 8_020), true),
            line("spreiding", "belasting", 0, (-7_377, -7_377, -7_300), false),
            line("eigen", "wachttijd", 0, (5, 5, 7), false),
        ]);
        let proofs: Vec<Proof> = goals.iter().map(|it| it.proof).collect();
        let open = |points, thousandths| Proof::Open { gap: Gap { points, thousandths } };
        assert_eq!(proofs, [Proof::Best, Proof::Within { percent: 20 }, open(77, Some(11)), open(2, None)]);
    }

    #[test]
    fn what_counts_several_things_is_something_else() {
        assert_eq!(Aim::of(&[(TermCode::Bouw, 5), (TermCode::Reistijd, 3)]), Aim::Fit);
        assert_eq!(Aim::of(&[(TermCode::Bouw, 5), (TermCode::Kosten, 0)]), Aim::Fit);
        assert_eq!(Aim::of(&[(TermCode::Bouw, 5), (TermCode::Kosten, 1)]), Aim::Other);
        assert_eq!(Aim::of(&[]), Aim::Other);
        assert_eq!(Gap::between(4_200, 168_100), Gap { points: 163_900, thousandths: None });
        assert!(Aim::of(&[(TermCode::AfspraakCoach, 2)]).looks_back());
    }
}
