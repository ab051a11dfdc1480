//! Rows of what placements are about, of what the parties were asked and said, and of personal links.

use std::collections::BTreeSet;

use serde_json::json;

use super::engine::{Row, values};
use super::{Change, Result, Session};
use crate::access::Scope;
use crate::desk::asking::{Party, Place};
use crate::desk::placing::Placing;
use crate::records::answer::{Answer, Personal, PlaceLink};
use loket_solver::matching::facts::words::Word;

const PLACING: &str =
    "p.kandidaat, p.school, p.bestuur, p.plek, p.bouw, p.coach, p.dagdelen, p.uren, p.reistijd, p.coachreistijd, p.plekken";
const ANSWER: &str = "a.lichting, a.kandidaat, a.partij, a.school, a.bestuur, a.plek, a.bouw, a.coach, a.dagdelen, a.ronde, a.gevraagd_op, \
    a.gevraagd_door, a.voor, a.herinnerd_op, a.herinneringen, a.antwoord, a.reden, a.tot, a.toelichting, a.hoe, a.antwoord_op, a.antwoord_door, a.versie";

fn place(row: &Row) -> Result<Place> {
    Ok(Place {
        school: row.string("school")?,
        board: row.string("bestuur")?,
        seat: row.string("plek")?,
        bouw: row.string("bouw")?,
        coach: row.string("coach")?,
        half_days: row.string("dagdelen")?,
    })
}

pub(super) fn placing(row: &Row) -> Result<Placing> {
    Ok(Placing {
        candidate: row.string("kandidaat")?,
        place: place(row)?,
        hours: row.int("uren")?,
        travel: row.int("reistijd")?,
        coach_travel: row.int("coachreistijd")?,
        seats: row.int("plekken")?,
    })
}

fn answer(row: &Row) -> Result<Answer> {
    Ok(Answer {
        wave: row.string("lichting")?,
        candidate: row.string("kandidaat")?,
        party: row.code("partij")?,
        about: place(row)?,
        round: row.int("ronde")?,
        asked: row.int("gevraagd_op")?,
        asked_by: row.string("gevraagd_door")?,
        by: row.string("voor")?,
        reminded: row.maybe_int("herinnerd_op")?,
        reminders: row.int("herinneringen")?,
        said: row.maybe_code("antwoord")?,
        reason: row.maybe_code("reden")?,
        until: row.maybe_string("tot")?,
        note: row.maybe_string("toelichting")?,
        how: row.maybe_code("hoe")?,
        at: row.maybe_int("antwoord_op")?,
        who: row.maybe_string("antwoord_door")?,
        version: row.int("versie")?,
    })
}

impl Session {
    /// Whether what the placements of a run's plan are about is written down.
    pub async fn placings_known(&mut self, run: &str) -> Result<bool> {
        Ok(self.row("SELECT 1 AS een FROM plaatsen_van WHERE berekening = $1", values![run]).await?.is_some())
    }

    /// The runs whose placements are written down, of those whose plans count in waves that are not over.
    pub async fn placings_written(&mut self) -> Result<BTreeSet<String>> {
        let sql = "SELECT l.geldend FROM lichtingen l JOIN plaatsen_van p ON p.berekening = l.geldend WHERE l.toestand <> 'gesloten'";
        self.rows(sql, values![]).await?.iter().map(|row| row.string("geldend")).collect()
    }

    /// What the placements of a run's plan are about, by candidate.
    pub async fn placings(&mut self, run: &str) -> Result<Vec<Placing>> {
        let sql = format!("SELECT {PLACING} FROM plaatsen p WHERE p.berekening = $1 ORDER BY p.kandidaat");
        self.rows(sql, values![run]).await?.iter().map(placing).collect()
    }

    /// What the placement of one candidate is about.
    pub async fn placing(&mut self, run: &str, candidate: &str) -> Result<Option<Placing>> {
        let sql = format!("SELECT {PLACING} FROM plaatsen p WHERE p.berekening = $1 AND p.kandidaat = $2");
        self.row(sql, values![run, candidate]).await?.as_ref().map(placing).transpose()
    }

    /// Everything that was asked and said in a wave, by candidate.
    pub async fn answers(&mut self, wave: &str) -> Result<Vec<Answer>> {
        let sql = format!("SELECT {ANSWER} FROM antwoorden a WHERE a.lichting = $1 ORDER BY a.kandidaat, a.partij");
        self.rows(sql, values![wave]).await?.iter().map(answer).collect()
    }

    /// What a party was asked about a candidate's placement, and said.
    pub async fn answer(&mut self, wave: &str, candidate: &str, party: Party) -> Result<Option<Answer>> {
        let sql = format!("SELECT {ANSWER} FROM antwoorden a WHERE a.lichting = $1 AND a.kandidaat = $2 AND a.partij = $3");
        self.row(sql, values![wave, candidate, party.code()]).await?.as_ref().map(answer).transpose()
    }

    /// What boards or coaches within the scope were asked about placements in waves that are under review or published, the first day to
    /// answer first; each with what the placement is about now.
    pub async fn asked_of(&mut self, party: Party, scope: &Scope, most: i64) -> Result<Vec<(Answer, Placing)>> {
        let (column, among) = match party {
            Party::Board => ("bestuur", scope.among()),
            Party::Coach => ("coach", scope.coaches().map(|ids| json!(ids).to_string())),
            Party::Candidate => return Ok(Vec::new()),
        };
        let own = self.dialect().one_of(&format!("p.{column}"), "$1");
        let from = format!(
            "FROM antwoorden a JOIN lichtingen l ON l.id = a.lichting \
             JOIN plaatsen p ON p.berekening = l.geldend AND p.kandidaat = a.kandidaat \
             WHERE a.partij = $2 AND l.toestand IN ('berekend', 'in-beoordeling', 'vastgesteld') AND ($1 IS NULL OR {own}) \
             ORDER BY a.voor, a.lichting, a.kandidaat LIMIT $3"
        );
        let asked = self.rows(format!("SELECT {ANSWER} {from}"), values![among.clone(), party.code(), most]).await?;
        let now = self.rows(format!("SELECT {PLACING} {from}"), values![among, party.code(), most]).await?;
        asked.iter().zip(&now).map(|(asked, now)| Ok((answer(asked)?, placing(now)?))).collect()
    }

    /// A personal link by what is kept of its secret.
    pub async fn personal_link(&mut self, hash: &str) -> Result<Option<Personal>> {
        let sql = "SELECT lichting, kandidaat, partij, ronde, tot FROM antwoord_koppelingen WHERE hash = $1";
        let one = |row: &Row| {
            Ok(Personal {
                wave: row.string("lichting")?,
                candidate: row.string("kandidaat")?,
                party: row.code("partij")?,
                round: row.int("ronde")?,
                until: row.int("tot")?,
            })
        };
        self.row(sql, values![hash]).await?.as_ref().map(one).transpose()
    }

    /// A link to what was published, by what is kept of its secret.
    pub async fn place_link(&mut self, hash: &str) -> Result<Option<PlaceLink>> {
        let sql = "SELECT lichting, partij, wie, gemaakt_op, tot FROM plaats_koppelingen WHERE hash = $1";
        let one = |row: &Row| {
            Ok(PlaceLink {
                wave: row.string("lichting")?,
                party: row.code("partij")?,
                who: row.string("wie")?,
                made: row.int("gemaakt_op")?,
                until: row.int("tot")?,
            })
        };
        self.row(sql, values![hash]).await?.as_ref().map(one).transpose()
    }
}

impl Change {
    /// Writes down what the placements of a run's plan are about, which is the plan that counts. Those of earlier plans of its wave are no
    /// longer needed.
    pub async fn keep_placings(&mut self, wave: &str, run: &str, all: &[Placing]) -> Result<()> {
        let others = "(SELECT id FROM berekeningen WHERE probleem = 'plaatsing' AND onderwerp = $1 AND id <> $2)";
        for table in ["plaatsen", "plaatsen_van"] {
            self.run(format!("DELETE FROM {table} WHERE berekening IN {others}"), values![wave, run]).await?;
        }
        let words = self.dialect();
        let (list, text) = (words.json_rows("$2", "rijen"), |key| words.json_text("v.value", key));
        let number = |key| format!("CAST({} AS BIGINT)", words.json_text("v.value", key));
        let texts = ["kandidaat", "school", "bestuur", "plek", "bouw", "coach", "dagdelen"];
        let numbers = ["uren", "reistijd", "coachreistijd", "plekken"];
        let columns: Vec<&str> = texts.into_iter().chain(numbers).collect();
        let read: Vec<String> = texts.into_iter().map(text).chain(numbers.into_iter().map(number)).collect();
        let sql = format!(
            "INSERT INTO plaatsen (berekening, {}) SELECT $1, {} FROM {list} v WHERE TRUE ON CONFLICT (berekening, kandidaat) DO NOTHING",
            columns.join(", "),
            read.join(", ")
        );
        let rows: Vec<_> = all.iter().map(Placing::written).collect();
        self.run(sql, values![run, json!({ "rijen": rows }).to_string()]).await?;
        self.run("INSERT INTO plaatsen_van (berekening) VALUES ($1) ON CONFLICT (berekening) DO NOTHING", values![run]).await.map(|_| ())
    }

    /// Keeps what was asked or said, in the place of what there was.
    pub async fn put_answer(&mut self, new: &Answer) -> Result<()> {
        let columns = ANSWER.replace("a.", "");
        let places: Vec<String> = (1..=23).map(|at| format!("${at}")).collect();
        let kept: Vec<String> = columns.split(", ").skip(3).map(|it| format!("{name} = excluded.{name}", name = it.trim())).collect();
        let sql = format!(
            "INSERT INTO antwoorden ({columns}) VALUES ({}) ON CONFLICT (lichting, kandidaat, partij) DO UPDATE SET {}",
            places.join(", "),
            kept.join(", ")
        );
        let about = &new.about;
        let values = values![
            &new.wave,
            &new.candidate,
            new.party.code(),
            &about.school,
            &about.board,
            &about.seat,
            &about.bouw,
            &about.coach,
            &about.half_days,
            new.round,
            new.asked,
            &new.asked_by,
            &new.by,
            new.reminded,
            new.reminders,
            new.said.map(Word::code),
            new.reason.map(Word::code),
            new.until.as_ref(),
            new.note.as_ref(),
            new.how.map(Word::code),
            new.at,
            new.who.as_ref(),
            new.version,
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Keeps what is known of a personal link; the one before for the same question is over.
    pub async fn put_personal_link(&mut self, new: &Personal, hash: &str) -> Result<()> {
        let sql = "INSERT INTO antwoord_koppelingen (lichting, kandidaat, partij, hash, ronde, gemaakt_op, tot) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (lichting, kandidaat, partij) DO UPDATE SET hash = excluded.hash, \
                   ronde = excluded.ronde, gemaakt_op = excluded.gemaakt_op, tot = excluded.tot";
        let now = self.clock().now();
        let values = values![&new.wave, &new.candidate, new.party.code(), hash, new.round, now, new.until];
        self.run(sql, values).await.map(|_| ())
    }

    /// Withdraws a personal link; whether there was one.
    pub async fn drop_personal_link(&mut self, wave: &str, candidate: &str, party: Party) -> Result<bool> {
        let sql = "DELETE FROM antwoord_koppelingen WHERE lichting = $1 AND kandidaat = $2 AND partij = $3";
        Ok(self.run(sql, values![wave, candidate, party.code()]).await? > 0)
    }

    /// Keeps what is known of a link to what was published; the one before of the same person in the same wave is over.
    pub async fn put_place_link(&mut self, new: &PlaceLink, hash: &str) -> Result<()> {
        let sql = "INSERT INTO plaats_koppelingen (lichting, partij, wie, hash, gemaakt_op, tot) VALUES ($1, $2, $3, $4, $5, $6) \
                   ON CONFLICT (lichting, partij, wie) DO UPDATE SET hash = excluded.hash, gemaakt_op = excluded.gemaakt_op, \
                   tot = excluded.tot";
        self.run(sql, values![&new.wave, new.party.code(), &new.who, hash, new.made, new.until]).await.map(|_| ())
    }

    /// Withdraws a link to what was published; whether there was one.
    pub async fn drop_place_link(&mut self, wave: &str, party: Party, who: &str) -> Result<bool> {
        let sql = "DELETE FROM plaats_koppelingen WHERE lichting = $1 AND partij = $2 AND wie = $3";
        Ok(self.run(sql, values![wave, party.code(), who]).await? > 0)
    }
}
