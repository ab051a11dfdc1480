//! After publication: who could exchange placements so that nobody gets worse, and who comes in first when somebody falls out; both asked about
//! the plan that counts, and what was found, by name.

use jiff::civil::Date;
use loket_instances::matching::read::Names;
use loket_instances::matching::rerun::Moved;
use loket_solver::matching::facts::words::{Phase, Status, Word};

use super::comparing::names;
use super::{Asked, Refused, Turn, dropouts, questions};
use crate::desk::decision::Spot;
use crate::desk::dropping::{Rate, rate};
use crate::desk::fairness::read;
use crate::desk::funnel::counted;
use crate::records::afterwards::{Exchange, Mover, Place, Waiter, WaitingList};
use crate::records::batch::Batch;
use crate::records::funnel::{Completed, Entered};
use crate::records::job::{Job, Question, State};
use crate::records::run::Run;
use crate::records::setting::dropping_out;
use crate::records::wave::{Life, Wave};
use crate::store::{Error, Session, Store};
use crate::work::kinds::{EXCHANGE, Kind, WAITING};

/// An answer, as far as it is.
#[derive(Clone, Debug)]
pub enum Part<T> {
    /// Nobody asked.
    NotAsked,
    /// It is being worked out.
    AtWork(Box<Job>),
    /// It came to nothing, and why.
    Nothing(String),
    /// This.
    Found(T),
}

impl<T> Part<T> {
    /// The same with what becomes of what was found; nothing when that comes to nothing.
    fn map<U>(self, become_of: impl FnOnce(T) -> Result<Option<U>, Error>) -> Result<Part<U>, Error> {
        Ok(match self {
            Self::NotAsked => Part::NotAsked,
            Self::AtWork(job) => Part::AtWork(job),
            Self::Nothing(why) => Part::Nothing(why),
            Self::Found(found) => become_of(found)?.map_or_else(|| Part::Nothing(String::new()), Part::Found),
        })
    }

    /// What was found, once it is.
    pub fn found(&self) -> Option<&T> {
        match self {
            Self::Found(found) => Some(found),
            Self::NotAsked | Self::AtWork(_) | Self::Nothing(_) => None,
        }
    }

    /// Why it came to nothing; empty when time was up.
    pub fn nothing(&self) -> Option<&str> {
        match self {
            Self::Nothing(why) => Some(why),
            Self::NotAsked | Self::AtWork(_) | Self::Found(_) => None,
        }
    }
}

/// Somebody who takes the placement of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taker {
    /// By name, else the id.
    pub name: String,
    /// The placement that was published; school and coach by name.
    pub from: Spot,
    /// That of another.
    pub to: Spot,
    /// How many points better it suits.
    pub better: i64,
}

/// People who each take the placement of the next, the last that of the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Who.
    pub people: Vec<Taker>,
    /// Whether it can be done without the other rounds.
    pub alone: bool,
}

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// The id.
    pub id: String,
    /// By name, else the id.
    pub name: String,
    /// How many single drop-outs would make a place.
    pub dropouts: usize,
    /// How often those are expected, in thousandths.
    pub expected: i64,
}

/// Who comes in first when somebody falls out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// How many people are expected to fall out.
    pub expected: usize,
    /// Whether every drop-out was looked at to the end.
    pub complete: bool,
    /// Who, the first on top.
    pub people: Vec<Next>,
    /// The rates that it was worked out with, of the phases that occur.
    pub rates: Vec<(Phase, u32)>,
}

/// What is known of a wave after its publication.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The wave.
    pub wave: Wave,
    /// Whether it is published and goes on.
    pub published: bool,
    /// Whether the placements have begun: nobody exchanges any more.
    pub began: bool,
    /// Who could exchange.
    pub exchange: Part<Vec<Round>>,
    /// Who comes in first.
    pub waiting: Part<Waiting>,
    /// How many of each phase fall out, as is known today, of the phases that occur.
    pub rates: Vec<Rate>,
    /// How many wait.
    pub unplaced: usize,
}

impl Seen {
    /// Whether the list was made with other rates than are known today.
    pub fn stale(&self) -> bool {
        let Some(found) = self.waiting.found() else { return false };
        self.rates.iter().any(|now| found.rates.iter().all(|it| *it != (now.phase, now.of_thousand)))
    }

    /// Whether anything was asked of the plan that counts.
    pub fn asked(&self) -> bool {
        !matches!((&self.exchange, &self.waiting), (Part::NotAsked, Part::NotAsked))
    }

    /// Whether asking brings what is not known or not known any more.
    pub fn wants(&self) -> bool {
        let missing = |asked: bool, nothing: Option<&str>| !asked || nothing.is_some();
        let exchange = !self.began && missing(!matches!(self.exchange, Part::NotAsked), self.exchange.nothing());
        let waiting = missing(!matches!(self.waiting, Part::NotAsked), self.waiting.nothing());
        self.published && (exchange || waiting || self.stale())
    }
}

/// What is known of a wave after its publication.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such wave.
pub async fn seen(store: &Store, asked: &Asked, wave: &str) -> Result<Seen, Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let wave = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let today = store.clock().today();
    let (published, began) = (wave.life == Life::Vastgesteld, wave.from <= today.to_string());
    let Some(run) = planned(&mut reading, &wave).await? else {
        let (exchange, waiting) = (Part::NotAsked, Part::NotAsked);
        return Ok(Seen { wave, published, began, exchange, waiting, rates: Vec::new(), unplaced: 0 });
    };
    let exchange = part(&mut reading, &run, &EXCHANGE).await?;
    let waiting = part(&mut reading, &run, &WAITING).await?;
    let names = names(&mut reading, asked).await?;
    let kept = kept(&mut reading, &run).await?;
    drop(reading);
    let Known { rates, unplaced } = turn.aside(move || known(&kept, today)).await??;
    let exchange = exchange.map(|(_, bytes)| {
        let found = Exchange::read(&bytes)?;
        Ok(found.map(|it| it.cycles.into_iter().map(|it| round(&names, it.people, it.alone)).collect()))
    })?;
    let waiting = waiting.map(|(question, bytes)| Ok(Some(list(&names, WaitingList::read(&bytes)?, &question, &rates))))?;
    Ok(Seen { wave, published, began, exchange, waiting, rates, unplaced })
}

/// The run whose plan counts.
async fn planned(reading: &mut Session, wave: &Wave) -> Result<Option<Run>, Error> {
    match &wave.current {
        Some(current) => Ok(reading.run(current).await?.filter(Run::planned)),
        None => Ok(None),
    }
}

/// The last question of a kind about a run, with its answer once there is one.
async fn part(reading: &mut Session, run: &Run, kind: &Kind) -> Result<Part<(Question, Vec<u8>)>, Refused> {
    let Some(job) = reading.last_question(&run.job.id, kind).await? else { return Ok(Part::NotAsked) };
    if !job.state.ended() {
        return Ok(Part::AtWork(Box::new(job)));
    }
    match reading.result(&job.id).await?.filter(|_| job.state == State::Klaar) {
        Some(answer) => Ok(Part::Found((job.question, answer))),
        None => Ok(Part::Nothing(job.message.map(|it| it.text).unwrap_or_default())),
    }
}

/// What rates are counted from.
struct Kept {
    file: Vec<u8>,
    outcome: Vec<u8>,
    people: Vec<Vec<Entered>>,
    completed: Vec<Completed>,
    /// What is set for each phase.
    set: Vec<(Phase, i64)>,
}

async fn kept(reading: &mut Session, run: &Run) -> Result<Kept, Refused> {
    let mut set = Vec::new();
    for &phase in Phase::ALL {
        set.push((phase, reading.setting(dropping_out(phase)).await?));
    }
    Ok(Kept {
        file: reading.input(&run.input).await?.ok_or(Refused::Unknown)?,
        outcome: reading.result(&run.job.id).await?.ok_or(Refused::Unknown)?,
        people: reading.everybodys_stages().await?,
        completed: reading.completed().await?,
        set,
    })
}

/// What is known of a plan.
struct Known {
    /// How many of each phase fall out, of the phases of who is placed.
    rates: Vec<Rate>,
    /// How many are not placed.
    unplaced: usize,
}

fn known(kept: &Kept, day: Date) -> Result<Known, Error> {
    let (loaded, plan) = read(&kept.file, &kept.outcome)?;
    let monitor = counted(&kept.people, &kept.completed, day).0;
    let placed = |phase: Phase| plan.pairs().any(|(it, at)| at.is_some() && loaded.wave.candidates[it].phase == phase);
    let rated = |&(phase, set): &(Phase, i64)| rate(&monitor, phase, u32::try_from(set).unwrap_or(0));
    Ok(Known {
        rates: kept.set.iter().filter(|it| placed(it.0)).map(rated).collect(),
        unplaced: plan.iter().filter(|at| at.is_none()).count(),
    })
}

fn round(names: &Names, people: Vec<Mover>, alone: bool) -> Round {
    let spot = |it: Place| Spot {
        school: names.schools.get(&it.school).cloned().unwrap_or(it.school),
        coach: names.coaches.get(&it.coach).cloned().unwrap_or(it.coach),
        seat: it.seat,
    };
    let taker = |it: Mover| Taker {
        name: names.candidates.get(&it.candidate).cloned().unwrap_or(it.candidate),
        from: spot(it.from),
        to: spot(it.to),
        better: it.fit.now.saturating_sub(it.fit.was),
    };
    Round { people: people.into_iter().map(taker).collect(), alone }
}

fn list(names: &Names, found: WaitingList, question: &Question, rates: &[Rate]) -> Waiting {
    let next = |it: Waiter| Next {
        name: names.candidates.get(&it.candidate).unwrap_or(&it.candidate).clone(),
        id: it.candidate,
        dropouts: it.dropouts,
        expected: it.expected,
    };
    Waiting {
        expected: found.expected,
        complete: found.complete,
        people: found.people.into_iter().map(next).collect(),
        rates: rates.iter().map(|it| (it.phase, question.rate(it.phase))).collect(),
    }
}

/// Makes a proposal of a round of the exchange that was found last, from 1; of all of them when none is named.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such wave or round; that nothing was found of the plan that counts; as [`dropouts::exchange`].
pub async fn propose(store: &Store, asked: &Asked, wave: &str, round: Option<usize>, terms: (i64, u32)) -> Result<Batch, Refused> {
    let moves = moves(store, wave, round).await?;
    dropouts::exchange(store, asked, wave, moves, terms).await
}

async fn moves(store: &Store, wave: &str, round: Option<usize>) -> Result<Vec<Moved>, Refused> {
    let mut reading = store.snapshot().await?;
    let wave = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let found = match planned(&mut reading, &wave).await? {
        Some(run) => part(&mut reading, &run, &EXCHANGE).await?.found().map(|(_, answer)| Exchange::read(answer)).transpose()?.flatten(),
        None => None,
    };
    let found = found.ok_or_else(|| Refused::not_now("Van het plan dat nu geldt is geen ruil bekend; reken die eerst door."))?;
    let cycles = match round {
        Some(number) => number.checked_sub(1).and_then(|at| found.cycles.get(at..=at)).ok_or(Refused::Unknown)?,
        None => &found.cycles,
    };
    let moved = |it: &Mover| Moved {
        candidate: it.candidate.clone(),
        school: it.to.school.clone(),
        seat: it.to.seat.clone(),
        coach: it.to.coach.clone(),
    };
    Ok(cycles.iter().flat_map(|it| &it.people).map(moved).collect())
}

/// Asks who could exchange, as long as the placements have not begun, and who comes in first, with the rates that are known today.
///
/// # Errors
/// That the wave is not published.
pub async fn ask(store: &Store, asked: &Asked, wave: &str) -> Result<(), Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let wave = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let run = planned(&mut reading, &wave).await?.filter(|_| wave.life == Life::Vastgesteld);
    let run = run.ok_or_else(|| Refused::not_now("Deze lichting is niet vastgesteld; stel eerst een voorstel vast."))?;
    let (kept, today) = (kept(&mut reading, &run).await?, store.clock().today());
    drop(reading);
    let known = turn.aside(move || known(&kept, today)).await??;
    let rates: Vec<(Phase, u32)> = known.rates.iter().map(|it| (it.phase, it.of_thousand)).collect();
    let began = wave.from <= today.to_string();
    let firm = if began { Status::Gestart } else { Status::Akkoord };
    if !began {
        questions::ask(store, asked, &run.job.id, &EXCHANGE, &Question::exchange()).await?;
    }
    questions::ask(store, asked, &run.job.id, &WAITING, &Question::waiting(firm, &rates)).await.map(|_| ())
}
