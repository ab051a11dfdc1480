//! Certificates on the command line: written on request, proven by `loket verify`, refused when they are tampered with.

mod common;

use common::{folder, loket, read, wave, write};

#[test]
fn verify_says_per_goal_what_the_certificates_prove() {
    let here = folder("certificate");
    write(&here, "w.json", &wave());
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json", "--certificate"]).status, 0);
    let ran = loket(&here, &["verify", "w.json", "u.json"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    assert!(ran.out.contains("Wat de certificaten bewijzen:\n   geplaatst: de prijzen bewijzen dat meer dan "), "{}", ran.out);
    let ran = loket(&here, &["verify", "w.json", "u.json", "--json"]);
    let page: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let goals = read(&here, "u.json")["doelen"].as_array().map_or(0, Vec::len);
    assert_eq!(page["bewijzen"].as_array().map(Vec::len), Some(goals), "{page}");
    assert_eq!(page["bewijzen"][0]["geheel"], true, "{page}");
}

#[test]
fn without_a_certificate_nothing_is_said_of_proofs() {
    let here = folder("no-certificate");
    write(&here, "w.json", &wave());
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json"]).status, 0);
    assert!(read(&here, "u.json")["doelen"][0].get("certificaat").is_none());
    let ran = loket(&here, &["verify", "w.json", "u.json"]);
    assert_eq!((ran.status, ran.out.contains("certificaten")), (0, false), "{}", ran.out);
}

#[test]
fn a_certificate_that_claims_too_much_is_a_finding() {
    let here = folder("tampered-certificate");
    write(&here, "w.json", &wave());
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json", "--certificate"]).status, 0);
    let mut outcome = read(&here, "u.json");
    let bound = outcome["doelen"][0]["certificaat"]["grens"].as_i64().expect("a number");
    outcome["doelen"][0]["certificaat"]["grens"] = (bound - 1).into();
    write(&here, "u.json", &outcome);
    let ran = loket(&here, &["verify", "w.json", "u.json"]);
    assert_eq!(ran.status, 1, "{}", ran.out);
    assert!(ran.out.contains("/doelen/0/certificaat: Er staat dat de prijzen hoogstens"), "{}", ran.out);
}
