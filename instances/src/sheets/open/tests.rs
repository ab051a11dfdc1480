//! Tests on the small made-up files of `instances/open`, on mutated bytes of them, and on the real files where those are.

use loket_solver::matching::facts::words::SchoolKind;

use super::centroids::read_centroids;
use super::grid::Grid;
use super::locations::read_locations;
use super::numbers::Place;
use super::pupils::{Count, read_pupils};
use super::roads::{Unit, read_roads};
use super::scores::{Score, ranked, read_scores};
use crate::sheets::problem::Found;

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/open/{name}", env!("CARGO_MANIFEST_DIR"))).expect(name)
}

fn grid(name: &str) -> Grid {
    Grid::read(name, &bytes(name)).expect(name)
}

fn table(text: &str) -> Grid {
    Grid::read("proef", text.as_bytes()).expect("a table")
}

/// Kind and cell of every problem.
fn wrong(found: Found) -> Vec<(&'static str, String)> {
    found.problems.iter().map(|it| (it.code, it.at.cell())).collect()
}

#[test]
fn both_generations_of_columns_give_the_same_schools() {
    let new = read_locations(&grid("vestigingen.csv")).expect("new");
    let old = read_locations(&grid("vestigingen-oud.csv")).expect("old");
    assert_eq!(new.rows.len(), 6);
    assert_eq!(old.rows, new.rows);
    let one = &new.rows[0];
    assert_eq!((one.code.as_str(), one.name.as_str(), one.board.as_str()), ("98XA00", "Basisschool De Oriëntatie", "98001"));
    assert_eq!((one.pc4(), one.municipality.as_deref(), one.denomination.as_deref()), (Some("1012"), Some("AMSTERDAM"), Some("openbaar")));
    assert_eq!(one.board_name, None);
    assert!(new.rows.iter().all(|it| it.place.is_none() && it.kind.is_none()));
    assert!(new.notices.is_empty(), "{:?}", new.notices);
    assert!(new.rows[2].name.starts_with("'t"), "{:?}", new.rows[2].name);
}

#[test]
fn pupils_are_known_hidden_or_closed() {
    let read = read_pupils(&grid("leerlingen.csv")).expect("pupils");
    let of = |code: &str| read.rows.iter().find(|it| it.code == code).expect(code);
    assert_eq!(of("98XA00").latest(), Some((2025, Count::Known(212))));
    assert_eq!(of("98XA01").latest(), Some((2025, Count::Hidden)));
    assert_eq!(of("98XC00").latest(), Some((2025, Count::Closed)));
    assert_eq!(of("98XD00").kind, Some(SchoolKind::Sbo));
    assert_eq!(of("98XE00").kind, None, "vso is no primary school");
}

#[test]
fn scores_have_a_year_where_the_columns_say_it() {
    let read = read_scores(&grid("scores.csv")).expect("scores");
    assert_eq!((read.rows.year, read.rows.schools.len(), read.rows.without), (Some(2019), 5, 1));
    let first = &read.rows.schools[0];
    assert_eq!((first.code.as_str(), first.pupils, first.hundredths), ("98XA00", 200, 10_262));
}

#[test]
fn target_group_pupils_follow_from_rank_and_few_pupils_are_marked() {
    let score = |code: &str, pupils, hundredths| Score { code: code.into(), pupils, hundredths };
    // For each pupil: a 0, b and c 0.5 (ties), d 1, e 2; s has few pupils and scores as b.
    let all = [
        score("a", 100, 0),
        score("b", 100, 5_000),
        score("c", 300, 15_000),
        score("d", 50, 5_000),
        score("e", 41, 8_200),
        score("s", 40, 2_000),
    ];
    let ranks = ranked(&all.iter().collect::<Vec<_>>());
    let told = |code: &str| (ranks[code].target_group, ranks[code].reliable);
    assert_eq!(told("a"), (0, true));
    // L = 1, E = 2, n = 5: 100 · 1.5 / 4 = 37.5, a half rounded up.
    assert_eq!([told("b"), told("c")], [(38, true); 2]);
    assert_eq!([told("d"), told("e")], [(75, true), (100, true)]);
    // L = 1, E = 3 with itself, n = 6: 100 · 2 / 5.
    assert_eq!(told("s"), (40, false));
    assert_eq!(ranked(&[&all[3]])["d"].target_group, 50);
    assert!(ranked(&[]).is_empty());
}

#[test]
fn an_area_with_several_rows_is_at_their_mean() {
    let read = read_centroids(&grid("pc4.csv")).expect("areas").rows;
    assert_eq!(read.len(), 4);
    assert_eq!(read.place("1012 AB"), Some(Place { lat: 5_237_350, lon: 489_510 }));
    assert_eq!(read.place("1013"), Some(Place { lat: 5_239_000, lon: 488_000 }), "the mean of two rows");
    assert_eq!((read.place("9999"), read.place("10x2"), read.place("")), (None, None, None));
    let bare = "NL\t1012\tAmsterdam\tNorth Holland\t07\tAmsterdam\t\t\t\t52.3735\t4.8951\t6\nNL\t1013\tA\tN\t07\tA\t\t\t\t52.39\t4.88\t6\n";
    assert_eq!(read_centroids(&table(bare)).expect("as published").rows.place("1012"), read.place("1012"));
}

#[test]
fn travel_times_of_every_planner_are_whole_minutes() {
    let r5 = read_roads(&grid("reistijden-r5.csv"), None).expect("R5").rows;
    let seconds = read_roads(&grid("reistijden-seconden.csv"), None).expect("seconds").rows;
    assert_eq!(r5, seconds);
    let minutes: Vec<_> = r5.iter().map(|it| it.minutes).collect();
    assert_eq!(minutes, [Some(12), Some(31), None]);
    let asked = read_roads(&table("van;naar;time\nZ1;S1;20"), Some(Unit::Minuten)).expect("minutes").rows;
    assert_eq!(asked[0].minutes, Some(20));
    let half = read_roads(&table("from,to,minutes\nZ1,S1,12.01\nZ1,S2,0\nZ1,S2,0"), None).expect("minutes").rows;
    assert_eq!(half.iter().map(|it| it.minutes).collect::<Vec<_>>(), [Some(13), Some(0)]);
    let found = read_roads(&table("from,to,minutes\nZ1,S1,veel\nZ1,S2,1\nZ1,S2,2\n,S3,4\nZ:1,S4,4"), None).expect_err("wrong");
    assert_eq!(wrong(found), [("type", "C2".into()), ("dubbel", "C4".into()), ("leeg", "A5".into()), ("id", "A6".into())]);
    assert_eq!(wrong(read_roads(&table("from,to\nZ1,S1"), None).expect_err("no times")), [("kolom", "1".into())]);
}

#[test]
fn every_problem_has_its_cell() {
    let text = "VESTIGINGSCODE;VESTIGINGSNAAM;BEVOEGD GEZAG NUMMER;POSTCODE;lat;lon;SOORT;kleur\n\
                98XA00;Een;1;1012AB;52,1;4,9;BO;rood\n98XA00;Twee;1;;;;;\nX;;1:2;12 AB;99;;anders;\n98XB00;Drie;2;1012;52.1;4.9;VSO;\n98XC00;Vier;2;1;;;;;te veel";
    let found = read_locations(&table(text)).expect_err("wrong");
    let notices: Vec<_> = found.notices.iter().map(|it| it.at.cell()).collect();
    assert_eq!(notices, ["H1", ""], "the column that nobody knows, and a school that is none of ours");
    let mut all = wrong(found);
    all.sort();
    let mut wanted = vec![
        ("kolom", "6".to_owned()),
        ("dubbel-id", "A3".into()),
        ("brin", "A4".into()),
        ("leeg", "B4".into()),
        ("id", "C4".into()),
        ("postcode", "D4".into()),
        ("grens", "E4".into()),
        ("samen", "E4".into()),
        ("woord", "G4".into()),
    ];
    wanted.sort();
    assert_eq!(all, wanted);
    let missing = read_locations(&table("a;b\n1;2")).expect_err("no columns");
    assert_eq!(wrong(missing).len(), 3);
    assert_eq!(read_locations(&table("VESTIGINGSCODE;NAAM;BEVOEGD_GEZAG_NUMMER")).expect_err("no rows").problems[0].code, "leeg");
    assert!(Grid::read("leeg", b"").is_err());
}

#[test]
fn a_workbook_is_read_as_its_first_sheet() {
    let rows = super::super::csv::read("x", &bytes("vestigingen.csv"), 100).expect("rows");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for row in &rows.rows {
        for (column, cell) in row.cells.iter().enumerate() {
            sheet.write_string(row.number - 1, u16::try_from(column).expect("a column"), cell.text()).expect("a cell");
        }
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let read = read_locations(&Grid::read("vestigingen.csv", &bytes).expect("a table")).expect("schools");
    assert_eq!(read.rows, read_locations(&grid("vestigingen.csv")).expect("schools").rows);
}

/// The real files, where they are.
fn real(name: &str) -> Option<Vec<u8>> {
    let found = std::fs::read(format!("{}/../../shared/data/{name}", env!("CARGO_MANIFEST_DIR"))).ok();
    if found.is_none() {
        println!("NIET GETOETST: ../shared/data/{name} is er niet");
    }
    found
}

#[test]
fn the_real_files_are_read_as_they_were_published() {
    let Some(bytes) = real("duo_vestigingen_bo_amsterdam_raw_cp1252.csv") else { return };
    let read = read_locations(&Grid::read("DUO", &bytes).expect("a table")).expect("schools");
    let boards: std::collections::BTreeSet<&str> = read.rows.iter().map(|it| it.board.as_str()).collect();
    println!("Amsterdam: {} scholen, {} besturen, {} meldingen", read.rows.len(), boards.len(), read.notices.len());
    assert_eq!((read.rows.len(), boards.len(), read.notices.len()), (200, 37, 0));
    assert!(read.rows.iter().any(|it| it.name.contains(['ë', 'é', 'ï'])), "Windows-1252");
    let Some(bytes) = real("duo_vestigingen_bo_nl_trimmed.csv") else { return };
    let began = std::time::Instant::now();
    let country = read_locations(&Grid::read("DUO", &bytes).expect("a table")).expect("schools").rows;
    println!("Nederland: {} scholen in {:?}", country.len(), began.elapsed());
    assert_eq!((country.len(), country.iter().filter(|it| it.is_in("Amsterdam")).count()), (6_122, 200));
    let Some(bytes) = real("geonames_pc4_nl.csv") else { return };
    let areas = read_centroids(&Grid::read("GeoNames", &bytes).expect("a table")).expect("areas").rows;
    assert_eq!(areas.len(), 4_086);
    assert!(country.iter().all(|it| areas.place(it.pc4().expect("a postcode")).is_some()), "every school has a place");
    let Some(bytes) = real("duo_leerlingen_per_vestiging_amsterdam_1996_2025.csv") else { return };
    let pupils = read_pupils(&Grid::read("DUO", &bytes).expect("a table")).expect("pupils").rows;
    let open = pupils.iter().filter(|it| it.latest().is_some_and(|(year, count)| year == 2025 && count != Count::Closed)).count();
    // 239 with a number, and one of which the number is hidden.
    assert_eq!((pupils.len(), open), (358, 240));
    let Some(bytes) = real("cbs_achterstandsscores_basisscholen_2019_nl.csv") else { return };
    let scores = read_scores(&Grid::read("CBS", &bytes).expect("a table")).expect("scores").rows;
    let ranks = ranked(&scores.schools.iter().collect::<Vec<_>>());
    let few = ranks.values().filter(|it| !it.reliable).count();
    println!("CBS: {} scores, {few} met 40 leerlingen of minder", ranks.len());
    assert_eq!((ranks.len(), few, scores.year), (6_295, 120, None));
    let mean = ranks.values().filter(|it| it.reliable).map(|it| u64::from(it.target_group)).sum::<u64>() * 10 / (ranks.len() - few) as u64;
    assert!((495..=505).contains(&mean), "ranks are spread evenly: {mean}");
}

mod mutated {
    //! Whatever the bytes are, a reader answers: rows, or what is wrong.

    use proptest::prelude::*;

    use super::*;

    const FILES: [&str; 7] = [
        "vestigingen.csv",
        "vestigingen-oud.csv",
        "leerlingen.csv",
        "scores.csv",
        "pc4.csv",
        "reistijden-r5.csv",
        "reistijden-seconden.csv",
    ];

    /// Every reader on these bytes; how many of them read something.
    fn all(bytes: &[u8]) -> usize {
        let Ok(grid) = Grid::read("proef", bytes) else { return 0 };
        let most = bytes.len();
        let listed = |found: Option<&Found>| assert!(found.is_none_or(|it| it.problems.len() <= 1_000 && it.count() > 0));
        let (locations, pupils, scores) = (read_locations(&grid), read_pupils(&grid), read_scores(&grid));
        let (centroids, roads) = (read_centroids(&grid), read_roads(&grid, None));
        for found in
            [locations.as_ref().err(), pupils.as_ref().err(), scores.as_ref().err(), centroids.as_ref().err(), roads.as_ref().err()]
        {
            listed(found);
        }
        if let Ok(read) = &scores {
            let ranks = ranked(&read.rows.schools.iter().collect::<Vec<_>>());
            assert!(ranks.values().all(|it| it.target_group <= 100));
        }
        let rows = [
            locations.map_or(0, |it| it.rows.len()),
            pupils.map_or(0, |it| it.rows.len()),
            scores.map_or(0, |it| it.rows.schools.len()),
            centroids.map_or(0, |it| it.rows.len()),
            roads.map_or(0, |it| it.rows.len()),
        ];
        // A row takes at least a byte and a line end, so that memory goes by what was sent.
        assert!(rows.iter().all(|it| *it <= most), "{rows:?} of {most}");
        rows.iter().filter(|it| **it > 0).count()
    }

    #[test]
    fn the_files_themselves_are_read() {
        for name in FILES {
            assert!(all(&bytes(name)) >= 1, "{name}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_bytes_make_a_reader_fall(
            file in 0..FILES.len(),
            changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), 0_u8..5), 0..24),
            cut in proptest::option::of(any::<proptest::sample::Index>()),
        ) {
            let mut bytes = bytes(FILES[file]);
            for (at, byte, how) in changes {
                let at = at.index(bytes.len().max(1)).min(bytes.len());
                match how {
                    0 if at < bytes.len() => bytes[at] = byte,
                    1 => bytes.insert(at, byte),
                    2 if at < bytes.len() => { bytes.remove(at); }
                    3 => bytes.insert(at, *b";,\t\"\r\n'=".get(usize::from(byte % 8)).unwrap_or(&b';')),
                    _ => { let tail = bytes[at..].to_vec(); bytes.extend(tail.into_iter().take(200)); }
                }
            }
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len() + 1));
            }
            all(&bytes);
        }
    }
}
