//! The three answers about each placement: what is asked and said, worked out against the plan that counts. Nobody changes a placement
//! by an answer; a no forbids, and the next run obeys.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Refused, aside};
use crate::access::{Caller, Role};
use crate::desk::asking::{Party, Stance, stance};
use crate::desk::life::{self, Stage};
use crate::desk::placing::{Placing, placings};
use crate::records::answer::Answer;
use crate::records::placement::Placed;
use crate::records::wave::{Life, Wave};
use crate::store::{Change, Session, Store};
use loket_solver::matching::facts::words::Word;

pub mod asking;
pub mod giving;
pub mod links;
pub mod naming;
pub mod overview;
pub mod own;
pub mod places;

/// One placement of the plan that counts, with everything that was asked and said about it.
#[derive(Clone, Debug)]
pub struct Case {
    /// What it is about.
    pub placing: Placing,
    /// Whether somebody decided about it as it stands or otherwise.
    pub reviewed: bool,
    /// Where it is in its life.
    pub stage: Stage,
    /// How far each answer is, in the order of the parties.
    pub stances: [Stance; 3],
    /// What is kept of each answer, when it is about this placement.
    pub answers: [Option<Answer>; 3],
}

impl Case {
    /// How far the answer of a party is.
    pub fn stance(&self, party: Party) -> Stance {
        let at = Party::ALL.iter().position(|it| *it == party).unwrap_or_default();
        self.stances.get(at).copied().unwrap_or(Stance::NotAsked)
    }

    /// What is kept of the answer of a party.
    pub fn answer(&self, party: Party) -> Option<&Answer> {
        self.answers.iter().flatten().find(|it| it.party == party)
    }

    /// Whether it is under way: agreed to or further, and not ended.
    pub fn goes(&self) -> bool {
        !matches!(self.stage, Stage::Voorgesteld | Stage::Geeindigd)
    }
}

/// Placements can be asked about while a plan is under review and after it was published, until the wave is closed.
fn open(wave: &Wave) -> bool {
    wave.life.under_review() || wave.life == Life::Vastgesteld
}

/// A wave whose placements can be asked about, and the run whose plan counts.
fn current<N>(wave: Option<Wave>) -> Result<(Wave, String), Refused<N>> {
    let wave = wave.ok_or(Refused::Unknown)?;
    match wave.current.clone() {
        Some(run) if open(&wave) => Ok((wave, run)),
        _ => {
            let life = wave.life.code();
            Err(Refused::NotNow(format!(
                "Over een lichting die {life} is, wordt nu niets gevraagd: er is geen voorstel, of zij is voorbij."
            )))
        }
    }
}

/// Writes down what the placements of the plan that counts are about, where it is not there yet.
///
/// # Errors
/// When there is no such wave or plan, or what was kept cannot be read.
pub async fn ground(store: &Store, wave: &str) -> Result<(), Refused> {
    let mut reading = store.read();
    let (wave, run) = current(reading.wave(wave).await?)?;
    if reading.placings_known(&run).await? {
        return Ok(());
    }
    let it = reading.run(&run).await?.ok_or(Refused::Unknown)?;
    let file = reading.input(&it.input).await?.ok_or(Refused::Unknown)?;
    let outcome = reading.result(&run).await?.ok_or(Refused::Unknown)?;
    let all = aside(move || placings(&file, &outcome)).await??;
    let mut change = store.change().await?;
    change.keep_placings(&wave.id, &run, &all).await?;
    Ok(change.commit().await?)
}

/// Every wave whose placements can be asked about, by id; what they are about is written down.
///
/// # Errors
/// When the store could not do it.
pub(super) async fn ground_all(store: &Store) -> Result<BTreeMap<String, Wave>, Refused> {
    let mut reading = store.read();
    let (live, written) = (reading.live_waves().await?, reading.placings_written().await?);
    let mut waves = BTreeMap::new();
    for wave in live.into_iter().filter(open) {
        let Some(run) = &wave.current else { continue };
        if !written.contains(run) {
            ground(store, &wave.id).await?;
        }
        waves.insert(wave.id.clone(), wave);
    }
    Ok(waves)
}

/// A change in which what the placements of the plan that counts are about is written down: with the wave and the run.
async fn grounded<N>(store: &Store, wave: &str, nothing: impl Fn() -> N) -> Result<(Change, Wave, String), Refused<N>> {
    for _ in 0..5 {
        ground(store, wave).await.map_err(|refused| refused.with_now(|()| nothing()))?;
        let mut change = store.change().await?;
        let (wave, run) = current(change.wave(wave).await?)?;
        if change.placings_known(&run).await? {
            return Ok((change, wave, run));
        }
        // Another plan came in this very moment.
    }
    Err(super::Busy::Said("Het voorstel verandert nu te vaak; probeer het zo weer.").into())
}

/// Every placement of the plan that counts, by candidate; none for a wave without a plan.
///
/// # Errors
/// When there is no such wave, or the store could not do it.
pub async fn cases(store: &Store, wave: &str) -> Result<Vec<Case>, Refused> {
    let known = store.read().wave(wave).await?.ok_or(Refused::Unknown)?;
    if known.current.is_none() {
        return Ok(Vec::new());
    }
    if open(&known) {
        ground(store, wave).await?;
    }
    let today = store.clock().today();
    let mut reading = store.snapshot().await?;
    let known = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let Some(run) = known.current.clone() else { return Ok(Vec::new()) };
    Ok(cases_in(&mut reading, &known, &run, today).await?)
}

/// The same within what is being read or changed, of a run whose placements are written down.
pub(super) async fn cases_in(reading: &mut Session, wave: &Wave, run: &str, today: Date) -> Result<Vec<Case>, crate::store::Error> {
    let mut agreed: BTreeMap<String, crate::desk::decision::Decision> = reading.decided(&wave.id, &today.to_string()).await?;
    let mut kept: BTreeMap<String, Vec<Answer>> = BTreeMap::new();
    for answer in reading.answers(&wave.id).await? {
        kept.entry(answer.candidate.clone()).or_default().push(answer);
    }
    let mut placed: BTreeMap<String, Placed> = BTreeMap::new();
    if wave.life >= Life::Vastgesteld {
        // The last one of each candidate comes last.
        for it in reading.placements(&wave.id, 0, i64::from(u32::MAX)).await?.0 {
            placed.insert(it.candidate.clone(), it);
        }
    }
    let mut cases = Vec::new();
    for placing in reading.placings(run).await? {
        let decided = agreed.remove(&placing.candidate);
        let (answers, published) = (kept.remove(&placing.candidate).unwrap_or_default(), placed.remove(&placing.candidate));
        cases.push(case(placing, decided.as_ref(), answers, published.as_ref(), today));
    }
    Ok(cases)
}

fn case(
    placing: Placing,
    decided: Option<&crate::desk::decision::Decision>,
    kept: Vec<Answer>,
    published: Option<&Placed>,
    today: Date,
) -> Case {
    let place = &placing.place;
    let spot = crate::desk::decision::Spot { school: place.school.clone(), seat: place.seat.clone(), coach: place.coach.clone() };
    let mut answers: [Option<Answer>; 3] = [None, None, None];
    for answer in kept.into_iter().filter(|it| it.is_about(place)) {
        if let Some(slot) = Party::ALL.iter().position(|it| *it == answer.party).and_then(|at| answers.get_mut(at)) {
            *slot = Some(answer);
        }
    }
    let mut stances = [Stance::NotAsked; 3];
    for ((slot, party), answer) in stances.iter_mut().zip(Party::ALL).zip(&answers) {
        *slot = stance(*party, place, answer.as_ref().map(Answer::known), today);
    }
    let stage = match published {
        Some(it) => life::published(it.period, it.withdrawn.is_some(), today),
        None => life::proposed(decided.is_some_and(|it| it.kept_by(Some(&spot))), stances),
    };
    Case { reviewed: decided.is_some(), placing, stage, stances, answers }
}

/// Whose answer a caller gives: the party itself in its own account, or the intermediary for whatever party.
///
/// # Errors
/// When this is another's to answer: told as if it were not there.
fn whose<N>(caller: &Caller, party: Party, placing: &Placing) -> Result<Whose, Refused<N>> {
    let own = |ids: Option<&[String]>, id: &str| ids.is_some_and(|ids| ids.iter().any(|it| it == id));
    match (caller.role(), party) {
        (Role::Intermediair | Role::Systeem, _) => Ok(Whose::Noted),
        (Role::Bestuur, Party::Board) if own(caller.scope().boards(), &placing.place.board) => Ok(Whose::Own),
        (Role::Coach, Party::Coach) if own(caller.scope().coaches(), &placing.place.coach) => Ok(Whose::Own),
        _ => Err(Refused::Unknown),
    }
}

/// Who gives an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// The party itself, in its account.
    Own,
    /// The party itself, by a personal link.
    Link,
    /// The intermediary notes it.
    Noted,
}
