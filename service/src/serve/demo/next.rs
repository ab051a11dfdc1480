//! The wave under review: decisions of two people, answers that come in, boards that confirm their seats.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::api::{Api, rows, text};
use super::city::{BOARD, COACH};
use super::days::Term;

/// How many proposals are agreed to as they stand.
const AGREED: usize = 26;
/// Who is looked at first in a demo, and about whom nothing is decided.
const FIRST: &str = "Z0013";
/// Who is decided about by name, so that the story of the demo is the same each time: fixed, then agreed to.
const FIXED: &str = "Z0008";
const AGREED_FIRST: &str = "Z0002";

/// Keeps and solves it the first time; some proposals are fixed or refused, and it is solved again.
///
/// # Errors
/// What did not go as it should.
pub async fn begun(api: &Api, file: &Value, term: &Term) -> Result<(), String> {
    let wave = api.submitted(file, (&term.from.to_string(), &term.until.to_string())).await?;
    api.solved(&wave).await?;
    let placed = placed(api, term).await?;
    let mut last = placed.iter().rev().map(|it| it.candidate.as_str()).filter(|it| *it != FIRST);
    for decision in [
        json!({ "besluit": "vast" }),
        json!({ "besluit": "afwijzen", "reden": "reis-te-zwaar", "reikwijdte": "school" }),
        json!({ "besluit": "vast" }),
        json!({ "besluit": "afwijzen", "reden": "wens-kandidaat", "reikwijdte": "coach" }),
    ] {
        api.decided(&wave, last.next().ok_or("er zijn te weinig plaatsen")?, &decision).await?;
    }
    api.solved(&wave).await.map(|_| ())
}

/// Somebody who has a place.
#[derive(Clone, Debug)]
struct Placed {
    candidate: String,
    school: String,
    coach: String,
}

/// Everybody whom the plan under review places and about whom nothing was decided, by id.
async fn placed(api: &Api, term: &Term) -> Result<Vec<Placed>, String> {
    let run = api.get(&format!("/v1/lichtingen/{}", term.id)).await?.text("geldende_berekening")?;
    let outcome = api.get(&format!("/v1/berekeningen/{run}/uitkomst")).await?.body;
    let decided = api.get(&format!("/v1/lichtingen/{}/beoordelingen", term.id)).await?.body;
    let decided: Vec<&Value> = rows(&decided).map(|it| &it["kandidaat"]).collect();
    let all = outcome["plaatsingen"].as_array().into_iter().flatten().filter(|it| !decided.contains(&&it["kandidaat"]));
    all.map(|it| Ok(Placed { candidate: text(it, "kandidaat")?, school: text(it, "school")?, coach: text(it, "coach")? })).collect()
}

/// Decides about a quarter: most as proposed, some otherwise. `one` and `other` are two people.
///
/// # Errors
/// What did not go as it should.
pub async fn reviewed(one: &Api, other: &Api, term: &Term, file: &Value) -> Result<(), String> {
    let wave = &term.id;
    let placed = placed(one, term).await?;
    // Whoever looks as the board or the coach of the demo finds people there.
    let schools = file["scholen"].as_array().into_iter().flatten().filter(|it| it["bestuur"] == BOARD);
    let schools: Vec<&Value> = schools.map(|it| &it["id"]).collect();
    let of_theirs = |it: &&Placed| it.coach == COACH || schools.iter().any(|school| **school == it.school);
    let free = || placed.iter().filter(|it| ![FIRST, FIXED, AGREED_FIRST].contains(&it.candidate.as_str()));
    let mut rest = free().filter(of_theirs).take(AGREED - 1).chain(free().filter(|it| !of_theirs(it)).skip(30)).map(|it| &it.candidate);
    let mut next = || rest.next().ok_or_else(|| "er zijn te weinig plaatsen".to_owned());
    let agree = json!({ "besluit": "akkoord" });
    for number in 1..AGREED {
        let by = if number % 2 == 0 { one } else { other };
        by.decided(wave, next()?, &agree).await?;
    }
    other.decided(wave, next()?, &json!({ "besluit": "afwijzen", "reden": "reis-te-zwaar", "reikwijdte": "school" })).await?;
    one.decided(wave, next()?, &json!({ "besluit": "afwijzen", "reden": "school-past-niet", "reikwijdte": "plaatsing" })).await?;
    let mut chosen = 0;
    while chosen < 3 {
        if otherwise(one, term, next()?).await? {
            chosen += 1;
        }
    }
    one.decided(wave, next()?, &json!({ "besluit": "vast" })).await?;
    let there = |wanted: &str| placed.iter().any(|it| it.candidate == wanted);
    if there(AGREED_FIRST) {
        one.decided(wave, AGREED_FIRST, &agree).await?;
    }
    note(one, term, FIRST, "Wil graag op De Ontdekker blijven. De bouw vindt hij minder belangrijk.").await?;
    if there(FIXED) {
        one.decided(wave, FIXED, &json!({ "besluit": "vast" })).await?;
    }
    Ok(())
}

/// Chooses the first alternative that moves nobody else; false where there is none.
async fn otherwise(api: &Api, term: &Term, candidate: &str) -> Result<bool, String> {
    let run = api.get(&format!("/v1/lichtingen/{}", term.id)).await?.text("geldende_berekening")?;
    let asked = json!({ "soort": "waarom", "vraag": { "kandidaat": candidate, "alternatieven": 3 } });
    let question = api.post(&format!("/v1/berekeningen/{run}/vragen"), &asked).await?.text("id")?;
    let answer = api.ended(&format!("/v1/vragen/{question}")).await?;
    let Some(spot) = answer["antwoord"]["alternatieven"]["alternatieven"][0]["plaats"].as_object() else { return Ok(false) };
    let place = json!({ "school": spot.get("school"), "plek": spot.get("plek"), "coach": spot.get("coach") });
    api.decided(&term.id, candidate, &json!({ "besluit": "alternatief", "plaatsing": place })).await?;
    Ok(true)
}

async fn note(api: &Api, term: &Term, candidate: &str, text: &str) -> Result<(), String> {
    api.post(&format!("/v1/lichtingen/{}/beoordelingen/{candidate}/notities", term.id), &json!({ "tekst": text })).await.map(|_| ())
}

/// Asks the three parties about what was agreed to, and the boards about their seats; most of the boards confirm them.
///
/// # Errors
/// What did not go as it should.
pub async fn asked(api: &Api, term: &Term, today: Date) -> Result<(), String> {
    let home = format!("/v1/lichtingen/{}", term.id);
    api.post(&format!("{home}/antwoorden"), &json!({ "voor": today.saturating_add(14.days()).to_string() })).await?;
    api.post(&format!("{home}/opvraag"), &json!({ "uiterlijk": today.saturating_add(2.days()).to_string() })).await?;
    let boards = api.get("/v1/besturen?paginaGrootte=200").await?.body;
    for (number, board) in rows(&boards).enumerate() {
        let id = text(board, "id")?;
        // Every sixth board waits until somebody reminds it.
        if id == BOARD || number % 6 == 2 {
            continue;
        }
        let seats = format!("/v1/besturen/{id}/capaciteit");
        let list = api.get(&format!("{seats}?paginaGrootte=1")).await?;
        let wanted = json!({ "aantal": list.body["totaal"] });
        api.post_at(&format!("{seats}/bevestiging"), &list.tag.unwrap_or_default(), &wanted).await?;
    }
    Ok(())
}

/// Some of the answers: yes from many, a no of one candidate and of one coach. The board and the coach of the demo answer for themselves;
/// a few of their questions wait for whoever looks as them.
///
/// # Errors
/// What did not go as it should.
pub async fn answered(api: &Api, [board, coach]: [&Api; 2], term: &Term) -> Result<(), String> {
    let home = format!("/v1/lichtingen/{}/antwoorden", term.id);
    let list = api.get(&format!("{home}?antwoord=gevraagd&paginaGrootte=200")).await?.body;
    let (yes, mut of_board, mut of_coach, mut refused) = (json!({ "antwoord": "ja" }), 0, 0, false);
    for (number, row) in rows(&list).enumerate() {
        let candidate = text(row, "kandidaat")?;
        for answer in row["antwoorden"].as_array().into_iter().flatten() {
            let party = text(answer, "partij")?;
            let tag = format!("\"v{}\"", answer["versie"].as_i64().unwrap_or_default());
            let path = format!("{home}/{candidate}/{party}");
            if party == "bestuur" && row["plaats"]["bestuur"] == BOARD {
                of_board += 1;
                if of_board > 3 {
                    board.post_at(&path, &tag, &yes).await?;
                }
            } else if party == "coach" && row["plaats"]["coach"] == COACH {
                of_coach += 1;
                if of_coach > 1 {
                    coach.post_at(&path, &tag, &yes).await?;
                }
            } else {
                let given = match (number, number % 5, party.as_str()) {
                    (2, _, "kandidaat") => json!({ "antwoord": "nee", "reden": "andere-baan", "hoe": "telefoon" }),
                    (12.., _, "coach") if !refused => json!({ "antwoord": "nee", "reden": "te-ver", "hoe": "mail" }),
                    (_, 0, _) | (_, 1, "kandidaat") | (_, 3, "coach") | (_, 4, "bestuur") => json!({ "antwoord": "ja", "hoe": "mail" }),
                    _ => continue,
                };
                refused |= party == "coach" && given["antwoord"] == "nee";
                api.post_at(&path, &tag, &given).await?;
            }
        }
    }
    Ok(())
}
