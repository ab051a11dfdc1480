//! The multi-year plan of the demo: two school years that are over, the present one, and four to come. Everything in it is made up.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::api::Api;

/// Who starts by year, and of them with external coaches.
const WAVES: [(i64, i64); 7] = [(150, 36), (165, 45), (180, 45), (180, 36), (180, 27), (162, 0), (162, 0)];
/// Coaches that are hired by year: internal ones, who stay, and external ones, for one year.
const HIRED: [(i64, i64); 7] = [(16, 5), (10, 9), (3, 10), (2, 9), (1, 7), (3, 3), (1, 0)];
/// Boards with their seats.
const BOARDS: [(&str, &str, i64); 5] = [
    ("B06", "Stichting De Werf", 55),
    ("B17", "Stichting Noorderlicht", 45),
    ("B01", "Eerste bestuur", 40),
    ("B02", "Tweede bestuur", 35),
    ("B03", "Derde bestuur", 25),
];

/// The file, with its first school year two before that of a day.
fn file(today: Date) -> Value {
    let first = i64::from(today.year()) - if today.month() < 8 { 3 } else { 2 };
    let years: Vec<String> = (first..).take(WAVES.len()).map(|it| format!("{it}-{}", it + 1)).collect();
    let wave = |(at, _): (i64, &(i64, i64))| {
        let year = first + at;
        json!({ "id": format!("najaar-{year}"), "naam": format!("Najaar {year}"), "maand": format!("{year}-09"), "doel": 200 })
    };
    let chosen = |(at, (people, external)): (i64, &(i64, i64))| {
        let wave = format!("najaar-{}", first + at);
        [json!({ "lichting": wave, "gestart": people }), json!({ "lichting": wave, "coachsoort": "extern", "aantal": external })]
    };
    let hired = |(year, (internal, external)): (&String, &(i64, i64))| {
        [
            json!({ "coachsoort": "intern", "jaar": year, "aanname": internal }),
            json!({ "coachsoort": "extern", "jaar": year, "aanname": external }),
        ]
    };
    let locks: Vec<Value> = (0..).zip(&WAVES).flat_map(chosen).chain(years.iter().zip(&HIRED).flat_map(hired)).collect();
    let board = |(id, name, seats): (&str, &str, i64)| json!({ "id": id, "naam": name, "plekken": seats });
    json!({
        "formaat": "loket-meerjarenplan/1", "id": "stad", "naam": "Meerjarenplan", "start": format!("{first}-08"), "jaren": years,
        "lichtingen": (0..).zip(&WAVES).map(wave).collect::<Vec<_>>(),
        "besturen": BOARDS.into_iter().map(board).collect::<Vec<_>>(),
        "coachsoorten": [
            { "id": "intern", "naam": "interne coaches", "aanname_max": [16, 10, 6, 6, 6, 6, 6], "uren": 560 },
            { "id": "extern", "naam": "externe coaches", "extern": true, "aanname_max": 12, "diensttijd": 1, "uren": 560,
              "fasen": ["werkervaring", "opleiding", "opleiding_jaar2"], "overdracht": "intern" },
        ],
        "posten": [
            { "id": "intern", "naam": "Interne coaches", "per": "coaches", "coachsoort": "intern", "prijs_cent": 2_800_000, "activiteit": "C", "soort": "personeel" },
            { "id": "extern", "naam": "Externe coaches", "per": "coaches", "coachsoort": "extern", "prijs_cent": 5_420_800, "activiteit": "C", "soort": "overig" },
            { "id": "jaar-1", "naam": "Opleiding jaar 1", "per": "opleiding", "prijs_cent": 600_000, "activiteit": "C", "soort": "overig" },
            { "id": "jaar-2", "naam": "Opleiding jaar 2", "per": "jaar2", "prijs_cent": 600_000, "activiteit": "C", "soort": "overig" },
        ],
        "inkomsten": [
            { "id": "rijk", "naam": "Rijk", "soort": "rijk", "per": "opleiding", "prijs_cent": 1_000_000 },
            { "id": "gemeente", "naam": "Gemeente", "soort": "subsidie", "per": "vast", "prijs_cent": 175_000_000 },
        ],
        "vast": locks,
        "scenarios": [
            { "id": "meer-diplomas", "naam": "85 % haalt het diploma", "wijzig": [{ "pad": "/trechter/diploma", "waarde": 85 }] },
            { "id": "minder-geld", "naam": "Gemeente geeft € 150.000 minder", "wijzig": [{ "pad": "/inkomsten/1/prijs_cent", "waarde": 160_000_000 }] },
        ],
        "trechter": { "start": 90, "voortraject": 90, "opleiding": 100, "jaar2": 100, "diploma": 80, "blijft": 80 },
        "beleid": { "budget": "per_jaar" },
    })
}

/// Makes the plan.
///
/// # Errors
/// What did not go as it should.
pub async fn planned(noor: &Api, today: Date) -> Result<(), String> {
    noor.post("/v1/meerjarenplannen", &file(today)).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::planning::shown::shown;
    use crate::desk::planning::sound::Sound;
    use loket_instances::planning::typed::decisions;

    #[test]
    fn the_plan_of_the_demo_is_short_of_one_coach_in_one_year_on_any_day() {
        for day in ["2026-11-27", "2027-07-31", "2027-08-01"] {
            let sound = Sound::read(file(day.parse().expect("a day")).to_string().as_bytes()).expect("a plan");
            let found = shown(&sound.loaded.horizon, &decisions(&sound.loaded, None), 2);
            let short: Vec<(usize, i64)> = found.years.iter().filter(|it| it.short > 0).map(|it| (it.at, it.short)).collect();
            assert_eq!((short, found.more.len(), found.more[0].coaches, found.unpaid), (vec![(4, 290)], 1, 1, None), "{day}");
        }
    }
}
