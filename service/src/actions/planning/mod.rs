//! Multi-year plans: made of a file, changed version by version, and solved.

pub mod runs;
pub mod seen;

use super::{Asked, Refused};
use crate::desk::planning::sound::Sound;
use crate::records::deed::Planned;
use crate::records::planning::{Planning, PlanningVersion};
use crate::records::remark::{Remark, bounded};
use crate::store::{Change, Store};

/// A plan, and what somebody should know of its file.
#[derive(Clone, Debug)]
pub struct Told {
    /// The plan.
    pub planning: Planning,
    /// Notices of its file.
    pub remarks: Vec<Remark>,
}

fn remarks(sound: &Sound) -> Vec<Remark> {
    bounded(sound.loaded.notices.iter().map(Remark::from).collect())
}

/// Makes a plan of a file that was read. The same file sent again is the same plan.
pub async fn make(store: &Store, asked: &Asked, sound: &Sound) -> Result<Told, Refused> {
    let remarks = remarks(sound);
    let mut change = store.change().await?;
    if let Some(id) = change.deed::<String>(asked.key()).await? {
        let planning = change.planning(&id).await?.ok_or(Refused::Unknown)?;
        return Ok(Told { planning, remarks });
    }
    let input = change.keep_input(&sound.bytes).await?;
    let planning = Planning {
        id: sound.loaded.horizon.id.clone(),
        name: sound.loaded.title.clone(),
        from: sound.from(),
        years: i64::try_from(sound.loaded.horizon.length()).unwrap_or(i64::MAX),
        input,
        version: 1,
        created: change.clock().now(),
    };
    if !change.add_planning(&planning).await? {
        let there = change.planning(&planning.id).await?.ok_or(Refused::Unknown)?;
        return match there.input == planning.input {
            true => Ok(Told { planning: there, remarks }),
            false => Err(Refused::clash(format!("Er is al een meerjarenplan met id {}; geef dit een andere id.", planning.id))),
        };
    }
    version(&mut change, asked, &planning, "").await?;
    change.log(&asked.caller, &planning.id, &Planned::Made { input: &planning.input }.into()).await?;
    change.note_deed(asked.key(), &planning.id).await?;
    change.commit().await?;
    Ok(Told { planning, remarks })
}

async fn version(change: &mut Change, asked: &Asked, of: &Planning, note: &str) -> crate::store::Result<()> {
    let new = PlanningVersion {
        number: of.version,
        input: of.input.clone(),
        note: note.to_owned(),
        at: change.clock().now(),
        by: asked.caller.who().to_owned(),
    };
    change.add_planning_version(&of.id, &new).await
}

/// Gives a plan another version of its file. `seen` is the version that the caller saw; a file that says the same is no version.
pub async fn replace(store: &Store, asked: &Asked, id: &str, seen: i64, sound: &Sound, note: &str) -> Result<Told, Refused<Planning>> {
    let remarks = remarks(sound);
    let mut change = store.change().await?;
    if change.deed::<String>(asked.key()).await?.is_some() {
        let planning = change.planning(id).await?.ok_or(Refused::Unknown)?;
        return Ok(Told { planning, remarks });
    }
    let mut planning = expected(&mut change, id, seen).await?;
    if sound.loaded.horizon.id != id {
        let what = format!("dit bestand heeft id {}", sound.loaded.horizon.id);
        return Err(Refused::wrong("id", "/id", what, format!("geef het id {id}, of maak er een nieuw plan van")));
    }
    let was = planning.input.clone();
    let input = change.keep_input(&sound.bytes).await?;
    if input != was {
        planning.version += 1;
        planning.name.clone_from(&sound.loaded.title);
        planning.from = sound.from();
        planning.years = i64::try_from(sound.loaded.horizon.length()).unwrap_or(i64::MAX);
        planning.input = input;
        change.put_planning(&planning).await?;
        version(&mut change, asked, &planning, note).await?;
        let deed = Planned::Changed { was: &was, input: &planning.input, version: planning.version };
        change.log(&asked.caller, id, &deed.into()).await?;
    }
    change.note_deed(asked.key(), &planning.id).await?;
    change.commit().await?;
    Ok(Told { planning, remarks })
}

/// Takes a plan away with its versions and runs; how many runs that were.
pub async fn drop(store: &Store, asked: &Asked, id: &str, seen: i64) -> Result<i64, Refused<Planning>> {
    let mut change = store.change().await?;
    let planning = expected(&mut change, id, seen).await?;
    let runs = change.planning_runs(id, 0, i64::MAX).await?.0;
    if runs.iter().any(|run| !run.job.state.ended()) {
        return Err(Refused::not_now("Dit plan wordt nu berekend; stop dat eerst."));
    }
    let count = change.drop_planning(id).await?;
    change.log(&asked.caller, id, &Planned::Dropped { versions: planning.version, runs: count }.into()).await?;
    change.commit().await?;
    Ok(count)
}

/// The plan at the version that the caller saw.
async fn expected(change: &mut Change, id: &str, seen: i64) -> Result<Planning, Refused<Planning>> {
    let planning = change.planning(id).await?.ok_or(Refused::Unknown)?;
    if planning.version != seen {
        return Err(Refused::stale(planning));
    }
    Ok(planning)
}
