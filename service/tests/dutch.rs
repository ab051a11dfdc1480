//! Everything that a person can read is Dutch: help, every kind of mistyped option, files that are no JSON, and what the system says.

mod common;

use std::net::TcpListener;

use common::{Ran, folder, loket, loket_with_input, wave, write};
use serde_json::json;

/// What the libraries beneath say in English.
const ENGLISH: &[&str] = &[
    "error",
    "Usage",
    "Commands",
    "COMMAND>",
    "OPTIONS",
    "possible value",
    "default",
    "env:",
    "tip:",
    "help'",
    "invalid",
    "Invalid",
    "unexpected",
    "required",
    "os error",
    "is not in",
    "not a ",
    "expected",
    "unable",
    "while ",
    "syntax",
    "unknown field",
    "No such file",
    "in use",
    "denied",
    "database is",
    "database file",
    "database disk",
    "panicked",
    "number ",
    "found in string",
];

fn dutch(what: &str, ran: &Ran) {
    for text in [&ran.out, &ran.err] {
        let english: Vec<&&str> = ENGLISH.iter().filter(|word| text.contains(**word)).collect();
        assert!(english.is_empty(), "{what} says {english:?}:\n{text}");
        for empty in ["Kies uit: .", "kies uit: .", "Bedoelde u ?", "\"\"", ": ."] {
            assert!(!text.contains(empty), "{what} says {empty}:\n{text}");
        }
    }
}

/// A command and its long options, each with whether it takes a value.
struct Typed {
    words: Vec<String>,
    options: Vec<(String, bool)>,
}

/// Every command, also below others, as its help has it.
fn commands() -> Vec<Typed> {
    let here = folder("dutch-help");
    let mut all = Vec::new();
    let mut open = vec![Vec::<String>::new(), vec!["reken".into()]];
    while let Some(words) = open.pop() {
        let help: Vec<&str> = words.iter().map(String::as_str).chain(["--help"]).collect();
        let ran = loket(&here, &help);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{words:?}");
        dutch(&format!("{words:?} --help"), &ran);
        assert!(ran.out.contains("Gebruik: loket"), "{words:?}: {}", ran.out);
        let mut below = false;
        let mut options = Vec::new();
        for line in ran.out.lines() {
            below = if line.ends_with(':') && !line.starts_with(' ') { line == "Opdrachten:" } else { below };
            let first = line.split_whitespace().next().unwrap_or_default();
            if below && line.starts_with("  ") {
                open.push(words.iter().cloned().chain([first.to_owned()]).collect());
            }
            if let Some(at) =
                line.find("--").filter(|at| line[..*at].chars().all(|it| " -,".contains(it) || it.is_ascii_alphabetic()) && *at < 8)
            {
                let mut parts = line[at..].split_whitespace();
                let name = parts.next().unwrap_or_default().to_owned();
                options.push((name, parts.next().is_some_and(|it| it.starts_with('<') || it.starts_with("[<"))));
            }
        }
        all.push(Typed { words, options });
    }
    all
}

#[test]
fn help_and_every_mistyped_option_are_dutch() {
    let here = folder("dutch-usage");
    let all = commands();
    assert!(all.len() >= 40, "{} commands", all.len());
    let mut tried = 0;
    for Typed { words, options } in &all {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut wrong = |more: &[&str]| {
            // Something unknown at the end, so that nothing begins to work.
            let typed = [&words[..], more, &["--bestaat-niet"]].concat();
            let ran = loket(&here, &typed);
            assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{typed:?}: {}", ran.err);
            dutch(&format!("{typed:?}"), &ran);
            tried += 1;
        };
        wrong(&[]);
        wrong(&["een", "twee", "drie", "vier", "vijf", "zes"]);
        for (option, takes) in options.iter().filter(|(name, _)| name != "--help" && name != "--version") {
            let with = |value: &str| format!("{option}={value}");
            wrong(&[option]);
            wrong(&[&option[..option.len() - 1]]);
            for value in ["x", "-1", "99999999999999999999", "1.5", "", "0"] {
                wrong(&[&with(value)]);
            }
            if *takes {
                wrong(&[&with("1"), &with("1")]);
            } else {
                wrong(&[option, option]);
            }
        }
    }
    assert!(tried > 400, "{tried} mistakes");
}

#[test]
fn a_mistake_is_told_with_what_can_be_done() {
    let here = folder("dutch-mistakes");
    for (words, said) in [
        (&["serve", "--adres", "hier"][..], "IP-adres in met een dubbele punt en een poort"),
        (&["serve", "--rekentijd", "lang"], "Vul een geheel getal in"),
        (&["serve", "--log-json=ja"], "Kies uit: true, false."),
        (&["solve", "w.json", "--memory-limit", "99999999999999999999999"], "te groot"),
        (&["generate", "--candidates", "0"], "van ten minste 1 en hoogstens 100000."),
        (&["generate", "--seed", "9007199254740992"], "van ten minste 0 en minder dan 9007199254740992."),
        (&["log", "toon", "--na=-3"], "Vul een geheel getal in"),
        (&["log", "toon", "--wat", "iets"], "Kies uit: "),
        (&["explain", "w.json", "u.json", "--candidate"], "Bij --candidate <KANDIDAAT> ontbreekt een waarde."),
        (&["check", "w.json", "--json", "--json"], "--json staat er dubbel."),
        (&["rerun", "--batch", "a", "--wave-out", "b"], "--batch <MAP> kan niet samen met --wave-out <LICHTING>."),
        (&["log"], "Opdrachten"),
        (&["log", "kijk"], "De opdracht \"kijk\" bestaat niet."),
        (&["solve", "--time-limt", "3"], "Bedoelde u --time-limit"),
    ] {
        let ran = loket(&here, words);
        assert_eq!(ran.status, 2, "{words:?}");
        assert!(ran.err.contains(said), "{words:?}: {}", ran.err);
        dutch(&format!("{words:?}"), &ran);
    }
}

#[test]
fn a_file_that_is_no_json_is_told_in_dutch_with_line_and_character_by_whatever_reads_it() {
    let here = folder("dutch-json");
    write(&here, "w.json", &wave());
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json"]).status, 0);
    let cut = "{\n  \"id\": \"N1\",";
    for (text, place) in [
        (cut.as_bytes(), "regel 2, teken 14"),
        (b"\xef\xbb\xbf{}", "regel 1, teken 1"),
        (b"{ \"a\": }", "regel 1, teken 8"),
        (b"", "regel 1, teken 1"),
        (b"[1,\n\xff]", "regel 2, teken 1"),
        (b"{} {}", "regel 1, teken 4"),
    ] {
        std::fs::write(here.join("stuk.json"), text).unwrap();
        for words in [
            &["check", "stuk.json"][..],
            &["solve", "stuk.json"],
            &["verify", "w.json", "stuk.json"],
            &["explain", "w.json", "stuk.json", "--coach", "K1"],
            &["report", "w.json", "stuk.json"],
            &["stress", "w.json", "stuk.json"],
            &["difference", "w.json", "u.json", "stuk.json"],
            &["rerun", "w.json", "stuk.json", "--without-coach", "K1"],
            &["rerun", "w.json", "u.json", "--add-candidate", "stuk.json"],
        ] {
            let ran = loket(&here, words);
            assert!([1, 2].contains(&ran.status), "{words:?}");
            assert!(ran.out.contains(place) || ran.err.contains(place), "{words:?} does not say {place}: {}{}", ran.out, ran.err);
            dutch(&format!("{words:?}"), &ran);
        }
        assert_eq!(loket_with_input(&here, &["check", "-"], text).status, 2);
    }
    // A key that comes twice in somebody who comes is refused, as in a wave.
    std::fs::write(
        here.join("dubbel.json"),
        r#"{"id":"N1","lat":52.37,"lon":4.9,"bouwen":["onderbouw"],"max_reistijd":1,"max_reistijd":60}"#,
    )
    .unwrap();
    let ran = loket(&here, &["rerun", "w.json", "u.json", "--add-candidate", "dubbel.json", "--wave-out", "n.json"]);
    assert_eq!((ran.status, ran.err.contains("dubbele-sleutel"), here.join("n.json").exists()), (2, true, false), "{}", ran.err);
    std::fs::write(
        here.join("huge.json"),
        std::fs::read_to_string(here.join("u.json")).unwrap().replacen("\"seconden\": ", "\"seconden\": 1e999, \"x\": ", 1),
    )
    .unwrap();
    dutch("a number beyond all bounds", &loket(&here, &["verify", "w.json", "huge.json"]));
}

#[test]
fn what_the_system_and_the_database_say_is_told_in_dutch() {
    let here = folder("dutch-system");
    write(&here, "w.json", &wave());
    std::fs::create_dir(here.join("map")).unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let long = "x".repeat(300);
    for (words, said) in [
        (&["serve", "--gegevens", "db.sqlite", "--adres", &taken][..], "dat adres is al in gebruik"),
        (&["serve", "--gegevens", "geen/map/db.sqlite", "--adres", "127.0.0.1:0"], "de map van het gegevensbestand is er niet"),
        (&["serve", "--gegevens", "map", "--adres", "127.0.0.1:0"], "dit is een map en geen bestand"),
        (&["serve", "--gegevens", "w.json", "--adres", "127.0.0.1:0"], "het gegevensbestand is beschadigd"),
        (&["serve", "--sleutel", "geheim"], "hoort hier niet"),
        (&["serve", "--instellingen", "w.json"], "dit is geen TOML"),
        (&["serve", "--instellingen", "nergens.toml"], "bestaat niet"),
        (&["worker", "--gegevens", "map"], "dit is een map en geen bestand"),
        (&["log", "controleer", "--gegevens", "w.json"], "het gegevensbestand is beschadigd"),
        (&["backup", "kopie", "--gegevens", "w.json"], "het gegevensbestand is beschadigd"),
        (&["backup", "geen/map/kopie", "--gegevens", "db.sqlite"], "kan geen reservekopie gemaakt worden"),
        (&["restore", "w.json", "--gegevens", "nieuw.sqlite"], "het gegevensbestand is beschadigd"),
        (&["restore", "db.sqlite", "--gewist", "map", "--gegevens", "nieuw.sqlite"], "het is een map"),
        (&["check", "map"], "het is een map"),
        (&["check", "w.json/x"], "een deel van het pad is geen map"),
        (&["check", &long], "de naam is te lang of kan niet"),
        (&["solve", "w.json", "-o", "/dev/full"], "de schijf is vol"),
        (&["solve", "w.json", "-o", "geen/map/u.json"], "bestaat niet"),
        (&["rerun", "--batch", "w.json", "--without-coach", "K1"], "geen map"),
        (&["rerun", "--batch", "map", "--without-coach", "K1", "-o", "w.json/x"], "kan niet gemaakt worden"),
    ] {
        let ran = loket(&here, words);
        assert_eq!(ran.status, 2, "{words:?}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains(said), "{words:?}: {}", ran.err);
        dutch(&format!("{words:?}"), &ran);
    }
    assert_eq!(json!(common::read(&here, "w.json")), wave());
}
