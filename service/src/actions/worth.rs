//! What one more seat would bring each board, asked before somebody wants to know, and put aside as soon as somebody asks anything else.

use super::{Asked, Refused, capacity, jobs, questions};
use crate::access::Caller;
use crate::desk::worth::Worth;
use crate::records::job::{Job, Question};
use crate::records::run::Run;
use crate::store::Store;

/// Who asks in the background: whose turns go around with those of people, and who never waits beside them.
pub(super) const BACKGROUND: &str = "achtergrond";
/// How long nothing changed before it is asked about, milliseconds.
const QUIET: i64 = 10_000;

/// Asks the next question that is wanted, when nothing else waits or is in hand; what was asked here before is put aside when somebody's own
/// work waits. What changes more than once is asked about when it has been left alone for a while. Whether something was asked.
pub async fn prepare(store: &Store) -> Result<bool, Refused> {
    let (own, waiting, at_work) = store.read().beside(BACKGROUND).await?;
    if !own.is_empty() {
        if waiting > 0 {
            put_aside(store, &own).await?;
        }
        return Ok(false);
    }
    if waiting + at_work > 0 {
        return Ok(false);
    }
    let Some(wish) = store.read().next_wish(store.clock().now() - QUIET).await? else { return Ok(false) };
    let asked = Asked { caller: Caller::machine(BACKGROUND), key: None };
    let put = match questions::worth(store, &asked, &wish.board, None, None).await {
        Ok(_) => true,
        // No plan with this board is under review: there is nothing to ask it about until there is one.
        Err(Refused::NotNow(_) | Refused::Unknown) => false,
        Err(other) => return Err(other),
    };
    let mut change = store.change().await?;
    change.wish_asked(&wish).await?;
    change.commit().await?;
    Ok(put)
}

async fn put_aside(store: &Store, own: &[Job]) -> Result<(), Refused> {
    let mut change = store.change().await?;
    for job in own.iter().filter(|it| !it.stopping) {
        jobs::ask_stop(&mut change, job).await?;
        match job.question.board() {
            Some(board) => change.wish_again(board).await?,
            // What was worked out ahead is asked anew once it is quiet again.
            None => change.free_question_key(&job.id).await?,
        }
    }
    change.commit().await?;
    Ok(())
}

/// The answer that is kept for a board.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The question, with its answer.
    pub job: Job,
    /// The run it is about.
    pub run: Run,
    /// Whether another plan than that of its run is under review now, or it is out of date.
    pub replanned: bool,
    /// Whether the board's seats changed since it was asked.
    pub changed: bool,
}

/// What is kept for a board, at once; and whether a newer answer is on its way.
pub async fn kept(store: &Store, asked: &Asked, board: &str) -> Result<(Option<Kept>, bool), Refused> {
    capacity::board(store, asked, board).await?;
    let question = Question::worth_for_board(board, None);
    let mut reading = store.read();
    let wish = reading.worth_wish(board).await?;
    let at_work = reading.beside(BACKGROUND).await?.0.iter().any(|it| it.question == question);
    let coming = at_work || wish.as_ref().is_some_and(|it| it.waits());
    let Some((job, run)) = reading.last_worth(&question).await? else { return Ok((None, coming)) };
    let Some(run) = reading.run(&run).await? else { return Ok((None, coming)) };
    let current = reading.wave(&run.wave).await?.and_then(|it| it.current);
    let kept = Kept {
        replanned: run.outdated || current.as_deref() != Some(run.job.id.as_str()),
        changed: wish.and_then(|it| it.changed).is_some_and(|at| at > job.created),
        job,
        run,
    };
    Ok((Some(kept), coming))
}

/// What one more seat would bring a board, for its own eyes.
#[derive(Clone, Debug)]
pub struct Told {
    /// What it would bring.
    pub worth: Worth,
    /// Whether the plan or the seats changed since.
    pub old: bool,
    /// When it was worked out, UTC milliseconds.
    pub at: Option<i64>,
}

/// The same as [`kept`], read; and whether a newer answer is on its way.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such board, or it is another's.
pub async fn told(store: &Store, asked: &Asked, board: &str) -> Result<(Option<Told>, bool), Refused> {
    let (kept, coming) = kept(store, asked, board).await?;
    let Some(kept) = kept else { return Ok((None, coming)) };
    let Some(answer) = store.read().result(&kept.job.id).await? else { return Ok((None, coming)) };
    let told = Told { worth: Worth::read(&answer)?, old: kept.replanned || kept.changed, at: kept.job.ended };
    Ok((Some(told), coming))
}
