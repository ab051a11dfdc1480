//! The file of a multi-year plan as it was sent, read once.

use jiff::civil::Date;
use loket_instances::matching::row::has_address;
use loket_instances::planning::plan_file::{Loaded, read_plan};
use loket_instances::strict::problem::Refusal;
use loket_instances::strict::spot::Spot;

/// A plan's file with what it says.
#[derive(Clone, Debug)]
pub struct Sound {
    /// What it says.
    pub loaded: Loaded,
    /// The file as it is kept.
    pub bytes: Vec<u8>,
}

impl Sound {
    /// Reads the file of a multi-year plan. It may be large: not on the runtime's own threads.
    ///
    /// # Errors
    /// Every problem of the file at once; also an id that cannot stand in the address of its page.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let loaded = read_plan(bytes)?;
        let id = &loaded.horizon.id;
        if !has_address(id) || ["monitor", "metingen"].contains(&id.as_str()) {
            let what = format!("de id \"{id}\" kan niet in een adres staan");
            return Err(Refusal::one("id", &Spot::default().key("id"), what, "kies een andere id"));
        }
        Ok(Self { loaded, bytes: bytes.to_vec() })
    }

    /// Its first month, as files write it.
    pub fn from(&self) -> String {
        self.loaded.first_month()
    }
}

/// Months from the first of a plan to the one of a day; below 0 before it.
pub fn months_until(loaded: &Loaded, day: Date) -> i64 {
    12 * i64::from(day.year()) + i64::from(day.month()) - 1 - loaded.start
}
