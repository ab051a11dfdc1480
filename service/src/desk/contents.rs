//! What stands in the file of a wave, counted for whoever looks it through, and what changed since an earlier one.

use loket_instances::matching::wave_file::WaveFile;
use loket_instances::sheets::wave::difference::between;
pub use loket_instances::sheets::wave::difference::{Change, Changed};
use loket_solver::matching::facts::words::{Bouw, Phase, Transport};

/// How many candidates are shown as they were read.
const FIRST: usize = 5;

/// A candidate as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    /// The id.
    pub id: String,
    /// The name, when the file has it.
    pub name: Option<String>,
    /// The first choice first.
    pub bouwen: Vec<Bouw>,
    /// How the candidate travels.
    pub transport: Option<Transport>,
    /// Most minutes.
    pub travel: Option<u32>,
    /// How many rounds the candidate waits.
    pub waited: u32,
    /// Concepts that are wished.
    pub concepts: Vec<String>,
}

/// What stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// The id of the wave.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its phase.
    pub phase: Phase,
    /// How many candidates.
    pub candidates: usize,
    /// How many boards.
    pub boards: usize,
    /// How many schools.
    pub schools: usize,
    /// How many seats.
    pub seats: u64,
    /// How many coaches.
    pub coaches: usize,
    /// For how many candidates they have room.
    pub room: u64,
    /// How many candidates have their place, or a part of it, laid down.
    pub locks: usize,
    /// How many placements are forbidden.
    pub bans: usize,
    /// How many placements there were before.
    pub previous: usize,
    /// How many travel times are given.
    pub travel: usize,
    /// Whether the file has a policy of its own.
    pub own_policy: bool,
    /// The first candidates as they were read.
    pub first: Vec<First>,
}

impl Contents {
    /// What stands in this file.
    pub fn of(file: &WaveFile) -> Self {
        let first = file.candidates.iter().take(FIRST).map(|it| First {
            id: it.id.clone(),
            name: it.name.clone(),
            bouwen: it.bouwen.clone(),
            transport: it.transport,
            travel: it.max_travel,
            waited: it.waited.unwrap_or(0),
            concepts: it.concepts.clone().unwrap_or_default(),
        });
        Self {
            id: file.id.clone(),
            name: file.name.clone().unwrap_or_else(|| file.id.clone()),
            phase: file.phase,
            candidates: file.candidates.len(),
            boards: file.boards.len(),
            schools: file.schools.len(),
            seats: file.schools.iter().flat_map(|it| &it.seats).map(|it| u64::from(it.count)).sum(),
            coaches: file.coaches.len(),
            room: file.coaches.iter().map(|it| u64::from(it.maximum)).sum(),
            locks: file.locks.as_ref().map_or(0, Vec::len),
            bans: file.bans.as_ref().map_or(0, Vec::len),
            previous: file.previous.as_ref().map_or(0, Vec::len),
            travel: file.travel.as_ref().map_or(0, Vec::len),
            own_policy: file.policy.is_some(),
            first: first.collect(),
        }
    }
}

/// What changed since an earlier file, names and the seed aside: names are kept elsewhere, and a seed is drawn.
pub fn changes(before: &WaveFile, now: &WaveFile) -> Vec<Changed> {
    let plain = |file: &WaveFile| {
        let mut file = file.clone();
        file.candidates.iter_mut().for_each(|it| it.name = None);
        file.coaches.iter_mut().for_each(|it| it.name = None);
        if let Some(policy) = &mut file.policy {
            policy.seed = None;
        }
        file.policy = file.policy.take().filter(|it| *it != Default::default());
        file
    };
    between(&plain(before), &plain(now))
}
