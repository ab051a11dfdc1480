//! `loket rooster ics`: the meetings of everybody in a roster as calendar entries, one file for each person.

use std::collections::BTreeSet;
use std::path::PathBuf;

use loket_instances::scheduling::examine::examine;
use loket_instances::scheduling::outcome::{OutcomeFile, read_outcome};
use loket_instances::scheduling::roster_file::{Loaded, Named};
use loket_instances::strict::spot::visible;

use super::super::shared::{Early, Ended, called};
use super::{Inputs, roster};
use crate::console;
use crate::desk::roster::meetings::{Appointment, Meeting, everybody, of};
use crate::exit::Exit;
use crate::files::{self, FileError, Files, shown};
use crate::present::dutch::counted;
use crate::present::meetings::file;
use crate::store::Clock;

/// What can be typed after `loket rooster ics`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// The two files.
    #[command(flatten)]
    pub files: Inputs,
    /// De map waarin voor elke persoon een bestand komt
    #[arg(short, long, value_name = "MAP", help_heading = "Bestanden")]
    pub output: PathBuf,
    /// De hoeveelste keer u deze agenda's maakt: een hoger getal vervangt in een agenda wat er stond (standaard 1)
    #[arg(long, value_name = "GETAL", default_value_t = 1, hide_default_value = true, value_parser = clap::value_parser!(i64).range(0..1_000_000))]
    pub keer: i64,
}

/// Status 0 when they are written, 1 when the outcome does not agree with the roster, 2 when the roster is refused.
pub fn run(arguments: &Arguments) -> Ended {
    arguments.files.apart()?;
    let loaded = roster(&arguments.files.roster, false)?;
    let bytes = files::read(&arguments.files.outcome)?;
    let findings = examine(&loaded, &bytes);
    let plan = read_outcome(&bytes, loaded.roster.kind()).ok().filter(|_| findings.is_empty());
    let Some(plan) = plan else {
        console::line(format_args!("{} klopt niet met {}:", called(&arguments.files.outcome), called(&arguments.files.roster)));
        for it in &findings {
            console::line(format_args!("   {}", visible(&format!("{}: {}", it.place, it.what))));
        }
        return Err(Early::Told(Exit::Wrong));
    };
    std::fs::create_dir_all(&arguments.output)
        .map_err(|error| FileError(format!("{} kan niet gemaakt worden: {}.", shown(&arguments.output), crate::trouble::cause(&error))))?;
    let mut files = Files::reading([arguments.files.roster.as_path(), arguments.files.outcome.as_path()]);
    let people: BTreeSet<&str> = plan.blocks.iter().flat_map(everybody).collect();
    for person in &people {
        let own = meetings(&loaded, &plan, person, arguments.keer);
        let name: String = person.chars().map(|it| if it.is_ascii_alphanumeric() || "-_.".contains(it) { it } else { '-' }).collect();
        let target = files.target(&arguments.output.join(format!("{name}.ics")), "de agenda")?;
        target.write(file(person, &own, Clock::default().now()).as_bytes())?;
    }
    console::line(format_args!("{} in {}.", counted(people.len(), "agenda staat", "agenda's staan"), shown(&arguments.output)));
    Ok(Exit::Done)
}

fn meetings(loaded: &Loaded, plan: &OutcomeFile, person: &str, sequence: i64) -> Vec<Appointment> {
    let kind = loaded.roster.kind();
    let named = |kind: Named, id: &str| loaded.names.get(&(kind, id.to_owned())).cloned().unwrap_or_else(|| id.to_owned());
    let own = |meeting: Meeting| Appointment {
        roster: loaded.roster.id.clone(),
        roster_name: loaded.title.clone(),
        kind,
        location: meeting.location.as_deref().map(|id| named(Named::Location, id)),
        offer: meeting.offer.as_deref().map(|id| named(Named::Offer, id)),
        others: Vec::new(),
        sequence,
        cancelled: false,
        meeting,
    };
    of(kind, plan, person).into_iter().map(own).collect()
}
