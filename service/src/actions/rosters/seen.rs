//! A roster as an intermediary sees it: its file with names, the plan that counts, what was decided, and what is at work.

use loket_instances::scheduling::outcome::{ConflictLine, OutcomeFile};
use loket_instances::scheduling::roster_file::{Loaded, Named, RosterFile};
use loket_solver::common::words::Verdict;

use super::{plan, rows};
use crate::actions::{Refused, Turn};
use crate::desk::roster::meetings::{Moved, moved};
use crate::records::invitation::Invitation;
use crate::records::roster::{Decided, Roster, RosterRun};
use crate::store::{Error, Store};

/// All of it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The roster.
    pub roster: Roster,
    /// Its file, with names.
    pub loaded: Loaded,
    /// The run whose plan counts.
    pub run: Option<RosterRun>,
    /// That plan.
    pub plan: Option<OutcomeFile>,
    /// What was decided.
    pub decided: Vec<Decided>,
    /// Whom it asked, and what they said.
    pub invited: Vec<Invitation>,
    /// The newest run, whatever it is.
    pub newest: Option<RosterRun>,
    /// The locks that cannot stand together, where that is how the newest run ended.
    pub conflict: Vec<ConflictLine>,
    /// A proposal that nobody decided about.
    pub proposal: Option<RosterRun>,
    /// When people were told of a plan last (UTC milliseconds).
    pub told_at: Option<i64>,
}

/// A roster.
pub async fn seen(store: &Store, id: &str) -> Result<Seen, Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let roster = reading.roster(id).await?.ok_or(Refused::Unknown)?;
    let own = reading.input(&roster.input).await?.ok_or(Refused::Unknown)?;
    let names = reading.roster_names(id).await?;
    let decided = reading.roster_decisions(id).await?;
    let invited = reading.roster_invitations(id).await?;
    let newest = reading.roster_runs(id, 0, 1).await?.0.into_iter().next();
    let proposal = reading.open_proposal(id).await?;
    let impossible = newest.as_ref().filter(|run| run.proposal.is_none() && run.job.status == Some(Verdict::Impossible));
    let lost = match impossible {
        Some(run) => reading.result(&run.job.id).await?,
        None => None,
    };
    let told_at = reading.publications(id).await?.last().map(|it| it.at);
    let run = match &roster.current {
        Some(run) => reading.roster_run(run).await?,
        None => None,
    };
    let result = match &run {
        Some(run) => reading.result(&run.job.id).await?,
        None => None,
    };
    drop(reading);
    let kind = roster.kind;
    let read = move || {
        let mut own = rows(&own)?;
        names.iter().for_each(|(id, name)| own.name(id, name));
        let counts = result.map(|bytes| plan(&bytes, kind)).transpose()?;
        let conflict = lost.map(|bytes| plan(&bytes, kind)).transpose()?.map(|it| it.conflict).unwrap_or_default();
        let mut loaded = built(own)?;
        for (id, name) in names {
            // A placement that is visited has no name in its file.
            loaded.names.entry((Named::Somebody, id)).or_insert(name);
        }
        Ok::<_, Error>((loaded, counts, conflict))
    };
    let (loaded, plan, conflict) = turn.aside(read).await??;
    Ok(Seen { roster, loaded, run, plan, decided, invited, newest, conflict, proposal, told_at })
}

fn built(file: RosterFile) -> Result<Loaded, Error> {
    let bytes = file.write();
    file.build(&bytes).map_err(|refusal| Error::unreadable("een rooster", &refusal))
}

/// The file of a roster with the names in it, as it can be sent again.
pub async fn file(store: &Store, id: &str) -> Result<Vec<u8>, Refused> {
    let mut reading = store.snapshot().await?;
    let roster = reading.roster(id).await?.ok_or(Refused::Unknown)?;
    let own = reading.input(&roster.input).await?.ok_or(Refused::Unknown)?;
    let names = reading.roster_names(id).await?;
    drop(reading);
    let mut own = rows(&own)?;
    names.iter().for_each(|(id, name)| own.name(id, name));
    Ok(own.write())
}

/// What a proposal makes otherwise.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The plan that counts.
    pub before: OutcomeFile,
    /// The plan of the proposal.
    pub after: OutcomeFile,
    /// Who is planned otherwise.
    pub moved: Vec<Moved>,
}

/// What the plan of a run makes otherwise than the plan that counts; nothing while one of them is not there.
pub async fn difference(store: &Store, roster: &Roster, run: &RosterRun) -> Result<Option<Difference>, Refused> {
    let mut reading = store.read();
    let Some(before) = (match &roster.current {
        Some(current) => reading.result(current).await?,
        None => None,
    }) else {
        return Ok(None);
    };
    let Some(after) = reading.result(&run.job.id).await?.filter(|_| run.planned()) else { return Ok(None) };
    let (before, after) = (plan(&before, roster.kind)?, plan(&after, roster.kind)?);
    let gone = run.proposal.as_ref().map(|it| [it.cause.people.clone(), it.cause.units.clone()].concat()).unwrap_or_default();
    let moved = moved(&before, &after, &gone);
    Ok(Some(Difference { before, after, moved }))
}
