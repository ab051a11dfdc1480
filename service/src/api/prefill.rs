//! A new wave that is filled from the register: reads what is wanted and makes the file.

use std::collections::HashSet;

use axum::body::Bytes;
use loket_instances::matching::row::read_policy;
use loket_solver::matching::facts::words::{Phase, Word};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::waves::{Sound, sound};
use crate::desk::prefill::{Wanted, file};
use crate::desk::room::Period;
use crate::serve::App;
use crate::serve::fields::Fields;
use crate::serve::idempotency::Key;
use crate::serve::problem::{Fout, Problem};
use crate::store::ids;

/// Most candidates in a wave, as in the format.
const MOST: usize = 100_000;
/// Longest period of a wave, years.
const YEARS: i64 = 10;

/// What tells a wave file from a wish.
#[derive(Deserialize)]
struct Kind {
    formaat: Option<IgnoredAny>,
    besturen: Option<IgnoredAny>,
    scholen: Option<IgnoredAny>,
    coaches: Option<IgnoredAny>,
}

/// Whether a body asks for a wave from the register: it is no wave file, not even one that lacks its `formaat`.
pub fn asked(bytes: &[u8]) -> bool {
    let kind = serde_json::from_slice::<Kind>(bytes);
    kind.is_ok_and(|it| it.formaat.is_none() && it.besturen.is_none() && it.scholen.is_none() && it.coaches.is_none())
}

/// The period and the file of the wave that is asked for, read like any other file.
pub async fn made(app: &App, body: &Value, key: &Key) -> Result<(String, String, Sound), Problem> {
    let mut fields = Fields::new(body);
    let id = fields.text("id", 64);
    let name = fields.need_text("naam", 200);
    let phase = fields.need_word("fase", &Phase::ALL.iter().map(|it| it.code()).collect::<Vec<_>>());
    let phase = phase.as_deref().and_then(Phase::parse);
    let (from, until) = (fields.need_date("van"), fields.need_date("tot"));
    let named = fields.any("kandidaten").is_some().then(|| fields.texts("kandidaten", MOST));
    let policy = fields.any("beleid").map(|policy| read_policy(policy.to_string().as_bytes()));
    let period = from.as_deref().zip(until.as_deref()).and_then(|(from, until)| Period::read(Some(from), Some(until)));
    if let Some(period) = period {
        let most = period.from.saturating_add(jiff::Span::new().years(YEARS));
        if period.until < period.from || period.until > most {
            let what = "tot ligt voor van, of meer dan tien jaar later";
            fields.wrong("tot", "grens", what, "kies een dag na van");
        }
    }
    let mut seen = HashSet::new();
    if !named.iter().flatten().all(|id| seen.insert(id)) {
        fields.wrong("kandidaten", "dubbel", "een kandidaat staat er twee keer", "noem elke kandidaat één keer");
    }
    let (name, phase, period) = fields.finish(name.zip(phase).zip(period).map(|((name, phase), period)| (name, phase, period)))?;
    let policy = policy.transpose().map_err(|refusal| Problem::refused(&refusal))?;
    let wanted = Wanted { id: id.unwrap_or_else(|| ids::new(key.0.as_deref())), name, phase, period, candidates: named, policy };
    let sources = app.store.sources(period, app.settings.seat_months).await?;
    let work = move || file(&wanted, &sources).map(|it| it.write());
    let made = tokio::task::spawn_blocking(work).await.map_err(|_| Problem::busy("Het vullen van de lichting liep vast."))?;
    let bytes = made.map_err(|missing| {
        let one = |at: usize, stopped: bool| {
            let what = if stopped { "deze kandidaat is gestopt" } else { "deze kandidaat staat niet in het register" };
            Fout::new("onbekende-verwijzing", format!("/kandidaten/{at}"), what, "haal de id weg, of zet de kandidaat in het register")
        };
        Problem::invalid(missing.into_iter().map(|it| one(it.at, it.stopped)).collect())
    })?;
    Ok((period.from.to_string(), period.until.to_string(), sound(Bytes::from(bytes)).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_file_is_told_from_a_wish() {
        assert!(asked(br#"{"naam":"Najaar","fase":"opleiding","van":"2026-09-01","tot":"2027-07-31"}"#));
        assert!(asked(b"{}") && asked(br#"{"kandidaten":["Z1"]}"#));
        for file in [r#"{"formaat":"loket-lichting/1"}"#, r#"{"id":"w","scholen":[]}"#, "[1,2]", "geen json", "", "7"] {
            assert!(!asked(file.as_bytes()), "{file}");
        }
    }
}
