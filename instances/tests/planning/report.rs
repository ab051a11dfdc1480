//! The report of the plan of 2020: what it adds up to is what its lines and numbers say, and an outcome of another plan is refused.

use std::collections::BTreeMap;

use loket_instances::planning::outcome::{Answered, read_outcome};
use loket_instances::planning::report::{About, Report};
use loket_solver::common::control::Unhurried;
use loket_solver::planning::solve::solve;
use serde_json::{Value, json};

use crate::cases::written;
use crate::common::{folder, json as read, load};

#[test]
fn tables_add_up_to_what_the_outcome_says() {
    let Some(folder) = folder() else { return };
    let mut file = read(&folder.join("amsterdam-2020.json"));
    file["scenarios"] = json!([{ "id": "duurder", "wijzig": [{ "pad": "/posten/0/prijs_cent", "waarde": 5_100 }] }]);
    let loaded = load(&file);
    let outcome = solve(&loaded.horizon, &Unhurried);
    let scenarios = loaded.scenarios.iter().map(|scenario| solve(&scenario.horizon, &Unhurried)).collect();
    let told = written(&loaded, &outcome, &Answered { scenarios: Some(scenarios), sensitivity: None });
    let told = read_outcome(told.to_string().as_bytes()).expect("an outcome");
    let report = Report::new(&told, Some(&loaded)).expect("they agree");
    let people: Vec<_> = report.people.iter().map(|row| (row.counts[0], row.counts[3], row.counts[4], row.counts[5])).collect();
    assert_eq!(people, [(220, 180, 0, 0), (220, 180, 180, 0), (220, 180, 180, 144), (220, 180, 180, 144)]);
    // Every activity and kind of cost from the file and the stored lines, summed here.
    let stored = read(&folder.join("amsterdam-2020.bedragen.json"));
    let mut sums: BTreeMap<(String, String), Vec<i64>> = BTreeMap::new();
    for line in file["posten"].as_array().expect("lines") {
        let text = |key: &str| line[key].as_str().expect("a text").to_owned();
        let cents = stored["posten"][text("id")].as_array().expect("cents").iter().map(|it| it.as_i64().expect("cents"));
        let sum = sums.entry((text("activiteit"), text("soort"))).or_insert_with(|| vec![0; 4]);
        sum.iter_mut().zip(cents).for_each(|(sum, cents)| *sum += cents);
    }
    sums.retain(|_, years| years.iter().any(|cents| *cents != 0));
    let ours: BTreeMap<_, _> = report.activities.iter().map(|row| ((row.activity.clone(), row.sort.clone()), row.cents.clone())).collect();
    assert_eq!(ours, sums);
    let income: i64 = report.sources.iter().flat_map(|row| &row.cents).sum();
    assert_eq!(income, 4 * 814_205_500);
    assert_eq!(report.lines.iter().filter(|row| !row.income).flat_map(|row| &row.cents).sum::<i64>(), 3_252_321_960);
    // One board, a wave each September, seats held for five months.
    let months: Vec<_> = report.seats.iter().map(|row| (row.used[0], row.used[4], row.used[5], row.fullest())).collect();
    assert_eq!(months, [(180, 180, 0, 180); 4]);
    let goals = report.scenarios[0].rows.iter().filter(|row| matches!(row.about, About::Goal(_)));
    let differences: Vec<_> = goals.map(|row| row.own - row.base).collect();
    assert_eq!(differences[..4], [0; 4]);
    let dearer: i64 = report.scenarios[0].rows.iter().filter(|row| matches!(row.about, About::Cost(_))).map(|row| row.own - row.base).sum();
    assert_eq!(differences[4], -dearer);
    assert!(dearer > 0);
    let alone = Report::new(&told, None).expect("the outcome by itself");
    assert_eq!((alone.waves.len(), alone.lines == report.lines, alone.seats.len()), (4, true, 0));
}

#[test]
fn an_outcome_of_another_plan_is_refused() {
    let Some(folder) = folder() else { return };
    let loaded = load(&read(&folder.join("meerjarenplan-1.json")));
    let outcome = written(&loaded, &solve(&loaded.horizon, &Unhurried), &Answered::default());
    let told = |outcome: &Value| read_outcome(outcome.to_string().as_bytes()).expect("an outcome");
    assert!(Report::new(&told(&outcome), Some(&loaded)).is_ok());
    let mut other = outcome.clone();
    other["invoer_sha256"] = "0".repeat(64).into();
    assert!(Report::new(&told(&other), Some(&loaded)).is_err());
    let mut other = outcome;
    let cost = other["geld"][0]["kosten_cent"].as_i64().expect("cents");
    other["geld"][0]["kosten_cent"] = (cost + 1).into();
    assert!(Report::new(&told(&other), Some(&loaded)).is_err());
}
