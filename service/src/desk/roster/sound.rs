//! A roster file as it was sent, read once: what it says, what is kept of it, and the names that are kept apart.

use loket_instances::scheduling::apart::Person;
use loket_instances::scheduling::roster_file::{Loaded, RosterFile};
use loket_instances::strict::problem::Refusal;

/// A roster file without names, and what was taken out.
#[derive(Clone, Debug)]
pub struct Sound {
    /// What it says.
    pub loaded: Loaded,
    /// The file as it is kept.
    pub bytes: Vec<u8>,
    /// Names and free text.
    pub people: Vec<Person>,
}

impl Sound {
    /// Takes the names out of a file that was read, and builds its roster. It may be large: not on the runtime's own threads.
    ///
    /// # Errors
    /// Every problem of the file at once.
    pub fn of(mut file: RosterFile) -> Result<Self, Refusal> {
        // As it was sent, so that what is wrong is told of what was sent.
        let notices = file.build(&[])?.notices;
        let people = file.apart();
        let bytes = file.write();
        let mut loaded = file.build(&bytes)?;
        loaded.notices = notices;
        Ok(Self { loaded, bytes, people })
    }

    /// Reads a roster file as it was sent.
    ///
    /// # Errors
    /// Every problem of the file at once.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        Self::of(RosterFile::read(bytes)?)
    }
}
