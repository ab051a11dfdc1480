//! The worker: takes work in turn, has a child do it, and keeps what was checked. apalis or a bell tells when there may be work; our row says what.

use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use apalis::layers::WorkerBuilderExt;
use apalis::prelude::{BackendExt, BoxDynError, Data, PollSnapshot, PollStrategy, WorkerBuilder};
use apalis_sqlite::{Config, SqliteStorage};
use loket_solver::matching::facts::outcome::Verdict;
use serde_json::json;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Interval, MissedTickBehavior, interval, sleep};
use tokio_util::sync::CancellationToken;

use crate::actions::jobs::{self, Watched};
use crate::records::job::{Claim, Finish, INCOMPLETE, Message, State};
use crate::serve::settings::Settings;
use crate::store::{Bell, Error, Store, ids};
use crate::work::hands::Hands;
use crate::work::kinds::{Check, kind};
use crate::work::preparing::prepare;
use crate::work::{Bounds, Ended, FailureKind, Heard, Job, Lane, Program, Stop, duties, impossible, post, run_within};
use loket_solver::matching::facts::words::Word;

/// How often a worker says that it lives.
const BEAT: Duration = Duration::from_secs(1);
/// How often old answers and tickets that were taken are thrown away; the first time at once, before apalis hands out those of a worker that is gone.
const SWEEP: Duration = Duration::from_secs(60);
/// Time between two tries to write what must be kept, and how often it is told that this does not succeed.
const AGAIN: Duration = Duration::from_millis(500);
const TOLD: u64 = 60;
/// Longest time before apalis is started again.
const LONGEST: Duration = Duration::from_secs(4);
/// Tries that are left for it once the service is ending.
const LAST: u32 = 10;
/// Tries for what may be left out while others write: how far the work is.
const FEW: u32 = 3;
/// How long what is at work gets to put itself back when the service ends. What has not done so by then is put back by whoever sees that its
/// worker is gone.
const FAREWELL: Duration = Duration::from_secs(10);
/// What is said of an attempt when another worker has its job.
const TAKEN_OVER: &str = "overgenomen";
/// How often apalis looks for tickets.
const POLL: Duration = Duration::from_millis(100);
/// How often a lane looks for work that it was not rung for.
const LOOK: Duration = Duration::from_secs(1);

/// What every lane needs.
#[derive(Clone, Debug)]
struct Desk {
    store: Store,
    settings: Arc<Settings>,
    program: Program,
    lane: Lane,
    worker: String,
    ending: CancellationToken,
    /// One permit: a lane does one job at a time, also when apalis lost count.
    turn: Arc<Semaphore>,
    hands: Hands,
}

/// Works until `ending`, and at most ten seconds beyond it: one job at a time per lane.
///
/// # Errors
/// When the program that computes cannot be found.
pub async fn work(store: Store, settings: Arc<Settings>, ending: CancellationToken) -> std::io::Result<()> {
    let program = match &settings.computer {
        Some(path) => Program { path: path.clone(), arguments: Vec::new() },
        None => Program::own()?,
    };
    // A name is never used twice: apalis takes over what a worker of the same name left.
    let name = format!("werker-{}-{}", std::process::id(), ids::new());
    let mut tasks = JoinSet::new();
    let hands = Hands::default();
    for &lane in Lane::ALL {
        let worker = format!("{name}-{}", lane.code());
        let desk = Desk {
            store: store.clone(),
            settings: settings.clone(),
            program: program.clone(),
            lane,
            worker,
            ending: ending.clone(),
            turn: Arc::new(Semaphore::new(1)),
            hands: hands.clone(),
        };
        tasks.spawn(named(lane.code(), attend(desk)));
    }
    tasks.spawn(named("voorbereiden", prepare(store.clone(), settings.seat_months, ending.clone())));
    tasks.spawn(named("post", post::send(store.clone(), settings.clone(), ending.clone())));
    tasks.spawn(named("bewaartermijnen", duties::retain(store.clone(), ending.clone())));
    tasks.spawn(named("opruimen", tidy(store, hands, ending.clone())));
    let late = async {
        ending.cancelled().await;
        sleep(FAREWELL).await;
    };
    tokio::pin!(late);
    let mut done = Vec::new();
    loop {
        tokio::select! {
            ended = tasks.join_next() => match ended {
                Some(ended) => done.extend(ended.ok()),
                None => return Ok(()),
            },
            () = &mut late => break,
        }
    }
    tracing::warn!(klaar = ?done, nog = tasks.len(), "niet alles eindigde op tijd; wat nog bezig was, komt weer in de rij");
    tasks.shutdown().await;
    Ok(())
}

/// Does the work; its name, to tell what has ended.
async fn named(name: &'static str, work: impl Future<Output = ()>) -> &'static str {
    work.await;
    name
}

/// Attends to one lane: by apalis' tickets where there are any, else by looking at the bell and now and then without it.
async fn attend(desk: Desk) {
    match desk.store.bell() {
        Some(bell) => by_bell(&desk, bell).await,
        None => by_tickets(&desk).await,
    }
    // What is at work puts itself back before this process goes.
    let _ = desk.turn.acquire().await;
}

/// Looks for work whenever it is rung for, and every [`LOOK`].
async fn by_bell(desk: &Desk, mut bell: Bell) {
    while !desk.ending.is_cancelled() {
        let found = async { Ok::<_, BoxDynError>(jobs::waits(&desk.store, desk.lane).await? && turn(desk).await?) };
        match found.await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(baan = desk.lane.code(), fout = %error, "werk zoeken"),
        }
        tokio::select! {
            () = desk.ending.cancelled() => {}
            () = bell.rung() => {}
            () = sleep(LOOK) => {}
        }
    }
}

/// Waits for tickets. When apalis gives up (a busy database is enough), it is started again.
async fn by_tickets(desk: &Desk) {
    let Some(tickets) = desk.store.tickets() else { return };
    let mut round = 0;
    let mut pause = AGAIN / 2;
    while !desk.ending.is_cancelled() {
        round += 1;
        let began = Instant::now();
        let config = Config::default()
            .queue(desk.lane.code())
            .batch_size(1)
            .heartbeat_interval(Duration::from_secs(2))
            .missed_heartbeats(3)
            .persist_results(false);
        let backend = SqliteStorage::<()>::new(tickets).with_config(config).poll_with_strategy(Steady::new());
        let worker =
            WorkerBuilder::new(format!("{}-{round}", desk.worker)).backend(backend).data(desk.clone()).concurrency(1).build(called);
        let ending = desk.ending.clone();
        let until = async move {
            ending.cancelled().await;
            Ok::<(), std::io::Error>(())
        };
        if let Err(error) = worker.run_until(until).await {
            tracing::warn!(baan = desk.lane.code(), fout = %error, "werker opnieuw gestart");
        }
        // As long as the database takes nothing, apalis gives up at once.
        pause = if began.elapsed() > LONGEST { AGAIN } else { LONGEST.min(pause * 2) };
        tokio::select! {
            () = desk.ending.cancelled() => {}
            () = sleep(pause) => {}
        }
    }
}

/// Looks for tickets at a steady pace. apalis' own interval is not waited for again once it has passed, so that its worker sleeps until
/// something else (its heartbeat) wakes it.
struct Steady(Interval);

impl Steady {
    fn new() -> Self {
        let mut beat = interval(POLL);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self(beat)
    }
}

impl PollStrategy for Steady {
    fn poll_drive(&mut self, cx: &mut Context<'_>, _: &PollSnapshot) -> Poll<Option<()>> {
        let mut passed = false;
        while self.0.poll_tick(cx).is_ready() {
            passed = true;
        }
        if passed { Poll::Ready(Some(())) } else { Poll::Pending }
    }
}

/// A ticket came up.
async fn called(_: (), desk: Data<Desk>) -> Result<(), BoxDynError> {
    turn(&desk).await.map(|_| ())
}

/// Whichever job's turn it is, is done; whether there was one. apalis gives up on a turn when it cannot write its own rows; the work goes on.
async fn turn(desk: &Desk) -> Result<bool, BoxDynError> {
    let permit = desk.turn.clone().acquire_owned().await?;
    if desk.ending.is_cancelled() {
        return Ok(false);
    }
    let claim = jobs::claim(&desk.store, desk.lane, &desk.worker).await?;
    let some = claim.is_some();
    if let Some(claim) = claim {
        let (desk, held) = (desk.clone(), desk.hands.take(&claim.id));
        let working = tokio::spawn(async move {
            let (id, attempt) = (claim.id.clone(), claim.attempt);
            tracing::info!(taak = %id, poging = attempt, soort = %claim.kind, "begonnen");
            match desk.attempt(claim).await {
                Ok(ended) => tracing::info!(taak = %id, poging = attempt, einde = %ended, "klaar"),
                Err(error) => tracing::error!(taak = %id, poging = attempt, fout = %error, "het einde kon niet bewaard worden"),
            }
            drop((held, permit));
        });
        working.await?;
    }
    Ok(some)
}

/// Puts back what workers left, and reminds lanes of work without a ticket.
async fn tidy(store: Store, hands: Hands, ending: CancellationToken) {
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut sweep = interval(SWEEP);
    let mut watched = Watched::default();
    loop {
        let sweeping = tokio::select! {
            _ = sweep.tick() => true,
            _ = beat.tick() => false,
            () = ending.cancelled() => return,
        };
        let done = async {
            let held = hands.held();
            let back = jobs::recover(&store, &mut watched, &held, Instant::now()).await?;
            if back > 0 {
                tracing::warn!(aantal = back, "werk van een weggevallen werker staat weer in de rij");
            }
            if sweeping {
                store.tidy().await?;
                let mut change = store.change().await?;
                change.forget_old_requests().await?;
                change.commit().await?;
            }
            jobs::remind(&store).await.map(|_| ())
        };
        if let Err(error) = done.await {
            tracing::warn!(fout = %error, "opruimen");
        }
    }
}

/// Why an attempt must end before the child does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// Another worker has the job now.
    Lost,
    /// The service is ending.
    Ending,
}

impl Desk {
    /// Does one job. What it came to, for the log; an error is the store's.
    async fn attempt(&self, claim: Claim) -> crate::store::Result<String> {
        let job = match self.keep(|| self.job(&claim)).await? {
            Ok(job) => job,
            Err(what) => {
                let message = Message::new("onderdeel-weg", &what);
                let finish = Finish { state: State::Mislukt, result: None, status: None, message: Some(message) };
                self.keep(|| jobs::finish(&self.store, &claim, finish.clone())).await?;
                return Ok("onderdeel-weg".into());
            }
        };
        let bounds = Bounds { silence: self.settings.silence, ..Bounds::default() };
        let (heard, mut told) = mpsc::channel(16);
        let (stop, stopped) = watch::channel(Stop::No);
        let child = run_within(&self.program, job, &bounds, heard, stopped);
        tokio::pin!(child);
        let mut beat = interval(BEAT);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // A plan that could not be kept yet.
        let mut unkept = None;
        let mut asked = false;
        let mut cut = None;
        let ended = loop {
            tokio::select! {
                ended = &mut child => break ended,
                Some(heard) = told.recv() => unkept = self.hear(&claim, heard).await.or(unkept),
                _ = beat.tick() => match jobs::renew(&self.store, &claim).await {
                    Ok(Some(wanted)) => {
                        if let Some(plan) = unkept.take() {
                            unkept = self.hear(&claim, plan).await;
                        }
                        asked |= wanted;
                        if wanted && *stop.borrow() == Stop::No {
                            let _ = stop.send(Stop::Asked);
                        }
                    }
                    Ok(None) => {
                        cut = Some(Cut::Lost);
                        let _ = stop.send(Stop::Now);
                    }
                    // A busy database now is no reason to throw work away: the next beat may do better.
                    Err(error) => tracing::warn!(fout = %error, "levensteken"),
                },
                () = self.ending.cancelled(), if cut.is_none() => {
                    cut = Some(Cut::Ending);
                    let _ = stop.send(Stop::Now);
                }
            }
        };
        // What was told before the end still counts.
        while let Ok(heard) = told.try_recv() {
            unkept = self.hear(&claim, heard).await.or(unkept);
        }
        if let Some(plan) = unkept
            && !matches!(ended, Ended::Outcome(_))
        {
            // It may be all that comes of this.
            self.keep(|| self.told(&claim, &plan)).await?;
        }
        // Somebody may have asked since the last beat.
        asked |= matches!(jobs::renew(&self.store, &claim).await, Ok(Some(true)));
        self.end(&claim, ended, asked, cut).await
    }

    async fn job(&self, claim: &Claim) -> crate::store::Result<Result<Job, String>> {
        let Some(kind) = kind(&claim.kind) else { return Ok(Err(format!("{} is geen soort werk.", claim.kind))) };
        let mut parts = Vec::new();
        for part in &claim.parts {
            let Some(name) = kind.needed.iter().chain(kind.allowed).copied().find(|it| *it == part.name) else {
                return Ok(Err(format!("{} is geen deel van dit werk.", part.name)));
            };
            match self.store.read().part(part).await? {
                Some(bytes) => parts.push((name, Arc::<[u8]>::from(bytes))),
                None => return Ok(Err(format!("{name} is er niet meer."))),
            }
        }
        let asked = &claim.question.0;
        // A run says for itself how long it may take.
        let long = asked["tijd_seconden"].as_u64().map_or(self.settings.run_time, Duration::from_secs);
        let (time, question) = match kind.check {
            // A run of a wave is always with certificates.
            Check::Outcome => (long, json!({ "certificaat": true })),
            Check::Roster => (long, json!({})),
            Check::Plan => (long, json!({ "scenarios": asked["scenarios"] == true, "gevoeligheid": asked["gevoeligheid"] == true })),
            Check::Answer if asked["tijd_seconden"].is_null() => (self.settings.question_time, claim.question.0.clone()),
            Check::Answer => (long, claim.question.without_time()),
        };
        Ok(Ok(Job { kind, question, parts, time, memory_mib: self.settings.memory_mib }))
    }

    /// Keeps what was told; it is tried again only while others write. Given back: a plan that could not be kept now.
    async fn hear(&self, claim: &Claim, heard: Heard) -> Option<Heard> {
        let mut tries = 0;
        let error = loop {
            match self.told(claim, &heard).await {
                Ok(_) => return None,
                Err(Error::Busy) if tries < FEW => tries += 1,
                Err(error) => break error,
            }
            sleep(AGAIN).await;
        };
        let plan = matches!(heard, Heard::Plan(_));
        // Of progress there is more to come.
        if plan || !error.passes() {
            tracing::warn!(fout = %error, "voortgang");
        }
        (plan && error.passes()).then_some(heard)
    }

    async fn told(&self, claim: &Claim, heard: &Heard) -> crate::store::Result<bool> {
        let store = &self.store;
        match heard {
            Heard::Alive => Ok(true),
            Heard::Progress(progress) => jobs::hear_progress(store, claim, progress).await,
            Heard::Plan(plan) => jobs::hear_plan(store, claim, plan.json(), plan.proven(), plan.status()).await,
            Heard::Part { name, value } => {
                let data = json!({ "naam": name, "antwoord": value });
                jobs::hear_part(store, claim, &data).await
            }
        }
    }

    async fn end(&self, claim: &Claim, ended: Ended, asked: bool, cut: Option<Cut>) -> crate::store::Result<String> {
        let message = Message::new;
        let finish = |state, result, status, message| Finish { state, result, status, message };
        let (finish, told) = match ended {
            Ended::Outcome(outcome) => {
                let status = outcome.status();
                let unchecked = outcome.unchecked().join(", ");
                let message = match (asked, status) {
                    (_, Verdict::Feasible) if !unchecked.is_empty() => {
                        let what = format!(
                            "Een gecontroleerd plan. Dat het niet beter kan, zegt voor {unchecked} alleen de rekenaar: nagerekend is dat niet, \
                             en dus staat het er niet als bewezen."
                        );
                        Some(message("niet-nagerekend", &what))
                    }
                    (_, Verdict::Impossible) if !unchecked.is_empty() => {
                        let what = "Dat wat vastligt niet samen kan, zegt alleen de rekenaar: nagerekend is dat niet.";
                        Some(message("niet-nagerekend", what))
                    }
                    (true, Verdict::Feasible | Verdict::Stopped) => {
                        Some(message("afgebroken", "Afgebroken op verzoek; dit is het beste gecontroleerde plan tot dan toe."))
                    }
                    (false, Verdict::Feasible) => {
                        Some(message("niet-bewezen", "Een gecontroleerd plan; niet van elk doel is bewezen dat het niet beter kan."))
                    }
                    (false, Verdict::Stopped) => Some(message("geen-plan", "Binnen de tijd is geen plan gevonden.")),
                    // Who asked to stop came too late: the answer was there.
                    (true | false, Verdict::Impossible) => Some(message("onmogelijk", &impossible::told(outcome.json()))),
                    (true | false, Verdict::Optimal) => None,
                };
                let state = match (asked, status) {
                    (true, Verdict::Feasible | Verdict::Stopped) => State::Afgebroken,
                    (false, Verdict::Stopped) => State::Mislukt,
                    (true | false, Verdict::Optimal | Verdict::Impossible) | (false, Verdict::Feasible) => State::Klaar,
                };
                let result = status != Verdict::Stopped;
                let bytes = result.then(|| outcome.into_json());
                (finish(state, bytes, result.then_some(status), message), status.code().to_owned())
            }
            Ended::Answer { value, complete } => {
                let message = (!complete).then(|| message(INCOMPLETE, "De tijd was op: dit is wat tot dan toe is nagerekend."));
                let state = if asked && !complete { State::Afgebroken } else { State::Klaar };
                (finish(state, Some(value.to_string().into_bytes()), None, message), "antwoord".into())
            }
            Ended::Refused(problems) => {
                let mut message = message("geweigerd", "Deze vraag of deze lichting kan zo niet; bij problemen staat waarom.");
                message.problems = Some(problems["problemen"].clone());
                (finish(State::Mislukt, None, None, Some(message)), "geweigerd".into())
            }
            Ended::Failed(failure) => {
                let told = failure.kind.code().to_owned();
                match (cut, failure.kind) {
                    (Some(Cut::Lost), _) => return Ok(TAKEN_OVER.into()),
                    (Some(Cut::Ending), _) => {
                        self.keep(|| jobs::release(&self.store, claim)).await?;
                        return Ok("teruggezet".into());
                    }
                    (None, FailureKind::Stopped) => {
                        let message = message("afgebroken", "Afgebroken op verzoek; het beste gecontroleerde plan tot dan toe blijft.");
                        (finish(State::Afgebroken, None, None, Some(message)), told)
                    }
                    (None, FailureKind::TimeUp) => (finish(State::Mislukt, None, None, Some(message(&told, &failure.what))), told),
                    (None, _) => {
                        let message = message(&told, &failure.what);
                        self.keep(|| jobs::retry(&self.store, claim, &message)).await?;
                        return Ok(told);
                    }
                }
            }
        };
        let kept = self.keep(|| jobs::finish(&self.store, claim, finish.clone())).await?;
        // An outcome that comes when another has the job already is not kept, and so nothing is said to be done.
        Ok(if kept { told } else { TAKEN_OVER.into() })
    }

    /// Writes, and tries again for as long as the database takes nothing: hours of work are not lost to a full disk. Meanwhile nobody here
    /// takes the job for left.
    async fn keep<T, F>(&self, write: impl Fn() -> F) -> crate::store::Result<T>
    where
        F: Future<Output = crate::store::Result<T>>,
    {
        let (mut tries, mut last) = (0_u64, 0);
        loop {
            match write().await {
                Err(error) if error.passes() && last < LAST => {
                    if tries.is_multiple_of(TOLD) {
                        tracing::warn!(fout = %error, "het einde van een taak wacht tot het bewaard kan worden");
                    }
                    tries += 1;
                    last += u32::from(self.ending.is_cancelled());
                    sleep(AGAIN).await;
                }
                done => return done,
            }
        }
    }
}
