//! Rows of open data: middles of postcode areas, what the last files said of schools, and imports with what they change.

use std::collections::BTreeMap;

use loket_instances::sheets::open::OpenKind;
use loket_instances::sheets::open::centroids::Centroids;
use loket_instances::sheets::open::numbers::{Place, pc4};
use loket_solver::matching::facts::words::Word;
use serde_json::Value as Json;

use super::engine::{Row, values};
use super::{Change, Result, Session};
use crate::records::open::{Difference, DifferenceKind, Edition, EditionFile, Source};

const EDITION: &str = "e.id, e.toestand, e.gemeente, e.tellingen, e.meldingen, e.versie, e.op, e.door, e.besloten_op, e.besloten_door";

fn edition(row: &Row, files: Vec<EditionFile>) -> Result<Edition> {
    Ok(Edition {
        id: row.string("id")?,
        state: row.code("toestand")?,
        files,
        municipality: row.maybe_string("gemeente")?,
        counts: row.json("tellingen")?,
        notices: row.json("meldingen")?,
        version: row.int("versie")?,
        at: row.int("op")?,
        who: row.string("door")?,
        decided: row.maybe_int("besloten_op")?,
        decided_by: row.maybe_string("besloten_door")?,
    })
}

fn edition_file(row: &Row) -> Result<EditionFile> {
    Ok(EditionFile { kind: row.code("soort")?, sha256: row.string("sha256")?, year: row.maybe_int("jaar")? })
}

impl Session {
    /// The middle of the area of a postcode.
    pub async fn centroid(&mut self, postcode: &str) -> Result<Option<Place>> {
        let Some(area) = pc4(postcode.trim()) else { return Ok(None) };
        let row = self.row("SELECT lat, lon FROM pc4_plaatsen WHERE pc4 = $1", values![area]).await?;
        row.map(|row| Ok(Place { lat: row.int("lat")?, lon: row.int("lon")? })).transpose()
    }

    /// The middle of every postcode area.
    pub async fn centroids(&mut self) -> Result<Centroids> {
        let rows = self.rows("SELECT pc4, lat, lon FROM pc4_plaatsen ORDER BY pc4", values![]).await?;
        let one = |row: &Row| -> Result<(String, Place)> { Ok((row.string("pc4")?, Place { lat: row.int("lat")?, lon: row.int("lon")? })) };
        Ok(Centroids::of(rows.iter().map(one).collect::<Result<Vec<_>>>()?))
    }

    /// What the last files said of every school, by its id.
    pub async fn school_sources(&mut self) -> Result<BTreeMap<String, Source>> {
        let rows = self.rows("SELECT school, gegevens FROM school_bronnen ORDER BY school", values![]).await?;
        rows.iter().map(|row| Ok((row.string("school")?, row.json("gegevens")?))).collect()
    }

    /// What the last files said of one school, and when that was (UTC milliseconds).
    pub async fn school_source(&mut self, school: &str) -> Result<Option<(Source, i64)>> {
        let row = self.row("SELECT gegevens, op FROM school_bronnen WHERE school = $1", values![school]).await?;
        row.map(|row| Ok((row.json("gegevens")?, row.int("op")?))).transpose()
    }

    /// An import.
    pub async fn edition(&mut self, id: &str) -> Result<Option<Edition>> {
        let row = self.row(format!("SELECT {EDITION} FROM open_edities e WHERE e.id = $1"), values![id]).await?;
        match row {
            Some(row) => Ok(Some(edition(&row, self.edition_files(id).await?)?)),
            None => Ok(None),
        }
    }

    /// Imports, the newest first: a page of them and how many there are.
    pub async fn editions(&mut self, skip: i64, most: i64) -> Result<(Vec<Edition>, i64)> {
        let sql = format!("SELECT {EDITION} FROM open_edities e ORDER BY e.op DESC, e.id DESC LIMIT $1 OFFSET $2");
        let rows = self.rows(sql, values![most, skip]).await?;
        let ids = rows.iter().map(|row| row.text("id")).collect::<Result<Vec<_>>>()?;
        let within = self.dialect().one_of("editie", "$1");
        let sql = format!("SELECT editie, soort, sha256, jaar FROM open_bestanden WHERE {within} ORDER BY editie, soort");
        let mut files: BTreeMap<String, Vec<EditionFile>> = BTreeMap::new();
        for row in self.rows(sql, values![Json::from(ids).to_string()]).await? {
            files.entry(row.string("editie")?).or_default().push(edition_file(&row)?);
        }
        let all = rows.iter().map(|row| edition(row, files.remove(row.text("id")?).unwrap_or_default()));
        let all = all.collect::<Result<Vec<_>>>()?;
        let count = self.one("SELECT COUNT(*) AS aantal FROM open_edities", values![]).await?.int("aantal")?;
        Ok((all, count))
    }

    /// How many imports are proposals.
    pub async fn open_editions(&mut self) -> Result<i64> {
        self.one("SELECT COUNT(*) AS aantal FROM open_edities WHERE toestand = 'voorstel'", values![]).await?.int("aantal")
    }

    async fn edition_files(&mut self, id: &str) -> Result<Vec<EditionFile>> {
        let sql = "SELECT soort, sha256, jaar FROM open_bestanden WHERE editie = $1 ORDER BY soort";
        self.rows(sql, values![id]).await?.iter().map(edition_file).collect()
    }

    /// The bytes of the files of an import that is still a proposal, with the year of each.
    pub async fn edition_bytes(&mut self, id: &str) -> Result<Vec<(OpenKind, Vec<u8>, Option<i64>)>> {
        let sql = "SELECT soort, bestand, jaar FROM open_bestanden WHERE editie = $1 AND bestand IS NOT NULL ORDER BY soort";
        let file = |row: &Row| Ok((row.code("soort")?, row.bytes("bestand")?.to_vec(), row.maybe_int("jaar")?));
        self.rows(sql, values![id]).await?.iter().map(file).collect()
    }

    /// What an import changes, in order: a page of it and how many there are; of one kind only, when that is given.
    pub async fn differences(
        &mut self,
        id: &str,
        kind: Option<DifferenceKind>,
        (skip, most): (i64, i64),
    ) -> Result<(Vec<Difference>, i64)> {
        const THESE: &str = "FROM open_verschillen WHERE editie = $1 AND ($2 IS NULL OR wat = $2)";
        let kind = kind.map(Word::code);
        let sql = format!("SELECT gegevens {THESE} ORDER BY nummer LIMIT $3 OFFSET $4");
        let rows = self.rows(sql, values![id, kind, most, skip]).await?;
        let count = self.one(format!("SELECT COUNT(*) AS aantal {THESE}"), values![id, kind]).await?.int("aantal")?;
        Ok((rows.iter().map(|row| row.json("gegevens")).collect::<Result<_>>()?, count))
    }
}

impl Change {
    /// Puts the middle of a postcode area, in units of 0.00001 degree.
    pub async fn put_centroid(&mut self, pc4: &str, lat: i64, lon: i64) -> Result<()> {
        let sql = "INSERT INTO pc4_plaatsen (pc4, lat, lon) VALUES ($1, $2, $3) \
                   ON CONFLICT (pc4) DO UPDATE SET lat = excluded.lat, lon = excluded.lon";
        self.run(sql, values![pc4, lat, lon]).await.map(|_| ())
    }

    /// Keeps what the last files said of a school.
    pub async fn put_school_source(&mut self, school: &str, source: &Source) -> Result<()> {
        let now = self.clock().now();
        let sql = "INSERT INTO school_bronnen (school, gegevens, op) VALUES ($1, $2, $3) \
                   ON CONFLICT (school) DO UPDATE SET gegevens = excluded.gegevens, op = excluded.op";
        self.run(sql, values![school, serde_json::to_string(source)?, now]).await.map(|_| ())
    }

    /// Puts an import, in the place of the one with its id.
    pub async fn put_edition(&mut self, it: &Edition) -> Result<()> {
        let sql = "INSERT INTO open_edities (id, toestand, gemeente, tellingen, meldingen, versie, op, door, besloten_op, besloten_door) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO UPDATE SET toestand = excluded.toestand, \
                   tellingen = excluded.tellingen, meldingen = excluded.meldingen, versie = excluded.versie, \
                   besloten_op = excluded.besloten_op, besloten_door = excluded.besloten_door";
        let (counts, notices) = (serde_json::to_string(&it.counts)?, serde_json::to_string(&it.notices)?);
        let values = values![
            &it.id,
            it.state.code(),
            it.municipality.as_ref(),
            counts,
            notices,
            it.version,
            it.at,
            &it.who,
            it.decided,
            it.decided_by.as_ref()
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Keeps a file of an import; without its bytes where the import was taken over already.
    pub async fn keep_edition_file(&mut self, edition: &str, file: &EditionFile, bytes: Option<&[u8]>) -> Result<()> {
        let sql = "INSERT INTO open_bestanden (editie, soort, sha256, jaar, bestand) VALUES ($1, $2, $3, $4, $5)";
        self.run(sql, values![edition, file.code(), &file.sha256, file.year, bytes]).await.map(|_| ())
    }

    /// Forgets the bytes of the files of an import.
    pub async fn drop_edition_bytes(&mut self, edition: &str) -> Result<()> {
        self.run("UPDATE open_bestanden SET bestand = NULL WHERE editie = $1", values![edition]).await.map(|_| ())
    }

    /// Keeps what an import changes, in the place of what was kept of it.
    pub async fn put_differences(&mut self, edition: &str, all: &[Difference]) -> Result<()> {
        self.run("DELETE FROM open_verschillen WHERE editie = $1", values![edition]).await?;
        for (number, it) in (1_i64..).zip(all) {
            let sql = "INSERT INTO open_verschillen (editie, nummer, wat, gegevens) VALUES ($1, $2, $3, $4)";
            self.run(sql, values![edition, number, it.kind.code(), serde_json::to_string(it)?]).await?;
        }
        Ok(())
    }
}
