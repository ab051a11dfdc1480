//! Reading the log of deeds: for whoever may see every row.

use super::{Asked, Refused};
use crate::records::dossier::Line;
use crate::store::Store;
use crate::store::log::Wanted;

/// Lines of the log: a page of them and how many there are.
pub async fn lines(store: &Store, asked: &Asked, wanted: &Wanted, skip: i64, most: i64) -> Result<(Vec<Line>, i64), Refused> {
    // Its lines are about everybody, so that part of it is nobody's alone.
    if asked.caller.scope().board().is_some() {
        return Err(Refused::Forbidden);
    }
    // Of one moment: what is counted is what is given.
    Ok(store.snapshot().await?.log_page(wanted, skip, most).await?)
}
