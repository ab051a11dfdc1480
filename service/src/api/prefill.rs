//! A new wave that is filled from the register: makes the file of what is wanted.

use super::bodies::waves::Wish;
use crate::actions::{Asked, register};
use crate::desk::prefill::{Wanted, file};
use crate::desk::sound::Sound;
use crate::serve::App;
use crate::serve::problem::{Fout, Problem};
use crate::store::ids;

/// The period and the file of the wave that is asked for, read like any other file.
pub async fn made(app: &App, asked: &Asked, wish: Wish) -> Result<(String, String, Sound), Problem> {
    let period = wish.period().ok_or_else(|| Problem::mistake("datum", "/van", "van is geen datum", "schrijf een datum als 2026-09-01"))?;
    let Wish { id, naam: name, fase, kandidaten: candidates, beleid: policy, .. } = wish;
    let id = id.unwrap_or_else(|| ids::new(asked.key()));
    let wanted = Wanted { id, name, phase: fase, period, candidates, policy };
    let sources = register::sources(&app.store, asked, period, app.settings.seat_months).await?;
    let work = move || file(&wanted, &sources).map(Sound::of);
    let made = tokio::task::spawn_blocking(work).await.map_err(|_| Problem::busy("Het vullen van de lichting liep vast."))?;
    let sound = made.map_err(|missing| {
        let one = |at: usize, stopped: bool| {
            let what = if stopped { "deze kandidaat is gestopt" } else { "deze kandidaat staat niet in het register" };
            Fout::new("onbekende-verwijzing", format!("/kandidaten/{at}"), what, "haal de id weg, of zet de kandidaat in het register")
        };
        Problem::invalid(missing.into_iter().map(|it| one(it.at, it.stopped)).collect())
    })?;
    Ok((period.from.to_string(), period.until.to_string(), sound.map_err(|refusal| Problem::refused(&refusal))?))
}
