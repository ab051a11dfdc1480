//! Policies: drafted by one person, approved by another; the file of a wave with a policy of its own brings a draft.

use loket_instances::matching::row::read_policy;
use loket_instances::matching::rows::PolicyRow;
use loket_instances::matching::wave_file::WaveFile;
use loket_solver::matching::facts::words::{Phase, Word};

use super::{Asked, Refused, aside, problem};
use crate::desk::policy::{Difference, content, differences, is_usual, of_wave, read_for, spare};
use crate::records::address::path;
use crate::records::deed::PolicyDeed;
use crate::records::policy::{By, Content, Named, Policy, PolicyState, Used};
use crate::records::setting::ONE_PERSON_TEAM;
use crate::records::wave::Wave;
use crate::store::policies::{digest, text};
use crate::store::{Change, Error, Session, Store};

/// A policy as somebody wants it.
#[derive(Clone, Debug)]
pub struct Drafted {
    /// For waves of this phase; `None` for every phase.
    pub phase: Option<Phase>,
    /// What it says.
    pub policy: PolicyRow,
}

/// Drafts a policy: the next number of its name.
pub async fn draft(store: &Store, asked: &Asked, name: &str, new: Drafted) -> Result<Policy, Refused> {
    let mut change = store.change().await?;
    if let Some(done) = change.deed::<Named>(asked.key()).await? {
        return change.policy(&done).await?.ok_or(Refused::Unknown);
    }
    let policy = add(&mut change, asked, (name, None), new.phase, content(Some(&new.policy))).await?;
    change.note_deed(asked.key(), &policy.named).await?;
    change.commit().await?;
    Ok(policy)
}

/// Adds a draft with the next number of a name, and its line in the log.
async fn add(
    change: &mut Change,
    asked: &Asked,
    (name, wave): (&str, Option<&str>),
    phase: Option<Phase>,
    content: Content,
) -> Result<Policy, Error> {
    let named = Named::new(name, change.next_policy_number(name).await?);
    let drafted = By { who: asked.caller.who().to_owned(), at: change.clock().now() };
    let (approved, changed, retired, wave_id) = (None, None, None, wave.map(str::to_owned));
    let policy =
        Policy { named, phase, state: PolicyState::Concept, content, wave: wave_id, drafted, changed, approved, retired, version: 1 };
    change.add_policy(&policy).await?;
    let deed = PolicyDeed::Drafted { content: &digest(&policy.content), wave };
    change.log(&asked.caller, &policy.named.text(), &deed.into()).await?;
    Ok(policy)
}

/// Puts something else in a draft that no wave and no run names yet. The same again changes nothing.
pub async fn change_draft(store: &Store, asked: &Asked, (named, version): (&Named, i64), new: Drafted) -> Result<Policy, Refused<Policy>> {
    let mut change = store.change().await?;
    let mut policy = current(&mut change, named, version).await?;
    if policy.state != PolicyState::Concept {
        return Err(Refused::NotNow(format!("Dit beleid is {}; maak een nieuw nummer met POST /v1/beleid.", policy.state.code())));
    }
    if change.policy_in_use(named).await? {
        let why =
            "Een lichting of een berekening noemt dit beleid, dus het blijft zoals het is; maak een nieuw nummer met POST /v1/beleid.";
        return Err(Refused::not_now(why));
    }
    let (was, said) = (digest(&policy.content), content(Some(&new.policy)));
    if (&policy.content, policy.phase) == (&said, new.phase) {
        return Ok(policy);
    }
    (policy.content, policy.phase) = (said, new.phase);
    policy.changed = Some(By { who: asked.caller.who().to_owned(), at: change.clock().now() });
    change.put_policy(&mut policy).await?;
    let deed = PolicyDeed::Changed { was: &was, content: &digest(&policy.content) };
    change.log(&asked.caller, &named.text(), &deed.into()).await?;
    change.commit().await?;
    Ok(policy)
}

/// Approves a draft as it was read: another person than who drafted it.
pub async fn approve(store: &Store, asked: &Asked, named: &Named, version: i64) -> Result<Policy, Refused<Policy>> {
    let mut change = store.change().await?;
    if change.deed::<()>(asked.key()).await?.is_some() {
        return change.policy(named).await?.ok_or(Refused::Unknown);
    }
    let mut policy = current(&mut change, named, version).await?;
    if policy.state != PolicyState::Concept {
        return Err(Refused::NotNow(format!("Dit beleid is al {}.", policy.state.code())));
    }
    let own = policy.is_work_of(asked.caller.who());
    // A team of one person has nobody else.
    if own && !change.setting(ONE_PERSON_TEAM).await? {
        return Err(Refused::not_now("Wie een beleid opstelde of veranderde, keurt het niet goed; vraag het een andere beheerder."));
    }
    policy.state = PolicyState::Goedgekeurd;
    policy.approved = Some(By { who: asked.caller.who().to_owned(), at: change.clock().now() });
    change.put_policy(&mut policy).await?;
    let content = digest(&policy.content);
    let deed = PolicyDeed::Approved { content: &content, drafted_by: &policy.drafted.who, own };
    change.log(&asked.caller, &named.text(), &deed.into()).await?;
    change.note_deed(asked.key(), &()).await?;
    change.commit().await?;
    Ok(policy)
}

/// Retires a policy: nothing new is published with it.
pub async fn retire(store: &Store, asked: &Asked, named: &Named, version: i64) -> Result<Policy, Refused<Policy>> {
    let mut change = store.change().await?;
    if change.deed::<()>(asked.key()).await?.is_some() {
        return change.policy(named).await?.ok_or(Refused::Unknown);
    }
    let mut policy = current(&mut change, named, version).await?;
    if policy.state == PolicyState::Ingetrokken {
        return Err(Refused::not_now("Dit beleid is al ingetrokken."));
    }
    if is_usual(&policy) {
        return Err(Refused::not_now("Dit is het beleid van elke lichting die er zelf geen noemt; het blijft."));
    }
    policy.state = PolicyState::Ingetrokken;
    policy.retired = Some(By { who: asked.caller.who().to_owned(), at: change.clock().now() });
    change.put_policy(&mut policy).await?;
    change.log(&asked.caller, &named.text(), &PolicyDeed::Retired {}.into()).await?;
    change.note_deed(asked.key(), &()).await?;
    change.commit().await?;
    Ok(policy)
}

async fn current(change: &mut Change, named: &Named, version: i64) -> Result<Policy, Refused<Policy>> {
    let policy = change.policy(named).await?.ok_or(Refused::Unknown)?;
    if policy.version == version { Ok(policy) } else { Err(Refused::stale(policy)) }
}

/// What a policy says, and for which phase: for whoever drafts another on top of it.
pub async fn says(store: &Store, named: &Named) -> Result<(PolicyRow, Option<Phase>), Refused> {
    let policy = store.read().policy(named).await?.ok_or(Refused::Unknown)?;
    Ok((row(&policy)?, policy.phase))
}

/// Where two policies differ, once defaults are filled in.
pub async fn between(store: &Store, was: &Named, now: &Named) -> Result<Vec<Difference>, Refused> {
    let mut reading = store.read();
    let was = reading.policy(was).await?.ok_or(Refused::Unknown)?;
    let now = reading.policy(now).await?.ok_or(Refused::Unknown)?;
    let phase = |of: &Policy, other: &Policy| read_for(of.phase.or(other.phase));
    Ok(differences((&row(&was)?, phase(&was, &now)), (&row(&now)?, phase(&now, &was))))
}

/// What a policy says, as a wave file has it.
pub(super) fn row(policy: &Policy) -> Result<PolicyRow, Error> {
    read_policy(text(&policy.content).as_bytes()).map_err(|refusal| Error::unreadable("een beleid", &refusal))
}

/// The policy that a wave from the register asks for by name: one that is approved, and for its phase.
pub async fn chosen(reading: &mut Session, named: &Named, phase: Phase) -> Result<PolicyRow, Refused> {
    let wrong = |what: &str, remedy: &str| Refused::from(vec![problem("beleid", "/beleid", what, remedy)]);
    let Some(policy) = reading.policy(named).await? else {
        return Err(wrong("dit beleid is er niet", "kies een naam en nummer van GET /v1/beleid"));
    };
    if policy.state != PolicyState::Goedgekeurd {
        return Err(wrong("dit beleid is niet goedgekeurd", "kies een goedgekeurd beleid, of laat dit eerst goedkeuren"));
    }
    if policy.phase.is_some_and(|of| of != phase) {
        return Err(wrong("dit beleid is voor een andere fase", "kies een beleid van deze fase"));
    }
    Ok(row(&policy)?)
}

/// Which policy the file of a wave has: one that says the same, else a draft that comes of it now.
pub(super) async fn settle(
    change: &mut Change,
    asked: &Asked,
    (wave, phase): (&str, Phase),
    policy: Option<&PolicyRow>,
) -> Result<Used, Error> {
    // The usual written down is the usual.
    for says in [content(policy), content(policy.map(spare).as_ref())] {
        if let Some(known) = change.policy_saying(&digest(&says), phase.code()).await? {
            return Ok(known.used());
        }
    }
    let new = add(change, asked, (&of_wave(wave), Some(wave)), Some(phase), content(policy)).await?;
    Ok(new.used())
}

/// The same for a wave of before policies were rows: noted once, in a change of its own.
pub(super) async fn noted(store: &Store, asked: &Asked, wave: &Wave) -> Result<(), Refused> {
    if wave.policy.is_some() {
        return Ok(());
    }
    let bytes = store.read().input(&wave.input).await?.ok_or(Refused::Unknown)?;
    let file = aside(move || WaveFile::read(&bytes)).await?.map_err(|refusal| Error::unreadable("een lichting", &refusal))?;
    let mut change = store.change().await?;
    let now = change.wave(&wave.id).await?.ok_or(Refused::Unknown)?;
    if now.policy.is_none() && now.input == wave.input {
        let used = settle(&mut change, asked, (&wave.id, file.phase), file.policy.as_ref()).await?;
        change.put_wave_policy(&wave.id, &used.named).await?;
        change.commit().await?;
    }
    Ok(())
}

/// A wave is published with a policy that somebody approved, and with no other.
pub(super) fn approved<N>(wave: &Wave) -> Result<(), Refused<N>> {
    let Some(used) = wave.policy.as_ref().filter(|it| it.state != PolicyState::Goedgekeurd) else { return Ok(()) };
    let Named { name, number } = &used.named;
    let number = number.to_string();
    let (what, remedy) = match used.state {
        PolicyState::Ingetrokken => (
            format!("beleid {name}, nummer {number}, is ingetrokken"),
            format!("geef de lichting een goedgekeurd beleid (PUT {})", path(&["lichtingen", &wave.id, "invoer"])),
        ),
        PolicyState::Concept | PolicyState::Goedgekeurd => (
            format!("beleid {name}, nummer {number}, is nog niet goedgekeurd"),
            format!("laat een beheerder het lezen en goedkeuren (POST {} met If-Match)", path(&["beleid", name, &number, "goedkeuring"])),
        ),
    };
    Err(Refused::Unapproved(Box::new(problem("beleid", "", what, remedy))))
}
