//! After publication: who could exchange placements so that nobody gets worse, and who comes in first when somebody falls out; both asked about
//! the plan that counts, and what was found, by name.

use jiff::civil::Date;
use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::{Names, read_wave};
use loket_instances::matching::rerun::Moved;
use loket_solver::matching::facts::words::{Phase, Status, Word};

use super::comparing::names;
use super::{Asked, Refused, Turn, questions};
use crate::desk::dropping::{Rate, rate};
use crate::desk::funnel::counted;
use crate::records::afterwards::{Exchange, Mover, Place, WaitingList};
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

/// A place by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The school.
    pub school: String,
    /// The seat group, by its id.
    pub seat: String,
    /// The coach.
    pub coach: String,
}

/// Somebody who takes the placement of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taker {
    /// By name, else the id.
    pub name: String,
    /// The placement that was published.
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
        let Part::Found(found) = &self.waiting else { return false };
        self.rates.iter().any(|now| found.rates.iter().all(|it| *it != (now.phase, now.of_thousand)))
    }
}

/// What is known of a wave after its publication.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such wave.
pub async fn seen(store: &Store, asked: &Asked, wave: &str) -> Result<Seen, Refused> {
    let mut reading = store.snapshot().await?;
    let wave = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let today = store.clock().today();
    let mut seen = Seen {
        published: wave.life == Life::Vastgesteld,
        began: wave.from <= today.to_string(),
        exchange: Part::NotAsked,
        waiting: Part::NotAsked,
        rates: Vec::new(),
        unplaced: 0,
        wave,
    };
    let Some(run) = planned(&mut reading, &seen.wave).await? else { return Ok(seen) };
    let exchange = part(&mut reading, &run, &EXCHANGE).await?;
    let waiting = part(&mut reading, &run, &WAITING).await?;
    let names = names(&mut reading, asked).await?;
    let everybody = phases(&mut reading, &run).await?;
    seen.rates = rates(&mut reading, today, &everybody.phases).await?;
    seen.unplaced = everybody.unplaced;
    seen.exchange = match exchange {
        Part::Found((_, bytes)) => match Exchange::read(&bytes)? {
            Some(found) => Part::Found(found.cycles.into_iter().map(|it| round(&names, it.people, it.alone)).collect()),
            None => Part::Nothing(String::new()),
        },
        Part::NotAsked => Part::NotAsked,
        Part::AtWork(job) => Part::AtWork(job),
        Part::Nothing(why) => Part::Nothing(why),
    };
    seen.waiting = match waiting {
        Part::Found((question, bytes)) => Part::Found(list(&names, WaitingList::read(&bytes)?, &question, &everybody.phases)),
        Part::NotAsked => Part::NotAsked,
        Part::AtWork(job) => Part::AtWork(job),
        Part::Nothing(why) => Part::Nothing(why),
    };
    Ok(seen)
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

/// Who is in a plan.
struct Everybody {
    /// The phases of who is placed, in order.
    phases: Vec<Phase>,
    /// How many are not.
    unplaced: usize,
}

async fn phases(reading: &mut Session, run: &Run) -> Result<Everybody, Refused> {
    let file = reading.input(&run.input).await?.ok_or(Refused::Unknown)?;
    let outcome = reading.result(&run.job.id).await?.ok_or(Refused::Unknown)?;
    let turn = Turn::take().await?;
    let work = move || {
        let loaded = read_wave(&file).map_err(|refusal| Error::unreadable("een lichting", &refusal))?;
        let outcome = read_outcome(&outcome).map_err(|refusal| Error::unreadable("een uitkomst", &refusal))?;
        let plan = plan_of(&loaded.wave, &outcome).map_err(|wrong| Error::Corrupt(wrong.join("; ")))?;
        let placed = |phase: Phase| plan.pairs().any(|(it, at)| at.is_some() && loaded.wave.candidates[it].phase == phase);
        let phases = Phase::ALL.iter().copied().filter(|&phase| placed(phase)).collect();
        Ok::<_, Error>(Everybody { phases, unplaced: plan.iter().filter(|at| at.is_none()).count() })
    };
    Ok(turn.aside(work).await??)
}

/// How many of these phases fall out: by the funnel, else what is set.
async fn rates(reading: &mut Session, day: Date, phases: &[Phase]) -> Result<Vec<Rate>, Refused> {
    let (people, completed) = (reading.everybodys_stages().await?, reading.completed().await?);
    let turn = Turn::take().await?;
    let monitor = turn.aside(move || counted(&people, &completed, day).0).await?;
    let mut all = Vec::new();
    for &phase in phases {
        let set = reading.setting(dropping_out(phase)).await?;
        all.push(rate(&monitor, phase, u32::try_from(set).unwrap_or(0)));
    }
    Ok(all)
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

fn list(names: &Names, found: WaitingList, question: &Question, phases: &[Phase]) -> Waiting {
    let next = |it: crate::records::afterwards::Waiter| Next {
        name: names.candidates.get(&it.candidate).unwrap_or(&it.candidate).clone(),
        id: it.candidate,
        dropouts: it.dropouts,
        expected: it.expected,
    };
    Waiting {
        expected: found.expected,
        complete: found.complete,
        people: found.people.into_iter().map(next).collect(),
        rates: phases.iter().map(|&phase| (phase, question.rate(phase))).collect(),
    }
}

/// Who takes which placement in a round of the exchange that was found last; in all of them when none is named.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such wave or round; that nothing was found of the plan that counts.
pub async fn moves(store: &Store, wave: &str, round: Option<usize>) -> Result<Vec<Moved>, Refused> {
    let mut reading = store.snapshot().await?;
    let wave = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let found = match planned(&mut reading, &wave).await? {
        Some(run) => match part(&mut reading, &run, &EXCHANGE).await? {
            Part::Found((_, answer)) => Exchange::read(&answer)?,
            Part::NotAsked | Part::AtWork(_) | Part::Nothing(_) => None,
        },
        None => None,
    };
    let found = found.ok_or_else(|| Refused::not_now("Van het plan dat nu geldt is geen ruil bekend; reken die eerst door."))?;
    let cycles = match round {
        Some(at) => found.cycles.get(at..=at).ok_or(Refused::Unknown)?,
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
    let mut reading = store.snapshot().await?;
    let wave = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let run = planned(&mut reading, &wave).await?.filter(|_| wave.life == Life::Vastgesteld);
    let run = run.ok_or_else(|| Refused::not_now("Deze lichting is niet vastgesteld; stel eerst een voorstel vast."))?;
    let (everybody, today) = (phases(&mut reading, &run).await?, store.clock().today());
    let rates: Vec<(Phase, u32)> =
        rates(&mut reading, today, &everybody.phases).await?.iter().map(|it| (it.phase, it.of_thousand)).collect();
    let began = wave.from <= today.to_string();
    drop(reading);
    let firm = if began { Status::Gestart } else { Status::Akkoord };
    if !began {
        questions::ask(store, asked, &run.job.id, &EXCHANGE, &Question::exchange()).await?;
    }
    questions::ask(store, asked, &run.job.id, &WAITING, &Question::waiting(firm, &rates)).await.map(|_| ())
}
