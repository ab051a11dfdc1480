//! What the rules for one placement say of a placement that somebody chose: which of them it breaks, and whether that can be meant.

use std::collections::BTreeMap;

use loket_instances::matching::wave_file::WaveFile;
use loket_instances::strict::problem::{Problem, Refusal};
use loket_instances::words::reasons::in_the_way;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::plan::Placement;
use loket_solver::matching::judge::blocking;

use super::decision::Decision;
use super::prepare::{Changes, next_file};

/// Every rule that the chosen placement of a candidate breaks in a wave's own file, each as a problem that says what can be done; none for
/// ids that the file does not have.
///
/// # Errors
/// What the file with this decision lacks, by the format's own reader.
pub fn broken(own: &[u8], candidate: &str, decision: &Decision) -> Result<Vec<Problem>, Refusal> {
    let Some(spot) = decision.spot() else { return Ok(Vec::new()) };
    let file = WaveFile::read(own)?;
    let there = file.candidates.iter().any(|it| it.id == candidate)
        && file.coaches.iter().any(|it| it.id == spot.coach)
        && file.schools.iter().any(|it| it.id == spot.school && it.seats.iter().any(|seats| seats.id() == spot.seat));
    if !there {
        return Ok(Vec::new());
    }
    // As the next run would have it: with what the decision overrules, and without another lock of the file.
    let decisions = BTreeMap::from([(candidate.to_owned(), decision.clone())]);
    let wave = next_file(file, None, &decisions, Changes::AsWave).build(&[])?.wave;
    let who = wave.candidates.pairs().find(|(_, it)| it.id == candidate).map(|(at, _)| at);
    let seat = wave.seats.pairs().find(|(_, it)| it.id == spot.seat && wave.schools[it.school].id == spot.school).map(|(at, _)| at);
    let coach = wave.coaches.pairs().find(|(_, it)| it.id == spot.coach).map(|(at, _)| at);
    let (Some(who), Some(seat), Some(coach)) = (who, seat, coach) else { return Ok(Vec::new()) };
    Ok(blocking(&wave, who, Placement { seat, coach }).into_iter().map(problem).collect())
}

fn problem(rule: RuleCode) -> Problem {
    let (code, says) = (rule.code(), rule.rule().says);
    let remedy = match rule.rule().overrulable {
        true => format!("kies een andere plaatsing, of zet \"{code}\" in ondanks als u er bewust van afwijkt"),
        false => "van deze regel kan niemand afwijken: kies een andere plaatsing, of verander eerst de gegevens waar het uit volgt".into(),
    };
    Problem {
        code: "regel",
        pointer: "/plaatsing".into(),
        place: "plaatsing".into(),
        what: format!("{} (regel {code}: {says})", in_the_way(rule)),
        remedy,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::desk::decision::Spot;

    #[test]
    fn what_a_chosen_placement_breaks_is_told_unless_it_is_overruled_and_what_cannot_be_says_so() {
        let file = json!({
            "formaat": "loket-lichting/1", "id": "w", "fase": "opleiding", "besturen": [{ "id": "B1" }],
            "scholen": [
                { "id": "S1", "bestuur": "B1", "lat": 52.37, "lon": 4.89, "plekken": [{ "bouw": "onderbouw", "aantal": 1 }] },
                { "id": "S2", "bestuur": "B1", "lat": 53.37, "lon": 4.89, "plekken": [{ "bouw": "bovenbouw", "aantal": 1 }] }],
            "coaches": [{ "id": "K1", "lat": 52.37, "lon": 4.89, "maximum": 9, "uren": 540, "max_reistijd": 600 }],
            "kandidaten": [{ "id": "Z1", "lat": 52.37, "lon": 4.89, "bouwen": ["onderbouw"] }],
        });
        let file = file.to_string();
        let chosen = |school: &str, seat: &str, despite: Vec<RuleCode>| {
            let spot = Spot { school: school.into(), seat: seat.into(), coach: "K1".into() };
            let found = broken(file.as_bytes(), "Z1", &Decision::Chosen { spot, despite }).expect("a wave");
            found.into_iter().map(|it| (it.what, it.remedy)).collect::<Vec<_>>()
        };
        assert_eq!(chosen("S1", "onderbouw", vec![]), []);
        let told = chosen("S2", "bovenbouw", vec![]);
        let named: Vec<bool> =
            RuleCode::ALL.iter().map(|it| told.iter().any(|(what, _)| what.contains(&format!("(regel {}:", it.code())))).collect();
        let broken: Vec<RuleCode> = RuleCode::ALL.iter().zip(&named).filter(|(_, named)| **named).map(|(code, _)| *code).collect();
        assert!(broken.contains(&RuleCode::Reistijd) && broken.contains(&RuleCode::Bouw), "{told:?}");
        for (rule, (_, remedy)) in broken.iter().zip(&told) {
            assert_eq!(remedy.contains(&format!("\"{}\" in ondanks", rule.code())), rule.rule().overrulable, "{remedy}");
        }
        let overruled: Vec<RuleCode> = broken.iter().copied().filter(|it| it.rule().overrulable).collect();
        assert!(!overruled.is_empty());
        assert_eq!(chosen("S2", "bovenbouw", overruled.clone()).len(), broken.len() - overruled.len());
        assert_eq!(chosen("S9", "bovenbouw", vec![]), [], "what is not there is told elsewhere");
    }
}
