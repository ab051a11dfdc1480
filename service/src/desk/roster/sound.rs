//! A roster file as it was sent, read once: what it says, what is kept of it, and the names that are kept apart.

use loket_instances::matching::row::has_address;
use loket_instances::scheduling::apart::Person;
use loket_instances::scheduling::roster_file::{Loaded, RosterFile};
use loket_instances::strict::problem::{Notice, Refusal};
use loket_instances::strict::spot::Spot;

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
        let mut notices = file.build(&[])?.notices;
        addressed(&file.id)?;
        let people = file.apart();
        let silent = people.iter().filter(|it| it.note.is_some()).count();
        if silent > 0 {
            let text = format!(
                "de toelichting bij {} is niet bewaard: wat over mensen gezegd wordt, hoort niet in een rooster",
                people_of(silent)
            );
            notices.push(Notice { code: "toelichting-weg", pointer: String::new(), text });
        }
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

fn people_of(count: usize) -> String {
    if count == 1 { "1 mens".into() } else { format!("{count} mensen") }
}

/// The id is a part of the address of its page.
fn addressed(id: &str) -> Result<(), Refusal> {
    if has_address(id) {
        return Ok(());
    }
    Err(Refusal::one("id", &Spot::default().key("id"), format!("de id \"{id}\" kan niet in een adres staan"), "kies een andere id"))
}
