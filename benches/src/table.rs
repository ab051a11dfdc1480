//! Measurements as a Markdown table: a row per wave and solver.

use crate::entry::{Entry, GoalEntry};

/// The heading of the table.
pub const HEADING: &str = "\
| wave | solver | goals: value, and ≤ bound where it is not proven | proven | seconds | limit | peak MiB | others % | remark |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |";

/// One measurement as a row.
pub fn row(entry: &Entry) -> String {
    // A solver that proves nothing has no bounds to miss.
    let bounds = entry.goals.iter().any(|goal| goal.bound.is_some());
    let goals: Vec<String> = entry.goals.iter().map(|one| goal(one, bounds)).collect();
    let proven = entry.goals.iter().filter(|goal| goal.proven()).count();
    let number = |number: Option<u64>| number.map_or("–".into(), |number| number.to_string());
    let seconds = match entry.build_seconds {
        None => short(entry.seconds),
        Some(build) => format!("{} + {} building", short(entry.seconds), short(build)),
    };
    format!(
        "| {} {} seed {} | {} | {} | {} of {} | {} | {} | {} | {} | {} |",
        entry.family,
        entry.candidates,
        entry.seed,
        entry.solver,
        goals.join(" · "),
        proven,
        entry.goals.len(),
        seconds,
        entry.limit.map_or("none".into(), short),
        number(entry.peak_mib),
        number(entry.others_percent),
        entry.remark,
    )
}

/// The whole table, with the machines that were used below it.
pub fn table(entries: &[Entry]) -> String {
    let mut page = format!("{HEADING}\n");
    for entry in entries {
        page.push_str(&row(entry));
        page.push('\n');
    }
    let mut machines: Vec<&str> = entries.iter().map(|entry| entry.machine.as_str()).collect();
    machines.sort_unstable();
    machines.dedup();
    for machine in machines {
        page.push_str(&format!("\nMachine: {machine}\n"));
    }
    page
}

fn goal(goal: &GoalEntry, bounds: bool) -> String {
    let value = goal.value.map_or("none".to_string(), |value| value.to_string());
    let bound = match (goal.proven(), goal.reached, goal.bound) {
        (true, _, _) => String::new(),
        (false, true, Some(bound)) => format!(" ≤ {bound}"),
        (false, true, None) => (if bounds { " ≤ ?" } else { "" }).into(),
        (false, false, _) => " (not reached)".into(),
    };
    format!("{} {value}{bound}", goal.name)
}

fn short(seconds: f64) -> String {
    if seconds < 10.0 { format!("{seconds:.2}") } else { format!("{seconds:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_shows_a_bound_only_where_the_value_is_not_proven() {
        let goal = |name: &str, value, bound, reached| GoalEntry { name: name.into(), value, bound, reached };
        let entry = Entry {
            family: "amsterdam".into(),
            candidates: 200,
            seed: 1,
            wave: "0123".into(),
            solver: "highs".into(),
            program: "4567".into(),
            limit: Some(40.0),
            seconds: 12.345,
            build_seconds: Some(1.5),
            peak_mib: None,
            others_percent: Some(2),
            goals: vec![
                goal("geplaatst", Some(176), Some(176), true),
                goal("band", Some(90), Some(95), true),
                goal("passing", Some(7), None, false),
            ],
            remark: String::new(),
            machine: "this one".into(),
        };
        assert_eq!(
            row(&entry),
            "| amsterdam 200 seed 1 | highs | geplaatst 176 · band 90 ≤ 95 · passing 7 (not reached) | 1 of 3 \
             | 12.3 + 1.50 building | 40.0 | – | 2 |  |"
        );
        assert!(table(&[entry]).ends_with("\nMachine: this one\n"));
    }
}
