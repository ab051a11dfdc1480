//! The middle of each postcode area (PC4), so that a place is known where only a postcode is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Read;
use super::columns::{LAT, LON, PC4};
use super::grid::{Cells, Grid, Reading, short};
use super::locations::place;
use super::numbers::{Place, pc4};
use crate::sheets::problem::Found;

const MOST: usize = 100_000;

/// Middles of postcode areas.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Centroids(BTreeMap<String, Place>);

impl Centroids {
    /// These middles, by four digits.
    pub fn of(all: impl IntoIterator<Item = (String, Place)>) -> Self {
        Self(all.into_iter().collect())
    }

    /// The middle of the area of a postcode: of 1017 XL, 1017XL or 1017.
    pub fn place(&self, postcode: &str) -> Option<Place> {
        self.0.get(pc4(postcode.trim())?).copied()
    }

    /// Every area with its middle, by four digits.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Place)> {
        self.0.iter().map(|(pc4, place)| (pc4.as_str(), *place))
    }

    /// How many areas there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Reads middles of postcode areas. An area that has several rows (one for each town in it) gets the mean of them. The file of GeoNames as
/// it is published, which has no names of columns, is known by its first row.
///
/// # Errors
/// Every problem, with its line and column.
pub fn read_centroids(grid: &Grid) -> Result<Read<Centroids>, Found> {
    let bare = grid.without_names(|cells| cells.len() >= 11 && cells[0].trim().len() == 2 && pc4(cells[1].trim()).is_some());
    let mut reading = Reading::of(bare.as_ref().unwrap_or(grid));
    let columns = match bare {
        Some(_) => (Some(1), Some(9), Some(10)),
        None => (reading.need(&PC4), reading.need(&LAT), reading.need(&LON)),
    };
    let (Some(area), Some(lat), Some(lon)) = columns else { return reading.close(Centroids::default()) };
    let mut sums: BTreeMap<String, (i64, i64, i64)> = BTreeMap::new();
    for line in reading.lines(MOST) {
        let mut cells = reading.cells(line);
        if let Some((area, place)) = row(&mut cells, area, (lat, lon)) {
            let sum = sums.entry(area).or_default();
            *sum = (sum.0 + place.lat, sum.1 + place.lon, sum.2 + 1);
        }
    }
    if sums.is_empty() && reading.clean() {
        reading.wrong("leeg", 0, "er staat geen enkele postcode in het bestand".into(), "kijk na of dit het goede bestand is");
    }
    let middle = |(lat, lon, count): (i64, i64, i64)| Place { lat: mean(lat, count), lon: mean(lon, count) };
    reading.close(Centroids::of(sums.into_iter().map(|(area, sum)| (area, middle(sum)))))
}

fn row(cells: &mut Cells<'_, '_>, area: usize, (lat, lon): (usize, usize)) -> Option<(String, Place)> {
    let said = cells.required(area);
    let read = said.and_then(|said| {
        pc4(said).map(str::to_owned).or_else(|| {
            let what = format!("\"{}\" is geen postcode", short(said));
            cells.wrong(area, "postcode", what, "schrijf vier cijfers, als 1012")
        })
    });
    let place = match place(cells, Some(lat), Some(lon))? {
        Some(place) => Some(place),
        None => cells.wrong(lat, "leeg", "de plaats ontbreekt".into(), "vul lat en lon in"),
    };
    Some((read?, place?))
}

/// The mean of a sum over so many, a half away from 0.
fn mean(sum: i64, count: i64) -> i64 {
    let half = if sum < 0 { -count / 2 } else { count / 2 };
    (sum + half) / count.max(1)
}
