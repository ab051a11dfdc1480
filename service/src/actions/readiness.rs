//! What publishing a plan would come to, looked at beforehand: what blocks, what asks a yes, what holds. Nothing is changed by looking.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{self, Case};
use super::papers::Names;
use super::publication::fits_now;
use super::{Asked, Refused, aside};
use crate::desk::asking::{NoReason, Party, Stance};
use crate::desk::fits::Clash;
use crate::desk::plan::Plan;
use crate::records::policy::{Policy, PolicyState};
use crate::records::run::Run;
use crate::records::setting;
use crate::records::wave::{Life, Wave};
use crate::store::{Error, Session, Store};
use loket_solver::matching::facts::words::Word;

/// So many lines of the log are checked while somebody waits; a longer log is checked where its own page is.
const MOST_LINES: i64 = 20_000;

/// A no that the plan does not obey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unobeyed {
    /// The candidate.
    pub candidate: String,
    /// By name; the id where there is none.
    pub name: String,
    /// The school's name.
    pub school: String,
    /// The bouw.
    pub bouw: String,
    /// Who said no.
    pub party: Party,
    /// Why; nothing once it was erased.
    pub reason: Option<NoReason>,
    /// When, UTC milliseconds.
    pub at: i64,
}

/// What of the log was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Log {
    /// Every line holds.
    Holds(i64),
    /// So many points do not fit.
    Wrong(usize),
    /// It is too long to be checked while somebody waits.
    Long(i64),
}

/// How the answers stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// Questions without an answer.
    pub questions: usize,
    /// About so many placements.
    pub placements: usize,
    /// Of the questions: past the last day.
    pub late: usize,
    /// The last day of those that are not.
    pub until: Option<String>,
    /// Placements with three times yes.
    pub settled: usize,
    /// Placements of which nobody was asked anything.
    pub unasked: usize,
}

/// What the plan takes of seats and coaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Seats that the register has open in the period.
    pub seats: i64,
    /// Coaching hours.
    pub hours: i64,
    /// Coaches who have somebody.
    pub coaches: usize,
    /// Most people of one coach.
    pub most_people: usize,
    /// Most hours of one coach.
    pub most_hours: i64,
    /// Schools where somebody comes.
    pub schools: usize,
    /// Boards of those schools.
    pub boards: usize,
}

/// Everything that somebody looks at before a plan is published.
#[derive(Clone, Debug)]
pub struct Readiness {
    /// The wave.
    pub wave: Wave,
    /// The run whose plan it is.
    pub run: Run,
    /// A newer run that has no plan, in its own words.
    pub newer: Option<String>,
    /// Each no that the plan does not obey.
    pub noes: Vec<Unobeyed>,
    /// What does not fit the register, with what the waves published before hold of it.
    pub clashes: Vec<Clash>,
    /// What could not be checked.
    pub notes: Vec<String>,
    /// Proposals that nobody decided about.
    pub unreviewed: usize,
    /// How the answers stand.
    pub open: Open,
    /// Whether publishing waits for every answer that was asked.
    pub waits: bool,
    /// What the plan takes.
    pub taken: Taken,
    /// Who is placed.
    pub placed: usize,
    /// Who is not.
    pub unplaced: usize,
    /// The policy of the wave; nothing for one of before policies were rows.
    pub policy: Option<Policy>,
    /// The log.
    pub log: Log,
}

impl Readiness {
    /// Whether nothing blocks it.
    pub fn free(&self) -> bool {
        let waits = self.waits && self.open.questions > 0;
        self.noes.is_empty() && !self.run.outdated && self.clashes.is_empty() && self.approved() && !waits
    }

    /// Whether the policy may be published with.
    pub fn approved(&self) -> bool {
        self.policy.as_ref().is_none_or(|it| it.state == PolicyState::Goedgekeurd)
    }

    /// How many things block it.
    pub fn blocks(&self) -> usize {
        // A no that the plan does not obey makes it out of date as well: that is one thing.
        let plan = !self.noes.is_empty() || self.run.outdated;
        let waits = self.waits && self.open.questions > 0;
        [plan, !self.clashes.is_empty(), !self.approved(), waits].into_iter().filter(|it| *it).count()
    }
}

/// Looks at the plan under review of a wave; nothing when there is none.
///
/// # Errors
/// When there is no such wave, or what was kept cannot be read.
pub async fn look(store: &Store, asked: &Asked, id: &str, held_months: u32) -> Result<Option<Readiness>, Refused> {
    let wave = store.read().wave(id).await?.ok_or(Refused::Unknown)?;
    let Some(run) = wave.current.clone().filter(|_| wave.life.under_review()) else { return Ok(None) };
    let Some(outcome) = store.read().result(&run).await? else { return Ok(None) };
    let plan = aside(move || Plan::read(&outcome)).await??;
    answers::ground(store, id).await?;
    let today = store.clock().today();
    let mut reading = store.snapshot().await?;
    let wave = reading.wave(id).await?.ok_or(Refused::Unknown)?;
    if wave.current.as_deref() != Some(&run) || !wave.life.under_review() {
        return Ok(None);
    }
    let Some(run) = reading.run(&run).await? else { return Ok(None) };
    let cases = answers::cases_in(&mut reading, &wave, &run.job.id, today).await?;
    let names = Names::all(&mut reading, asked.caller.scope()).await?;
    let newest = reading.runs(id, 0, 1).await?.0.into_iter().next();
    let newer = newest.filter(|it| it.job.id != run.job.id && it.job.state.ended() && !it.planned());
    let found = fits_now(&mut reading, asked, &wave, &plan.placements, held_months).await?;
    let policy = match &wave.policy {
        Some(used) => reading.policy(&used.named).await?,
        None => None,
    };
    Ok(Some(Readiness {
        newer: newer.and_then(|it| it.job.message).map(|it| it.text),
        noes: noes(&mut reading, &run.job.id, &today.to_string(), &names).await?,
        clashes: found.clashes,
        notes: found.notes,
        unreviewed: cases.iter().filter(|it| !it.reviewed).count(),
        open: open(&cases),
        waits: reading.setting(setting::PUBLICATION_WAITS).await?,
        taken: Taken { seats: seats(&mut reading, asked, &wave).await?, ..taken(&cases) },
        placed: plan.placements.len(),
        unplaced: plan.unplaced.len(),
        policy,
        log: log(&mut reading).await?,
        wave,
        run,
    }))
}

async fn noes(reading: &mut Session, run: &str, today: &str, names: &Names) -> Result<Vec<Unobeyed>, Error> {
    let called = |known: &BTreeMap<String, String>, id: &str| known.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let all = reading.not_obeyed(run, today).await?;
    let one = |(ban, placing): (crate::records::answer::Forbidden, crate::desk::placing::Placing)| Unobeyed {
        name: called(&names.candidates, &placing.candidate),
        school: called(&names.schools, &placing.place.school),
        candidate: placing.candidate,
        bouw: placing.place.bouw,
        party: ban.party,
        reason: ban.reason,
        at: ban.made,
    };
    Ok(all.into_iter().map(one).collect())
}

fn open(cases: &[Case]) -> Open {
    let mut open = Open::default();
    for case in cases {
        let waiting = Party::ALL.iter().filter(|party| matches!(case.stance(**party), Stance::Asked | Stance::Late));
        let waiting: Vec<&Party> = waiting.collect();
        open.questions += waiting.len();
        open.placements += usize::from(!waiting.is_empty());
        open.settled += usize::from(case.stances.iter().all(|it| *it == Stance::Yes));
        open.unasked += usize::from(case.stances.iter().all(|it| *it == Stance::NotAsked));
        for party in waiting {
            match case.stance(*party) {
                Stance::Late => open.late += 1,
                _ => open.until = open.until.take().max(case.answer(*party).map(|it| it.by.clone())),
            }
        }
    }
    open
}

fn taken(cases: &[Case]) -> Taken {
    let mut coaches: BTreeMap<&str, (usize, i64)> = BTreeMap::new();
    let (mut schools, mut boards) = (BTreeSet::new(), BTreeSet::new());
    for case in cases {
        let (place, with) = (&case.placing.place, coaches.entry(&case.placing.place.coach).or_default());
        *with = (with.0 + 1, with.1 + case.placing.hours);
        schools.insert(&place.school);
        boards.insert(&place.board);
    }
    Taken {
        seats: 0,
        hours: coaches.values().map(|it| it.1).sum(),
        coaches: coaches.len(),
        most_people: coaches.values().map(|it| it.0).max().unwrap_or(0),
        most_hours: coaches.values().map(|it| it.1).max().unwrap_or(0),
        schools: schools.len(),
        boards: boards.len(),
    }
}

/// Seats that are open some day of the wave.
async fn seats(reading: &mut Session, asked: &Asked, wave: &Wave) -> Result<i64, Error> {
    let all = reading.seats_from(asked.caller.scope(), &wave.from).await?;
    Ok(all.iter().filter(|it| it.open && it.from <= wave.until).map(|it| it.count).sum())
}

async fn log(reading: &mut Session) -> Result<Log, Error> {
    let lines = reading.log_length().await?;
    if lines > MOST_LINES {
        return Ok(Log::Long(lines));
    }
    let checked = reading.log_check().await?;
    Ok(if checked.wrong.is_empty() { Log::Holds(checked.lines) } else { Log::Wrong(checked.wrong.len()) })
}

/// Waves that who has no place can go on to: those that are not published, the first one first.
///
/// # Errors
/// When the store could not do it.
pub async fn next_waves(store: &Store, but: &str) -> Result<Vec<Wave>, Refused> {
    let mut waves = store.read().live_waves().await?;
    waves.retain(|it| it.id != but && it.life < Life::Vastgesteld);
    waves.sort_by(|a, b| (&a.from, &a.id).cmp(&(&b.from, &b.id)));
    Ok(waves)
}
