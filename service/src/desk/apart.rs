//! Takes names and free text about people out of a wave file: the solver and its outcomes know pseudonyms only.

use loket_instances::matching::apart::Person;
use loket_instances::matching::wave_file::WaveFile;
use loket_solver::matching::facts::words::Word;

use super::decision::Reason;

/// Takes names and free text out of a file, and gives them back. A reason that is a code of [`Reason`] says nothing about a person.
pub fn apart(file: &mut WaveFile) -> Vec<Person> {
    file.apart(|reason| Reason::parse(reason).is_some())
}
