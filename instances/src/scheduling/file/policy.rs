//! Reads `beleid`, and fills in the part that the four problems share.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use loket_solver::common::words::{Status, Word};
use loket_solver::scheduling::facts::codes::{Kind, TermCode};
use loket_solver::scheduling::facts::policy::{Goal, OF_A_RERUN, Policy, goals_as_used};
use loket_solver::scheduling::judge::terms::terms;

use super::used;
use crate::scheduling::rows::{GoalRow, PolicyRow, RhythmRow};
use crate::strict::fields::{AMOUNT, At, Fields, PERCENT, WEIGHT};
use crate::strict::json::Node;
use crate::strict::rows::note;
use crate::strict::spot::show_id;

/// Keys whose value is one number, with its bounds.
const NUMBERS: &[(&str, RangeInclusive<i64>)] = &[
    ("per_zitting", AMOUNT),
    ("min_per_zitting", AMOUNT),
    ("min", AMOUNT),
    ("max", AMOUNT),
    ("doel", AMOUNT),
    ("min_weken", AMOUNT),
    ("max_afwezig", AMOUNT),
    ("minuten", AMOUNT),
    ("voorbereiding", AMOUNT),
    ("groepen_max", AMOUNT),
    ("duur", 1..=600),
    ("dagdeel_minuten", AMOUNT),
    ("per_dagdeel", 0..=4),
    ("bezoeken_per_week", AMOUNT),
    ("max_tussen", 1..=60),
    ("landing_weken", 1..=60),
    ("landing_bezoeken", AMOUNT),
];

/// Reads `beleid` of a file of this kind.
pub(crate) fn read(at: &At<'_>, kind: Kind) -> Option<PolicyRow> {
    let keys = used::policy(kind);
    let fields = at.fields(keys)?;
    let get = |key: &'static str| if keys.contains(&key) { fields.get(key) } else { None };
    let keep = fields.get("vasthouden").and_then(|table| table.numbers(&codes::<Status>(), WEIGHT));
    let keep_weights = keep.map(|keep| keep.into_iter().filter_map(|(code, weight)| Some((Status::parse(code)?, weight))).collect());
    let mut numbers = Vec::new();
    for (key, bounds) in NUMBERS {
        numbers.extend(get(key).and_then(|at| at.count(bounds.clone())).map(|number| (*key, number)));
    }
    let question_points = get("leervraag_punten").and_then(|list| {
        not_empty(list, "noem minstens één getal, bijvoorbeeld [100, 60, 30]");
        Some(list.rows("")?.iter().filter_map(|item| item.integer(WEIGHT)).collect())
    });
    let row = PolicyRow {
        goals: fields.get("doelen").and_then(|list| goals(list, kind)),
        keep_weights,
        max_changes: fields.count("max_wijzigingen"),
        seed: fields.get("seed").and_then(|at| at.integer(0..=(1 << 53) - 1)).map(i64::unsigned_abs),
        panel: get("panel").and_then(panel),
        times: get("tijden").and_then(times),
        rhythm: get("reeks").and_then(rhythm),
        own_school: get("eigen_school").and_then(At::flag),
        question_points,
        numbers,
        note: note(&fields),
    };
    ordered(&fields, &row, kind);
    Some(row)
}

fn codes<W: Word>() -> Vec<&'static str> {
    W::ALL.iter().map(|word| word.code()).collect()
}

fn not_empty(list: &At<'_>, remedy: &str) {
    if matches!(list.node, Node::List(items) if items.is_empty()) {
        list.refuse("leeg", "de lijst is leeg", remedy);
    }
}

/// Lower ends are not above upper ones, defaults filled in; as many times as a session has interviews.
fn ordered(fields: &Fields<'_>, row: &PolicyRow, kind: Kind) {
    let number = |key: &str, usual: u32| row.number(key).unwrap_or(usual);
    let apart = |low: (&'static str, u32), high: (&'static str, u32)| {
        if low.1 > high.1 {
            let what = format!("\"{}\" ({}) is meer dan \"{}\" ({})", low.0, low.1, high.0, high.1);
            let remedy = format!("kies {} hoogstens zo groot als {}", low.0, high.0);
            fields.at.report.problem("volgorde", &fields.at.spot.key(low.0), what, remedy);
        }
    };
    match kind {
        Kind::Interviews => {
            apart(("min_per_zitting", number("min_per_zitting", 1)), ("per_zitting", number("per_zitting", 3)));
            let sessions = number("per_zitting", 3) as usize;
            if let (Some(at), Some(times)) = (fields.get("tijden"), &row.times)
                && times.len() != sessions
            {
                let what = format!("er staan {} tijden, en een zitting heeft {sessions} gesprekken", times.len());
                at.refuse("samen", what, "geef zo veel tijden als per_zitting zegt");
            }
        }
        Kind::PeerGroups => {
            let (least, aim, most) = (number("min", 5), number("doel", 6), number("max", 7));
            apart(("min", least), ("doel", aim));
            apart(("doel", aim), ("max", most));
            if let Some(rhythm) = &row.rhythm {
                apart(("min_weken", number("min_weken", 2)), ("reeks", rhythm.rhythm));
            }
        }
        Kind::Visits | Kind::Courses => {}
    }
}

fn panel(at: &At<'_>) -> Option<Vec<(String, u32)>> {
    let mut roles = Vec::new();
    for (role, at) in at.entries()? {
        if role.is_empty() || role.chars().any(char::is_control) || role.chars().count() > 64 {
            at.refuse(
                "id",
                format!("de rol \"{}\" is leeg, te lang of heeft een stuurteken", show_id(role)),
                "geef de rol een naam van 1 tot 64 tekens",
            );
        }
        if *at.node != Node::Null {
            roles.extend(at.count(0..=5).map(|number| (role.to_owned(), number)));
        }
    }
    if !roles.iter().any(|(role, number)| role == "coach" && *number == 1) {
        at.refuse("grens", "in het panel zit niet precies één coach", "zet \"coach\": 1 in het panel");
    }
    Some(roles)
}

fn times(list: &At<'_>) -> Option<Vec<String>> {
    let mut times: Vec<String> = Vec::new();
    for row in list.rows("")? {
        let Some(text) = row.text() else { continue };
        let digits = |range: std::ops::Range<usize>, most: u32| {
            let part = text.get(range).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
            part.and_then(|part| part.parse::<u32>().ok()).is_some_and(|number| number <= most)
        };
        if text.len() != 5 || text.get(2..3) != Some(":") || !digits(0..2, 23) || !digits(3..5, 59) {
            row.refuse("datum", format!("\"{}\" is geen tijd", show_id(text)), "schrijf een tijd als 09:00");
        } else if times.last().is_some_and(|before| text <= before.as_str()) {
            row.refuse("volgorde", format!("{text} komt niet na de tijd ervoor"), "zet de tijden op volgorde, elk één keer");
        }
        times.push(text.to_owned());
    }
    Some(times)
}

fn rhythm(at: &At<'_>) -> Option<RhythmRow> {
    let fields = at.fields(&["aantal", "ritme", "dagdelen"])?;
    let number = |key| fields.need(key).and_then(|at| at.count(1..=60));
    let (meetings, rhythm) = (number("aantal"), number("ritme"));
    let list = fields.need("dagdelen");
    if let Some(list) = list {
        not_empty(list, "noem minstens één dagdeel, bijvoorbeeld \"di-m\"");
    }
    let half_days = list.and_then(|list| list.distinct(At::word));
    Some(RhythmRow { meetings: meetings?, rhythm: rhythm?, half_days: half_days?, note: note(&fields) })
}

fn goals(list: &At<'_>, kind: Kind) -> Option<Vec<GoalRow>> {
    not_empty(list, "noem minstens één doel, of haal \"doelen\" weg: dan gelden de gewone doelen");
    let mut names = HashSet::new();
    let mut read = Vec::new();
    for row in list.rows("naam")? {
        let Some(goal) = goal(&row, kind) else { continue };
        if !names.insert(goal.name.clone()) {
            let what = format!("er is al een doel \"{}\"", show_id(&goal.name));
            list.report.problem("dubbel", &row.spot.key("naam"), what, "geef elk doel een eigen naam");
        }
        let compares = goal.weights.iter().any(|(term, _)| term.compares());
        if OF_A_RERUN.contains(&goal.name.as_str()) && !compares {
            let what = format!("\"{}\" is de naam van een doel dat er door het vorige rooster bij komt", goal.name);
            let remedy = "geef dit doel een andere naam, of noem erin een punt als \"afspraak\" of \"ongewijzigd\"";
            list.report.problem("doelnaam", &row.spot.key("naam"), what, remedy);
        }
        read.push(goal);
    }
    Some(read)
}

/// Codes of the terms of a kind, each once.
pub(crate) fn term_codes(kind: Kind) -> Vec<&'static str> {
    terms(kind).iter().map(|term| term.code.code()).collect()
}

fn goal(row: &At<'_>, kind: Kind) -> Option<GoalRow> {
    let fields = row.fields(&["naam", "punten", "tolerantie_procent"])?;
    let name = fields.need("naam").and_then(At::name);
    let weights = fields.need("punten").and_then(|at| at.numbers(&term_codes(kind), WEIGHT)).unwrap_or_default();
    let weights = weights.into_iter().filter_map(|(code, weight)| Some((TermCode::parse(code)?, weight))).collect();
    let tolerance_percent = fields.get("tolerantie_procent").and_then(|at| at.count(PERCENT));
    Some(GoalRow { name: name?.to_owned(), weights, tolerance_percent, note: note(&fields) })
}

/// The shared part of the policy with defaults filled in and the goals as used.
pub(crate) fn finish(row: &PolicyRow, kind: Kind, previous: bool) -> Policy {
    let usual = Policy::default();
    let as_goal = |row: &GoalRow| Goal {
        name: row.name.clone(),
        weights: row.weights.clone(),
        tolerance_percent: row.tolerance_percent.unwrap_or(0),
    };
    let own = row.goals.as_ref().map(|goals| goals.iter().map(as_goal).collect());
    let mut policy = Policy {
        goals: goals_as_used(own, kind, previous),
        keep_weights: if row.keep_weights.is_some() { [0; 3] } else { usual.keep_weights },
        max_changes: row.max_changes,
        seed: row.seed.unwrap_or(usual.seed),
    };
    for &(status, weight) in row.keep_weights.iter().flatten() {
        policy.keep_weights[status as usize] = weight;
    }
    policy
}
