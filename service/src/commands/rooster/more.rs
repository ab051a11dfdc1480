//! What one more room, half-day or person would bring to a roster: which is asked, and the answer for people and for machines.

use loket_instances::scheduling::outcome::OutcomeFile;
use loket_instances::scheduling::roster_file::{Loaded, Named};
use loket_solver::common::control::Control;
use loket_solver::common::words::{HalfDay, Word};
use loket_solver::scheduling::ask::scarcity::{Gain, More, Whose, brings, offered};
use loket_solver::scheduling::facts::roster::Roster;
use serde_json::{Value, json};

use super::page::name;
use crate::present::elsewhere::goals;
use crate::present::sheet::Sheet;

/// How a question is written.
pub(super) const WRITTEN: &str = "zaal:LOCATIE, dagdeel:LOCATIE:di-m, dagdeel:PERSOON:di-m, rol:ROL, of alles";

/// What is asked: of each word one question, or all there are. Nothing when a word is none, or names what the roster does not have.
pub(super) fn asked(roster: &Roster, words: &[String]) -> Result<Vec<More>, String> {
    let mut all = Vec::new();
    for word in words {
        match word.as_str() {
            "alles" => all.extend(offered(roster)),
            word => all.push(one(roster, word).ok_or_else(|| word.to_owned())?),
        }
    }
    Ok(all)
}

fn one(roster: &Roster, word: &str) -> Option<More> {
    let (what, of) = word.split_once(':')?;
    let location = |id: &str| roster.locations.pairs().find(|(_, row)| row.id == id).map(|(at, _)| at);
    let person = |id: &str| roster.people.pairs().find(|(_, row)| row.id == id).map(|(at, _)| at);
    match what {
        "zaal" => location(of).map(More::Room),
        "rol" => roster.roles.pairs().find(|(_, role)| *role == of).map(|(at, _)| More::Person(at)),
        "dagdeel" => {
            let (id, day) = of.rsplit_once(':')?;
            let whose = location(id).map(Whose::Location).or_else(|| person(id).map(Whose::Person))?;
            HalfDay::parse(day).map(|day| More::HalfDay(whose, day))
        }
        _ => None,
    }
}

/// Each question with what it brings to every goal.
pub(super) fn answers(roster: &Roster, file: &OutcomeFile, asked: &[More], control: &dyn Control) -> Vec<(More, Vec<Gain>)> {
    let goals = goals(file);
    asked.iter().map(|&more| (more, brings(roster, &goals, more, control))).collect()
}

/// For machines, by ids.
pub(super) fn written(roster: &Roster, file: &OutcomeFile, answers: &[(More, Vec<Gain>)]) -> Value {
    let gain = |(line, gain): (&loket_instances::scheduling::outcome::GoalLine, &Gain)| {
        let (least, most) = match *gain {
            Gain::Exact(gain) => (Some(gain), Some(gain)),
            Gain::Between(least, most) => (Some(least), Some(most)),
            Gain::Unknown => (None, None),
        };
        json!({ "doel": line.name, "minstens": least, "hoogstens": most })
    };
    let one = |(more, gains): &(More, Vec<Gain>)| {
        let mut told = match *more {
            More::Room(at) => json!({ "wat": "zaal", "locatie": roster.locations[at].id }),
            More::HalfDay(Whose::Location(at), day) => {
                json!({ "wat": "dagdeel", "locatie": roster.locations[at].id, "dagdeel": day.code() })
            }
            More::HalfDay(Whose::Person(at), day) => json!({ "wat": "dagdeel", "persoon": roster.people[at].id, "dagdeel": day.code() }),
            More::Person(role) => json!({ "wat": "rol", "rol": roster.roles[role] }),
        };
        told["doelen"] = file.goals.iter().zip(gains).map(gain).collect();
        told
    };
    json!({ "meer": answers.iter().map(one).collect::<Vec<_>>() })
}

/// For people.
pub(super) fn told(loaded: &Loaded, file: &OutcomeFile, answers: &[(More, Vec<Gain>)]) -> Sheet {
    let roster = &loaded.roster;
    let mut sheet = Sheet::default();
    sheet.title("Wat één meer zou brengen".to_owned());
    for (more, gains) in answers {
        let what = match *more {
            More::Room(at) => format!("Een zaal meer op {}", name(loaded, Named::Location, &roster.locations[at].id)),
            More::HalfDay(Whose::Location(at), day) => {
                format!("{} ook open op {}", name(loaded, Named::Location, &roster.locations[at].id), day.code())
            }
            More::HalfDay(Whose::Person(at), day) => {
                format!("{} ook op {}", name(loaded, Named::Somebody, &roster.people[at].id), day.code())
            }
            More::Person(role) => format!("Iemand meer als {}", roster.roles[role]),
        };
        let changes: Vec<String> = file.goals.iter().zip(gains).filter_map(|(line, gain)| changed(&line.name, *gain)).collect();
        let says = if changes.is_empty() { "verandert niets".to_owned() } else { changes.join(", ") };
        sheet.point(format!("{what}: {says}"));
    }
    if answers.is_empty() {
        sheet.point("Er is niets waarvan één meer iets kan brengen.");
    }
    sheet
}

fn changed(goal: &str, gain: Gain) -> Option<String> {
    match gain {
        Gain::Exact(0) => None,
        Gain::Exact(gain) => Some(format!("{goal} {gain:+}")),
        Gain::Between(least, most) => Some(format!("{goal} van {least:+} tot {most:+}")),
        Gain::Unknown => Some(format!("{goal} niet bekend")),
    }
}

#[cfg(test)]
mod tests {
    use loket_instances::scheduling::outcome::{Technique, compose};
    use loket_instances::scheduling::roster_file::read_roster;
    use loket_solver::common::control::Unhurried;
    use loket_solver::scheduling::solve::solve;

    use super::*;
    use crate::present::sheet::layout::SUMMARY;

    /// One morning with one room and one coach, and two people to see apart.
    #[test]
    fn a_second_half_day_lets_a_second_person_in_and_a_second_room_does_not_without_a_second_coach() {
        let file = json!({
            "formaat": "loket-rooster/1", "id": "r", "soort": "gesprekken", "kalender": { "van": "2027-01-11", "tot": "2027-01-12" },
            "beleid": { "panel": { "coach": 1 }, "per_zitting": 1, "doelen": [{ "naam": "gepland", "punten": { "gepland": 1 } }] },
            "locaties": [{ "id": "L1", "naam": "Kantoor", "dagdelen": ["ma-o"] }],
            "personen": [{ "id": "K1", "rollen": ["coach"] }], "deelnemers": [{ "id": "Z1" }, { "id": "Z2" }],
        });
        let loaded = read_roster(file.to_string().as_bytes()).expect("a roster");
        let outcome = solve(&loaded.roster, &Unhurried);
        let technique = Technique { version: "0".into(), engine: String::new(), seed: 1, seconds: 0.0, memory_mib: None };
        let outcome = compose(&loaded, &outcome, &technique);
        let words: Vec<String> = ["zaal:L1", "dagdeel:L1:di-m", "rol:coach"].map(str::to_owned).into();
        let asked = asked(&loaded.roster, &words).expect("they are all there");
        let answers = answers(&loaded.roster, &outcome, &asked, &Unhurried);
        let told = told(&loaded, &outcome, &answers).text(&SUMMARY);
        for says in
            ["Een zaal meer op Kantoor: verandert niets", "Kantoor ook open op di-m: gepland +1", "Iemand meer als coach: verandert niets"]
        {
            assert!(told.contains(says), "{told}");
        }
        let row = &written(&loaded.roster, &outcome, &answers)["meer"][1];
        let wanted = json!({ "wat": "dagdeel", "locatie": "L1", "dagdeel": "di-m", "doelen": [{ "doel": "gepland", "minstens": 1, "hoogstens": 1 }] });
        assert_eq!(*row, wanted);
    }

    #[test]
    fn a_word_that_is_none_is_told_and_all_is_everything_there_is() {
        let file = json!({
            "formaat": "loket-rooster/1", "id": "r", "soort": "gesprekken", "kalender": { "van": "2027-01-11", "tot": "2027-01-12" },
            "beleid": { "panel": { "coach": 1 } }, "locaties": [{ "id": "L1", "dagdelen": ["ma-o"] }],
            "personen": [{ "id": "K1", "rollen": ["coach"] }], "deelnemers": [{ "id": "Z1" }],
        });
        let loaded = read_roster(file.to_string().as_bytes()).expect("a roster");
        for wrong in ["zaal", "zaal:L2", "rol:kok", "dagdeel:L1", "dagdeel:L1:za-o", "kamer:L1", ""] {
            assert_eq!(asked(&loaded.roster, &[wrong.to_owned()]), Err(wrong.to_owned()));
        }
        // A room, nine half-days of the location, a coach.
        assert_eq!(asked(&loaded.roster, &["alles".to_owned()]).map(|all| all.len()), Ok(11));
    }
}
