//! One proposal beside the wish: what was wanted, what it is, and whether that fits; and how full the coach, the seats and the team are.

use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Placement;
use loket_solver::matching::facts::words::{Bouw, CoachKind};

use super::sight::{Sight, Tag};
use crate::desk::decision::Spot;

/// One wish beside what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Want {
    /// The bouw.
    Bouw {
        /// In order of choice.
        wanted: Vec<Bouw>,
        /// What it is.
        got: Bouw,
        /// Which choice that is; nothing when it is none.
        rank: Option<usize>,
    },
    /// The journey, minutes.
    Travel {
        /// Most.
        limit: u32,
        /// What it is.
        minutes: u32,
    },
    /// The school where the candidate is now.
    School {
        /// Its id.
        now: String,
        /// Whether it stays so.
        stays: bool,
    },
    /// The concept.
    Concept {
        /// Any of these.
        wanted: Vec<String>,
        /// What the school has.
        got: Option<String>,
    },
    /// Half-days; only where both named some.
    Days {
        /// Of the candidate.
        there: u32,
        /// With the duo colleague.
        shared: u32,
        /// How many are needed.
        needed: u32,
    },
    /// The coach.
    Coach {
        /// Tags that are wished for.
        wishes: Vec<String>,
        /// How many of these the coach has.
        met: usize,
        /// The coach so far.
        now: Option<String>,
        /// Whether the coach stays.
        stays: bool,
    },
}

/// How full something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Taken.
    pub used: i64,
    /// Most.
    pub most: i64,
}

/// The coach of a placement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoachLoad {
    /// Of which kind.
    pub kind: CoachKind,
    /// Candidates.
    pub people: Load,
    /// Hours.
    pub hours: Load,
    /// Minutes to the school.
    pub minutes: u32,
}

/// A proposal that places somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Where.
    pub spot: Spot,
    /// Its bouw.
    pub bouw: Bouw,
    /// The board of the school.
    pub board: String,
    /// Wishes beside what came of them.
    pub wants: Vec<Want>,
    /// The coach.
    pub coach: CoachLoad,
    /// The seats of the group.
    pub seats: Load,
    /// Who else is on these seats.
    pub beside: Vec<String>,
    /// Starters in the team, where it is limited.
    pub starters: Option<Load>,
    /// Pupils of the target group, percent.
    pub target_group: u32,
    /// What it is worth to the candidate.
    pub points: i64,
}

/// What somebody without a place wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// Bouwen in order of choice.
    pub bouwen: Vec<Bouw>,
    /// Most minutes of travel.
    pub limit: u32,
}

/// One candidate in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Rounds waited.
    pub waited: u32,
    /// What asks for attention.
    pub tags: Vec<Tag>,
    /// The proposal, or that there is none.
    pub proposal: Result<Placed, Unplaced>,
}

/// What is known of one candidate.
pub fn case(sight: &Sight, id: CandidateId) -> Case {
    let person = &sight.wave.candidates[id];
    let proposal = match sight.plan[id] {
        Some(it) => Ok(placed(sight, id, it)),
        None => Err(Unplaced { bouwen: person.bouwen.clone(), limit: person.max_travel }),
    };
    Case { waited: person.waited, tags: sight.person(id).map(|it| it.tags.clone()).unwrap_or_default(), proposal }
}

fn placed(sight: &Sight, id: CandidateId, it: Placement) -> Placed {
    let wave = &sight.wave;
    let (seat, coach) = (&wave.seats[it.seat], &wave.coaches[it.coach]);
    let school = &wave.schools[seat.school];
    let (mut people, mut hours, mut seats, mut team) = (0, 0, 0, 0);
    let mut beside = Vec::new();
    for (other, at) in sight.plan.pairs().filter_map(|(id, at)| Some((id, (*at)?))) {
        if at.coach == it.coach {
            people += 1;
            hours += sight.person(other).map_or(0, |it| it.hours);
        }
        if at.seat == it.seat {
            seats += 1;
            if other != id {
                beside.push(wave.candidates[other].id.clone());
            }
        }
        team += i64::from(wave.seats[at.seat].school == seat.school);
    }
    let starters = school.team_size.map(|size| Load {
        used: team + i64::from(school.starters),
        most: i64::from(size) * i64::from(wave.policy.max_starters_percent) / 100,
    });
    Placed {
        spot: sight.spot(it),
        bouw: seat.bouw,
        board: wave.boards[school.board].id.clone(),
        wants: wants(sight, id, it),
        coach: CoachLoad {
            kind: coach.kind,
            people: Load { used: people, most: coach.maximum.into() },
            hours: Load { used: hours, most: coach.hours.into() },
            minutes: wave.travel.coach(it.coach, seat.school),
        },
        seats: Load { used: seats, most: seat.count.into() },
        beside,
        starters,
        target_group: school.target_group,
        points: sight.person(id).and_then(|it| it.points).unwrap_or(0),
    }
}

fn wants(sight: &Sight, id: CandidateId, it: Placement) -> Vec<Want> {
    let wave = &sight.wave;
    let (person, seat, coach) = (&wave.candidates[id], &wave.seats[it.seat], &wave.coaches[it.coach]);
    let school = &wave.schools[seat.school];
    let mut wants = vec![
        Want::Bouw { wanted: person.bouwen.clone(), got: seat.bouw, rank: sight.rank(id, seat.bouw) },
        Want::Travel { limit: person.max_travel, minutes: wave.travel.candidate(id, seat.school) },
    ];
    if let Some(now) = person.current_school {
        wants.push(Want::School { now: wave.schools[now].id.clone(), stays: now == seat.school });
    }
    if !person.concepts.is_empty() {
        wants.push(Want::Concept { wanted: person.concepts.clone(), got: school.concept.clone() });
    }
    if !person.half_days.is_empty() && !seat.half_days.is_empty() {
        let (own, there) = (person.half_days.count(), seat.half_days.count());
        let shared = person.half_days.shared(seat.half_days).count();
        wants.push(Want::Days { there: own, shared, needed: wave.policy.shared_half_days.min(own).min(there) });
    }
    wants.push(Want::Coach {
        met: person.coach_wishes.iter().filter(|it| coach.tags.contains(it)).count(),
        wishes: person.coach_wishes.clone(),
        now: person.current_coach.map(|it| wave.coaches[it].id.clone()),
        stays: person.current_coach == Some(it.coach),
    });
    wants
}
