//! What one more seat would bring a board: when that is wanted, when it was asked last, and the last answer.

use super::engine::{Row, values};
use super::jobs::{JOB, job};
use super::{Change, Result, Session};
use crate::records::job::{Job, Question};

/// What is known of a board's wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The board.
    pub board: String,
    /// Since when an answer is wanted (UTC, milliseconds).
    pub wanted: i64,
    /// Which wish was asked last.
    pub asked: Option<i64>,
    /// When the board's seats changed last.
    pub changed: Option<i64>,
}

impl Wish {
    /// Whether it is still to be asked.
    pub fn waits(&self) -> bool {
        self.asked.is_none_or(|asked| asked < self.wanted)
    }
}

const WISHES: &str = "SELECT bestuur, gewenst_op, gevraagd_op, veranderd_op FROM opbrengst_wensen";

fn wish(row: &Row) -> Result<Wish> {
    Ok(Wish {
        board: row.string("bestuur")?,
        wanted: row.int("gewenst_op")?,
        asked: row.maybe_int("gevraagd_op")?,
        changed: row.maybe_int("veranderd_op")?,
    })
}

impl Session {
    /// A board's wish.
    pub async fn worth_wish(&mut self, board: &str) -> Result<Option<Wish>> {
        self.row(format!("{WISHES} WHERE bestuur = $1"), values![board]).await?.as_ref().map(wish).transpose()
    }

    /// The wish that waits longest, of those that did not change since a moment.
    pub async fn next_wish(&mut self, since: i64) -> Result<Option<Wish>> {
        let sql = format!(
            "{WISHES} WHERE (gevraagd_op IS NULL OR gevraagd_op < gewenst_op) AND gewenst_op <= $1 ORDER BY gewenst_op, bestuur LIMIT 1"
        );
        self.row(sql, values![since]).await?.as_ref().map(wish).transpose()
    }

    /// The last whole answer to a question about any run, with that run.
    pub async fn last_worth(&mut self, question: &Question) -> Result<Option<(Job, String)>> {
        let sql = format!(
            "SELECT {JOB}, v.berekening FROM taken t JOIN vragen v ON v.id = t.id WHERE t.soort = 'schaarste' AND t.vraag = $1 \
             AND t.toestand = 'klaar' AND t.melding IS NULL ORDER BY t.klaar_op DESC, t.id LIMIT 1"
        );
        let row = self.row(sql, values![question.text()]).await?;
        row.map(|row| Ok((job(&row)?, row.string("berekening")?))).transpose()
    }

    /// Work that waits or is in hand: what `by` asked, how much of others waits, and how much of others is in hand.
    pub async fn beside(&mut self, by: &str) -> Result<(Vec<Job>, i64, i64)> {
        let sql = format!("SELECT {JOB} FROM taken t WHERE t.door = $1 AND t.toestand IN ('wachtrij', 'bezig')");
        let own = self.rows(sql, values![by]).await?.iter().map(job).collect::<Result<_>>()?;
        let sql = "SELECT COALESCE(SUM(CASE WHEN toestand = 'wachtrij' THEN 1 ELSE 0 END), 0) AS wacht, \
                   COALESCE(SUM(CASE WHEN toestand = 'bezig' THEN 1 ELSE 0 END), 0) AS bezig \
                   FROM taken WHERE toestand IN ('wachtrij', 'bezig') AND door <> $1";
        let row = self.one(sql, values![by]).await?;
        Ok((own, row.int("wacht")?, row.int("bezig")?))
    }
}

impl Change {
    /// A board's seats changed: an answer is wanted anew.
    pub async fn wish_worth(&mut self, board: &str) -> Result<()> {
        let at = self.clock().now();
        let sql = "INSERT INTO opbrengst_wensen (bestuur, gewenst_op, veranderd_op) VALUES ($1, $2, $2) ON CONFLICT (bestuur) \
                   DO UPDATE SET gewenst_op = excluded.gewenst_op, veranderd_op = excluded.veranderd_op";
        self.run(sql, values![board, at]).await.map(|_| ())
    }

    /// There is another plan under review: an answer is wanted for every board with a school.
    pub async fn wish_every_worth(&mut self) -> Result<()> {
        let at = self.clock().now();
        let sql = "INSERT INTO opbrengst_wensen (bestuur, gewenst_op) SELECT DISTINCT bestuur, $1 FROM scholen WHERE bestuur IS NOT NULL \
                   ON CONFLICT (bestuur) DO UPDATE SET gewenst_op = excluded.gewenst_op";
        self.run(sql, values![at]).await.map(|_| ())
    }

    /// A wish was asked, or there is nothing to ask it about.
    pub async fn wish_asked(&mut self, it: &Wish) -> Result<()> {
        let sql = "UPDATE opbrengst_wensen SET gevraagd_op = $2 WHERE bestuur = $1";
        self.run(sql, values![&it.board, it.wanted]).await.map(|_| ())
    }

    /// What was asked for a board was put aside: its wish waits again.
    pub async fn wish_again(&mut self, board: &str) -> Result<()> {
        self.run("UPDATE opbrengst_wensen SET gevraagd_op = NULL WHERE bestuur = $1", values![board]).await.map(|_| ())
    }
}
