//! A policy on trial: asked for on waves of before, told in counts, and stopped.

use loket_instances::matching::trial::pair;
use loket_instances::strict::problem::Problem;

use loket_solver::matching::facts::words::Word;

use super::policies::row;
use super::{Asked, Refused, Turn, jobs, problem};
use crate::records::deed::PolicyDeed;
use crate::records::job::{NewJob, Part, Question};
use crate::records::policy::{By, Named, Policy};
use crate::records::trial::{Told, Trial, TrialWish};
use crate::records::wave::Wave;
use crate::store::policies::digest;
use crate::store::{Error, Session, Store, ids};
use crate::work::kinds::TRIAL;

/// Most waves of before that can be chosen at once.
pub const MOST: usize = 40;

/// Asks for a trial of a policy: each wave is solved under the policy that it is compared with and under this one, in a job of its own. No wave
/// takes more than `most` seconds.
pub async fn ask(store: &Store, asked: &Asked, named: &Named, wish: TrialWish, most: i64) -> Result<Told, Refused> {
    if let Some(done) = store.read().deed::<String>(asked.key()).await? {
        return store.read().trial(&done).await?.ok_or(Refused::Unknown);
    }
    let mut reading = store.snapshot().await?;
    let policy = reading.policy(named).await?.ok_or(Refused::Unknown)?;
    let mut wrong = Vec::new();
    let seconds = wish.seconds.unwrap_or(most);
    if seconds > most {
        let what = format!("{seconds} seconden is meer dan hier mag");
        wrong.push(problem("grens", "/rekentijd", what, format!("vul een geheel getal in van 1 tot en met {most}")));
    }
    let against = match &wish.against {
        None => None,
        Some(other) if other == named => {
            wrong.push(problem("beleid", "/tegen", "dit is hetzelfde beleid", "noem een ander beleid, of laat tegen weg"));
            None
        }
        Some(other) => {
            let found = reading.policy(other).await?;
            if found.is_none() {
                wrong.push(problem(
                    "onbekende-verwijzing",
                    "/tegen",
                    "dit beleid is er niet",
                    "kies een naam en nummer van GET /v1/beleid",
                ));
            }
            found
        }
    };
    let files = past(&mut reading, &policy, &wish.waves, &mut wrong).await?;
    drop(reading);
    if !wrong.is_empty() {
        return Err(Refused::from(wrong));
    }
    let files = fits(files, &policy, against.as_ref()).await?;
    put(store, asked, (&policy, against.as_ref()), wish, (seconds, files)).await
}

/// The waves of before that somebody chose for a policy, each with its place and file; what is wrong with the choice is told.
pub(super) async fn past(
    reading: &mut Session,
    policy: &Policy,
    waves: &[String],
    wrong: &mut Vec<Problem>,
) -> Result<Vec<(String, (Wave, Vec<u8>))>, Error> {
    if waves.is_empty() || waves.len() > MOST {
        let what = format!("hier staan {} lichtingen", waves.len());
        wrong.push(problem("aantal", "/lichtingen", what, format!("noem er 1 tot en met {MOST}")));
    }
    let mut files = Vec::new();
    for (at, id) in waves.iter().enumerate().take(MOST) {
        let place = format!("/lichtingen/{at}");
        match found(reading, policy, id).await? {
            Ok(_) if waves[..at].contains(id) => {
                wrong.push(problem("dubbel", &place, format!("lichting {id} staat hier twee keer"), "noem elke lichting een keer"));
            }
            Ok(it) => files.push((place, it)),
            Err((what, remedy)) => wrong.push(problem("onbekende-verwijzing", &place, what, remedy)),
        }
    }
    Ok(files)
}

/// A wave with its file; or why it cannot be chosen.
async fn found(reading: &mut Session, policy: &Policy, id: &str) -> Result<Result<(Wave, Vec<u8>), (String, &'static str)>, Error> {
    let Some(wave) = reading.wave(id).await? else {
        return Ok(Err((format!("lichting {id} is er niet"), "kies een id van GET /v1/lichtingen")));
    };
    if policy.phase.is_some_and(|phase| wave.phase != phase.code()) {
        return Ok(Err((format!("lichting {id} is van een andere fase dan dit beleid"), "kies lichtingen van de fase van dit beleid")));
    }
    let Some(bytes) = reading.input(&wave.input).await? else {
        return Ok(Err((format!("het bestand van lichting {id} is er niet meer"), "kies een andere lichting")));
    };
    Ok(Ok((wave, bytes)))
}

/// Reads every wave under both policies, as its child will.
async fn fits(files: Vec<(String, (Wave, Vec<u8>))>, policy: &Policy, against: Option<&Policy>) -> Result<Vec<Wave>, Refused> {
    let new = row(policy)?;
    let old = against.map(row).transpose()?;
    let turn = Turn::take().await?;
    let made = move || {
        let (mut waves, mut wrong) = (Vec::new(), Vec::new());
        for (place, (wave, bytes)) in files {
            match pair(&bytes, old.as_ref(), &new) {
                Ok(_) => waves.push(wave),
                Err(refusal) => wrong.extend(refusal.problems.into_iter().map(|it| of(&place, &wave, it))),
            }
        }
        (waves, wrong)
    };
    let (waves, wrong) = turn.aside(made).await?;
    if wrong.is_empty() { Ok(waves) } else { Err(Refused::from(wrong)) }
}

/// A problem of a wave, at the place where the wave is named.
pub(super) fn of(place: &str, wave: &Wave, it: Problem) -> Problem {
    Problem { pointer: place.to_owned(), what: format!("lichting {}: {}", wave.id, it.what), ..it }
}

/// Puts the jobs in line, and keeps what was asked.
async fn put(
    store: &Store,
    asked: &Asked,
    (policy, against): (&Policy, Option<&Policy>),
    wish: TrialWish,
    (seconds, waves): (i64, Vec<Wave>),
) -> Result<Told, Refused> {
    let id = ids::new();
    let question = Question::trial(&policy.content, against.map(|it| &it.content), seconds);
    let mut change = store.change().await?;
    let mut rows = Vec::new();
    for wave in waves {
        let job = ids::new();
        let parts = [Part::file("lichting", &wave.input)];
        let new = NewJob { id: &job, kind: &TRIAL, group: &id, by: asked.caller.who(), question: &question, parts: &parts };
        change.enqueue(&new).await?;
        rows.push((wave.id, wave.name, job));
    }
    let trial = Trial {
        id: id.clone(),
        policy: policy.named.clone(),
        content: digest(&policy.content),
        against: against.map(|it| it.named.clone()),
        thresholds: wish.thresholds,
        asked: By { who: asked.caller.who().to_owned(), at: change.clock().now() },
    };
    change.add_trial(&trial, &rows).await?;
    let deed = PolicyDeed::Tried { trial: &id, content: &trial.content, waves: &wish.waves };
    change.log(&asked.caller, &policy.named.text(), &deed.into()).await?;
    change.note_deed(asked.key(), &id).await?;
    change.commit().await?;
    store.read().trial(&id).await?.ok_or(Refused::Unknown)
}

/// A trial of a policy.
pub async fn read(store: &Store, named: &Named, id: &str) -> Result<Told, Refused> {
    store.read().trial(id).await?.filter(|it| it.trial.policy == *named).ok_or(Refused::Unknown)
}

/// Asks all that is left of a trial to stop; waves that have ended keep what came of them.
pub async fn stop(store: &Store, asked: &Asked, named: &Named, id: &str) -> Result<Told, Refused> {
    let told = read(store, named, id).await?;
    let mut change = store.change().await?;
    let mut any = false;
    for tried in &told.waves {
        let Some(job) = change.job(&tried.job.id).await?.filter(|it| !it.state.ended() && !it.stopping) else { continue };
        jobs::ask_stop(&mut change, &job).await?;
        any = true;
    }
    if any {
        change.log(&asked.caller, &named.text(), &PolicyDeed::TrialStopped { trial: id }.into()).await?;
        change.commit().await?;
    }
    read(store, named, id).await
}
