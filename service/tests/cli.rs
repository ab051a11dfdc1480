//! The command line as a user meets it: exit statuses, standard input and output, messages, files.

mod common;

use common::{folder, impossible_wave, listing, loket, loket_with_input, read, wave, write};
use serde_json::{Value, json};

#[test]
fn help_names_the_commands_that_exist_and_no_other() {
    let here = folder("help");
    let ran = loket(&here, &["--help"]);
    assert_eq!(ran.status, 0);
    let commands = [
        "solve",
        "check",
        "verify",
        "explain",
        "rerun",
        "difference",
        "stress",
        "report",
        "export",
        "generate",
        "backup",
        "restore",
        "log",
        "serve",
        "worker",
    ];
    for command in commands {
        assert!(ran.out.contains(&format!("\n  {command} ")), "{}", ran.out);
        assert_eq!(loket(&here, &[command, "--help"]).status, 0, "{command}");
    }
    assert!(!ran.out.contains("reken"), "the child's command is not for people");
    let ran = loket(&here, &["--version"]);
    assert_eq!((ran.status, ran.out.starts_with("loket ")), (0, true));
}

#[test]
fn what_cannot_be_understood_is_told_in_dutch_with_status_2() {
    let here = folder("usage");
    let cases: [(&[&str], &str); 7] = [
        (&[], "Opdrachten"),
        (&["slove", "x.json"], "bestaat niet"),
        (&["solve"], "Dit ontbreekt"),
        (&["solve", "x.json", "--snel"], "hoort hier niet"),
        (&["solve", "x.json", "--time-limit", "straks"], "aantal seconden"),
        (&["solve", "x.json", "--engine", "stoom"], "Kies uit: priced, plain"),
        (&["generate", "--rerun-share", "10"], "Dit ontbreekt"),
    ];
    for (words, expected) in cases {
        let ran = loket(&here, words);
        assert_eq!(ran.status, 2, "{words:?}");
        assert!(ran.err.contains(expected), "{words:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{words:?}");
    }
}

#[test]
fn a_file_that_cannot_be_read_or_written_gives_a_dutch_message_and_status_2() {
    let here = folder("unreadable");
    write(&here, "w.json", &wave());
    let cases: [(&[&str], &str); 6] = [
        (&["solve", "nergens.json"], "bestaat niet"),
        (&["check", "nergens.json"], "bestaat niet"),
        (&["check", "."], "is een map"),
        (&["verify", "w.json", "nergens.json"], "bestaat niet"),
        (&["solve", "w.json", "-o", "geen/map/u.json"], "kan niet geschreven worden"),
        (&["verify", "-", "-"], "niet allebei"),
    ];
    for (words, expected) in cases {
        let ran = loket(&here, words);
        assert_eq!(ran.status, 2, "{words:?}");
        assert!(ran.err.contains(expected), "{words:?}: {}", ran.err);
    }
    assert_eq!(listing(&here), ["w.json"]);
}

#[test]
fn the_wave_is_never_overwritten_by_its_outcome() {
    let here = folder("overwrite");
    write(&here, "w.json", &wave());
    let ran = loket(&here, &["solve", "w.json", "-o", "./w.json"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("is ook de invoer"), "{}", ran.err);
    assert_eq!(read(&here, "w.json"), wave());
}

#[test]
fn a_good_wave_passes_check_from_a_file_and_from_standard_input() {
    let here = folder("check");
    write(&here, "w.json", &wave());
    let ran = loket(&here, &["check", "w.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("4 kandidaten, 4 plekken bij 2 scholen, 2 coaches"), "{}", ran.out);
    assert!(ran.out.contains("/coaches/1/eigen_school"), "{}", ran.out);
    let bytes = wave().to_string();
    let ran = loket_with_input(&here, &["check", "-", "--json"], bytes.as_bytes());
    assert_eq!(ran.status, 0);
    let page: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(page["problemen"], json!([]));
    assert_eq!(page["meldingen"][0]["plaats"], "/coaches/1/eigen_school");
}

#[test]
fn a_refused_wave_lists_every_problem_and_leaves_no_outcome() {
    let here = folder("refused");
    let mut wrong = wave();
    wrong["kandidaten"][0]["max_reistijd"] = json!(-1);
    wrong["scholen"][0]["bestuur"] = json!("B7");
    wrong["coaches"][0]["kleur"] = json!("rood");
    wrong["fase"] = json!("vakantie");
    write(&here, "w.json", &wrong);
    let places = ["/kandidaten/0/max_reistijd", "/scholen/0/bestuur", "/coaches/0/kleur", "/fase"];
    let check = loket(&here, &["check", "w.json", "--json"]);
    let page: Value = serde_json::from_str(&check.out).unwrap();
    let problems = page["problemen"].as_array().unwrap();
    for place in places {
        let problem = problems.iter().find(|problem| problem["plaats"] == place);
        let problem = problem.unwrap_or_else(|| panic!("{place} is not in {page:#}"));
        for key in ["code", "waar", "wat", "oplossing"] {
            assert!(problem[key].as_str().is_some_and(|text| !text.is_empty()), "{place} {key}");
        }
    }
    write(&here, "o.json", &json!({}));
    for words in [&["check", "w.json"][..], &["solve", "w.json", "-o", "uit.json"], &["verify", "w.json", "o.json"]] {
        let ran = loket(&here, words);
        assert_eq!(ran.status, 2, "{words:?}");
        assert_eq!(ran.out, "", "{words:?}");
        for place in places {
            assert!(ran.err.contains(place), "{words:?}: {}", ran.err);
        }
    }
    assert_eq!(listing(&here), ["o.json", "w.json"]);
}

#[test]
fn a_file_of_the_other_kind_is_one_problem_that_says_so() {
    let here = folder("other-kind");
    write(&here, "w.json", &wave());
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json"]).status, 0);
    let ran = loket(&here, &["check", "u.json"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("1 probleem") && ran.err.contains("dit bestand is een uitkomst"), "{}", ran.err);
    let ran = loket(&here, &["verify", "w.json", "w.json"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("1 bevinding") && ran.out.contains("dit bestand is een lichting"), "{}", ran.out);
}

#[test]
fn an_outcome_of_an_older_wave_and_a_changed_row_are_told_in_words() {
    let here = folder("older");
    write(&here, "w.json", &wave());
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json"]).status, 0);
    let mut outcome = read(&here, "u.json");
    let person = outcome["plaatsingen"][0]["kandidaat"].as_str().unwrap().to_string();
    outcome["plaatsingen"][0]["uren"] = json!(999);
    write(&here, "lie.json", &outcome);
    let ran = loket(&here, &["verify", "w.json", "lie.json"]);
    assert!(ran.out.contains(&format!("/plaatsingen/0/uren ({person}): Er staat 999")), "{}", ran.out);
    let mut newer = wave();
    newer["naam"] = json!("Veranderd");
    write(&here, "w.json", &newer);
    let ran = loket(&here, &["verify", "w.json", "u.json"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("1 bevinding") && ran.out.contains("ander bestand"), "{}", ran.out);
}

#[test]
fn notices_beside_problems_do_not_call_the_file_good() {
    let here = folder("notices");
    let mut wrong = wave();
    wrong["fase"] = json!("vakantie");
    write(&here, "w.json", &wrong);
    let ran = loket(&here, &["check", "w.json"]);
    assert!(ran.err.contains("Ook nog 1 melding") && !ran.err.contains("wel goed"), "{}", ran.err);
}

#[test]
fn no_bytes_and_no_json_are_refused_without_a_panic() {
    let here = folder("garbage");
    for bytes in [&b""[..], b"{", b"\xff\xfe", b"[1,2", b"null", b"{\"a\":1e999}"] {
        let ran = loket_with_input(&here, &["solve", "-"], bytes);
        assert_eq!(ran.status, 2, "{bytes:?}");
        assert!(ran.err.contains("De standaardinvoer is geweigerd"), "{}", ran.err);
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
    }
}

#[test]
fn a_solve_writes_the_outcome_and_shows_a_summary_that_fits_the_page() {
    let here = folder("solve");
    write(&here, "w.json", &wave());
    let ran = loket(&here, &["solve", "w.json", "-o", "uit.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(ran.err, "");
    for expected in ["Proeflichting", "3 van 4 kandidaten", "Bram Verweg", "beste is bewezen", "hoogstens 60 min reizen", "K1"] {
        assert!(ran.out.contains(expected), "{expected}: {}", ran.out);
    }
    assert!(ran.out.lines().all(|line| line.chars().count() <= 100), "{}", ran.out);
    assert_eq!(listing(&here), ["uit.json", "w.json"]);
    let outcome = read(&here, "uit.json");
    assert_eq!(outcome["status"], "optimaal");
    assert_eq!(outcome["kerncijfers"]["geplaatst"], 3);
}

#[test]
fn the_outcome_alone_goes_to_standard_output_and_the_summary_beside_it() {
    let here = folder("solve-standard");
    let bytes = wave().to_string();
    let ran = loket_with_input(&here, &["solve", "-"], bytes.as_bytes());
    assert_eq!(ran.status, 0, "{}", ran.err);
    let outcome: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(outcome["formaat"], "loket-uitkomst/1");
    assert!(ran.err.contains("3 van 4 kandidaten"), "{}", ran.err);
    write(&here, "w.json", &wave());
    let ran = loket_with_input(&here, &["verify", "w.json", "-"], ran.out.as_bytes());
    assert_eq!(ran.status, 0, "the same bytes have the same hash: {}", ran.out);
    assert!(loket(&here, &["solve", "w.json", "--json"]).err.is_empty());
}

#[test]
fn both_formulations_agree_on_every_goal() {
    let here = folder("engines");
    write(&here, "w.json", &wave());
    let best = |words: &[&str]| {
        let ran = loket(&here, words);
        assert_eq!(ran.status, 0, "{}", ran.err);
        let outcome: Value = serde_json::from_str(&ran.out).unwrap();
        let goals = outcome["doelen"].as_array().unwrap();
        let values: Vec<_> = goals.iter().map(|goal| goal["beste"].as_i64()).collect();
        values
    };
    let priced = best(&["solve", "w.json"]);
    assert_eq!(priced.len(), 6);
    assert_eq!(priced, best(&["solve", "w.json", "--engine", "plain"]));
}

#[test]
fn progress_is_shown_when_asked_for_and_as_json_lines_for_machines() {
    let here = folder("progress");
    write(&here, "w.json", &wave());
    let ran = loket(&here, &["solve", "w.json", "-o", "u.json", "--progress"]);
    assert!(ran.err.contains("geplaatst") && ran.err.contains("bewezen"), "{}", ran.err);
    let ran = loket(&here, &["solve", "w.json", "-o", "u.json", "--progress", "--json"]);
    assert_eq!(ran.out, "");
    let last = ran.err.lines().last().expect("there is progress");
    let last: Value = serde_json::from_str(last).unwrap();
    assert_eq!(last["doel"], "spreiding");
    assert_eq!(last["klaar"], true);
}

#[test]
fn locks_that_contradict_each_other_give_status_3_and_both_names() {
    let here = folder("impossible");
    write(&here, "w.json", &impossible_wave());
    let ran = loket(&here, &["solve", "w.json", "-o", "u.json"]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    assert!(ran.out.contains("onmogelijk"), "{}", ran.out);
    assert!(ran.out.contains("Z3   (vastgezet op school S1 (De Vlieger) en plek onderbouw)"), "{}", ran.out);
    let outcome = read(&here, "u.json");
    assert_eq!(outcome["status"], "onmogelijk");
    let names: Vec<_> = outcome["conflict"].as_array().unwrap().iter().map(|it| &it["kandidaat"]).collect();
    assert_eq!(names, ["Z2", "Z3"]);
    let ran = loket(&here, &["verify", "w.json", "u.json"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
}

#[test]
fn generating_twice_gives_the_same_bytes_and_a_good_wave() {
    let here = folder("generate");
    let words = ["generate", "--candidates", "30", "--seed", "7"];
    let first = loket(&here, &words);
    assert_eq!(first.status, 0, "{}", first.err);
    assert_eq!(first.out, loket(&here, &words).out);
    let ran = loket_with_input(&here, &["check", "-"], first.out.as_bytes());
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("30 kandidaten"), "{}", ran.out);
    let other = loket(&here, &["generate", "--candidates", "30", "--seed", "8"]);
    assert_ne!(first.out, other.out);
}

#[test]
fn a_list_of_schools_with_the_wrong_columns_is_refused() {
    let here = folder("schools");
    std::fs::write(here.join("scholen.csv"), "kleur;geur\nrood;zoet\n").unwrap();
    let ran = loket(&here, &["generate", "--schools", "scholen.csv", "-o", "w.json"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("is geweigerd"), "{}", ran.err);
    assert_eq!(listing(&here), ["scholen.csv"]);
}

#[test]
fn the_summary_of_a_rerun_names_who_changes_in_the_order_of_the_file() {
    let here = folder("rerun-summary");
    let mut wave = wave();
    wave["vorig_plan"] = json!([
        { "kandidaat": "Z1", "school": "S1", "plek": "bovenbouw", "coach": "K1", "status": "gestart" },
        { "kandidaat": "Z2", "school": "S1", "plek": "onderbouw", "coach": "K9", "status": "akkoord" },
        { "kandidaat": "Z3", "school": "S1", "plek": "onderbouw", "coach": "K9", "status": "akkoord" },
    ]);
    write(&here, "w.json", &wave);
    let ran = loket(&here, &["solve", "w.json", "-o", "u.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let lines: Vec<&str> = ran.out.lines().map(str::trim).collect();
    let heading = lines.iter().position(|line| line.starts_with("Herplaatsing")).expect("a rerun has its own heading");
    assert!(lines[heading].ends_with("1 van 3 eerdere plaatsingen veranderd"), "{}", ran.out);
    assert!(lines[heading + 1].starts_with("· Z"), "{}", ran.out);
    assert!(lines[heading + 2].starts_with("bij 2 kan het oude"), "{}", ran.out);
    assert_eq!(lines[heading + 3..heading + 5], ["· Z3", "· Z2"], "{}", ran.out);
}

#[test]
fn a_plan_that_places_nobody_shows_no_travel_or_choices() {
    let here = folder("nobody");
    let mut wave = wave();
    for candidate in wave["kandidaten"].as_array_mut().unwrap() {
        candidate["max_reistijd"] = json!(0);
    }
    write(&here, "w.json", &wave);
    let ran = loket(&here, &["solve", "w.json", "-o", "u.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("0 van 4 kandidaten"), "{}", ran.out);
    assert!(!ran.out.contains("Reistijd") && !ran.out.contains("1e keus"), "{}", ran.out);
}

#[test]
fn prices_are_proposed_from_waves_and_can_be_put_in_a_policy() {
    let here = folder("prices");
    let mut wave = wave();
    write(&here, "w.json", &wave);
    let ran = loket(&here, &["prijzen", "w.json", "w.json", "-o", "p.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    // Z3 and Z2 may have three seats, Z1 one, and all three both coaches.
    let expected = json!({ "bewaren": {
        "plekken": [
            { "school": "S1", "plek": "bovenbouw", "prijs": 100 },
            { "school": "S1", "plek": "onderbouw", "prijs": 66 },
            { "school": "S2", "plek": "middenbouw", "prijs": 33 },
        ],
        "coaches": [{ "coach": "K1", "prijs": 75 }, { "coach": "K2", "prijs": 50 }],
    } });
    assert_eq!(read(&here, "p.json"), expected);
    wave["beleid"] = expected;
    write(&here, "w.json", &wave);
    let ran = loket(&here, &["check", "w.json"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    assert_eq!(loket(&here, &["prijzen", "-o", "p.json"]).status, 2);
}

#[test]
fn who_could_swap_is_told_in_rounds() {
    let here = folder("swaps");
    write(&here, "w.json", &wave());
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json"]).status, 0);
    let mut outcome = read(&here, "u.json");
    let places = [("Z3", "S2", "middenbouw"), ("Z2", "S1", "onderbouw")];
    for row in outcome["plaatsingen"].as_array_mut().unwrap() {
        if let Some((_, school, seat)) = places.iter().find(|it| row["kandidaat"] == it.0) {
            (row["school"], row["plek"], row["bouw"]) = (json!(school), json!(seat), json!(seat));
        }
    }
    write(&here, "u.json", &outcome);
    let ran = loket(&here, &["ruilen", "w.json", "u.json", "-o", "r.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.err.contains("2 kandidaten kunnen ruilen, in 1 ronde"), "{}", ran.err);
    let answer = read(&here, "r.json");
    assert_eq!(answer["rondes"].as_array().unwrap().len(), 1);
    let people = &answer["rondes"][0]["mensen"];
    assert_eq!((&people[0]["kandidaat"], &people[0]["naar"]["plek"]), (&json!("Z3"), &json!("onderbouw")));
    assert_eq!((&people[1]["kandidaat"], &people[1]["naar"]["plek"]), (&json!("Z2"), &json!("middenbouw")));
    assert_eq!(answer["rondes"][0]["kan_zonder_andere_rondes"], true);
}

#[test]
fn a_waiting_list_is_as_long_as_the_rates_say() {
    let here = folder("waiting");
    let mut wave = wave();
    wave["kandidaten"][3] = json!({ "id": "Z4", "lat": 52.379, "lon": 4.901, "bouwen": ["onderbouw"] });
    wave["scholen"][1]["plekken"][0]["aantal"] = json!(1);
    write(&here, "w.json", &wave);
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json"]).status, 0);
    let left = read(&here, "u.json")["ongeplaatst"][0]["kandidaat"].clone();
    let ran = loket(&here, &["wachtlijst", "w.json", "u.json", "--tarief", "opleiding=300", "-o", "l.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let list = read(&here, "l.json");
    assert_eq!(list["naar_verwachting_uitval"], 1);
    assert_eq!(list["wachtlijst"][0]["kandidaat"], left);
    let ran = loket(&here, &["wachtlijst", "w.json", "u.json", "--tarief", "opleiding=veel", "-o", "l.json"]);
    assert_eq!(ran.status, 2, "{}", ran.err);
}

#[test]
fn a_policy_is_tried_before_it_is_approved() {
    let here = folder("trial");
    let mut wave = wave();
    // One seat for two people: who waited longest has it, until travel alone decides.
    wave["scholen"][1]["plekken"][0]["aantal"] = json!(0);
    wave["kandidaten"][0]["wachtrondes"] = json!(5);
    write(&here, "w.json", &wave);
    write(
        &here,
        "n.json",
        &json!({ "doelen": [
        { "naam": "geplaatst", "punten": { "geplaatst": 1 } }, { "naam": "dichtbij", "punten": { "reistijd": 1, "wachttijd": 0 } } ] }),
    );
    write(&here, "d.json", &json!([{ "wat": "geplaatst", "minstens": 0 }, { "wat": "plaats_kwijt", "hoogstens": 0 }]));
    let ran = loket(&here, &["beleidsproef", "n.json", "w.json", "--drempels", "d.json"]);
    let json = loket(&here, &["beleidsproef", "n.json", "w.json", "--drempels", "d.json", "-o", "u.json"]);
    assert_eq!(ran.status, json.status, "{}", ran.err);
    let told = read(&here, "u.json");
    let one = &told["lichtingen"][0];
    assert_eq!((&told["formaat"], &one["lichting"]), (&json!("loket-beleidsproef/1"), &json!("proef")));
    let (was, now) = (&one["oud"]["cijfers"], &one["nieuw"]["cijfers"]);
    assert_eq!((&was["geplaatst"], &now["geplaatst"], &told["samen"]["geplaatst"]), (&json!(2), &json!(2), &json!(0)));
    assert_eq!((&one["oud"]["bewezen"], &one["nieuw"]["bewezen"]), (&json!(true), &json!(true)));
    let lost = told["samen"]["plaats_kwijt"].as_i64().unwrap();
    assert_eq!(told["oordeel"], json!(if lost > 0 { "niet-doen" } else { "doen" }));
    assert_eq!(ran.status, i32::from(lost > 0));
    assert!(
        ran.out.contains("Proef met een beleid op 1 lichting") && ran.out.contains("mensen met een plaats: 0 (minstens 0)"),
        "{}",
        ran.out
    );
    // Nobody is in it.
    assert!(!told.to_string().contains("Z3") && !ran.out.contains("Anna"), "{}", ran.out);
    // The same policy changes nothing.
    write(&here, "zelf.json", &json!({}));
    let ran = loket(&here, &["beleidsproef", "zelf.json", "w.json", "w.json"]);
    assert!(ran.status == 0 && ran.out.contains("niemand zou anders geplaatst zijn"), "{}{}", ran.out, ran.err);
    // Every mistake at once.
    write(
        &here,
        "d.json",
        &json!([{ "wat": "geluk", "minstens": 0 }, { "wat": "geplaatst" }, { "wat": "starters", "minstens": 2, "hoogstens": 1 }]),
    );
    let ran = loket(&here, &["beleidsproef", "n.json", "w.json", "--drempels", "d.json"]);
    assert_eq!(ran.status, 2, "{}", ran.out);
    for expected in ["Kies uit", "geen grens", "meer dan"] {
        assert!(ran.err.to_lowercase().contains(&expected.to_lowercase()), "{expected}: {}", ran.err);
    }
}
