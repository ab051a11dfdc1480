//! Where somebody was reviewing: the wave whose proposals they opened last, with who is next.

use super::list::listed;
use crate::actions::{Asked, Refused};
use crate::desk::review::list::{Narrowed, Section, State};
use crate::records::wave::Wave;
use crate::store::Store;

/// Most waves that are looked through for one with something left to do.
const FEW: i64 = 5;

/// A wave that somebody was reviewing.
#[derive(Clone, Debug)]
pub struct Resumed {
    /// The wave.
    pub wave: Wave,
    /// How many people its plan is about.
    pub all: usize,
    /// About how many was decided.
    pub done: usize,
    /// Who is next, by id and name.
    pub next: (String, String),
    /// How many of those who are left ask for more attention than an ordinary proposal.
    pub attention: usize,
}

/// The wave under review in which this caller opened a proposal last, of those that have somebody left to decide about.
///
/// # Errors
/// When the store could not do it.
pub async fn resumed(store: &Store, asked: &Asked) -> Result<Option<Resumed>, Refused> {
    let waves = store.read().waves_opened_by(asked.caller.who(), FEW).await?;
    for wave in waves {
        let Some(it) = listed(store, asked, &wave, &Narrowed::default(), None).await? else { continue };
        let Some(first) = it.everybody.iter().find(|row| row.state == State::ToDo) else { continue };
        let next = (first.candidate.clone(), it.names.candidate(&first.candidate).to_owned());
        let (done, attention) = (it.counts.done(), it.counts.of(Section::Attention).0);
        return Ok(Some(Resumed { all: it.counts.all, done, next, attention, wave: it.wave }));
    }
    Ok(None)
}
