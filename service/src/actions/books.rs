//! What the workbooks and lists of a run and of a wave are made of; what they show follows from who gets them.

use std::collections::BTreeMap;

use super::Refused;
use super::answers::{self, Case};
use crate::desk::room::Period;
use crate::records::decision::Decided;
use crate::records::run::Run;
use crate::records::wave::{Life, Wave};
use crate::store::Store;

/// Everything about a run that ended with a plan.
#[derive(Clone, Debug)]
pub struct RunBook {
    /// The file that was solved.
    pub file: Vec<u8>,
    /// What came of it.
    pub outcome: Vec<u8>,
    /// What was decided in the wave.
    pub decided: Vec<Decided>,
    /// What was explained about candidates, in sentences.
    pub explained: Vec<(String, Vec<String>)>,
    /// The placements with what was answered; none when another plan counts.
    pub cases: Vec<Case>,
}

/// What the workbook of a run is made of; nothing when it has no plan.
///
/// # Errors
/// When the store could not do it.
pub async fn of_run(store: &Store, run: &Run) -> Result<Option<RunBook>, Refused> {
    let wave = store.read().wave(&run.wave).await?;
    let counts = wave.is_some_and(|it| it.current.as_deref() == Some(run.job.id.as_str()));
    let cases = if counts { answers::cases(store, &run.wave).await? } else { Vec::new() };
    let mut reading = store.read();
    if !run.planned() {
        return Ok(None);
    }
    let Some(outcome) = reading.result(&run.job.id).await? else { return Ok(None) };
    let file = reading.input(&run.input).await?.ok_or(Refused::Unknown)?;
    let decided = reading.decisions(&run.wave).await?;
    let explained = reading.explained(&run.job.id).await?;
    Ok(Some(RunBook { file, outcome, decided, explained, cases }))
}

/// The placements of the plan of a wave that counts.
#[derive(Clone, Debug)]
pub struct WaveLists {
    /// The wave.
    pub wave: Wave,
    /// Its placements.
    pub cases: Vec<Case>,
    /// Days of those that were published, by candidate; who is not here has those of the wave.
    pub periods: BTreeMap<String, Period>,
}

impl WaveLists {
    /// Whether its placements were published.
    pub fn published(&self) -> bool {
        self.wave.life >= Life::Vastgesteld
    }
}

/// What the lists of a wave are made of.
///
/// # Errors
/// When there is no such wave, or no plan of it yet.
pub async fn of_wave(store: &Store, id: &str) -> Result<WaveLists, Refused> {
    let wave = store.read().wave(id).await?.ok_or(Refused::Unknown)?;
    if wave.current.is_none() {
        return Err(Refused::not_now("Er is nog geen voorstel, dus er zijn nog geen lijsten; vraag eerst een berekening."));
    }
    let cases = answers::cases(store, id).await?;
    // The last one of each candidate comes last.
    let placed = store.read().placements(id, 0, i64::from(u32::MAX)).await?.0;
    let periods = placed.into_iter().map(|it| (it.candidate, it.period)).collect();
    Ok(WaveLists { wave, cases, periods })
}
