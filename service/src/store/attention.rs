//! What asks for action, counted by wave. A line more is a verb more here, and its place in `actions/attention.rs`.

use super::engine::values;
use super::{Result, Session};
use crate::desk::asking::NoScope;
use loket_solver::matching::facts::words::Word;

/// How many of something there are: in which wave or about whom, and the first day of it.
pub type Counted = (String, i64, Option<String>);

/// Answers about placements as they stand, of waves that can still be asked about.
const CURRENT: &str = "FROM antwoorden a JOIN lichtingen l ON l.id = a.lichting \
    JOIN plaatsen p ON p.berekening = l.geldend AND p.kandidaat = a.kandidaat AND p.school = a.school \
    AND (a.partij = 'coach' OR (p.bouw = a.bouw AND p.dagdelen = a.dagdelen)) AND (a.partij = 'bestuur' OR p.coach = a.coach)";

impl Session {
    async fn counted(&mut self, sql: String, values: Vec<super::engine::Value>) -> Result<Vec<Counted>> {
        let rows = self.rows(sql, values).await?;
        rows.iter().map(|row| Ok((row.string("van")?, row.int("aantal")?, row.maybe_string("dag")?))).collect()
    }

    /// Answers that are late on a day (yyyy-mm-dd), by wave, with the first day that passed.
    pub async fn late_answers(&mut self, today: &str) -> Result<Vec<Counted>> {
        let sql = format!(
            "SELECT a.lichting AS van, COUNT(*) AS aantal, MIN(a.voor) AS dag {CURRENT} WHERE a.antwoord IS NULL AND a.voor < $1 \
             AND l.toestand IN ('berekend', 'in-beoordeling', 'vastgesteld') GROUP BY a.lichting ORDER BY a.lichting"
        );
        self.counted(sql, values![today]).await
    }

    /// Answers that are awaited with their last day in this week or another span, from the first day to before the last, by wave and day.
    pub async fn answers_due(&mut self, from: &str, before: &str) -> Result<Vec<Counted>> {
        let sql = format!(
            "SELECT a.lichting AS van, COUNT(*) AS aantal, a.voor AS dag {CURRENT} WHERE a.antwoord IS NULL AND a.voor >= $1 AND a.voor < $2 \
             AND l.toestand IN ('berekend', 'in-beoordeling', 'vastgesteld') GROUP BY a.lichting, a.voor ORDER BY a.voor, a.lichting"
        );
        self.counted(sql, values![from, before]).await
    }

    /// What plans under review do that somebody refused, by wave.
    pub async fn noes_not_obeyed(&mut self, today: &str) -> Result<Vec<Counted>> {
        let sql = format!(
            "SELECT l.id AS van, COUNT(*) AS aantal, CAST(NULL AS TEXT) AS dag FROM lichtingen l \
             JOIN plaatsen p ON p.berekening = l.geldend JOIN verboden v ON {} \
             WHERE l.toestand IN ('berekend', 'in-beoordeling') AND v.ingetrokken_op IS NULL AND (v.tot IS NULL OR v.tot >= $1) \
             GROUP BY l.id ORDER BY l.id",
            super::bans::MEETS
        );
        self.counted(sql, values![today]).await
    }

    /// A no about a published placement, by wave.
    pub async fn noes_afterwards(&mut self) -> Result<Vec<Counted>> {
        let sql = format!(
            "SELECT a.lichting AS van, COUNT(*) AS aantal, CAST(NULL AS TEXT) AS dag {CURRENT} WHERE a.antwoord = 'nee' \
             AND l.toestand = 'vastgesteld' GROUP BY a.lichting ORDER BY a.lichting"
        );
        self.counted(sql, values![]).await
    }

    /// Coaches who said that they have no room, by coach.
    pub async fn coaches_without_room(&mut self, today: &str) -> Result<Vec<Counted>> {
        let sql = "SELECT v.coach AS van, COUNT(*) AS aantal, CAST(NULL AS TEXT) AS dag FROM verboden v WHERE v.reikwijdte = $1 \
                   AND v.coach IS NOT NULL AND v.ingetrokken_op IS NULL AND (v.tot IS NULL OR v.tot >= $2) GROUP BY v.coach ORDER BY v.coach";
        self.counted(sql.into(), values![NoScope::NoRoom.code(), today]).await
    }

    /// Boards that were asked to confirm their seats and did not yet, by wave, with the day by which they would.
    pub async fn boards_to_confirm(&mut self, today: &str) -> Result<Vec<Counted>> {
        let sql = "SELECT r.lichting AS van, COUNT(*) AS aantal, MIN(r.uiterlijk) AS dag FROM opvraag_besturen o \
                   JOIN opvragen r ON r.lichting = o.lichting JOIN lichtingen l ON l.id = o.lichting \
                   WHERE l.tot >= $1 AND (o.bevestigd_op IS NULL OR o.bevestigd_op < r.gevraagd_op) GROUP BY r.lichting ORDER BY r.lichting";
        self.counted(sql.into(), values![today]).await
    }

    /// Waves of which the newest run failed.
    pub async fn failed_runs(&mut self) -> Result<Vec<Counted>> {
        let sql = "SELECT l.id AS van, 1 AS aantal, CAST(NULL AS TEXT) AS dag FROM lichtingen l \
                   JOIN berekeningen b ON b.probleem = 'plaatsing' AND b.onderwerp = l.id AND b.herberekening IS NULL \
                   JOIN taken t ON t.id = b.id WHERE l.toestand IN ('ingediend', 'berekend', 'in-beoordeling') AND t.toestand = 'mislukt' \
                   AND NOT EXISTS (SELECT 1 FROM berekeningen n WHERE n.probleem = 'plaatsing' AND n.onderwerp = l.id \
                       AND n.herberekening IS NULL AND n.nummer > b.nummer) ORDER BY l.id";
        self.counted(sql.into(), values![]).await
    }

    /// Requests about own data that were not done, late on a day or not: how many, with the first last day.
    pub async fn requests_not_done(&mut self, today: &str, late: bool) -> Result<Option<(i64, String)>> {
        let sql = "SELECT COUNT(*) AS aantal, MIN(uiterlijk) AS dag FROM privacyverzoeken WHERE gedaan_op IS NULL \
                   AND CASE WHEN uiterlijk < $1 THEN 1 ELSE 0 END = $2";
        let row = self.one(sql, values![today, late]).await?;
        let count = row.int("aantal")?;
        Ok(row.maybe_string("dag")?.map(|day| (count, day)))
    }

    /// Waves with a plan that nobody decided about yet: how many placements it has.
    pub async fn plans_to_review(&mut self) -> Result<Vec<Counted>> {
        let sql = "SELECT l.id AS van, COUNT(*) AS aantal, CAST(NULL AS TEXT) AS dag FROM lichtingen l \
                   JOIN plaatsen p ON p.berekening = l.geldend WHERE l.toestand = 'berekend' GROUP BY l.id ORDER BY l.id";
        self.counted(sql.into(), values![]).await
    }
}
