//! The life of a job: claimed in turn, told about, put back, and ended; what ends with a plan puts that plan under review.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use loket_solver::matching::facts::outcome::Verdict;
use serde::Serialize;

use super::decisions;
use crate::desk::plan::proven_goals;
use crate::records::job::{Claim, Finish, Job, MOST_ATTEMPTS, Message, State, Told};
use crate::records::progress::Progress;
use crate::records::wave::Life;
use crate::store::{Change, Result, Store};
use crate::work::lane::Lane;
use loket_solver::matching::facts::words::Word;

/// The next job of a lane for this worker.
pub async fn claim(store: &Store, lane: Lane, worker: &str) -> Result<Option<Claim>> {
    let mut change = store.change().await?;
    let claim = change.claim_next(lane, worker).await?;
    change.commit().await?;
    Ok(claim)
}

/// Whether work waits in a lane.
pub async fn waits(store: &Store, lane: Lane) -> Result<bool> {
    Ok(store.read().waiting_lanes().await?.contains(&lane))
}

/// Says that the worker of a claim lives; `None` when the claim is no longer the last one, else whether somebody asked to stop.
pub async fn renew(store: &Store, claim: &Claim) -> Result<Option<bool>> {
    let mut change = store.change().await?;
    if !change.beat(claim).await? {
        return Ok(None);
    }
    let stopping = change.job(&claim.id).await?.map(|job| job.stopping);
    change.commit().await?;
    Ok(stopping)
}

/// Tells how far a job is; `false` when the claim is no longer the last one. What is kept also has the goals before this one.
pub async fn hear_progress(store: &Store, claim: &Claim, progress: &Progress) -> Result<bool> {
    let mut change = store.change().await?;
    let Some(job) = change.claimed(claim).await? else { return Ok(false) };
    change.note_progress(&claim.id, &progress.clone().following(job.progress)).await?;
    change.tell(&claim.id, Told::Progress, progress).await?;
    change.commit().await?;
    Ok(true)
}

/// Tells a part of the answer of a job; `false` when the claim is no longer the last one.
pub async fn hear_part<T: Serialize>(store: &Store, claim: &Claim, data: &T) -> Result<bool> {
    let mut change = store.change().await?;
    if change.claimed(claim).await?.is_none() {
        return Ok(false);
    }
    change.tell(&claim.id, Told::Part, data).await?;
    change.commit().await?;
    Ok(true)
}

/// Keeps a checked plan; `false` when the claim is no longer the last one. A later attempt begins anew: its first plans may be worse than
/// the last of the attempt before, and are then told and not kept.
pub async fn hear_plan(store: &Store, claim: &Claim, plan: &[u8], proven: usize, status: Verdict) -> Result<bool> {
    let mut change = store.change().await?;
    if change.claimed(claim).await?.is_none() {
        return Ok(false);
    }
    if change.interim(&claim.id).await?.is_none_or(|kept| proven_goals(&kept) <= proven) {
        change.keep_interim(&claim.id, plan, status).await?;
    }
    change.tell(&claim.id, Told::Plan, &Planned { status: status.code() }).await?;
    change.commit().await?;
    Ok(true)
}

/// There is a checked plan.
#[derive(Serialize)]
struct Planned {
    status: &'static str,
}

/// Puts a job back in line after a failed attempt, or ends it when there were too many or somebody asked to stop.
pub async fn retry(store: &Store, claim: &Claim, message: &Message) -> Result<()> {
    let mut change = store.change().await?;
    let Some(job) = change.claimed(claim).await? else { return Ok(()) };
    put_back(&mut change, &job, message).await?;
    change.commit().await
}

async fn put_back(change: &mut Change, job: &Job, message: &Message) -> Result<()> {
    let state = match (job.stopping, job.attempts >= MOST_ATTEMPTS) {
        (true, _) => State::Afgebroken,
        (false, true) => State::Mislukt,
        (false, false) => return change.requeue(job, job.attempts, Some(message)).await,
    };
    end(change, &job.id, Finish { state, result: None, status: None, message: Some(message.clone()) }).await
}

/// Puts a job back in line that its worker could not finish because the service ends: that was no attempt.
pub async fn release(store: &Store, claim: &Claim) -> Result<()> {
    let mut change = store.change().await?;
    if let Some(job) = change.claimed(claim).await? {
        change.requeue(&job, job.attempts - 1, None).await?;
    }
    change.commit().await
}

/// Jobs that others than this process have, as it saw their pulse: a worker whose pulse stands still for long enough, by a clock that
/// nobody can set, is gone. Times of the machines' calendars play no part.
#[derive(Debug, Default)]
pub struct Watched(HashMap<String, Pulse>);

#[derive(Debug)]
struct Pulse {
    beats: i64,
    since: Instant,
    /// Since when it is known that changes are taken: who lives and has not moved after that has had time enough.
    proven: Option<Instant>,
}

impl Watched {
    /// How long a pulse stands still before anything is thought of it.
    pub const STILL: Duration = Duration::from_secs(4);
    /// How long it then stands still while changes are taken, so that it is not the disk that keeps it.
    pub const PROVEN: Duration = Duration::from_secs(2);

    /// Looks at the jobs at work without those that are `held` here.
    fn look(&mut self, at_work: &[(Job, i64)], held: &HashSet<String>, now: Instant) {
        let watched: HashMap<&str, i64> =
            at_work.iter().filter(|(job, _)| !held.contains(&job.id)).map(|(job, beats)| (job.id.as_str(), *beats)).collect();
        self.0.retain(|id, pulse| watched.get(id.as_str()) == Some(&pulse.beats));
        for (id, beats) in watched {
            self.0.entry(id.to_owned()).or_insert(Pulse { beats, since: now, proven: None });
        }
    }

    /// Whether a pulse stands still of which it is not known that a change would be taken.
    fn doubts(&self, now: Instant) -> bool {
        self.0.values().any(|it| it.proven.is_none() && now.saturating_duration_since(it.since) >= Self::STILL)
    }

    /// Changes are taken now.
    fn prove(&mut self, now: Instant) {
        for pulse in self.0.values_mut().filter(|it| now.saturating_duration_since(it.since) >= Self::STILL) {
            pulse.proven.get_or_insert(now);
        }
    }

    /// Jobs whose workers are gone, with their pulse.
    fn gone(&self, now: Instant) -> HashMap<String, i64> {
        let gone = |it: &Pulse| it.proven.is_some_and(|at| now.saturating_duration_since(at) >= Self::PROVEN);
        self.0.iter().filter(|(_, pulse)| gone(pulse)).map(|(id, pulse)| (id.clone(), pulse.beats)).collect()
    }
}

/// Puts back the jobs of workers that are gone: whose pulse stood still for [`Watched::STILL`], and for [`Watched::PROVEN`] after a change was
/// taken. `held` are jobs that this process works on. How many there were.
pub async fn recover(store: &Store, watched: &mut Watched, held: &HashSet<String>, now: Instant) -> Result<usize> {
    let done = look_and_put_back(store, watched, held, now).await;
    if done.is_err() {
        // Where this process cannot read or write, nobody else can show that they live: it begins anew.
        watched.0.clear();
    }
    done
}

async fn look_and_put_back(store: &Store, watched: &mut Watched, held: &HashSet<String>, now: Instant) -> Result<usize> {
    watched.look(&store.read().jobs_at_work().await?, held, now);
    if watched.doubts(now) {
        store.proves_to_write().await?;
        watched.prove(now);
    }
    let gone = watched.gone(now);
    if gone.is_empty() { Ok(0) } else { put_back_all(store, &gone).await }
}

async fn put_back_all(store: &Store, gone: &HashMap<String, i64>) -> Result<usize> {
    let mut change = store.change().await?;
    let mut back = 0;
    for (job, beats) in change.jobs_at_work().await? {
        if gone.get(&job.id) == Some(&beats) {
            put_back(&mut change, &job, &Message::new("werker-weg", "De werker die hiermee bezig was, is weggevallen.")).await?;
            back += 1;
        }
    }
    change.commit().await?;
    Ok(back)
}

/// Rings for lanes that have waiting work and whose workers have no ring left to answer. Whether one was rung for.
pub async fn remind(store: &Store) -> Result<bool> {
    let (waiting, rung) = (store.read().waiting_lanes().await?, store.rung().await?);
    let silent: Vec<Lane> = waiting.into_iter().filter(|lane| !rung.iter().any(|it| it == lane.code())).collect();
    if silent.is_empty() {
        return Ok(false);
    }
    let mut change = store.change().await?;
    for lane in silent {
        change.ring_for(lane).await?;
    }
    change.commit().await?;
    Ok(true)
}

/// Ends a job; `false` when the claim is no longer the last one.
pub async fn finish(store: &Store, claim: &Claim, finish: Finish) -> Result<bool> {
    let mut change = store.change().await?;
    if change.claimed(claim).await?.is_none() {
        return Ok(false);
    }
    end(&mut change, &claim.id, finish).await?;
    change.commit().await?;
    ground(store, &claim.id).await;
    Ok(true)
}

/// Writes down what decisions about the plan of a run are held against, once it is under review. Where that cannot be done now, the first
/// decision does it.
async fn ground(store: &Store, run: &str) {
    let mut reading = store.read();
    let Ok(Some(it)) = reading.run(run).await else { return };
    let Ok(Some(wave)) = reading.wave(&it.wave).await else { return };
    if wave.current.as_deref() == Some(run) {
        let _ = decisions::ground(store, &wave.id, &wave.input, run).await;
    }
}

/// Asks to stop: at once when nobody has it yet, else its worker hears it. The state then.
pub async fn ask_stop(change: &mut Change, job: &Job) -> Result<State> {
    match job.state {
        State::Wachtrij => {
            let message = Message::new("afgebroken", "Afgebroken voordat ermee begonnen was.");
            end(change, &job.id, Finish { state: State::Afgebroken, result: None, status: None, message: Some(message) }).await?;
            Ok(State::Afgebroken)
        }
        State::Bezig => {
            change.mark_stop(&job.id).await?;
            Ok(State::Bezig)
        }
        state @ (State::Klaar | State::Mislukt | State::Afgebroken) => Ok(state),
    }
}

async fn end(change: &mut Change, id: &str, mut finish: Finish) -> Result<()> {
    // A run that was stopped in a later attempt may know less than the attempt before did.
    if finish.status.is_some()
        && let Some(result) = &finish.result
        && let Some(kept) = change.interim(id).await?
        && proven_goals(&kept) > proven_goals(result)
    {
        (finish.result, finish.status) = (None, None);
    }
    change.end_job(id, &finish).await?;
    put_under_review(change, id).await
}

/// When an ordinary run of a roster ends with a plan, that plan counts, unless a later run's does.
async fn count_roster(change: &mut Change, id: &str) -> Result<()> {
    let Some(run) = change.roster_run(id).await? else { return Ok(()) };
    let planned = run.job.status.is_some_and(Verdict::has_plan) && change.result(id).await?.is_some();
    if run.proposal.is_some() || !planned {
        return Ok(());
    }
    let Some(mut roster) = change.roster(&run.roster).await? else { return Ok(()) };
    if let Some(current) = &roster.current
        && change.roster_run(current).await?.is_some_and(|current| current.number > run.number)
    {
        return Ok(());
    }
    roster.current = Some(id.to_owned());
    change.put_roster(&mut roster).await
}

/// When an ordinary run ends with a plan, that plan is the one under review, unless a later run's is.
async fn put_under_review(change: &mut Change, id: &str) -> Result<()> {
    let Some(run) = change.run(id).await? else { return count_roster(change, id).await };
    let planned = run.job.status.is_some_and(Verdict::has_plan) && change.result(id).await?.is_some();
    if run.batch.is_some() || !planned {
        return Ok(());
    }
    let Some(mut wave) = change.wave(&run.wave).await? else { return Ok(()) };
    if !matches!(wave.life, Life::Ingediend | Life::Berekend | Life::InBeoordeling) {
        return Ok(());
    }
    if let Some(current) = &wave.current
        && change.run(current).await?.is_some_and(|current| current.number > run.number)
    {
        return Ok(());
    }
    if wave.life == Life::Ingediend {
        wave.life = Life::Berekend;
    }
    wave.current = Some(id.to_owned());
    change.put_wave(&mut wave).await?;
    change.wish_every_worth().await
}
