//! Refusals that concern the whole file: broken JSON, double keys, several problems at once, too many of anything.

mod common;

use common::{bytes, set, wave};
use loket_instances::matching::read::read_wave;
use loket_instances::strict::limits;
use loket_instances::strict::problem::{MOST_PROBLEMS, Refusal};
use serde_json::json;

fn refusal(bytes: &[u8]) -> Refusal {
    match read_wave(bytes) {
        Err(refusal) => refusal,
        Ok(_) => panic!("accepted: {}", String::from_utf8_lossy(bytes)),
    }
}

#[test]
fn broken_json_gives_one_problem_with_line_and_character() {
    let good = String::from_utf8(bytes(&wave())).expect("JSON is UTF-8");
    let nested = format!("{}{}", "[".repeat(65), "]".repeat(65));
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (Vec::new(), "regel 1, teken 1"),
        (b"\xef\xbb\xbf{}".to_vec(), "regel 1, teken 1"),
        (b"{\n \"a\": NaN}".to_vec(), "regel 2, teken 7"),
        (b"{\"a\": \xff}".to_vec(), "regel 1, teken 7"),
        (b"{\"a\": \"\\ud800\"}".to_vec(), "regel 1, teken 14"),
        (b"{\"a\": \"\\udc00\\ud800\"}".to_vec(), "regel 1, teken 14"),
        (b"{\"a\": \"\\x\"}".to_vec(), "regel 1, teken 9"),
        (b"{\"\xc3\xa9\": 012}".to_vec(), "regel 1, teken 10"),
        (b"{\"a\": 1.}".to_vec(), "regel 1, teken 9"),
        (b"{\"a\": 1,}".to_vec(), "regel 1, teken 9"),
        (b"{\"a\" 1}".to_vec(), "regel 1, teken 6"),
        (b"{a: 1}".to_vec(), "regel 1, teken 2"),
        (b"[1 2]".to_vec(), "regel 1, teken 4"),
        (b"\"a\nb\"".to_vec(), "regel 1, teken 3"),
        (nested.into_bytes(), "regel 1, teken 65"),
        (format!("{good} {{}}").into_bytes(), ""),
        (good.as_bytes()[..good.len() - 1].to_vec(), ""),
    ];
    for (bytes, place) in cases {
        let shown = String::from_utf8_lossy(&bytes).into_owned();
        let problems = refusal(&bytes).problems;
        assert_eq!((problems.len(), problems[0].code), (1, "json"), "{shown}");
        assert!(place.is_empty() || problems[0].place == place, "{shown}: {problems:?}");
    }
    assert_eq!(refusal(b"[]").problems[0].code, "type");
}

#[test]
fn a_key_twice_is_refused_wherever_it_is() {
    let text = String::from_utf8(bytes(&wave())).expect("JSON is UTF-8");
    for (from, to, pointer) in [
        ("\"id\":\"proef\"", "\"id\":\"proef\",\"id\":\"proef\"", "/id"),
        ("\"id\":\"B1\"", "\"id\":\"B1\",\"naam\":null", "/besturen/0/naam"),
        ("\"ongewijzigd\":2", "\"ongewijzigd\":2,\"ongewijzigd\":3", "/beleid/doelen/1/punten/ongewijzigd"),
        ("\"reden\":\"familie\"", "\"toelichting\":\"\",\"reden\":\"familie\",\"toelichting\":\"\"", "/verboden/0/toelichting"),
    ] {
        assert!(text.contains(from));
        let problems = refusal(text.replacen(from, to, 1).as_bytes()).problems;
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!((problems[0].code, problems[0].pointer.as_str()), ("dubbele-sleutel", pointer));
    }
}

#[test]
fn all_problems_come_at_once_with_words_people_can_find() {
    let mut changed = wave();
    set(&mut changed, "/scholen/0/plekken/0/aantal", json!(-2));
    set(&mut changed, "/kandidaten/1/vervoer", json!("feits"));
    set(&mut changed, "/coaches/0/max_reis", json!(45));
    set(&mut changed, "/vast/0/coach", json!("K7"));
    set(&mut changed, "/beleid/seed", json!("1"));
    let problems = refusal(&bytes(&changed)).problems;
    let shown: Vec<_> = problems.iter().map(|p| (p.code, p.place.as_str(), p.what.as_str(), p.remedy.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("type", "beleid, seed", "\"1\" is geen geheel getal", "vul een geheel getal in, zonder punt, exponent of aanhalingstekens"),
            ("onbekende-sleutel", "coach K1, max_reis", "de sleutel \"max_reis\" bestaat hier niet", "bedoelde u \"max_reistijd\"?"),
            ("woord", "kandidaat Z2, vervoer", "\"feits\" is hier geen bekend woord", "bedoelde u \"fiets\"?"),
            (
                "grens",
                "school S1, plekken, 1e regel, aantal",
                "-2 valt buiten de grenzen",
                "vul een geheel getal in van 0 tot en met 100000"
            ),
            (
                "onbekende-verwijzing",
                "vast, 1e regel, coach",
                "coach \"K7\" staat niet in dit bestand",
                "verbeter de id, of voeg coach \"K7\" toe"
            ),
        ]
    );
}

#[test]
fn a_flood_of_problems_is_cut_and_counted() {
    let mut changed = wave();
    let rows: Vec<_> = (0..2_000).map(|row| json!({ "kandidaat": format!("X{row}") })).collect();
    set(&mut changed, "/vast", rows.into());
    let refused = refusal(&bytes(&changed));
    assert_eq!((refused.problems.len(), refused.count()), (MOST_PROBLEMS + 1, 2_000));
    assert_eq!(refused.problems[MOST_PROBLEMS].what, "er zijn nog 1000 problemen die hier niet staan");
}

#[test]
fn a_flood_of_rows_that_are_wrong_is_counted_and_a_single_problem_is_one() {
    let mut changed = wave();
    // Each lacks its id, its bouwen, its lat and its lon.
    set(&mut changed, "/kandidaten", vec![json!({}); 5_000].into());
    for section in ["/vast", "/vorig_plan", "/verboden", "/reistijden"] {
        set(&mut changed, section, json!([]));
    }
    let refused = refusal(&bytes(&changed));
    assert_eq!((refused.problems.len(), refused.count()), (MOST_PROBLEMS + 1, 20_000));
    let keys = (0..3_000).map(|number| (format!("sleutel{number}"), json!(1)));
    let refused = refusal(&bytes(&serde_json::Value::Object(keys.collect())));
    // Beside the keys that do not exist, seven that must be there are not.
    assert_eq!((refused.problems.len(), refused.count()), (MOST_PROBLEMS + 1, 3_007));
    set(&mut changed, "/kandidaten", json!(7));
    assert_eq!(refusal(&bytes(&changed)).count(), 1);
}

#[test]
fn every_text_has_an_end() {
    let accepted = |pointer: &str, length: usize| {
        let mut changed = wave();
        let text = json!("é".repeat(length));
        match pointer.strip_suffix("/0") {
            Some(list) => set(&mut changed, list, json!([text])),
            None => set(&mut changed, pointer, text),
        }
        match loket_instances::matching::read::read_wave(&bytes(&changed)) {
            Ok(_) => true,
            Err(refused) => {
                assert_eq!(refused.problems.iter().map(|it| (it.code, it.pointer.as_str())).collect::<Vec<_>>(), [("grens", pointer)]);
                assert!(refused.problems[0].what.chars().count() < 100, "{}", refused.problems[0].what);
                false
            }
        }
    };
    for (pointer, most) in [
        ("/naam", limits::NAME),
        ("/kandidaten/0/naam", limits::NAME),
        ("/scholen/0/naam", limits::NAME),
        ("/scholen/0/concept", limits::TEXT),
        ("/kandidaten/0/huidige_school", limits::TEXT),
        ("/coaches/0/kenmerken/0", limits::TEXT),
        ("/toelichting", limits::REMARK),
        ("/kandidaten/0/toelichting", limits::REMARK),
        ("/verboden/0/reden", limits::REMARK),
    ] {
        assert!(accepted(pointer, most), "{pointer} of {most}");
        assert!(!accepted(pointer, most + 1), "{pointer} of {}", most + 1);
    }
    let mut changed = wave();
    let many: Vec<_> = (0..=limits::LIST).map(|number| json!(format!("k{number}"))).collect();
    set(&mut changed, "/kandidaten/0/concepten", many.into());
    assert_eq!(refusal(&bytes(&changed)).problems.iter().map(|it| it.code).collect::<Vec<_>>(), ["te-veel"]);
}

#[test]
fn too_many_candidates_are_refused() {
    let rows: Vec<_> = (0..100_001).map(|row| json!({ "id": format!("Z{row}"), "bouwen": ["onderbouw"] })).collect();
    let mut changed = wave();
    set(&mut changed, "/scholen", json!([]));
    for section in ["/vast", "/vorig_plan", "/verboden", "/reistijden"] {
        set(&mut changed, section, json!([]));
    }
    set(&mut changed, "/kandidaten", rows.into());
    let problems = refusal(&bytes(&changed)).problems;
    assert_eq!(problems.iter().map(|p| (p.code, p.pointer.as_str())).collect::<Vec<_>>(), [("te-veel", "/kandidaten")]);
}
