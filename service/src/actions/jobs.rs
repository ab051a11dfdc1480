//! The life of a job: claimed in turn, told about, put back, and ended; what ends with a plan puts that plan under review.

use loket_solver::matching::facts::outcome::Verdict;
use serde::Serialize;

use crate::desk::plan::proven_goals;
use crate::records::job::{Claim, Finish, Job, MOST_ATTEMPTS, Message, State, Told};
use crate::records::wave::Life;
use crate::store::{Change, Result, Store};
use crate::work::lane::Lane;
use loket_solver::matching::facts::words::Word;

/// The next job of a lane for this worker.
pub async fn claim(store: &Store, lane: Lane, worker: &str, lease: i64) -> Result<Option<Claim>> {
    let mut change = store.change().await?;
    let claim = change.claim_next(lane, worker, lease).await?;
    change.commit().await?;
    Ok(claim)
}

/// Keeps the lease; `None` when the claim is no longer the last one, else whether somebody asked to stop.
pub async fn renew(store: &Store, claim: &Claim, lease: i64) -> Result<Option<bool>> {
    let mut change = store.change().await?;
    if !change.keep_lease(claim, lease).await? {
        return Ok(None);
    }
    let stopping = change.job(&claim.id).await?.map(|job| job.stopping);
    change.commit().await?;
    Ok(stopping)
}

/// Tells how far a job is, or a part of its answer; `false` when the claim is no longer the last one.
pub async fn hear<T: Serialize>(store: &Store, claim: &Claim, told: Told, data: &T) -> Result<bool> {
    let mut change = store.change().await?;
    if change.claimed(claim).await?.is_none() {
        return Ok(false);
    }
    if told == Told::Progress {
        change.note_progress(&claim.id, data).await?;
    }
    change.tell(&claim.id, told, data).await?;
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

/// Puts back the jobs of workers that are gone: those whose lease is over. How many there were.
pub async fn recover(store: &Store) -> Result<usize> {
    let now = store.clock().now();
    if store.read().late_jobs(now).await?.is_empty() {
        return Ok(0);
    }
    let mut change = store.change().await?;
    let late = change.late_jobs(now).await?;
    for job in &late {
        put_back(&mut change, job, &Message::new("werker-weg", "De werker die hiermee bezig was, is weggevallen.")).await?;
    }
    change.commit().await?;
    Ok(late.len())
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
    Ok(true)
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

/// When an ordinary run ends with a plan, that plan is the one under review, unless a later run's is.
async fn put_under_review(change: &mut Change, id: &str) -> Result<()> {
    let Some(run) = change.run(id).await? else { return Ok(()) };
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
    change.put_wave(&mut wave).await
}
