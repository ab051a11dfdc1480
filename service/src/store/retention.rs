//! Rows whose term is over, and since when somebody stands where he stands.

use super::engine::{Row, values};
use super::{Change, Result, Session};
use crate::records::dossier::Who;
use crate::records::privacy::Kept;
use crate::records::register::Kind;

/// Whether something is kept of the person of row `r` that can be erased: a name or free text, or what the log says.
fn something(kind: &str) -> String {
    format!(
        "(EXISTS (SELECT 1 FROM personen p WHERE p.soort = '{kind}' AND p.id = r.id) \
         OR EXISTS (SELECT 1 FROM logboek_personen lp JOIN logboek_inhoud i ON i.nummer = lp.nummer JOIN logboek l ON l.nummer = lp.nummer \
         WHERE lp.soort = '{kind}' AND lp.persoon = r.id AND l.wat NOT IN ('kandidaat-vergeten', 'coach-vergeten', 'kandidaat-gewist')))"
    )
}

fn candidate(row: &Row) -> Result<Kept> {
    Ok(Kept {
        who: Who { kind: Kind::Candidate, id: row.string("id")? },
        standing: Some(row.code("toestand")?),
        since: row.maybe_string("sinds")?,
        last: row.maybe_string("laatste")?,
        until: None,
        version: row.int("versie")?,
    })
}

fn coach(row: &Row) -> Result<Kept> {
    Ok(Kept {
        who: Who { kind: Kind::Coach, id: row.string("id")? },
        standing: None,
        since: None,
        last: row.maybe_string("laatste")?,
        until: row.maybe_string("tot")?,
        version: row.int("versie")?,
    })
}

impl Session {
    /// Everybody of whom something is kept that can be erased, by kind and id.
    pub async fn kept_people(&mut self) -> Result<Vec<Kept>> {
        let sql = format!(
            "SELECT r.id, r.toestand, r.versie, s.sinds, (SELECT MAX(p.tot) FROM plaatsingen p WHERE p.kandidaat = r.id) AS laatste \
             FROM kandidaten r LEFT JOIN standen s ON s.kandidaat = r.id AND s.toestand = r.toestand WHERE {} ORDER BY r.id",
            something("kandidaat")
        );
        let mut all: Vec<Kept> = self.rows(sql, values![]).await?.iter().map(candidate).collect::<Result<_>>()?;
        let sql = format!(
            "SELECT r.id, r.tot, r.versie, (SELECT MAX(p.tot) FROM plaatsingen p WHERE p.coach = r.id) AS laatste \
             FROM coaches r WHERE {} ORDER BY r.id",
            something("coach")
        );
        all.extend(self.rows(sql, values![]).await?.iter().map(coach).collect::<Result<Vec<_>>>()?);
        Ok(all)
    }

    /// When accounts ended whose name is still there, UTC milliseconds.
    pub async fn ended_accounts(&mut self) -> Result<Vec<i64>> {
        let sql = "SELECT geeindigd_op FROM accounts WHERE geeindigd_op IS NOT NULL AND naam <> '' ORDER BY geeindigd_op";
        self.rows(sql, values![]).await?.iter().map(|row| row.int("geeindigd_op")).collect()
    }

    /// The last day on which a duty was done.
    pub async fn duty_done(&mut self, name: &str) -> Result<Option<String>> {
        self.row("SELECT dag FROM dagtaken WHERE naam = $1", values![name]).await?.map(|row| row.string("dag")).transpose()
    }

    /// Since which day a candidate stands where he stands, when that is known.
    pub async fn stands_since(&mut self, candidate: &str) -> Result<Option<String>> {
        let sql = "SELECT s.sinds FROM standen s JOIN kandidaten r ON r.id = s.kandidaat AND r.toestand = s.toestand WHERE r.id = $1";
        self.row(sql, values![candidate]).await?.map(|row| row.string("sinds")).transpose()
    }
}

impl Change {
    /// Takes a duty of a day; `false` when it was taken for that day or a later one already: one process does it.
    pub async fn take_duty(&mut self, name: &str, day: &str) -> Result<bool> {
        let sql = "INSERT INTO dagtaken (naam, dag) VALUES ($1, $2) ON CONFLICT (naam) DO UPDATE SET dag = excluded.dag \
                   WHERE dagtaken.dag < excluded.dag";
        Ok(self.run(sql, values![name, day]).await? > 0)
    }

    /// Gives a duty back that could not be done.
    pub async fn give_back_duty(&mut self, name: &str) -> Result<()> {
        self.run("DELETE FROM dagtaken WHERE naam = $1", values![name]).await.map(|_| ())
    }

    /// Notes since when candidates stand where they stand, of all for whom that is not known; of one candidate when it is named.
    pub async fn note_standing(&mut self, candidate: Option<&str>) -> Result<u64> {
        let today = self.clock().today().to_string();
        let sql = "INSERT INTO standen (kandidaat, toestand, sinds) SELECT id, toestand, $2 FROM kandidaten WHERE ($1 IS NULL OR id = $1) \
                   ON CONFLICT (kandidaat) DO UPDATE SET toestand = excluded.toestand, sinds = excluded.sinds \
                   WHERE standen.toestand <> excluded.toestand";
        self.run(sql, values![candidate, today]).await
    }

    /// Takes name, address and secrets of accounts away that ended before a moment. How many there were.
    pub async fn forget_accounts(&mut self, before: i64) -> Result<i64> {
        let ended = "geeindigd_op IS NOT NULL AND geeindigd_op <= $1 AND naam <> ''";
        let all = self.one(format!("SELECT COUNT(*) AS aantal FROM accounts WHERE {ended}"), values![before]).await?.int("aantal")?;
        if all == 0 {
            return Ok(0);
        }
        self.erases();
        for table in ["sleutels", "sessies", "koppelingen", "herstelcodes", "identiteiten"] {
            self.run(format!("DELETE FROM {table} WHERE account IN (SELECT id FROM accounts WHERE {ended})"), values![before]).await?;
        }
        let sql = format!(
            "UPDATE accounts SET naam = '', adres = NULL, wachtwoord = NULL, factor = NULL, factor_nieuw = NULL, versie = versie + 1 WHERE {ended}"
        );
        self.run(sql, values![before]).await?;
        Ok(all)
    }

    /// Takes rows of one of these tables away that were over before a moment. How many there were.
    pub async fn forget_over(&mut self, what: Over, before: i64) -> Result<i64> {
        let sql = match what {
            Over::Sessions => "DELETE FROM sessies WHERE COALESCE(geeindigd_op, gezien_op) <= $1",
            Over::Links => "DELETE FROM koppelingen WHERE tot <= $1",
            Over::Tokens => "DELETE FROM sleutels WHERE COALESCE(geeindigd_op, tot) <= $1",
            Over::AnswerLinks => "DELETE FROM antwoord_koppelingen WHERE tot <= $1",
            Over::PlaceLinks => "DELETE FROM plaats_koppelingen WHERE tot <= $1",
            Over::Rounds => "DELETE FROM oidc_rondes WHERE tot <= $1",
            Over::Messages => {
                "DELETE FROM berichten WHERE toestand IN ('verstuurd', 'mislukt', 'afgehandeld') \
                 AND COALESCE(einde_op, verstuurd_op, gemaakt_op) <= $1"
            }
            Over::Requests => "DELETE FROM privacyverzoeken WHERE gedaan_op <= $1",
        };
        let gone = self.run(sql, values![before]).await?;
        if gone > 0 {
            self.erases();
        }
        Ok(i64::try_from(gone).unwrap_or(i64::MAX))
    }
}

/// What is over at some moment by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Sessions.
    Sessions,
    /// Links.
    Links,
    /// Tokens for programs.
    Tokens,
    /// Requests about own data that were done.
    Requests,
    /// Personal links to answer with.
    AnswerLinks,
    /// Personal links to what was published.
    PlaceLinks,
    /// Rounds past a provider.
    Rounds,
    /// Messages that were sent, or came to nothing.
    Messages,
}

impl Session {
    /// When a plan was first published, by the log (UTC milliseconds).
    pub async fn first_publication(&mut self) -> Result<Option<i64>> {
        self.one("SELECT MIN(op) AS op FROM logboek WHERE wat = 'lichting-vastgesteld'", values![]).await?.maybe_int("op")
    }

    /// Names of waves whose file has a policy of its own, by name.
    pub async fn waves_with_policy(&mut self) -> Result<Vec<String>> {
        let holds = self.dialect().bytes_hold("i.bytes", "$1");
        let sql = format!("SELECT l.naam FROM lichtingen l JOIN invoeren i ON i.sha256 = l.invoer WHERE {holds} ORDER BY l.naam");
        self.rows(sql, values!["\"doelen\":["]).await?.iter().map(|row| row.string("naam")).collect()
    }
}
