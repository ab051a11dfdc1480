//! What the program writes: text of others never steers a terminal, one stream holds one thing, no file takes the place of another, a
//! private file stays private, and nobody who reads is no reason to end otherwise.

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{Ran, folder, listing, loket, loket_with_input, read, wave, write};
use serde_json::{Value, json};

/// A folder with a solved wave: `w.json` and `u.json`.
fn solved(name: &str) -> std::path::PathBuf {
    let here = folder(name);
    write(&here, "w.json", &wave());
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json"]).status, 0);
    here
}

/// Everything that a name must not do to whoever reads it.
const STEERING: &str = "\u{1b}[2J\u{1b}]0;titel\u{7}\n   Z9 staat vast op S1\r\t\u{7f}\u{9b}\u{85}\u{2028}\u{2029}\u{202e}\u{2066}\u{200f}";

fn steers(character: char) -> bool {
    character != '\n' && !" ;[]".contains(character) && !character.is_alphanumeric() && STEERING.contains(character)
}

/// That nothing of it came through, as a character or as a line of its own.
fn tame(what: &str, ran: &Ran) {
    for text in [&ran.out, &ran.err] {
        let found: Vec<char> = text.chars().filter(|&it| steers(it)).collect();
        assert!(found.is_empty(), "{what}: {found:?} in {text:?}");
        assert!(!text.lines().any(|line| line.trim_start().starts_with("Z9 staat vast")), "{what}: {text}");
    }
}

/// The wave with names that steer, wherever a file may hold free text.
fn steering_wave() -> Value {
    let mut wave = wave();
    wave["naam"] = json!(format!("Najaar{STEERING}"));
    for list in ["besturen", "scholen", "coaches", "kandidaten"] {
        for row in wave[list].as_array_mut().unwrap() {
            row["naam"] = json!(format!("Naam{STEERING}"));
        }
    }
    // What an id may hold is all that is no control character.
    wave["coaches"][1]["id"] = json!("K\u{202e}2");
    wave["verboden"] = json!([{ "kandidaat": "Z2", "coach": "K1", "reden": format!("reden{STEERING}") }]);
    wave
}

#[test]
fn names_never_steer_a_terminal() {
    let here = folder("steering");
    write(&here, "w.json", &steering_wave());
    let first = loket(&here, &["solve", "w.json", "-o", "u.json", "--progress", "--certificate"]);
    assert_eq!(first.status, 0, "{}", first.err);
    assert!(first.out.contains("Najaar\u{fffd}[2J"), "a name is still shown: {}", first.out);
    tame("solve", &first);
    let both = ["w.json", "u.json"];
    let cases: [(&str, &[&str]); 16] = [
        ("explain", &["--candidate", "Z1"]),
        ("explain", &["--candidate", "Z4"]),
        ("explain", &["--candidate", "Z1", "--view", "kandidaat"]),
        ("explain", &["--seat", "S2:middenbouw"]),
        ("explain", &["--coach", "K\u{202e}2"]),
        ("explain", &["--coach", "K\u{202e}9"]),
        ("explain", &["--scarcity"]),
        ("explain", &["--force", "Z1=S2", "--forbid", "Z2=S2"]),
        ("explain", &["--candidate", "Z1", "--json"]),
        ("rerun", &["--without-coach", "K1"]),
        ("rerun", &["--without-candidate", "Z2", "--json"]),
        ("rerun", &["--without-coach", "K\u{1b}[2J9"]),
        ("report", &[]),
        ("report", &["--view", "bestuur:B1"]),
        ("stress", &["--people", "--schools"]),
        ("verify", &[]),
    ];
    for (command, words) in cases {
        let ran = loket(&here, &[&[command], &both[..], words].concat());
        assert!([0, 2, 3].contains(&ran.status), "{command} {words:?}: {}", ran.err);
        assert!(!ran.out.is_empty() || ran.err.contains('\u{fffd}'), "{command} {words:?}: {}", ran.err);
        tame(&format!("{command} {words:?}"), &ran);
    }
    let ran = loket(&here, &["rerun", "w.json", "u.json", "--without-coach", "K1", "-o", "n.json", "--wave-out", "nw.json"]);
    tame("rerun", &ran);
    let ran = loket(&here, &["difference", "w.json", "u.json", "nw.json", "n.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    tame("difference", &ran);
    assert_eq!(read(&here, "nw.json")["naam"], steering_wave()["naam"], "in a file the name is what it was");
    let raw = std::fs::read_to_string(here.join("nw.json")).unwrap();
    assert!(!raw.chars().any(steers), "and `cat` shows it safely");
}

#[test]
fn what_is_told_of_a_wrong_file_steers_nothing() {
    let here = solved("steering-wrong");
    let mut wrong = steering_wave();
    wrong[STEERING] = json!(1);
    wrong["kandidaten"][0]["id"] = json!(STEERING);
    wrong["kandidaten"][1]["bouwen"] = json!([STEERING]);
    wrong["scholen"][0]["bestuur"] = json!(format!("B{STEERING}"));
    write(&here, "wrong.json", &wrong);
    for words in [&["check", "wrong.json"][..], &["check", "wrong.json", "--json"], &["solve", "wrong.json"]] {
        let ran = loket(&here, words);
        assert_eq!(ran.status, 2, "{words:?}");
        tame(&format!("{words:?}"), &ran);
    }
    let mut lie = read(&here, "u.json");
    lie["plaatsingen"][0]["kandidaat"] = json!(format!("Z{STEERING}"));
    write(&here, "lie.json", &lie);
    for command in ["verify", "explain", "rerun", "stress", "report"] {
        let ran = loket(&here, &[command, "w.json", "lie.json"]);
        assert_eq!(ran.status, 1, "{command}: {}{}", ran.out, ran.err);
        tame(command, &ran);
    }
    let name = "schol\u{1b}[2J\n   Z9 staat vast op S1.csv";
    std::fs::write(here.join(name), "vestigingscode;naam\nA\u{1b}[2J;B\n").unwrap();
    let full = "vestigingscode;naam;denominatie;bevoegd_gezag_nummer;leerlingen_2025;leerlingen_bekostigd_2019;\
                achterstandsscore_zonder_drempel_2019;lat;lon";
    std::fs::write(here.join("s.csv"), format!("{full}\nA\u{1b};B;;1;;;;x\u{202e};4\n")).unwrap();
    std::fs::write(here.join("control.csv"), format!("{full}\n98XA00;B\u{1b}[2J;;1;;;;52;4\n")).unwrap();
    std::fs::write(here.join("turns.csv"), format!("{full}\n98XA00;B\u{202e};;1;;;;52;4\n")).unwrap();
    std::fs::write(here.join("good.csv"), format!("{full}\n98XA00;B;;1;;;;52;4\n")).unwrap();
    for (list, status) in [(name, 2), ("s.csv", 2), ("control.csv", 2), ("turns.csv", 0), ("good.csv", 0)] {
        let ran = loket(&here, &["generate", "--candidates", "3", "--schools", list]);
        assert_eq!(ran.status, status, "{}", ran.err);
        tame(list, &ran);
    }
    tame("a file that is not there", &loket(&here, &["check", "niet\u{1b}[2J\n   Z9 staat vast op S1"]));
    tame("an option that is not there", &loket(&here, &["check", "--niet\u{1b}[2J\n   Z9 staat vast op S1"]));
}

#[test]
fn a_file_on_standard_output_is_alone_there() {
    let here = solved("alone");
    let gone = ["rerun", "w.json", "u.json", "--without-candidate", "Z1"];
    for (words, format) in [
        (&["-o", "-"][..], "loket-uitkomst/1"),
        (&["--wave-out", "-"], "loket-lichting/1"),
        (&["-o", "/dev/stdout"], "loket-uitkomst/1"),
        (&["--wave-out", "-", "-o", "n.json", "--trade-off", "1"], "loket-lichting/1"),
    ] {
        let ran = loket(&here, &[&gone, words].concat());
        assert_eq!(ran.status, 0, "{words:?}: {}", ran.err);
        let file: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{words:?}: {error}: {}", ran.out));
        assert_eq!(file["formaat"], format, "{words:?}");
        assert!(ran.err.contains("opnieuw ingedeeld zonder kandidaat Z1"), "the page is beside it: {}", ran.err);
    }
    for words in [&["-o", "-", "--json"][..], &["--wave-out", "-", "--json"], &["-o", "-", "--wave-out", "-"]] {
        let ran = loket(&here, &[&gone, words].concat());
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{words:?}");
        assert!(ran.err.contains("Op standaarduitvoer kan maar één ding komen"), "{words:?}: {}", ran.err);
    }
    // A file that is also standard output gets one thing as well.
    let both = std::fs::File::create(here.join("both.json")).unwrap();
    let ran =
        Command::new(env!("CARGO_BIN_EXE_loket")).args(["solve", "w.json", "-o", "both.json"]).current_dir(&here).stdout(both).output();
    assert!(ran.unwrap().status.success());
    assert_eq!(read(&here, "both.json")["formaat"], "loket-uitkomst/1");
    for words in [&["backup", "-"][..], &["rerun", "--batch", ".", "--without-coach", "K1", "-o", "-"]] {
        let ran = loket(&here, words);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{words:?}: {}", ran.err);
    }
    assert_eq!(listing(&here), ["both.json", "n.json", "u.json", "w.json"]);
}

#[test]
fn no_file_takes_the_place_of_another() {
    let here = solved("places");
    let new = json!([{ "id": "N1", "lat": 52.37, "lon": 4.9, "bouwen": ["onderbouw"] }]);
    write(&here, "nieuw.json", &new);
    std::fs::create_dir(here.join("map")).unwrap();
    let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, here.join(name)).unwrap();
    link("w.json", "naar-w.json");
    link("nog-niet.json", "naar-niets.json");
    link("../u.json", "map/u.json");
    std::fs::hard_link(here.join("w.json"), here.join("ook-w.json")).unwrap();
    let before = listing(&here);
    let whole = here.join("een.json");
    let whole = whole.to_str().unwrap();
    let gone = ["rerun", "w.json", "u.json", "--without-candidate", "Z1", "--add-candidate", "nieuw.json"];
    for (words, said) in [
        (&["-o", "een.json", "--wave-out", "./een.json"][..], "kies twee namen"),
        (&["-o", whole, "--wave-out", "map/../een.json"], "kies twee namen"),
        (&["-o", "naar-niets.json", "--wave-out", "nog-niet.json"], "kies twee namen"),
        (&["-o", "naar-w.json"], "is ook de invoer (w.json)"),
        (&["-o", "ook-w.json"], "is ook de invoer (w.json)"),
        (&["--wave-out", "map/u.json"], "is ook de invoer (u.json)"),
        (&["-o", "nieuw.json"], "is ook de invoer (nieuw.json)"),
        (&["--wave-out", "map/../nieuw.json"], "is ook de invoer (nieuw.json)"),
    ] {
        let ran = loket(&here, &[&gone, words].concat());
        assert_eq!(ran.status, 2, "{words:?}: {}", ran.err);
        assert!(ran.err.contains(said), "{words:?}: {}", ran.err);
    }
    for words in [&["solve", "w.json", "-o", "naar-w.json"][..], &["generate", "--schools", "w.json", "-o", "ook-w.json"]] {
        let ran = loket(&here, words);
        assert_eq!((ran.status, ran.err.contains("is ook de invoer")), (2, true), "{words:?}: {}", ran.err);
    }
    let input = std::fs::File::open(here.join("w.json")).unwrap();
    let ran = Command::new(env!("CARGO_BIN_EXE_loket")).args(["solve", "-", "-o", "w.json"]).current_dir(&here).stdin(input).output();
    let ran = ran.unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&ran.stderr).contains("is ook de invoer (standaardinvoer)"));
    assert_eq!((read(&here, "w.json"), read(&here, "nieuw.json")), (wave(), new));
    assert_eq!(listing(&here), before);
    // Two names of what holds nothing are no trouble.
    assert_eq!(loket(&here, &[&gone[..], &["-o", "/dev/null", "--wave-out", "/dev/null"]].concat()).status, 0);
    let data = loket(&here, &["restore", "w.json", "--gegevens", "naar-w.json"]);
    assert_eq!((data.status, data.err.contains("zijn één bestand")), (2, true), "{}", data.err);
    std::fs::write(here.join("db.sqlite"), "").unwrap();
    for name in ["db.sqlite", "./db.sqlite-wal", "map/../db.sqlite-journal"] {
        let copied = loket(&here, &["backup", name, "--gegevens", "db.sqlite"]);
        assert_eq!((copied.status, copied.err.contains("kies een andere naam")), (2, true), "{name}: {}", copied.err);
    }
    std::fs::write(here.join("proef.demo"), "niet van een demo").unwrap();
    let demo = loket(&here, &["serve", "--demo", "--gegevens", "proef.demo", "--adres", "127.0.0.1:0"]);
    assert_eq!(demo.status, 2, "{}", demo.err);
    assert_eq!(std::fs::read_to_string(here.join("proef.demo")).unwrap(), "niet van een demo");
}

#[test]
fn a_batch_never_writes_over_what_it_reads() {
    let here = folder("places-batch");
    for name in ["a", "b"] {
        write(&here, &format!("{name}.json"), &wave());
        assert_eq!(loket(&here, &["solve", &format!("{name}.json"), "-o", &format!("{name}.uitkomst.json")]).status, 0);
    }
    std::fs::create_dir(here.join("nieuw")).unwrap();
    std::os::unix::fs::symlink("../b.json", here.join("nieuw/a.json")).unwrap();
    let ran = loket(&here, &["rerun", "--batch", ".", "--without-coach", "K1", "-o", "nieuw"]);
    assert_eq!((ran.status, ran.err.contains("is ook de invoer")), (2, true), "{}", ran.err);
    assert_eq!(read(&here, "b.json"), wave());
    assert_eq!(listing(&here.join("nieuw")), ["a.json"]);
    let mut wrong = wave();
    (wrong["fase"], wrong["coaches"][0]["uren"]) = (json!("vakantie"), json!(-1));
    write(&here, "b.json", &wrong);
    let ran = loket(&here, &["rerun", "--batch", ".", "--without-coach", "K1"]);
    let line = ran.out.lines().find(|line| line.contains("geweigerd")).unwrap_or_default();
    assert_eq!(ran.status, 2, "{}", ran.out);
    assert!(line.contains("coach K1, uren: ") && line.contains("; fase: ") && !line.contains('\u{fffd}'), "{}", ran.out);
}

fn mode(file: &Path) -> u32 {
    std::fs::metadata(file).unwrap().permissions().mode() & 0o7777
}

#[test]
fn a_new_file_is_for_its_owner_and_a_replaced_one_keeps_who_may_read_it() {
    let here = solved("modes");
    assert_eq!(mode(&here.join("u.json")), 0o600, "an outcome is about people");
    let all = ["rerun", "w.json", "u.json", "--without-candidate", "Z1", "-o", "n.json", "--wave-out", "nw.json"];
    assert_eq!(loket(&here, &all).status, 0);
    assert_eq!([mode(&here.join("n.json")), mode(&here.join("nw.json"))], [0o600; 2]);
    for (kept, name) in [(0o600, "n.json"), (0o640, "nw.json"), (0o644, "n.json"), (0o660, "nw.json")] {
        std::fs::set_permissions(here.join(name), std::fs::Permissions::from_mode(kept)).unwrap();
        assert_eq!(loket(&here, &all).status, 0);
        assert_eq!(mode(&here.join(name)), kept, "{name}");
    }
    assert_eq!(loket(&here, &["generate", "--candidates", "3", "-o", "g.json"]).status, 0);
    assert_eq!(mode(&here.join("g.json")), 0o600);
    std::fs::rename(here.join("u.json"), here.join("w.uitkomst.json")).unwrap();
    assert_eq!(loket(&here, &["rerun", "--batch", ".", "--without-coach", "K1", "-o", "nieuw"]).status, 0);
    assert_eq!(["w.json", "w.uitkomst.json"].map(|name| mode(&here.join("nieuw").join(name))), [0o600; 2]);
}

/// Runs with standard error, or standard output, closed by its reader.
fn unread(here: &Path, words: &[&str], error: bool) -> Option<i32> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loket"));
    command.args(words).current_dir(here).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    match error {
        true => drop(child.stderr.take()),
        false => drop(child.stdout.take()),
    }
    let ran = child.wait_with_output().unwrap();
    assert!(!String::from_utf8_lossy(&ran.stderr).contains("panicked"), "{words:?}");
    ran.status.code()
}

#[test]
fn nobody_who_reads_is_no_reason_to_end_otherwise() {
    let here = solved("unread");
    let mut wrong = wave();
    wrong["kandidaten"] = (0..3_000).map(|n| json!({ "id": format!("Z{n}"), "lat": 52.3, "lon": 4.8 })).collect();
    write(&here, "wrong.json", &wrong);
    std::fs::rename(here.join("u.json"), here.join("w.uitkomst.json")).unwrap();
    let u = "w.uitkomst.json";
    for (words, status) in [
        (&["check", "wrong.json"][..], 2),
        (&["check", "nergens.json"], 2),
        (&["solve", "w.json"], 0),
        (&["solve", "w.json", "--progress"], 0),
        (&["solve", "w.json", "--memory-limit", "0"], 0),
        (&["rerun", "w.json", u, "--without-coach", "K1", "-o", "-"], 0),
        (&["rerun", "--batch", ".", "--without-coach", "K1"], 0),
        (&["verify", "w.json", "w.json"], 1),
        (&["explain", "w.json", "wrong.json", "--candidate", "Z1"], 1),
        (&["generate", "--schools", "w.json"], 2),
        (&["restore", "w.json", "--gegevens", "er-is-nog-niets.sqlite"], 2),
        (&["slove"], 2),
        (&[], 2),
    ] {
        let ended = unread(&here, words, true);
        let stopped = words.contains(&"--memory-limit") && ended == Some(4);
        assert!(ended == Some(status) || stopped, "{words:?} ended with {ended:?}");
    }
    for words in
        [&["--help"][..], &["check", "w.json"], &["solve", "w.json"], &["report", "w.json", u], &["explain", "w.json", u, "--coach", "K1"]]
    {
        let ended = unread(&here, words, false);
        assert!([Some(0), Some(2)].contains(&ended), "{words:?} ended with {ended:?}");
    }
}

#[test]
fn a_pair_of_files_is_solved_again_whatever_its_name_and_an_outcome_alone_is_told() {
    let here = solved("any-name");
    let inside = here.join("map");
    std::fs::create_dir(&inside).unwrap();
    let names: [&[u8]; 3] = [b"a", b"b\xe9", "c\u{1b}é".as_bytes()];
    let path = |folder: &Path, name: &[u8], ending: &str| folder.join(std::ffi::OsStr::from_bytes(&[name, ending.as_bytes()].concat()));
    for name in names {
        std::fs::copy(here.join("w.json"), path(&inside, name, ".json")).unwrap();
        std::fs::copy(here.join("u.json"), path(&inside, name, ".uitkomst.json")).unwrap();
    }
    let ran = loket(&here, &["rerun", "--batch", "map", "--without-coach", "K2", "-o", "nieuw"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("3 lichtingen opnieuw ingedeeld") && ran.out.contains("b\u{fffd}"), "{}", ran.out);
    for name in names {
        let files = [".json", ".uitkomst.json"].map(|ending| path(&here.join("nieuw"), name, ending));
        let verified = Command::new(env!("CARGO_BIN_EXE_loket")).arg("verify").args(files).output().unwrap();
        assert!(verified.status.success(), "{name:?}");
    }
    std::fs::remove_file(path(&inside, b"b\xe9", ".json")).unwrap();
    let ran = loket(&here, &["rerun", "--batch", "map", "--without-coach", "K2"]);
    assert_eq!(ran.status, 2, "{}", ran.out);
    assert!(ran.out.contains("2 lichtingen opnieuw ingedeeld") && ran.out.contains("b\u{fffd}"), "{}", ran.out);
    assert!(ran.out.contains("geen lichting b\u{fffd}.json ernaast"), "{}", ran.out);
}

#[test]
fn the_longest_known_id_counts_where_an_id_holds_a_separator() {
    let here = folder("separators");
    let mut wave = wave();
    wave["scholen"][0]["plekken"] =
        json!([{ "id": "groep", "bouw": "onderbouw", "aantal": 5 }, { "id": "groep=3", "bouw": "bovenbouw", "aantal": 2 }]);
    wave["coaches"][0]["id"] = json!("K1=60");
    wave["kandidaten"][1]["huidige_coach"] = json!("K1=60");
    write(&here, "w.json", &wave);
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json"]).status, 0);
    let seats = |typed: &str| {
        let ran = loket(&here, &["rerun", "w.json", "u.json", "--without-seat", typed, "--wave-out", "n.json"]);
        assert_eq!(ran.status, 0, "{typed}: {}", ran.err);
        let left =
            read(&here, "n.json")["scholen"][0]["plekken"].as_array().unwrap().iter().map(|it| it["aantal"].as_u64().unwrap()).collect();
        let left: Vec<u64> = left;
        let page = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        (left, page.contains("3 minder van plek groep is S1:groep:3"))
    };
    assert_eq!(seats("S1:groep=3"), (vec![5, 1], true), "the group of that name, and it is said how the other is typed");
    assert_eq!(seats("S1:groep:3"), (vec![2, 2], false));
    assert_eq!(seats("S1:groep=2"), (vec![3, 2], false));
    assert_eq!(seats("S1:groep=3=2"), (vec![5, 0], false));
    let ran = loket(&here, &["rerun", "w.json", "u.json", "--hours", "K1=60=30", "--maximum", "K1=60=1", "--wave-out", "n.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let coach = &read(&here, "n.json")["coaches"][0];
    assert_eq!((&coach["id"], &coach["uren"], &coach["maximum"]), (&json!("K1=60"), &json!(30), &json!(1)));
    for typed in ["S1:groep=9", "S1:groep:9", "S1:groep=3=9", "S1:niets", "S9:groep"] {
        assert_eq!(loket(&here, &["rerun", "w.json", "u.json", "--without-seat", typed]).status, 2, "{typed}");
    }
    let ran = loket_with_input(&here, &["explain", "w.json", "u.json", "--force", "Z2=S1:groep=3:K1=60"], b"");
    assert!(ran.out.contains("groep=3") || ran.out.contains("bovenbouw"), "{}{}", ran.out, ran.err);
}

#[test]
fn a_service_goes_on_when_nobody_reads_what_it_says() {
    let here = folder("unread-service");
    let made = loket(&here, &["toegang", "token", "--rol", "intermediair", "--naam", "proef", "--gegevens", "d.sqlite"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let token = made.out.lines().next().unwrap().to_owned();
    let mut child = Command::new(env!("CARGO_BIN_EXE_loket"))
        .args(["serve", "--adres", "127.0.0.1:0", "--gegevens", "d.sqlite"])
        .current_dir(&here)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
    drop(child.stderr.take());
    let address = said.trim().rsplit('/').next().unwrap().to_owned();
    let asked = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(&address)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        stream.write_all(
            format!("GET /v1/lichtingen HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n").as_bytes(),
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    let answers: Vec<std::io::Result<String>> = (0..5).map(|_| asked()).collect();
    let ended = child.try_wait().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    for answer in answers {
        let answer = answer.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    assert_eq!(ended, None, "it was still there");
}
