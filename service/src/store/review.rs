//! Rows of the history of decisions, and of who opened which proposal.

use std::collections::BTreeMap;

use loket_solver::matching::facts::words::Word;

use super::engine::{Row, values};
use super::{Change, Error, Result, Session};
use crate::desk::decision::Spot;
use crate::records::decision::{Decided, Shown, json, read};
use crate::records::review::{Opened, Part, Past};

const PAST: &str = "kandidaat, nummer, stap, gegevens, berekening, gevolgd, vervallen, van, van_op, eerder, terug, groep, getoond, seconden, \
    door, rol, op";

fn past(row: &Row) -> Result<Past> {
    let (candidate, number) = (row.string("kandidaat")?, row.int("nummer")?);
    let stands = match row.maybe_text("gegevens")? {
        None => None,
        Some(text) => Some(Decided {
            candidate: candidate.clone(),
            decision: read(text.as_bytes()).map_err(|refusal| Error::unreadable("een eerder besluit", &refusal))?,
            run: row.maybe_string("berekening")?,
            version: number,
            at: row.int("van_op")?,
            who: row.string("van")?,
            lapsed: row.maybe_string("vervallen")?,
            kept: row.flag("gevolgd")?,
        }),
    };
    Ok(Past {
        candidate,
        number,
        step: row.code("stap")?,
        stands,
        before: row.maybe_int("eerder")?,
        undoes: row.maybe_int("terug")?,
        group: row.maybe_string("groep")?,
        shown: Shown::read(row.text("getoond")?.as_bytes()).map_err(|refusal| Error::unreadable("wat getoond werd", &refusal))?,
        seconds: row.maybe_int("seconden")?,
        who: row.string("door")?,
        role: row.code("rol")?,
        at: row.int("op")?,
    })
}

const OPENED: &str = "kandidaat, berekening, door, geopend, begonnen_op, gezien_op";

fn opened(row: &Row) -> Result<Opened> {
    let words: Vec<String> = row.json("geopend")?;
    let parts = words.iter().map(|word| Part::parse(word).ok_or_else(|| Error::Corrupt("kolom geopend".into())));
    Ok(Opened {
        candidate: row.string("kandidaat")?,
        run: row.string("berekening")?,
        who: row.string("door")?,
        parts: parts.collect::<Result<_>>()?,
        began: row.maybe_int("begonnen_op")?,
        seen: row.int("gezien_op")?,
    })
}

impl Session {
    /// Every step about one candidate of a wave, the first one first.
    pub async fn past_of(&mut self, wave: &str, candidate: &str) -> Result<Vec<Past>> {
        let sql = format!("SELECT {PAST} FROM besluiten WHERE lichting = $1 AND kandidaat = $2 ORDER BY nummer");
        self.rows(sql, values![wave, candidate]).await?.iter().map(past).collect()
    }

    /// The steps about all candidates of a wave after a number, at most so many, the first one first.
    pub async fn past_since(&mut self, wave: &str, after: i64, most: i64) -> Result<Vec<Past>> {
        let sql = format!("SELECT {PAST} FROM besluiten WHERE lichting = $1 AND nummer > $2 ORDER BY nummer, kandidaat LIMIT $3");
        self.rows(sql, values![wave, after, most]).await?.iter().map(past).collect()
    }

    /// The steps that somebody did in a wave since a moment, the last one first.
    pub async fn past_by(&mut self, wave: &str, who: &str, since: i64) -> Result<Vec<Past>> {
        let sql = format!("SELECT {PAST} FROM besluiten WHERE lichting = $1 AND door = $2 AND op >= $3 ORDER BY nummer DESC, kandidaat");
        self.rows(sql, values![wave, who, since]).await?.iter().map(past).collect()
    }

    /// Every step about a candidate, in whatever wave, the first one first.
    pub async fn past_about(&mut self, candidate: &str, most: i64) -> Result<Vec<(String, Past)>> {
        let sql = format!("SELECT lichting, {PAST} FROM besluiten WHERE kandidaat = $1 ORDER BY op, nummer LIMIT $2");
        let rows = self.rows(sql, values![candidate, most]).await?;
        rows.iter().map(|row| Ok((row.string("lichting")?, past(row)?))).collect()
    }

    /// The runs of a wave, also those of batches, that somebody else asked when this many decisions were made or more: their ids, who asked
    /// and when. One that failed or was cut off built on nothing.
    pub async fn runs_of_others(&mut self, wave: &str, decisions: i64, who: &str) -> Result<Vec<(String, String, i64)>> {
        let sql = "SELECT b.id, t.door, t.aangemaakt_op FROM berekeningen b JOIN taken t ON t.id = b.id WHERE b.probleem = 'plaatsing' \
                   AND b.onderwerp = $1 AND b.beslissingen >= $2 AND t.door <> $3 AND t.toestand IN ('wachtrij', 'bezig', 'klaar') \
                   ORDER BY b.nummer";
        let rows = self.rows(sql, values![wave, decisions, who]).await?;
        rows.iter().map(|row| Ok((row.string("id")?, row.string("door")?, row.int("aangemaakt_op")?))).collect()
    }

    /// What the plan of a run proposes, by candidate; `None` when that is not written down.
    pub async fn proposals(&mut self, run: &str) -> Result<Option<BTreeMap<String, Spot>>> {
        let sql = "SELECT 1 AS een FROM gronden WHERE soort = 'berekening' AND van = $1";
        if self.row(sql, values![run]).await?.is_none() {
            return Ok(None);
        }
        let rows = self.rows("SELECT kandidaat, school, plek, coach FROM voorstellen WHERE berekening = $1", values![run]).await?;
        let spot = |row: &Row| -> Result<Spot> {
            Ok(Spot { school: row.string("school")?, seat: row.string("plek")?, coach: row.string("coach")? })
        };
        rows.iter().map(|row| Ok((row.string("kandidaat")?, spot(row)?))).collect::<Result<_>>().map(Some)
    }

    /// What somebody opened of the proposal for a candidate in a run.
    pub async fn opened(&mut self, wave: &str, candidate: &str, run: &str, who: &str) -> Result<Option<Opened>> {
        let sql = format!("SELECT {OPENED} FROM inzagen WHERE lichting = $1 AND kandidaat = $2 AND berekening = $3 AND door = $4");
        self.row(sql, values![wave, candidate, run, who]).await?.as_ref().map(opened).transpose()
    }

    /// Everything that somebody opened of a run.
    pub async fn opened_by(&mut self, wave: &str, run: &str, who: &str) -> Result<Vec<Opened>> {
        let sql = format!("SELECT {OPENED} FROM inzagen WHERE lichting = $1 AND berekening = $2 AND door = $3 ORDER BY kandidaat");
        self.rows(sql, values![wave, run, who]).await?.iter().map(opened).collect()
    }

    /// Waves with a plan under review in which somebody opened a proposal, by id: where that was last first.
    pub async fn waves_opened_by(&mut self, who: &str, most: i64) -> Result<Vec<String>> {
        let sql = "SELECT i.lichting FROM inzagen i JOIN lichtingen l ON l.id = i.lichting WHERE i.door = $1 AND l.geldend IS NOT NULL \
                   AND l.toestand IN ('berekend', 'in-beoordeling') GROUP BY i.lichting ORDER BY MAX(i.gezien_op) DESC, i.lichting LIMIT $2";
        self.rows(sql, values![who, most]).await?.iter().map(|row| row.string("lichting")).collect()
    }

    /// What is being looked at in a wave, told since a moment, and not yet decided about by whoever looks.
    pub async fn open_since(&mut self, wave: &str, since: i64) -> Result<Vec<Opened>> {
        let sql = format!(
            "SELECT {OPENED} FROM inzagen WHERE lichting = $1 AND gezien_op >= $2 AND begonnen_op IS NOT NULL ORDER BY kandidaat, door"
        );
        self.rows(sql, values![wave, since]).await?.iter().map(opened).collect()
    }

    /// The names of accounts by id.
    pub async fn account_names(&mut self) -> Result<BTreeMap<String, String>> {
        let rows = self.rows("SELECT id, naam FROM accounts", values![]).await?;
        rows.iter().map(|row| Ok((row.string("id")?, row.string("naam")?))).collect()
    }
}

impl Change {
    /// Adds a step to the history.
    pub async fn add_past(&mut self, wave: &str, new: &Past) -> Result<()> {
        let sql = format!(
            "INSERT INTO besluiten (lichting, {PAST}) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
        );
        let stands = new.stands.as_ref();
        let values = values![
            wave,
            &new.candidate,
            new.number,
            new.step.code(),
            stands.map(|it| json(&it.decision).to_string()),
            stands.and_then(|it| it.run.as_ref()),
            stands.is_some_and(|it| it.kept),
            stands.and_then(|it| it.lapsed.as_ref()),
            stands.map(|it| it.who.as_str()),
            stands.map(|it| it.at),
            new.before,
            new.undoes,
            new.group.as_ref(),
            serde_json::to_string(&new.shown)?,
            new.seconds,
            &new.who,
            new.role.code(),
            new.at,
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Puts what somebody opened.
    pub async fn put_opened(&mut self, wave: &str, new: &Opened) -> Result<()> {
        let sql = "INSERT INTO inzagen (lichting, kandidaat, berekening, door, geopend, begonnen_op, gezien_op) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (lichting, kandidaat, berekening, door) DO UPDATE SET \
                   geopend = excluded.geopend, begonnen_op = excluded.begonnen_op, gezien_op = excluded.gezien_op";
        let words: Vec<&str> = new.parts.iter().map(|it| it.code()).collect();
        let values = values![wave, &new.candidate, &new.run, &new.who, serde_json::to_string(&words)?, new.began, new.seen];
        self.run(sql, values).await.map(|_| ())
    }

    /// Erases the history of decisions about a candidate, who opened what, and notes. Of decisions that stand, that they do is kept, as they
    /// are kept themselves by then. Whether there was anything.
    pub async fn forget_review(&mut self, candidate: &str) -> Result<bool> {
        self.erases();
        let stands = "EXISTS (SELECT 1 FROM beoordelingen d WHERE d.lichting = besluiten.lichting AND d.kandidaat = besluiten.kandidaat \
                      AND d.versie = besluiten.nummer)";
        let mut gone = self.run(format!("DELETE FROM besluiten WHERE kandidaat = $1 AND NOT {stands}"), values![candidate]).await?;
        for table in ["inzagen", "notities"] {
            gone += self.run(format!("DELETE FROM {table} WHERE kandidaat = $1"), values![candidate]).await?;
        }
        let data = "(SELECT d.gegevens FROM beoordelingen d WHERE d.lichting = besluiten.lichting AND d.kandidaat = besluiten.kandidaat)";
        let sql = format!(
            "UPDATE besluiten SET gegevens = {data}, getoond = '{{}}', seconden = NULL, groep = NULL \
             WHERE kandidaat = $1 AND (getoond <> '{{}}' OR seconden IS NOT NULL OR gegevens <> {data})"
        );
        Ok(gone + self.run(sql, values![candidate]).await? > 0)
    }
}
