//! A run's plan as it is looked at: made once of the file that was solved and its outcome, which never change. It knows no names.

use std::collections::BTreeMap;

use loket_instances::matching::outcome::{GoalLine, read_outcome};
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::read_wave;
use loket_instances::strict::problem::Refusal;
use loket_solver::common::tables::Id;
use loket_solver::matching::ask::explain::own::own;
use loket_solver::matching::facts::codes::{ReasonCode, RuleCode, TermCode};
use loket_solver::matching::facts::ids::{CandidateId, CoachId, SchoolId, SeatId};
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::{Bouw, words};

use crate::desk::decision::Spot;
use crate::store::Error;

/// Who travels so many percent of what is allowed travels near the limit.
const NEAR: u32 = 95;
/// Whose points are below so many percent of the mean fits less.
const LESS: i64 = 67;

/// Something about a proposal that asks to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tag {
    /// It leaves the school where the candidate is now.
    LeavesSchool,
    /// The bouw is the candidate's second choice, third, …
    Choice(usize),
    /// It fits less than most.
    FitsLess,
    /// The coach so far is another one.
    OtherCoach,
    /// The journey is near the limit.
    NearLimit {
        /// Minutes.
        minutes: u32,
        /// Most minutes.
        limit: u32,
    },
    /// The half-days with the duo colleague are just enough.
    FewDays {
        /// Together.
        shared: u32,
    },
    /// There is no place: the reason, and how many minutes too far the nearest seat is where that is it.
    NoPlace(ReasonCode, Option<i64>),
}

words! {
    /// What kind of attention is asked, to choose by.
    pub enum Focus {
        /// [`Tag::Choice`].
        Choice = "keus",
        /// [`Tag::FitsLess`].
        Fits = "passing",
        /// [`Tag::OtherCoach`].
        Coach = "coach",
        /// [`Tag::LeavesSchool`].
        School = "school",
        /// [`Tag::NearLimit`].
        Travel = "reis",
        /// [`Tag::FewDays`].
        Days = "dagdelen",
        /// [`Tag::NoPlace`].
        NoPlace = "geen-plaats",
    }
}

impl Tag {
    /// Its kind; their order is that of the list.
    pub fn focus(&self) -> Focus {
        match self {
            Self::LeavesSchool => Focus::School,
            Self::Choice(_) => Focus::Choice,
            Self::FitsLess => Focus::Fits,
            Self::OtherCoach => Focus::Coach,
            Self::NearLimit { .. } => Focus::Travel,
            Self::FewDays { .. } => Focus::Days,
            Self::NoPlace(..) => Focus::NoPlace,
        }
    }
}

/// Somebody in the plan.
#[derive(Clone, Debug)]
pub struct Person {
    /// What the placement is worth to the candidate in the goals that count the bouw and the journey; nothing without one.
    pub points: Option<i64>,
    /// Hours of coaching; 0 without a placement.
    pub hours: i64,
    /// What asks for attention, the most important first.
    pub tags: Vec<Tag>,
}

/// A goal of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: i64,
}

/// A run's plan.
#[derive(Clone, Debug)]
pub struct Sight {
    /// The wave that was solved.
    pub wave: Wave,
    /// Its plan.
    pub plan: Plan,
    /// Its goals, in order.
    pub goals: Vec<Goal>,
    /// Mean points of everybody who is placed.
    pub mean: i64,
    people: Vec<Person>,
    candidates: BTreeMap<String, CandidateId>,
    schools: BTreeMap<String, SchoolId>,
    coaches: BTreeMap<String, CoachId>,
    seats: BTreeMap<(SchoolId, String), SeatId>,
}

impl Sight {
    /// Reads it of the file that was solved and of its outcome, as they are kept.
    ///
    /// # Errors
    /// When what was kept cannot be read.
    pub fn read(file: &[u8], outcome: &[u8]) -> Result<Self, Error> {
        let wrong = |refusal: Refusal| Error::unreadable("een lichting of haar voorstel", &refusal);
        let wave = read_wave(file).map_err(wrong)?.wave;
        let outcome = read_outcome(outcome).map_err(wrong)?;
        let plan = plan_of(&wave, &outcome).map_err(|wrong| Error::Corrupt(wrong.join("; ")))?;
        let fit: Vec<bool> = wave.policy.goals.iter().map(|goal| goal.weights.iter().any(|it| about_person(*it))).collect();
        let worth = |candidate: CandidateId, placement: Placement| -> i64 {
            own(&wave, candidate, placement).into_iter().zip(&fit).filter(|(_, fit)| **fit).map(|(points, _)| points).sum()
        };
        let candidates: BTreeMap<String, CandidateId> = wave.candidates.pairs().map(|(id, it)| (it.id.clone(), id)).collect();
        let points: Vec<Option<i64>> = wave.candidates.ids().map(|id| plan[id].map(|it| worth(id, it))).collect();
        let (sum, count) = points.iter().flatten().fold((0, 0), |(sum, count), it| (sum + it, count + 1));
        let mean = i64::checked_div(sum, count).unwrap_or(0);
        let mut people: Vec<Person> = Vec::with_capacity(points.len());
        for (id, points) in wave.candidates.ids().zip(points) {
            people.push(Person { points, hours: 0, tags: plan[id].map_or_else(Vec::new, |it| tags(&wave, id, it, points, mean)) });
        }
        for line in &outcome.placements {
            if let Some(person) = candidates.get(&line.candidate).and_then(|id| people.get_mut(id.position())) {
                person.hours = line.hours;
            }
        }
        for line in &outcome.unplaced {
            let Some(&id) = candidates.get(&line.candidate) else { continue };
            let Some(person) = people.get_mut(id.position()) else { continue };
            let reason = line.reasons.first();
            let code = reason.and_then(|it| ReasonCode::parse(&it.code)).unwrap_or(ReasonCode::NotLooked);
            let nearest = reason.and_then(|it| it.data.get("dichtstbij_minuten")).filter(|_| code == ReasonCode::Rule(RuleCode::Reistijd));
            person.tags = vec![Tag::NoPlace(code, nearest.map(|it| it - i64::from(wave.candidates[id].max_travel)))];
        }
        Ok(Self {
            goals: outcome.goals.iter().map(|GoalLine { name, value, .. }| Goal { name: name.clone(), value: *value }).collect(),
            mean,
            people,
            candidates,
            schools: wave.schools.pairs().map(|(id, it)| (it.id.clone(), id)).collect(),
            coaches: wave.coaches.pairs().map(|(id, it)| (it.id.clone(), id)).collect(),
            seats: wave.seats.pairs().map(|(id, it)| ((it.school, it.id.clone()), id)).collect(),
            wave,
            plan,
        })
    }

    /// The candidate with this id.
    pub fn candidate(&self, id: &str) -> Option<CandidateId> {
        self.candidates.get(id).copied()
    }

    /// The school with this id.
    pub fn school(&self, id: &str) -> Option<SchoolId> {
        self.schools.get(id).copied()
    }

    /// The coach with this id.
    pub fn coach(&self, id: &str) -> Option<CoachId> {
        self.coaches.get(id).copied()
    }

    /// The placement that ids name.
    pub fn placement(&self, spot: &Spot) -> Option<Placement> {
        let seat = self.seats.get(&(self.school(&spot.school)?, spot.seat.clone())).copied()?;
        Some(Placement { seat, coach: self.coach(&spot.coach)? })
    }

    /// A placement by ids.
    pub fn spot(&self, it: Placement) -> Spot {
        let seat = &self.wave.seats[it.seat];
        Spot { school: self.wave.schools[seat.school].id.clone(), seat: seat.id.clone(), coach: self.wave.coaches[it.coach].id.clone() }
    }

    /// What is known of somebody.
    pub fn person(&self, id: CandidateId) -> Option<&Person> {
        self.people.get(id.position())
    }

    /// What is proposed for somebody, by ids.
    pub fn proposal(&self, id: CandidateId) -> Option<Spot> {
        self.plan[id].map(|it| self.spot(it))
    }

    /// Which choice of a candidate a bouw is, from 1.
    pub fn rank(&self, id: CandidateId, bouw: Bouw) -> Option<usize> {
        rank(&self.wave, id, bouw)
    }
}

/// Whether a weight is of what a place is to the candidate's own wishes.
fn about_person((code, weight): (TermCode, i64)) -> bool {
    weight != 0 && matches!(code, TermCode::Bouw | TermCode::Reistijd)
}

fn rank(wave: &Wave, id: CandidateId, bouw: Bouw) -> Option<usize> {
    wave.candidates[id].bouwen.iter().position(|it| *it == bouw).map(|at| at + 1)
}

fn tags(wave: &Wave, id: CandidateId, it: Placement, points: Option<i64>, mean: i64) -> Vec<Tag> {
    let (person, seat) = (&wave.candidates[id], &wave.seats[it.seat]);
    let minutes = wave.travel.candidate(id, seat.school);
    let mut tags = Vec::new();
    if let Some(later) = rank(wave, id, seat.bouw).filter(|it| *it > 1) {
        tags.push(Tag::Choice(later));
    }
    if points.is_some_and(|it| it * 100 < mean * LESS) {
        tags.push(Tag::FitsLess);
    }
    if person.current_coach.is_some_and(|coach| coach != it.coach) {
        tags.push(Tag::OtherCoach);
    }
    if person.current_school.is_some_and(|school| school != seat.school) {
        tags.push(Tag::LeavesSchool);
    }
    if minutes * 100 >= person.max_travel * NEAR {
        tags.push(Tag::NearLimit { minutes, limit: person.max_travel });
    }
    if !person.half_days.is_empty() && !seat.half_days.is_empty() {
        let shared = person.half_days.shared(seat.half_days).count();
        if shared <= wave.policy.shared_half_days && shared < person.half_days.count().min(seat.half_days.count()) {
            tags.push(Tag::FewDays { shared });
        }
    }
    tags
}
