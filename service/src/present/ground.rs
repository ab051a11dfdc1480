//! The ground of a map: which part of the earth is drawn, where a place is on it in pixels, and the outlines of areas.

use loket_instances::outlines::{Area, Outlines};

use crate::desk::places::Place;

/// How wide a map is, pixels.
pub const WIDTH: i32 = 900;
/// How high it is at most, and at least.
const HIGH: (i32, i32) = (660, 360);
/// Room around what is drawn.
const EDGE: f64 = 26.0;

/// A part of the earth as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// How high it is, pixels.
    pub height: i32,
    west: f64,
    north: f64,
    /// Pixels of a degree to the north, and to the east.
    scale: (f64, f64),
}

/// An area as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub at: (i32, i32),
    /// Its outline: commands of a path.
    pub path: String,
}

/// A length to measure by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// How many kilometres.
    pub kilometres: i32,
    /// How many pixels.
    pub pixels: i32,
}

fn degrees(place: Place) -> (f64, f64) {
    (place.lon as f64 / 100_000.0, place.lat as f64 / 100_000.0)
}

/// A coordinate in whole pixels; far outside stays far outside.
fn pixel(value: f64) -> i32 {
    value.round().clamp(-100_000.0, 100_000.0) as i32
}

impl Ground {
    /// The ground that holds all outlines, or all these places when there are none; nothing of nothing.
    pub fn of(outlines: &Outlines, places: impl Iterator<Item = Place>) -> Option<Self> {
        let drawn: Vec<(f64, f64)> = outlines.areas.iter().flat_map(|area| area.rings.iter().flatten().copied()).collect();
        let points = if drawn.is_empty() { places.map(degrees).collect() } else { drawn };
        let first = points.first().copied()?;
        let (mut west, mut east, mut south, mut north) = (first.0, first.0, first.1, first.1);
        for (lon, lat) in points {
            (west, east) = (west.min(lon), east.max(lon));
            (south, north) = (south.min(lat), north.max(lat));
        }
        // A single place has some ground around it as well.
        let (wide, tall) = ((east - west).max(0.01), (north - south).max(0.01));
        let narrower = ((south + north) / 2.0).to_radians().cos().max(0.01);
        let across = (f64::from(WIDTH) - 2.0 * EDGE) / (wide * narrower);
        let up = (f64::from(HIGH.0) - 2.0 * EDGE) / tall;
        let unit = across.min(up);
        let height = pixel(tall * unit + 2.0 * EDGE).clamp(HIGH.1, HIGH.0);
        let scale = (unit, unit * narrower);
        let aside = (f64::from(WIDTH) - wide * scale.1) / 2.0;
        let above = (f64::from(height) - tall * scale.0) / 2.0;
        Some(Self { height, west: west - aside / scale.1, north: north + above / scale.0, scale })
    }

    fn point(&self, (lon, lat): (f64, f64)) -> (i32, i32) {
        (pixel((lon - self.west) * self.scale.1), pixel((self.north - lat) * self.scale.0))
    }

    /// Where a place is, also outside of what is drawn.
    pub fn spot(&self, place: Place) -> (i32, i32) {
        self.point(degrees(place))
    }

    /// Whether a spot is drawn.
    pub fn holds(&self, (x, y): (i32, i32)) -> bool {
        (0..=WIDTH).contains(&x) && (0..=self.height).contains(&y)
    }

    /// The end of a line that begins within and goes to a spot outside: where it leaves.
    pub fn leaving(&self, from: (i32, i32), to: (i32, i32)) -> (i32, i32) {
        let (fx, fy) = (f64::from(from.0), f64::from(from.1));
        let (dx, dy) = (f64::from(to.0) - fx, f64::from(to.1) - fy);
        let until = |at: f64, by: f64, most: i32| match by {
            by if by > 0.0 => (f64::from(most) - at) / by,
            by if by < 0.0 => -at / by,
            _ => f64::INFINITY,
        };
        let part = until(fx, dx, WIDTH).min(until(fy, dy, self.height)).clamp(0.0, 1.0);
        (pixel(fx + part * dx), pixel(fy + part * dy))
    }

    /// The outlines, each with a place for its name.
    pub fn shapes(&self, outlines: &Outlines) -> Vec<Shape> {
        outlines.areas.iter().map(|it| self.shape(it)).collect()
    }

    fn shape(&self, area: &Area) -> Shape {
        let mut path = String::new();
        let mut largest: (i64, (i32, i32)) = (0, (0, 0));
        for ring in &area.rings {
            let (mut left, mut right, mut top, mut foot) = (i32::MAX, i32::MIN, i32::MAX, i32::MIN);
            let mut last = None;
            for point in ring {
                let (x, y) = self.point(*point);
                (left, right) = (left.min(x), right.max(x));
                (top, foot) = (top.min(y), foot.max(y));
                if last != Some((x, y)) {
                    path.push_str(&format!("{}{x} {y}", if last.is_none() { 'M' } else { 'L' }));
                    last = Some((x, y));
                }
            }
            path.push('Z');
            let size = i64::from(right - left) * i64::from(foot - top);
            if size > largest.0 {
                largest = (size, (left + (right - left) / 2, top + (foot - top) / 2));
            }
        }
        Shape { name: area.name.clone(), at: largest.1, path }
    }

    /// A length of whole kilometres that is easily seen.
    pub fn rule(&self) -> Rule {
        // A degree of latitude is 111 kilometres and a bit.
        let kilometre = self.scale.0 / 111.2;
        let kilometres = [1, 2, 5, 10, 20, 50].into_iter().find(|it| f64::from(*it) * kilometre >= 60.0).unwrap_or(100);
        Rule { kilometres, pixels: pixel(f64::from(kilometres) * kilometre) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(lat: i64, lon: i64) -> Place {
        Place { lat, lon }
    }

    #[test]
    fn every_place_is_drawn_and_north_is_up() {
        let places = [place(5_230_000, 480_000), place(5_242_000, 500_000), place(5_236_000, 490_000)];
        let ground = Ground::of(&Outlines::default(), places.into_iter()).unwrap();
        let [south_west, north_east, middle] = places.map(|it| ground.spot(it));
        assert!(places.iter().all(|it| ground.holds(ground.spot(*it))));
        assert!(south_west.0 < middle.0 && middle.0 < north_east.0 && south_west.1 > middle.1 && middle.1 > north_east.1);
        assert_eq!(Ground::of(&Outlines::default(), std::iter::empty()), None);
    }

    #[test]
    fn a_line_to_outside_ends_at_the_edge() {
        let ground = Ground::of(&Outlines::default(), [place(5_230_000, 480_000), place(5_242_000, 500_000)].into_iter()).unwrap();
        assert_eq!(ground.leaving((100, 100), (-900, 100)), (0, 100));
        assert_eq!(ground.leaving((100, 100), (150, 120)), (150, 120));
    }

    #[test]
    fn an_area_is_a_closed_path_with_its_name_within() {
        let ring = vec![(4.8, 52.3), (4.9, 52.3), (4.9, 52.4), (4.8, 52.4), (4.8, 52.3)];
        let outlines = Outlines { areas: vec![Area { name: "Centrum".into(), rings: vec![ring] }] };
        let ground = Ground::of(&outlines, std::iter::empty()).unwrap();
        let shape = ground.shapes(&outlines).pop().unwrap();
        assert!(shape.path.starts_with('M') && shape.path.ends_with('Z') && ground.holds(shape.at));
        assert!(ground.rule().pixels >= 60);
    }
}
