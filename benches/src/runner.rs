//! The program `waves`: measures whole waves, alone or beside other solvers, and writes tables of what it measured.

use std::fmt::Display;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use loket_benches::entry::{self, Entry};
use loket_benches::export::export;
use loket_benches::family::Family;
use loket_benches::ours::{Place, Sample, Solver};
use loket_benches::peers::{PEERS, Peers};
use loket_benches::{machine, table};
use loket_instances::matching::read::read_wave;
use loket_solver::matching::facts::wave::Wave;

/// Measures whole waves by seed.
#[derive(Debug, Parser)]
#[command(name = "waves")]
struct Arguments {
    /// The program `loket`; else the one beside this program
    #[arg(long, global = true)]
    loket: Option<PathBuf>,
    /// Where waves, outcomes and results go; else `bench` in the target folder
    #[arg(long, global = true)]
    folder: Option<PathBuf>,
    #[command(subcommand)]
    command: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Solve the families with loket
    Run {
        #[command(flatten)]
        run: Run,
        /// Another build of loket, measured in turns with this one
        #[arg(long)]
        baseline: Option<PathBuf>,
        /// What the table calls it
        #[arg(long, default_value = "baseline")]
        called: String,
    },
    /// How cost grows with the number of candidates
    Grow {
        /// Numbers of candidates
        #[arg(long, value_delimiter = ',', default_values_t = [50, 100, 200, 500, 1000, 2000, 5000])]
        sizes: Vec<usize>,
        #[command(flatten)]
        how: How,
    },
    /// The same waves in one go with loket, its plain formulation and the peers; goes on where it was stopped
    Peers {
        /// A Python with the packages of benches/peers/requirements.txt
        #[arg(long)]
        python: PathBuf,
        /// benches/peers/peer.py
        #[arg(long)]
        script: PathBuf,
        /// Seconds for each peer, in place of ten times ours
        #[arg(long)]
        peer_seconds: Option<f64>,
        /// Most seconds for each peer
        #[arg(long, default_value_t = 600.0)]
        most: f64,
        /// Which peers (plain is ours), else all
        #[arg(long, value_delimiter = ',')]
        peers: Vec<String>,
        /// Forget what was measured before
        #[arg(long)]
        again: bool,
        #[command(flatten)]
        run: Run,
    },
    /// Write the plain model of a wave for other solvers
    Export {
        /// The wave file
        wave: PathBuf,
        /// The model (JSON); its arrays come beside it
        #[arg(short, long)]
        output: PathBuf,
    },
    /// A Markdown table of a file of results
    Table {
        /// The file of results
        results: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
struct Run {
    /// Which families, else amsterdam, amsterdam-mixed and rerun
    #[arg(long, value_delimiter = ',', value_parser = Family::parse)]
    families: Vec<Family>,
    /// Number of candidates, else the family's
    #[arg(long)]
    candidates: Option<usize>,
    #[command(flatten)]
    how: How,
}

#[derive(Debug, clap::Args)]
struct How {
    /// Seeds
    #[arg(long, value_delimiter = ',', default_values_t = [1, 2, 3])]
    seeds: Vec<u64>,
    /// Limit for loket, seconds
    #[arg(long)]
    seconds: Option<f64>,
    /// Runs per wave, of which the one of median seconds counts
    #[arg(long, default_value_t = 1)]
    repeats: usize,
    /// The file of results, else one in the folder
    #[arg(long)]
    results: Option<PathBuf>,
}

impl Run {
    /// Every wave asked for: family, candidates, seed.
    fn waves(&self) -> Vec<(Family, usize, u64)> {
        let usual = [Family::Amsterdam, Family::AmsterdamMixed, Family::Rerun];
        let families = if self.families.is_empty() { usual.to_vec() } else { self.families.clone() };
        let sizes = families.into_iter().map(|family| (family, self.candidates.unwrap_or(family.candidates())));
        sizes.flat_map(|(family, size)| self.how.seeds.iter().map(move |&seed| (family, size, seed))).collect()
    }
}

/// On standard output; nobody has to read it.
fn tell(text: impl Display) {
    let _ = write!(std::io::stdout(), "{text}");
}

/// A line on standard error; nobody has to read it.
fn warn(text: impl Display) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            warn(message);
            ExitCode::from(2)
        }
    }
}

/// Whether every outcome was verified and no two solvers contradict each other.
fn run(arguments: Arguments) -> Result<bool, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let beside = own.parent().ok_or("this program lies in no folder")?;
    let program = arguments.loket.unwrap_or_else(|| beside.join("loket"));
    let folder = arguments.folder.unwrap_or_else(|| beside.parent().unwrap_or(beside).join("bench"));
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let place = Place { program, folder };
    match arguments.command {
        What::Run { run, baseline, called } => {
            let baseline = baseline.map(|program| Solver { name: called, program, ..place.ours() });
            measured(&place, baseline, "results.jsonl", &run.waves(), &run.how)
        }
        What::Grow { sizes, how } => {
            let waves: Vec<_> = sizes.iter().flat_map(|&size| how.seeds.iter().map(move |&seed| (Family::Growth, size, seed))).collect();
            measured(&place, None, "growth.jsonl", &waves, &how)
        }
        What::Peers { python, script, peer_seconds, most, peers, again, run } => {
            let results = run.how.results.clone().unwrap_or_else(|| place.folder.join("peers.jsonl"));
            if again && results.exists() {
                fs::remove_file(&results).map_err(|error| format!("{}: {error}", results.display()))?;
            }
            let solvers = ["plain"].into_iter().chain(PEERS);
            let solvers: Vec<&str> = solvers.filter(|one| peers.is_empty() || peers.iter().any(|name| name == one)).collect();
            let contest = Contest { place, peers: Peers { python, script }, solvers, results, peer_seconds, most };
            contest.run(&run)
        }
        What::Export { wave, output } => {
            let exported = export(&load(&wave)?, &output)?;
            tell(format_args!("{} triples, {} limits, {} goals\n", exported.triples, exported.limits, exported.goals));
            Ok(true)
        }
        What::Table { results } => {
            tell(table::table(&entry::read(&results)?));
            Ok(true)
        }
    }
}

fn load(file: &Path) -> Result<Wave, String> {
    let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let loaded = read_wave(&bytes).map_err(|refusal| format!("{}: {} problems", file.display(), refusal.problems.len()))?;
    Ok(loaded.wave)
}

/// Solves waves with loket, and with another build of it.
fn measured(place: &Place, baseline: Option<Solver>, file: &str, waves: &[(Family, usize, u64)], how: &How) -> Result<bool, String> {
    let solvers: Vec<Solver> = std::iter::once(place.ours()).chain(baseline).collect();
    let results = how.results.clone().unwrap_or_else(|| place.folder.join(file));
    tell(format_args!("{}\n", table::HEADING));
    let mut good = true;
    for &(family, candidates, seed) in waves {
        let sample = place.sample(family, candidates, seed)?;
        for entry in place.measure(&sample, &solvers, how.seconds, how.repeats)? {
            entry::add(&results, &entry)?;
            tell(format_args!("{}\n", table::row(&entry)));
            good &= entry.remark.is_empty();
        }
    }
    tell(format_args!("\nMachine: {}\n", machine::name()));
    Ok(good)
}

/// One go of all solvers.
struct Contest {
    place: Place,
    peers: Peers,
    solvers: Vec<&'static str>,
    results: PathBuf,
    peer_seconds: Option<f64>,
    most: f64,
}

impl Contest {
    fn run(&self, run: &Run) -> Result<bool, String> {
        let program = machine::fingerprint(&self.place.program)?;
        let known = entry::read(&self.results)?;
        if known.iter().any(|entry| entry.program != program) {
            let name = self.results.display();
            return Err(format!("{name} was measured with another build of loket: move it away, or start over with --again"));
        }
        tell(format_args!("{}\n", table::HEADING));
        let mut good = true;
        for (family, candidates, seed) in run.waves() {
            good &= self.wave(&known, self.place.sample(family, candidates, seed)?, &run.how)?;
        }
        tell(format_args!("\nMachine: {}\n", machine::name()));
        Ok(good)
    }

    /// One wave by everybody; what is known already is not run again.
    fn wave(&self, known: &[Entry], sample: Sample, how: &How) -> Result<bool, String> {
        let known = |solver: &str| known.iter().find(|entry| entry.same(&sample.fingerprint, solver)).cloned();
        let add = |entry: Entry, new: bool| -> Result<Entry, String> {
            if new {
                entry::add(&self.results, &entry)?;
            }
            tell(format_args!("{}\n", table::row(&entry)));
            Ok(entry)
        };
        let measured = |solver: &Solver, seconds: Option<f64>, repeats: usize| -> Result<Entry, String> {
            let entries = self.place.measure(&sample, std::slice::from_ref(solver), seconds, repeats)?;
            add(entries.into_iter().next().ok_or("nothing was measured")?, true)
        };
        let ours = match known("loket") {
            Some(entry) => add(entry, false)?,
            None => measured(&self.place.ours(), how.seconds, how.repeats)?,
        };
        let mut good = ours.remark.is_empty();
        let seconds = self.peer_seconds.unwrap_or((10.0 * ours.seconds).min(self.most));
        let model = sample.file.with_extension("triples.json");
        let mut names: Option<Vec<String>> = None;
        for &solver in &self.solvers {
            // The country is too large for the others: they would only be waited for.
            if sample.family == Family::Land && !["highs", "greedy"].contains(&solver) {
                continue;
            }
            let entry = match known(solver) {
                Some(entry) => add(entry, false)?,
                None if solver == "plain" => measured(&self.place.plain(), Some(seconds), 1)?,
                None => {
                    let names = match &names {
                        Some(names) => names,
                        None => names.insert(self.exported(&sample, &model)?),
                    };
                    add(self.peers.measure(&self.place, &sample, &model, names, solver, seconds)?, true)?
                }
            };
            for contradiction in entry::contradictions(&ours, &entry) {
                warn(format_args!("CONTRADICTION on {} {} seed {}: {contradiction}", entry.family, entry.candidates, entry.seed));
                good = false;
            }
        }
        Ok(good)
    }

    /// Writes the model of a sample; gives the names of the goals.
    fn exported(&self, sample: &Sample, model: &Path) -> Result<Vec<String>, String> {
        let wave = load(&sample.file)?;
        export(&wave, model)?;
        Ok(wave.policy.goals.iter().map(|goal| goal.name.clone()).collect())
    }
}
