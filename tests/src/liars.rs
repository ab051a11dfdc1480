//! A list of liars, each with a seeded lie in several places at once, over waves that the engine solved: every lie is refused.

use std::collections::BTreeMap;

use loket_instances::generate;
use loket_instances::matching::outcome::{compose, to_json};
use loket_instances::matching::read::Loaded;
use loket_service::verify::verify;
use loket_solver::common::control::Unhurried;
use loket_solver::matching::facts::outcome::Outcome;
use loket_solver::matching::facts::plan::{self, Placement};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge::judge;
use loket_solver::matching::judge::rules::RULES;
use loket_solver::matching::solve::{Options, solve};
use serde_json::{Value, json};

use crate::honest::technique;
use crate::support::{Dice, load, nth_seed, seed};

/// Changes an outcome, or leaves it as it is when it has nothing to lie about.
type Liar = fn(&mut Value, &mut Dice);

/// A row of a list, drawn; none when the list is empty.
fn row<'a>(outcome: &'a mut Value, list: &str, dice: &mut Dice) -> Option<&'a mut Value> {
    let rows = outcome[list].as_array_mut().filter(|rows| !rows.is_empty())?;
    let at = dice.throw(rows.len());
    rows.get_mut(at)
}

/// Two different positions in a list, drawn; none when it has fewer rows.
fn two(outcome: &Value, list: &str, dice: &mut Dice) -> Option<(usize, usize)> {
    let count = outcome[list].as_array().map_or(0, Vec::len);
    (count >= 2).then(|| {
        let one = dice.throw(count);
        (one, (one + 1 + dice.throw(count - 1)) % count)
    })
}

/// Exchanges these fields of two placements.
fn exchange(outcome: &mut Value, dice: &mut Dice, fields: &[&str]) {
    let Some((one, other)) = two(outcome, "plaatsingen", dice) else { return };
    for field in fields {
        let kept = outcome["plaatsingen"][one][*field].clone();
        outcome["plaatsingen"][one][*field] = outcome["plaatsingen"][other][*field].take();
        outcome["plaatsingen"][other][*field] = kept;
    }
}

/// A number that is not 0 and seldom large.
fn step(dice: &mut Dice) -> i64 {
    [1, -1, 2, -2, 10, -10, 100][dice.throw(7)]
}

fn add(value: &mut Value, amount: i64) {
    if let Some(number) = value.as_i64() {
        *value = json!(number + amount);
    }
}

/// Pointers to every number, text and flag below a value.
fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(key, item)| leaves(item, &format!("{at}/{key}"), found)),
        Value::Object(fields) => fields.iter().for_each(|(key, item)| leaves(item, &format!("{at}/{key}"), found)),
        Value::Null => {}
        _ => found.push(at.to_owned()),
    }
}

/// Changes one number, text or flag below a part of the outcome.
fn change_leaf(outcome: &mut Value, part: &str, dice: &mut Dice) {
    let mut found = Vec::new();
    leaves(&outcome[part], "", &mut found);
    if found.is_empty() {
        return;
    }
    let pointer = &found[dice.throw(found.len())];
    if let Some(leaf) = outcome[part].pointer_mut(pointer) {
        match leaf {
            Value::Bool(flag) => *flag = !*flag,
            Value::String(text) => text.push('!'),
            other => add(other, step(dice)),
        }
    }
}

/// A goal whose tolerance is 0, drawn: what is told of one with a tolerance may be believed without a certificate.
fn strict_goal<'a>(outcome: &'a mut Value, dice: &mut Dice) -> Option<&'a mut Value> {
    let mut strict: Vec<&mut Value> = outcome["doelen"].as_array_mut()?.iter_mut().collect();
    strict.retain(|goal| goal["tolerantie_procent"] == 0);
    let at = (!strict.is_empty()).then(|| dice.throw(strict.len()))?;
    Some(strict.swap_remove(at))
}

const LIARS: &[(&str, Liar)] = &[
    ("another coach out of the plan", |it, dice| {
        if let Some((one, other)) = two(it, "plaatsingen", dice) {
            it["plaatsingen"][one]["coach"] = it["plaatsingen"][other]["coach"].clone();
        }
    }),
    ("two coaches exchanged with their travel", |it, dice| exchange(it, dice, &["coach", "coachreistijd"])),
    ("two coaches exchanged with their travel and all points", |it, dice| exchange(it, dice, &["coach", "coachreistijd", "punten"])),
    ("two seats exchanged", |it, dice| exchange(it, dice, &["school", "plek", "bouw"])),
    ("two seats exchanged with hours, travel and points", |it, dice| {
        exchange(it, dice, &["school", "plek", "bouw", "coach", "uren", "reistijd", "coachreistijd", "punten"]);
    }),
    ("two people exchanged", |it, dice| exchange(it, dice, &["kandidaat"])),
    ("somebody placed becomes unplaced for somebody else's reason", |it, dice| {
        let Some(rows) = it["plaatsingen"].as_array_mut().filter(|rows| !rows.is_empty()) else { return };
        let gone = rows.remove(dice.throw(rows.len()));
        let reason = it["ongeplaatst"].get(0).map_or(json!([{ "code": "doel", "gegevens": {}, "tekst": "" }]), |it| it["redenen"].clone());
        if let Some(rows) = it["ongeplaatst"].as_array_mut() {
            rows.push(json!({ "kandidaat": gone["kandidaat"], "redenen": reason }));
        }
    }),
    ("somebody unplaced gets the placement of somebody else", |it, dice| {
        let Some(mut copy) = row(it, "plaatsingen", dice).cloned() else { return };
        let Some(rows) = it["ongeplaatst"].as_array_mut().filter(|rows| !rows.is_empty()) else { return };
        copy["kandidaat"] = rows.remove(dice.throw(rows.len()))["kandidaat"].clone();
        if let Some(rows) = it["plaatsingen"].as_array_mut() {
            rows.push(copy);
        }
    }),
    ("somebody unplaced is forgotten", |it, dice| {
        if let Some(rows) = it["ongeplaatst"].as_array_mut().filter(|rows| !rows.is_empty()) {
            rows.remove(dice.throw(rows.len()));
        }
    }),
    ("somebody is placed twice", |it, dice| {
        let Some(copy) = row(it, "plaatsingen", dice).cloned() else { return };
        if let Some(rows) = it["plaatsingen"].as_array_mut() {
            rows.insert(dice.throw(rows.len()), copy);
        }
    }),
    ("placements in another order", |it, dice| {
        if let (Some((one, other)), Some(rows)) = (two(it, "plaatsingen", dice), it["plaatsingen"].as_array_mut()) {
            rows.swap(one, other);
        }
    }),
    ("other hours, and the cost to go with them", |it, dice| {
        let by = step(dice);
        if let Some(placed) = row(it, "plaatsingen", dice) {
            add(&mut placed["uren"], by);
            add(&mut it["kerncijfers"]["kosten_cent"], by * 5_000);
        }
    }),
    ("another travel time, and the points to go with it", |it, dice| {
        let by = step(dice);
        if let Some(placed) = row(it, "plaatsingen", dice) {
            add(&mut placed["reistijd"], by);
            add(&mut placed["punten"]["reistijd"], -by);
        }
    }),
    ("points moved from one term to another", |it, dice| {
        let Some(points) = row(it, "plaatsingen", dice).and_then(|placed| placed["punten"].as_object_mut()) else { return };
        let terms: Vec<String> = points.keys().cloned().collect();
        if terms.len() >= 2 {
            add(&mut points[&terms[0]], 1);
            add(&mut points[&terms[1]], -1);
        }
    }),
    ("any field of a placement", |it, dice| change_leaf(it, "plaatsingen", dice)),
    ("any field of an unplaced person", |it, dice| change_leaf(it, "ongeplaatst", dice)),
    ("a reason with the code of another rule", |it, dice| {
        let code = RULES[dice.throw(RULES.len())].code.code();
        let reason = row(it, "ongeplaatst", dice).and_then(|person| row(person, "redenen", dice));
        if let Some(reason) = reason.filter(|reason| reason["code"] != code) {
            reason["code"] = json!(code);
        }
    }),
    ("the reasons of two people exchanged", |it, dice| {
        let Some((one, other)) = two(it, "ongeplaatst", dice) else { return };
        let kept = it["ongeplaatst"][one]["redenen"].clone();
        it["ongeplaatst"][one]["redenen"] = it["ongeplaatst"][other]["redenen"].take();
        it["ongeplaatst"][other]["redenen"] = kept;
    }),
    ("another value of a goal", |it, dice| {
        let by = step(dice);
        if let Some(goal) = row(it, "doelen", dice) {
            add(&mut goal["waarde"], by);
        }
    }),
    ("a goal moved as a whole", |it, dice| {
        let by = step(dice);
        if let Some(goal) = row(it, "doelen", dice) {
            ["beste", "bovengrens", "ondergrens", "waarde"].iter().for_each(|key| add(&mut goal[*key], by));
        }
    }),
    ("a better best that would be proven", |it, dice| {
        let by = step(dice).abs();
        if let Some(goal) = strict_goal(it, dice) {
            ["beste", "bovengrens", "ondergrens"].iter().for_each(|key| add(&mut goal[*key], by));
        }
    }),
    ("a bound with room, still called proven", |it, dice| {
        let by = step(dice).abs();
        if let Some(goal) = row(it, "doelen", dice) {
            add(&mut goal["bovengrens"], by);
        }
    }),
    ("a bound below the best", |it, dice| {
        let by = step(dice).abs();
        if let Some(goal) = row(it, "doelen", dice) {
            add(&mut goal["bovengrens"], -by);
            goal["bewezen"] = json!(false);
        }
    }),
    ("proven or not turned round", |it, dice| {
        if let Some(flag) = row(it, "doelen", dice).and_then(|goal| goal["bewezen"].as_bool().map(|flag| (goal, flag))) {
            flag.0["bewezen"] = json!(!flag.1);
        }
    }),
    ("another weight or tolerance of a goal, in the policy as well", |it, dice| {
        let count = it["doelen"].as_array().map_or(0, Vec::len);
        if count == 0 {
            return;
        }
        let (at, by) = (dice.throw(count), step(dice).abs());
        add(&mut it["doelen"][at]["tolerantie_procent"], by);
        add(&mut it["beleid"]["doelen"][at]["tolerantie_procent"], by);
    }),
    ("two goals exchanged", |it, dice| {
        if let (Some((one, other)), Some(rows)) = (two(it, "doelen", dice), it["doelen"].as_array_mut()) {
            rows.swap(one, other);
        }
    }),
    ("another status", |it, dice| {
        let other = ["optimaal", "haalbaar", "onmogelijk", "afgebroken"][dice.throw(4)];
        it["status"] = json!(other);
    }),
    ("a figure", |it, dice| {
        let least = it["kerncijfers"]["minste_wijzigingen"].clone();
        change_leaf(it, "kerncijfers", dice);
        // The least number of changes is told and not checked: only a solve can find it.
        if !least.is_null() {
            it["kerncijfers"]["minste_wijzigingen"] = least;
        }
    }),
    ("the policy's echo", |it, dice| change_leaf(it, "beleid", dice)),
    ("a digit of the hash", |it, dice| {
        if let Some(hash) = it["invoer_sha256"].as_str().map(str::to_owned) {
            let at = dice.throw(hash.len());
            let digit = if hash.as_bytes()[at] == b'0' { "1" } else { "0" };
            it["invoer_sha256"] = json!(format!("{}{digit}{}", &hash[..at], &hash[at + 1..]));
        }
    }),
    ("a conflict out of the air", |it, dice| {
        let somebody = row(it, "plaatsingen", dice).map(|placed| placed["kandidaat"].clone());
        if let Some(somebody) = somebody {
            it["conflict"] = json!([{ "kandidaat": somebody, "regels": ["plekken"] }]);
        }
    }),
    // That a lock could be left out of a conflict of several can only be found by solving.
    ("an impossible wave without a conflict", |it, _| {
        if it["status"] == "onmogelijk" {
            it["conflict"] = json!([]);
        }
    }),
    ("a lock twice in the conflict", |it, dice| {
        let Some(copy) = row(it, "conflict", dice).cloned() else { return };
        if let Some(rows) = it["conflict"].as_array_mut() {
            rows.push(copy);
        }
    }),
    ("a notice out of the air", |it, _| {
        let notice = json!({ "code": "onbekende-verwijzing", "plaats": "/coaches/0/bestuur", "tekst": "…" });
        match it["meldingen"].as_array_mut() {
            Some(rows) => rows.push(notice),
            None => it["meldingen"] = json!([notice]),
        }
    }),
];

/// Draws of each lie on each wave.
const DRAWS: usize = 5;

fn bytes(outcome: &Value) -> Vec<u8> {
    serde_json::to_vec(outcome).expect("a JSON value is written")
}

/// The outcome without keys that looking for them has made.
fn told(mut outcome: Value) -> Value {
    if let Some(fields) = outcome.as_object_mut() {
        fields.retain(|_, field| !field.is_null());
    }
    outcome
}

/// Whether another plan is as good as what is claimed of it: then it is no lie.
fn earned(wave: &Wave, outcome: &Value, honest: &Outcome) -> bool {
    let mut plan = plan::empty(wave);
    for placed in outcome["plaatsingen"].as_array().into_iter().flatten() {
        let candidate = wave.candidates.ids().find(|&it| placed["kandidaat"] == *wave.candidates[it].id);
        let seat = wave.seats.ids().find(|&it| placed["plek"] == *wave.seats[it].id && placed["school"] == *wave.school_of(it).id);
        let coach = wave.coaches.ids().find(|&it| placed["coach"] == *wave.coaches[it].id);
        let (Some(candidate), Some(seat), Some(coach)) = (candidate, seat, coach) else { return false };
        plan[candidate] = Some(Placement { seat, coach });
    }
    let findings = judge(wave, &plan, honest.least_changes);
    let claimed: Vec<i64> = honest.goals.iter().map(|goal| goal.value).collect();
    honest.plan.as_ref() != Some(&plan) && findings.breaches.is_empty() && findings.values == claimed
}

fn solved(json: &Value) -> (Loaded, Outcome, Value) {
    let loaded = load(json);
    let outcome = solve(&loaded.wave, &Options::default(), &Unhurried);
    let file = to_json(&compose(&loaded, &outcome, &technique(&loaded.wave)));
    (loaded, outcome, file)
}

#[test]
fn every_lie_of_every_liar_about_what_the_engine_found_is_refused() {
    let base = seed();
    println!("LOKET_SEED={base}");
    let tiny = (0..30).map(|n| generate::tiny(nth_seed(base, n)));
    let small = (0..6).map(|n| generate::small(nth_seed(base, n)));
    let (mut counts, mut as_good, mut believed) = (BTreeMap::new(), 0, Vec::new());
    for (number, json) in tiny.chain(small).enumerate() {
        let (loaded, outcome, honest) = solved(&json);
        let findings = verify(&loaded, &bytes(&honest));
        assert!(findings.is_empty(), "wave {number}: an honest outcome is refused: {findings:?}");
        for (liar, (name, lie)) in LIARS.iter().enumerate() {
            let mut lies: Vec<Value> = Vec::new();
            for draw in 0..DRAWS {
                let mut changed = honest.clone();
                lie(&mut changed, &mut Dice::new(nth_seed(base, (number * 1_000 + liar * 10 + draw) as u64)));
                let changed = told(changed);
                if changed != honest && !lies.contains(&changed) {
                    lies.push(changed);
                }
            }
            let mut trusted = lies.clone();
            trusted.retain(|lie| verify(&loaded, &bytes(lie)).is_empty());
            let true_after_all = trusted.iter().filter(|lie| earned(&loaded.wave, lie, &outcome)).count();
            *counts.entry(*name).or_insert(0_usize) += lies.len() - true_after_all;
            as_good += true_after_all;
            if trusted.len() > true_after_all {
                believed.push(format!("seed {base}, wave {number}: {name}, {} times", trusted.len() - true_after_all));
            }
        }
    }
    let count: usize = counts.values().sum();
    println!("{count} lies told, {} believed ({as_good} changes were as good as the truth); by liar: {counts:?}", believed.len());
    assert!(believed.is_empty(), "{}", believed.join("\n"));
    assert!(count >= 1_000, "only {count} lies were told");
    let silent: Vec<&str> = LIARS.iter().map(|(name, _)| *name).filter(|name| counts[name] == 0).collect();
    assert!(silent.is_empty(), "never told: {silent:?}");
}
