//! A policy on trial: one wave under the policy that it had and under another, and what that changes for people, in counts.
//!
//! The second plan is, of all that are best under the other policy, one that leaves the most people where they were: what only a tie decides
//! is not told as a change.

use crate::common::control::{Control, Share};
use crate::matching::facts::codes::TermCode;
use crate::matching::facts::outcome::{Outcome, Verdict};
use crate::matching::facts::plan::{Placement, Plan};
use crate::matching::facts::policy::Goal;
use crate::matching::facts::wave::{Part, Previous, Wave};
use crate::matching::facts::words::Status;
use crate::matching::judge::fairness::{BoardShare, Cost, TargetGroup, choice, fairness, passing, worth};
use crate::matching::solve::{Options, solve};

/// One policy at work.
#[derive(Clone, Debug)]
pub struct Side {
    /// What came of it, told of the policy's own goals only.
    pub outcome: Outcome,
    /// What its plan does for people; nothing without a plan.
    pub figures: Option<Figures>,
}

impl Side {
    /// Whether nothing better exists under its policy.
    pub fn proven(&self) -> bool {
        matches!(self.outcome.verdict, Verdict::Optimal | Verdict::Impossible)
    }
}

/// What a plan does for people. All but hours and cost is measured by the policy that the wave had, so that both sides have one measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Placed in the first, second and a later bouw; the last is who is not placed.
    pub choices: [usize; 4],
    /// Passing points and minutes of travel of who is worst off.
    pub worst: Option<(i64, u32)>,
    /// Σ passing of everybody placed.
    pub points: i64,
    /// Σ minutes of travel of everybody placed.
    pub minutes: u64,
    /// Who has justified envy.
    pub envious: usize,
    /// Target-group pupils.
    pub target_group: TargetGroup,
    /// Starters of the plan at schools with many target-group pupils that count starters.
    pub starters: usize,
    /// Boards in the order of the table.
    pub boards: Vec<BoardShare>,
    /// Hours of coaching, by the side's own policy.
    pub hours: u64,
    /// Cents, by the side's own policy.
    pub cents: i64,
}

impl Figures {
    fn of(before: &Wave, own: &Wave, plan: &Plan) -> Self {
        let (measured, costs) = (fairness(before, plan), fairness(own, plan).costs);
        Self {
            choices: measured.choices,
            worst: measured.fit.first().map(|it| (it.points, it.minutes)),
            points: measured.fit.iter().map(|it| it.points).sum(),
            minutes: measured.fit.iter().map(|it| u64::from(it.minutes)).sum(),
            envious: measured.envy.len(),
            target_group: measured.target_group,
            starters: measured.hard_schools.iter().map(|it| it.placed).sum(),
            boards: measured.boards,
            hours: costs.iter().map(|it: &Cost| it.hours).sum(),
            cents: costs.iter().map(|it| it.cents).sum(),
        }
    }

    /// How many are placed.
    pub fn placed(&self) -> usize {
        self.choices[..3].iter().sum()
    }
}

/// Whom the other policy would have placed otherwise, in counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Otherwise {
    /// Placed by both.
    pub both: usize,
    /// Of them: at another school or seat group.
    pub elsewhere: usize,
    /// Of them: at the same seat group with another coach.
    pub other_coach: usize,
    /// Of those elsewhere or with another coach: with more passing points.
    pub better: usize,
    /// And with fewer.
    pub worse: usize,
    /// Of both: with an earlier choice of bouw, and with a later one.
    pub choice: (usize, usize),
    /// Placed by the other policy only.
    pub gained: usize,
    /// Placed by the old policy only.
    pub lost: usize,
}

impl Otherwise {
    fn between(wave: &Wave, before: &Plan, after: &Plan) -> Self {
        let goal = passing(wave);
        let mut found = Self::default();
        for candidate in wave.candidates.ids() {
            match (before[candidate], after[candidate]) {
                (Some(was), Some(now)) => {
                    found.both += 1;
                    found.elsewhere += usize::from(was.seat != now.seat);
                    found.other_coach += usize::from(was.seat == now.seat && was.coach != now.coach);
                    let worth = |at: Placement| worth(wave, &goal, candidate, at);
                    found.better += usize::from(worth(now) > worth(was));
                    found.worse += usize::from(worth(now) < worth(was));
                    let choice = |at: Placement| choice(wave, candidate, at);
                    found.choice.0 += usize::from(choice(now) < choice(was));
                    found.choice.1 += usize::from(choice(now) > choice(was));
                }
                (None, Some(_)) => found.gained += 1,
                (Some(_), None) => found.lost += 1,
                (None, None) => {}
            }
        }
        found
    }

    /// Everybody for whom something is otherwise.
    pub fn people(&self) -> usize {
        self.elsewhere + self.other_coach + self.gained + self.lost
    }
}

/// What came of a trial on one wave.
#[derive(Clone, Debug)]
pub struct Tried {
    /// Under the policy that the wave had.
    pub before: Side,
    /// Under the other.
    pub after: Side,
    /// What is otherwise; nothing when one of them has no plan.
    pub otherwise: Option<Otherwise>,
    /// Whether no plan that is as good under the other policy leaves more people at their place: not so where the wave had a previous
    /// plan of its own, whose agreements say what stays, or where it was not proven.
    pub least: bool,
}

/// Solves a wave under both policies, the first in half of the time at most. Both waves are of one file, and differ in nothing but the policy.
pub fn trial(before: &Wave, after: &Wave, options: &Options, control: &dyn Control) -> Tried {
    let first = solve(before, options, &Share::of(control, 2));
    let near = first.plan.as_ref().and_then(|plan| near(after, plan));
    let mut second = solve(near.as_ref().unwrap_or(after), options, control);
    let least = near.is_some() && second.verdict == Verdict::Optimal;
    second.goals.truncate(after.policy.goals.len());
    if second.plan.is_some() && second.verdict == Verdict::Feasible && second.goals.iter().all(|goal| goal.proven()) {
        // Only who stays where was not proven.
        second.verdict = Verdict::Optimal;
    }
    let side = |own: &Wave, outcome: Outcome| {
        let figures = outcome.plan.as_ref().map(|plan| Figures::of(before, own, plan));
        Side { outcome, figures }
    };
    let otherwise = first.plan.as_ref().zip(second.plan.as_ref()).map(|(was, now)| Otherwise::between(before, was, now));
    Tried { before: side(before, first), after: side(after, second), otherwise, least }
}

/// The wave with a plan that its last goals keep to as far as all others let them: first places, then whole placements. `None` where somebody
/// has a previous placement already, or the policy itself counts changes or looks at what was before.
fn near(wave: &Wave, plan: &Plan) -> Option<Wave> {
    let looks_back = wave.policy.max_changes.is_some() || wave.policy.goals.iter().any(Goal::keeps_agreements);
    if looks_back || wave.candidates.iter().any(|it| it.previous.is_some()) {
        return None;
    }
    let mut near = wave.clone();
    for (candidate, placement) in plan.pairs() {
        near.candidates[candidate].previous =
            placement.map(|it| Previous { seat: Part::Known(it.seat), coach: Part::Known(it.coach), status: Status::Voorgesteld });
    }
    let keep = |name: &str, term| Goal { name: name.into(), weights: vec![(term, 1)], tolerance_percent: 0 };
    near.policy.goals.push(keep("zelfde plek", TermCode::OngewijzigdSchool));
    near.policy.goals.push(keep("zelfde plaatsing", TermCode::Ongewijzigd));
    Some(near)
}
