//! A forgotten password: whoever asks hears the same, whether there is such an account or not; who has one gets a message.

use super::signing::nobody;
use super::{Refused, outbox};
use crate::access::Caller;
use crate::records::deed::Access;
use crate::store::Store;

/// So many times within [`WINDOW`] a message goes out for an address; who asks more often floods nobody.
const MOST: i64 = 3;
const WINDOW: i64 = 60 * 60_000;

/// Asks for a link with which another password is chosen. Each address has its line in the log, in a change of its own, as long as it was
/// not asked too often; only an account that signs in with a password has a message besides. What was done is not told.
///
/// # Errors
/// Only when the store could not do it.
pub async fn ask(store: &Store, typed: &str) -> Result<(), Refused> {
    let mut change = store.change().await?;
    let account = change.account_at(typed).await?.filter(|it| it.ended.is_none());
    let subject = account.as_ref().map_or_else(|| nobody(typed), |it| it.id.clone());
    let since = change.clock().now() - WINDOW;
    if change.logged_since("wachtwoord-vergeten", &subject, since).await? >= MOST {
        return Ok(());
    }
    let deed = change.log(&Caller::machine("koppeling"), &subject, &Access::LinkAsked {}.into()).await?;
    // Whoever signs in through a provider has no password here. The link itself is made when the message goes out.
    let passes = change.identity_of(&subject).await?.is_none();
    if account.is_some() && passes {
        change.post(&deed, &outbox::with_link(&subject)).await?;
    }
    change.commit().await?;
    Ok(())
}
