//! The child process that computes: reads one request, keeps an ear on its life line, and says everything on standard output.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use loket_instances::matching::read::{Loaded, read_wave};
use loket_instances::matching::wave_file::{Roads, WaveFile};
use loket_instances::planning::plan_file::read_plan;
use loket_instances::scheduling::roster_file::read_roster;
use loket_instances::strict::problem::Refusal;
use serde_json::{Value, json};

use super::kinds::{Compute, Kind, PLAN_PART, ROSTER_PART};
use super::request;
use super::speaker::{Speaker, leave};
use super::task::{Desk, Given, ROADS, Task, part};
use crate::exit::Exit;
use crate::refusal::machine;

/// Longest line on the life line, bytes: more is not of this protocol.
const LONGEST_WORD: u64 = 1 << 10;

/// Computes one request from standard input. `stop` is set when the parent asks to stop with the best there is; when the parent is gone,
/// the process ends at once.
pub fn run(stop: &'static AtomicBool) -> Exit {
    let speaker = Speaker::start(Box::new(io::stdout()));
    let mut input = BufReader::new(io::stdin());
    let Ok(request) = request::read(&mut input) else {
        // The parent went away while it was talking.
        return Exit::Stopped;
    };
    let last = request.and_then(|(kind, given)| {
        thread::spawn(move || hear(input, stop));
        compute(kind, &given, &speaker, stop)
    });
    match last {
        Ok(value) => {
            speaker.end(&value);
            Exit::Done
        }
        Err(refused) => {
            let mut line = json!({ "soort": "geweigerd" });
            if let (Some(line), Value::Object(fields)) = (line.as_object_mut(), machine(&refused)) {
                line.extend(fields);
            }
            speaker.end(&line);
            Exit::Refused
        }
    }
}

/// Listens to the life line until it is cut.
fn hear(mut input: impl BufRead, stop: &AtomicBool) {
    loop {
        let mut word = Vec::new();
        match input.by_ref().take(LONGEST_WORD).read_until(b'\n', &mut word) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(0) | Err(_) => leave(),
            Ok(_) if word.trim_ascii() == b"stop" => stop.store(true, Ordering::SeqCst),
            Ok(_) => {}
        }
    }
}

/// The wave of a request; with the minutes of travel beside it where it has no coordinates.
fn loaded(given: &Given) -> Result<Loaded, Refusal> {
    let wave = given.part("lichting").unwrap_or_default();
    let Some(table) = given.part(ROADS) else { return read_wave(wave) };
    let Some((roads, sha256)) = Roads::read(table) else {
        let remedy = "stuur de tabel zoals docs/operating.md die beschrijft";
        return Err(Refusal::one("reizen", &part(ROADS), "dit is geen tabel met reistijden", remedy));
    };
    WaveFile::read(wave)?.build_with(&roads, sha256)
}

/// The last line to say.
fn compute(kind: &Kind, given: &Given, speaker: &Speaker, stop: &AtomicBool) -> Result<Value, Refusal> {
    let desk = Desk::new(given, speaker, stop);
    match kind.compute {
        Compute::Wave(answer) => {
            let loaded = loaded(given)?;
            answer(Task { given, loaded: &loaded, speaker, desk })
        }
        Compute::Roster(answer) => {
            let loaded = read_roster(given.part(ROSTER_PART).unwrap_or_default())?;
            answer(Task { given, loaded: &loaded, speaker, desk })
        }
        Compute::Plan(answer) => {
            let loaded = read_plan(given.part(PLAN_PART).unwrap_or_default())?;
            answer(Task { given, loaded: &loaded, speaker, desk })
        }
    }
}
