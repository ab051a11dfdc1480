//! What may be shown of an outcome that agrees with its wave: "bewezen" only where that was checked here, and else what it rests on.

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::certificate::Stage;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::Word;
use serde_json::{Value, json};

use super::certificates::ProofLine;
use super::compare::Page;
use super::{Examined, people, plan};

/// Under `techniek`: the goals of which only the computer says that it cannot be better.
const UNCHECKED: &str = "niet_nagerekend";

/// An outcome as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The file; the bytes that were given when all that it claims was checked.
    pub json: Vec<u8>,
    /// How the solve ended, as far as that was checked.
    pub status: Verdict,
    /// How many goals are proven.
    pub proven: usize,
    /// The goals that are said to be best by the computer alone.
    pub unchecked: Vec<String>,
}

/// Lowers what an outcome claims to what was checked. `examined` is what checking it came to, without findings and with every goal looked at.
pub fn shown(loaded: &Loaded, json: Vec<u8>, examined: &Examined) -> Option<Shown> {
    let mut outcome: Value = serde_json::from_slice(&json).ok()?;
    let status = outcome["status"].as_str().and_then(Verdict::parse)?;
    if !status.has_plan() {
        let unchecked = examined.open_conflict.then(|| "conflict".to_owned()).into_iter().collect();
        return Some(Shown { json, status, proven: 0, unchecked });
    }
    let goal_of = |number: usize| examined.proofs.iter().find(|line| line.proven.stage == Stage::Goal(number));
    // Every goal is about plans that keep what was best before it: it is proven when those are.
    let mut sure = examined.proofs.iter().filter(|line| line.proven.stage == Stage::Changes).all(|line| line.proven.checked());
    let (mut proven, mut lowered) = (0, false);
    let mut unchecked = Vec::new();
    for (number, row) in outcome["doelen"].as_array_mut()?.iter_mut().enumerate() {
        let (best, bound) = (row["beste"].as_i64()?, row["bovengrens"].as_i64()?);
        let line = goal_of(number);
        sure &= best == bound && line.is_some_and(|line| line.proven.checked());
        if sure {
            proven += 1;
            continue;
        }
        if best == bound {
            unchecked.push(row["naam"].as_str().unwrap_or_default().to_owned());
        }
        let least = best.saturating_add(1);
        // Where nothing was looked at, no more is known than that it is not proven.
        let known = line.map_or(least, |line: &ProofLine| if line.proven.searched { least } else { line.proven.bound });
        let right = known.max(bound).max(least);
        if right != bound {
            row["bovengrens"] = right.into();
            row["bewezen"] = false.into();
            lowered = true;
        }
    }
    if !lowered {
        return Some(Shown { json, status, proven, unchecked });
    }
    if status == Verdict::Optimal {
        // What was said of people because nothing can be better is not said any more.
        let wave = &loaded.wave;
        let found = plan::read(&mut Page::default(), wave, &outcome)?;
        for (candidate, reasons) in people::reasons_of(wave, &found, false) {
            let id = wave.candidates[candidate].id.as_str();
            let rows = outcome["ongeplaatst"].as_array_mut()?;
            rows.iter_mut().filter(|row| row["kandidaat"] == id).for_each(|row| row["redenen"] = reasons.clone());
        }
        outcome["status"] = Verdict::Feasible.code().into();
    }
    if !unchecked.is_empty() {
        outcome["techniek"][UNCHECKED] = json!(unchecked);
    }
    let json = serde_json::to_vec(&outcome).ok()?;
    Some(Shown { json, status: Verdict::Feasible, proven, unchecked })
}
