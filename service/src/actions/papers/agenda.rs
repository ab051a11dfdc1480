//! Days for calendars: the first day of published placements and the last day to answer, for the intermediary, a board, a coach, or whoever
//! has a personal link.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ground, called, coach, day, ground, read};
use crate::actions::answers::places::{self, Own};
use crate::actions::answers::{ground_all, links};
use crate::actions::{Asked, Refused, capacity};
use crate::desk::asking::{Party, Stance, stance};
use crate::records::agenda::{Moment, Reader, What};
use crate::records::answer::Answer;
use crate::records::placement::Placed;
use crate::store::{Error, Session, Store};

/// Days for one reader.
#[derive(Clone, Debug)]
pub struct Agenda {
    /// For whom.
    pub reader: Reader,
    /// The days.
    pub moments: Vec<Moment>,
    /// When it is made, UTC milliseconds.
    pub at: i64,
}

/// What of a wave somebody has in the calendar.
struct Days<'a> {
    /// Which placements.
    placed: &'a (dyn Fn(&Placed) -> bool + Send + Sync),
    /// Which questions.
    asked: &'a (dyn Fn(&Answer) -> bool + Send + Sync),
}

/// The days of a wave: every placement and every question.
///
/// # Errors
/// When there is no such wave.
pub async fn of_wave(store: &Store, id: &str) -> Result<Agenda, Refused> {
    let (mut reading, ground) = ground(store, id).await?;
    let own = Days { placed: &|_| true, asked: &|_| true };
    let moments = moments(&mut reading, store, &ground, &own).await?;
    Ok(Agenda { reader: Reader::Intermediary, moments, at: store.clock().now() })
}

/// The days of a board: of placements at its schools and of questions to it.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such board, or it is another's.
pub async fn of_board(store: &Store, asked: &Asked, id: &str) -> Result<Agenda, Refused> {
    let scope = capacity::board(store, asked, id).await?;
    let schools: BTreeSet<String> = store.read().schools_within(&scope).await?.into_iter().collect();
    let own = Days { placed: &|it| schools.contains(&it.school), asked: &|it| it.party == Party::Board && it.about.board == id };
    of_own(store, &own, Reader::Board(id.to_owned())).await
}

/// The days of a coach: of own placements and of questions to the coach.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such coach, or it is another one.
pub async fn of_coach(store: &Store, asked: &Asked, id: &str) -> Result<Agenda, Refused> {
    coach(store, asked, id).await?;
    let own = Days { placed: &|it| it.coach == id, asked: &|it| it.party == Party::Coach && it.about.coach == id };
    of_own(store, &own, Reader::Coach(id.to_owned())).await
}

async fn of_own(store: &Store, own: &Days<'_>, reader: Reader) -> Result<Agenda, Refused> {
    let waves = ground_all(store).await?;
    let today = store.clock().today();
    let mut reading = store.snapshot().await?;
    let mut all = Vec::new();
    for id in waves.into_keys() {
        let Some(wave) = reading.wave(&id).await? else { continue };
        let ground = read(&mut reading, wave, today).await?;
        all.extend(moments(&mut reading, store, &ground, own).await?);
    }
    Ok(Agenda { reader, moments: all, at: store.clock().now() })
}

/// The days of whoever has a personal link: of the one placement that it is about.
///
/// # Errors
/// When the link does not count.
pub async fn by_link(store: &Store, told: &str) -> Result<Agenda, Refused> {
    if places::told_so(told) {
        return by_place_link(store, told).await;
    }
    let shown = links::shown(store, told).await?;
    let (party, candidate) = (shown.answer.party, shown.case.placing.candidate);
    let coach = shown.case.placing.place.coach;
    let reader = match party {
        Party::Candidate => Reader::Candidate,
        Party::Coach => Reader::Coach(coach.clone()),
        Party::Board => return Err(Refused::Unknown),
    };
    let (mut reading, ground) = ground(store, &shown.wave.id).await?;
    let own = Days {
        placed: &|it| it.candidate == candidate && (party == Party::Candidate || it.coach == coach),
        asked: &|it| it.candidate == candidate && it.party == party && (party == Party::Candidate || it.about.coach == coach),
    };
    let moments = moments(&mut reading, store, &ground, &own).await?;
    Ok(Agenda { reader, moments, at: store.clock().now() })
}

/// The days of whoever has a link to what was published.
async fn by_place_link(store: &Store, told: &str) -> Result<Agenda, Refused> {
    let wave = places::found(&mut store.read(), told, store.clock()).await?.ok_or(Refused::Unknown)?.wave.id;
    let (mut reading, ground) = ground(store, &wave).await?;
    let Own { party, who, .. } = places::found(&mut reading, told, store.clock()).await?.ok_or(Refused::Unknown)?;
    let candidate = party == Party::Candidate;
    let own = Days { placed: &|it| if candidate { it.candidate == who } else { it.coach == who }, asked: &|_| false };
    let moments = moments(&mut reading, store, &ground, &own).await?;
    let reader = if candidate { Reader::Candidate } else { Reader::Coach(who.clone()) };
    Ok(Agenda { reader, moments, at: store.clock().now() })
}

async fn moments(reading: &mut Session, store: &Store, ground: &Ground, own: &Days<'_>) -> Result<Vec<Moment>, Error> {
    let today = store.clock().today();
    let mut all = Vec::new();
    let people: BTreeSet<&String> = ground.placed.keys().chain(ground.withdrawn.keys()).collect();
    for candidate in people {
        all.extend(begins(ground, candidate, own));
    }
    for answer in ground.answers.iter().filter(|it| (own.asked)(it)) {
        let place = ground.cases.get(&answer.candidate).map(|it| &it.placing.place);
        let open =
            place.is_some_and(|place| matches!(stance(answer.party, place, Some(answer.known()), today), Stance::Asked | Stance::Late));
        all.push(Moment {
            wave: ground.wave.id.clone(),
            wave_name: ground.wave.name.clone(),
            candidate: answer.candidate.clone(),
            what: What::ReplyBy(answer.party),
            day: day(&answer.by)?,
            until: None,
            school: answer.about.school.clone(),
            bouw: answer.about.bouw.clone(),
            sequence: answer.version,
            cancelled: !open,
        });
    }
    let schools: Vec<&str> = all.iter().map(|it| it.school.as_str()).collect();
    let names: BTreeMap<String, String> = reading.schools_named(&schools).await?;
    for it in &mut all {
        it.school = called(&names, &it.school);
    }
    Ok(all)
}

/// The first day of a candidate's placement as this reader has it; off when it was withdrawn before it began and nothing came instead.
fn begins(ground: &Ground, candidate: &str, own: &Days<'_>) -> Option<Moment> {
    let none = Vec::new();
    let (placed, withdrawn) = (ground.placed.get(candidate).unwrap_or(&none), ground.withdrawn.get(candidate).unwrap_or(&none));
    let mut there = placed.iter().filter(|it| (own.placed)(it));
    let (first, cancelled) = match there.next() {
        Some(first) => (first, false),
        None => (withdrawn.iter().rfind(|it| (own.placed)(it))?, true),
    };
    let last = there.next_back().unwrap_or(first);
    // Each of these only ever grows: the wave with every change of its plan, the others with what is done to this placement.
    let done = withdrawn.len() + placed.iter().filter(|it| it.ended.is_some()).count();
    Some(Moment {
        wave: ground.wave.id.clone(),
        wave_name: ground.wave.name.clone(),
        candidate: candidate.to_owned(),
        what: What::Begins,
        day: first.period.from,
        until: Some(last.period.until),
        school: first.school.clone(),
        bouw: first.bouw.clone(),
        sequence: ground.wave.version.saturating_add(i64::try_from(done).unwrap_or(i64::MAX)),
        cancelled,
    })
}
