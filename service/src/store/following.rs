//! What accepting a proposal does beside the plan: published placements move, and the register follows.

use loket_instances::matching::row::Row;
use loket_instances::matching::rows::CandidateRow;
use loket_solver::matching::facts::words::Word;
use serde_json::Value;

use super::batches::Acceptance;
use super::{Result, Store, Tx};
use crate::desk::register::{Entry, Rows};
use crate::records::candidate_state::CandidateState::{Placed, Waits};

impl Store {
    /// Published placements follow an accepted rerun from the day it takes effect: the old ones end the day before, the new ones begin.
    pub(super) async fn move_placements(&self, tx: &mut Tx, wave: &str, acceptance: &Acceptance, cause: &Value) -> Result<()> {
        let from = cause["vanaf"].as_str().unwrap_or_default();
        let code = cause["soort"].as_str().unwrap_or("uitval");
        let until: String = sqlx::query_scalar("SELECT tot FROM lichtingen WHERE id = ?").bind(wave).fetch_one(&mut **tx).await?;
        for (candidate, place) in &acceptance.moves {
            // What would only have begun on that day or later never was; the rest ends the day before.
            sqlx::query("DELETE FROM plaatsingen WHERE lichting = ? AND kandidaat = ? AND van >= ? AND einde_reden IS NULL")
                .bind(wave)
                .bind(candidate)
                .bind(from)
                .execute(&mut **tx)
                .await?;
            sqlx::query(
                "UPDATE plaatsingen SET tot = date(?1, '-1 day'), einde_reden = ?2 WHERE lichting = ?3 AND kandidaat = ?4 AND tot >= ?1 AND einde_reden IS NULL",
            )
            .bind(from)
            .bind(code)
            .bind(wave)
            .bind(candidate)
            .execute(&mut **tx)
            .await?;
            let Some(place) = place else { continue };
            sqlx::query(
                "INSERT INTO plaatsingen (lichting, kandidaat, school, plek, bouw, coach, uren, van, tot) \
                 SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, MAX(?8, l.van), ?9 FROM lichtingen l WHERE l.id = ?1",
            )
            .bind(wave)
            .bind(candidate)
            .bind(&place.school)
            .bind(&place.seat)
            .bind(&place.bouw)
            .bind(&place.coach)
            .bind(place.hours)
            .bind(from)
            .bind(&until)
            .execute(&mut **tx)
            .await?;
        }
        Ok(())
    }

    /// Whoever comes late is in the register from the moment of asking, as candidates of a file are: whether the proposal is accepted or
    /// not, they wait there, and their names can be asked for and erased.
    pub(super) async fn add_late(&self, tx: &mut Tx, wave: &str, row: &CandidateRow, who: &str) -> Result<()> {
        let entry = Entry { id: row.id.clone(), of: String::new(), row: Row::Candidate(row.clone()) };
        let candidates = vec![entry];
        // The period is that of seats; there are none.
        self.complete_register(tx, wave, &Rows { candidates, ..Rows::default() }, ("", ""), who).await
    }

    /// Candidates of a published wave follow too: who has a place now no longer waits, and who lost it waits for the next wave, one round
    /// longer, as publishing has it.
    pub(super) async fn move_candidates(&self, tx: &mut Tx, acceptance: &Acceptance, cause: &Value) -> Result<()> {
        let late = cause["id"].as_str().filter(|_| cause["soort"] == "nakomer");
        // Publishing counted a round for whoever had no place then; somebody who comes late was not there.
        let moved = acceptance.moves.iter().map(|(candidate, place)| match place {
            Some(_) if late == Some(candidate.as_str()) => (candidate.as_str(), [Waits, Placed], 0),
            Some(_) => (candidate.as_str(), [Waits, Placed], -1),
            None => (candidate.as_str(), [Placed, Waits], 1),
        });
        let waits = late.filter(|late| acceptance.moves.iter().all(|(candidate, _)| candidate != *late));
        for (candidate, [from, to], rounds) in moved.chain(waits.map(|late| (late, [Waits, Waits], 1))) {
            // 100,000 is the format's bound.
            sqlx::query(
                "UPDATE kandidaten SET toestand = ?1, versie = versie + 1, gegevens = json_set(gegevens, '$.wachtrondes', \
                 MAX(0, MIN(100000, COALESCE(gegevens ->> '$.wachtrondes', 0) + ?2))) WHERE id = ?3 AND toestand = ?4",
            )
            .bind(to.code())
            .bind(rounds)
            .bind(candidate)
            .bind(from.code())
            .execute(&mut **tx)
            .await?;
        }
        Ok(())
    }

    /// The register follows what drops out: a coach ends, a candidate has stopped, seats are gone from that day on.
    pub(super) async fn drop_from_register(&self, tx: &mut Tx, cause: &Value) -> Result<()> {
        let (id, from) = (cause["id"].as_str().unwrap_or_default(), cause["vanaf"].as_str().unwrap_or_default());
        match cause["soort"].as_str() {
            Some("coach") => {
                let sql = "UPDATE coaches SET tot = date(?1, '-1 day'), versie = versie + 1 WHERE id = ?2 AND (tot IS NULL OR tot >= ?1)";
                sqlx::query(sql).bind(from).bind(id).execute(&mut **tx).await?;
            }
            Some("school") => {
                // What would only begin on that day or later never has seats.
                let sql = "UPDATE plekken SET aantal = 0, versie = versie + 1 WHERE school = ?2 AND van >= ?1";
                sqlx::query(sql).bind(from).bind(id).execute(&mut **tx).await?;
                let sql = "UPDATE plekken SET tot = date(?1, '-1 day'), versie = versie + 1 \
                           WHERE school = ?2 AND van < ?1 AND (tot IS NULL OR tot >= ?1)";
                sqlx::query(sql).bind(from).bind(id).execute(&mut **tx).await?;
            }
            Some("plek") => {
                let (seat, count) = (cause["plek"].as_str().unwrap_or_default(), cause["aantal"].as_i64().unwrap_or(1));
                // Fewer in the periods that begin on that day or later; a period that has begun is divided there.
                let lower =
                    "UPDATE plekken SET aantal = MAX(0, aantal - ?4), versie = versie + 1 WHERE school = ?2 AND id = ?3 AND van >= ?1";
                let divide = "INSERT INTO plekken (school, id, van, tot, bouw, aantal, gegevens, open, reden, bevestigd_op, versie) \
                              SELECT school, id, ?1, tot, bouw, MAX(0, aantal - ?4), gegevens, open, reden, bevestigd_op, versie + 1 \
                              FROM plekken WHERE school = ?2 AND id = ?3 AND van < ?1 AND (tot IS NULL OR tot >= ?1)";
                let end = "UPDATE plekken SET tot = date(?1, '-1 day'), versie = versie + 1 \
                           WHERE school = ?2 AND id = ?3 AND van < ?1 AND (tot IS NULL OR tot >= ?1)";
                for sql in [lower, divide] {
                    sqlx::query(sql).bind(from).bind(id).bind(seat).bind(count).execute(&mut **tx).await?;
                }
                sqlx::query(end).bind(from).bind(id).bind(seat).execute(&mut **tx).await?;
            }
            Some("kandidaat") => {
                let sql = "UPDATE kandidaten SET toestand = 'gestopt', versie = versie + 1 WHERE id = ?";
                sqlx::query(sql).bind(id).execute(&mut **tx).await?;
            }
            _ => {}
        }
        Ok(())
    }
}
