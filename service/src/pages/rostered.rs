//! What rosters ask of somebody, for the page where they begin.

use super::messages::Messages;
use super::{paths, said};
use crate::actions::rosters::invited::Shown;

/// Each roster that asks something, with the page to say it on, and the last day to answer while nothing was said. Who said it once can still
/// say otherwise.
pub fn open(m: Messages, all: Vec<Shown>) -> Vec<(String, String, Option<String>)> {
    let one = |it: Shown| {
        let waits = it.invitation.told.is_none();
        let by = it.invitation.asked.filter(|_| waits).map(|it| said::kept(m, &it.by, said::weekday));
        (it.roster.name, paths::roster_invited(&it.roster.id, &it.invitation.person), by)
    };
    all.into_iter().map(one).collect()
}
