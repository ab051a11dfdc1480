//! Undo: the newest of one's own decisions of the last hour is taken back, while nobody else built on it.

use super::decisions::{NOT_NOW, count, past, turn};
use super::{Asked, Clash, Refused};
use crate::desk::fits;
use crate::desk::history::{Back, UNDOABLE, again, asked as asked_run, back, newest};
use crate::records::decision::Decided;
use crate::records::deed::Review;
use crate::records::review::{Past, Step};
use crate::records::wave::Wave;
use crate::store::{Change, Session, Store};

const NOTHING: &str = "U hebt in deze lichting het laatste uur niets besloten dat nog ongedaan te maken is.";
const BUILT_ON: &str = "Anderen gingen verder op dit besluit; het blijft zoals het is. Bij fouten staat wie en wat.";

/// What undo would do now.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    /// The number of the newest own step, which is also the version of this; 0 when there is none.
    pub number: i64,
    /// When that was done (UTC, milliseconds).
    pub at: i64,
    /// What would stand, for each candidate that it is about.
    pub back: Vec<Back>,
    /// What stands in the way.
    pub wrong: Vec<fits::Clash>,
}

/// What was taken back.
#[derive(Clone, Debug)]
pub struct Undone {
    /// The wave's count of decisions after it.
    pub number: i64,
    /// What stands now, for each candidate that it was about.
    pub now: Vec<(String, Option<Decided>)>,
}

/// What undo would do now.
pub async fn look(store: &Store, asked: &Asked, wave: &str) -> Result<Undo, Refused> {
    let mut reading = store.snapshot().await?;
    let wave = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    Ok(look_at(&mut reading, asked, &wave, store.clock().now()).await?)
}

async fn look_at(reading: &mut Session, asked: &Asked, wave: &Wave, now: i64) -> Result<Undo, crate::store::Error> {
    let who = asked.caller.who();
    let own = reading.past_by(&wave.id, who, now - UNDOABLE).await?;
    let steps: Vec<Past> = newest(&own).into_iter().cloned().collect();
    let Some(last) = steps.first() else { return Ok(Undo::default()) };
    let mut undo = Undo { number: last.number, at: last.at, ..Undo::default() };
    let first = steps.iter().map(|it| it.number).min().unwrap_or(last.number);
    for (run, by, _) in reading.runs_of_others(&wave.id, first, who).await? {
        undo.wrong.push(asked_run(&run, &by));
    }
    for step in steps {
        match back(&step, &reading.past_of(&wave.id, &step.candidate).await?) {
            Ok(found) => undo.back.push(found),
            Err(wrong) => undo.wrong.extend(wrong),
        }
    }
    undo.back.sort_by(|one, other| one.step.candidate.cmp(&other.step.candidate));
    Ok(undo)
}

/// Takes back one's own newest step. `version` is the number of that step as it was seen.
pub async fn undo(store: &Store, asked: &Asked, wave: &str, version: i64) -> Result<Undone, Refused<Undo>> {
    let _turn = turn().await;
    let mut change = store.change().await?;
    let mut wave = change.wave(wave).await?.ok_or(Refused::Unknown)?;
    if let Some(done) = change.deed::<Vec<String>>(asked.key()).await? {
        return Ok(told(&mut change, &wave, done).await?);
    }
    let now = change.clock().now();
    let found = look_at(&mut change, asked, &wave, now).await?;
    if found.number != version {
        return Err(Refused::stale(found));
    }
    if found.number == 0 {
        return Err(Refused::not_now(NOTHING));
    }
    if !wave.life.under_review() {
        return Err(Refused::not_now(NOT_NOW));
    }
    if !found.wrong.is_empty() {
        let (points, now) = (found.wrong.clone(), Some(found));
        return Err(Refused::Clash(Box::new(Clash { what: BUILT_ON.into(), points, now, waves: Vec::new() })));
    }
    let current = match &wave.current {
        Some(run) => change.run(run).await?,
        None => None,
    };
    let current = current.as_ref().map(|it| (it.job.id.as_str(), it.decisions));
    let mut done = Vec::new();
    for it in found.back {
        done.push(it.step.candidate.clone());
        take_back(&mut change, asked, &mut wave, it, current).await?;
    }
    change.put_wave(&mut wave).await?;
    change.note_deed(asked.key(), &done).await?;
    let undone = told(&mut change, &wave, done).await?;
    change.commit().await?;
    Ok(undone)
}

async fn told(change: &mut Change, wave: &Wave, candidates: Vec<String>) -> Result<Undone, crate::store::Error> {
    let mut now = Vec::new();
    for candidate in candidates {
        let stands = change.decision(&wave.id, &candidate).await?;
        now.push((candidate, stands));
    }
    Ok(Undone { number: wave.decisions, now })
}

/// Puts what stood before a step in its place, as a step of its own.
async fn take_back(
    change: &mut Change,
    asked: &Asked,
    wave: &mut Wave,
    back: Back,
    current: Option<(&str, i64)>,
) -> Result<(), crate::store::Error> {
    let (candidate, number) = (&back.step.candidate, wave.decisions + 1);
    let gone = change.decision(&wave.id, candidate).await?;
    if let Some(gone) = &gone {
        change.note_gone_decision(&wave.id, gone, number).await?;
    }
    let stands = back.then.map(|then| again(then, back.step.number, number, current));
    match &stands {
        None => change.drop_decision(&wave.id, candidate).await?,
        Some(stands) => {
            change.put_decision(&wave.id, stands).await?;
            if let Some(why) = &stands.lapsed {
                change.lapse_decision(&wave.id, candidate, why, number).await?;
            }
        }
    }
    let new = past(change, asked, candidate, number, Step::Undone);
    let before = gone.as_ref().map(|it| it.version);
    let new = Past { stands, before, undoes: Some(back.step.number), ..new };
    change.add_past(&wave.id, &new).await?;
    let deed =
        Review::Undone { candidate, number: back.step.number, was: gone.map(|it| it.decision), now: new.stands.map(|it| it.decision) };
    count(change, asked, wave, &deed.into()).await
}
