//! Everything that is kept, table by table, with what of it is about people, why, how long, and how it is erased: one literal list, which
//! docs/privacy.md shows, in a file for each part. A table or column that is not on it fails a test.

mod answers;
mod people;
mod plannings;
mod review;
mod rosters;
mod waves;

use answers::ANSWERS;
use people::PEOPLE;
use plannings::PLANNINGS;
use review::REVIEW;
use rosters::ROSTERS;
use waves::WAVES;

/// What becomes of a value about a person when the person is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It is a pseudonym: it stays, and names nobody once the name is gone.
    Pseudonym,
    /// It goes.
    Gone,
    /// What it says of the person goes, the rest stays.
    Part,
    /// It is of an account, and goes by the term of accounts, sessions, links or tokens.
    Account,
    /// It goes by itself within a day.
    Day,
}

impl How {
    /// In the words of docs/privacy.md.
    pub fn says(self) -> &'static str {
        match self {
            Self::Pseudonym => "pseudonym, stays",
            Self::Gone => "erased",
            Self::Part => "erased as far as it is about the person",
            Self::Account => "goes by the term of accounts",
            Self::Day => "erased, and gone within a day",
        }
    }
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct Holding {
    /// Its name.
    pub table: &'static str,
    /// Columns that are about people, and what becomes of each.
    pub people: &'static [(&'static str, How)],
    /// The other columns.
    pub plain: &'static [&'static str],
    /// What it is for.
    pub why: &'static str,
    /// Who sees it.
    pub seen: &'static str,
    /// How long it is kept.
    pub term: &'static str,
}

const I: &str = "intermediary";
const STAYS: &str = "as long as the service";
const NAMES: &str = "four weeks after the last placement or after stopping (setting)";
const SIGNS: &str = "thirteen weeks after it was over (setting)";
const WAVE: &str = "as long as its wave";

/// Every table: the parts of the list.
pub fn all() -> impl Iterator<Item = &'static Holding> {
    PEOPLE.iter().chain(WAVES).chain(ANSWERS).chain(REVIEW).chain(ROSTERS).chain(PLANNINGS)
}

/// Tables of others in the same database: the migrations, and the tickets of apalis, which name jobs and no people.
pub const FOREIGN: &[&str] = &["_sqlx_migrations", "Jobs", "Workers", "sqlite_sequence", "sqlite_stat1", "sqlite_stat4"];

/// The data map of docs/privacy.md.
pub fn page() -> String {
    let mut page = "| table | what for | about people | who sees it | how long |\n| --- | --- | --- | --- | --- |\n".to_owned();
    for it in all() {
        let columns: Vec<String> = it.people.iter().map(|(name, how)| format!("`{name}` ({})", how.says())).collect();
        let about = if columns.is_empty() { "nothing".to_owned() } else { columns.join(", ") };
        page.push_str(&format!("| `{}` | {} | {about} | {} | {} |\n", it.table, it.why, it.seen, it.term));
    }
    page
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::store::trial::{On, tables};

    async fn every_table_and_column_of_the_database_is_on_the_list_of_what_is_kept(on: On) {
        let base = on.base().await;
        let store = base.open().await;
        let tables = tables(&store).await;
        let mut missing = Vec::new();
        for (table, columns) in tables.iter().filter(|(table, _)| !FOREIGN.contains(&table.as_str())) {
            let Some(holding) = all().find(|it| it.table == *table) else {
                missing.push(format!("table {table}"));
                continue;
            };
            let columns: BTreeSet<String> = columns.iter().map(|it| it.0.clone()).collect();
            let listed: BTreeSet<String> =
                holding.people.iter().map(|it| it.0).chain(holding.plain.iter().copied()).map(str::to_owned).collect();
            missing.extend(columns.difference(&listed).map(|it| format!("column {table}.{it}")));
            missing.extend(listed.difference(&columns).map(|it| format!("{table}.{it} is listed and not there")));
        }
        missing.extend(all().filter(|it| !tables.contains_key(it.table)).map(|it| format!("no table {}", it.table)));
        assert!(missing.is_empty(), "say in store/holdings/ what this is about and how it is erased: {missing:?}");
        store.close().await;
    }

    #[test]
    fn the_data_map_of_the_handbook_is_the_list() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/privacy.md");
        let text = std::fs::read_to_string(path).expect("docs/privacy.md");
        let (before, rest) = text.split_once("<!-- data map -->\n").expect("where the map begins");
        let (map, after) = rest.split_once("<!-- end of the data map -->").expect("where it ends");
        if std::env::var_os("LOKET_BLESS").is_some() {
            let made = format!("{before}<!-- data map -->\n{}<!-- end of the data map -->{after}", page());
            std::fs::write(path, made).expect("docs/privacy.md can be written");
            return;
        }
        assert_eq!(map, page(), "LOKET_BLESS=1 writes it anew");
    }

    crate::store::trial::on_both! {
        every_table_and_column_of_the_database_is_on_the_list_of_what_is_kept,
    }
}
