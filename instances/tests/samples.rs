//! Whole waves that others made: the sample waves beside the project, and one the size of the country.

use std::path::Path;
use std::time::Instant;

use loket_instances::matching::read::read_wave;
use loket_solver::common::tables::Id;
use loket_solver::matching::facts::ids::SchoolId;
use serde_json::{Value, json};

#[test]
fn the_sample_waves_are_accepted() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/cases");
    if !cases.is_dir() {
        println!("the folder ../shared/cases is not there: its waves are not tested");
        return;
    }
    let mut count = 0;
    for folder in ["tiny", "small"] {
        for file in std::fs::read_dir(cases.join(folder)).expect("the folder can be listed") {
            let path = file.expect("an entry").path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            if !name.ends_with(".json") || name.ends_with(".optimum.json") {
                continue;
            }
            let bytes = std::fs::read(&path).expect("a readable file");
            let loaded = read_wave(&bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
            // The goals as used are those the independent program used.
            let optimum = std::fs::read(path.with_extension("optimum.json")).expect("an optimum");
            let optimum: Value = serde_json::from_slice(&optimum).expect("JSON");
            if let Some(goals) = optimum["doelen"].as_array().filter(|goals| !goals.is_empty()) {
                let names: Vec<_> = goals.iter().map(|goal| goal["naam"].as_str().unwrap_or_default()).collect();
                let ours: Vec<_> = loaded.wave.policy.goals.iter().map(|goal| goal.name.as_str()).collect();
                assert_eq!(ours, names, "{name}");
            }
            count += 1;
        }
    }
    println!("{count} sample waves read");
    assert_eq!(count, 30);
}

#[test]
fn a_national_wave_is_read_quickly() {
    let spread = |row: usize, prime: usize| (row * prime % 10_007) as f64 / 10_007.0;
    let place = |row: usize| (50.8 + 2.6 * spread(row, 7_919), 3.5 + 3.5 * spread(row, 104_729));
    let schools: Vec<_> = (0..6_100)
        .map(|row| {
            let (lat, lon) = place(row);
            json!({ "id": format!("S{row}"), "bestuur": "B1", "lat": lat, "lon": lon, "plekken": [{ "bouw": "onderbouw", "aantal": 1 }] })
        })
        .collect();
    let people: Vec<_> = (0..5_000)
        .map(|row| {
            let (lat, lon) = place(row + 3);
            json!({ "id": format!("Z{row}"), "lat": lat, "lon": lon, "bouwen": ["onderbouw"], "dagdelen": ["ma-o", "ma-m"] })
        })
        .collect();
    let large = json!({ "formaat": "loket-lichting/1", "id": "land", "fase": "opleiding", "besturen": [{ "id": "B1" }], "scholen": schools, "coaches": [], "kandidaten": people });
    let bytes = serde_json::to_vec(&large).expect("JSON");
    let start = Instant::now();
    let loaded = read_wave(&bytes).unwrap_or_else(|refusal| panic!("{refusal}"));
    let took = start.elapsed();
    println!("5,000 candidates × 6,100 schools ({} bytes) read in {took:?}", bytes.len());
    assert_eq!(loaded.wave.candidates.len(), 5_000);
    let last = loaded.wave.candidates.ids().next_back().expect("there are candidates");
    assert!(loaded.wave.travel.candidate(last, SchoolId::new(6_099)) > 0);
    assert!(took.as_secs() < 20, "{took:?}: slow even for a busy machine");
}
