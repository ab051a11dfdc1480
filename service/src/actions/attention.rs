//! What asks the intermediary for action: counted from what is kept, never kept itself.

use super::{Refused, answers};
use crate::records::address::{path, segment};
use crate::records::attention::{Attention, Line};
use crate::store::attention::Counted;
use crate::store::{Session, Store};

/// Everything that asks for action, in the order in which it is told: what is late first.
///
/// # Errors
/// When the store could not do it.
pub async fn lines(store: &Store) -> Result<Vec<Line>, Refused> {
    let waves = answers::ground_all(store).await?;
    let today = store.clock().today().to_string();
    let mut reading = store.snapshot().await?;
    let mut all = of_waves(Attention::AnswersLate, late, reading.late_answers(&today).await?);
    all.extend(of_waves(Attention::NoesNotObeyed, refused, reading.noes_not_obeyed(&today).await?));
    all.extend(of_waves(Attention::NoesAfterwards, refused, reading.noes_afterwards().await?));
    all.extend(reading.coaches_without_room(&today).await?.into_iter().map(|(coach, count, day)| Line {
        what: Attention::CoachRoom,
        count,
        wave: None,
        day,
        place: format!("{}?geldt=true&coach={}", path(&["verboden"]), segment(&coach)),
    }));
    all.extend(of_waves(
        Attention::SeatsToConfirm,
        |wave| path(&["lichtingen", wave, "opvraag"]),
        reading.boards_to_confirm(&today).await?,
    ));
    all.extend(of_waves(Attention::RunReady, |wave| path(&["lichtingen", wave, "beoordelingen"]), reading.plans_to_review().await?));
    all.extend(outdated(&mut reading, waves.keys()).await?);
    Ok(all)
}

/// A line for each wave that has some of it.
fn of_waves(what: Attention, place: fn(&str) -> String, counted: Vec<Counted>) -> Vec<Line> {
    let one = |(wave, count, day): Counted| Line { what, count, place: place(&wave), wave: Some(wave), day };
    counted.into_iter().map(one).collect()
}

fn late(wave: &str) -> String {
    format!("{}?antwoord=te-laat", path(&["lichtingen", wave, "antwoorden"]))
}

fn refused(wave: &str) -> String {
    format!("{}?antwoord=nee", path(&["lichtingen", wave, "antwoorden"]))
}

/// Plans under review that do not do everything that was decided.
async fn outdated(reading: &mut Session, waves: impl Iterator<Item = &String>) -> Result<Vec<Line>, Refused> {
    let known: Vec<&String> = waves.collect();
    let late = reading.runs_under_review().await?.into_iter().filter(|run| run.outdated && known.contains(&&run.wave));
    let one = |run: crate::records::run::Run| Line {
        what: Attention::RunOutdated,
        count: 1,
        place: path(&["lichtingen", &run.wave, "berekeningen"]),
        wave: Some(run.wave),
        day: None,
    };
    Ok(late.map(one).collect())
}
