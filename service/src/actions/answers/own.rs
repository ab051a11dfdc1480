//! What a board or a coach is asked, in their own account: about their own schools and people, with a name only where that may be told.

use std::collections::BTreeSet;

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
    let mut rows = Vec::new();
    for (answer, placing) in reading.asked_of(party, asked.caller.scope(), MOST).await? {
        if let (Some(wave), true) = (waves.get(&answer.wave), answer.is_about(&placing.place)) {
            rows.push((wave, stance(party, &placing.place, Some(answer.known()), today), answer, placing));
        }
    }
    let coached = match party {
        Party::Coach => reading.coached_by(&once(rows.iter().map(|(.., it)| it.place.coach.as_str()))).await?,
        Party::Board | Party::Candidate => BTreeSet::new(),
    };
    let schools = reading.schools_named(&once(rows.iter().map(|(.., it)| it.place.school.as_str()))).await?;
    let known = |wave: &Wave, it: Stance, placing: &Placing| {
        let theirs = coached.contains(&(placing.place.coach.clone(), placing.candidate.clone()));
        candidate_named(party, it == Stance::Yes, wave.life == Life::Vastgesteld, theirs)
    };
    let told = rows.iter().filter(|(wave, it, _, placing)| known(wave, *it, placing)).map(|(.., it)| it.candidate.as_str());
    let names = reading.names_among(Kind::Candidate, &once(told)).await?;
    drop(reading);
    let own = rows.into_iter().map(|(wave, stance, answer, placing)| {
        let name = if known(wave, stance, &placing) { names.get(&placing.candidate).cloned() } else { None };
        let school_name = schools.get(&placing.place.school).cloned();
        Own { wave: wave.clone(), placing, answer, stance, name, school_name }
    });
    Ok(own.collect())
}

/// Each of them once.
fn once<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    ids.collect::<BTreeSet<_>>().into_iter().collect()
}
