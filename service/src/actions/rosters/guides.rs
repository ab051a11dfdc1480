//! The coach who had the interview becomes the candidate's own coach in the register, so that the next wave keeps them together.

use std::collections::BTreeMap;

use loket_instances::scheduling::outcome::OutcomeFile;
use loket_solver::scheduling::facts::codes::Kind as Problem;
use serde::{Deserialize, Serialize};

use super::plan;
use crate::actions::register::put_in;
use crate::actions::{Asked, Refused};
use crate::desk::whole::Said;
use crate::records::deed::Deed;
use crate::records::register::Kind;
use crate::store::Store;

/// The role of whoever can become somebody's coach.
const COACH: &str = "coach";
/// The key of the register.
const OWN: &str = "huidige_coach";

/// What came of it, by candidate id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Who has the coach of the interview now.
    pub kept: Vec<String>,
    /// Who had a coach already: that stays.
    pub had: Vec<String>,
    /// Who is not in the register, or whose coach is not.
    pub unknown: Vec<String>,
}

/// The coach of everybody who is interviewed in a plan.
fn coaches(plan: &OutcomeFile) -> BTreeMap<&str, &str> {
    let all = plan.blocks.iter().filter_map(|block| Some((block, block.staff.iter().find(|(role, _)| role == COACH)?)));
    all.flat_map(|(block, (_, coach))| block.members.iter().map(|it| (it.id.as_str(), coach.as_str()))).collect()
}

/// Writes them in the register, of the plan that people were told last. Who has a coach there already keeps that one.
///
/// # Errors
/// When it is not about interviews, or nobody was told of it.
pub async fn keep(store: &Store, asked: &Asked, id: &str) -> Result<Kept, Refused> {
    let mut reading = store.snapshot().await?;
    if let Some(done) = reading.deed(asked.key()).await? {
        return Ok(done);
    }
    let roster = reading.roster(id).await?.ok_or(Refused::Unknown)?;
    if roster.kind != Problem::Interviews {
        return Err(Refused::not_now("Alleen van intakegesprekken wordt de coach overgenomen."));
    }
    let Some(run) = &roster.published else {
        return Err(Refused::not_now("Publiceer het rooster eerst; dan staat vast wie met wie spreekt."));
    };
    let told = plan(&reading.result(run).await?.ok_or(Refused::Unknown)?, roster.kind)?;
    drop(reading);
    let mut change = store.change().await?;
    let mut done = Kept::default();
    for (candidate, coach) in coaches(&told) {
        let row = change.register_row(Kind::Candidate, asked.caller.scope(), candidate).await?;
        let known = change.register_row(Kind::Coach, asked.caller.scope(), coach).await?;
        let (Some(mut row), Some(_)) = (row, known) else {
            done.unknown.push(candidate.to_owned());
            continue;
        };
        if row.data.get(OWN).is_some_and(|it| !it.is_null()) {
            done.had.push(candidate.to_owned());
            continue;
        }
        row.data.insert(OWN.to_owned(), coach.into());
        let said = Said { keys: row.says().map(str::to_owned).collect(), confirmed: true };
        let version = row.version;
        let put = put_in(&mut change, asked, Kind::Candidate, row, (version, &said)).await.map_err(|it| it.with_now(|_| ()))?;
        let was = put.was.map(|it| it.logged(Kind::Candidate));
        let deed = Deed::RowPut { kind: Kind::Candidate, id: candidate, was, row: put.row.logged(Kind::Candidate) };
        change.log(&asked.caller, candidate, &deed).await?;
        done.kept.push(candidate.to_owned());
    }
    change.note_deed(asked.key(), &done).await?;
    change.commit().await?;
    Ok(done)
}
