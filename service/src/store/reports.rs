//! Rows of reports that somebody or something falls out. Every question takes a scope.

use super::engine::{Dialect, Row, values};
use super::{Change, Result, Session};
use crate::access::{Role, Scope};
use crate::records::dossier::Who;
use crate::records::report::{Falling, Report, ReportState};
use loket_solver::matching::facts::words::Word;

const REPORTS: &str = "SELECT m.id, m.soort, m.wie, m.plek, m.vanaf, m.reden, m.door, m.toestand, m.herberekening, m.niet_nodig, \
    m.gemeld_op, m.afgehandeld_op, m.versie FROM meldingen_uitval m";

/// Reports within the scope whose boards stand at `$1` and coaches at `$2`.
fn within(words: &dyn Dialect) -> String {
    let (board, coach) = (words.one_of("s.bestuur", "$1"), words.one_of("m.wie", "$2"));
    format!(
        "(($1 IS NULL AND $2 IS NULL) OR (m.soort = 'coach' AND {coach}) \
         OR (m.soort = 'plek' AND EXISTS (SELECT 1 FROM scholen s WHERE s.id = m.wie AND {board})))"
    )
}

fn report(row: &Row) -> Result<Report> {
    Ok(Report {
        id: row.string("id")?,
        falling: Falling {
            kind: row.code("soort")?,
            id: row.string("wie")?,
            seat: row.maybe_string("plek")?,
            from: row.string("vanaf")?,
            reason: row.code("reden")?,
        },
        by: row.string("door")?,
        state: row.code("toestand")?,
        batch: row.maybe_string("herberekening")?,
        not_needed: row.maybe_code("niet_nodig")?,
        at: row.int("gemeld_op")?,
        settled: row.maybe_int("afgehandeld_op")?,
        version: row.int("versie")?,
    })
}

impl Session {
    /// A report.
    pub async fn report(&mut self, scope: &Scope, id: &str) -> Result<Option<Report>> {
        let sql = format!("{REPORTS} WHERE {} AND m.id = $3", within(self.dialect()));
        self.row(sql, values![scope.among(), scope.among_coaches(), id]).await?.map(|row| report(&row)).transpose()
    }

    /// Reports, the newest first, of one state when that is named: a page of them, and how many there are.
    pub async fn reports(&mut self, scope: &Scope, state: Option<ReportState>, skip: i64, most: i64) -> Result<(Vec<Report>, i64)> {
        let within = within(self.dialect());
        let state = state.map(Word::code);
        let which = format!("WHERE {within} AND ($3 IS NULL OR m.toestand = $3)");
        let sql = format!("{REPORTS} {which} ORDER BY m.gemeld_op DESC, m.id LIMIT $4 OFFSET $5");
        let (boards, coaches) = (scope.among(), scope.among_coaches());
        let rows =
            self.rows(sql, values![boards.clone(), coaches.clone(), state, most, skip]).await?.iter().map(report).collect::<Result<_>>()?;
        let sql = format!("SELECT COUNT(*) AS aantal FROM meldingen_uitval m {which}");
        Ok((rows, self.one(sql, values![boards, coaches, state]).await?.int("aantal")?))
    }

    /// Reports that a person falls out, the first one first.
    pub async fn reports_about(&mut self, who: &Who, most: i64) -> Result<Vec<Report>> {
        let sql = format!("{REPORTS} WHERE m.soort = $1 AND m.wie = $2 ORDER BY m.gemeld_op, m.id LIMIT $3");
        self.rows(sql, values![who.kind.word(), &who.id, most]).await?.iter().map(report).collect()
    }

    /// The open report of the same thing, if there is one.
    pub async fn open_report(&mut self, of: &Falling) -> Result<Option<Report>> {
        let sql = format!("{REPORTS} WHERE m.toestand = 'open' AND m.soort = $1 AND m.wie = $2 AND COALESCE(m.plek, '') = $3");
        let seat = of.seat.as_deref().unwrap_or_default();
        self.row(sql, values![of.kind.code(), &of.id, seat]).await?.map(|row| report(&row)).transpose()
    }

    /// Accounts that have not ended and hold a role, by id.
    pub async fn accounts_with(&mut self, role: Role) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT a.id FROM accounts a JOIN account_rollen r ON r.account = a.id \
                   WHERE a.geeindigd_op IS NULL AND a.adres IS NOT NULL AND r.rol = $1 ORDER BY a.id";
        self.rows(sql, values![role.code()]).await?.iter().map(|row| row.string("id")).collect()
    }
}

impl Change {
    /// Adds a report.
    pub async fn add_report(&mut self, new: &Report) -> Result<()> {
        let sql = "INSERT INTO meldingen_uitval (id, soort, wie, plek, vanaf, reden, door, toestand, gemeld_op, versie) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let Falling { kind, id, seat, from, reason } = &new.falling;
        let values = values![&new.id, kind.code(), id, seat.as_ref(), from, reason.code(), &new.by, new.state.code(), new.at, new.version];
        self.run(sql, values).await.map(|_| ())
    }

    /// Keeps what became of a report.
    pub async fn settle_report(&mut self, now: &Report) -> Result<()> {
        let sql = "UPDATE meldingen_uitval SET toestand = $2, herberekening = $3, niet_nodig = $4, afgehandeld_op = $5, versie = $6 WHERE id = $1";
        let values = values![&now.id, now.state.code(), now.batch.as_ref(), now.not_needed.map(Word::code), now.settled, now.version];
        self.run(sql, values).await.map(|_| ())
    }
}
