//! Rows of multi-year plans: their versions and runs.

use super::engine::{Row, values};
use super::jobs::{JOB, job};
use super::{Change, Result, Session};
use crate::records::job::Question;
use crate::records::planning::{Planning, PlanningRun, PlanningVersion};

const PLANNING: &str = "id, naam, van, jaren, invoer, versie, aangemaakt_op";

fn planning(row: &Row) -> Result<Planning> {
    Ok(Planning {
        id: row.string("id")?,
        name: row.string("naam")?,
        from: row.string("van")?,
        years: row.int("jaren")?,
        input: row.string("invoer")?,
        version: row.int("versie")?,
        created: row.int("aangemaakt_op")?,
    })
}

const RUN: &str =
    "b.onderwerp, b.nummer, b.invoer, b.beslissingen, b.programma, CASE WHEN b.beslissingen < p.versie THEN 1 ELSE 0 END AS verouderd";
const FROM: &str =
    "FROM berekeningen b JOIN taken t ON t.id = b.id JOIN meerjarenplannen p ON b.probleem = 'meerjarenplan' AND p.id = b.onderwerp";

fn run(row: &Row) -> Result<PlanningRun> {
    Ok(PlanningRun {
        job: job(row)?,
        planning: row.string("onderwerp")?,
        number: row.int("nummer")?,
        input: row.string("invoer")?,
        version: row.int("beslissingen")?,
        program: row.string("programma")?,
        outdated: row.flag("verouderd")?,
    })
}

impl Session {
    /// A multi-year plan.
    pub async fn planning(&mut self, id: &str) -> Result<Option<Planning>> {
        self.row(format!("SELECT {PLANNING} FROM meerjarenplannen WHERE id = $1"), values![id]).await?.as_ref().map(planning).transpose()
    }

    /// Multi-year plans, the newest first: a page of them and how many there are.
    pub async fn plannings(&mut self, skip: i64, most: i64) -> Result<(Vec<Planning>, i64)> {
        let sql = format!("SELECT {PLANNING} FROM meerjarenplannen ORDER BY aangemaakt_op DESC, id LIMIT $1 OFFSET $2");
        let rows = self.rows(sql, values![most, skip]).await?;
        let all = self.one("SELECT COUNT(*) AS aantal FROM meerjarenplannen", values![]).await?.int("aantal")?;
        Ok((rows.iter().map(planning).collect::<Result<_>>()?, all))
    }

    /// The versions of a plan's file, the newest first.
    pub async fn planning_versions(&mut self, id: &str) -> Result<Vec<PlanningVersion>> {
        let sql = "SELECT versie, invoer, toelichting, op, door FROM meerjarenplan_versies WHERE plan = $1 ORDER BY versie DESC";
        let one = |row: &Row| {
            Ok(PlanningVersion {
                number: row.int("versie")?,
                input: row.string("invoer")?,
                note: row.string("toelichting")?,
                at: row.int("op")?,
                by: row.string("door")?,
            })
        };
        self.rows(sql, values![id]).await?.iter().map(one).collect()
    }

    /// A run of a multi-year plan.
    pub async fn planning_run(&mut self, id: &str) -> Result<Option<PlanningRun>> {
        self.row(format!("SELECT {JOB}, {RUN} {FROM} WHERE b.id = $1"), values![id]).await?.as_ref().map(run).transpose()
    }

    /// The runs of a multi-year plan, the newest first: a page of them and how many there are.
    pub async fn planning_runs(&mut self, id: &str, skip: i64, most: i64) -> Result<(Vec<PlanningRun>, i64)> {
        let sql = format!("SELECT {JOB}, {RUN} {FROM} WHERE b.onderwerp = $1 ORDER BY b.nummer DESC LIMIT $2 OFFSET $3");
        let rows = self.rows(sql, values![id, most, skip]).await?;
        let sql = "SELECT COUNT(*) AS aantal FROM berekeningen WHERE probleem = 'meerjarenplan' AND onderwerp = $1";
        let all = self.one(sql, values![id]).await?.int("aantal")?;
        Ok((rows.iter().map(run).collect::<Result<_>>()?, all))
    }

    /// The newest run of this very file with this very question that is not given up.
    pub async fn same_planning_run(&mut self, id: &str, input: &str, question: &Question) -> Result<Option<String>> {
        let sql = "SELECT b.id FROM berekeningen b JOIN taken t ON t.id = b.id WHERE b.probleem = 'meerjarenplan' AND b.onderwerp = $1 \
                   AND b.invoer = $2 AND t.vraag = $3 AND t.toestand IN ('wachtrij', 'bezig', 'klaar') ORDER BY b.nummer DESC LIMIT 1";
        self.row(sql, values![id, input, question.text()]).await?.map(|row| row.string("id")).transpose()
    }
}

impl Change {
    /// Adds a multi-year plan; `false` when there is one with this id already.
    pub async fn add_planning(&mut self, new: &Planning) -> Result<bool> {
        let sql = format!("INSERT INTO meerjarenplannen ({PLANNING}) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING");
        let values = values![&new.id, &new.name, &new.from, new.years, &new.input, new.version, new.created];
        Ok(self.run(sql, values).await? > 0)
    }

    /// Puts a plan in the place of the one with its id.
    pub async fn put_planning(&mut self, now: &Planning) -> Result<()> {
        let sql = "UPDATE meerjarenplannen SET naam = $2, van = $3, jaren = $4, invoer = $5, versie = $6 WHERE id = $1";
        self.run(sql, values![&now.id, &now.name, &now.from, now.years, &now.input, now.version]).await.map(|_| ())
    }

    /// Adds a version of a plan's file.
    pub async fn add_planning_version(&mut self, plan: &str, new: &PlanningVersion) -> Result<()> {
        let sql = "INSERT INTO meerjarenplan_versies (plan, versie, invoer, toelichting, op, door) VALUES ($1, $2, $3, $4, $5, $6)";
        self.run(sql, values![plan, new.number, &new.input, &new.note, new.at, &new.by]).await.map(|_| ())
    }

    /// Takes a plan away with its versions and runs: how many runs that are.
    pub async fn drop_planning(&mut self, id: &str) -> Result<i64> {
        const RUNS: &str = "SELECT b.id FROM berekeningen b WHERE b.probleem = 'meerjarenplan' AND b.onderwerp = $1";
        let files = "SELECT invoer AS bestand FROM berekeningen WHERE probleem = 'meerjarenplan' AND onderwerp = $1 UNION \
                     SELECT invoer AS bestand FROM meerjarenplan_versies WHERE plan = $1";
        let files: Vec<String> = self.rows(files, values![id]).await?.iter().map(|row| row.string("bestand")).collect::<Result<_>>()?;
        let jobs = self.rows(RUNS, values![id]).await?;
        for sql in [
            format!("DELETE FROM taak_gebeurtenissen WHERE taak IN ({RUNS})"),
            "DELETE FROM berekeningen WHERE probleem = 'meerjarenplan' AND onderwerp = $1".to_owned(),
            "DELETE FROM meerjarenplan_versies WHERE plan = $1".to_owned(),
            "DELETE FROM meerjarenplannen WHERE id = $1".to_owned(),
        ] {
            self.run(sql, values![id]).await?;
        }
        let count = i64::try_from(jobs.len()).unwrap_or(i64::MAX);
        for job in jobs {
            self.run("DELETE FROM taken WHERE id = $1", values![job.text("id")?]).await?;
        }
        for file in files {
            self.drop_input(&file).await?;
        }
        Ok(count)
    }

    /// Adds a run of a job that is in line, with the next number of its plan.
    pub async fn add_planning_run(&mut self, id: &str, of: &Planning, input: &str) -> Result<()> {
        let sql = "INSERT INTO berekeningen (id, probleem, onderwerp, nummer, invoer, basis, beslissingen, voorganger, herberekening, programma) \
                   SELECT $1, 'meerjarenplan', $2, COALESCE(MAX(nummer), 0) + 1, $3, $4, $5, NULL, NULL, $6 \
                   FROM berekeningen WHERE probleem = 'meerjarenplan' AND onderwerp = $2";
        self.run(sql, values![id, &of.id, input, &of.input, of.version, env!("CARGO_PKG_VERSION")]).await.map(|_| ())
    }
}
