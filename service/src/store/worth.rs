//! What one more seat would bring a board: when that is wanted, when it was asked last, and the last answer.

use super::engine::{Row, values};
use super::jobs::{JOB, job};
use super::{Change, Result, Session};
use crate::records::job::{Job, Question};
use crate::work::lane::Lane;
use loket_solver::matching::facts::words::Word;

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

    /// The wish that waits longest.
    pub async fn next_wish(&mut self) -> Result<Option<Wish>> {
        let sql = format!("{WISHES} WHERE gevraagd_op IS NULL OR gevraagd_op < gewenst_op ORDER BY gewenst_op, bestuur LIMIT 1");
        self.row(sql, values![]).await?.as_ref().map(wish).transpose()
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

    /// Questions of a lane that wait or are at work: those that `by` asked, and how many others wait.
    pub async fn beside(&mut self, lane: Lane, by: &str) -> Result<(Vec<Job>, i64)> {
        let sql = format!("SELECT {JOB} FROM taken t WHERE t.baan = $1 AND t.door = $2 AND t.toestand IN ('wachtrij', 'bezig')");
        let own = self.rows(sql, values![lane.code(), by]).await?.iter().map(job).collect::<Result<_>>()?;
        let sql = "SELECT COUNT(*) AS aantal FROM taken WHERE baan = $1 AND door <> $2 AND toestand = 'wachtrij'";
        Ok((own, self.one(sql, values![lane.code(), by]).await?.int("aantal")?))
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
