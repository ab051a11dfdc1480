//! Schools that an earlier import had, and that the new list of locations does not have.

use std::collections::{BTreeMap, BTreeSet};

use loket_instances::sheets::open::locations::same_name;

use super::{Incoming, Known};

/// What still stands with a school.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Busy {
    /// Placements, published or proposed, today or later.
    pub placements: i64,
    /// Seats that are offered today or later.
    pub seats: i64,
}

impl Busy {
    /// Whether something stands there.
    pub fn is_some(self) -> bool {
        self.placements > 0 || self.seats > 0
    }
}

/// What stands with schools, by id.
pub type Standing = BTreeMap<String, Busy>;

/// Ids of schools that are gone: an earlier import had them, in this area, they did not end, and the whole new list has them nowhere.
pub fn gone(incoming: &Incoming, known: &Known) -> Vec<String> {
    let Some(locations) = &incoming.locations else { return Vec::new() };
    let there: BTreeSet<&str> = locations.iter().map(|it| it.code.as_str()).collect();
    let in_area = |municipality: Option<&str>| match (&incoming.municipality, municipality) {
        (None, _) => true,
        (Some(area), Some(municipality)) => same_name(area, municipality),
        (Some(_), None) => false,
    };
    let known_before = |id: &str| {
        let source = known.sources.get(id)?;
        (!there.contains(source.vestigingscode.as_str()) && in_area(source.gemeente.as_deref())).then_some(())
    };
    let lasting = known.schools.iter().filter(|it| it.until.is_none());
    lasting.filter(|it| known_before(&it.id).is_some()).map(|it| it.id.clone()).collect()
}
