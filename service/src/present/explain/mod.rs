//! Explains an outcome to people: why, what else and what if, in Dutch, as far as whoever asks may see.
//!
//! Everything that is shown goes through a [`view::Lens`], which alone knows names and ids.

use loket_instances::matching::certificate::CertificateReader;
use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::Loaded;
use loket_instances::strict::spot::visible;
use loket_solver::matching::ask::explain::{Base, Known};
use loket_solver::matching::facts::words::Word;

use crate::present::dutch::counted;
use crate::verify::verify;

pub mod answers;
pub mod effect;
pub mod gains;
pub mod ids;
pub mod json;
pub mod pages;
mod price;
mod seen;
pub mod shape;
pub mod terms;
pub mod tryout;
pub mod view;
mod words;

/// The plan shown by an outcome file, after the file has been checked against its wave.
///
/// # Errors
/// Why the outcome cannot be explained, Dutch: it does not agree with the wave, or it has no plan.
pub fn base<'a>(loaded: &'a Loaded, bytes: &[u8], called: &str) -> Result<Base<'a>, String> {
    let findings = verify(loaded, bytes);
    if let Some(first) = findings.first() {
        let amount = counted(findings.len(), "bevinding", "bevindingen");
        return Err(format!(
            "{called} klopt niet met de lichting ({amount}), dus er valt niets uit te leggen.\n   {}: {}\n\
             `loket verify` noemt alles wat niet klopt.",
            visible(&first.place),
            visible(&first.what)
        ));
    }
    let outcome = read_outcome(bytes).map_err(|_| format!("{called} is geen uitkomst."))?;
    let wave = &loaded.wave;
    if !outcome.status.has_plan() {
        return Err(format!("{called} heeft geen plan (status {}): er is niets uit te leggen.", outcome.status.code()));
    }
    let plan = plan_of(wave, &outcome).map_err(|wrong| format!("{called} klopt niet: {}.", wrong.join("; ")))?;
    let goals = outcome.goals.iter().map(|goal| Known { best: goal.best, bound: goal.bound }).collect();
    let reader = CertificateReader::new(wave);
    let certificates = outcome.goals.iter().map(|goal| reader.read(goal.certificate.as_ref()?).ok()).collect();
    Ok(Base::new(wave, plan, goals).with(certificates))
}
