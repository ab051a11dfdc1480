//! A wave file as it was sent, read once: what it says, what is kept of it, and the names that are kept apart.

use loket_instances::matching::apart::Person;
use loket_instances::matching::read::Loaded;
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::strict::problem::Refusal;
use loket_instances::strict::spot::Spot;
use loket_solver::matching::facts::words::Word;

use crate::store::{Error, ids};

/// A wave file without names, and what was taken out.
#[derive(Clone, Debug)]
pub struct Sound {
    /// What it says.
    pub loaded: Loaded,
    /// The file as it is kept.
    pub bytes: Vec<u8>,
    /// Its rows.
    pub file: WaveFile,
    /// Names and free text.
    pub people: Vec<Person>,
}

impl Sound {
    /// Takes the names out of a file that was read, and builds its wave. It may be large: not on the runtime's own threads.
    ///
    /// # Errors
    /// Every problem of the file at once.
    pub fn of(mut file: WaveFile) -> Result<Self, Refusal> {
        fits(&file)?;
        let people = file.apart();
        let bytes = file.write();
        let loaded = file.build(&bytes)?;
        let wrong = file.without_address();
        if !wrong.is_empty() {
            return Err(Refusal { problems: wrong, more: 0, notices: loaded.notices });
        }
        Ok(Self { loaded, file, bytes, people })
    }

    /// Reads a wave file as it was sent.
    ///
    /// # Errors
    /// Every problem of the file at once.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        Self::of(WaveFile::read(bytes)?)
    }

    /// Code of its phase.
    pub fn phase(&self) -> &'static str {
        self.loaded.wave.phase.code()
    }
}

/// Most pairs of a traveller and a school in a wave of the service: each takes four bytes whenever the wave is built.
const PAIRS: usize = 40_000_000;

/// A wave takes the room of its travel times, however short its file is.
fn fits(file: &WaveFile) -> Result<(), Refusal> {
    let (travellers, schools) = (file.candidates.len() + file.coaches.len(), file.schools.len());
    if travellers.saturating_mul(schools) <= PAIRS {
        return Ok(());
    }
    let what = format!("{travellers} kandidaten en coaches en {schools} scholen geven te veel reistijden voor deze dienst");
    Err(Refusal::one(
        "te-veel",
        &Spot::default(),
        what,
        format!("splits de lichting: hooguit {PAIRS} paren van een reiziger en een school"),
    ))
}

/// The seed of a wave file as it is kept, and the file with that seed in it: drawn when it names none.
///
/// # Errors
/// When what was kept is no wave file.
pub fn seeded(bytes: &[u8]) -> Result<(i64, Vec<u8>), Error> {
    let mut file = WaveFile::read(bytes).map_err(|refusal| Error::unreadable("een lichting", &refusal))?;
    let seed = file.seed().unwrap_or_else(|| ids::random().iter().take(4).fold(0, |sum, &byte| sum << 8 | u64::from(byte)));
    file.set_seed(seed);
    Ok((i64::try_from(seed).unwrap_or(i64::MAX), file.write()))
}
