//! Prices for what is scarce, from waves that a person chooses: proposed and shown, and put in a draft; never computed in silence.

use loket_instances::matching::read::{Names, read_wave};
use loket_solver::matching::facts::policy::Saving;

use super::policies::{self, Drafted, row};
use super::trials::{of, past};
use super::{Asked, Caller, Refused, Turn, problem};
use crate::desk::named::apart;
use crate::desk::saving::{proposed, with_prices};
use crate::records::policy::{Named, Policy};
use crate::records::register::Kind;
use crate::store::Store;

/// The prices that these waves come to, for a policy of their phase.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such policy; [`Refused::Invalid`] with everything that is wrong with the choice of waves.
pub async fn propose(store: &Store, named: &Named, waves: &[String]) -> Result<Saving, Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let policy = reading.policy(named).await?.ok_or(Refused::Unknown)?;
    let mut wrong = Vec::new();
    let files = past(&mut reading, &policy, waves, &mut wrong).await?;
    drop(reading);
    if !wrong.is_empty() {
        return Err(Refused::from(wrong));
    }
    let made = move || {
        let (mut all, mut wrong) = (Vec::new(), Vec::new());
        for (place, (wave, bytes)) in files {
            match read_wave(&bytes) {
                Ok(loaded) => all.push(loaded),
                Err(refusal) => wrong.extend(refusal.problems.into_iter().map(|it| of(&place, &wave, it))),
            }
        }
        if wrong.is_empty() { Ok(proposed(&all)) } else { Err(wrong) }
    };
    turn.aside(made).await?.map_err(Refused::from)
}

/// Drafts the next number of a policy, with the prices that these waves come to and a goal that counts them.
///
/// # Errors
/// As [`propose`]; and when nothing has a price.
pub async fn draft(store: &Store, asked: &Asked, named: &Named, waves: &[String]) -> Result<Policy, Refused> {
    let found = propose(store, named, waves).await?;
    if found == Saving::default() {
        let what = "in deze lichtingen was niets schaars, dus er is niets te bewaren";
        return Err(Refused::from(vec![problem("leeg", "/lichtingen", what, "kies andere lichtingen")]));
    }
    let policy = store.read().policy(named).await?.ok_or(Refused::Unknown)?;
    let with = with_prices(&row(&policy)?, policy.phase, &found);
    policies::draft(store, asked, &named.name, Drafted { phase: policy.phase, policy: with }).await
}

/// Names of schools and coaches, for whoever reads prices: of all, for a policy speaks about all, also to a beheerder, who has no schools.
///
/// # Errors
/// When the store cannot.
pub async fn names(store: &Store) -> Result<Names, Refused> {
    let mut reading = store.read();
    let schools = apart(reading.names_of(Kind::School, Caller::machine("beleid").scope()).await?);
    Ok(Names { schools, coaches: apart(reading.names(Kind::Coach).await?), ..Names::default() })
}
