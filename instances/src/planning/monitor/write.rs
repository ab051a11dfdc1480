//! Writes a file of the monitor.

use loket_solver::common::words::Word;
use serde_json::{Map, Value, json};

use super::codes::Stage;
use super::counts_file::{FORMAT, Monitor, WaveCounts};

/// The file; what is not known, or 0 where that is the same, is left out.
pub fn written(monitor: &Monitor) -> Value {
    let numbers = |rows: &[(String, u32)]| rows.iter().map(|(key, number)| (key.clone(), (*number).into())).collect::<Map<_, _>>();
    let mut file = json!({
        "formaat": FORMAT, "id": monitor.id, "peildatum": monitor.day, "lichtingen": monitor.waves.iter().map(wave).collect::<Vec<_>>(),
    });
    if let Some(plan) = &monitor.plan {
        file["plan"] = plan.clone().into();
    }
    for (key, rows) in [("pool", numbers(&monitor.pool)), ("uren", numbers(&monitor.hours))] {
        if !rows.is_empty() {
            file[key] = rows.into();
        }
    }
    if !monitor.costs.is_empty() {
        file["kosten"] = monitor.costs.iter().map(|(key, cents)| (key.clone(), Value::from(*cents))).collect::<Map<_, _>>().into();
    }
    file
}

fn wave(wave: &WaveCounts) -> Value {
    let counts = Stage::ALL.iter().filter_map(|&stage| Some((stage.code().to_owned(), Value::from(wave.count(stage)?))));
    let open = Stage::ALL.iter().map(|&stage| (stage.code().to_owned(), wave.still_open(stage))).filter(|(_, count)| *count > 0);
    let stopped = wave.stopped.iter().map(|(after, reason, count)| json!({ "na": after.code(), "reden": reason.code(), "aantal": count }));
    let mut row = json!({ "id": wave.id, "tellingen": counts.collect::<Map<_, _>>() });
    let open: Map<String, Value> = open.map(|(stage, count)| (stage, count.into())).collect();
    if !open.is_empty() {
        row["open"] = open.into();
    }
    if !wave.stopped.is_empty() {
        row["gestopt"] = stopped.collect();
    }
    if let Some((answers, tenths)) = wave.satisfaction {
        row["waardering"] = json!({ "antwoorden": answers, "som_tienden": tenths });
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::monitor::counts_file::read_monitor;

    #[test]
    fn what_was_read_is_written_back() {
        let file = json!({
            "formaat": FORMAT, "id": "2027-01", "peildatum": "2027-01-15", "lichtingen": [
                { "id": "L1", "tellingen": { "aangemeld": 220, "intake": 214, "voortraject": 196 }, "open": { "voortraject": 6 },
                  "gestopt": [{ "na": "intake", "reden": "te_zwaar", "aantal": 12 }], "waardering": { "antwoorden": 88, "som_tienden": 7120 } },
                { "id": "L2", "tellingen": { "aangemeld": 0 } },
            ], "plan": "p", "pool": { "intern": 15 }, "uren": { "werkervaring": 2870 }, "kosten": { "intake": 825_000 },
        });
        let monitor = read_monitor(file.to_string().as_bytes()).expect("a monitor");
        assert_eq!(written(&monitor), file);
    }
}
