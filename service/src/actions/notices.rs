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

/// Whom moved placements of a wave touch: who moved, and where they were and come.
#[derive(Clone, Debug, Default)]
pub struct Moved {
    /// Candidates who are placed otherwise, or no longer.
    candidates: BTreeSet<String>,
    /// Coaches before and after.
    coaches: BTreeSet<String>,
    /// Schools before and after.
    schools: BTreeSet<String>,
}

impl Moved {
    /// A candidate is placed otherwise, or no longer.
    pub fn candidate(&mut self, id: &str) {
        self.candidates.insert(id.to_owned());
    }

    /// Where somebody was or comes.
    pub fn place(&mut self, school: &str, coach: &str) {
        self.schools.insert(school.to_owned());
        self.coaches.insert(coach.to_owned());
    }
}

/// Tells everybody whom moved placements of a wave touch, each once.
///
/// # Errors
/// When the store could not do it.
pub async fn changed(change: &mut Change, deed: &str, wave: &str, moved: &Moved) -> Result<(), Error> {
    let mut to: BTreeSet<Recipient> = moved.candidates.iter().map(|it| Recipient::candidate(it)).collect();
    to.extend(moved.coaches.iter().map(|it| Recipient::coach(it)));
    for school in &moved.schools {
        to.extend(change.board_of(school).await?.map(|board| Recipient::board(&board)));
    }
    // Of another wave it is another message: each has its own placements to look at.
    send(change, &format!("{deed} {wave}"), MailKind::Gewijzigd, (wave, to)).await
}

async fn send(change: &mut Change, deed: &str, kind: MailKind, (wave, to): (&str, BTreeSet<Recipient>)) -> Result<(), Error> {
    let about = placements(wave);
    for to in to {
        change.post(deed, &Message { kind, to, about: about.clone() }).await?;
    }
    Ok(())
}
