//! What a valid file becomes: defaults, notices, canonical order, travel to the minute, and the sample waves.

mod common;

use common::{bytes, set, unset, wave};
use loket_instances::generate;
use loket_instances::matching::read::{Loaded, policy_json, read_wave};
use loket_instances::matching::travel::{Point, metres, minutes};
use loket_solver::matching::ask::waiting::without;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::{CandidateId, CoachId, SchoolId, SeatId};
use loket_solver::matching::facts::wave::{Ban, Part, Wave};
use loket_solver::matching::facts::words::{Bouw, CoachKind, HalfDay, Phase, Quality, SchoolKind, Status, Transport};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

fn read(value: &Value) -> Loaded {
    read_wave(&bytes(value)).unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn candidate(wave: &Wave, id: &str) -> CandidateId {
    wave.candidates.ids().find(|&row| wave.candidates[row].id == id).expect("the candidate exists")
}

fn notices(loaded: &Loaded) -> Vec<&str> {
    loaded.notices.iter().map(|notice| notice.pointer.as_str()).collect()
}

#[test]
fn defaults_are_those_of_the_format() {
    let loaded = read(&wave());
    assert_eq!(loaded.notices, []);
    assert_eq!(loaded.title, "Proeflichting");
    assert_eq!(loaded.sha256.len(), 64);
    assert_eq!(loaded.names.schools.get("S2").map(String::as_str), Some("De Brug"));
    assert_eq!(loaded.names.candidates.len(), 1);
    let wave = &loaded.wave;
    let board = &wave.boards[wave.schools[SchoolId(0)].board];
    assert_eq!((board.id.as_str(), board.noodplan, board.maximum), ("B1", true, None));
    let school = &wave.schools[SchoolId(0)];
    assert_eq!((school.kind, school.target_group, school.shortage, school.starters), (SchoolKind::Bo, 0, 0, 0));
    assert_eq!((school.quality, school.maximum, school.team_size), (Quality::Voldoet, None, None));
    let seats: Vec<_> = wave.seats.iter().map(|seat| (seat.id.as_str(), seat.bouw, seat.count)).collect();
    assert_eq!(seats, [("groep 6", Bouw::Bovenbouw, 2), ("onderbouw", Bouw::Onderbouw, 1)]);
    assert!(wave.seats[SeatId(0)].half_days.has(HalfDay::VrM) && wave.seats[SeatId(1)].half_days.is_empty());
    let (intern, extern_) = (&wave.coaches[CoachId(0)], &wave.coaches[CoachId(1)]);
    assert_eq!((intern.kind, intern.rate_cents, intern.max_travel, intern.running), (CoachKind::Intern, 5_000, 45, 0));
    assert_eq!(intern.bouwen, [Bouw::Onderbouw, Bouw::Middenbouw, Bouw::Bovenbouw]);
    assert_eq!((intern.next_hours, intern.kinds.as_slice(), intern.own_school), (None, &[SchoolKind::Bo][..], None));
    assert_eq!((extern_.kind, extern_.rate_cents, extern_.own_school), (CoachKind::Extern, 9_680, Some(SchoolId(1))));
    let first = &wave.candidates[candidate(wave, "Z1")];
    assert_eq!((first.row, first.phase, first.hours, first.max_travel, first.waited), (0, Phase::Opleiding, None, 60, 0));
    assert_eq!((first.boards.as_ref(), first.kinds.as_slice()), (None, &[SchoolKind::Bo][..]));
    assert_eq!(first.bouwen, [Bouw::Bovenbouw, Bouw::Onderbouw]);
    let lock = first.lock.as_ref().expect("Z1 is locked");
    assert_eq!(
        (lock.school, lock.seat.as_deref(), lock.despite.as_slice()),
        (Some(SchoolId(0)), Some("groep 6"), &[RuleCode::Reistijd][..])
    );
    let previous = first.previous.as_ref().expect("Z1 was placed");
    assert_eq!((previous.seat, previous.coach, previous.status), (Part::Known(SeatId(0)), Part::Known(CoachId(0)), Status::Akkoord));
    let second = &wave.candidates[candidate(wave, "Z2")];
    assert_eq!(second.bans, [Ban { coach: Some(CoachId(1)), ..Ban::default() }]);
    assert_eq!(second.excluded_coaches, [CoachId(1)]);
}

#[test]
fn the_policy_echo_reads_back_as_the_same_policy() {
    let mut changed = wave();
    unset(&mut changed, "/beleid");
    let plain = read(&changed).wave;
    let echo = policy_json(&plain);
    assert_eq!(echo["doelen"][0]["naam"], "afspraken");
    assert_eq!(
        echo["doelen"][2],
        json!({ "naam": "stabiliteit", "punten": { "ongewijzigd": 10, "ongewijzigd_school": 3, "ongewijzigd_coach": 2 }, "tolerantie_procent": 0 })
    );
    assert_eq!(echo["uren"], json!({ "werkervaring": 15, "opleiding": 60, "opleiding_jaar2": 30, "inductie": 15 }));
    assert_eq!(echo["vasthouden"], json!({ "akkoord": 10, "gestart": 100 }));
    assert_eq!(echo["extra_begeleiding"], json!({ "vanaf": 60, "uren": 0 }));
    assert_eq!((&echo["seed"], &echo["alleen_noodplan"], echo.get("max_kosten_cent")), (&json!(1), &json!(true), None));
    set(&mut changed, "/beleid", echo);
    assert_eq!(read(&changed).wave, plain);
    let own = json!({
        "doelen": [{ "naam": "een", "punten": { "kosten": 1, "belasting": 0, "afspraak_coach": 0 }, "tolerantie_procent": 100 }],
        "bouw_punten": [7], "uren": { "inductie": 0 }, "extra_begeleiding": { "uren": 6 }, "alleen_noodplan": false, "dagdelen_samen": 0,
        "max_starters_procent": 0, "max_extern_procent": 25, "max_kosten_cent": 100_000_000_000_i64, "vasthouden": { "voorgesteld": 3 },
        "max_wijzigingen": 0, "seed": 9_007_199_254_740_991_i64
    });
    set(&mut changed, "/beleid", own);
    let wave = read(&changed).wave;
    assert_eq!((wave.policy.hours, wave.policy.keep_weights, wave.policy.extra_from), ([15, 60, 30, 0], [3, 0, 0], 60));
    assert_eq!((wave.policy.seed, wave.policy.goals.len()), (9_007_199_254_740_991, 1));
    let echo = policy_json(&wave);
    set(&mut changed, "/beleid", echo);
    assert_eq!(read(&changed).wave.policy, wave.policy);
}

#[test]
fn own_goals_may_be_called_stabiliteit_when_nothing_is_added() {
    let mut changed = wave();
    set(
        &mut changed,
        "/beleid/doelen",
        json!([{ "naam": "stabiliteit", "punten": { "bouw": 1 } }, { "naam": "a", "punten": { "afspraak_school": 0 } }]),
    );
    assert_eq!(read(&changed).wave.policy.goals.len(), 2);
    set(&mut changed, "/beleid/doelen", json!([{ "naam": "stabiliteit", "punten": { "bouw": 1 } }]));
    set(&mut changed, "/vorig_plan", json!([]));
    assert_eq!(read(&changed).wave.policy.goals.len(), 1);
}

#[test]
fn a_list_with_nobody_in_it_and_an_id_without_an_address_give_a_notice() {
    let told = |keys: Value| {
        let mut file = json!({
            "formaat": "loket-lichting/1", "id": "w", "fase": "opleiding", "besturen": [{ "id": "B1" }],
            "scholen": [{ "id": "S1", "bestuur": "B1", "lat": 52.0, "lon": 4.9, "plekken": [{ "bouw": "onderbouw", "aantal": 1 }] }],
            "coaches": [{ "id": "K1", "lat": 52.0, "lon": 4.9, "maximum": 1, "uren": 60 }],
            "kandidaten": [{ "id": "Z1", "lat": 52.0, "lon": 4.9, "bouwen": ["onderbouw"] }],
        });
        file.as_object_mut().expect("a file").extend(keys.as_object().expect("keys").clone());
        read(&file).notices.into_iter().map(|it| (it.code, it.pointer)).collect::<Vec<_>>()
    };
    assert_eq!(told(json!({})), []);
    let at = |code: &'static str, places: &[&str]| places.iter().map(|it| (code, (*it).to_owned())).collect::<Vec<_>>();
    assert_eq!(told(json!({ "scholen": [], "coaches": [], "kandidaten": [] })), at("leeg", &["/coaches", "/kandidaten", "/scholen"]));
    let school = |seats: Value| json!([{ "id": "S1", "bestuur": "B1", "lat": 52.0, "lon": 4.9, "plekken": seats }]);
    assert_eq!(told(json!({ "scholen": school(json!([])) })), at("leeg", &["/scholen"]));
    assert_eq!(told(json!({ "scholen": school(json!([{ "bouw": "onderbouw", "aantal": 0 }])) })), at("leeg", &["/scholen"]));
    let seat = json!([{ "id": ".", "bouw": "onderbouw", "aantal": 1 }]);
    let places = at("id", &["/id", "/scholen/0/plekken/0/id"]);
    assert_eq!(told(json!({ "id": "..", "scholen": school(seat) })), places);
}

#[test]
fn what_may_be_unknown_gives_a_notice_and_does_what_the_format_says() {
    let mut changed = wave();
    set(&mut changed, "/coaches/0/eigen_school", json!("S9"));
    set(&mut changed, "/coaches/0/bestuur", json!("B9"));
    set(&mut changed, "/coaches/0/uitgesloten_scholen", json!(["S9", "S1"]));
    set(&mut changed, "/kandidaten/1/huidige_coach", json!("K9"));
    set(&mut changed, "/kandidaten/1/huidige_school", json!("S2"));
    set(&mut changed, "/kandidaten/1/besturen", json!(["B9"]));
    set(
        &mut changed,
        "/kandidaten/1/uitgesloten",
        json!({ "scholen": ["S9"], "besturen": ["B9", "B2"], "denominaties": ["x"], "coaches": ["K9"] }),
    );
    set(&mut changed, "/reistijden/-", json!({ "van": "Z9", "naar": "S9", "minuten": 1 }));
    set(&mut changed, "/verboden/-", json!({ "kandidaat": "Z2", "school": "S9", "plek": "x", "coach": "K1", "reden": "" }));
    set(&mut changed, "/verboden/-", json!({ "kandidaat": "Z2", "school": "S1", "plek": "x", "reden": "" }));
    set(&mut changed, "/verboden/-", json!({ "kandidaat": "Z2", "plek": "groep 6", "bouw": "bovenbouw", "reden": "" }));
    set(&mut changed, "/verboden/-", json!({ "kandidaat": "Z2", "plek": "groep 7", "reden": "" }));
    set(&mut changed, "/vorig_plan/0/coach", json!("K9"));
    set(&mut changed, "/vorig_plan/0/plek", json!("onbekend"));
    set(&mut changed, "/vorig_plan/-", json!({ "kandidaat": "Z8", "status": "gestart" }));
    set(&mut changed, "/vorig_plan/-", json!({ "kandidaat": "Z2", "school": "S9", "plek": "x", "status": "gestart" }));
    let loaded = read(&changed);
    let mut found = notices(&loaded);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "/coaches/0/bestuur",
            "/coaches/0/eigen_school",
            "/coaches/0/uitgesloten_scholen/0",
            "/kandidaten/1/besturen/0",
            "/kandidaten/1/huidige_coach",
            "/kandidaten/1/uitgesloten/besturen/0",
            "/kandidaten/1/uitgesloten/coaches/0",
            "/kandidaten/1/uitgesloten/scholen/0",
            "/reistijden/1/naar",
            "/reistijden/1/van",
            "/verboden/1/school",
            "/verboden/2/plek",
            "/verboden/4/plek",
            "/vorig_plan/0/coach",
            "/vorig_plan/0/plek",
            "/vorig_plan/1/kandidaat",
            "/vorig_plan/2/school",
        ]
    );
    assert!(
        loaded
            .notices
            .iter()
            .any(|notice| notice.text == "coach K1, eigen_school: school \"S9\" staat niet in dit bestand; dit veld telt niet mee")
    );
    let wave = &loaded.wave;
    assert_eq!((wave.coaches[CoachId(0)].own_school, wave.coaches[CoachId(0)].excluded_schools.as_slice()), (None, &[SchoolId(0)][..]));
    let second = &wave.candidates[candidate(wave, "Z2")];
    assert_eq!((second.boards.as_deref(), second.current_coach, second.current_school), (Some(&[][..]), None, Some(SchoolId(1))));
    assert_eq!((second.excluded_boards.len(), second.excluded_schools.len(), second.excluded_denominations.len()), (1, 0, 1));
    assert_eq!(second.bans.len(), 2);
    assert_eq!(second.previous.as_ref().map(|entry| (entry.seat, entry.coach)), Some((Part::Gone, Part::Absent)));
    let first = wave.candidates[candidate(wave, "Z1")].previous.as_ref().map(|entry| (entry.seat, entry.coach));
    assert_eq!(first, Some((Part::Gone, Part::Gone)));
}

#[test]
fn rows_stand_in_canonical_order_whatever_the_order_of_the_file() {
    let mut many = wave();
    for row in 0..20 {
        set(&mut many, "/kandidaten/-", json!({ "id": format!("é{row}"), "lat": 52, "lon": 5, "bouwen": ["onderbouw"] }));
    }
    for id in ["a", "Z", "é", "B"] {
        set(&mut many, "/scholen/-", json!({ "id": id, "bestuur": "B2", "lat": 52, "lon": 5, "plekken": [] }));
    }
    set(&mut many, "/beleid/seed", json!(77));
    let mut turned = many.clone();
    for section in ["besturen", "scholen", "coaches", "kandidaten", "verboden", "reistijden"] {
        turned[section].as_array_mut().expect("a list").reverse();
    }
    turned["scholen"][5]["plekken"].as_array_mut().expect("a list").reverse();
    let (plain, mut other) = (read(&many).wave, read(&turned).wave);
    let hash = |id: &str| Sha256::digest(format!("77:{id}")).to_vec();
    assert!(plain.candidates.iter().map(|row| hash(&row.id)).is_sorted());
    assert_eq!(plain.schools.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["B", "S1", "S2", "Z", "a", "é"]);
    assert!(plain.seats.iter().map(|seat| (seat.school, seat.id.as_bytes())).is_sorted());
    let ids = other.candidates.ids().collect::<Vec<_>>();
    for id in ids {
        assert_eq!(other.candidates[id].row, 21 - plain.candidates[id].row);
        other.candidates[id].row = plain.candidates[id].row;
    }
    assert_eq!(plain, other);
}

#[test]
fn travel_is_right_to_the_minute() {
    let point = |lat, lon| Point { lat, lon };
    // One degree along a meridian is R·π/180 = 111,195.08 m.
    assert_eq!(metres(point(52.0, 5.0), point(53.0, 5.0)), 111_195);
    assert_eq!(metres(point(0.0, 0.0), point(0.0, 180.0)), 20_015_114);
    assert_eq!(metres(point(52.0, 5.0), point(52.0, 5.0)), 0);
    // 3 + ceil(46·111195/10000) = 3 + ceil(511.497); 12 + ceil(389.1825); 6 + ceil(289.107).
    assert_eq!(minutes(Transport::Fiets, 111_195), 515);
    assert_eq!(minutes(Transport::Ov, 111_195), 402);
    assert_eq!(minutes(Transport::Auto, 111_195), 296);
    // Exactly on a whole minute, and one metre further.
    assert_eq!((minutes(Transport::Auto, 5_000), minutes(Transport::Auto, 5_001)), (19, 20));
    assert_eq!((minutes(Transport::Fiets, 0), minutes(Transport::Fiets, 1)), (3, 4));
    assert_eq!(minutes(Transport::Fiets, 20_015_114), 92_073);

    let wave = read(&wave()).wave;
    let (first, second) = (candidate(&wave, "Z1"), candidate(&wave, "Z2"));
    // An entry of reistijden; and 52.4/5 to 52.37/4.89: 8177 m, 3 + ceil(37.6142).
    assert_eq!(wave.travel.candidate(first, SchoolId(0)), 31);
    assert_eq!(metres(point(52.4, 5.0), point(52.37, 4.89)), 8_177);
    assert_eq!(wave.travel.candidate(second, SchoolId(0)), 41);
    // A coach may have an entry too.
    let mut changed = common::wave();
    set(&mut changed, "/reistijden/-", json!({ "van": "K2", "naar": "S2", "minuten": 0 }));
    assert_eq!(read(&changed).wave.travel.coach(CoachId(1), SchoolId(1)), 0);
}

#[test]
fn numbers_at_their_bounds_are_read() {
    let mut changed = wave();
    for (pointer, value) in [
        ("/scholen/0/lat", json!(-90)),
        ("/scholen/0/lon", json!(180.0)),
        ("/scholen/0/doelgroep", json!(100)),
        ("/coaches/0/tarief_cent", json!(100_000)),
        ("/coaches/0/maximum", json!(0)),
        ("/kandidaten/0/max_reistijd", json!(100_000)),
        ("/kandidaten/0/id", json!("x".repeat(64))),
        ("/vast", json!(null)),
        ("/vorig_plan", json!([])),
        ("/paren", json!(null)),
        ("/kandidaten/0/soorten", json!([])),
        ("/coaches/0/bouwen", json!([])),
    ] {
        set(&mut changed, pointer, value);
    }
    let wave = read(&changed).wave;
    assert_eq!((wave.coaches[CoachId(0)].rate_cents, wave.coaches[CoachId(0)].bouwen.len()), (100_000, 0));
}

#[test]
fn prices_go_to_what_they_name_and_a_price_of_nothing_is_told() {
    let mut changed = wave();
    let seats = json!([{ "school": "S1", "plek": "groep 6", "prijs": 40 }, { "school": "S2", "plek": "groep 6", "prijs": 9 }]);
    let coaches = json!([{ "coach": "K2", "prijs": 15 }, { "coach": "K9", "prijs": 3 }]);
    set(&mut changed, "/beleid/bewaren", json!({ "plekken": seats, "coaches": coaches }));
    let loaded = read(&changed);
    let seats: Vec<_> = loaded.wave.seats.iter().map(|it| (it.id.as_str(), it.price)).collect();
    assert_eq!(seats, [("groep 6", 40), ("onderbouw", 0)]);
    assert_eq!(loaded.wave.coaches.iter().map(|it| it.hour_price).collect::<Vec<_>>(), [0, 15]);
    let told: Vec<_> = loaded.notices.iter().map(|it| it.pointer.as_str()).collect();
    assert_eq!(told, ["/beleid/bewaren/coaches/1/coach", "/beleid/bewaren/plekken/1/plek"]);
}

#[test]
fn a_wave_without_somebody_is_the_file_without_that_row() {
    for seed in 0..60 {
        let mut json = generate::tiny(seed);
        let before = read(&json).wave;
        let id = json["kandidaten"][0]["id"].clone();
        json["kandidaten"].as_array_mut().expect("rows").remove(0);
        for (list, key) in [("vast", "kandidaat"), ("verboden", "kandidaat"), ("reistijden", "van"), ("vorig_plan", "kandidaat")] {
            json[list].as_array_mut().into_iter().for_each(|rows| rows.retain(|row| row[key] != id));
        }
        json["paren"]
            .as_array_mut()
            .into_iter()
            .for_each(|rows| rows.retain(|row| !row["kandidaten"].as_array().expect("two").contains(&id)));
        json.as_object_mut().expect("a wave").retain(|_, value| !value.is_null());
        let gone = before.candidates.pairs().find(|(_, it)| id == it.id).expect("the first").0;
        let mut after = without(&before, gone);
        for candidate in after.candidates.ids() {
            after.candidates[candidate].row -= 1;
        }
        let mut expected = read(&json).wave;
        // Without a previous plan a file has other goals; these are not what is looked at.
        expected.policy.goals.clone_from(&after.policy.goals);
        assert_eq!(after, expected, "wave {seed}");
    }
}
