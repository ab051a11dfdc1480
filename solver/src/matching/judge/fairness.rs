//! How fair a plan is, in numbers a board can read: choices, who is worst off, justified envy, spread, load and cost.
//!
//! Everything is counted from wave and plan alone. Definitions and where they come from are in docs/reruns.md, "Fairness".

use crate::matching::facts::codes::TermCode;
use crate::matching::facts::hours;
use crate::matching::facts::ids::{BoardId, CandidateId, CoachId, SchoolId};
use crate::matching::facts::plan::{Placement, Plan};
use crate::matching::facts::policy::Goal;
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::{CoachKind, Phase, Word};
use crate::matching::judge;
use crate::matching::judge::rules::starters;

/// The whole report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fairness {
    /// How many are placed in their first, second and third or later bouw; the last is who is not placed.
    pub choices: [usize; 4],
    /// Everybody who is placed with passing points and travel, the worst off first (fewest points, then longest travel, then file row).
    pub fit: Vec<Fit>,
    /// Everybody with justified envy and of whom, in the order of the file's rows.
    pub envy: Vec<Envy>,
    /// Boards in the order of the table.
    pub boards: Vec<BoardShare>,
    /// Target-group pupils.
    pub target_group: TargetGroup,
    /// Schools with many target-group pupils that count starters.
    pub hard_schools: Vec<HardSchool>,
    /// Coaches in the order of the table.
    pub coaches: Vec<CoachLoad>,
    /// What coaching costs by phase and kind of coach, in that order; only what occurs.
    pub costs: Vec<Cost>,
}

/// How well a placement fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Who.
    pub candidate: CandidateId,
    /// Passing points.
    pub points: i64,
    /// Travel, minutes.
    pub minutes: u32,
}

/// Somebody who would rather have the place of people who waited less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envy {
    /// Who.
    pub candidate: CandidateId,
    /// Of whom, in the order of the file's rows.
    pub of: Vec<CandidateId>,
}

/// A board's share of the seats and of the placements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoardShare {
    /// The board.
    pub board: BoardId,
    /// Seats that it offers.
    pub seats: usize,
    /// Placements at its schools.
    pub placed: usize,
}

/// How far placements are at schools with target-group pupils.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TargetGroup {
    /// Mean share of target-group pupils over placements, in tenths of a percent, rounded half up; 0 without placements.
    pub mean_placed: u64,
    /// The same over all seats.
    pub mean_seats: u64,
    /// Placements at schools from the policy's border on (`extra_begeleiding.vanaf`).
    pub placed_hard: usize,
    /// Seats there.
    pub seats_hard: usize,
}

/// Starters at a school with many target-group pupils.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HardSchool {
    /// The school.
    pub school: SchoolId,
    /// Starters there already.
    pub starters: u32,
    /// Placements of this plan.
    pub placed: usize,
    /// Size of the team.
    pub team: u32,
    /// Room for this plan that the rule `starters` leaves.
    pub room: i64,
}

/// How full a coach is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoachLoad {
    /// The coach.
    pub coach: CoachId,
    /// Candidates already running.
    pub running: u32,
    /// Placements of this plan.
    pub placed: u32,
    /// Most placements.
    pub maximum: u32,
    /// Hours of this plan.
    pub hours: u64,
}

impl CoachLoad {
    /// (running + placed) of (running + maximum) in percent, rounded up as in the term `belasting`; 0 for a coach with no room at all.
    pub fn percent(&self) -> u64 {
        let full = u64::from(self.running) + u64::from(self.maximum);
        (100 * (u64::from(self.running) + u64::from(self.placed))).div_ceil(full.max(1))
    }
}

/// Coaching of one phase by one kind of coach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The candidates' phase.
    pub phase: Phase,
    /// Who employs the coach.
    pub kind: CoachKind,
    /// Candidates.
    pub people: usize,
    /// Coaching hours.
    pub hours: u64,
    /// Cents.
    pub cents: i64,
}

/// The goal by which people prefer one place over another: the policy's goal called passing, else that of docs/model.md.
pub fn passing(wave: &Wave) -> Goal {
    let default = || Goal {
        name: "passing".into(),
        weights: vec![
            (TermCode::Bouw, 5),
            (TermCode::Reistijd, 3),
            (TermCode::Coachwens, 2),
            (TermCode::Concept, 1),
            (TermCode::Coachreis, 1),
        ],
        tolerance_percent: 0,
    };
    wave.policy.goals.iter().find(|goal| goal.name == "passing").cloned().unwrap_or_else(default)
}

/// What a placement is worth to a candidate.
pub fn worth(wave: &Wave, passing: &Goal, candidate: CandidateId, placement: Placement) -> i64 {
    let points = judge::points(wave, candidate, placement);
    let of = |term: TermCode| points.iter().find(|(code, _)| *code == term).map_or(0, |(_, points)| *points);
    passing.weights.iter().map(|&(term, weight)| weight * of(term)).sum()
}

/// The report on a plan.
pub fn fairness(wave: &Wave, plan: &Plan) -> Fairness {
    let passing = passing(wave);
    let rows = wave.candidates_by_row();
    let placed: Vec<(CandidateId, Placement)> = rows.iter().filter_map(|&it| Some((it, plan[it]?))).collect();
    let mut fit: Vec<Fit> = placed
        .iter()
        .map(|&(candidate, placement)| Fit {
            candidate,
            points: worth(wave, &passing, candidate, placement),
            minutes: wave.travel.candidate(candidate, placement.school(wave)),
        })
        .collect();
    let mut choices = [0, 0, 0, rows.len() - placed.len()];
    for &(candidate, placement) in &placed {
        choices[choice(wave, candidate, placement)] += 1;
    }
    let envy = rows.iter().map(|&candidate| Envy { candidate, of: envied(wave, plan, &passing, candidate, &placed) });
    let envy = envy.filter(|it| !it.of.is_empty()).collect();
    fit.sort_by_key(|it| (it.points, std::cmp::Reverse(it.minutes), wave.candidates[it.candidate].row));
    Fairness {
        choices,
        fit,
        envy,
        boards: boards(wave, &placed),
        target_group: target_group(wave, &placed),
        hard_schools: hard_schools(wave, &placed),
        coaches: coaches(wave, &placed),
        costs: costs(wave, &placed),
    }
}

/// Position of the placement's bouw among the candidate's choices: 0, 1, or 2 for everything after.
pub fn choice(wave: &Wave, candidate: CandidateId, placement: Placement) -> usize {
    let bouw = wave.seats[placement.seat].bouw;
    wave.candidates[candidate].bouwen.iter().position(|&it| it == bouw).unwrap_or(2).min(2)
}

/// Whom somebody envies with reason: whoever waited less and has a seat with a coach that the pair rules allow this person and that this
/// person prefers to the own placement, or to none.
fn envied(wave: &Wave, plan: &Plan, passing: &Goal, candidate: CandidateId, placed: &[(CandidateId, Placement)]) -> Vec<CandidateId> {
    let waited = |it: CandidateId| wave.candidates[it].waited.min(9);
    let own = plan[candidate].map(|it| worth(wave, passing, candidate, it));
    let better = |placement| own.is_none_or(|own| worth(wave, passing, candidate, placement) > own);
    placed
        .iter()
        .filter(|&&(other, placement)| {
            other != candidate && waited(other) < waited(candidate) && better(placement) && judge::allowed(wave, candidate, placement)
        })
        .map(|&(other, _)| other)
        .collect()
}

fn boards(wave: &Wave, placed: &[(CandidateId, Placement)]) -> Vec<BoardShare> {
    let mut shares: Vec<BoardShare> = wave.boards.ids().map(|board| BoardShare { board, seats: 0, placed: 0 }).collect();
    let mut at = |board: BoardId, seats: usize, placed: usize| {
        if let Some(share) = shares.iter_mut().find(|it| it.board == board) {
            share.seats += seats;
            share.placed += placed;
        }
    };
    wave.seats.pairs().for_each(|(seat, row)| at(wave.school_of(seat).board, row.count as usize, 0));
    placed.iter().for_each(|(_, placement)| at(wave.school_of(placement.seat).board, 0, 1));
    shares
}

fn is_hard(wave: &Wave, school: SchoolId) -> bool {
    wave.schools[school].target_group >= wave.policy.extra_from
}

fn target_group(wave: &Wave, placed: &[(CandidateId, Placement)]) -> TargetGroup {
    let mut found = TargetGroup::default();
    let (mut sum_placed, mut sum_seats, mut seats) = (0, 0, 0);
    for row in wave.seats.iter() {
        let share = u64::from(wave.schools[row.school].target_group);
        seats += u64::from(row.count);
        sum_seats += share * u64::from(row.count);
        found.seats_hard += if is_hard(wave, row.school) { row.count as usize } else { 0 };
    }
    for (_, placement) in placed {
        let school = placement.school(wave);
        sum_placed += u64::from(wave.schools[school].target_group);
        found.placed_hard += usize::from(is_hard(wave, school));
    }
    let mean = |sum: u64, of: u64| (20 * sum + of).checked_div(2 * of).unwrap_or(0);
    found.mean_placed = mean(sum_placed, placed.len() as u64);
    found.mean_seats = mean(sum_seats, seats);
    found
}

fn hard_schools(wave: &Wave, placed: &[(CandidateId, Placement)]) -> Vec<HardSchool> {
    let schools = wave.schools.pairs().filter(|(school, _)| is_hard(wave, *school));
    schools
        .filter_map(|(school, row)| {
            let team = row.team_size?;
            let here = placed.iter().filter(|(_, placement)| placement.school(wave) == school).count();
            let room = starters::room(wave, row)?;
            Some(HardSchool { school, starters: row.starters, placed: here, team, room })
        })
        .filter(|it| it.placed > 0)
        .collect()
}

fn coaches(wave: &Wave, placed: &[(CandidateId, Placement)]) -> Vec<CoachLoad> {
    let load = |(coach, row): (CoachId, &crate::matching::facts::wave::Coach)| {
        let own = placed.iter().filter(|(_, placement)| placement.coach == coach);
        let hours = own.clone().map(|&(candidate, placement)| u64::from(hours::hours(wave, candidate, placement.school(wave)))).sum();
        let count = u32::try_from(own.count()).unwrap_or(u32::MAX);
        CoachLoad { coach, running: row.running, placed: count, maximum: row.maximum, hours }
    };
    wave.coaches.pairs().map(load).collect()
}

fn costs(wave: &Wave, placed: &[(CandidateId, Placement)]) -> Vec<Cost> {
    let mut costs = Vec::new();
    for &phase in Phase::ALL {
        for &kind in CoachKind::ALL {
            let mut cost = Cost { phase, kind, people: 0, hours: 0, cents: 0 };
            for &(candidate, placement) in placed {
                let coach = &wave.coaches[placement.coach];
                if wave.candidates[candidate].phase == phase && coach.kind == kind {
                    let hours = hours::hours(wave, candidate, placement.school(wave));
                    cost.people += 1;
                    cost.hours += u64::from(hours);
                    cost.cents += i64::from(hours) * i64::from(coach.rate_cents);
                }
            }
            costs.extend((cost.people > 0).then_some(cost));
        }
    }
    costs
}
