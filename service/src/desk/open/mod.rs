//! What files of open data change in the register: an import is held against the register and against what the last files said, so that
//! what people mended there stays (docs/open-data.md).

mod files;
mod gone;
mod merge;
mod schools;

pub use files::{Incoming, heard, read, refusal, together, told};
pub use gone::{Busy, gone};
pub use schools::compare;

use std::collections::{BTreeMap, BTreeSet};

use loket_instances::sheets::open::centroids::Centroids;
use loket_instances::sheets::open::locations::is_code;
use loket_instances::strict::problem::Problem;

use crate::records::open::{Counts, Difference, Source};
use crate::records::register::Row;

/// What is known before an import.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Every school of the register.
    pub schools: Vec<Row>,
    /// Every board of the register, by id.
    pub boards: BTreeSet<String>,
    /// What the last files said, by id of the school.
    pub sources: BTreeMap<String, Source>,
    /// Middles of postcode areas.
    pub centroids: Centroids,
}

/// What an import comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// For people, in order.
    pub differences: Vec<Difference>,
    /// How many of each.
    pub counts: Counts,
    /// What is worth knowing of the whole, in Dutch.
    pub notices: Vec<String>,
    /// Boards to be made.
    pub boards: Vec<Row>,
    /// Schools to be made or changed, each with its next version.
    pub schools: Vec<Row>,
    /// What the files say of each school, where that is otherwise than before.
    pub sources: Vec<(String, Source)>,
    /// Schools that may be ended.
    pub gone: Vec<String>,
    /// Postcode areas to be put.
    pub centroids: Vec<(String, i64, i64)>,
    /// What keeps it from being taken over.
    pub problems: Vec<Problem>,
}

/// Ids of schools of the register by the code that files have for them.
fn by_code(known: &Known) -> BTreeMap<String, String> {
    let mut ids = BTreeMap::new();
    // A school's own id counts most, then what an earlier import said, then its BRIN.
    let brins = known.schools.iter().filter_map(|it| Some((it.brin.clone().filter(|it| it.len() == 6)?, it.id.clone())));
    let sources = known.sources.iter().map(|(id, source)| (source.vestigingscode.clone(), id.clone()));
    let own = known.schools.iter().filter(|it| is_code(&it.id)).map(|it| (it.id.clone(), it.id.clone()));
    ids.extend(brins.chain(sources).chain(own));
    ids
}
