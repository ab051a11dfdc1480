//! What if a coach drops out: asked about the plan that counts, and what was found, by name and the weakest spot first.

use std::collections::BTreeMap;

use loket_instances::matching::read::{Loaded, Names};
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::words::CoachKind;

use super::comparing::{names, side};
use super::{Asked, Refused, Turn, questions};
use crate::desk::goals::Aim;
use crate::present::rerun::people::GoalPair;
use crate::records::job::{Job, Question, State};
use crate::records::run::Run;
use crate::records::stress::{GoneKind, Spot, Stress};
use crate::records::wave::Wave;
use crate::store::Store;
use crate::work::kinds::STRESS;

/// A coach who drops out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The coach.
    pub id: String,
    /// By name, else the id.
    pub name: String,
    /// Whether the coach is employed or hired.
    pub kind: CoachKind,
    /// How many people the coach has.
    pub people: usize,
    /// Who takes over how many, by name, most first.
    pub takes: Vec<(String, usize)>,
    /// Who stays without a place, by name.
    pub left: Vec<String>,
    /// Where each goes, by name: the coach then, or nothing for who stays without a place.
    pub moves: Vec<(String, Option<String>)>,
    /// Others who move along, by name.
    pub along: Vec<String>,
    /// The goals of the plan and of the one then; none where there is no plan then.
    pub goals: Vec<GoalPair>,
    /// Who stands by, by name: how many this one takes, and could take were there room.
    pub stand_by: Option<(String, usize, usize)>,
    /// How the rerun ended.
    pub ended: Verdict,
}

/// A coach with room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// By name, else the id.
    pub name: String,
    /// Whether the coach is employed or hired.
    pub kind: CoachKind,
    /// How many more.
    pub free: usize,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Whether every coach was looked at.
    pub complete: bool,
    /// Whether it is proven of each that fewer moves cannot be.
    pub proven: bool,
    /// Coaches, the weakest spot first.
    pub rows: Vec<Row>,
    /// Coaches with room, most first.
    pub room: Vec<Room>,
}

impl Found {
    /// Who stands by for how many coaches, with the room that there is; most first.
    pub fn stand_ins(&self) -> Vec<(&str, usize, usize)> {
        let mut all: BTreeMap<&str, usize> = BTreeMap::new();
        for (name, ..) in self.rows.iter().filter_map(|it| it.stand_by.as_ref()) {
            *all.entry(name).or_default() += 1;
        }
        let free = |name: &str| self.room.iter().find(|it| it.name == name).map_or(0, |it| it.free);
        let mut all: Vec<(&str, usize, usize)> = all.into_iter().map(|(name, count)| (name, count, free(name))).collect();
        all.sort_by_key(|(name, count, _)| (std::cmp::Reverse(*count), *name));
        all
    }
}

/// A trial of every coach.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The wave.
    pub wave: Wave,
    /// The run whose plan counts; none when there is no plan.
    pub run: Option<Run>,
    /// The question, when it was asked.
    pub job: Option<Job>,
    /// What was found, once it is.
    pub found: Option<Found>,
}

/// The trial of the plan of a wave that counts, as far as it is.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such wave.
pub async fn seen(store: &Store, asked: &Asked, wave: &str) -> Result<Trial, Refused> {
    let wave = store.read().wave(wave).await?.ok_or(Refused::Unknown)?;
    let run = match &wave.current {
        Some(current) => store.read().run(current).await?.filter(Run::planned),
        None => None,
    };
    let Some(about) = &run else { return Ok(Trial { wave, run, job: None, found: None }) };
    let job = questions::asked_before(store, &about.job.id, &STRESS, &Question::stress()).await?;
    let found = match &job {
        Some(job) if job.state == State::Klaar => found(store, asked, about, &job.id).await?,
        _ => None,
    };
    Ok(Trial { wave, run, job, found })
}

/// Asks what happens when each coach drops out of the plan of a wave that counts.
///
/// # Errors
/// That there is no plan.
pub async fn ask(store: &Store, asked: &Asked, wave: &str) -> Result<(), Refused> {
    let wave = store.read().wave(wave).await?.ok_or(Refused::Unknown)?;
    let run = wave.current.ok_or_else(|| Refused::not_now("Er is nog geen plan; bereken eerst een voorstel."))?;
    questions::ask(store, asked, &run, &STRESS, &Question::stress()).await.map(|_| ())
}

async fn found(store: &Store, asked: &Asked, run: &Run, question: &str) -> Result<Option<Found>, Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let Some(answer) = reading.result(question).await? else { return Ok(None) };
    let file = reading.input(&run.input).await?.ok_or(Refused::Unknown)?;
    let Some(outcome) = reading.result(&run.job.id).await? else { return Ok(None) };
    let names = names(&mut reading, asked).await?;
    drop(reading);
    let work = move || {
        let (loaded, plan) = side(&file, &outcome, &names)?;
        Ok::<_, crate::store::Error>(told(Stress::read(&answer)?, &loaded, &plan))
    };
    Ok(Some(turn.aside(work).await??))
}

fn told(stress: Stress, loaded: &Loaded, plan: &Plan) -> Found {
    let proven = stress.spots.iter().all(|it| matches!(it.ended.0, Verdict::Optimal | Verdict::Impossible));
    let mut spots: Vec<&Spot> = stress.spots.iter().filter(|it| it.kind == GoneKind::Coach).collect();
    let weight = |it: &Spot| (it.ended.0 == Verdict::Impossible, it.left.len(), it.along().count(), it.people.len());
    spots.sort_by_key(|it| std::cmp::Reverse(weight(it)));
    // Whom the trial calls the weakest comes first among equals.
    if let Some(at) = spots.iter().position(|it| Some(&it.id) == stress.weakest.as_ref()) {
        let weakest = spots.remove(at);
        spots.insert(0, weakest);
    }
    let rows = spots.into_iter().map(|spot| row(spot, loaded)).collect();
    let mut load: BTreeMap<&str, usize> = BTreeMap::new();
    for placement in plan.iter().flatten() {
        *load.entry(loaded.wave.coaches[placement.coach].id.as_str()).or_default() += 1;
    }
    let mut room: Vec<Room> = Vec::new();
    for id in loaded.wave.coaches.ids() {
        let coach = &loaded.wave.coaches[id];
        let most = usize::try_from(coach.maximum).unwrap_or(usize::MAX);
        let free = most.saturating_sub(load.get(coach.id.as_str()).copied().unwrap_or(0));
        if free > 0 {
            room.push(Room { name: called(&loaded.names, &coach.id), kind: coach.kind, free });
        }
    }
    room.sort_by(|a, b| b.free.cmp(&a.free).then_with(|| a.name.cmp(&b.name)));
    Found { complete: stress.complete, proven, rows, room }
}

fn called(names: &Names, coach: &str) -> String {
    names.coaches.get(coach).map_or_else(|| coach.to_owned(), Clone::clone)
}

fn row(spot: &Spot, loaded: &Loaded) -> Row {
    let names = &loaded.names;
    let mut takes: BTreeMap<&str, usize> = BTreeMap::new();
    for to in spot.people.iter().filter_map(|it| it.now.as_ref()) {
        *takes.entry(&to.coach).or_default() += 1;
    }
    let mut takes: Vec<(String, usize)> = takes.into_iter().map(|(coach, count)| (called(names, coach), count)).collect();
    takes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let kind = loaded.wave.coaches.ids().map(|it| &loaded.wave.coaches[it]).find(|it| it.id == spot.id).map(|it| it.kind);
    let person = |id: &String| names.candidates.get(id).unwrap_or(id).clone();
    let goals = &loaded.wave.policy.goals;
    let pair = |it: &crate::records::stress::Goal| {
        let goal = goals.iter().find(|goal| goal.name == it.name && !goal.keeps_agreements())?;
        Some(GoalPair { name: it.name.clone(), aim: Aim::of(&goal.weights), was: it.was, now: it.now })
    };
    Row {
        id: spot.id.clone(),
        name: called(names, &spot.id),
        kind: kind.unwrap_or(CoachKind::Intern),
        people: spot.people.len(),
        takes,
        left: spot.left.iter().map(person).collect(),
        moves: spot.people.iter().map(|it| (person(&it.candidate), it.now.as_ref().map(|to| called(names, &to.coach)))).collect(),
        along: spot.along().map(person).collect(),
        goals: spot.goals.iter().filter_map(pair).collect(),
        stand_by: spot.stand_by.as_ref().map(|it| (called(names, &it.coach), it.takes, it.could)),
        ended: spot.ended.0,
    }
}
