//! Open data about schools comes into the register: an import is a proposal with what it changes, which is taken over as a whole or
//! withdrawn (docs/open-data.md).

use loket_instances::sheets::open::OpenKind;

use super::endings::ended;
use super::{Asked, FELL, Refused, aside};
use crate::access::Scope;
use crate::desk::days::{Doubts, of_event};
use crate::desk::open::{Busy, Incoming, Known, Plan, compare, gone, read, together};
use crate::records::deed::RegisterDeed;
use crate::records::history::EndReason;
use crate::records::open::{Edition, EditionFile, EditionState};
use crate::records::register::Kind;
use crate::store::{Change, Error, Session, Store, ids};

/// How many proposals may be open at once: each keeps its file.
const MOST_OPEN: i64 = 20;

/// A file of open data as it was sent.
#[derive(Clone, Debug)]
pub struct OpenFile {
    /// What it is about.
    pub kind: OpenKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The year of its scores, where somebody said it.
    pub year: Option<i64>,
}

/// From when and why schools that are gone end.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// The first day on which they are not there.
    pub from: String,
    /// Why.
    pub reason: EndReason,
    /// Whether what is unlikely was confirmed.
    pub confirmed: bool,
}

/// Files as typed rows, read in this process: for whoever brings in files of their own. The service has them read behind a fence.
///
/// # Errors
/// Everything that is wrong with them, of every file.
fn incoming(files: &[OpenFile], municipality: Option<String>) -> Result<Incoming, loket_instances::strict::problem::Refusal> {
    together(files.iter().map(|file| read(file.kind, &file.bytes, file.year)), municipality)
}

/// What an import comes to, as the register is now.
pub async fn plan(reading: &mut Session, scope: &Scope, today: &str, incoming: Incoming) -> Result<Plan, Refused> {
    let schools = reading.register_rows(Kind::School, scope).await?;
    let boards = reading.register_rows(Kind::Board, scope).await?.into_iter().map(|it| it.id).collect();
    let (sources, centroids) = (reading.school_sources().await?, reading.centroids().await?);
    let known = Known { schools, boards, sources, centroids };
    let mut standing = std::collections::BTreeMap::new();
    for id in gone(&incoming, &known) {
        let placements = reading.standing_with(Kind::School, &id, today).await?.iter().map(|it| it.count).sum();
        let seats = reading.school_seats(scope, &id).await?;
        let seats = seats.iter().filter(|it| it.until.as_deref().is_none_or(|until| until >= today)).map(|it| it.count).sum();
        standing.insert(id, Busy { placements, seats });
    }
    // Within a change nobody waits for a turn that somebody has who waits for the change.
    let worked = tokio::task::spawn_blocking(move || compare(&incoming, &known, &standing));
    worked.await.map_err(|_| Refused::Busy(FELL))
}

/// What files come to, without keeping anything.
pub async fn tried(store: &Store, asked: &Asked, files: &[OpenFile], municipality: Option<String>) -> Result<Plan, Refused> {
    let all = files.to_vec();
    let incoming = aside(move || incoming(&all, municipality)).await??;
    let mut reading = store.snapshot().await?;
    plan(&mut reading, asked.caller.scope(), &store.clock().today().to_string(), incoming).await
}

/// Keeps an import as a proposal: its file, what it changes, and what is worth knowing.
pub async fn propose(store: &Store, asked: &Asked, (file, incoming): (OpenFile, Incoming), sha256: String) -> Result<Edition, Refused> {
    let mut change = store.change().await?;
    if let Some(done) = change.deed::<String>(asked.key()).await? {
        return change.edition(&done).await?.ok_or(Refused::Unknown);
    }
    if change.open_editions().await? >= MOST_OPEN {
        return Err(Refused::NotNow(format!("Er staan al {MOST_OPEN} voorstellen open; neem ze over of trek ze in.")));
    }
    let today = change.clock().today().to_string();
    let (municipality, year) = (incoming.municipality.clone(), year_of(&file, &incoming));
    let plan = plan(&mut change, asked.caller.scope(), &today, incoming).await?;
    if !plan.problems.is_empty() {
        return Err(plan.problems.into());
    }
    let kept = EditionFile { kind: file.kind, sha256, year };
    let edition = new(&change, asked, municipality, vec![kept], &plan, EditionState::Voorstel);
    change.put_edition(&edition).await?;
    change.keep_edition_file(&edition.id, &edition.files[0], Some(&file.bytes)).await?;
    change.put_differences(&edition.id, &plan.differences).await?;
    log(&mut change, asked, &edition).await?;
    change.note_deed(asked.key(), &edition.id).await?;
    change.commit().await?;
    Ok(edition)
}

/// What a proposal that is to be taken over needs first.
#[derive(Debug)]
pub enum Due {
    /// Nothing: it was taken over under this very key.
    Done(Box<Edition>),
    /// Its files are to be read, for this municipality.
    Files(Vec<OpenFile>, Option<String>),
}

/// Whether a proposal can be taken over, and what is to be read for it.
pub async fn due(store: &Store, asked: &Asked, (id, version): (&str, i64), leaving: Option<&Leaving>) -> Result<Due, Refused<Edition>> {
    let mut reading = store.read();
    let edition = reading.edition(id).await?.ok_or(Refused::Unknown)?;
    if reading.deed::<()>(asked.key()).await?.is_some() {
        return Ok(Due::Done(Box::new(edition)));
    }
    open_at(&edition, version)?;
    if let Some(leaving) = leaving {
        meant(store, leaving)?;
    }
    let files = reading.edition_bytes(id).await?;
    let files = files.into_iter().map(|(kind, bytes, year)| OpenFile { kind, bytes, year }).collect();
    Ok(Due::Files(files, edition.municipality))
}

/// The register follows a proposal, as a whole; `incoming` is what its files bring. Where the register changed since, the proposal is worked
/// out anew and told as stale.
pub async fn take_over(
    store: &Store,
    asked: &Asked,
    (id, version): (&str, i64),
    incoming: Incoming,
    leaving: Option<Leaving>,
) -> Result<Edition, Refused<Edition>> {
    let mut change = store.change().await?;
    let mut edition = change.edition(id).await?.ok_or(Refused::Unknown)?;
    if change.deed::<()>(asked.key()).await?.is_some() {
        return Ok(edition);
    }
    open_at(&edition, version)?;
    let today = change.clock().today().to_string();
    let plan = plan(&mut change, asked.caller.scope(), &today, incoming).await.map_err(never_stale)?;
    if !plan.problems.is_empty() {
        return Err(plan.problems.into());
    }
    let (shown, _) = change.differences(id, None, (0, i64::MAX)).await?;
    if shown != plan.differences {
        edition.version += 1;
        (edition.counts, edition.notices) = (plan.counts, plan.notices);
        change.put_differences(id, &plan.differences).await?;
        change.put_edition(&edition).await?;
        change.commit().await?;
        return Err(Refused::stale(edition));
    }
    edition.counts = plan.counts.clone();
    edition.counts.beeindigd = apply(&mut change, asked, &plan, leaving.as_ref()).await.map_err(never_stale)?;
    decided(&mut change, asked, &mut edition, EditionState::Overgenomen).await?;
    change.note_deed(asked.key(), &()).await?;
    change.commit().await?;
    Ok(edition)
}

/// A proposal comes to nothing.
pub async fn withdraw(store: &Store, asked: &Asked, (id, version): (&str, i64)) -> Result<Edition, Refused<Edition>> {
    let mut change = store.change().await?;
    let mut edition = change.edition(id).await?.ok_or(Refused::Unknown)?;
    if change.deed::<()>(asked.key()).await?.is_some() {
        return Ok(edition);
    }
    open_at(&edition, version)?;
    decided(&mut change, asked, &mut edition, EditionState::Ingetrokken).await?;
    change.note_deed(asked.key(), &()).await?;
    change.commit().await?;
    Ok(edition)
}

/// Takes files over at once, when they change what was shown.
pub async fn at_once(
    store: &Store,
    asked: &Asked,
    (files, municipality): (&[OpenFile], Option<String>),
    shown: &Plan,
    leaving: Option<&Leaving>,
) -> Result<Edition, Refused> {
    if let Some(leaving) = leaving {
        meant(store, leaving)?;
    }
    let all = files.to_vec();
    let area = municipality.clone();
    let incoming = aside(move || incoming(&all, area)).await??;
    let kept: Vec<EditionFile> =
        files.iter().map(|it| EditionFile { kind: it.kind, sha256: ids::sha256(&it.bytes), year: year_of(it, &incoming) }).collect();
    let mut change = store.change().await?;
    let today = change.clock().today().to_string();
    let plan = plan(&mut change, asked.caller.scope(), &today, incoming).await?;
    if plan.differences != shown.differences {
        return Err(Refused::not_now("Het register veranderde intussen; begin opnieuw."));
    }
    if !plan.problems.is_empty() {
        return Err(plan.problems.into());
    }
    let mut edition = new(&change, asked, municipality, kept, &plan, EditionState::Overgenomen);
    edition.counts.beeindigd = apply(&mut change, asked, &plan, leaving).await?;
    (edition.decided, edition.decided_by) = (Some(edition.at), Some(edition.who.clone()));
    change.put_edition(&edition).await?;
    for file in &edition.files {
        change.keep_edition_file(&edition.id, file, None).await?;
    }
    change.put_differences(&edition.id, &plan.differences).await?;
    log(&mut change, asked, &edition).await?;
    change.commit().await?;
    Ok(edition)
}

/// The year of the scores of a file.
fn year_of(file: &OpenFile, incoming: &Incoming) -> Option<i64> {
    incoming.scores.as_ref().map(|it| it.1).filter(|_| file.kind == OpenKind::Scores)
}

fn new(change: &Change, asked: &Asked, municipality: Option<String>, files: Vec<EditionFile>, plan: &Plan, state: EditionState) -> Edition {
    Edition {
        id: ids::new(),
        state,
        files,
        municipality,
        counts: plan.counts.clone(),
        notices: plan.notices.clone(),
        version: 1,
        at: change.clock().now(),
        who: asked.caller.who().to_owned(),
        decided: None,
        decided_by: None,
    }
}

/// Whether an import is still a proposal, at this version.
fn open_at(edition: &Edition, version: i64) -> Result<(), Refused<Edition>> {
    if edition.version != version {
        return Err(Refused::stale(edition.clone()));
    }
    match edition.state {
        EditionState::Voorstel => Ok(()),
        EditionState::Overgenomen => Err(Refused::not_now("Dit is al overgenomen.")),
        EditionState::Ingetrokken => Err(Refused::not_now("Dit is ingetrokken; lever het bestand opnieuw in.")),
    }
}

/// Whether the day is one that people mean.
fn meant<N>(store: &Store, leaving: &Leaving) -> Result<(), Refused<N>> {
    let mut doubts = Doubts::default();
    doubts.day("/vanaf", &leaving.from, store.clock().today(), of_event());
    Refused::doubted(doubts, leaving.confirmed)
}

/// Makes the register what a plan says. How many schools ended.
async fn apply(change: &mut Change, asked: &Asked, plan: &Plan, leaving: Option<&Leaving>) -> Result<i64, Refused> {
    let who = asked.caller.who();
    for row in &plan.boards {
        change.put_register_row(Kind::Board, row, who).await?;
    }
    for row in &plan.schools {
        change.put_register_row(Kind::School, row, who).await?;
    }
    for (id, source) in &plan.sources {
        change.put_school_source(id, source).await?;
    }
    for (pc4, lat, lon) in &plan.centroids {
        change.put_centroid(pc4, *lat, *lon).await?;
    }
    let Some(leaving) = leaving else { return Ok(0) };
    let mut many = 0;
    for id in &plan.gone {
        let row = change.register_row(Kind::School, asked.caller.scope(), id).await?;
        let row = row.ok_or_else(|| Error::Corrupt("een school die verdween".into()))?;
        ended(change, asked, Kind::School, row, (&leaving.from, leaving.reason)).await.map_err(never_stale)?;
        many += 1;
    }
    Ok(many)
}

/// An import is decided about; its files are not needed any more.
async fn decided(change: &mut Change, asked: &Asked, edition: &mut Edition, state: EditionState) -> Result<(), Error> {
    edition.state = state;
    edition.version += 1;
    edition.decided = Some(change.clock().now());
    edition.decided_by = Some(asked.caller.who().to_owned());
    change.put_edition(edition).await?;
    change.drop_edition_bytes(&edition.id).await?;
    log(change, asked, edition).await
}

/// One line for an import, whatever it changes: each row has its own history.
async fn log(change: &mut Change, asked: &Asked, edition: &Edition) -> Result<(), Error> {
    let deed = RegisterDeed::OpenData { state: edition.state, files: edition.logged(), counts: &edition.counts };
    change.log(&asked.caller, &edition.id, &deed.into()).await.map(|_| ())
}

/// What names no version of anything is never stale.
fn never_stale<M, N>(refused: Refused<M>) -> Refused<N> {
    match refused {
        Refused::Stale(_) | Refused::Unknown => Refused::Unknown,
        Refused::NotNow(why) => Refused::NotNow(why),
        Refused::Invalid(it) => Refused::Invalid(it),
        Refused::Unconfirmed(it) => Refused::Unconfirmed(it),
        Refused::Unapproved(it) => Refused::Unapproved(it),
        Refused::Clash(it) => Refused::clash(it.what),
        Refused::Busy(it) => Refused::Busy(it),
        Refused::Forbidden => Refused::Forbidden,
    }
}
