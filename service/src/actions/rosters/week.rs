//! What is met for on which day, over all rosters that people were told of.

use std::collections::BTreeMap;

use super::plan;
use crate::actions::{Refused, Turn};
use crate::desk::roster::meetings::moments;
use crate::store::Store;

/// The meetings of one roster on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDay {
    /// The day, yyyy-mm-dd.
    pub day: String,
    /// What the roster is called.
    pub roster: String,
    /// How many meetings there are.
    pub count: usize,
}

/// The meetings from one day to before another, by day: those of the plan that people were told of last.
///
/// # Errors
/// When the store could not do it.
pub async fn week(store: &Store, from: &str, before: &str) -> Result<Vec<OnDay>, Refused> {
    let told = store.read().published_rosters(from).await?;
    let mut all: BTreeMap<(String, String), usize> = BTreeMap::new();
    for roster in told.iter().filter(|it| it.from.as_str() < before) {
        let Some(run) = &roster.published else { continue };
        let turn = Turn::take().await?;
        let Some(bytes) = store.read().result(run).await? else { continue };
        let kind = roster.kind;
        let days: Vec<String> = turn
            .aside(move || plan(&bytes, kind).map(|plan| plan.blocks.iter().flat_map(moments).map(|it| it.day.to_string()).collect()))
            .await??;
        for day in days.into_iter().filter(|day| day.as_str() >= from && day.as_str() < before) {
            *all.entry((day, roster.name.clone())).or_default() += 1;
        }
    }
    Ok(all.into_iter().map(|((day, roster), count)| OnDay { day, roster, count }).collect())
}
