//! What a board or a coach is asked, in their own account: about their own schools and people, with a name only where that may be told.

use super::ground_all;
use crate::access::Role;
use crate::actions::{Asked, Refused};
use crate::desk::asking::{Party, Stance, stance};
use crate::desk::named::candidate_named;
use crate::desk::placing::Placing;
use crate::records::answer::Answer;
use crate::records::register::Kind;
use crate::records::wave::{Life, Wave};
use crate::store::Store;

/// Most questions that are looked at.
const MOST: i64 = 10_000;

/// One question to the caller.
#[derive(Clone, Debug)]
pub struct Own {
    /// The wave.
    pub wave: Wave,
    /// The placement as it stands.
    pub placing: Placing,
    /// What was asked and said.
    pub answer: Answer,
    /// How far that is.
    pub stance: Stance,
    /// The candidate's name, where the caller may see it.
    pub name: Option<String>,
    /// The school's name.
    pub school_name: Option<String>,
}

/// Everything that the caller is asked about placements as they stand.
///
/// # Errors
/// When the store could not do it.
pub async fn asked(store: &Store, asked: &Asked) -> Result<Vec<Own>, Refused> {
    let party = match asked.caller.role() {
        Role::Bestuur => Party::Board,
        Role::Coach => Party::Coach,
        Role::Intermediair | Role::Beheerder | Role::Lezer | Role::Link | Role::Systeem => return Ok(Vec::new()),
    };
    let waves = ground_all(store).await?;
    let today = store.clock().today();
    let mut reading = store.snapshot().await?;
    let mut all = Vec::new();
    for (answer, placing) in reading.asked_of(party, asked.caller.scope(), MOST).await? {
        let (Some(wave), true) = (waves.get(&answer.wave), answer.is_about(&placing.place)) else { continue };
        let stance = stance(party, &placing.place, Some(answer.known()), today);
        let theirs = party == Party::Coach && reading.coaches_candidate(&placing.place.coach, &placing.candidate).await?;
        let named = candidate_named(party, stance == Stance::Yes, wave.life == Life::Vastgesteld, theirs);
        let name = if named { reading.name_of(Kind::Candidate, &placing.candidate).await? } else { None };
        let school_name = reading.name_of(Kind::School, &placing.place.school).await?;
        all.push(Own { wave: wave.clone(), placing, answer, stance, name, school_name });
    }
    Ok(all)
}
