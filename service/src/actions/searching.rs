//! People, schools and boards by a part of their name, over the whole register at once: for whoever looks for somebody from any page.

use std::collections::BTreeMap;

use super::register::plain;
use super::{Asked, Refused, aside};
use crate::records::register::{Kind, Row};
use crate::store::Store;

/// Most that are told of one kind.
pub const MOST: usize = 20;

/// What was found of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Of which kind.
    pub kind: Kind,
    /// The first of them, by name.
    pub rows: Vec<Row>,
    /// How many there are.
    pub all: usize,
}

/// What was found, and what it is part of.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// Of each kind, also where there are none.
    pub found: Vec<Found>,
    /// Names of boards, by id.
    pub boards: BTreeMap<String, String>,
    /// Open waves with a plan that a candidate is in: id and name of each.
    pub waves: BTreeMap<String, Vec<(String, String)>>,
}

/// Everybody and everything whose name or id has this in it.
///
/// # Errors
/// When the store cannot.
pub async fn search(store: &Store, asked: &Asked, text: &str) -> Result<Search, Refused> {
    let mut reading = store.snapshot().await?;
    let scope = asked.caller.scope();
    let mut all = Vec::new();
    for kind in [Kind::Candidate, Kind::Coach, Kind::School, Kind::Board] {
        all.push((kind, reading.register_rows(kind, scope).await?));
    }
    let boards = reading.names_of(Kind::Board, scope).await?;
    drop(reading);
    let wanted = plain(text);
    let narrow = move || all.into_iter().map(|(kind, rows)| of(kind, rows, &wanted)).collect::<Vec<_>>();
    let found = aside(narrow).await?;
    let candidates = found.iter().filter(|it| it.kind == Kind::Candidate).flat_map(|it| &it.rows);
    let ids: Vec<&str> = candidates.map(|it| it.id.as_str()).collect();
    let mut waves: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (candidate, wave) in store.read().reviewed_in(&ids).await? {
        waves.entry(candidate).or_default().push(wave);
    }
    Ok(Search { boards, found, waves })
}

fn of(kind: Kind, rows: Vec<Row>, wanted: &str) -> Found {
    let has = |row: &Row| plain(row.called()).contains(wanted) || plain(&row.id) == wanted;
    let mut rows: Vec<Row> = rows.into_iter().filter(|row| !wanted.is_empty() && has(row)).collect();
    rows.sort_by_cached_key(|row| (!plain(row.called()).starts_with(wanted), plain(row.called()), row.id.clone()));
    let all = rows.len();
    rows.truncate(MOST);
    Found { kind, rows, all }
}
