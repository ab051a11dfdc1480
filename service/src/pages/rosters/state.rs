//! The thing to do now with a roster: compute, wait, mend, publish or decide about a proposal.

use loket_solver::scheduling::facts::codes::Kind;

use super::told;
use crate::actions::rosters::seen::Seen;
use crate::pages::days;
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::records::job::State as JobState;
use crate::records::progress::Progress;
use crate::records::roster::Stage;

/// What can be done with one button.
pub(super) struct Do {
    pub(super) place: String,
    pub(super) says: &'static str,
    /// A button that posts, else a link.
    pub(super) posts: bool,
}

/// The thing to do now.
pub(super) struct Now {
    pub(super) title: String,
    pub(super) says: String,
    /// A colour and an icon.
    pub(super) look: (&'static str, &'static str),
    pub(super) main: Option<Do>,
    pub(super) more: Vec<Do>,
    /// Whether the page must be asked again by itself.
    pub(super) busy: bool,
    /// The version that a publication is asked at.
    pub(super) version: i64,
}

/// How many are planned, and of how many: of visits the visits.
pub(super) fn planned(seen: &Seen) -> (i64, i64) {
    let count = |key: &str| seen.plan.as_ref().and_then(|plan| plan.figures.get(key)).and_then(serde_json::Value::as_i64);
    let all = count("eenheden").unwrap_or_else(|| i64::try_from(seen.loaded.roster.units.len()).unwrap_or(i64::MAX));
    (count("gepland").unwrap_or_default(), all)
}

/// What is proven of the plan, in words.
pub(super) fn proof(m: Messages, seen: &Seen) -> Option<String> {
    let plan = seen.plan.as_ref()?;
    let proven = plan.goals.iter().filter(|goal| goal.proven).count();
    Some(if proven == plan.goals.len() { m.rooster.proven().to_owned() } else { m.rooster.proven_some(proven, plan.goals.len()) })
}

/// The thing to do now with this roster.
pub(super) fn now(m: Messages, seen: &Seen) -> Now {
    let id = &seen.roster.id;
    let posts = |what: &str, says| Do { place: paths::roster_at(id, what), says, posts: true };
    let compute = |says| Some(posts("berekenen", says));
    let empty = Now {
        title: String::new(),
        says: String::new(),
        look: ("info", "rondje"),
        main: None,
        more: Vec::new(),
        busy: false,
        version: seen.roster.version,
    };
    if let Some(run) = seen.newest.as_ref().filter(|run| !run.job.state.ended()) {
        let says = match (run.job.state, &run.job.progress) {
            (JobState::Wachtrij, _) => m.rooster.state_waiting().to_owned(),
            (_, Some(Progress::Goal(at))) => {
                m.rooster.state_goal(at.number, seen.loaded.roster.policy.goals.len(), told::goal(m, &at.name))
            }
            _ => m.rooster.state_busy_says().to_owned(),
        };
        let title = if run.proposal.is_some() { m.rooster.state_proposal_busy() } else { m.rooster.state_busy() };
        let more = vec![posts("stoppen", m.rooster.do_stop())];
        return Now { title: title.to_owned(), says, look: ("info", "klok"), more, busy: true, ..empty };
    }
    if let Some(run) = &seen.proposal {
        let main = Do { place: paths::roster_proposal(id, &run.job.id), says: m.rooster.to_proposal(), posts: false };
        return Now {
            title: m.rooster.state_proposal().to_owned(),
            says: m.rooster.state_proposal_says().to_owned(),
            look: ("warn", "letop"),
            main: Some(main),
            ..empty
        };
    }
    let failed = seen.newest.as_ref().filter(|run| run.job.state.ended() && !run.planned() && run.proposal.is_none());
    if let Some(run) = failed {
        let (title, says) = match seen.conflict.len() {
            0 => (m.rooster.state_failed().to_owned(), run.job.message.as_ref().map(|it| it.text.clone()).unwrap_or_default()),
            _ if run.outdated => (m.rooster.state_against().to_owned(), m.rooster.state_against_changed().to_owned()),
            _ => (m.rooster.state_against().to_owned(), m.rooster.state_against_says().to_owned()),
        };
        return Now { title, says, look: ("bad", "letop"), main: compute(m.rooster.do_again()), ..empty };
    }
    let fallout = || Do { place: paths::roster_at(id, "uitval"), says: m.rooster.do_fallout(), posts: false };
    let (planned, all) = planned(seen);
    let outdated = seen.run.as_ref().is_some_and(|run| run.outdated);
    match seen.roster.stage() {
        Stage::Concept => Now {
            title: m.rooster.state_concept().to_owned(),
            says: m.rooster.state_concept_says(seen.loaded.roster.units.len()),
            main: compute(m.rooster.do_compute()),
            ..empty
        },
        _ if outdated => Now {
            title: m.rooster.state_outdated().to_owned(),
            says: m.rooster.state_outdated_says().to_owned(),
            look: ("warn", "letop"),
            main: compute(m.rooster.do_again()),
            ..empty
        },
        Stage::Berekend => Now {
            title: match seen.roster.kind {
                Kind::Visits => m.rooster.state_ready_visits(planned, all),
                _ => m.rooster.state_ready(planned, all),
            },
            says: m.rooster.state_ready_says().to_owned(),
            look: if planned == all { ("good", "vink") } else { ("warn", "letop") },
            main: Some(posts("publiceren", m.rooster.do_publish())),
            more: vec![fallout()],
            ..empty
        },
        Stage::Gepubliceerd => Now {
            title: m.rooster.state_published(told_on(m, seen)),
            says: m.rooster.state_published_says().to_owned(),
            look: ("good", "vink"),
            main: Some(fallout()),
            more: match seen.roster.kind {
                Kind::Interviews => vec![posts("coaches", m.rooster.do_guides())],
                Kind::PeerGroups | Kind::Visits | Kind::Courses => Vec::new(),
            },
            ..empty
        },
        Stage::Gewijzigd => Now {
            title: m.rooster.state_changed().to_owned(),
            says: m.rooster.state_changed_says(told_on(m, seen)),
            look: ("warn", "letop"),
            main: Some(posts("publiceren", m.rooster.do_publish())),
            more: vec![fallout()],
            ..empty
        },
    }
}

/// The day on which people were told last.
fn told_on(m: Messages, seen: &Seen) -> String {
    let day = seen.told_at.and_then(days::date_of).map(|it| it.to_string()).unwrap_or_default();
    days::within(m, &day)
}
