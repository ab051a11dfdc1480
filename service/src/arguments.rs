//! What can be typed after `loket`.

use std::ffi::OsString;

use clap::{Parser, Subcommand};

use crate::commands::{backup, check, compute, difference, explain, generate, log, report, rerun, restore, serve, solve, stress, verify};

const HELP: &str = "{before-help}{about}\n\nGebruik: {usage}\n\n{all-args}{after-help}";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "loket",
    version,
    about = "Loket plaatst zij-instromers bij een school en een coach.",
    after_help = "Een bestandsnaam \"-\" staat voor standaardinvoer of standaarduitvoer.\n\
        Einde: 0 klaar, 1 uitkomst klopt niet, 2 invoer geweigerd, 3 onmogelijk, 4 gestopt zonder plan.",
    help_template = HELP,
    subcommand_help_heading = "Opdrachten",
    subcommand_value_name = "OPDRACHT",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Toon deze hulp
    #[arg(short, long, global = true, action = clap::ArgAction::Help, help_heading = "Opties")]
    help: Option<bool>,
    /// Toon het versienummer
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = "Opties")]
    version: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Los een lichting op
    #[command(help_template = HELP)]
    Solve(solve::Arguments),
    /// Kijk een lichting na: alle problemen en meldingen
    #[command(help_template = HELP)]
    Check(check::Arguments),
    /// Controleer een uitkomst tegen haar lichting
    #[command(help_template = HELP)]
    Verify(verify::Arguments),
    /// Leg een uitkomst uit: waarom, wat kan er anders, en wat als
    #[command(help_template = HELP)]
    Explain(explain::Arguments),
    /// Deel opnieuw in na uitval of komst, met zo weinig mogelijk wijzigingen
    #[command(
        help_template = HELP,
        override_usage = "loket rerun [OPTIES] LICHTING UITKOMST\n         loket rerun [OPTIES] --batch MAP"
    )]
    Rerun(rerun::Arguments),
    /// Vergelijk twee uitkomsten: wie is er anders geplaatst, en waardoor
    #[command(help_template = HELP, override_usage = "loket difference [OPTIES] LICHTING UITKOMST [LICHTING2] UITKOMST2")]
    Difference(difference::Arguments),
    /// Wat als deze coach uitvalt? Voor elke coach: wie neemt over, en wie blijft over
    #[command(help_template = HELP)]
    Stress(stress::Arguments),
    /// Cijfers over een uitkomst: keuzes, wie het slechtst af is, verdeling, begeleiding, kosten
    #[command(help_template = HELP)]
    Report(report::Arguments),
    /// Maak een verzonnen lichting om mee te proberen
    #[command(help_template = HELP)]
    Generate(generate::Arguments),
    /// Maak een reservekopie van alles wat de dienst bewaart, ook terwijl zij draait
    #[command(help_template = HELP)]
    Backup(backup::Arguments),
    /// Zet een reservekopie terug
    #[command(help_template = HELP)]
    Restore(restore::Arguments),
    /// Het logboek: kijk na of het klopt
    #[command(help_template = HELP)]
    Log(log::Arguments),
    /// Start de dienst: API en werker, met de gegevens in één bestand
    #[command(help_template = HELP)]
    Serve(serve::Arguments),
    /// Start alleen een werker, bij een dienst die met --zonder-werker loopt
    #[command(help_template = HELP)]
    Worker(serve::Arguments),
    /// Rekent één opdracht van standaardinvoer uit, voor de dienst die haar start
    #[command(name = "reken", hide = true, help_template = HELP)]
    Compute(compute::Arguments),
}

/// Reads what was typed. The error also stands for a request for help or for the version: see [`crate::usage::tell`].
pub fn read(words: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> Result<Arguments, clap::Error> {
    Arguments::try_parse_from(words)
}
