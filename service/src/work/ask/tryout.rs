//! A try-out: for some candidates other things are fixed and forbidden (`veranderingen`), and what the plan already does stays (`houden`).

use loket_instances::matching::row::overruled;
use loket_instances::strict::fields::{At, Fields};
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::ask::explain::tryout::{TryOut, try_out};
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::{CandidateId, CoachId, SchoolId};
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::{Ban, Lock, Wave};
use serde_json::Value;

use super::{candidate, known, last, plan};
use crate::present::explain::ids;
use crate::present::explain::tryout::{Told, told};
use crate::present::explain::view::Lens;
use crate::view::View;
use crate::work::task::Task;

/// The keys of the question.
pub(crate) const KEYS: &[&str] = &["veranderingen", "houden"];
/// Keys of what is fixed.
const FIXED: &[&str] = &["school", "plek", "bouw", "coach", "ondanks"];
/// Keys of what is forbidden.
const FORBIDDEN: &[&str] = &["school", "plek", "bouw", "bestuur", "coach"];

/// What is asked.
struct Asked {
    /// All that is fixed and forbidden for each of these candidates, in the place of what the wave says.
    changes: Vec<(CandidateId, Option<Lock>, Vec<Ban>)>,
    /// What is fixed besides: decisions that the plan already follows.
    held: Vec<(CandidateId, Lock)>,
}

/// Reads the question only.
pub(crate) fn check(at: &At<'_>, wave: &Wave, _: &Plan) -> Option<()> {
    read(at, wave).map(|_| ())
}

/// Reads the question and answers it.
pub(crate) fn compute(task: Task<'_>) -> Result<Value, Refusal> {
    let base = plan(&task)?;
    let asked = task.question(|at| read(at, base.wave))?;
    let wave = asked.apply(base.wave);
    let found = try_out(&base, &wave, &task.desk);
    let changed: Vec<CandidateId> = asked.changes.iter().map(|it| it.0).collect();
    let lens = Lens::new(task.loaded, &base.plan, View::Intermediary);
    let whole = match &found {
        TryOut::Possible(it) => it.proven(),
        TryOut::Impossible { complete, .. } => *complete,
        TryOut::Stopped => false,
    };
    let answer = told(&lens, &Told { before: &base, wave: &wave, changed: &changed, found: &found });
    Ok(last(serde_json::to_value(answer).unwrap_or_default(), whole))
}

impl Asked {
    /// The wave with these changes.
    fn apply(&self, wave: &Wave) -> Wave {
        let mut wave = wave.clone();
        for (candidate, lock) in &self.held {
            wave.candidates[*candidate].lock = Some(lock.clone());
        }
        for (candidate, lock, bans) in &self.changes {
            let person = &mut wave.candidates[*candidate];
            person.lock.clone_from(lock);
            person.bans.clone_from(bans);
        }
        wave
    }
}

fn read(at: &At<'_>, wave: &Wave) -> Option<Asked> {
    let fields = at.object(KEYS)?;
    let mut asked = Asked { changes: Vec::new(), held: Vec::new() };
    for row in fields.need("veranderingen")?.rows("")? {
        let Some(of) = row.object(&["kandidaat", "vast", "verboden"]) else { continue };
        let who = of.need("kandidaat").and_then(|at| candidate(wave, at));
        let lock = match of.get("vast") {
            Some(at) => at.object(FIXED).and_then(|of| fixed(wave, &of)).map(Some),
            None => Some(None),
        };
        let bans = match of.get("verboden") {
            Some(at) => forbidden(wave, at),
            None => Some(Vec::new()),
        };
        let (Some(who), Some(lock), Some(bans)) = (who, lock, bans) else { continue };
        if asked.changes.iter().any(|it| it.0 == who) {
            row.refuse("dubbel", "over deze kandidaat staat er al een verandering", "noem elke kandidaat één keer");
            continue;
        }
        asked.changes.push((who, lock, bans));
    }
    for row in fields.get("houden").map_or(Some(Vec::new()), |at| at.rows(""))? {
        let Some(of) = row.object(&["kandidaat", "vast"]) else { continue };
        let who = of.need("kandidaat").and_then(|at| candidate(wave, at));
        let lock = of.need("vast").and_then(|at| at.object(FIXED)).and_then(|of| fixed(wave, &of));
        asked.held.extend(who.zip(lock));
    }
    Some(asked)
}

/// A lock; what it names must be in the wave.
fn fixed(wave: &Wave, of: &Fields<'_>) -> Option<Lock> {
    let school = match of.get("school") {
        Some(at) => Some(known(at, |id| ids::school(wave, id), wave.schools.iter().map(|it| &it.id))?),
        None => None,
    };
    let coach = match of.get("coach") {
        Some(at) => Some(known(at, |id| ids::coach(wave, id), wave.coaches.iter().map(|it| &it.id))?),
        None => None,
    };
    let seat = match of.get("plek") {
        Some(at) => Some(seat(wave, at, school)?),
        None => None,
    };
    let bouw = match of.get("bouw") {
        Some(at) => Some(at.word()?),
        None => None,
    };
    let despite: Vec<RuleCode> = match of.get("ondanks") {
        Some(at) => at.distinct(overruled)?,
        None => Vec::new(),
    };
    Some(Lock { school, seat, bouw, coach, despite })
}

/// The id of a seat group, at this school or at any.
fn seat(wave: &Wave, at: &At<'_>, school: Option<SchoolId>) -> Option<String> {
    let here = || wave.seats.iter().filter(move |it| school.is_none_or(|school| it.school == school)).map(|it| &it.id);
    let find = |id: &str| {
        let there = here().any(|it| it == id);
        if there { Ok(id.to_owned()) } else { Err(format!("plek {id} is er niet")) }
    };
    known(at, find, here())
}

/// Prohibitions. One that names what is not in the wave forbids nothing, as in a wave file.
fn forbidden(wave: &Wave, at: &At<'_>) -> Option<Vec<Ban>> {
    let mut bans = Vec::new();
    for row in at.rows("")? {
        let of = row.object(FORBIDDEN)?;
        let text = |key| of.get(key).map(At::text);
        let school: Option<Option<SchoolId>> = text("school").map(|it| ids::school(wave, it?).ok());
        let coach: Option<Option<CoachId>> = text("coach").map(|it| ids::coach(wave, it?).ok());
        let board = text("bestuur").map(|it| wave.boards.pairs().find(|(_, row)| Some(row.id.as_str()) == it).map(|(id, _)| id));
        let bouw = of.get("bouw").map(At::word);
        if school == Some(None) || coach == Some(None) || board == Some(None) || bouw == Some(None) {
            continue;
        }
        bans.push(Ban {
            school: school.flatten(),
            seat: text("plek").flatten().map(str::to_owned),
            bouw: bouw.flatten(),
            board: board.flatten(),
            coach: coach.flatten(),
        });
    }
    Some(bans)
}
