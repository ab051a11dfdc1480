//! What does not go together in a roster, with names: locks that leave no plan, and a meeting that somebody of a group cannot come to.

use loket_instances::scheduling::outcome::{ConflictLine, MemberLine};
use loket_instances::scheduling::rows::ClaimRow;
use loket_solver::matching::facts::words::Word;
use loket_solver::scheduling::facts::calendar::Moment;
use loket_solver::scheduling::judge::rules::rules;

use super::told;
use crate::actions::rosters::seen::Seen;
use crate::desk::roster::given;
use crate::desk::roster::week::{self, Cell};
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::records::roster::{Decided, Named, Said};

/// A lock that stands against others.
pub(super) struct Against {
    pub(super) name: String,
    pub(super) place: String,
    /// What is locked.
    pub(super) what: String,
    /// The rules that it meets.
    pub(super) rules: Vec<&'static str>,
    /// The decision that it is of; nothing when it stands in the roster's own file.
    pub(super) decision: Option<Decision>,
}

/// A decision that can be taken back.
pub(super) struct Decision {
    pub(super) unit: String,
    pub(super) moment: String,
    pub(super) version: i64,
}

/// The locks that cannot stand together, of the newest run; nothing once something was decided since.
pub(super) fn locks(m: Messages, seen: &Seen) -> Vec<Against> {
    if seen.newest.as_ref().is_none_or(|run| run.outdated) {
        return Vec::new();
    }
    let one = |line: &ConflictLine| Against {
        name: told::name(&seen.loaded, &line.lock.unit),
        place: paths::with(paths::roster(&seen.roster.id), &[("wie", &line.lock.unit)]),
        what: told::choice(m, &seen.loaded, &named(&line.lock)),
        rules: sentences(seen, &line.rules),
        decision: seen.decided.iter().find(|it| is_of(it, &line.lock)).map(|it| Decision {
            unit: it.unit.clone(),
            moment: it.moment.clone().unwrap_or_default(),
            version: it.step,
        }),
    };
    seen.conflict.iter().map(one).collect()
}

fn named(lock: &ClaimRow) -> Named {
    Named {
        moment: lock.moment.map(|it| it.to_string()),
        location: lock.location.clone(),
        series: lock.series.clone(),
        offer: lock.offer.clone(),
        person: lock.person.clone(),
    }
}

/// Whether a lock is what somebody decided: it is about the same, and names the same.
fn is_of(it: &Decided, lock: &ClaimRow) -> bool {
    it.said == Said::Vast && it.unit == lock.unit && it.named == named(lock)
}

/// What the rules say, in order, each once.
fn sentences(seen: &Seen, codes: &[String]) -> Vec<&'static str> {
    let listed = rules(seen.roster.kind);
    let says = |code: &String| listed.iter().find(|rule| rule.code.code() == code).map(|rule| rule.says);
    let mut found: Vec<&'static str> = Vec::new();
    for says in codes.iter().filter_map(says) {
        if !found.contains(&says) {
            found.push(says);
        }
    }
    found
}

/// A meeting that somebody of a group cannot come to.
pub(super) struct Missed {
    pub(super) title: String,
    /// Why not, and that the group goes on.
    pub(super) why: String,
    pub(super) goes_on: String,
    /// Where it is filled in that it can be after all, and where another place is found.
    pub(super) ways: Vec<(String, String)>,
}

/// Who of the group of somebody cannot come to one of its meetings, why, and what can be done.
pub(super) fn missed(m: Messages, seen: &Seen, who: &str) -> Vec<Missed> {
    let Some(plan) = &seen.plan else { return Vec::new() };
    let block = plan.blocks.iter().find(|block| block.members.iter().any(|it| it.id == who));
    let members = block.into_iter().flat_map(|block| &block.members);
    let of = |it: &MemberLine| it.absent.iter().flatten().map(|at| one(m, seen, who, &it.id, *at)).collect::<Vec<_>>();
    members.flat_map(of).collect()
}

fn one(m: Messages, seen: &Seen, who: &str, id: &str, at: Moment) -> Missed {
    let (name, roster) = (told::name(&seen.loaded, id), &seen.loaded.roster);
    let said = seen.invited.iter().any(|it| it.person == id && given::cannot(it, at));
    let why = match week::whether(roster, id, at) {
        _ if said => m.rooster.clash_said(&name),
        Cell::OtherDay => m.rooster.clash_other_day(&name),
        Cell::Away | Cell::Closed | Cell::Can | Cell::Clash | Cell::Here(_) | Cell::Elsewhere(_) | Cell::So(_) => {
            m.rooster.clash_away(&name)
        }
    };
    let most = roster.groups().map(|it| it.max_absent).or_else(|| roster.courses().map(|it| it.max_absent)).unwrap_or_default();
    let ask = (paths::roster_invited(&seen.roster.id, id), m.rooster.clash_ask(&name));
    let elsewhere = match id == who {
        true => ("#andere".to_owned(), m.rooster.clash_here(&name)),
        false => (paths::with(paths::roster(&seen.roster.id), &[("wie", id)]) + "#andere", m.rooster.clash_there(&name)),
    };
    Missed {
        title: m.rooster.clash_title(&name, told::whole_moment(m, at)),
        why,
        goes_on: m.rooster.clash_goes_on(i64::from(most)),
        ways: vec![ask, elsewhere],
    }
}
