//! What happened to a board's seats, for the board itself: put, removed and confirmed, as the log has it.

use super::{Asked, Refused, capacity};
use crate::desk::named::apart;
use crate::records::dossier::Line;
use crate::records::register::Kind;
use crate::records::seats_told::{Told, told};
use crate::records::what::What;
use crate::store::Store;
use crate::store::log::Wanted;

/// So many lines of one school are looked at.
const MOST: i64 = 50;

/// What happened, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// When, UTC milliseconds.
    pub at: i64,
    /// What was done.
    pub told: Told,
    /// The name of the school; nothing where it is about all of them.
    pub school: Option<String>,
}

/// The last changes of a board's seats.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such board, or it is another's.
pub async fn of_board(store: &Store, asked: &Asked, board: &str) -> Result<Vec<Past>, Refused> {
    let scope = capacity::board(store, asked, board).await?;
    let mut reading = store.snapshot().await?;
    let names = apart(reading.names_of(Kind::School, &scope).await?);
    let mut all = Vec::new();
    let mut subjects: Vec<(String, Option<String>, &[What])> = vec![(board.to_owned(), None, &[What::SeatsConfirmed])];
    for id in reading.schools_within(&scope).await? {
        let name = names.get(&id).cloned().unwrap_or_else(|| id.clone());
        subjects.push((id, Some(name), &[What::SeatsPut, What::SeatsRemoved]));
    }
    for (subject, school, kinds) in subjects {
        for what in kinds {
            let wanted = Wanted { what: Some(*what), subject: Some(subject.clone()), ..Wanted::default() };
            let (lines, _) = reading.log_page(&wanted, 0, MOST).await?;
            for Line { at, content, number, .. } in lines {
                let Some(told) = content.as_deref().and_then(|it| told(*what, it)) else { continue };
                all.push((number, Past { at, told, school: school.clone() }));
            }
        }
    }
    all.sort_by_key(|it| std::cmp::Reverse(it.0));
    Ok(all.into_iter().take(200).map(|it| it.1).collect())
}
