//! Rows of whom a roster asks, what they said, and their personal links.

use loket_solver::matching::facts::words::Word;

use super::engine::{Row, values};
use super::{Change, Result, Session};
use crate::records::invitation::{Invitation, Pass, Question, Told};

const INVITATION: &str = "SELECT u.rooster, u.persoon, u.voor, u.gevraagd_op, u.gevraagd_door, u.herinneringen, u.herinnerd_op, u.beschikbaar, \
                          u.antwoorden, u.toelichting, u.hoe, u.gezegd_op, u.gezegd_door, u.versie FROM rooster_uitnodigingen u";

fn invitation(row: &Row) -> Result<Invitation> {
    let asked = match (row.maybe_string("voor")?, row.maybe_int("gevraagd_op")?) {
        (Some(by), Some(at)) => Some(Question { by, at, who: row.maybe_string("gevraagd_door")?.unwrap_or_default() }),
        _ => None,
    };
    let told = match (row.maybe_code("hoe")?, row.maybe_int("gezegd_op")?) {
        (Some(way), Some(at)) => Some(Told { at, way, by: row.maybe_string("gezegd_door")?.unwrap_or_default() }),
        _ => None,
    };
    Ok(Invitation {
        roster: row.string("rooster")?,
        person: row.string("persoon")?,
        asked,
        reminders: row.int("herinneringen")?,
        reminded: row.maybe_int("herinnerd_op")?,
        availability: row.maybe_json("beschikbaar")?,
        replies: row.json("antwoorden")?,
        note: row.maybe_string("toelichting")?,
        told,
        version: row.int("versie")?,
    })
}

impl Session {
    /// The invitation of somebody; one of which nothing is kept when nobody asked or said anything.
    pub async fn roster_invitation(&mut self, roster: &str, person: &str) -> Result<Invitation> {
        let sql = format!("{INVITATION} WHERE u.rooster = $1 AND u.persoon = $2");
        let found = self.row(sql, values![roster, person]).await?.as_ref().map(invitation).transpose()?;
        Ok(found.unwrap_or_else(|| Invitation { roster: roster.into(), person: person.into(), ..Invitation::default() }))
    }

    /// Every invitation of a roster, by person.
    pub async fn roster_invitations(&mut self, roster: &str) -> Result<Vec<Invitation>> {
        let sql = format!("{INVITATION} WHERE u.rooster = $1 ORDER BY u.persoon");
        self.rows(sql, values![roster]).await?.iter().map(invitation).collect()
    }

    /// The invitations of somebody to rosters that last until a day or later, the first roster first.
    pub async fn roster_invitations_of(&mut self, person: &str, since: &str) -> Result<Vec<Invitation>> {
        let sql = format!("{INVITATION} JOIN roosters r ON r.id = u.rooster WHERE u.persoon = $1 AND r.tot >= $2 ORDER BY r.van, r.id");
        self.rows(sql, values![person, since]).await?.iter().map(invitation).collect()
    }

    /// A personal link by what is kept of its secret.
    pub async fn pass(&mut self, hash: &str) -> Result<Option<Pass>> {
        let row = self.row("SELECT rooster, persoon, tot FROM rooster_koppelingen WHERE hash = $1", values![hash]).await?;
        let one = |row: Row| Ok(Pass { roster: row.string("rooster")?, person: row.string("persoon")?, until: row.int("tot")? });
        row.map(one).transpose()
    }
}

impl Change {
    /// Puts an invitation in the place of what was kept of it.
    pub async fn put_roster_invitation(&mut self, it: &Invitation) -> Result<()> {
        let sql = "INSERT INTO rooster_uitnodigingen (rooster, persoon, voor, gevraagd_op, gevraagd_door, herinneringen, herinnerd_op, \
                   beschikbaar, antwoorden, toelichting, hoe, gezegd_op, gezegd_door, versie) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (rooster, persoon) DO UPDATE SET \
                   voor = excluded.voor, gevraagd_op = excluded.gevraagd_op, gevraagd_door = excluded.gevraagd_door, \
                   herinneringen = excluded.herinneringen, herinnerd_op = excluded.herinnerd_op, beschikbaar = excluded.beschikbaar, \
                   antwoorden = excluded.antwoorden, toelichting = excluded.toelichting, hoe = excluded.hoe, \
                   gezegd_op = excluded.gezegd_op, gezegd_door = excluded.gezegd_door, versie = excluded.versie";
        let availability = it.availability.as_ref().map(serde_json::to_string).transpose()?;
        let values = values![
            &it.roster,
            &it.person,
            it.asked.as_ref().map(|it| &it.by),
            it.asked.as_ref().map(|it| it.at),
            it.asked.as_ref().map(|it| &it.who),
            it.reminders,
            it.reminded,
            availability,
            serde_json::to_string(&it.replies)?,
            it.note.as_ref(),
            it.told.as_ref().map(|it| it.way.code()),
            it.told.as_ref().map(|it| it.at),
            it.told.as_ref().map(|it| &it.by),
            it.version,
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Keeps what is known of a personal link; the one before of the same person in the same roster is over.
    pub async fn put_pass(&mut self, new: &Pass, hash: &str) -> Result<()> {
        let sql = "INSERT INTO rooster_koppelingen (rooster, persoon, hash, gemaakt_op, tot) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (rooster, persoon) DO UPDATE SET hash = excluded.hash, gemaakt_op = excluded.gemaakt_op, tot = excluded.tot";
        let now = self.clock().now();
        self.run(sql, values![&new.roster, &new.person, hash, now, new.until]).await.map(|_| ())
    }
}
