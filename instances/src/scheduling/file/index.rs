//! Every id of a roster file, in the canonical order of docs/scheduling.md; ids that come twice are reported.

use loket_solver::scheduling::facts::codes::Kind;
use loket_solver::scheduling::facts::ids::{LocationId, OfferId, PersonId, SchoolId, UnitId};
use sha2::{Digest, Sha256};

use super::read::Places;
use crate::scheduling::rows::RosterFile;
use crate::strict::lookup::Rows;
use crate::strict::report::Report;
use crate::strict::spot::show_id;

/// Every id of a roster file.
pub(crate) struct Index {
    pub(crate) people: Rows<PersonId>,
    pub(crate) units: Rows<UnitId>,
    pub(crate) locations: Rows<LocationId>,
    pub(crate) schools: Rows<SchoolId>,
    pub(crate) offers: Rows<OfferId>,
    /// The list in which units stand.
    pub(crate) unit_list: &'static str,
}

/// What one unit is called.
pub(crate) fn unit_word(kind: Kind) -> &'static str {
    if kind == Kind::Visits { "plaatsing" } else { "deelnemer" }
}

/// The ids of the units, in the order of the file.
pub(crate) fn unit_ids(file: &RosterFile) -> Vec<&str> {
    match file.kind {
        Kind::Visits => file.placements.iter().flatten().map(|row| row.id.as_str()).collect(),
        _ => file.participants.iter().flatten().map(|row| row.id.as_str()).collect(),
    }
}

impl Index {
    /// Orders all rows and reports ids that come twice.
    pub(crate) fn new(file: &RosterFile, places: &Places, seed: u64, report: &Report) -> Self {
        let bytes = |id: &str| id.as_bytes().to_vec();
        let people: Vec<&str> = file.people.iter().map(|row| row.id.as_str()).collect();
        let units = unit_ids(file);
        let locations: Vec<&str> = file.locations.iter().flatten().map(|row| row.id.as_str()).collect();
        let schools: Vec<&str> = file.schools.iter().flatten().map(|row| row.id.as_str()).collect();
        let boards: Vec<&str> = file.boards.iter().flatten().map(|row| row.id.as_str()).collect();
        let series: Vec<&str> = file.series.iter().flatten().map(|row| row.id.as_str()).collect();
        let offers: Vec<&str> = file.offers.iter().flatten().map(|row| row.id.as_str()).collect();
        let unit_list = if file.kind == Kind::Visits { "plaatsingen" } else { "deelnemers" };
        let check = Check { places, report };
        check.unique("personen", &people, "deze persoon");
        check.unique(unit_list, &units, if file.kind == Kind::Visits { "deze plaatsing" } else { "deze deelnemer" });
        check.unique("locaties", &locations, "deze locatie");
        check.unique("scholen", &schools, "deze school");
        check.unique("besturen", &boards, "dit bestuur");
        check.unique("reeksen", &series, "deze reeks");
        check.unique("aanbod", &offers, "dit aanbod");
        match file.kind {
            Kind::Interviews => check.apart(unit_list, &units, &people, "een persoon", "iemand kan niet zichzelf spreken"),
            Kind::PeerGroups => check.apart("locaties", &locations, &units, "een deelnemer", "reistijden noemen ids zonder hun soort"),
            Kind::Visits => check.apart("scholen", &schools, &people, "een persoon", "reistijden noemen ids zonder hun soort"),
            Kind::Courses => {}
        }
        let by_chance = |id: &str| Sha256::digest(format!("{seed}:{id}")).to_vec();
        Self {
            people: Rows::new(&people, places.whole("personen"), bytes),
            units: Rows::new(&units, places.whole(unit_list), by_chance),
            locations: Rows::new(&locations, places.whole("locaties"), bytes),
            schools: Rows::new(&schools, places.whole("scholen"), bytes),
            offers: Rows::new(&offers, places.whole("aanbod"), bytes),
            unit_list,
        }
    }
}

struct Check<'a> {
    places: &'a Places,
    report: &'a Report,
}

impl Check<'_> {
    /// Reports ids that come twice in a list.
    fn unique(&self, list: &'static str, ids: &[&str], kind: &str) {
        let mut seen = std::collections::HashSet::new();
        for (row, id) in ids.iter().enumerate().filter(|(_, id)| !id.is_empty()) {
            if !seen.insert(*id) {
                let what = format!("de id \"{}\" is al gebruikt", show_id(id));
                self.report.problem("dubbel-id", &self.places.row(list, row, id).key("id"), what, format!("geef {kind} een eigen id"));
            }
        }
    }

    /// Reports ids of a list that others have too.
    fn apart(&self, list: &'static str, ids: &[&str], others: &[&str], of: &str, why: &str) {
        let others: std::collections::HashSet<&&str> = others.iter().collect();
        for (row, id) in ids.iter().enumerate().filter(|(_, id)| !id.is_empty() && others.contains(id)) {
            let what = format!("de id \"{}\" is ook die van {of}", show_id(id));
            self.report.problem("dubbel-id", &self.places.row(list, row, id).key("id"), what, format!("kies een andere id: {why}"));
        }
    }
}
