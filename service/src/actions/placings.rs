//! What boards see of proposals for their schools, and of what was published.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Asked, Refused, capacity};
use crate::access::Scope;
use crate::desk::asking::{Party, Stance, stance};
use crate::desk::named::names_for;
use crate::records::coaching::Placing;
use crate::records::register::Kind;
use crate::store::{Error, Session, Store};

/// Most questions of one party that are looked at.
const MOST: i64 = 100_000;

/// Placements for a board, with the names that the caller may see.
#[derive(Clone, Debug)]
pub struct Placings {
    /// The placements of this page.
    pub rows: Vec<Placing>,
    /// How many there are in all.
    pub all: i64,
    /// Names of candidates who may be named.
    pub candidates: BTreeMap<String, String>,
    /// Names of coaches who may be named.
    pub coaches: BTreeMap<String, String>,
    /// Names of the board's schools.
    pub schools: BTreeMap<String, String>,
}

/// Waves and candidates of whose placement, as it stands now, the boards or coaches of this scope said yes.
pub(super) async fn said_yes(reading: &mut Session, party: Party, scope: &Scope, today: Date) -> Result<BTreeSet<(String, String)>, Error> {
    let asked = reading.asked_of(party, scope, MOST).await?;
    let yes = asked.into_iter().filter(|(it, now)| stance(party, &now.place, Some(it.known()), today) == Stance::Yes);
    Ok(yes.map(|(it, _)| (it.wave, it.candidate)).collect())
}

/// What is proposed or published for the schools of a board.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such board, or it is another's.
pub async fn of_board(store: &Store, asked: &Asked, id: &str, skip: i64, most: i64) -> Result<Placings, Refused> {
    let scope = capacity::board(store, asked, id).await?;
    let mut reading = store.snapshot().await?;
    let today = store.clock().today();
    let (mut rows, all) = reading.placings_of_boards(&scope, &today.to_string(), skip, most).await?;
    let yes = said_yes(&mut reading, Party::Board, &scope, today).await?;
    for it in &mut rows {
        it.told.board = yes.contains(&(it.wave.clone(), it.candidate.clone()));
    }
    let named: Vec<&Placing> = rows.iter().filter(|it| names_for(it.told, asked.caller.role())).collect();
    let candidates: Vec<&str> = named.iter().map(|it| it.candidate.as_str()).collect();
    let coaches: Vec<&str> = named.iter().map(|it| it.coach.as_str()).collect();
    let (candidates, coaches) =
        (reading.names_among(Kind::Candidate, &candidates).await?, reading.names_among(Kind::Coach, &coaches).await?);
    let schools = reading.names_of(Kind::School, &scope).await?;
    Ok(Placings { rows, all, candidates, coaches, schools })
}
