//! Runs of a roster: asked, the same one however often, and stopped; and what a run that ended makes of its roster.

use super::{current, rows};
use crate::actions::privacy::limited;
use crate::actions::{Asked, Busy, Refused, Turn, jobs};
use crate::desk::roster::given;
use crate::desk::roster::next::next;
use crate::records::deed::{Deed, Rostered};
use crate::records::invitation::Invitation;
use crate::records::job::{NewJob, Part, Question};
use crate::records::roster::{Roster, RosterRun};
use crate::store::{Change, Store, ids};
use crate::work::kinds::{ROSTER, ROSTER_PART};

/// Asks for a run with the decisions as they are now, from the plan that counts; or gives the run of the same file that there is already. No
/// run takes more than `most` seconds.
pub async fn ask(store: &Store, asked: &Asked, id: &str, seconds: Option<i64>, most: i64) -> Result<RosterRun, Refused> {
    let seconds = seconds.unwrap_or(most);
    if seconds > most {
        let what = format!("{seconds} seconden is meer dan hier mag");
        return Err(Refused::wrong("grens", "/rekentijd", what, format!("vul een geheel getal in van 1 tot en met {most}")));
    }
    if let Some(done) = store.read().deed::<String>(asked.key()).await? {
        return store.read().roster_run(&done).await?.ok_or(Refused::Unknown);
    }
    // Somebody may decide in between: then the file is made again.
    for _ in 0..20 {
        let roster = store.read().roster(id).await?.ok_or(Refused::Unknown)?;
        let (file, said) = file_of(store, &roster).await?;
        let mut change = store.change().await?;
        let now = change.roster(id).await?.ok_or(Refused::Unknown)?;
        if (now.version, now.decisions) != (roster.version, roster.decisions) || change.roster_invitations(id).await? != said {
            continue;
        }
        if change.open_proposal(id).await?.is_some() {
            return Err(Refused::not_now("Er ligt een voorstel na uitval: neem dat eerst over of wijs het af."));
        }
        let input = change.keep_input(&file).await?;
        let run = match change.same_roster_run(id, &input).await? {
            Some(same) => same,
            None => {
                let run = ids::new();
                put_in_line(&mut change, asked, &roster, &run, &input, seconds).await?;
                let deed = Rostered::Asked { run: &run, input: &input, decisions: roster.decisions };
                change.log(&asked.caller, id, &deed.into()).await?;
                run
            }
        };
        change.note_deed(asked.key(), &run).await?;
        change.commit().await?;
        return store.read().roster_run(&run).await?.ok_or(Refused::Unknown);
    }
    Err(Refused::Busy(Busy::Said("Er wordt nu te veel tegelijk besloten over dit rooster; probeer het zo weer.")))
}

/// The file of the next run, and the invitations that it knows.
async fn file_of(store: &Store, roster: &Roster) -> Result<(Vec<u8>, Vec<Invitation>), Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let own = reading.input(&roster.input).await?.ok_or(Refused::Unknown)?;
    let decided = reading.roster_decisions(&roster.id).await?;
    let plan = current(&mut reading, roster).await?;
    let limited = limited(&mut reading, store.clock().today()).await?;
    let said = reading.roster_invitations(&roster.id).await?;
    drop(reading);
    let (told, known) = (roster.publications > 0, said.clone());
    let made = move || rows(&own).map(|own| given::with(next(&own, &decided, plan.as_ref(), told, &limited), &known).write());
    Ok((turn.aside(made).await??, said))
}

/// Puts a run in line.
pub(super) async fn put_in_line(
    change: &mut Change,
    asked: &Asked,
    roster: &Roster,
    run: &str,
    input: &str,
    seconds: i64,
) -> Result<(), Refused> {
    let question = Question::solve(seconds);
    let parts = [Part::file(ROSTER_PART, input)];
    let job = NewJob { id: run, kind: &ROSTER, group: &roster.id, by: asked.caller.who(), question: &question, parts: &parts };
    change.enqueue(&job).await?;
    change.add_roster_run(run, roster, input).await?;
    Ok(())
}

/// Asks a run to stop; the best roster so far stays when there is one. One that has ended, or was asked to stop already, is told as it is.
pub async fn stop(store: &Store, asked: &Asked, id: &str) -> Result<RosterRun, Refused> {
    let mut change = store.change().await?;
    let run = change.roster_run(id).await?.ok_or(Refused::Unknown)?;
    if run.job.state.ended() || run.job.stopping {
        return Ok(run);
    }
    jobs::ask_stop(&mut change, &run.job).await?;
    change.log(&asked.caller, id, &Deed::RunStopped {}).await?;
    change.commit().await?;
    store.read().roster_run(id).await?.ok_or(Refused::Unknown)
}
