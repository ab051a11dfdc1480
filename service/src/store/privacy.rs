//! Rows of what people ask about their own data: requests, restrictions and corrections.

use serde_json::{Map, Value as Json};

use super::engine::{Row, values};
use super::{Change, Error, Result, Session};
use crate::records::dossier::{Sent, Who};
use crate::records::privacy::{Correction, Request, Requested, Restriction, Wish};
use crate::records::register::Kind;
use loket_solver::matching::facts::words::Word;

const REQUESTS: &str =
    "SELECT id, soort, persoon_soort, persoon, gevraagd_op, uiterlijk, gedaan_op, gedaan_door, versie FROM privacyverzoeken";
const RESTRICTIONS: &str = "SELECT persoon_soort, persoon, sinds, tot, versie FROM beperkingen";

/// The person that two columns name.
pub(super) fn person(row: &Row) -> Result<Who> {
    let kind = match row.text("persoon_soort")? {
        "kandidaat" => Kind::Candidate,
        "coach" => Kind::Coach,
        _ => return Err(Error::Corrupt("kolom persoon_soort heeft een code die dit programma niet kent".into())),
    };
    Ok(Who { kind, id: row.string("persoon")? })
}

fn request(row: &Row) -> Result<Request> {
    Ok(Request {
        id: row.string("id")?,
        wish: row.code("soort")?,
        who: person(row)?,
        asked: row.string("gevraagd_op")?,
        until: row.string("uiterlijk")?,
        done: row.maybe_int("gedaan_op")?,
        by: row.maybe_string("gedaan_door")?,
        version: row.int("versie")?,
    })
}

fn restriction(row: &Row) -> Result<Restriction> {
    let (since, until, version) = (row.string("sinds")?, row.maybe_string("tot")?, row.int("versie")?);
    Ok(Restriction { who: person(row)?, since, until, version })
}

impl Session {
    /// Requests, the newest first, all or only those that are open: a page of them and how many there are.
    pub async fn privacy_requests(&mut self, open: bool, skip: i64, most: i64) -> Result<(Vec<Request>, i64)> {
        const THESE: &str = "WHERE ($1 = 0 OR gedaan_op IS NULL)";
        let sql = format!("{REQUESTS} {THESE} ORDER BY gevraagd_op DESC, id LIMIT $2 OFFSET $3");
        let rows = self.rows(sql, values![open, most, skip]).await?;
        let all = self.one(format!("SELECT COUNT(*) AS aantal FROM privacyverzoeken {THESE}"), values![open]).await?.int("aantal")?;
        Ok((rows.iter().map(request).collect::<Result<_>>()?, all))
    }

    /// The same with whose they are: what is open first, the first last day first; then what was done, the last first.
    pub async fn requests_by_day(&mut self, open: bool, skip: i64, most: i64) -> Result<(Vec<Requested>, i64)> {
        let name = self.dialect().json_text("p.gegevens", "naam");
        let sql = format!(
            "SELECT v.id, v.soort, v.persoon_soort, v.persoon, v.gevraagd_op, v.uiterlijk, v.gedaan_op, v.gedaan_door, v.versie, \
             {name} AS naam, CASE WHEN p.id IS NULL THEN 0 ELSE 1 END AS bekend \
             FROM privacyverzoeken v LEFT JOIN personen p ON p.soort = v.persoon_soort AND p.id = v.persoon \
             WHERE ($1 = 0 OR v.gedaan_op IS NULL) \
             ORDER BY CASE WHEN v.gedaan_op IS NULL THEN 0 ELSE 1 END, COALESCE(v.gedaan_op, 0) DESC, v.uiterlijk, v.id LIMIT $2 OFFSET $3"
        );
        let rows = self.rows(sql, values![open, most, skip]).await?;
        let sql = "SELECT COUNT(*) AS aantal FROM privacyverzoeken WHERE ($1 = 0 OR gedaan_op IS NULL)";
        let all = self.one(sql, values![open]).await?.int("aantal")?;
        let one = |row: &Row| Ok(Requested { request: request(row)?, name: row.maybe_string("naam")?, known: row.flag("bekend")? });
        Ok((rows.iter().map(one).collect::<Result<_>>()?, all))
    }

    /// One request.
    pub async fn privacy_request(&mut self, id: &str) -> Result<Option<Request>> {
        self.row(format!("{REQUESTS} WHERE id = $1"), values![id]).await?.as_ref().map(request).transpose()
    }

    /// Requests of a person, the first one first.
    pub async fn privacy_requests_of(&mut self, who: &Who, most: i64) -> Result<Vec<Request>> {
        let sql = format!("{REQUESTS} WHERE persoon_soort = $1 AND persoon = $2 ORDER BY gevraagd_op, id LIMIT $3");
        self.rows(sql, values![who.kind.word(), &who.id, most]).await?.iter().map(request).collect()
    }

    /// The restriction of a person, also one whose last day is over.
    pub async fn restriction(&mut self, who: &Who) -> Result<Option<Restriction>> {
        let sql = format!("{RESTRICTIONS} WHERE persoon_soort = $1 AND persoon = $2");
        self.row(sql, values![who.kind.word(), &who.id]).await?.as_ref().map(restriction).transpose()
    }

    /// Everybody who is left out of the matching on a day (yyyy-mm-dd).
    pub async fn restricted(&mut self, day: &str) -> Result<Vec<Restriction>> {
        let sql = format!("{RESTRICTIONS} WHERE tot IS NULL OR tot >= $1 ORDER BY persoon_soort, persoon");
        self.rows(sql, values![day]).await?.iter().map(restriction).collect()
    }

    /// What was corrected after a wave was published, by day.
    pub async fn corrections(&mut self, wave: &str) -> Result<Vec<Correction>> {
        let sql = "SELECT lichting, persoon_soort, persoon, velden, op FROM verbeteringen WHERE lichting = $1 ORDER BY op, persoon_soort, persoon";
        let one = |row: &Row| {
            Ok(Correction { wave: row.string("lichting")?, who: person(row)?, fields: row.json("velden")?, on: row.string("op")? })
        };
        self.rows(sql, values![wave]).await?.iter().map(one).collect()
    }

    /// Waves that are not over whose file has this id somewhere, by id: read closer, some may not be about the person.
    pub async fn waves_naming(&mut self, id: &str) -> Result<Vec<String>> {
        let holds = self.dialect().bytes_hold("i.bytes", "$1");
        let sql = format!(
            "SELECT l.id FROM lichtingen l JOIN invoeren i ON i.sha256 = l.invoer WHERE l.toestand <> 'gesloten' AND {holds} ORDER BY l.id"
        );
        let text = format!("\"id\":{}", serde_json::to_string(id)?);
        self.rows(sql, values![text]).await?.iter().map(|row| row.string("id")).collect()
    }

    /// Whether the plan of a run proposes something for a candidate, or with a coach.
    pub async fn proposes(&mut self, run: &str, who: &Who) -> Result<bool> {
        let column = if who.kind == Kind::Coach { "coach" } else { "kandidaat" };
        let sql = format!("SELECT 1 AS een FROM voorstellen WHERE berekening = $1 AND {column} = $2 LIMIT 1");
        Ok(self.row(sql, values![run, &who.id]).await?.is_some())
    }

    /// Accounts that are a coach's own.
    pub async fn accounts_of_coach(&mut self, coach: &str) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT account FROM account_rollen WHERE rol = 'coach' AND van = $1 ORDER BY account";
        self.rows(sql, values![coach]).await?.iter().map(|row| row.string("account")).collect()
    }

    /// Messages to a person or to these accounts: kind, state, and when it was made and sent (UTC milliseconds), the first one first.
    pub async fn messages_to(&mut self, who: &Who, accounts: &[String], most: i64) -> Result<Vec<Sent>> {
        let among = self.dialect().one_of("aan", "$3");
        let sql = format!(
            "SELECT soort, toestand, gemaakt_op, verstuurd_op FROM berichten WHERE aan_soort = $1 AND aan = $2 \
             OR aan_soort = 'account' AND {among} ORDER BY gemaakt_op, id LIMIT $4"
        );
        let one = |row: &Row| {
            let (kind, state) = (row.string("soort")?, row.string("toestand")?);
            Ok(Sent { kind, state, made: row.int("gemaakt_op")?, sent: row.maybe_int("verstuurd_op")? })
        };
        self.rows(sql, values![who.kind.word(), &who.id, serde_json::to_string(accounts)?, most]).await?.iter().map(one).collect()
    }

    /// Rows about a person, each by its columns that hold text.
    async fn texts(&mut self, table: &str, columns: &[&str], which: &str, id: &str, most: i64) -> Result<Vec<Map<String, Json>>> {
        let sql = format!("SELECT {} FROM {table} WHERE {which} LIMIT $2", columns.join(", "));
        let mut all = Vec::new();
        for row in self.rows(sql, values![id, most]).await? {
            let mut one = Map::new();
            for column in columns {
                one.insert((*column).to_owned(), row.maybe_string(column)?.map_or(Json::Null, Json::String));
            }
            all.push(one);
        }
        Ok(all)
    }

    /// What was asked and said about placements of a candidate, or what a coach was asked and said.
    pub async fn answers_about(&mut self, who: &Who, most: i64) -> Result<Vec<Map<String, Json>>> {
        let which = if who.kind == Kind::Coach { "coach = $1 AND partij = 'coach'" } else { "kandidaat = $1" };
        let columns = ["lichting", "partij", "school", "plek", "bouw", "voor", "antwoord", "reden", "tot", "toelichting", "hoe"];
        self.texts("antwoorden", &columns, &format!("{which} ORDER BY gevraagd_op, lichting, partij"), &who.id, most).await
    }

    /// What a no about a candidate forbids, or a no of a coach.
    pub async fn prohibitions_about(&mut self, who: &Who, most: i64) -> Result<Vec<Map<String, Json>>> {
        let which = if who.kind == Kind::Coach { "coach = $1 AND partij = 'coach'" } else { "kandidaat = $1" };
        let columns = ["lichting", "partij", "reikwijdte", "school", "plek", "bouw", "reden", "tot", "intrekreden"];
        self.texts("verboden", &columns, &format!("{which} ORDER BY gemaakt_op, id"), &who.id, most).await
    }

    /// The stages of a candidate, the first one first.
    pub async fn stages_of_person(&mut self, candidate: &str, most: i64) -> Result<Vec<Map<String, Json>>> {
        self.texts("kandidaat_fasen", &["fase", "van", "reden"], "kandidaat = $1 ORDER BY nummer", candidate, most).await
    }

    /// The first role of each account, by id: what stands for it where its holder is not to be known.
    pub async fn role_words(&mut self) -> Result<std::collections::BTreeMap<String, String>> {
        let sql = "SELECT account, MIN(rol) AS rol FROM account_rollen GROUP BY account";
        self.rows(sql, values![]).await?.iter().map(|row| Ok((row.string("account")?, row.string("rol")?))).collect()
    }
}

impl Change {
    /// Takes messages to a person away that were not sent yet.
    pub async fn drop_waiting_messages(&mut self, who: &Who) -> Result<()> {
        let sql = "DELETE FROM berichten WHERE aan_soort = $1 AND aan = $2 AND toestand IN ('wachtend', 'concept')";
        self.run(sql, values![who.kind.word(), &who.id]).await.map(|_| ())
    }

    /// Keeps a request, in the place of the one with its id.
    pub async fn put_privacy_request(&mut self, it: &Request) -> Result<()> {
        let sql = "INSERT INTO privacyverzoeken (id, soort, persoon_soort, persoon, gevraagd_op, uiterlijk, gedaan_op, gedaan_door, versie) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO UPDATE SET gedaan_op = excluded.gedaan_op, \
                   gedaan_door = excluded.gedaan_door, versie = excluded.versie";
        let (kind, by) = (it.who.kind.word(), it.by.as_ref());
        self.run(sql, values![&it.id, it.wish.code(), kind, &it.who.id, &it.asked, &it.until, it.done, by, it.version]).await.map(|_| ())
    }

    /// The open requests of a person for one thing.
    pub async fn open_requests(&mut self, who: &Who, wish: Wish) -> Result<Vec<Request>> {
        let sql =
            format!("{REQUESTS} WHERE persoon_soort = $1 AND persoon = $2 AND soort = $3 AND gedaan_op IS NULL ORDER BY gevraagd_op, id");
        self.rows(sql, values![who.kind.word(), &who.id, wish.code()]).await?.iter().map(request).collect()
    }

    /// Keeps a restriction, in the place of the one that the person had.
    pub async fn put_restriction(&mut self, it: &Restriction) -> Result<()> {
        let sql = "INSERT INTO beperkingen (persoon_soort, persoon, sinds, tot, versie) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (persoon_soort, persoon) DO UPDATE SET sinds = excluded.sinds, tot = excluded.tot, versie = excluded.versie";
        self.run(sql, values![it.who.kind.word(), &it.who.id, &it.since, it.until.as_ref(), it.version]).await.map(|_| ())
    }

    /// Takes a restriction away.
    pub async fn drop_restriction(&mut self, who: &Who) -> Result<()> {
        let sql = "DELETE FROM beperkingen WHERE persoon_soort = $1 AND persoon = $2";
        self.run(sql, values![who.kind.word(), &who.id]).await.map(|_| ())
    }

    /// Notes what was corrected after a wave was published; on one day only what was corrected last.
    pub async fn add_correction(&mut self, it: &Correction) -> Result<()> {
        let sql = "INSERT INTO verbeteringen (lichting, persoon_soort, persoon, velden, op) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (lichting, persoon_soort, persoon, op) DO UPDATE SET velden = excluded.velden";
        let fields = serde_json::to_string(&it.fields)?;
        self.run(sql, values![&it.wave, it.who.kind.word(), &it.who.id, fields, &it.on]).await.map(|_| ())
    }

    /// Every run of a wave so far is out of date from now on.
    pub async fn outdate(&mut self, wave: &str) -> Result<()> {
        let sql =
            "UPDATE lichtingen SET beslissingen = beslissingen + 1, besloten_tot = beslissingen + 1, versie = versie + 1 WHERE id = $1";
        self.run(sql, values![wave]).await.map(|_| ())
    }
}
