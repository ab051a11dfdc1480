//! What goes out on paper and in calendars: letters, printed lists and days. Everything is made of what is kept when somebody asks, and
//! nothing of it is kept.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::answers::{self, Case};
use super::{Asked, Refused};
use crate::access::Scope;
use crate::records::answer::Answer;
use crate::records::placement::Placed;
use crate::records::register::Kind;
use crate::records::wave::{Life, Wave};
use crate::store::{Error, Session, Store};

pub mod agenda;
pub mod letters;
pub mod lists;
pub mod own;

/// Everything of one wave that a paper may be about.
struct Ground {
    wave: Wave,
    /// The placements of the plan that counts, with what was asked and said.
    cases: BTreeMap<String, Case>,
    /// Published placements by candidate, the first one first.
    placed: BTreeMap<String, Vec<Placed>>,
    /// Those that were withdrawn before they began.
    withdrawn: BTreeMap<String, Vec<Placed>>,
    /// Everything that was asked and said.
    answers: Vec<Answer>,
}

impl Ground {
    /// Whether its plan is published.
    fn published(&self) -> bool {
        self.wave.life >= Life::Vastgesteld
    }

    /// The placement that a candidate has now; nothing when it ended before its time.
    fn now(&self, candidate: &str) -> Option<&Placed> {
        self.placed.get(candidate)?.last().filter(|it| it.ended.is_none())
    }
}

/// Reads everything of a wave at one moment.
async fn ground(store: &Store, id: &str) -> Result<(Session, Ground), Refused> {
    let known = store.read().wave(id).await?.ok_or(Refused::Unknown)?;
    if known.current.is_some() && known.life != Life::Gesloten {
        // What its placements are about is written down, where that is still to be done.
        match answers::ground(store, id).await {
            Ok(()) | Err(Refused::NotNow(_)) => {}
            Err(refused) => return Err(refused),
        }
    }
    let today = store.clock().today();
    let mut reading = store.snapshot().await?;
    let wave = reading.wave(id).await?.ok_or(Refused::Unknown)?;
    let found = read(&mut reading, wave, today).await?;
    Ok((reading, found))
}

async fn read(reading: &mut Session, wave: Wave, today: Date) -> Result<Ground, Error> {
    let cases = match &wave.current {
        Some(run) => answers::cases_in(reading, &wave, &run.clone(), today).await?,
        None => Vec::new(),
    };
    let mut placed: BTreeMap<String, Vec<Placed>> = BTreeMap::new();
    for it in reading.placements(&wave.id, 0, i64::from(u32::MAX)).await?.0 {
        placed.entry(it.candidate.clone()).or_default().push(it);
    }
    let mut withdrawn: BTreeMap<String, Vec<Placed>> = BTreeMap::new();
    for it in reading.withdrawn_placements_in(&wave.id).await? {
        withdrawn.entry(it.candidate.clone()).or_default().push(it);
    }
    let answers = reading.answers(&wave.id).await?;
    let cases = cases.into_iter().map(|it| (it.placing.candidate.clone(), it)).collect();
    Ok(Ground { wave, cases, placed, withdrawn, answers })
}

/// Names by id: of the schools and boards within a scope, and of people, of whom each row says whether its reader may be told.
pub(super) struct Names {
    pub(super) candidates: BTreeMap<String, String>,
    pub(super) coaches: BTreeMap<String, String>,
    pub(super) schools: BTreeMap<String, String>,
    pub(super) boards: BTreeMap<String, String>,
}

impl Names {
    pub(super) async fn all(reading: &mut Session, scope: &Scope) -> Result<Self, Error> {
        Ok(Self {
            candidates: reading.names(Kind::Candidate).await?,
            coaches: reading.names(Kind::Coach).await?,
            schools: reading.names_of(Kind::School, scope).await?,
            boards: reading.names_of(Kind::Board, scope).await?,
        })
    }
}

/// A name, or the id where there is none.
fn called(names: &BTreeMap<String, String>, id: &str) -> String {
    names.get(id).cloned().unwrap_or_else(|| id.to_owned())
}

/// A kept day.
fn day(text: &str) -> Result<Date, Error> {
    text.parse().map_err(|_| Error::Corrupt("een dag".into()))
}

/// The caller's scope over a coach.
async fn coach(store: &Store, asked: &Asked, id: &str) -> Result<Scope, Refused> {
    Ok(super::coaching::coach(&mut store.read(), asked, id).await?.0)
}
