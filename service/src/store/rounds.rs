//! Rounds in which boards confirm their seats, and which of them did. Every question takes a scope.

use super::engine::{Row, values};
use super::{Change, Result, Session};
use crate::access::Scope;
use crate::records::round::{Round, Standing};

fn round(row: &Row) -> Result<Round> {
    Ok(Round { wave: row.string("lichting")?, by: row.string("uiterlijk")?, asked: row.int("gevraagd_op")?, version: row.int("versie")? })
}

fn standing(row: &Row) -> Result<Standing> {
    Ok(Standing {
        board: row.string("bestuur")?,
        rows: row.int("rijen")?,
        open: row.int("onbevestigd")?,
        at_once: row.maybe_int("bevestigd_op")?,
        last: row.maybe_int("laatste")?,
        for_it: row.flag("namens")?,
        reminded: row.maybe_int("herinnerd_op")?,
        reminders: row.int("herinneringen")?,
    })
}

impl Session {
    /// The round of a wave.
    pub async fn round(&mut self, wave: &str) -> Result<Option<Round>> {
        let sql = "SELECT lichting, uiterlijk, gevraagd_op, versie FROM opvragen WHERE lichting = $1";
        self.row(sql, values![wave]).await?.as_ref().map(round).transpose()
    }

    /// The rounds that a board is asked in, the one that ends first first.
    pub async fn rounds_of(&mut self, board: &str) -> Result<Vec<Round>> {
        let sql = "SELECT r.lichting, r.uiterlijk, r.gevraagd_op, r.versie FROM opvragen r JOIN opvraag_besturen o ON o.lichting = r.lichting \
                   WHERE o.bestuur = $1 ORDER BY r.uiterlijk, r.lichting";
        self.rows(sql, values![board]).await?.iter().map(round).collect()
    }

    /// How far each board within the scope is in a round, by board. Seats count that are offered some day of the wave.
    pub async fn standings(&mut self, scope: &Scope, wave: &str) -> Result<Vec<Standing>> {
        let within = self.dialect().one_of("o.bestuur", "$2");
        // Confirmed in the very millisecond in which the round was asked is confirmed.
        let sql = format!(
            "SELECT o.bestuur, CASE WHEN o.bevestigd_op >= r.gevraagd_op THEN o.bevestigd_op END AS bevestigd_op, \
             o.herinnerd_op, o.herinneringen, COUNT(p.id) AS rijen, \
             SUM(CASE WHEN p.id IS NOT NULL AND (p.bevestigd_op IS NULL OR p.bevestigd_op < r.gevraagd_op) THEN 1 ELSE 0 END) AS onbevestigd, \
             MAX(CASE WHEN p.bevestigd_op >= r.gevraagd_op THEN p.bevestigd_op END) AS laatste, \
             MAX(CASE WHEN (p.bevestigd_op >= r.gevraagd_op AND p.bevestigd_door = 'intermediair') \
                 OR (o.bevestigd_op >= r.gevraagd_op AND o.door = 'intermediair' AND p.id IS NULL) THEN 1 ELSE 0 END) AS namens \
             FROM opvraag_besturen o JOIN opvragen r ON r.lichting = o.lichting JOIN lichtingen l ON l.id = o.lichting \
             LEFT JOIN scholen s ON s.bestuur = o.bestuur \
             LEFT JOIN plekken p ON p.school = s.id AND p.van <= l.tot AND (p.tot IS NULL OR p.tot >= l.van) \
             WHERE o.lichting = $1 AND ($2 IS NULL OR {within}) \
             GROUP BY o.bestuur, o.bevestigd_op, r.gevraagd_op, o.door, o.herinnerd_op, o.herinneringen ORDER BY o.bestuur"
        );
        self.rows(sql, values![wave, scope.among()]).await?.iter().map(standing).collect()
    }

    /// Whether a board is asked in a round that is not over, and has not confirmed everything at once since.
    pub async fn round_waits(&mut self, board: &str, today: &str) -> Result<bool> {
        let sql = "SELECT 1 AS een FROM opvraag_besturen o JOIN opvragen r ON r.lichting = o.lichting JOIN lichtingen l ON l.id = o.lichting \
                   WHERE o.bestuur = $1 AND l.tot >= $2 AND (o.bevestigd_op IS NULL OR o.bevestigd_op < r.gevraagd_op) LIMIT 1";
        Ok(self.row(sql, values![board, today]).await?.is_some())
    }
}

impl Change {
    /// Adds a round; `false` when the wave has one.
    pub async fn add_round(&mut self, new: &Round) -> Result<bool> {
        let sql =
            "INSERT INTO opvragen (lichting, uiterlijk, gevraagd_op, versie) VALUES ($1, $2, $3, $4) ON CONFLICT (lichting) DO NOTHING";
        Ok(self.run(sql, values![&new.wave, &new.by, new.asked, new.version]).await? > 0)
    }

    /// Gives a round another last day, at its next version.
    pub async fn put_round(&mut self, now: &mut Round) -> Result<()> {
        now.version += 1;
        let sql = "UPDATE opvragen SET uiterlijk = $2, versie = $3 WHERE lichting = $1";
        self.run(sql, values![&now.wave, &now.by, now.version]).await.map(|_| ())
    }

    /// Asks every board of the register in a round that is not asked in it yet; which those are.
    pub async fn ask_boards(&mut self, wave: &str) -> Result<Vec<String>> {
        let sql = "SELECT b.id FROM besturen b WHERE NOT EXISTS (SELECT 1 FROM opvraag_besturen o WHERE o.lichting = $1 AND o.bestuur = b.id) \
                   ORDER BY b.id";
        let new: Vec<String> = self.rows(sql, values![wave]).await?.iter().map(|row| row.string("id")).collect::<Result<_>>()?;
        for board in &new {
            self.run("INSERT INTO opvraag_besturen (lichting, bestuur) VALUES ($1, $2)", values![wave, board]).await?;
        }
        Ok(new)
    }

    /// Notes that a board was reminded.
    pub async fn board_reminded(&mut self, wave: &str, board: &str) -> Result<()> {
        let at = self.clock().now();
        let sql = "UPDATE opvraag_besturen SET herinnerd_op = $3, herinneringen = herinneringen + 1 WHERE lichting = $1 AND bestuur = $2";
        self.run(sql, values![wave, board, at]).await.map(|_| ())
    }

    /// Notes in every round that is not over that a board confirmed all of its seats at once; in how many.
    pub async fn board_confirmed(&mut self, board: &str, role: &str, today: &str) -> Result<u64> {
        let at = self.clock().now();
        let sql = "UPDATE opvraag_besturen SET bevestigd_op = $2, door = $3 \
                   WHERE bestuur = $1 AND lichting IN (SELECT id FROM lichtingen WHERE tot >= $4)";
        self.run(sql, values![board, at, role, today]).await
    }
}
