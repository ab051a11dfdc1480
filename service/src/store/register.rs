//! Rows of the register, and what only the table of names knows. Every query about boards and their schools takes a scope.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::engine::{Dialect, Row as Columns, Value, values};
use super::{Change, Result, Session};
use crate::access::Scope;
use crate::records::register::{Kind, Row, Standing};
use crate::records::stage::Stage;
use loket_solver::matching::facts::words::Word;

/// How a kind of row is kept.
struct Table {
    name: &'static str,
    /// Columns beyond id, data and version.
    own: &'static [&'static str],
    /// Where the board stands that a scope asks for; people belong to nobody's board.
    board: &'static str,
    /// Which rows a list may be asked for, by `$2`.
    these: &'static str,
}

impl Table {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Board => Self { name: "besturen", own: &["tot", "einde_reden"], board: "r.id", these: "$2 IS NULL" },
            Kind::School => Self {
                name: "scholen",
                own: &["bestuur", "brin", "tot", "einde_reden"],
                board: "r.bestuur",
                these: "($2 IS NULL OR r.bestuur = $2)",
            },
            Kind::Coach => Self {
                name: "coaches",
                own: &["van", "tot", "einde_reden", "eigen"],
                board: "NULL",
                these: "($2 IS NULL OR ((r.van IS NULL OR r.van <= $2) AND (r.tot IS NULL OR r.tot >= $2)))",
            },
            Kind::Candidate => {
                Self { name: "kandidaten", own: &["toestand", "eigen"], board: "NULL", these: "($2 IS NULL OR r.toestand = $2)" }
            }
        }
    }

    fn select(&self, kind: Kind, words: &dyn Dialect) -> String {
        let own: String = self.own.iter().map(|name| format!(", r.{name}")).collect();
        let (name, within) = (self.name, words.one_of(self.board, "$1"));
        format!(
            "SELECT r.id, r.gegevens, r.versie{own}, p.gegevens AS persoon FROM {name} r \
             LEFT JOIN personen p ON p.soort = '{}' AND p.id = r.id WHERE ($1 IS NULL OR {within})",
            kind.word()
        )
    }

    /// The row of these columns, and its own.
    fn read(&self, columns: &Columns) -> Result<Row> {
        let own = |name: &str| if self.own.contains(&name) { columns.maybe_string(name) } else { Ok(None) };
        Ok(Row {
            id: columns.string("id")?,
            data: columns.json("gegevens")?,
            board: own("bestuur")?,
            brin: own("brin")?,
            from: own("van")?,
            until: own("tot")?,
            ended: own("einde_reden")?,
            standing: if self.own.contains(&"toestand") { Some(columns.code("toestand")?) } else { None },
            own: if self.own.contains(&"eigen") { columns.json("eigen")? } else { Map::new() },
            person: columns.maybe_json("persoon")?.unwrap_or_default(),
            version: columns.int("versie")?,
        })
    }

    /// The values of the columns that are its own.
    fn own_values(&self, row: &Row) -> Vec<Value> {
        let value = |name: &&str| match *name {
            "bestuur" => row.board.as_ref().into(),
            "eigen" => text(&row.own).into(),
            "brin" => row.brin.as_ref().into(),
            "van" => row.from.as_ref().into(),
            "tot" => row.until.as_ref().into(),
            "einde_reden" => row.ended.as_ref().into(),
            _ => row.standing.unwrap_or(Standing::Wacht).code().into(),
        };
        self.own.iter().map(value).collect()
    }

    /// A statement that inserts a row, and its values.
    fn insert(&self, row: &Row) -> (String, Vec<Value>) {
        let columns: String = self.own.iter().map(|name| format!(", {name}")).collect();
        let places: String = (0..self.own.len()).map(|at| format!(", ${}", at + 4)).collect();
        let mut values = values![&row.id, text(&row.data), row.version];
        values.extend(self.own_values(row));
        (format!("INSERT INTO {} (id, gegevens, versie{columns}) VALUES ($1, $2, $3{places})", self.name), values)
    }
}

fn text(data: &Map<String, Json>) -> String {
    Json::Object(data.clone()).to_string()
}

impl Session {
    /// A row.
    pub async fn register_row(&mut self, kind: Kind, scope: &Scope, id: &str) -> Result<Option<Row>> {
        let table = Table::of(kind);
        let sql = format!("{} AND r.id = $2", table.select(kind, self.dialect()));
        self.row(sql, values![scope.among(), id]).await?.map(|row| table.read(&row)).transpose()
    }

    /// Every row, by id.
    pub async fn register_rows(&mut self, kind: Kind, scope: &Scope) -> Result<Vec<Row>> {
        let table = Table::of(kind);
        let sql = format!("{} ORDER BY r.id", table.select(kind, self.dialect()));
        self.rows(sql, values![scope.among()]).await?.iter().map(|row| table.read(row)).collect()
    }

    /// Rows by id: a page of them and how many there are. `these` leaves others out: a school's board, where a candidate stands, a day that
    /// a coach is there; and in which stage a candidate is.
    pub async fn register_page(
        &mut self,
        kind: Kind,
        scope: &Scope,
        (these, stage): (Option<&str>, Option<Stage>),
        (skip, most): (i64, i64),
    ) -> Result<(Vec<Row>, i64)> {
        let table = Table::of(kind);
        // Where a candidate is now: the newest row.
        let staged = match kind {
            Kind::Candidate => {
                " AND ($3 IS NULL OR $3 = (SELECT f.fase FROM kandidaat_fasen f WHERE f.kandidaat = r.id ORDER BY f.nummer DESC LIMIT 1))"
            }
            Kind::Board | Kind::School | Kind::Coach => " AND $3 IS NULL",
        };
        let stage = stage.map(Word::code);
        let sql = format!("{} AND {}{staged} ORDER BY r.id LIMIT $4 OFFSET $5", table.select(kind, self.dialect()), table.these);
        let rows = self.rows(sql, values![scope.among(), these, stage, most, skip]).await?;
        let Table { name, board, these: only, .. } = table;
        let within = self.dialect().one_of(board, "$1");
        let sql = format!("SELECT COUNT(*) AS aantal FROM {name} r WHERE ($1 IS NULL OR {within}) AND {only}{staged}");
        let all = self.one(sql, values![scope.among(), these, stage]).await?.int("aantal")?;
        Ok((rows.iter().map(|row| table.read(row)).collect::<Result<_>>()?, all))
    }

    /// The boards whose schools have this BRIN, whichever of its buildings: one, as long as the register holds to that.
    /// `but` is a school that does not count; an empty id is none.
    pub async fn boards_of_brin(&mut self, brin: &str, but: &str) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT bestuur FROM scholen WHERE SUBSTR(brin, 1, 4) = SUBSTR($1, 1, 4) AND id <> $2 ORDER BY bestuur";
        self.rows(sql, values![brin, but]).await?.iter().map(|row| row.string("bestuur")).collect()
    }

    /// Names of boards or schools within the scope, by id.
    pub async fn names_of(&mut self, kind: Kind, scope: &Scope) -> Result<BTreeMap<String, String>> {
        let Table { name, board, .. } = Table::of(kind);
        let named = self.dialect().json_text("r.gegevens", "naam");
        let within = self.dialect().one_of(board, "$1");
        let sql = format!("SELECT r.id, {named} AS naam FROM {name} r WHERE ($1 IS NULL OR {within}) AND {named} IS NOT NULL");
        self.rows(sql, values![scope.among()]).await?.iter().map(|row| Ok((row.string("id")?, row.string("naam")?))).collect()
    }

    /// The name of one row, of whatever kind; the caller has seen whether it may be told.
    pub async fn name_of(&mut self, kind: Kind, id: &str) -> Result<Option<String>> {
        let named = self.dialect().json_text("r.gegevens", "naam");
        let row = match kind.is_person() {
            true => {
                let sql = format!("SELECT {named} AS naam FROM personen r WHERE r.soort = $1 AND r.id = $2");
                self.row(sql, values![kind.word(), id]).await?
            }
            false => self.row(format!("SELECT {named} AS naam FROM {} r WHERE r.id = $1", Table::of(kind).name), values![id]).await?,
        };
        row.map_or(Ok(None), |row| row.maybe_string("naam"))
    }

    /// Names of people of one kind, by id.
    pub async fn names(&mut self, kind: Kind) -> Result<BTreeMap<String, String>> {
        let rows = self.rows("SELECT id, gegevens FROM personen WHERE soort = $1", values![kind.word()]).await?;
        let one = |row: &Columns| -> Result<Option<(String, String)>> {
            let known: Map<String, Json> = row.json("gegevens")?;
            let name = known.get("naam").and_then(Json::as_str);
            name.map(|name| Ok((row.string("id")?, name.to_owned()))).transpose()
        };
        rows.iter().filter_map(|row| one(row).transpose()).collect()
    }
}

impl Change {
    /// Adds a row, and its version as `who` made it; `false` when there is one with this id already, or the id is another person's.
    pub async fn add_register_row(&mut self, kind: Kind, row: &Row, who: &str) -> Result<bool> {
        let (sql, values) = Table::of(kind).insert(row);
        let sql = match kind.shares_ids_with() {
            None => sql,
            Some(other) => {
                let free = format!("WHERE NOT EXISTS (SELECT 1 FROM {} WHERE id = $1)", Table::of(other).name);
                format!("{} {free}", sql.replace("VALUES (", "SELECT ").trim_end_matches(')'))
            }
        };
        let added = self.run(format!("{sql} ON CONFLICT (id) DO NOTHING"), values).await? > 0;
        if added {
            let now = self.clock().now();
            self.keep_version(kind, row, Some((who, now))).await?;
            if kind == Kind::Candidate {
                self.note_standing(Some(&row.id)).await?;
            }
        }
        if added && kind == Kind::Candidate {
            self.note_standing(Some(&row.id)).await?;
        }
        Ok(added)
    }

    /// Puts a row in the register, in the place of the one with its id, and keeps its version as `who` made it. What is known of the person
    /// is put apart.
    pub async fn put_register_row(&mut self, kind: Kind, row: &Row, who: &str) -> Result<()> {
        let table = Table::of(kind);
        // Of a row of before versions were kept the last one is kept with the first change.
        if row.version > 1 && !self.has_versions(kind, &row.id).await? {
            let sql = format!("{} AND r.id = $2", table.select(kind, self.dialect()));
            let was = self.row(sql, values![None::<String>, &row.id]).await?.map(|row| table.read(&row)).transpose()?;
            if let Some(was) = was {
                self.keep_version(kind, &was, None).await?;
            }
        }
        let changes: String = table.own.iter().map(|name| format!(", {name} = excluded.{name}")).collect();
        let (sql, values) = table.insert(row);
        let update = "ON CONFLICT (id) DO UPDATE SET gegevens = excluded.gegevens, versie = excluded.versie";
        self.run(format!("{sql} {update}{changes}"), values).await?;
        if kind == Kind::Candidate {
            self.note_standing(Some(&row.id)).await?;
        }
        let now = self.clock().now();
        self.keep_version(kind, row, Some((who, now))).await?;
        if kind == Kind::Candidate {
            self.note_standing(Some(&row.id)).await?;
        }
        Ok(())
    }

    /// Keeps what is known of the person of a row besides the row; nothing when that is nothing.
    pub async fn put_person(&mut self, kind: Kind, row: &Row) -> Result<()> {
        match (kind.is_person(), row.person.is_empty()) {
            (true, true) => self.forget_person(kind, &row.id).await,
            (true, false) => self.keep_person(kind.word(), &row.id, text(&row.person)).await,
            (false, _) => Ok(()),
        }
    }

    async fn keep_person(&mut self, kind: &str, id: &str, data: String) -> Result<()> {
        let sql = "INSERT INTO personen (soort, id, gegevens) VALUES ($1, $2, $3) \
                   ON CONFLICT (soort, id) DO UPDATE SET gegevens = excluded.gegevens";
        self.run(sql, values![kind, id, data]).await.map(|_| ())
    }

    /// Forgets what is known of a person besides the row.
    pub async fn forget_person(&mut self, kind: Kind, id: &str) -> Result<()> {
        if self.run("DELETE FROM personen WHERE soort = $1 AND id = $2", values![kind.word(), id]).await? > 0 {
            self.erases();
        }
        Ok(())
    }
}
