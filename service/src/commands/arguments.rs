//! What can be typed after `loket`.

use std::ffi::OsString;

use clap::{Arg, CommandFactory, FromArgMatches, Parser, Subcommand};

use super::{
    access, algorithm_register, backup, check, compute, difference, dossier, explain, export, generate, import, log, monitor, move_data,
    plan, prices, read, report, rerun, restore, retention, rooster, serve, settle, solve, stress, swaps, trial, verify, waiting,
};

const HELP: &str = "{before-help}{about}\n\nGebruik: {usage}\n\n{all-args}{after-help}";

/// What clap would add to an argument's help in English, in Dutch.
fn told(argument: Arg) -> Arg {
    let mut more = String::new();
    let words = |values: Vec<String>| values.join(", ");
    if !argument.is_hide_default_value_set() && !argument.get_default_values().is_empty() {
        let usual = argument.get_default_values().iter().map(|it| it.to_string_lossy().into_owned());
        more.push_str(&format!(" (standaard {})", words(usual.collect())));
    }
    let choices: Vec<String> = argument.get_possible_values().iter().map(|it| it.get_name().to_owned()).collect();
    if !argument.is_hide_possible_values_set() && argument.get_action().takes_values() && !choices.is_empty() {
        more.push_str(&format!(" (kies uit: {})", words(choices)));
    }
    if let Some(name) = argument.get_env() {
        more.push_str(&format!(" [omgeving: {}]", name.to_string_lossy()));
    }
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    argument.help(format!("{help}{more}")).hide_default_value(true).hide_possible_values(true).hide_env(true)
}

/// A command and all below it, with help in Dutch.
fn dutch(command: clap::Command) -> clap::Command {
    let mut order = 0;
    let in_order = |argument: Arg| {
        order += 1;
        told(argument).display_order(order)
    };
    let named = command.help_template(HELP).subcommand_help_heading("Opdrachten").subcommand_value_name("OPDRACHT");
    named.mut_args(in_order).mut_subcommands(dutch)
}

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
    Solve(solve::Arguments),
    /// Kijk een lichting na: alle problemen en meldingen
    Check(check::Arguments),
    /// Controleer een uitkomst tegen haar lichting
    Verify(verify::Arguments),
    /// Leg een uitkomst uit: waarom, wat kan er anders, en wat als
    Explain(explain::Arguments),
    /// Deel opnieuw in na uitval of komst, met zo weinig mogelijk wijzigingen
    #[command(override_usage = "loket rerun [OPTIES] LICHTING UITKOMST\n         loket rerun [OPTIES] --batch MAP")]
    Rerun(rerun::Arguments),
    /// Vergelijk twee uitkomsten: wie is er anders geplaatst, en waardoor
    #[command(override_usage = "loket difference [OPTIES] LICHTING UITKOMST [LICHTING2] UITKOMST2")]
    Difference(difference::Arguments),
    /// Wat als deze coach uitvalt? Voor elke coach: wie neemt over, en wie blijft over
    Stress(stress::Arguments),
    /// Roosters: gesprekken, intervisie, bezoeken en aanbod plannen
    Rooster(rooster::Arguments),
    /// Meerjarenplan: hoeveel mensen kunnen starten, met welke coaches en voor welk geld
    Plan(plan::Arguments),
    /// De stand van de trechter tegen haar doelen, met kleine aantallen verborgen
    Monitor(monitor::Arguments),
    /// Prijzen voor schaarse plekken en uren, voorgesteld uit eerdere lichtingen
    #[command(name = "prijzen")]
    Prices(prices::Arguments),
    /// Wie kan er na bekendmaking van plaats ruilen, zonder dat iemand het minder treft
    #[command(name = "ruilen")]
    Swaps(swaps::Arguments),
    /// Wie komt het eerst in aanmerking als er iemand uitvalt
    #[command(name = "wachtlijst")]
    Waiting(waiting::Arguments),
    /// Probeer een beleid op lichtingen van eerder, voordat iemand het goedkeurt: oud en nieuw naast elkaar
    #[command(name = "beleidsproef")]
    Trial(trial::Arguments),
    /// Cijfers over een uitkomst: keuzes, wie het slechtst af is, verdeling, begeleiding, kosten
    Report(report::Arguments),
    /// Breng in wat elders is: een lichting uit een werkmap, open gegevens over scholen, reistijden
    Import(import::Arguments),
    /// Schrijf werkmappen en andere bestanden
    Export(export::Arguments),
    /// Maak een verzonnen lichting om mee te proberen
    Generate(generate::Arguments),
    /// Maak een reservekopie van alles wat de dienst bewaart, ook terwijl zij draait
    Backup(backup::Arguments),
    /// Zet een reservekopie terug
    Restore(restore::Arguments),
    /// Maak een PostgreSQL-database die is teruggezet klaar voor gebruik
    #[command(name = "herstel")]
    Settle(settle::Arguments),
    /// Verhuis alles wat de dienst bewaart van een bestand naar een lege PostgreSQL-database
    #[command(name = "verhuis")]
    Move(move_data::Arguments),
    /// Het logboek: kijk na of het klopt
    Log(log::Arguments),
    /// Alles wat over één kandidaat of coach bewaard wordt, en niets over een ander
    #[command(name = "inzage")]
    Dossier(dossier::Arguments),
    /// Wat zijn bewaartermijn heeft gehad: toon het, of wis het
    #[command(name = "bewaren")]
    Retention(retention::Arguments),
    /// De invulling voor het landelijke algoritmeregister, naar publicatiestandaard 1.0
    #[command(name = "algoritmeregister")]
    AlgorithmRegister(algorithm_register::Arguments),
    /// Toegang tot de dienst: accounts en sleutels, vanaf de machine zelf
    #[command(name = "toegang")]
    Access(access::Arguments),
    /// Start de dienst: API en werker, met de gegevens in één bestand
    Serve(serve::Arguments),
    /// Start alleen een werker, bij een dienst die met --zonder-werker loopt
    Worker(serve::Arguments),
    /// Rekent één opdracht van standaardinvoer uit, voor de dienst die haar start
    #[command(name = "reken", hide = true)]
    Compute(compute::Arguments),
    /// Leest één werkmap van standaardinvoer, voor de dienst die haar start
    #[command(name = "lees", hide = true)]
    Read(read::Arguments),
}

/// Reads what was typed. The error also stands for a request for help or for the version: see [`crate::usage::tell`].
pub fn read(words: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> Result<Arguments, clap::Error> {
    let mut command = dutch(Arguments::command());
    let mut matches = command.try_get_matches_from_mut(words)?;
    Arguments::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))
}
