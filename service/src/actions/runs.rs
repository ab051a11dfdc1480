//! Runs: asked, the same one however often, and stopped.

use super::privacy::limited;
use super::{Asked, Busy, Refused, Turn, jobs};
use crate::desk::prepare::{Changes, next_bytes};
use crate::records::deed::Deed;
use crate::records::job::{NewJob, Part, Question};
use crate::records::run::{NewRun, Run};
use crate::records::wave::{Life, Wave};
use crate::store::{Change, Store, ids};
use crate::work::kinds::SOLVE;
use loket_solver::matching::facts::words::Word;

/// What a run is asked.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Seconds it may take; all that a run may take when it says nothing.
    pub seconds: Option<i64>,
    /// How many people may be placed otherwise than in the plan under review.
    pub changes: Changes,
}

/// Asks for a run, with the decisions as they are now and from the plan under review; or gives the run of the same file that there is
/// already: the same question has one effect, however often it is asked. No run takes more than `most` seconds.
pub async fn ask(store: &Store, asked: &Asked, wave: &str, wish: Wish, most: i64) -> Result<Run, Refused> {
    let seconds = wish.seconds.unwrap_or(most);
    if seconds > most {
        let what = format!("{seconds} seconden is meer dan hier mag");
        return Err(Refused::wrong("grens", "/rekentijd", what, format!("vul een geheel getal in van 1 tot en met {most}")));
    }
    let mut reading = store.read();
    if let Some(done) = reading.deed::<String>(asked.key()).await? {
        return reading.run(&done).await?.ok_or(Refused::Unknown);
    }
    let question = Question::solve(seconds);
    // Somebody may decide in between: then the file is made again.
    for _ in 0..20 {
        let wave = store.read().wave(wave).await?.ok_or(Refused::Unknown)?;
        let (file, before) = file_of(store, &wave, wish.changes).await?;
        let fresh = ids::new();
        let new =
            NewRun { wave: &wave, file: &file, base: &wave.input, before: before.as_deref(), batch: None, question: &question, id: &fresh };
        let mut change = store.change().await?;
        match put_in_line(&mut change, asked, &new).await {
            Ok(run) => {
                change.note_deed(asked.key(), &run).await?;
                change.commit().await?;
                return store.read().run(&run).await?.ok_or(Refused::Unknown);
            }
            Err(Refused::Stale(_)) => {}
            Err(refused) => return Err(refused),
        }
    }
    Err(Refused::Busy(Busy::Said("Er wordt nu te veel tegelijk besloten over deze lichting; probeer het zo weer.")))
}

/// The file of the wave's next run, and the run whose plan it starts from.
async fn file_of(store: &Store, wave: &Wave, changes: Changes) -> Result<(Vec<u8>, Option<String>), Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.read();
    let own = reading.input(&wave.input).await?.ok_or(Refused::Unknown)?;
    let decisions = reading.decided(&wave.id).await?;
    let bans = reading.bans(&store.clock().today().to_string()).await?;
    let current = match &wave.current {
        Some(current) => reading.run(current).await?,
        None => None,
    };
    // A plan under review is kept as far as it can be, also when nobody decided yet but the file changed. When nothing changed since the
    // last run it is the same run, made from the same plan.
    let same = current.as_ref().filter(|run| run.batch.is_none() && run.base == wave.input && run.decisions == wave.decisions);
    let from = match same {
        Some(run) => run.before.clone(),
        None => wave.current.clone(),
    };
    let plan = match &from {
        Some(from) => reading.result(from).await?,
        None => None,
    };
    let before = if same.is_some() { from } else { from.filter(|_| plan.is_some()) };
    let limited = limited(&mut reading, store.clock().today()).await?;
    let file = turn.aside(move || next_bytes(&own, plan.as_deref(), &decisions, (&bans, &limited), changes)).await??;
    Ok((file, before))
}

/// Puts a run in line within a change, or gives the run of the same file that there is already. `Stale` when the wave changed since the
/// caller read it.
pub(super) async fn put_in_line(change: &mut Change, asked: &Asked, new: &NewRun<'_>) -> Result<String, Refused> {
    let wave = change.wave(&new.wave.id).await?.ok_or(Refused::Unknown)?;
    if wave.life == Life::Concept || (wave.life >= Life::Vastgesteld && new.batch.is_none()) {
        let life = wave.life.code();
        return Err(Refused::NotNow(format!(
            "Een lichting die {life} is, wordt niet berekend{}.",
            if wave.life == Life::Concept { "; dien haar eerst in" } else { "; meld wat er verandert als uitval" }
        )));
    }
    if (wave.decisions, &wave.input) != (new.wave.decisions, &new.wave.input) {
        return Err(Refused::stale(()));
    }
    let input = change.keep_input(new.file).await?;
    if new.batch.is_none()
        && let Some(same) = change.same_run(&wave.id, &input, new.question).await?
    {
        return Ok(same);
    }
    let mut parts = vec![Part::file("lichting", &input)];
    parts.extend(new.before.map(|before| Part::result("start", before)));
    let job = NewJob { id: new.id, kind: &SOLVE, group: &wave.id, by: asked.caller.who(), question: new.question, parts: &parts };
    change.enqueue(&job).await?;
    change.add_run(new, &input).await?;
    let policy = wave.policy.as_ref().map(|it| &it.named);
    let deed = Deed::RunAsked { wave: &wave.id, input: &input, decisions: wave.decisions, batch: new.batch, policy };
    change.log(&asked.caller, new.id, &deed).await?;
    Ok(new.id.to_owned())
}

/// Asks a run to stop; the best checked plan so far stays. One that has ended, or was asked to stop already, is told as it is.
pub async fn stop(store: &Store, asked: &Asked, id: &str) -> Result<Run, Refused> {
    let mut change = store.change().await?;
    let run = change.run(id).await?.ok_or(Refused::Unknown)?;
    if run.job.state.ended() || run.job.stopping {
        return Ok(run);
    }
    jobs::ask_stop(&mut change, &run.job).await?;
    change.log(&asked.caller, id, &Deed::RunStopped {}).await?;
    change.commit().await?;
    store.read().run(id).await?.ok_or(Refused::Unknown)
}
