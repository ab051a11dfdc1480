//! Reading the log of deeds: for administrators all of it, which names nobody; for whoever works on waves what was done to waves and the register.

use super::{Asked, Refused};
use crate::access::Role;
use crate::records::dossier::Line;
use crate::store::Store;
use crate::store::log::Wanted;

/// Lines of the log: a page of them and how many there are.
pub async fn lines(store: &Store, asked: &Asked, wanted: &Wanted, skip: i64, most: i64) -> Result<(Vec<Line>, i64), Refused> {
    // Its lines are about everybody, so that part of it is nobody's alone.
    if asked.caller.scope().boards().is_some() && asked.caller.role() != Role::Beheerder {
        return Err(Refused::Forbidden);
    }
    // Who signs in when, and what is set, is for who sees to the service.
    let wanted = Wanted { work: wanted.work || asked.caller.role() == Role::Intermediair, ..wanted.clone() };
    // Of one moment: what is counted is what is given.
    Ok(store.snapshot().await?.log_page(&wanted, skip, most).await?)
}
