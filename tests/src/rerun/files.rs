//! What a request does to a wave file, on waves made by hand.

use loket_instances::matching::rerun::{Budget, FewerSeats, Request};
use loket_instances::matching::row::read_candidates;
use loket_solver::matching::ask::rerun::cause::Why;
use loket_solver::matching::ask::rerun::difference::Kind;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::CandidateId;
use serde_json::{Value, json};

use super::{differ, of, rerun};
use crate::support::load;

/// Two schools with a seat each, two coaches with room for one, two people who have them.
fn pair_of_people() -> Value {
    json!({
        "formaat": "loket-lichting/1", "id": "proef", "fase": "opleiding",
        "besturen": [{ "id": "B1" }],
        "scholen": [
            { "id": "S1", "bestuur": "B1", "lat": 52.370, "lon": 4.890, "plekken": [{ "bouw": "onderbouw", "aantal": 1 }] },
            { "id": "S2", "bestuur": "B1", "lat": 52.372, "lon": 4.892, "plekken": [{ "bouw": "onderbouw", "aantal": 1 }] },
        ],
        "coaches": [
            { "id": "K1", "lat": 52.371, "lon": 4.891, "maximum": 1, "uren": 60 },
            { "id": "K2", "lat": 52.371, "lon": 4.891, "maximum": 1, "uren": 60, "kenmerken": ["engels"] },
        ],
        "kandidaten": [
            { "id": "Z1", "lat": 52.370, "lon": 4.890, "bouwen": ["onderbouw"] },
            { "id": "Z2", "lat": 52.372, "lon": 4.892, "bouwen": ["onderbouw"], "coach_eisen": ["engels"] },
        ],
        "vast": [{ "kandidaat": "Z1", "school": "S1", "coach": "K1", "ondanks": ["reistijd", "coach-reistijd"] }],
        "verboden": [{ "kandidaat": "Z2", "coach": "K1", "reden": "familie" }],
        "vorig_plan": [{ "kandidaat": "Z1", "school": "S1", "plek": "onderbouw", "coach": "K1", "status": "gestart" }],
    })
}

#[test]
fn a_drop_out_leaves_the_file_with_all_that_would_be_refused() {
    let case = of(&pair_of_people()).expect("it can be solved");
    let without = |coaches: &[&str], people: &[&str]| {
        let request = Request {
            without_coaches: coaches.iter().map(|it| (*it).to_owned()).collect(),
            without_candidates: people.iter().map(|it| (*it).to_owned()).collect(),
            ..Request::default()
        };
        let edited = case.file.rerun(&case.loaded, &case.outcome, &request).expect("everything named is there");
        (edited.wave.to_json(), edited.remarks)
    };
    let (wave, remarks) = without(&["K1"], &[]);
    load(&wave);
    assert_eq!(wave["vast"], json!([{ "kandidaat": "Z1", "school": "S1", "ondanks": ["reistijd"] }]));
    assert_eq!(wave["verboden"], pair_of_people()["verboden"], "a prohibition that does nothing now may count again later");
    assert_eq!(wave["beleid"]["max_wijzigingen"], 0);
    assert_eq!(remarks.len(), 1);
    let statuses: Vec<&Value> = wave["vorig_plan"].as_array().expect("rows").iter().map(|row| &row["status"]).collect();
    assert_eq!(statuses, ["gestart", "akkoord"]);
    let (wave, remarks) = without(&[], &["Z1", "Z2"]);
    load(&wave);
    assert_eq!((&wave["vast"], &wave["verboden"], &wave["vorig_plan"]), (&json!([]), &json!([]), &json!([])));
    assert_eq!(remarks.len(), 2);
}

#[test]
fn what_a_request_names_must_be_there_and_every_mistake_is_told() {
    let case = of(&pair_of_people()).expect("it can be solved");
    let request = Request {
        without_coaches: vec!["K9".into()],
        without_schools: vec!["S7".into()],
        without_candidates: vec!["Z12".into()],
        fewer_seats: vec![
            FewerSeats { school: "S1".into(), seat: "bovenbouw".into(), count: 1 },
            FewerSeats { school: "S1".into(), seat: "onderbouw".into(), count: 2 },
        ],
        hours: vec![("niemand".into(), 5)],
        maxima: vec![("Z1".into(), 5)],
        ..Request::default()
    };
    let refused = case.file.rerun(&case.loaded, &case.outcome, &request).expect_err("nothing named is there");
    assert_eq!(refused.problems.len(), 7, "{refused}");
    assert!(request.about(&case.loaded).changes_nothing() || request.about(&case.loaded).fewer_seats.len() == 1);
}

#[test]
fn a_late_arrival_finds_a_place_with_everybody_else_kept() {
    let mut wave = pair_of_people();
    wave["scholen"][1]["plekken"][0]["aantal"] = json!(2);
    wave["coaches"][1]["maximum"] = json!(2);
    wave["coaches"][1]["uren"] = json!(120);
    let case = of(&wave).expect("it can be solved");
    let arrival = json!({ "id": "Z3", "lat": 52.371, "lon": 4.891, "bouwen": ["onderbouw"], "wachtrondes": 9 });
    let arrivals = read_candidates(arrival.to_string().as_bytes()).expect("a candidate");
    for keep_rest in [false, true] {
        let request = Request { arrivals: arrivals.clone(), keep_rest, ..Request::default() };
        let rerun = rerun(&case, &request).expect("the arrival is in order");
        let plan = rerun.outcome.plan.as_ref().expect("a plan");
        let found = differ(&case, &rerun, plan);
        assert_eq!(found.people.len(), 1);
        assert_eq!((found.people[0].kind, found.people[0].to.is_some(), found.same), (Kind::Arrived, true, 2));
    }
}

#[test]
fn a_budget_is_spent_on_the_own_goals_and_without_one_agreements_come_first() {
    let case = of(&pair_of_people()).expect("it can be solved");
    let names = |budget: Budget| {
        let request = Request { without_coaches: vec!["K1".into()], budget, ..Request::default() };
        let edited = case.file.rerun(&case.loaded, &case.outcome, &request).expect("everything named is there");
        let after = load(&edited.wave.to_json());
        let most = after.wave.policy.max_changes;
        (after.wave.policy.goals.iter().map(|goal| goal.name.clone()).collect::<Vec<_>>(), most)
    };
    let (first, most) = names(Budget::AsWave);
    assert_eq!((first[0].as_str(), most), ("afspraken", Some(0)));
    assert_eq!(names(Budget::AtMost(0)), (first.clone(), Some(0)));
    assert_eq!(names(Budget::Free), (first, None));
    let (gain, most) = names(Budget::AtMost(2));
    assert_eq!((gain[0].as_str(), gain[gain.len() - 2].as_str(), most), ("geplaatst", "afspraken", Some(2)));
}

#[test]
fn a_person_makes_room_for_another_and_the_page_can_say_for_whom() {
    // K1 drops out; Z1 needs the tag that only K2 has, so Z2 makes room with K2 and goes to K3.
    let mut wave = pair_of_people();
    wave["vast"] = json!([]);
    wave["verboden"] = json!([]);
    wave["kandidaten"][0]["coach_eisen"] = json!(["engels"]);
    wave["kandidaten"][1]["coach_eisen"] = json!([]);
    wave["coaches"][0]["kenmerken"] = json!(["engels"]);
    let room = json!({ "id": "K3", "lat": 52.371, "lon": 4.891, "maximum": 1, "uren": 60, "soort": "extern" });
    wave["coaches"].as_array_mut().expect("coaches").push(room);
    wave["beleid"] =
        json!({ "doelen": [{ "naam": "geplaatst", "punten": { "geplaatst": 1 } }, { "naam": "intern", "punten": { "intern": 1 } }] });
    let case = of(&wave).expect("it can be solved");
    let request = Request { without_coaches: vec!["K1".into()], ..Request::default() };
    let rerun = rerun(&case, &request).expect("it is read");
    let plan = rerun.outcome.plan.as_ref().expect("a plan");
    let found = differ(&case, &rerun, plan);
    let name = |it: CandidateId| rerun.after.wave.candidates[it].id.as_str();
    let kinds: Vec<(&str, Kind)> = found.people.iter().map(|it| (name(it.candidate), it.kind)).collect();
    assert_eq!(kinds, [("Z1", Kind::Forced), ("Z2", Kind::Chosen)]);
    assert_eq!(found.people[0].why, [Why::CoachGone]);
    let Why::Full { rules, newcomers, .. } = &found.people[1].why[0] else { panic!("{found:?}") };
    assert_eq!((rules.as_slice(), name(newcomers[0])), ([RuleCode::CoachAantal, RuleCode::CoachUren].as_slice(), "Z1"));
}
