//! Names of who a question is about, as far as whoever is asked may see them.

use super::Case;
use super::links::Named;
use crate::desk::asking::{Party, Stance};
use crate::desk::life::Stage;
use crate::desk::named::candidate_named;
use crate::records::register::Kind;
use crate::store::{Error, Session};

/// Whether a party may be told who a placement is about: the candidate itself always; the others once they said yes, once it is published, or
/// when the candidate was theirs already.
pub fn may_name(party: Party, case: &Case, theirs: bool) -> bool {
    let published = matches!(case.stage, Stage::Vastgesteld | Stage::Begonnen | Stage::Geeindigd);
    candidate_named(party, case.stance(party) == Stance::Yes, published, theirs)
}

/// The names that a link of this party shows.
pub(super) async fn names(reading: &mut Session, party: Party, case: &Case) -> Result<Named, Error> {
    let place = &case.placing.place;
    let theirs = party == Party::Coach && reading.coaches_candidate(&place.coach, &case.placing.candidate).await?;
    Ok(Named {
        school: reading.name_of(Kind::School, &place.school).await?,
        board: reading.name_of(Kind::Board, &place.board).await?,
        coach: reading.name_of(Kind::Coach, &place.coach).await?,
        candidate: match may_name(party, case, theirs) {
            true => reading.name_of(Kind::Candidate, &case.placing.candidate).await?,
            false => None,
        },
    })
}
