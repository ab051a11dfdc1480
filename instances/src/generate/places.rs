//! Where generated schools and homes lie: the districts of Amsterdam, the places around it and forty towns of the Netherlands.
//!
//! Coordinates are whole units of 0.00001 degree (about a metre) and distances whole metres, so that no machine's floating point
//! decides anything. Centres and sizes are rounded from common knowledge; they size the waves and claim no more.

use super::draw::Draw;

/// A point on the map, in units of 0.00001 degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    /// North, 0.00001 degree.
    pub lat: i64,
    /// East, 0.00001 degree.
    pub lon: i64,
}

/// One degree of latitude in metres; a unit of [`Point`] is a hundred-thousandth of it.
const DEGREE: i64 = 111_195;

/// Hundred-thousandths of cos(lat), straight between 50° and 54°: wrong by less than 0.1 %.
fn cosine(lat: i64) -> i64 {
    64_279 - (lat - 5_000_000) * 5_500 / 400_000
}

impl Point {
    /// The point this many metres to the north and to the east.
    pub fn moved(self, north: i64, east: i64) -> Self {
        Self { lat: self.lat + north * 100_000 / DEGREE, lon: self.lon + east * 100_000 / (DEGREE * cosine(self.lat) / 100_000) }
    }
    /// Metres between two points in the Netherlands, within 1 % of the haversine distance.
    pub fn metres(self, other: Self) -> u64 {
        let north = (self.lat - other.lat) * DEGREE / 100_000;
        let east = (self.lon - other.lon) * DEGREE / 100_000 * cosine(self.lat) / 100_000;
        (north * north + east * east).unsigned_abs().isqrt()
    }
    /// A point at most this many metres away.
    pub fn near(self, radius: u32, draw: &mut Draw) -> Self {
        let most = i64::from(radius);
        loop {
            let (north, east) = (draw.offset(radius), draw.offset(radius));
            if north * north + east * east <= most * most {
                return self.moved(north, east);
            }
        }
    }
    /// Latitude or longitude as a file writes it, in degrees with five decimals.
    pub fn degrees(units: i64) -> f64 {
        units as f64 / 100_000.0
    }
}

/// An area with schools, homes or both.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    /// Name of the district or town.
    pub name: &'static str,
    /// Its middle.
    pub middle: Point,
    /// Furthest from the middle, metres.
    pub radius: u32,
    /// How many schools, against the other areas.
    pub schools: u32,
    /// How many homes, against the other areas.
    pub homes: u32,
    /// Lowest and highest share of target-group pupils of its schools.
    pub target_group: (u32, u32),
    /// In the countryside or far from the schools: few cycle.
    pub far: bool,
}

const fn point(lat: i64, lon: i64) -> Point {
    Point { lat, lon }
}

const fn district(name: &'static str, middle: Point, radius: u32, schools: u32, homes: u32, target_group: (u32, u32)) -> Area {
    Area { name, middle, radius, schools, homes, target_group, far: false }
}

const fn around(name: &'static str, middle: Point, radius: u32, homes: u32) -> Area {
    Area { name, middle, radius, schools: 0, homes, target_group: (0, 40), far: true }
}

/// Amsterdam's districts with their schools, and where else its candidates live.
const AMSTERDAM: [Area; 17] = [
    district("Centrum", point(5_237_200, 489_800), 1500, 10, 9, (0, 22)),
    district("West", point(5_237_700, 486_500), 1900, 28, 16, (20, 65)),
    district("Nieuw-West", point(5_236_300, 481_000), 3000, 37, 12, (45, 92)),
    district("Zuid", point(5_234_500, 487_600), 2400, 33, 14, (0, 28)),
    district("Oost", point(5_235_700, 493_500), 2000, 20, 15, (15, 60)),
    district("IJburg", point(5_235_300, 499_800), 1300, 9, 4, (10, 45)),
    district("Noord", point(5_239_800, 492_800), 2500, 31, 10, (42, 88)),
    district("Zuidoost", point(5_230_900, 496_600), 1900, 24, 6, (55, 96)),
    district("Weesp", point(5_230_700, 504_200), 1100, 8, 2, (5, 30)),
    around("Zaandam", point(5_244_000, 482_700), 3000, 5),
    around("Amstelveen", point(5_230_500, 486_500), 2300, 5),
    around("Diemen", point(5_234_000, 496_200), 1000, 2),
    around("Haarlem", point(5_238_000, 463_500), 2800, 5),
    around("Hoofddorp", point(5_230_500, 469_000), 2000, 2),
    around("Purmerend", point(5_250_500, 496_000), 2000, 2),
    around("Almere", point(5_237_000, 521_500), 4000, 4),
    around("Hilversum", point(5_222_500, 517_500), 2000, 2),
];

/// A town: name, middle, inhabitants in thousands (rounded), and whether it lies in the region of Amsterdam.
type Town = (&'static str, Point, u32, bool);

/// Forty larger towns, spread over all provinces.
const TOWNS: [Town; 40] = [
    ("Amsterdam", point(5_237_000, 489_500), 920, true),
    ("Rotterdam", point(5_192_300, 447_900), 660, false),
    ("Den Haag", point(5_207_500, 430_000), 560, false),
    ("Utrecht", point(5_209_200, 510_800), 370, false),
    ("Eindhoven", point(5_144_000, 547_600), 245, false),
    ("Groningen", point(5_321_900, 656_700), 240, false),
    ("Almere", point(5_237_000, 521_500), 225, true),
    ("Tilburg", point(5_156_000, 509_000), 225, false),
    ("Breda", point(5_158_700, 477_600), 185, false),
    ("Nijmegen", point(5_184_000, 585_500), 182, false),
    ("Apeldoorn", point(5_221_200, 597_000), 166, false),
    ("Arnhem", point(5_198_500, 590_800), 165, false),
    ("Haarlem", point(5_238_000, 463_500), 163, true),
    ("Enschede", point(5_222_000, 689_200), 160, false),
    ("Haarlemmermeer", point(5_230_500, 469_000), 160, true),
    ("Amersfoort", point(5_215_500, 538_700), 160, false),
    ("Zaanstad", point(5_244_500, 481_500), 158, true),
    ("Den Bosch", point(5_169_000, 530_400), 157, false),
    ("Zwolle", point(5_251_300, 609_500), 131, false),
    ("Leeuwarden", point(5_320_200, 580_800), 125, false),
    ("Leiden", point(5_216_000, 449_300), 125, false),
    ("Zoetermeer", point(5_206_000, 449_400), 125, false),
    ("Maastricht", point(5_085_100, 569_100), 122, false),
    ("Dordrecht", point(5_180_000, 467_000), 120, false),
    ("Ede", point(5_204_500, 566_500), 121, false),
    ("Alphen aan den Rijn", point(5_213_000, 465_800), 113, false),
    ("Alkmaar", point(5_263_200, 475_000), 111, true),
    ("Emmen", point(5_278_500, 690_000), 108, false),
    ("Venlo", point(5_137_000, 617_200), 103, false),
    ("Deventer", point(5_225_500, 616_300), 102, false),
    ("Hilversum", point(5_222_500, 517_500), 93, true),
    ("Heerlen", point(5_088_800, 598_000), 87, false),
    ("Hengelo", point(5_226_500, 679_300), 82, false),
    ("Lelystad", point(5_251_800, 547_100), 83, true),
    ("Purmerend", point(5_250_500, 496_000), 93, true),
    ("Hoorn", point(5_264_200, 505_900), 75, true),
    ("Assen", point(5_299_500, 656_000), 69, false),
    ("Bergen op Zoom", point(5_149_500, 429_000), 68, false),
    ("Terneuzen", point(5_133_500, 382_800), 55, false),
    ("Middelburg", point(5_149_800, 361_000), 49, false),
];

/// The areas of the city of Amsterdam.
pub(super) fn amsterdam() -> Vec<Area> {
    AMSTERDAM.to_vec()
}

/// Amsterdam's districts and the towns around it.
pub(super) fn region() -> Vec<Area> {
    let districts = AMSTERDAM.iter().filter(|area| area.schools > 0).copied();
    let towns = TOWNS.iter().skip(1).filter(|town| town.3);
    districts
        .map(|area| Area {
            // The weights of the districts count schools (200) and homes (88); a town counts inhabitants.
            schools: area.schools * 5,
            homes: area.homes * 10,
            ..area
        })
        .chain(towns.flat_map(town))
        .collect()
}

/// Forty towns and the country around each.
pub(super) fn country() -> Vec<Area> {
    TOWNS.iter().flat_map(town).collect()
}

/// A town of itself (radius by its size) and the villages around it.
fn town(&(name, middle, size, _): &Town) -> [Area; 2] {
    let target_group = match size {
        300.. => (20, 90),
        150..300 => (10, 65),
        _ => (5, 45),
    };
    let itself = Area { name, middle, radius: 1200 + 170 * size.isqrt(), schools: size, homes: size, target_group, far: false };
    let villages = Area { radius: 17_000, schools: 60 + size / 3, homes: 30 + size / 4, target_group: (0, 30), far: true, ..itself };
    [itself, villages]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_within_one_percent_of_the_haversine_distance() {
        for (from, to) in [(0, 1), (0, 5), (22, 3), (39, 27), (12, 16)] {
            let (a, b) = (TOWNS[from].1, TOWNS[to].1);
            let radians = |units: i64| Point::degrees(units).to_radians();
            let half = |one: i64, two: i64| ((radians(one) - radians(two)) / 2.0).sin().powi(2);
            let h = half(a.lat, b.lat) + radians(a.lat).cos() * radians(b.lat).cos() * half(a.lon, b.lon);
            let haversine = 2.0 * 6_371_008.8 * h.sqrt().asin();
            let off = (a.metres(b) as f64 - haversine).abs() / haversine;
            assert!(off < 0.01, "{} to {}: {off}", TOWNS[from].0, TOWNS[to].0);
        }
    }

    #[test]
    fn a_point_nearby_lies_within_the_radius() {
        let mut draw = Draw::new("proef", 3);
        let middle = TOWNS[0].1;
        assert!((0..200).all(|_| middle.metres(middle.near(2500, &mut draw)) <= 2500 + 25));
    }
}
