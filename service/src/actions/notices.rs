//! Messages that go with a deed to everybody it is about.

use std::collections::BTreeSet;

use super::answers::places;
use crate::desk::asking::Party;
use crate::desk::plan::Plan;
use crate::records::address::path;
use crate::records::mail::{MailKind, Message, Recipient};
use crate::store::{Change, Error};

/// What a message about published placements of a wave is about: for whom it is says the rest.
fn placements(wave: &str) -> String {
    path(&["lichtingen", wave, "plaatsingen"])
}

/// A plan was published: whoever is placed, coaches somebody or has somebody at a school is told, and who has no place and waits for one,
/// each once.
pub async fn published(change: &mut Change, deed: &str, wave: &str, plan: &Plan) -> Result<(), Error> {
    let mut to = BTreeSet::new();
    for left in &plan.unplaced {
        if places::waits(change, Party::Candidate, &left.candidate).await? {
            to.insert(Recipient::candidate(&left.candidate));
        }
    }
    let mut schools = BTreeSet::new();
    for it in &plan.placements {
        to.insert(Recipient::candidate(&it.candidate));
        to.insert(Recipient::coach(&it.coach));
        schools.insert(it.school.as_str());
    }
    for school in schools {
        to.extend(change.board_of(school).await?.map(|board| Recipient::board(&board)));
    }
    send(change, deed, MailKind::Vastgesteld, (wave, to)).await
}

async fn send(change: &mut Change, deed: &str, kind: MailKind, (wave, to): (&str, BTreeSet<Recipient>)) -> Result<(), Error> {
    let about = placements(wave);
    for to in to {
        change.post(deed, &Message { kind, to, about: about.clone() }).await?;
    }
    Ok(())
}
