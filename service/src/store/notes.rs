//! Rows of notes: free text about a candidate of a wave.

use super::engine::{Row, values};
use super::{Change, Result, Session};
use crate::records::review::Note;

const NOTE: &str = "id, lichting, kandidaat, tekst, door, gemaakt_op, veranderd_op, versie";

fn note(row: &Row) -> Result<Note> {
    Ok(Note {
        id: row.string("id")?,
        wave: row.string("lichting")?,
        candidate: row.string("kandidaat")?,
        text: row.string("tekst")?,
        who: row.string("door")?,
        made: row.int("gemaakt_op")?,
        at: row.int("veranderd_op")?,
        version: row.int("versie")?,
    })
}

impl Session {
    /// The notes about a candidate in a wave, the first one first: a page of them and how many there are.
    pub async fn notes(&mut self, wave: &str, candidate: &str, skip: i64, most: i64) -> Result<(Vec<Note>, i64)> {
        let sql = format!("SELECT {NOTE} FROM notities WHERE lichting = $1 AND kandidaat = $2 ORDER BY gemaakt_op, id LIMIT $3 OFFSET $4");
        let rows = self.rows(sql, values![wave, candidate, most, skip]).await?;
        let sql = "SELECT COUNT(*) AS aantal FROM notities WHERE lichting = $1 AND kandidaat = $2";
        let all = self.one(sql, values![wave, candidate]).await?.int("aantal")?;
        Ok((rows.iter().map(note).collect::<Result<_>>()?, all))
    }

    /// The notes about a candidate in whatever wave, the first one first, at most so many.
    pub async fn notes_about(&mut self, candidate: &str, most: i64) -> Result<Vec<Note>> {
        let sql = format!("SELECT {NOTE} FROM notities WHERE kandidaat = $1 ORDER BY gemaakt_op, id LIMIT $2");
        self.rows(sql, values![candidate, most]).await?.iter().map(note).collect()
    }

    /// One of the notes about a candidate in a wave.
    pub async fn note(&mut self, wave: &str, candidate: &str, id: &str) -> Result<Option<Note>> {
        let sql = format!("SELECT {NOTE} FROM notities WHERE lichting = $1 AND kandidaat = $2 AND id = $3");
        self.row(sql, values![wave, candidate, id]).await?.as_ref().map(note).transpose()
    }
}

impl Change {
    /// Puts a note, in the place of the one with its id.
    pub async fn put_note(&mut self, new: &Note) -> Result<()> {
        if new.version > 1 {
            // What it said before is not to be found in the database either.
            self.erases();
        }
        let sql = format!(
            "INSERT INTO notities ({NOTE}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET \
             tekst = excluded.tekst, door = excluded.door, veranderd_op = excluded.veranderd_op, versie = excluded.versie"
        );
        let values = values![&new.id, &new.wave, &new.candidate, &new.text, &new.who, new.made, new.at, new.version];
        self.run(sql, values).await.map(|_| ())
    }

    /// Takes a note away.
    pub async fn drop_note(&mut self, id: &str) -> Result<()> {
        self.erases();
        self.run("DELETE FROM notities WHERE id = $1", values![id]).await.map(|_| ())
    }
}
