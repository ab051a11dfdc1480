//! Reruns: an outcome becomes the previous roster, somebody falls out, and the new file is read, solved and changes as little as it can.

use loket_instances::scheduling::outcome::{OutcomeFile, Technique, compose};
use loket_instances::scheduling::rerun::{Change, rerun};
use loket_instances::scheduling::roster_file::{Loaded, RosterFile, read_roster};
use loket_solver::common::control::Unhurried;
use loket_solver::common::words::{Status, Verdict};
use loket_solver::scheduling::facts::calendar::Day;
use loket_solver::scheduling::judge::Judge;
use loket_solver::scheduling::solve::solve;

use crate::random::{number, seed};
use crate::wild;

fn solved(loaded: &Loaded) -> OutcomeFile {
    let technique = Technique { version: "0".into(), engine: String::new(), seed: 1, seconds: 0.0, memory_mib: None };
    compose(loaded, &solve(&loaded.roster, &Unhurried), &technique)
}

fn example(name: &str) -> Loaded {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rosters").join(format!("{name}.json"));
    read_roster(&std::fs::read(path).expect("an example")).unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn change() -> Change {
    Change { without_people: Vec::new(), without_units: Vec::new(), from: None, status: Status::Akkoord }
}

fn built(file: &RosterFile) -> Loaded {
    let bytes = file.write();
    assert_eq!(RosterFile::read(&bytes).unwrap_or_else(|refusal| panic!("{refusal}")), *file);
    read_roster(&bytes).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// When nothing is otherwise, nothing changes: every entry can be kept, and is.
#[test]
fn without_a_change_a_rerun_changes_nothing() {
    for kind in ["gesprekken", "intervisie", "bezoeken", "aanbod"] {
        for nth in 0..number("LOKET_ROSTERS", 40) {
            let mut file = wild::roster(kind, seed() * 1_000_000 + nth);
            file.as_object_mut().expect("an object").remove("vorig");
            file["beleid"].as_object_mut().expect("a policy").retain(|key, _| key != "doelen" && key != "max_wijzigingen");
            let loaded = read_roster(&serde_json::to_vec(&file).expect("JSON")).unwrap_or_else(|refusal| panic!("{refusal}"));
            let outcome = solved(&loaded);
            if outcome.status != Verdict::Optimal {
                continue;
            }
            let again = built(&rerun(&loaded.file, &outcome, &change()).unwrap_or_else(|wrong| panic!("{wrong:?}")));
            let new = solve(&again.roster, &Unhurried);
            let plan = new.plan.as_ref().unwrap_or_else(|| panic!("{:?} of {file}", new.verdict));
            let changes = Judge::new(&again.roster).changes(plan);
            assert_eq!((changes.changed.len(), changes.forced.len()), (0, 0), "{file}");
            let members: usize = outcome.blocks.iter().map(|line| line.members.len()).sum();
            assert_eq!(again.file.previous.iter().flatten().count(), members);
        }
    }
}

#[test]
fn a_panel_member_who_falls_ill_leaves_agreed_talks_where_they_are() {
    let loaded = example("gesprekken-panellid-ziek");
    let outcome = solved(&loaded);
    let from = Day::of(2026, 9, 8);
    let file = rerun(&loaded.file, &outcome, &Change { without_people: vec!["K1".into()], from: Some(from), ..change() }).expect("a file");
    // Monday took place: two talks are locked, with their coach; Tuesday is K1's no more.
    let locks: Vec<_> = file.locks.iter().flatten().map(|row| (row.unit.as_str(), row.person.as_deref())).collect();
    assert_eq!(locks.len(), 2);
    assert!(locks.iter().all(|(_, person)| *person == Some("K2")), "{locks:?}");
    let again = built(&file);
    let new = solved(&again);
    assert_eq!(new.status, Verdict::Optimal);
    assert_eq!(new.blocks[1].staff[0].1, "K2");
}

#[test]
fn who_leaves_takes_along_what_must_refer_to_them() {
    let visits = example("bezoeken-twee-scholen");
    let file = rerun(&visits.file, &solved(&visits), &Change { without_units: vec!["Z1".into()], ..change() }).expect("a file");
    assert_eq!(built(&file).roster.units.len(), 1);
    let file = rerun(&visits.file, &solved(&visits), &Change { without_people: vec!["K1".into()], ..change() }).expect("a file");
    assert!(built(&file).roster.units.is_empty());
    let nobody = rerun(&visits.file, &solved(&visits), &Change { without_people: vec!["K9".into()], ..change() });
    assert_eq!(nobody, Err(vec!["persoon K9 staat niet in het rooster".to_owned()]));
}

#[test]
fn groups_go_on_by_the_name_they_had_or_a_new_one() {
    let loaded = example("intervisie-groep-blijft");
    let file = rerun(&loaded.file, &solved(&loaded), &change()).expect("a file");
    let entries: Vec<_> = file.previous.iter().flatten().collect();
    assert!(entries.iter().all(|row| row.group.as_deref() == Some("G1") && row.person.as_deref() == Some("F2")), "{entries:?}");
    let status = |id: &str| entries.iter().find(|row| row.unit == id).map(|row| row.status);
    assert_eq!((status("P1"), status("P3")), (Some(Status::Gestart), Some(Status::Akkoord)));
}
