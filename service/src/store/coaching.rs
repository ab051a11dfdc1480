//! Rows of what coaches note: days off, and hours given to candidates.

use std::collections::BTreeMap;

use super::engine::{Row, values};
use super::{Change, Result, Session};
use crate::records::coaching::{DaysOff, Given, Hours, Off};
use crate::records::dossier::Who;
use crate::records::register::Kind;

fn given(row: &Row) -> Result<Given> {
    Ok(Given { candidate: row.string("kandidaat")?, month: row.string("maand")?, quarters: row.int("kwartieren")? })
}

impl Session {
    /// The days off of a coach.
    pub async fn days_off(&mut self, coach: &str) -> Result<DaysOff> {
        let sql = "SELECT vrije_dagen, vrije_dagen_versie FROM coach_bladen WHERE coach = $1";
        let Some(row) = self.row(sql, values![coach]).await? else { return Ok(DaysOff::default()) };
        Ok(DaysOff { periods: row.json("vrije_dagen")?, version: row.int("vrije_dagen_versie")? })
    }

    /// The hours that a coach gave.
    pub async fn given_hours(&mut self, coach: &str) -> Result<Hours> {
        let sql = "SELECT gegeven_uren_versie FROM coach_bladen WHERE coach = $1";
        let version = self.row(sql, values![coach]).await?.map_or(Ok(0), |row| row.int("gegeven_uren_versie"))?;
        let sql = "SELECT kandidaat, maand, kwartieren FROM gegeven_uren WHERE coach = $1 ORDER BY kandidaat, maand";
        let rows = self.rows(sql, values![coach]).await?.iter().map(given).collect::<Result<_>>()?;
        Ok(Hours { rows, version })
    }

    /// The hours that coaches gave to a candidate, by month.
    pub async fn hours_given_to(&mut self, candidate: &str, most: i64) -> Result<Vec<Given>> {
        let sql = "SELECT kandidaat, maand, kwartieren FROM gegeven_uren WHERE kandidaat = $1 ORDER BY maand, coach LIMIT $2";
        self.rows(sql, values![candidate, most]).await?.iter().map(given).collect()
    }

    /// Quarters of an hour that each coach gave in the months of these days.
    pub async fn given_between(&mut self, from: &str, until: &str) -> Result<BTreeMap<String, i64>> {
        let sql = "SELECT coach, CAST(SUM(kwartieren) AS BIGINT) AS kwartieren FROM gegeven_uren WHERE maand >= $1 AND maand <= $2 GROUP BY coach";
        let month = |day: &str| day.get(..7).unwrap_or(day).to_owned();
        let rows = self.rows(sql, values![month(from), month(until)]).await?;
        rows.iter().map(|row| Ok((row.string("coach")?, row.int("kwartieren")?))).collect()
    }
}

impl Change {
    async fn coach_sheet(&mut self, coach: &str) -> Result<()> {
        self.run("INSERT INTO coach_bladen (coach) VALUES ($1) ON CONFLICT (coach) DO NOTHING", values![coach]).await.map(|_| ())
    }

    /// Puts the days off of a coach, at their next version.
    pub async fn put_days_off(&mut self, coach: &str, periods: &[Off], version: i64) -> Result<()> {
        self.coach_sheet(coach).await?;
        let sql = "UPDATE coach_bladen SET vrije_dagen = $2, vrije_dagen_versie = $3 WHERE coach = $1";
        self.run(sql, values![coach, serde_json::to_string(periods)?, version]).await.map(|_| ())
    }

    /// Erases what a person reported, or was reported about, and a coach's days off; whether there was anything.
    pub async fn erase_desk(&mut self, who: &Who) -> Result<bool> {
        let sql = "DELETE FROM meldingen_uitval WHERE soort = $1 AND wie = $2";
        let mut gone = self.run(sql, values![who.kind.word(), &who.id]).await?;
        if who.kind == Kind::Coach {
            let sql = "UPDATE coach_bladen SET vrije_dagen = '[]' WHERE coach = $1 AND vrije_dagen <> '[]'";
            gone += self.run(sql, values![&who.id]).await?;
        }
        Ok(gone > 0)
    }

    /// Puts the hours that a coach gave, at their next version.
    pub async fn put_given_hours(&mut self, coach: &str, rows: &[Given], version: i64) -> Result<()> {
        self.coach_sheet(coach).await?;
        self.run("UPDATE coach_bladen SET gegeven_uren_versie = $2 WHERE coach = $1", values![coach, version]).await?;
        self.run("DELETE FROM gegeven_uren WHERE coach = $1", values![coach]).await?;
        for row in rows {
            let sql = "INSERT INTO gegeven_uren (coach, kandidaat, maand, kwartieren) VALUES ($1, $2, $3, $4)";
            self.run(sql, values![coach, &row.candidate, &row.month, row.quarters]).await?;
        }
        Ok(())
    }
}
