//! Publishing a plan: seats and hours are checked again and the placements are kept, in one change.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::Row;

use super::log::Entry;
use super::placements::period;
use super::waves::{Life, Wave};
use super::{Error, Result, Store, Tx};
use crate::desk::fits::{Clash, Coach, Found, Known, Wanted, fits};
use crate::desk::hours::school_year;
use crate::desk::room::Period;

/// A plan that is to be published.
#[derive(Clone, Debug)]
pub struct NewPlan<'a> {
    /// Its wave.
    pub wave: &'a str,
    /// The wave's version as the caller saw it.
    pub version: i64,
    /// The run whose plan it is.
    pub run: &'a str,
    /// Who is placed where.
    pub placements: &'a [Wanted],
    /// Who is not.
    pub unplaced: &'a [String],
    /// How many months a placement holds a seat; 0 for as long as it lasts.
    pub held_months: u32,
}

/// What is told of a plan that was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// The run whose plan it is.
    pub run: String,
    /// How many are placed.
    pub placed: usize,
    /// How many are not.
    pub unplaced: usize,
    /// What could not be checked, or is worth knowing.
    pub notes: Vec<String>,
    /// Hash of the log's last line: it tells of this deed and of all before it.
    pub head: String,
}

/// What publishing came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Published {
    /// Done: the wave as it is now.
    Done(Wave, Publication),
    /// There is no such wave.
    Unknown,
    /// Somebody else changed the wave.
    Stale(Wave),
    /// Not in this state of its life.
    NotNow(Wave),
    /// Decisions or the wave's file changed since the run.
    Outdated,
    /// It does not fit the register.
    Full(Vec<Clash>),
}

impl Store {
    /// Publishes a plan, when it still fits.
    pub async fn publish(&self, plan: &NewPlan<'_>, who: &str) -> Result<Published> {
        let mut tx = self.begin().await?;
        let Some(wave) = self.wave_in(&mut tx, plan.wave).await? else { return Ok(Published::Unknown) };
        if !matches!(wave.life, Life::Berekend | Life::InBeoordeling) {
            return Ok(Published::NotNow(wave));
        }
        if wave.version != plan.version || wave.current.as_deref() != Some(plan.run) {
            return Ok(Published::Stale(wave));
        }
        if self.run_in(&mut tx, plan.run).await?.is_none_or(|run| run.outdated) {
            return Ok(Published::Outdated);
        }
        let Found { clashes, notes } = self.fits_in(&mut tx, &wave, plan.placements, plan.held_months).await?;
        if !clashes.is_empty() {
            return Ok(Published::Full(clashes));
        }
        for it in plan.placements {
            sqlx::query(
                "INSERT INTO plaatsingen (lichting, kandidaat, school, plek, bouw, coach, uren, van, tot) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(&wave.id)
            .bind(&it.candidate)
            .bind(&it.school)
            .bind(&it.seat)
            .bind(&it.bouw)
            .bind(&it.coach)
            .bind(it.hours)
            .bind(&wave.from)
            .bind(&wave.until)
            .execute(&mut *tx)
            .await?;
            sqlx::query("UPDATE kandidaten SET toestand = 'geplaatst', versie = versie + 1 WHERE id = ?")
                .bind(&it.candidate)
                .execute(&mut *tx)
                .await?;
        }
        for candidate in plan.unplaced {
            // 100,000 is the format's bound.
            sqlx::query(
                "UPDATE kandidaten SET versie = versie + 1, gegevens = json_set(gegevens, '$.wachtrondes', \
                 MIN(100000, COALESCE(gegevens ->> '$.wachtrondes', 0) + 1)) WHERE id = ?",
            )
            .bind(candidate)
            .execute(&mut *tx)
            .await?;
        }
        sqlx::query("UPDATE lichtingen SET toestand = 'vastgesteld', versie = versie + 1 WHERE id = ?")
            .bind(&wave.id)
            .execute(&mut *tx)
            .await?;
        let before = self.log_head(&mut tx).await?;
        let (placed, unplaced) = (plan.placements.len(), plan.unplaced.len());
        let content = json!({ "berekening": plan.run, "geplaatst": placed, "ongeplaatst": unplaced, "logboek_hoofd": before, "meldingen": notes.len() });
        self.log(&mut tx, Entry { who, what: "lichting-vastgesteld", subject: &wave.id, content }).await?;
        let head = self.log_head(&mut tx).await?;
        let publication = Publication { run: plan.run.into(), placed, unplaced, notes, head };
        self.note_deed(&mut tx, &serde_json::to_value(&publication)?).await?;
        let Some(wave) = self.wave_in(&mut tx, plan.wave).await? else { return Ok(Published::Unknown) };
        tx.commit().await?;
        Ok(Published::Done(wave, publication))
    }

    /// Whether placements fit the register in the period of a wave, beside those of all other waves.
    pub(crate) async fn fits_in(&self, tx: &mut Tx, wave: &Wave, plan: &[Wanted], held_months: u32) -> Result<Found> {
        let when = period(Some(&wave.from), Some(&wave.until))?;
        let mut known = self.known_in(tx, when).await?;
        known.placed.retain(|it| it.wave != wave.id);
        Ok(fits(plan, when, &known, held_months))
    }

    /// What the register says that matters to plans for a period.
    pub(super) async fn known_in(&self, tx: &mut Tx, when: Period) -> Result<Known> {
        let mut known = Known::default();
        for row in sqlx::query("SELECT id FROM scholen").fetch_all(&mut **tx).await? {
            known.schools.insert(row.get(0));
        }
        for seats in self.seats_from_in(tx, &when.from.to_string()).await? {
            let when = seats.period()?;
            known.seats.push((seats, when));
        }
        let mut coaches = BTreeMap::new();
        for row in
            sqlx::query("SELECT id, gegevens ->> '$.maximum', gegevens ->> '$.uren', van, tot FROM coaches").fetch_all(&mut **tx).await?
        {
            let coach = Coach { most: row.get(1), hours: row.get(2), period: period(row.get(3), row.get(4))? };
            coaches.insert(row.get(0), coach);
        }
        known.coaches = coaches;
        // Hours count for a whole school year, also those of placements that are over by the first day of this period.
        known.placed = self.placements_from_in(tx, &format!("{:04}-08-01", school_year(when.from).max(0))).await?;
        Ok(known)
    }

    async fn log_head(&self, tx: &mut Tx) -> Result<String> {
        let head = sqlx::query_scalar("SELECT hash FROM logboek ORDER BY nummer DESC LIMIT 1").fetch_optional(&mut **tx).await?;
        head.ok_or_else(|| Error::Corrupt("het logboek is leeg".into()))
    }

    /// Closes a published wave.
    pub async fn close_wave(&self, id: &str, version: i64, who: &str) -> Result<super::waves::Edited<Wave>> {
        use super::waves::Edited;
        let mut tx = self.begin().await?;
        let Some(found) = self.wave_in(&mut tx, id).await? else { return Ok(Edited::Unknown) };
        if found.life != Life::Vastgesteld {
            return Ok(Edited::NotNow(found));
        }
        if found.version != version {
            return Ok(Edited::Stale(found));
        }
        sqlx::query("UPDATE lichtingen SET toestand = 'gesloten', versie = versie + 1 WHERE id = ?").bind(id).execute(&mut *tx).await?;
        self.log(&mut tx, Entry { who, what: "lichting-gesloten", subject: id, content: json!({}) }).await?;
        self.note_deed(&mut tx, &Value::Null).await?;
        let after = self.wave_in(&mut tx, id).await?;
        tx.commit().await?;
        Ok(after.map_or(Edited::Unknown, Edited::Done))
    }
}
