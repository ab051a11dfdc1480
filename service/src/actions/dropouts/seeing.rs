//! Drop-outs as pages show them: batches with their runs and names, requests that wait, and whom or what a drop-out can be about.

use loket_instances::matching::wave_file::WaveFile;

use super::left_behind;
use crate::actions::{Asked, Refused, aside, questions, register};
use crate::desk::dropout::Wish;
use crate::desk::prefill::candidate;
use crate::desk::room::Period;
use crate::records::batch::{Batch, CauseKind, Proposal, Touched};
use crate::records::job::{Question, State};
use crate::records::register::{Kind, Standing};
use crate::records::report::{Report, ReportState};
use crate::records::run::Run;
use crate::records::trade_off::TradeOff;
use crate::records::wave::{Life, Wave};
use crate::store::{Error, Session, Store};
use crate::work::kinds::TRADE_OFF;

/// How many batches and requests are told of at once.
pub const ROWS: i64 = 50;

/// A wave of a batch.
#[derive(Clone, Debug)]
pub struct InWave {
    /// The wave.
    pub wave: Wave,
    /// What was asked in it.
    pub touched: Touched,
    /// The rerun.
    pub run: Run,
    /// The run whose plan it starts from.
    pub before: Option<Run>,
    /// Whether it still names who is gone from the register.
    pub left_behind: bool,
}

/// A batch with everything by name.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The batch.
    pub batch: Batch,
    /// Who or what it is about, by name.
    pub name: Option<String>,
    /// Its waves.
    pub waves: Vec<InWave>,
    /// How far all of it is.
    pub state: State,
}

impl Seen {
    /// Whether something is to be decided and all of it is ready.
    pub fn ready(&self) -> bool {
        self.state == State::Klaar && self.batch.proposal() == Proposal::Voorstel
    }
}

/// A batch.
///
/// # Errors
/// [`Refused::Unknown`] when there is none.
pub async fn seen(store: &Store, id: &str) -> Result<Seen, Refused> {
    let batch = store.read().batch(id).await?.ok_or(Refused::Unknown)?;
    let left = left_behind(store, std::slice::from_ref(&batch)).await?;
    let left: Vec<String> = left.into_iter().map(|(_, wave)| wave).collect();
    of(&mut store.read(), batch, &left).await
}

async fn of(reading: &mut Session, batch: Batch, left: &[String]) -> Result<Seen, Refused> {
    let name = name(reading, batch.cause.kind, &batch.cause.id).await?;
    let mut waves = Vec::new();
    for touched in &batch.waves {
        let wave = reading.wave(&touched.wave).await?.ok_or(Refused::Unknown)?;
        let run = reading.run(&touched.run).await?.ok_or(Refused::Unknown)?;
        let before = match &run.before {
            Some(before) => reading.run(before).await?,
            None => None,
        };
        waves.push(InWave { left_behind: left.contains(&wave.id), wave, touched: touched.clone(), run, before });
    }
    let states: Vec<State> = waves.iter().map(|it| it.run.job.state).collect();
    Ok(Seen { name, state: together(batch.unprepared(), &states), batch, waves })
}

/// Who or what drops out or comes, by name; of an exchange the wave.
///
/// # Errors
/// When the store could not do it.
pub async fn name(reading: &mut Session, kind: CauseKind, id: &str) -> Result<Option<String>, Error> {
    match kind.row() {
        Some(kind) => reading.name_of(kind, id).await,
        None => Ok(reading.wave(id).await?.map(|it| it.name)),
    }
}

/// How far several pieces of work are together; nothing to do is done.
pub fn together(unprepared: bool, states: &[State]) -> State {
    let all = |wanted: State| states.iter().all(|it| *it == wanted);
    match (unprepared, states.iter().all(|it| it.ended())) {
        (true, _) => State::Bezig,
        (false, true) if all(State::Klaar) => State::Klaar,
        (false, true) => State::Mislukt,
        (false, false) if all(State::Wachtrij) => State::Wachtrij,
        (false, false) => State::Bezig,
    }
}

/// A request of somebody who drops out, by name.
#[derive(Clone, Debug)]
pub struct Request {
    /// The request.
    pub report: Report,
    /// Who or what drops out, by name.
    pub name: Option<String>,
    /// Who asked, by name.
    pub by: Option<String>,
}

/// Requests that wait, and batches, the newest first.
#[derive(Clone, Debug)]
pub struct All {
    /// Requests about which nobody did anything yet.
    pub requests: Vec<Request>,
    /// Batches.
    pub batches: Vec<Seen>,
}

/// Every request that waits, and the last batches; those that touch this wave when one is named.
///
/// # Errors
/// When the store could not do it.
pub async fn all(store: &Store, asked: &Asked, wave: Option<&str>) -> Result<All, Refused> {
    let mut reading = store.snapshot().await?;
    let (reports, _) = reading.reports(asked.caller.scope(), Some(ReportState::Open), 0, ROWS).await?;
    let accounts = reading.account_names().await?;
    let mut requests = Vec::new();
    for report in reports {
        let name = name(&mut reading, report.falling.kind.cause(), &report.falling.id).await?;
        let by = accounts.get(&report.by).cloned();
        requests.push(Request { report, name, by });
    }
    let mut batches = Vec::new();
    for batch in reading.batches(0, ROWS).await?.0 {
        if wave.is_none_or(|wave| batch.waves.iter().any(|it| it.wave == wave)) {
            batches.push(of(&mut reading, batch, &[]).await?);
        }
    }
    Ok(All { requests, batches })
}

/// What more moves would bring the rerun of one wave.
#[derive(Clone, Debug)]
pub enum More {
    /// Nobody asked.
    NotAsked,
    /// It is being worked out.
    AtWork,
    /// It came to nothing.
    Nothing,
    /// This.
    Found(TradeOff),
}

/// What more moves would bring a rerun, as far as somebody asked.
///
/// # Errors
/// When the store could not do it.
pub async fn more(store: &Store, run: &Run) -> Result<More, Refused> {
    let asked = questions::asked_before(store, &run.job.id, &TRADE_OFF, &Question::trade_off()).await?;
    let Some(job) = asked else { return Ok(More::NotAsked) };
    if !job.state.ended() {
        return Ok(More::AtWork);
    }
    let answer = store.read().result(&job.id).await?;
    let found = answer.map(|it| TradeOff::read(&it)).transpose()?.flatten();
    Ok(found.map_or(More::Nothing, More::Found))
}

/// Asks what more moves would bring the rerun of one wave of a batch.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such batch or wave; that it has no plan yet.
pub async fn ask_more(store: &Store, asked: &Asked, id: &str, wave: &str) -> Result<(), Refused> {
    let batch = store.read().batch(id).await?.ok_or(Refused::Unknown)?;
    let touched = batch.waves.iter().find(|it| it.wave == wave).ok_or(Refused::Unknown)?;
    questions::ask(store, asked, &touched.run, &TRADE_OFF, &Question::trade_off()).await.map(|_| ())
}

/// Somebody or something by id and name.
pub type Named = (String, String);

/// Whom and what a drop-out in a wave can be about.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Its coaches.
    pub coaches: Vec<Named>,
    /// Its schools with seats.
    pub schools: Vec<Named>,
    /// Its seats, by school.
    pub seats: Vec<SeatChoice>,
    /// Its candidates.
    pub candidates: Vec<Named>,
    /// Who waits in the register and is not in it.
    pub waiting: Vec<Named>,
}

/// Seats of a school of a wave that can drop out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatChoice {
    /// The school, and its name.
    pub school: Named,
    /// Which of its seats.
    pub seat: String,
    /// How many it has.
    pub count: u32,
}

/// Whom and what a drop-out in a wave can be about.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such wave.
pub async fn choices(store: &Store, asked: &Asked, wave: &str) -> Result<(Wave, Choices), Refused> {
    let mut reading = store.snapshot().await?;
    let wave = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let bytes = reading.input(&wave.input).await?.ok_or(Refused::Unknown)?;
    let scope = asked.caller.scope();
    let schools = reading.names_of(Kind::School, scope).await?;
    let (coaches, people) = (reading.names(Kind::Coach).await?, reading.names(Kind::Candidate).await?);
    let rows = reading.register_rows(Kind::Candidate, scope).await?;
    drop(reading);
    let file = aside(move || WaveFile::read(&bytes)).await?.map_err(|refusal| Error::unreadable("een lichting", &refusal))?;
    let listed = |ids: &mut dyn Iterator<Item = &String>, names: &std::collections::BTreeMap<String, String>| {
        let mut all: Vec<Named> = ids.map(|id| (id.clone(), names.get(id).unwrap_or(id).clone())).collect();
        all.sort_by_key(|(_, name)| name.to_lowercase());
        all
    };
    let groups = file.schools.iter().flat_map(|school| school.seats.iter().map(move |seats| (school, seats)));
    let mut seats: Vec<SeatChoice> = groups
        .filter(|(_, seats)| seats.count > 0)
        .map(|(school, seats)| SeatChoice {
            school: (school.id.clone(), schools.get(&school.id).unwrap_or(&school.id).clone()),
            seat: seats.id().to_owned(),
            count: seats.count,
        })
        .collect();
    seats.sort_by_key(|it| (it.school.1.to_lowercase(), it.seat.clone()));
    let waits =
        |row: &&crate::records::register::Row| row.standing == Some(Standing::Wacht) && file.candidates.iter().all(|it| it.id != row.id);
    let choices = Choices {
        coaches: listed(&mut file.coaches.iter().map(|it| &it.id), &coaches),
        schools: listed(&mut file.schools.iter().filter(|it| it.seats.iter().any(|seats| seats.count > 0)).map(|it| &it.id), &schools),
        seats,
        candidates: listed(&mut file.candidates.iter().map(|it| &it.id), &people),
        waiting: listed(&mut rows.iter().filter(waits).map(|it| &it.id), &people),
    };
    Ok((wave, choices))
}

/// The wish that a candidate of the register comes late to a wave.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such wave or candidate.
pub async fn late(store: &Store, asked: &Asked, wave: &str, id: &str, from: String, held_months: u32) -> Result<Wish, Refused> {
    let known = store.read().wave(wave).await?.ok_or(Refused::Unknown)?;
    if known.life == Life::Gesloten {
        return Err(Refused::not_now("Deze lichting is gesloten; er komt niemand meer bij."));
    }
    let period = Period::read(Some(&known.from), Some(&known.until)).ok_or_else(|| Error::Corrupt("de periode van een lichting".into()))?;
    let sources = register::sources(store, asked, period, held_months).await?;
    let row = sources.candidates.iter().find(|(row, _)| row.id == id).ok_or(Refused::Unknown)?;
    Ok(Wish::late(known.id, candidate(&row.0, &sources), from))
}
