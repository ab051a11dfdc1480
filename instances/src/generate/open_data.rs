//! Real schools from a joined table of open data: locations, pupils and scores in one file, each read by its own reader
//! (docs/open-data.md). Target-group pupils go by rank among the schools of the list; where the score is missing their median stands in.

use std::collections::{BTreeMap, BTreeSet};

use crate::sheets::open::grid::Grid;
use crate::sheets::open::locations::read_locations;
use crate::sheets::open::pupils::read_pupils;
use crate::sheets::open::scores::{ranked, read_scores};
use crate::sheets::problem::{Cellmark, Found};

use super::draw::Draw;
use super::places::Point;
use super::schools::{Board, School};

/// Schools read from a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolList(Vec<Row>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    code: String,
    name: String,
    board: String,
    denomination: Option<String>,
    place: Point,
    pupils: Option<u32>,
    target_group: Option<u32>,
    district: Option<String>,
}

impl SchoolList {
    /// How many schools there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The schools (a drawn part when `count` is less than all) and their boards, without seats.
    pub(super) fn schools(&self, count: Option<usize>, seed: u64) -> (Vec<Board>, Vec<School>) {
        let all: Vec<usize> = (0..self.len()).collect();
        let mut taken = match count {
            Some(count) => Draw::new("open data", seed).some(&all, count),
            None => all,
        };
        taken.sort_unstable();
        let mut boards = BTreeMap::new();
        for &row in &taken {
            boards.insert(self.0[row].board.as_str(), 0);
        }
        for (number, place) in boards.values_mut().enumerate() {
            *place = number;
        }
        let schools = taken.iter().map(|&row| self.school(&self.0[row], &boards)).collect();
        let boards = boards.keys().map(|&id| Board { id: id.into(), name: format!("Bevoegd gezag {id}"), noodplan: true }).collect();
        (boards, schools)
    }
    fn school(&self, row: &Row, boards: &BTreeMap<&str, usize>) -> School {
        let mut note = String::from("open data");
        if let Some(district) = &row.district {
            note += &format!(", {district}");
        }
        note += "; gegenereerd: plekken, team, starters, tekort, kwaliteit, maximum";
        if row.target_group.is_none() {
            note += "; achterstandsscore onbekend, mediaan van de lijst genomen";
        }
        if row.pupils.is_none() {
            note += "; aantal leerlingen onbekend, 200 genomen";
        }
        let name = row.name.to_lowercase();
        School {
            id: row.code.clone(),
            name: row.name.clone(),
            board: boards[row.board.as_str()],
            kind: "bo",
            place: row.place,
            target_group: row.target_group.unwrap_or_else(|| self.median()),
            concept: super::words::CONCEPTS.into_iter().find(|concept| name.contains(concept)).or(match row.denomination.as_deref() {
                Some("antroposofisch") => Some("vrijeschool"),
                _ => None,
            }),
            denomination: row.denomination.clone(),
            pupils: row.pupils.unwrap_or(200),
            note,
            seats: Vec::new(),
        }
    }
    fn median(&self) -> u32 {
        let mut known: Vec<u32> = self.0.iter().filter_map(|row| row.target_group).collect();
        known.sort_unstable();
        known.get(known.len() / 2).copied().unwrap_or(0)
    }
}

/// Reads a table of schools.
///
/// # Errors
/// Every problem, as a Dutch sentence with row and column.
pub fn read_schools(bytes: &[u8]) -> Result<SchoolList, Vec<String>> {
    const NAME: &str = "schoollijst";
    let grid = Grid::read(NAME, bytes).map_err(|found| sentences(&[found]))?;
    let (locations, pupils, scores) = (read_locations(&grid), read_pupils(&grid), read_scores(&grid));
    // A list in which no school has a score is still one of schools.
    let scores = match scores {
        Err(found) if found.problems.iter().all(|it| it.code == "leeg" && it.at.row.is_none()) => None,
        read => Some(read),
    };
    let mut wrong: Vec<Found> = Vec::new();
    let mut take = |found: Option<&Found>| wrong.extend(found.cloned());
    take(locations.as_ref().err());
    take(pupils.as_ref().err());
    take(scores.as_ref().and_then(|it| it.as_ref().err()));
    let mut rows = Vec::new();
    if let (Ok(locations), Ok(pupils)) = (locations, pupils) {
        let scores = scores.and_then(Result::ok).map(|it| it.rows.schools).unwrap_or_default();
        let ranks = ranked(&scores.iter().collect::<Vec<_>>());
        let funded: BTreeMap<&str, u32> = scores.iter().map(|it| (it.code.as_str(), it.pupils)).collect();
        let counts: BTreeMap<&str, u32> =
            pupils.rows.iter().filter_map(|it| Some((it.code.as_str(), it.latest()?.1.most()))).filter(|it| it.1 > 0).collect();
        for it in locations.rows {
            let Some(place) = it.place else {
                let at = Cellmark::sheet(NAME).row(it.line);
                wrong.push(Found::one("leeg", at, "de plaats van de school ontbreekt", "vul lat en lon in"));
                continue;
            };
            rows.push(Row {
                name: it.name,
                board: it.board,
                denomination: it.denomination,
                place: Point { lat: place.lat, lon: place.lon },
                pupils: counts.get(it.code.as_str()).or_else(|| funded.get(it.code.as_str())).copied(),
                target_group: ranks.get(&it.code).map(|it| it.target_group),
                district: it.district,
                code: it.code,
            });
        }
    }
    if wrong.is_empty() { Ok(SchoolList(rows)) } else { Err(sentences(&wrong)) }
}

/// Each problem once: readers that look at one column find the same.
fn sentences(found: &[Found]) -> Vec<String> {
    let mut met = BTreeSet::new();
    let lines = found.iter().flat_map(|it| it.to_string().lines().map(str::to_owned).collect::<Vec<_>>());
    lines.filter(|it| met.insert(it.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "vestigingscode;naam;denominatie;bevoegd_gezag_nummer;leerlingen_2025;leerlingen_bekostigd_2019;achterstandsscore_zonder_drempel_2019;lat;lon;stadsdeel";

    fn table(lines: &[&str]) -> Vec<u8> {
        format!("{HEADER}\r\n{}\r\n", lines.join("\r\n")).into_bytes()
    }

    #[test]
    fn a_school_keeps_its_code_board_place_and_rank() {
        let lines = [
            "04AA00;De Dalton;Openbaar;41023;250;200;400,5;52.36085;4,90101;Noord",
            "04AB00;De Andere;;41023;250;200;100;52;4;",
            "04AC00;De Derde;;41023;250;200;900;52;4;",
        ];
        let list = read_schools(&table(&lines)).unwrap();
        let (boards, schools) = list.schools(None, 1);
        let one = &schools[0];
        assert_eq!((one.id.as_str(), boards[one.board].id.as_str()), ("04AA00", "41023"));
        assert_eq!((one.place.lat, one.place.lon), (5_236_085, 490_101));
        assert_eq!((one.pupils, one.target_group), (250, 50));
        assert_eq!((one.concept, one.denomination.as_deref()), (Some("dalton"), Some("openbaar")));
        assert!(one.note.contains("Noord"));
    }

    #[test]
    fn empty_cells_get_a_stand_in_that_is_said() {
        let lines = ["01AA00;Een;;1;;;;52;4;", "01AB00;Twee; ;1;<5;100;100;52;4; ", "01AC00;Drie;Islamitisch;2;9;;7;52;4;"];
        let (_, schools) = read_schools(&table(&lines)).unwrap().schools(None, 1);
        assert_eq!(schools.iter().map(|one| one.pupils).collect::<Vec<_>>(), [200, 4, 9]);
        assert_eq!(schools.iter().map(|one| one.target_group).collect::<Vec<_>>(), [50, 50, 50]);
        assert!(schools[0].note.contains("achterstandsscore onbekend"));
        assert!(schools[0].note.contains("leerlingen onbekend"));
        assert_eq!(schools[1].denomination, None);
        let none = read_schools(&table(&["01AA00;Een;;1;;;;52;4;"])).unwrap().schools(None, 1).1;
        assert_eq!(none[0].target_group, 0, "no score in the whole list");
    }

    #[test]
    fn windows_1252_and_a_byte_order_mark_are_read() {
        let mut old = table(&["01AA00;Caf? Na?ef;;1;;;;52;4;"]);
        let marks: Vec<usize> = (0..old.len()).filter(|&at| old[at] == b'?').collect();
        (old[marks[0]], old[marks[1]]) = (0xe9, 0xef);
        assert_eq!(read_schools(&old).unwrap().0[0].name, "Café Naïef");
        let mut marked = b"\xef\xbb\xbf".to_vec();
        marked.extend(table(&["01AA00;Café;;1;;;;52;4;"]));
        assert_eq!(read_schools(&marked).unwrap().0[0].name, "Café");
    }

    #[test]
    fn every_problem_has_its_row_and_column_and_is_told_once() {
        let lines = [
            "01AA00;;;1;veel;;-3;52;4;",
            "01AB00;Twee;;1;;;;99;oost;",
            "A4;Vier;;1:2;;;;52;4;",
            "01AC00;Vijf;;1;;;;52;4;",
            "01AC00;Zes;;1;;;;52;4;",
        ];
        let problems = read_schools(&table(&lines)).unwrap_err();
        for (part, what) in [
            ("rij 2, kolom B (naam)", "dit veld is leeg"),
            ("rij 2, kolom E (leerlingen_2025)", "\"veel\" is geen aantal leerlingen"),
            ("rij 2, kolom G (achterstandsscore_zonder_drempel_2019)", "\"-3\" is geen score van 0 of meer"),
            ("rij 3, kolom H (lat)", "\"99\" is geen aantal graden van -90 tot 90"),
            ("rij 3, kolom I (lon)", "\"oost\" is geen aantal graden van -180 tot 180"),
            ("rij 4, kolom A (vestigingscode)", "\"A4\" is geen code van een vestiging"),
            ("rij 4, kolom D (bevoegd_gezag_nummer)", "\"1:2\" kan geen id zijn"),
            ("rij 6, kolom A (vestigingscode)", "vestiging 01AC00 staat ook op regel 5"),
        ] {
            let found = problems.iter().filter(|it| it.contains(part) && it.contains(what)).count();
            assert_eq!(found, 1, "{part}: {problems:#?}");
        }
        assert_eq!(problems.len(), 8, "{problems:#?}");
        let nowhere = read_schools(&table(&["01AA00;Een;;1;;;;;;"])).unwrap_err();
        assert!(nowhere.iter().any(|it| it.contains("de plaats van de school ontbreekt")), "{nowhere:?}");
    }

    #[test]
    fn wrong_columns_are_all_named() {
        let problems = read_schools(b"vestigingscode,kleur\n01AA00,2\n").unwrap_err();
        for column in
            ["VESTIGINGSNAAM", "BEVOEGD GEZAG NUMMER", "LEERLINGEN_2025", "achterstandsscore_zonder_drempel", "leerlingen_bekostigd"]
        {
            assert!(problems.iter().any(|it| it.contains(&format!("de kolom {column} ontbreekt"))), "{column}: {problems:?}");
        }
        assert_eq!(read_schools(b"").unwrap_err().len(), 1);
        assert!(read_schools(&table(&[])).unwrap_err().iter().any(|it| it.contains("geen enkele school")));
    }
}
