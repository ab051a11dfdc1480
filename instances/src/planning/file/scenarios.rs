//! Reads scenarios: named sets of changes of the file, each made and read again as a file of its own.

use std::collections::HashSet;

use serde_json::Value;

use super::read;
use crate::planning::parts::Scenario;
use crate::strict::fields::At;
use crate::strict::json::{self, Node};
use crate::strict::report::Report;
use crate::strict::rows::own_id;
use crate::strict::spot::{Spot, show_id};

/// Most scenarios of one file.
const MOST: usize = 1_000;

/// Every scenario; whether a changed file is right is looked at only when the file itself is `clean`.
pub(crate) fn read(root: &At<'_>, clean: bool) -> Vec<Scenario> {
    // The keys of the file itself have been told about already.
    let Node::Object(entries) = root.node else { return Vec::new() };
    let Some((_, node)) = entries.iter().find(|(key, node)| key == "scenarios" && *node != Node::Null) else { return Vec::new() };
    let list = At { node, spot: root.spot.key("scenarios"), report: root.report };
    let whole = root.node.to_value();
    let mut seen = HashSet::new();
    let mut scenarios = Vec::new();
    for row in list.no_more_than(MOST).and_then(|()| list.rows("id")).unwrap_or_default() {
        let Some(fields) = row.fields(&["id", "naam", "wijzig"]) else { continue };
        let id = own_id(&fields);
        fields.get("naam").map(At::name);
        if !id.is_empty() && !seen.insert(id.clone()) {
            let what = format!("scenario \"{}\" staat er twee keer", show_id(&id));
            row.report.problem("dubbel-id", &row.spot.key("id"), what, "geef elk scenario een eigen id");
        }
        let mut changed = whole.clone();
        let mut sound = true;
        for change in fields.need("wijzig").and_then(|at| at.rows("")).unwrap_or_default() {
            sound &= apply(&change, &mut changed).is_some();
        }
        if let Value::Object(entries) = &mut changed {
            entries.shift_remove("scenarios");
        }
        if sound && clean {
            scenarios.extend(made(&row, id, &changed));
        }
    }
    scenarios
}

/// Makes one change.
fn apply(at: &At<'_>, file: &mut Value) -> Option<()> {
    let fields = at.fields(&["pad", "waarde"])?;
    let path = fields.need("pad");
    // Null is a value here: it stands for a key that is absent.
    let null = matches!(at.node, Node::Object(entries) if entries.iter().any(|(key, value)| key == "waarde" && *value == Node::Null));
    let value = if null { Some(Value::Null) } else { fields.need("waarde").map(|at| at.node.to_value()) };
    let (path, value) = (path?, value?);
    let text = path.text()?;
    if text == "/scenarios" || text.starts_with("/scenarios/") {
        path.refuse("onbekende-verwijzing", "een scenario kan geen scenario's wijzigen", "noem een plaats in de rest van het bestand");
        return None;
    }
    let Some(place) = file.pointer_mut(text).filter(|_| !text.is_empty()) else {
        let what = format!("de plaats \"{}\" staat niet in dit bestand", show_id(text));
        path.refuse("onbekende-verwijzing", what, "schrijf de plaats als /trechter/diploma, en zet die sleutel eerst in het bestand zelf");
        return None;
    };
    *place = value;
    Some(())
}

/// The changed file, read; what is wrong with it is a problem of the scenario.
fn made(row: &At<'_>, id: String, changed: &Value) -> Option<Scenario> {
    let tree = json::parse(changed.to_string().as_bytes()).ok()?;
    let report = Report::default();
    let made = read::plan(&At { node: &tree, spot: Spot::default(), report: &report });
    match report.close(made) {
        Ok((file, _)) => Some(Scenario { id, horizon: file.horizon, locks: file.locks }),
        Err(refusal) => {
            for problem in refusal.problems {
                let what = format!("met deze wijzigingen klopt het bestand niet: {}: {}", problem.place, problem.what);
                row.report.problem(problem.code, &row.spot.key("wijzig"), what, problem.remedy);
            }
            None
        }
    }
}
