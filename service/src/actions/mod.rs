//! What may be done, by whom and when: one file per family. An action takes who asks and typed input, and gives a typed record or says
//! why not. It reads, decides and writes in one change, with the deed's line in the log; it knows no HTTP, SQL or HTML.

use loket_instances::strict::problem::{Problem, Refusal};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::access::Caller;
use crate::desk::days::Doubts;
use crate::desk::fits;
use crate::store;

pub mod accounts;
pub mod administration;
pub mod afterwards;
pub mod answers;
pub mod attention;
pub mod bans;
pub mod board_desk;
pub mod board_history;
pub mod books;
pub mod capacity;
pub mod carry;
pub mod catalogue;
pub mod coaching;
pub mod comparing;
pub mod course;
pub mod decisions;
pub mod dropouts;
pub mod endings;
pub mod fairness;
pub mod figures;
pub mod forgotten;
pub mod funnel;
pub mod groups;
pub mod jobs;
pub mod log;
pub mod notes;
pub mod notices;
pub mod oidc;
pub mod open;
pub mod openings;
pub mod outbox;
pub mod overview;
pub mod papers;
pub mod persons;
pub mod placings;
pub mod planning;
pub mod policies;
pub mod privacy;
pub mod publication;
pub mod questions;
pub mod readiness;
pub mod refresh;
pub mod register;
pub mod reports;
pub mod retention;
pub mod review;
pub mod rosters;
pub mod rounds;
pub mod runs;
pub mod saving;
pub mod school_years;
pub mod searching;
pub mod season;
pub mod sendings;
pub mod settings;
pub mod signing;
pub mod stages;
pub mod standby;
pub mod trials;
pub mod tryouts;
pub mod undo;
pub mod waves;
pub mod worth;

/// Who asks, and under which idempotency key.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Who asks.
    pub caller: Caller,
    /// The key under which a repeated request has no second effect.
    pub key: Option<String>,
}

impl Asked {
    /// The key under which a repeated request has no second effect.
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }
}

/// Why something was not done. `N` is what there is now, for whoever saw something older.
#[derive(Debug)]
pub enum Refused<N = ()> {
    /// There is no such thing, or it is not the caller's to see.
    Unknown,
    /// Somebody else changed it: this is what it is now.
    Stale(Box<N>),
    /// Not in this state of its life; a Dutch sentence says why.
    NotNow(String),
    /// The input is wrong: everything at once, each with its place and remedy.
    Invalid(Refusal),
    /// It is unlikely to be meant, and is done once somebody confirms that it is: each point with its place and remedy.
    Unconfirmed(Vec<Problem>),
    /// It does not go together with what else there is.
    Clash(Box<Clash<N>>),
    /// Nothing is wrong with the question; later it may be done.
    Busy(Busy),
    /// A wave is to be published with a policy that nobody approved: what is wrong, and what to do.
    Unapproved(Box<Problem>),
    /// The caller may see it and may not do this.
    Forbidden,
}

/// What does not go together.
#[derive(Debug)]
pub struct Clash<N = ()> {
    /// In one Dutch sentence.
    pub what: String,
    /// Each point apart.
    pub points: Vec<fits::Clash>,
    /// What is there already.
    pub now: Option<N>,
    /// Waves that it is about and that cannot follow.
    pub waves: Vec<String>,
}

/// Why it may be done later.
#[derive(Debug)]
pub enum Busy {
    /// The store could not do it.
    Store(store::Error),
    /// A Dutch sentence.
    Said(&'static str),
    /// This caller has too much waiting; a Dutch sentence says of what.
    TooMany(&'static str),
}

/// One thing of the input that is wrong.
fn problem(code: &'static str, pointer: &str, what: impl Into<String>, remedy: impl Into<String>) -> Problem {
    let place = pointer.trim_start_matches('/').replace('/', ", ");
    Problem { code, pointer: pointer.into(), place, what: what.into(), remedy: remedy.into() }
}

impl<N> From<store::Error> for Refused<N> {
    fn from(error: store::Error) -> Self {
        Self::Busy(Busy::Store(error))
    }
}

impl<N> From<Vec<Problem>> for Refused<N> {
    fn from(problems: Vec<Problem>) -> Self {
        Self::Invalid(Refusal { problems, more: 0, notices: Vec::new() })
    }
}

impl<N> Refused<N> {
    /// Not in this state, in a Dutch sentence.
    pub fn not_now(why: impl Into<String>) -> Self {
        Self::NotNow(why.into())
    }

    /// It does not go together with what else there is, in one Dutch sentence.
    pub fn clash(what: impl Into<String>) -> Self {
        Self::Clash(Box::new(Clash { what: what.into(), points: Vec::new(), now: None, waves: Vec::new() }))
    }

    /// One thing of the input is wrong.
    pub fn wrong(code: &'static str, pointer: &str, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        vec![problem(code, pointer, what, remedy)].into()
    }

    /// Refuses what can never be, and what must be meant unless that is confirmed.
    pub fn doubted(Doubts { never, unlikely }: Doubts, confirmed: bool) -> Result<(), Self> {
        match (never.is_empty(), unlikely.is_empty() || confirmed) {
            (false, _) => Err(never.into()),
            (true, false) => Err(Self::Unconfirmed(unlikely)),
            (true, true) => Ok(()),
        }
    }

    /// Somebody else changed it: this is what it is now.
    pub fn stale(now: N) -> Self {
        Self::Stale(Box::new(now))
    }

    /// The same with what there is now in another shape.
    pub fn with_now<M>(self, shape: impl Fn(N) -> M) -> Refused<M> {
        match self {
            Self::Unknown => Refused::Unknown,
            Self::Stale(now) => Refused::stale(shape(*now)),
            Self::NotNow(why) => Refused::NotNow(why),
            Self::Invalid(problems) => Refused::Invalid(problems),
            Self::Unconfirmed(points) => Refused::Unconfirmed(points),
            Self::Unapproved(point) => Refused::Unapproved(point),
            Self::Clash(it) => {
                Refused::Clash(Box::new(Clash { what: it.what, points: it.points, now: it.now.map(shape), waves: it.waves }))
            }
            Self::Busy(why) => Refused::Busy(why),
            Self::Forbidden => Refused::Forbidden,
        }
    }
}

/// How much that takes long is done at once, whoever asks: each holds whole files.
static ROOM: Semaphore = Semaphore::const_new(2);

/// A turn to do what takes long. Taken before files are read, so that what waits holds none.
struct Turn(SemaphorePermit<'static>);

impl Turn {
    /// The next turn.
    async fn take() -> Result<Self, Busy> {
        ROOM.acquire().await.map(Self).map_err(|_| FELL)
    }

    /// Does what takes long on a thread of its own, so that nobody else's request waits for it. The turn ends with the work, also when
    /// whoever asked is gone before.
    async fn aside<T: Send + 'static>(self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(self.0);
            done
        });
        done.await.map_err(|_| FELL)
    }
}

const FELL: Busy = Busy::Said("Deze aanvraag liep vast op een fout in het programma; er is niets veranderd.");

/// The same in a turn that is taken now: for work on little.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
    Turn::take().await?.aside(work).await
}

impl<N> From<Busy> for Refused<N> {
    fn from(busy: Busy) -> Self {
        Self::Busy(busy)
    }
}

impl<N> From<Refusal> for Refused<N> {
    fn from(refusal: Refusal) -> Self {
        Self::Invalid(refusal)
    }
}
