//! What is allowed in a wave file and may still be a mistake: a list with nobody or nothing in it, and an id that has no address.

use super::places::{Places, list};
use crate::matching::rows::WaveFile;
use crate::strict::report::Report;
use crate::strict::spot::{Spot, show_id};

/// Ids that a file may hold but that cannot be a part of an address: two are taken for steps up or to nowhere, one is
/// a question, one stands for how many there are, and one is where something new is made.
const NO_ADDRESS: [&str; 5] = [".", "..", "zoekvraag", "fasen", "nieuw"];

/// Whether an id can be a part of an address, and so of something the service keeps.
pub fn has_address(id: &str) -> bool {
    !NO_ADDRESS.contains(&id)
}

/// Where ids stand that cannot be a part of an address, with those ids.
pub(crate) fn without_address<'a>(file: &'a WaveFile, places: &Places) -> Vec<(Spot, &'a str)> {
    let mut found: Vec<(Spot, &str)> = Vec::new();
    let mut look = |id: &'a str, spot: &dyn Fn() -> Spot| {
        if !has_address(id) {
            found.push((spot().key("id"), id));
        }
    };
    look(&file.id, &Spot::default);
    file.boards.iter().enumerate().for_each(|(at, row)| look(&row.id, &|| places.board(file, at)));
    for (at, row) in file.schools.iter().enumerate() {
        look(&row.id, &|| places.school(file, at));
        row.seats.iter().enumerate().for_each(|(seat, row)| look(row.id(), &|| places.seat(file, at, seat)));
    }
    file.coaches.iter().enumerate().for_each(|(at, row)| look(&row.id, &|| places.coach(file, at)));
    file.candidates.iter().enumerate().for_each(|(at, row)| look(&row.id, &|| places.candidate(file, at)));
    found
}

/// Tells what may be a mistake.
pub(crate) fn tell(file: &WaveFile, places: &Places, report: &Report) {
    let seats: u64 = file.schools.iter().flat_map(|school| &school.seats).map(|seat| u64::from(seat.count)).sum();
    let lists = [
        ("scholen", places.schools.broken, file.schools.is_empty(), "er staan geen scholen in deze lichting"),
        ("scholen", places.schools.broken, !file.schools.is_empty() && seats == 0, "geen enkele school heeft een plek"),
        ("coaches", places.coaches.broken, file.coaches.is_empty(), "er staan geen coaches in deze lichting"),
        ("kandidaten", places.candidates.broken, file.candidates.is_empty(), "er staan geen kandidaten in deze lichting"),
    ];
    for (key, broken, empty, what) in lists {
        if empty && !broken {
            report.notice("leeg", &list(key), format!("{what}; er is dan niemand te plaatsen"));
        }
    }
    for (spot, id) in without_address(file, places) {
        let text = format!("de id \"{}\" kan niet in een adres staan; de dienst neemt dit bestand niet aan", show_id(id));
        report.notice("id", &spot, text);
    }
}
