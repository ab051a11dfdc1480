//! Outlines of districts from a GeoJSON file: names and rings, for drawing only; what a map file says besides is let be.

use std::ops::RangeInclusive;

use crate::strict::fields::At;
use crate::strict::json::Bounds;
use crate::strict::problem::Refusal;
use crate::strict::read_within;

/// Largest file, bytes.
pub const LARGEST: usize = 8 << 20;
/// Most areas.
const AREAS: usize = 500;
/// Most points of all outlines together.
const POINTS: usize = 100_000;
/// Most values in the file: a point is three of them.
const VALUES: usize = 600_000;
/// Keys under which a name is looked for, the first one first.
const NAMES: [&str; 6] = ["naam", "Naam", "name", "Stadsdeel", "stadsdeel", "statnaam"];

/// One ring: longitude and latitude, point by point.
pub type Ring = Vec<(f64, f64)>;

/// An area with its outlines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Area {
    /// What it is called; empty when the file says nothing.
    pub name: String,
    /// Its rings, holes as well.
    pub rings: Vec<Ring>,
}

/// Outlines of areas.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlines {
    /// In the order of the file.
    pub areas: Vec<Area>,
}

const LON: RangeInclusive<f64> = -180.0..=180.0;
const LAT: RangeInclusive<f64> = -90.0..=90.0;

/// Reads a GeoJSON file with a FeatureCollection of Polygons and MultiPolygons, in degrees (WGS 84).
///
/// # Errors
/// Everything that is wrong, each with its place.
pub fn read_outlines(bytes: &[u8]) -> Result<Outlines, Refusal> {
    read_within(bytes, Bounds { values: VALUES, keys: 1_000 }, collection)
}

fn collection(at: &At<'_>) -> Option<Outlines> {
    let fields = at.known_and_extra(&["type", "features"])?;
    let kind = fields.need("type").and_then(|it| it.one_of(&["FeatureCollection"]));
    let list = fields.need("features")?;
    list.no_more_than(AREAS)?;
    let mut room = POINTS;
    let areas: Vec<Area> = list.each_row("")?.filter_map(|row| feature(&row, &mut room)).collect();
    if areas.is_empty() {
        list.refuse("leeg", "hier staat geen gebied", "kies een bestand met vlakken (Polygon of MultiPolygon)");
        return None;
    }
    kind.map(|_| Outlines { areas })
}

fn feature(at: &At<'_>, room: &mut usize) -> Option<Area> {
    let fields = at.known_and_extra(&["type", "properties", "geometry"])?;
    fields.need("type").and_then(|it| it.one_of(&["Feature"]))?;
    let name = fields.get("properties").and_then(name).unwrap_or_default();
    let shape = fields.need("geometry")?.known_and_extra(&["type", "coordinates"])?;
    let kind = shape.need("type").and_then(|it| it.one_of(&["Polygon", "MultiPolygon"]))?;
    let coordinates = shape.need("coordinates")?;
    let rings = match kind {
        "Polygon" => polygon(coordinates, room)?,
        _ => coordinates.each_row("")?.filter_map(|it| polygon(&it, room)).flatten().collect(),
    };
    Some(Area { name, rings })
}

/// The first key with a text that is used for names.
fn name(at: &At<'_>) -> Option<String> {
    let fields = at.known_and_extra(&NAMES)?;
    NAMES.iter().find_map(|key| fields.get(key)).and_then(|it| it.bounded(60)).map(str::to_owned)
}

fn polygon(at: &At<'_>, room: &mut usize) -> Option<Vec<Ring>> {
    Some(at.each_row("")?.filter_map(|it| ring(&it, room)).collect())
}

fn ring(at: &At<'_>, room: &mut usize) -> Option<Ring> {
    let mut points = Vec::new();
    for point in at.each_row("")? {
        let Some(left) = room.checked_sub(1) else {
            at.refuse("te-veel", format!("er staan meer dan {POINTS} punten in dit bestand"), "vereenvoudig de grenzen");
            return None;
        };
        *room = left;
        let mut numbers = point.each_row("")?;
        let (lon, lat) = (numbers.next(), numbers.next());
        let (Some(lon), Some(lat)) = (lon, lat) else {
            point.refuse("punt", "een punt heeft twee getallen", "schrijf de lengte en daarna de breedte, in graden");
            continue;
        };
        points.extend(lon.decimal(LON).zip(lat.decimal(LAT)));
    }
    if points.len() < 4 {
        at.refuse("vlak", "een grens heeft ten minste vier punten", "sluit de grens: het laatste punt is het eerste");
        return None;
    }
    Some(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(geometry: &str) -> String {
        format!(
            r#"{{"type":"FeatureCollection","crs":{{"x":1}},"features":[{{"type":"Feature","id":7,"properties":{{"code":"A","naam":"Centrum"}},"geometry":{geometry}}}]}}"#
        )
    }

    #[test]
    fn areas_are_read_and_what_else_there_is_is_let_be() {
        let square = "[[4.8,52.3],[4.9,52.3],[4.9,52.4],[4.8,52.3]]";
        let one = read_outlines(file(&format!(r#"{{"type":"Polygon","coordinates":[{square}]}}"#)).as_bytes()).unwrap();
        assert_eq!((one.areas[0].name.as_str(), one.areas[0].rings[0].len()), ("Centrum", 4));
        let two = read_outlines(file(&format!(r#"{{"type":"MultiPolygon","coordinates":[[{square}],[{square}]]}}"#)).as_bytes()).unwrap();
        assert_eq!(two.areas[0].rings.len(), 2);
    }

    #[test]
    fn every_problem_is_told_at_once_with_its_place() {
        let wrong = file(r#"{"type":"Polygon","coordinates":[[[4.8,95],[181,52],[4.9],[4.8,52.3]]]}"#);
        let refusal = read_outlines(wrong.as_bytes()).unwrap_err();
        let told: Vec<(&str, &str)> = refusal.problems.iter().map(|it| (it.code, it.pointer.as_str())).collect();
        assert!(told.contains(&("grens", "/features/0/geometry/coordinates/0/0/1")), "{told:?}");
        assert!(told.contains(&("grens", "/features/0/geometry/coordinates/0/1/0")), "{told:?}");
        assert!(told.contains(&("punt", "/features/0/geometry/coordinates/0/2")), "{told:?}");
        for text in [
            r#"{"type":"FeatureCollection","features":[]}"#,
            "[]",
            r#"{"type":"Topology"}"#,
            &file(r#"{"type":"Point","coordinates":[4,52]}"#),
        ] {
            assert!(read_outlines(text.as_bytes()).is_err(), "{text}");
        }
    }
}
