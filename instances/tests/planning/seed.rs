//! The plan of 2020 in its own numbers: every line and year to the cent, and what one more or less of everything would change.

use loket_instances::planning::examine::examine;
use loket_instances::planning::outcome::Answered;
use loket_instances::planning::plan_file::Loaded;
use loket_solver::common::control::Unhurried;
use loket_solver::common::words::Verdict;
use loket_solver::planning::ask::sensitivity::sensitivity;
use loket_solver::planning::facts::outcome::Outcome;
use loket_solver::planning::solve::solve;
use serde_json::{Value, json};

use crate::cases::written;
use crate::common::{folder, json as read, load};

fn best(outcome: &Outcome) -> Vec<i64> {
    outcome.goals.iter().map(|goal| goal.best).collect()
}

/// The plan with its locks, or without, and with changes.
fn plan(free: bool, change: impl FnOnce(&mut Value)) -> Option<Loaded> {
    let name = if free { "amsterdam-2020-vrij.json" } else { "amsterdam-2020.json" };
    let mut file = read(&folder()?.join(name));
    change(&mut file);
    Some(load(&file))
}

#[test]
fn every_line_and_year_is_right_to_the_cent() {
    let Some(loaded) = plan(false, |_| {}) else { return };
    let outcome = solve(&loaded.horizon, &Unhurried);
    assert_eq!(outcome.verdict, Verdict::Optimal);
    assert_eq!(best(&outcome), [720, 576, -45, -55, -3_252_321_960, -36_400]);
    let told = written(&loaded, &outcome, &Answered::default());
    assert_eq!(examine(&loaded, told.to_string().as_bytes()), Vec::new());
    let stored = read(&folder().expect("it was there").join("amsterdam-2020.bedragen.json"));
    let of = |row: &Value, key: &str| row[key].as_i64().unwrap_or(0);
    for (line, years) in stored["posten"].as_object().expect("lines") {
        for (year, cents) in years.as_array().expect("years").iter().enumerate() {
            let money = &told["geld"][year];
            let ours = of(&money["posten"], line) + of(&money["inkomsten"], line);
            assert_eq!(ours, cents.as_i64().expect("cents"), "{line} in year {year}");
        }
    }
    let lines = told["geld"].as_array().expect("years").iter();
    let money: Vec<_> = lines.map(|row| (of(row, "kosten_cent"), of(row, "inkomsten_cent"), of(row, "ruimte_cumulatief_cent"))).collect();
    let income = 814_205_500;
    let expected = [
        (711_760_360, income, 102_445_140),
        (842_339_800, income, 74_310_840),
        (847_910_200, income, 40_606_140),
        (850_311_600, income, 4_500_040),
    ];
    assert_eq!(money, expected);
    let hours: Vec<_> = told["pool"].as_array().expect("a pool").iter().map(|row| (of(row, "pool"), of(row, "uren_nodig"))).collect();
    let expected = [(15, 10_350), (5, 3_450), (35, 17_850), (5, 1_350), (50, 20_820), (5, 540), (50, 21_360), (0, 0)];
    assert_eq!(hours, expected);
    let after = &told["na_horizon"];
    assert_eq!((&after[0]["uren"], &after[1]["uren"]), (&json!({ "intern": 7_560 }), &json!({ "intern": 2_160 })));
    let cents = |year: usize| after[year]["posten"].as_object().expect("lines").values().filter_map(Value::as_i64).sum::<i64>();
    assert_eq!((cents(0) + cents(1), after.as_array().map(Vec::len)), (194_850_000, Some(2)));
    println!("every line of amsterdam-2020 is right to the cent");
}

#[test]
fn within_each_year_the_plan_of_2020_is_impossible_and_its_numbers_are_told() {
    let Some(loaded) = plan(false, |file| file["beleid"]["budget"] = "per_jaar".into()) else { return };
    let outcome = solve(&loaded.horizon, &Unhurried);
    let told = written(&loaded, &outcome, &Answered::default());
    assert_eq!(told["status"], "onmogelijk");
    let conflict = json!([
        { "lichting": "L1", "gestart": 180, "regels": ["budget"] },
        { "lichting": "L2", "gestart": 180, "regels": ["budget"] },
    ]);
    assert_eq!(told["conflict"], conflict);
    let broken: Vec<_> = told["schendingen"].as_array().expect("breaches").iter().map(|row| (&row["regel"], &row["jaar"])).collect();
    let rule = json!("budget");
    let years = [json!("2021-2022"), json!("2022-2023"), json!("2023-2024")];
    assert_eq!(broken, years.iter().map(|year| (&rule, year)).collect::<Vec<_>>());
    assert_eq!(told["geld"][1]["kosten_cent"], 842_339_800);
    assert_eq!(examine(&loaded, told.to_string().as_bytes()), Vec::new());
}

#[test]
fn other_budgets_and_registrations_cost_what_the_plan_says() {
    let Some(base) = plan(true, |_| {}) else { return };
    let base = best(&solve(&base.horizon, &Unhurried));
    let difference = |change: &dyn Fn(&mut Value)| -> Vec<i64> {
        let loaded = plan(true, change).expect("it was there");
        let outcome = solve(&loaded.horizon, &Unhurried);
        assert_eq!(outcome.verdict, Verdict::Optimal);
        best(&outcome).iter().zip(&base).map(|(changed, base)| changed - base).collect()
    };
    let yearly = difference(&|file| file["beleid"]["budget"] = "per_jaar".into());
    assert_eq!(yearly, [-47, -37, 0, 3, 197_221_500, 4_572]);
    let registered = difference(&|file| {
        for wave in file["lichtingen"].as_array_mut().expect("waves") {
            wave["aangemeld"] = 220.into();
            wave.as_object_mut().expect("a wave").remove("werkelijk");
        }
    });
    assert_eq!(registered, [-8, -8, 2, 0, 35_046_920, 800]);
}

#[test]
fn one_more_or_less_changes_what_the_plan_says() {
    let Some(loaded) = plan(true, |_| {}) else { return };
    let outcome = solve(&loaded.horizon, &Unhurried);
    let rows = sensitivity(&loaded.horizon, &outcome, &Unhurried);
    let told = written(&loaded, &outcome, &Answered { sensitivity: Some(rows), scenarios: None });
    let none = [0; 6];
    let mut compared = 0;
    for row in told["gevoeligheid"].as_array().expect("rows") {
        let by = row["met"].as_i64().expect("a number");
        let expected = match (row["wijziging"].as_str().expect("a place"), by) {
            ("/trechter/diploma", by) => [0, 7 * by, 0, 0, -225_000 * by, 0],
            ("/trechter/voortraject", 1) => [0, 0, 0, 0, 6_838_600, 0],
            ("/trechter/voortraject" | "/trechter/opleiding", -1) => [-2, -2, 1, 0, 4_568_780, 200],
            ("/trechter/jaar2", -1) => [0, -7, 0, 0, 5_200_000, 0],
            ("/beleid/per_coach", 1) => [0, 0, 0, 4, 0, 0],
            ("/coachsoorten/0/aanname_max/0", 1) => [0, 0, 9, 1, 5_026_320, 0],
            ("/besturen/0/plekken", 1) => [0, 0, 0, 0, 0, 190],
            _ => none,
        };
        let ours: Vec<i64> = row["verschil"].as_object().expect("goals").values().filter_map(Value::as_i64).collect();
        assert_eq!((ours, &row["bewezen"]), (expected.to_vec(), &json!(true)), "{row}");
        compared += 1;
    }
    // Two kinds and four years, one board, six percentages of which two cannot rise, and two more.
    assert_eq!(compared, 8 + 1 + 10 + 2);
    println!("{compared} rows of the sensitivity of amsterdam-2020 agree");
    let Some(locked) = plan(false, |_| {}) else { return };
    let outcome = solve(&locked.horizon, &Unhurried);
    let rows = sensitivity(&locked.horizon, &outcome, &Unhurried);
    let told = written(&locked, &outcome, &Answered { sensitivity: Some(rows), scenarios: None });
    let impossible: Vec<(&str, i64)> = told["gevoeligheid"]
        .as_array()
        .expect("rows")
        .iter()
        .filter(|row| row["status"] == "onmogelijk" && row["verschil"].is_null())
        .map(|row| (row["wijziging"].as_str().expect("a place"), row["met"].as_i64().expect("a number")))
        .collect();
    assert_eq!(impossible, [("/trechter/voortraject", -1), ("/trechter/opleiding", -1)]);
}
