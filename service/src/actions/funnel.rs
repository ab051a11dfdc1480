//! The funnel: counted from what the service knows, completed by hand, laid down as snapshots that never change, and approved.

use jiff::civil::Date;
use loket_instances::planning::monitor::codes::Stage;
use loket_instances::planning::monitor::counts_file::{Monitor, read_monitor};
use loket_instances::planning::monitor::write::written;
use loket_instances::strict::problem::Refusal;
use loket_solver::common::words::Word;

use super::{Asked, Refused, Turn, problem};
use crate::access::Role;
use crate::desk::funnel::{ANSWERS, counted};
use crate::records::deed::Planned;
use crate::records::funnel::{Completed, Snapshot};
use crate::store::{Error, Session, Store, ids};

/// Largest number that can be completed.
const MOST: i64 = 100_000;

/// The funnel on a day.
#[derive(Clone, Debug)]
pub struct Now {
    /// What is counted.
    pub monitor: Monitor,
    /// The newest multi-year plan, with its version.
    pub plan: Option<(String, i64)>,
    /// People in no count: it is not known when they registered.
    pub undated: usize,
    /// What was completed by hand.
    pub completed: Vec<Completed>,
    /// What is wrong with the counts as they are; with that nothing can be laid down.
    pub wrong: Option<Refusal>,
}

/// The funnel as it was on a day, as far as the service and people who completed it know.
pub async fn now(store: &Store, day: Date) -> Result<Now, Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let people = reading.everybodys_stages().await?;
    let completed = reading.completed().await?;
    let plan = newest_plan(&mut reading).await?;
    drop(reading);
    let count = move || {
        let (mut monitor, undated) = counted(&people, &completed, day);
        monitor.plan = plan.as_ref().map(|it| it.0.clone());
        let wrong = match monitor.waves.is_empty() {
            true => None,
            false => read_monitor(written(&monitor).to_string().as_bytes()).err(),
        };
        Now { monitor, plan, undated, completed, wrong }
    };
    Ok(turn.aside(count).await?)
}

/// The newest multi-year plan, with its version.
async fn newest_plan(reading: &mut Session) -> Result<Option<(String, i64)>, Error> {
    Ok(reading.plannings(0, 1).await?.0.into_iter().next().map(|it| (it.id, it.version)))
}

/// Whether this names a half of a school year, as "2026-1".
pub fn wave(id: &str) -> bool {
    let parts = id.split_once('-');
    parts.is_some_and(|(year, half)| year.len() == 4 && year.bytes().all(|it| it.is_ascii_digit()) && ["1", "2"].contains(&half))
}

/// Completes numbers of a wave by hand; nothing takes one back. Counts that cannot be so are kept too, for people count step by step: what is
/// wrong with them is told beside them, and nothing is laid down until it is mended.
pub async fn complete(store: &Store, asked: &Asked, id: &str, numbers: &[(String, Option<i64>)], day: Date) -> Result<Now, Refused> {
    if !wave(id) {
        return Err(Refused::Unknown);
    }
    let mut wrong = Vec::new();
    for (what, number) in numbers {
        let place = format!("/aantallen/{what}");
        if Stage::parse(what).is_none() && !ANSWERS.contains(&what.as_str()) {
            wrong.push(problem("woord", &place, format!("{what} is geen stap"), "kies een stap van de monitor, antwoorden of som_tienden"));
        }
        if number.is_some_and(|it| !(0..=MOST).contains(&it)) {
            wrong.push(problem("grens", &place, "dit getal kan niet", format!("vul een heel getal in van 0 tot en met {MOST}")));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    let mut change = store.change().await?;
    if change.deed::<String>(asked.key()).await?.is_none() {
        for (what, number) in numbers {
            change.complete(id, what, *number, asked.caller.who()).await?;
        }
        change.log(&asked.caller, id, &Planned::Completed { numbers }.into()).await?;
        change.note_deed(asked.key(), &id.to_owned()).await?;
        change.commit().await?;
    }
    now(store, day).await
}

/// Lays the funnel down as it was on a day; with the snapshot that it corrects, where it does.
pub async fn take(store: &Store, asked: &Asked, day: Date, corrects: Option<&str>, note: &str) -> Result<Snapshot, Refused> {
    if let Some(done) = store.read().deed::<String>(asked.key()).await? {
        return store.read().funnel_snapshot(&done).await?.ok_or(Refused::Unknown);
    }
    if day > store.clock().today() {
        let wrong = problem("grens", "/peildatum", "deze dag moet nog komen", "kies vandaag of een dag daarvoor");
        return Err(vec![wrong].into());
    }
    let found = now(store, day).await?;
    if let Some(refusal) = found.wrong {
        return Err(Refused::Invalid(refusal));
    }
    if found.monitor.waves.is_empty() {
        let what = "op deze dag is er nog niets te tellen";
        return Err(vec![problem("leeg", "/peildatum", what, "kies een latere dag, of vul de aantallen van een lichting aan")].into());
    }
    let mut change = store.change().await?;
    if let Some(id) = corrects
        && change.funnel_snapshot(id).await?.is_none()
    {
        let wrong = problem("onbekende-verwijzing", "/verbetert", "deze meting is er niet", "noem een meting die er is");
        return Err(vec![wrong].into());
    }
    let id = ids::new();
    let file = written(&Monitor { id: id.clone(), ..found.monitor }).to_string();
    let new = Snapshot {
        hash: ids::sha256(file.as_bytes()),
        plan: found.plan,
        corrects: corrects.map(str::to_owned),
        note: note.to_owned(),
        at: change.clock().now(),
        by: asked.caller.who().to_owned(),
        approved: None,
        day: day.to_string(),
        file,
        id,
    };
    change.add_snapshot(&new).await?;
    let deed = Planned::Taken { day: &new.day, hash: &new.hash, corrects };
    change.log(&asked.caller, &new.id, &deed.into()).await?;
    change.note_deed(asked.key(), &new.id).await?;
    change.commit().await?;
    Ok(new)
}

/// Whether somebody sees approved snapshots alone, without what was said with them: the steering group.
fn reads_only(asked: &Asked) -> bool {
    asked.caller.role() == Role::Lezer
}

/// A snapshot as a reader sees it; what it corrects only where that was approved as well.
async fn for_readers(reading: &mut Session, found: Snapshot) -> Result<Snapshot, Error> {
    let corrects = match &found.corrects {
        Some(id) => reading.funnel_snapshot(id).await?.filter(|it| it.approved.is_some()).map(|it| it.id),
        None => None,
    };
    Ok(Snapshot { corrects, note: String::new(), ..found })
}

/// The snapshots that who asks may see, the newest first: a page of them and how many there are.
pub async fn snapshots(store: &Store, asked: &Asked, skip: i64, most: i64) -> Result<(Vec<Snapshot>, i64), Refused> {
    let mut reading = store.snapshot().await?;
    let (mut found, all) = reading.snapshots(reads_only(asked), skip, most).await?;
    if reads_only(asked) {
        for it in &mut found {
            *it = for_readers(&mut reading, it.clone()).await?;
        }
    }
    Ok((found, all))
}

/// A snapshot. One that nobody approved is not there for a reader.
pub async fn snapshot(store: &Store, asked: &Asked, id: &str) -> Result<Snapshot, Refused> {
    let mut reading = store.snapshot().await?;
    let found = reading.funnel_snapshot(id).await?.ok_or(Refused::Unknown)?;
    if !reads_only(asked) {
        return Ok(found);
    }
    if found.approved.is_none() {
        return Err(Refused::Unknown);
    }
    Ok(for_readers(&mut reading, found).await?)
}

/// Approves a snapshot; somebody else than who laid it down.
pub async fn approve(store: &Store, asked: &Asked, id: &str) -> Result<Snapshot, Refused> {
    let mut change = store.change().await?;
    let found = change.funnel_snapshot(id).await?.ok_or(Refused::Unknown)?;
    if found.approved.is_some() {
        return Ok(found);
    }
    if found.by == asked.caller.who() {
        return Err(Refused::not_now("Wie een meting vastlegt, keurt haar niet zelf goed; vraag het iemand anders."));
    }
    change.approve_snapshot(id, asked.caller.who()).await?;
    change.log(&asked.caller, id, &Planned::Approved { hash: &found.hash }.into()).await?;
    change.commit().await?;
    store.read().funnel_snapshot(id).await?.ok_or(Refused::Unknown)
}

/// What a snapshot says.
pub fn says(snapshot: &Snapshot) -> Result<Monitor, Error> {
    read_monitor(snapshot.file.as_bytes()).map_err(|refusal| Error::unreadable("een meting", &refusal))
}
