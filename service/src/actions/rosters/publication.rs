//! People are told of a roster: from then on it is an agreement, and stands in their calendars.

use super::expected;
use crate::actions::{Asked, Refused};
use crate::records::deed::Rostered;
use crate::records::roster::{Publication, Roster};
use crate::store::Store;

/// Tells people of the plan that counts. `version` is the one that the caller saw.
pub async fn publish(store: &Store, asked: &Asked, id: &str, version: i64) -> Result<Roster, Refused<Roster>> {
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
    let new =
        Publication { number: roster.publications + 1, run: run.clone(), at: change.clock().now(), by: asked.caller.who().to_owned() };
    change.add_publication(id, &new).await?;
    change.put_roster(&mut roster).await?;
    change.log(&asked.caller, id, &Rostered::Published { run: &run, number: new.number }.into()).await?;
    change.note_deed(asked.key(), &run).await?;
    change.commit().await?;
    store.read().roster(id).await?.ok_or(Refused::Unknown)
}
