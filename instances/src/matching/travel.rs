//! Whole minutes from a traveller to a school by haversine distance and means of transport (docs/model.md, Travel).

use loket_solver::matching::facts::words::Transport;
use rayon::prelude::*;

/// A place on the globe, degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Latitude, −90 to 90.
    pub lat: f64,
    /// Longitude, −180 to 180.
    pub lon: f64,
}

/// Mean radius of the earth, metres (IUGG R1).
const RADIUS: f64 = 6_371_008.8;

/// Haversine distance in whole metres, rounded half up.
pub fn metres(from: Point, to: Point) -> u32 {
    distance(Radians::from(from), Radians::from(to))
}

/// w0 + ceil(w1 · m / 10000) minutes.
pub fn minutes(transport: Transport, metres: u32) -> u32 {
    let (start, per_ten_kilometres) = match transport {
        Transport::Fiets => (3, 46),
        Transport::Ov => (12, 35),
        Transport::Auto => (6, 26),
    };
    // Half the globe is 20,015,114 metres, so the product stays below 2^32.
    start + (per_ten_kilometres * metres).div_ceil(10_000)
}

/// Minutes row by row: one row per traveller, one entry per school; 0 where a place is not known.
pub fn matrix(travellers: &[(Option<Point>, Transport)], schools: &[Option<Point>]) -> Vec<u32> {
    let schools: Vec<_> = schools.iter().map(|school| school.map(Radians::from)).collect();
    let mut table = vec![0; travellers.len() * schools.len()];
    if schools.is_empty() {
        return table;
    }
    table.par_chunks_mut(schools.len()).zip(travellers).for_each(|(row, &(home, transport))| {
        let Some(home) = home.map(Radians::from) else {
            return;
        };
        for (entry, school) in row.iter_mut().zip(&schools) {
            if let Some(school) = *school {
                *entry = minutes(transport, distance(home, school));
            }
        }
    });
    table
}

#[derive(Clone, Copy)]
struct Radians {
    lat: f64,
    lon: f64,
    cos_lat: f64,
}

impl From<Point> for Radians {
    fn from(point: Point) -> Self {
        let lat = point.lat.to_radians();
        Self { lat, lon: point.lon.to_radians(), cos_lat: lat.cos() }
    }
}

fn distance(from: Radians, to: Radians) -> u32 {
    let half = |angle: f64| {
        let sine = (angle / 2.0).sin();
        sine * sine
    };
    let h = half(to.lat - from.lat) + from.cos_lat * to.cos_lat * half(to.lon - from.lon);
    let metres = 2.0 * RADIUS * h.min(1.0).sqrt().asin();
    // At most half the globe and never negative, so the cast only drops the fraction.
    (metres + 0.5) as u32
}
