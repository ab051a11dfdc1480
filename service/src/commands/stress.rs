//! `loket stress`: what if this coach (or this school) drops out, for every one of them.

use std::io::IsTerminal;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use loket_solver::common::control::Control;
use loket_solver::matching::ask::stress::stress;
use loket_solver::matching::facts::words::{Status, Word};

use super::shared::{Ended, Inputs, show};
use super::solve::seconds;
use crate::console;
use crate::exit::Exit;
use crate::present::sheet::layout::STRESS;
use crate::present::stress::{Looked, machine, page};
use crate::watch::Watch;

/// What can be typed after `loket stress`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties", mut_arg("outcome", |it| it.help("De uitkomst die nu geldt (JSON), of - voor standaardinvoer")))]
pub struct Arguments {
    /// The two files.
    #[command(flatten)]
    pub files: Inputs,
    /// Ook elke school laten uitvallen
    #[arg(long)]
    pub schools: bool,
    /// Toon voor elke coach wie waarheen gaat, niet alleen voor de zwakste plek
    #[arg(long)]
    pub people: bool,
    /// Status van een plaatsing die er nog geen heeft: voorgesteld, akkoord (standaard) of gestart
    #[arg(long, value_name = "STATUS", value_parser = status)]
    pub status: Option<Status>,
    /// Stop na zoveel seconden met wat tot dan toe is doorgerekend
    #[arg(long, value_name = "SECONDEN", value_parser = seconds)]
    pub time_limit: Option<Duration>,
    /// Alles als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

fn status(text: &str) -> Result<Status, String> {
    Status::parse(text).ok_or_else(|| "Kies uit: voorgesteld, akkoord, gestart.".into())
}

/// Status 0, 1 when the outcome is not of this wave, 2 when a file is refused, 4 when stopped before everything was looked at.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    let mut watch = Watch::new(stop, arguments.time_limit);
    watch.show_life(arguments.json);
    let both = arguments.files.both(arguments.json)?;
    both.obeys()?;
    let shown = !arguments.json && std::io::stderr().is_terminal();
    let told = |done: usize, all: usize| {
        if shown {
            watch.quiet();
            console::redraw(format_args!("{done} van {all} doorgerekend"));
        }
    };
    let status = arguments.status.unwrap_or(Status::Akkoord);
    let found = stress(&both.loaded.wave, &both.plan, arguments.schools, status, &watch, &told);
    watch.quiet();
    if shown {
        console::page("\n");
    }
    let looked = Looked { loaded: &both.loaded, stress: &found, took: watch.elapsed() };
    show(
        arguments.json,
        || serde_json::to_value(machine::value(&looked)).unwrap_or_default(),
        || page::sheet(&looked, arguments.people).text(&STRESS),
    )?;
    Ok(if found.complete { Exit::Done } else { Exit::Stopped })
}
