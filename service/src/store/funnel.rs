//! Rows of the funnel: the stages of everybody, numbers completed by hand, and snapshots.

use loket_solver::matching::facts::words::Word;

use super::engine::{Row, values};
use super::{Change, Error, Result, Session};
use crate::records::funnel::{Completed, Entered, Snapshot};
use crate::records::stage::StopReason;

const SNAPSHOT: &str =
    "id, peildatum, bestand, sha256, plan, plan_versie, verbetert, toelichting, op, door, goedgekeurd_op, goedgekeurd_door";

fn snapshot(row: &Row) -> Result<Snapshot> {
    Ok(Snapshot {
        id: row.string("id")?,
        day: row.string("peildatum")?,
        file: row.string("bestand")?,
        hash: row.string("sha256")?,
        plan: row.maybe_string("plan")?.zip(row.maybe_int("plan_versie")?),
        corrects: row.maybe_string("verbetert")?,
        note: row.string("toelichting")?,
        at: row.int("op")?,
        by: row.string("door")?,
        approved: row.maybe_int("goedgekeurd_op")?.zip(row.maybe_string("goedgekeurd_door")?),
    })
}

impl Session {
    /// The stages of every candidate, each candidate's in order.
    pub async fn everybodys_stages(&mut self) -> Result<Vec<Vec<Entered>>> {
        let rows = self.rows("SELECT kandidaat, fase, van, reden FROM kandidaat_fasen ORDER BY kandidaat, nummer", values![]).await?;
        let mut all: Vec<Vec<Entered>> = Vec::new();
        let mut last = String::new();
        for row in &rows {
            let who = row.string("kandidaat")?;
            let wrong = || Error::Corrupt("de reden van een fase".into());
            let reason = row.maybe_string("reden")?.map(|it| StopReason::parse(&it).ok_or_else(wrong)).transpose()?;
            let entered = Entered { stage: row.code("fase")?, from: row.maybe_string("van")?, reason };
            match all.last_mut().filter(|_| who == last) {
                Some(own) => own.push(entered),
                None => all.push(vec![entered]),
            }
            last = who;
        }
        Ok(all)
    }

    /// The numbers that were completed by hand.
    pub async fn completed(&mut self) -> Result<Vec<Completed>> {
        let rows = self.rows("SELECT lichting, wat, aantal FROM trechter_aanvullingen ORDER BY lichting, wat", values![]).await?;
        let one = |row: &Row| Ok(Completed { wave: row.string("lichting")?, what: row.string("wat")?, number: row.int("aantal")? });
        rows.iter().map(one).collect()
    }

    /// Snapshots, the newest first: a page of them and how many there are; of those that were approved only, or of all.
    pub async fn snapshots(&mut self, approved: bool, skip: i64, most: i64) -> Result<(Vec<Snapshot>, i64)> {
        let these = if approved { "WHERE goedgekeurd_op IS NOT NULL" } else { "" };
        let sql = format!("SELECT {SNAPSHOT} FROM trechter_metingen {these} ORDER BY peildatum DESC, op DESC, id LIMIT $1 OFFSET $2");
        let rows = self.rows(sql, values![most, skip]).await?;
        let all = self.one(format!("SELECT COUNT(*) AS aantal FROM trechter_metingen {these}"), values![]).await?.int("aantal")?;
        Ok((rows.iter().map(snapshot).collect::<Result<_>>()?, all))
    }

    /// A snapshot.
    pub async fn funnel_snapshot(&mut self, id: &str) -> Result<Option<Snapshot>> {
        let sql = format!("SELECT {SNAPSHOT} FROM trechter_metingen WHERE id = $1");
        self.row(sql, values![id]).await?.as_ref().map(snapshot).transpose()
    }
}

impl Change {
    /// Completes a number of a wave by hand, or takes it back.
    pub async fn complete(&mut self, wave: &str, what: &str, number: Option<i64>, who: &str) -> Result<()> {
        let Some(number) = number else {
            let sql = "DELETE FROM trechter_aanvullingen WHERE lichting = $1 AND wat = $2";
            return self.run(sql, values![wave, what]).await.map(|_| ());
        };
        let sql = "INSERT INTO trechter_aanvullingen (lichting, wat, aantal, op, door) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (lichting, wat) DO UPDATE SET aantal = excluded.aantal, op = excluded.op, door = excluded.door";
        let now = self.clock().now();
        self.run(sql, values![wave, what, number, now, who]).await.map(|_| ())
    }

    /// Lays a snapshot down.
    pub async fn add_snapshot(&mut self, new: &Snapshot) -> Result<()> {
        let sql = "INSERT INTO trechter_metingen (id, peildatum, bestand, sha256, plan, plan_versie, verbetert, toelichting, op, door) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let plan = new.plan.as_ref();
        let values = values![
            &new.id,
            &new.day,
            &new.file,
            &new.hash,
            plan.map(|it| it.0.clone()),
            plan.map(|it| it.1),
            new.corrects.as_ref(),
            &new.note,
            new.at,
            &new.by,
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Approves a snapshot.
    pub async fn approve_snapshot(&mut self, id: &str, who: &str) -> Result<()> {
        let now = self.clock().now();
        let sql = "UPDATE trechter_metingen SET goedgekeurd_op = $2, goedgekeurd_door = $3 WHERE id = $1";
        self.run(sql, values![id, now, who]).await.map(|_| ())
    }
}
