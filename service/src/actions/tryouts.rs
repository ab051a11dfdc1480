//! Try-outs: choices on the plan under review that are worked out together, and kept as decisions all at once or thrown away.

use std::collections::{BTreeMap, BTreeSet};

use loket_instances::strict::problem::Problem;

use super::{Asked, Refused, Turn, decisions, jobs, problem, questions};
use crate::desk::choice::Grounds;
use crate::desk::decision::{Decision, Said, Spot};
use crate::desk::tryout::{Change as Tried, Found, Wish, question};
use crate::records::decision::Decided;
use crate::records::deed::{Deed, Tried as TriedDeed};
use crate::records::dossier::Who;
use crate::records::job::{Job, Question, State};
use crate::records::register::Kind;
use crate::records::run::Run;
use crate::records::tryout::{Standing, TryOut};
use crate::records::wave::Wave;
use crate::store::{Change, Error, Session, Store, ids};
use crate::work::kinds::TRY_OUT;

/// Most try-outs of one wave.
const MOST: i64 = 200;
const LAPSED: &str =
    "Deze proef is vervallen: het plan waar zij over gaat is niet meer in beoordeling. U kunt haar nog lezen of weggooien.";
const OTHER_FILE: &str = "Het bestand van deze lichting is veranderd sinds dit plan; reken eerst opnieuw.";
const KEPT: &str = "Deze proef is al bewaard.";
const NOT_READY: &str = "Deze proef is nog niet nagerekend; wacht tot zij klaar is.";
const NO_ANSWER: &str = "Deze proef kon niet nagerekend worden; verander haar of probeer het opnieuw.";
const NO_PLAN: &str = "Met deze veranderingen is er geen plan; bij botsingen staat wat niet samengaat.";

/// A try-out with how far it is worked out.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The try-out.
    pub tried: TryOut,
    /// What became of it.
    pub standing: Standing,
    /// Its question.
    pub job: Job,
    /// What came of it so far; an answer as it is kept.
    pub answer: Option<Vec<u8>>,
    /// What was decided since about candidates of its wave, by candidate.
    pub decided: Vec<Decided>,
    /// How many decisions its run knew.
    pub known: i64,
}

/// What is there now, for whoever saw something older.
#[derive(Clone, Debug)]
pub enum Now {
    /// The try-out itself.
    TryOut(Box<Seen>),
    /// Decisions that were made meanwhile.
    Decisions {
        /// By candidate; nothing when one was taken back.
        now: Vec<(String, Option<Decided>)>,
        /// What the try-out would have made of them.
        yours: Vec<Tried>,
    },
}

/// What somebody wants to try for a candidate.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// For whom.
    pub candidate: String,
    /// What.
    pub wish: Wish,
}

/// What other actions refuse says nothing of what is there now.
fn again(refused: Refused) -> Refused<Now> {
    refused.with_now(|()| nothing())
}

fn nothing() -> Now {
    Now::Decisions { now: Vec::new(), yours: Vec::new() }
}

/// Makes a try-out and asks what comes of it.
pub async fn make(store: &Store, asked: &Asked, wave: &str, name: String, wanted: Vec<Wanted>) -> Result<Seen, Refused> {
    let mut reading = store.read();
    reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    if let Some(done) = reading.deed::<String>(asked.key()).await? {
        return read(store, wave, &done).await;
    }
    if reading.try_outs(wave, 0, 1).await?.1 >= MOST {
        return Err(Refused::not_now(format!("Bij deze lichting staan al {MOST} proeven; gooi er eerst een weg.")));
    }
    drop(reading);
    let (run, changes, job) = put(store, asked, wave, wanted).await?;
    let mut change = store.change().await?;
    let (id, at) = (ids::new(), change.clock().now());
    let who = asked.caller.who().to_owned();
    let new = TryOut { id: id.clone(), wave: wave.into(), run, name: Some(name), changes, job, who, at, kept: None, version: 1 };
    change.add_try_out(&new).await?;
    let deed = TriedDeed::Made { id: &new.id, run: &new.run, changes: new.changes.len() };
    change.log(&asked.caller, wave, &Deed::from(deed)).await?;
    change.note_deed(asked.key(), &id).await?;
    change.commit().await?;
    read(store, wave, &id).await
}

/// A try-out.
pub async fn read(store: &Store, wave: &str, id: &str) -> Result<Seen, Refused> {
    let mut reading = store.read();
    let tried = reading.try_out(wave, id).await?.ok_or(Refused::Unknown)?;
    seen(&mut reading, tried).await
}

/// The try-outs of a wave, the newest first: a page of them and how many there are.
pub async fn list(store: &Store, wave: &str, skip: i64, most: i64) -> Result<(Vec<Seen>, i64), Refused> {
    let mut reading = store.read();
    let wave = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let (rows, all) = reading.try_outs(&wave.id, skip, most).await?;
    let runs = reading.runs_among(&rows.iter().map(|it| it.run.as_str()).collect::<Vec<_>>()).await?;
    let jobs = reading.jobs_among(&rows.iter().map(|it| it.job.as_str()).collect::<Vec<_>>()).await?;
    let decided = reading.decisions(&wave.id).await?;
    let one = |tried: TryOut| -> Result<Seen, Refused> {
        let run = runs.get(&tried.run).ok_or(Refused::Unknown)?;
        let (job, answer) = jobs.get(&tried.job).cloned().ok_or(Refused::Unknown)?;
        Ok(Seen { standing: tried.standing(&wave, run), known: run.decisions, tried, job, answer, decided: decided.clone() })
    };
    Ok((rows.into_iter().map(one).collect::<Result<_, Refused>>()?, all))
}

async fn seen(reading: &mut Session, tried: TryOut) -> Result<Seen, Refused> {
    let wave = reading.wave(&tried.wave).await?.ok_or(Refused::Unknown)?;
    let run = reading.run(&tried.run).await?.ok_or(Refused::Unknown)?;
    let (job, _) = reading.question(&tried.job).await?.ok_or(Refused::Unknown)?;
    let answer = reading.result(&tried.job).await?;
    let decided = reading.decisions(&tried.wave).await?;
    Ok(Seen { standing: tried.standing(&wave, &run), known: run.decisions, tried, job, answer, decided })
}

/// Names a try-out otherwise, or tries something else in it.
pub async fn change(
    store: &Store,
    asked: &Asked,
    (wave, id): (&str, &str),
    version: i64,
    name: Option<String>,
    wanted: Option<Vec<Wanted>>,
) -> Result<Seen, Refused<Now>> {
    let here = Own { store, wave, id, version };
    here.open(&mut store.read()).await?;
    let tried = match wanted {
        Some(wanted) => Some(put(store, asked, wave, wanted).await.map_err(again)?),
        None => None,
    };
    let mut change = store.change().await?;
    let mut now = here.open(&mut change).await?;
    let before = now.clone();
    now.name = name.or(now.name);
    if let Some((run, changes, job)) = tried {
        if run != now.run {
            return Err(Refused::not_now(LAPSED));
        }
        (now.changes, now.job) = (changes, job);
    }
    if now != before {
        change.put_try_out(&mut now).await?;
        let deed = TriedDeed::Changed { id, changes: now.changes.len() };
        change.log(&asked.caller, wave, &Deed::from(deed)).await?;
        change.commit().await?;
    }
    read(store, wave, id).await.map_err(again)
}

/// Throws a try-out away. What it became when it was kept stays.
pub async fn throw(store: &Store, asked: &Asked, (wave, id): (&str, &str), version: i64) -> Result<(), Refused<Now>> {
    let mut change = store.change().await?;
    let now = Own { store, wave, id, version }.there(&mut change).await?;
    change.drop_try_out(id).await?;
    if !change.tried_besides(&now.job, id).await?
        && let Some((job, _)) = change.question(&now.job).await?
        && !job.state.ended()
    {
        jobs::ask_stop(&mut change, &job).await?;
    }
    change.log(&asked.caller, wave, &Deed::from(TriedDeed::Thrown { id })).await?;
    change.commit().await?;
    Ok(())
}

/// Keeps a try-out: all its choices become decisions, or none when one of the decisions that it was made on is another one by now.
pub async fn keep(store: &Store, asked: &Asked, (wave, id): (&str, &str), version: i64) -> Result<Seen, Refused<Now>> {
    if store.read().deed::<String>(asked.key()).await?.is_some() {
        return read(store, wave, id).await.map_err(again);
    }
    let here = Own { store, wave, id, version };
    here.open(&mut store.read()).await?;
    let _turn = decisions::turn().await;
    let (mut change, input, run) = decisions::grounded(store, wave).await.map_err(|refused| refused.with_now(|_| nothing()))?;
    let mut now = here.open(&mut change).await?;
    if run != now.run {
        return Err(Refused::not_now(LAPSED));
    }
    let found = answered(&mut change, &now).await?;
    let mut there = change.wave(wave).await?.ok_or(Refused::Unknown)?;
    let mut rows = Vec::new();
    let (mut stale, mut yours, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for (position, tried) in now.changes.iter().enumerate() {
        let before = change.decision(wave, &tried.candidate).await?;
        if before.as_ref().map_or(0, |it| it.version) != tried.seen {
            stale.push((tried.candidate.clone(), before));
            yours.push(tried.clone());
            continue;
        }
        let spot = found.spot(&tried.candidate);
        let grounds = change.grounds(&input, &run, &tried.candidate, spot.as_ref()).await?.ok_or(Refused::Unknown)?;
        match settled(tried, spot.as_ref(), &grounds) {
            Ok(decision) => rows.push((tried.candidate.clone(), before, grounds, decision)),
            Err(problems) => wrong.extend(problems.into_iter().map(|it| below(position, it))),
        }
    }
    if !stale.is_empty() {
        return Err(Refused::stale(Now::Decisions { now: stale, yours }));
    }
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    let decided = rows.len();
    for (candidate, before, grounds, decision) in rows {
        match decision {
            Some(decision) => {
                decisions::enter(&mut change, asked, &mut there, (&candidate, &run), before, (decision, grounds)).await.map_err(again)?;
            }
            None => decisions::leave(&mut change, asked, &mut there, &candidate, before).await.map_err(again)?,
        }
    }
    now.kept = Some(change.clock().now());
    change.put_try_out(&mut now).await?;
    change.log(&asked.caller, wave, &Deed::from(TriedDeed::Kept { id, run: &run, decisions: decided })).await?;
    change.note_deed(asked.key(), &now.id).await?;
    change.commit().await?;
    read(store, wave, id).await.map_err(again)
}

/// The answer of a try-out, when there is a plan in it.
async fn answered(change: &mut Change, tried: &TryOut) -> Result<Found, Refused<Now>> {
    let (job, _) = change.question(&tried.job).await?.ok_or(Refused::Unknown)?;
    if !job.state.ended() {
        return Err(Refused::not_now(NOT_READY));
    }
    let answer = change.result(&tried.job).await?.filter(|_| job.state != State::Mislukt);
    let found = Found::read(&answer.ok_or_else(|| Refused::not_now(NO_ANSWER))?)?;
    if found.possible { Ok(found) } else { Err(Refused::not_now(NO_PLAN)) }
}

/// The decision that something tried becomes; nothing where one is taken back.
fn settled(tried: &Tried, found: Option<&Spot>, grounds: &Grounds) -> Result<Option<Decision>, Vec<Problem>> {
    match &tried.wish {
        Wish::Release => Ok(None),
        wish => match wish.choice(grounds.proposal.as_ref(), found) {
            Some(choice) => crate::desk::choice::settle(grounds, choice).map(Some),
            None => Err(vec![problem("geen-plaats", "/", "deze kandidaat krijgt in de proef geen plaats", "verander de proef")]),
        },
    }
}

/// A problem of one change, at its place in the try-out.
fn below(position: usize, it: Problem) -> Problem {
    let (wrong, at) = (it.pointer.trim_matches('/').to_owned(), format!("/veranderingen/{position}"));
    let pointer = if wrong.is_empty() { at } else { format!("{at}/{wrong}") };
    problem(it.code, &pointer, it.what, it.remedy)
}

/// Takes away what try-outs say of a person: why something is tried, and names that hold the person's or that are of a try-out about this
/// person. What is tried stays, by pseudonym. Whether there was anything.
pub(super) async fn forget(change: &mut Change, who: &Who, texts: &[String]) -> Result<bool, Error> {
    let mut any = false;
    let mut about = if who.kind == Kind::Candidate { change.try_outs_about(&who.id).await? } else { Vec::new() };
    for text in texts.iter().filter(|text| !text.is_empty()) {
        about.extend(change.try_outs_named(text).await?);
    }
    about.sort_by(|one, other| one.id.cmp(&other.id));
    about.dedup_by(|one, other| one.id == other.id);
    for mut now in about {
        let before = now.clone();
        now.name = None;
        for tried in now.changes.iter_mut().filter(|it| it.candidate == who.id) {
            tried.wish = tried.wish.without_reason().unwrap_or_else(|| tried.wish.clone());
        }
        if now != before {
            change.put_try_out(&mut now).await?;
            any = true;
        }
    }
    Ok(any)
}

/// One try-out, at the version that was seen.
struct Own<'a> {
    store: &'a Store,
    wave: &'a str,
    id: &'a str,
    version: i64,
}

impl Own<'_> {
    async fn there(&self, session: &mut Session) -> Result<TryOut, Refused<Now>> {
        let now = session.try_out(self.wave, self.id).await?.ok_or(Refused::Unknown)?;
        if now.version == self.version {
            return Ok(now);
        }
        let seen = read(self.store, self.wave, self.id).await.map_err(again)?;
        Err(Refused::stale(Now::TryOut(Box::new(seen))))
    }

    /// The same when it can be changed and kept.
    async fn open(&self, session: &mut Session) -> Result<TryOut, Refused<Now>> {
        let now = self.there(session).await?;
        let wave = session.wave(self.wave).await?.ok_or(Refused::Unknown)?;
        let run = session.run(&now.run).await?.ok_or(Refused::Unknown)?;
        match now.standing(&wave, &run) {
            Standing::Open => Ok(now),
            Standing::Kept => Err(Refused::not_now(KEPT)),
            Standing::Lapsed => Err(Refused::not_now(LAPSED)),
        }
    }
}

/// Holds what is wanted against the wave and the plan under review, and puts the question in line: the run, what is tried with the versions
/// of the decisions that are there, and the question.
async fn put(store: &Store, asked: &Asked, wave: &str, wanted: Vec<Wanted>) -> Result<(String, Vec<Tried>, String), Refused> {
    let (change, input, run) = decisions::grounded(store, wave).await.map_err(|refused| refused.with_now(|_| ()))?;
    // Only what is there is read, of one moment.
    let mut reading = change;
    let (run, there) = now(&mut reading, wave, &run).await?;
    let decided = reading.decisions(&there.id).await?;
    let (mut changes, mut proposals, mut wrong) = (Vec::new(), BTreeMap::new(), Vec::new());
    let mut twice = BTreeSet::new();
    for (position, Wanted { candidate, wish }) in wanted.into_iter().enumerate() {
        let before = decided.iter().find(|it| it.candidate == candidate);
        let problems = match reading.grounds(&input, &run.job.id, &candidate, Some(&wish.named())).await? {
            Some(grounds) => {
                let problems = unfit(&wish, &grounds, before);
                proposals.extend(grounds.proposal.map(|spot| (candidate.clone(), spot)));
                problems
            }
            None => {
                let what = "deze kandidaat staat niet in de lichting";
                vec![problem("onbekende-verwijzing", "/kandidaat", what, "noem een kandidaat uit de lichting")]
            }
        };
        wrong.extend(problems.into_iter().map(|it| below(position, it)));
        if !twice.insert(candidate.clone()) {
            let what = "over deze kandidaat staat er al een verandering";
            wrong.push(below(position, problem("dubbel", "/kandidaat", what, "noem elke kandidaat één keer")));
        }
        changes.push(Tried { candidate, wish, seen: before.map_or(0, |it| it.version) });
    }
    drop(reading);
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    let follows = |it: &Decided| it.kept && it.lapsed.is_none() && it.run.as_ref() == Some(&run.job.id);
    let held: BTreeMap<String, Decision> = decided.into_iter().filter(follows).map(|it| (it.candidate, it.decision)).collect();
    let turn = Turn::take().await?;
    let own = store.read().input(&run.base).await?.ok_or(Refused::Unknown)?;
    let (told, changes) = turn.aside(move || question(&own, &changes, &proposals, &held).map(|told| (told, changes))).await??;
    let put = questions::about(store, asked, &run, &TRY_OUT, &Question(told)).await?;
    Ok((run.job.id, changes, put.job.id))
}

/// The run whose plan is under review and the wave, when that plan is of the wave's file as it is.
async fn now(reading: &mut Session, wave: &str, run: &str) -> Result<(Run, Wave), Refused> {
    let there = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let run = reading.run(run).await?.ok_or(Refused::Unknown)?;
    if !there.life.under_review() {
        return Err(Refused::not_now("Over deze lichting wordt nu niet besloten; er valt niets te proberen."));
    }
    if run.base != there.input {
        return Err(Refused::not_now(OTHER_FILE));
    }
    Ok((run, there))
}

/// What is wrong with a wish.
fn unfit(wish: &Wish, grounds: &Grounds, before: Option<&Decided>) -> Vec<Problem> {
    let unknown = |key: &str, what: &str, remedy: &str| problem("onbekende-verwijzing", key, what, remedy);
    match wish {
        Wish::Place { school, seat, coach, .. } => {
            let mut wrong = Vec::new();
            if school.is_some() && !grounds.school {
                wrong.push(unknown("/school", "deze school staat niet in de lichting", "kies een school uit de lichting"));
            } else if seat.is_some() && !grounds.seat {
                wrong.push(unknown("/plek", "deze plek is er niet op deze school", "kies een plek van deze school"));
            }
            if coach.is_some() && !grounds.coach {
                wrong.push(unknown("/coach", "deze coach staat niet in de lichting", "kies een coach uit de lichting"));
            }
            wrong
        }
        Wish::Forbid { .. } if grounds.proposal.is_none() => {
            vec![problem("geen-voorstel", "/keuze", "deze kandidaat heeft geen voorstel", "kies plaatsen, of laat deze kandidaat weg")]
        }
        Wish::Release => match before {
            None => vec![problem("geen-besluit", "/keuze", "over deze kandidaat is niets besloten", "laat deze kandidaat weg")],
            Some(it) if it.decision.lock("").is_none() && it.decision.said() != Said::Afwijzen => {
                let what = "dit besluit houdt niets tegen";
                vec![problem("niets-los", "/keuze", what, "kies plaatsen of verbieden, of laat deze kandidaat weg")]
            }
            Some(_) => Vec::new(),
        },
        Wish::Forbid { .. } => Vec::new(),
    }
}
