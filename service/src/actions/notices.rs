//! Messages that go with a deed to everybody it is about.

use std::collections::BTreeSet;

use crate::desk::fits::Wanted;
use crate::records::address::path;
use crate::records::mail::{MailKind, Message, Recipient};
use crate::store::{Change, Error};

/// A plan was published: whoever is placed, coaches somebody or has somebody at a school is told, each once.
pub async fn published(change: &mut Change, deed: &str, wave: &str, placed: &[Wanted]) -> Result<(), Error> {
    let mut to = BTreeSet::new();
    let mut schools = BTreeSet::new();
    for it in placed {
        to.insert(Recipient::candidate(&it.candidate));
        to.insert(Recipient::coach(&it.coach));
        schools.insert(it.school.as_str());
    }
    for school in schools {
        to.extend(change.board_of(school).await?.map(|board| Recipient::board(&board)));
    }
    let about = path(&["lichtingen", wave, "plaatsingen"]);
    for to in to {
        change.post(deed, &Message { kind: MailKind::Vastgesteld, to, about: about.clone() }).await?;
    }
    Ok(())
}
