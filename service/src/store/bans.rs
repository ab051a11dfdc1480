//! Rows of what a no forbids, and from when until when each wave knows it.

use super::engine::{Row, Value, values};
use super::{Change, Result, Session};
use crate::desk::asking::Party;
use crate::desk::noes::Ban;
use crate::desk::placing::Placing;
use crate::records::answer::{Forbidden, Revoked};
use loket_solver::matching::facts::words::Word;

const BAN: &str = "v.id, v.lichting, v.partij, v.reikwijdte, v.kandidaat, v.school, v.plek, v.bouw, v.coach, v.van_hoeveel, v.reden, v.tot, \
    v.gemaakt_op, v.gemaakt_door, v.ingetrokken_op, v.ingetrokken_door, v.intrekreden, v.versie";
/// Whether a prohibition is about a placement of a plan: everything that it names agrees.
pub(super) const MEETS: &str = "p.kandidaat = v.kandidaat AND (v.school IS NULL OR v.school = p.school) AND (v.plek IS NULL OR v.plek = p.plek) \
    AND (v.bouw IS NULL OR v.bouw = p.bouw) AND (v.coach IS NULL OR v.coach = p.coach)";
/// Whether it counts on the day at this place.
const COUNTS: &str = "v.ingetrokken_op IS NULL AND (v.tot IS NULL OR v.tot >= $1)";

fn forbidden(row: &Row) -> Result<Forbidden> {
    Ok(Forbidden {
        id: row.string("id")?,
        party: row.code("partij")?,
        ban: Ban {
            wave: row.string("lichting")?,
            scope: row.code("reikwijdte")?,
            candidate: row.string("kandidaat")?,
            school: row.maybe_string("school")?,
            seat: row.maybe_string("plek")?,
            bouw: row.maybe_string("bouw")?,
            coach: row.maybe_string("coach")?,
            of: row.maybe_int("van_hoeveel")?,
        },
        reason: row.maybe_code("reden")?,
        until: row.maybe_string("tot")?,
        made: row.int("gemaakt_op")?,
        by: row.string("gemaakt_door")?,
        revoked: row.maybe_int("ingetrokken_op")?,
        revoked_by: row.maybe_string("ingetrokken_door")?,
        why: row.maybe_code("intrekreden")?,
        version: row.int("versie")?,
    })
}

/// Which prohibitions are asked for; each part that is there holds.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// About this candidate.
    pub candidate: Option<String>,
    /// Named in it, or by the board or coach it names.
    pub school: Option<String>,
    /// With this coach.
    pub coach: Option<String>,
    /// Said in this wave.
    pub wave: Option<String>,
    /// Only those that count on this day.
    pub counts: Option<String>,
}

impl Session {
    /// Every no that counts on a day (yyyy-mm-dd), the first one first.
    pub async fn bans(&mut self, today: &str) -> Result<Vec<Ban>> {
        let sql = format!("SELECT {BAN} FROM verboden v WHERE {COUNTS} ORDER BY v.gemaakt_op, v.id");
        self.rows(sql, values![today]).await?.iter().map(|row| Ok(forbidden(row)?.ban)).collect()
    }

    /// Prohibitions that are wanted, the newest one first: a page of them and how many there are.
    pub async fn bans_page(&mut self, wanted: &Wanted, skip: i64, most: i64) -> Result<(Vec<Forbidden>, i64)> {
        const THESE: &str = "FROM verboden v WHERE ($1 IS NULL OR (v.ingetrokken_op IS NULL AND (v.tot IS NULL OR v.tot >= $1))) \
            AND ($2 IS NULL OR v.kandidaat = $2) AND ($3 IS NULL OR v.school = $3) AND ($4 IS NULL OR v.coach = $4) \
            AND ($5 IS NULL OR v.lichting = $5)";
        let mut values: Vec<Value> =
            values![wanted.counts.as_ref(), wanted.candidate.as_ref(), wanted.school.as_ref(), wanted.coach.as_ref(), wanted.wave.as_ref()];
        let all = self.one(format!("SELECT COUNT(*) AS aantal {THESE}"), values.clone()).await?.int("aantal")?;
        values.extend(values![most, skip]);
        let sql = format!("SELECT {BAN} {THESE} ORDER BY v.gemaakt_op DESC, v.id LIMIT $6 OFFSET $7");
        Ok((self.rows(sql, values).await?.iter().map(forbidden).collect::<Result<_>>()?, all))
    }

    /// A prohibition.
    pub async fn ban(&mut self, id: &str) -> Result<Option<Forbidden>> {
        let sql = format!("SELECT {BAN} FROM verboden v WHERE v.id = $1");
        self.row(sql, values![id]).await?.as_ref().map(forbidden).transpose()
    }

    /// What a party's no about a candidate's placement in a wave forbids now, the newest one first.
    pub async fn bans_of(&mut self, wave: &str, candidate: &str, party: Party) -> Result<Vec<Forbidden>> {
        let sql = format!(
            "SELECT {BAN} FROM verboden v WHERE v.lichting = $1 AND v.kandidaat = $2 AND v.partij = $3 AND v.ingetrokken_op IS NULL \
             ORDER BY v.gemaakt_op DESC, v.id"
        );
        self.rows(sql, values![wave, candidate, party.code()]).await?.iter().map(forbidden).collect()
    }

    /// Of how many seats of a group, or of how many people of a coach, a first no in this wave began to count; nothing when there is none.
    pub async fn bans_count_from(&mut self, ban: &Ban, today: &str) -> Result<Option<i64>> {
        let sql = format!(
            "SELECT MAX(v.van_hoeveel) AS aantal FROM verboden v WHERE {COUNTS} AND v.lichting = $2 AND v.reikwijdte = $3 \
             AND ($4 IS NULL OR v.school = $4) AND ($5 IS NULL OR v.plek = $5) AND ($6 IS NULL OR v.coach = $6)"
        );
        let values = values![today, &ban.wave, ban.scope.code(), ban.school.as_ref(), ban.seat.as_ref(), ban.coach.as_ref()];
        self.one(sql, values).await?.maybe_int("aantal")
    }

    /// What a run's plan does that somebody refused, by candidate: the placement is written down in it.
    pub async fn not_obeyed(&mut self, run: &str, today: &str) -> Result<Vec<(Forbidden, Placing)>> {
        let from = format!("FROM verboden v JOIN plaatsen p ON {MEETS} WHERE {COUNTS} AND p.berekening = $2 ORDER BY v.kandidaat, v.id");
        let bans = self.rows(format!("SELECT {BAN} {from}"), values![today, run]).await?;
        let sql = format!(
            "SELECT p.kandidaat, p.school, p.bestuur, p.plek, p.bouw, p.coach, p.dagdelen, p.uren, p.reistijd, p.coachreistijd, p.plekken {from}"
        );
        let places = self.rows(sql, values![today, run]).await?;
        bans.iter().zip(&places).map(|(ban, place)| Ok((forbidden(ban)?, super::answers::placing(place)?))).collect()
    }
}

/// Waves that can be computed and whose file names a candidate, as far as that is written down.
const CONCERNED: &str = "l.toestand IN ('ingediend', 'berekend', 'in-beoordeling') AND (EXISTS (SELECT 1 FROM invoer_ids i \
    WHERE i.invoer = l.invoer AND i.soort = 'kandidaat' AND i.van = '' AND i.id = $1) \
    OR NOT EXISTS (SELECT 1 FROM gronden g WHERE g.soort = 'invoer' AND g.van = l.invoer))";

impl Change {
    /// Adds a prohibition. Every wave that it may be about counts it as something decided: runs from before do not know it.
    pub async fn add_ban(&mut self, new: &Forbidden) -> Result<()> {
        let columns = BAN.replace("v.", "");
        let places: Vec<String> = (1..=18).map(|at| format!("${at}")).collect();
        let sql = format!("INSERT INTO verboden ({columns}) VALUES ({})", places.join(", "));
        let ban = &new.ban;
        let values = values![
            &new.id,
            &ban.wave,
            new.party.code(),
            ban.scope.code(),
            &ban.candidate,
            ban.school.as_ref(),
            ban.seat.as_ref(),
            ban.bouw.as_ref(),
            ban.coach.as_ref(),
            ban.of,
            new.reason.map(Word::code),
            new.until.as_ref(),
            new.made,
            &new.by,
            new.revoked,
            new.revoked_by.as_ref(),
            new.why.map(Word::code),
            new.version,
        ];
        self.run(sql, values).await?;
        self.count_for_waves(&ban.candidate).await?;
        let sql = format!(
            "INSERT INTO verbod_lichtingen (verbod, lichting, versie) SELECT $2, l.id, l.beslissingen FROM lichtingen l WHERE {CONCERNED}"
        );
        self.run(sql, values![&ban.candidate, &new.id]).await.map(|_| ())
    }

    /// Something was decided about this candidate in every wave that can be computed and has this candidate.
    async fn count_for_waves(&mut self, candidate: &str) -> Result<()> {
        let sql = format!("UPDATE lichtingen AS l SET beslissingen = beslissingen + 1, versie = versie + 1 WHERE {CONCERNED}");
        self.run(sql, values![candidate]).await.map(|_| ())
    }

    /// A prohibition no longer counts: runs that knew it are out of date.
    pub async fn revoke_ban(&mut self, gone: &Forbidden, who: &str, why: Revoked) -> Result<()> {
        let now = self.clock().now();
        let sql = "UPDATE verboden SET ingetrokken_op = $2, ingetrokken_door = $3, intrekreden = $4, versie = versie + 1 WHERE id = $1";
        self.run(sql, values![&gone.id, now, who, why.code()]).await?;
        self.count_for_waves(&gone.ban.candidate).await?;
        // A wave that was made after the no knew it from its first run on.
        let sql = format!(
            "INSERT INTO verbod_lichtingen (verbod, lichting, versie, tot) SELECT $2, l.id, 0, l.beslissingen FROM lichtingen l \
             WHERE {CONCERNED} ON CONFLICT (verbod, lichting) DO UPDATE SET tot = excluded.tot"
        );
        self.run(sql, values![&gone.ban.candidate, &gone.id]).await.map(|_| ())
    }
}
