//! People are told of a roster: from then on it is an agreement, and stands in their calendars.

use loket_instances::scheduling::outcome::OutcomeFile;

use super::invited::asking::tell;
use super::{expected, plan};
use crate::actions::{Asked, Refused};
use crate::records::deed::Rostered;
use crate::records::roster::{Publication, Roster};
use crate::store::{Error, Session, Store};

/// Tells people of the plan that counts. `version` is the one that the caller saw.
pub async fn publish(store: &Store, asked: &Asked, id: &str, version: i64) -> Result<Roster, Refused<Roster>> {
    let (before, after) = plans(store, id).await?;
    let mut change = store.change().await?;
    if change.deed::<String>(asked.key()).await?.is_some() {
        return change.roster(id).await?.ok_or(Refused::Unknown);
    }
    let mut roster = expected(&mut change, id, version).await?;
    let Some(run) = roster.current.clone() else {
        return Err(Refused::not_now("Er is nog geen rooster om te publiceren; bereken het eerst."));
    };
    if roster.published.as_ref() == Some(&run) {
        return Err(Refused::not_now("Dit rooster is al gepubliceerd."));
    }
    if change.roster_run(&run).await?.is_none_or(|run| run.outdated) {
        return Err(Refused::not_now("Er is besloten dat het anders moet: bereken het rooster eerst opnieuw."));
    }
    let Some(after) = after else { return Err(Refused::Unknown) };
    let new =
        Publication { number: roster.publications + 1, run: run.clone(), at: change.clock().now(), by: asked.caller.who().to_owned() };
    tell(&mut change, &roster, &run, (before.as_ref(), &after)).await?;
    change.add_publication(id, &new).await?;
    change.put_roster(&mut roster).await?;
    change.log(&asked.caller, id, &Rostered::Published { run: &run, number: new.number }.into()).await?;
    change.note_deed(asked.key(), &run).await?;
    change.commit().await?;
    store.read().roster(id).await?.ok_or(Refused::Unknown)
}

/// The plan that people were told last, and the one that counts.
async fn plans(store: &Store, id: &str) -> Result<(Option<OutcomeFile>, Option<OutcomeFile>), Error> {
    let mut reading = store.snapshot().await?;
    let Some(roster) = reading.roster(id).await? else { return Ok((None, None)) };
    let before = kept(&mut reading, roster.published.as_deref()).await?;
    let after = kept(&mut reading, roster.current.as_deref()).await?;
    drop(reading);
    let read = |bytes: Option<Vec<u8>>| bytes.map(|bytes| plan(&bytes, roster.kind)).transpose();
    Ok((read(before)?, read(after)?))
}

async fn kept(reading: &mut Session, run: Option<&str>) -> Result<Option<Vec<u8>>, Error> {
    match run {
        Some(run) => reading.result(run).await,
        None => Ok(None),
    }
}
