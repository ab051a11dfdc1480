//! What a no forbids: shown with the register, and revoked by the intermediary with a reason.

use super::{Asked, Refused};
use crate::records::answer::{Forbidden, Revoked};
use crate::records::deed::Answers;
use crate::store::Store;
use loket_solver::matching::facts::words::Word;

/// Revokes a prohibition, on the version that was seen: runs that knew it are out of date.
///
/// # Errors
/// When it is not there, changed, or no longer counts.
pub async fn revoke(store: &Store, asked: &Asked, id: &str, version: i64, why: Revoked) -> Result<Forbidden, Refused<Forbidden>> {
    let mut change = store.change().await?;
    let ban = change.ban(id).await?.ok_or(Refused::Unknown)?;
    if change.deed::<()>(asked.key()).await?.is_some() {
        return Ok(ban);
    }
    if ban.version != version {
        return Err(Refused::stale(ban));
    }
    if ban.revoked.is_some() {
        return Err(Refused::not_now("Dit verbod is al ingetrokken."));
    }
    change.revoke_ban(&ban, asked.caller.who(), why).await?;
    let deed = Answers::BanRevoked { ban: id, candidate: &ban.ban.candidate, party: ban.party.code(), why: why.code() };
    change.log(&asked.caller, &ban.ban.wave, &deed.into()).await?;
    change.note_deed(asked.key(), &()).await?;
    let now = change.ban(id).await?.ok_or(Refused::Unknown)?;
    change.commit().await?;
    Ok(now)
}
