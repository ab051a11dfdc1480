//! What people type about a wave: ids of candidates, coaches and seat groups, and spots such as `Z1=21QZ00:onderbouw:K1`.

use loket_solver::matching::ask::explain::change::Spot;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::{BoardId, CandidateId, CoachId, SchoolId, SeatId};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge::rules;

/// The row with this id; else, in Dutch, that there is none.
fn row<'a, I>(mut rows: impl Iterator<Item = (I, &'a String)>, id: &str, kind: &str) -> Result<I, String> {
    let found = rows.find(|(_, it)| *it == id).map(|(row, _)| row);
    found.ok_or_else(|| format!("{kind} {id} staat niet in de lichting."))
}

/// The candidate with this id.
///
/// # Errors
/// Dutch, when there is none.
pub fn candidate(wave: &Wave, id: &str) -> Result<CandidateId, String> {
    row(wave.candidates.pairs().map(|(row, it)| (row, &it.id)), id, "Kandidaat")
}

/// The coach with this id.
///
/// # Errors
/// Dutch, when there is none.
pub fn coach(wave: &Wave, id: &str) -> Result<CoachId, String> {
    row(wave.coaches.pairs().map(|(row, it)| (row, &it.id)), id, "Coach")
}

/// The board with this id.
///
/// # Errors
/// Dutch, when there is none.
pub fn board(wave: &Wave, id: &str) -> Result<BoardId, String> {
    row(wave.boards.pairs().map(|(row, it)| (row, &it.id)), id, "Bestuur")
}

/// The school with this id.
///
/// # Errors
/// Dutch, when there is none.
pub fn school(wave: &Wave, id: &str) -> Result<SchoolId, String> {
    row(wave.schools.pairs().map(|(row, it)| (row, &it.id)), id, "School")
}

/// The seat group with this id at this school.
///
/// # Errors
/// Dutch, when there is none; names the ones there are.
pub fn seat(wave: &Wave, at: &str, id: &str) -> Result<SeatId, String> {
    let seats = &wave.schools[school(wave, at)?].seats;
    seats.iter().copied().find(|&seat| wave.seats[seat].id == id).ok_or_else(|| {
        let there: Vec<&str> = seats.iter().map(|&seat| wave.seats[seat].id.as_str()).collect();
        format!("School {at} heeft geen plek {id}; wel: {}.", there.join(", "))
    })
}

/// A pair rule that may be overruled for a forced placement.
///
/// # Errors
/// Dutch, when there is no such rule; names the ones there are.
pub fn overrulable(code: &str) -> Result<RuleCode, String> {
    let (word, code) = (code.trim(), RuleCode::parse(code.trim()));
    code.filter(|code| code.rule().overrulable).ok_or_else(|| {
        let which = if code.is_some() { "geldt altijd" } else { "is geen regel" };
        let rules: Vec<&str> = rules::overrulable().map(RuleCode::code).collect();
        format!("{word} {which}. Bij --ondanks kan: {}.", rules.join(", "))
    })
}

/// `SCHOOL:PLEK:COACH`, of which every part may be left out or empty.
///
/// # Errors
/// Dutch, when a part is unknown or there are too many.
pub fn spot(wave: &Wave, text: &str) -> Result<Spot, String> {
    let parts: Vec<&str> = text.split(':').collect();
    if parts.len() > 3 {
        return Err(format!("{text} heeft te veel delen; bedoeld is SCHOOL:PLEK:COACH."));
    }
    let part = |at: usize| parts.get(at).copied().filter(|it| !it.is_empty());
    let seat = match (part(0), part(1)) {
        (Some(at), Some(id)) => Some(seat(wave, at, id)?),
        (None, Some(id)) => return Err(format!("Bij plek {id} hoort een school: SCHOOL:{id}.")),
        _ => None,
    };
    Ok(Spot { school: part(0).map(|id| school(wave, id)).transpose()?, seat, coach: part(2).map(|id| coach(wave, id)).transpose()? })
}

/// One way to read a typed choice.
struct Reading<'t> {
    candidate: CandidateId,
    spot: Spot,
    /// How many bytes of what was typed are ids.
    covered: usize,
    /// Whether ":" stands behind the candidate, which no id can hold.
    sure: bool,
    /// The text of the two parts.
    parts: (&'t str, &'t str),
}

/// `Z1=SCHOOL:PLEK:COACH`, or `Z1:SCHOOL:PLEK:COACH`; the candidate alone is "anywhere". An id may hold "=": the reading whose known ids
/// are longest counts, and where two are as long it is refused with both.
///
/// # Errors
/// Dutch, when a part is unknown or two readings are as good.
pub fn choice(wave: &Wave, text: &str) -> Result<(CandidateId, Spot), String> {
    // Only the first ":" can stand behind a candidate.
    let marks = text.rmatch_indices(['=', ':']).filter(|(at, mark)| *mark == "=" || !text[..*at].contains(':'));
    let splits = marks.map(|(at, mark)| (&text[..at], &text[at + 1..], mark == ":"));
    let mut readings = Vec::new();
    let mut wrong = None;
    for (who, rest, sure) in [(text, "", false)].into_iter().chain(splits) {
        let Ok(candidate) = candidate(wave, who) else { continue };
        match spot(wave, rest) {
            Ok(spot) => {
                let covered = who.len() + rest.bytes().filter(|byte| *byte != b':').count();
                readings.push(Reading { candidate, spot, covered, sure, parts: (who, rest) });
            }
            Err(why) => {
                wrong.get_or_insert(why);
            }
        }
    }
    let most = readings.iter().map(|it| (it.covered, it.sure)).max();
    readings.retain(|it| Some((it.covered, it.sure)) == most);
    match &readings[..] {
        [one] => Ok((one.candidate, one.spot)),
        [] => Err(wrong.unwrap_or_else(|| {
            format!("{text} begint niet met een kandidaat uit de lichting; bedoeld is bijvoorbeeld Z1=SCHOOL:PLEK:COACH.")
        })),
        several => {
            let typed: Vec<String> = several.iter().map(|it| format!("{}:{}", it.parts.0, it.parts.1)).collect();
            Err(format!("{text} kan meer betekenen. Zet een dubbele punt achter de kandidaat: {}.", typed.join(" of ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use loket_instances::matching::read::read_wave;

    use super::*;

    fn wave() -> Wave {
        let text = r#"{ "formaat": "loket-lichting/1", "id": "w", "fase": "opleiding", "besturen": [{ "id": "B1" }],
            "scholen": [{ "id": "S1", "bestuur": "B1", "lat": 52.3, "lon": 4.9, "plekken": [{ "bouw": "onderbouw", "aantal": 1 }] },
                { "id": "3=S1", "bestuur": "B1", "lat": 52.3, "lon": 4.9, "plekken": [{ "id": "a=b", "bouw": "onderbouw", "aantal": 1 }] }],
            "coaches": [{ "id": "K=1", "lat": 52.3, "lon": 4.9, "maximum": 1, "uren": 1 }],
            "kandidaten": [{ "id": "Z1", "lat": 52.3, "lon": 4.9, "bouwen": ["onderbouw"] },
                { "id": "Z1=3", "lat": 52.3, "lon": 4.9, "bouwen": ["onderbouw"] }, { "id": "Z1=S1", "lat": 52.3, "lon": 4.9, "bouwen": ["onderbouw"] }] }"#;
        read_wave(text.as_bytes()).expect("a wave").wave
    }

    /// The ids of what was chosen.
    fn read(text: &str) -> Result<[String; 4], String> {
        let wave = wave();
        let (who, spot) = choice(&wave, text)?;
        let school = spot.school.map_or_else(String::new, |it| wave.schools[it].id.clone());
        let seat = spot.seat.map_or_else(String::new, |it| wave.seats[it].id.clone());
        let coach = spot.coach.map_or_else(String::new, |it| wave.coaches[it].id.clone());
        Ok([wave.candidates[who].id.clone(), school, seat, coach])
    }

    #[test]
    fn the_longest_known_ids_count() {
        for (text, ids) in [
            ("Z1", ["Z1", "", "", ""]),
            ("Z1=S1", ["Z1=S1", "", "", ""]),
            ("Z1:S1", ["Z1", "S1", "", ""]),
            ("Z1=S1:onderbouw", ["Z1", "S1", "onderbouw", ""]),
            ("Z1=S1=S1", ["Z1=S1", "S1", "", ""]),
            ("Z1=S1=", ["Z1=S1", "", "", ""]),
            ("Z1:3=S1:a=b:K=1", ["Z1", "3=S1", "a=b", "K=1"]),
            ("Z1=3:S1", ["Z1=3", "S1", "", ""]),
            ("Z1=3=S1:a=b", ["Z1", "3=S1", "a=b", ""]),
            ("Z1=::K=1", ["Z1", "", "", "K=1"]),
        ] {
            assert_eq!(read(text), Ok(ids.map(str::to_owned)), "{text}");
        }
    }

    #[test]
    fn what_can_mean_two_things_is_refused_with_both() {
        let why = read("Z1=3=S1").expect_err("Z1 at school 3=S1, or Z1=3 at school S1");
        assert!(why.contains("Z1:3=S1 of Z1=3:S1") || why.contains("Z1=3:S1 of Z1:3=S1"), "{why}");
        for (typed, who) in [("Z1:3=S1", "Z1"), ("Z1=3:S1", "Z1=3")] {
            assert_eq!(read(typed).expect("one meaning")[0], who);
        }
        assert!(read("Z9=S1").expect_err("no such candidate").contains("begint niet met een kandidaat"));
        assert!(read("Z1=S9").expect_err("no such school").contains("School S9 staat niet"));
    }
}
