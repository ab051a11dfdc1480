//! Runs of a multi-year plan: asked, the same one however often, and stopped.

use loket_instances::planning::plan_file::read_plan;
use loket_instances::planning::typed::freed;

use crate::actions::{Asked, Refused, Turn, jobs};
use crate::desk::planning::sound::months_until;
use crate::records::deed::{Deed, Planned};
use crate::records::job::{NewJob, Part, Question};
use crate::records::planning::{PlanningRun, PlanningWish};
use crate::store::{Store, ids};
use crate::work::kinds::{PLAN_PART, PLAN_YEARS};

/// Asks for a run of a plan as it is now; or gives the run of the same file and wish that there is already. Where decisions are free, those of
/// waves that start after this month and of school years that begin after it are. No run takes more than `most` seconds.
pub async fn ask(store: &Store, asked: &Asked, id: &str, wish: PlanningWish, most: i64) -> Result<PlanningRun, Refused> {
    let seconds = wish.seconds.unwrap_or(most);
    if seconds > most {
        let what = format!("{seconds} seconden is meer dan hier mag");
        return Err(Refused::wrong("grens", "/rekentijd", what, format!("vul een geheel getal in van 1 tot en met {most}")));
    }
    if let Some(done) = store.read().deed::<String>(asked.key()).await? {
        return store.read().planning_run(&done).await?.ok_or(Refused::Unknown);
    }
    let planning = store.read().planning(id).await?.ok_or(Refused::Unknown)?;
    let own = store.read().input(&planning.input).await?.ok_or(Refused::Unknown)?;
    let today = store.clock().today();
    let turn = Turn::take().await?;
    let file = match wish.free {
        true => turn.aside(move || read_plan(&own).and_then(|loaded| freed(&own, months_until(&loaded, today)))).await??,
        false => own,
    };
    let question = Question::planning(seconds, wish.free, wish.scenarios, wish.sensitivity);
    let mut change = store.change().await?;
    if change.planning(id).await?.ok_or(Refused::Unknown)?.version != planning.version {
        return Err(Refused::not_now("Dit plan is net veranderd; kijk opnieuw en vraag het dan nog eens."));
    }
    let input = change.keep_input(&file).await?;
    let run = match change.same_planning_run(id, &input, &question).await? {
        Some(same) => same,
        None => {
            let run = ids::new();
            let parts = [Part::file(PLAN_PART, &input)];
            let job = NewJob { id: &run, kind: &PLAN_YEARS, group: id, by: asked.caller.who(), question: &question, parts: &parts };
            change.enqueue(&job).await?;
            change.add_planning_run(&run, &planning, &input).await?;
            let deed = Planned::Asked { run: &run, input: &input, version: planning.version };
            change.log(&asked.caller, id, &deed.into()).await?;
            run
        }
    };
    change.note_deed(asked.key(), &run).await?;
    change.commit().await?;
    store.read().planning_run(&run).await?.ok_or(Refused::Unknown)
}

/// Asks a run to stop; the best plan so far stays when there is one. One that has ended, or was asked to stop already, is told as it is.
pub async fn stop(store: &Store, asked: &Asked, id: &str) -> Result<PlanningRun, Refused> {
    let mut change = store.change().await?;
    let run = change.planning_run(id).await?.ok_or(Refused::Unknown)?;
    if run.job.state.ended() || run.job.stopping {
        return Ok(run);
    }
    jobs::ask_stop(&mut change, &run.job).await?;
    change.log(&asked.caller, id, &Deed::RunStopped {}).await?;
    change.commit().await?;
    store.read().planning_run(id).await?.ok_or(Refused::Unknown)
}
