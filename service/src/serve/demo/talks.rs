//! Rosters of the demo: intake interviews that people were told of, and peer groups of the wave that began.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::api::Api;
use super::city::COACH;

/// Candidates whose intake is to come; all names are made up.
const CANDIDATES: [&str; 14] = [
    "Imane Oosterdok",
    "Kees Çelik",
    "Chayenne Fonteyn",
    "Pim Overtoom",
    "Roos Kade",
    "Yusuf Spaanderman",
    "Mila Zeeburg",
    "Teun Haarlemmer",
    "Sofia Wester",
    "Bram Prinsengracht",
    "Aya Jordaan",
    "Finn Amstel",
    "Noa Rozengracht",
    "Sem Duivendrecht",
];

/// Half-days of the week by number, so that each person has others.
const HALF_DAYS: [&str; 10] = ["ma-o", "ma-m", "di-o", "di-m", "wo-o", "wo-m", "do-o", "do-m", "vr-o", "vr-m"];

/// So many half-days of somebody, spread over the week.
fn half_days(who: usize, count: usize) -> Vec<&'static str> {
    let mut all: Vec<usize> = (0..count).map(|at| (who * 3 + at * 7 + at / 10) % 10).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|at| HALF_DAYS[at]).collect()
}

/// The file of the interviews: three weeks from the Monday after a day.
fn interviews(today: Date) -> Value {
    let monday = today.saturating_add(i64::from(8 - today.weekday().to_monday_one_offset()).days());
    let panel = [
        (COACH, "Ilias Poelgeest", "coach", ""),
        ("gesprek-coach", "Marit Duin", "coach", ""),
        ("gesprek-oud-1", "Tess Vermaat", "oud-kandidaat", ""),
        ("gesprek-oud-2", "Wim Aalders", "oud-kandidaat", ""),
        ("gesprek-hr-1", "Ans Terpstra", "hr", "B06"),
        ("gesprek-hr-2", "Joost Buiksloot", "hr", "B17"),
        ("gesprek-loket", "Noor Bakker", "intermediair", ""),
    ];
    let person = |(at, (id, name, role, board)): (usize, (&str, &str, &str, &str))| {
        let mut row = json!({ "id": id, "naam": name, "rollen": [role], "dagdelen": half_days(at + 1, 9), "ruimte": 4 });
        if !board.is_empty() {
            row["bestuur"] = board.into();
        }
        row
    };
    let candidate = |(at, name): (usize, &str)| {
        let registered = today.saturating_sub(i64::try_from(30 - at).unwrap_or_default().days());
        json!({ "id": format!("gesprek-{}", at + 1), "naam": name, "aangemeld": registered.to_string(), "dagdelen": half_days(at, 6) })
    };
    json!({
        "formaat": "loket-rooster/1", "id": "intake-winter", "naam": "Intakegesprekken winter", "soort": "gesprekken",
        "kalender": { "van": monday.to_string(), "tot": monday.saturating_add(18.days()).to_string() },
        "besturen": [{ "id": "B06", "naam": "Stichting De Werf" }, { "id": "B17", "naam": "Stichting Noorderlicht" }],
        "locaties": [{ "id": "west", "naam": "Kantoor West" }],
        "personen": panel.into_iter().enumerate().map(person).collect::<Vec<_>>(),
        "deelnemers": CANDIDATES.into_iter().enumerate().map(candidate).collect::<Vec<_>>(),
    })
}

/// Makes and computes the interviews, and tells people of them.
///
/// # Errors
/// What did not go as it should.
pub async fn planned(noor: &Api, today: Date) -> Result<(), String> {
    let id = noor.post("/v1/roosters", &interviews(today)).await?.text("id")?;
    let run = noor.post(&format!("/v1/roosters/{id}/berekeningen"), &json!({ "rekentijd": 60 })).await?.text("id")?;
    noor.ended(&format!("/v1/roosterberekeningen/{run}")).await?;
    let tag = noor.get(&format!("/v1/roosters/{id}")).await?.tag.unwrap_or_default();
    noor.post_at(&format!("/v1/roosters/{id}/publicatie"), &tag, &Value::Null).await?;
    // The coach is asked whether the interviews can be, and can say so in the own account.
    noor.post(&format!("/v1/roosters/{id}/uitnodigingen"), &json!({ "personen": [COACH] })).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::roster::sound::Sound;

    #[test]
    fn the_interviews_of_the_demo_are_a_roster_on_any_day() {
        for day in ["2026-11-25", "2026-11-29", "2026-11-30", "2027-02-28"] {
            let file = interviews(day.parse().expect("a day")).to_string();
            let sound = Sound::read(file.as_bytes()).map_err(|it| it.to_string()).expect("a roster");
            assert_eq!(sound.people.len(), 21, "{day}");
        }
    }
}
