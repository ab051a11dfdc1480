//! The list to review: everybody in the plan under review, with what was decided, who else is looking, and what can be undone.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::names::Names;
use super::sights::sight;
use crate::actions::undo::{self, Undo};
use crate::actions::{Asked, Refused};
use crate::desk::history::PRESENT;
use crate::desk::review::list::{Counts, Narrowed, Row, narrowed, rows};
use crate::desk::review::sight::Sight;
use crate::records::decision::Decided;
use crate::records::review::{Opened, Past};
use crate::records::run::Run;
use crate::records::wave::Wave;
use crate::store::Store;

/// A plan under review with everything that is known of deciding about it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The wave.
    pub wave: Wave,
    /// The run.
    pub run: Run,
    /// Its plan.
    pub sight: Arc<Sight>,
    /// The rows that are meant, sorted.
    pub rows: Vec<Row>,
    /// Everybody, in the order of attention.
    pub everybody: Vec<Row>,
    /// How many are where.
    pub counts: Counts,
    /// What was decided.
    pub decided: Vec<Decided>,
    /// Names.
    pub names: Names,
    /// Who else has a proposal open.
    pub looking: Vec<Opened>,
    /// What others decided last, the newest first.
    pub others: Vec<Past>,
    /// What the caller can undo.
    pub undo: Undo,
    /// How many decisions the plan does not have.
    pub behind: usize,
}

/// How long, in milliseconds, it is told that somebody else decided.
const JUST: i64 = 60_000;
/// Most of these.
const FEW: usize = 3;

/// The list; nothing where no plan was ever under review.
///
/// # Errors
/// When there is no such wave, or the store could not do it.
pub async fn listed(store: &Store, asked: &Asked, wave: &str, by: &Narrowed, search: Option<&str>) -> Result<Option<Listed>, Refused> {
    let known = store.read().wave(wave).await?.ok_or(Refused::Unknown)?;
    let Some(current) = known.current else { return Ok(None) };
    let run = store.read().run(&current).await?.ok_or(Refused::Unknown)?;
    let sight = sight(store, &run).await?;
    let undo = undo::look(store, asked, wave).await?;
    let (now, today) = (store.clock().now(), store.clock().today().to_string());
    let mut reading = store.snapshot().await?;
    let wave = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let decided = reading.decisions(&wave.id).await?;
    let names = Names::seen_by(&mut reading, &asked.caller).await?;
    let who = asked.caller.who();
    let mut looking = reading.open_since(&wave.id, now - PRESENT).await?;
    looking.retain(|it| it.who != who && it.run == current);
    let mut others = reading.past_since(&wave.id, (wave.decisions - 20).max(0), 200).await?;
    drop(reading);
    others.retain(|it| it.who != who && now - it.at <= JUST);
    others.reverse();
    others.truncate(FEW);
    let (everybody, counts) = rows(&sight, &decided, &today);
    let found: Option<BTreeSet<String>> = search.map(|text| {
        let text = text.to_lowercase();
        let meant = |id: &&Row| names.candidate(&id.candidate).to_lowercase().contains(&text) || id.candidate.to_lowercase() == text;
        everybody.iter().filter(meant).map(|row| row.candidate.clone()).collect()
    });
    let name = |id: &str| names.candidate(id).to_owned();
    let rows = narrowed(&sight, &everybody, by, found.as_ref(), name);
    let behind = decided.iter().filter(|it| it.lapsed.is_none() && it.version > run.decisions && !it.follows(&current)).count();
    Ok(Some(Listed { wave, run, sight, rows, everybody, counts, decided, names, looking, others, undo, behind }))
}
