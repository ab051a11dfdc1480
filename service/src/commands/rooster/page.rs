//! What people read of a roster: what is in a file, a plan block by block with who is not planned and why, and what else is possible.

use loket_instances::scheduling::outcome::{BlockLine, OutcomeFile};
use loket_instances::scheduling::roster_file::{Loaded, Named};
use loket_instances::words::roster_reasons::sentence;
use loket_solver::common::words::{Verdict, Word};
use loket_solver::scheduling::ask::alternatives::{Alternative, ComesTo};
use loket_solver::scheduling::facts::codes::{Kind, ReasonCode};
use loket_solver::scheduling::facts::ids::UnitId;
use loket_solver::scheduling::facts::plan::Place;

use crate::present::dutch::counted;
use crate::present::sheet::Sheet;
use crate::refusal;

/// A name, or the id where there is none.
pub(super) fn name(loaded: &Loaded, kind: Named, id: &str) -> String {
    loaded.names.get(&(kind, id.to_owned())).cloned().unwrap_or_else(|| id.to_owned())
}

/// What a block of this kind is called, one and more.
fn block_words(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Interviews => ("zitting", "zittingen"),
        Kind::PeerGroups => ("groep", "groepen"),
        Kind::Visits => ("tocht", "tochten"),
        Kind::Courses => ("aanbod", "keer aanbod"),
    }
}

/// What a roster file holds.
pub(super) fn checked(loaded: &Loaded) -> Sheet {
    let roster = &loaded.roster;
    let units = match roster.kind() {
        Kind::Visits => counted(roster.units.len(), "plaatsing", "plaatsingen"),
        _ => counted(roster.units.len(), "deelnemer", "deelnemers"),
    };
    let mut sheet = Sheet::default();
    sheet.lead(format!(
        "{} is in orde ({}): {units}, {}, {}.",
        loaded.title,
        roster.kind().code(),
        counted(roster.people.len(), "persoon", "personen"),
        counted(roster.calendar.open().len(), "open dagdeel", "open dagdelen"),
    ));
    notices(&mut sheet, loaded);
    sheet
}

fn notices(sheet: &mut Sheet, loaded: &Loaded) {
    if !loaded.notices.is_empty() {
        sheet.lead(refusal::allowed(&loaded.notices));
        sheet.parts.extend(refusal::noticed(&loaded.notices));
    }
}

/// When and where, of a block that is shown.
fn when(loaded: &Loaded, line: &BlockLine) -> String {
    let moments = line.moment.iter().chain(line.moments.iter().flatten()).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let offer = line.offer.as_ref().map(|id| format!("{}: ", name(loaded, Named::Offer, id))).unwrap_or_default();
    let location = line.location.as_ref().map(|id| format!(", {}", name(loaded, Named::Location, id))).unwrap_or_default();
    format!("{offer}{moments}{location}")
}

/// When and where, of a place.
fn place(loaded: &Loaded, place: Place) -> String {
    let roster = &loaded.roster;
    let moments = place.moments(roster).iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let offer = roster.courses().zip(place.offer(roster)).map(|(courses, offer)| courses.offers[offer].id.clone());
    let offer = offer.map(|id| format!("{}: ", name(loaded, Named::Offer, &id))).unwrap_or_default();
    let location = place.location.map(|it| format!(", {}", name(loaded, Named::Location, &roster.locations[it].id))).unwrap_or_default();
    format!("{offer}{moments}{location}")
}

/// A whole outcome.
pub(super) fn outcome(loaded: &Loaded, file: &OutcomeFile) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.title(loaded.title.as_str());
    if file.status == Verdict::Impossible {
        sheet.lead("Wat vastgezet is, kan niet allemaal samen:");
        for line in &file.conflict {
            let moment = line.lock.moment.map(|moment| format!(" op {moment}")).unwrap_or_default();
            sheet.point(format!("{}{moment} ({})", name(loaded, Named::Somebody, &line.lock.unit), line.rules.join(", ")));
        }
        return sheet;
    }
    let planned: usize = file.blocks.iter().map(|line| line.members.len()).sum();
    let (one, more) = block_words(loaded.roster.kind());
    sheet.lead(format!("{planned} gepland in {}.", counted(file.blocks.len(), one, more)));
    for line in &file.blocks {
        sheet.heading(when(loaded, line));
        let staff = line.staff.iter().map(|(role, id)| format!("{} ({role})", name(loaded, Named::Somebody, id)));
        sheet.point(staff.collect::<Vec<_>>().join(", "));
        let members = line.members.iter().map(|member| {
            let time = member.time.as_ref().map(|time| format!("{time} ")).unwrap_or_default();
            format!("{time}{}", name(loaded, Named::Somebody, &member.id))
        });
        sheet.point(members.collect::<Vec<_>>().join(", "));
    }
    if !file.unplanned.is_empty() {
        sheet.heading("Niet gepland");
        for line in &file.unplanned {
            let missing = if loaded.roster.kind() == Kind::Visits { format!(" ({} te weinig)", line.missing) } else { String::new() };
            let reasons = line.reasons.iter().map(|reason| reason.text.as_str()).collect::<Vec<_>>().join(" ");
            sheet.point(format!("{}{missing}: {reasons}", name(loaded, Named::Somebody, &line.id)));
        }
    }
    sheet.heading("Doelen");
    for line in &file.goals {
        let known = if line.proven { "bewezen".to_owned() } else { format!("hoogstens {}", line.bound) };
        sheet.point(format!("{}: {} (beste {}, {known})", line.name, line.value, line.best));
    }
    notices(&mut sheet, loaded);
    sheet.closing(match file.status {
        Verdict::Optimal => "Bewezen: beter kan niet.",
        _ => "Een nagerekend rooster; niet van elk doel is bewezen dat het niet beter kan.",
    });
    sheet
}

/// Why one unit is planned so, and what else is possible.
pub(super) fn explained(loaded: &Loaded, file: &OutcomeFile, unit: UnitId, found: &[Alternative]) -> Sheet {
    let id = &loaded.roster.units[unit].id;
    let mut sheet = Sheet::default();
    sheet.title(name(loaded, Named::Somebody, id));
    for line in &file.blocks {
        if let Some(member) = line.members.iter().find(|member| member.id == *id) {
            let staff = line.staff.iter().map(|(_, id)| name(loaded, Named::Somebody, id)).collect::<Vec<_>>().join(", ");
            sheet.lead(format!("Gepland: {} met {staff}.", when(loaded, line)));
            for (term, points) in &member.points {
                sheet.point(format!("{term}: {points}"));
            }
        }
    }
    for line in file.unplanned.iter().filter(|line| line.id == *id) {
        sheet.lead(format!("Niet gepland: {}.", line.missing));
        line.reasons.iter().for_each(|reason| sheet.point(reason.text.clone()));
    }
    sheet.heading("Wat kan er anders, en wat kost dat");
    if found.is_empty() {
        sheet.point("Er is geen andere plaats die de regels toestaan.");
    }
    for it in found {
        let comes_to = match &it.comes_to {
            ComesTo::Price(price) => {
                let changed = file.goals.iter().zip(price).filter(|(_, price)| **price != 0);
                let changed: Vec<String> = changed.map(|(goal, price)| format!("{} {price:+}", goal.name)).collect();
                if changed.is_empty() { "kost niets".to_owned() } else { changed.join(", ") }
            }
            ComesTo::Impossible(rules) => {
                let says = rules.iter().map(|rule| sentence(loaded.roster.kind(), ReasonCode::Rule(*rule)));
                format!("kan niet: {}", says.collect::<Vec<_>>().join("; "))
            }
            ComesTo::Unknown => "niet uitgerekend in de tijd die er was".to_owned(),
        };
        let with = it.person.map(|it| format!(" met {}", name(loaded, Named::Somebody, &loaded.roster.people[it].id))).unwrap_or_default();
        sheet.point(format!("{}{with}: {comes_to}", place(loaded, it.place)));
    }
    sheet
}
