//! `loket explain`: why, what else and what if about an outcome.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use loket_instances::matching::read::Loaded;
use loket_solver::matching::ask::explain::Base;
use loket_solver::matching::ask::explain::change::{Change, Spot};

use super::shared::{Early, Ended, Inputs, called, pretty, print, wave};
use super::solve::seconds;
use crate::console;
use crate::exit::Exit;
use crate::files::{self, FileError};
use crate::present::explain::answers::{Page, Part, Question, allowed, answer};
use crate::present::explain::view::{Lens, View};
use crate::present::explain::{base, ids};
use crate::present::sheet::layout::EXPLAIN;
use crate::watch::Watch;

/// What can be typed after `loket explain`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// The two files.
    #[command(flatten)]
    pub files: Inputs,
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

/// Status 0 when answered, 1 when the outcome does not agree with the wave, 2 when something typed is unknown or not to be seen, 3 when
/// what is forced cannot be, 4 when stopped.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    let mut watch = Watch::new(stop, arguments.time_limit);
    watch.show_life(arguments.json);
    arguments.files.apart()?;
    let loaded = wave(&arguments.files.wave, arguments.json)?;
    let bytes = files::read(&arguments.files.outcome)?;
    let mut base = base(&loaded, &bytes, &called(&arguments.files.outcome)).map_err(|why| {
        console::page(format_args!("{why}\n"));
        Early::Told(Exit::Wrong)
    })?;
    let (view, questions) = questions(arguments, &loaded, &base).map_err(FileError)?;
    if !base.proven() {
        watch.clear();
        crate::console::line(format_args!(
            "Van dit plan is niet bewezen dat het niet beter kan. Eerst wordt het zelf verder doorgerekend, dan pas de vraag."
        ));
    }
    if !base.proven() || questions.iter().any(Question::asks_often) {
        base.learn(&watch);
    }
    let lens = Lens::new(&loaded, &base.plan, view);
    let mut teller = Teller { lens, watch: &watch, told: false, machine: arguments.json.then(Page::default), exit: Exit::Done };
    for question in &questions {
        answer(&base, &lens, question, &watch, &mut |part| teller.tell(part))?;
    }
    Ok(teller.end()?)
}

/// Shows answers as they come, or keeps them for one JSON document.
struct Teller<'a> {
    lens: Lens<'a>,
    watch: &'a Watch<'a>,
    /// Whether it was told how the plan itself stands: once is enough for all questions.
    told: bool,
    machine: Option<Page>,
    exit: Exit,
}

impl Teller<'_> {
    fn tell(&mut self, part: Part<'_>) -> Result<(), FileError> {
        if matches!(part, Part::Standing(_)) && std::mem::replace(&mut self.told, true) {
            return Ok(());
        }
        self.watch.clear();
        if part.stopped() {
            self.exit = Exit::Stopped;
        } else if part.impossible() {
            self.exit = Exit::Impossible;
        }
        match &mut self.machine {
            Some(page) => {
                page.add(&part, &self.lens);
                Ok(())
            }
            None => print(&part.sheet(&self.lens).text(&EXPLAIN)),
        }
    }

    fn end(self) -> Result<Exit, FileError> {
        self.watch.quiet();
        if let Some(page) = self.machine {
            print(&pretty(&page.json(&self.lens)))?;
        }
        Ok(self.exit)
    }
}

/// What is asked, read and allowed.
fn questions(arguments: &Arguments, loaded: &Loaded, base: &Base<'_>) -> Result<(View, Vec<Question>), String> {
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
    let board = if let View::Board(board) = view { Some(board) } else { None };
    let questions: Vec<Question> = [
        candidate.map(|candidate| Question::Why { candidate, alternatives: arguments.alternatives }),
        spot.map(|spot| Question::Fits { spot, most: arguments.alternatives }),
        arguments.scarcity.map(|most| Question::Scarcity { most, board, rest: view == View::Intermediary }),
        (!changes.is_empty()).then_some(Question::WhatIf(changes)),
    ]
    .into_iter()
    .flatten()
    .collect();
    questions.iter().try_for_each(|question| allowed(view, base.wave, &base.plan, question))?;
    Ok((view, questions))
}
