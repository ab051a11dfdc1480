//! The wave that began: everybody is placed, nearly everybody said yes, it is published, and now a coach falls out.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::api::{Api, rows, text};
use super::days::Term;

/// Keeps, solves and reviews the wave, and asks everybody.
///
/// # Errors
/// What did not go as it should.
pub async fn agreed(api: &Api, file: &Value, term: &Term) -> Result<(), String> {
    let wave = api.submitted(file, (&term.from.to_string(), &term.until.to_string())).await?;
    api.solved(&wave).await?;
    for bouw in ["onderbouw", "middenbouw", "bovenbouw"] {
        api.agreed_to_all(&wave, bouw).await?;
    }
    api.post(&format!("/v1/lichtingen/{wave}/antwoorden"), &json!({})).await.map(|_| ())
}

/// Notes a yes of everybody but of a few, who are asked again some weeks later.
///
/// # Errors
/// What did not go as it should.
pub async fn answered(api: &Api, term: &Term) -> Result<(), String> {
    let home = format!("/v1/lichtingen/{}/antwoorden", term.id);
    let list = api.get(&format!("{home}?paginaGrootte=200")).await?.body;
    for (number, row) in rows(&list).enumerate() {
        let candidate = text(row, "kandidaat")?;
        for answer in row["antwoorden"].as_array().into_iter().flatten() {
            let party = text(answer, "partij")?;
            let silent = matches!((number, party.as_str()), (4 | 11, "bestuur") | (20, "coach"));
            if silent {
                continue;
            }
            let tag = format!("\"v{}\"", answer["versie"].as_i64().unwrap_or_default());
            let body = json!({ "antwoord": "ja", "hoe": if party == "kandidaat" { "telefoon" } else { "mail" } });
            api.post_at(&format!("{home}/{candidate}/{party}"), &tag, &body).await?;
        }
    }
    Ok(())
}

/// Publishes it.
///
/// # Errors
/// What did not go as it should.
pub async fn published(api: &Api, term: &Term) -> Result<(), String> {
    let path = format!("/v1/lichtingen/{}", term.id);
    let tag = api.get(&path).await?.tag.unwrap_or_default();
    api.post_at(&format!("{path}/vaststelling"), &tag, &json!({ "bevestigd": true })).await.map(|_| ())
}

/// A coach with people in its plan, by id and name.
///
/// # Errors
/// What did not go as it should.
pub async fn coach(api: &Api, term: &Term) -> Result<(String, String), String> {
    let placed = api.get(&format!("/v1/lichtingen/{}/plaatsingen?paginaGrootte=200", term.id)).await?.body;
    let first = rows(&placed).next().ok_or("niemand is geplaatst")?;
    Ok((text(first, "coach")?, text(first, "coach_naam")?))
}

/// The coach says so, and the wave is solved again without that coach: a proposal.
///
/// # Errors
/// What did not go as it should.
pub async fn dropped_out(coach_at: &Api, api: &Api, coach: &str, today: Date) -> Result<(), String> {
    let from = today.saturating_add(6.days()).to_string();
    let report = coach_at.post("/v1/uitvalmeldingen", &json!({ "vanaf": from, "reden": "afwezig" })).await?;
    let batch = api.post(&format!("/v1/coaches/{coach}/uitval"), &json!({ "vanaf": from })).await?.text("id")?;
    api.ended(&format!("/v1/herberekeningen/{batch}")).await?;
    let settled = format!("/v1/uitvalmeldingen/{}/afhandeling", report.text("id")?);
    api.post_at(&settled, &report.tag.unwrap_or_default(), &json!({ "herberekening": batch })).await.map(|_| ())
}
