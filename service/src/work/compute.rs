//! The child process that computes: reads one request, keeps an ear on its life line, and says everything on standard output.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use loket_instances::matching::read::{Loaded, read_wave};
use loket_instances::strict::problem::Refusal;
use loket_solver::common::control::Control;
use loket_solver::matching::ask::explain::Base;
use loket_solver::matching::ask::stress::stress;
use loket_solver::matching::judge::fairness::fairness;
use serde_json::{Map, Value, json};

use super::fields::refusal;
use super::kind::Kind;
use super::question::{self, Asked};
use super::request::{self, Request};
use super::solving::{Desk, solve};
use super::speaker::{Speaker, leave};
use crate::exit::Exit;
use crate::present::explain::answers::{Part, Question, answer};
use crate::present::explain::view::Lens;
use crate::present::explain::{base, json};
use crate::present::report::sheet;
use crate::present::stress::{self as stress_page, Looked};
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
    let last = request.and_then(|request| {
        thread::spawn(move || hear(input, stop));
        compute(&request, &speaker, stop)
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

/// The last line to say.
fn compute(request: &Request, speaker: &Speaker, stop: &AtomicBool) -> Result<Value, Refusal> {
    let desk = Desk::new(request, speaker, stop);
    let loaded = read_wave(request.part("lichting").unwrap_or_default())?;
    match request.kind {
        Kind::Solve => solve(request, &loaded, desk),
        _ => explain(request, &loaded, speaker, &desk),
    }
}

fn explain(request: &Request, loaded: &Loaded, speaker: &Speaker, desk: &Desk<'_>) -> Result<Value, Refusal> {
    let mut base = base(loaded, request.part("uitkomst").unwrap_or_default(), "De uitkomst")
        .map_err(|why| refusal("uitkomst", "/delen/uitkomst", why, "stuur een uitkomst met een plan dat bij deze lichting hoort"))?;
    match question::read(request.kind, &request.question, &base)? {
        Asked::Question(view, question) => {
            if question.asks_often() {
                base.learn(desk);
            }
            let lens = Lens::new(loaded, &base.plan, view);
            Ok(answered(&Talk { lens, speaker, desk }, &base, &question))
        }
        Asked::Stress { schools, status } => {
            let told = |done: usize, all: usize| {
                speaker.progress(&json!({ "soort": "voortgang", "gedaan": done, "van": all }), done == all);
            };
            let found = stress(&loaded.wave, &base.plan, schools, status, desk, &told);
            let looked = Looked { loaded, stress: &found, took: desk.elapsed() };
            Ok(json!({ "soort": "antwoord", "antwoord": stress_page::machine::value(&looked), "volledig": found.complete }))
        }
        Asked::Report(view) => {
            let page = sheet(loaded, &base.plan, &fairness(&loaded.wave, &base.plan), view);
            Ok(json!({ "soort": "antwoord", "antwoord": page.json(), "volledig": true }))
        }
    }
}

/// What is needed to tell an answer.
struct Talk<'a> {
    lens: Lens<'a>,
    speaker: &'a Speaker,
    desk: &'a Desk<'a>,
}

/// Answers a question, with its parts as they come where there are several.
fn answered(talk: &Talk<'_>, base: &Base<'_>, question: &Question) -> Value {
    let Talk { lens, speaker, desk } = talk;
    let several = matches!(question, Question::Why { .. } | Question::Scarcity { rest: true, .. });
    let mut page = Map::new();
    let mut whole = true;
    let told = answer(base, lens, question, *desk, &mut |part| {
        // Why there is no placement does not say of itself that it was cut short.
        let cut_short = part.stopped() || matches!(part, Part::WhyNone(..)) && desk.over();
        whole &= !cut_short;
        let found = match part {
            Part::Alternative(_, _, it) => Some(("alternatief", json::alternative(lens, it))),
            _ => part.json(lens),
        };
        let Some((name, value)) = found else { return Ok(()) };
        if several {
            speaker.say(&json!({ "soort": "deel", "naam": name, "antwoord": value }));
        }
        if !matches!(part, Part::Alternative(..)) {
            page.insert(name.to_owned(), value);
        }
        Ok::<(), std::convert::Infallible>(())
    });
    let Ok(()) = told;
    json!({ "soort": "antwoord", "antwoord": page, "volledig": whole })
}
