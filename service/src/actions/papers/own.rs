//! What whoever has a personal link sees after publication: a candidate the own placement with its letter, or why there is none; a coach
//! the own people of the wave. Nobody else stands in it.

use std::collections::BTreeMap;

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::read::read_wave;

use super::letters::{Kept, Letters, frame, letter, place, unreadable, without};
use super::{Ground, Names, ground};
use crate::access::Caller;
use crate::actions::answers::places::{self, Own};
use crate::actions::{Refused, Turn};
use crate::desk::asking::Party;
use crate::desk::letters::{Facts, NoPlace};
use crate::records::letter::{Letter, News, Place};
use crate::records::placement::Placed;
use crate::records::register::Kind;
use crate::records::wave::Wave;
use crate::store::{Error, Session, Store};

/// One own placement.
#[derive(Clone, Debug)]
pub struct Mine {
    /// The placement.
    pub place: Place,
    /// For a coach: the candidate's name, where it is kept.
    pub candidate: Option<String>,
}

/// What a link shows.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The wave.
    pub wave: Wave,
    /// A candidate or a coach.
    pub party: Party,
    /// The own name, where it is kept.
    pub name: Option<String>,
    /// The own placements that are not over, the first one first.
    pub places: Vec<Mine>,
    /// Of a candidate without a placement: why.
    pub none: Option<NoPlace>,
    /// A candidate's letter, where there is one.
    pub letters: Option<Letters>,
}

/// What the holder of a link sees now.
///
/// # Errors
/// [`Refused::Unknown`] when the link does not count, whatever is the matter with it.
pub async fn shown(store: &Store, told: &str, contact: Option<String>) -> Result<Shown, Refused> {
    let wave = places::found(&mut store.read(), told, store.clock()).await?.ok_or(Refused::Unknown)?.wave.id;
    let turn = Turn::take().await?;
    let (mut reading, ground) = ground(store, &wave).await?;
    let own = places::found(&mut reading, told, store.clock()).await?.ok_or(Refused::Unknown)?;
    let names = names(&mut reading, &own).await?;
    let frame = frame(&mut reading, &own.wave, contact, store.clock().today()).await?;
    let run = own.wave.current.clone().ok_or(Refused::Unknown)?;
    let input = reading.run(&run).await?.ok_or(Refused::Unknown)?.input;
    let file = reading.input(&input).await?.ok_or(Refused::Unknown)?;
    let outcome = reading.result(&run).await?.ok_or(Refused::Unknown)?;
    let whys = reading.whys(&run).await?;
    drop(reading);
    let at = store.clock().now();
    let made = turn.aside(move || made(own, &ground, &names, (&file, &outcome, &whys))).await??;
    let Made { own, name, places, letter } = made.ok_or(Refused::Unknown)?;
    let none = letter.as_ref().and_then(|it| if let News::None(why) = &it.news { Some(why.clone()) } else { None });
    let letters = letter.map(|it| Letters { frame, letters: BTreeMap::from([(own.who.clone(), it)]), at });
    Ok(Shown { wave: own.wave, party: own.party, name, places, none, letters })
}

/// The own letter of a candidate.
///
/// # Errors
/// As [`shown`]; a coach has no letter.
pub async fn letter_by_link(store: &Store, told: &str, contact: Option<String>) -> Result<Letters, Refused> {
    shown(store, told, contact).await?.letters.ok_or(Refused::Unknown)
}

/// Names of what the own placements are about.
async fn names(reading: &mut Session, own: &Own) -> Result<Names, Error> {
    let (mut candidates, mut coaches) = (BTreeMap::new(), BTreeMap::new());
    let mut schools = BTreeMap::new();
    // What helps may name a board that is not the own one's.
    let mut boards = reading.names_of(Kind::Board, Caller::machine("koppeling").scope()).await?;
    for it in &own.placed {
        name(reading, Kind::School, &it.school, &mut schools).await?;
        name(reading, Kind::Coach, &it.coach, &mut coaches).await?;
        name(reading, Kind::Candidate, &it.candidate, &mut candidates).await?;
        if let Some(board) = reading.board_of(&it.school).await? {
            name(reading, Kind::Board, &board, &mut boards).await?;
        }
    }
    match own.party {
        Party::Candidate => name(reading, Kind::Candidate, &own.who, &mut candidates).await?,
        Party::Coach | Party::Board => name(reading, Kind::Coach, &own.who, &mut coaches).await?,
    }
    Ok(Names { candidates, coaches, schools, boards })
}

async fn name(reading: &mut Session, kind: Kind, id: &str, into: &mut BTreeMap<String, String>) -> Result<(), Error> {
    if let Some(name) = reading.name_of(kind, id).await? {
        into.insert(id.to_owned(), name);
    }
    Ok(())
}

/// What is made of a file and its outcome.
struct Made {
    own: Own,
    name: Option<String>,
    places: Vec<Mine>,
    letter: Option<Letter>,
}

/// Nothing for who has no placement and does not stand in the plan.
fn made(own: Own, ground: &Ground, names: &Names, (file, outcome, whys): (&[u8], &[u8], &[Kept])) -> Result<Option<Made>, Error> {
    let loaded = read_wave(file).map_err(|it| unreadable(&it))?;
    let facts = Facts::of(&loaded);
    let candidate = own.party == Party::Candidate;
    let one = |it: &Placed| {
        let case = ground.cases.get(&it.candidate);
        let place = place(it, case, names, &facts);
        if candidate {
            return Mine { place, candidate: None };
        }
        // How far the candidate travels and what the candidate likes is not the coach's to know.
        let same = case.map(|it| &it.placing).filter(|case| case.place.school == it.school && case.place.coach == it.coach);
        let place = Place { travel: same.map(|it| it.coach_travel), why: Vec::new(), ..place };
        Mine { place, candidate: names.candidates.get(&it.candidate).cloned() }
    };
    let places: Vec<Mine> = own.placed.iter().map(one).collect();
    if !candidate {
        return Ok(Some(Made { name: names.coaches.get(&own.who).cloned(), own, places, letter: None }));
    }
    let (name, case) = (names.candidates.get(&own.who).cloned(), ground.cases.get(&own.who));
    // The last one is the one that stays, unless it ends before its time.
    let last = own.placed.iter().zip(&places).next_back().filter(|(it, _)| it.ended.is_none()).map(|it| it.1.place.clone());
    let letter = match last {
        Some(place) => Some(letter(&own.who, News::Placed(place), case, names)),
        None if !places.is_empty() => None,
        None => {
            let outcome = read_outcome(outcome).map_err(|it| unreadable(&it))?;
            let Some(line) = outcome.unplaced.iter().find(|it| it.candidate == own.who) else { return Ok(None) };
            Some(letter(&own.who, News::None(without(line, whys, &facts, &names.boards)?), None, names))
        }
    };
    Ok(Some(Made { own, name, places, letter }))
}
