//! Makes the file of the next run: the wave's own file with the decisions as they stand and the plan under review as the previous plan.

use std::collections::BTreeMap;

use loket_instances::matching::outcome::{OutcomeFile, PlacementLine, read_outcome};
use loket_instances::matching::rows::PreviousRow;
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::words::Status;

use super::decision::{Decision, Said, Spot};
use super::limited::Limited;
use super::noes::{Ban, obey};
use crate::records::decision::Decided;
use crate::store::Error;

/// How many changes a rerun may make.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Changes {
    /// What the wave's own policy says. When it says nothing, the goals decide: agreements first, then people placed, then stability.
    #[default]
    AsWave,
    /// So many beyond the fewest possible, and no more.
    AtMost(u32),
    /// Any number.
    Free,
}

/// The file of the next run, of files as they are kept, without who is left out of the matching; what the parties refused is forbidden in
/// it.
///
/// # Errors
/// When what was kept is no JSON.
pub fn next_bytes(
    own: &[u8],
    plan: Option<&[u8]>,
    (decisions, bans): (&BTreeMap<String, Decision>, &[Ban]),
    changes: Changes,
    limited: &Limited,
) -> Result<Vec<u8>, Error> {
    let wrong = |refusal: Refusal| Error::unreadable("een lichting of haar voorstel", &refusal);
    let plan = plan.map(read_outcome).transpose().map_err(wrong)?;
    let mut next = next_file(WaveFile::read(own).map_err(wrong)?, plan.as_ref(), decisions, changes);
    obey(&mut next, bans);
    limited.leave_out(&mut next);
    Ok(next.write())
}

/// The file of the next run. `plan` is the outcome under review; without one it is the first run and the file's own previous plan stays.
pub fn next_file(mut file: WaveFile, plan: Option<&OutcomeFile>, decisions: &BTreeMap<String, Decision>, changes: Changes) -> WaveFile {
    let locks = decisions.iter().filter_map(|(candidate, it)| it.lock(candidate)).collect();
    let bans = decisions.iter().filter_map(|(candidate, it)| it.prohibition(candidate, &file.schools)).collect();
    let before = file.previous.as_deref().unwrap_or_default();
    let previous = plan.map(|plan| previous(plan, before, decisions));
    file.decide(locks, bans, previous);
    if plan.is_some() {
        match changes {
            Changes::AsWave => {}
            Changes::AtMost(most) => file.set_max_changes(Some(most)),
            Changes::Free => file.set_max_changes(None),
        }
    }
    file
}

/// The plan under review as the previous plan: what was agreed before stays agreed while it is still the proposal.
fn previous(plan: &OutcomeFile, before: &[PreviousRow], decisions: &BTreeMap<String, Decision>) -> Vec<PreviousRow> {
    let row = |line: &PlacementLine| {
        let spot = spot(line);
        let status = match decisions.get(&line.candidate) {
            Some(decision) => decision.status(&spot)?,
            None => earlier(before, &line.candidate, &spot).unwrap_or(Status::Voorgesteld),
        };
        let Spot { school, seat, coach } = spot;
        let candidate = line.candidate.clone();
        Some(PreviousRow { candidate, school: Some(school), seat: Some(seat), coach: Some(coach), status, note: None })
    };
    plan.placements.iter().filter_map(row).collect()
}

/// What was decided about these placements as they stand, by candidate: not what was agreed to about another proposal, or no longer counts.
pub fn said_about(decided: Vec<Decided>, placements: &[PlacementLine]) -> BTreeMap<String, Said> {
    let proposed: BTreeMap<&str, Spot> = placements.iter().map(|it| (it.candidate.as_str(), spot(it))).collect();
    let counts = |it: &Decided| it.lapsed.is_none() && !it.decision.asks_again(proposed.get(it.candidate.as_str()));
    decided.into_iter().filter(counts).map(|it| (it.candidate, it.decision.said())).collect()
}

/// Where an outcome places somebody.
pub fn spot(line: &PlacementLine) -> Spot {
    Spot { school: line.school.clone(), seat: line.seat.clone(), coach: line.coach.clone() }
}

fn earlier(before: &[PreviousRow], candidate: &str, spot: &Spot) -> Option<Status> {
    let row = before.iter().find(|row| row.candidate == candidate)?;
    let there = (row.school.as_ref(), row.seat.as_ref(), row.coach.as_ref());
    (there == (Some(&spot.school), Some(&spot.seat), Some(&spot.coach))).then_some(row.status)
}

#[cfg(test)]
mod tests {
    use loket_solver::matching::facts::codes::RuleCode;
    use loket_solver::matching::facts::outcome::Verdict;
    use loket_solver::matching::facts::words::Word;
    use serde_json::{Value, json};

    use super::*;
    use crate::desk::decision::{Reason, Scope};

    /// A wave file with these keys beside the required ones.
    fn file(keys: Value) -> WaveFile {
        let mut file = json!({ "formaat": "loket-lichting/1", "id": "w", "fase": "opleiding" });
        for list in ["besturen", "scholen", "coaches"] {
            file[list] = json!([]);
        }
        let person = |id: &str| json!({ "id": id, "bouwen": ["onderbouw"] });
        file["kandidaten"] = json!([person("Z1"), person("Z2")]);
        file.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
        WaveFile::read(file.to_string().as_bytes()).unwrap()
    }

    fn plan(placements: Vec<PlacementLine>) -> OutcomeFile {
        OutcomeFile {
            wave: "w".into(),
            input_sha256: String::new(),
            status: Verdict::Optimal,
            goals: vec![],
            placements,
            unplaced: vec![],
            conflict: vec![],
            notices: vec![],
            figures: Default::default(),
            policy: Value::Null,
            technique: loket_instances::matching::outcome::TechniqueLine {
                version: String::new(),
                engine: String::new(),
                seed: 1,
                seconds: 0.0,
                more: Default::default(),
            },
        }
    }

    #[test]
    fn decisions_become_locks_prohibitions_and_statuses() {
        let spot = |school: &str| Spot { school: school.into(), seat: "onderbouw".into(), coach: "K1".into() };
        let decisions = BTreeMap::from([
            ("Z1".to_owned(), Decision::Agreed(spot("S1"))),
            ("Z2".to_owned(), Decision::Rejected { spot: spot("S2"), scope: Scope::School, reason: Some(Reason::Health), until: None }),
            ("Z3".to_owned(), Decision::Chosen { spot: spot("S3"), despite: vec![RuleCode::Reistijd] }),
            ("Z5".to_owned(), Decision::Left),
        ]);
        let place = |who: &str, school: &str| PlacementLine {
            candidate: who.into(),
            school: school.into(),
            seat: "onderbouw".into(),
            bouw: "onderbouw".into(),
            coach: "K1".into(),
            hours: 60,
            travel: 1,
            coach_travel: 1,
            points: vec![],
        };
        let plan = plan(vec![place("Z1", "S1"), place("Z2", "S2"), place("Z3", "S4"), place("Z4", "S5"), place("Z5", "S6")]);
        let next = next_file(file(json!({})), Some(&plan), &decisions, Changes::AtMost(0));
        let statuses: Vec<_> = next.previous.iter().flatten().map(|row| (row.candidate.as_str(), row.status.code())).collect();
        assert_eq!(statuses, [("Z1", "akkoord"), ("Z3", "voorgesteld"), ("Z4", "voorgesteld"), ("Z5", "voorgesteld")]);
        let file = next.to_json();
        assert_eq!(
            file["vast"],
            json!([{ "kandidaat": "Z3", "school": "S3", "plek": "onderbouw", "coach": "K1", "ondanks": ["reistijd"] }])
        );
        assert_eq!(file["verboden"], json!([{ "kandidaat": "Z2", "reden": "besluit", "school": "S2" }]), "why stays with the decision");
        assert_eq!(file["beleid"]["max_wijzigingen"], 0);
    }

    #[test]
    fn the_first_run_keeps_the_files_own_previous_plan() {
        let own = json!([{ "kandidaat": "Z1", "coach": "K1", "status": "gestart" }]);
        let next = next_file(file(json!({ "vorig_plan": own })), None, &BTreeMap::new(), Changes::AsWave).to_json();
        assert_eq!(next["vorig_plan"], own);
        assert!(next.get("beleid").is_none());
    }

    #[test]
    fn the_same_decisions_give_the_same_file_however_often_they_are_written_in() {
        let spot = Spot { school: "S".into(), seat: "p".into(), coach: "K".into() };
        let rejected = Decision::Rejected { spot, scope: Scope::Coach, reason: Some(Reason::Health), until: None };
        let decisions = BTreeMap::from([("Z1".to_owned(), rejected)]);
        let once = next_file(file(json!({})), None, &decisions, Changes::AsWave);
        assert_eq!(next_file(once.clone(), None, &decisions, Changes::AsWave), once);
    }
}
