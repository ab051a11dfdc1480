//! Rosters: made of a file or of the register, computed, decided about, made again after somebody fell out, and told to people.

pub mod decisions;
pub mod elsewhere;
pub mod fallout;
pub mod filled;
pub mod guides;
pub mod invited;
pub mod own;
pub mod publication;
pub mod runs;
pub mod seen;
pub mod week;

use loket_instances::scheduling::outcome::{OutcomeFile, read_outcome};
use loket_instances::scheduling::roster_file::RosterFile;
use loket_solver::scheduling::facts::codes::Kind;

use super::{Asked, Refused, aside};
use crate::desk::roster::dossier;
use crate::desk::roster::sound::Sound;
use crate::records::deed::Rostered;
use crate::records::dossier::Rows;
use crate::records::remark::{Remark, bounded};
use crate::records::roster::Roster;
use crate::store::{Error, Session, Store};
use loket_solver::matching::facts::words::Word;

/// A roster, and what somebody should know of its file.
#[derive(Clone, Debug)]
pub struct Told {
    /// The roster.
    pub roster: Roster,
    /// Notices of its file.
    pub remarks: Vec<Remark>,
}

/// Makes a roster of a file that was read, with names of who or what is planned that the file has no place for, by id. The same file sent
/// again is the same roster.
pub async fn make(store: &Store, asked: &Asked, sound: &Sound, names: &[(String, String)]) -> Result<Told, Refused> {
    let remarks = bounded(sound.loaded.notices.iter().map(Remark::from).collect());
    let mut change = store.change().await?;
    if let Some(id) = change.deed::<String>(asked.key()).await? {
        let roster = change.roster(&id).await?.ok_or(Refused::Unknown)?;
        return Ok(Told { roster, remarks });
    }
    let input = change.keep_input(&sound.bytes).await?;
    let known = &sound.loaded;
    let roster = Roster {
        id: known.roster.id.clone(),
        name: known.title.clone(),
        kind: known.roster.kind(),
        from: known.roster.calendar.from.to_string(),
        until: known.roster.calendar.to.to_string(),
        input,
        decisions: 0,
        current: None,
        published: None,
        publications: 0,
        version: 1,
        created: change.clock().now(),
    };
    if !change.add_roster(&roster).await? {
        let there = change.roster(&roster.id).await?.ok_or(Refused::Unknown)?;
        return match there.input == roster.input {
            true => Ok(Told { roster: there, remarks }),
            false => Err(Refused::clash(format!("Er is al een rooster met id {}; geef dit een ander id.", roster.id))),
        };
    }
    for person in &sound.people {
        if let Some(name) = &person.name {
            change.name_in_roster(&roster.id, &person.id, name).await?;
        }
    }
    for (id, name) in names {
        change.name_in_roster(&roster.id, id, name).await?;
    }
    let deed = Rostered::Made { kind: roster.kind.code(), input: &roster.input };
    change.log(&asked.caller, &roster.id, &deed.into()).await?;
    change.note_deed(asked.key(), &roster.id).await?;
    change.commit().await?;
    Ok(Told { roster, remarks })
}

/// Takes a roster away that nobody was told of; how many runs went with it.
pub async fn drop(store: &Store, asked: &Asked, id: &str, version: i64) -> Result<i64, Refused<Roster>> {
    let mut change = store.change().await?;
    let roster = expected(&mut change, id, version).await?;
    if roster.publications > 0 {
        return Err(Refused::not_now("Een rooster dat gepubliceerd is, blijft: mensen hebben het in hun agenda."));
    }
    let runs = change.roster_runs(id, 0, i64::MAX).await?.0;
    if runs.iter().any(|run| !run.job.state.ended()) {
        return Err(Refused::not_now("Dit rooster wordt nu berekend; stop dat eerst."));
    }
    let count = change.drop_roster(&roster).await?;
    let deed = Rostered::Dropped { input: &roster.input, runs: count };
    change.log(&asked.caller, id, &deed.into()).await?;
    change.commit().await?;
    Ok(count)
}

/// The roster at the version that the caller saw.
async fn expected(reading: &mut Session, id: &str, version: i64) -> Result<Roster, Refused<Roster>> {
    let roster = reading.roster(id).await?.ok_or(Refused::Unknown)?;
    if roster.version != version {
        return Err(Refused::stale(roster));
    }
    Ok(roster)
}

/// What every roster holds of a person, by the id of the register.
pub(super) async fn of_person(store: &Store, id: &str) -> Result<Rows, Refused> {
    let mut reading = store.snapshot().await?;
    let mut found = Rows::new();
    for roster in reading.rosters(None, 0, i64::MAX).await?.0.into_iter().rev() {
        let own = reading.input(&roster.input).await?.ok_or(Refused::Unknown)?;
        let name = reading.roster_names(&roster.id).await?.remove(id);
        let decided = reading.roster_decisions(&roster.id).await?;
        let plan = current(&mut reading, &roster).await?;
        let said = reading.roster_invitation(&roster.id, id).await?;
        let of = move || rows(&own).map(|file| dossier::rows(&file, plan.as_ref(), &decided, name.as_deref(), &said));
        found.extend(aside(of).await??);
    }
    Ok(found)
}

/// The rows of a file that is kept.
fn rows(bytes: &[u8]) -> Result<RosterFile, Error> {
    RosterFile::read(bytes).map_err(|refusal| Error::unreadable("een rooster", &refusal))
}

/// A plan that is kept.
fn plan(bytes: &[u8], kind: Kind) -> Result<OutcomeFile, Error> {
    read_outcome(bytes, kind).map_err(|refusal| Error::unreadable("een uitkomst van een rooster", &refusal))
}

/// The plan that counts, when there is one.
async fn current(reading: &mut Session, roster: &Roster) -> Result<Option<OutcomeFile>, Error> {
    let Some(run) = &roster.current else { return Ok(None) };
    let Some(bytes) = reading.result(run).await? else { return Ok(None) };
    plan(&bytes, roster.kind).map(Some)
}
