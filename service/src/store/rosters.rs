//! Rows of rosters: the names in them, their runs, what was decided, proposals and publications.

use std::collections::BTreeMap;

use loket_solver::matching::facts::words::Word;
use loket_solver::scheduling::facts::codes::Kind;
use serde_json::Value as Json;

use super::engine::{Row, values};
use super::jobs::{JOB, job};
use super::{Change, Result, Session};
use crate::records::roster::{Decided, Fallout, Proposal, Publication, Roster, RosterAsks, RosterRun, Standing, ToldPlan};

const ROSTER: &str = "r.id, r.naam, r.soort AS rooster_soort, r.van, r.tot, r.invoer, r.beslissingen, r.geldend, r.versie, r.aangemaakt_op, \
    (SELECT p.berekening FROM rooster_publicaties p WHERE p.rooster = r.id ORDER BY p.nummer DESC LIMIT 1) AS verteld, \
    (SELECT COUNT(*) FROM rooster_publicaties p WHERE p.rooster = r.id) AS publicaties";

fn roster(row: &Row) -> Result<Roster> {
    Ok(Roster {
        id: row.string("id")?,
        name: row.string("naam")?,
        kind: row.code("rooster_soort")?,
        from: row.string("van")?,
        until: row.string("tot")?,
        input: row.string("invoer")?,
        decisions: row.int("beslissingen")?,
        current: row.maybe_string("geldend")?,
        published: row.maybe_string("verteld")?,
        publications: row.int("publicaties")?,
        version: row.int("versie")?,
        created: row.int("aangemaakt_op")?,
    })
}

/// A run is out of date when the roster's own file is another one, or when something was decided since that its plan does not already do; a
/// proposal by any change of its roster.
const RUN: &str = "b.onderwerp, b.nummer, b.invoer, b.basis, b.beslissingen, b.programma, v.aanleiding, v.invoer_na, v.rooster_versie, \
    v.toestand AS voorstel, CASE WHEN v.toestand = 'voorstel' THEN CASE WHEN v.rooster_versie <> r.versie THEN 1 ELSE 0 END \
    WHEN COALESCE(v.invoer_na, b.basis) <> r.invoer OR b.beslissingen < r.beslissingen THEN 1 ELSE 0 END AS verouderd";
const FROM: &str = "FROM berekeningen b JOIN taken t ON t.id = b.id JOIN roosters r ON b.probleem = 'rooster' AND r.id = b.onderwerp \
    LEFT JOIN rooster_voorstellen v ON v.berekening = b.id";

fn run(row: &Row) -> Result<RosterRun> {
    let proposal = match row.maybe_json::<Fallout>("aanleiding")? {
        Some(cause) => {
            Some(Proposal { cause, after: row.string("invoer_na")?, version: row.int("rooster_versie")?, standing: row.code("voorstel")? })
        }
        None => None,
    };
    Ok(RosterRun {
        job: job(row)?,
        roster: row.string("onderwerp")?,
        number: row.int("nummer")?,
        input: row.string("invoer")?,
        base: row.string("basis")?,
        decisions: row.int("beslissingen")?,
        program: row.string("programma")?,
        proposal,
        outdated: row.flag("verouderd")?,
    })
}

const DECIDED: &str = "eenheid, moment, soort, gegevens, reden, toelichting, gevolgd, versie, stap, op, door";

fn decided(row: &Row) -> Result<Decided> {
    Ok(Decided {
        unit: row.string("eenheid")?,
        moment: Some(row.string("moment")?).filter(|it| !it.is_empty()),
        said: row.code("soort")?,
        named: row.json("gegevens")?,
        because: row.maybe_code("reden")?,
        note: row.maybe_string("toelichting")?,
        followed: row.flag("gevolgd")?,
        version: row.int("versie")?,
        step: row.int("stap")?,
        at: row.int("op")?,
        by: row.string("door")?,
    })
}

impl Session {
    /// A roster.
    pub async fn roster(&mut self, id: &str) -> Result<Option<Roster>> {
        self.row(format!("SELECT {ROSTER} FROM roosters r WHERE r.id = $1"), values![id]).await?.as_ref().map(roster).transpose()
    }

    /// Rosters, the newest first, all or those of one kind: a page of them and how many there are.
    pub async fn rosters(&mut self, kind: Option<Kind>, skip: i64, most: i64) -> Result<(Vec<Roster>, i64)> {
        const THESE: &str = "FROM roosters r WHERE ($1 IS NULL OR r.soort = $1)";
        let kind = kind.map(Kind::code);
        let sql = format!("SELECT {ROSTER} {THESE} ORDER BY r.aangemaakt_op DESC, r.id LIMIT $2 OFFSET $3");
        let rows = self.rows(sql, values![kind, most, skip]).await?;
        let all = self.one(format!("SELECT COUNT(*) AS aantal {THESE}"), values![kind]).await?.int("aantal")?;
        Ok((rows.iter().map(roster).collect::<Result<_>>()?, all))
    }

    /// Rosters of which people were told a plan, and that last until a day or later.
    pub async fn published_rosters(&mut self, since: &str) -> Result<Vec<Roster>> {
        let sql = format!(
            "SELECT {ROSTER} FROM roosters r WHERE r.tot >= $1 AND EXISTS (SELECT 1 FROM rooster_publicaties q WHERE q.rooster = r.id) \
             ORDER BY r.van, r.id"
        );
        self.rows(sql, values![since]).await?.iter().map(roster).collect()
    }

    /// Rosters of which people were told a plan with this person in it, and that last until a day or later.
    pub async fn told_rosters(&mut self, person: &str, since: &str) -> Result<Vec<Roster>> {
        // As it stands in a plan: a text of its own.
        let (named, held) = (Json::from(person).to_string(), self.dialect().holds("t.resultaat", "$2"));
        let sql = format!(
            "SELECT {ROSTER} FROM roosters r WHERE r.tot >= $1 AND EXISTS (SELECT 1 FROM rooster_publicaties q \
             JOIN taken t ON t.id = q.berekening WHERE q.rooster = r.id AND {held}) ORDER BY r.van, r.id"
        );
        self.rows(sql, values![since, named]).await?.iter().map(roster).collect()
    }

    /// These rosters, by id.
    pub async fn rosters_among(&mut self, ids: &[&str]) -> Result<BTreeMap<String, Roster>> {
        let within = self.dialect().one_of("r.id", "$1");
        let rows = self.rows(format!("SELECT {ROSTER} FROM roosters r WHERE {within}"), values![Json::from(ids).to_string()]).await?;
        rows.iter().map(|row| roster(row).map(|it| (it.id.clone(), it))).collect()
    }

    /// The names in these rosters, by roster and id.
    pub async fn names_in_rosters(&mut self, ids: &[&str]) -> Result<BTreeMap<String, BTreeMap<String, String>>> {
        let within = self.dialect().one_of("m.rooster", "$1");
        let sql = format!("SELECT m.rooster, m.id, m.naam FROM rooster_mensen m WHERE {within}");
        let mut found: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for row in self.rows(sql, values![Json::from(ids).to_string()]).await? {
            found.entry(row.string("rooster")?).or_default().insert(row.string("id")?, row.string("naam")?);
        }
        Ok(found)
    }

    /// The plans of these rosters that people were told, by roster, the first one first.
    pub async fn told_plans(&mut self, ids: &[&str]) -> Result<BTreeMap<String, Vec<ToldPlan>>> {
        let within = self.dialect().one_of("q.rooster", "$1");
        let sql = format!(
            "SELECT q.rooster, q.nummer, b.invoer, t.resultaat FROM rooster_publicaties q JOIN berekeningen b ON b.id = q.berekening \
             JOIN taken t ON t.id = b.id WHERE t.resultaat IS NOT NULL AND {within} ORDER BY q.rooster, q.nummer"
        );
        let mut found: BTreeMap<String, Vec<ToldPlan>> = BTreeMap::new();
        for row in self.rows(sql, values![Json::from(ids).to_string()]).await? {
            let plan = ToldPlan { number: row.int("nummer")?, input: row.string("invoer")?, plan: row.string("resultaat")? };
            found.entry(row.string("rooster")?).or_default().push(plan);
        }
        Ok(found)
    }

    /// Candidates who wait and whose intake is still to come, by id, each with the day of registration when that is known.
    pub async fn waiting_for_intake(&mut self) -> Result<Vec<(String, Option<String>)>> {
        let sql = "SELECT k.id, (SELECT MIN(f.van) FROM kandidaat_fasen f WHERE f.kandidaat = k.id AND f.fase = 'aangemeld') AS aangemeld \
                   FROM kandidaten k WHERE k.toestand = 'wacht' AND NOT EXISTS (SELECT 1 FROM kandidaat_fasen f WHERE f.kandidaat = k.id \
                   AND f.fase NOT IN ('aangemeld', 'intake')) ORDER BY k.id";
        self.rows(sql, values![]).await?.iter().map(|row| Ok((row.string("id")?, row.maybe_string("aangemeld")?))).collect()
    }

    /// The names in a roster, by id.
    pub async fn roster_names(&mut self, id: &str) -> Result<BTreeMap<String, String>> {
        let rows = self.rows("SELECT id, naam FROM rooster_mensen WHERE rooster = $1", values![id]).await?;
        rows.iter().map(|row| Ok((row.string("id")?, row.string("naam")?))).collect()
    }

    /// A run of a roster.
    pub async fn roster_run(&mut self, id: &str) -> Result<Option<RosterRun>> {
        self.row(format!("SELECT {JOB}, {RUN} {FROM} WHERE b.id = $1"), values![id]).await?.as_ref().map(run).transpose()
    }

    /// The runs of a roster, the newest first: a page of them and how many there are.
    pub async fn roster_runs(&mut self, id: &str, skip: i64, most: i64) -> Result<(Vec<RosterRun>, i64)> {
        let sql = format!("SELECT {JOB}, {RUN} {FROM} WHERE b.onderwerp = $1 ORDER BY b.nummer DESC LIMIT $2 OFFSET $3");
        let rows = self.rows(sql, values![id, most, skip]).await?;
        let sql = "SELECT COUNT(*) AS aantal FROM berekeningen WHERE probleem = 'rooster' AND onderwerp = $1";
        let all = self.one(sql, values![id]).await?.int("aantal")?;
        Ok((rows.iter().map(run).collect::<Result<_>>()?, all))
    }

    /// The newest ordinary run of this very file that is not given up.
    pub async fn same_roster_run(&mut self, id: &str, input: &str) -> Result<Option<String>> {
        let sql = "SELECT b.id FROM berekeningen b JOIN taken t ON t.id = b.id WHERE b.probleem = 'rooster' AND b.onderwerp = $1 \
                   AND b.invoer = $2 AND NOT EXISTS (SELECT 1 FROM rooster_voorstellen v WHERE v.berekening = b.id) \
                   AND t.toestand IN ('wachtrij', 'bezig', 'klaar') ORDER BY b.nummer DESC LIMIT 1";
        self.row(sql, values![id, input]).await?.map(|row| row.string("id")).transpose()
    }

    /// The proposal of a roster that nobody decided about; the newest when there are more.
    pub async fn open_proposal(&mut self, id: &str) -> Result<Option<RosterRun>> {
        let sql = format!("SELECT {JOB}, {RUN} {FROM} WHERE b.onderwerp = $1 AND v.toestand = 'voorstel' ORDER BY b.nummer DESC LIMIT 1");
        self.row(sql, values![id]).await?.as_ref().map(run).transpose()
    }

    /// Rosters that ask for something: a proposal that is worked out and not decided about, or a plan that people were not told of. Each with
    /// whether it is the first, and its first day; those that are over ask for nothing.
    pub async fn rosters_asking(&mut self, today: &str) -> Result<Vec<RosterAsks>> {
        let sql = "SELECT r.id, r.naam, r.van, CASE WHEN EXISTS (SELECT 1 FROM rooster_voorstellen v JOIN taken t ON t.id = v.berekening \
                       WHERE v.rooster = r.id AND v.toestand = 'voorstel' AND t.toestand NOT IN ('wachtrij', 'bezig')) THEN 1 ELSE 0 END AS voorstel \
                   FROM roosters r WHERE r.tot >= $1 AND r.geldend IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM rooster_publicaties p \
                       WHERE p.rooster = r.id AND p.berekening = r.geldend) OR EXISTS (SELECT 1 FROM rooster_voorstellen v \
                       JOIN taken t ON t.id = v.berekening WHERE v.rooster = r.id AND v.toestand = 'voorstel' \
                       AND t.toestand NOT IN ('wachtrij', 'bezig'))) ORDER BY r.van, r.id LIMIT 20";
        let one = |row: &Row| {
            Ok(RosterAsks { id: row.string("id")?, name: row.string("naam")?, from: row.string("van")?, proposal: row.flag("voorstel")? })
        };
        self.rows(sql, values![today]).await?.iter().map(one).collect()
    }

    /// The decisions about who is planned in a roster.
    pub async fn roster_decisions(&mut self, id: &str) -> Result<Vec<Decided>> {
        let sql = format!("SELECT {DECIDED} FROM rooster_besluiten WHERE rooster = $1 ORDER BY eenheid, moment");
        self.rows(sql, values![id]).await?.iter().map(decided).collect()
    }

    /// The plans of a roster that people were told, the first one first.
    pub async fn publications(&mut self, id: &str) -> Result<Vec<Publication>> {
        let sql = "SELECT nummer, berekening, op, door FROM rooster_publicaties WHERE rooster = $1 ORDER BY nummer";
        let one = |row: &Row| {
            Ok(Publication { number: row.int("nummer")?, run: row.string("berekening")?, at: row.int("op")?, by: row.string("door")? })
        };
        self.rows(sql, values![id]).await?.iter().map(one).collect()
    }
}

impl Change {
    /// Adds a roster; `false` when there is one with this id already.
    pub async fn add_roster(&mut self, new: &Roster) -> Result<bool> {
        let sql = "INSERT INTO roosters (id, naam, soort, van, tot, invoer, beslissingen, geldend, versie, aangemaakt_op) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING";
        let values = values![
            &new.id,
            &new.name,
            new.kind.code(),
            &new.from,
            &new.until,
            &new.input,
            new.decisions,
            new.current.as_ref(),
            new.version,
            new.created,
        ];
        Ok(self.run(sql, values).await? > 0)
    }

    /// Puts a roster in the place of the one with its id, as its next version.
    pub async fn put_roster(&mut self, now: &mut Roster) -> Result<()> {
        now.version += 1;
        let sql =
            "UPDATE roosters SET naam = $2, van = $3, tot = $4, invoer = $5, beslissingen = $6, geldend = $7, versie = $8 WHERE id = $1";
        let values = values![&now.id, &now.name, &now.from, &now.until, &now.input, now.decisions, now.current.as_ref(), now.version];
        self.run(sql, values).await.map(|_| ())
    }

    /// Takes a roster away with all that is of it: how many runs that are.
    pub async fn drop_roster(&mut self, gone: &Roster) -> Result<i64> {
        const RUNS: &str = "SELECT b.id FROM berekeningen b WHERE b.probleem = 'rooster' AND b.onderwerp = $1";
        let files: Vec<String> = self
            .rows(
                "SELECT invoer AS bestand FROM berekeningen WHERE probleem = 'rooster' AND onderwerp = $1 UNION \
                 SELECT basis AS bestand FROM berekeningen WHERE probleem = 'rooster' AND onderwerp = $1 UNION \
                 SELECT invoer_na AS bestand FROM rooster_voorstellen WHERE rooster = $1",
                values![&gone.id],
            )
            .await?
            .iter()
            .map(|row| row.string("bestand"))
            .collect::<Result<_>>()?;
        let asked = format!("SELECT v.id FROM vragen v WHERE v.berekening IN ({RUNS})");
        let (jobs, questions) = (self.rows(RUNS, values![&gone.id]).await?, self.rows(asked.clone(), values![&gone.id]).await?);
        for sql in [
            "DELETE FROM rooster_publicaties WHERE rooster = $1".to_owned(),
            "DELETE FROM rooster_voorstellen WHERE rooster = $1".to_owned(),
            "DELETE FROM rooster_besluiten WHERE rooster = $1".to_owned(),
            "DELETE FROM rooster_koppelingen WHERE rooster = $1".to_owned(),
            "DELETE FROM rooster_uitnodigingen WHERE rooster = $1".to_owned(),
            "DELETE FROM rooster_mensen WHERE rooster = $1".to_owned(),
            format!("DELETE FROM taak_gebeurtenissen WHERE taak IN ({RUNS}) OR taak IN ({asked})"),
            format!("DELETE FROM vragen WHERE berekening IN ({RUNS})"),
            "DELETE FROM berekeningen WHERE probleem = 'rooster' AND onderwerp = $1".to_owned(),
            "DELETE FROM roosters WHERE id = $1".to_owned(),
        ] {
            self.run(sql, values![&gone.id]).await?;
        }
        let count = i64::try_from(jobs.len()).unwrap_or(i64::MAX);
        for job in questions.iter().chain(&jobs) {
            self.run("DELETE FROM taken WHERE id = $1", values![job.text("id")?]).await?;
        }
        for file in files.iter().chain([&gone.input]) {
            self.drop_input(file).await?;
        }
        Ok(count)
    }

    /// Keeps the name of somebody in a roster.
    pub async fn name_in_roster(&mut self, roster: &str, id: &str, name: &str) -> Result<()> {
        let sql = "INSERT INTO rooster_mensen (rooster, id, naam) VALUES ($1, $2, $3) \
                   ON CONFLICT (rooster, id) DO UPDATE SET naam = excluded.naam";
        self.run(sql, values![roster, id, name]).await.map(|_| ())
    }

    /// Takes the name of somebody out of every roster, with invitations, links and what was written beside a decision; whether there was anything.
    pub async fn unname_in_rosters(&mut self, id: &str) -> Result<bool> {
        let mut gone = false;
        for sql in [
            "DELETE FROM rooster_mensen WHERE id = $1",
            "DELETE FROM rooster_koppelingen WHERE persoon = $1",
            "DELETE FROM rooster_uitnodigingen WHERE persoon = $1",
            "UPDATE rooster_besluiten SET toelichting = NULL WHERE eenheid = $1 AND toelichting IS NOT NULL",
        ] {
            gone |= self.run(sql, values![id]).await? > 0;
        }
        if gone {
            self.erases();
        }
        Ok(gone)
    }

    /// Takes the names out of rosters that were over before a day, with invitations, links and what was written beside decisions; how many rows that were.
    pub async fn forget_old_rosters(&mut self, before: &str) -> Result<i64> {
        let mut gone = 0;
        for table in ["rooster_mensen", "rooster_koppelingen", "rooster_uitnodigingen"] {
            let sql = format!("DELETE FROM {table} WHERE rooster IN (SELECT r.id FROM roosters r WHERE r.tot < $1)");
            gone += self.run(sql, values![before]).await?;
        }
        let sql = "UPDATE rooster_besluiten SET toelichting = NULL WHERE toelichting IS NOT NULL \
                   AND rooster IN (SELECT r.id FROM roosters r WHERE r.tot < $1)";
        gone += self.run(sql, values![before]).await?;
        if gone > 0 {
            self.erases();
        }
        Ok(i64::try_from(gone).unwrap_or(i64::MAX))
    }

    /// Adds a run of a job that is in line, with the next number of its roster.
    pub async fn add_roster_run(&mut self, id: &str, of: &Roster, input: &str) -> Result<()> {
        let sql = "INSERT INTO berekeningen (id, probleem, onderwerp, nummer, invoer, basis, beslissingen, voorganger, herberekening, programma) \
                   SELECT $1, 'rooster', $2, COALESCE(MAX(nummer), 0) + 1, $3, $4, $5, NULL, NULL, $6 \
                   FROM berekeningen WHERE probleem = 'rooster' AND onderwerp = $2";
        self.run(sql, values![id, &of.id, input, &of.input, of.decisions, env!("CARGO_PKG_VERSION")]).await.map(|_| ())
    }

    /// Says of a run that it proposes a plan after somebody fell out.
    pub async fn add_proposal(&mut self, run: &str, of: &Roster, cause: &Fallout, after: &str) -> Result<()> {
        let sql = "INSERT INTO rooster_voorstellen (berekening, rooster, aanleiding, invoer_na, rooster_versie, toestand, op) \
                   VALUES ($1, $2, $3, $4, $5, 'voorstel', $6)";
        let values = values![run, &of.id, serde_json::to_string(cause)?, after, of.version, self.clock().now()];
        self.run(sql, values).await.map(|_| ())
    }

    /// Says what became of a proposal.
    pub async fn settle_fallout(&mut self, run: &str, standing: Standing) -> Result<()> {
        let sql = "UPDATE rooster_voorstellen SET toestand = $2 WHERE berekening = $1";
        self.run(sql, values![run, standing.code()]).await.map(|_| ())
    }

    /// Puts a decision in the place of the one about the same.
    pub async fn put_roster_decision(&mut self, roster: &str, new: &Decided) -> Result<()> {
        let sql = "INSERT INTO rooster_besluiten (rooster, eenheid, moment, soort, gegevens, gevolgd, versie, stap, op, door, reden, toelichting) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (rooster, eenheid, moment) DO UPDATE SET \
                   soort = excluded.soort, gegevens = excluded.gegevens, reden = excluded.reden, toelichting = excluded.toelichting, gevolgd = excluded.gevolgd, versie = excluded.versie, \
                   stap = excluded.stap, op = excluded.op, door = excluded.door";
        let values = values![
            roster,
            &new.unit,
            new.moment.as_deref().unwrap_or_default(),
            new.said.code(),
            serde_json::to_string(&new.named)?,
            new.followed,
            new.version,
            new.step,
            new.at,
            &new.by,
            new.because.map(Word::code),
            new.note.as_deref(),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Takes a decision back; whether there was one.
    pub async fn drop_roster_decision(&mut self, roster: &str, unit: &str, moment: Option<&str>) -> Result<bool> {
        let sql = "DELETE FROM rooster_besluiten WHERE rooster = $1 AND eenheid = $2 AND moment = $3";
        Ok(self.run(sql, values![roster, unit, moment.unwrap_or_default()]).await? > 0)
    }

    /// Says that people were told of the plan of a run.
    pub async fn add_publication(&mut self, roster: &str, new: &Publication) -> Result<()> {
        let sql = "INSERT INTO rooster_publicaties (rooster, nummer, berekening, op, door) VALUES ($1, $2, $3, $4, $5)";
        self.run(sql, values![roster, new.number, &new.run, new.at, &new.by]).await.map(|_| ())
    }
}
