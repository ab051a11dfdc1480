//! Candidates whom a published wave left without a place go on to the next one, once; the round that they waited was counted when their
//! wave was published.

use std::collections::BTreeSet;

use loket_instances::matching::wave_file::WaveFile;

use super::privacy::limited;
use super::register::sources;
use super::waves::begun;
use super::{Asked, Refused, aside};
use crate::desk::agreements;
use crate::desk::plan::Plan;
use crate::desk::prefill::{Sources, Wanted, candidate, file};
use crate::desk::room::Period;
use crate::desk::sound::Sound;
use crate::records::carry::{Carried, StayReason, Stayed, Went};
use crate::records::deed::{Deed, RegisterDeed};
use crate::records::register::{Kind, Row, Standing};
use crate::records::wave::{Life, Wave};
use crate::store::{Change, Error, Store};
use loket_solver::matching::facts::words::Word;

/// Where candidates go on to.
#[derive(Clone, Debug)]
pub enum To {
    /// A wave that is there.
    Wave(String),
    /// A wave that is made from the register for them.
    New(Box<Wanted>),
}

/// Carries everybody over whom a published wave left without a place. Asked again, whoever went does not go twice.
pub async fn carry(store: &Store, asked: &Asked, from: &str, to: To, held_months: u32) -> Result<Carried, Refused> {
    let mut reading = store.read();
    let wave = reading.wave(from).await?.ok_or(Refused::Unknown)?;
    if let Some(done) = reading.deed::<Carried>(asked.key()).await? {
        return Ok(done);
    }
    if wave.life < Life::Vastgesteld {
        return Err(Refused::NotNow(format!("Een lichting die {} is, heeft nog niemand over; stel haar eerst vast.", wave.life.code())));
    }
    let run = wave.current.as_ref().ok_or_else(|| Error::Corrupt("een vastgestelde lichting zonder plan".into()))?;
    let outcome = reading.result(run).await?.ok_or_else(|| Error::Corrupt("een vastgestelde lichting zonder plan".into()))?;
    let plan = aside(move || Plan::read(&outcome)).await??;
    let left: Vec<String> = plan.unplaced.into_iter().map(|it| it.candidate).collect();
    match to {
        To::Wave(id) if id == from => {
            Err(Refused::wrong("grens", "/naar", "dit is de lichting waar zij vandaan komen", "kies de volgende lichting"))
        }
        To::Wave(id) => into(store, asked, from, &left, &id, held_months).await,
        To::New(wanted) => into_new(store, asked, from, &left, *wanted, held_months).await,
    }
}

/// How many a published plan left without a place and who did not go on yet.
///
/// # Errors
/// When what was kept cannot be read.
pub async fn left(store: &Store, wave: &str) -> Result<usize, Refused> {
    let mut reading = store.read();
    let known = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let Some(run) = known.current.filter(|_| known.life >= Life::Vastgesteld) else { return Ok(0) };
    let Some(outcome) = reading.result(&run).await? else { return Ok(0) };
    let went = reading.carried_from(wave).await?;
    let plan = aside(move || Plan::read(&outcome)).await??;
    Ok(plan.unplaced.iter().filter(|it| !went.contains_key(&it.candidate)).count())
}

/// Who goes, as rows of the register, and who does not. `there` are those who are in the wave already.
async fn sorted(
    change: &mut Change,
    asked: &Asked,
    from: &str,
    left: &[String],
    there: &BTreeSet<String>,
) -> Result<(Vec<Row>, Vec<Stayed>), Error> {
    let before = change.carried_from(from).await?;
    let today = change.clock().today();
    let limited = limited(change, today).await?;
    let (mut going, mut stayed) = (Vec::new(), Vec::new());
    for id in left {
        let row = change.register_row(Kind::Candidate, asked.caller.scope(), id).await?;
        let reason = match &row {
            None => Some(StayReason::Onbekend),
            Some(row) if row.standing == Some(Standing::Gestopt) => Some(StayReason::Gestopt),
            Some(row) if row.standing == Some(Standing::Geplaatst) => Some(StayReason::Geplaatst),
            Some(_) if limited.has(Kind::Candidate, id) => Some(StayReason::Beperkt),
            Some(_) if there.contains(id) => Some(StayReason::DoetAlMee),
            Some(_) if before.contains_key(id) => Some(StayReason::AlOvergedragen),
            Some(_) => None,
        };
        match (row, reason) {
            (Some(row), None) => going.push(row),
            (_, reason) => {
                stayed.push(Stayed { candidate: id.clone(), reason: reason.unwrap_or(StayReason::Onbekend), to: before.get(id).cloned() })
            }
        }
    }
    Ok((going, stayed))
}

/// Notes who went, each with a line in the log.
async fn noted(change: &mut Change, asked: &Asked, from: &str, to: &str, going: &[Row]) -> Result<Vec<Went>, Error> {
    for row in going {
        change.carry(from, &row.id, to, asked.caller.who()).await?;
        change.log(&asked.caller, from, &RegisterDeed::CarriedOver { to, candidate: &row.id }.into()).await?;
    }
    Ok(going.iter().map(|row| Went { candidate: row.id.clone(), waited: row.number("wachtrondes").unwrap_or(0) }).collect())
}

/// Into the file of a wave that is there and not published.
async fn into(store: &Store, asked: &Asked, from: &str, left: &[String], to: &str, held_months: u32) -> Result<Carried, Refused> {
    let unknown = || Refused::wrong("onbekende-verwijzing", "/naar", "deze lichting is er niet", "kies de id van een lichting");
    let target = store.read().wave(to).await?.ok_or_else(unknown)?;
    if target.life >= Life::Vastgesteld {
        return Err(Refused::NotNow(format!("In een lichting die {} is, komt niemand meer bij op deze manier.", target.life.code())));
    }
    let bytes = store.read().input(&target.input).await?.ok_or(Refused::Unknown)?;
    let period = period(&target)?;
    let sources = sources(store, asked, period, held_months).await?;
    let mut written = aside(move || WaveFile::read(&bytes)).await?.map_err(|refusal| Error::unreadable("een lichting", &refusal))?;
    let there: BTreeSet<String> = written.candidates.iter().map(|row| row.id.clone()).collect();
    let mut change = store.change().await?;
    let (going, stayed) = sorted(&mut change, asked, from, left, &there).await?;
    if going.is_empty() {
        return Ok(Carried { to: None, went: Vec::new(), stayed });
    }
    drop(change);
    let ids: BTreeSet<String> = going.iter().map(|row| row.id.clone()).collect();
    written.candidates.extend(rows(&ids, &sources));
    agreements::add(&mut written, &sources, Some(&ids));
    let sound = aside(move || Sound::of(written)).await?.map_err(Refused::Invalid)?;
    let mut change = store.change().await?;
    let mut now = change.wave(to).await?.ok_or(Refused::Unknown)?;
    let (again, stayed) = sorted(&mut change, asked, from, left, &there).await?;
    if now.input != target.input || now.life != target.life || again != going {
        return Err(Refused::not_now("De lichting of het register veranderde intussen; probeer het opnieuw."));
    }
    let input = change.keep_input(&sound.bytes).await?;
    change.log(&asked.caller, to, &Deed::WaveChanged { was: &now.input, input: &input }).await?;
    now.input = input;
    change.put_wave(&mut now).await?;
    finished(change, asked, from, to, (going, stayed)).await
}

/// Into a wave that is made from the register for them.
async fn into_new(
    store: &Store,
    asked: &Asked,
    from: &str,
    left: &[String],
    mut wanted: Wanted,
    held_months: u32,
) -> Result<Carried, Refused> {
    let mut change = store.change().await?;
    let (going, stayed) = sorted(&mut change, asked, from, left, &BTreeSet::new()).await?;
    drop(change);
    if going.is_empty() {
        return Ok(Carried { to: None, went: Vec::new(), stayed });
    }
    let (period, to) = (wanted.period, wanted.id.clone());
    let sources = sources(store, asked, period, held_months).await?;
    wanted.candidates = Some(going.iter().map(|row| row.id.clone()).collect());
    let made = aside(move || file(&wanted, &sources).map(Sound::of)).await?;
    let changed = || Refused::not_now("Het register veranderde intussen; probeer het opnieuw.");
    let sound = made.map_err(|_| changed())?.map_err(Refused::Invalid)?;
    let (mut change, _, new) = begun(store, asked, &sound, (&period.from.to_string(), &period.until.to_string())).await?;
    let (again, stayed) = sorted(&mut change, asked, from, left, &BTreeSet::new()).await?;
    if !new || again != going {
        return Err(changed());
    }
    finished(change, asked, from, &to, (going, stayed)).await
}

async fn finished(
    mut change: Change,
    asked: &Asked,
    from: &str,
    to: &str,
    (going, stayed): (Vec<Row>, Vec<Stayed>),
) -> Result<Carried, Refused> {
    let went = noted(&mut change, asked, from, to, &going).await?;
    let carried = Carried { to: Some(to.to_owned()), went, stayed };
    change.note_deed(asked.key(), &carried).await?;
    change.commit().await?;
    Ok(carried)
}

/// These candidates as a wave file has them.
fn rows(ids: &BTreeSet<String>, from: &Sources) -> Vec<loket_instances::matching::rows::CandidateRow> {
    let these = from.candidates.iter().filter(|(row, _)| ids.contains(&row.id));
    these.map(|(row, _)| candidate(row, from)).collect()
}

fn period(wave: &Wave) -> Result<Period, Error> {
    Period::read(Some(&wave.from), Some(&wave.until)).ok_or_else(|| Error::Corrupt("de periode van een lichting".into()))
}
