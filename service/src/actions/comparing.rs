//! What differs between the plans of two runs, by name.

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::{Loaded, Names, read_wave};
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::plan::Plan;

use super::{Asked, Refused, Turn};
use crate::present::rerun::between::{Sided, compare};
use crate::present::rerun::people::{Difference, difference};
use crate::records::register::Kind;
use crate::records::run::Run;
use crate::store::{Error, Session, Store};

/// Everybody and everything by name, as somebody with every row may see them.
///
/// # Errors
/// When the store could not do it.
pub(super) async fn names(reading: &mut Session, asked: &Asked) -> Result<Names, Error> {
    let scope = asked.caller.scope();
    let everybody = scope.boards().is_none();
    Ok(Names {
        boards: reading.names_of(Kind::Board, scope).await?,
        schools: reading.names_of(Kind::School, scope).await?,
        coaches: if everybody { reading.names(Kind::Coach).await? } else { Default::default() },
        candidates: if everybody { reading.names(Kind::Candidate).await? } else { Default::default() },
    })
}

/// What differs between the plans of two runs of one wave.
///
/// # Errors
/// That one of them has no plan, or that they cannot be compared.
pub async fn between(store: &Store, asked: &Asked, before: &Run, after: &Run) -> Result<Difference, Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let mut sides = Vec::new();
    for run in [before, after] {
        let none = || Refused::not_now("Een van deze berekeningen heeft (nog) geen plan.");
        if !run.planned() {
            return Err(none());
        }
        let file = reading.input(&run.input).await?.ok_or(Refused::Unknown)?;
        sides.push((file, reading.result(&run.job.id).await?.ok_or_else(none)?));
    }
    let names = names(&mut reading, asked).await?;
    drop(reading);
    let work = move || -> Result<Option<Difference>, Error> {
        let mut read = Vec::new();
        for (file, plan) in sides {
            read.push(side(&file, &plan, &names)?);
        }
        let [(old, was), (new, now)] = &read[..] else { return Ok(None) };
        let (old, new) = (Sided { loaded: old, plan: was }, Sided { loaded: new, plan: now });
        Ok(Some(compare(old, new, (Verdict::Feasible, Vec::new()), difference)))
    };
    turn.aside(work).await??.ok_or(Refused::Unknown)
}

/// A wave with its names, and its plan.
pub(super) fn side(file: &[u8], outcome: &[u8], names: &Names) -> Result<(Loaded, Plan), Error> {
    let wrong = |refusal: Refusal| Error::unreadable("een lichting of haar voorstel", &refusal);
    let mut loaded = read_wave(file).map_err(wrong)?;
    for (into, from) in [
        (&mut loaded.names.boards, &names.boards),
        (&mut loaded.names.schools, &names.schools),
        (&mut loaded.names.coaches, &names.coaches),
        (&mut loaded.names.candidates, &names.candidates),
    ] {
        for (id, name) in from {
            into.entry(id.clone()).or_insert_with(|| name.clone());
        }
    }
    let outcome = read_outcome(outcome).map_err(wrong)?;
    let plan = plan_of(&loaded.wave, &outcome).map_err(|wrong| Error::Corrupt(wrong.join("; ")))?;
    Ok((loaded, plan))
}
