//! What a roster holds of one person, and of nobody else: for the right of access.

use loket_instances::scheduling::outcome::{OutcomeFile, to_json};
use loket_instances::scheduling::roster_file::RosterFile;
use loket_solver::matching::facts::words::Word;
use serde_json::{Value, json};

use crate::records::invitation::Invitation;
use crate::records::roster::Decided;

/// The rows of a person in a roster, with the name that is kept, the meetings of the plan that counts, what was decided, and what the person was
/// asked and said; nothing when the roster is not about this person.
pub fn rows(file: &RosterFile, plan: Option<&OutcomeFile>, decided: &[Decided], name: Option<&str>, it: &Invitation) -> Option<Value> {
    let id = it.person.as_str();
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
    let decision = |it: &Decided| json!({ "besluit": it.said, "dagdeel": it.moment, "gegevens": it.named, "reden": it.because, "toelichting": it.note, "door": it.by });
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
        "uitnodiging": (it.version > 0).then(|| json!({
            "voor": it.asked.as_ref().map(|it| &it.by),
            "herinneringen": it.reminders,
            "beschikbaar": it.availability,
            "afspraken": it.replies,
            "toelichting": it.note,
            "hoe": it.told.as_ref().map(|it| it.way.code()),
        })),
        "besluiten": decided.iter().filter(said).map(decision).collect::<Vec<_>>(),
    }))
}
