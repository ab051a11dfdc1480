//! `loket explain`: why, what else and what if about an outcome.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::channel;
use std::time::Duration;

use loket_instances::read::Loaded;
use loket_solver::explain::Base;
use loket_solver::explain::alternatives::{self, By, Start};
use loket_solver::explain::ask::{Answer, ask};
use loket_solver::explain::change::{Change, Spot};
use loket_solver::explain::fits::fits;
use loket_solver::explain::none::why_none;
use loket_solver::explain::rest::rest;
use loket_solver::explain::scarcity::{Actor, actor, scarcity};
use loket_solver::explain::why::why;
use loket_solver::ids::CandidateId;
use serde_json::{Map, Value};

use super::solve::seconds;
use crate::exit::Exit;
use crate::explain::view::{Lens, View};
use crate::explain::{base, ids, json, pages};
use crate::files::{self, FileError};
use crate::watch::Watch;

/// What can be typed after `loket explain`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De lichting (JSON), of - voor standaardinvoer
    #[arg(value_name = "LICHTING", help_heading = "Bestanden")]
    pub wave: PathBuf,
    /// De uitkomst (JSON), of - voor standaardinvoer
    #[arg(value_name = "UITKOMST", help_heading = "Bestanden")]
    pub outcome: PathBuf,
    /// Waarom deze plaats, of waarom geen; met alternatieven en hun prijs
    #[arg(long, value_name = "KANDIDAAT", help_heading = "Vragen")]
    pub candidate: Option<String>,
    /// Hoeveel alternatieven, of hoeveel kandidaten bij --seat en --coach (standaard 5)
    #[arg(long, value_name = "AANTAL", default_value_t = 5, hide_default_value = true, help_heading = "Vragen")]
    pub alternatives: usize,
    /// Wie past er op deze plek
    #[arg(long, value_name = "SCHOOL:PLEK", help_heading = "Vragen")]
    pub seat: Option<String>,
    /// Wie zou deze coach kunnen begeleiden
    #[arg(long, value_name = "COACH", help_heading = "Vragen")]
    pub coach: Option<String>,
    /// Wat één plek, coachplaats of tien minuten meer oplevert; hoeveel er worden nagerekend (standaard 20)
    #[arg(long, value_name = "AANTAL", num_args = 0..=1, default_missing_value = "20", help_heading = "Vragen")]
    pub scarcity: Option<usize>,
    /// Wat als deze kandidaat daar komt; mag vaker, samen met --forbid. Z1 alleen: wat als Z1 in elk geval een plaats krijgt
    #[arg(long, value_name = "Z1=SCHOOL:PLEK:COACH", help_heading = "Vragen")]
    pub force: Vec<String>,
    /// Regels die daarbij niet gelden, met komma's ertussen: bijvoorbeeld reistijd,bouw
    #[arg(long, value_name = "REGELS", value_delimiter = ',', requires = "force", help_heading = "Vragen")]
    pub ondanks: Vec<String>,
    /// Wat als deze kandidaat daar niet komt; mag vaker
    #[arg(long, value_name = "Z1=SCHOOL:PLEK:COACH", help_heading = "Vragen")]
    pub forbid: Vec<String>,
    /// Wie er kijkt: intermediair (standaard), bestuur:B1 of kandidaat
    #[arg(long, value_name = "WIE", default_value = "intermediair", hide_default_value = true)]
    pub view: String,
    /// Stop na zoveel seconden met wat tot dan toe is nagerekend
    #[arg(long, value_name = "SECONDEN", value_parser = seconds)]
    pub time_limit: Option<Duration>,
    /// Antwoorden als JSON
    #[arg(long)]
    pub json: bool,
}

/// What is asked, read and allowed.
struct Questions {
    candidate: Option<CandidateId>,
    spot: Option<Spot>,
    changes: Vec<Change>,
    view: View,
}

/// Status 0 when answered, 1 when the outcome does not agree with the wave, 2 when something typed is unknown or not to be seen, 3 when
/// what is forced cannot be, 4 when stopped.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Result<Exit, FileError> {
    if files::is_standard(&arguments.wave) && files::is_standard(&arguments.outcome) {
        return Err(FileError("De lichting en de uitkomst kunnen niet allebei van standaardinvoer komen.".into()));
    }
    let Some(loaded) = super::wave(&arguments.wave, arguments.json)? else {
        return Ok(Exit::Refused);
    };
    let bytes = files::read(&arguments.outcome)?;
    let mut base = match base(&loaded, &bytes, &super::called(&arguments.outcome)) {
        Ok(base) => base,
        Err(why) => {
            eprintln!("{why}");
            return Ok(Exit::Wrong);
        }
    };
    let questions = questions(arguments, &loaded, &base).map_err(FileError)?;
    let watch = Watch::new(stop, arguments.time_limit);
    if questions.candidate.is_some() || questions.spot.is_some() || arguments.scarcity.is_some() {
        // Worth it for several questions; a what-if alone is as quick without.
        base.learn(&watch);
    }
    let mut teller =
        Teller { lens: Lens::new(&loaded, &base.plan, questions.view), machine: arguments.json.then(Map::new), exit: Exit::Done };
    if let Some(candidate) = questions.candidate {
        about(&mut teller, &base, candidate, arguments.alternatives, &watch)?;
    }
    if let Some(spot) = questions.spot {
        let found = fits(&base, spot, arguments.alternatives, &watch);
        teller.stopped(found.stopped);
        let lens = teller.lens;
        teller.tell("passen", |lens| json::fits(lens, &found), || pages::fits(&lens, spot, &found))?;
    }
    if let Some(most) = arguments.scarcity {
        let own = |change: &Change| match questions.view {
            View::Board(board) => actor(base.wave, change) == Actor::Board(board),
            View::Intermediary | View::Candidate(_) => true,
        };
        let found = scarcity(&base, most, &own, &watch);
        teller.stopped(found.stopped);
        let lens = teller.lens;
        teller.tell("schaarste", |lens| json::scarcity(lens, &found), || pages::scarcity(&lens, &found))?;
        if questions.view == View::Intermediary {
            let found = rest(&base, &watch);
            teller.stopped(found.stopped);
            teller.tell("rest", |lens| json::rest(lens, &found), || pages::rest(&lens, &found))?;
        }
    }
    if !questions.changes.is_empty() {
        let answer = ask(&base, &questions.changes, &watch);
        match answer {
            Answer::Impossible(_) | Answer::Contradiction(_) => teller.exit = Exit::Impossible,
            Answer::Stopped => teller.exit = Exit::Stopped,
            Answer::Possible(_) => {}
        }
        let lens = teller.lens;
        teller.tell("wat_als", |lens| json::answer(lens, &answer), || pages::what_if(&lens, &questions.changes, &answer))?;
    }
    teller.end()
}

/// Why, or why none, and what else.
fn about(teller: &mut Teller<'_>, base: &Base<'_>, candidate: CandidateId, most: usize, watch: &Watch<'_>) -> Result<(), FileError> {
    let lens = teller.lens;
    if let Some(found) = why_none(base, candidate, 3, watch) {
        return teller.tell("waarom_geen", |lens| json::why_none(lens, candidate, &found), || pages::none(&lens, candidate, &found));
    }
    // What would be chosen next makes every other question about this candidate quicker.
    let start = (most > 0).then(|| Start::new(base, candidate, By::Seat, &[], watch));
    let near = start.as_ref().map_or_else(|| base.clone(), |start| start.near(base));
    // Both are asked at the same time; alternatives wait for their turn on the page.
    let (found, told) = channel();
    let all = std::thread::scope(|scope| {
        let asked = scope.spawn(move || {
            // Nobody listens any more when the page could not be written.
            start.map(|start| alternatives::from(base, start, most, watch, &mut |it| drop(found.send(it.clone()))))
        });
        if let Some(found) = why(&near, candidate, 3, watch) {
            teller.stopped(found.stopped);
            teller.tell("waarom", |lens| json::why(lens, candidate, &found), || pages::why(&lens, candidate, &found))?;
        }
        if teller.machine.is_none() && most > 0 {
            super::print(&pages::alternatives_head(&lens, candidate))?;
            for (position, it) in (1..).zip(told.iter().filter(|it| lens.sees_seat(it.placement.seat))) {
                super::print(&pages::alternative(&lens, candidate, position, &it))?;
            }
        }
        Ok(asked.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    let Some(all) = all else { return Ok(()) };
    teller.stopped(all.stopped);
    teller.tell("alternatieven", |lens| json::alternatives(lens, &all), || pages::alternatives_end(&lens, &all))
}

/// Shows answers as they come, or keeps them for one JSON document.
struct Teller<'a> {
    lens: Lens<'a>,
    machine: Option<Map<String, Value>>,
    exit: Exit,
}

impl Teller<'_> {
    fn tell(&mut self, name: &str, machine: impl FnOnce(&Lens<'_>) -> Value, text: impl FnOnce() -> String) -> Result<(), FileError> {
        match &mut self.machine {
            Some(page) => {
                page.insert(name.into(), machine(&self.lens));
                Ok(())
            }
            None => super::print(&text()),
        }
    }

    fn stopped(&mut self, stopped: bool) {
        if stopped {
            self.exit = Exit::Stopped;
        }
    }

    fn end(self) -> Result<Exit, FileError> {
        if let Some(page) = self.machine {
            super::print(&super::pretty(&Value::Object(page)))?;
        }
        Ok(self.exit)
    }
}

fn questions(arguments: &Arguments, loaded: &Loaded, base: &Base<'_>) -> Result<Questions, String> {
    let wave = &loaded.wave;
    let candidate = arguments.candidate.as_deref().map(|id| ids::candidate(wave, id)).transpose()?;
    let mut spot = None;
    if let Some(text) = &arguments.seat {
        let at = ids::spot(wave, text)?;
        if at.seat.is_none() && at.school.is_none() {
            return Err("--seat vraagt om SCHOOL:PLEK.".into());
        }
        spot = Some(at);
    }
    if let Some(id) = &arguments.coach {
        spot = Some(Spot { coach: Some(ids::coach(wave, id)?), ..spot.unwrap_or_default() });
    }
    let mut changes = Vec::new();
    let despite = arguments.ondanks.iter().map(|code| ids::overrulable(code)).collect::<Result<Vec<_>, _>>()?;
    for text in &arguments.force {
        let (candidate, spot) = ids::choice(wave, text)?;
        changes.push(Change::Force { candidate, spot, despite: despite.clone() });
    }
    for text in &arguments.forbid {
        let (candidate, spot) = ids::choice(wave, text)?;
        changes.push(Change::Forbid { candidate, spot });
    }
    if candidate.is_none() && spot.is_none() && changes.is_empty() && arguments.scarcity.is_none() {
        return Err("Wat is de vraag? Kies uit --candidate, --seat, --coach, --scarcity, --force en --forbid.".into());
    }
    let view = match arguments.view.as_str() {
        "intermediair" => View::Intermediary,
        "kandidaat" => match candidate {
            Some(candidate) if spot.is_none() && changes.is_empty() && arguments.scarcity.is_none() => View::Candidate(candidate),
            _ => return Err("Een kandidaat ziet alleen zichzelf: vraag met --candidate, zonder andere vragen.".into()),
        },
        other => match View::parse(other, wave) {
            Some(View::Candidate(_)) => return Err("Vraag het met --candidate ID --view kandidaat.".into()),
            Some(view) => view,
            None => {
                let name = other.strip_prefix("bestuur:").map(|id| ids::board(wave, id));
                let unknown = format!("{other} is geen kijker; kies uit intermediair, bestuur:B1 en kandidaat.");
                return Err(name.and_then(Result::err).unwrap_or(unknown));
            }
        },
    };
    if let View::Board(board) = view {
        let own = |school| wave.schools[school].board == board;
        if candidate.is_some_and(|candidate| !base.plan[candidate].is_some_and(|placement| own(placement.school(wave)))) {
            return Err("Een bestuur kan alleen vragen naar wie op een eigen school geplaatst is.".into());
        }
        let school = spot.and_then(|spot| spot.school.or_else(|| spot.seat.map(|seat| wave.seats[seat].school)));
        if spot.is_some_and(|spot| spot.coach.is_some()) || school.is_some_and(|school| !own(school)) || !changes.is_empty() {
            return Err("Een bestuur kan alleen vragen naar eigen scholen: --candidate, --seat en --scarcity.".into());
        }
    }
    Ok(Questions { candidate, spot, changes, view })
}
