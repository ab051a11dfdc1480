//! What a roster holds of one person, and of nobody else: for the right of access.

use loket_instances::scheduling::outcome::{OutcomeFile, to_json};
use loket_instances::scheduling::roster_file::RosterFile;
use serde_json::{Value, json};

use crate::records::roster::Decided;

/// The rows of a person in a roster, with the name that is kept, the meetings of the plan that counts and what was decided; nothing when the
/// roster is not about this person.
pub fn rows(file: &RosterFile, plan: Option<&OutcomeFile>, decided: &[Decided], name: Option<&str>, id: &str) -> Option<Value> {
    let json = file.to_json();
    let list = |key: &str| json[key].as_array().cloned().unwrap_or_default();
    let own = |key: &str, of: &[&str]| -> Vec<Value> { list(key).into_iter().filter(|row| of.iter().any(|it| row[*it] == *id)).collect() };
    let people = [own("personen", &["id"]), own("deelnemers", &["id"]), own("plaatsingen", &["id"])].concat();
    if people.is_empty() && name.is_none() {
        return None;
    }
    const UNIT: &[&str] = &["deelnemer", "plaatsing"];
    let outcome = plan.map(to_json).unwrap_or_default();
    let there = |block: &&Value| {
        let mut all = block["leden"].as_array().into_iter().chain(block["bezetting"].as_array()).flatten();
        all.any(|it| it["id"] == *id || it["persoon"] == *id)
    };
    let blocks = outcome["blokken"].as_array().into_iter().flatten().filter(there);
    let meeting = |block: &Value| {
        let member = block["leden"].as_array().into_iter().flatten().find(|it| it["id"] == *id);
        let role = block["bezetting"].as_array().into_iter().flatten().find(|it| it["persoon"] == *id);
        json!({
            "dagdeel": block["dagdeel"], "dagdelen": block["dagdelen"], "tijd": member.map(|it| it["tijd"].clone()),
            "locatie": block["locatie"], "aanbod": block["aanbod"], "rol": role.map(|it| it["rol"].clone()),
        })
    };
    let unplanned = outcome["ongepland"].as_array().into_iter().flatten().find(|it| it["id"] == *id).cloned();
    let said = |it: &&Decided| it.unit == id;
    let decision = |it: &Decided| json!({ "besluit": it.said, "dagdeel": it.moment, "gegevens": it.named, "door": it.by });
    Some(json!({
        "rooster": file.id,
        "naam": name,
        "rijen": people,
        "reistijden": own("reistijden", &["van"]),
        "vast": own("vast", UNIT),
        "verboden": own("verboden", UNIT),
        "vorig": own("vorig", UNIT),
        "afspraken": blocks.map(meeting).collect::<Vec<_>>(),
        "ongepland": unplanned,
        "besluiten": decided.iter().filter(said).map(decision).collect::<Vec<_>>(),
    }))
}
