//! Makes a wave that shows a fault as small as it gets: everything that can go while the fault stays, goes.

use serde_json::{Map, Value};

/// A shrunk wave and what it took.
pub struct Shrunk {
    /// The smallest wave found on which the fault still shows.
    pub wave: Value,
    /// How many waves were tried.
    pub tried: u64,
    /// Whether nothing more could go; otherwise the tries were used up.
    pub finished: bool,
}

/// Leaves out candidates, schools, coaches, seat groups, entries, goals and settings, one by one and as long as something can go,
/// while `still` holds of what is left. `still` must hold of the wave and must be false for a file that is refused.
///
/// A row goes with the entries that name it, or else alone (an entry may name what a wave no longer has). Delta debugging by single
/// pieces (Zeller & Hildebrandt 2002), with the large pieces first.
pub fn shrink(wave: &Value, most: u64, still: &dyn Fn(&Value) -> bool) -> Shrunk {
    let mut shrunk = Shrunk { wave: wave.clone(), tried: 0, finished: false };
    loop {
        let before = shrunk.wave.clone();
        for table in ["kandidaten", "scholen", "coaches"] {
            halves(&mut shrunk, table, most, still);
        }
        pieces(&mut shrunk, most, still);
        if shrunk.tried >= most {
            return shrunk;
        }
        if shrunk.wave == before {
            shrunk.finished = true;
            return shrunk;
        }
    }
}

impl Shrunk {
    /// Takes a smaller wave when the fault still shows on it.
    fn accept(&mut self, smaller: Value, most: u64, still: &dyn Fn(&Value) -> bool) -> bool {
        if self.tried >= most || smaller == self.wave {
            return false;
        }
        self.tried += 1;
        let accepted = still(&smaller);
        if accepted {
            self.wave = smaller;
        }
        accepted
    }
}

/// Leaves out runs of rows of a table: half of it, a quarter, and so on down to two.
fn halves(shrunk: &mut Shrunk, table: &str, most: u64, still: &dyn Fn(&Value) -> bool) {
    let mut run = rows(&shrunk.wave, table) / 2;
    while run >= 2 {
        let mut end = rows(&shrunk.wave, table);
        while end > 0 {
            let start = end.saturating_sub(run);
            let mut smaller = shrunk.wave.clone();
            for row in (start..end).rev() {
                smaller = without_row(&smaller, table, row);
            }
            shrunk.accept(smaller, most, still);
            end = start.min(rows(&shrunk.wave, table));
        }
        run /= 2;
    }
}

fn rows(wave: &Value, table: &str) -> usize {
    wave[table].as_array().map_or(0, Vec::len)
}

/// Leaves out every piece in turn, from the last to the first and large before small.
fn pieces(shrunk: &mut Shrunk, most: u64, still: &dyn Fn(&Value) -> bool) {
    for table in ["kandidaten", "scholen", "coaches", "vast", "verboden", "vorig_plan", "paren", "reistijden", "besturen"] {
        for row in (0..rows(&shrunk.wave, table)).rev() {
            let smaller = without_row(&shrunk.wave, table, row);
            if !shrunk.accept(smaller, most, still) {
                let smaller = without(&shrunk.wave, &format!("/{table}/{row}"));
                shrunk.accept(smaller, most, still);
            }
        }
    }
    let mut pointers = Vec::new();
    every_pointer(&shrunk.wave, "", &mut pointers);
    // Longer pointers lie inside shorter ones: the last of equal depth first, so that positions of the others stay what they are.
    pointers.sort_by_key(|pointer| pointer.matches('/').count());
    for depth in pointers.chunk_by(|one, other| one.matches('/').count() == other.matches('/').count()) {
        for pointer in depth.iter().rev() {
            if shrunk.wave.pointer(pointer).is_some() {
                let smaller = without(&shrunk.wave, pointer);
                shrunk.accept(smaller, most, still);
            }
        }
    }
    for pointer in pointers.iter().rev() {
        let Some(number) = shrunk.wave.pointer(pointer).and_then(Value::as_u64) else { continue };
        for lower in [0, 1, 10, 100, number / 2] {
            if lower < number {
                let mut smaller = shrunk.wave.clone();
                *smaller.pointer_mut(pointer).expect("it was there") = Value::from(lower);
                if shrunk.accept(smaller, most, still) {
                    break;
                }
            }
        }
    }
}

/// The wave without a row and without the entries that name it.
fn without_row(wave: &Value, table: &str, row: usize) -> Value {
    let id = wave[table][row]["id"].clone();
    let mut wave = without(wave, &format!("/{table}/{row}"));
    let (names, tables): (&[&str], &[&str]) = match table {
        "kandidaten" => (&["kandidaat", "van"], &["vast", "verboden", "vorig_plan", "reistijden"]),
        "scholen" => (&["school", "naar"], &["vast", "verboden", "vorig_plan", "reistijden"]),
        "coaches" => (&["coach", "van"], &["vast", "verboden", "vorig_plan", "reistijden"]),
        "besturen" => (&["bestuur"], &["scholen", "verboden"]),
        _ => return wave,
    };
    if let Some(pairs) = wave.get_mut("paren").and_then(Value::as_array_mut) {
        pairs.retain(|pair| pair["kandidaten"].as_array().is_none_or(|two| id.is_null() || !two.contains(&id)));
    }
    for list in tables {
        if let Some(entries) = wave.get_mut(*list).and_then(Value::as_array_mut) {
            entries.retain(|entry| names.iter().all(|name| entry[*name] != id || id.is_null()));
        }
    }
    wave
}

/// The value without what a pointer points at.
fn without(value: &Value, pointer: &str) -> Value {
    let mut value = value.clone();
    let Some((parent, last)) = pointer.rsplit_once('/') else { return value };
    match value.pointer_mut(parent) {
        Some(Value::Array(items)) => {
            if let Ok(at) = last.parse::<usize>()
                && at < items.len()
            {
                items.remove(at);
            }
        }
        Some(Value::Object(fields)) => {
            fields.shift_remove(&last.replace("~1", "/").replace("~0", "~"));
        }
        _ => {}
    }
    value
}

/// JSON pointers (RFC 6901) to everything inside a value.
fn every_pointer(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut inside = |key: String, item: &Value| {
        let pointer = format!("{at}/{key}");
        found.push(pointer.clone());
        every_pointer(item, &pointer, found);
    };
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(position, item)| inside(position.to_string(), item)),
        Value::Object(fields) => fields.iter().for_each(|(key, item)| inside(key.replace('~', "~0").replace('/', "~1"), item)),
        _ => {}
    }
}

/// The sizes of a wave's tables, for the line that says what is left.
pub fn sizes(wave: &Value) -> String {
    let tables = ["kandidaten", "scholen", "coaches", "vast", "verboden", "vorig_plan"];
    tables.map(|table| format!("{} {table}", rows(wave, table))).join(", ") + &format!(", {} beleidskeuzes", settings(wave))
}

fn settings(wave: &Value) -> usize {
    wave["beleid"].as_object().map_or(0, Map::len)
}
