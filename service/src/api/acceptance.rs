//! What accepting a proposal changes, read from its outcome and the one before.

use std::collections::{BTreeMap, BTreeSet};

use loket_instances::matching::outcome::{OutcomeFile, read_outcome};
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::strict::problem::Refusal;

use crate::desk::decision::Spot;
use crate::desk::fits::Wanted;
use crate::serve::App;
use crate::serve::problem::Problem;
use crate::store::batches::Acceptance;

/// What accepting one wave's proposal changes beside the plan: decisions about what is gone, and who is placed otherwise.
pub async fn acceptance(app: &App, wave: &str, run: &str) -> Result<Acceptance, Problem> {
    let not_yet = || Problem::conflict(format!("De herberekening van lichting {wave} heeft (nog) geen plan."));
    let run = app.store.run(run).await?.ok_or_else(Problem::unknown)?;
    let file = app.store.input(&run.input).await?.ok_or_else(Problem::unknown)?;
    let new = app.store.result(&run.job.id).await?.ok_or_else(not_yet)?;
    let old = match &run.before {
        Some(before) => app.store.result(before).await?,
        None => None,
    };
    let read = move || -> Result<(WaveFile, OutcomeFile, Option<OutcomeFile>), Refusal> {
        Ok((WaveFile::read(&file)?, read_outcome(&new)?, old.map(|bytes| read_outcome(&bytes)).transpose()?))
    };
    let read = tokio::task::spawn_blocking(read).await.map_err(|_| Problem::busy("Het lezen van het voorstel liep vast."))?;
    let (file, new, old) = read.map_err(|refusal| Problem::refused(&refusal))?;
    let schools: BTreeSet<&str> = file.schools.iter().map(|row| row.id.as_str()).collect();
    let coaches: BTreeSet<&str> = file.coaches.iter().map(|row| row.id.as_str()).collect();
    let people: BTreeSet<&str> = file.candidates.iter().map(|row| row.id.as_str()).collect();
    let decided = app.store.decided(wave).await?;
    let stands = |spot: &Spot| schools.contains(spot.school.as_str()) && coaches.contains(spot.coach.as_str());
    let gone =
        decided.iter().filter(|(who, it)| !people.contains(who.as_str()) || !stands(it.spot())).map(|(who, _)| who.clone()).collect();
    let plan: Vec<Wanted> = new.placements.iter().map(Wanted::from).collect();
    let before: Vec<Wanted> = old.iter().flat_map(|old| &old.placements).map(Wanted::from).collect();
    let by_person = |rows: &[Wanted]| rows.iter().map(|row| (row.candidate.clone(), row.clone())).collect::<BTreeMap<_, _>>();
    let (was, now) = (by_person(&before), by_person(&plan));
    let place = |row: &Wanted| (row.school.clone(), row.seat.clone(), row.coach.clone());
    let same = |who: &String| was.get(who).map(place) == now.get(who).map(place);
    let everybody: BTreeSet<&String> = was.keys().chain(now.keys()).collect();
    let moves = everybody.into_iter().filter(|who| !same(who)).map(|who| (who.clone(), now.get(who).cloned())).collect();
    Ok(Acceptance { wave: wave.into(), gone, moves, plan, held_months: app.settings.seat_months })
}
