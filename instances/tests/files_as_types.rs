//! Wave files as types: what is read is written again, building rows is reading the file, and every change of a file is what it says.

mod common;

use std::collections::BTreeMap;

use common::{bytes, set, unset, wave};
use loket_instances::generate;
use loket_instances::matching::outcome::{Figures, OutcomeFile, PlacementLine, TechniqueLine};
use loket_instances::matching::read::read_wave;
use loket_instances::matching::rerun::{Budget, FewerSeats, Request};
use loket_instances::matching::row::{Kind, Row, read_candidates, read_row};
use loket_instances::matching::rows::{BanRow, LockRow, PreviousRow};
use loket_instances::matching::wave_file::WaveFile;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::Status;
use serde_json::{Value, json};

fn file(wave: &Value) -> WaveFile {
    WaveFile::read(&bytes(wave)).expect("a wave file")
}

#[test]
fn what_is_read_is_written_again_and_reads_the_same() {
    let waves = std::iter::once(wave()).chain((0..300).map(generate::tiny));
    for wave in waves {
        let Ok(file) = WaveFile::read(&bytes(&wave)) else { continue };
        let written = file.write();
        assert_eq!(WaveFile::read(&written).as_ref(), Ok(&file));
        assert_eq!(file.write(), written, "the same rows give the same bytes");
        let (Ok(sent), Ok(again)) = (read_wave(&bytes(&wave)), file.build(&written)) else { continue };
        assert_eq!((&sent.wave, &sent.title, &sent.names), (&again.wave, &again.title, &again.names));
        let texts = |notices: &[loket_instances::strict::problem::Notice]| notices.iter().map(|it| it.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&sent.notices), texts(&again.notices));
    }
}

#[test]
fn every_key_of_the_format_is_kept_and_absent_stays_absent() {
    let mut whole = wave();
    for (pointer, value) in [
        ("/beleid/toelichting", json!("waarom")),
        ("/beleid/bouw_punten", json!([9, 5])),
        ("/beleid/uren", json!({ "inductie": 10 })),
        ("/beleid/extra_begeleiding", json!({ "vanaf": 50, "uren": 5, "toelichting": "extra" })),
        ("/beleid/alleen_noodplan", json!(false)),
        ("/beleid/dagdelen_samen", json!(2)),
        ("/beleid/max_starters_procent", json!(30)),
        ("/beleid/max_extern_procent", json!(40)),
        ("/beleid/max_kosten_cent", json!(100)),
        ("/beleid/vasthouden", json!({ "gestart": 7 })),
        ("/beleid/max_wijzigingen", json!(3)),
        ("/beleid/seed", json!(9_007_199_254_740_991_i64)),
        ("/beleid/doelen/0/tolerantie_procent", json!(5)),
        ("/beleid/doelen/0/toelichting", json!("eerst")),
        ("/besturen/0/toelichting", json!("b")),
        ("/besturen/0/noodplan", json!(true)),
        ("/scholen/0/soort", json!("sbo")),
        ("/scholen/0/doelgroep", json!(42)),
        ("/scholen/0/tekort", json!(15)),
        ("/scholen/0/concept", json!("montessori")),
        ("/scholen/0/denominatie", json!("openbaar")),
        ("/scholen/0/kwaliteit", json!("onbekend")),
        ("/scholen/0/maximum", json!(3)),
        ("/scholen/0/teamgrootte", json!(25)),
        ("/scholen/0/starters", json!(2)),
        ("/scholen/0/toelichting", json!("s")),
        ("/scholen/0/plekken/0/toelichting", json!("p")),
        ("/coaches/0/soort", json!("intern")),
        ("/coaches/0/bestuur", json!("B1")),
        ("/coaches/0/vervoer", json!("ov")),
        ("/coaches/0/max_reistijd", json!(30)),
        ("/coaches/0/uren_vervolg", json!(270)),
        ("/coaches/0/lopend", json!(1)),
        ("/coaches/0/tarief_cent", json!(1)),
        ("/coaches/0/bouwen", json!([])),
        ("/coaches/0/soorten", json!(["so"])),
        ("/coaches/0/kenmerken", json!(["engels"])),
        ("/coaches/0/eigen_school", json!("S1")),
        ("/coaches/0/uitgesloten_scholen", json!(["S2"])),
        ("/coaches/0/toelichting", json!("k")),
        ("/kandidaten/1/lon", json!(5.0)),
        ("/kandidaten/0/vervoer", json!("auto")),
        ("/kandidaten/0/max_reistijd", json!(50)),
        ("/kandidaten/0/fase", json!("inductie")),
        ("/kandidaten/0/uren", json!(60)),
        ("/kandidaten/0/soorten", json!(["bo", "so"])),
        ("/kandidaten/0/besturen", json!(["B1"])),
        ("/kandidaten/0/concepten", json!([])),
        ("/kandidaten/0/dagdelen", json!(["wo-o"])),
        ("/kandidaten/0/wachtrondes", json!(1)),
        ("/kandidaten/0/coach_wensen", json!(["engels"])),
        ("/kandidaten/0/coach_eisen", json!(["rust"])),
        ("/kandidaten/0/huidige_coach", json!("K1")),
        ("/kandidaten/0/huidige_school", json!("S1")),
        ("/kandidaten/0/toelichting", json!("z")),
        (
            "/kandidaten/1/uitgesloten",
            json!({ "scholen": ["S1"], "besturen": ["B1"], "denominaties": ["x"], "coaches": [], "toelichting": "u" }),
        ),
        ("/reistijden/0/toelichting", json!("r")),
        ("/vast/0/bouw", json!("bovenbouw")),
        ("/vast/0/coach", json!("K1")),
        ("/vast/0/toelichting", json!("v")),
        ("/verboden/0/school", json!("S1")),
        ("/verboden/0/plek", json!("groep 6")),
        ("/verboden/0/bouw", json!("bovenbouw")),
        ("/verboden/0/bestuur", json!("B1")),
        ("/verboden/0/toelichting", json!("n")),
        ("/vorig_plan/0/toelichting", json!("o")),
    ] {
        set(&mut whole, pointer, value);
    }
    assert_eq!(file(&whole).to_json(), whole);
    for list in ["beleid", "reistijden", "vast", "verboden", "vorig_plan", "naam", "toelichting"] {
        unset(&mut whole, &format!("/{list}"));
    }
    assert_eq!(file(&whole).to_json(), whole);
}

#[test]
fn what_is_wrong_with_rows_and_what_they_name_is_told_at_once() {
    let mut wrong = wave();
    set(&mut wrong, "/kandidaten/0", json!(7));
    set(&mut wrong, "/scholen/0/bestuur", json!("B9"));
    set(&mut wrong, "/scholen/1/bestuur", json!(1));
    set(&mut wrong, "/vast/0", json!({ "school": "S1" }));
    set(&mut wrong, "/vast/-", json!({ "kandidaat": "Z2", "school": "S7" }));
    let refused = WaveFile::read(&bytes(&wrong)).expect_err("it is wrong");
    let told: Vec<_> = refused.problems.iter().map(|it| (it.code, it.pointer.as_str())).collect();
    let expected = [
        ("type", "/kandidaten/0"),
        ("onbekende-verwijzing", "/scholen/0/bestuur"),
        ("type", "/scholen/1/bestuur"),
        ("ontbreekt", "/vast/0/kandidaat"),
        ("onbekende-verwijzing", "/vast/1/school"),
    ];
    assert_eq!(told, expected, "{refused}");
}

#[test]
fn decisions_a_seed_and_a_limit_are_written_in() {
    let mut file = file(&wave());
    let lock = LockRow { candidate: "Z1".into(), coach: Some("K1".into()), ..LockRow::default() };
    let ban = BanRow { candidate: "Z2".into(), coach: Some("K2".into()), reason: "familie".into(), ..BanRow::default() };
    let previous =
        PreviousRow { candidate: "Z2".into(), school: None, seat: None, coach: Some("K1".into()), status: Status::Voorgesteld, note: None };
    for _ in 0..2 {
        file.decide(vec![lock.clone()], vec![ban.clone()], Some(vec![previous.clone()]));
        file.set_seed(7);
        file.set_max_changes(Some(2));
        assert_eq!((file.locks.as_deref(), file.bans.as_deref()), (Some(&[lock.clone()][..]), Some(&[ban.clone()][..])));
        assert_eq!((file.previous.as_deref(), file.seed()), (Some(&[previous.clone()][..]), Some(7)));
        assert_eq!(file.policy.as_ref().and_then(|policy| policy.max_changes), Some(2));
    }
    file.set_max_changes(None);
    assert_eq!(file.policy.and_then(|policy| policy.max_changes), None);
}

#[test]
fn a_rerun_takes_out_what_is_gone_and_keeps_the_rest() {
    let mut wave = wave();
    unset(&mut wave, "/vast");
    unset(&mut wave, "/vorig_plan");
    let file = file(&wave);
    let loaded = file.build(&file.write()).expect("a wave");
    let place = |candidate: &str, seat: &str, coach: &str| PlacementLine {
        candidate: candidate.into(),
        school: "S1".into(),
        seat: seat.into(),
        bouw: "bovenbouw".into(),
        coach: coach.into(),
        hours: 60,
        travel: 1,
        coach_travel: 1,
        points: Vec::new(),
    };
    let technique =
        TechniqueLine { version: String::new(), engine: String::new(), seed: 1, seconds: 0.0, more: serde_json::Map::default() };
    let outcome = OutcomeFile {
        wave: "proef".into(),
        input_sha256: loaded.sha256.clone(),
        status: Verdict::Feasible,
        goals: Vec::new(),
        placements: vec![place("Z1", "groep 6", "K1"), place("Z2", "onderbouw", "K2")],
        unplaced: Vec::new(),
        conflict: Vec::new(),
        notices: Vec::new(),
        figures: Figures::default(),
        policy: Value::Null,
        technique,
    };
    let request = Request {
        without_coaches: vec!["K2".into()],
        fewer_seats: vec![FewerSeats { school: "S1".into(), seat: "onderbouw".into(), count: 1 }],
        hours: vec![("K1".into(), 100), ("Z1".into(), 50)],
        maxima: vec![("K1".into(), 4)],
        arrivals: read_candidates(br#"{ "id": "Z3", "lat": 52.4, "lon": 4.8, "bouwen": ["onderbouw"] }"#).expect("a candidate"),
        keep_rest: true,
        budget: Budget::AsWave,
        ..Request::default()
    };
    let edited = file.rerun(&loaded, &outcome, &request).expect("everything is there").wave;
    let coaches: BTreeMap<&str, (u32, u32)> = edited.coaches.iter().map(|it| (it.id.as_str(), (it.hours, it.maximum))).collect();
    assert_eq!(coaches, BTreeMap::from([("K1", (100, 4))]));
    let people: Vec<_> = edited.candidates.iter().map(|it| (it.id.as_str(), it.hours)).collect();
    assert_eq!(people, [("Z1", Some(50)), ("Z2", None), ("Z3", None)]);
    assert_eq!(edited.schools[0].seats[0].count, 0);
    assert_eq!(edited.previous.as_ref().map(Vec::len), Some(2));
    assert_eq!(edited.locks.as_deref(), Some(&[][..]), "both are touched");
    let refused = file.rerun(&loaded, &outcome, &Request { without_schools: vec!["S9".into()], ..Request::default() });
    assert_eq!(refused.expect_err("there is no such school").problems.len(), 1);
}

#[test]
fn a_row_alone_is_read_as_it_is_in_a_file() {
    let wave = wave();
    let file = file(&wave);
    let row = |kind, pointer: &str| {
        let text = wave.pointer(pointer).expect("it is there").to_string();
        read_row(kind, text.as_bytes(), &[]).expect("a row")
    };
    assert_eq!(row(Kind::Board, "/besturen/1"), Row::Board(file.boards[1].clone()));
    assert_eq!(row(Kind::Coach, "/coaches/1"), Row::Coach(file.coaches[1].clone()));
    assert_eq!(row(Kind::Candidate, "/kandidaten/1"), Row::Candidate(file.candidates[1].clone()));
    assert_eq!(row(Kind::Seats, "/scholen/0/plekken/1"), Row::Seats(file.schools[0].seats[1].clone()));
}
