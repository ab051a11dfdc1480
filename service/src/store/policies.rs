//! Rows of policies, and which one a wave has.

use loket_solver::matching::facts::words::{Phase, Word};
use serde_json::{Map, Value as Json};

use super::engine::{Row, values};
use super::{Change, Error, Result, Session, ids};
use crate::records::policy::{By, Named, Policy, PolicyState, Used};

const POLICY: &str = "naam, nummer, fase, toestand, inhoud, lichting, opgesteld_door, opgesteld_op, gewijzigd_door, gewijzigd_op, \
    goedgekeurd_door, goedgekeurd_op, ingetrokken_door, ingetrokken_op, versie";

fn policy(row: &Row) -> Result<Policy> {
    let by = |who: &str, at: &str| -> Result<Option<By>> {
        let (who, at) = (row.maybe_string(who)?, row.maybe_int(at)?);
        Ok(who.zip(at).map(|(who, at)| By { who, at }))
    };
    let phase = row.maybe_string("fase")?;
    let phase = phase.map(|it| Phase::parse(&it).ok_or_else(|| Error::Corrupt("de fase van een beleid".into()))).transpose()?;
    Ok(Policy {
        named: Named { name: row.string("naam")?, number: row.int("nummer")? },
        phase,
        state: row.code("toestand")?,
        content: row.json("inhoud")?,
        wave: row.maybe_string("lichting")?,
        drafted: By { who: row.string("opgesteld_door")?, at: row.int("opgesteld_op")? },
        changed: by("gewijzigd_door", "gewijzigd_op")?,
        approved: by("goedgekeurd_door", "goedgekeurd_op")?,
        retired: by("ingetrokken_door", "ingetrokken_op")?,
        version: row.int("versie")?,
    })
}

/// What a policy says, as it is kept and hashed.
pub fn text(content: &Map<String, Json>) -> String {
    Json::Object(content.clone()).to_string()
}

/// The hash of what a policy says.
pub fn digest(content: &Map<String, Json>) -> String {
    ids::sha256(text(content).as_bytes())
}

/// What a wave or a run names, from columns `beleid_naam`, `beleid_nummer`, `beleid_toestand` and `beleid_zelf`.
pub(in crate::store) fn used(row: &Row) -> Result<Option<Used>> {
    let (Some(name), Some(number)) = (row.maybe_string("beleid_naam")?, row.maybe_int("beleid_nummer")?) else { return Ok(None) };
    Ok(Some(Used { named: Named { name, number }, state: row.code("beleid_toestand")?, own: row.maybe_int("beleid_zelf")? == Some(1) }))
}

impl Session {
    /// A policy.
    pub async fn policy(&mut self, named: &Named) -> Result<Option<Policy>> {
        let sql = format!("SELECT {POLICY} FROM beleid WHERE naam = $1 AND nummer = $2");
        self.row(sql, values![&named.name, named.number]).await?.as_ref().map(policy).transpose()
    }

    /// Policies by name, the newest number first: a page of them and how many there are, all or those in this state.
    pub async fn policies(&mut self, state: Option<PolicyState>, skip: i64, most: i64) -> Result<(Vec<Policy>, i64)> {
        let state = state.map(PolicyState::code);
        let sql = format!("SELECT {POLICY} FROM beleid WHERE ($1 IS NULL OR toestand = $1) ORDER BY naam, nummer DESC LIMIT $2 OFFSET $3");
        let rows = self.rows(sql, values![state, most, skip]).await?;
        let sql = "SELECT COUNT(*) AS aantal FROM beleid WHERE ($1 IS NULL OR toestand = $1)";
        let all = self.one(sql, values![state]).await?.int("aantal")?;
        Ok((rows.iter().map(policy).collect::<Result<_>>()?, all))
    }

    /// The policy that says this and may be used for this phase, one that is approved first; none of those that were retired.
    pub async fn policy_saying(&mut self, digest: &str, phase: &str) -> Result<Option<Policy>> {
        let sql = format!(
            "SELECT {POLICY} FROM beleid WHERE sha256 = $1 AND (fase IS NULL OR fase = $2) AND toestand <> 'ingetrokken' \
             ORDER BY CASE toestand WHEN 'goedgekeurd' THEN 0 ELSE 1 END, opgesteld_op, naam, nummer LIMIT 1"
        );
        self.row(sql, values![digest, phase]).await?.as_ref().map(policy).transpose()
    }

    /// The number that comes after the last one of a name.
    pub async fn next_policy_number(&mut self, name: &str) -> Result<i64> {
        let sql = "SELECT COALESCE(MAX(nummer), 0) + 1 AS volgende FROM beleid WHERE naam = $1";
        self.one(sql, values![name]).await?.int("volgende")
    }

    /// Whether a wave or a run names it: then it stays as it is.
    pub async fn policy_in_use(&mut self, named: &Named) -> Result<bool> {
        let sql = "SELECT 1 AS een FROM lichtingen WHERE beleid_naam = $1 AND beleid_nummer = $2 UNION ALL \
                   SELECT 1 AS een FROM berekening_beleid WHERE naam = $1 AND nummer = $2 LIMIT 1";
        Ok(self.row(sql, values![&named.name, named.number]).await?.is_some())
    }

    /// The waves that have it, the newest first: their ids, at most so many, and how many there are.
    pub async fn waves_of_policy(&mut self, named: &Named, most: i64) -> Result<(Vec<String>, i64)> {
        let these = "FROM lichtingen WHERE beleid_naam = $1 AND beleid_nummer = $2";
        let sql = format!("SELECT id {these} ORDER BY aangemaakt_op DESC, id LIMIT $3");
        let rows = self.rows(sql, values![&named.name, named.number, most]).await?;
        let all = self.one(format!("SELECT COUNT(*) AS aantal {these}"), values![&named.name, named.number]).await?.int("aantal")?;
        Ok((rows.iter().map(|row| row.string("id")).collect::<Result<_>>()?, all))
    }
}

impl Change {
    /// Adds a policy; nothing when there is one of this name and number.
    pub async fn add_policy(&mut self, new: &Policy) -> Result<()> {
        let sql = "INSERT INTO beleid (naam, nummer, fase, toestand, inhoud, sha256, lichting, opgesteld_door, opgesteld_op, versie) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let values = values![
            &new.named.name,
            new.named.number,
            new.phase.map(Word::code),
            new.state.code(),
            text(&new.content),
            digest(&new.content),
            new.wave.as_ref(),
            &new.drafted.who,
            new.drafted.at,
            new.version,
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Puts a policy in the place of the one of its name and number, as its next version.
    pub async fn put_policy(&mut self, policy: &mut Policy) -> Result<()> {
        policy.version += 1;
        let sql = "UPDATE beleid SET fase = $3, toestand = $4, inhoud = $5, sha256 = $6, gewijzigd_door = $7, gewijzigd_op = $8, \
                   goedgekeurd_door = $9, goedgekeurd_op = $10, ingetrokken_door = $11, ingetrokken_op = $12, versie = $13 \
                   WHERE naam = $1 AND nummer = $2";
        let who = |by: &Option<By>| by.as_ref().map(|it| it.who.clone());
        let at = |by: &Option<By>| by.as_ref().map(|it| it.at);
        let values = values![
            &policy.named.name,
            policy.named.number,
            policy.phase.map(Word::code),
            policy.state.code(),
            text(&policy.content),
            digest(&policy.content),
            who(&policy.changed),
            at(&policy.changed),
            who(&policy.approved),
            at(&policy.approved),
            who(&policy.retired),
            at(&policy.retired),
            policy.version,
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Notes which policy a wave has: what it says does not change by that, nor its version.
    pub async fn put_wave_policy(&mut self, wave: &str, named: &Named) -> Result<()> {
        let sql = "UPDATE lichtingen SET beleid_naam = $2, beleid_nummer = $3 WHERE id = $1";
        self.run(sql, values![wave, &named.name, named.number]).await.map(|_| ())
    }
}
