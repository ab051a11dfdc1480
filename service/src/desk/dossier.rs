//! The rows of one candidate in a wave's file and plan, and of nobody else: for the right of access.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::store::Error;

/// The lists of a wave file that name candidates.
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    kandidaten: Vec<Value>,
    #[serde(default)]
    vast: Vec<Value>,
    #[serde(default)]
    verboden: Vec<Value>,
    #[serde(default)]
    vorig_plan: Vec<Value>,
}

/// The lists of an outcome that name candidates.
#[derive(Default, Deserialize)]
struct Outcome {
    #[serde(default)]
    plaatsingen: Vec<Value>,
    #[serde(default)]
    ongeplaatst: Vec<Value>,
}

/// The rows of a candidate in a wave; `None` when the wave is not about them.
///
/// # Errors
/// When what was kept is no wave file or no outcome.
pub fn rows(wave: &str, file: &[u8], outcome: Option<&[u8]>, candidate: &str) -> Result<Option<Value>, Error> {
    let file: File = serde_json::from_slice(file)?;
    let outcome: Outcome = outcome.map(serde_json::from_slice).transpose()?.unwrap_or_default();
    let own = |rows: Vec<Value>| -> Vec<Value> { rows.into_iter().filter(|row| row["kandidaat"] == candidate).collect() };
    let Some(row) = file.kandidaten.into_iter().find(|row| row["id"] == candidate) else { return Ok(None) };
    Ok(Some(json!({
        "lichting": wave,
        "rij": row,
        "vast": own(file.vast),
        "verboden": own(file.verboden),
        "vorig_plan": own(file.vorig_plan),
        "voorstel": own(outcome.plaatsingen).into_iter().next(),
        "ongeplaatst": own(outcome.ongeplaatst).into_iter().next(),
    })))
}
