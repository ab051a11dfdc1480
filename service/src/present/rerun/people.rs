//! A difference as a page shows it: everybody by name, each cause as a value, and goals and figures of both plans.

use loket_instances::matching::read::Loaded;
use loket_solver::matching::ask::rerun::cause::Why;
use loket_solver::matching::ask::rerun::difference::Kind;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Placement;
use loket_solver::matching::facts::words::Bouw;
use loket_solver::matching::judge;

use super::told::{Left, Person, Told};
use crate::desk::goals::Aim;

/// Most people who are named in one cause.
const NAMED: usize = 3;

/// Where somebody is, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Id of the school.
    pub school: String,
    /// Its name, else its id.
    pub school_name: String,
    /// The seat group.
    pub seat: String,
    /// Its bouw.
    pub bouw: Bouw,
    /// Id of the coach.
    pub coach: String,
    /// The coach's name, else the id.
    pub coach_name: String,
}

/// A limit that is full, with what or whose it is where it is somebody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Which.
    pub rule: RuleCode,
    /// The coach or school, by name; empty for a limit of the whole wave.
    pub whose: String,
}

/// Why something changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The coach is gone.
    CoachGone(String),
    /// The school is gone.
    SchoolGone(String),
    /// The seats are gone, of this school.
    SeatGone(String),
    /// The coach is not allowed any more.
    CoachForbidden(String, Vec<RuleCode>),
    /// Nobody is allowed at this school's seats any more.
    SeatForbidden(String, Vec<RuleCode>),
    /// It is full.
    Full {
        /// What is full.
        limits: Vec<Limit>,
        /// Who came there instead, by name: some of them.
        newcomers: Vec<String>,
        /// How many more.
        more: usize,
        /// How many placements would keep what can be kept.
        options: usize,
    },
    /// Something else is fixed.
    Locked,
    /// A goal gets better.
    Better {
        /// Its name.
        goal: String,
        /// What it is about.
        aim: Aim,
        /// By how much.
        by: i64,
    },
    /// It makes no difference.
    Equal,
}

/// Somebody for whom something changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The id.
    pub id: String,
    /// The name, else the id.
    pub name: String,
    /// How it changes.
    pub kind: Kind,
    /// Where before.
    pub was: Option<Place>,
    /// Where now.
    pub now: Option<Place>,
    /// Why, the strongest first.
    pub causes: Vec<Cause>,
}

impl Moved {
    /// Whether the school or the seats are others.
    pub fn elsewhere(&self) -> bool {
        let at = |place: &Option<Place>| place.as_ref().map(|it| (it.school.clone(), it.seat.clone()));
        at(&self.was) != at(&self.now)
    }

    /// Whether the coach is another.
    pub fn other_coach(&self) -> bool {
        self.was.as_ref().map(|it| &it.coach) != self.now.as_ref().map(|it| &it.coach)
    }
}

/// Somebody who takes part no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The id.
    pub id: String,
    /// The name, else the id.
    pub name: String,
    /// Where before.
    pub was: Option<Place>,
}

/// A goal before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalPair {
    /// Its name in the policy.
    pub name: String,
    /// What it is about.
    pub aim: Aim,
    /// Before.
    pub was: i64,
    /// After.
    pub now: i64,
}

/// What differs between two plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Everybody for whom something changes, in the order of the wave.
    pub people: Vec<Moved>,
    /// Who takes part no longer.
    pub gone: Vec<Gone>,
    /// For how many nothing changes.
    pub same: usize,
    /// How many had no place and have none.
    pub waiting: usize,
    /// How many are placed, before and after.
    pub placed: (i64, i64),
    /// What coaching costs, in cents, before and after.
    pub cost: (i64, i64),
    /// The goals of both, without those that compare with a plan before.
    pub goals: Vec<GoalPair>,
}

impl Difference {
    /// Whose placement cannot be any more, whatever the plan.
    pub fn forced(&self) -> impl Iterator<Item = &Moved> {
        self.people.iter().filter(|it| it.kind.forced())
    }

    /// Who could have stayed and moves along.
    pub fn chosen(&self) -> impl Iterator<Item = &Moved> {
        self.people.iter().filter(|it| it.kind == Kind::Chosen)
    }

    /// Who had no place, and has one or came in.
    pub fn fresh(&self) -> impl Iterator<Item = &Moved> {
        self.people.iter().filter(|it| matches!(it.kind, Kind::Placed | Kind::Arrived))
    }

    /// Who had a place and has none.
    pub fn dropped(&self) -> usize {
        self.people.iter().filter(|it| it.was.is_some() && it.now.is_none()).count()
    }
}

/// The difference as values with names.
pub fn difference(told: &Told<'_>) -> Difference {
    let (before, after) = (told.of.before, told.of.after);
    let cents = |loaded: &Loaded, plan: &loket_solver::matching::facts::plan::Plan| {
        let one = |(candidate, it): (CandidateId, Placement)| {
            let hours = i64::from(loket_solver::matching::facts::hours::hours(&loaded.wave, candidate, it.school(&loaded.wave)));
            hours * i64::from(loaded.wave.coaches[it.coach].rate_cents)
        };
        plan.pairs().filter_map(|(candidate, it)| Some((candidate, (*it)?))).map(one).sum::<i64>()
    };
    let placed = |plan| i64::try_from(super::placed(plan)).unwrap_or(i64::MAX);
    let goals = after.wave.policy.goals.iter().filter(|goal| !goal.keeps_agreements()).map(|goal| GoalPair {
        name: goal.name.clone(),
        aim: Aim::of(&goal.weights),
        was: judge::value(&before.wave, goal, told.of.old),
        now: judge::value(&after.wave, goal, told.of.new),
    });
    Difference {
        people: told.people.iter().zip(&told.of.difference.people).map(|(person, moved)| one(told, person, moved)).collect(),
        gone: told.left.iter().zip(&told.of.difference.left).map(|(left, &id)| gone(told, left, id)).collect(),
        same: told.of.difference.same,
        waiting: told.of.difference.waiting,
        placed: (placed(told.of.old), placed(told.of.new)),
        cost: (cents(before, told.of.old), cents(after, told.of.new)),
        goals: goals.collect(),
    }
}

fn place(loaded: &Loaded, at: Placement) -> Place {
    let (wave, names) = (&loaded.wave, &loaded.names);
    let (school, coach) = (&wave.school_of(at.seat).id, &wave.coaches[at.coach].id);
    Place {
        school: school.clone(),
        school_name: names.schools.get(school).unwrap_or(school).clone(),
        seat: wave.seats[at.seat].id.clone(),
        bouw: wave.seats[at.seat].bouw,
        coach: coach.clone(),
        coach_name: names.coaches.get(coach).unwrap_or(coach).clone(),
    }
}

fn called(loaded: &Loaded, candidate: CandidateId) -> String {
    let id = &loaded.wave.candidates[candidate].id;
    loaded.names.candidates.get(id).unwrap_or(id).clone()
}

fn one(told: &Told<'_>, person: &Person<'_>, moved: &loket_solver::matching::ask::rerun::difference::Moved) -> Moved {
    let (before, after) = (told.of.before, told.of.after);
    let was = moved.from.map(|from| place(before, from));
    Moved {
        id: person.id.to_owned(),
        name: called(after, moved.candidate),
        kind: moved.kind,
        now: moved.to.map(|to| place(after, to)),
        causes: moved.why.iter().map(|why| cause(after, was.as_ref(), why)).collect(),
        was,
    }
}

fn gone(told: &Told<'_>, left: &Left<'_>, id: CandidateId) -> Gone {
    Gone { id: left.id.to_owned(), name: called(told.of.before, id), was: told.of.old[id].map(|it| place(told.of.before, it)) }
}

fn cause(after: &Loaded, was: Option<&Place>, why: &Why) -> Cause {
    let coach = || was.map_or_else(String::new, |it| it.coach_name.clone());
    let school = || was.map_or_else(String::new, |it| it.school_name.clone());
    let full = |rules: &[RuleCode], newcomers: &[CandidateId], at: Placement, options: usize| Cause::Full {
        limits: rules.iter().map(|&rule| limit(after, rule, at)).collect(),
        newcomers: newcomers.iter().take(NAMED).map(|&it| called(after, it)).collect(),
        more: newcomers.len().saturating_sub(NAMED),
        options,
    };
    match why {
        Why::CoachGone => Cause::CoachGone(coach()),
        Why::SchoolGone => Cause::SchoolGone(school()),
        Why::SeatGone => Cause::SeatGone(school()),
        Why::CoachForbidden(rules) => Cause::CoachForbidden(coach(), rules.clone()),
        Why::SeatForbidden(rules) => Cause::SeatForbidden(school(), rules.clone()),
        Why::Full { rules, newcomers, at, options } => full(rules, newcomers, *at, *options),
        Why::Less { rules, at, options } => full(rules, &[], *at, *options),
        Why::Locked => Cause::Locked,
        Why::Better { goal, by } => match after.wave.policy.goals.get(*goal) {
            Some(goal) => Cause::Better { goal: goal.name.clone(), aim: Aim::of(&goal.weights), by: *by },
            None => Cause::Equal,
        },
        Why::Equal => Cause::Equal,
    }
}

/// Whose limit it is at a placement.
fn limit(after: &Loaded, rule: RuleCode, at: Placement) -> Limit {
    let place = place(after, at);
    let whose = match rule {
        RuleCode::CoachAantal | RuleCode::CoachUren | RuleCode::CoachVervolg => place.coach_name,
        RuleCode::Plekken | RuleCode::SchoolMaximum | RuleCode::Starters => place.school_name,
        RuleCode::BestuurMaximum => {
            let board = after.wave.school_of(at.seat).board;
            let id = &after.wave.boards[board].id;
            after.names.boards.get(id).unwrap_or(id).clone()
        }
        _ => String::new(),
    };
    Limit { rule, whose }
}
