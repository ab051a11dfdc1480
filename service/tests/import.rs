//! `loket import`: open data into a register and travel times into a wave, as a user types it.

mod common;

use std::path::{Path, PathBuf};

use common::{Ran, folder, loket, read, write};
use serde_json::{Value, json};

/// A small made-up file of the same format as the published one.
fn open(name: &str) -> String {
    format!("{}/../instances/open/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// A published file, where it is.
fn real(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(name);
    if !path.is_file() {
        println!("NIET GETOETST: ../shared/data/{name} is er niet");
        return None;
    }
    Some(path)
}

fn json_of(ran: &Ran) -> Value {
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.out))
}

fn counts(told: &Value, keys: &[&str]) -> Vec<i64> {
    keys.iter().map(|key| told["tellingen"][key].as_i64().unwrap_or_else(|| panic!("{key} of {told}"))).collect()
}

const MAIN: [&str; 5] = ["besturen_nieuw", "scholen_nieuw", "scholen_gewijzigd", "scholen_ongewijzigd", "scholen_verdwenen"];

#[test]
fn a_register_is_filled_and_the_same_edition_again_changes_nothing() {
    let folder = folder("import-small");
    let (new, old) = (open("vestigingen.csv"), open("vestigingen-oud.csv"));
    let (pupils, scores, areas) = (open("leerlingen.csv"), open("scores.csv"), open("pc4.csv"));
    let whole = ["import", "scholen", &new, "--leerlingen", &pupils, "--scores", &scores, "--pc4", &areas, "--gemeente", "Amsterdam"];
    let with = |more: &[&str]| loket(&folder, &[&whole[..], more].concat());
    // Nothing is changed before somebody says so.
    let tried = with(&["--proef"]);
    assert_eq!(tried.status, 2, "there is no register: {}", tried.err);
    let unasked = with(&[]);
    assert_eq!(unasked.status, 2, "nobody can answer: {}{}", unasked.out, unasked.err);
    assert!(unasked.out.contains("Nieuw 5") && unasked.out.contains("--bevestigd"), "{}", unasked.out);
    let shown = json_of(&with(&["--proef", "--json"]));
    assert_eq!(shown["toestand"], "proef");
    assert_eq!(counts(&shown, &MAIN), [2, 5, 0, 0, 0]);
    let done = json_of(&with(&["--bevestigd", "--json"]));
    assert_eq!((done["toestand"].as_str(), counts(&done, &MAIN)), (Some("overgenomen"), vec![2, 5, 0, 0, 0]));
    assert_eq!(counts(&done, &["scholen", "plaats_pc4", "zonder_plaats", "score_onbetrouwbaar", "pc4"]), [5, 5, 0, 1, 4]);
    let lines = done["verschillen"].as_array().expect("lines");
    let of = |id: &str| lines.iter().find(|it| it["id"] == id).unwrap_or_else(|| panic!("{id} in {lines:?}"));
    let field = |id: &str, name: &str| {
        let fields = of(id)["velden"].as_array().expect("fields").clone();
        fields.into_iter().find(|it| it["veld"] == name).map_or(Value::Null, |it| it["wordt"].clone())
    };
    // Among the reliable schools of Amsterdam B scores least for each pupil, A more, C most; D has few pupils.
    assert_eq!(["98XA00", "98XB00", "98XC00"].map(|id| field(id, "doelgroep")), [json!(50), json!(0), json!(100)]);
    assert_eq!((field("98XD00", "soort"), field("98XA01", "doelgroep")), (json!("sbo"), Value::Null));
    assert_eq!((field("98XA00", "bestuur"), field("98XA00", "brin")), (json!("98001"), json!("98XA00")));
    assert!(of("98XD00")["opmerkingen"].to_string().contains("zegt weinig"), "{}", of("98XD00"));
    assert!(of("98XC00")["opmerkingen"].to_string().contains("midden van postcode 1012"), "{}", of("98XC00"));
    // The same files, and the older generation of the same list.
    for file in [&new, &old] {
        let again = ["import", "scholen", file, "--leerlingen", &pupils, "--scores", &scores, "--gemeente", "AMSTERDAM", "--json"];
        let again = json_of(&loket(&folder, &again));
        assert_eq!((again["toestand"].as_str(), counts(&again, &MAIN)), (Some("niets-veranderd"), vec![0, 0, 0, 5, 0]), "{again}");
        assert_eq!(again["verschillen"], json!([]));
    }
    // A school goes, another gets another name.
    let text = std::fs::read(&new).expect("the file");
    let kept: Vec<&[u8]> = text.split_inclusive(|it| *it == b'\n').filter(|line| !line.windows(6).any(|it| it == b"98XB00")).collect();
    let text: String = kept.concat().into_iter().map(char::from).collect();
    let changed = text.replace("De Fantasie", "De Nieuwe Fantasie");
    std::fs::write(folder.join("nieuw.csv"), changed).expect("the folder can be written");
    let base = ["import", "scholen", "nieuw.csv", "--gemeente", "amsterdam", "--json"];
    let told = json_of(&loket(&folder, &[&base[..], &["--bevestigd"]].concat()));
    assert_eq!(counts(&told, &MAIN[2..]), [1, 3, 1], "{told}");
    assert_eq!(counts(&told, &["beeindigd"]), [0], "without a day nothing ends");
    let wrong = loket(&folder, &[&base[..], &["--bevestigd", "--einde", "1990-01-01"]].concat());
    assert_eq!(wrong.status, 2, "{}", wrong.out);
    let today = jiff_today();
    let ended = json_of(&loket(&folder, &[&base[..], &["--bevestigd", "--einde", &today, "--reden", "fusie"]].concat()));
    assert_eq!(counts(&ended, &["scholen_verdwenen", "beeindigd"]), [1, 1]);

    let last = json_of(&loket(&folder, &base));
    assert_eq!((last["toestand"].as_str(), counts(&last, &["scholen_verdwenen"])), (Some("niets-veranderd"), vec![0]));
    // In the whole file the ended school stays ended.
    let back = json_of(&loket(&folder, &["import", "scholen", &new, "--gemeente", "amsterdam", "--json", "--bevestigd"]));
    assert_eq!(counts(&back, &["scholen_beeindigd", "scholen_nieuw"]), [1, 0]);
}

/// Today in Amsterdam, near enough: a day that is neither far back nor far ahead.
fn jiff_today() -> String {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs();
    let days = i64::try_from(seconds / 86_400).expect("a day");
    // Howard Hinnant's days_from_civil, the other way round.
    let z = days + 719_468;
    let (era, doe) = (z.div_euclid(146_097), z.rem_euclid(146_097));
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (day, month) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    let year = yoe + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[test]
fn what_is_wrong_with_a_file_is_told_at_once_and_changes_nothing() {
    let folder = folder("import-wrong");
    let csv = "VESTIGINGSCODE;VESTIGINGSNAAM;BEVOEGD GEZAG NUMMER;POSTCODE;kleur\n98XA00;;1;1012AB;rood\nX;Twee;1;9;\n";
    std::fs::write(folder.join("fout.csv"), csv).expect("the folder can be written");
    let ran = loket(&folder, &["import", "scholen", "fout.csv", "--bevestigd"]);
    assert_eq!(ran.status, 2);
    for part in ["rij 2, kolom B (VESTIGINGSNAAM)", "rij 3, kolom A (VESTIGINGSCODE)", "rij 3, kolom D (POSTCODE)", "3 problemen"] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    // An area that the table does not have, once there is a table.
    let done = loket(&folder, &["import", "pc4", &open("pc4.csv"), "--json"]);
    assert_eq!(json_of(&done)["tellingen"]["pc4"], 4);
    let csv = "VESTIGINGSCODE;VESTIGINGSNAAM;BEVOEGD GEZAG NUMMER;POSTCODE\n98XA00;Een;1;9998 AB\n98XA01;Twee;2;1012 AB\n";
    std::fs::write(folder.join("elders.csv"), csv).expect("the folder can be written");
    let ran = loket(&folder, &["import", "scholen", "elders.csv", "--bevestigd"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("postcode 9998 staat niet in de tabel"), "{}", ran.err);
    assert!(ran.err.contains("BRIN 98XA") && ran.err.contains("verschillende besturen"), "{}", ran.err);
    let nowhere = loket(&folder, &["import", "scholen", &open("vestigingen.csv"), "--gemeente", "Nergens", "--bevestigd"]);
    assert!(nowhere.status == 2 && nowhere.err.contains("geen enkele school in gemeente Nergens"), "{}", nowhere.err);
    let yearless = "vestiging;leerlingen_bekostigd;achterstandsscore_zonder_drempel\n98XA00;100;20\n";
    std::fs::write(folder.join("scores.csv"), yearless).expect("the folder can be written");
    let locations = open("vestigingen.csv");
    let base = ["import", "scholen", &locations, "--scores", "scores.csv", "--bevestigd", "--json"];
    let ran = loket(&folder, &base);
    assert!(ran.status == 2 && ran.out.contains("van welk jaar"), "{}{}", ran.out, ran.err);
    assert_eq!(counts(&json_of(&loket(&folder, &[&base[..], &["--jaar", "2019"]].concat())), &MAIN[..2]), [3, 6]);
}

#[test]
fn the_published_lists_load_as_they_are() {
    let (Some(city), Some(country)) = (real("duo_vestigingen_bo_amsterdam_raw_cp1252.csv"), real("duo_vestigingen_bo_nl_trimmed.csv"))
    else {
        return;
    };
    let (Some(areas), Some(scores)) = (real("geonames_pc4_nl.csv"), real("cbs_achterstandsscores_basisscholen_2019_nl.csv")) else {
        return;
    };
    let Some(pupils) = real("duo_leerlingen_per_vestiging_amsterdam_1996_2025.csv") else { return };
    let path = |it: &PathBuf| it.to_str().expect("UTF-8").to_owned();
    let folder = folder("import-real");
    let (city, country, areas) = (path(&city), path(&country), path(&areas));
    let (scores, pupils) = (path(&scores), path(&pupils));
    let whole = ["import", "scholen", &city, "--pc4", &areas, "--leerlingen", &pupils, "--scores", &scores, "--jaar", "2019", "--json"];
    let done = json_of(&loket(&folder, &[&whole[..], &["--gemeente", "Amsterdam", "--bevestigd"]].concat()));
    assert_eq!(counts(&done, &MAIN), [37, 200, 0, 0, 0], "{}", done["tellingen"]);
    assert_eq!(counts(&done, &["scholen", "plaats_pc4", "zonder_plaats"]), [200, 200, 0]);
    let again = json_of(&loket(&folder, &[&whole[..], &["--gemeente", "Amsterdam"]].concat()));
    assert_eq!((again["toestand"].as_str(), counts(&again, &MAIN)), (Some("niets-veranderd"), vec![0, 0, 0, 200, 0]));
    // The country after the city: the same 200, and the others.
    let began = std::time::Instant::now();
    let all = json_of(&loket(&folder, &["import", "scholen", &country, "--json", "--bevestigd"]));
    println!("het hele land: {} in {:?} (dit programma is niet voor snelheid gebouwd)", all["tellingen"], began.elapsed());
    assert_eq!(counts(&all, &["scholen", "scholen_nieuw", "scholen_gewijzigd", "scholen_ongewijzigd"]), [6_122, 5_922, 0, 200]);
    let began = std::time::Instant::now();
    let same = json_of(&loket(&folder, &["import", "scholen", &country, "--json"]));
    println!("het hele land nog eens: {:?}", began.elapsed());
    assert_eq!((same["toestand"].as_str(), counts(&same, &MAIN)), (Some("niets-veranderd"), vec![0, 0, 0, 6_122, 0]));
}

#[test]
fn travel_times_of_a_planner_go_into_a_wave() {
    let folder = folder("import-roads");
    let school =
        |id: &str| json!({ "id": id, "bestuur": "B1", "lat": 52.0, "lon": 4.0, "plekken": [{ "bouw": "onderbouw", "aantal": 1 }] });
    let wave = json!({
        "formaat": "loket-lichting/1", "id": "w", "fase": "opleiding", "besturen": [{ "id": "B1" }],
        "scholen": [school("98XA00"), school("98XB00")], "coaches": [{ "id": "K1", "maximum": 2, "uren": 120, "lat": 52.0, "lon": 4.0 }],
        "kandidaten": [{ "id": "Z1", "bouwen": ["onderbouw"], "lat": 52.0, "lon": 4.0 }],
        "reistijden": [{ "van": "Z1", "naar": "98XA00", "minuten": 40 }, { "van": "K1", "naar": "98XA00", "minuten": 7 }],
    });
    write(&folder, "lichting.json", &wave);
    for file in ["reistijden-r5.csv", "reistijden-seconden.csv"] {
        let ran = loket(&folder, &["import", "reistijden", &open(file), "lichting.json", "-o", "uit.json"]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(ran.err.contains("nieuw 1, veranderd 1, hetzelfde 0"), "{}", ran.err);
        assert!(ran.err.contains("1 id is geen kandidaat of coach van deze lichting (1 regel): Z2."), "{}", ran.err);
        let rows = read(&folder, "uit.json")["reistijden"].clone();
        let minutes: Vec<i64> = rows.as_array().expect("rows").iter().map(|it| it["minuten"].as_i64().expect("minutes")).collect();
        assert_eq!(minutes, [12, 7, 31]);
        assert_eq!(loket(&folder, &["check", "uit.json"]).status, 0);
    }
    std::fs::write(folder.join("geen.csv"), "van,naar,minuten\nX,Y,1\n").expect("the folder can be written");
    let none = loket(&folder, &["import", "reistijden", "geen.csv", "lichting.json", "-o", "niets.json"]);
    assert!(none.status == 2 && !folder.join("niets.json").exists(), "{}", none.err);
    std::fs::write(folder.join("ver.csv"), "van;naar;minuten\nZ1;98XA00;n/a\nZ1;98XB00;\n").expect("the folder can be written");
    let refused = loket(&folder, &["import", "reistijden", "ver.csv", "lichting.json", "-o", "niets.json"]);
    assert!(refused.status == 2 && refused.err.contains("rij 2, kolom C (minuten)"), "{}", refused.err);
    std::fs::write(folder.join("weg.csv"), "van;naar;minuten\nZ1;98XB00;\n").expect("the folder can be written");
    let none = loket(&folder, &["import", "reistijden", "weg.csv", "lichting.json", "-o", "weg.json"]);
    assert!(none.status == 0 && none.err.contains("Zonder weg: 1"), "{}", none.err);
    assert_eq!(read(&folder, "weg.json")["reistijden"][2]["minuten"], 100_000);
}
