//! Notes: free text about a candidate in a wave, for intermediaries alone. The log tells that there was one, never what it said.

use super::decisions::wave_with;
use super::{Asked, Refused};
use crate::records::deed::Review;
use crate::records::review::Note;
use crate::store::{Change, Store, ids};

/// Most notes about one candidate in one wave.
const MOST: i64 = 200;

/// Makes a note, at most so many about one candidate.
pub async fn make(store: &Store, asked: &Asked, wave: &str, candidate: &str, text: String) -> Result<Note, Refused<Note>> {
    wave_with(store, wave, candidate).await?.ok_or(Refused::Unknown)?;
    let mut change = store.change().await?;
    if let Some(id) = change.deed::<String>(asked.key()).await? {
        return change.note(wave, candidate, &id).await?.ok_or(Refused::Unknown);
    }
    if change.notes(wave, candidate, 0, 1).await?.1 >= MOST {
        return Err(Refused::not_now("Over deze kandidaat zijn er al tweehonderd notities; haal er eerst een weg."));
    }
    let now = change.clock().now();
    let note = Note {
        id: ids::new(),
        wave: wave.to_owned(),
        candidate: candidate.to_owned(),
        text,
        who: asked.caller.who().to_owned(),
        made: now,
        at: now,
        version: 1,
    };
    put(&mut change, asked, &note).await?;
    change.note_deed(asked.key(), &note.id).await?;
    change.commit().await?;
    Ok(note)
}

async fn put(change: &mut Change, asked: &Asked, note: &Note) -> Result<(), crate::store::Error> {
    change.put_note(note).await?;
    let deed = Review::NotePut { candidate: &note.candidate, note: &note.id, version: note.version };
    change.log(&asked.caller, &note.wave, &deed.into()).await.map(|_| ())
}

/// Writes a note anew.
pub async fn write(
    store: &Store,
    asked: &Asked,
    (wave, candidate, id): (&str, &str, &str),
    version: i64,
    text: String,
) -> Result<Note, Refused<Note>> {
    let (mut change, was) = at_version(store, (wave, candidate, id), version).await?;
    let at = change.clock().now();
    let note = Note { text, who: asked.caller.who().to_owned(), at, version: version + 1, ..was };
    put(&mut change, asked, &note).await?;
    change.commit().await?;
    Ok(note)
}

/// Takes a note away.
pub async fn remove(store: &Store, asked: &Asked, (wave, candidate, id): (&str, &str, &str), version: i64) -> Result<(), Refused<Note>> {
    let (mut change, was) = at_version(store, (wave, candidate, id), version).await?;
    change.drop_note(&was.id).await?;
    let deed = Review::NoteRemoved { candidate: &was.candidate, note: &was.id };
    change.log(&asked.caller, &was.wave, &deed.into()).await?;
    change.commit().await?;
    Ok(())
}

async fn at_version(store: &Store, (wave, candidate, id): (&str, &str, &str), version: i64) -> Result<(Change, Note), Refused<Note>> {
    let mut change = store.change().await?;
    let note = change.note(wave, candidate, id).await?.ok_or(Refused::Unknown)?;
    if note.version == version { Ok((change, note)) } else { Err(Refused::stale(note)) }
}
