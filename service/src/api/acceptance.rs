//! What accepting a proposal changes, read from its outcome and the one before.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::publication::read_plan;
use crate::desk::decision::Spot;
use crate::serve::App;
use crate::serve::body::json as parse;
use crate::serve::problem::Problem;
use crate::store::batches::Acceptance;

/// What accepting one wave's proposal changes beside the plan: decisions about what is gone, and who is placed otherwise.
pub async fn acceptance(app: &App, wave: &str, run: &str) -> Result<Acceptance, Problem> {
    let not_yet = || Problem::conflict(format!("De herberekening van lichting {wave} heeft (nog) geen plan."));
    let run = app.store.run(run).await?.ok_or_else(Problem::unknown)?;
    let file = parse(&app.store.input(&run.input).await?.ok_or_else(Problem::unknown)?)?;
    let new = parse(&app.store.result(&run.job.id).await?.ok_or_else(not_yet)?)?;
    let old = match &run.before {
        Some(before) => app.store.result(before).await?.map(|bytes| parse(&bytes)).transpose()?.unwrap_or_default(),
        None => Value::Null,
    };
    let there = |list: &str| -> BTreeSet<String> {
        file[list].as_array().into_iter().flatten().filter_map(|row| row["id"].as_str()).map(str::to_owned).collect()
    };
    let (schools, coaches, people) = (there("scholen"), there("coaches"), there("kandidaten"));
    let decided = app.store.decided(wave).await?;
    let stands = |spot: &Spot| schools.contains(&spot.school) && coaches.contains(&spot.coach);
    let gone = decided.iter().filter(|(who, it)| !people.contains(*who) || !stands(it.spot())).map(|(who, _)| who.clone()).collect();
    let rows = |outcome: &Value| -> BTreeMap<String, Value> {
        let list = outcome["plaatsingen"].as_array().into_iter().flatten();
        list.filter_map(|row| Some((row["kandidaat"].as_str()?.to_owned(), row.clone()))).collect()
    };
    let (was, now) = (rows(&old), rows(&new));
    let same = |who: &String| match (was.get(who), now.get(who)) {
        (Some(was), Some(now)) => ["school", "plek", "coach"].iter().all(|key| was[*key] == now[*key]),
        (None, None) => true,
        _ => false,
    };
    let everybody: BTreeSet<&String> = was.keys().chain(now.keys()).collect();
    let moves = everybody.into_iter().filter(|who| !same(who)).map(|who| (who.clone(), now.get(who).cloned())).collect();
    let plan = read_plan(new.to_string().as_bytes())?.0;
    Ok(Acceptance { wave: wave.into(), gone, moves, plan, held_months: app.settings.seat_months })
}
