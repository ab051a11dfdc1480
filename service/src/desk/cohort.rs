//! Several candidates at once: who belongs to a choice of proposals, and which of them somebody must have looked at before agreeing with all.

use std::collections::BTreeMap;

use loket_instances::matching::wave_file::WaveFile;
use loket_solver::matching::facts::words::{Bouw, Word};
use serde_json::json;

use super::decision::Spot;
use super::fits::{Clash, Wanted};
use super::plan::Plan;
use crate::records::decision::Decided;
use crate::store::ids;

/// How many of a choice must have been opened, or all of it when it is smaller.
pub const SAMPLE: usize = 8;

/// Which proposals are meant: each part that is there holds. Only people who are placed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In this bouw.
    pub bouw: Option<Bouw>,
    /// At this school.
    pub school: Option<String>,
    /// At a school of this board.
    pub board: Option<String>,
    /// With this coach.
    pub coach: Option<String>,
    /// In the bouw that is the candidate's first choice (1), second, …
    pub rank: Option<i64>,
    /// Only those about whom nothing was decided before this plan.
    pub undecided: bool,
}

/// A proposal that is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Whose.
    pub candidate: String,
    /// What is proposed.
    pub spot: Spot,
}

/// The proposals of a plan that a filter means, by its parts that hang on plan and file alone, in the order of the plan.
pub fn members(filter: &Filter, plan: &Plan, file: &WaveFile) -> Vec<Member> {
    let boards: BTreeMap<&str, &str> = file.schools.iter().map(|it| (it.id.as_str(), it.board.as_str())).collect();
    let choices: BTreeMap<&str, &[Bouw]> = file.candidates.iter().map(|it| (it.id.as_str(), it.bouwen.as_slice())).collect();
    let rank = |it: &Wanted| {
        let place = choices.get(it.candidate.as_str())?.iter().position(|bouw| bouw.code() == it.bouw)?;
        i64::try_from(place + 1).ok()
    };
    let meant = |it: &&Wanted| {
        filter.bouw.is_none_or(|bouw| bouw.code() == it.bouw)
            && filter.school.as_ref().is_none_or(|id| *id == it.school)
            && filter.board.as_deref().is_none_or(|id| boards.get(it.school.as_str()) == Some(&id))
            && filter.coach.as_ref().is_none_or(|id| *id == it.coach)
            && filter.rank.is_none_or(|wanted| rank(it) == Some(wanted))
    };
    plan.placements.iter().filter(meant).map(|it| Member { candidate: it.candidate.clone(), spot: it.spot() }).collect()
}

/// Leaves out whom something was decided about before the plan of this run, when the filter says so. What was decided about this plan counts
/// as not yet decided: so the sample stays the same while it is worked through.
pub fn before(filter: &Filter, mut members: Vec<Member>, decided: &[Decided], run: &str, today: &str) -> Vec<Member> {
    if filter.undecided {
        members.retain(|it| stands(it, decided, today).is_none_or(|it| it.run.as_deref() == Some(run)));
    }
    members
}

/// Whom nothing was decided about that stands: a decision that lapsed or is over does not, nor does an agreement with another proposal.
pub fn open(members: Vec<Member>, decided: &[Decided], today: &str) -> Vec<Member> {
    members.into_iter().filter(|it| stands(it, decided, today).is_none()).collect()
}

fn stands<'a>(it: &Member, decided: &'a [Decided], today: &str) -> Option<&'a Decided> {
    let found = decided.iter().find(|decided| decided.candidate == it.candidate)?;
    let counts = found.lapsed.is_none() && !found.decision.expired(today) && !found.decision.asks_again(Some(&it.spot));
    counts.then_some(found)
}

/// Whom somebody must have looked at, drawn by chance: the same people whenever it is drawn for the same wave, run and person.
pub fn sample(members: &[Member], wave: &str, run: &str, who: &str) -> Vec<String> {
    let lot = |candidate: &str| ids::sha256(format!("steekproef\n{wave}\n{run}\n{who}\n{candidate}").as_bytes());
    let mut drawn: Vec<(String, &str)> = members.iter().map(|it| (lot(&it.candidate), it.candidate.as_str())).collect();
    drawn.sort_unstable();
    drawn.into_iter().take(SAMPLE).map(|(_, candidate)| candidate.to_owned()).collect()
}

/// That somebody of the sample was not looked at.
pub fn unopened(candidate: &str) -> Clash {
    let what = format!("het voorstel voor kandidaat {candidate} is niet door u bekeken");
    let data = json!({ "soort": "steekproef", "kandidaat": candidate });
    Clash { data, ..Clash::new("niet-bekeken", "", what, "bekijk het voorstel, en meld dat (inzage)") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::decision::Decision;

    fn plan() -> Plan {
        let place = |at: usize| {
            json!({ "kandidaat": format!("Z{at}"), "school": format!("S{}", at % 2), "plek": "p", "coach": format!("K{}", at % 3),
                "bouw": if at.is_multiple_of(4) { "bovenbouw" } else { "onderbouw" }, "uren": 60 })
        };
        let outcome = json!({ "plaatsingen": (0..24).map(place).collect::<Vec<_>>() });
        Plan::read(outcome.to_string().as_bytes()).expect("a plan")
    }

    fn file() -> WaveFile {
        let school = |at: usize| json!({ "id": format!("S{at}"), "bestuur": format!("B{at}"), "plekken": [] });
        let candidate = |at: usize| json!({ "id": format!("Z{at}"), "bouwen": ["onderbouw", "bovenbouw"] });
        let file = json!({
            "formaat": "loket-lichting/1", "id": "w", "fase": "opleiding", "besturen": [], "coaches": [],
            "scholen": (0..2).map(school).collect::<Vec<_>>(), "kandidaten": (0..24).map(candidate).collect::<Vec<_>>(),
        });
        WaveFile::read(file.to_string().as_bytes()).expect("a wave file")
    }

    fn ids(filter: &Filter) -> Vec<String> {
        members(filter, &plan(), &file()).into_iter().map(|it| it.candidate).collect()
    }

    #[test]
    fn every_part_of_a_filter_holds() {
        let count = |filter: Filter| ids(&filter).len();
        assert_eq!(count(Filter::default()), 24);
        assert_eq!(count(Filter { bouw: Some(Bouw::Bovenbouw), ..Filter::default() }), 6);
        assert_eq!(count(Filter { rank: Some(2), ..Filter::default() }), 6);
        assert_eq!(count(Filter { rank: Some(3), ..Filter::default() }), 0);
        assert_eq!(count(Filter { school: Some("S1".into()), ..Filter::default() }), 12);
        assert_eq!(count(Filter { board: Some("B1".into()), coach: Some("K1".into()), ..Filter::default() }), 4);
    }

    #[test]
    fn a_sample_is_the_same_whenever_it_is_drawn_and_another_for_somebody_else() {
        let all = members(&Filter::default(), &plan(), &file());
        let drawn = sample(&all, "w", "r", "a");
        assert_eq!((drawn.len(), &drawn), (SAMPLE, &sample(&all, "w", "r", "a")));
        assert!(drawn.iter().all(|id| all.iter().any(|it| it.candidate == *id)));
        assert_ne!(drawn, sample(&all, "w", "r", "b"));
        assert_ne!(drawn, sample(&all, "w", "r2", "a"));
        let few = members(&Filter { coach: Some("K1".into()), school: Some("S1".into()), ..Filter::default() }, &plan(), &file());
        let mut whole = sample(&few, "w", "r", "a");
        whole.sort();
        assert_eq!(whole, ["Z1", "Z13", "Z19", "Z7"]);
    }

    #[test]
    fn what_was_decided_about_this_plan_stays_in_the_sample_and_out_of_what_is_agreed_to() {
        let all = members(&Filter::default(), &plan(), &file());
        let decided = |at: usize, run: &str, spot: Spot| Decided {
            candidate: format!("Z{at}"),
            decision: Decision::Agreed(spot),
            run: Some(run.into()),
            version: 1,
            at: 0,
            who: "a".into(),
            lapsed: None,
            kept: true,
        };
        let other = Spot { coach: "K9".into(), ..all[2].spot.clone() };
        let decided = [decided(0, "old", all[0].spot.clone()), decided(1, "r", all[1].spot.clone()), decided(2, "old", other)];
        let filter = Filter { undecided: true, ..Filter::default() };
        let names = |rows: Vec<Member>| rows.into_iter().map(|it| it.candidate).collect::<Vec<_>>();
        assert!(!names(before(&filter, all.clone(), &decided, "r", "2026-11-25")).contains(&"Z0".to_owned()));
        assert_eq!(before(&filter, all.clone(), &decided, "r", "2026-11-25").len(), 23);
        let left = names(open(all, &decided, "2026-11-25"));
        assert_eq!((left.len(), left[0].as_str()), (22, "Z2"), "an agreement with another proposal does not stand");
    }
}
